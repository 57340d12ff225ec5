//! Keys that are expected: compared in one wide step as they stand in the text, quotes and colon included.

/// A key by its name, ready to be compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// The first bytes of `"name":`, and which of them count.
    head: u128,
    mask: u128,
}

/// How many bytes are compared at once.
const WIDE: usize = 16;
/// The two quotes and the colon.
const AROUND: usize = 3;

impl Key {
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    pub(crate) const fn new(name: &'static str) -> Self {
        let bytes = name.as_bytes();
        let (mut head, mut mask) = ([0; WIDE], [0; WIDE]);
        let mut index = 0;
        while index < bytes.len() + AROUND && index < WIDE {
            head[index] = match index {
                0 => b'"',
                index if index <= bytes.len() => bytes[index - 1],
                index if index == bytes.len() + 1 => b'"',
                _ => b':',
            };
            mask[index] = 0xff;
            index += 1;
        }
        Key { name, head: u128::from_le_bytes(head), mask: u128::from_le_bytes(mask) }
    }

    /// How long it is in a text, quotes and colon included.
    pub(super) fn length(&self) -> usize {
        self.name.len() + AROUND
    }

    /// Whether a text whose first bytes are `wide` begins with it, behind one byte of another kind.
    #[inline]
    pub(super) fn follows(&self, wide: u128, text: &[u8]) -> bool {
        (wide >> 8) & self.mask == self.head & (u128::MAX >> 8)
            && (self.length() < WIDE || text.get(1..).is_some_and(|text| self.ends(WIDE - 1, text)))
    }

    /// Whether the text goes on with the rest of it behind its first bytes, of which there are so many.
    fn ends(&self, from: usize, text: &[u8]) -> bool {
        let name = self.name.as_bytes().get(from - 1..).unwrap_or_default();
        let rest = text.get(from..self.length()).and_then(|rest| rest.strip_prefix(name));
        rest.is_some_and(|end| b"\":".ends_with(end))
    }
}

/// The first bytes of a text as one number; `None` near its end.
#[inline]
pub(super) fn wide(text: &[u8]) -> Option<u128> {
    text.first_chunk::<WIDE>().map(|head| u128::from_le_bytes(*head))
}

/// Something that is found by its key.
pub(crate) trait Keyed {
    fn key(&self) -> &Key;
}

impl Keyed for Key {
    fn key(&self) -> &Key {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_whatever_its_length() {
        for length in 1..30 {
            let name: &'static str = "abcdefghijklmnopqrstuvwxyz_0123456789".get(..length).expect("it is that long");
            let key = Key::new(name);
            let found = |text: &str| {
                let behind = format!(",{text}");
                wide(behind.as_bytes()).is_some_and(|wide| key.follows(wide, behind.as_bytes()))
            };
            let text = format!("\"{name}\":0                ");
            assert!(found(&text), "{text}");
            for place in 0..length + AROUND {
                let mut wrong = text.clone().into_bytes();
                wrong[place] ^= 1;
                assert!(!found(&String::from_utf8(wrong).expect("ASCII")), "{name} {place}");
            }
            assert!(!found(&format!("\"{name}x\":0                ")));
        }
    }
}
