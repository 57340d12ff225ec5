//! The page of one rule.

use super::examples::{Example, Said};
use super::markdown::{code, differing, head, heading, json, pretty, row, text};
use super::tables::{fact_link, source};
use super::{Book, Fixes, Page, code_page, data, field_of, words};
use image_preflight::{Edition, Locale, Message, Operation, Outcome, Rule, Severity, error_codes};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of messages and fixes shown.
const MAX_SHOWN: usize = 6;

/// The page.
pub(super) fn page(rule: &'static Rule, operation: Option<&'static Operation>, book: &Book) -> Page {
    let say = |words: Message| words.text(book.locale);
    let field = operation.and_then(|operation| field_of(rule, operation));
    let short = rule.id.rsplit('.').next().unwrap_or(rule.id);
    let heading = match rule.title {
        Some(title) => format!("{}{}", say(title), in_brackets(&format!("`{short}`"), book)),
        None => format!("{} `{short}`", say(words::PARAMETER)),
    };
    let of = operation.map_or(say(words::OF_A_CASE), |operation| say(operation.title()));
    let description = format!("{of}{}{}", say(words::COLON), say(rule.holds));
    let mut out = badges(rule, operation, book);
    let mut section = |title: Message, id: &str, content: String| {
        if !content.is_empty() {
            out.push_str(&format!("{}{}\n\n", super::markdown::heading(2, say(title), id), content.trim_end()));
        }
    };
    section(words::HOLDS, "holds", text(say(rule.holds)));
    section(words::WHY, "why", text(say(rule.why)));
    section(words::DISPUTED, "disputed", rule.disputed.map(|disputed| text(say(disputed))).unwrap_or_default());
    section(
        words::DECIDED_BY,
        "decided-by",
        decided_by(rule, operation.zip(field.map(|(_, is_in_path)| is_in_path)), book),
    );
    section(words::EXAMPLES, "examples", examples(rule, book));
    section(words::MESSAGES, "messages", messages(rule, book));
    section(words::FIXES, "fixes", fixes(rule, book));
    section(words::CODES, "codes", codes(rule, book));
    section(words::EDITIONS, "editions", editions(rule, book));
    section(words::SOURCES, "sources", sources(rule, book.locale));
    let mut page = Page::new(rule.id, words::RULE, &heading.replace('`', ""), &description);
    page.of = format!("{of}{}", in_brackets(rule.id, book));
    page.names = [rule.id].iter().chain(rule.aliases).copied().collect::<Vec<_>>().join(" ");
    page.within = operation.map_or("case", |operation| operation.id()).to_owned();
    page.markdown = format!("# {}\n\n{}\n", text(&heading), out.trim_end());
    page
}

/// The severities with which a rule is broken, the most severe first: those of the examples, or its own.
fn severities(rule: &Rule, book: &Book) -> BTreeSet<Severity> {
    let of_examples = all_said(rule, book).filter(|said| said.is_violated()).map(|said| said.severity);
    of_examples.chain([rule.severity]).collect()
}

fn in_brackets(text: &str, book: &Book) -> String {
    words::IN_BRACKETS.text(book.locale).replace("{}", text)
}

/// Severity, fix, version, operation and ids.
fn badges(rule: &Rule, operation: Option<&'static Operation>, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let fix = match book.fixes(rule) {
        Fixes::Patch => words::FIX_PATCH,
        Fixes::Partly => words::FIX_PARTLY,
        Fixes::Text => words::FIX_TEXT,
    };
    let of = operation.map_or(format!("[{}](case.md)", say(words::OF_A_CASE)), |of| book.link(of.id(), of.title()));
    let severities = severities(rule, book).into_iter().map(|severity| words::severity(severity, book.locale));
    let severities: Vec<_> = severities.collect();
    let mut out = format!(
        "**{}** · **{}** · {} {} · {of} · `{}`\n\n",
        severities.join(say(words::COMMA)),
        say(fix),
        say(words::SINCE),
        rule.since,
        rule.id
    );
    if !rule.aliases.is_empty() {
        let aliases: Vec<_> = rule.aliases.iter().map(|id| format!("`{id}`")).collect();
        out.push_str(&format!("{}{}{}\n\n", say(words::ALIASES), say(words::COLON), aliases.join(say(words::COMMA))));
    }
    out
}

fn decided_by(rule: &'static Rule, field: Option<(&'static Operation, bool)>, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    if let Some((operation, is_in_path)) = field {
        let id = operation.id();
        let place = say(if is_in_path { words::IN_ADDRESS } else { words::IN_BODY });
        let name = rule.id.rsplit('.').next().unwrap_or(rule.id);
        let is = say(words::FIELD_IS).replace("{name}", &format!("`{name}`")).replace("{place}", place);
        let parameters = format!("[{}]({id}.md#parameters)", say(words::PARAMETERS));
        return format!(
            "{is} {} {parameters} · [{id}.json]({}schema/{id}.json)\n",
            say(words::SHAPE_NOTE),
            book.site()
        );
    }
    if rule.reads.is_empty() {
        return format!("{}\n", say(words::NOTHING_ELSE));
    }
    let mut table = head(&[say(words::FACT), say(words::MEANING), say(words::HOW)]);
    for fact in rule.reads {
        table.push_str(&row(&[fact_link(*fact), text(say(fact.description())), text(say(fact.how_to_obtain()))]));
    }
    if !rule.presumes.is_empty() {
        let presumed: Vec<_> = rule.presumes.iter().map(|fact| format!("`{}`", fact.pointer())).collect();
        table.push_str(&format!("\n{} {}\n", say(words::PRESUMED_NOTE), presumed.join(say(words::COMMA))));
    }
    table
}

/// The simplest case that breaks the rule, the most similar one in which it holds, and one that is not decided.
fn examples(rule: &Rule, book: &Book) -> String {
    let simplest = |outcome: Outcome| {
        let shows = |example: &&Example| example.of(rule).any(|said| said.outcome == outcome);
        book.examples.iter().filter(shows).min_by_key(|example| rank(rule, example))
    };
    let (violated, unknown) = (simplest(Outcome::Violated), simplest(Outcome::Unknown));
    // A rule of a field may be broken in a way that is less severe, which deserves a case of its own.
    let shown_severity =
        violated.and_then(|example| example.of(rule).find(|said| said.is_violated())).map(|said| said.severity);
    let others = severities(rule, book).into_iter().filter(|severity| Some(*severity) != shown_severity);
    let others = others.filter_map(|severity| {
        let shows = |example: &&Example| example.of(rule).any(|said| said.is_violated() && said.severity == severity);
        let example = book.examples.iter().filter(shows).min_by_key(|example| rank(rule, example))?;
        let shown = words::severity(severity, book.locale);
        let title = format!("{}{}", words::SIDE_VIOLATED.text(book.locale), in_brackets(shown, book));
        Some((Some(example), title, format!("example-broken-{}", severity.as_str())))
    });
    let holds = book
        .examples
        .iter()
        .filter(|example| example.is_about(rule) && example.side == "holds" && example.of(rule).next().is_none());
    let shown = |example: &Example| pretty(&example.text);
    let compared = violated.or(unknown);
    let broken = compared.and_then(shown);
    let distance = |example: &&Example| {
        let lines = broken
            .as_ref()
            .zip(shown(example))
            .map(|(broken, text)| differing(&text, broken).len() + differing(broken, &text).len());
        // A case is not compared with the facts of an image.
        let is_of_image = |example: &Example| example.of_image.is_some();
        (compared.is_some_and(|broken| is_of_image(broken) != is_of_image(example)), lines, rank(rule, example))
    };
    let holds = holds.min_by_key(distance);
    let mut out = String::new();
    let side = |example, title: Message, id: &str| (example, title.text(book.locale).to_owned(), id.to_owned());
    let shown =
        [side(holds, words::SIDE_HOLDS, "example-holds"), side(violated, words::SIDE_VIOLATED, "example-broken")];
    let shown = shown.into_iter().chain(others).chain([side(unknown, words::SIDE_UNKNOWN, "example-unknown")]);
    for (example, title, id) in shown {
        let Some(example) = example else { continue };
        out.push_str(&heading(3, &title, &id));
        let other = holds.filter(|_| id != "example-holds").map(|other| other.text.as_str());
        let at = if example.of_image.is_some() { "/facts" } else { "" };
        out.push_str(&caption(other, &example.text, at, book));
        if let Some(of) = &example.of_image {
            let edition = of.edition.as_ref().map_or_else(String::new, |edition| {
                words::WITH_EDITION.text(book.locale).replace("{}", &format!("`{edition}`"))
            });
            out.push_str(&format!("{}\n\n", words::FACTS_OF_IMAGE.text(book.locale).replace("{}", &edition)));
        }
        out.push_str(&json(&example.text, other));
        if let Some(of) = &example.of_image {
            let label = format!("{}{}", words::IN_A_TERMINAL.text(book.locale), words::COLON.text(book.locale));
            out.push_str(&format!("\n{}\n\n{}", label.trim_end(), code("sh", &of.command)));
        }
        out.push_str(&format!("\n{}\n", report(example, rule, book)));
    }
    out
}

/// How a case differs from another one, by pointers that begin with that of what the two are.
fn caption(from: Option<&str>, to: &str, at: &str, book: &Book) -> String {
    const MAX_DIFFERENCES: usize = 3;
    let parsed = |text: &str| serde_json::from_str::<Value>(text).ok();
    let Some((from, to)) = from.and_then(parsed).zip(parsed(to)) else { return String::new() };
    let mut found = Vec::new();
    differences(&from, &to, at.to_owned(), &mut found);
    if found.is_empty() || found.len() > MAX_DIFFERENCES {
        return String::new();
    }
    let say = |words: Message| words.text(book.locale);
    let value = |value: Option<&Value>| match value {
        None => say(words::ABSENT).to_owned(),
        Some(value) => {
            let text = value.to_string();
            let shown: String = text.chars().take(40).collect();
            let is_long = shown.len() < text.len();
            format!("`{}{}`", image_preflight::printable(&shown.replace('`', "'")), if is_long { "…" } else { "" })
        }
    };
    let lines: Vec<_> = found
        .iter()
        .map(|(at, from, to)| {
            format!("`{}`{}{} → {}", image_preflight::printable(at), say(words::COLON), value(*from), value(*to))
        })
        .collect();
    format!("{}{}{}\n\n", say(words::DIFFERS_IN), say(words::COLON), lines.join(say(words::COMMA)))
}

type Changed<'v> = (String, Option<&'v Value>, Option<&'v Value>);

fn differences<'v>(from: &'v Value, to: &'v Value, at: String, out: &mut Vec<Changed<'v>>) {
    match (from, to) {
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<_> = a.keys().chain(b.keys()).collect();
            for name in names {
                let at = format!("{at}/{name}");
                match (a.get(name), b.get(name)) {
                    (Some(from), Some(to)) => differences(from, to, at, out),
                    (from, to) => out.push((at, from, to)),
                }
            }
        }
        (from, to) if from == to => {}
        (from, to) => out.push((at, Some(from), Some(to))),
    }
}

/// What the check says of an example: the verdict, and each finding.
fn report(example: &Example, rule: &Rule, book: &Book) -> String {
    const MAX_FINDINGS: usize = 5;
    let say = |words: Message| words.text(book.locale);
    let mut out = format!("{}{}`{}`\n\n", say(words::REPORT), say(words::COLON), example.verdict);
    // The rule of the page first.
    let mut said: Vec<_> = example.said.iter().collect();
    said.sort_by_key(|said| said.rule.id != rule.id);
    for said in said.iter().take(MAX_FINDINGS) {
        let id = said.rule.id.rsplit('.').next().unwrap_or(said.rule.id);
        let is_own = said.rule.id == rule.id;
        let name = if is_own { format!("`{id}`") } else { format!("[`{id}`]({}.md)", said.rule.id) };
        out.push_str(&line(said, &name, book));
    }
    if said.len() > MAX_FINDINGS {
        out.push_str(&format!("- … {}\n", say(words::MORE).replace("{}", &(said.len() - MAX_FINDINGS).to_string())));
    }
    out
}

/// A finding as an item of a list.
fn line(said: &Said, name: &str, book: &Book) -> String {
    let severity = words::severity(said.severity, book.locale);
    let at = image_preflight::printable(&said.at);
    let at = if at.is_empty() { String::new() } else { format!(" `{at}`") };
    format!("- {severity} · {name}{at}<br>{}\n", text(&shortened(&said.message)))
}

/// The simplest examples come first, and cases before questions about an image.
fn rank(rule: &Rule, example: &Example) -> impl Ord + use<> {
    (example.of_image.is_some(), !example.is_about(rule), example.said.len(), example.text.len())
}

/// The messages of a rule, one for each outcome and kind of violation; those of violations first.
fn messages(rule: &Rule, book: &Book) -> String {
    let mut seen = BTreeSet::new();
    let mut all: Vec<_> = all_said(rule, book).collect();
    all.sort_by_key(|said| !said.is_violated());
    let mut out = String::new();
    for said in all {
        if seen.len() < MAX_SHOWN && seen.insert((said.outcome.as_str(), said.kind, said.severity)) {
            let kind = if said.is_violated() { words::SIDE_VIOLATED } else { words::SIDE_UNKNOWN }.text(book.locale);
            let kind = said.kind.map_or_else(|| kind.to_owned(), |kind| format!("`{kind}`"));
            out.push_str(&line(said, &kind, book));
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
    let mut all: Vec<_> = all_said(rule, book).collect();
    all.sort_by_key(|said| !said.is_violated());
    for (title, patch, way_out) in all.iter().flat_map(|said| &said.fixes) {
        if seen.len() < MAX_SHOWN && seen.insert(without_quotes(title)) {
            out.push_str(&format!("- {}", text(&shortened(title))));
            if let Some(operation) = way_out.and_then(image_preflight::operation) {
                let link = book.link(operation.id(), operation.title());
                out.push_str(&in_brackets(&format!("{} {link}", words::WAY_OUT.text(book.locale)), book));
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

/// The errors that the rule prevents.
fn codes(rule: &'static Rule, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let errors: Vec<_> = data::codes_of(rule).collect();
    if errors.is_empty() {
        return String::new();
    }
    let mut table = head(&[words::CODE, words::MEANING, words::RETRY].map(say));
    for error in error_codes().filter(|error| error.rules.contains(&rule.id)) {
        table.push_str(&row(&[
            code_page::link(error.code, book),
            text(say(error.meaning)),
            say(words::retry(error.retry)).to_owned(),
        ]));
    }
    table
}

/// What the default edition and the others say of the same case, where they differ; editions that agree are in one row.
fn editions(rule: &Rule, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut groups: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for name in Edition::names() {
        let differing = book.examples.iter().filter_map(|example| {
            let (default, other) = example.otherwise.get(name)?.get(rule.id)?;
            Some((default, other, example.text.len()))
        });
        // A case that one of the two refuses says the most.
        let clearest = differing.min_by_key(|(default, other, length)| {
            let is_undecided = [default, other]
                .iter()
                .any(|side| side.as_ref().is_some_and(|(outcome, _)| *outcome == Outcome::Unknown));
            (is_undecided, *length)
        });
        if let Some((default, other, _)) = clearest {
            let said = |side: &Option<(Outcome, String)>| match side {
                Some((_, message)) => text(&shortened(message)),
                None => say(words::SIDE_HOLDS).to_owned(),
            };
            groups.entry((said(default), said(other))).or_default().push(name);
        }
    }
    if groups.is_empty() {
        return String::new();
    }
    let mut table = format!("{}\n\n", say(words::DIFFERS));
    table.push_str(&head(&[words::EDITIONS, words::RESULT_THERE, words::RESULT_BY_DEFAULT].map(say)));
    for ((default, other), names) in groups {
        let names: Vec<_> = names.iter().map(|name| format!("[{name}](editions.md#{name})")).collect();
        table.push_str(&row(&[names.join(say(words::COMMA)), other, default]));
    }
    table
}

fn sources(rule: &Rule, locale: Locale) -> String {
    rule.citations_in(locale).map(|citation| format!("- {}\n", source(citation, locale))).collect()
}
