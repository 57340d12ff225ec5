//! The fields of IMS: what their values may be, and their types.

use crate::field::alphabet::{self, Alphabet, bad_character};
use crate::field::kind::Kind;
#[cfg(feature = "schemars")]
use crate::field::kind::of_alphabet;
use crate::field::text::{name, too_long};
use crate::field::typed::text_field;
use crate::field::violation::{Violations, actual};
use crate::huawei::editions::{CBR_BACKUPS, CSBS_BACKUPS, HAN_IN_NAMES};
use crate::huawei::limits::limit;
use crate::huawei::region::KNOWN;
#[cfg(feature = "schemars")]
use crate::json::schema::{blank_or, not_blank};
use crate::json::{Text, Value, class};
use crate::message::message::{Message, message};
use crate::message::param::Param;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
#[cfg(feature = "schemars")]
use serde_json::json;

const A_PROJECT: Message = message("\"0\", blank, or a UUID", "“0”、空值或 UUID");

/// The services that backups come from. CSBS gives way to CBR.
const CBR: &str = "CBR";
const CSBS: &str = "CSBS";

/// An IMS region. Partner clouds have ids of their own, so one that is not known is only a warning.
pub(crate) static REGION_ID: Kind = Kind {
    name: "RegionId",
    check: destination_region,
    takes_any_id: true,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "string", "pattern": not_blank(), "examples": KNOWN.ids().collect::<Vec<_>>()
        })
    },
};

fn destination_region<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        KNOWN.check(text, violations);
    }
}

/// An enterprise project: blank or `0` for the default one, otherwise a UUID.
pub(crate) static PROJECT_ID: Kind = Kind {
    name: "EnterpriseProjectId",
    check: project_id,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "string", "default": "0",
            "pattern": blank_or("0|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
            // In Python `$` is also the place before a last line break.
            "not": {"pattern": "[0-9A-Fa-f]\\n"}
        })
    },
};

fn project_id<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    let Some(text) = violations.text(value) else { return };
    if !(text.is_blank() || text.is("0") || is_uuid(text)) {
        violations.push(ViolationKind::BadFormat, actual(text).with("expected", Param::Label("project-id", A_PROJECT)));
    }
}

/// Five groups of hexadecimal digits: 8-4-4-4-12.
fn is_uuid(text: Text<'_>) -> bool {
    let text = text.to_cow();
    let Ok(uuid) = <&[u8; 36]>::try_from(text.as_bytes()) else { return false };
    // Every other byte is a digit when these four are none. All are counted, which takes fewer steps than to stop at one.
    let has_hyphens = [8, 13, 18, 23].into_iter().all(|place| uuid.get(place) == Some(&b'-'));
    has_hyphens && uuid.iter().fold(0_u8, |digits, byte| digits + u8::from(byte.is_ascii_hexdigit())) == 32
}

/// The service that the backup is of: `CBR`; under editions that accept CSBS backups also `CSBS`.
pub(crate) static WHOLE_IMAGE_TYPE: Kind = Kind {
    name: "WholeImageType",
    check: whole_image_type,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |edition| {
        let (takes_cbr, takes_csbs) = (edition.flag(&CBR_BACKUPS), edition.flag(&CSBS_BACKUPS));
        let services = [(CBR, takes_cbr), (CSBS, takes_csbs)];
        match services
            .into_iter()
            .filter_map(|(name, is_taken)| is_taken.then_some(name))
            .collect::<Vec<_>>()
            .as_slice()
        {
            [one] => json!({"type": "string", "const": one}),
            several => json!({"type": "string", "enum": several}),
        }
    },
};

fn whole_image_type<'a>(value: &Value<'a>, limits: &Edition, violations: &mut Violations<'a>) {
    let Some(text) = violations.non_blank(value) else { return };
    let (takes_cbr, takes_csbs) = (limits.flag(&CBR_BACKUPS), limits.flag(&CSBS_BACKUPS));
    if takes_cbr && text.is(CBR) || takes_csbs && text.is(CSBS) {
        return;
    }
    let suggestion = if takes_cbr { CBR } else { CSBS };
    let allowed = if takes_cbr && takes_csbs { vec![CBR, CSBS] } else { vec![suggestion] };
    let params = actual(text).with("allowed", Param::Identifiers(allowed));
    violations.push_with_suggestion(ViolationKind::NotOneOf, params, suggestion);
}

const NO_OUTER_SPACE: Message = message("text without spaces at either end", "首尾不含空格的文本");

const NO_BREAKS: Message =
    message("all except line breaks and angle brackets (< >)", "除换行和尖括号（< >）以外的字符");

/// The most characters of each text.
const MAX_NAME_CHARS: usize = limit!(name_chars);

const MAX_DESCRIPTION_CHARS: usize = limit!(description_chars);

/// An IMS image name: 1 to 128 characters, no space at either end; Chinese where the edition takes it.
pub(crate) static IMAGE_NAME: Kind = Kind {
    name: "ImageName",
    check: image_name,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |edition| {
        let alphabet = alphabet_of_names(edition);
        let (inner, outer) = (alphabet.pattern(), alphabet.outer_pattern());
        of_alphabet(
            alphabet,
            &format!("{outer}(?:{inner}*{outer})?"),
            json!({"type": "string", "minLength": 1, "maxLength": MAX_NAME_CHARS}),
        )
    },
};

fn image_name<'a>(value: &Value<'a>, limits: &Edition, violations: &mut Violations<'a>) {
    let Some(text) = violations.non_blank(value) else { return };
    name(text, MAX_NAME_CHARS, alphabet_of_names(limits), violations);
    let bytes = text.raw().as_bytes();
    if bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ') || has_outer_space(text) {
        let params = actual(text).with("expected", Param::Label("no-outer-space", NO_OUTER_SPACE));
        violations.push_with_suggestion(ViolationKind::BadFormat, params, text.to_cow().trim_matches(' '));
    }
}

fn alphabet_of_names(limits: &Edition) -> &'static Alphabet {
    if limits.flag(&HAN_IN_NAMES) { &alphabet::IMAGE_NAME } else { &alphabet::IMAGE_NAME_WITHOUT_HAN }
}

/// Spaces written as escapes count too.
fn has_outer_space(text: Text<'_>) -> bool {
    text.is_escaped() && (text.chars().next() == Some(' ') || text.chars().last() == Some(' '))
}

/// An IMS description: at most 1024 characters, no line break, no angle bracket.
pub(crate) static DESCRIPTION: Kind = Kind {
    name: "Description",
    check: description,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "string", "maxLength": MAX_DESCRIPTION_CHARS, "not": {"pattern": "[\\r\\n<>]"}
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
        let cleaned: String = text
            .chars()
            .filter_map(|c| match c {
                '\n' => Some(' '),
                c if is_refused(c) => None,
                c => Some(c),
            })
            .collect();
        violations.push_with_suggestion(ViolationKind::BadCharacter, params, cleaned);
    }
}

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 3] = [A_PROJECT, NO_OUTER_SPACE, NO_BREAKS];

text_field! {
    /// The name of an IMS image: 1 to 128 characters (Unicode scalar values); letters, digits, Chinese, `-`, `.`, `_` and
    /// spaces, but none at either end. Source: "Image Attributes" of the IMS API reference.
    ///
    /// ```
    /// use image_preflight::huawei::ImageName;
    /// assert!(ImageName::new("测试-copy 1").is_ok());
    /// assert!(ImageName::new("x".repeat(129)).is_err());
    /// ```
    ImageName, IMAGE_NAME
}

text_field! {
    /// The description of an IMS image: at most 1024 characters, no line break, no angle bracket.
    ///
    /// ```
    /// assert!(image_preflight::huawei::Description::new("a\nb").is_err());
    /// ```
    Description, DESCRIPTION
}

text_field! {
    /// The id of a region. One that is in no list is taken too: new regions appear, and partner clouds have their own.
    ///
    /// ```
    /// assert!(image_preflight::huawei::RegionId::new("cn-south-1").is_ok());
    /// assert!(image_preflight::huawei::RegionId::new("").is_err());
    /// ```
    RegionId, REGION_ID
}

text_field! {
    /// An enterprise project: blank or `0` for the default one, otherwise a UUID.
    ///
    /// ```
    /// assert!(image_preflight::huawei::EnterpriseProjectId::new("0").is_ok());
    /// assert!(image_preflight::huawei::EnterpriseProjectId::new("1").is_err());
    /// ```
    EnterpriseProjectId, PROJECT_ID
}

text_field! {
    /// The way in which a full-ECS image is made of a backup: `CBR`.
    ///
    /// ```
    /// assert!(image_preflight::huawei::WholeImageType::new("CSBS").is_err());
    /// ```
    WholeImageType, WHOLE_IMAGE_TYPE
}
