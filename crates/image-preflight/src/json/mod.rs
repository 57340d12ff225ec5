//! Reading JSON: the one door for text, replaceable behind this boundary.
//!
//! serde's data model loses what a report needs: places, keys given twice, and every fault after the first. So this is a
//! pull reader of our own. It borrows from the text and builds no tree: a [`Value`] is shallow, an array or object is a
//! checked slice that is walked when somebody asks for its parts.
//!
//! What it accepts is exactly RFC 8259, at most [`MAX_DEPTH`] containers deep, without lone surrogates. The crate `jiter`
//! was the other candidate: it decodes every escaped string into a tape, stops at the first fault of meaning, and knows no
//! wide compare of keys; it also brings big-number and hashing crates into the WASM module.

mod key;
mod locate;
mod number;
mod reader;
mod text;
mod value;

pub(crate) use key::{Key, Keyed};
pub use locate::locate;
pub(crate) use locate::{locate_key, parse_pointer};
pub(crate) use number::{Integer, MAX_SAFE, Number};
pub use reader::{MAX_DEPTH, Syntax, SyntaxError};
pub(crate) use reader::{Member, Read, Reader};
pub(crate) use text::{Text, class};
pub(crate) use value::{Array, JsonType, Object, Value};
