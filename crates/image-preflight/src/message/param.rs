//! The typed parameters of a finding: what was found, what is allowed. They never depend on the language.

use crate::json::{Integer, JsonType, MAX_SAFE, Number};
use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::message::shortened::shortened;
use crate::message::template::{assert_template, render};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Write;

/// One parameter of a finding.
///
/// ```
/// use image_preflight::Param;
/// let case = r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "a<b"}}"#;
/// let report = image_preflight::check(case);
/// assert_eq!(report.findings()[0].param("codePoint"), Some(&Param::Literal("U+003C".to_owned())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Param<'a> {
    /// A number.
    Integer(i64),
    /// A size in bytes; sentences write it in GiB (2^30 bytes).
    Bytes(u64),
    /// Text from outside: shortened in reports, quoted in sentences.
    UserText(Cow<'a, str>),
    /// A name that an API or this crate defines: shown as it is.
    Identifier(Cow<'static, str>),
    /// Several such names.
    Identifiers(Vec<&'static str>),
    /// A phrase with a stable name for programs and words for people.
    Label(&'static str, Message),
    /// A word that a program may compare, shown as it is.
    Code(&'static str),
    /// Messages of our own that are shown as they are.
    Literal(String),
}

impl Param<'_> {
    /// A number that is not negative.
    #[inline(never)]
    pub(crate) fn count(count: u64) -> Self {
        Param::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    fn into_owned(self) -> Param<'static> {
        match self {
            Param::Integer(value) => Param::Integer(value),
            Param::Bytes(bytes) => Param::Bytes(bytes),
            Param::UserText(text) => Param::UserText(Cow::Owned(text.into_owned())),
            Param::Identifier(name) => Param::Identifier(name),
            Param::Identifiers(names) => Param::Identifiers(names),
            Param::Label(name, words) => Param::Label(name, words),
            Param::Code(word) => Param::Code(word),
            Param::Literal(text) => Param::Literal(text),
        }
    }

    /// Writes it into a sentence.
    pub(crate) fn render(&self, locale: Locale, names: Names, out: &mut String) {
        match self {
            Param::Integer(value) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{value}");
            }
            Param::Bytes(bytes) => {
                let _ = write_bytes(*bytes, locale, out);
            }
            Param::UserText(text) => {
                let (open, close) = locale.quotes();
                out.push_str(open);
                push_printable(&shortened(text), out);
                out.push_str(close);
            }
            Param::Identifier(name) => names.render(name, out),
            Param::Identifiers(list) if list.is_empty() => out.push_str(NONE.text(locale)),
            Param::Identifiers(list) => {
                for (index, name) in list.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { locale.comma() });
                    names.render(name, out);
                }
            }
            Param::Label(_, words) => out.push_str(words.text(locale)),
            Param::Literal(text) => out.push_str(text),
            Param::Code(word) => out.push_str(word),
        }
    }
}

/// How a sentence writes names that an API or this crate defines.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Names {
    Code,
    /// As other words, for people who do not know the API.
    Plain,
}

impl Names {
    /// Writes a name into a sentence.
    pub(crate) fn render(self, name: &str, out: &mut String) {
        let mark = match self {
            Names::Code => "`",
            Names::Plain => "",
        };
        out.push_str(mark);
        push_printable(name, out);
        out.push_str(mark);
    }
}

const BYTES_ABOUT: Message = message("bytes, about", "字节，约");

/// A list of names that is empty.
const NONE: Message = message("none", "无");

/// Every sentence of this file.
pub(crate) const MESSAGES: [Message; 14] = [
    BYTES_ABOUT,
    NONE,
    SUGGESTION,
    FRACTION,
    NON_NEGATIVE,
    POSITIVE,
    FROM_TO,
    type_name(JsonType::Null),
    type_name(JsonType::Boolean),
    type_name(JsonType::Integer),
    type_name(JsonType::Number),
    type_name(JsonType::String),
    type_name(JsonType::Array),
    type_name(JsonType::Object),
];

/// A size: whole GiB as such, any other in bytes with about how many GiB that is.
fn write_bytes(bytes: u64, locale: Locale, out: &mut String) -> std::fmt::Result {
    const GIB: u64 = 1 << 30;
    if bytes.is_multiple_of(GIB) {
        return write!(out, "{} GiB", bytes / GIB);
    }
    let hundredths = bytes % GIB * 100 / GIB;
    let approximate = BYTES_ABOUT.text(locale);
    write!(out, "{bytes} {approximate} {}.{hundredths:02} GiB", bytes / GIB)
}

/// Adds a text in which control characters and those that change the direction of writing show as their code points.
fn push_printable(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or_default();
        out.extend([before, "<", &code_point(hidden), ">"]);
        rest = behind.strip_prefix(hidden).unwrap_or_default();
    }
    out.push_str(rest);
}

/// A character's code point, as Unicode writes it: `U+` and four hexadecimal digits or more.
pub(crate) fn code_point(c: char) -> String {
    let code = u32::from(c);
    let places = (u32::BITS - code.leading_zeros()).div_ceil(4).max(4);
    let digit = |place| char::from_digit(code >> (4 * place) & 0xf, 16);
    let mut text = String::with_capacity(8);
    text.push_str("U+");
    text.extend((0..places).rev().filter_map(digit).map(|digit| digit.to_ascii_uppercase()));
    text
}

/// Text for a terminal or a page: control characters and those that change the direction of writing show as their code
/// points.
///
/// ```
/// assert_eq!(image_preflight::printable("a\u{1b}[2J"), "a<U+001B>[2J");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_printable(text, &mut out);
    out
}

/// Whether a terminal or a page would obey a character instead of showing it: what [`printable`] shows as its code point.
///
/// ```
/// use image_preflight::is_hidden;
/// assert!(is_hidden('\u{1b}') && is_hidden('\u{202e}') && !is_hidden('中'));
/// ```
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
}

/// How many parameters a finding mostly has at most.
const PARAMS_CAPACITY: usize = 6;

/// The parameters of a finding, by name, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params<'a>(Vec<(&'static str, Param<'a>)>);

impl<'a> Params<'a> {
    pub(crate) fn with(mut self, name: &'static str, param: Param<'a>) -> Self {
        if self.0.capacity() == 0 {
            self.0.reserve_exact(PARAMS_CAPACITY);
        }
        self.0.push((name, param));
        self
    }

    /// The same with one more in front.
    pub(crate) fn first(mut self, name: &'static str, param: Param<'a>) -> Self {
        self.0.insert(0, (name, param));
        self
    }

    /// How many bytes of a user's text it holds by itself: a text with escapes had to be decoded.
    pub(crate) fn owned_bytes(&self) -> usize {
        let owned = |param: &Param<'_>| match param {
            Param::UserText(Cow::Owned(text)) => text.len(),
            _ => 0,
        };
        self.0.iter().map(|(_, param)| owned(param)).sum()
    }

    /// Without the parameter of this name.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| *known != name);
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Param<'a>> {
        self.0.iter().find_map(|(known, param)| (*known == name).then_some(param))
    }

    /// Writes which numbers `minimum` and `maximum` allow. The greatest of all is named only where that is what was passed.
    fn render_range(&self, locale: Locale, names: Names, out: &mut String) {
        let is_open = self.get("maximum") == Some(&Param::Integer(MAX_SAFE))
            && matches!(self.get("actual"), Some(Param::Integer(actual)) if *actual < MAX_SAFE);
        let words = match self.get("minimum") {
            Some(Param::Integer(0)) if is_open => NON_NEGATIVE,
            Some(Param::Integer(1)) if is_open => POSITIVE,
            _ => FROM_TO,
        };
        out.push_str(&render(words.text(locale), &|name, out| self.fill(name, locale, names, out)));
    }

    /// Writes a sentence of its own where a near name is known, else nothing.
    fn render_suggestion(&self, locale: Locale, names: Names, out: &mut String) {
        if let Some(near) = self.get("nearest").or_else(|| self.get("near")) {
            out.push_str(&render(SUGGESTION.text(locale), &|_, out| {
                near.render(locale, names, out);
                true
            }));
        }
    }

    /// Writes the parameter of this name into a sentence, or what follows from several; gives whether there is something.
    pub(crate) fn fill(&self, name: &str, locale: Locale, names: Names, out: &mut String) -> bool {
        match (self.get(name), name) {
            (Some(param), _) => param.render(locale, names, out),
            (None, "range") => self.render_range(locale, names, out),
            (None, "suggestion") => self.render_suggestion(locale, names, out),
            (None, _) => return false,
        }
        true
    }

    /// The same, free of what it borrowed.
    pub(crate) fn into_owned(self) -> Params<'static> {
        Params(self.0.into_iter().map(|(name, param)| (name, param.into_owned())).collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &Param<'a>)> {
        self.0.iter().map(|(name, param)| (*name, param))
    }
}

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, param) in self.iter() {
            map.serialize_entry(name, param)?;
        }
        map.end()
    }
}

impl Serialize for Param<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Param::Integer(value) => serializer.serialize_i64(*value),
            Param::Bytes(bytes) => serializer.serialize_u64(*bytes),
            Param::UserText(text) => serializer.serialize_str(&shortened(text)),
            Param::Identifier(text) => serializer.serialize_str(text),
            Param::Identifiers(names) => names.serialize(serializer),
            Param::Label(phrase, _) => phrase.serialize(serializer),
            Param::Literal(text) => serializer.serialize_str(text),
            Param::Code(word) => word.serialize(serializer),
        }
    }
}

/// The parameters of a value of the wrong type.
pub(crate) fn wrong_type<'a>(found: JsonType, expected: JsonType) -> Params<'a> {
    let actual = match (found, expected) {
        (JsonType::Number, JsonType::Integer) => FRACTION,
        _ => type_name(found),
    };
    Params::default()
        .with("actual", Param::Label(found.name(), actual))
        .with("expected", Param::Label(expected.name(), type_name(expected)))
}

/// A number where an integer is expected.
const FRACTION: Message = message("a fractional number", "小数");

/// What a value of a JSON type is called in a sentence.
const fn type_name(of: JsonType) -> Message {
    match of {
        JsonType::Null => message("null", "null"),
        JsonType::Boolean => message("a Boolean (true or false)", "布尔值（true 或 false）"),
        JsonType::Integer => message("an integer", "整数"),
        JsonType::Number => message("a number", "数值"),
        JsonType::String => message("a string", "字符串"),
        JsonType::Array => message("an array", "数组"),
        JsonType::Object => message("an object", "对象"),
    }
}

/// The text for `{suggestion}` in a message about a name that is similar to a known one.
const SUGGESTION: Message = message(" Did you mean {nearest}?", "是否应为 {nearest}？");

const _: () = assert_template(SUGGESTION, &["nearest"]);

/// The integers that are allowed, in words.
const NON_NEGATIVE: Message = message("a non-negative integer", "非负整数");

const POSITIVE: Message = message("a positive integer", "正整数");

const FROM_TO: Message = message("an integer from {minimum} to {maximum}", "{minimum} 到 {maximum} 之间的整数");

const _: () = assert_template(FROM_TO, &["minimum", "maximum"]);

/// The parameters of a number that is less than `least`, or beyond what every JSON reader takes exactly.
pub(crate) fn out_of_range<'a>(integer: Integer, number: Number<'_>, least: i64) -> Params<'a> {
    let actual = match (integer, number) {
        (Integer::Of(value), _) | (_, Number::Integer(value)) => Param::Integer(value),
        (_, number) => Param::UserText(Cow::Owned(number.canonical())),
    };
    Params::default()
        .with("actual", actual)
        .with("minimum", Param::Integer(least))
        .with("maximum", Param::Integer(MAX_SAFE))
}
