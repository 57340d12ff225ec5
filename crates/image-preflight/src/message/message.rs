//! Messages: sentences in every language, made from templates only on request.
//!
//! English and Chinese are the languages in which the clouds write their documents. They are next to each other wherever a
//! sentence is declared, so that a reviewer sees whether they say the same. A further language is one file: a `Translation` from
//! the English sentence to its own, listed in `LANGUAGES`; a test fails if it lacks one.

use crate::message::locale::{Locale, Texts};

/// One sentence, or one template with `{placeholders}`, in the languages that the source declares together.
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
    pub en: &'static str,
    /// Simplified Chinese; English where the program has no Chinese (the crate's feature `zh`).
    pub zh: &'static str,
}

#[cfg(not(any(feature = "en", feature = "zh")))]
compile_error!("messages need a language: the feature `en` or `zh`");

/// Builds [`Message`]. What is not taken is not in the program.
pub(crate) const fn message(en: &'static str, zh: &'static str) -> Message {
    let en_only = !cfg!(feature = "zh");
    let zh_only = !cfg!(feature = "en");
    Message { en: if zh_only { zh } else { en }, zh: if en_only { en } else { zh } }
}

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
}
