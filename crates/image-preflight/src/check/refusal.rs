//! Documented errors of a provider: their codes, their meaning, and whether a retry can help.

use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::message::word::words;
use crate::rule::rule::reference_page;

/// Whether trying again can help.
///
/// ```
/// let refusal = image_preflight::explain(Some(400), r#"{"error": {"code": "IMG.0149", "message": "…"}}"#);
/// assert_eq!(refusal.retry(), Some(image_preflight::Retry::Later));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
pub enum Retry {
    /// The same request will be refused again.
    No,
    /// The same request may be taken later.
    Later,
    /// The same request may be taken once something outside it has been fixed: a quota, a vault, a permission.
    AfterFix,
}

words!(Retry { No = "no", Later = "later", AfterFix = "after-fix" });

impl Retry {
    /// What the user should do.
    #[must_use]
    pub fn advice(self) -> Message {
        match self {
            Retry::No => message("Change the request before you send it again.", "请修改请求后再提交。"),
            Retry::Later => message("Wait, then send it again.", "请稍后重试。"),
            Retry::AfterFix => message("Fix the problem, then retry.", "请排除该问题后重试。"),
        }
    }

    pub(crate) const ALL: [Retry; 3] = [Retry::No, Retry::Later, Retry::AfterFix];
}

/// A refusal that the documents list.
///
/// ```
/// let operation = image_preflight::operation("jd.copy-images").unwrap();
/// let quota = operation.refusals().find(|refusal| refusal.status == 429).unwrap();
/// assert_eq!(quota.code, "QUOTA_EXCEEDED");
/// assert_eq!(quota.rules, ["jd.copy-images.image-quota"]);
/// assert_eq!(quota.operations, ["jd.copy-images"]);
/// ```
#[derive(Debug)]
pub struct DocumentedError {
    /// The HTTP status; 0 where the code comes with several.
    pub status: u16,
    /// The error code; empty where the status alone is listed.
    pub code: &'static str,
    /// The message, with `xx` as placeholder; empty where the code alone decides.
    pub message: &'static str,
    /// What the documents have for the message in Chinese, which some answers carry in its place; empty where there is nothing.
    pub message_zh: &'static str,
    /// What it means.
    pub meaning: Message,
    /// The operations that can be refused with it: ours by id, others by the provider's own names. Empty: any operation of the API.
    pub operations: &'static [&'static str],
    /// The ids of the rules that would have caught it.
    pub rules: &'static [&'static str],
    /// Whether trying again can help.
    pub retry: Retry,
}

impl DocumentedError {
    /// The page of its code in the published rule reference, and its place there where its message decides; none where the status alone is
    /// listed.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let quota = image_preflight::error_codes().find(|error| error.code == "IMG.0015").unwrap();
    /// assert!(quota.help_url(Locale::ENGLISH).unwrap().ends_with("/reference/en/codes/IMG.0015.html"));
    /// let busy = image_preflight::error_codes().find(|error| error.message == "The image 'xx' is busy").unwrap();
    /// assert!(busy.help_url(Locale::ENGLISH).unwrap().ends_with("/FAILED_PRECONDITION.html#the-image-xx-is-busy"));
    /// ```
    #[must_use]
    pub fn help_url(&self, locale: Locale) -> Option<String> {
        let page = || reference_page(locale, &format!("codes/{}", self.code));
        let place = if self.message.is_empty() { String::new() } else { format!("#{}", self.anchor()) };
        (!self.code.is_empty()).then(|| page() + &place)
    }

    /// Its place on the page of its code, made of its message: that stays when others are added. Empty where there is no message.
    ///
    /// ```
    /// let region = image_preflight::error_codes().find(|error| error.message == "Invalid region 'xx'").unwrap();
    /// assert_eq!(region.anchor(), "invalid-region-xx");
    /// ```
    #[must_use]
    pub fn anchor(&self) -> String {
        let words = self.message.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
    }

    /// Whether an operation can be refused with it.
    pub(crate) fn belongs_to(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }
}

/// What an HTTP status means by itself.
pub(crate) const fn status(status: u16, en: &'static str, zh: &'static str, retry: Retry) -> DocumentedError {
    DocumentedError {
        status,
        code: "",
        message: "",
        message_zh: "",
        meaning: message(en, zh),
        operations: &[],
        rules: &[],
        retry,
    }
}

/// The statuses of HTTP, where a provider documents none of its own.
pub(crate) static HTTP_STATUSES: [DocumentedError; 10] = [
    status(400, "Request error.", "请求错误。", Retry::No),
    status(401, "Authentication failed.", "鉴权失败。", Retry::AfterFix),
    status(403, "You do not have permission to perform this operation.", "没有操作权限。", Retry::AfterFix),
    status(404, "The requested resource was not found.", "找不到请求的资源。", Retry::No),
    status(
        409,
        "The request conflicts with the current state of the resource, or with another request.",
        "请求与资源的当前状态或其他请求冲突。",
        Retry::Later,
    ),
    status(429, "Too many requests.", "请求过于频繁。", Retry::Later),
    status(500, "Internal service error.", "服务内部错误。", Retry::Later),
    status(502, "The service behind the gateway is unavailable.", "网关后端的服务暂时不可用。", Retry::Later),
    status(503, "The service is unavailable.", "服务不可用。", Retry::Later),
    status(
        504,
        "The service behind the gateway did not answer in time. Check whether the request took effect before you send it again.",
        "网关后端的服务响应超时，重试前请确认请求是否已生效。",
        Retry::Later,
    ),
];

/// The message for an answer that is in no table here.
pub(crate) const NOT_KNOWN: Message =
    message("This answer is not in image-preflight's table.", "image-preflight 的错误码表中没有此返回。");

/// What an answer of a cloud is.
///
/// ```
/// use image_preflight::{AnswerKind, explain};
/// assert_eq!(explain(None, "IMG.0142").kind(), AnswerKind::Refused);
/// assert_eq!(explain(None, r#"{"job_id": "edc89b490d7d4392898e19b2deb34797"}"#).kind(), AnswerKind::Accepted);
/// assert!(!AnswerKind::Accepted.is_refusal());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "kebab-case"))]
pub enum AnswerKind {
    /// It refuses a request.
    Refused,
    /// It is a job that failed.
    Failed,
    /// It accepts a request.
    Accepted,
    /// It is a job that has not ended.
    Running,
    /// It is a job that succeeded.
    Succeeded,
    /// It may be anything.
    #[default]
    Unknown,
}

words!(AnswerKind {
    Refused = "refused",
    Failed = "failed",
    Accepted = "accepted",
    Running = "running",
    Succeeded = "succeeded",
    Unknown = "unknown",
});

impl AnswerKind {
    /// Whether it says that something was refused or failed.
    #[must_use]
    pub fn is_refusal(self) -> bool {
        matches!(self, AnswerKind::Refused | AnswerKind::Failed)
    }
}

/// How a job stands, in sentences.
pub(crate) const JOB_WAITING: Message = message("The job has not started yet.", "任务尚未开始。");
pub(crate) const JOB_RUNNING: Message = message("The job is running.", "任务正在执行。");
pub(crate) const JOB_SUCCEEDED: Message = message("The job succeeded.", "任务执行成功。");
pub(crate) const JOB_FAILED: Message = message("The job failed.", "任务执行失败。");
/// A job that failed for a reason that it does not give.
pub(crate) const NO_REASON: Message = message("The answer does not say why.", "返回中没有失败原因。");
/// What a job does; `{job}` is one of the provider's types.
pub(crate) const JOB_KIND: Message = message("Job type: {job}.", "任务类型：{job}。");

/// The sentences about jobs.
pub(crate) const JOB_MESSAGES: [Message; 6] =
    [JOB_WAITING, JOB_RUNNING, JOB_SUCCEEDED, JOB_FAILED, NO_REASON, JOB_KIND];
