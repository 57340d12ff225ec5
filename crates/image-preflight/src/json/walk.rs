//! Walking through an array or an object of a text that has been read: it has no faults.

use super::Value;
use super::reader::Reader;
use std::ops::Range;

/// A walk through an array or an object.
#[derive(Clone, Debug)]
pub(super) struct Walk<'a>(Reader<'a>);

impl<'a> Walk<'a> {
    /// Begins behind the opening bracket, which stands at this place.
    pub(super) fn new(text: &'a str, bracket: usize) -> Self {
        Walk(Reader::again(text, bracket + 1))
    }

    /// The next value, or key, and where it stands; `None` at the end.
    pub(super) fn next(&mut self) -> Option<(Value<'a>, Range<usize>)> {
        let reader = &mut self.0;
        while let Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b':') = reader.byte(reader.at) {
            reader.at += 1;
        }
        let start = reader.at;
        match reader.byte(start)? {
            b'}' | b']' => None,
            _ => Some((reader.value(), start..reader.at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_gives_every_part_as_it_stands() {
        let text = "[ 1 , -2.5e3,\"\" ,\"a,]}\\\"\\\\\",{\"k\":[{},\"]\"]} ,[ ],true,false , null\n]";
        let mut walk = Walk::new(text, 0);
        let parts: Vec<_> = std::iter::from_fn(|| walk.next())
            .map(|(value, place)| {
                let mut written = String::new();
                value.write(&mut written);
                assert_eq!(written, text[place]);
                written
            })
            .collect();
        let expected =
            ["1", "-2.5e3", "\"\"", "\"a,]}\\\"\\\\\"", "{\"k\":[{},\"]\"]}", "[ ]", "true", "false", "null"];
        assert_eq!(parts, expected);
        for empty in ["[]", "[ ]", "{}", "{\n}"] {
            assert!(Walk::new(empty, 0).next().is_none(), "{empty}");
        }
        let mut members = Walk::new("{\"a\" :1,\"b\":{}}", 0);
        assert!(members.next().is_some_and(|(key, _)| key.as_text().is_some_and(|key| key.is("a"))));
        assert!(matches!(members.next(), Some((Value::Number(_), _))));
        assert!(members.next().is_some_and(|(key, _)| key.as_text().is_some_and(|key| key.is("b"))));
        assert!(matches!(members.next(), Some((Value::Object(_), _))));
        assert!(members.next().is_none());
    }
}
