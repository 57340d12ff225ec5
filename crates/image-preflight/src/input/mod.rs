//! From outside into a draft: JSON text, packed cases, facts, editions.

pub(crate) mod case;
pub(crate) mod edition;
pub(crate) mod facts;
pub(crate) mod packed;
#[cfg(feature = "text")]
pub(crate) mod text;
pub(crate) mod unknown;
