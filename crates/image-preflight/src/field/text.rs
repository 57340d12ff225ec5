//! Names and descriptions.

use super::alphabet::{self, Alphabet, bad_character};
#[cfg(feature = "schemars")]
use super::kind::of_alphabet;
use super::{Faults, Kind, actual};
use crate::edition::Limits;
use crate::json::{Text, Value, class};
use crate::report::{Param, Params};
use crate::words::{FaultKind, Words, words};
#[cfg(feature = "schemars")]
use serde_json::json;

/// The unit in which texts are counted: Unicode scalar values, not bytes.
pub(super) const CHARACTERS: Words = words("characters", "个字符");
const NO_OUTER_SPACE: Words = words("without a space at either end", "首尾不含空格的名称");
const NO_BREAKS: Words = words("anything but line breaks and angle brackets (< >)", "除换行和尖括号（< >）以外的字符");

const IMAGES: Words = words("images", "个镜像");
const REGIONS: Words = words("regions", "个区域");

/// Every phrase of this file.
pub(crate) const ALL_WORDS: [Words; 5] = [CHARACTERS, NO_OUTER_SPACE, NO_BREAKS, IMAGES, REGIONS];

/// The most characters of each text.
const LONGEST_NAME: usize = 128;
const LONGEST_DESCRIPTION: usize = 1024;
const LONGEST_JD_NAME: usize = 32;
const LONGEST_JD_DESCRIPTION: usize = 256;

/// An IMS image name: 1 to 128 characters, no space at either end; Chinese where the edition takes it.
pub(crate) static IMAGE_NAME: Kind = Kind {
    name: "ImageName",
    check: image_name,
    #[cfg(feature = "schemars")]
    schema: || {
        let (inner, outer) = (alphabet::IMAGE_NAME.pattern(), alphabet::DOTTED.pattern());
        of_alphabet(
            &format!("{outer}({inner}*{outer})?"),
            json!({
                "type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "examples": ["ims_copy_image", "测试-copy 1"]
            }),
        )
    },
};

fn image_name<'a>(value: &Value<'a>, limits: &Limits, faults: &mut Faults<'a>) {
    let Some(text) = faults.filled(value) else { return };
    let alphabet = if limits.han_in_names { &alphabet::IMAGE_NAME } else { &alphabet::IMAGE_NAME_WITHOUT_HAN };
    name(text, LONGEST_NAME, alphabet, faults);
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
pub(crate) static JD_NAME: Kind = Kind {
    name: "JdName",
    check: jd_name,
    #[cfg(feature = "schemars")]
    schema: || {
        of_alphabet(
            &format!("{}+", alphabet::DOTTED.pattern()),
            json!({
                "type": "string", "minLength": 1, "maxLength": LONGEST_JD_NAME, "examples": ["web-server_2.1"]
            }),
        )
    },
};

fn jd_name<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    if let Some(text) = faults.filled(value) {
        name(text, LONGEST_JD_NAME, &alphabet::DOTTED, faults);
    }
}

fn name<'a>(text: Text<'a>, limit: usize, alphabet: &Alphabet, faults: &mut Faults<'a>) {
    too_long(text, limit, faults);
    alphabet.judge(text, faults, true);
}

/// An IMS description: at most 1024 characters, no line break, no angle bracket.
pub(crate) static DESCRIPTION: Kind = Kind {
    name: "Description",
    check: description,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "string", "maxLength": LONGEST_DESCRIPTION, "not": {"pattern": "[\\r\\n<>]"},
            "examples": ["Copied for the new region", "用于新区域的副本"]
        })
    },
};

fn description<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    const REFUSED: u8 = class::ANGLE | class::BREAK | class::ESCAPE;
    let Some(text) = faults.text(value) else { return };
    too_long(text, LONGEST_DESCRIPTION, faults);
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
pub(crate) static JD_DESCRIPTION: Kind = Kind {
    name: "JdDescription",
    check: jd_description,
    #[cfg(feature = "schemars")]
    schema: || json!({"type": "string", "maxLength": LONGEST_JD_DESCRIPTION, "examples": ["Web servers, June"]}),
};

fn jd_description<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    if let Some(text) = faults.text(value) {
        too_long(text, LONGEST_JD_DESCRIPTION, faults);
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
