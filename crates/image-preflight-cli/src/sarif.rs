//! Reports as one SARIF 2.1.0 log, for code scanning: rules with their help, results with their place in the user's files and
//! the changes that mend them.

use crate::edits;
use crate::place::{Region, Source};
use image_preflight::{Finding, Fix, Locale, Outcome, Report, Rule, Severity};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

/// What has been said so far.
pub(crate) struct Log {
    locale: Locale,
    rules: Vec<&'static Rule>,
    results: Vec<Value>,
}

impl Log {
    pub(crate) fn new(locale: Locale) -> Self {
        Log { locale, rules: Vec::new(), results: Vec::new() }
    }

    /// Takes in a report.
    pub(crate) fn add(&mut self, report: &Report<'_>, source: &Source<'_>) {
        for finding in report.findings() {
            let index = self.rules.iter().position(|rule| rule.id == finding.rule().id).unwrap_or(self.rules.len());
            if index == self.rules.len() {
                self.rules.push(finding.rule());
            }
            let result = self.result(finding, index, source);
            self.results.push(result);
        }
    }

    fn result(&self, finding: &Finding<'_>, rule: usize, source: &Source<'_>) -> Value {
        let is_violated = finding.outcome() == Outcome::Violated;
        let report: Value = serde_json::to_value(finding.localized(self.locale)).unwrap_or_default();
        let fixes: Vec<_> = finding.fixes().iter().filter_map(|fix| self.fix(finding, fix, source)).collect();
        let mut result = json!({
            "ruleId": finding.rule().id,
            "ruleIndex": rule,
            // What is not decided yet is open, and then it has no level (3.27.9, 3.27.10).
            "kind": if is_violated { "fail" } else { "open" },
            "level": if is_violated { level(finding.severity()) } else { "none" },
            "message": {"text": plain(&finding.message(self.locale))},
            "locations": [location(finding, source)],
            "properties": {"params": report["params"], "missing": report["missing"]}
        });
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }

    fn fix(&self, finding: &Finding<'_>, fix: &Fix, source: &Source<'_>) -> Option<Value> {
        let edits = edits::edits(fix.patch_operations(), source.case).filter(|edits| !edits.is_empty())?;
        let replacement = |edit: edits::Edit| {
            let deleted = region(&source.region(&source.within(edit.place)?));
            Some(json!({"deletedRegion": deleted, "insertedContent": {"text": edit.text}}))
        };
        let replacements: Vec<_> = edits.into_iter().map(replacement).collect::<Option<_>>()?;
        Some(json!({
            "description": {"text": plain(&finding.fix_title(fix, self.locale))},
            "artifactChanges": [{"artifactLocation": artifact(source), "replacements": replacements}]
        }))
    }

    /// The whole log.
    pub(crate) fn into_json(self) -> Value {
        let rules: Vec<_> = self.rules.iter().map(|rule| descriptor(rule, self.locale)).collect();
        json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "image-preflight",
                    "version": env!("CARGO_PKG_VERSION"),
                    "informationUri": env!("CARGO_PKG_REPOSITORY"),
                    "rules": rules
                }},
                "language": self.locale.tag(),
                "columnKind": "unicodeCodePoints",
                "results": self.results
            }]
        })
    }
}

fn descriptor(rule: &Rule, locale: Locale) -> Value {
    let say = |words: image_preflight::Words| plain(words.text(locale));
    let disputed = rule.disputed.map(|words| format!("\n\n{}", words.text(locale))).unwrap_or_default();
    let operation = rule.id.rsplit_once('.').map_or(rule.id, |(operation, _)| operation);
    json!({
        "id": rule.id,
        "shortDescription": {"text": say(rule.holds)},
        "fullDescription": {"text": say(rule.why)},
        "help": {
            "text": plain(&format!("{}{disputed}", rule.why.text(locale))),
            "markdown": format!("{}\n\n{}{disputed}", rule.holds.text(locale), rule.why.text(locale))
        },
        "helpUri": rule.help_url(locale),
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"tags": [operation], "citations": rule.citations}
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn location(finding: &Finding<'_>, source: &Source<'_>) -> Value {
    let mut physical = Map::from_iter([("artifactLocation".to_owned(), artifact(source))]);
    if let Some(span) = source.span(finding) {
        physical.insert("region".to_owned(), region(&source.region(&span)));
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": finding.at()}]
    })
}

fn region(region: &Region) -> Value {
    json!({
        "startLine": region.line, "startColumn": region.column, "endLine": region.end_line, "endColumn": region.end_column
    })
}

/// What need not be encoded in a path.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The file as a URI; a relative one is relative to where the command runs, as code scanning wants it.
fn artifact(source: &Source<'_>) -> Value {
    let file = source.file.replace(std::path::MAIN_SEPARATOR, "/");
    let scheme = if file.starts_with('/') { "file://" } else { "" };
    let encoded = utf8_percent_encode(file.strip_prefix("./").unwrap_or(&file), PATH);
    json!({"uri": format!("{scheme}{encoded}")})
}

/// A text in which nothing is a link or a placeholder (3.11.5, 3.11.6).
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' => out.extend([c, c]),
            '[' | ']' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
