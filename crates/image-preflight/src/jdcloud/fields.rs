//! The fields of JD Cloud: what their values may be, and their types.

use crate::field::alphabet;
#[cfg(feature = "schemars")]
use crate::field::ids::NO_PATH_PART;
use crate::field::ids::path_part;
use crate::field::kind::Kind;
#[cfg(feature = "schemars")]
use crate::field::kind::of_alphabet;
use crate::field::text::{name, too_long, too_many};
use crate::field::typed::{list_field, text_field};
use crate::field::violation::{MAX_VIOLATIONS, Suggestion, Target, Violations, actual};
use crate::jdcloud::limits::limit;
use crate::jdcloud::region::KNOWN;
#[cfg(feature = "schemars")]
use crate::json::schema::not_blank;
use crate::json::{Array, JsonType, Text, Value};
use crate::message::message::{Message, message};
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
use arrayvec::ArrayVec;
use serde::{Serialize, Serializer};
#[cfg(feature = "schemars")]
use serde_json::json;

const IDS: Message = message("IDs", "个 ID");

/// The most images that one call of JD Cloud's takes.
pub(crate) const MAX_IMAGES: usize = limit!(images);

/// A JD Cloud region, in the address or in the body.
pub(crate) static REGION_ID: Kind = Kind {
    name: "JdRegionId",
    check: region_id,
    takes_any_id: true,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "string", "pattern": not_blank(), "not": {"enum": NO_PATH_PART},
            "examples": KNOWN.ids().collect::<Vec<_>>()
        })
    },
};

fn region_id<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        path_part(text, violations);
        KNOWN.check(text, violations);
    }
}

/// One to ten image ids.
pub(crate) static IMAGE_IDS: Kind = Kind {
    name: "ImageIds",
    check: image_ids,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "array", "minItems": 1, "maxItems": MAX_IMAGES,
            "items": {"type": "string", "pattern": not_blank()}
        })
    },
};

fn image_ids<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    let Value::Array(array) = value else { return violations.wrong_type(value, JsonType::Array) };
    let mut earlier = ArrayVec::<Text<'a>, MAX_IMAGES>::new();
    let mut count = 0;
    for (index, id) in array.iter().take(MAX_VIOLATIONS).enumerate() {
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
            // There is room: it is the limit.
            let _ = earlier.try_push(text);
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

const MAX_NAME_CHARS: usize = limit!(name_chars);

const MAX_DESCRIPTION_CHARS: usize = limit!(description_chars);

/// A JD Cloud image name: 1 to 32 characters.
pub(crate) static IMAGE_NAME: Kind = Kind {
    name: "JdName",
    check: image_name,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        of_alphabet(
            &alphabet::DOTTED,
            &format!("{}+", alphabet::DOTTED.pattern()),
            json!({"type": "string", "minLength": 1, "maxLength": MAX_NAME_CHARS}),
        )
    },
};

fn image_name<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.non_blank(value) {
        name(text, MAX_NAME_CHARS, &alphabet::DOTTED, violations);
    }
}

/// A JD Cloud description: at most 256 characters.
pub(crate) static DESCRIPTION: Kind = Kind {
    name: "JdDescription",
    check: description,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| json!({"type": "string", "maxLength": MAX_DESCRIPTION_CHARS}),
};

fn description<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    if let Some(text) = violations.text(value) {
        too_long(text, MAX_DESCRIPTION_CHARS, violations);
    }
}

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 1] = [IDS];

text_field! {
    /// The name of a JD Cloud image: 1 to 32 characters; Chinese, letters, digits, `_`, `-`, `.`.
    ///
    /// ```
    /// assert!(image_preflight::jdcloud::ImageName::new("a b").is_err());
    /// ```
    ImageName, IMAGE_NAME
}

text_field! {
    /// The description of a JD Cloud image: at most 256 characters.
    ///
    /// ```
    /// assert!(image_preflight::jdcloud::Description::new("x".repeat(257)).is_err());
    /// ```
    Description, DESCRIPTION
}

list_field! {
    /// The ids of the images that a JD Cloud call copies: 1 to 10, none blank.
    ///
    /// ```
    /// assert!(image_preflight::jdcloud::ImageIds::new(["img-1", "img-2"]).is_ok());
    /// assert!(image_preflight::jdcloud::ImageIds::new(Vec::<String>::new()).is_err());
    /// ```
    ImageIds of String, IMAGE_IDS, Array::Strings, |value| value.as_text().map(|text| text.to_cow().into_owned())
}

impl Serialize for ImageIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

text_field! {
    /// The id of a region. One that is not listed is taken too: new regions appear.
    ///
    /// ```
    /// use image_preflight::jdcloud::RegionId;
    /// assert!(RegionId::new("cn-east-2").is_ok());
    /// assert!(RegionId::new("..").is_err());
    /// ```
    RegionId, REGION_ID
}
