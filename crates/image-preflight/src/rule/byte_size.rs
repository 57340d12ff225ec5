//! Sizes in bytes.

use crate::rule::facts::{FactValue, TypedFact};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

const GIB: u64 = 1 << 30;

/// The units that a size is written in, the largest first.
const UNITS: [(&str, u64); 5] = [("TiB", 1 << 40), ("GiB", GIB), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

/// A size in bytes. The documents write their caps as GB and as GiB; this crate means 2^30 bytes by both.
///
/// ```
/// use image_preflight::ByteSize;
/// assert_eq!(ByteSize::gib(128).bytes(), 137_438_953_472);
/// assert!(ByteSize::from_bytes(1) < ByteSize::gib(1));
/// // Written in the largest unit in which it is a whole number, and read in any.
/// assert_eq!(ByteSize::gib(40).to_string(), "40 GiB");
/// assert_eq!("40GiB".parse(), Ok(ByteSize::gib(40)));
/// assert_eq!("42949672960".parse(), Ok(ByteSize::gib(40)));
/// assert!("40 GB".parse::<ByteSize>().unwrap_err().to_string().contains("GiB"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

impl ByteSize {
    /// So many GiB; more than 2^64 − 1 bytes are as many.
    #[must_use]
    pub const fn gib(gib: u64) -> Self {
        ByteSize(gib.saturating_mul(GIB))
    }

    /// So many bytes.
    #[must_use]
    pub const fn from_bytes(bytes: u64) -> Self {
        ByteSize(bytes)
    }

    /// Both together; `None` where that is more than 2^64 − 1 bytes.
    ///
    /// ```
    /// use image_preflight::ByteSize;
    /// assert_eq!(ByteSize::gib(1).checked_add(ByteSize::gib(2)), Some(ByteSize::gib(3)));
    /// assert_eq!(ByteSize::from_bytes(u64::MAX).checked_add(ByteSize::from_bytes(1)), None);
    /// ```
    #[must_use]
    pub const fn checked_add(self, other: ByteSize) -> Option<ByteSize> {
        match self.0.checked_add(other.0) {
            Some(bytes) => Some(ByteSize(bytes)),
            None => None,
        }
    }

    /// What is left of it; `None` where the other one is larger.
    #[must_use]
    pub const fn checked_sub(self, other: ByteSize) -> Option<ByteSize> {
        match self.0.checked_sub(other.0) {
            Some(bytes) => Some(ByteSize(bytes)),
            None => None,
        }
    }

    /// So many times it; `None` where that is more than 2^64 − 1 bytes.
    #[must_use]
    pub const fn checked_mul(self, times: u64) -> Option<ByteSize> {
        match self.0.checked_mul(times) {
            Some(bytes) => Some(ByteSize(bytes)),
            None => None,
        }
    }

    /// How many bytes it is.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |(_, unit): &&(&str, u64)| self.0 >= *unit && self.0.is_multiple_of(*unit);
        let (name, unit) = UNITS.iter().find(fits).copied().unwrap_or(("B", 1));
        write!(f, "{} {name}", self.0 / unit)
    }
}

/// A text that is no size.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{0}` is no size: write a whole number of B, KiB, MiB, GiB or TiB, such as `40 GiB`")]
pub struct ParseByteSizeError(String);

impl FromStr for ByteSize {
    type Err = ParseByteSizeError;

    fn from_str(text: &str) -> Result<Self, ParseByteSizeError> {
        let written = text.trim();
        let digits = written.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = written.strip_prefix(digits).unwrap_or_default().trim();
        let unit = if unit.is_empty() { "B" } else { unit };
        let unit = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).map(|(_, unit)| *unit);
        let size = digits.parse().ok().and_then(|count: u64| count.checked_mul(unit?));
        size.map(ByteSize).ok_or_else(|| ParseByteSizeError(crate::message::shortened::shortened(text).into_owned()))
    }
}

/// In bytes, as the members of a case whose names end in `Bytes` have it.
impl Serialize for ByteSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

/// From bytes, or from a text such as `40 GiB`.
impl<'de> Deserialize<'de> for ByteSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Size;
        impl Visitor<'_> for Size {
            type Value = ByteSize;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number of bytes, or a text such as `40 GiB`")
            }

            fn visit_u64<E: serde::de::Error>(self, bytes: u64) -> Result<ByteSize, E> {
                Ok(ByteSize(bytes))
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ByteSize, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Size)
    }
}

impl From<ByteSize> for u64 {
    fn from(size: ByteSize) -> u64 {
        size.0
    }
}

impl<'a> TypedFact<'a> for ByteSize {
    fn into_value(self) -> FactValue<'a> {
        self.bytes().into_value()
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        value.count().map(ByteSize::from_bytes)
    }
}
