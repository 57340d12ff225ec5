//! The parts of a packed case.

use crate::json::{Number, Reader, Text, Value};

/// What the lowest bits of a value's word say; the others are the length of its text.
mod tag {
    pub(crate) const ABSENT: u32 = 0;
    pub(crate) const FALSE: u32 = 1;
    pub(crate) const TRUE: u32 = 2;
    /// An integer from 0 to 2^53 − 1, in the next two words: the low one, then the high one.
    pub(crate) const NATURAL: u32 = 3;
    pub(crate) const TEXT: u32 = 4;
    /// Any other value, as JSON.
    pub(crate) const JSON: u32 = 5;
    pub(crate) const BITS: u32 = 3;
}

/// The parts that have not been read yet.
pub(crate) struct Parts<'p, 'a> {
    words: &'p [u32],
    text: &'a str,
    /// A byte is a UTF-16 unit.
    is_ascii: bool,
}

impl<'p, 'a> Parts<'p, 'a> {
    pub(crate) fn new(words: &'p [u32], text: &'a str, is_ascii: bool) -> Self {
        Parts { words, text, is_ascii }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.text.is_empty()
    }

    #[inline(always)]
    pub(crate) fn word(&mut self) -> Option<u32> {
        let (word, rest) = self.words.split_first()?;
        self.words = rest;
        Some(*word)
    }

    /// Whether an object follows.
    pub(crate) fn has_object(&mut self) -> Option<bool> {
        match self.word()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// Whether the next value is absent; then it has been read.
    #[inline(always)]
    pub(crate) fn is_absent(&mut self) -> bool {
        match self.words.split_first() {
            Some((&tag::ABSENT, rest)) => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }

    /// The next value, `depth` objects deep; null if it is absent.
    pub(crate) fn value(&mut self, depth: u32) -> Option<Value<'a>> {
        let word = self.word()?;
        let length = word >> tag::BITS;
        Some(match word & ((1 << tag::BITS) - 1) {
            tag::ABSENT => Value::Null,
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::NATURAL => {
                let (low, high) = (self.word()?, self.word()?);
                Value::Number(Number::Integer((i64::from(high) << 32) | i64::from(low)))
            }
            tag::TEXT => Value::Text(Text::plain(self.text(length)?)),
            tag::JSON => Reader::parse_value(self.text(length)?, depth)?,
            _ => return None,
        })
    }

    /// The next so many UTF-16 units of the texts.
    pub(crate) fn text(&mut self, units: u32) -> Option<&'a str> {
        let units = usize::try_from(units).ok()?;
        let bytes = if self.is_ascii { units } else { bytes_of(self.text, units)? };
        let (text, rest) = self.text.split_at_checked(bytes)?;
        self.text = rest;
        Some(text)
    }
}

/// How many bytes so many UTF-16 units take; nothing where they end amid a character. Characters need not be put together for that: the
/// first byte of each says how many units it is.
fn bytes_of(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (place, byte) in text.bytes().enumerate() {
        let is_first = byte & 0b1100_0000 != 0b1000_0000;
        if !is_first {
            continue;
        }
        if left == 0 {
            return Some(place);
        }
        left = left.checked_sub(if byte < 0b1111_0000 { 1 } else { 2 })?;
    }
    (left == 0).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::bytes_of;

    #[test]
    fn units_are_those_of_utf_16() {
        let text = "a\u{7f}\u{80}\u{7ff}\u{800}名\u{ffff}\u{10000}😀\u{10ffff}z";
        let all: Vec<u16> = text.encode_utf16().collect();
        for units in 0..=all.len() {
            let whole = all.get(..units).and_then(|units| String::from_utf16(units).ok());
            assert_eq!(bytes_of(text, units), whole.map(|text| text.len()), "{units}");
        }
        assert_eq!((bytes_of(text, all.len() + 1), bytes_of("", 0)), (None, Some(0)));
    }
}
