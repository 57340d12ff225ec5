//! Names and descriptions.

use crate::field::alphabet;
use crate::field::alphabet::{Alphabet, bad_character};
use crate::field::kind::Kind;
#[cfg(feature = "schemars")]
use crate::field::kind::of_alphabet;
use crate::field::violation::{Violations, actual};
use crate::json::{Text, Value, class};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
#[cfg(feature = "schemars")]
use serde_json::json;

/// The unit in which texts are counted: Unicode scalar values, not bytes.
pub(crate) const CHARACTERS: Message = message("characters", "个字符");
const NO_OUTER_SPACE: Message = message("without a space at either end", "首尾不含空格的名称");
const NO_BREAKS: Message =
    message("anything but line breaks and angle brackets (< >)", "除换行和尖括号（< >）以外的字符");

const IMAGES: Message = message("images", "个镜像");
const REGIONS: Message = message("regions", "个区域");

/// Every phrase of this file.
pub(crate) const MESSAGES: [Message; 5] = [CHARACTERS, NO_OUTER_SPACE, NO_BREAKS, IMAGES, REGIONS];

/// The most characters of each text.
const MAX_NAME_CHARS: usize = 128;
const MAX_DESCRIPTION_CHARS: usize = 1024;
const MAX_JD_NAME_CHARS: usize = 32;
const MAX_JD_DESCRIPTION_CHARS: usize = 256;

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
                "type": "string", "minLength": 1, "maxLength": MAX_NAME_CHARS, "examples": ["ims_copy_image", "测试-copy 1"]
            }),
        )
    },
};

fn image_name<'a>(value: &Value<'a>, limits: &Edition, violations: &mut Violations<'a>) {
    let Some(text) = violations.non_blank(value) else { return };
    let alphabet = if limits.flag(&crate::huawei::editions::HAN_IN_NAMES) {
        &alphabet::IMAGE_NAME
    } else {
        &alphabet::IMAGE_NAME_WITHOUT_HAN
    };
    name(text, MAX_NAME_CHARS, alphabet, violations);
    if text.raw().starts_with(' ') || text.raw().ends_with(' ') || has_outer_space(text) {
        let params = actual(text).with("expected", Param::Label("no-outer-space", NO_OUTER_SPACE));
        violations.push_with_suggestion(ViolationKind::BadFormat, params, text.to_cow().trim_matches(' '));
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
                "type": "string", "minLength": 1, "maxLength": MAX_JD_NAME_CHARS, "examples": ["web-server_2.1"]
            }),
        )
    },
};

fn jd_name<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        name(text, MAX_JD_NAME_CHARS, &alphabet::DOTTED, violations);
    }
}

fn name<'a>(text: Text<'a>, limit: usize, alphabet: &Alphabet, violations: &mut Violations<'a>) {
    too_long(text, limit, violations);
    alphabet.evaluate(text, violations, true);
}

/// An IMS description: at most 1024 characters, no line break, no angle bracket.
pub(crate) static DESCRIPTION: Kind = Kind {
    name: "Description",
    check: description,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "string", "maxLength": MAX_DESCRIPTION_CHARS, "not": {"pattern": "[\\r\\n<>]"},
            "examples": ["Copied for the new region", "用于新区域的副本"]
        })
    },
};

fn description<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    const REFUSED: u8 = class::ANGLE | class::BREAK | class::ESCAPE;
    let Some(text) = violations.text(value) else { return };
    too_long(text, MAX_DESCRIPTION_CHARS, violations);
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
        violations.push_with_suggestion(ViolationKind::BadCharacter, params, mended);
    }
}

/// A JD Cloud description: at most 256 characters.
pub(crate) static JD_DESCRIPTION: Kind = Kind {
    name: "JdDescription",
    check: jd_description,
    #[cfg(feature = "schemars")]
    schema: || json!({"type": "string", "maxLength": MAX_JD_DESCRIPTION_CHARS, "examples": ["Web servers, June"]}),
};

fn jd_description<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.text(value) {
        too_long(text, MAX_JD_DESCRIPTION_CHARS, violations);
    }
}

/// Says so where a text has more characters than the limit.
fn too_long<'a>(text: Text<'a>, limit: usize, violations: &mut Violations<'a>) {
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

/// The parameters of more regions than are looked at.
pub(crate) fn too_many_regions<'a>(count: usize, limit: usize) -> Params<'a> {
    too_many(count, limit, "regions", REGIONS)
}
