//! Error responses of a cloud, explained. An unknown one is kept verbatim, and marked as unknown.

use crate::catalogue;
use crate::check::provider::ErrorForm;
use crate::check::refusal::{DocumentedError, NOT_KNOWN, Retry};
use crate::message::locale::Locale;
use crate::rule::rule::Rule;
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// What a server answered when it refused a request, or what a failed job says.
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
    listed: Option<&'static DocumentedError>,
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    verbatim: Cow<'a, str>,
}

/// Understands a refusal: an error code (`IMG.0142`, `FAILED_PRECONDITION`), or the answer's body in any of its forms, with
/// the HTTP status if it is known. The answer of a failed job is understood too.
///
/// ```
/// use image_preflight::{Locale, explain};
/// let jd = r#"{"requestId": "r", "error": {"code": 400, "status": "FAILED_PRECONDITION", "message": "Can't use this image"}}"#;
/// let refusal = explain(Some(400), jd);
/// assert_eq!(refusal.rules().next().unwrap().id, "jd.copy-images.private-image");
/// assert_eq!(refusal.request_id(), Some("r"));
/// assert_eq!(explain(None, "IMG.0142").meaning(Locale::CHINESE), "源区域与目的区域相同。");
/// ```
#[must_use]
pub fn explain(status: Option<u16>, answer: &str) -> Refusal<'_> {
    let mut refusal =
        Refusal { listed: None, status, code: None, message: None, request_id: None, verbatim: Cow::Borrowed(answer) };
    match serde_json::from_str::<Value>(answer) {
        Ok(Value::Object(body)) => refusal.read(&body),
        Ok(Value::String(code)) => refusal.code = Some(code),
        _ if is_code(answer.trim()) => refusal.code = Some(answer.trim().to_owned()),
        _ => {}
    }
    refusal.listed = refusal.find();
    refusal
}

/// Whether a bare word could be an error code or a status.
fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

impl Refusal<'_> {
    /// The forms: `{"error": {"code", "message"}}`, `{"error_code", "error_msg"}`, Keystone's and JD Cloud's with a number for
    /// `code`, and a job's `error_code` with `fail_reason`.
    fn read(&mut self, body: &serde_json::Map<String, Value>) {
        let inner = body.get("error").and_then(Value::as_object);
        let member = |name: &str| {
            let mut found = inner.into_iter().chain([body]).filter_map(|object| object.get(name)?.as_str());
            found.find(|text| !text.is_empty()).map(str::to_owned)
        };
        let text = |names: fn(&ErrorForm) -> &'static [&'static str]| {
            catalogue::error_forms().flat_map(names).find_map(|name| member(name))
        };
        self.request_id = text(|form| form.request_id);
        self.message = text(|form| form.message);
        self.code = text(|form| form.code);
        let number = inner.or(Some(body)).and_then(|object| object.get("code")?.as_u64());
        if let Some(status) = number.and_then(|number| u16::try_from(number).ok()) {
            self.status = self.status.or(Some(status));
            self.code = self.code.take().or_else(|| member("status"));
        }
    }

    fn find(&self) -> Option<&'static DocumentedError> {
        let code = self.code.as_deref().unwrap_or_default();
        let listed = || catalogue::errors();
        let same_code = |listed: &&DocumentedError| listed.code.eq_ignore_ascii_case(code);
        let message = self.message.as_deref().unwrap_or_default();
        let by_message = listed().filter(same_code).find(|listed| matches_template(listed.message, message));
        // A code alone decides where the documents list it once.
        let mut by_code = listed().filter(same_code);
        let only = by_code.next().filter(|_| by_code.next().is_none());
        let status = if code.is_empty() { self.status } else { code.parse().ok() };
        let by_status = || catalogue::statuses().find(|listed| Some(listed.status) == status);
        by_message.or(only).or_else(by_status)
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
        let Refusal { listed, status, code, message, request_id, verbatim } = self;
        Refusal { listed, status, code, message, request_id, verbatim: Cow::Owned(verbatim.into_owned()) }
    }

    /// Whether a document lists it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.listed.is_some()
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status.or(self.listed.map(|listed| listed.status))
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

    /// The whole response, verbatim.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.verbatim
    }

    /// What it means, in a language.
    #[must_use]
    pub fn meaning(&self, locale: Locale) -> &'static str {
        self.listed.map_or(NOT_KNOWN, |listed| listed.meaning).text(locale)
    }

    /// Whether trying again can help; `None` when it is not understood.
    #[must_use]
    pub fn retry(&self) -> Option<Retry> {
        self.listed.map(|listed| listed.retry)
    }

    /// The rules that would have caught it before the request was sent.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.listed.into_iter().flat_map(|listed| listed.rules).filter_map(|id| catalogue::rule(id))
    }

    /// The refusal as something that serde can write, in a language.
    ///
    /// ```
    /// use image_preflight::{Locale, explain};
    /// let json = serde_json::to_value(explain(None, "IMG.0142").localized(Locale::ENGLISH)).unwrap();
    /// assert_eq!(json["retry"], "no");
    /// assert_eq!(json["rules"][0], "ims.cross-region-copy.region-differs");
    /// ```
    #[must_use]
    pub fn localized(&self, locale: Locale) -> impl Serialize + '_ {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Localized<'r> {
            understood: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            status: Option<u16>,
            #[serde(skip_serializing_if = "Option::is_none")]
            code: Option<&'r str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            message: Option<&'r str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            request_id: Option<&'r str>,
            meaning: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            retry: Option<Retry>,
            rules: Vec<&'static str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            verbatim: Option<&'r str>,
        }
        Localized {
            understood: self.is_known(),
            status: self.status(),
            code: self.code(),
            message: self.message(),
            request_id: self.request_id(),
            meaning: self.meaning(locale),
            retry: self.retry(),
            rules: self.rules().map(|rule| rule.id).collect(),
            verbatim: (!self.is_known()).then(|| self.raw()),
        }
    }
}

/// Whether a message matches this template. Quotes around the placeholders' values may differ.
fn matches_template(template: &str, message: &str) -> bool {
    if template.is_empty() {
        return true;
    }
    let normal = |text: &str| text.trim().trim_end_matches('.').replace(['"', '’', '‘'], "'").to_ascii_lowercase();
    let (template, message) = (normal(template), normal(message));
    match template.split_once("xx") {
        Some((before, after)) => {
            message.len() >= before.len() + after.len() && message.starts_with(before) && message.ends_with(&after)
        }
        None => template == message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_that_a_refusal_names_exists() {
        for listed in catalogue::errors() {
            for id in listed.rules {
                assert!(catalogue::rule(id).is_some(), "{} names {id}", listed.code);
            }
        }
    }

    #[test]
    fn every_listed_code_is_understood_by_itself_or_with_its_message() {
        for listed in catalogue::errors() {
            let message = listed.message.replace("xx", "img-1");
            let answer = serde_json::json!({"error": {"code": listed.code, "message": message}}).to_string();
            let refusal = explain(Some(listed.status), &answer);
            assert_eq!(refusal.listed.map(|found| found.meaning), Some(listed.meaning), "{answer}");
        }
    }

    #[test]
    fn every_form_of_answer_is_understood() {
        for answer in [
            r#"{"error": {"code": "IMG.0142", "message": "m"}}"#,
            r#"{"error_code": "IMG.0142", "error_msg": "m"}"#,
            r#"{"code": "IMG.0142", "message": "m"}"#,
            r#"{"status": "FAIL", "job_id": "j", "error_code": "IMG.0142", "fail_reason": "m"}"#,
        ] {
            let refusal = explain(None, answer);
            assert_eq!((refusal.code(), refusal.message()), (Some("IMG.0142"), Some("m")), "{answer}");
            assert!(refusal.is_known(), "{answer}");
        }
        let keystone = explain(None, r#"{"error": {"code": 401, "title": "Unauthorized", "message": "m"}}"#);
        assert_eq!((keystone.status(), keystone.code()), (Some(401), None));
        assert!(keystone.is_known());
        assert!(!explain(Some(400), r#"{"error": {"code": "IMG.9999"}}"#).is_known());
        assert!(explain(Some(503), "").is_known());
    }
}
