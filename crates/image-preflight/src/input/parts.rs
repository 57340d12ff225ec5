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

/// How many bytes so many UTF-16 units take; nothing where they end amid a character.
fn bytes_of(text: &str, mut units: usize) -> Option<usize> {
    let mut chars = text.chars();
    while units > 0 {
        units = units.checked_sub(chars.next()?.len_utf16())?;
    }
    Some(text.len() - chars.as_str().len())
}
