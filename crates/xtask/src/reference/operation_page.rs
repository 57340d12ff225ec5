//! The page of an operation: its parameters, an example, the answer, the errors, the rules.

use super::markdown::{code, head, heading, row, text};
use super::{Book, Page, code_page, words};
use image_preflight::job::Job;
use image_preflight::{Field, Message, Operation, Outcome, Rule, Severity, check, rule, schema};
use image_preflight_tests::read;
use serde_json::Value;
use std::collections::BTreeSet;

/// The page.
pub(super) fn page(operation: &'static Operation, book: &Book) -> Page {
    let say = |words: Message| words.text(book.locale);
    let title = say(operation.title());
    let is_called = !operation.path_template().is_empty();
    let mut out = String::new();
    let holds: Vec<_> = operation.rules().filter(|rule| rule.title.is_some()).map(|rule| book.name(rule)).collect();
    let description = format!("{title}{}{}", say(words::COLON), holds.join(say(words::COMMA)));
    if is_called {
        let provider = operation.provider();
        out.push_str(&format!(
            "{} · **{}** · `{}`\n\n",
            text(say(provider.name)),
            operation.api_name(),
            operation.id()
        ));
        out.push_str(&code("http", &format!("{} {}", provider.method, operation.path_template())));
        out.push_str(&format!("\n{}\n", links(operation, book)));
        out.push_str(&heading(2, say(words::PARAMETERS), "parameters"));
        out.push_str(&format!("{}\n", parameters(operation, book)));
        out.push_str(&examples(operation, book));
        out.push_str(&answer(operation, book));
        out.push_str(&heading(2, say(words::CODES), "errors"));
        out.push_str(&format!("{}\n\n{}\n", say(words::ERRORS_LEAD), errors(operation, book)));
    } else {
        out.push_str(&format!("{}\n\n", say(words::NO_REQUEST)));
    }
    out.push_str(&heading(2, say(words::RULES), "rules"));
    out.push_str(&book.table(operation.rules()));
    let mut page = Page::new(operation.id(), words::OPERATION, title, &description).with(&out);
    page.of = if is_called { operation.api_name().to_owned() } else { operation.id().to_owned() };
    page.names = format!("{} {}", operation.id(), operation.api_name());
    page
}

/// The provider's pages that state the operation, and our schema of its body.
fn links(operation: &'static Operation, book: &Book) -> String {
    const MAX_LINKS: usize = 3;
    let mut seen = BTreeSet::new();
    let cited = operation.body().iter().flat_map(|field| field.rule().citations_in(book.locale));
    let mut out = String::new();
    for citation in cited {
        if let Some(url) = citation.url.filter(|url| seen.insert(*url)) {
            let date = citation.date_text(book.locale);
            if seen.len() <= MAX_LINKS {
                let date = book.say(words::IN_BRACKETS).replace("{}", date);
                let (label, colon) = (book.say(words::DOCUMENT), book.say(words::COLON));
                out.push_str(&format!("- {label}{colon}[{}]({url}){date}\n", text(citation.document)));
            }
        }
    }
    let id = operation.id();
    format!("{out}- JSON Schema{}[{id}.json]({}schema/{id}.json)\n", book.say(words::COLON), book.site())
}

/// When a field is needed.
enum Required {
    Always,
    Never,
    /// The rules that demand it in some requests.
    Sometimes(Vec<&'static Rule>),
}

/// Found by experiment: of every allowed example the field is taken out, and the request is checked again.
fn required(operation: &'static Operation, field: &Field, book: &Book) -> Required {
    let of_operation = book.examples.iter().filter(|example| example.verdict == "allowed");
    let cases = of_operation.filter_map(|example| serde_json::from_str::<Value>(&example.text).ok());
    let cases = cases.filter(|case| case["operation"] == operation.id() && case.get("edition").is_none());
    let (mut is_needed, mut is_spared) = (false, false);
    let mut demand: Vec<&'static Rule> = Vec::new();
    for mut case in cases {
        let removed = case["body"].as_object_mut().and_then(|body| body.remove(field.name()));
        if removed.is_none_or(|value| value.is_null()) {
            is_spared = true;
            continue;
        }
        let text = case.to_string();
        let report = check(&text);
        let refused = report
            .findings()
            .iter()
            .filter(|finding| finding.outcome() == Outcome::Violated && finding.severity() == Severity::Error);
        let refused: Vec<_> = refused.map(image_preflight::Finding::rule).collect();
        is_needed |= !refused.is_empty();
        is_spared |= refused.is_empty();
        demand.extend(refused);
    }
    match (is_needed, is_spared) {
        (true, false) => Required::Always,
        (false, _) => Required::Never,
        (true, true) => {
            // The rule of the field itself says it best, where it is one of them.
            let own = demand.iter().copied().find(|rule| rule.id == field.rule().id);
            let mut seen = BTreeSet::new();
            demand.retain(|rule| seen.insert(rule.id));
            Required::Sometimes(own.map_or(demand, |own| vec![own]))
        }
    }
}

fn parameters(operation: &'static Operation, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let body = schema::body(operation).to_value();
    let mut table = head(&[words::PARAMETER, words::IN, words::TYPE, words::REQUIRED_WHEN, words::HOLDS].map(say));
    for (field, is_in_path) in
        operation.path().iter().map(|field| (field, true)).chain(operation.body().iter().map(|field| (field, false)))
    {
        let when = if is_in_path { Required::Always } else { required(operation, field, book) };
        let when = match when {
            Required::Always => format!("**{}**", say(words::YES)),
            Required::Never => say(words::NO).to_owned(),
            Required::Sometimes(rules) => sometimes(field, &rules, book),
        };
        let kind = kind(&body, field.name()).unwrap_or_else(|| "string".to_owned());
        table.push_str(&row(&[
            format!("[`{}`]({}.md)", field.name(), field.rule().id),
            say(if is_in_path { words::PATH } else { words::BODY }).to_owned(),
            kind,
            when,
            text(say(field.rule().holds)),
        ]));
    }
    table
}

/// When a field is required that not every request needs: in the words of the field, or in those of the rules that demand it. What
/// the rule of the field itself says is in the last cell of its row.
fn sometimes(field: &Field, rules: &[&'static Rule], book: &Book) -> String {
    let mut others = rules.iter().filter(|rule| rule.id != field.rule().id);
    let link = |words: Message, rule: &Rule| format!("[{}]({}.md)", text(book.say(words)), rule.id);
    match (field.needed(), others.next()) {
        (Some(needed), None) => text(book.say(needed)),
        (Some(needed), Some(rule)) => link(needed, rule),
        (None, first) => {
            let links = first.into_iter().chain(others).map(|rule| format!(" {}", link(rule.holds, rule)));
            format!("**{}**{}", book.say(words::CONDITIONAL), links.collect::<String>())
        }
    }
}

/// The JSON type of a field, by the schema of the body: the first that is not null.
fn kind(schema: &Value, name: &str) -> Option<String> {
    fn property<'s>(schema: &'s Value, name: &str) -> Option<&'s Value> {
        match schema {
            Value::Object(members) => {
                let own = members.get("properties").and_then(|properties| properties.get(name));
                // A branch that only forbids a field says nothing of its type.
                let own = own.filter(|own| own.get("description").is_some());
                own.or_else(|| members.values().find_map(|member| property(member, name)))
            }
            Value::Array(list) => list.iter().find_map(|member| property(member, name)),
            _ => None,
        }
    }
    fn types(value: &Value, root: &Value, out: &mut Vec<String>) {
        if let Some(to) = value["$ref"].as_str().and_then(|to| to.strip_prefix('#')).and_then(|to| root.pointer(to)) {
            types(to, root, out);
        }
        match &value["type"] {
            Value::String(name) => out.push(name.clone()),
            Value::Array(names) => out.extend(names.iter().filter_map(|name| Some(name.as_str()?.to_owned()))),
            _ => {}
        }
        for branch in ["anyOf", "oneOf", "allOf"].iter().filter_map(|name| value[*name].as_array()).flatten() {
            types(branch, root, out);
        }
    }
    let property = property(schema, name)?;
    let mut found = Vec::new();
    types(property, schema, &mut found);
    found.into_iter().find(|name| name != "null")
}

/// The requests of the provider's documents, one for each set of fields that depend on one another.
fn examples(operation: &'static Operation, book: &Book) -> String {
    const MAX_SHOWN: usize = 2;
    let row = format!("{}.example", operation.id());
    let conditional: BTreeSet<_> = operation
        .body()
        .iter()
        .filter(|field| matches!(required(operation, field, book), Required::Sometimes(_)))
        .map(Field::name)
        .collect();
    let own = book.examples.iter().filter(|example| example.row == row && example.verdict == "allowed");
    let mut own: Vec<_> = own.collect();
    own.sort_by_key(|example| example.text.len());
    let mut seen: Vec<BTreeSet<&str>> = Vec::new();
    let mut out = String::new();
    for example in own {
        let Ok(case) = serde_json::from_str::<Value>(&example.text) else { continue };
        let given: BTreeSet<_> = conditional.iter().copied().filter(|name| !case["body"][*name].is_null()).collect();
        if seen.len() < MAX_SHOWN && !seen.contains(&given) {
            seen.push(given);
            out.push_str(&format!("{}\n", code("http", &request(operation, &case))));
        }
    }
    if out.is_empty() { out } else { format!("{}{out}", heading(2, book.say(words::REQUEST_EXAMPLE), "request")) }
}

/// A request as HTTP has it.
fn request(operation: &Operation, case: &Value) -> String {
    let provider = operation.provider();
    let mut path = operation.path_template().to_owned();
    for (name, value) in case["path"].as_object().into_iter().flatten() {
        path = path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default());
    }
    format!(
        "{} {path} HTTP/1.1\nHost: {}\nContent-Type: application/json\n{}: …\n\n{:#}",
        provider.method,
        provider.endpoint.replace("{region}", provider.example_region),
        provider.auth_header,
        case["body"]
    )
}

/// What the provider answers to a request that it takes, and how to go on.
fn answer(operation: &'static Operation, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let answers: Vec<Value> = read("vectors/answers.json");
    let row = format!("{}.answer", operation.id());
    let Some(answer) = answers.iter().find(|answer| answer["row"] == row.as_str() && answer["kind"] != "job") else {
        return String::new();
    };
    let answer = &answer["answer"];
    let mut out = heading(2, say(words::ANSWER_EXAMPLE), "answer");
    out.push_str(&format!("{}\n\n", text(say(operation.provider().accepted))));
    out.push_str(&code("json", &format!("{answer:#}")));
    let schemas = schema::documents().map(|document| document.name).filter(|name| {
        let in_one = name.split('.').map(capitalised).collect::<String>();
        operation.provider().answer_schemas.contains(&in_one.as_str())
    });
    let schemas: Vec<_> = schemas.map(|name| format!("[{name}.json]({}schema/{name}.json)", book.site())).collect();
    out.push_str(&format!("\nJSON Schema{}{}\n\n", say(words::COLON), schemas.join(say(words::COMMA))));
    let query = Job::begin(operation, 200, &answer.to_string()).ok().and_then(|jobs| jobs.first()?.next_query());
    if let Some(query) = query {
        out.push_str(&format!("{}\n\n", say(words::FOLLOW)));
        out.push_str(&format!("{}\n", code("http", &format!("{} {}", query.method(), query.path()))));
    }
    out
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The documented refusals of the operation; those of any operation, which the codes' page has, are left out.
fn errors(operation: &'static Operation, book: &Book) -> String {
    let say = |words: Message| words.text(book.locale);
    let mut table = head(&[words::CODE, words::STATUS, words::MEANING, words::RETRY, words::RULES].map(say));
    for error in operation.refusals().filter(|error| !error.code.is_empty() && !error.operations.is_empty()) {
        let own = error.rules.iter().filter_map(|id| rule(id));
        let own: Vec<_> = own.filter(|rule| operation.rules().any(|other| other.id == rule.id)).collect();
        let rules: Vec<_> = own
            .iter()
            .map(|rule| format!("[`{}`]({}.md)", rule.id.rsplit('.').next().unwrap_or(rule.id), rule.id))
            .collect();
        let message = if error.message.is_empty() { String::new() } else { format!("<br>`{}`", error.message) };
        table.push_str(&row(&[
            format!("{}{message}", code_page::link(error.code, book)),
            error.status.to_string(),
            text(say(error.meaning)),
            say(words::retry(error.retry)).to_owned(),
            rules.join(say(words::COMMA)),
        ]));
    }
    table
}
