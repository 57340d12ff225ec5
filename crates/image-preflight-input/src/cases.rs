//! Cases, which need no translation: they are handed on as they are.

use crate::form::Form;
use crate::json::{concatenated, elements, offset_in};
use crate::translation::{TranslatedCase, Translation};

/// The cases of a text: the elements of an array, values one after another, or one a line. What is no JSON is a case, too: its check
/// reports what is wrong.
pub(crate) fn translate(text: &str) -> Translation<'_> {
    let parts = if text.trim_start().starts_with('[') { elements(text).ok() } else { concatenated(text).ok() };
    let parts = parts.unwrap_or_else(|| lines(text));
    let case = |part| TranslatedCase::as_it_is(part, offset_in(text, part));
    let cases = parts.into_iter().map(case).collect();
    Translation { form: Form::Case, title: Form::Case.title(), cases, notes: Vec::new(), others: 0, idle: 0 }
}

/// A broken text: one a line if one of the lines is JSON of its own, else as a whole.
fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let is_json = |line: &str| line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    if lines.iter().any(|line| is_json(line)) { lines } else { vec![text] }
}
