//! JSON Pointers (RFC 6901), and other texts that a character divides.

use std::borrow::Cow;

/// What is before an ASCII character in a text, and what is behind it. The standard library's searches, made for long texts, take many
/// times the code.
#[inline(never)]
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// The first token of a pointer without its leading slash, and what is behind the next slash.
pub(crate) fn first_token(pointer: &str) -> (&str, Option<&str>) {
    cut(pointer, b'/').map_or((pointer, None), |(token, rest)| (token, Some(rest)))
}

/// A token of a JSON Pointer as what it means.
pub(crate) fn unescaped(token: &str) -> Cow<'_, str> {
    if cut(token, b'~').is_none() {
        return Cow::Borrowed(token);
    }
    let mut text = String::with_capacity(token.len());
    let mut rest = token;
    while let Some((before, behind)) = cut(rest, b'~') {
        // A tilde before anything else means itself: no token of ours has one.
        let (means, escaped) = match behind.as_bytes().first() {
            Some(b'0') => ("~", behind.get(1..)),
            Some(b'1') => ("/", behind.get(1..)),
            _ => ("~", Some(behind)),
        };
        text.push_str(before);
        text.push_str(means);
        rest = escaped.unwrap_or_default();
    }
    text.push_str(rest);
    Cow::Owned(text)
}
