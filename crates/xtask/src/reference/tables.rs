//! The pages that are not about one rule: documented statements, facts, editions, error codes, problem types.

use super::markdown::{head, heading, row, text};
use super::{Book, Page, code_page, words};
use image_preflight::{Citation, Edition, Fact, Locale, Message, Operation, Rule, Statement, operations, rule, rules};
use image_preflight_tests::read;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The pages.
pub(super) fn pages(book: &Book) -> Vec<Page> {
    let page = |title: Message, path: &str, lead: Message, markdown: String| {
        let description = format!("{}{}{}", book.say(title), book.say(words::COLON), book.say(lead));
        Page::new(path, words::PAGE, book.say(title), &description).with(&format!("{}\n\n{markdown}", book.say(lead)))
    };
    vec![
        Page { is_filtered: true, ..page(words::CODES_TITLE, "codes", words::CODES_LEAD, codes(book)) },
        Page { is_filtered: true, ..page(words::FACTS, "facts", words::FACTS_LEAD, facts(book)) },
        page(words::EDITIONS, "editions", words::EDITIONS_LEAD, editions(book)),
        page(words::STATEMENTS, "statements", words::STATEMENTS_LEAD, statements(book)),
        page(words::PROBLEMS, "problems", words::PROBLEMS_LEAD, problems(book)),
    ]
}

/// Every row of CONSTRAINTS.md, which `tests/rows.json` lists, with its rule and its vectors.
fn statements(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let rows: BTreeMap<String, Vec<String>> = read("rows.json");
    let counts = counts(book);
    let mut page = String::new();
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
            page.push_str(&format!("\n{}", heading(2, &book.link(name, title), name)));
            page.push_str(&head(&[say(words::STATEMENT), say(words::HOLDS), say(words::VECTORS), say(words::SOURCES)]));
        }
        let count = |side: &String| {
            let mark = match side.as_str() {
                "holds" => '✓',
                "violated" => '✗',
                "unknown" => '?',
                "presumed" => '≈',
                other => panic!("{id}: what is {other}?"),
            };
            let count = counts.get(&(id.clone(), side.clone())).copied().unwrap_or_default();
            assert!(count > 0, "no vector shows {id}: {side}");
            format!("{mark}\u{a0}{count}")
        };
        let numbers = citations.iter().map(|citation| number(citation, &mut sources)).collect::<Vec<_>>();
        let counted: Vec<_> = sides.iter().map(count).collect();
        page.push_str(&row(&[link, holds, counted.join(" · "), numbers.join(" ")]));
    }
    page.push_str(&format!("\n{}", heading(2, say(words::SOURCES), "sources")));
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
        "refusals" => (words::REFUSED, format!("{}.md#errors", operation.id())),
        "example" => (words::OWN_EXAMPLE, operation.id().to_owned()),
        "variants" => (words::VARIANTS, operation.id().to_owned()),
        "body-regionId" => {
            let rule = rule("jd.copy-images.regionId").expect("a rule");
            return (format!("[`{id}`]({}.md)", rule.id), text(say(rule.holds)), rule.citations);
        }
        other => panic!("{id}: what is {other}?"),
    };
    let page = if page.contains(".md") { page } else { format!("{page}.md") };
    (format!("[`{id}`]({page})"), say(holds).to_owned(), citations)
}

/// The anchor of a fact on its page: its pointer without the beginning.
fn fact_anchor(fact: Fact) -> String {
    fact.pointer().trim_start_matches("/facts/").replace('/', ".").replace('*', "each")
}

/// A link to a fact.
pub(super) fn fact_link(fact: Fact) -> String {
    format!("[`{}`](facts.md#{})", fact.pointer(), fact_anchor(fact))
}

/// Every fact, how to get it, and the rules that read it.
fn facts(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = head(&[say(words::FACT), say(words::MEANING), say(words::HOW), say(words::READ_BY)]);
    for fact in image_preflight::facts() {
        let readers: Vec<_> = book
            .rules()
            .filter(|(rule, _)| rule.reads.contains(&fact))
            .map(|(rule, _)| reader(rule, fact, book))
            .collect();
        page.push_str(&row(&[
            format!("<a id=\"{}\"></a>`{}`", fact_anchor(fact), fact.pointer()),
            text(say(fact.description())),
            text(say(fact.how_to_obtain())),
            readers.join("<br>"),
        ]));
    }
    page.push_str(&format!("\n{}{}\n\n", heading(2, say(words::OBJECTS), "objects"), say(words::OBJECTS_LEAD)));
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

/// Every edition: what each limit is under which of them, then what each stands for, how it differs from the default one, and the
/// rules that differ.
fn editions(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let all: Vec<_> = Edition::names().filter_map(Edition::from_name).collect();
    let mut page = format!("<div class=\"compare\" data-editions=\"{}\"></div>\n\n", compared(&all, book));
    page.push_str(&by_limit(&all, book));
    let default = Edition::default();
    for edition in &all {
        let name = edition.name();
        page.push_str(&format!("\n{}{}\n\n", heading(2, name, name), text(&edition.source(book.locale))));
        let aliases: Vec<_> = Edition::aliases().filter(|(_, of)| *of == name).collect();
        if !aliases.is_empty() {
            let aliases: Vec<_> = aliases.iter().map(|(alias, _)| format!("`{alias}`")).collect();
            page.push_str(&format!(
                "{}{}{}\n\n",
                say(words::ALIASES),
                say(words::COLON),
                aliases.join(say(words::COMMA))
            ));
        }
        let differences = default.differences(edition);
        if !differences.is_empty() {
            page.push_str(&format!("{}{}\n\n", say(words::DIFFERENCES), say(words::COLON).trim_end()));
            for difference in &differences {
                page.push_str(&format!("- {}\n", text(&difference.text(book.locale))));
            }
            page.push('\n');
        }
        let differing = book.differing(name);
        if !differing.is_empty() {
            let links =
                differing.into_iter().map(|rule| format!("- [`{0}`]({0}.md#editions)\n", rule.id)).collect::<String>();
            page.push_str(&format!("{}{}\n\n{links}\n", say(words::RULES_DIFFER), say(words::COLON).trim_end()));
        } else if name != default.name() {
            page.push_str(&format!("{}\n\n", say(words::SAME_EVERYWHERE)));
        }
    }
    page
}

/// For each thing that editions disagree about, its values and the editions of each. An edition is asked only of its own cloud.
fn by_limit(all: &[Edition], book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = head(&[words::LIMIT, words::VALUE, words::EDITIONS].map(say));
    for statement in Edition::default().statements() {
        let mut values: Vec<(String, Vec<String>)> = Vec::new();
        for edition in all {
            let same = edition.statements().find(|other| other.title() == statement.title());
            let Some(value) = same.map(|same| same.value(book.locale)) else { continue };
            let link = format!("[{0}](#{0})", edition.name());
            match values.iter_mut().find(|(known, _)| *known == value) {
                Some((_, editions)) => editions.push(link),
                None => values.push((value, vec![link])),
            }
        }
        for (index, (value, editions)) in values.iter().enumerate() {
            let title = if index == 0 { text(statement.title().text(book.locale)) } else { String::new() };
            page.push_str(&row(&[title, text(value), editions.join(say(words::COMMA))]));
        }
    }
    page
}

/// What every edition states, for the comparison of two: `[title, {edition: value}]` for each limit, as JSON in an attribute.
fn compared(all: &[Edition], book: &Book) -> String {
    let value = |edition: &Edition, of: &Statement| {
        let same = edition.statements().find(|other| other.title() == of.title())?;
        Some((edition.name().to_owned(), Value::from(same.value(book.locale))))
    };
    let limits: Vec<_> = Edition::default()
        .statements()
        .map(|of| {
            let values: serde_json::Map<_, _> = all.iter().filter_map(|edition| value(edition, &of)).collect();
            let title = of.title().text(book.locale).replace('`', "");
            Value::from(vec![Value::from(title), Value::from(values)])
        })
        .collect();
    super::render::escaped(&Value::from(limits).to_string())
}

/// The whole table of error codes, by what they begin with; each has an anchor of its own name.
fn codes(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = String::new();
    let mut prefix = None;
    for code in code_page::codes() {
        let title = code.split_once('.').map_or("JD Cloud", |(first, _)| first);
        if prefix.replace(title) != Some(title) {
            page.push_str(&format!("\n{}", heading(2, title, &title.replace(' ', "-"))));
            page.push_str(&head(&[words::CODE, words::MEANING, words::RETRY, words::RULES].map(say)));
        }
        for (index, error) in code_page::rows(code).into_iter().enumerate() {
            let anchor = if index == 0 { format!("<a id=\"{code}\"></a>") } else { String::new() };
            let message = if error.message.is_empty() { String::new() } else { format!("<br>`{}`", error.message) };
            let rules = error.rules.iter().filter_map(|id| rule(id)).map(link).collect::<Vec<_>>();
            page.push_str(&row(&[
                format!("{anchor}{}{message}", code_page::link(code, book)),
                text(say(error.meaning)),
                say(words::retry(error.retry)).to_owned(),
                rules.join("<br>"),
            ]));
        }
    }
    page.push_str(&format!("\n{}", heading(2, say(words::BY_STATUS), "status")));
    page.push_str(&head(&[words::STATUS, words::MEANING, words::RETRY].map(say)));
    for status in 400..600 {
        // What an answer without a body means is what its status means.
        let answer = image_preflight::explain(Some(status), "");
        if let Some(retry) = answer.retry() {
            let meaning = answer.meaning(book.locale);
            let anchor = format!("<a id=\"{status}\"></a>{status}");
            page.push_str(&row(&[anchor, text(&meaning), say(words::retry(retry)).to_owned()]));
        }
    }
    page
}

/// The types of problem details.
fn problems(book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut page = format!("[problem.json]({}schema/problem.json)\n\n", book.site());
    for (anchor, words) in
        [("invalid", words::INVALID), ("denied", words::DENIED), ("undetermined", words::UNDETERMINED)]
    {
        page.push_str(&format!("{}{}\n\n", heading(2, anchor, anchor), say(words)));
    }
    page
}
