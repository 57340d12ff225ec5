//! The encodings of files: UTF-8, with a byte-order mark or without, and UTF-16 with one, as Windows writes it.

/// The encoding of a file, recognised by its first bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16 {
        is_big_endian: bool,
    },
    /// No text: an archive, as a plan of Terraform is.
    Zip,
}

/// The length of the mark of UTF-8.
pub(crate) const MARK: usize = 3;

pub(crate) fn of(first: &[u8]) -> Encoding {
    match first {
        [0xef, 0xbb, 0xbf, ..] => Encoding::Utf8WithMark,
        [0xff, 0xfe, ..] => Encoding::Utf16 { is_big_endian: false },
        [0xfe, 0xff, ..] => Encoding::Utf16 { is_big_endian: true },
        [b'P', b'K', 3, 4, ..] => Encoding::Zip,
        _ => Encoding::Utf8,
    }
}

/// The text of UTF-16 behind its mark; `None` if it is none.
pub(crate) fn from_utf16(bytes: &[u8], is_big_endian: bool) -> Option<String> {
    let (pairs, rest) = bytes.get(2..)?.as_chunks::<2>();
    let unit = if is_big_endian { u16::from_be_bytes } else { u16::from_le_bytes };
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>().ok();
    text.filter(|_| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_encoding() {
        for (bytes, encoding) in [
            (&b"\xef\xbb\xbf{}"[..], Encoding::Utf8WithMark),
            (b"\xff\xfe{\0", Encoding::Utf16 { is_big_endian: false }),
            (b"\xfe\xff\0{", Encoding::Utf16 { is_big_endian: true }),
            (b"PK\x03\x04", Encoding::Zip),
            (b"PK", Encoding::Utf8),
            (b"\xef\xbb", Encoding::Utf8),
            (b"", Encoding::Utf8),
        ] {
            assert_eq!(of(bytes), encoding, "{bytes:?}");
        }
    }

    #[test]
    fn utf_16_is_read_in_both_orders() {
        let text = "{\"n\": \"中😀\"}\r\n";
        let little: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        assert_eq!(from_utf16(&little, false).as_deref(), Some(text));
        assert_eq!(from_utf16(&big, true).as_deref(), Some(text));
        // Half a character, and half a code unit.
        assert_eq!(from_utf16(&[0xff, 0xfe, 0x00, 0xd8], false), None);
        assert_eq!(from_utf16(&[0xff, 0xfe, b'{'], false), None);
    }
}
