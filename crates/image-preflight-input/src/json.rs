//! JSON texts taken apart without a tree: the members of an object and the elements of an array, as the texts that they are. So a file
//! of many megabytes costs a list of references, and nothing is lost on the way: no repeated key, no digit of a number.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Error, Value};
use std::borrow::Cow;
use std::fmt::Formatter;

/// The members of an object, repeated ones included, in order.
pub(crate) struct Members<'t>(Vec<(Cow<'t, str>, &'t str)>);

impl<'t> Members<'t> {
    /// Takes an object apart.
    pub(crate) fn of(text: &'t str) -> Result<Self, Error> {
        let mut json = serde_json::Deserializer::from_str(text);
        let members = json.deserialize_map(Parts)?;
        json.end()?;
        Ok(members)
    }

    /// The value of a member; of a repeated one, the last.
    pub(crate) fn get(&self, name: &str) -> Option<&'t str> {
        self.0.iter().rev().find_map(|(key, value)| (key == name).then_some(*value))
    }

    /// The same; null is absence.
    pub(crate) fn given(&self, name: &str) -> Option<&'t str> {
        self.get(name).filter(|value| *value != "null")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The text of a member that is a string.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).and_then(|value| serde_json::from_str(value).ok())
    }

    /// The members with their values, in order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &'t str)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), *value))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_ref())
    }
}

/// The elements of an array.
pub(crate) fn elements(text: &str) -> Result<Vec<&str>, Error> {
    let elements: Vec<&RawValue> = serde_json::from_str(text)?;
    Ok(elements.into_iter().map(RawValue::get).collect())
}

/// The JSON value with which a text begins, and what follows it and the white space behind it.
pub(crate) fn first(text: &str) -> Option<(&str, &str)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let value = values.next()?.ok()?.get();
    Some((value, trim_start(text.get(values.byte_offset()..)?)))
}

/// A text without the white space of JSON before it.
pub(crate) fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\n', '\t', '\r'])
}

/// Where a part of a text begins in it.
pub(crate) fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// A value as a tree; null where it is none, or too deep.
pub(crate) fn tree(text: Option<&str>) -> Value {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

struct Parts;

impl<'t> Visitor<'t> for Parts {
    type Value = Members<'t>;

    fn expecting(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = object.next_key_seed(Key)? {
            members.push((key, object.next_value::<&RawValue>()?.get()));
        }
        Ok(Members(members))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(serde::de::Error::invalid_type(serde::de::Unexpected::Seq, &self))
    }
}

/// A key, borrowed from the text unless it has an escape.
struct Key;

impl<'t> DeserializeSeed<'t> for Key {
    type Value = Cow<'t, str>;

    fn deserialize<D: Deserializer<'t>>(self, json: D) -> Result<Self::Value, D::Error> {
        #[derive(Deserialize)]
        struct Text<'t>(#[serde(borrow)] Cow<'t, str>);
        Text::deserialize(json).map(|Text(text)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_texts_as_they_are() {
        let text = r#" {"a": 1.50, "\u0062": [1 ,2], "a":null} "#;
        let members = Members::of(text).expect("an object");
        assert_eq!(members.names().collect::<Vec<_>>(), ["a", "b", "a"]);
        assert_eq!((members.get("b"), members.get("a"), members.given("a")), (Some("[1 ,2]"), Some("null"), None));
        assert_eq!(offset_in(text, members.get("b").expect("b")), text.find('[').expect("it is there"));
        assert_eq!(elements("[1.50, {\"a\" :1}]").expect("an array"), ["1.50", "{\"a\" :1}"]);
        assert_eq!(first(" {\"a\":1}\n{} x"), Some(("{\"a\":1}", "{} x")));
        assert_eq!(
            ["1,2", "\"a\"]", "[1] ", "{", ",1", "]", ""].map(first),
            [Some(("1", ",2")), Some(("\"a\"", "]")), Some(("[1]", "")), None, None, None, None]
        );
        for broken in ["[1]", "{", "{} {}", "1", ""] {
            assert!(Members::of(broken).is_err(), "{broken}");
        }
    }

    /// What is not looked at may be as deep as it likes.
    #[test]
    fn depth_is_no_matter_until_a_tree_is_made() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let text = format!("{{\"a\":{deep}}}");
        let members = Members::of(&text).expect("an object");
        assert_eq!(members.get("a").map(str::len), Some(200_000));
        assert_eq!(tree(members.get("a")), Value::Null);
    }
}
