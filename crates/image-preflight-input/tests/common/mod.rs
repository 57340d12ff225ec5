//! Translates a text and checks what comes of it.
#![allow(dead_code, reason = "each test file uses a part")]

use image_preflight::{Locale, Outcome, Verdict};
use image_preflight_input::{Form, Options, Refused, TranslatedCase, Translation, translate_with};
use serde_json::Value;

pub(crate) fn translated(text: &str) -> Translation<'_> {
    image_preflight_input::translate(text).unwrap_or_else(|refused| panic!("{refused}: {text}"))
}

pub(crate) fn with_operation<'t>(text: &'t str, operation: &str) -> Translation<'t> {
    let options = Options { operation: Some(operation), ..Options::default() };
    translate_with(text, options).unwrap_or_else(|refused| panic!("{refused}: {text}"))
}

pub(crate) fn as_form(text: &str, form: Form) -> Result<Translation<'_>, Refused> {
    translate_with(text, Options { form: Some(form), ..Options::default() })
}

pub(crate) fn refused(text: &str) -> Refused {
    image_preflight_input::translate(text).expect_err(text)
}

/// The only case of a text, as JSON.
pub(crate) fn only(text: &str) -> Value {
    let translation = translated(text);
    assert_eq!(translation.cases.len(), 1, "{text}");
    json(&translation.cases[0])
}

pub(crate) fn json(case: &TranslatedCase<'_>) -> Value {
    serde_json::from_str(&case.text).expect("a case is JSON")
}

pub(crate) fn kinds(case: &TranslatedCase<'_>) -> Vec<&'static str> {
    case.notes.iter().map(|note| note.kind).collect()
}

/// The verdict of a case, and the rules of severity error that it breaks, without the operation's name.
pub(crate) fn judged(case: &TranslatedCase<'_>) -> (Verdict, Vec<&'static str>) {
    let report = image_preflight::check(&case.text);
    let broken = report.findings().iter().filter(|finding| {
        finding.outcome() == Outcome::Violated && finding.severity() == image_preflight::Severity::Error
    });
    let rules = broken.map(|finding| finding.rule().id.rsplit('.').next().unwrap_or_default()).collect();
    assert_ne!(report.verdict(), Verdict::Invalid, "{}: {}", case.text, report.to_json(Locale::ENGLISH));
    (report.verdict(), rules)
}

/// The pointers that a report wants to know.
pub(crate) fn missing(case: &TranslatedCase<'_>) -> Vec<String> {
    image_preflight::check(&case.text).missing().iter().map(|missing| missing.pointer()).collect()
}
