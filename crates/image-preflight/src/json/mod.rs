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

mod fingerprints;
mod key;
mod locate;
mod number;
mod parts;
mod reader;
mod repeats;
mod scan;
#[cfg(feature = "schemars")]
pub(crate) mod schema;
mod source;
mod syntax;
mod text;
mod value;
mod walk;

pub(crate) use key::Key;
pub(crate) use locate::unescaped;
pub use locate::{Places, locate};
pub(crate) use number::{Integer, MAX_SAFE, Number};
pub use parts::Packed;
pub(crate) use parts::Parts;
pub(crate) use reader::Reader;
pub(crate) use repeats::{Step, repeated_keys};
pub(crate) use source::{Name, Source};
pub use syntax::{MAX_DEPTH, MAX_LENGTH, SyntaxError, SyntaxErrorKind};
pub(crate) use text::{Text, class};
pub(crate) use value::{Array, JsonType, Object, Value};
