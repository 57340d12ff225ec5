//! The examples of the rule reference, as its checked-in pages print them: who copies one gets what the page says.

mod common;

use image_preflight::{Locale, check, printable};
use serde_json::Value;
use std::path::Path;

/// An example of a page.
#[derive(Default)]
struct Example {
    /// The first block of code that is no command.
    text: Option<String>,
    /// The command, where `check` is not meant.
    command: Option<String>,
    /// The verdict, and the findings as they are listed.
    verdict: Option<String>,
    said: Vec<String>,
    /// How many findings are not listed.
    more: usize,
}

/// The examples of a page, by the places of their headings.
fn examples(page: &str) -> Vec<(String, Example)> {
    let mut found: Vec<(String, Example)> = Vec::new();
    let mut is_within = false;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            let place = line.split_once("<a id=\"example-").and_then(|(_, place)| place.split_once('"'));
            is_within = place.is_some();
            found.extend(place.map(|(place, _)| (place.to_owned(), Example::default())));
            continue;
        }
        let Some((_, example)) = found.last_mut().filter(|_| is_within) else { continue };
        if line.starts_with("```") {
            let fence: String = line.chars().take_while(|c| *c == '`').collect();
            let block: Vec<_> = lines.by_ref().take_while(|line| *line != fence).collect();
            let block = block.join("\n");
            match line.trim_start_matches('`') {
                "sh" => example.command = Some(block),
                _ => example.text = example.text.take().or(Some(block)),
            }
        } else if let Some((_, message)) = line.split_once("<br>") {
            example.said.push(plain(message));
        } else if let Some(more) = line.strip_prefix("- … ") {
            let digits: String = more.chars().filter(char::is_ascii_digit).collect();
            example.more = digits.parse().expect("a number");
        } else if line.starts_with("Report") || line.starts_with("检查结果") {
            example.verdict = line.split('`').nth(1).map(str::to_owned);
        }
    }
    found
}

/// A text without what Markdown escapes.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace('\\', "")
}

/// The report of an example's own command, for the operation of the page.
fn of_command(command: &str, operation: &str, locale: Locale) -> Value {
    let command = command.strip_prefix("image-preflight ").expect("it is ours");
    let arguments: Vec<_> =
        command.split(' ').chain(["--format", "json", "--locale", locale.tag(), "--color", "never"]).collect();
    let reports = common::printed(&arguments, "");
    let reports = reports.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    reports.into_iter().find(|report| report["operation"] == operation).expect("a report of the operation")
}

/// What a function says of facts.
fn of_facts(facts: &str, edition: Option<&str>, operation: &str, locale: Locale) -> Value {
    let (facts, findings) = image_preflight::Facts::from_json(facts);
    assert!(findings.is_empty(), "facts");
    let edition = image_preflight::Edition::from_name(edition.unwrap_or("default")).expect("an edition");
    let capabilities = image_preflight::capabilities_with(&facts, &edition);
    let of = capabilities.iter().find(|capability| capability.operation().id() == operation).expect("the operation");
    serde_json::from_str(&of.report().to_json(locale)).expect("JSON")
}

/// Whether a report is the one that the page describes.
fn agrees(example: &Example, report: &Value) -> Result<(), String> {
    if report["verdict"].as_str() != example.verdict.as_deref() {
        return Err(format!("{} and not {:?}", report["verdict"], example.verdict));
    }
    let findings: Vec<_> = report["findings"].as_array().into_iter().flatten().collect();
    let messages: Vec<_> =
        findings.iter().filter_map(|finding| finding["message"].as_str()).map(|text| plain(&printable(text))).collect();
    let is_there = |said: &String| match said.strip_suffix('…') {
        // A long message is shortened.
        Some(begin) => messages.iter().any(|message| message.starts_with(begin)),
        None => messages.contains(said),
    };
    match example.said.iter().find(|said| !is_there(said)) {
        Some(said) => Err(format!("{said:?} is none of {messages:?}")),
        None if messages.len() != example.said.len() + example.more => Err(format!("more: {messages:?}")),
        None => Ok(()),
    }
}

#[test]
fn every_example_gets_the_report_that_its_page_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bindings/schema/reference");
    let (mut cases, mut commands, mut wrong) = (0, 0, Vec::new());
    for locale in Locale::all() {
        for entry in std::fs::read_dir(folder.join(locale.tag())).expect("pages").flatten() {
            let name = entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
            let operation = name.rsplit_once('.').map_or("", |(operation, _)| operation);
            let page = std::fs::read_to_string(entry.path()).expect("a page");
            for (place, example) in examples(&page) {
                let text = example.text.as_deref().expect("a block of code");
                let mut reports = Vec::new();
                if let Some(command) = &example.command {
                    commands += 1;
                    reports.push(of_command(command, operation, locale));
                    let edition = command.split(" --edition ").nth(1).and_then(|rest| rest.split(' ').next());
                    reports.push(of_facts(text, edition, operation, locale));
                } else {
                    cases += 1;
                    reports.push(serde_json::from_str(&check(text).to_json(locale)).expect("JSON"));
                }
                for error in reports.iter().filter_map(|report| agrees(&example, report).err()) {
                    wrong.push(format!("{} {name} {place}: {error}", locale.tag()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases + commands, wrong.join("\n"));
    assert!(cases > 300 && commands > 20, "{cases} {commands}");
}
