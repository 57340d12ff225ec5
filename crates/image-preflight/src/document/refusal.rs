//! An explained refusal as its JSON has it. The JSON Schema of refusals is that of this type.

use crate::check::refusal::{AnswerKind, Retry};
use crate::explain::Refusal;
use crate::message::locale::Locale;
use serde::{Deserialize, Serialize};

#[cfg(feature = "schemars")]
use crate::document::names::RuleId;

/// An answer of a cloud, explained: mostly that it refuses a request, or why a job failed.
///
/// ```
/// use image_preflight::{Locale, RefusalDocument, Retry, explain};
/// let stored = serde_json::to_string(&explain(None, "IMG.0142").localized(Locale::ENGLISH))?;
/// let read: RefusalDocument = serde_json::from_str(&stored)?;
/// assert_eq!((read.code(), read.retry()), (Some("IMG.0142"), Some(Retry::No)));
/// assert_eq!(serde_json::to_string(&read)?, stored);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "Refusal"))]
#[serde(rename_all = "camelCase")]
pub struct RefusalDocument {
    /// What the answer is.
    kind: AnswerKind,
    /// Whether something was refused or failed; absent if the kind is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<bool>,
    /// Whether the tables have its error, or it is no refusal.
    understood: bool,
    /// The HTTP status.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// The error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The server's own message.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The id by which the provider's support finds the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    /// The id of the job, or the new image's where there are no jobs.
    #[serde(skip_serializing_if = "Option::is_none")]
    job_id: Option<String>,
    /// The provider's name of what the job does.
    #[serde(skip_serializing_if = "Option::is_none")]
    job_type: Option<String>,
    /// The id of the image that a job has made.
    #[serde(skip_serializing_if = "Option::is_none")]
    image_id: Option<String>,
    /// What it means.
    meaning: String,
    /// Whether trying again can help.
    #[serde(skip_serializing_if = "Option::is_none")]
    retry: Option<Retry>,
    /// The operations that can be refused with the error: ids of this product, or the provider's own names. Empty: any operation.
    operations: Vec<String>,
    /// The rules that would have caught it.
    #[cfg_attr(feature = "schemars", schemars(with = "Vec<RuleId>"))]
    rules: Vec<String>,
    /// The page of the code in the rule reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
    /// Further error codes in the answer that the tables have.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_codes: Option<Vec<String>>,
    /// The answer, if it is not understood. A long one is shortened.
    #[serde(skip_serializing_if = "Option::is_none")]
    verbatim: Option<String>,
}

impl RefusalDocument {
    /// What the answer is.
    #[must_use]
    pub fn kind(&self) -> AnswerKind {
        self.kind
    }

    /// Whether the tables have its error, or it is no refusal.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.understood
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The error code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The server's own message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The id by which the provider's support finds the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The id of the job, or the new image's where there are no jobs.
    #[must_use]
    pub fn job_id(&self) -> Option<&str> {
        self.job_id.as_deref()
    }

    /// The provider's name of what the job does.
    #[must_use]
    pub fn job_type(&self) -> Option<&str> {
        self.job_type.as_deref()
    }

    /// The id of the image that a job has made.
    #[must_use]
    pub fn image_id(&self) -> Option<&str> {
        self.image_id.as_deref()
    }

    /// What it means, in the language of the document.
    #[must_use]
    pub fn meaning(&self) -> &str {
        &self.meaning
    }

    /// Whether trying again can help; `None` when it is not understood.
    #[must_use]
    pub fn retry(&self) -> Option<Retry> {
        self.retry
    }

    /// The operations that can be refused with the error: ids of this crate, or the provider's own names. Empty: any operation.
    #[must_use]
    pub fn operations(&self) -> &[String] {
        &self.operations
    }

    /// The page of the code in the rule reference, if the tables have the code.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Further error codes in the answer that the tables have.
    #[must_use]
    pub fn other_codes(&self) -> &[String] {
        self.other_codes.as_deref().unwrap_or_default()
    }

    /// The ids of the rules that would have caught it.
    #[must_use]
    pub fn rules(&self) -> &[String] {
        &self.rules
    }

    /// The whole answer, when it is not understood.
    #[must_use]
    pub fn verbatim(&self) -> Option<&str> {
        self.verbatim.as_deref()
    }
}

impl Refusal<'_> {
    /// The refusal in one language, as its JSON has it. Long texts of the answer are shortened.
    ///
    /// ```
    /// use image_preflight::{Locale, explain};
    /// let refusal = explain(Some(503), "").to_document(Locale::ENGLISH);
    /// assert_eq!((refusal.is_known(), refusal.status()), (true, Some(503)));
    /// ```
    #[must_use]
    pub fn to_document(&self, locale: Locale) -> RefusalDocument {
        let kind = self.kind();
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        RefusalDocument {
            kind,
            refusal: (kind != AnswerKind::Unknown).then(|| kind.is_refusal()),
            understood: self.is_known(),
            status: self.status(),
            code: short(self.code()),
            message: short(self.message()),
            request_id: short(self.request_id()),
            job_id: short(self.job_id()),
            job_type: short(self.job_type()),
            image_id: short(self.image_id()),
            meaning: self.meaning(locale).into_owned(),
            retry: self.retry(),
            operations: texts(self.operations()),
            rules: self.rules().map(|rule| rule.id.to_owned()).collect(),
            help: self.help_url(locale),
            other_codes: Some(texts(self.other_codes())).filter(|codes| !codes.is_empty()),
            verbatim: (!self.is_known()).then(|| at_most(self.raw(), MAX_VERBATIM)),
        }
    }

    /// The explanation as something that serde can write, in a language. Long texts of the answer are shortened.
    ///
    /// ```
    /// use image_preflight::{Locale, explain};
    /// let json = serde_json::to_value(explain(None, "IMG.0142").localized(Locale::ENGLISH)).unwrap();
    /// assert_eq!((&json["kind"], &json["retry"]), (&"refused".into(), &"no".into()));
    /// assert_eq!(json["rules"][0], "ims.cross-region-copy.region-differs");
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + use<> {
        self.to_document(locale)
    }
}

/// How many characters of an answer the JSON of an explanation repeats, and of each of its texts.
const MAX_VERBATIM: usize = 4096;
const MAX_TEXT: usize = 1024;

fn short(text: Option<&str>) -> Option<String> {
    text.map(|text| at_most(text, MAX_TEXT))
}

/// At most so many characters, with an ellipsis where something was left out.
fn at_most(text: &str, characters: usize) -> String {
    let end = if text.len() > characters { text.char_indices().nth(characters) } else { None };
    match end {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
