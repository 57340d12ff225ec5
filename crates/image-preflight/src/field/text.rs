//! Names and descriptions.

use crate::field::alphabet::Alphabet;
use crate::field::violation::Violations;
use crate::json::Text;
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;

/// The unit in which texts are counted: Unicode scalar values, not bytes.
pub(crate) const CHARACTERS: Message = message("characters", "个字符");

const IMAGES: Message = message("images", "个镜像");

const FIELDS: Message = message("fields", "个字段");

const REGIONS: Message = message("regions", "个区域");

/// Every phrase of this file.
pub(crate) const MESSAGES: [Message; 4] = [CHARACTERS, IMAGES, FIELDS, REGIONS];

pub(crate) fn name<'a>(text: Text<'a>, limit: usize, alphabet: &Alphabet, violations: &mut Violations<'a>) {
    too_long(text, limit, violations);
    alphabet.evaluate(text, violations, true);
}

/// Says so where a text has more characters than the limit.
pub(crate) fn too_long<'a>(text: Text<'a>, limit: usize, violations: &mut Violations<'a>) {
    too_long_in(text, limit, CHARACTERS, violations);
}

/// The same, with other words for what is counted.
pub(crate) fn too_long_in<'a>(text: Text<'a>, limit: usize, unit: Message, violations: &mut Violations<'a>) {
    if let Some(count) = text.longer_than(limit) {
        violations.push(ViolationKind::TooLong, too_many(count, limit, "characters", unit));
    }
}

/// The parameters of what is more than it may be.
pub(crate) fn too_many<'a>(count: usize, limit: usize, unit: &'static str, words: Message) -> Params<'a> {
    let integer = |count| Param::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    Params::default()
        .with("actual", integer(count))
        .with("limit", integer(limit))
        .with("unit", Param::Label(unit, words))
}

/// The parameters of more images than are looked at.
pub(crate) fn too_many_images<'a>(count: usize, limit: usize) -> Params<'a> {
    too_many(count, limit, "images", IMAGES)
}

/// The parameters of more fields than are looked at.
pub(crate) fn too_many_fields<'a>(count: usize, limit: usize) -> Params<'a> {
    too_many(count, limit, "fields", FIELDS)
}

/// The parameters of more regions than are looked at.
pub(crate) fn too_many_regions<'a>(count: usize, limit: usize) -> Params<'a> {
    too_many(count, limit, "regions", REGIONS)
}
