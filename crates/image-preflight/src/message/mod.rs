//! Messages in every language, and their parameters.

pub(crate) mod locale;
pub(crate) mod message;
pub(crate) mod param;
pub(crate) mod shortened;
pub(crate) mod suggest;
pub(crate) mod template;
pub(crate) mod violation_kind;
pub(crate) mod word;
