//! Parsers for arguments with a fixed set of values; the error suggests similar ones.

use crate::output::shown;
use crate::sentences::say;
use crate::words;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, Command, ValueEnum};
use image_preflight::schema::{Profile, documents};
use image_preflight::{Edition, Locale, Message, Operation, nearest};
use image_preflight_input::Form;
use std::ffi::OsStr;

/// Why a name is not taken.
pub(crate) const NO_TOOL: Message = Message { en: "there is no tool {name}", zh: "没有名为 {name} 的工具" };
pub(crate) const NO_ARGUMENT: Message =
    Message { en: "there is no argument {name}", zh: "没有名为 {name} 的参数" };
pub(crate) const NO_FORMAT: Message = Message { en: "there is no format {name}", zh: "没有名为 {name} 的格式" };
pub(crate) const NO_VALUE: Message = Message { en: "there is no value {name}", zh: "没有名为 {name} 的取值" };
const NO_KEY: Message = Message { en: "there is no key {name}", zh: "没有名为 {name} 的键" };
const NO_RULE: Message = Message { en: "no rule has the id {name}", zh: "没有 ID 为 {name} 的规则" };
const NO_OPERATION: Message = Message { en: "there is no operation {name}", zh: "没有名为 {name} 的操作" };
const NO_SCHEMA: Message = Message { en: "no schema is called {name}", zh: "没有名为 {name} 的 Schema" };
const NO_EDITION: Message = Message { en: "there is no edition {name}", zh: "没有名为 {name} 的文档版本" };
const NO_PROFILE: Message = Message { en: "there is no profile {name}", zh: "没有名为 {name} 的 profile" };
const NO_LANGUAGE: Message = Message {
    en: "there are no messages in this language; there are {all}",
    zh: "不支持该语言；支持的语言：{all}",
};
const MEANT: Message = Message { en: "; did you mean {names}?", zh: "；是否要使用 {names}？" };
const OR: Message = Message { en: " or ", zh: " 或 " };
const OR_ANOTHER: Message = Message { en: ", or another one of this kind", zh: " 等" };
const ALL: Message = Message { en: " (there are {all})", zh: "（可选值：{all}）" };
const ALL_RULES: Message = Message {
    en: " (`image-preflight rules` lists them all)",
    zh: "（可用 `image-preflight rules` 列出所有规则）",
};

/// The error for an unknown name, with suggestions, in the language of the run.
pub(crate) fn unknown(what: Message, name: &str, known: &[&str]) -> String {
    let locale = words::locale();
    let sentence = say(what, &[("name", &format!("`{}`", shown(name)))]);
    let meant = meant(name, known);
    if meant.is_empty() {
        return sentence;
    }
    let names: Vec<_> = meant.iter().take(SUGGESTED).map(|name| format!("`{name}`")).collect();
    let more = if meant.len() > SUGGESTED { OR_ANOTHER.text(locale) } else { "" };
    sentence + &say(MEANT, &[("names", &(names.join(OR.text(locale)) + more))])
}

/// The same, with all names that there are.
fn unknown_of(what: Message, name: &str, known: &[&str]) -> String {
    unknown(what, name, known) + &all(ALL, known)
}

/// The error for a key of the configuration that there is not.
pub(crate) fn unknown_key(name: &str, known: &[&str]) -> String {
    unknown_of(NO_KEY, name, known)
}

fn all(message: Message, known: &[&str]) -> String {
    say(message, &[("all", &list(known))])
}

/// Names in a sentence.
pub(crate) fn list(names: &[&str]) -> String {
    names.join(words::locale().comma())
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

/// The parser of an argument that is one of many names, which completions know.
#[derive(Clone)]
pub(crate) struct Named<T> {
    parse: fn(&str) -> Result<T, String>,
    names: fn() -> Vec<&'static str>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        self.parse.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter().map(PossibleValue::new)))
    }
}

pub(crate) fn rule() -> Named<String> {
    Named { parse: parse_rule, names: rule_ids }
}

pub(crate) fn rules() -> Named<String> {
    Named { parse: parse_rules, names: rule_ids }
}

pub(crate) fn operation() -> Named<String> {
    Named { parse: parse_operation, names: || image_preflight::operations().map(Operation::id).collect() }
}

pub(crate) fn edition() -> Named<Edition> {
    Named { parse: parse_edition, names: || Edition::names().collect() }
}

pub(crate) fn schema() -> Named<String> {
    Named { parse: parse_schema, names: || documents().map(|document| document.name).collect() }
}

pub(crate) fn profile() -> Named<Profile> {
    Named { parse: parse_profile, names: || Profile::ALL.map(Profile::name).to_vec() }
}

pub(crate) fn language() -> Named<Locale> {
    Named { parse: locale, names: || Locale::all().map(Locale::tag).collect() }
}

fn rule_ids() -> Vec<&'static str> {
    image_preflight::rules().map(|rule| rule.id).collect()
}

/// The id of a rule, or a former one.
pub(crate) fn parse_rule(id: &str) -> Result<String, String> {
    match image_preflight::rule(id) {
        Some(rule) => Ok(rule.id.to_owned()),
        None => Err(unknown(NO_RULE, id, &rule_ids()) + ALL_RULES.text(words::locale())),
    }
}

/// Whether there is a rule whose id is near to this name.
pub(crate) fn is_near_a_rule(name: &str) -> bool {
    !meant(name, &rule_ids()).is_empty()
}

/// The id of a rule, or the beginning of the ids of several.
pub(crate) fn parse_rules(id: &str) -> Result<String, String> {
    if image_preflight::rule(id).is_none() && !id.is_empty() && rule_ids().iter().any(|rule| rule.starts_with(id)) {
        return Ok(id.to_owned());
    }
    parse_rule(id)
}

/// Whether this selects a rule. The id of a rule selects that one alone, though the ids of others may begin like it.
pub(crate) fn selects(wanted: &str, id: &str) -> bool {
    match image_preflight::rule(wanted) {
        Some(exact) => exact.id == id,
        None => id.starts_with(wanted),
    }
}

/// An operation, by its own name or by the provider's.
pub(crate) fn parse_operation(name: &str) -> Result<String, String> {
    match image_preflight::operation(name) {
        Some(_) => Ok(name.to_owned()),
        None => {
            let ids: Vec<_> = image_preflight::operations().map(Operation::id).collect();
            Err(unknown_of(NO_OPERATION, name, &ids))
        }
    }
}

/// The name of a schema; that of an operation may be the provider's.
pub(crate) fn parse_schema(name: &str) -> Result<String, String> {
    let name = image_preflight::operation(name).map_or_else(|| name.to_owned(), |operation| operation.id().to_owned());
    let known: Vec<_> = documents().map(|document| document.name).collect();
    if known.contains(&name.as_str()) {
        return Ok(name);
    }
    Err(unknown_of(NO_SCHEMA, &name, &known))
}

/// A value of an option; `what` says that there is none of this name.
pub(crate) fn value<T: ValueEnum>(what: Message, name: &str) -> Result<T, String> {
    T::from_str(name, true).map_err(|_| {
        let values: Vec<_> = T::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect();
        let all: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        unknown_of(what, name, &all)
    })
}

/// The forms of input.
pub(crate) fn form() -> PossibleValuesParser {
    PossibleValuesParser::new(Form::ALL.into_iter().filter(|form| *form != Form::Hcl).map(Form::name))
}

/// An edition of the documents.
pub(crate) fn parse_edition(name: &str) -> Result<Edition, String> {
    Edition::from_name(name).ok_or_else(|| {
        let all: Vec<_> = Edition::names().collect();
        unknown_of(NO_EDITION, name, &all)
    })
}

/// The tools that a schema is for.
fn parse_profile(name: &str) -> Result<Profile, String> {
    Profile::from_name(name).ok_or_else(|| {
        let all = Profile::ALL.map(Profile::name);
        unknown_of(NO_PROFILE, name, &all)
    })
}

/// A language of messages. A different region or script is accepted: `zh-Hans` is `zh-CN`.
pub(crate) fn locale(tag: &str) -> Result<Locale, String> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let locale = Locale::from_tag(tag);
    if primary(locale.tag()) == primary(tag) {
        return Ok(locale);
    }
    Err(all(NO_LANGUAGE, &Locale::all().map(Locale::tag).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_known_is_taken() {
        for known in image_preflight::rules() {
            assert_eq!(parse_rule(known.id).as_deref(), Ok(known.id));
            for alias in known.aliases {
                assert_eq!(parse_rule(alias).as_deref(), Ok(known.id));
            }
        }
        for known in image_preflight::operations() {
            assert_eq!(parse_operation(known.id()).as_deref(), Ok(known.id()));
            assert_eq!(parse_operation(known.api_name()).as_deref(), Ok(known.api_name()));
        }
        assert!(Edition::names().all(|name| parse_edition(name).is_ok()));
        assert!(["en", "EN-us", "zh", "zh_CN.UTF-8", "zh-Hans"].iter().all(|tag| locale(tag).is_ok()));
    }

    #[test]
    fn what_is_not_known_is_refused_with_the_name_that_is_near() {
        for (refused, suggestion) in [
            (parse_rule("nope"), None),
            (parse_rule("ims.cross-region-copy.sizecap"), Some("`ims.cross-region-copy.size-cap`")),
            (parse_rule("size-cap"), Some("`ims.cross-region-copy.size-cap` or `ims.in-region-copy.size-cap`")),
            (parse_rule("ims.cros-region-copie.concurent-limit"), Some("`ims.cross-region-copy.concurrent-limit`")),
            (parse_rule("x\u{202e}\n"), None),
            (parse_operation("ims.whole-imag"), Some("`ims.whole-image`")),
            (parse_edition("defalt").map(|_| String::new()), Some("`default`")),
            (parse_profile("portabel").map(|_| String::new()), Some("`portable`")),
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
