//! Cases, which need no translation: they are handed on as they are.

use crate::form::Form;
use crate::json::{first, offset_in, trim_start};
use crate::translation::{TranslatedCase, Translation};

/// The cases of a text: values one after another, those of arrays, or one a line. What is no JSON is a case, too: its check reports what
/// is wrong.
pub(crate) fn translate(text: &str) -> Translation<'_> {
    let mut cases = Cases::of(text);
    let mut parts: Vec<&str> = cases.by_ref().collect();
    if cases.is_broken {
        parts = lines(text).into_iter().flat_map(Cases::of).collect();
    }
    let case = |part| TranslatedCase::as_it_is(part, offset_in(text, part));
    let cases = parts.into_iter().map(case).collect();
    Translation { form: Form::Case, title: Form::Case.title(), cases, notes: Vec::new(), others: 0, idle: 0 }
}

/// A broken text: one a line if one of the lines is JSON of its own, else as a whole.
fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_json = |line: &str| {
        let mut cases = Cases::of(line);
        line.starts_with('{') && cases.by_ref().count() > 0 && !cases.is_broken
    };
    if lines.iter().any(|line| is_json(line)) { lines } else { vec![text] }
}

/// The cases of a text of JSON, or of a line of it, one at a time: values one after another, with white space between them or without,
/// and the elements of arrays. What is broken comes last, with all that follows it: its check reports what is wrong. A text that can
/// have one value only is not looked into.
///
/// ```
/// use image_preflight_input::split_cases;
/// assert_eq!(split_cases("{\"a\":1}{} [{}, 2]\n{\"b\"").collect::<Vec<_>>(), ["{\"a\":1}", "{}", "{}", "2", "{\"b\""]);
/// assert_eq!(split_cases("{\"a\":1} b").collect::<Vec<_>>(), ["{\"a\":1} b"]);
/// ```
pub fn split_cases(text: &str) -> impl Iterator<Item = &str> {
    let (one, several) = if may_be_several(text) { (None, text) } else { (Some(text), "") };
    one.filter(|one| !trim_start(one).is_empty()).into_iter().chain(Cases::of(several))
}

/// Whether one value ends where another begins, which may be within a text; or there is an array.
fn may_be_several(text: &str) -> bool {
    let mut has_ended = false;
    trim_start(text).starts_with('[')
        || text.bytes().any(|byte| {
            let is_another = has_ended && matches!(byte, b'{' | b'[');
            has_ended = matches!(byte, b'}' | b']') || has_ended && byte.is_ascii_whitespace();
            is_another
        })
}

struct Cases<'t> {
    rest: &'t str,
    /// What is left of the array that has begun.
    array: &'t str,
    has_begun: bool,
    is_broken: bool,
}

impl<'t> Cases<'t> {
    fn of(text: &'t str) -> Self {
        Cases { rest: text, array: "", has_begun: false, is_broken: false }
    }
}

impl<'t> Iterator for Cases<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            // The array has been read as a whole: what is no value here is its end.
            let array = self.array.trim_start_matches(',');
            if let Some((element, rest)) = first(array) {
                self.array = rest;
                return Some(element);
            }
            self.array = "";
            let is_first = !std::mem::replace(&mut self.has_begun, true);
            let text = trim_start(std::mem::take(&mut self.rest));
            if text.is_empty() {
                return None;
            }
            let ends_well = |(_, rest): &(&str, &str)| rest.is_empty() || rest.starts_with(['{', '[']);
            let Some((value, rest)) = first(text).filter(ends_well) else {
                self.is_broken = true;
                return Some(text);
            };
            self.rest = rest;
            match value.strip_prefix('[') {
                // Among other values an empty one is no case, and is told so.
                Some(elements) if trim_start(elements) == "]" && !(is_first && rest.is_empty()) => return Some(value),
                Some(elements) => self.array = elements,
                None => return Some(value),
            }
        }
    }
}
