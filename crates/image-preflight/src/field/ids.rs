//! Ids: of images, servers, vaults, keys, regions, projects.

use crate::field::kind::Kind;
#[cfg(feature = "schemars")]
use crate::field::kind::whole;
use crate::field::text::too_many;
use crate::field::violation::{Suggestion, Target, Violations, actual};
use crate::finding::findings::MAX_FINDINGS;
#[cfg(feature = "schemars")]
use crate::json::schema::not_blank;
use crate::json::{JsonType, Text, Value};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::suggest::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
use crate::{huawei, jdcloud};
#[cfg(feature = "schemars")]
use serde_json::json;
use smallvec::SmallVec;

const A_PROJECT: Message = message("\"0\", blank, or a UUID", "“0”、空值或 UUID");
const A_PATH_PART: Message = message("an id that can stand in an address", "可用于请求地址的 ID");
const IDS: Message = message("ids", "个 ID");

/// Every phrase of this file.
pub(crate) const MESSAGES: [Message; 3] = [A_PROJECT, A_PATH_PART, IDS];

/// The most images that one call of JD Cloud's takes.
pub(crate) const MAX_IMAGES: usize = 10;

/// The one service that backups come from now.
const CBR: &str = "CBR";

/// What would change where a request goes, if it stood in its address.
const NO_PATH_PART: [&str; 2] = [".", ".."];

/// A string that is not blank. Ids are not checked further: the documents' own examples are no UUIDs.
pub(crate) static IDENTIFIER: Kind = Kind {
    name: "Identifier",
    check: identifier,
    #[cfg(feature = "schemars")]
    schema: || json!({"type": "string", "pattern": not_blank(), "examples": ["465076de-dc36-4aec-80f5-ef9d8009428f"]}),
};

fn identifier<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    violations.non_blank(value);
}

/// An id that stands in the address. `.` and `..` would change where the request goes.
pub(crate) static PATH_ID: Kind = Kind {
    name: "PathId",
    check: path_id,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "string", "pattern": not_blank(), "not": {"enum": NO_PATH_PART},
            "examples": ["465076de-dc36-4aec-80f5-ef9d8009428f"]
        })
    },
};

fn path_id<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        path_part(text, violations);
    }
}

fn path_part<'a>(text: Text<'a>, violations: &mut Violations<'a>) {
    // Mostly the first character tells.
    if text.raw().starts_with(['.', '\\']) && NO_PATH_PART.iter().any(|part| text.is(part)) {
        violations.push(ViolationKind::BadFormat, actual(text).with("expected", Param::Label("path-id", A_PATH_PART)));
    }
}

/// A string; blank means that it is not given.
pub(crate) static OPTIONAL_ID: Kind = Kind {
    name: "OptionalId",
    check: optional_id,
    #[cfg(feature = "schemars")]
    schema: || json!({"type": "string", "examples": ["bd66288c-9081-460a-8227-4cbd0c814cb4"]}),
};

fn optional_id<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    violations.text(value);
}

/// An IMS region. Partner clouds have ids of their own, so one that is not known is only a warning.
pub(crate) static REGION_ID: Kind = Kind {
    name: "RegionId",
    check: destination_region,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "string", "pattern": not_blank(),
            "examples": huawei::region::regions().iter().map(|region| region.id).collect::<Vec<_>>()
        })
    },
};

fn destination_region<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        let id = text.to_cow();
        if huawei::region::region(&id).is_none() {
            unlisted(text, huawei::region::regions().len(), huawei::region::near_regions(&id), violations);
        }
    }
}

/// A JD Cloud region, in the address or in the body.
pub(crate) static JD_REGION_ID: Kind = Kind {
    name: "JdRegionId",
    check: jd_region,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "string", "pattern": not_blank(), "not": {"enum": NO_PATH_PART},
            "examples": jdcloud::region::regions().iter().map(|region| region.id).collect::<Vec<_>>()
        })
    },
};

fn jd_region<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        path_part(text, violations);
        let id = text.to_cow();
        if jdcloud::region::region(&id).is_none() {
            unlisted(text, jdcloud::region::regions().len(), jdcloud::region::near_regions(&id), violations);
        }
    }
}

fn unlisted<'a>(text: Text<'a>, known: usize, near: Vec<&'static str>, violations: &mut Violations<'a>) {
    // The nearest one fixes it, if it was a typo.
    let suggestion = match near.as_slice() {
        [one] => Suggestion::Replace((*one).into()),
        _ => Suggestion::None,
    };
    violations.add(ViolationKind::Unlisted, unlisted_region(actual(text), known, near), Target::Warning, suggestion);
}

/// The parameters of a region that is none of so many known ones. They are too many to be listed.
pub(crate) fn unlisted_region<'a>(params: Params<'a>, known: usize, near: Vec<&'static str>) -> Params<'a> {
    suggest(params.with("known", Param::count(u64::try_from(known).unwrap_or(u64::MAX))), near)
}

/// An enterprise project: blank or `0` for the default one, otherwise a UUID.
pub(crate) static PROJECT_ID: Kind = Kind {
    name: "EnterpriseProjectId",
    check: project_id,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "string", "default": "0", "examples": ["0", "9b27efab-4a17-4c06-bfa2-3e0cf021d3c3"],
            "anyOf": [
                {"title": "The default project", "const": "0"},
                {"title": "Blank: the default project too", "not": {"pattern": not_blank()}},
                whole("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", json!({"title": "A project's id", "format": "uuid"})),
            ]
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

/// The way in which a full-ECS image is made of a backup: `CBR`.
pub(crate) static WHOLE_IMAGE_TYPE: Kind = Kind {
    name: "WholeImageType",
    check: whole_image_type,
    #[cfg(feature = "schemars")]
    schema: || json!({"type": "string", "const": CBR}),
};

fn whole_image_type<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    let Some(text) = violations.non_blank(value) else { return };
    if !text.is(CBR) {
        let params = actual(text).with("allowed", Param::Identifiers(vec![CBR]));
        violations.push_with_suggestion(ViolationKind::NotOneOf, params, CBR);
    }
}

/// One to ten image ids.
pub(crate) static IMAGE_IDS: Kind = Kind {
    name: "ImageIds",
    check: image_ids,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "array", "minItems": 1, "maxItems": MAX_IMAGES,
            "items": {"type": "string", "pattern": not_blank(), "examples": ["img-m5s0****29"]}
        })
    },
};

fn image_ids<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    let Value::Array(array) = value else { return violations.wrong_type(value, JsonType::Array) };
    let mut earlier = SmallVec::<[Text<'a>; MAX_IMAGES]>::new();
    let mut count = 0;
    for (index, id) in array.iter().take(MAX_FINDINGS).enumerate() {
        count = index + 1;
        violations.enter_item(Some(index));
        let Some(text) = violations.non_blank(&id) else { continue };
        // The list is short where it is right; where it is too long, what is beyond the limit is not compared.
        if index < MAX_IMAGES {
            if earlier.iter().any(|earlier| earlier.same_as(text)) {
                // In a list that is too long, another element would move into the part that is compared.
                let suggestion =
                    if array.iter().nth(MAX_IMAGES).is_none() { Suggestion::Remove } else { Suggestion::None };
                violations.add(ViolationKind::Duplicate, actual(text), Target::Warning, suggestion);
            }
            earlier.push(text);
        }
    }
    violations.enter_item(None);
    if count == 0 {
        violations.empty();
    } else if count > MAX_IMAGES {
        let count = array.iter().count();
        violations.push(ViolationKind::TooLong, too_many(count, MAX_IMAGES, "ids", IDS));
    }
}
