//! A walk through an array or object of a text that has been read and so has no errors.

use super::reader::Reader;
use super::{Source, Text, Value};
use std::ops::Range;

/// A walk through an array or an object.
#[derive(Clone, Debug)]
pub(crate) struct Walk<'a>(Reader<'a>);

impl<'a> Walk<'a> {
    /// Begins after the opening bracket at this offset.
    pub(crate) fn new(text: &'a str, bracket: usize) -> Self {
        Walk(Reader::at(text, bracket + 1))
    }

    /// Begins before a value that the caller will enter.
    pub(crate) fn at(text: &'a str, place: usize) -> Self {
        Walk(Reader::at(text, place))
    }

    /// Enters the next value, when it is an array or an object: its opening bracket.
    pub(crate) fn enter(&mut self) -> Option<u8> {
        let at = self.0.start();
        let bracket = self.0.byte(at).filter(|byte| matches!(byte, b'{' | b'['))?;
        self.0.at = at + 1;
        Some(bracket)
    }

    /// Leaves what has been entered, when it has no further parts.
    pub(crate) fn leave(&mut self) {
        self.0.at += 1;
    }

    /// The next element of an array and its span; `None` at the end.
    pub(crate) fn element(&mut self) -> Option<(Value<'a>, Range<usize>)> {
        let start = self.next()?;
        Some((self.0.value(), start..self.0.at))
    }

    /// The next member of an object: its key and the key's span. Read its value before the next member.
    pub(crate) fn member(&mut self) -> Option<(Text<'a>, Range<usize>)> {
        let start = self.next()?;
        let key = self.0.text()?;
        let place = start..self.0.at;
        // Behind the colon.
        self.0.at = self.0.start() + 1;
        Some((key, place))
    }

    /// The value of a member and its span.
    pub(crate) fn value(&mut self) -> (Value<'a>, Range<usize>) {
        let start = self.0.start();
        (self.0.value(), start..self.0.at)
    }

    /// Where the next part begins.
    pub(crate) fn next(&mut self) -> Option<usize> {
        let mut at = self.0.start();
        if self.0.byte(at) == Some(b',') {
            at = self.0.space(at + 1);
        }
        self.0.at = at;
        (!matches!(self.0.byte(at)?, b'}' | b']')).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_gives_every_part_as_it_stands() {
        let text = "[ 1 , -2.5e3,\"\" ,\"a,]}\\\"\\\\\",{\"k\":[{},\"]\"]} ,[ ],true,false , null\n]";
        let mut walk = Walk::new(text, 0);
        let parts: Vec<_> = std::iter::from_fn(|| walk.element())
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
        let text = "{\"a\" :1, \"b\":{} }";
        let mut members = Walk::new(text, 0);
        for (name, value) in [("a", "1"), ("b", "{}")] {
            let (key, place) = members.member().expect("there is one more");
            assert!(key.is(name) && text[place] == format!("\"{name}\""));
            assert_eq!(&text[members.value().1], value);
        }
        assert!(members.member().is_none());
    }
}
