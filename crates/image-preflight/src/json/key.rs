//! Keys that are expected: compared with the text in one wide step, without decoding; in a small program byte by byte.

/// A name that is expected in a text, ready to be compared: a key, or a value that is one of a few words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    #[cfg(any(feature = "en", feature = "zh"))]
    wide: Wide,
    /// How many bytes its text has, from the opening quote on.
    length: usize,
}

/// Its text as wide words. A program without languages is to be small, and compares bytes.
#[cfg(any(feature = "en", feature = "zh"))]
#[derive(Clone, Copy, Debug)]
struct Wide {
    /// The first bytes, and a mask of those that count.
    head: u128,
    mask: u128,
    /// The last bytes, where it is longer than that.
    tail: u128,
}

/// How many bytes are compared at once.
pub(crate) const BLOCK: usize = 16;

/// What follows a key that has no space after it; after a word, the first byte of it.
const END: [u8; 2] = *b"\":";

impl Key {
    /// The key of a member, with its quotes and its colon.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self::ended(name, END.len())
    }

    /// A word, with its quotes.
    pub(crate) const fn word(name: &'static str) -> Self {
        Self::ended(name, 1)
    }

    const fn ended(name: &'static str, end: usize) -> Self {
        let length = 1 + name.len() + end;
        assert!(length <= 2 * BLOCK, "a key is too long to be compared in two steps");
        Key {
            name,
            #[cfg(any(feature = "en", feature = "zh"))]
            wide: Wide::of(name, length),
            length,
        }
    }

    /// How long it is when a text begins with it, from its opening quote on.
    #[cfg(any(feature = "en", feature = "zh"))]
    #[inline]
    pub(crate) fn begins(&self, text: &Ahead<'_>) -> Option<usize> {
        let begins = text.head & self.wide.mask == self.wide.head && (self.length <= BLOCK || self.ends(text.rest));
        begins.then_some(self.length)
    }

    #[cfg(any(feature = "en", feature = "zh"))]
    fn ends(&self, text: &[u8]) -> bool {
        let tail = text.get(self.length - BLOCK..).and_then(<[u8]>::first_chunk);
        tail.is_some_and(|tail| u128::from_le_bytes(*tail) == self.wide.tail)
    }

    /// How long it is when a text begins with it, from its opening quote on.
    #[cfg(not(any(feature = "en", feature = "zh")))]
    pub(crate) fn begins(&self, text: &Ahead<'_>) -> Option<usize> {
        self.begins_bytes(text.rest)
    }

    /// The same, byte by byte.
    #[cfg(any(test, not(any(feature = "en", feature = "zh"))))]
    #[inline(never)]
    fn begins_bytes(&self, text: &[u8]) -> Option<usize> {
        let behind = text.strip_prefix(b"\"")?.strip_prefix(self.name.as_bytes())?;
        let end = END.get(..self.length - 1 - self.name.len())?;
        behind.starts_with(end).then_some(self.length)
    }
}

#[cfg(any(feature = "en", feature = "zh"))]
impl Wide {
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    const fn of(name: &str, length: usize) -> Self {
        let bytes = name.as_bytes();
        let mut whole = [0; 2 * BLOCK];
        whole[0] = b'"';
        let mut index = 1;
        while index < length {
            whole[index] = if index <= bytes.len() { bytes[index - 1] } else { END[index - 1 - bytes.len()] };
            index += 1;
        }
        let [mut head, mut mask, mut tail] = [[0; BLOCK]; 3];
        index = 0;
        while index < BLOCK {
            head[index] = whole[index];
            mask[index] = if index < length { 0xff } else { 0 };
            tail[index] = if length > BLOCK { whole[length - BLOCK + index] } else { 0 };
            index += 1;
        }
        let [head, mask, tail] = [u128::from_le_bytes(head), u128::from_le_bytes(mask), u128::from_le_bytes(tail)];
        Wide { head, mask, tail }
    }
}

/// What comes next in a text, its first bytes as one number.
pub(crate) struct Ahead<'a> {
    pub(crate) head: u128,
    pub(crate) rest: &'a [u8],
}

/// The text from a place on.
#[inline]
pub(crate) fn ahead(text: &[u8], at: usize) -> Ahead<'_> {
    let rest = text.get(at..).unwrap_or_default();
    let head = match rest.first_chunk() {
        Some(head) => u128::from_le_bytes(*head),
        None => short_head(text, rest),
    };
    Ahead { head, rest }
}

/// The same of the last few bytes of a text, padded with zeros.
#[inline(never)]
pub(crate) fn short_head(text: &[u8], rest: &[u8]) -> u128 {
    match text.last_chunk() {
        // The last ones, without those that come before.
        Some(last) => u128::from_le_bytes(*last).checked_shr(8 * (BLOCK - rest.len()) as u32).unwrap_or_default(),
        None => rest.iter().rev().fold(0, |head, byte| head << 8 | u128::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_whatever_its_length() {
        for length in 1..30 {
            let name: &'static str = "abcdefghijklmnopqrstuvwxyz_0123456789".get(..length).expect("it is that long");
            let (key, word) = (Key::new(name), Key::word(name));
            for (before, behind) in [("", ""), ("", "                "), ("[\"x\", \"before\", ", ""), ("{", "}}}")] {
                let found = |text: &str| {
                    let text = format!("{before}{text}{behind}");
                    let ahead = ahead(text.as_bytes(), before.len());
                    let found = (key.begins(&ahead), word.begins(&ahead));
                    assert_eq!((key.begins_bytes(ahead.rest), word.begins_bytes(ahead.rest)), found, "{text}");
                    found
                };
                assert_eq!(found(&format!("\"{name}\":")), (Some(length + 3), Some(length + 2)), "{name}");
                assert_eq!(found(&format!("\"{name}\" :")), (None, Some(length + 2)), "{name}");
                for place in 0..length {
                    let mut wrong = name.as_bytes().to_vec();
                    wrong[place] ^= 1;
                    let wrong = String::from_utf8(wrong).expect("ASCII");
                    assert_eq!(found(&format!("\"{wrong}\":")), (None, None), "{name} {place}");
                }
                assert_eq!(found(&format!("\"{name}x\":")), (None, None), "{name}");
                assert_eq!(found(&format!("\"{}\":", &name[1..])), (None, None), "{name}");
            }
        }
    }
}
