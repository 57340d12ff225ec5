//! A case as JSON text.

use crate::check::case_verdict::CaseVerdict;
use crate::check::report::Report;
use crate::finding::findings::Findings;
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::syntax::syntax;
use crate::finding::verdict::Verdict;
use crate::input::case::{Form, fill};
use crate::json::{Reader, SyntaxError, SyntaxErrorKind};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;

impl<'a> Form<'a> for &'a str {
    type Source = Reader<'a>;

    #[inline]
    fn object<T>(self, read: impl FnOnce(&mut Reader<'a>) -> T) -> Result<T, SyntaxError> {
        Reader::object(self, read)
    }

    fn syntax(self, error: SyntaxError) -> Findings<'a> {
        syntax(self, error)
    }

    fn report_repeated(self, keys: Keys, out: &mut Findings<'a>) {
        report_repeated(self, Root::Case, keys, out);
    }
}

/// Checks a case under its own edition, or under the default one.
///
/// ```
/// use image_preflight::Verdict;
/// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body": {
///     "name": "instance_whole_image", "instance_id": "877a2cda", "vault_id": "de9fcf45"}}"#);
/// assert_eq!(report.verdict(), Verdict::Allowed);
/// ```
#[must_use]
#[inline]
pub fn check(case: &str) -> Report<'_> {
    check_with(case, &Edition::default())
}

/// Checks a case under an edition, unless the case names one itself: [`Report::edition`] says which one it was.
///
/// ```
/// use image_preflight::{Edition, Verdict};
/// let case = r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "测试"}}"#;
/// let edition = Edition::from_name("international-2024-04").unwrap();
/// assert_eq!(image_preflight::check(case).verdict(), Verdict::Undetermined);
/// assert_eq!(image_preflight::check_with(case, &edition).verdict(), Verdict::Denied);
/// ```
#[must_use]
#[inline]
pub fn check_with<'a>(case: &'a str, edition: &Edition) -> Report<'a> {
    // Made where the caller wants it, and filled there: a report is not moved.
    let mut report = Report::begin(Draft::default(), edition.clone());
    fill(&mut report, case, edition);
    report
}

/// Checks a case that has been parsed already, under its own edition or under the default one.
///
/// ```
/// use serde_json::json;
/// let case = json!({"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}});
/// assert_eq!(image_preflight::check_value(&case), image_preflight::check(&case.to_string()));
/// ```
#[must_use]
pub fn check_value(case: &serde_json::Value) -> Report<'static> {
    check(&case.to_string()).into_owned()
}

/// The verdict of [`check`] alone: no finding is put together for it, however many there would be.
///
/// ```
/// use image_preflight::{Verdict, verdict};
/// assert_eq!(verdict("{}").verdict, Verdict::Invalid);
/// ```
#[must_use]
pub fn verdict(case: &str) -> CaseVerdict {
    let edition = Edition::default();
    let mut report = Report::begin(Draft::default(), edition.clone());
    report.findings.want_only_verdict();
    fill(&mut report, case, &edition);
    CaseVerdict::of(&report)
}

/// The verdict of [`check_bytes`] alone.
///
/// ```
/// assert!(image_preflight::verdict_bytes(b"\xff").operation.is_none());
/// ```
#[must_use]
pub fn verdict_bytes(case: &[u8]) -> CaseVerdict {
    match std::str::from_utf8(case) {
        Ok(case) => verdict(case),
        Err(_) => CaseVerdict { operation: None, verdict: Verdict::Invalid },
    }
}

/// Checks bytes that should be a case.
///
/// ```
/// let report = image_preflight::check_bytes(b"{\"operation\": \"\xff\"}");
/// assert_eq!(report.findings()[0].rule().id, "case.syntax");
/// ```
#[must_use]
pub fn check_bytes(case: &[u8]) -> Report<'_> {
    match std::str::from_utf8(case) {
        Ok(case) => check(case),
        Err(error) => {
            let valid = case.get(..error.valid_up_to()).and_then(|valid| std::str::from_utf8(valid).ok());
            let offset = error.valid_up_to();
            let mut report = Report::begin(Draft::default(), Edition::default());
            report.findings = syntax(valid.unwrap_or_default(), SyntaxError { offset, kind: SyntaxErrorKind::NotUtf8 });
            report.conclude();
            report
        }
    }
}
