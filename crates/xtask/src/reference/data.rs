//! The catalogue as data, beside the pages: rules, error codes, editions, facts, and an index for language models.

use super::{Book, words};
use crate::generated::Files;
use image_preflight::{Edition, Locale, Message, Rule};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The files, by name.
pub(super) fn files(book: &Book) -> Files {
    let file = |name: &str, value: Value| (name.to_owned(), format!("{value:#}\n"));
    Files::from([
        file("rules.json", rules(book)),
        file("codes.json", codes()),
        file("editions.json", editions(book)),
        file("facts.json", facts(book)),
        ("llms.txt".to_owned(), index(book)),
    ])
}

/// The version of the rules: that of the library.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A text in every language.
fn texts(message: Message) -> Value {
    by_language(|locale| message.text(locale).to_owned())
}

fn by_language(text: impl Fn(Locale) -> String) -> Value {
    Locale::all().map(|locale| (locale.tag().to_owned(), text(locale).into())).collect::<Map<_, _>>().into()
}

fn list(name: &str, items: &[Value]) -> Value {
    json!({"version": VERSION, name: items})
}

/// A rule and what its fixes are: `patch` (a JSON Patch in every case), `partly` or `text`.
fn rules(book: &Book) -> Value {
    let rule = |(rule, operation): (&'static Rule, Option<&'static image_preflight::Operation>)| {
        let codes: Vec<_> = codes_of(rule).collect();
        let mut value = json!({
            "id": rule.id, "aliases": rule.aliases, "operation": operation.map(image_preflight::Operation::id),
            "severity": rule.severity.as_str(), "since": rule.since, "fix": book.fixes(rule).as_str(),
            "title": by_language(|locale| super::name(rule, locale)), "holds": texts(rule.holds), "why": texts(rule.why),
            "reads": rule.reads.iter().map(|fact| fact.pointer()).collect::<Vec<_>>(),
            "presumes": rule.presumes.iter().map(|fact| fact.pointer()).collect::<Vec<_>>(),
            "codes": codes, "help": by_language(|locale| rule.help_url(locale)), "citations": rule.citations,
        });
        if let Some(disputed) = rule.disputed {
            value["disputed"] = texts(disputed);
        }
        value
    };
    list("rules", &book.rules().map(rule).collect::<Vec<_>>())
}

/// The codes of the errors that a rule prevents, each once.
pub(super) fn codes_of(rule: &'static Rule) -> impl Iterator<Item = &'static str> {
    let mut seen = BTreeSet::new();
    let of = image_preflight::error_codes().filter(|error| error.rules.contains(&rule.id)).map(|error| error.code);
    of.filter(move |code| seen.insert(*code))
}

fn codes() -> Value {
    let code = |error: &image_preflight::DocumentedError| {
        let mut value = json!({
            "code": error.code, "meaning": texts(error.meaning), "operations": error.operations, "rules": error.rules,
            "retry": error.retry.as_str(), "advice": texts(error.retry.advice()),
            "help": by_language(|locale| error.help_url(locale).unwrap_or_default()),
        });
        if error.status != 0 {
            value["status"] = error.status.into();
        }
        if !error.message.is_empty() {
            value["message"] = error.message.into();
        }
        value
    };
    list("codes", &image_preflight::error_codes().map(code).collect::<Vec<_>>())
}

fn editions(book: &Book) -> Value {
    let edition = |edition: Edition| {
        let name = edition.name();
        let statements: Vec<_> = edition
            .statements()
            .map(|statement| json!({"title": texts(statement.title()), "value": by_language(|locale| statement.value(locale))}))
            .collect();
        let aliases: Vec<_> = Edition::aliases().filter(|(_, of)| *of == name).map(|(alias, _)| alias).collect();
        let differing: Vec<_> = book.differing(name).iter().map(|rule| rule.id).collect();
        json!({
            "name": name, "aliases": aliases, "source": by_language(|locale| edition.source(locale).into_owned()),
            "statements": statements, "rulesThatDiffer": differing,
        })
    };
    list("editions", &Edition::names().filter_map(Edition::from_name).map(edition).collect::<Vec<_>>())
}

fn facts(book: &Book) -> Value {
    let fact = |fact: image_preflight::Fact| {
        let rules: Vec<_> =
            book.rules().filter(|(rule, _)| rule.reads.contains(&fact)).map(|(rule, _)| rule.id).collect();
        json!({
            "pointer": fact.pointer(), "description": texts(fact.description()),
            "howToObtain": texts(fact.how_to_obtain()), "rules": rules,
        })
    };
    list("facts", &image_preflight::facts().map(fact).collect::<Vec<_>>())
}

/// The index for language models, in the form of llms.txt.
fn index(book: &Book) -> String {
    let say = |words: Message| words.text(Locale::ENGLISH);
    let mut out = format!("# {}\n\n> {}\n\n{}\n", say(words::TITLE), say(words::LEAD), say(words::NOTE));
    let site = book.site();
    out.push_str("\n## Data\n\n");
    for (file, what) in words::FILES.iter().map(|(file, what)| (say(*file), what)) {
        out.push_str(&format!("- [{file}]({site}{file}): {}\n", say(*what)));
    }
    for operation in &book.operations {
        let id = operation.id();
        out.push_str(&format!("\n## [{}]({site}reference/en/{id}.html)\n\n", say(operation.title())));
        for rule in operation.rules() {
            let page = rule.help_url(Locale::ENGLISH);
            out.push_str(&format!("- [{}]({page}): {}\n", rule.id, say(rule.holds)));
        }
    }
    out.push_str("\n## Tables\n\n");
    for (title, page) in super::TABLES {
        out.push_str(&format!("- [{}]({site}reference/en/{page}.html)\n", say(title)));
    }
    out
}
