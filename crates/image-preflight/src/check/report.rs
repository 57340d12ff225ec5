//! The report: a verdict, the findings behind it, and what is still missing.

use crate::check::cleared_request::ClearedRequest;
use crate::check::operation::Operation;
use crate::finding::finding::Finding;
use crate::finding::findings::Findings;
use crate::finding::verdict::Verdict;
use crate::message::locale::Locale;
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::missing::Missing;
use crate::rule::rule::Severity;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::sync::Arc;

/// The result of a check. The same case gives the same report, byte for byte, everywhere.
///
/// ```
/// use image_preflight::{Locale, Verdict};
/// let report = image_preflight::check(r#"{
///     "operation": "ims.in-region-copy",
///     "path": {"image_id": "465076de-dc36-4aec-80f5-ef9d8009428f"},
///     "body": {"name": "copy", "enterprise_project_id": "mine"}
/// }"#);
/// assert_eq!(report.verdict(), Verdict::Denied);
/// assert_eq!(report.findings()[0].at(), "/body/enterprise_project_id");
/// assert!(report.to_json(Locale::CHINESE).contains("\"verdict\":\"denied\""));
/// ```
#[derive(Clone, Debug)]
pub struct Report<'a> {
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) draft: Draft<'a>,
    pub(crate) edition: Edition,
    /// They are collected here from the start: nothing is moved when the report is done.
    pub(crate) findings: Findings<'a>,
    pub(crate) verdict: Verdict,
    /// What an owned report keeps of the draft, which borrows the case.
    pub(crate) kept: Option<Arc<Kept>>,
}

/// What an owned report keeps of the request that it is about.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The parameter of the address, and the body, as JSON.
    pub(crate) path: Option<String>,
    pub(crate) body: String,
    /// Whether the address has a parameter that the operation does not know: no typed request carries that.
    pub(crate) has_more_path: bool,
    /// The call, where the address can be made.
    pub(crate) call: Option<ClearedRequest>,
    /// The fields whose values are not known yet.
    pub(crate) unknown: Vec<String>,
}

impl<'a> Report<'a> {
    /// A report without findings.
    #[inline]
    pub(crate) fn begin(draft: Draft<'a>, edition: Edition) -> Self {
        Report { operation: None, draft, edition, findings: Findings::default(), verdict: Verdict::Allowed, kept: None }
    }

    /// Evaluates what has been read, and draws the verdict.
    pub(crate) fn evaluate(&mut self, facts: &Facts<'a>) {
        if let Some(operation) = self.operation {
            operation.evaluate(&self.draft, facts, &self.edition, &mut self.findings);
        }
        self.conclude();
    }

    /// Draws the verdict from the findings, when all have been collected.
    pub(crate) fn conclude(&mut self) {
        self.findings.end();
        self.verdict = self.findings.verdict();
    }

    /// The same, free of the text of the case: it can be returned, kept, sent to another thread, or be part of an error.
    ///
    /// ```
    /// use image_preflight::{Report, Verdict, huawei::WholeImageFromEcs};
    /// fn checked(case: String) -> Report<'static> {
    ///     image_preflight::check(&case).into_owned()
    /// }
    /// let case = r#"{"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#;
    /// let report = checked(case.to_owned());
    /// assert_eq!(report, image_preflight::check(case));
    /// assert_eq!(report.clear()?.path(), "/v1/cloudimages/wholeimages/action");
    /// assert_eq!(report.request::<WholeImageFromEcs>().unwrap().vault_id().as_str(), "v");
    /// # Ok::<(), image_preflight::ClearError>(())
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Report<'static> {
        let kept = self.kept.clone().unwrap_or_else(|| Arc::new(self.keep()));
        Report {
            operation: self.operation,
            draft: Draft::default(),
            edition: self.edition,
            findings: self.findings.into_owned(),
            verdict: self.verdict,
            kept: Some(kept),
        }
    }

    /// The operation that was checked; `None` when the case names none that is known.
    #[must_use]
    pub fn operation(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// The edition that it was judged under: the one that the case names, else the caller's.
    ///
    /// A case may name limits of its own. Whoever judges cases of others compares:
    ///
    /// ```
    /// use image_preflight::{Edition, check_with};
    /// let ours = Edition::default();
    /// let case = r#"{"operation": "ims.in-region-copy", "edition": {"capBytes": 9007199254740991}}"#;
    /// assert_ne!(*check_with(case, &ours).edition(), ours);
    /// ```
    #[must_use]
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The verdict: invalid when the case itself cannot be judged, else denied when a rule of error severity is violated, else
    /// undetermined when one is unknown, else allowed.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Everything that was found, in the order of the case (path, body, facts), then of rule ids. At most 1000 findings: where
    /// there are more, those of the least severity are left out, and one says so.
    #[must_use]
    pub fn findings(&self) -> &[Finding<'a>] {
        self.findings.as_slice()
    }

    /// The facts that could still turn the verdict, in order: empty unless it is undetermined. For each of them there are
    /// two ways to fill in what is unknown that differ in that fact alone, one allowed and one denied.
    #[must_use]
    pub fn missing(&self) -> Vec<&Missing<'a>> {
        if self.verdict != Verdict::Undetermined {
            return Vec::new();
        }
        let errors = self.findings().iter().filter(|finding| finding.severity == Severity::Error);
        let mut missing = Vec::new();
        for fact in errors.flat_map(|finding| &finding.missing) {
            if let Err(at) = missing.binary_search(&fact) {
                missing.insert(at, fact);
            }
        }
        missing
    }

    /// The facts that the verdict presumes to be good, in order: those which other documents than the operation's own ask for, and
    /// nobody gave. Each of them has a value that would turn the verdict to denied. [`Facts::strict`] presumes nothing.
    ///
    /// ```
    /// let report = image_preflight::check(r#"{"operation": "ims.whole-image",
    ///     "body": {"name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// let presumed: Vec<_> = report.presumed().iter().map(|presumed| presumed.pointer()).collect();
    /// assert_eq!(presumed, ["/facts/ecs/state", "/facts/ecs/dssDisk", "/facts/destinationQuota/images"]);
    /// ```
    #[must_use]
    pub fn presumed(&self) -> &[Missing<'a>] {
        self.findings.presumed()
    }

    /// The report as JSON, on one line.
    #[must_use]
    pub fn to_json(&self, locale: Locale) -> String {
        self.written(locale, false)
    }

    /// The same without the citations of each finding, which are those of its rule and half of a report.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let brief = image_preflight::check("{}").to_brief_json(Locale::ENGLISH);
    /// assert!(brief.contains("\"rule\":\"case.operation\"") && !brief.contains("citations"));
    /// ```
    #[must_use]
    pub fn to_brief_json(&self, locale: Locale) -> String {
        self.written(locale, true)
    }

    fn written(&self, locale: Locale, is_brief: bool) -> String {
        // Usually this is enough, or grows once.
        let mut out = Vec::with_capacity(512 + 512 * self.findings().len());
        // Strings, numbers and lists only: there is nothing here that serde_json refuses, and it writes UTF-8.
        let _ = serde_json::to_writer(&mut out, &Localized { report: self, locale, is_brief });
        String::from_utf8(out).unwrap_or_default()
    }

    /// The report as something that serde can write, in a language.
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + '_ {
        Localized { report: self, locale, is_brief: false }
    }
}

/// Its findings, in their order.
///
/// ```
/// for finding in &image_preflight::check("{}") {
///     assert_eq!(finding.rule().id, "case.operation");
/// }
/// ```
impl<'r, 'a> IntoIterator for &'r Report<'a> {
    type Item = &'r Finding<'a>;
    type IntoIter = std::slice::Iter<'r, Finding<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.findings().iter()
    }
}

/// Of the same operation, with the same verdict, findings and presumptions.
impl PartialEq<Report<'_>> for Report<'_> {
    fn eq(&self, other: &Report<'_>) -> bool {
        self.operation.map(Operation::id) == other.operation.map(Operation::id)
            && self.verdict == other.verdict
            && self.findings().len() == other.findings().len()
            && self.findings().iter().zip(other.findings()).all(|(one, other)| one == other)
            && self.presumed() == other.presumed()
    }
}

/// A report with the language of its output.
struct Localized<'r, 'a> {
    report: &'r Report<'a>,
    locale: Locale,
    is_brief: bool,
}

impl Serialize for Localized<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Localized { report, locale, is_brief } = self;
        let missing: Vec<_> = report.missing().iter().map(|missing| missing.pointer()).collect();
        let findings: Vec<_> = report.findings().iter().map(|finding| finding.written(*locale, *is_brief)).collect();
        let presumed: Vec<_> = report.presumed().iter().map(Missing::pointer).collect();
        let mut object = serializer.serialize_struct("Report", 5)?;
        object.serialize_field("operation", &report.operation.map(|operation| operation.id))?;
        object.serialize_field("verdict", report.verdict.as_str())?;
        object.serialize_field("missing", &missing)?;
        object.serialize_field("presumed", &presumed)?;
        object.serialize_field("findings", &findings)?;
        object.end()
    }
}
