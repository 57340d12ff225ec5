//! The languages of messages: tags, punctuation, and the list of all of them.

/// The sentences of a further language: the English one, then its own.
pub type Translation = &'static [(&'static str, &'static str)];

/// Where a language's sentences are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Texts {
    #[cfg(feature = "en")]
    English,
    #[cfg(feature = "zh")]
    Chinese,
    #[cfg_attr(not(test), allow(dead_code, reason = "no further language is shipped yet; the tests have one"))]
    Translated(Translation),
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

/// Every language, the default first. A further one is listed here.
static LANGUAGES: &[&Language] = &[
    #[cfg(feature = "en")]
    &ENGLISH,
    #[cfg(feature = "zh")]
    &CHINESE,
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
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let means = |language: &Language| language.also.iter().any(|also| primary.eq_ignore_ascii_case(also));
        LANGUAGES.iter().find(|language| means(language)).map_or_else(Self::default, |language| Locale(language))
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.tag
    }

    pub(crate) fn comma(self) -> &'static str {
        self.0.comma
    }

    pub(crate) fn between_sentences(self) -> &'static str {
        self.0.between_sentences
    }

    pub(crate) fn quotes(self) -> (&'static str, &'static str) {
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
