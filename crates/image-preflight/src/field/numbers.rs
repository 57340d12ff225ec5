//! Numbers: sizes of memory and of images.

use crate::field::kind::Kind;
use crate::field::violation::Violations;
#[cfg(feature = "schemars")]
use crate::json::MAX_SAFE;
use crate::json::{Integer, JsonType, Value};
use crate::message::param::out_of_range;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;

/// An amount of memory in MB: an integer, not negative.
pub(crate) static MEGABYTES: Kind = Kind {
    name: "Megabytes",
    check: megabytes,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| serde_json::json!({"type": "integer", "minimum": 0, "maximum": MAX_SAFE}),
};

/// The same, where nothing given means none.
pub(crate) static LEAST_MEGABYTES: Kind = Kind {
    name: "LeastMegabytes",
    check: megabytes,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        serde_json::json!({
            "type": "integer", "minimum": 0, "maximum": MAX_SAFE, "default": 0
        })
    },
};

fn megabytes<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
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
