//! From outside into a draft.

pub(crate) mod edition;
pub(crate) mod facts;
pub(crate) mod packed;
pub(crate) mod parts;
pub(crate) mod text;
