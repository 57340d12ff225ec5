//! Sizes in bytes.

use crate::rule::facts::{FactValue, TypedFact};

/// A size in bytes. The documents write their caps as GB and as GiB; this crate means 2^30 bytes by both.
///
/// ```
/// use image_preflight::ByteSize;
/// assert_eq!(ByteSize::gib(128).bytes(), 137_438_953_472);
/// assert!(ByteSize::of_bytes(1) < ByteSize::gib(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

impl ByteSize {
    /// So many GiB.
    #[must_use]
    pub const fn gib(gib: u32) -> Self {
        ByteSize((gib as u64) << 30)
    }

    /// So many bytes.
    #[must_use]
    pub const fn of_bytes(bytes: u64) -> Self {
        ByteSize(bytes)
    }

    /// How many bytes it is.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl<'a> TypedFact<'a> for ByteSize {
    fn into_value(self) -> FactValue<'a> {
        FactValue::Count(self.bytes())
    }

    fn of_value(value: &FactValue<'a>) -> Option<Self> {
        value.count().map(ByteSize::of_bytes)
    }
}
