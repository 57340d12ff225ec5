//! Sentences in every language, and what stands in them.

pub(crate) mod locale;
pub(crate) mod message;
pub(crate) mod param;
pub(crate) mod suggest;
pub(crate) mod template;
pub(crate) mod violation_kind;
