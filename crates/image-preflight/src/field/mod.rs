//! Fields of a request: how each is declared and checked.

pub(crate) mod alphabet;
pub(crate) mod field;
pub(crate) mod ids;
pub(crate) mod kind;
pub(crate) mod numbers;
pub(crate) mod region;
pub(crate) mod text;
pub(crate) mod typed;
pub(crate) mod violation;
