//! The page of an error code: what it means, what would have found the problem earlier, and what to answer to a customer.

use super::markdown::{code, heading, text};
use super::{Book, Page, data, words};
use image_preflight::{DocumentedError, Message, Operation, error_codes, operations, rule};
use std::collections::BTreeSet;

/// Where these pages are.
pub(super) const FOLDER: &str = "codes/";

/// The place of what any other message means.
const OTHER: &str = "any-other-message";

/// The codes, each once, in the order of the tables.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    let mut seen = BTreeSet::new();
    error_codes().map(|error| error.code).filter(move |code| seen.insert(*code))
}

/// The rows of a code: several, where its message or its status decides.
pub(super) fn rows(code: &'static str) -> Vec<&'static DocumentedError> {
    error_codes().filter(|error| error.code == code).collect()
}

/// A link to the page of a code. These pages are only on the site, and the others are read elsewhere as well.
pub(super) fn link(code: &str, book: &Book) -> String {
    format!("[`{code}`]({}reference/{}/{FOLDER}{code}.html)", book.site(), book.locale.tag())
}

/// The page of every code.
pub(super) fn pages(book: &Book) -> Vec<Page> {
    codes().map(|code| page(code, book)).collect()
}

fn page(code: &'static str, book: &Book) -> Page {
    let say = |words: Message| words.text(book.locale);
    let rows = rows(code);
    let meaning = rows.iter().find(|row| row.message.is_empty()).or(rows.first()).map(|row| say(row.meaning));
    let title = format!("{code}{}{}", say(words::COLON), meaning.unwrap_or_default());
    let title = title.trim_end_matches(['.', '。']);
    let description = format!("{} {title}", say(words::CODE_LEAD));
    let mut out = String::new();
    for row in &rows {
        // A message has a place of its own, to which the row's address leads.
        let has_place = rows.len() > 1 || !row.message.is_empty();
        if has_place {
            let shown =
                if row.message.is_empty() { say(words::ANY_MESSAGE).to_owned() } else { format!("`{}`", row.message) };
            out.push_str(&heading(
                2,
                &format!("{}{}{shown}", say(words::MESSAGE), say(words::COLON)),
                &if row.message.is_empty() { OTHER.to_owned() } else { row.anchor() },
            ));
        }
        out.push_str(&about(row, book, if has_place { 3 } else { 2 }));
    }
    out.push_str(&heading(2, say(words::IN_A_TERMINAL), "explain"));
    out.push_str(&super::markdown::code("sh", &format!("image-preflight explain {code}")));
    let related = related(code);
    if !related.is_empty() {
        out.push('\n');
        out.push_str(&heading(2, say(words::RELATED), "related"));
        for other in related {
            let meaning = self::rows(other).first().map(|row| say(row.meaning)).unwrap_or_default();
            out.push_str(&format!("- {}{}{}\n", link(other, book), say(words::COLON), text(meaning)));
        }
    }
    let mut page = Page::new(&format!("{FOLDER}{code}"), words::CODE, title, &description).with(&out);
    page.names = format!("{code} {}", rows.iter().map(|row| row.message).collect::<Vec<_>>().join(" "));
    page.within = "codes".to_owned();
    page
}

/// One row: its facts, its rules, and what a customer is told.
fn about(error: &DocumentedError, book: &Book, level: usize) -> String {
    let say = |words: Message| words.text(book.locale);
    let place = if error.message.is_empty() { OTHER.to_owned() } else { error.anchor() };
    let id = |name: &str| if level == 2 { name.to_owned() } else { format!("{name}-{place}") };
    let operations: Vec<_> = error.operations.iter().map(|id| operation(id, book)).collect();
    let operations = if operations.is_empty() { vec![say(words::ANY_OPERATION).to_owned()] } else { operations };
    let status = if error.status == 0 { say(words::SEVERAL).to_owned() } else { error.status.to_string() };
    let mut out = String::new();
    let rows = [
        (words::MEANING, text(say(error.meaning))),
        (words::STATUS, status),
        (words::RETRY, format!("**{}** {}", say(words::retry(error.retry)), text(say(error.retry.advice())))),
        (words::OPERATIONS, operations.join(say(words::COMMA))),
    ];
    for (name, value) in rows {
        out.push_str(&format!("- {}{}{value}\n", say(name), say(words::COLON)));
    }
    out.push('\n');
    out.push_str(&heading(level, say(words::FOUND_BEFORE), &id("rules")));
    let rules: Vec<_> = error.rules.iter().filter_map(|id| rule(id)).collect();
    if rules.is_empty() {
        out.push_str(&format!("{}\n", say(words::FOUND_BY_NONE)));
    }
    for rule in &rules {
        let of =
            operation_of(rule.id, book).map(|operation| format!("{}{}", say(operation.title()), say(words::COLON)));
        out.push_str(&format!(
            "- {}{}<br>{}\n",
            text(&of.unwrap_or_default()),
            book.rule_link(rule),
            text(say(rule.holds))
        ));
    }
    out.push('\n');
    out.push_str(&heading(level, say(words::TO_CUSTOMERS), &id("customer")));
    let mut answer = say(words::CUSTOMER).replace("{code}", error.code).replace("{meaning}", say(error.meaning));
    answer.push_str(&format!("\n{}", say(error.retry.advice())));
    let mut seen = BTreeSet::new();
    let holds: Vec<_> = rules.iter().map(|rule| say(rule.holds)).filter(|holds| seen.insert(*holds)).collect();
    if !holds.is_empty() {
        answer.push_str(&format!("\n\n{}\n", say(words::REQUIRED)));
        answer.push_str(&holds.iter().map(|holds| format!("- {holds}")).collect::<Vec<_>>().join("\n"));
    }
    if let Some(help) = error.help_url(book.locale) {
        answer.push_str(&format!("\n\n{help}"));
    }
    out.push_str(&code("text", &answer.replace('`', "")));
    out.push('\n');
    out
}

/// An operation of ours as a link, another one by the provider's name.
fn operation(id: &str, book: &Book) -> String {
    match operations().find(|known| known.id() == id) {
        Some(operation) => book.link(operation.id(), operation.title()),
        None => format!("`{id}`"),
    }
}

fn operation_of(rule: &str, book: &Book) -> Option<&'static Operation> {
    book.operations.iter().copied().find(|operation| operation.rules().any(|own| own.id == rule))
}

/// Other codes that the same rules prevent.
fn related(code: &'static str) -> Vec<&'static str> {
    const MAX_SHOWN: usize = 8;
    let rules: BTreeSet<_> = rows(code).iter().flat_map(|row| row.rules).collect();
    let others = codes().filter(|other| *other != code);
    let is_related = |other: &&'static str| {
        rules.iter().filter_map(|id| rule(id)).any(|rule| data::codes_of(rule).any(|of| of == *other))
    };
    others.filter(is_related).take(MAX_SHOWN).collect()
}
