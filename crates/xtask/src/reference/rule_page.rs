//! The page of one rule.

use super::examples::{Example, Said};
use super::tables::source;
use super::{Book, words};
use crate::reference::markdown::{code, head, json, row, text};
use image_preflight::{Edition, Field, Locale, Message, Operation, Outcome, Rule};
use std::collections::BTreeSet;

/// The maximum number of messages and fixes shown.
const MAX_SHOWN: usize = 6;

/// The page.
pub(super) fn page(rule: &'static Rule, operation: Option<&'static Operation>, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = book.top(&rule.id.replace('_', "\\_"), rule.id);
    let severity = words::severity(rule.severity, book.locale);
    page.push_str(&format!(
        "**{}** · {}\n\n",
        severity,
        operation.map_or(say(words::OF_A_CASE).to_owned(), |of| book.link(of.id(), of.title()))
    ));
    if !rule.aliases.is_empty() {
        page.push_str(&format!(
            "{}: {}\n\n",
            say(words::ALIASES),
            rule.aliases.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
        ));
    }
    section(&mut page, say(words::HOLDS), &format!("{}\n", text(say(rule.holds))));
    section(&mut page, say(words::WHY), &format!("{}\n", text(say(rule.why))));
    section(
        &mut page,
        say(words::DISPUTED),
        &rule.disputed.map(|disputed| format!("{}\n", text(say(disputed)))).unwrap_or_default(),
    );
    section(&mut page, say(words::DECIDED_BY), &decided_by(rule, operation, book));
    section(&mut page, say(words::EXAMPLES), &examples(rule, book));
    section(&mut page, say(words::MESSAGES), &messages(rule, book));
    section(&mut page, say(words::FIXES), &fixes(rule, book));
    section(&mut page, say(words::CODES), &book.refusals(operation, |refusal| refusal.rules.contains(&rule.id)));
    section(&mut page, say(words::EDITIONS), &editions(rule, book));
    section(&mut page, say(words::SOURCES), &sources(rule, book.locale));
    page
}

fn section(page: &mut String, title: &str, content: &str) {
    if !content.is_empty() {
        page.push_str(&format!("## {title}\n\n{content}\n"));
    }
}

fn decided_by(rule: &'static Rule, operation: Option<&'static Operation>, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let is_it = |field: &&Field| field.rule().id == rule.id;
    if let Some((operation, field, place)) = operation.and_then(|operation| {
        let in_path = operation.path().iter().find(is_it).map(|field| (operation, field, words::IN_ADDRESS));
        in_path.or_else(|| operation.body().iter().find(is_it).map(|field| (operation, field, words::IN_BODY)))
    }) {
        let presence = say(if field.is_mandatory() { words::MANDATORY } else { words::OPTIONAL });
        let schema = format!("[{0}.json]({1}schema/{0}.json)", operation.id(), book.site());
        let is = say(words::FIELD_IS).replace("{name}", &format!("`{}`", field.name()));
        let is = is.replace("{place}", say(place)).replace("{presence}", presence);
        return format!("{is} {} {schema}\n", say(words::SHAPE_NOTE));
    }
    if rule.reads.is_empty() {
        return format!("{}\n", say(words::NOTHING_ELSE));
    }
    let mut table = head(&[say(words::FACT), say(words::MEANING), say(words::HOW)]);
    for fact in rule.reads {
        table.push_str(&row(&[
            format!("`{}`", fact.pointer()),
            text(say(fact.description())),
            text(say(fact.how_to_obtain())),
        ]));
    }
    if !rule.presumes.is_empty() {
        let presumed: Vec<_> = rule.presumes.iter().map(|fact| format!("`{}`", fact.pointer())).collect();
        table.push_str(&format!("\n{} {}\n", say(words::PRESUMED_NOTE), presumed.join(", ")));
    }
    table
}

/// The simplest case on each side.
fn examples(rule: &Rule, book: &Book) -> String {
    let sides = [
        ("holds", words::SIDE_HOLDS, None),
        ("violated", words::SIDE_VIOLATED, Some(Outcome::Violated)),
        ("unknown", words::SIDE_UNKNOWN, Some(Outcome::Unknown)),
    ];
    let mut out = String::new();
    for (side, title, outcome) in sides {
        let shows = |example: &&Example| match outcome {
            None => example.is_about(rule) && example.side == side && example.of(rule).next().is_none(),
            Some(outcome) => example.of(rule).any(|said| said.outcome == outcome),
        };
        if let Some(example) = book.examples.iter().filter(shows).min_by_key(|example| rank(rule, example)) {
            let name = text(&example.name);
            let title = title.text(book.locale);
            out.push_str(&format!("### {title}\n\n"));
            if book.locale == image_preflight::Locale::ENGLISH {
                out.push_str(&format!("{}.\n\n", capitalised(&name)));
            }
            out.push_str(&json(&example.text, words::CHARACTERS.text(book.locale)));
            out.push('\n');
        }
    }
    out
}

/// The simplest examples come first.
fn rank(rule: &Rule, example: &Example) -> impl Ord + use<> {
    (!example.is_about(rule), example.said.len(), example.text.len())
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The messages of a rule, one for each outcome and kind of violation.
fn messages(rule: &Rule, book: &Book) -> String {
    let mut seen = BTreeSet::new();
    let mut out = String::new();
    for said in all_said(rule, book) {
        if seen.len() < MAX_SHOWN && seen.insert((said.outcome.as_str(), said.kind)) {
            let kind = said.kind.map(|kind| format!(" · `{kind}`")).unwrap_or_default();
            let at = image_preflight::printable(&said.at);
            out.push_str(&format!(
                "{}({} `{at}`{kind})\n\n",
                code("text", &shortened(&said.message)),
                words::AT.text(book.locale)
            ));
        }
    }
    out
}

fn shortened(message: &str) -> String {
    let printable = image_preflight::printable(message);
    if printable.chars().count() <= 400 {
        return printable;
    }
    printable.chars().take(399).chain(['…']).collect()
}

fn fixes(rule: &Rule, book: &Book) -> String {
    let mut seen = BTreeSet::new();
    let mut out = String::new();
    for (title, patch, way_out) in all_said(rule, book).flat_map(|said| &said.fixes) {
        if seen.len() < MAX_SHOWN && seen.insert(without_quotes(title)) {
            out.push_str(&format!("- {}", text(&shortened(title))));
            if let Some(operation) = way_out.and_then(image_preflight::operation) {
                out.push_str(&format!(
                    " ({} {})",
                    words::WAY_OUT.text(book.locale),
                    book.link(operation.id(), operation.title())
                ));
            }
            out.push('\n');
            let is_short = patch.to_string().len() < 300;
            if is_short && patch.as_array().is_some_and(|patch| !patch.is_empty()) {
                out.push_str(&format!("\n  `{}`\n\n", image_preflight::printable(&patch.to_string())));
            }
        }
    }
    out
}

/// A sentence without quoted values, to find identical ones.
fn without_quotes(text: &str) -> String {
    text.split(['"', '“', '”']).step_by(2).collect()
}

fn all_said<'b>(rule: &'b Rule, book: &'b Book) -> impl Iterator<Item = &'b Said> {
    let mut about: Vec<_> = book.examples.iter().filter(|example| example.of(rule).next().is_some()).collect();
    about.sort_by_key(|example| rank(rule, example));
    about.into_iter().flat_map(|example| example.of(rule))
}

/// The editions under which the result of this rule differs, with one such vector each.
fn editions(rule: &Rule, book: &Book) -> String {
    let mut out = String::new();
    for name in Edition::names() {
        let differs = |example: &&Example| example.otherwise.get(name).is_some_and(|rules| rules.contains(rule.id));
        let Some(example) = book.examples.iter().filter(differs).min_by_key(|example| example.text.len()) else {
            continue;
        };
        let such = match book.locale == image_preflight::Locale::ENGLISH {
            true => format!(": {} {}", words::DIFFERS_BY.text(book.locale), text(&example.name)),
            false => String::new(),
        };
        out.push_str(&format!("- [{name}](editions.html#{name}){such}\n"));
    }
    if out.is_empty() { out } else { format!("{}:\n\n{out}", words::DIFFERS.text(book.locale)) }
}

fn sources(rule: &Rule, locale: Locale) -> String {
    rule.citations_in(locale).map(|citation| format!("- {}\n", source(citation, locale))).collect()
}
