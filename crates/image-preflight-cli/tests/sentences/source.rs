//! The strings of the source: none is a sentence in English only.

use std::path::{Path, PathBuf};

/// A string in a source, with the code between the string before it and itself.
pub(crate) struct Literal {
    line: usize,
    pub(crate) before: String,
    pub(crate) text: String,
}

/// The strings of a source before its tests.
pub(crate) fn literals(source: &str) -> Vec<Literal> {
    let source = source.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let (mut found, mut before, mut line) = (Vec::new(), String::new(), 1);
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let raw = ["r#\"", "br#\""].iter().find_map(|opening| rest.strip_prefix(opening));
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(inner) = raw {
            let text = inner.split("\"#").next().unwrap_or_default();
            found.push(Literal { line, before: std::mem::take(&mut before), text: text.to_owned() });
            rest.len() - inner.len() + text.len() + 2
        } else if c == '"' {
            let mut is_escaped = false;
            let end = rest.char_indices().skip(1).find(|(_, c)| {
                let is_end = *c == '"' && !is_escaped;
                is_escaped = *c == '\\' && !is_escaped;
                is_end
            });
            let end = end.expect("a string ends").0;
            // A line that goes on begins after the white space of the next one.
            let mut lines = rest[1..end].split("\\\n");
            let first = lines.next().unwrap_or_default().to_owned();
            let text = lines.fold(first, |text, line| text + line.trim_start());
            found.push(Literal { line, before: std::mem::take(&mut before), text });
            end + 1
        } else if c == '\'' && (rest[1..].starts_with('\\') || rest.chars().nth(2) == Some('\'')) {
            // A character, and no lifetime.
            2 + rest.char_indices().skip(2).find(|(_, c)| *c == '\'').map_or(0, |(at, _)| at - 1)
        } else {
            before.push(c);
            c.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "tests.rs") {
                let text = std::fs::read_to_string(&path).expect("it can be read");
                sources.push((path, text));
            }
        }
    }
    sources
}

/// Whether a text has two words one after the other.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', ':', ';', '.', '?']);
        word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
    };
    let words: Vec<_> = text.split([' ', '\n']).collect();
    words.windows(2).any(|pair| pair.iter().all(|word| is_word(word)))
}

/// Code before a string that no person reads: a comment for the compiler, help in English, what an agent reads or a parser says.
const NOT_FOR_PEOPLE: [&str; 9] = [
    "reason =",
    "help_heading =",
    "help_heading(",
    "help::after(",
    "description:",
    "operations(",
    "INSTRUCTIONS: &str =",
    "E::custom(",
    "out.write_str(",
];

/// Sources of which all strings are so: pages of help, which have tests of their own, and what a parser expects.
const OTHER_SOURCES: [&str; 2] = ["src/help/", "src/parts.rs"];

/// A sentence that a person reads is one of two languages: beside it is the other.
#[test]
fn no_sentence_is_in_english_only() {
    let (mut sentences, mut alone) = (0, Vec::new());
    let is_for_people = |path: &Path| !OTHER_SOURCES.iter().any(|part| path.to_string_lossy().contains(part));
    for (path, source) in sources().into_iter().filter(|(path, _)| is_for_people(path)) {
        let all = literals(&source);
        for (index, Literal { line, before, text }) in all.iter().enumerate() {
            if !is_sentence(text) {
                continue;
            }
            sentences += 1;
            let code = before.trim_end();
            let is_first = code.ends_with("en:") || code.ends_with("message(");
            let is_of_two = is_first && all.get(index + 1).is_some_and(|behind| !behind.text.is_ascii());
            let key = index.checked_sub(1).and_then(|index| all.get(index));
            let is_description = code == ":" && key.is_some_and(|key| key.text == "description");
            let is_known = is_description || NOT_FOR_PEOPLE.iter().any(|known| code.ends_with(known));
            if !is_of_two && !is_known {
                alone.push(format!("{}:{line}: {text:?}", path.display()));
            }
        }
    }
    assert!(alone.is_empty(), "no Chinese is beside these:\n{}", alone.join("\n"));
    assert!(sentences > 80, "{sentences}");
}
