//! A report as problem details (RFC 9457), for a gateway that answers with them.

use crate::check::report::Report;
use crate::finding::finding::{Finding, Outcome};
use crate::finding::verdict::Verdict;
use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::rule::rule::{Severity, reference_page};
use serde::Serialize;

const INVALID: Message = message("The case cannot be judged as it is.", "该用例有误，无法判断。");
const DENIED: Message = message("The cloud would refuse this request.", "该请求会被云服务拒绝。");
const UNDETERMINED: Message =
    message("It is not known yet whether the cloud takes this request.", "尚无法判断云服务是否会接受该请求。");

/// Every sentence of this file.
pub(crate) const MESSAGES: [Message; 3] = [INVALID, DENIED, UNDETERMINED];

/// The status of a case that is not right, and that of a request that is understood and would be refused.
const BAD_REQUEST: u16 = 400;
const UNPROCESSABLE_CONTENT: u16 = 422;

impl Report<'_> {
    /// The report as problem details (RFC 9457), media type `application/problem+json`; `None` when the case is allowed. The
    /// status is 400 for a case that cannot be judged, else 422; `errors` has a sentence and a JSON Pointer into the case for each finding
    /// that decided, and `report` the whole report. `instance` is the caller's to add.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {}}"#);
    /// let problem = serde_json::to_value(report.problem(Locale::ENGLISH).unwrap()).unwrap();
    /// assert_eq!(problem["status"], 422);
    /// assert_eq!(problem["title"], "The cloud would refuse this request.");
    /// assert_eq!(problem["errors"][0]["pointer"], "#/body/name");
    /// ```
    #[must_use]
    pub fn problem(&self, locale: Locale) -> Option<impl Serialize + '_> {
        let (kind, title, status) = match self.verdict {
            Verdict::Allowed => return None,
            Verdict::Invalid => ("invalid", INVALID, BAD_REQUEST),
            Verdict::Denied => ("denied", DENIED, UNPROCESSABLE_CONTENT),
            Verdict::Undetermined => ("undetermined", UNDETERMINED, UNPROCESSABLE_CONTENT),
        };
        let is_undetermined = self.verdict == Verdict::Undetermined;
        let outcome = if is_undetermined { Outcome::Unknown } else { Outcome::Violated };
        let is_about = |finding: &Finding<'_>| self.verdict != Verdict::Invalid || finding.rule().is_of_case;
        let decides = |finding: &&Finding<'_>| {
            finding.severity() == Severity::Error && finding.outcome() == outcome && is_about(finding)
        };
        let error = |finding: &Finding<'_>| ProblemError {
            detail: finding.message(locale),
            pointer: format!("#{}", percent_encoding::utf8_percent_encode(finding.at(), FRAGMENT)),
            rule: finding.rule().id,
        };
        let errors: Vec<_> = self.findings().iter().filter(decides).map(error).collect();
        Some(Problem {
            r#type: format!("{}#{kind}", reference_page(locale, "problems")),
            title: title.text(locale),
            status,
            detail: errors
                .iter()
                .map(|error| error.detail.as_str())
                .collect::<Vec<_>>()
                .join(locale.between_sentences()),
            errors,
            report: self.localized(locale),
        })
    }
}

/// What a fragment of a URI may not hold as it is (RFC 3986).
const FRAGMENT: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

#[derive(Serialize)]
struct Problem<R> {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    errors: Vec<ProblemError>,
    report: R,
}

#[derive(Serialize)]
struct ProblemError {
    detail: String,
    pointer: String,
    rule: &'static str,
}
