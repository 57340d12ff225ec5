//! What a rule is, and everything that a rule's check can use.

pub(crate) mod by_id;
pub(crate) mod byte_size;
pub(crate) mod context;
pub(crate) mod decision;
pub(crate) mod draft;
pub(crate) mod edition;
pub(crate) mod fact;
pub(crate) mod facts;
pub(crate) mod location;
pub(crate) mod missing;
pub(crate) mod named;
pub(crate) mod rule;
pub(crate) mod stage;
#[cfg(feature = "reference")]
pub(crate) mod statement;
