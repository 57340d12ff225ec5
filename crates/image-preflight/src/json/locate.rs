//! From a JSON Pointer to its place in the text, for carets: walked only when somebody asks.

use super::Text;
use super::reader::Reader;
use super::walk::Walk;
use std::borrow::Cow;
use std::ops::Range;

/// The tokens of a JSON Pointer (RFC 6901), unescaped. `None` when it is no pointer.
fn parse_pointer(pointer: &str) -> Option<Vec<Cow<'_, str>>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    Some(pointer.strip_prefix('/')?.split('/').map(unescaped).collect())
}

/// A token of a JSON Pointer as what it means.
pub(crate) fn unescaped(token: &str) -> Cow<'_, str> {
    if !token.contains('~') {
        return Cow::Borrowed(token);
    }
    let mut text = String::with_capacity(token.len());
    let mut parts = token.split('~');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        // A tilde before anything else means itself: no token of ours has one.
        let (means, rest) = match part.as_bytes().first() {
            Some(b'0') => ("~", part.get(1..)),
            Some(b'1') => ("/", part.get(1..)),
            _ => ("~", Some(part)),
        };
        text.extend([means, rest.unwrap_or_default()]);
    }
    Cow::Owned(text)
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
    walk(text, parent, parse_pointer(pointer)?.last().map(AsRef::as_ref))
}

fn walk(text: &str, pointer: &str, key: Option<&str>) -> Option<Range<usize>> {
    let mut found = Reader::whole(text).ok()?;
    for token in parse_pointer(pointer)? {
        match step(text, found.start, &token) {
            Some(inner) => found = inner,
            None => return Some(found),
        }
    }
    let last = key.and_then(|name| members(text, found.start).filter(|(key, ..)| key.is(name)).last());
    Some(last.map_or(found, |(_, place, _)| place))
}

/// From a value that stands at a place to an element or a member of it.
fn step(text: &str, place: usize, token: &str) -> Option<Range<usize>> {
    if text.as_bytes().get(place) != Some(&b'[') {
        return members(text, place).find_map(|(key, _, value)| key.is(token).then_some(value));
    }
    let mut walk = Walk::new(text, place);
    std::iter::from_fn(|| Some(walk.element()?.1)).nth(token.parse().ok()?)
}

/// The keys of an object, where they stand, and where the values do; what is no object has none.
fn members(text: &str, place: usize) -> impl Iterator<Item = (Text<'_>, Range<usize>, Range<usize>)> {
    let mut walk = (text.as_bytes().get(place) == Some(&b'{')).then(|| Walk::new(text, place));
    std::iter::from_fn(move || {
        let walk = walk.as_mut()?;
        let (key, place) = walk.member()?;
        Some((key, place, walk.value().1))
    })
}
