//! The types of fields: a value of one has passed the checks that the text door uses too.

use crate::field::kind::Kind;
use crate::field::violation::Violations;
use crate::json::{Array, Integer, Number, Object, Text, Value};
use crate::message::locale::Locale;
use crate::message::param::Params;
use crate::message::template::render;
use crate::message::violation_kind::ViolationKind;
use crate::rule::edition::Edition;
use serde::{Serialize, Serializer};
use std::fmt;

/// What is wrong with a value that was to become a field.
///
/// ```
/// use image_preflight::{ImageName, Locale};
/// let error = ImageName::new("a/b").unwrap_err();
/// assert_eq!(error.kinds().collect::<Vec<_>>(), ["bad-character"]);
/// assert!(error.to_string().starts_with("ImageName holds \"/\" (U+002F) at position 2"));
/// assert!(error.message(Locale::CHINESE).contains("不允许"));
/// ```
#[derive(Clone, Debug)]
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
                params.fill(name, locale, out)
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

/// A type of field: what it is made of, and how it looks to the rules.
pub(crate) trait FieldType: Sized {
    /// What a caller gives, not checked yet.
    type Raw: Clone + fmt::Debug;

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

    /// The field that a value of the text stands for; `None` when it breaks the field's rules, or is blank where the
    /// service takes that as not given.
    fn parse(value: &Value<'_>) -> Option<Self> {
        check(value, Self::KIND).ok()?;
        Some(Self::checked(Self::raw(value)?))
    }
}

/// Applies a field's check to a value; a warning is no error.
fn check<'a>(value: &Value<'a>, kind: &Kind) -> Result<(), FieldError> {
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
                ($kind.schema)().try_into().unwrap_or_default()
            }
        }
    };
}

macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $kind:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a text that keeps the field's rules under the default edition.
            ///
            /// # Errors
            /// What is wrong with it, all at once.
            pub fn new(text: impl Into<String>) -> Result<Self, FieldError> {
                let text = text.into();
                check(&Self::value(&text), &$kind)?;
                Ok(Self(text))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FieldType for $name {
            type Raw = String;
            const KIND: &'static Kind = &$kind;

            fn value(raw: &String) -> Value<'_> {
                Value::Text(Text::plain(raw))
            }

            fn raw(value: &Value<'_>) -> Option<String> {
                value.as_text().map(|text| text.to_cow().into_owned())
            }

            fn checked(raw: String) -> Self {
                Self(raw)
            }

            fn as_raw(&self) -> &String {
                &self.0
            }
        }

        json_schema!($name, $kind);

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = FieldError;

            fn from_str(text: &str) -> Result<Self, FieldError> {
                Self::new(text)
            }
        }
    };
}

text_field! {
    /// The name of an IMS image: 1 to 128 characters (Unicode scalar values); letters, digits, Chinese, `-`, `.`, `_` and
    /// spaces, but none at either end. Source: "Image Attributes" of the IMS API reference.
    ///
    /// ```
    /// use image_preflight::ImageName;
    /// assert!(ImageName::new("测试-copy 1").is_ok());
    /// assert!(ImageName::new("x".repeat(129)).is_err());
    /// ```
    ImageName, crate::field::text::IMAGE_NAME
}
text_field! {
    /// The description of an IMS image: at most 1024 characters, no line break, no angle bracket.
    ///
    /// ```
    /// assert!(image_preflight::Description::new("a\nb").is_err());
    /// ```
    Description, crate::field::text::DESCRIPTION
}
text_field! {
    /// The name of a JD Cloud image: 1 to 32 characters; Chinese, letters, digits, `_`, `-`, `.`.
    ///
    /// ```
    /// assert!(image_preflight::JdName::new("a b").is_err());
    /// ```
    JdName, crate::field::text::JD_NAME
}
text_field! {
    /// The description of a JD Cloud image: at most 256 characters.
    ///
    /// ```
    /// assert!(image_preflight::JdDescription::new("x".repeat(257)).is_err());
    /// ```
    JdDescription, crate::field::text::JD_DESCRIPTION
}
text_field! {
    /// The id of an image, a server, a vault, a key, or the name of a project or an agency: any text that is not blank.
    ///
    /// ```
    /// assert!(image_preflight::Identifier::new("6yhtb5df-1bc3-4c3f-893e-3e4716yhgt61").is_ok());
    /// assert!(image_preflight::Identifier::new(" ").is_err());
    /// ```
    Identifier, crate::field::ids::IDENTIFIER
}
text_field! {
    /// The id of a region. One that is in no list is taken too: new regions appear, and partner clouds have their own.
    ///
    /// ```
    /// assert!(image_preflight::RegionId::new("cn-south-1").is_ok());
    /// assert!(image_preflight::RegionId::new("").is_err());
    /// ```
    RegionId, crate::field::ids::REGION_ID
}
text_field! {
    /// An enterprise project: blank or `0` for the default one, otherwise a UUID.
    ///
    /// ```
    /// assert!(image_preflight::EnterpriseProjectId::new("0").is_ok());
    /// assert!(image_preflight::EnterpriseProjectId::new("1").is_err());
    /// ```
    EnterpriseProjectId, crate::field::ids::PROJECT_ID
}
text_field! {
    /// The way in which a full-ECS image is made of a backup: `CBR`.
    ///
    /// ```
    /// assert!(image_preflight::WholeImageType::new("CSBS").is_err());
    /// ```
    WholeImageType, crate::field::ids::WHOLE_IMAGE_TYPE
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
            pub fn new(list: impl IntoIterator<Item = impl Into<$element>>) -> Result<Self, FieldError> {
                let list: Vec<$element> = list.into_iter().map(Into::into).collect();
                check(&Self::value(&list), &$kind)?;
                Ok(Self(list))
            }

            /// The list.
            #[must_use]
            pub fn as_slice(&self) -> &[$element] {
                &self.0
            }
        }

        impl FieldType for $name {
            type Raw = Vec<$element>;
            const KIND: &'static Kind = &$kind;

            fn value(raw: &Vec<$element>) -> Value<'_> {
                Value::Array($array(raw))
            }

            fn raw(value: &Value<'_>) -> Option<Vec<$element>> {
                let Value::Array(array) = value else { return None };
                array.iter().map($raw).collect()
            }

            fn checked(raw: Vec<$element>) -> Self {
                Self(raw)
            }

            fn as_raw(&self) -> &Vec<$element> {
                &self.0
            }
        }

        json_schema!($name, $kind);
    };
}

list_field! {
    /// The ids of the images that a JD Cloud call copies: 1 to 10, none blank.
    ///
    /// ```
    /// assert!(image_preflight::ImageIds::new(["img-1", "img-2"]).is_ok());
    /// assert!(image_preflight::ImageIds::new(Vec::<String>::new()).is_err());
    /// ```
    ImageIds of String, crate::field::ids::IMAGE_IDS, Array::Strings, |value| value.as_text().map(|text| text.to_cow().into_owned())
}
list_field! {
    /// Tags as IMS writes them in strings, `key.value`: at most 10; a key of 1 to 36 characters, a value of 0 to 43.
    ///
    /// ```
    /// assert!(image_preflight::Tags::new(["team.web", "stage"]).is_ok());
    /// assert!(image_preflight::Tags::new([".value"]).is_err());
    /// ```
    Tags of String, crate::field::tags::TAGS, Array::Strings, |value| value.as_text().map(|text| text.to_cow().into_owned())
}
list_field! {
    /// Tags as IMS writes them in objects, `{"key", "value"}`, here as pairs; the same rules as for [`Tags`].
    ///
    /// ```
    /// use image_preflight::ImageTags;
    /// let tags = ImageTags::new([("team".to_owned(), "web".to_owned())]).unwrap();
    /// assert_eq!(serde_json::to_string(&tags).unwrap(), r#"[{"key":"team","value":"web"}]"#);
    /// ```
    ImageTags of (String, String), crate::field::tags::IMAGE_TAGS, Array::Pairs, pair
}

fn pair(value: Value<'_>) -> Option<(String, String)> {
    let object: Object<'_> = value.as_object()?;
    let part = |name| Some(object.last(name)?.as_text()?.to_cow().into_owned());
    Some((part("key")?, part("value")?))
}

impl Serialize for ImageIds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for Tags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for ImageTags {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Tag<'t> {
            key: &'t str,
            value: &'t str,
        }
        serializer.collect_seq(self.0.iter().map(|(key, value)| Tag { key, value }))
    }
}

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

impl FieldType for Megabytes {
    type Raw = i64;
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
