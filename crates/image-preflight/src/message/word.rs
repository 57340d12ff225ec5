//! The macro `words!`: an enumeration whose values are words of a report, each with one name everywhere.

use std::fmt;
use thiserror::Error;

/// A word that is none of those which are known.
///
/// ```
/// let error = "denyed".parse::<image_preflight::Verdict>().unwrap_err();
/// assert_eq!(error.to_string(), "`denyed` is none of `allowed`, `denied`, `undetermined`, `invalid`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct UnknownWord {
    found: String,
    known: &'static [&'static str],
}

impl UnknownWord {
    pub(crate) fn new(found: &str, known: &'static [&'static str]) -> Self {
        UnknownWord { found: crate::message::shortened::shortened(found).into_owned(), known }
    }

    /// The words that are known.
    #[must_use]
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is none of `{}`", self.found, self.known.join("`, `"))
    }
}

/// Gives an enumeration its names: `as_str`, `Display`, `FromStr`, and serde in both directions.
macro_rules! words {
    ($name:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value's name.
            pub const NAMES: &'static [&'static str] = &[$($word),+];

            /// Its name in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$value => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::message::word::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::message::word::UnknownWord> {
                match word {
                    $($word => Ok($name::$value),)+
                    _ => Err($crate::message::word::UnknownWord::new(word, Self::NAMES)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use words;
