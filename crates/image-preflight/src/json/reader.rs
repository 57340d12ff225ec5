//! The single pass over a text: the caller asks for members and values in document order.

use super::key::{Ahead, BLOCK, Key, ahead};
use super::number::{Number, short_natural};
use super::syntax::{MAX_LENGTH, SyntaxError, SyntaxErrorKind};
use super::{Array, Name, Object, Source, Text, Value};
use std::ops::Range;

/// A text that is being read. The first error ends it: every object has no further members then, every value is null, and
/// [`Reader::finish`] says what is wrong.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
    /// How many objects are being read inside one another.
    pub(crate) depth: u32,
    pub(crate) error: Option<SyntaxError>,
    /// Whether an object may have a repeated key: then the caller asks [`repeated_keys`] at the end.
    pub(crate) is_suspect: bool,
    /// Whether the keys of what is passed over are compared; not where it is read later, and then compared.
    pub(crate) compares: bool,
}

impl<'a> Reader<'a> {
    /// Begins to read a text.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut reader = Reader { text, at: 0, depth: 0, error: None, is_suspect: false, compares: true };
        if text.len() > MAX_LENGTH {
            reader.fail_with::<()>(MAX_LENGTH, SyntaxErrorKind::TooLong);
        } else if text.starts_with("\u{feff}") {
            reader.fail_with::<()>(0, SyntaxErrorKind::ByteOrderMark);
        }
        reader
    }

    /// Begins at a place of a text that has been read before.
    pub(crate) fn at(text: &'a str, place: usize) -> Self {
        Reader { text, at: place, depth: 0, error: None, is_suspect: false, compares: true }
    }

    /// Reads a text that must be one object. If it is not, what was read of it is discarded.
    #[inline]
    pub(crate) fn object<T>(text: &'a str, read: impl FnOnce(&mut Reader<'a>) -> T) -> Result<T, SyntaxError> {
        let mut reader = Reader::new(text);
        let start = reader.start();
        let read = if reader.is_object() {
            Ok(read(&mut reader))
        } else {
            reader.value();
            Err(SyntaxError { offset: start, kind: SyntaxErrorKind::NotAnObject })
        };
        reader.finish()?;
        read
    }

    /// The span of the one value of a text.
    pub(crate) fn root_span(text: &'a str) -> Result<Range<usize>, SyntaxError> {
        let mut reader = Reader::new(text);
        let start = reader.start();
        reader.value();
        let end = reader.at;
        reader.finish()?;
        Ok(start..end)
    }

    /// Ends the reading: nothing but white space may follow.
    pub(super) fn finish(&mut self) -> Result<(), SyntaxError> {
        let at = self.start();
        if at < self.text.len() {
            self.fail_with::<()>(at, SyntaxErrorKind::TrailingText);
        }
        self.error.map_or(Ok(()), Err)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn string(&mut self, quote: usize) -> Option<Text<'a>> {
        let (end, is_escaped) = self.string_end(quote)?;
        self.at = end + 1;
        Some(Text::json(self.text.get(quote + 1..end)?, is_escaped))
    }

    #[inline]
    fn literal(&mut self, start: usize, word: &[u8], value: Value<'a>) -> Value<'a> {
        match self.word_end(start, word) {
            Some(end) => {
                self.at = end;
                value
            }
            None => Value::Null,
        }
    }

    /// A number, an array or an object.
    #[inline(never)]
    fn other_value(&mut self, start: usize) -> Value<'a> {
        let first = self.byte(start);
        if let Some(b'0'..=b'9') = first
            && let Some((value, length)) = self.text.as_bytes().get(start..).and_then(short_natural)
            && let Ok(value) = i64::try_from(value)
        {
            // Nothing is lost: such a number is always written in the same way.
            self.at = start + length;
            return Value::Number(Number::Integer(value));
        }
        let end = match first {
            Some(b'{' | b'[') => self.container_end(start),
            _ => self.number_end(start),
        };
        let Some(end) = end else { return Value::Null };
        self.at = end;
        // Both ends are next to ASCII characters.
        let Some(part) = self.text.get(start..end) else { return Value::Null };
        match first {
            Some(b'{') => Value::Object(Object::Json(part)),
            Some(b'[') => Value::Array(Array::Json(part)),
            _ => Value::Number(Number::Json(part)),
        }
    }

    /// The end of an object with its closing bracket at this offset.
    #[inline]
    fn leave<T>(&mut self, bracket: usize) -> Option<T> {
        self.depth -= 1;
        self.at = bracket + 1;
        None
    }

    /// Where the next value begins.
    #[inline]
    pub(crate) fn start(&self) -> usize {
        self.space(self.at)
    }

    /// What follows a bracket or a comma and at most one space.
    #[inline]
    fn ahead(&self, members: &Members<'a>) -> Option<(usize, Ahead<'a>)> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let [opening, space, ..] = rest.first_chunk::<{ 2 + BLOCK }>()?;
        if *opening != members.opening {
            return None;
        }
        let space = usize::from(*space == b' ');
        let rest = rest.get(1 + space..)?;
        Some((space, Ahead { head: u128::from_le_bytes(*rest.first_chunk()?), rest }))
    }

    /// All other cases: another key, more white space, an error.
    #[inline(never)]
    fn other_member(&mut self, members: &mut Members<'a>, keys: &[Key]) -> Option<Name> {
        let mut quote = self.start();
        match self.byte(quote) {
            Some(byte) if byte == members.opening => quote = self.space(quote + 1),
            Some(b'}') => return self.leave(quote),
            _ => return self.fail(quote, SyntaxErrorKind::ExpectedCommaOrEnd),
        }
        if members.opening == b'{' && self.byte(quote) == Some(b'}') {
            return self.leave(quote);
        }
        members.opening = b',';
        if self.byte(quote) != Some(b'"') {
            return self.no_key(quote);
        }
        let ahead = ahead(self.text.as_bytes(), quote);
        for (place, known) in keys.iter().enumerate() {
            if let Some(length) = known.begins(&ahead) {
                self.at = quote + length;
                members.expected = place + 1;
                return Some(Name::Known(place));
            }
        }
        let key = self.string(quote)?;
        let colon = self.start();
        if self.byte(colon) != Some(b':') {
            return self.fail(colon, SyntaxErrorKind::ExpectedColon);
        }
        self.at = colon + 1;
        let Some(place) = keys.iter().position(|known| key.is(known.name)) else {
            members.unknown_key = key;
            // If any key is accepted, the caller compares them.
            self.is_suspect |= !keys.is_empty();
            return Some(Name::Other);
        };
        members.expected = place + 1;
        Some(Name::Known(place))
    }
}

/// The members of an object that is being read.
pub(crate) struct Members<'a> {
    /// What must precede the next key: the bracket, then commas.
    opening: u8,
    /// The place of the key that comes next, if they come in order.
    expected: usize,
    /// The last key that was none of those that are expected.
    unknown_key: Text<'a>,
}

impl<'a> Source<'a> for Reader<'a> {
    type Members = Members<'a>;
    type Place = usize;

    #[inline]
    fn is_object(&self) -> bool {
        self.byte(self.start()) == Some(b'{')
    }

    #[inline]
    fn members(&mut self) -> Members<'a> {
        self.depth += 1;
        Members { opening: b'{', expected: 0, unknown_key: Text::plain("") }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn next(&mut self, members: &mut Members<'a>, keys: &[Key]) -> Option<Name> {
        // The usual case: in the expected order, some of them left out.
        if let Some((space, ahead)) = self.ahead(members) {
            for (place, known) in keys.iter().enumerate().skip(members.expected) {
                if let Some(length) = known.begins(&ahead) {
                    self.at += 1 + space + length;
                    members.opening = b',';
                    members.expected = place + 1;
                    return Some(Name::Known(place));
                }
            }
        }
        if self.byte(self.at) == Some(b'}') {
            return self.leave(self.at);
        }
        self.other_member(members, keys)
    }

    fn unknown_key(members: &Members<'a>) -> Text<'a> {
        members.unknown_key
    }

    #[inline(never)]
    fn value(&mut self) -> Value<'a> {
        let start = self.start();
        match self.byte(start) {
            Some(b'"') => self.string(start).map_or(Value::Null, Value::Text),
            Some(b'f') => self.literal(start, b"false", Value::Bool(false)),
            Some(b't') => self.literal(start, b"true", Value::Bool(true)),
            Some(b'n') => self.literal(start, b"null", Value::Null),
            _ => self.other_value(start),
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn text(&mut self) -> Option<Text<'a>> {
        let start = self.start();
        if self.byte(start) == Some(b'"') { self.string(start) } else { None }
    }

    #[inline]
    fn flag(&mut self) -> Option<bool> {
        let start = self.start();
        let rest = self.text.as_bytes().get(start..)?;
        let flag = rest.starts_with(b"true");
        if !flag && !rest.starts_with(b"false") {
            return None;
        }
        self.at = start + if flag { 4 } else { 5 };
        Some(flag)
    }

    #[inline]
    fn natural(&mut self, least: u64) -> Option<u64> {
        let start = self.start();
        let (value, length) = short_natural(self.text.as_bytes().get(start..)?)?;
        (value >= least).then(|| {
            self.at = start + length;
            value
        })
    }

    #[inline]
    fn word(&mut self, words: &[Key]) -> Option<usize> {
        let start = self.start();
        let ahead = ahead(self.text.as_bytes(), start);
        words.iter().enumerate().find_map(|(place, word)| {
            self.at = start + word.begins(&ahead)?;
            Some(place)
        })
    }

    #[inline]
    fn suspect(&mut self) {
        self.is_suspect = true;
    }

    fn is_suspect(&self) -> bool {
        self.is_suspect
    }

    fn place(&self) -> usize {
        self.start()
    }

    fn resumed(&self, place: usize) -> Self {
        Reader::at(self.text, place)
    }

    fn pass_over(&mut self) {
        // It is compared when it is read.
        self.compares = false;
        self.value();
        self.compares = true;
    }
}
