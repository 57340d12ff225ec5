//! Numbers: sizes of memory and of images.

use crate::field::kind::Kind;
use crate::field::violation::Violations;
#[cfg(feature = "schemars")]
use crate::json::MAX_SAFE;
use crate::json::{Integer, JsonType, Value};
use crate::message::param::out_of_range;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Limits;
use crate::rule::facts::{FactValue, TypedFact};

/// An amount of memory in MB: an integer, not negative.
pub(crate) static MEGABYTES: Kind = Kind {
    name: "Megabytes",
    check: megabytes,
    #[cfg(feature = "schemars")]
    schema: || serde_json::json!({"type": "integer", "minimum": 0, "maximum": MAX_SAFE, "examples": [0, 4096]}),
};

/// The same, where nothing given means none.
pub(crate) static LEAST_MEGABYTES: Kind = Kind {
    name: "LeastMegabytes",
    check: megabytes,
    #[cfg(feature = "schemars")]
    schema: || {
        serde_json::json!({
            "type": "integer", "minimum": 0, "maximum": MAX_SAFE, "default": 0, "examples": [1024]
        })
    },
};

fn megabytes<'a>(value: &Value<'a>, _: &Limits, violations: &mut Violations<'a>) {
    let Value::Number(number) = value else { return violations.wrong_type(value, JsonType::Integer) };
    match number.integer() {
        Integer::Of(0..) => {}
        Integer::Fraction => {
            violations
                .push(ViolationKind::WrongType, crate::message::param::wrong_type(JsonType::Number, JsonType::Integer));
        }
        integer => violations.push(ViolationKind::OutOfRange, out_of_range(integer, *number, 0)),
    }
}

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
