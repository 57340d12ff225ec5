//! Markdown, with escaping.

use serde_json::Value;

/// Escapes everything but backticks.
pub(super) fn text(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push_str(&format!("`{part}`"));
        } else {
            for c in part.chars() {
                match c {
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '&' => out.push_str("&amp;"),
                    '*' | '_' | '[' | ']' | '|' | '#' | '\\' => out.extend(['\\', c]),
                    c => out.push(c),
                }
            }
        }
    }
    out
}

/// A row of a table.
pub(super) fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.iter().map(|cell| cell.replace('\n', " ")).collect::<Vec<_>>().join(" | "))
}

/// A table's head.
pub(super) fn head(cells: &[&str]) -> String {
    format!("| {} |\n|{}\n", cells.join(" | "), " --- |".repeat(cells.len()))
}

/// A code block whose fence does not occur in it.
pub(super) fn code(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// JSON for people: long texts are shortened.
pub(super) fn json(text: &str, characters: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut value) => {
            shorten(&mut value, characters);
            code("json", &format!("{value:#}"))
        }
        Err(_) => {
            let shown: String = text.chars().take(400).collect();
            code("text", &image_preflight::printable(&shown))
        }
    }
}

fn shorten(value: &mut Value, characters: &str) {
    const MAX_CHARS: usize = 60;
    match value {
        Value::String(text) => {
            let count = text.chars().count();
            if count > MAX_CHARS {
                *text = format!("{}… ({count} {characters})", text.chars().take(MAX_CHARS / 3).collect::<String>());
            }
        }
        Value::Array(list) => {
            if list.len() > 20 {
                list.truncate(20);
                list.push("…".into());
            }
            list.iter_mut().for_each(|value| shorten(value, characters));
        }
        Value::Object(members) => members.values_mut().for_each(|value| shorten(value, characters)),
        _ => {}
    }
}
