//! What came of an explanation.

use super::answer::{Answer, Job};
use super::table::{self, Row, Wanted};
use crate::catalogue;
use crate::check::job_form::Standing;
use crate::check::refusal::{
    AnswerKind, JOB_FAILED, JOB_KIND, JOB_RUNNING, JOB_SUCCEEDED, JOB_WAITING, NO_REASON, NOT_KNOWN, Retry,
};
use crate::message::locale::Locale;
use crate::message::message::Message;
use crate::rule::rule::Rule;
use std::borrow::Cow;

/// What a server answered: mostly that it refuses a request, or why a job failed. [`kind`](Refusal::kind) says what it is.
///
/// ```
/// use image_preflight::{Locale, explain};
/// let refusal = explain(Some(400), r#"{"error": {"code": "IMG.0143", "message": "An encrypted image …"}}"#);
/// assert_eq!(refusal.code(), Some("IMG.0143"));
/// assert!(refusal.is_known());
/// assert_eq!(refusal.rules().next().unwrap().id, "ims.cross-region-copy.not-encrypted");
///
/// let strange = explain(None, "<html>Bad gateway</html>");
/// assert!(!strange.is_known());
/// assert_eq!(strange.raw(), "<html>Bad gateway</html>");
/// ```
#[derive(Clone, Debug)]
pub struct Refusal<'a> {
    kind: AnswerKind,
    /// The row of the code, or of the status where there is no code.
    row: Option<Row>,
    /// The row of the status, where the code is not known.
    by_status: Option<Row>,
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    others: Vec<&'static str>,
    job: Option<Job>,
    verbatim: Cow<'a, str>,
}

impl<'a> Refusal<'a> {
    pub(super) fn new(status: Option<u16>, answer: Answer, around: &str, raw: &'a str) -> Self {
        let Answer { code, message, status: own, request_id, others, job } = answer;
        let status = status.or(own);
        let is_error = status.is_some_and(|status| status >= 400);
        let job = job.filter(|job| !is_error || job.standing == Some(Standing::Failed));
        let job_kind = job.as_ref().map(Job::answer_kind);
        let is_well = job_kind.is_some_and(|kind| !kind.is_refusal());
        // What goes well has no error, whatever else the answer holds.
        let (code, message) = if is_well { (None, None) } else { (code, message) };
        let code = code.map(|code| table::known(&code).map_or(code, str::to_owned));
        let wanted = |code| Wanted { code, message: message.as_deref(), around, status };
        // A code may be a status.
        let number = code.as_deref().and_then(|code| code.parse().ok());
        let of_code = code.as_deref().and_then(|code| table::find(&wanted(code))).or_else(|| {
            let message = message.as_deref().filter(|_| code.is_none() || number.is_some())?;
            table::find_message(message, number.or(status))
        });
        let of_status = number.or(status).filter(|_| !is_well).and_then(table::find_status);
        let row = of_code.or_else(|| of_status.filter(|_| code.is_none() || number.is_some()));
        let kind = match job_kind {
            Some(kind) => kind,
            None if row.is_some() || is_error || code.is_some() => AnswerKind::Refused,
            None => AnswerKind::Unknown,
        };
        let by_status = if row.is_none() { of_status } else { None };
        let status = status.or(number.filter(|_| of_status.is_some()));
        Refusal { kind, row, by_status, status, code, message, request_id, others, job, verbatim: Cow::Borrowed(raw) }
    }

    pub(super) fn with_raw(self, raw: &'a str) -> Self {
        Refusal { verbatim: Cow::Borrowed(raw), ..self }
    }

    /// A word that nobody knows says nothing.
    pub(super) fn of_a_word(self) -> Self {
        let is_unknown =
            self.row.is_none() && self.by_status.is_none() && self.status.is_none_or(|status| status < 400);
        let looks_like_a_code = self.code.as_deref().is_some_and(table::looks_like_a_code);
        let kind = if is_unknown && !looks_like_a_code { AnswerKind::Unknown } else { self.kind };
        Refusal { kind, ..self }
    }

    /// The same, free of the answer that it was read from.
    ///
    /// ```
    /// fn answered(answer: String) -> image_preflight::Refusal<'static> {
    ///     image_preflight::explain(None, &answer).into_owned()
    /// }
    /// assert_eq!(answered("IMG.0142".to_owned()).code(), Some("IMG.0142"));
    /// ```
    #[must_use]
    pub fn into_owned(self) -> Refusal<'static> {
        Refusal { verbatim: Cow::Owned(self.verbatim.into_owned()), ..self }
    }

    /// What the answer is. Not all are refusals.
    ///
    /// ```
    /// use image_preflight::{AnswerKind, explain};
    /// let running = r#"{"status": "RUNNING", "job_id": "j", "entities": {"process_percent": 0.2}}"#;
    /// assert_eq!(explain(Some(200), running).kind(), AnswerKind::Running);
    /// assert_eq!(explain(None, "good morning").kind(), AnswerKind::Unknown);
    /// ```
    #[must_use]
    pub fn kind(&self) -> AnswerKind {
        self.kind
    }

    /// Whether the tables have it, or it is no refusal.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.row.is_some() || !self.kind.is_refusal() && self.kind != AnswerKind::Unknown
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status.or(self.row.map(|row| row.error.status).filter(|status| *status != 0))
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

    /// The id of the job that the answer is about or has begun; the new image's where there are no jobs.
    ///
    /// ```
    /// let accepted = image_preflight::explain(Some(200), r#"{"job_id": "j"}"#);
    /// assert_eq!((accepted.job_id(), accepted.job_type()), (Some("j"), None));
    /// ```
    #[must_use]
    pub fn job_id(&self) -> Option<&str> {
        self.job.as_ref()?.id.as_deref()
    }

    /// The provider's name of what the job does.
    #[must_use]
    pub fn job_type(&self) -> Option<&str> {
        self.job.as_ref()?.kind.as_deref()
    }

    /// The id of the image that a job has made, where it has succeeded and says so.
    ///
    /// ```
    /// let answer = r#"{"status": "SUCCESS", "job_id": "j", "entities": {"image_id": "i"}}"#;
    /// assert_eq!(image_preflight::explain(Some(200), answer).image_id(), Some("i"));
    /// ```
    #[must_use]
    pub fn image_id(&self) -> Option<&str> {
        self.job.as_ref()?.image.as_deref()
    }

    /// Further codes of the answer that the tables have.
    ///
    /// ```
    /// let log = image_preflight::explain(None, "ERROR IMG.0149, then IMG.0143 and IMG.0149 again");
    /// assert_eq!(log.code(), Some("IMG.0149"));
    /// assert_eq!(log.other_codes(), ["IMG.0143"]);
    /// ```
    #[must_use]
    pub fn other_codes(&self) -> &[&'static str] {
        &self.others
    }

    /// The whole response, verbatim.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.verbatim
    }

    /// What it means, in a language.
    #[must_use]
    pub fn meaning(&self, locale: Locale) -> Cow<'static, str> {
        let of_row = |row: &Row| row.error.meaning;
        let mut sentences: Vec<Message> = Vec::new();
        let job = self.job.as_ref();
        sentences.extend(job.map(|job| match job.standing {
            None => job.accepted,
            Some(Standing::Waiting) => JOB_WAITING,
            Some(Standing::Running) => JOB_RUNNING,
            Some(Standing::Succeeded) => JOB_SUCCEEDED,
            Some(Standing::Failed) => JOB_FAILED,
        }));
        sentences.extend(job.and_then(|job| job.name).map(|_| JOB_KIND));
        if self.kind.is_refusal() || self.kind == AnswerKind::Unknown {
            let is_silent = self.kind == AnswerKind::Failed && self.code.is_none() && self.message.is_none();
            sentences.push(self.row.as_ref().map_or(if is_silent { NO_REASON } else { NOT_KNOWN }, of_row));
            sentences.extend(self.by_status.as_ref().map(of_row));
        }
        if let [only] = sentences.as_slice() {
            return Cow::Borrowed(only.text(locale));
        }
        let name = job.and_then(|job| job.name).map_or("", |name| name.text(locale));
        let texts: Vec<_> = sentences.iter().map(|sentence| sentence.text(locale).replace("{job}", name)).collect();
        Cow::Owned(texts.join(locale.between_sentences()))
    }

    /// Whether trying again can help, by the code, else by the status; `None` when neither is known.
    #[must_use]
    pub fn retry(&self) -> Option<Retry> {
        self.row.or(self.by_status).map(|row| row.error.retry)
    }

    /// The operations that can be refused with it: ours by id, others by the provider's own names. Empty where any can.
    ///
    /// ```
    /// assert_eq!(image_preflight::explain(None, "IMG.0073").operations(), ["ExportImage"]);
    /// ```
    #[must_use]
    pub fn operations(&self) -> &'static [&'static str] {
        self.row.map_or(&[], |row| row.error.operations)
    }

    /// The page of its code in the published rule reference, if the tables have the code.
    ///
    /// ```
    /// use image_preflight::{Locale, explain};
    /// assert!(explain(None, "IMG.0142").help_url(Locale::CHINESE).unwrap().ends_with("/zh-CN/codes/IMG.0142.html"));
    /// assert_eq!(explain(None, "IMG.9999").help_url(Locale::CHINESE), None);
    /// ```
    #[must_use]
    pub fn help_url(&self, locale: Locale) -> Option<String> {
        self.row.and_then(|row| row.error.help_url(locale))
    }

    /// The rules that would have caught it before the request was sent.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let row = self.row.filter(|row| row.has_rules);
        row.into_iter().flat_map(|row| row.error.rules).filter_map(|id| catalogue::rule(id))
    }
}
