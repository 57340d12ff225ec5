//! Tags, in the two forms that IMS takes: `"key.value"` and `{"key", "value"}`.

use super::alphabet::{self, Alphabet};
#[cfg(feature = "schemars")]
use super::kind::of_alphabet;
use super::text::{CHARACTERS, too_long_in, too_many};
use super::{FaultOf, Faults, Kind, Mend, actual};
use crate::edition::Limits;
use crate::json::{JsonType, Object, Text, Value};
use crate::report::{MOST, Params};
use crate::words::{FaultKind, Words, words};
#[cfg(feature = "schemars")]
use serde_json::json;
use std::borrow::Cow;

const OF_TAGS: Words = words("tags", "个标签");

const BEFORE_THE_DOT: Words = words("characters before its first dot", "个字符（第一个点之前）");
const BEHIND_THE_DOT: Words = words("characters behind its first dot", "个字符（第一个点之后）");

/// Every phrase of this file.
pub(crate) const ALL_WORDS: [Words; 3] = [OF_TAGS, BEFORE_THE_DOT, BEHIND_THE_DOT];

const MOST_TAGS: usize = 10;

/// What half of a tag may be.
struct Part {
    name: &'static str,
    alphabet: &'static Alphabet,
    longest: usize,
    may_be_empty: bool,
}

static KEY: Part = Part { name: "key", alphabet: &alphabet::TAG_KEY, longest: 36, may_be_empty: false };
static VALUE: Part = Part { name: "value", alphabet: &alphabet::DOTTED, longest: 43, may_be_empty: true };

/// Tags as strings: the key up to the first dot, the value behind it.
pub(crate) static TAGS: Kind = Kind {
    name: "Tags",
    check: tags,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "array", "maxItems": MOST_TAGS, "uniqueItems": true,
            "items": of_alphabet(&format!("{}(\\.{})?", KEY.pattern(), VALUE.pattern()), json!({"type": "string"})),
            "examples": [["team.web", "stage"]]
        })
    },
};

fn tags<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    each(value, faults, |tag, faults| {
        Some(match faults.text(tag)?.to_cow() {
            Cow::Borrowed(whole) => {
                let (key, value) = halves(whole);
                KEY.judge(Text::plain(key), BEFORE_THE_DOT, faults);
                VALUE.judge(Text::plain(value), BEHIND_THE_DOT, faults);
                Cow::Borrowed(key)
            }
            Cow::Owned(whole) => {
                let (key, value) = halves(&whole);
                KEY.judge_decoded(key, BEFORE_THE_DOT, faults);
                VALUE.judge_decoded(value, BEHIND_THE_DOT, faults);
                Cow::Owned(key.to_owned())
            }
        })
    });
}

/// What stands before the first dot of a tag, and what stands behind it.
fn halves(tag: &str) -> (&str, &str) {
    // Tags are short: a search that prepares itself for long texts takes longer.
    let dot = tag.bytes().position(|byte| byte == b'.').unwrap_or(tag.len());
    (tag.get(..dot).unwrap_or(tag), tag.get(dot + 1..).unwrap_or_default())
}

/// Tags as objects.
pub(crate) static IMAGE_TAGS: Kind = Kind {
    name: "ImageTags",
    check: image_tags,
    #[cfg(feature = "schemars")]
    schema: || {
        json!({
            "type": "array", "maxItems": MOST_TAGS, "uniqueItems": true,
            "items": {
                "type": "object", "required": [KEY.name, VALUE.name],
                "properties": {KEY.name: KEY.schema(), VALUE.name: VALUE.schema()}
            },
            "examples": [[{"key": "team", "value": "web"}]]
        })
    },
};

fn image_tags<'a>(value: &Value<'a>, _: &Limits, faults: &mut Faults<'a>) {
    each(value, faults, |tag, faults| {
        let Some(object) = tag.as_object() else {
            faults.wrong_type(tag, JsonType::Object);
            return None;
        };
        members(object, faults)
    });
}

fn members<'a>(object: Object<'a>, faults: &mut Faults<'a>) -> Option<Cow<'a, str>> {
    let (mut key, mut value) = (None, None);
    for (name, given) in object.iter() {
        let slot = if name.is("key") {
            &mut key
        } else if name.is("value") {
            &mut value
        } else {
            let from = faults.len();
            let params = actual(name);
            faults.add(FaultKind::NotOneOf, params, FaultOf::UnknownMember(&["key", "value"]), Mend::Remove);
            faults.of_member(from, &name.to_cow());
            continue;
        };
        // Of one that is given twice, which is a finding of the whole text, the last one counts.
        *slot = Some(given);
    }
    let key = KEY.judge_member(key, faults);
    VALUE.judge_member(value, faults);
    key.map(Text::to_cow)
}

#[cfg(feature = "schemars")]
impl Part {
    fn pattern(&self) -> String {
        format!("{}{{{},{}}}", self.alphabet.pattern(), usize::from(!self.may_be_empty), self.longest)
    }

    fn schema(&self) -> serde_json::Value {
        of_alphabet(&self.pattern(), json!({"type": "string", "maxLength": self.longest}))
    }
}

impl Part {
    /// Judges what has been decoded: the faults must not borrow from it.
    fn judge_decoded(&self, half: &str, unit: Words, faults: &mut Faults<'_>) {
        let mut own = Faults::default();
        self.judge(Text::plain(half), unit, &mut own);
        for fault in own.into_list() {
            faults.push(fault.kind, fault.params.into_owned());
        }
    }

    /// Judges a member of an object, and gives its text.
    fn judge_member<'a>(&self, given: Option<Value<'a>>, faults: &mut Faults<'a>) -> Option<Text<'a>> {
        let from = faults.len();
        let text = match given {
            None | Some(Value::Null) => {
                faults.push(FaultKind::Missing, Params::default());
                None
            }
            Some(value) => faults.text(&value),
        };
        if let Some(text) = text {
            self.judge(text, CHARACTERS, faults);
        }
        faults.of_member(from, self.name);
        text
    }

    fn judge<'a>(&self, text: Text<'a>, unit: Words, faults: &mut Faults<'a>) {
        if text.is_blank() && !self.may_be_empty {
            return faults.empty();
        }
        too_long_in(text, self.longest, unit, faults);
        self.alphabet.judge(text, faults, false);
    }
}

/// Judges each tag of a list by `judge`, which gives its key; keys must differ.
fn each<'a>(
    value: &Value<'a>,
    faults: &mut Faults<'a>,
    mut judge: impl FnMut(&Value<'a>, &mut Faults<'a>) -> Option<Cow<'a, str>>,
) {
    let Value::Array(array) = value else { return faults.wrong_type(value, JsonType::Array) };
    let mut keys = smallvec::SmallVec::<[Cow<'a, str>; MOST_TAGS]>::new();
    let mut count = 0;
    for (index, tag) in array.iter().take(MOST).enumerate() {
        count = index + 1;
        faults.of_item(Some(index));
        let before = faults.errors();
        let Some(key) = judge(&tag, faults) else { continue };
        if keys.contains(&key) {
            let params = Params::default().with("actual", crate::report::Param::Text(key));
            // In a list that is too long, another tag would move into the part that is compared.
            let mend = if array.iter().nth(MOST_TAGS).is_none() { Mend::Remove } else { Mend::ByHand };
            faults.add(FaultKind::Duplicate, params, FaultOf::Field, mend);
        } else if faults.errors() == before && keys.len() < MOST_TAGS {
            keys.push(key);
        }
    }
    faults.of_item(None);
    if count > MOST_TAGS {
        let count = array.iter().count();
        faults.push(FaultKind::TooLong, too_many(count, MOST_TAGS, "tags", OF_TAGS));
    }
}
