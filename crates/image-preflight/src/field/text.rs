//! Names and descriptions.

use super::alphabet::{self, Alphabet, bad_character};
use super::{Faults, actual};
use crate::edition::Limits;
use crate::json::{Text, Value, class};
use crate::report::{Param, Params};
use crate::words::{FaultKind, Words, words};

/// The unit in which texts are counted: Unicode scalar values, not bytes.
pub(super) const CHARACTERS: Words = words("characters", "个字符");
const NO_OUTER_SPACE: Words = words("without a space at either end", "首尾不含空格的名称");
const NO_BREAKS: Words = words("anything but line breaks and angle brackets (< >)", "除换行和尖括号（< >）以外的字符");

const IMAGES: Words = words("images", "个镜像");
const REGIONS: Words = words("regions", "个区域");

/// Every phrase of this file.
pub(crate) const ALL_WORDS: [Words; 5] = [CHARACTERS, NO_OUTER_SPACE, NO_BREAKS, IMAGES, REGIONS];

/// An IMS image name: 1 to 128 characters, no space at either end; Chinese where the edition takes it.
pub(crate) fn image_name<'a>(value: &Value<'a>, limits: &Limits, faults: &mut Faults<'a>) {
    let Some(text) = faults.filled(value) else { return };
    let alphabet = if limits.han_in_names { &alphabet::IMAGE_NAME } else { &alphabet::IMAGE_NAME_WITHOUT_HAN };
    name(text, 128, alphabet, faults);
    if text.raw().starts_with(' ') || text.raw().ends_with(' ') || has_outer_space(text) {
        let params = actual(text).with("expected", Param::Phrase("no-outer-space", NO_OUTER_SPACE));
        faults.mendable(FaultKind::BadFormat, params, text.to_cow().trim_matches(' '));
    }
}

/// Spaces written as escapes count too.
fn has_outer_space(text: Text<'_>) -> bool {
    text.is_escaped() && (text.chars().next() == Some(' ') || text.chars().last() == Some(' '))
}

/// A JD Cloud image name: 1 to 32 characters.
pub(crate) fn jd_name<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    if let Some(text) = faults.filled(value) {
        name(text, 32, &alphabet::DOTTED, faults);
    }
}

fn name<'a>(text: Text<'a>, limit: usize, alphabet: &Alphabet, faults: &mut Faults<'a>) {
    too_long(text, limit, faults);
    alphabet.judge(text, faults, true);
}

/// An IMS description: at most 1024 characters, no line break, no angle bracket.
pub(crate) fn description<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    const REFUSED: u8 = class::ANGLE | class::BREAK | class::ESCAPE;
    let Some(text) = faults.text(value) else { return };
    too_long(text, 1024, faults);
    if text.classes() & REFUSED == 0 {
        return;
    }
    let is_refused = |c: char| matches!(c, '\r' | '\n' | '<' | '>');
    if let Some((index, c)) = text.chars().enumerate().find(|(_, c)| is_refused(*c)) {
        let params = bad_character(c, index, "any but CR LF < >", NO_BREAKS);
        let mended: String = text
            .chars()
            .filter_map(|c| match c {
                '\n' => Some(' '),
                c if is_refused(c) => None,
                c => Some(c),
            })
            .collect();
        faults.mendable(FaultKind::BadCharacter, params, mended);
    }
}

/// A JD Cloud description: at most 256 characters.
pub(crate) fn jd_description<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    if let Some(text) = faults.text(value) {
        too_long(text, 256, faults);
    }
}

/// Says so where a text has more characters than the limit.
fn too_long<'a>(text: Text<'a>, limit: usize, faults: &mut Faults<'a>) {
    too_long_in(text, limit, CHARACTERS, faults);
}

/// The same, with other words for what is counted.
pub(super) fn too_long_in<'a>(text: Text<'a>, limit: usize, unit: Words, faults: &mut Faults<'a>) {
    if let Some(count) = text.longer_than(limit) {
        faults.push(FaultKind::TooLong, too_many(count, limit, "characters", unit));
    }
}

/// The parameters of what is more than it may be.
pub(super) fn too_many<'a>(count: usize, limit: usize, unit: &'static str, words: Words) -> Params<'a> {
    let integer = |count| Param::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    Params::default()
        .with("actual", integer(count))
        .with("limit", integer(limit))
        .with("unit", Param::Phrase(unit, words))
}

/// The parameters of more images than are looked at.
pub(crate) fn too_many_images<'a>(count: usize, limit: usize) -> Params<'a> {
    too_many(count, limit, "images", IMAGES)
}

/// The parameters of more regions than are looked at.
pub(crate) fn too_many_regions<'a>(count: usize, limit: usize) -> Params<'a> {
    too_many(count, limit, "regions", REGIONS)
}
