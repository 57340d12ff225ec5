//! The parts of a value that another program holds: a few numbers each, and one string of all their texts.

use super::packed::{Packed, Tree};
use super::{Array, Key, Name, Number, Object, Source, SyntaxError, SyntaxErrorKind, Text, Value};

/// What the lowest bits of a value's word say; the others are a length.
mod tag {
    pub(crate) const ABSENT: u32 = 0;
    pub(crate) const FALSE: u32 = 1;
    pub(crate) const TRUE: u32 = 2;
    /// An integer from 0 to 2^53 − 1, in the next two words: the low one, then the high one.
    pub(crate) const NATURAL: u32 = 3;
    pub(crate) const TEXT: u32 = 4;
    /// Any other number, as JSON writes it.
    pub(crate) const NUMBER: u32 = 5;
    pub(crate) const ARRAY: u32 = 6;
    pub(crate) const OBJECT: u32 = 7;
    pub(crate) const BITS: u32 = 3;
}

/// In the place of an operation: the case is one value, which follows.
const ANY_CASE: u32 = u32::MAX;
/// In the place of an operation: what no reader of JSON takes. Why not follows, and where in the text, which is the JSON of the case.
const REFUSED: u32 = u32::MAX - 1;

impl<'a> Packed<'a> {
    /// Its parts, but for the length of the texts.
    pub(crate) fn parts(&'a self) -> Option<Parts<'a>> {
        let (units, words) = self.words.split_first()?;
        let is_ascii = usize::try_from(*units) == Ok(self.text.len());
        Some(Parts { packed: self, words, text: self.text, is_ascii })
    }

    /// Whether the case is one value, or none.
    pub(crate) fn is_any_case(&self) -> bool {
        self.words.get(1).is_some_and(|operation| matches!(*operation, ANY_CASE | REFUSED))
    }

    /// Reads the one value that the case is, if it is an object.
    pub(crate) fn object<T>(&'a self, read: impl FnOnce(&mut Parts<'a>) -> T) -> Result<T, SyntaxError> {
        let not_an_object = SyntaxError { offset: 0, kind: SyntaxErrorKind::NotAnObject };
        let Some(mut parts) = self.parts() else { return Err(self.broken(not_an_object)) };
        if parts.word() == Some(REFUSED) {
            return Err(parts.refusal().unwrap_or_else(|| self.broken(not_an_object)));
        }
        let read = if parts.is_object() {
            Ok(read(&mut parts))
        } else {
            Source::value(&mut parts);
            Err(not_an_object)
        };
        if parts.is_empty() { read } else { Err(self.broken(not_an_object)) }
    }
}

/// The parts that have not been read yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parts<'a> {
    packed: &'a Packed<'a>,
    words: &'a [u32],
    text: &'a str,
    /// A byte is a UTF-16 unit.
    is_ascii: bool,
}

/// Where the parts of an array or an object end: how many words are left behind them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End(usize);

impl<'a> Parts<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.text.is_empty()
    }

    #[inline(always)]
    pub(crate) fn word(&mut self) -> Option<u32> {
        let (word, rest) = self.words.split_first()?;
        self.words = rest;
        Some(*word)
    }

    /// Whether an object follows whose parts have their places.
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

    /// The next value; null if it is absent.
    fn part(&mut self) -> Option<Value<'a>> {
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
            tag::TEXT => Value::Text(Text::plain(self.units(length)?)),
            tag::NUMBER => Value::Number(Number::of(self.units(length)?)?),
            tag => {
                let tree = self.tree()?;
                let units = self.word()?;
                self.words = self.words.get(usize::try_from(length).ok()?..)?;
                self.units(units)?;
                if tag == tag::ARRAY { Value::Array(Array::Parts(tree)) } else { Value::Object(Object::Parts(tree)) }
            }
        })
    }

    /// The next so many UTF-16 units of the texts.
    pub(crate) fn units(&mut self, units: u32) -> Option<&'a str> {
        let units = usize::try_from(units).ok()?;
        let bytes = if self.is_ascii { units } else { bytes_of(self.text, units)? };
        let (text, rest) = self.text.split_at_checked(bytes)?;
        self.text = rest;
        Some(text)
    }

    /// The array or object whose first word has been read.
    fn tree(&self) -> Option<Tree<'a>> {
        let place = |all: usize, left: usize| u32::try_from(all.checked_sub(left)?).ok();
        Some(Tree {
            packed: self.packed,
            word: place(self.packed.words.len(), self.words.len() + 1)?,
            byte: place(self.packed.text.len(), self.text.len())?,
        })
    }

    /// Enters an array or an object, which comes next.
    fn enter(&mut self) -> Option<End> {
        let count = usize::try_from(self.word()? >> tag::BITS).ok()?;
        // The length of its texts is for those who pass over it.
        self.word()?;
        self.words.len().checked_sub(count).map(End)
    }

    /// Whether an array or an object has further parts.
    fn has_more(&self, end: End) -> bool {
        if self.words.len() < end.0 {
            self.packed.broken(());
        }
        self.words.len() > end.0
    }

    /// The key of the next member.
    fn key(&mut self) -> Option<Text<'a>> {
        let units = self.word()?;
        Some(Text::plain(self.units(units)?))
    }

    /// The next part, if there is one as there must be.
    fn must<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let found = read(self);
        if found.is_none() {
            // Nothing more is read.
            self.words = &[];
            self.packed.broken(());
        }
        found
    }

    /// Why JSON does not have the case, and where.
    fn refusal(&mut self) -> Option<SyntaxError> {
        let kind = match self.word()? {
            0 => SyntaxErrorKind::TooDeep,
            1 => SyntaxErrorKind::LoneSurrogate,
            _ => return None,
        };
        let units = self.word()?;
        Some(SyntaxError { offset: self.units(units)?.len(), kind })
    }
}

impl<'a> Tree<'a> {
    /// Its parts, and where they end.
    fn parts(self) -> (Parts<'a>, End) {
        let nothing = Parts { packed: self.packed, words: &[], text: "", is_ascii: true };
        let parts = self.packed.parts().and_then(|all| {
            let place = |place: u32| usize::try_from(place).ok();
            let words = self.packed.words.get(place(self.word)?..)?;
            let mut parts = Parts { words, text: self.packed.text.get(place(self.byte)?..)?, ..all };
            let end = parts.enter()?;
            Some((parts, end))
        });
        parts.unwrap_or_else(|| self.packed.broken((nothing, End(0))))
    }

    /// Whether it has no parts.
    pub(crate) fn is_empty(self) -> bool {
        let (parts, end) = self.parts();
        parts.words.len() <= end.0
    }

    /// Goes through its parts.
    pub(crate) fn walk(self) -> PartsWalk<'a> {
        let (parts, end) = self.parts();
        PartsWalk { parts, end }
    }
}

/// A walk through an array or an object.
pub(crate) struct PartsWalk<'a> {
    parts: Parts<'a>,
    end: End,
}

impl<'a> PartsWalk<'a> {
    /// The next element of an array; `None` at the end.
    pub(crate) fn element(&mut self) -> Option<Value<'a>> {
        if self.parts.has_more(self.end) { self.parts.must(Parts::part) } else { None }
    }

    /// The next member of an object.
    pub(crate) fn member(&mut self) -> Option<(Text<'a>, Value<'a>)> {
        if !self.parts.has_more(self.end) {
            return None;
        }
        self.parts.must(|parts| Some((parts.key()?, parts.part()?)))
    }
}

/// The members of an object that is being read.
pub(crate) struct Members<'a> {
    end: End,
    unknown_key: Text<'a>,
}

impl<'a> Source<'a> for Parts<'a> {
    type Members = Members<'a>;
    type Place = Self;

    fn is_object(&self) -> bool {
        self.words.first().is_some_and(|word| word & ((1 << tag::BITS) - 1) == tag::OBJECT)
    }

    fn members(&mut self) -> Members<'a> {
        let end = self.must(Parts::enter).unwrap_or(End(0));
        Members { end, unknown_key: Text::plain("") }
    }

    fn next(&mut self, members: &mut Members<'a>, keys: &[Key]) -> Option<Name> {
        if !self.has_more(members.end) {
            return None;
        }
        let key = self.must(Parts::key)?;
        Some(keys.iter().position(|known| key.is(known.name)).map_or_else(
            || {
                members.unknown_key = key;
                Name::Other
            },
            Name::Known,
        ))
    }

    fn unknown_key(members: &Members<'a>) -> Text<'a> {
        members.unknown_key
    }

    fn value(&mut self) -> Value<'a> {
        self.must(Parts::part).unwrap_or(Value::Null)
    }

    #[inline]
    fn text(&mut self) -> Option<Text<'a>> {
        let (word, rest) = self.words.split_first()?;
        if word & ((1 << tag::BITS) - 1) != tag::TEXT {
            return None;
        }
        let text = self.units(word >> tag::BITS)?;
        self.words = rest;
        Some(Text::plain(text))
    }

    #[inline(always)]
    fn flag(&mut self) -> Option<bool> {
        match self.words.split_first() {
            Some((word @ &(tag::FALSE | tag::TRUE), rest)) => {
                self.words = rest;
                Some(*word == tag::TRUE)
            }
            _ => None,
        }
    }

    #[inline]
    fn natural(&mut self, least: u64) -> Option<u64> {
        let ([word, low, high], rest) = self.words.split_first_chunk()?;
        let value = u64::from(*high) << 32 | u64::from(*low);
        (*word == tag::NATURAL && value >= least).then(|| {
            self.words = rest;
            value
        })
    }

    fn suspect(&mut self) {
        // No key comes twice.
    }

    fn is_suspect(&self) -> bool {
        false
    }

    fn place(&self) -> Self {
        *self
    }

    fn resumed(&self, place: Self) -> Self {
        place
    }

    fn pass_over(&mut self) {
        self.value();
    }
}

/// How many bytes so many UTF-16 units take; nothing where they end amid a character, or the text before them. The first byte of a
/// character says how many bytes and units it is, and up to eight characters of ASCII are passed at once.
fn bytes_of(text: &str, units: usize) -> Option<usize> {
    const NOT_ASCII: u64 = u64::MAX / 0xff * 0x80;
    let mut rest = text.as_bytes();
    let mut left = units;
    while left > 0 {
        let ascii = rest.first_chunk().map_or(0, |word| (u64::from_le_bytes(*word) & NOT_ASCII).trailing_zeros() / 8);
        if ascii > 0 {
            let ascii = left.min(ascii as usize);
            (rest, left) = (rest.get(ascii..)?, left - ascii);
            continue;
        }
        let (bytes, units) = match rest.first()? {
            ..0x80 => (1, 1),
            ..0xe0 => (2, 1),
            ..0xf0 => (3, 1),
            _ => (4, 2),
        };
        (rest, left) = (rest.get(bytes..)?, left.checked_sub(units)?);
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::bytes_of;

    #[test]
    fn units_are_those_of_utf_16() {
        let text = "a\u{7f}\u{80}\u{7ff}\u{800}名\u{ffff}\u{10000}😀\u{10ffff}z, 1234567, 12345678 名12345678";
        let all: Vec<u16> = text.encode_utf16().collect();
        for units in 0..=all.len() {
            let whole = all.get(..units).and_then(|units| String::from_utf16(units).ok());
            assert_eq!(bytes_of(text, units), whole.map(|text| text.len()), "{units}");
        }
        assert_eq!((bytes_of(text, all.len() + 1), bytes_of("", 0)), (None, Some(0)));
    }
}
