//! A text from outside, short enough to be repeated.

use std::borrow::Cow;

/// How many characters of a user's value a report repeats.
const MAX_ECHOED_CHARS: usize = 64;

/// At most [`MAX_ECHOED_CHARS`] characters, with an ellipsis where something was left out.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    // What has no more bytes has no more characters.
    let end = if text.len() > MAX_ECHOED_CHARS { text.char_indices().nth(MAX_ECHOED_CHARS) } else { None };
    match end {
        Some((end, _)) => {
            let mut short = text.get(..end).unwrap_or_default().to_owned();
            short.push('…');
            Cow::Owned(short)
        }
        None => Cow::Borrowed(text),
    }
}
