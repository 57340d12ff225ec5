//! A string, borrowed from the text; decoded only if it has an escape, and only on request.

use std::borrow::Cow;

/// What kinds of character a text holds, one bit a kind.
pub(crate) mod class {
    /// `.`
    pub(crate) const DOT: u8 = 1;
    /// A space.
    pub(crate) const SPACE: u8 = 1 << 1;
    /// `<` or `>`.
    pub(crate) const ANGLE: u8 = 1 << 2;
    /// Any other ASCII character but letters, digits, `-` and `_` (those have no bit).
    pub(crate) const OTHER: u8 = 1 << 3;
    /// A carriage return or line feed.
    pub(crate) const BREAK: u8 = 1 << 4;
    /// Anything beyond ASCII.
    pub(crate) const NON_ASCII: u8 = 1 << 5;
    /// A backslash escape; the escaped character is not in the other bits.
    pub(crate) const ESCAPE: u8 = 1 << 6;
}

/// The classes of each byte.
static CLASSES: [u8; 256] = classes();

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' => 0,
            b'.' => class::DOT,
            b' ' => class::SPACE,
            b'<' | b'>' => class::ANGLE,
            b'\r' | b'\n' => class::BREAK,
            0x80.. => class::NON_ASCII,
            _ => class::OTHER,
        };
        byte += 1;
    }
    table
}

/// A string: the text between its quotes, and whether it has escapes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    content: &'a str,
    is_escaped: bool,
}

impl<'a> Text<'a> {
    /// A text whose content is meant literally.
    pub(crate) fn plain(content: &'a str) -> Self {
        Text { content, is_escaped: false }
    }

    /// A checked JSON string without its quotes.
    #[cfg(feature = "text")]
    pub(crate) fn json(content: &'a str, is_escaped: bool) -> Self {
        Text { content, is_escaped }
    }

    /// The kinds of character in it, [`class::ESCAPE`] among them when the others are not the whole truth.
    pub(crate) fn classes(self) -> u8 {
        let escape = if self.is_escaped() { class::ESCAPE } else { 0 };
        self.content.bytes().fold(escape, |all, byte| all | CLASSES.get(usize::from(byte)).copied().unwrap_or_default())
    }

    /// Whether the content must be decoded. Only JSON text has escapes.
    #[inline]
    pub(crate) fn is_escaped(self) -> bool {
        cfg!(feature = "text") && self.is_escaped
    }

    /// The content with escapes undecoded: never shorter than the decoded text.
    pub(crate) fn raw(self) -> &'a str {
        self.content
    }

    /// The characters it means.
    pub(crate) fn chars(self) -> Chars<'a> {
        Chars { rest: self.content.chars(), escaped: self.is_escaped() }
    }

    /// What it means, borrowed where nothing had to be decoded.
    #[inline]
    pub(crate) fn to_cow(self) -> Cow<'a, str> {
        if self.is_escaped() { Cow::Owned(self.decoded()) } else { Cow::Borrowed(self.content) }
    }

    #[cold]
    #[inline(never)]
    fn decoded(self) -> String {
        self.chars().collect()
    }

    /// Whether it means this.
    pub(crate) fn is(self, other: &str) -> bool {
        if self.is_escaped() { self.chars().eq(other.chars()) } else { self.content == other }
    }

    /// Whether both mean the same.
    pub(crate) fn same_as(self, other: Text<'_>) -> bool {
        if self.is_escaped() || other.is_escaped() {
            self.chars().eq(other.chars())
        } else {
            self.content == other.content
        }
    }

    /// Whether it is blank: it has no character but white space (Unicode's property `White_Space`, which is what
    /// [`char::is_whitespace`] tests), or none at all. This is the one definition of "not given" for a text, for
    /// fields, path parameters, facts, a provider's objects, typed requests and cleared ones.
    pub(crate) fn is_blank(self) -> bool {
        match self.content.as_bytes().first() {
            None => true,
            // The bytes that white space can begin with, as such or as an escape. Mostly the first byte decides.
            Some(b'\t'..=b'\r' | b' ' | b'\\' | 0xc2 | 0xe1..=0xe3) => self.has_only_space(),
            Some(_) => false,
        }
    }

    #[cold]
    #[inline(never)]
    fn has_only_space(self) -> bool {
        self.chars().all(char::is_whitespace)
    }

    /// Its length in characters (Unicode scalar values), when that is over `limit`. A text whose bytes are within the limit
    /// need not be counted.
    pub(crate) fn longer_than(self, limit: usize) -> Option<usize> {
        if self.content.len() <= limit {
            return None;
        }
        let count = if self.is_escaped() { self.chars().count() } else { characters(self.content) };
        (count > limit).then_some(count)
    }
}

/// How many characters a text has: as many as bytes that begin one. The standard library's count, made for long texts, takes ten times
/// the code.
pub(crate) fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

/// The characters a [`Text`] means.
#[derive(Clone, Debug)]
pub(crate) struct Chars<'a> {
    rest: std::str::Chars<'a>,
    escaped: bool,
}

impl Iterator for Chars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c != '\\' || !(cfg!(feature = "text") && self.escaped) {
            return Some(c);
        }
        Some(match self.rest.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => self.unicode()?,
            other => other,
        })
    }
}

impl Chars<'_> {
    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        // The reader let only whole pairs through.
        self.rest.nth(1)?;
        let second = self.hex()?;
        char::from_u32(0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff))
    }

    fn hex(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |value, _| Some(value * 16 + self.rest.next()?.to_digit(16)?))
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    /// Every character, as such and as an escape: the first byte must not decide too early.
    #[test]
    fn blank_is_white_space_as_unicode_has_it() {
        let mut units = [0; 2];
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(Text::plain(&text).is_blank(), text.trim().is_empty(), "{c:?}");
            let escaped: String = c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect();
            assert_eq!(Text::json(&escaped, true).is_blank(), c.is_whitespace(), "{escaped}");
        }
        assert!(Text::plain("").is_blank() && Text::plain(" \t\u{3000}").is_blank());
        assert!(!Text::plain(" \t\u{3000}x").is_blank() && !Text::plain("\\").is_blank());
    }
}
