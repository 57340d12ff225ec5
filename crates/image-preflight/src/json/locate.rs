//! From a JSON Pointer to its place in the text, for carets: walked only when somebody asks.

use super::{Key, Node, Tape, Text};
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
    let mut tape = Tape::new();
    let mut found = tape.read(text).ok()?;
    for token in parse_pointer(pointer)? {
        match step(found, &token) {
            Some(inner) => found = inner,
            None => return Some(found.place()),
        }
    }
    let last = key.and_then(|name| members(found).filter(|(key, ..)| key.is(name)).last());
    Some(last.map_or(found.place(), |(_, place, _)| place))
}

fn step<'t, 'a>(container: Node<'t, 'a>, token: &str) -> Option<Node<'t, 'a>> {
    if container.is_array() {
        return container.elements().nth(token.parse().ok()?);
    }
    members(container).find_map(|(key, _, value)| key.is(token).then_some(value))
}

/// The keys of an object, where they stand, and the values; what is no object has none.
fn members<'t, 'a>(object: Node<'t, 'a>) -> impl Iterator<Item = (Text<'a>, Range<usize>, Node<'t, 'a>)> {
    let mut members = object.is_object().then(|| object.members());
    std::iter::from_fn(move || {
        let members = members.as_mut()?;
        members.next::<Key>(&[])?;
        Some((members.key(), members.key_place(), members.value()))
    })
}
