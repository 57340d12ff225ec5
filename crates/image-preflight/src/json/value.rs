//! A JSON value, one level deep: its parts are read when they are asked for.

use super::packed::Tree;
use super::{Number, Text};
use serde::{Serialize, Serializer};

/// A value whose text has been checked, or which a program gave.
///
/// The tag is first and its content is aligned: if the compiler packed it into gaps, values would be copied in
/// pieces that stall the processor.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
pub(crate) enum Value<'a> {
    Null,
    Bool(bool),
    Number(Number<'a>),
    Text(Text<'a>),
    Array(Array<'a>),
    Object(Object<'a>),
}

/// The six kinds of JSON value, by the names that JSON Schema gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl JsonType {
    pub(crate) fn name(self) -> &'static str {
        match self {
            JsonType::Null => "null",
            JsonType::Boolean => "boolean",
            JsonType::Integer => "integer",
            JsonType::Number => "number",
            JsonType::String => "string",
            JsonType::Array => "array",
            JsonType::Object => "object",
        }
    }
}

/// The most members of objects that are compared: each is looked for among all others.
const MOST_COMPARED: usize = 128;

impl<'a> Value<'a> {
    pub(crate) fn json_type(&self) -> JsonType {
        match self {
            Value::Null => JsonType::Null,
            Value::Bool(_) => JsonType::Boolean,
            Value::Number(_) => JsonType::Number,
            Value::Text(_) => JsonType::String,
            Value::Array(_) => JsonType::Array,
            Value::Object(_) => JsonType::Object,
        }
    }

    /// Whether both say the same, members in whatever order. Objects with more members than a provider's have are not compared.
    #[cold]
    pub(crate) fn same_as(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(other)) => one == other,
            (Value::Number(one), Value::Number(other)) => one.canonical() == other.canonical(),
            (Value::Text(one), Value::Text(other)) => one.same_as(*other),
            (Value::Array(one), Value::Array(other)) => {
                let (mut one, mut other) = (one.iter(), other.iter());
                loop {
                    match (one.next(), other.next()) {
                        (None, None) => return true,
                        (Some(one), Some(other)) if one.same_as(&other) => {}
                        _ => return false,
                    }
                }
            }
            (Value::Object(one), Value::Object(other)) => {
                let count = one.iter().count();
                count <= MOST_COMPARED
                    && count == other.iter().count()
                    && one.iter().all(|(key, value)| other.get(&key.to_cow()).is_some_and(|of| value.same_as(&of)))
            }
            _ => false,
        }
    }

    /// Whether it says nothing: null, or a blank text.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.is_blank(),
            _ => false,
        }
    }

    pub(crate) fn as_text(&self) -> Option<Text<'a>> {
        if let Value::Text(text) = self { Some(*text) } else { None }
    }

    pub(crate) fn as_object(&self) -> Option<Object<'a>> {
        if let Value::Object(object) = self { Some(*object) } else { None }
    }
}

/// An array: a checked slice of the text, the parts of another program's, or a program's own list of strings or of key and value
/// pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Array<'a> {
    #[cfg(feature = "text")]
    Json(&'a str),
    Parts(Tree<'a>),
    Strings(&'a [String]),
    Pairs(&'a [(String, String)]),
}

/// An object: a checked slice of the text, the parts of another program's, or a program's own pair, read as `{"key", "value"}`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Object<'a> {
    #[cfg(feature = "text")]
    Json(&'a str),
    Parts(Tree<'a>),
    Pair(&'a (String, String)),
}

impl Value<'_> {
    /// Writes it as JSON: what stood in a text as it stood there.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Value::Null => out.push_str("null"),
            Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Value::Number(Number::Json(text)) => out.push_str(text),
            #[cfg(feature = "text")]
            Value::Array(Array::Json(text)) | Value::Object(Object::Json(text)) => out.push_str(text),
            // Strings and integers: there is nothing here that serde_json refuses.
            other => out.push_str(&serde_json::to_string(other).unwrap_or_default()),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => number.to_json().serialize(serializer),
            Value::Text(text) => serializer.serialize_str(&text.to_cow()),
            Value::Array(array) => serializer.collect_seq(array.iter()),
            Value::Object(object) => serializer.collect_map(object.iter().map(|(key, value)| (key.to_cow(), value))),
        }
    }
}
