//! Iterates over the members of an object and the elements of an array as texts, without copying or losing anything, one at a time.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt::Formatter;

/// Why the iteration ended early.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// The text is not JSON, or a value of another type.
    Json(serde_json::Error),
    /// The callback failed.
    Part(String),
}

/// Whether a text is one JSON value.
pub(crate) fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok()
}

/// Calls `each` for every element of an array.
pub(crate) fn elements<'t>(text: &'t [u8], mut each: impl FnMut(&'t str) -> Result<(), String>) -> Result<(), Stopped> {
    parts(text, |_, value| each(value), "an array")
}

/// Calls `each` for every member of an object, duplicates included.
pub(crate) fn members<'t>(
    text: &'t [u8],
    mut each: impl FnMut(Cow<'t, str>, &'t str) -> Result<(), String>,
) -> Result<(), Stopped> {
    parts(text, |name, value| each(name.unwrap_or_default(), value), "an object")
}

fn parts<'t>(
    text: &'t [u8],
    each: impl FnMut(Option<Cow<'t, str>>, &'t str) -> Result<(), String>,
    expected: &'static str,
) -> Result<(), Stopped> {
    let mut failed = None;
    let mut json = serde_json::Deserializer::from_slice(text);
    let done = Parts { each, failed: &mut failed, expected }.deserialize(&mut json).and_then(|()| json.end());
    match (failed, done) {
        (Some(sentence), _) => Err(Stopped::Part(sentence)),
        (None, done) => done.map_err(Stopped::Json),
    }
}

struct Parts<'f, F> {
    each: F,
    failed: &'f mut Option<String>,
    expected: &'static str,
}

impl<'t, F: FnMut(Option<Cow<'t, str>>, &'t str) -> Result<(), String>> Parts<'_, F> {
    fn part<E: serde::de::Error>(&mut self, name: Option<Cow<'t, str>>, value: &'t RawValue) -> Result<(), E> {
        (self.each)(name, value.get()).map_err(|sentence| {
            *self.failed = Some(sentence);
            E::custom("stopped")
        })
    }
}

impl<'t, F: FnMut(Option<Cow<'t, str>>, &'t str) -> Result<(), String>> DeserializeSeed<'t> for Parts<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, json: D) -> Result<(), D::Error> {
        if self.expected == "an array" { json.deserialize_seq(self) } else { json.deserialize_map(self) }
    }
}

impl<'t, F: FnMut(Option<Cow<'t, str>>, &'t str) -> Result<(), String>> Visitor<'t> for Parts<'_, F> {
    type Value = ();

    fn expecting(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.expected)
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut array: A) -> Result<(), A::Error> {
        while let Some(value) = array.next_element()? {
            self.part(None, value)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut object: A) -> Result<(), A::Error> {
        while let Some(name) = object.next_key_seed(Key)? {
            let value = object.next_value()?;
            self.part(Some(name), value)?;
        }
        Ok(())
    }
}

/// A key, borrowed from the text unless it has an escape.
struct Key;

impl<'t> DeserializeSeed<'t> for Key {
    type Value = Cow<'t, str>;

    fn deserialize<D: Deserializer<'t>>(self, json: D) -> Result<Cow<'t, str>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'t> Visitor<'t> for Key {
    type Value = Cow<'t, str>;

    fn expecting(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'t str) -> Result<Cow<'t, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Cow<'t, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_texts_as_they_are() {
        let mut found = Vec::new();
        elements(br#" [1.50, "\u0041" ,{"a" :[]}] "#, |value| {
            found.push(value.to_owned());
            Ok(())
        })
        .expect("an array");
        assert_eq!(found, ["1.50", r#""\u0041""#, r#"{"a" :[]}"#]);
        let mut found = Vec::new();
        members(br#"{"a": 1, "\u0061": 2}"#, |name, value| {
            found.push((name.into_owned(), value.to_owned()));
            Ok(())
        })
        .expect("an object");
        assert_eq!(found, [("a".to_owned(), "1".to_owned()), ("a".to_owned(), "2".to_owned())]);
    }

    #[test]
    fn what_is_no_array_and_what_fails_are_told_apart() {
        assert!(matches!(elements(b"[1,]", |_| Ok(())), Err(Stopped::Json(_))));
        assert!(matches!(elements(b"{}", |_| Ok(())), Err(Stopped::Json(_))));
        assert!(matches!(elements(b"[] []", |_| Ok(())), Err(Stopped::Json(_))));
        let mut count = 0;
        let stopped = elements(b"[1, 2, 3", |_| {
            count += 1;
            if count == 2 { Err("enough".to_owned()) } else { Ok(()) }
        });
        assert!(matches!(stopped, Err(Stopped::Part(sentence)) if sentence == "enough"));
        assert!(is_json(b"[1, {}]") && !is_json(b"[1, {}"));
    }
}
