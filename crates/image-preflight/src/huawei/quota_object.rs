//! The quota of IMS (GET /v1/cloudimages/quota, asked for in the region that receives the image): how many images are left.

use crate::check::destination_quota::QUOTA_IMAGES;
use crate::finding::fact_reader::FactReader;
use crate::finding::object_reader::ObjectKind;
use crate::finding::subject::Subject;
use crate::json::{Integer, JsonType, Object, Value};
use crate::message::message::{Message, message};
use crate::rule::facts::{FactValue, Facts, ObjectPlace, Within};

const FORMS: Message = message("the response of GET /v1/cloudimages/quota", "GET /v1/cloudimages/quota 的返回");

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 1] = [FORMS];

/// There are several quotas in an answer, and no request names one of them.
static KIND: ObjectKind =
    ObjectKind { root: "quotaObject", list: "", one: &["quotas"], ids: &[], names: "", id: None, forms: FORMS };

static NAMES: [&str; 1] = ["used"];

const USED: usize = 0;

pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    subject: &Subject<'_, 'a>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let Some((object, within)) = KIND.choose(value, subject, reading) else { return };
    let (resources, within) = match object.get("resources") {
        Some(Value::Array(resources)) => (resources, within.member("resources")),
        Some(other) => return reading.wrong_type(place(within.member("resources")).at(), &other, JsonType::Array),
        None => return KIND.unknown_form(within, reading),
    };
    let is_of_images =
        |object: &Object<'a>| object.get("type").and_then(|kind| kind.as_text()).is_some_and(|kind| kind.is("image"));
    let mut quotas = resources.iter().enumerate().filter_map(|(index, value)| Some((index, value.as_object()?)));
    let Some((index, quota)) = quotas.find(|(_, object)| is_of_images(object)) else {
        return KIND.unknown_form(within, reading);
    };
    let place = place(within.item(index));
    let mut count = |name: &str, wants_unlimited: bool| {
        let value = quota.get(name)?;
        if wants_unlimited && is_unlimited(&value) {
            return Some(UNLIMITED);
        }
        reading.count_member(&value, &|| place.at().below(name))
    };
    let (used, most) = (count("used", false), count("quota", true));
    facts.begin_object(place);
    if let (Some(used), Some(most)) = (used, most) {
        facts.set_from_object(QUOTA_IMAGES, USED, Some(FactValue::Count(most.saturating_sub(used))));
    }
}

fn place(within: Within) -> ObjectPlace {
    ObjectPlace { root: KIND.root, within, members: &NAMES, nests: &[""] }
}

/// The largest integer that every reader of JSON writes as it is.
const UNLIMITED: u64 = (1 << 53) - 1;

/// `-1` is no limit.
fn is_unlimited(value: &Value<'_>) -> bool {
    match value {
        Value::Number(number) => matches!(number.integer(), Integer::Of(-1)),
        Value::Text(text) => text.is("-1"),
        _ => false,
    }
}
