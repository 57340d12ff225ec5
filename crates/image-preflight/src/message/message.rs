//! Messages: sentences in every language, made from templates only on request.
//!
//! English and Chinese are the languages in which the clouds write their documents. They are next to each other wherever a
//! sentence is declared, so that a reviewer sees whether they say the same. A further language is one file: a `Translation` from
//! the English sentence to its own, listed in `LANGUAGES`; a test fails if it lacks one.

use crate::message::locale::{Locale, Texts};
#[cfg(any(feature = "en", feature = "zh"))]
use std::fmt::{Display, Write};

/// One sentence, or one template with `{placeholders}`, in the languages that the source declares together. In a program without
/// languages (neither the feature `en` nor `zh`) it is only its number.
///
/// ```
/// use image_preflight::{Locale, rules};
/// let rule = rules().find(|rule| rule.id == "ims.cross-region-copy.not-encrypted").unwrap();
/// assert_eq!(rule.holds.text(Locale::ENGLISH), "The source image is not encrypted.");
/// assert_eq!(rule.holds.text(Locale::CHINESE), "源镜像未加密。");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// English, the source language; Chinese where the program has no English (the crate's feature `en`).
    #[cfg(any(feature = "en", feature = "zh"))]
    pub en: &'static str,
    /// Simplified Chinese; English where the program has no Chinese (the crate's feature `zh`).
    #[cfg(any(feature = "en", feature = "zh"))]
    pub zh: &'static str,
    #[cfg(not(any(feature = "en", feature = "zh")))]
    number: u32,
}

/// Builds [`Message`]. What is not taken is not in the program.
#[cfg(any(feature = "en", feature = "zh"))]
pub(crate) const fn message(en: &'static str, zh: &'static str) -> Message {
    let en_only = !cfg!(feature = "zh");
    let zh_only = !cfg!(feature = "en");
    Message { en: if zh_only { zh } else { en }, zh: if en_only { en } else { zh } }
}

/// Builds [`Message`] as its number.
#[cfg(not(any(feature = "en", feature = "zh")))]
pub(crate) const fn message(en: &'static str, _: &'static str) -> Message {
    Message { number: number_of(en) }
}

/// The bits of a sentence's number. With fewer a module is smaller; a test finds two sentences of one number.
const NUMBER_BITS: u32 = 24;

/// The number of a sentence: a hash (FNV-1a) of its English text, folded.
const fn number_of(en: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    let mut rest = en.as_bytes();
    while let [byte, behind @ ..] = rest {
        hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
        rest = behind;
    }
    (hash >> NUMBER_BITS ^ hash) & ((1 << NUMBER_BITS) - 1)
}

#[cfg(any(feature = "en", feature = "zh"))]
impl Message {
    /// The sentence in a language; in English where that language lacks it.
    #[must_use]
    pub fn text(&self, locale: Locale) -> &'static str {
        match locale.0.texts {
            #[cfg(feature = "en")]
            Texts::English => self.en,
            #[cfg(feature = "zh")]
            Texts::Chinese => self.zh,
            Texts::Translated(table) => {
                table.iter().find_map(|(en, text)| (*en == self.en).then_some(*text)).unwrap_or(self.en)
            }
        }
    }

    /// The sentence with its placeholders filled, in a program with sentences of its own. What is filled in is not looked at again; a
    /// placeholder without a value stays visible.
    ///
    /// ```
    /// use image_preflight::{Locale, Message};
    /// let holds = Message { en: "{file} holds {count} images", zh: "{file} 中有 {count} 个镜像" };
    /// assert_eq!(holds.filled(Locale::ENGLISH, &[("file", &"{count}"), ("count", &2)]), "{count} holds 2 images");
    /// assert_eq!(holds.filled(Locale::CHINESE, &[("file", &"f")]), "f 中有 {count} 个镜像");
    /// ```
    #[must_use]
    pub fn filled(&self, locale: Locale, values: &[(&str, &dyn Display)]) -> String {
        let mut sentence = String::new();
        let mut rest = self.text(locale);
        while let Some((before, behind)) = rest.split_once('{') {
            sentence.push_str(before);
            let (name, after) = behind.split_once('}').unwrap_or((behind, ""));
            // Writing to a text does not fail.
            let _ = match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => write!(sentence, "{value}"),
                None => write!(sentence, "{{{name}}}"),
            };
            rest = after;
        }
        sentence + rest
    }

    /// The number by which [`Report::write_compact`](crate::Report::write_compact) names it: the same in a program that has no
    /// languages. No two sentences have the same one.
    ///
    /// ```
    /// let numbers: std::collections::HashSet<u32> = image_preflight::report_messages().map(|sentence| sentence.number()).collect();
    /// let sentences: std::collections::HashSet<&str> = image_preflight::report_messages().map(|sentence| sentence.en).collect();
    /// assert_eq!(numbers.len(), sentences.len());
    /// ```
    #[must_use]
    pub const fn number(self) -> u32 {
        number_of(self.en)
    }

    /// What a template is in the languages of the program.
    pub(crate) const fn texts(self) -> [&'static str; 2] {
        [self.en, self.zh]
    }

    /// Whether it is the same sentence.
    pub(crate) const fn is(self, other: Message) -> bool {
        self.number() == other.number()
    }
}

#[cfg(not(any(feature = "en", feature = "zh")))]
impl Message {
    /// Nothing: the program has no languages.
    #[must_use]
    pub fn text(&self, locale: Locale) -> &'static str {
        match locale.0.texts {
            Texts::None => "",
        }
    }

    /// The number by which [`Report::write_compact`](crate::Report::write_compact) names it.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// None: what holds for each of them is checked in a program that has languages.
    pub(crate) const fn texts(self) -> [&'static str; 0] {
        []
    }

    /// Whether it is the same sentence.
    pub(crate) const fn is(self, other: Message) -> bool {
        self.number == other.number
    }
}
