//! Keys that are expected: compared in one wide step as they stand in the text.

/// A key by its name, ready to be compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// Its first bytes, and which of them count.
    head: u128,
    mask: u128,
}

/// How many bytes are compared at once.
const WIDE: usize = 16;

impl Key {
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    pub(crate) const fn new(name: &'static str) -> Self {
        let bytes = name.as_bytes();
        let (mut head, mut mask) = ([0; WIDE], [0; WIDE]);
        let mut index = 0;
        while index < bytes.len() && index < WIDE {
            head[index] = bytes[index];
            mask[index] = 0xff;
            index += 1;
        }
        Key { name, head: u128::from_le_bytes(head), mask: u128::from_le_bytes(mask) }
    }

    /// Whether a text is this key.
    #[inline]
    pub(super) fn is(&self, text: &Wide<'_>) -> bool {
        self.name.len() == text.whole.len()
            && text.head & self.mask == self.head
            && (self.name.len() <= WIDE || self.name.as_bytes().get(WIDE..) == text.whole.get(WIDE..))
    }
}

/// A text with its first bytes as one number; what stands behind it is among them when it is short.
pub(super) struct Wide<'a> {
    head: u128,
    whole: &'a [u8],
}

/// A part of a text; `None` near its end.
#[inline]
pub(super) fn wide(text: &[u8], start: usize, length: usize) -> Option<Wide<'_>> {
    let rest = text.get(start..)?;
    Some(Wide { head: u128::from_le_bytes(*rest.first_chunk::<WIDE>()?), whole: rest.get(..length)? })
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
                let within = format!(",{text}\":0                ");
                wide(within.as_bytes(), 1, text.len()).is_some_and(|text| key.is(&text))
            };
            assert!(found(name), "{name}");
            for place in 0..length {
                let mut wrong = name.as_bytes().to_vec();
                wrong[place] ^= 1;
                assert!(!found(&String::from_utf8(wrong).expect("ASCII")), "{name} {place}");
            }
            assert!(!found(&format!("{name}x")) && !found(&name[1..]), "{name}");
        }
    }
}
