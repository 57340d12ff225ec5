//! The syntax of JSON: where each part of a text ends, or its syntax error. Nothing else checks syntax.

use super::fingerprints::Fingerprints;
use super::key::short_head;
use super::reader::Reader;
use super::syntax::{MAX_DEPTH, SyntaxError, SyntaxErrorKind};

/// Each step gives the offset after what begins at an offset, or `None` on a syntax error, which is then in `error`.
impl Reader<'_> {
    #[inline]
    pub(crate) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The offset of the next byte that is not white space.
    #[inline]
    pub(crate) fn space(&self, at: usize) -> usize {
        match self.byte(at) {
            Some(..=b' ') => self.long_space(at),
            _ => at,
        }
    }

    #[inline(never)]
    fn long_space(&self, mut at: usize) -> usize {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte(at) {
            at += 1;
        }
        at
    }

    /// An array or an object, with everything that is in it.
    #[inline(never)]
    pub(crate) fn container_end(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        // How many containers are open, and which of them are objects, a bit each: the innermost is the lowest.
        let mut open = 0;
        let mut objects = 0_u128;
        let mut keys = Fingerprints::new();
        'value: loop {
            at = self.space(at);
            match self.byte(at) {
                Some(b'"') => at = self.string_end(at)?.0 + 1,
                Some(bracket @ (b'{' | b'[')) => {
                    open += 1;
                    if self.depth + open > MAX_DEPTH {
                        return self.fail_with(at, SyntaxErrorKind::TooDeep);
                    }
                    let is_object = bracket == b'{';
                    objects = objects << 1 | u128::from(is_object);
                    if is_object && self.compares {
                        self.is_suspect |= !keys.open();
                    }
                    at = self.space(at + 1);
                    if self.byte(at) != Some(if is_object { b'}' } else { b']' }) {
                        if is_object {
                            at = self.key_end(at, &mut keys)?;
                        }
                        continue 'value;
                    }
                }
                Some(b't') => at = self.word_end(at, b"true")?,
                Some(b'f') => at = self.word_end(at, b"false")?,
                Some(b'n') => at = self.word_end(at, b"null")?,
                _ => at = self.number_end(at)?,
            }
            // Behind a value, or at the end of an empty container.
            while open > 0 {
                let is_object = objects & 1 == 1;
                at = self.space(at);
                match self.byte(at) {
                    Some(b',') => {
                        at = self.space(at + 1);
                        if is_object {
                            at = self.key_end(at, &mut keys)?;
                        } else if self.byte(at) == Some(b']') {
                            return self.fail(at, SyntaxErrorKind::TrailingComma);
                        }
                        continue 'value;
                    }
                    Some(b'}') if is_object => keys.close(),
                    Some(b']') if !is_object => {}
                    _ => return self.fail(at, SyntaxErrorKind::ExpectedCommaOrEnd),
                }
                objects >>= 1;
                open -= 1;
                at += 1;
            }
            return Some(at);
        }
    }

    /// A key and its colon.
    #[inline]
    fn key_end(&mut self, at: usize, keys: &mut Fingerprints) -> Option<usize> {
        if self.byte(at) != Some(b'"') {
            return self.no_key(at);
        }
        let (end, is_escaped) = self.string_end(at)?;
        self.is_suspect |= self.compares && (is_escaped || !keys.is_new(self.text.as_bytes(), at + 1, end));
        let at = self.space(end + 1);
        if self.byte(at) == Some(b':') { Some(at + 1) } else { self.fail(at, SyntaxErrorKind::ExpectedColon) }
    }

    /// The error of a missing key: a closing bracket after a comma, or something else.
    #[cold]
    pub(crate) fn no_key<T>(&mut self, at: usize) -> Option<T> {
        self.fail(
            at,
            if self.byte(at) == Some(b'}') { SyntaxErrorKind::TrailingComma } else { SyntaxErrorKind::ExpectedKey },
        )
    }

    /// A string with its opening quote at this offset. Gives the offset of the closing one, and whether there are escapes.
    #[inline]
    pub(crate) fn string_end(&mut self, quote: usize) -> Option<(usize, bool)> {
        let end = plain(self.text.as_bytes(), quote + 1);
        if self.byte(end) == Some(b'"') { Some((end, false)) } else { Some((self.escaped(end)?, true)) }
    }

    /// The rest of a string with an escape in it, or with something that ends it too early. Gives the place of its closing
    /// quote.
    #[inline(never)]
    fn escaped(&mut self, mut at: usize) -> Option<usize> {
        loop {
            at = match self.byte(at) {
                Some(b'"') => return Some(at),
                Some(b'\\') => {
                    let end = self.escape(at)?;
                    plain(self.text.as_bytes(), end)
                }
                _ => return self.fail(at, SyntaxErrorKind::ControlCharacter),
            };
        }
    }

    /// One escape, a surrogate pair as a whole.
    fn escape(&mut self, start: usize) -> Option<usize> {
        match self.byte(start + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Some(start + 2),
            Some(b'u') => match self.hex(start, start + 2)? {
                0xd800..0xdc00 => self.second_half(start),
                0xdc00..0xe000 => self.fail_with(start, SyntaxErrorKind::LoneSurrogate),
                _ => Some(start + 6),
            },
            _ => self.unless_ended(start, start + 1, SyntaxErrorKind::BadEscape),
        }
    }

    /// The rest of a surrogate pair whose first half is the escape at this place.
    fn second_half(&mut self, start: usize) -> Option<usize> {
        for (at, wanted) in [(start + 6, b'\\'), (start + 7, b'u')] {
            if self.byte(at) != Some(wanted) {
                return self.unless_ended(start, at, SyntaxErrorKind::LoneSurrogate);
            }
        }
        match self.hex(start, start + 8)? {
            0xdc00..0xe000 => Some(start + 12),
            _ => self.fail_with(start, SyntaxErrorKind::LoneSurrogate),
        }
    }

    /// Four hexadecimal digits of the escape that began at `start`.
    fn hex(&mut self, start: usize, at: usize) -> Option<u32> {
        let mut value = 0;
        for at in at..at + 4 {
            match self.byte(at).and_then(|byte| char::from(byte).to_digit(16)) {
                Some(digit) => value = value * 16 + digit,
                None => return self.unless_ended(start, at, SyntaxErrorKind::BadEscape),
            }
        }
        Some(value)
    }

    /// What is wrong with what began at `start`, unless the text has ended at `at`.
    #[cold]
    fn unless_ended<T>(&mut self, start: usize, at: usize, kind: SyntaxErrorKind) -> Option<T> {
        if at < self.text.len() { self.fail_with(start, kind) } else { self.fail_with(at, SyntaxErrorKind::EndOfText) }
    }

    /// A number that should begin at this place.
    #[inline(never)]
    pub(crate) fn number_end(&mut self, start: usize) -> Option<usize> {
        let whole = match self.byte(start) {
            Some(b'-') => start + 1,
            Some(b'0'..=b'9') => start,
            _ => return self.fail(start, SyntaxErrorKind::ExpectedValue),
        };
        let mut at = self.digits(whole)?;
        if self.byte(whole) == Some(b'0') && at > whole + 1 {
            return self.fail_with(whole, SyntaxErrorKind::BadNumber);
        }
        if self.byte(at) == Some(b'.') {
            at = self.digits(at + 1)?;
        }
        if matches!(self.byte(at), Some(b'e' | b'E')) {
            let is_signed = matches!(self.byte(at + 1), Some(b'+' | b'-'));
            at = self.digits(at + 1 + usize::from(is_signed))?;
        }
        Some(at)
    }

    /// One digit or more.
    #[inline]
    fn digits(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        while matches!(self.byte(at), Some(b'0'..=b'9')) {
            at += 1;
        }
        if at == start { self.fail(at, SyntaxErrorKind::BadNumber) } else { Some(at) }
    }

    /// `true`, `false` or `null`.
    #[inline]
    pub(crate) fn word_end(&mut self, at: usize, word: &[u8]) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        if rest.starts_with(word) { Some(at + word.len()) } else { self.no_word(at, word) }
    }

    #[cold]
    fn no_word(&mut self, at: usize, word: &[u8]) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let end = if word.starts_with(rest) { self.text.len() } else { at };
        self.unless_ended(at, end, SyntaxErrorKind::ExpectedValue)
    }

    /// What is wrong at a place. Whatever was expected: where the text has ended, that is what is wrong.
    #[cold]
    pub(crate) fn fail<T>(&mut self, offset: usize, kind: SyntaxErrorKind) -> Option<T> {
        self.fail_with(offset, if offset < self.text.len() { kind } else { SyntaxErrorKind::EndOfText })
    }

    /// The first error counts, and ends the text.
    #[cold]
    pub(crate) fn fail_with<T>(&mut self, offset: usize, kind: SyntaxErrorKind) -> Option<T> {
        self.error.get_or_insert(SyntaxError { offset, kind });
        self.at = self.text.len();
        None
    }
}

/// Where a string that goes on at this place has its first quote, backslash or control character, looked for eight bytes at a
/// time.
#[inline(never)]
pub(crate) fn plain(bytes: &[u8], start: usize) -> usize {
    let mut rest = bytes.get(start..).unwrap_or_default();
    while let Some((word, behind)) = rest.split_first_chunk() {
        let stops = stops(u64::from_le_bytes(*word));
        if stops != 0 {
            return bytes.len() - rest.len() + (stops.trailing_zeros() / 8) as usize;
        }
        rest = behind;
    }
    last_of_plain(bytes, rest)
}

/// The same for the last few bytes of a text. They are padded with zeros, which are control characters.
#[inline(never)]
fn last_of_plain(bytes: &[u8], rest: &[u8]) -> usize {
    bytes.len() - rest.len() + (stops(short_head(bytes, rest) as u64).trailing_zeros() / 8) as usize
}

/// The top bit of each of eight bytes that is a quote, a backslash or a control character; above the lowest of them, of some
/// others too.
#[inline]
fn stops(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    // The quote and the space change places, so that the quote follows the control characters. Above the match a borrow may
    // set bits that mean nothing.
    let low = (word ^ (EACH * 0x02)).wrapping_sub(EACH * 0x21);
    let backslash = (word ^ (EACH * 0x5c)).wrapping_sub(EACH);
    (low | backslash) & !word & (EACH * 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_ends_where_its_first_stop_stands() {
        let filler = "a~ é\u{7f}中𝒳!#[]/";
        for length in 0..40 {
            let plain_text: String = filler.chars().cycle().take(length).collect();
            for stop in ['"', '\\', '\0', '\n', '\u{1f}'] {
                for (at, _) in plain_text.char_indices() {
                    let mut text = plain_text.clone();
                    text.insert(at, stop);
                    for behind in ["", "\"", "\n\\", "aaaaaaaa\"aaaaaaaaaaaa"] {
                        let text = format!("{text}{behind}");
                        for start in 0..=at {
                            assert_eq!(plain(text.as_bytes(), start), at, "{text:?} from {start}");
                        }
                    }
                }
            }
            for start in 0..plain_text.len() + 2 {
                assert_eq!(plain(plain_text.as_bytes(), start), plain_text.len(), "{plain_text:?} from {start}");
            }
        }
    }
}
