//! The pull reader: one pass, no tree, no recursion.

use super::key::{Keyed, wide};
use super::{Array, Number, Object, Text, Value};

/// How many arrays and objects may stand inside one another, as many as serde_json takes.
pub const MAX_DEPTH: u32 = 127;

/// A text that is no JSON: what is wrong, and where.
///
/// ```
/// use image_preflight::{Syntax, SyntaxError};
/// let report = image_preflight::check("{\"operation\" 1}");
/// assert_eq!(report.findings()[0].rule().id, "case.syntax");
/// # let _ = SyntaxError { offset: 0, kind: Syntax::EndOfText };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where, in bytes from the start of the text.
    pub offset: usize,
    /// What is wrong.
    pub kind: Syntax,
}

/// What can be wrong with a text that is meant to be JSON.
///
/// ```
/// assert_ne!(image_preflight::Syntax::EndOfText, image_preflight::Syntax::TooDeep);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// The text ends before its value does.
    EndOfText,
    /// A value was expected, and this begins none.
    NoValue,
    /// A key in double quotes was expected.
    NoKey,
    /// A colon was expected.
    NoColon,
    /// A comma or the closing bracket was expected.
    NoComma,
    /// A comma stands before the closing bracket.
    TrailingComma,
    /// A backslash with something behind it that JSON does not know.
    BadEscape,
    /// Half of a surrogate pair, which is no character.
    LoneSurrogate,
    /// A control character stands bare in a string.
    ControlCharacter,
    /// A number that JSON does not write like this.
    BadNumber,
    /// More than [`MAX_DEPTH`] arrays and objects inside one another.
    TooDeep,
    /// Something follows the value.
    TrailingText,
    /// The text begins with a byte-order mark.
    ByteOrderMark,
    /// The bytes are not UTF-8.
    NotUtf8,
    /// The text is JSON, but no object.
    NotAnObject,
}

pub(crate) type Read<T> = core::result::Result<T, SyntaxError>;

/// A member of an object, before its value is read.
pub(crate) enum Member<'a> {
    /// One of the keys that were expected, by its place among them.
    Known(usize),
    /// Any other key.
    Other(Text<'a>),
}

/// Reads a JSON text from its start to its end.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    position: usize,
    /// Containers that callers have entered.
    depth: u32,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Reader { text, position: 0, depth: 0 }
    }

    /// Where the reader stands, in bytes.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// The first byte that is no white space, not taken.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.byte() {
            Some(..=b' ') => self.skip_space(),
            next => next,
        }
    }

    #[cold]
    fn skip_space(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.position += 1;
        }
        None
    }

    /// Nothing but white space may follow.
    pub(crate) fn end(&mut self) -> Read<()> {
        if self.peek().is_some() { self.fail(Syntax::TrailingText) } else { Ok(()) }
    }

    /// The next key of an object whose `{` comes next (`started` false) or has been entered; the value must be read before
    /// the next call. `None` at its end.
    pub(crate) fn key(&mut self, started: &mut bool) -> Read<Option<Text<'a>>> {
        if !self.next_part(started, b'{', b'}')? {
            return Ok(None);
        }
        self.any_key().map(Some)
    }

    fn any_key(&mut self) -> Read<Text<'a>> {
        if self.peek() != Some(b'"') {
            return self.fail(Syntax::NoKey);
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            return self.fail(Syntax::NoColon);
        }
        self.position += 1;
        Ok(key)
    }

    /// The next key of an object, as [`Reader::key`] gives it, looked for among those that are expected: first where it would
    /// stand if the members came in order.
    #[inline]
    pub(crate) fn member<K: Keyed>(
        &mut self,
        started: &mut bool,
        keys: &[K],
        expected: usize,
    ) -> Read<Option<Member<'a>>> {
        match self.quick_member(started, keys, expected) {
            Some(slot) => Ok(Some(Member::Known(slot))),
            None => self.any_member(started, keys),
        }
    }

    /// The slot of the next key, where it is written as it mostly is; nothing is read otherwise.
    fn quick_member<K: Keyed>(&mut self, started: &mut bool, keys: &[K], expected: usize) -> Option<usize> {
        // As it mostly comes: a bracket or a comma, perhaps a space, and one of the keys, mostly one that is still to come.
        let (before, text) = match (*started, self.rest()) {
            (true, [b',', text @ ..]) if text.first() == Some(&b' ') => (2, text),
            (true, text @ [b',', ..]) | (false, text @ [b'{', ..]) => (1, text),
            (_, text) => (0, text),
        };
        if before == 0 || self.depth >= MAX_DEPTH {
            return None;
        }
        let wide = wide(text)?;
        let (earlier, later) = keys.split_at_checked(expected).unwrap_or((keys, &[]));
        for (first, keys) in [(expected, later), (0, earlier)] {
            for (slot, key) in keys.iter().map(Keyed::key).enumerate() {
                if key.follows(wide, text) {
                    if !*started {
                        self.depth += 1;
                        *started = true;
                    }
                    self.position += before + key.length();
                    return Some(first + slot);
                }
            }
        }
        None
    }

    /// The next key, however it is written.
    fn any_member<K: Keyed>(&mut self, started: &mut bool, keys: &[K]) -> Read<Option<Member<'a>>> {
        if !self.next_part(started, b'{', b'}')? {
            return Ok(None);
        }
        // Written in another way, near the end of the text, or not expected.
        let key = self.any_key()?;
        let slot = keys.iter().position(|known| key.is(known.key().name));
        Ok(Some(slot.map_or(Member::Other(key), Member::Known)))
    }

    /// The next element of an array, as [`Reader::key`] does for objects.
    pub(crate) fn element(&mut self, started: &mut bool) -> Read<Option<Value<'a>>> {
        if self.next_part(started, b'[', b']')? { self.value().map(Some) } else { Ok(None) }
    }

    /// Whether an object comes next.
    pub(crate) fn is_object(&mut self) -> bool {
        self.peek() == Some(b'{')
    }

    /// Steps to the next part of a container: over its bracket or a comma. False at its end.
    #[inline]
    pub(crate) fn next_part(&mut self, started: &mut bool, open: u8, close: u8) -> Read<bool> {
        let next = self.peek();
        if *started && next == Some(b',') {
            self.position += 1;
            if self.peek() == Some(close) {
                return self.fail(Syntax::TrailingComma);
            }
            return Ok(true);
        }
        if !*started {
            if next != Some(open) {
                return self.fail(Syntax::NoValue);
            }
            *started = true;
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return self.fail(Syntax::TooDeep);
            }
            self.position += 1;
            if self.peek() != Some(close) {
                return Ok(true);
            }
        } else if next != Some(close) {
            return self.fail(Syntax::NoComma);
        }
        self.position += 1;
        self.depth = self.depth.saturating_sub(1);
        Ok(false)
    }

    /// The next value; an array or object is checked through to its end.
    #[inline]
    pub(crate) fn value(&mut self) -> Read<Value<'a>> {
        match self.byte() {
            Some(b'"') => self.string().map(Value::Text),
            _ => self.any_value(),
        }
    }

    fn any_value(&mut self) -> Read<Value<'a>> {
        match self.peek() {
            Some(b'"') => self.string().map(Value::Text),
            Some(b'{') => self.container().map(|text| Value::Object(Object::Json(text))),
            Some(b'[') => self.container().map(|text| Value::Array(Array::Json(text))),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(b'-' | b'0'..=b'9') => self.number().map(Value::Number),
            _ => self.fail(Syntax::NoValue),
        }
    }

    /// Checks a whole array or object and gives its slice. The open brackets are bits of one number: no recursion.
    fn container(&mut self) -> Read<&'a str> {
        let start = self.position;
        let outer = self.depth;
        let mut objects: u128 = 0;
        let mut started = false;
        loop {
            let is_object = if started { objects & 1 == 1 } else { self.byte() == Some(b'{') };
            if !started {
                objects = objects << 1 | u128::from(is_object);
            }
            let more =
                if is_object { self.key(&mut started)?.is_some() } else { self.next_part(&mut started, b'[', b']')? };
            if more {
                if matches!(self.peek(), Some(b'{' | b'[')) {
                    started = false;
                } else {
                    self.value()?;
                }
            } else {
                objects >>= 1;
                if self.depth == outer {
                    return Ok(self.slice(start, self.position));
                }
            }
        }
    }

    /// A string whose opening quote comes next.
    #[inline]
    fn string(&mut self) -> Read<Text<'a>> {
        self.position += 1;
        let start = self.position;
        let mut is_escaped = false;
        loop {
            self.position += plain(self.rest());
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_escaped = true;
                    self.escape()?;
                }
                Some(_) => return self.fail(Syntax::ControlCharacter),
                None => return self.fail(Syntax::EndOfText),
            }
        }
        let content = self.slice(start, self.position);
        self.position += 1;
        Ok(Text::json(content, is_escaped))
    }

    /// One escape, a surrogate pair as a whole.
    #[cold]
    fn escape(&mut self) -> Read<()> {
        let start = self.position;
        let at_start = |kind| Err(SyntaxError { offset: start, kind });
        self.position += 1;
        match self.byte() {
            None => return self.fail(Syntax::EndOfText),
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.position += 1,
            Some(b'u') => {
                self.position += 1;
                let Some(first) = self.hex() else { return at_start(Syntax::BadEscape) };
                match first {
                    0xd800..0xdc00 => {
                        if !self.rest().starts_with(b"\\u") {
                            return at_start(Syntax::LoneSurrogate);
                        }
                        self.position += 2;
                        match self.hex() {
                            Some(0xdc00..0xe000) => {}
                            Some(_) => return at_start(Syntax::LoneSurrogate),
                            None => return at_start(Syntax::BadEscape),
                        }
                    }
                    0xdc00..0xe000 => return at_start(Syntax::LoneSurrogate),
                    _ => {}
                }
            }
            Some(_) => return at_start(Syntax::BadEscape),
        }
        Ok(())
    }

    fn hex(&mut self) -> Option<u32> {
        let value = self
            .rest()
            .get(..4)?
            .iter()
            .try_fold(0, |value, byte| Some(value * 16 + char::from(*byte).to_digit(16)?))?;
        self.position += 4;
        Some(value)
    }

    #[inline]
    fn number(&mut self) -> Read<Number<'a>> {
        let start = self.position;
        if self.byte() == Some(b'-') {
            self.position += 1;
        }
        let whole = self.position;
        self.digits()?;
        if self.byte_at(whole) == Some(b'0') && self.position > whole + 1 {
            return Err(SyntaxError { offset: whole, kind: Syntax::BadNumber });
        }
        if self.byte() == Some(b'.') {
            self.position += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.position += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.position += 1;
            }
            self.digits()?;
        }
        Ok(Number::Json(self.slice(start, self.position)))
    }

    /// One digit or more.
    fn digits(&mut self) -> Read<()> {
        let start = self.position;
        while matches!(self.byte(), Some(b'0'..=b'9')) {
            self.position += 1;
        }
        if self.position == start { self.fail(Syntax::BadNumber) } else { Ok(()) }
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Read<Value<'a>> {
        if !self.rest().starts_with(word.as_bytes()) {
            return self.fail(Syntax::NoValue);
        }
        self.position += word.len();
        Ok(value)
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.byte_at(self.position)
    }

    #[inline]
    fn byte_at(&self, position: usize) -> Option<u8> {
        self.text.as_bytes().get(position).copied()
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.position..).unwrap_or_default()
    }

    /// A part of the text. Both ends lie beside ASCII characters, so it is never empty by mistake.
    #[inline]
    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    #[cold]
    fn fail<T>(&self, kind: Syntax) -> Read<T> {
        // Whatever was expected: where the text has ended, that is what is wrong.
        let kind = match (kind, self.byte()) {
            (Syntax::TooDeep | Syntax::TrailingText, _) | (_, Some(_)) => kind,
            (_, None) => Syntax::EndOfText,
        };
        Err(SyntaxError { offset: self.position, kind })
    }
}

/// How many bytes a string goes on for without a quote, a backslash or a control character, eight at a time.
#[inline]
fn plain(text: &[u8]) -> usize {
    const EACH: u64 = u64::MAX / 0xff;
    const TOP: u64 = EACH * 0x80;
    // The lowest byte that is found is one; above it a borrow may set bits that mean nothing.
    let zero = |word: u64| word.wrapping_sub(EACH) & !word;
    let (words, rest) = text.as_chunks::<8>();
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(EACH * 0x20) & !word;
        let stops = (zero(word ^ (EACH * 0x22)) | zero(word ^ (EACH * 0x5c)) | control) & TOP;
        if stops != 0 {
            return length + usize::from((stops.trailing_zeros() / 8) as u8);
        }
        length += 8;
    }
    length + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
}
