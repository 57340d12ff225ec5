//! The one pass over a text: everything that JSON demands is checked here, and nowhere else.

use super::syntax::{MAX_DEPTH, MAX_LENGTH, Syntax, SyntaxError};
use super::tape::{Kind, Open, Tape, Token};

/// Reads a text from its start to its end. Gives what is wrong with it, where something is.
pub(super) fn scan(text: &str, tape: &mut Tape) -> Option<SyntaxError> {
    if text.len() > MAX_LENGTH {
        return Some(SyntaxError { offset: MAX_LENGTH, kind: Syntax::TooLong });
    }
    if text.starts_with('\u{feff}') {
        return Some(SyntaxError { offset: 0, kind: Syntax::ByteOrderMark });
    }
    let mut scan = Scan { bytes: text.as_bytes(), tape, error: None };
    let _ = scan.all();
    scan.error
}

/// A text that is being read. Each step gives the place behind what it has read, or `None` when that was wrong: then `error`
/// says what.
struct Scan<'s> {
    bytes: &'s [u8],
    tape: &'s mut Tape,
    error: Option<SyntaxError>,
}

impl Scan<'_> {
    #[inline]
    fn all(&mut self) -> Option<()> {
        let mut at = 0;
        // The container that is open, and how many are.
        let mut parent = None;
        let mut depth = 0;
        'value: loop {
            at = self.space(at);
            match self.byte(at) {
                Some(b'"') => at = self.string(at)?,
                Some(open @ (b'{' | b'[')) => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return self.wrong(at, Syntax::TooDeep);
                    }
                    let is_object = open == b'{';
                    parent = self.tape.open(if is_object { Kind::OBJECT } else { Kind::ARRAY }, at, parent);
                    at = self.space(at + 1);
                    if self.byte(at) != Some(if is_object { b'}' } else { b']' }) {
                        if is_object {
                            at = self.key(at)?;
                        }
                        continue 'value;
                    }
                }
                Some(b't') => at = self.word(at, b"true", Token::new(Kind::BOOL, at, 1))?,
                Some(b'f') => at = self.word(at, b"false", Token::new(Kind::BOOL, at, 0))?,
                Some(b'n') => at = self.word(at, b"null", Token::new(Kind::NULL, at, 0))?,
                _ => at = self.number(at)?,
            }
            // Behind a value, or at the end of an empty container.
            while let Some(Open { index, is_object }) = parent {
                at = self.space(at);
                match self.byte(at) {
                    Some(b',') => {
                        at = self.space(at + 1);
                        if is_object {
                            at = self.key(at)?;
                        } else if self.byte(at) == Some(b']') {
                            return self.fail(at, Syntax::TrailingComma);
                        }
                        continue 'value;
                    }
                    Some(b'}') if is_object => {}
                    Some(b']') if !is_object => {}
                    _ => return self.fail(at, Syntax::NoComma),
                }
                parent = self.tape.close(index, at);
                depth -= 1;
                at += 1;
            }
            at = self.space(at);
            return if at < self.bytes.len() { self.wrong(at, Syntax::TrailingText) } else { Some(()) };
        }
    }

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Where the next byte stands that is no white space.
    #[inline]
    fn space(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(..=b' ') => self.long_space(at),
            _ => at,
        }
    }

    fn long_space(&self, mut at: usize) -> usize {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte(at) {
            at += 1;
        }
        at
    }

    /// A key and its colon.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn key(&mut self, at: usize) -> Option<usize> {
        if self.byte(at) != Some(b'"') {
            // Behind the opening bracket nothing but a key or a closing one can come, and that has been looked for.
            return self.fail(at, if self.byte(at) == Some(b'}') { Syntax::TrailingComma } else { Syntax::NoKey });
        }
        let end = self.string(at)?;
        let at = self.space(end);
        if self.byte(at) == Some(b':') { Some(at + 1) } else { self.fail(at, Syntax::NoColon) }
    }

    /// A string whose opening quote stands at this place.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn string(&mut self, quote: usize) -> Option<usize> {
        let start = quote + 1;
        let end = plain(self.bytes, start);
        if self.byte(end) == Some(b'"') {
            self.tape.push(Token::new(Kind::TEXT, start, end - start));
            return Some(end + 1);
        }
        let end = self.escaped(end)?;
        self.tape.push(Token::new(Kind::ESCAPED, start, end - start));
        Some(end + 1)
    }

    /// The rest of a string with an escape in it, or with something that ends it too early. Gives the place of its closing
    /// quote.
    #[inline(never)]
    fn escaped(&mut self, mut at: usize) -> Option<usize> {
        loop {
            at = match self.byte(at) {
                Some(b'"') => return Some(at),
                Some(b'\\') => plain(self.bytes, self.escape(at)?),
                _ => return self.fail(at, Syntax::ControlCharacter),
            };
        }
    }

    /// One escape, a surrogate pair as a whole.
    fn escape(&mut self, start: usize) -> Option<usize> {
        match self.byte(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Some(start + 2),
            Some(b'u') => match self.hex(start, start + 2)? {
                0xd800..0xdc00 => self.second_half(start),
                0xdc00..0xe000 => self.wrong(start, Syntax::LoneSurrogate),
                _ => Some(start + 6),
            },
            _ => self.unless_ended(start, start + 1, Syntax::BadEscape),
        }
    }

    /// The rest of a surrogate pair whose first half is the escape at this place.
    fn second_half(&mut self, start: usize) -> Option<usize> {
        for (at, wanted) in [(start + 6, b'\\'), (start + 7, b'u')] {
            if self.byte(at) != Some(wanted) {
                return self.unless_ended(start, at, Syntax::LoneSurrogate);
            }
        }
        match self.hex(start, start + 8)? {
            0xdc00..0xe000 => Some(start + 12),
            _ => self.wrong(start, Syntax::LoneSurrogate),
        }
    }

    /// Four hexadecimal digits of the escape that began at `start`.
    fn hex(&mut self, start: usize, at: usize) -> Option<u32> {
        let mut value = 0;
        for at in at..at + 4 {
            match self.byte(at).and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => value = value * 16 + digit,
                None => return self.unless_ended(start, at, Syntax::BadEscape),
            }
        }
        Some(value)
    }

    /// What is wrong with what began at `start`, unless the text has ended at `at`.
    #[cold]
    fn unless_ended<T>(&mut self, start: usize, at: usize, kind: Syntax) -> Option<T> {
        if at < self.bytes.len() { self.wrong(start, kind) } else { self.wrong(at, Syntax::EndOfText) }
    }

    /// A number that should begin at this place.
    #[inline(never)]
    fn number(&mut self, start: usize) -> Option<usize> {
        let whole = match self.byte(start) {
            Some(b'-') => start + 1,
            Some(b'0'..=b'9') => start,
            _ => return self.fail(start, Syntax::NoValue),
        };
        let mut at = self.digits(whole)?;
        if self.byte(whole) == Some(b'0') && at > whole + 1 {
            return self.wrong(whole, Syntax::BadNumber);
        }
        if self.byte(at) == Some(b'.') {
            at = self.digits(at + 1)?;
        }
        if matches!(self.byte(at), Some(b'e' | b'E')) {
            let is_signed = matches!(self.byte(at + 1), Some(b'+' | b'-'));
            at = self.digits(at + 1 + usize::from(is_signed))?;
        }
        self.tape.push(Token::new(Kind::NUMBER, start, at - start));
        Some(at)
    }

    /// One digit or more.
    #[inline]
    fn digits(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        while matches!(self.byte(at), Some(b'0'..=b'9')) {
            at += 1;
        }
        if at == start { self.fail(at, Syntax::BadNumber) } else { Some(at) }
    }

    /// `true`, `false` or `null`.
    #[inline]
    fn word(&mut self, at: usize, word: &[u8], token: Token) -> Option<usize> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if !rest.starts_with(word) {
            let end = if word.starts_with(rest) { self.bytes.len() } else { at };
            return self.unless_ended(at, end, Syntax::NoValue);
        }
        self.tape.push(token);
        Some(at + word.len())
    }

    /// What is wrong at a place. Whatever was expected: where the text has ended, that is what is wrong.
    #[cold]
    fn fail<T>(&mut self, offset: usize, kind: Syntax) -> Option<T> {
        self.wrong(offset, if offset < self.bytes.len() { kind } else { Syntax::EndOfText })
    }

    #[cold]
    fn wrong<T>(&mut self, offset: usize, kind: Syntax) -> Option<T> {
        self.error = Some(SyntaxError { offset, kind });
        None
    }
}

/// Where a string that goes on at this place has its first quote, backslash or control character, looked for eight bytes at a
/// time.
#[inline]
pub(super) fn plain(bytes: &[u8], mut at: usize) -> usize {
    const EACH: u64 = u64::MAX / 0xff;
    const TOP: u64 = EACH * 0x80;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*word);
        // The quote changes places with the space and so stands behind the control characters. The lowest byte that is found
        // is one; above it a borrow may set bits that mean nothing.
        let low = (word ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
        let backslash = (word ^ (EACH * 0x5c)).wrapping_sub(EACH);
        let stops = (low | backslash) & !word & TOP;
        if stops != 0 {
            return at + (stops.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)) {
        at += 1;
    }
    at
}
