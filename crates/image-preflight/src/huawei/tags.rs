//! Tags, in the two forms that IMS takes: `"key.value"` and `{"key", "value"}`.

use crate::field::alphabet;
use crate::field::alphabet::Alphabet;
use crate::field::kind::Kind;
#[cfg(feature = "schemars")]
use crate::field::kind::of_alphabet;
use crate::field::text::{CHARACTERS, too_long_in, too_many};
use crate::field::typed::list_field;
use crate::field::violation::{MAX_VIOLATIONS, Suggestion, Target, Violations, actual};
use crate::huawei::limits::limit;
use crate::json::{Array, JsonType, Object, Text, Value};
use crate::message::message::{Message, message};
use crate::message::param::Params;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
use serde::{Serialize, Serializer};
#[cfg(feature = "schemars")]
use serde_json::json;
use std::borrow::Cow;

const OF_TAGS: Message = message("tags", "个标签");

const BEFORE_THE_DOT: Message = message("characters before its first dot", "个字符（第一个点之前）");
const BEHIND_THE_DOT: Message = message("characters after its first dot", "个字符（第一个点之后）");

/// Every phrase of this file.
pub(crate) const MESSAGES: [Message; 3] = [OF_TAGS, BEFORE_THE_DOT, BEHIND_THE_DOT];

const MAX_TAGS: usize = limit!(tags);

/// What half of a tag may be.
struct Part {
    name: &'static str,
    alphabet: &'static Alphabet,
    max_chars: usize,
    may_be_empty: bool,
}

static KEY: Part =
    Part { name: "key", alphabet: &alphabet::TAG_KEY, max_chars: limit!(tag_key_chars), may_be_empty: false };
static VALUE: Part =
    Part { name: "value", alphabet: &alphabet::DOTTED, max_chars: limit!(tag_value_chars), may_be_empty: true };

/// Tags as strings: the key up to the first dot, the value after it.
pub(crate) static TAGS: Kind = Kind {
    name: "Tags",
    check: tags,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "array", "maxItems": MAX_TAGS, "uniqueItems": true,
            "items": of_alphabet(&alphabet::DOTTED, &format!("{}(?:\\.{})?", KEY.pattern(), VALUE.pattern()), json!({"type": "string"}))
        })
    },
};

fn tags<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    each(value, violations, &mut |tag, violations| {
        Some(match violations.text(tag)?.to_cow() {
            Cow::Borrowed(whole) => {
                let (key, value) = halves(whole);
                KEY.evaluate(Text::plain(key), BEFORE_THE_DOT, violations);
                VALUE.evaluate(Text::plain(value), BEHIND_THE_DOT, violations);
                Cow::Borrowed(key)
            }
            Cow::Owned(whole) => {
                let (key, value) = halves(&whole);
                KEY.check_decoded(key, BEFORE_THE_DOT, violations);
                VALUE.check_decoded(value, BEHIND_THE_DOT, violations);
                Cow::Owned(key.to_owned())
            }
        })
    });
}

/// The text before the first dot of a tag, and the text after it.
fn halves(tag: &str) -> (&str, &str) {
    // Tags are short: a search that prepares itself for long texts takes longer.
    let dot = tag.bytes().position(|byte| byte == b'.').unwrap_or(tag.len());
    (tag.get(..dot).unwrap_or(tag), tag.get(dot + 1..).unwrap_or_default())
}

/// Tags as objects.
pub(crate) static IMAGE_TAGS: Kind = Kind {
    name: "ImageTags",
    check: image_tags,
    takes_any_id: false,
    #[cfg(feature = "schemars")]
    schema: |_| {
        json!({
            "type": "array", "maxItems": MAX_TAGS, "uniqueItems": true,
            "items": {
                "type": "object", "title": "Image Tag", "required": [KEY.name, VALUE.name],
                "properties": {KEY.name: KEY.schema(), VALUE.name: VALUE.schema()}
            }
        })
    },
};

fn image_tags<'a>(value: &Value<'a>, _: &Edition, violations: &mut Violations<'a>) {
    each(value, violations, &mut |tag, violations| {
        let Some(object) = tag.as_object() else {
            violations.wrong_type(tag, JsonType::Object);
            return None;
        };
        members(object, violations)
    });
}

fn members<'a>(object: Object<'a>, violations: &mut Violations<'a>) -> Option<Cow<'a, str>> {
    let (mut key, mut value) = (None, None);
    for (name, given) in object.iter() {
        let slot = if name.is("key") {
            &mut key
        } else if name.is("value") {
            &mut value
        } else {
            let from = violations.len();
            let params = actual(name);
            violations.add(
                ViolationKind::NotOneOf,
                params,
                Target::UnknownMember(&["key", "value"]),
                Suggestion::Remove,
            );
            violations.enter_member(from, &name.to_cow());
            continue;
        };
        // Of one that is given twice, which is a finding of the whole text, the last one counts.
        *slot = Some(given);
    }
    let key = KEY.check_member(key, violations);
    VALUE.check_member(value, violations);
    key.map(Text::to_cow)
}

#[cfg(feature = "schemars")]
impl Part {
    fn pattern(&self) -> String {
        format!("{}{{{},{}}}", self.alphabet.pattern(), usize::from(!self.may_be_empty), self.max_chars)
    }

    fn schema(&self) -> serde_json::Value {
        of_alphabet(self.alphabet, &self.pattern(), json!({"type": "string", "maxLength": self.max_chars}))
    }
}

impl Part {
    /// Evaluates what has been decoded: the violations must not borrow from it.
    fn check_decoded(&self, half: &str, unit: Message, violations: &mut Violations<'_>) {
        let mut own = Violations::default();
        self.evaluate(Text::plain(half), unit, &mut own);
        for violation in own.into_list() {
            violations.push(violation.kind, violation.params.into_owned());
        }
    }

    /// Evaluates a member of an object, and gives its text.
    fn check_member<'a>(&self, given: Option<Value<'a>>, violations: &mut Violations<'a>) -> Option<Text<'a>> {
        let from = violations.len();
        let text = match given {
            None | Some(Value::Null) => {
                violations.push(ViolationKind::Missing, Params::default());
                None
            }
            Some(value) => violations.text(&value),
        };
        if let Some(text) = text {
            self.evaluate(text, CHARACTERS, violations);
        }
        violations.enter_member(from, self.name);
        text
    }

    fn evaluate<'a>(&self, text: Text<'a>, unit: Message, violations: &mut Violations<'a>) {
        if text.is_blank() && !self.may_be_empty {
            return violations.empty();
        }
        too_long_in(text, self.max_chars, unit, violations);
        self.alphabet.evaluate(text, violations, false);
    }
}

/// Evaluates each tag of a list by `evaluate`, which gives its key; keys must differ.
fn each<'a>(
    value: &Value<'a>,
    violations: &mut Violations<'a>,
    evaluate: &mut dyn FnMut(&Value<'a>, &mut Violations<'a>) -> Option<Cow<'a, str>>,
) {
    let Value::Array(array) = value else { return violations.wrong_type(value, JsonType::Array) };
    let mut keys = arrayvec::ArrayVec::<Cow<'a, str>, MAX_TAGS>::new();
    let mut count = 0;
    for (index, tag) in array.iter().take(MAX_VIOLATIONS).enumerate() {
        count = index + 1;
        violations.enter_item(Some(index));
        let before = violations.errors();
        let Some(key) = evaluate(&tag, violations) else { continue };
        if keys.contains(&key) {
            let params = Params::default().with("actual", crate::message::param::Param::UserText(key));
            // In a list that is too long, another tag would move into the part that is compared.
            let suggestion = if array.iter().nth(MAX_TAGS).is_none() { Suggestion::Remove } else { Suggestion::None };
            violations.add(ViolationKind::Duplicate, params, Target::Field, suggestion);
        } else if violations.errors() == before {
            // What is beyond the limit is not compared.
            let _ = keys.try_push(key);
        }
    }
    violations.enter_item(None);
    if count > MAX_TAGS {
        let count = array.iter().count();
        violations.push(ViolationKind::TooLong, too_many(count, MAX_TAGS, "tags", OF_TAGS));
    }
}

list_field! {
    /// Tags as IMS writes them in strings, `key.value`: at most 10; a key of 1 to 36 characters, a value of 0 to 43.
    ///
    /// ```
    /// assert!(image_preflight::huawei::Tags::new(["team.web", "stage"]).is_ok());
    /// assert!(image_preflight::huawei::Tags::new([".value"]).is_err());
    /// ```
    Tags of String, TAGS, Array::Strings, |value| value.as_text().map(|text| text.to_cow().into_owned())
}

list_field! {
    /// Tags as IMS writes them in objects, `{"key", "value"}`, here as pairs; the same rules as for [`Tags`].
    ///
    /// ```
    /// use image_preflight::huawei::ImageTags;
    /// let tags = ImageTags::new([("team".to_owned(), "web".to_owned())]).unwrap();
    /// assert_eq!(serde_json::to_string(&tags).unwrap(), r#"[{"key":"team","value":"web"}]"#);
    /// ```
    ImageTags of (String, String), IMAGE_TAGS, Array::Pairs, pair
}

fn pair(value: Value<'_>) -> Option<(String, String)> {
    let object: Object<'_> = value.as_object()?;
    let part = |name| Some(object.last(name)?.as_text()?.to_cow().into_owned());
    Some((part("key")?, part("value")?))
}

impl Serialize for Tags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for ImageTags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Tag<'t> {
            key: &'t str,
            value: &'t str,
        }
        serializer.collect_seq(self.0.iter().map(|(key, value)| Tag { key, value }))
    }
}
