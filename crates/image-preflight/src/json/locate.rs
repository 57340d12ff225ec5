//! From a JSON Pointer to its place in the text, for carets: walked only when somebody asks.

use super::{Array, Object, Reader, Value};
use std::ops::Range;

/// The tokens of a JSON Pointer (RFC 6901), unescaped. `None` when it is no pointer.
pub(crate) fn parse_pointer(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let tokens = pointer.strip_prefix('/')?.split('/');
    Some(tokens.map(|token| token.replace("~1", "/").replace("~0", "~")).collect())
}

/// Where the value that a JSON Pointer names stands in a JSON text, in bytes. Where it does not exist, the nearest place
/// above it that does; `None` when the text is no JSON.
///
/// ```
/// let text = r#"{"body": {"name": "x"}}"#;
/// assert_eq!(image_preflight::locate(text, "/body/name"), Some(18..21));
/// assert_eq!(image_preflight::locate(text, "/body/region"), Some(9..22));
/// ```
#[must_use]
pub fn locate(text: &str, pointer: &str) -> Option<Range<usize>> {
    walk(text, pointer, None)
}

/// As [`locate`], but of a key that an object has more than once: the place of its last occurrence, the key itself.
pub(crate) fn locate_key(text: &str, pointer: &str) -> Option<Range<usize>> {
    let parent = pointer.rsplit_once('/')?.0;
    walk(text, parent, parse_pointer(pointer)?.last().map(String::as_str))
}

fn walk(text: &str, pointer: &str, key: Option<&str>) -> Option<Range<usize>> {
    let mut reader = Reader::new(text);
    reader.peek()?;
    let mut found = reader.position()..text.len();
    let mut value = read(&mut reader, &mut found)?;
    for token in parse_pointer(pointer)? {
        match step(text, &value, &found, &token) {
            Some((inner, place)) => (value, found) = (inner, place),
            None => return Some(found),
        }
    }
    match key {
        Some(key) => last_key(text, &found, key),
        None => Some(found),
    }
}

/// Reads a value and notes its place.
fn read<'a>(reader: &mut Reader<'a>, place: &mut Range<usize>) -> Option<Value<'a>> {
    reader.peek()?;
    let start = reader.position();
    let value = reader.value().ok()?;
    *place = start..reader.position();
    Some(value)
}

fn step<'a>(text: &'a str, value: &Value<'a>, at: &Range<usize>, token: &str) -> Option<(Value<'a>, Range<usize>)> {
    let mut reader = Reader::new(text.get(at.clone())?);
    let mut started = false;
    let mut place = 0..0;
    let inner = match value {
        Value::Object(Object::Json(_)) => loop {
            let key = reader.key(&mut started).ok()??;
            let inner = read(&mut reader, &mut place)?;
            if key.is(token) {
                break inner;
            }
        },
        Value::Array(Array::Json(_)) => {
            let wanted: usize = token.parse().ok()?;
            let mut index = 0;
            loop {
                if !reader.next_part(&mut started, b'[', b']').ok()? {
                    return None;
                }
                let inner = read(&mut reader, &mut place)?;
                if index == wanted {
                    break inner;
                }
                index += 1;
            }
        }
        _ => return None,
    };
    Some((inner, at.start + place.start..at.start + place.end))
}

fn last_key(text: &str, object: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let mut reader = Reader::new(text.get(object.clone())?);
    let mut started = false;
    let mut last = object.clone();
    while let Some(key) = reader.key(&mut started).ok()? {
        // The reader stands behind the colon; the key ends before it.
        let end = text.get(object.clone())?.get(..reader.position())?.rfind(':')?;
        let end = text.get(object.clone())?.get(..end)?.trim_end().len();
        if key.is(name) {
            last = object.start + end - key.raw().len() - 2..object.start + end;
        }
        reader.value().ok()?;
    }
    Some(last)
}
