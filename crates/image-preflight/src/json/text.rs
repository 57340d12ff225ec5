//! A string as it stands in the text: borrowed, decoded only when it holds an escape and somebody asks.

use std::borrow::Cow;

/// What kinds of character a text holds, one bit a kind, collected while it is scanned.
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
    /// A backslash escape: what it stands for is not in the other bits.
    pub(crate) const ESCAPE: u8 = 1 << 6;
    /// Ends or interrupts the scan of a JSON string: `"`, `\`, or a control character.
    pub(crate) const STOP: u8 = 1 << 7;
}

/// The classes of each byte inside a JSON string.
pub(super) const JSON_CLASSES: [u8; 256] = classes(true);
/// The classes of each byte of plain text.
const PLAIN_CLASSES: [u8; 256] = classes(false);

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const fn classes(json: bool) -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' => 0,
            b'.' => class::DOT,
            b' ' => class::SPACE,
            b'<' | b'>' => class::ANGLE,
            b'"' | b'\\' | 0..=0x1f if json => class::STOP,
            b'\r' | b'\n' => class::BREAK,
            0x80.. => class::NON_ASCII,
            _ => class::OTHER,
        };
        byte += 1;
    }
    table
}

/// The classes of one byte.
pub(super) fn class_of(table: &[u8; 256], byte: u8) -> u8 {
    table.get(usize::from(byte)).copied().unwrap_or(class::STOP)
}

/// A string: what stands between its quotes, and the kinds of character in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    content: &'a str,
    classes: u8,
}

impl<'a> Text<'a> {
    /// A text whose content is meant literally.
    pub(crate) fn plain(content: &'a str) -> Self {
        let classes = content.bytes().fold(0, |all, byte| all | class_of(&PLAIN_CLASSES, byte));
        Text { content, classes }
    }

    /// A checked JSON string without its quotes.
    pub(super) fn json(content: &'a str, classes: u8) -> Self {
        Text { content, classes }
    }

    /// The classes seen, [`class::ESCAPE`] among them when the others are not the whole truth.
    pub(crate) fn classes(self) -> u8 {
        self.classes
    }

    /// Whether the content must be decoded.
    pub(crate) fn is_escaped(self) -> bool {
        self.classes & class::ESCAPE != 0
    }

    /// The content as it stands, escapes undecoded: never shorter than what it means.
    pub(crate) fn raw(self) -> &'a str {
        self.content
    }

    /// The characters it means.
    pub(crate) fn chars(self) -> Chars<'a> {
        Chars { rest: self.content.chars(), escaped: self.is_escaped() }
    }

    /// What it means, borrowed where nothing had to be decoded.
    pub(crate) fn to_cow(self) -> Cow<'a, str> {
        if self.is_escaped() { Cow::Owned(self.chars().collect()) } else { Cow::Borrowed(self.content) }
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

    /// Whether it holds nothing but spaces, or nothing at all.
    pub(crate) fn is_blank(self) -> bool {
        self.content.is_empty() || self.chars().all(|c| c == ' ')
    }

    /// Its length in characters (Unicode scalar values), when that is over `limit`. A text whose bytes are within the limit
    /// need not be counted.
    pub(crate) fn longer_than(self, limit: usize) -> Option<usize> {
        if self.content.len() <= limit {
            return None;
        }
        let count = self.chars().count();
        (count > limit).then_some(count)
    }
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
        if c != '\\' || !self.escaped {
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
