//! The texts of schemas in both languages. They are doc comments of the types that schemas are of, so the English is written there; a
//! test of [`crate::schema`] finds those that are missing or no longer used.

use crate::message::message::{Message, message};

mod answers;
mod input;
mod jobs;
mod output;

/// What an editor says of a field that belongs to another variant of a request.
pub(crate) const EXCLUDED: Message = message(
    "This field is not used with the other fields of this request. Remove it.",
    "该参数不能与本请求中的其他参数同时使用，请删除。",
);

/// What is before a link to a rule.
pub(crate) const RULE: Message = message("Rule", "规则");

/// The texts of types, limits and groups of facts.
pub(crate) fn of_types() -> impl Iterator<Item = Message> {
    answers::TEXTS.iter().chain(&input::TEXTS).chain(&output::TEXTS).chain(&jobs::TEXTS).copied()
}

/// Every text.
pub(crate) fn all_messages() -> impl Iterator<Item = Message> {
    of_types().chain([EXCLUDED, RULE])
}
