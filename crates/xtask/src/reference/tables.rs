//! The pages that are not about one rule: documented statements, facts, editions, refusals, problem types.

use super::markdown::{head, row, text};
use super::{Book, words};
use image_preflight::{Citation, Edition, Fact, Locale, Message, Operation, Rule, operations, rule, rules};
use image_preflight_tests::read;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Every row of CONSTRAINTS.md, which `tests/rows.json` lists, with its rule and its vectors.
pub(super) fn statements(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let rows: BTreeMap<String, Vec<String>> = read("rows.json");
    let counts = counts(book);
    let mut page = book.top(say(words::STATEMENTS), "statements");
    page.push_str(&format!("{}\n\n", say(words::STATEMENTS_LEAD)));
    let mut sources = Vec::new();
    let mut of = None;
    // What is of no operation is of any case, and comes last.
    let place = |id: &str| {
        let id = rule(id).map_or(id, |rule| rule.id);
        let is_of = |operation: &&Operation| id.strip_prefix(operation.id()).is_some_and(|rest| rest.starts_with('.'));
        book.operations.iter().position(is_of).unwrap_or(book.operations.len())
    };
    let mut in_order: Vec<_> = rows.iter().collect();
    in_order.sort_by_key(|(id, _)| place(id));
    for (id, sides) in in_order {
        let (link, holds, citations) = statement(id, book);
        let (operation, of_a_case) = (book.operations.get(place(id)), ("case", words::OF_A_CASE));
        let (name, title) = operation.map_or(of_a_case, |operation| (operation.id(), operation.title()));
        if of.replace(name) != Some(name) {
            page.push_str(&format!("\n## {}\n\n", book.link(name, title)));
            page.push_str(&head(&[say(words::STATEMENT), say(words::HOLDS), say(words::VECTORS), say(words::SOURCES)]));
        }
        let count = |side: &String| {
            let mark = match side.as_str() {
                "holds" => '✓',
                "violated" => '✗',
                _ => '?',
            };
            let count = counts.get(&(id.clone(), side.clone())).copied().unwrap_or_default();
            assert!(count > 0, "no vector shows {id}: {side}");
            format!("{mark}\u{a0}{count}")
        };
        let numbers = citations.iter().map(|citation| number(citation, &mut sources)).collect::<Vec<_>>();
        let counted: Vec<_> = sides.iter().map(count).collect();
        page.push_str(&row(&[link, holds, counted.join(" · "), numbers.join(" ")]));
    }
    page.push_str(&format!("\n## {}\n\n", say(words::SOURCES)));
    for (index, citation) in sources.iter().enumerate() {
        page.push_str(&format!("<a id=\"source-{0}\"></a>{0}. {1}\n\n", index + 1, source(citation, book.locale)));
    }
    let is_listed = |rule: &&Rule| {
        let is_own = rule.id.ends_with(".unknown-field")
            || rule.id.ends_with(".duplicate-field")
            || rule.id.starts_with("case.");
        is_own || rule.id.starts_with("image.") || rules_of_rows(&rows).contains(rule.id)
    };
    assert_eq!(rules().find(|rule| !is_listed(rule)).map(|rule| rule.id), None, "a rule is in no row of rows.json");
    page
}

/// A link to a citation in the list of sources.
fn number(citation: &'static Citation, sources: &mut Vec<&'static Citation>) -> String {
    let index = sources.iter().position(|known| **known == *citation).unwrap_or(sources.len());
    if index == sources.len() {
        sources.push(citation);
    }
    format!("[{0}](#source-{0})", index + 1)
}

/// A citation, as a line.
pub(super) fn source(citation: &Citation, locale: Locale) -> String {
    let document = match citation.url {
        Some(url) => format!("[{}]({url})", text(citation.document)),
        None => text(citation.document),
    };
    match locale == Locale::CHINESE {
        true => format!("{document}，{}：{}", citation.date_text(locale), text(citation.section)),
        false => format!("{document}, {}: {}", citation.date_text(locale), text(citation.section)),
    }
}

fn rules_of_rows(rows: &BTreeMap<String, Vec<String>>) -> BTreeSet<&'static str> {
    rows.keys().filter_map(|id| rule(id)).map(|rule| rule.id).collect()
}

/// The number of vectors for each row and side.
fn counts(book: &Book) -> BTreeMap<(String, String), usize> {
    let answers: Vec<Value> = read("vectors/answers.json");
    let of_answers = answers.iter().map(|answer| {
        (answer["row"].as_str().unwrap_or_default().to_owned(), answer["side"].as_str().unwrap_or_default().to_owned())
    });
    let mut counts = BTreeMap::new();
    for key in book.examples.iter().map(|example| (example.row.clone(), example.side.clone())).chain(of_answers) {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

/// A link, the requirement, and its citation.
fn statement(id: &str, book: &Book) -> (String, String, &'static [Citation]) {
    let say = |words: Message| words.text(book.locale);
    if let Some(rule) = rule(id) {
        return (format!("[`{id}`]({}.md)", rule.id), text(say(rule.holds)), rule.citations);
    }
    if let Some((_, page, holds)) = words::OF_CASES.iter().find(|(known, ..)| *known == id) {
        return (format!("[`{id}`]({page}.md)"), say(*holds).to_owned(), &[]);
    }
    let operation =
        operations().find(|operation| id.strip_prefix(operation.id()).is_some_and(|rest| rest.starts_with('.')));
    let operation = operation.unwrap_or_else(|| panic!("{id} is of no operation"));
    let citations =
        operation.body().first().map(|field| field.rule().citations.get(..1).unwrap_or_default()).unwrap_or_default();
    let (holds, page) = match id.rsplit('.').next().unwrap_or_default() {
        "answer" => (words::ANSWER, operation.id().to_owned()),
        "refusals" => (words::REFUSED, "refusals".to_owned()),
        "example" => (words::OWN_EXAMPLE, operation.id().to_owned()),
        "variants" => (words::VARIANTS, operation.id().to_owned()),
        "body-regionId" => {
            let rule = rule("jd.copy-images.regionId").expect("a rule");
            return (format!("[`{id}`]({}.md)", rule.id), text(say(rule.holds)), rule.citations);
        }
        other => panic!("{id}: what is {other}?"),
    };
    (format!("[`{id}`]({page}.md)"), say(holds).to_owned(), citations)
}

/// Every fact, how to get it, and the rules that read it.
pub(super) fn facts(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = book.top(say(words::FACTS), "facts");
    page.push_str(&format!("{}\n\n", say(words::FACTS_LEAD)));
    page.push_str(&head(&[say(words::FACT), say(words::MEANING), say(words::HOW), say(words::READ_BY)]));
    for fact in image_preflight::facts() {
        let readers: Vec<_> = book
            .rules()
            .filter(|(rule, _)| rule.reads.contains(&fact))
            .map(|(rule, _)| reader(rule, fact, book))
            .collect();
        page.push_str(&row(&[
            format!("`{}`", fact.pointer()),
            text(say(fact.description())),
            text(say(fact.how_to_obtain())),
            readers.join(", "),
        ]));
    }
    page.push_str(&format!("\n## {}\n\n{}\n\n", say(words::OBJECTS), say(words::OBJECTS_LEAD)));
    page.push_str(&head(&[say(words::MEMBER), say(words::TAKES), say(words::TOLD_BY)]));
    for (member, takes, told_by) in &words::FORMS {
        page.push_str(&row(&[format!("`{member}`"), text(say(*takes)), say(*told_by).to_owned()]));
    }
    page.push_str(&format!("\n{}\n\n", say(words::ABSENCE)));
    page.push_str(&head(&[say(words::MEMBER), say(words::ABSENT_FROM_WHOLE), say(words::ABSENT_ELSEWHERE)]));
    for (member, absent) in &words::ABSENCES {
        page.push_str(&row(&[format!("`{member}`"), say(*absent).to_owned(), say(words::UNKNOWN).to_owned()]));
    }
    page
}

/// A rule that reads a fact, and whether it presumes it.
fn reader(rule: &Rule, fact: Fact, book: &Book) -> String {
    let presumes = if rule.presumes.contains(&fact) { words::PRESUMES.text(book.locale) } else { "" };
    format!("{}{presumes}", link(rule))
}

fn link(rule: &Rule) -> String {
    format!("[`{}`]({}.md)", rule.id, rule.id)
}

/// Every edition: all side by side, then what each stands for, how it differs from the default one, and the rules that differ.
pub(super) fn editions(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = book.top(say(words::EDITIONS), "editions");
    page.push_str(&format!("{}\n\n", say(words::EDITIONS_LEAD)));
    let all: Vec<_> = Edition::names().filter_map(Edition::from_name).collect();
    side_by_side(&all, book, &mut page);
    let default = Edition::default();
    for edition in &all {
        let name = edition.name();
        page.push_str(&format!("\n## {name}\n\n{}\n\n", text(&edition.source(book.locale))));
        let aliases: Vec<_> = Edition::aliases().filter(|(_, of)| *of == name).collect();
        if !aliases.is_empty() {
            let aliases: Vec<_> = aliases.iter().map(|(alias, _)| format!("`{alias}`")).collect();
            page.push_str(&format!("{}{}{}\n\n", say(words::ALIASES), say(words::COLON), aliases.join(", ")));
        }
        let differences = default.differences(edition);
        if !differences.is_empty() {
            page.push_str(&format!("{}{}\n\n", say(words::DIFFERENCES), say(words::COLON).trim_end()));
            for difference in &differences {
                page.push_str(&format!("- {}\n", text(&difference.text(book.locale))));
            }
            page.push('\n');
        }
        let otherwise = book.examples.iter().filter_map(|example| example.otherwise.get(name)).flatten();
        let links: BTreeSet<_> = otherwise.filter_map(|id| rule(id)).map(link).collect();
        if !links.is_empty() {
            page.push_str(&format!(
                "{}{}\n\n{}\n",
                say(words::RULES_DIFFER),
                say(words::COLON).trim_end(),
                links.into_iter().map(|link| format!("- {link}\n")).collect::<String>()
            ));
        } else if name != "default" {
            page.push_str(&format!("{}\n\n", say(words::SAME_EVERYWHERE)));
        }
    }
    page
}

/// A table of editions: a row for each thing that they disagree about. An edition of another cloud has nothing in it.
fn side_by_side(all: &[Edition], book: &Book, page: &mut String) {
    let title = words::EDITION.text(book.locale);
    let names: Vec<_> = all.iter().map(|edition| format!("[{0}](#{0})", edition.name())).collect();
    page.push_str(&head(&[&[title][..], &names.iter().map(String::as_str).collect::<Vec<_>>()].concat()));
    for statement in Edition::default().statements() {
        let of = |edition: &Edition| {
            let same = edition.statements().find(|other| other.title() == statement.title());
            same.map_or_else(|| "–".to_owned(), |statement| text(&statement.value(book.locale)))
        };
        let values = all.iter().map(of);
        page.push_str(&row(&[text(statement.title().text(book.locale))].into_iter().chain(values).collect::<Vec<_>>()));
    }
}

/// The whole table of error codes, by what they begin with; each has an anchor of its own name.
pub(super) fn refusals(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = book.top(say(words::REFUSALS), "refusals");
    page.push_str(&format!("{}\n\n{}\n\n", say(words::REFUSALS_LEAD), say(words::OTHER_OPERATIONS)));
    let mut prefix = None;
    let mut anchors = BTreeSet::new();
    for error in image_preflight::error_codes() {
        let title = match error.code.split_once('.') {
            Some((first, _)) => first,
            None => "JD Cloud",
        };
        if prefix.replace(title) != Some(title) {
            page.push_str(&format!("\n## {title}\n\n"));
            let titles = [words::CODE, words::STATUS, words::MEANING, words::OPERATIONS, words::RETRY, words::RULES];
            page.push_str(&head(&titles.map(say)));
        }
        let is_first = anchors.insert(error.code);
        let anchor = if is_first { format!("<a id=\"{0}\"></a>", error.code) } else { String::new() };
        let code =
            [error.code, error.message].into_iter().filter(|part| !part.is_empty()).map(|part| format!("`{part}`"));
        let status = if error.status == 0 { String::new() } else { error.status.to_string() };
        let operations = error.operations.iter().map(|id| match operations().find(|known| known.id() == *id) {
            Some(_) => format!("[`{id}`]({id}.md)"),
            None => format!("`{id}`"),
        });
        let mut operations: Vec<_> = operations.collect();
        if operations.is_empty() {
            operations.push(say(words::ANY_OPERATION).to_owned());
        }
        let rules: Vec<_> = error.rules.iter().filter_map(|id| rule(id)).map(link).collect();
        page.push_str(&row(&[
            format!("{anchor}{}", code.collect::<Vec<_>>().join(" ")),
            status,
            text(say(error.meaning)),
            operations.join(", "),
            text(say(error.retry.advice())),
            rules.join(", "),
        ]));
    }
    page.push_str(&format!("\n## {}\n\n", say(words::BY_STATUS)));
    page.push_str(&head(&[words::STATUS, words::MEANING, words::RETRY].map(say)));
    for status in 400..600 {
        // What an answer without a body means is what its status means.
        let answer = image_preflight::explain(Some(status), "");
        if let Some(retry) = answer.retry() {
            let meaning = answer.meaning(book.locale);
            page.push_str(&row(&[status.to_string(), text(&meaning), text(say(retry.advice()))]));
        }
    }
    page
}

/// The types of problem details.
pub(super) fn problems(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = book.top(say(words::PROBLEMS), "problems");
    page.push_str(&format!("{}\n\n[problem.json]({}schema/problem.json)\n\n", say(words::PROBLEMS_LEAD), book.site()));
    for (anchor, words) in
        [("invalid", words::INVALID), ("denied", words::DENIED), ("undetermined", words::UNDETERMINED)]
    {
        page.push_str(&format!("## {anchor}\n\n{}\n\n", say(words)));
    }
    page
}
