//! A report as its JSON has it. The JSON Schema of reports is that of these types.

use crate::check::report::Report;
use crate::document::params::Params;
use crate::finding::finding::{Finding, Outcome};
use crate::finding::fix::PatchOperation;
use crate::finding::verdict::Verdict;
use crate::message::locale::Locale;
use crate::rule::missing::Missing;
use crate::rule::rule::{Citation, Severity};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(feature = "schemars")]
use crate::document::names::{CapabilityId, OperationId, RuleId, ViolationKindName};
#[cfg(feature = "schemars")]
use crate::finding::fix::WrittenPatch;

/// The result of a check.
///
/// This is a [`Report`] as its JSON has it, in one language: what a program reads that has stored reports, or gets them from the command
/// line, from another service or from the npm package, brief ones too. It is not a [`Report`], which also has the request itself, and messages in every
/// language: from JSON neither can be had. Members and ids that a further version adds are read too.
///
/// ```
/// use image_preflight::{Locale, ReportDocument, Verdict};
/// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {}}"#);
/// let stored = report.to_json(Locale::ENGLISH);
///
/// let read: ReportDocument = serde_json::from_str(&stored)?;
/// assert_eq!((read.operation(), read.verdict()), (Some("ims.in-region-copy"), Verdict::Denied));
/// assert_eq!(read.findings()[0].rule(), "ims.in-region-copy.name");
/// assert_eq!(read, report.to_document(Locale::ENGLISH));
/// assert_eq!(serde_json::to_string(&read)?, stored);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Report", description = "The result of a check.")
)]
pub struct ReportDocument {
    /// The operation that was checked; null when the case names none that is known.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<CapabilityId>"))]
    operation: Option<String>,
    /// The verdict.
    verdict: Verdict,
    /// Pointers of the facts, and of fields whose values are not known yet, that could still turn the verdict; empty unless it is
    /// undetermined.
    missing: Vec<String>,
    /// Pointers of the facts that the verdict presumes to be in order: each has a value that would turn it to denied.
    presumed: Vec<String>,
    /// All findings, in the order of the case.
    findings: Vec<FindingDocument>,
}

impl ReportDocument {
    /// The id of the operation that was checked; `None` when the case names none that is known.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The verdict.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Pointers of the facts that could still turn the verdict; empty unless it is undetermined.
    #[must_use]
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// Pointers of the facts that the verdict presumes to be good.
    #[must_use]
    pub fn presumed(&self) -> &[String] {
        &self.presumed
    }

    /// The findings, in the order of the case.
    #[must_use]
    pub fn findings(&self) -> &[FindingDocument] {
        &self.findings
    }
}

/// A problem, or an open question, about a case.
///
/// This is a [`Finding`] of a [`ReportDocument`].
///
/// ```
/// use image_preflight::{FindingDocument, Locale, Outcome};
/// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "a<b"}}"#);
/// let finding: FindingDocument = serde_json::from_value(serde_json::to_value(report.findings()[0].localized(Locale::ENGLISH))?)?;
/// assert_eq!((finding.outcome(), finding.at()), (Outcome::Violated, "/body/name"));
/// assert_eq!(finding.param("codePoint"), Some(&"U+003C".into()));
/// assert!(image_preflight::rule(finding.rule()).is_some());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Finding", description = "A problem, or an open question, about a case.")
)]
pub struct FindingDocument {
    /// The rule that says so.
    #[cfg_attr(feature = "schemars", schemars(with = "RuleId"))]
    rule: String,
    /// Broken, or not decided yet.
    outcome: Outcome,
    /// How much it matters.
    severity: Severity,
    /// Where a person would look: a JSON Pointer into the case.
    at: String,
    /// What was found and what is allowed; they never depend on the language.
    #[cfg_attr(feature = "schemars", schemars(with = "FindingParams"))]
    params: Params,
    /// What is wrong or not known, for who writes requests, in the language of the report.
    message: String,
    /// What is wrong, for a person who fills in a form: without field names or code; or what is not known yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// Pointers of the facts that the rule still needs.
    missing: Vec<String>,
    /// What to do about it, the best way first.
    fixes: Vec<FixDocument>,
    /// Where the documents say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schemars", schemars(!default, !skip_serializing_if, with = "Vec<Citation>"))]
    citations: Vec<CitationDocument>,
}

impl FindingDocument {
    /// The id of the rule that says so; [`rule`](crate::rule()) has the rule, if this version knows it.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Broken, or not decided yet.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where a person would look, as a JSON Pointer into the case.
    #[must_use]
    pub fn at(&self) -> &str {
        &self.at
    }

    /// One of its parameters, such as `limitBytes`.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Value> {
        self.params.get(name)
    }

    /// All of its parameters.
    pub fn params(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.params.iter()
    }

    /// The message, in the language of the report.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What is wrong, for a person who fills in a form: without field names or code.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Pointers of the facts that its rule still wants.
    #[must_use]
    pub fn missing(&self) -> &[String] {
        &self.missing
    }

    /// What to do about it, the best way first.
    #[must_use]
    pub fn fixes(&self) -> &[FixDocument] {
        &self.fixes
    }

    /// Where the documents say so.
    #[must_use]
    pub fn citations(&self) -> &[CitationDocument] {
        &self.citations
    }
}

/// The parameters of a finding. `kind` is there when a field's shape is at fault.
#[cfg(feature = "schemars")]
#[derive(schemars::JsonSchema)]
#[allow(dead_code, reason = "for its schema")]
struct FindingParams {
    /// The kind of violation.
    kind: Option<ViolationKindName>,
    #[schemars(flatten)]
    others: serde_json::Map<String, Value>,
}

/// A way to make a finding go away.
///
/// This is a [`Fix`](crate::Fix) of a [`FindingDocument`].
///
/// ```
/// use image_preflight::{FixDocument, PatchOperation};
/// let fix: FixDocument = serde_json::from_str(r#"{"title": "Leave it out.", "patch": [{"op": "remove", "path": "/body/x"}]}"#)?;
/// assert_eq!(fix.patch_operations()[0].path(), "/body/x");
/// assert!(serde_json::from_str::<PatchOperation>(r#"{"op": "test", "path": "/body/x", "value": 1}"#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schemars",
    derive(schemars::JsonSchema),
    schemars(rename = "Fix", description = "A way to make a finding go away.")
)]
pub struct FixDocument {
    /// What to do, in the language that was asked for.
    title: String,
    /// A JSON Patch (RFC 6902) on the case, where a machine can do it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<Vec<WrittenPatch>>", !default))]
    patch: Vec<PatchOperation>,
    /// Alternative operation, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<OperationId>", !default))]
    operation: Option<String>,
}

impl FixDocument {
    /// What to do, in the language of the report.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The patch on the case; empty where no machine can make the change.
    #[must_use]
    pub fn patch_operations(&self) -> &[PatchOperation] {
        &self.patch
    }

    /// The id of the operation to use instead, if there is one.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }
}

/// Where a document says so, as a report's JSON has it: a [`Citation`] that owns its texts.
///
/// ```
/// use image_preflight::{Locale, ReportDocument};
/// let report = image_preflight::check("{}").to_json(Locale::ENGLISH);
/// let report: ReportDocument = serde_json::from_str(&report)?;
/// assert_eq!(report.findings()[0].citations()[0].document(), "image-preflight: README");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationDocument {
    document: String,
    date: String,
    section: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl CitationDocument {
    /// The document's title, in its own language.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The document's date: `2024-04-17`, or as much as is known of it.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    /// The part of the document.
    #[must_use]
    pub fn section(&self) -> &str {
        &self.section
    }

    /// Where it is published, if that is known.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }
}

impl From<&Citation> for CitationDocument {
    fn from(citation: &Citation) -> Self {
        CitationDocument {
            document: citation.document.to_owned(),
            date: citation.date.to_owned(),
            section: citation.section.to_owned(),
            url: citation.url.map(str::to_owned),
        }
    }
}

impl Report<'_> {
    /// The report in one language, as its JSON has it.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let report = image_preflight::check("{}");
    /// assert_eq!(serde_json::to_string(&report.to_document(Locale::CHINESE))?, report.to_json(Locale::CHINESE));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn to_document(&self, locale: Locale) -> ReportDocument {
        ReportDocument {
            operation: self.operation().map(|operation| operation.id().to_owned()),
            verdict: self.verdict(),
            missing: self.missing().iter().map(|missing| missing.pointer()).collect(),
            presumed: self.presumed().iter().map(Missing::pointer).collect(),
            findings: self.findings().iter().map(|finding| finding.to_document(locale)).collect(),
        }
    }
}

impl Finding<'_> {
    /// The finding in one language, as its JSON has it.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let report = image_preflight::check("{}");
    /// let finding = report.findings()[0].to_document(Locale::ENGLISH);
    /// assert_eq!(finding.message(), report.findings()[0].message(Locale::ENGLISH));
    /// ```
    #[must_use]
    pub fn to_document(&self, locale: Locale) -> FindingDocument {
        let params = self.params.iter().map(|(name, param)| {
            // Strings, numbers and lists: there is nothing here that serde_json refuses.
            (name.to_owned(), serde_json::to_value(param).unwrap_or_default())
        });
        let fix = |fix: &crate::finding::fix::Fix| FixDocument {
            title: self.fix_title(fix, locale),
            patch: fix.patch.clone(),
            operation: fix.operation.map(str::to_owned),
        };
        FindingDocument {
            rule: self.rule.id.to_owned(),
            outcome: self.outcome,
            severity: self.severity,
            at: self.at().to_owned(),
            params: params.collect(),
            message: self.message(locale),
            hint: Some(self.hint(locale)),
            missing: self.missing.iter().map(Missing::pointer).collect(),
            fixes: self.fixes.iter().map(fix).collect(),
            citations: self.rule.citations_in(locale).map(CitationDocument::from).collect(),
        }
    }
}
