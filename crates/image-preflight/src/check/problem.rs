//! A report as problem details (RFC 9457), for a gateway that answers with them.

use crate::check::report::Report;
use crate::finding::finding::{Finding, Outcome};
use crate::finding::verdict::Verdict;
use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::message::word::words;
use crate::rule::rule::reference_page;
use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

const INVALID: Message = message("The case cannot be checked as it is.", "该用例有误，无法检查。");
const DENIED: Message = message("The cloud would reject this request.", "该请求会被云服务拒绝。");
const UNDETERMINED: Message =
    message("It is not known yet whether the cloud accepts this request.", "尚无法判断云服务是否会接受该请求。");

/// Every sentence of this file.
pub(crate) const MESSAGES: [Message; 3] = [INVALID, DENIED, UNDETERMINED];

/// The status of a case that is not right, and that of a request that is understood and would be refused.
const BAD_REQUEST: u16 = 400;
const UNPROCESSABLE_CONTENT: u16 = 422;

/// That of a request which waits for something else: here the facts that are missing.
const FAILED_DEPENDENCY: u16 = 424;

/// What kind of problem a report is.
///
/// ```
/// use image_preflight::ProblemKind;
/// assert_eq!((ProblemKind::Denied.as_str(), ProblemKind::Denied.status()), ("denied", 422));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// The case is not right: status 400.
    Invalid,
    /// The cloud would refuse the request: status 422.
    Denied,
    /// It is not known yet, and facts are missing: status 424. The case is well-formed and nothing in it is wrong, so it is no 400
    /// and no 422; what it waits for is another answer.
    Undetermined,
}

words!(ProblemKind { Invalid = "invalid", Denied = "denied", Undetermined = "undetermined" });

impl ProblemKind {
    /// The HTTP status to answer with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            ProblemKind::Invalid => BAD_REQUEST,
            ProblemKind::Denied => UNPROCESSABLE_CONTENT,
            ProblemKind::Undetermined => FAILED_DEPENDENCY,
        }
    }

    fn title(self) -> Message {
        match self {
            ProblemKind::Invalid => INVALID,
            ProblemKind::Denied => DENIED,
            ProblemKind::Undetermined => UNDETERMINED,
        }
    }
}

impl Report<'_> {
    /// The report as problem details (RFC 9457), media type `application/problem+json`; `None` when the case is allowed.
    ///
    /// ```
    /// use image_preflight::{Locale, ProblemKind};
    /// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {}}"#);
    /// let problem = report.problem(Locale::ENGLISH).unwrap();
    /// assert_eq!((problem.kind(), problem.status()), (ProblemKind::Denied, 422));
    /// let json = serde_json::to_value(&problem).unwrap();
    /// assert_eq!(json["title"], "The cloud would reject this request.");
    /// assert_eq!(json["errors"][0]["pointer"], "#/body/name");
    /// ```
    #[must_use]
    pub fn problem(&self, locale: Locale) -> Option<Problem<'_>> {
        let kind = match self.verdict {
            Verdict::Allowed => return None,
            Verdict::Invalid => ProblemKind::Invalid,
            Verdict::Denied => ProblemKind::Denied,
            Verdict::Undetermined => ProblemKind::Undetermined,
        };
        Some(Problem { report: self, kind, locale })
    }

    /// The report as an answer with problem details, in the language that the request's header `Accept-Language` asks for; `None`
    /// when the case is allowed.
    ///
    /// ```
    /// let response = image_preflight::check("{").problem_response(Some("zh-CN, en;q=0.5")).unwrap();
    /// assert_eq!(response.status(), 400);
    /// assert_eq!(response.headers()["content-type"], "application/problem+json");
    /// assert_eq!(response.headers()["content-language"], "zh-CN");
    /// ```
    #[cfg(feature = "http")]
    #[must_use]
    pub fn problem_response(&self, accept_language: Option<&str>) -> Option<http::Response<String>> {
        let locale = accept_language.map_or_else(Locale::default, Locale::from_accept_language);
        let problem = self.problem(locale)?;
        let response = http::Response::builder()
            .status(problem.status())
            .header(http::header::CONTENT_TYPE, "application/problem+json")
            .header(http::header::CONTENT_LANGUAGE, locale.tag())
            .header(http::header::VARY, "accept-language")
            .body(problem.to_json());
        // Every part is one of ours, which `http` takes.
        response.ok()
    }
}

/// A report as problem details (RFC 9457): `errors` has a sentence and a JSON Pointer into the case for each finding that decided,
/// and `report` the whole report. `instance` is the caller's to add.
///
/// ```
/// let report = image_preflight::check("{}");
/// let problem = report.problem(Default::default()).unwrap();
/// assert!(problem.to_json().contains(r#""status":400"#));
/// ```
#[derive(Clone, Debug)]
pub struct Problem<'r> {
    report: &'r Report<'r>,
    kind: ProblemKind,
    locale: Locale,
}

impl Problem<'_> {
    /// What kind of problem it is.
    #[must_use]
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// The HTTP status to answer with.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.kind.status()
    }

    /// The body, as JSON on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists only: there is nothing here that serde_json refuses.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The findings that decided.
    fn decisive(&self) -> impl Iterator<Item = &Finding<'_>> {
        let outcome = if self.kind == ProblemKind::Undetermined { Outcome::Unknown } else { Outcome::Violated };
        self.report.errors().filter(move |finding| {
            finding.outcome() == outcome && (self.kind != ProblemKind::Invalid || finding.rule().is_of_case)
        })
    }
}

impl Serialize for Problem<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let locale = self.locale;
        let error = |finding: &Finding<'_>| ProblemError {
            detail: finding.message(locale),
            pointer: format!("#{}", percent_encoding::utf8_percent_encode(finding.at(), FRAGMENT)),
            rule: finding.rule().id,
        };
        let errors: Vec<_> = self.decisive().map(error).collect();
        let details: Vec<_> = errors.iter().map(|error| error.detail.as_str()).collect();
        let mut object = serializer.serialize_struct("Problem", 6)?;
        object.serialize_field("type", &format!("{}#{}", reference_page(locale, "problems"), self.kind))?;
        object.serialize_field("title", self.kind.title().text(locale))?;
        object.serialize_field("status", &self.status())?;
        object.serialize_field("detail", &details.join(locale.between_sentences()))?;
        object.serialize_field("errors", &errors)?;
        object.serialize_field("report", &self.report.localized(locale))?;
        object.end()
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
struct ProblemError {
    detail: String,
    pointer: String,
    rule: &'static str,
}
