//! Walking through a part of a text that has been checked: it has no faults, so only its ends are looked for.

use super::scan::plain;
use super::{Array, Number, Object, Text, Value};

/// A walk through an array or an object.
#[derive(Clone, Debug)]
pub(super) struct Walk<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Walk<'a> {
    /// Begins behind the opening bracket.
    pub(super) fn new(container: &'a str) -> Self {
        Walk { text: container, at: 1 }
    }

    /// The next value, or key; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Value<'a>> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b':') = bytes.get(self.at) {
            self.at += 1;
        }
        let start = self.at;
        self.at = end(bytes, start)?;
        let text = self.text.get(start..self.at)?;
        Some(match *bytes.get(start)? {
            b'"' => {
                let content = text.get(1..text.len() - 1)?;
                Value::Text(Text::json(content, content.contains('\\')))
            }
            b'{' => Value::Object(Object::Json(text)),
            b'[' => Value::Array(Array::Json(text)),
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'n' => Value::Null,
            b'}' | b']' => return None,
            _ => Value::Number(Number::Json(text)),
        })
    }
}

/// Where the value ends that begins here.
fn end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_u32;
    let mut at = start;
    loop {
        match bytes.get(at)? {
            b'"' => {
                at = string_end(bytes, at)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            // A word or a number ends before what follows it.
            b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b' ' | b'\n' | b'\r' | b'\t' | b',' if depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// Where the string ends whose opening quote stands here.
fn string_end(bytes: &[u8], quote: usize) -> Option<usize> {
    let mut at = plain(bytes, quote + 1);
    while bytes.get(at)? == &b'\\' {
        at = plain(bytes, at + 2);
    }
    Some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_gives_every_part_as_it_stands() {
        let text = "[ 1 , -2.5e3,\"\" ,\"a,]}\\\"\\\\\",{\"k\":[{},\"]\"]} ,[ ],true,false , null\n]";
        let mut walk = Walk::new(text);
        let parts: Vec<_> = std::iter::from_fn(|| walk.next())
            .map(|value| {
                let mut text = String::new();
                value.write(&mut text);
                text
            })
            .collect();
        let expected =
            ["1", "-2.5e3", "\"\"", "\"a,]}\\\"\\\\\"", "{\"k\":[{},\"]\"]}", "[ ]", "true", "false", "null"];
        assert_eq!(parts, expected);
        for empty in ["[]", "[ ]", "{}", "{\n}"] {
            assert!(Walk::new(empty).next().is_none(), "{empty}");
        }
        let mut members = Walk::new("{\"a\" :1,\"b\":{}}");
        assert!(members.next().is_some_and(|key| key.as_text().is_some_and(|key| key.is("a"))));
        assert!(matches!(members.next(), Some(Value::Number(_))));
        assert!(members.next().is_some_and(|key| key.as_text().is_some_and(|key| key.is("b"))));
        assert!(matches!(members.next(), Some(Value::Object(_))));
        assert!(members.next().is_none());
    }
}
