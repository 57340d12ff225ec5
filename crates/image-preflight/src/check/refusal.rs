//! Documented errors of a provider: their codes, their meaning, and whether a retry can help.

use crate::message::message::{Message, message};
use crate::message::word::words;

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
            Retry::No => {
                message("Do not send it again as it is: it will be refused again.", "请勿原样重试，仍会被拒绝。")
            }
            Retry::Later => message("Wait, then send it again.", "请稍后重试。"),
            Retry::AfterFix => message("Fix what is named, then send it again.", "请先处理上述问题，然后重试。"),
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
/// ```
#[derive(Debug)]
pub struct DocumentedError {
    /// The HTTP status, where the document gives one for this refusal.
    pub status: u16,
    /// The error code; empty where the status alone is listed.
    pub code: &'static str,
    /// The message, with `xx` as placeholder; empty where the code alone decides.
    pub message: &'static str,
    /// What it means.
    pub meaning: Message,
    /// The ids of the rules that would have caught it.
    pub rules: &'static [&'static str],
    /// Whether trying again can help.
    pub retry: Retry,
}

/// The message for a response that no document lists.
pub(crate) const NOT_KNOWN: Message = message(
    "This answer is in no document that is known here. It is given as it came.",
    "已知文档中没有该返回的说明，以下为原文。",
);
