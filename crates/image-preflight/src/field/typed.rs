//! The types of fields: a value of one has passed the same checks as a value from JSON.

use crate::field::kind::Kind;
use crate::field::violation::Violations;
use crate::json::{Integer, Number, Value};
use crate::message::locale::Locale;
use crate::message::param::{Names, Params};
use crate::message::template::render;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// What is wrong with a value that was to become a field.
///
/// ```
/// use image_preflight::{Locale, huawei::ImageName};
/// let error = ImageName::new("a/b").unwrap_err();
/// assert_eq!(error.kinds().collect::<Vec<_>>(), ["bad-character"]);
/// assert!(error.to_string().starts_with("ImageName contains \"/\" (U+002F) at position 2"));
/// assert!(error.message(Locale::CHINESE).contains("不允许"));
/// let error = image_preflight::huawei::WholeImageType::new("cbr").unwrap_err();
/// assert_eq!(error.to_string(), "WholeImageType is \"cbr\"; allowed values: `CBR`.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    field: &'static str,
    violations: Vec<(ViolationKind, Params<'static>)>,
}

impl FieldError {
    /// The kinds of violation, by their names in a report's `params.kind`.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.violations.iter().map(|(kind, _)| kind.name())
    }

    /// What is wrong, in a language.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        let say = |(kind, params): &(ViolationKind, Params<'static>)| {
            render(kind.message().text(locale), &|name, out| {
                if name == "field" {
                    out.push_str(self.field);
                    return true;
                }
                params.fill(name, locale, Names::Code, out)
            })
        };
        self.violations.iter().map(say).collect::<Vec<_>>().join(locale.between_sentences())
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Locale::default()))
    }
}

impl std::error::Error for FieldError {}

/// What a type of field is made of. It is apart from [`FieldType`] because builders show it.
pub trait MadeOf {
    /// What a caller gives, not checked yet.
    type Raw: Clone + fmt::Debug;
}

/// What a builder takes for a field of this type: what becomes a [`String`] for text, an [`i64`] for a number; any list of such for a
/// list.
///
/// ```
/// use image_preflight::{IntoField, huawei::{CrossRegionCopy, CrossRegionCopyBuilder, ImageName}};
/// fn named(name: impl IntoField<ImageName>) -> CrossRegionCopyBuilder {
///     CrossRegionCopy::builder().name(name)
/// }
/// let _ = (named("a"), named("b".to_owned()));
/// ```
pub trait IntoField<Field: MadeOf> {
    /// The field's value, not checked yet.
    fn into_field(self) -> Given<Field::Raw>;
}

impl<Field: MadeOf, T: IntoRaw<Field::Raw>> IntoField<Field> for T {
    fn into_field(self) -> Given<Field::Raw> {
        self.into_raw()
    }
}

/// What a builder was given for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given<Raw> {
    /// A value, not checked yet.
    Value(Raw),
    /// The field is given, and its value is not known yet.
    NotKnownYet,
}

impl<Raw> Given<Raw> {
    /// The value, where it is known.
    pub(crate) fn value(&self) -> Option<&Raw> {
        if let Given::Value(raw) = self { Some(raw) } else { None }
    }
}

/// The value of a field that exists and is not known yet, such as the id of a server that is still to be created. A builder takes
/// it for any field, and checks what is there already; it builds no request of it.
///
/// ```
/// use image_preflight::{Facts, NotKnownYet, Verdict, huawei::WholeImageFromEcs};
/// let planned = WholeImageFromEcs::builder().name("n").instance_id(NotKnownYet).vault_id("v");
/// assert_eq!(planned.check(&Facts::default()).verdict(), Verdict::Allowed);
/// assert!(planned.build().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKnownYet;

/// The same by what the type is made of.
pub trait IntoRaw<Raw> {
    fn into_raw(self) -> Given<Raw>;
}

macro_rules! not_known_yet {
    ($($raw:ty),+) => {
        $(impl IntoRaw<$raw> for NotKnownYet {
            fn into_raw(self) -> Given<$raw> {
                Given::NotKnownYet
            }
        })+
    };
}

not_known_yet!(String, Vec<String>, Vec<(String, String)>, i64);

impl<T: Into<String>> IntoRaw<String> for T {
    fn into_raw(self) -> Given<String> {
        Given::Value(self.into())
    }
}

impl<I: IntoIterator<Item = T>, T: Into<String>> IntoRaw<Vec<String>> for I {
    fn into_raw(self) -> Given<Vec<String>> {
        Given::Value(self.into_iter().map(Into::into).collect())
    }
}

impl<I: IntoIterator<Item = (K, V)>, K: Into<String>, V: Into<String>> IntoRaw<Vec<(String, String)>> for I {
    fn into_raw(self) -> Given<Vec<(String, String)>> {
        Given::Value(self.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<T: Into<i64>> IntoRaw<i64> for T {
    fn into_raw(self) -> Given<i64> {
        Given::Value(self.into())
    }
}

/// A type of field: how it looks to the rules.
pub(crate) trait FieldType: MadeOf + Sized {
    /// The value as the rules see it.
    fn value(raw: &Self::Raw) -> Value<'_>;
    /// What a value that the rules saw was made of.
    fn raw(value: &Value<'_>) -> Option<Self::Raw>;
    /// What it may be.
    const KIND: &'static Kind;
    /// Wraps what has been checked.
    fn checked(raw: Self::Raw) -> Self;
    /// What it is made of.
    fn as_raw(&self) -> &Self::Raw;

    /// The field from a value of the text; `None` if it breaks the field's rules, or is blank where the
    /// service takes that as not given.
    fn parse(value: &Value<'_>) -> Option<Self> {
        check(value, Self::KIND).ok()?;
        Some(Self::checked(Self::raw(value)?))
    }
}

/// Applies a field's check to a value; a warning is no error.
pub(crate) fn check<'a>(value: &Value<'a>, kind: &Kind) -> Result<(), FieldError> {
    let mut violations = Violations::default();
    (kind.check)(value, &Edition::default(), &mut violations);
    let violations = violations.into_list().into_iter().filter(|violation| !violation.is_warning());
    let violations: Vec<_> = violations.map(|violation| (violation.kind, violation.params.into_owned())).collect();
    if violations.is_empty() { Ok(()) } else { Err(FieldError { field: kind.name, violations }) }
}

/// Gives a type its kind's JSON Schema.
macro_rules! json_schema {
    ($name:ident, $kind:path) => {
        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $kind.name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                ($kind.schema)(&$crate::rule::edition::Edition::default()).try_into().unwrap_or_default()
            }
        }
    };
}

macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $kind:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Takes a text that keeps the field's rules under the default edition.
            ///
            /// # Errors
            /// What is wrong with it, all at once.
            pub fn new(text: impl Into<String>) -> Result<Self, $crate::field::typed::FieldError> {
                let text = text.into();
                $crate::field::typed::check(&<Self as $crate::field::typed::FieldType>::value(&text), &$kind)?;
                Ok(Self(text))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $crate::field::typed::MadeOf for $name {
            type Raw = String;
        }

        impl $crate::field::typed::FieldType for $name {
            const KIND: &'static $crate::field::kind::Kind = &$kind;

            fn value(raw: &String) -> $crate::json::Value<'_> {
                $crate::json::Value::Text($crate::json::Text::plain(raw))
            }

            fn raw(value: &$crate::json::Value<'_>) -> Option<String> {
                value.as_text().map(|text| text.to_cow().into_owned())
            }

            fn checked(raw: String) -> Self {
                Self(raw)
            }

            fn as_raw(&self) -> &String {
                &self.0
            }
        }

        $crate::field::typed::json_schema!($name, $kind);

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::field::typed::FieldError;

            fn try_from(text: String) -> Result<Self, $crate::field::typed::FieldError> {
                Self::new(text)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::field::typed::FieldError;

            fn try_from(text: &str) -> Result<Self, $crate::field::typed::FieldError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(field: $name) -> String {
                field.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::field::typed::FieldError;

            fn from_str(text: &str) -> Result<Self, $crate::field::typed::FieldError> {
                Self::new(text)
            }
        }
    };
}

pub(crate) use text_field;

text_field! {
    /// The id of an image, a server, a vault, a key, or the name of a project or an agency: any text that is not blank.
    ///
    /// ```
    /// assert!(image_preflight::Identifier::new("6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61").is_ok());
    /// assert!(image_preflight::Identifier::new(" ").is_err());
    /// ```
    Identifier, crate::field::ids::IDENTIFIER
}

macro_rules! list_field {
    ($(#[$doc:meta])* $name:ident of $element:ty, $kind:path, $array:path, $raw:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(Vec<$element>);

        impl $name {
            /// Takes a list that keeps the field's rules.
            ///
            /// # Errors
            /// What is wrong with it, all at once.
            pub fn new(list: impl IntoIterator<Item = impl Into<$element>>) -> Result<Self, $crate::field::typed::FieldError> {
                let list: Vec<$element> = list.into_iter().map(Into::into).collect();
                $crate::field::typed::check(&<Self as $crate::field::typed::FieldType>::value(&list), &$kind)?;
                Ok(Self(list))
            }

            /// The list.
            #[must_use]
            pub fn as_slice(&self) -> &[$element] {
                &self.0
            }
        }

        impl $crate::field::typed::MadeOf for $name {
            type Raw = Vec<$element>;
        }

        impl $crate::field::typed::FieldType for $name {
            const KIND: &'static $crate::field::kind::Kind = &$kind;

            fn value(raw: &Vec<$element>) -> $crate::json::Value<'_> {
                $crate::json::Value::Array($array(raw))
            }

            fn raw(value: &$crate::json::Value<'_>) -> Option<Vec<$element>> {
                let $crate::json::Value::Array(array) = value else { return None };
                array.iter().map($raw).collect()
            }

            fn checked(raw: Vec<$element>) -> Self {
                Self(raw)
            }

            fn as_raw(&self) -> &Vec<$element> {
                &self.0
            }
        }

        impl TryFrom<Vec<$element>> for $name {
            type Error = $crate::field::typed::FieldError;

            fn try_from(list: Vec<$element>) -> Result<Self, $crate::field::typed::FieldError> {
                $crate::field::typed::check(&<Self as $crate::field::typed::FieldType>::value(&list), &$kind)?;
                Ok(Self(list))
            }
        }

        /// As the provider writes it; what breaks the field's rules is an error.
        #[cfg(feature = "text")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = serde_json::Value::deserialize(deserializer)?.to_string();
                let value = $crate::json::Reader::parse_value(&json);
                let value = value.ok_or_else(|| serde::de::Error::custom("this is no JSON"))?;
                $crate::field::typed::check(&value, &$kind).map_err(serde::de::Error::custom)?;
                <Self as $crate::field::typed::FieldType>::raw(&value).map(Self).ok_or_else(|| serde::de::Error::custom("this is no list"))
            }
        }

        $crate::field::typed::json_schema!($name, $kind);
    };
}
pub(crate) use json_schema;
pub(crate) use list_field;

/// An amount of memory in MB: 0 to 2^53 − 1, the greatest integer that every JSON reader takes exactly.
///
/// ```
/// use image_preflight::Megabytes;
/// assert_eq!(Megabytes::new(4096).unwrap().get(), 4096);
/// assert!(Megabytes::new(-1).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Megabytes(i64);

impl Megabytes {
    /// So many MB.
    ///
    /// # Errors
    /// When it is negative, or more than 2^53 − 1.
    pub fn new(megabytes: i64) -> Result<Self, FieldError> {
        check(&Self::value(&megabytes), &crate::field::numbers::MEGABYTES)?;
        Ok(Megabytes(megabytes))
    }

    /// How many MB it is.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Megabytes {
    type Error = FieldError;

    fn try_from(megabytes: i64) -> Result<Self, FieldError> {
        Self::new(megabytes)
    }
}

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} MB", self.0)
    }
}

impl<'de> Deserialize<'de> for Megabytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(i64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl MadeOf for Megabytes {
    type Raw = i64;
}

impl FieldType for Megabytes {
    const KIND: &'static Kind = &crate::field::numbers::MEGABYTES;

    fn value(raw: &i64) -> Value<'_> {
        Value::Number(Number::Integer(*raw))
    }

    fn raw(value: &Value<'_>) -> Option<i64> {
        let Value::Number(number) = value else { return None };
        if let Integer::Of(value) = number.integer() { Some(value) } else { None }
    }

    fn checked(raw: i64) -> Self {
        Megabytes(raw)
    }

    fn as_raw(&self) -> &i64 {
        &self.0
    }
}

json_schema!(Megabytes, crate::field::numbers::MEGABYTES);
