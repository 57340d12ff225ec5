//! Markdown, with escaping.

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

/// What is between the language of a block of code and the numbers of the lines that are marked.
pub(super) const MARK: &str = " mark:";

/// A heading with an id that is the same in all languages.
pub(super) fn heading(level: usize, title: &str, id: &str) -> String {
    format!("{} {title} <a id=\"{id}\"></a>\n\n", "#".repeat(level))
}

/// A text for people to copy, JSON laid out. The lines that another text has not are marked.
pub(super) fn json(text: &str, other: Option<&str>) -> String {
    let Some(shown) = pretty(text) else { return code("text", text) };
    let marks = other.and_then(pretty).map(|other| differing(&other, &shown));
    let marks: Vec<_> = marks.unwrap_or_default().iter().map(|line| (line + 1).to_string()).collect();
    let language = if marks.is_empty() { "json".to_owned() } else { format!("json{MARK}{}", marks.join(",")) };
    code(&language, &shown)
}

/// A text of JSON, laid out. It stays the same text: a parsed value would have lost a repeated key, and the spelling of a number.
pub(super) fn pretty(text: &str) -> Option<String> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let mut out = String::new();
    let mut depth = 0_usize;
    let line = |depth: usize, out: &mut String| out.push_str(&format!("\n{}", "  ".repeat(depth)));
    let (mut in_text, mut is_escaped) = (false, false);
    for c in text.chars() {
        if in_text {
            in_text = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            // A page would obey it; as an escape it is the same character.
            match image_preflight::is_hidden(c) {
                true => out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
                false => out.push(c),
            }
            continue;
        }
        match c {
            ' ' | '\t' | '\n' | '\r' => {}
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !out.ends_with(['{', '[']) {
                    line(depth, &mut out);
                }
                out.push(c);
            }
            c => {
                if out.ends_with(['{', '[']) {
                    line(depth, &mut out);
                }
                in_text = c == '"';
                depth += usize::from(c == '{' || c == '[');
                out.push(c);
                match c {
                    ',' => line(depth, &mut out),
                    ':' => out.push(' '),
                    _ => {}
                }
            }
        }
    }
    Some(out)
}

/// The lines of a text that are not in another one, by the longest common subsequence. Commas at the end do not count.
pub(super) fn differing(from: &str, to: &str) -> Vec<usize> {
    let lines = |text: &str| text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect::<Vec<_>>();
    let (from, to) = (lines(from), lines(to));
    let mut longest = vec![vec![0_usize; to.len() + 1]; from.len() + 1];
    for (i, line) in from.iter().enumerate().rev() {
        for (j, other) in to.iter().enumerate().rev() {
            longest[i][j] =
                if line == other { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut differing) = (0, Vec::new());
    for j in 0..to.len() {
        while i < from.len() && from[i] != to[j] && longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        }
        match i < from.len() && from[i] == to[j] {
            true => i += 1,
            false => differing.push(j),
        }
    }
    differing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_that_another_text_has_not_are_found() {
        assert_eq!(differing("a\nb\nc", "a\nx\nc,"), [1]);
        assert_eq!(differing("a\nb\nc", "a\nc"), [] as [usize; 0]);
        assert_eq!(differing("a", "x\na\ny"), [0, 2]);
        assert_eq!(json("{\"a\": 2}", Some("{\"a\": 1}")), "```json mark:2\n{\n  \"a\": 2\n}\n```\n");
        assert_eq!(heading(2, "T", "id"), "## T <a id=\"id\"></a>\n\n");
    }

    #[test]
    fn json_is_laid_out_and_stays_the_same_text() {
        let text = r#"{"a":[],"b":{},"c":[1e2,{"d":"x, {\"}"}],"c":"\\"}"#;
        let shown = "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1e2,\n    {\n      \"d\": \"x, {\\\"}\"\n    }\n  ],\n  \"c\": \"\\\\\"\n}";
        assert_eq!(pretty(text).as_deref(), Some(shown));
        assert_eq!(pretty(shown).as_deref(), Some(shown));
        assert_eq!(pretty("[\"\u{202e}\"]").as_deref(), Some("[\n  \"\\u202e\"\n]"));
        assert_eq!(pretty("{"), None);
    }
}
