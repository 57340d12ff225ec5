//! Fixes: what to do about a finding, in words, and where a machine can do it, as a JSON Patch (RFC 6902) on the case.

use crate::message::message::{Message, message};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use smallvec::SmallVec;

/// One step of a JSON Patch.
///
/// ```
/// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body":
///     {"name": "n", "backup_id": "b"}, "facts": {"backup": {"used": false, "configured": true, "shared": false}}}"#);
/// let step = &report.findings()[0].fixes()[0].patch_operations()[0];
/// assert_eq!((step.op(), step.path()), ("add", "/body/whole_image_type"));
/// assert_eq!(step.value(), Some("CBR"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PatchOperation {
    op: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// One step of a JSON Patch.
#[derive(Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename = "PatchOperation"))]
#[serde(rename_all = "lowercase", tag = "op")]
pub(crate) enum WrittenPatch {
    /// Adds a value.
    Add { path: String, value: Value },
    /// Replaces a value.
    Replace { path: String, value: Value },
    /// Takes a value out.
    Remove { path: String },
    /// Moves a value.
    Move { from: String, path: String },
}

impl<'de> Deserialize<'de> for PatchOperation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = |value: Value| match value {
            Value::String(text) => Ok(text),
            other => Err(D::Error::custom(["a patch puts a string somewhere, not ", &other.to_string()].concat())),
        };
        Ok(match WrittenPatch::deserialize(deserializer)? {
            WrittenPatch::Add { path, value } => Self::add(&path, text(value)?),
            WrittenPatch::Replace { path, value } => Self::replace(&path, text(value)?),
            WrittenPatch::Remove { path } => Self::remove(&path),
            WrittenPatch::Move { from, path } => Self::rename(&from, &path),
        })
    }
}

impl PatchOperation {
    pub(crate) fn add(path: &str, value: impl Into<String>) -> Self {
        PatchOperation { op: "add", from: None, path: path.to_owned(), value: Some(value.into()) }
    }

    pub(crate) fn replace(path: &str, value: impl Into<String>) -> Self {
        PatchOperation { op: "replace", from: None, path: path.to_owned(), value: Some(value.into()) }
    }

    pub(crate) fn remove(path: &str) -> Self {
        PatchOperation { op: "remove", from: None, path: path.to_owned(), value: None }
    }

    pub(crate) fn rename(from: &str, path: &str) -> Self {
        PatchOperation { op: "move", from: Some(from.to_owned()), path: path.to_owned(), value: None }
    }

    /// How many bytes of a user's text it may hold.
    pub(crate) fn user_bytes(&self) -> usize {
        self.path.len() + self.from.as_ref().map_or(0, String::len) + self.value.as_ref().map_or(0, String::len)
    }

    /// `add`, `replace`, `remove` or `move`.
    #[must_use]
    pub fn op(&self) -> &'static str {
        self.op
    }

    /// Where, as a JSON Pointer into the case.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// From where, for `move`.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// The value to put there, for `add` and `replace`.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

/// A way to make a finding go away.
///
/// ```
/// let report = image_preflight::check(r#"{"operation": "ims.cross-region-copy", "facts": {"image": {"encrypted": true}}}"#);
/// let finding = report.findings().iter().find(|finding| finding.rule().id.ends_with("not-encrypted")).unwrap();
/// assert_eq!(finding.fixes()[0].operation(), Some("ims.in-region-copy"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    pub(crate) title: Message,
    pub(crate) patch: Vec<PatchOperation>,
    pub(crate) operation: Option<&'static str>,
    /// Which of the finding's missing facts it is about.
    pub(crate) missing: Option<usize>,
}

/// The longest text that a field takes has 1024 characters of up to four bytes each; in addition there are two pointers.
const MAX_PATCH_BYTES: usize = 3 * 4096;

/// The fixes of a finding. Mostly there is one, which allocates nothing.
pub(crate) type Fixes = SmallVec<[Fix; 1]>;

/// What to do if a fact is missing.
pub(crate) const FIND_OUT: Message = message("Find out {fact}: {how}.", "请确认 {fact}。方法：{how}。");
/// The same of one of several images.
pub(crate) const FIND_OUT_OF_IMAGE: Message =
    message("For image {image}, find out {fact}: {how}.", "请确认镜像 {image} 的以下信息：{fact}。方法：{how}。");

/// Every sentence of this file.
pub(crate) const MESSAGES: [Message; 2] = [FIND_OUT, FIND_OUT_OF_IMAGE];

impl Fix {
    /// A fix in words alone.
    pub(crate) fn message(title: Message) -> Self {
        Fix { title, patch: Vec::new(), operation: None, missing: None }
    }

    /// A fix that a machine can make.
    pub(crate) fn patch(title: Message, patch: Vec<PatchOperation>) -> Self {
        Fix { patch, ..Self::message(title) }
    }

    /// Drops a patch that holds more text than any field takes, or a longer pointer than any that a person follows: the words are
    /// enough, and a report stays bounded.
    pub(crate) fn bound(&mut self) {
        if self.patch.iter().any(|step| step.user_bytes() > MAX_PATCH_BYTES) {
            self.patch = Vec::new();
        }
    }

    /// Finding out the fact that a finding misses at this index.
    pub(crate) fn find_out(index: usize, is_of_image: bool) -> Self {
        let title = if is_of_image { FIND_OUT_OF_IMAGE } else { FIND_OUT };
        Fix { missing: Some(index), ..Self::message(title) }
    }

    /// The patch on the case; empty where no machine can make the change.
    #[must_use]
    pub fn patch_operations(&self) -> &[PatchOperation] {
        &self.patch
    }

    /// The operation to use instead, if there is one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    pub(crate) fn titled(&self, title: String) -> impl Serialize + '_ {
        #[derive(Serialize)]
        struct Titled<'f> {
            title: String,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            patch: &'f [PatchOperation],
            #[serde(skip_serializing_if = "Option::is_none")]
            operation: Option<&'static str>,
        }
        Titled { title, patch: &self.patch, operation: self.operation }
    }
}
