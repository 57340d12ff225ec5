//! The languages of messages: tags, punctuation, and the list of all of them.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use thiserror::Error;

/// The sentences of a further language: the English one, then its own.
pub type Translation = &'static [(&'static str, &'static str)];

/// Where a language's sentences are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Texts {
    #[cfg(feature = "en")]
    English,
    #[cfg(feature = "zh")]
    Chinese,
    #[cfg(any(feature = "en", feature = "zh"))]
    #[cfg_attr(not(test), allow(dead_code, reason = "no further language is shipped yet; the tests have one"))]
    Translated(Translation),
    /// Of a program whose messages are numbers.
    #[cfg(not(any(feature = "en", feature = "zh")))]
    None,
}

/// A language with the tags by which it can be asked for.
#[derive(Debug)]
pub(super) struct Language {
    /// BCP 47.
    tag: &'static str,
    /// Prefixes of tags that mean it too, in lower case.
    also: &'static [&'static str],
    pub(crate) texts: Texts,
    /// The separator of the parts of a list.
    comma: &'static str,
    /// The marks around a user's text.
    quotes: (&'static str, &'static str),
    /// The separator of two sentences.
    between_sentences: &'static str,
}

#[cfg(feature = "en")]
static ENGLISH: Language = Language {
    tag: "en",
    also: &["en"],
    texts: Texts::English,
    comma: ", ",
    quotes: ("\"", "\""),
    between_sentences: " ",
};

#[cfg(feature = "zh")]
static CHINESE: Language = Language {
    tag: "zh-CN",
    also: &["zh"],
    texts: Texts::Chinese,
    comma: "、",
    quotes: ("“", "”"),
    between_sentences: "",
};

/// What stands for a language in a program that has none.
#[cfg(not(any(feature = "en", feature = "zh")))]
static SILENT: Language =
    Language { tag: "", also: &[], texts: Texts::None, comma: "", quotes: ("", ""), between_sentences: "" };

/// Every language, the default first. A further one is listed here.
static LANGUAGES: &[&Language] = &[
    #[cfg(feature = "en")]
    &ENGLISH,
    #[cfg(feature = "zh")]
    &CHINESE,
    #[cfg(not(any(feature = "en", feature = "zh")))]
    &SILENT,
];

/// The language if none is requested, or one that does not exist.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
static DEFAULT_LANGUAGE: &Language = LANGUAGES[0];

/// The language of a report's messages. Checking never knows it; only rendering does.
///
/// ```
/// use image_preflight::Locale;
/// assert_eq!(Locale::from_tag("zh-Hans"), Locale::CHINESE);
/// assert_eq!(Locale::from_tag("pt-BR"), Locale::ENGLISH);
/// assert_eq!(Locale::CHINESE.tag(), "zh-CN");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Locale(pub(super) &'static Language);

impl Locale {
    /// English, the default. It needs the feature `en`, which is there by default.
    #[cfg(feature = "en")]
    pub const ENGLISH: Locale = Locale(&ENGLISH);
    /// Simplified Chinese, the default where there is no English. It needs the feature `zh`, which is there by default.
    #[cfg(feature = "zh")]
    pub const CHINESE: Locale = Locale(&CHINESE);

    /// Every language there is, the default first.
    pub fn all() -> impl Iterator<Item = Locale> {
        LANGUAGES.iter().map(|language| Locale(language))
    }

    /// The language that a BCP 47 tag asks for (`zh`, `zh-CN` and `zh-Hans` are all Chinese); the default for any other.
    #[must_use]
    pub fn from_tag(tag: &str) -> Locale {
        Self::known(tag).unwrap_or_default()
    }

    /// The language that the header `Accept-Language` of a request asks for (RFC 9110): among those that there are, the one of the
    /// greatest weight, and of several the first. Where none of them is asked for, the default, unless it is refused.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// assert_eq!(Locale::from_accept_language("fr, zh-CN;q=0.8, en;q=0.7"), Locale::CHINESE);
    /// assert_eq!(Locale::from_accept_language("zh;q=0, *"), Locale::ENGLISH);
    /// assert_eq!(Locale::from_accept_language("fr"), Locale::default());
    /// assert_eq!(Locale::from_accept_language("en;q=0, *"), Locale::CHINESE);
    /// ```
    #[must_use]
    pub fn from_accept_language(header: &str) -> Locale {
        let mut best: Option<(u16, Locale)> = None;
        let mut refused = Vec::new();
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts.find_map(|part| part.trim().strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('='));
            let weight = weight.map_or(Some(FULL_WEIGHT), thousandths);
            let (Some(locale), Some(weight)) = (Locale::known(tag), weight) else { continue };
            if weight == 0 {
                refused.push(locale);
            } else if best.is_none_or(|(greatest, _)| weight > greatest) {
                best = Some((weight, locale));
            }
        }
        let other = || Locale::all().find(|locale| !refused.contains(locale));
        best.map(|(_, locale)| locale).or_else(other).unwrap_or_default()
    }

    /// The language that a tag asks for, if there is one.
    fn known(tag: &str) -> Option<Locale> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let means = |language: &Language| language.also.iter().any(|also| primary.eq_ignore_ascii_case(also));
        LANGUAGES.iter().find(|language| means(language)).map(|language| Locale(language))
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.tag
    }

    pub(crate) fn is_chinese(self) -> bool {
        self.tag().starts_with("zh")
    }

    /// What separates the parts of a list.
    ///
    /// ```
    /// assert_eq!(image_preflight::Locale::CHINESE.comma(), "、");
    /// ```
    #[must_use]
    pub fn comma(self) -> &'static str {
        self.0.comma
    }

    pub(crate) fn between_sentences(self) -> &'static str {
        self.0.between_sentences
    }

    /// The marks around a user's text.
    ///
    /// ```
    /// assert_eq!(image_preflight::Locale::ENGLISH.quotes(), ("\"", "\""));
    /// ```
    #[must_use]
    pub fn quotes(self) -> (&'static str, &'static str) {
        self.0.quotes
    }
}

impl Default for Locale {
    fn default() -> Self {
        Locale(DEFAULT_LANGUAGE)
    }
}

impl PartialEq for Locale {
    fn eq(&self, other: &Self) -> bool {
        self.tag() == other.tag()
    }
}

impl Eq for Locale {}

impl Hash for Locale {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.tag().hash(state);
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

/// A tag of a language that there is not.
///
/// ```
/// let error = "fr".parse::<image_preflight::Locale>().unwrap_err();
/// assert_eq!(error.to_string(), "there are no messages in `fr`; there are in `en`, `zh-CN`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("there are no messages in `{tag}`; there are in `{}`", tags())]
pub struct UnknownLocale {
    tag: String,
}

fn tags() -> String {
    LANGUAGES.iter().map(|language| language.tag).collect::<Vec<_>>().join("`, `")
}

/// A tag of a language that there is; [`Locale::from_tag`] takes any, and falls back to the default.
impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(tag: &str) -> Result<Self, UnknownLocale> {
        Locale::known(tag).ok_or_else(|| UnknownLocale { tag: crate::message::shortened::shortened(tag).into_owned() })
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Cow<'de, str>>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The greatest weight, in thousandths.
const FULL_WEIGHT: u16 = 1000;

/// A weight of RFC 9110, from 0 to 1 with at most three decimals, in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let is_right = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" if is_right => Some(decimals),
        "1" if is_right && decimals == 0 => Some(FULL_WEIGHT),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::message::message;

    #[test]
    fn a_further_language_is_a_table_and_falls_back_to_english() {
        static PIRATE: Language = Language {
            tag: "en-x-pirate",
            also: &["pirate"],
            texts: Texts::Translated(&[("The image.", "The booty.")]),
            comma: ", ",
            quotes: ("<", ">"),
            between_sentences: " ",
        };
        let locale = Locale(&PIRATE);
        assert_eq!(message("The image.", "镜像。").text(locale), "The booty.");
        assert_eq!(message("The vault.", "存储库。").text(locale), "The vault.");
    }

    /// Languages are joined by the English sentence, and reports name a sentence by its number alone.
    #[test]
    fn no_two_sentences_of_reports_have_the_same_number() {
        let mut known = std::collections::HashMap::new();
        for words in crate::catalogue::report_messages() {
            let first = *known.entry(words.number()).or_insert(words);
            assert_eq!(first, words, "two sentences of one number, or one sentence with two translations");
        }
        assert!(known.len() > 250, "only {} sentences", known.len());
    }

    #[test]
    fn no_shipped_language_lacks_a_sentence() {
        for locale in Locale::all() {
            for words in crate::catalogue::all_messages() {
                if let Texts::Translated(table) = locale.0.texts {
                    assert!(table.iter().any(|(en, _)| *en == words.en), "{}: {}", locale.tag(), words.en);
                }
                assert!(!words.text(locale).is_empty(), "{}: {}", locale.tag(), words.en);
            }
        }
    }
}
