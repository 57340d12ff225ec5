//! JSON Schema of a blank text, which means "not given".

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// White space, as the content of a character class. Explicit ranges, since `\s` means something else in each language.
fn white_space() -> String {
    let space: Vec<_> = ('\0'..='\u{ffff}').filter(|c| c.is_whitespace()).map(u32::from).collect();
    let mut class = String::new();
    for run in space.chunk_by(|one, next| one + 1 == *next) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        class.push_str(&format!("\\u{first:04X}"));
        if first != last {
            class.push_str(&format!("-\\u{last:04X}"));
        }
    }
    class
}

/// What a text matches that is not blank: a character that is no white space.
pub(crate) fn not_blank() -> String {
    format!("[^{}]", white_space())
}

/// What a blank text matches. White space has the line break, so `$` cannot mistake one.
pub(crate) fn blank() -> String {
    format!("^[{}]*$", white_space())
}

/// What a text matches that is blank, or `pattern` from end to end.
pub(crate) fn blank_or(pattern: &str) -> String {
    format!("^(?:[{}]*|{pattern})$", white_space())
}

/// What a text matches that is one of these words in any case of letters, with white space around it or without.
pub(crate) fn in_any_case<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let in_any_case = |word: &str| -> String {
        word.chars().map(|c| format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase())).collect()
    };
    let words: Vec<_> = words.map(in_any_case).collect();
    format!("^[{0}]*(?:{1})[{0}]*$", white_space(), words.join("|"))
}

/// A text that is blank, which means that nothing is given.
pub(crate) struct Blank;

impl JsonSchema for Blank {
    fn schema_name() -> Cow<'static, str> {
        "Blank".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "description": "Blank: not given.", "pattern": blank()})
    }
}
