//! Converts a JSON Patch to text edits, which an editor or a code scanner applies to the user's own file.

use image_preflight::{PatchOperation, Places};
use serde_json::Value;
use std::ops::Range;

/// Replaces a span of the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) place: Range<usize>,
    pub(crate) text: String,
}

/// The text edits of a JSON Patch, from the positions of the values that its steps name; `None` if it does not apply.
pub(crate) fn edits(patch: &[PatchOperation], text: &str, places: &Places<'_>) -> Option<Vec<Edit>> {
    patch.iter().map(|step| edit(step, text, places)).collect()
}

fn edit(step: &PatchOperation, text: &str, places: &Places<'_>) -> Option<Edit> {
    // Only existing values are changed.
    let place = |pointer: &str| places.exact(pointer);
    match step.op() {
        "replace" => Some(Edit { place: place(step.path())?, text: Value::from(step.value()?).to_string() }),
        "remove" => Some(Edit { place: with_comma(member(place(step.path())?, text), text)?, text: String::new() }),
        "move" => {
            let key = key(&place(step.from()?)?, text)?;
            Some(Edit { place: key, text: Value::from(last_token(step.path())).to_string() })
        }
        "add" => {
            let (parent, _) = step.path().rsplit_once('/')?;
            let object = place(parent)?;
            let end = object.end.checked_sub(1)?;
            let inside = text.get(object.start + 1..end)?.trim_end();
            let at = object.start + 1 + inside.len();
            let comma = if inside.is_empty() { "" } else { ", " };
            let name = Value::from(last_token(step.path()));
            Some(Edit { place: at..at, text: format!("{comma}{name}: {}", Value::from(step.value()?)) })
        }
        _ => None,
    }
}

/// The last token of a JSON Pointer, unescaped.
fn last_token(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

/// The key of the member whose value is at this position; `None` for an element of a list.
fn key(value: &Range<usize>, text: &str) -> Option<Range<usize>> {
    let before = text.get(..value.start)?.trim_end().strip_suffix(':')?.trim_end();
    let content = before.strip_suffix('"')?;
    let mut start = content.rfind('"')?;
    // A quote within the key follows an odd number of backslashes.
    while content.get(..start)?.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1 {
        start = content.get(..start)?.rfind('"')?;
    }
    Some(start..before.len())
}

/// A value with its key, if it has one.
fn member(value: Range<usize>, text: &str) -> Range<usize> {
    key(&value, text).map_or(value.start, |key| key.start)..value.end
}

/// A member or an element with its comma and the white space next to it.
fn with_comma(member: Range<usize>, text: &str) -> Option<Range<usize>> {
    let (before, after) = (text.get(..member.start)?, text.get(member.end..)?);
    if let Some(rest) = after.trim_start().strip_prefix(',') {
        let next = text.len() - rest.trim_start().len();
        return Some(member.start..next);
    }
    let start = before.trim_end().strip_suffix(',').map_or(member.start, str::len);
    Some(start..member.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_name::FileName;
    use crate::place::{Located, Source};
    use image_preflight::check;
    use image_preflight_tests::{patched, vectors};

    fn applied(edits: &[Edit], text: &str) -> String {
        let mut text = text.to_owned();
        let mut edits: Vec<_> = edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.start));
        for edit in edits {
            text.replace_range(edit.place.clone(), &edit.text);
        }
        text
    }

    #[test]
    fn the_edits_of_every_fix_do_what_its_patch_does() {
        let mut count = 0;
        for vector in vectors() {
            let Ok(case) = serde_json::from_str::<Value>(&vector.case) else { continue };
            for text in [vector.case.clone(), format!("{case:#}")] {
                let report = check(&text);
                if report.findings().iter().any(|finding| finding.rule().id.ends_with("duplicate-field")) {
                    continue;
                }
                let file = FileName::of(std::path::Path::new("f"));
                let source = Source::whole(&file, &text);
                let located = Located::new(&source, &report);
                for fix in report.findings().iter().flat_map(image_preflight::Finding::fixes) {
                    if fix.patch_operations().is_empty() {
                        continue;
                    }
                    let edits = edits(fix.patch_operations(), &text, &located.places);
                    let edits = edits.unwrap_or_else(|| panic!("{}: {text}", vector.name));
                    let after: Value = serde_json::from_str(&applied(&edits, &text)).expect("it is still JSON");
                    let patched: Value = serde_json::from_str(&patched(&case, fix)).expect("JSON");
                    assert_eq!(after, patched, "{}", vector.name);
                    count += 1;
                }
            }
        }
        assert!(count >= 90, "only {count}");
    }

    #[test]
    fn keys_may_hold_quotes_and_backslashes() {
        for key in [r#"a"b"#, r"a\", r#"\""#, r#"a\"b"#, ""] {
            let text = format!("{{{}: 1}}", Value::from(key));
            let value = text.find('1').expect("it is there");
            let found = super::key(&(value..value + 1), &text).expect("a key");
            assert_eq!(serde_json::from_str::<String>(&text[found]).expect("a string"), key);
        }
    }
}
