//! Reading JSON. Nothing outside this folder depends on how it is done.
//!
//! serde's data model loses what a report needs: positions, repeated keys, and every error after the first. So this is a
//! reader of our own. A [`Reader`] goes through the text once and checks all of it; members go to their places while it does, and
//! nothing is decoded or copied. A [`Value`] is shallow: an array or object is a checked slice that is read when the caller asks
//! for its parts.
//!
//! What it accepts is exactly RFC 8259, at most [`MAX_DEPTH`] containers deep, without lone surrogates. The crate `jiter`
//! was the other candidate: it decodes every escaped string, stops at the first error of meaning, and knows no wide compare
//! of keys; it also brings big-number and hashing crates into the WASM module.

#[cfg(feature = "text")]
mod fingerprints;
mod key;
mod list;
#[cfg(feature = "text")]
mod locate;
mod number;
mod packed;
mod parts;
mod pointer;
#[cfg(feature = "text")]
mod reader;
#[cfg(feature = "text")]
mod repeats;
#[cfg(feature = "text")]
mod scan;
#[cfg(feature = "schemars")]
pub(crate) mod schema;
mod source;
mod syntax;
mod text;
mod value;
#[cfg(feature = "text")]
mod walk;

pub(crate) use key::Key;
#[cfg(feature = "text")]
pub use locate::{Places, locate};
pub(crate) use number::{Integer, MAX_COUNT, MAX_SAFE, Number};
pub use packed::Packed;
pub(crate) use parts::Parts;
pub(crate) use pointer::{cut, first_token, unescaped};
#[cfg(feature = "text")]
pub(crate) use reader::Reader;
#[cfg(feature = "text")]
pub(crate) use repeats::{Step, repeated_keys};
pub(crate) use source::{Name, Source};
pub use syntax::{MAX_DEPTH, MAX_LENGTH, SyntaxError, SyntaxErrorKind};
pub(crate) use text::{Text, characters, class};
pub(crate) use value::{Array, JsonType, Object, Value};
