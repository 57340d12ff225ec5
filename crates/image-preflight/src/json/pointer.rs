//! JSON Pointers (RFC 6901).

use std::borrow::Cow;

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
