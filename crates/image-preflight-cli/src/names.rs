//! Parsers for arguments with a fixed set of values; the error suggests similar ones.

use crate::output::shown;
use clap::builder::PossibleValuesParser;
use image_preflight::{Edition, Locale, Operation, nearest};
use image_preflight_input::Form;

/// The error for an unknown name, with suggestions.
pub(crate) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let sentence = format!("{what} `{}`", shown(name));
    let meant = meant(name, known);
    if meant.is_empty() {
        return sentence;
    }
    let names: Vec<_> = meant.iter().take(SUGGESTED).map(|name| format!("`{name}`")).collect();
    let more = if meant.len() > SUGGESTED { ", or another one of this kind" } else { "" };
    format!("{sentence}; did you mean {}{more}?", names.join(" or "))
}

/// The maximum number of suggestions.
const SUGGESTED: usize = 5;

/// Suggestions for a name: the ids that end with it, the closest id, the ids with a similar last part.
fn meant<'k>(name: &str, known: &[&'k str]) -> Vec<&'k str> {
    let last = |id: &'k str| id.rsplit_once('.').map(|(_, last)| last);
    let with_last = |wanted: &str| known.iter().copied().filter(|id| last(id) == Some(wanted)).collect::<Vec<_>>();
    let exact = with_last(name);
    if !exact.is_empty() {
        return exact;
    }
    if let Some(near) = nearest(name, known.iter().copied()) {
        return vec![near];
    }
    let last_of_name = name.rsplit_once('.').map_or(name, |(_, last)| last);
    nearest(last_of_name, known.iter().copied().filter_map(last)).map(with_last).unwrap_or_default()
}

/// The id of a rule, or a former one.
pub(crate) fn rule(id: &str) -> Result<String, String> {
    match image_preflight::rule(id) {
        Some(rule) => Ok(rule.id.to_owned()),
        None => {
            let ids: Vec<_> = image_preflight::rules().map(|rule| rule.id).collect();
            Err(format!("{}; `image-preflight rules` lists them all", unknown("no rule has the id", id, &ids)))
        }
    }
}

/// An operation, by its own name or by the provider's.
pub(crate) fn operation(name: &str) -> Result<String, String> {
    match image_preflight::operation(name) {
        Some(_) => Ok(name.to_owned()),
        None => {
            let ids: Vec<_> = image_preflight::operations().map(Operation::id).collect();
            Err(format!("{} (operations: {})", unknown("there is no operation", name, &ids), ids.join(", ")))
        }
    }
}

/// The forms of input.
pub(crate) fn form() -> PossibleValuesParser {
    PossibleValuesParser::new(Form::ALL.into_iter().filter(|form| *form != Form::Hcl).map(Form::name))
}

/// An edition of the documents.
pub(crate) fn edition(name: &str) -> Result<Edition, String> {
    Edition::from_name(name).ok_or_else(|| {
        let all: Vec<_> = Edition::names().collect();
        format!("{} (editions: {})", unknown("there is no edition", name, &all), all.join(", "))
    })
}

/// A language of messages. A different region or script is accepted: `zh-Hans` is `zh-CN`.
pub(crate) fn locale(tag: &str) -> Result<Locale, String> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let locale = Locale::from_tag(tag);
    if primary(locale.tag()) == primary(tag) {
        return Ok(locale);
    }
    let all: Vec<_> = Locale::all().map(Locale::tag).collect();
    Err(format!("there are no messages in this language; there are {}", all.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_known_is_taken() {
        for known in image_preflight::rules() {
            assert_eq!(rule(known.id).as_deref(), Ok(known.id));
            for alias in known.aliases {
                assert_eq!(rule(alias).as_deref(), Ok(known.id));
            }
        }
        for known in image_preflight::operations() {
            assert_eq!(operation(known.id()).as_deref(), Ok(known.id()));
            assert_eq!(operation(known.api_name()).as_deref(), Ok(known.api_name()));
        }
        assert!(Edition::names().all(|name| edition(name).is_ok()));
        assert!(["en", "EN-us", "zh", "zh_CN.UTF-8", "zh-Hans"].iter().all(|tag| locale(tag).is_ok()));
    }

    #[test]
    fn what_is_not_known_is_refused_with_the_name_that_is_near() {
        for (refused, suggestion) in [
            (rule("nope"), None),
            (rule("ims.cross-region-copy.sizecap"), Some("`ims.cross-region-copy.size-cap`")),
            (rule("size-cap"), Some("`ims.cross-region-copy.size-cap` or `ims.in-region-copy.size-cap`")),
            (rule("ims.cros-region-copie.concurent-limit"), Some("`ims.cross-region-copy.concurrent-limit`")),
            (rule("x\u{202e}\n"), None),
            (operation("ims.whole-imag"), Some("`ims.whole-image`")),
            (edition("defalt").map(|_| String::new()), Some("`default`")),
        ] {
            let sentence = refused.expect_err("it is not known");
            assert!(!sentence.chars().any(image_preflight::is_hidden), "{sentence:?}");
            match suggestion {
                Some(suggestion) => assert!(sentence.contains(&format!("did you mean {suggestion}")), "{sentence}"),
                None => assert!(!sentence.contains("did you mean"), "{sentence}"),
            }
        }
        for tag in ["klingon", "fr", "", "-", "english"] {
            assert!(locale(tag).is_err_and(|sentence| sentence.contains("en, zh-CN")), "{tag}");
        }
    }
}
