//! Reports as one SARIF 2.1.0 log, for code scanning: rules with their help, results with their positions in the user's files and the
//! edits that fix them. The log is streamed, so that its length takes no memory: the results first, then what is known only after
//! them. The order of members is free in JSON.

use crate::Result;
use crate::edits;
use crate::judged::{Judged, Shown};
use crate::output::{self, Out};
use crate::place::{Located, Region};
use crate::tally::Tally;
use image_preflight::{Finding, Fix, Locale, Message, Missing, Outcome, Rule, Severity};
use serde_json::{Map, Value, json};

/// The maximum number of results per run that GitHub accepts.
const MAX_RESULTS: u64 = 25_000;

/// A log in progress.
pub(crate) struct Log {
    locale: Locale,
    /// The rules of the results so far.
    rules: Vec<&'static Rule>,
    /// The number of results, including those left out.
    results: u64,
    has_begun: bool,
}

/// The texts of the log itself; those of rules come from the library.
static LEFT_OUT: Message = Message {
    en: "This log has the first 25000 results, as many as GitHub accepts of a run; results left out: {count}. Fix these first, or \
         check fewer cases at a time.",
    zh: "本日志仅包含前 25000 个结果，即 GitHub 单次运行接受的上限；未列出的结果数：{count}。请先处理已列出的问题，或分批检查。",
};

impl Log {
    pub(crate) fn new(locale: Locale) -> Self {
        Log { locale, rules: Vec::new(), results: 0, has_begun: false }
    }

    /// Writes the results of a report.
    pub(crate) fn add(&mut self, judged: &Judged<'_, '_>, located: &Located<'_>, out: &mut Out) -> Result<()> {
        self.begin(out)?;
        for shown in &judged.findings {
            let finding = shown.finding;
            self.results += 1;
            if self.results > MAX_RESULTS {
                continue;
            }
            let index = self.rules.iter().position(|rule| rule.id == finding.rule().id).unwrap_or(self.rules.len());
            if index == self.rules.len() {
                self.rules.push(finding.rule());
            }
            let comma = if self.results == 1 { "" } else { "," };
            let result = self.result(shown, index, judged, located).to_string();
            out.line(&format!("{comma}{result}"))?;
        }
        Ok(())
    }

    /// Writes the part before the results.
    fn begin(&mut self, out: &mut Out) -> Result<()> {
        if std::mem::replace(&mut self.has_begun, true) {
            return Ok(());
        }
        let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
        out.line(&format!("{{\"$schema\":\"{schema}\",\"version\":\"2.1.0\",\"runs\":[{{"))?;
        out.line(&format!("\"language\":\"{}\",\"columnKind\":\"unicodeCodePoints\",\"results\":[", self.locale.tag()))
    }

    /// Writes the part after the results: the rules that they name, and how the run ended. If something could not be read, the
    /// log is complete, too, and says so.
    pub(crate) fn end(mut self, tally: &Tally, errors: &[String], out: &mut Out) -> Result<()> {
        self.begin(out)?;
        let mut notifications = Vec::new();
        let mut notify = |level: &str, text: &str| {
            notifications.push(json!({"level": level, "message": {"text": plain(&output::shown(text))}}));
        };
        if let Some(left_out) = self.results.checked_sub(MAX_RESULTS).filter(|count| *count > 0) {
            let words = LEFT_OUT.text(self.locale).replace("{count}", &left_out.to_string());
            output::warning(&words);
            notify("warning", &words);
        }
        errors.iter().for_each(|error| notify("error", error));
        let rules: Vec<_> = self.rules.iter().map(|rule| descriptor(rule, self.locale)).collect();
        let driver = json!({
            "name": "image-preflight",
            "version": env!("CARGO_PKG_VERSION"),
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "rules": rules
        });
        let invocation = json!({"executionSuccessful": errors.is_empty(), "toolExecutionNotifications": notifications});
        let properties = json!({
            "verdicts": {
                "allowed": tally.allowed, "denied": tally.denied,
                "undetermined": tally.undetermined, "invalid": tally.invalid
            },
            "presumed": tally.presumed()
        });
        out.line(&format!(
            "],\"tool\":{{\"driver\":{driver}}},\"invocations\":[{invocation}],\"properties\":{properties}}}]}}"
        ))
    }

    fn result(&self, shown: &Shown<'_, '_>, rule: usize, judged: &Judged<'_, '_>, located: &Located<'_>) -> Value {
        let finding = shown.finding;
        let is_violated = finding.outcome() == Outcome::Violated;
        let presumed: Vec<_> = judged.report.presumed().iter().map(Missing::pointer).collect();
        let written: Value = serde_json::to_value(finding.localized(self.locale)).unwrap_or_default();
        let fixes: Vec<_> = finding.fixes().iter().filter_map(|fix| self.fix(finding, fix, located)).collect();
        let mut result = json!({
            "ruleId": finding.rule().id,
            "ruleIndex": rule,
            // An undecided result has the kind `open`, which has no level (3.27.9, 3.27.10).
            "kind": if is_violated { "fail" } else { "open" },
            "level": if is_violated { level(shown.severity()) } else { "none" },
            "message": {"text": plain(&finding.message(self.locale))},
            "locations": [location(finding, located)],
            "properties": {
                "params": written["params"], "missing": written["missing"],
                "verdict": judged.verdict.as_str(), "presumed": presumed
            }
        });
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }

    fn fix(&self, finding: &Finding<'_>, fix: &Fix, located: &Located<'_>) -> Option<Value> {
        let edits = edits::edits(fix.patch_operations(), located.source.case, &located.places);
        let edits = edits.filter(|edits| !edits.is_empty())?;
        let replacement = |edit: edits::Edit| {
            let deleted = region(&located.region(&located.within(edit.place)?));
            Some(json!({"deletedRegion": deleted, "insertedContent": {"text": edit.text}}))
        };
        let replacements: Vec<_> = edits.into_iter().map(replacement).collect::<Option<_>>()?;
        Some(json!({
            "description": {"text": plain(&finding.fix_title(fix, self.locale))},
            "artifactChanges": [{"artifactLocation": artifact(located), "replacements": replacements}]
        }))
    }
}

fn descriptor(rule: &Rule, locale: Locale) -> Value {
    let say = |words: image_preflight::Message| plain(words.text(locale));
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

fn location(finding: &Finding<'_>, located: &Located<'_>) -> Value {
    let mut physical = Map::from_iter([("artifactLocation".to_owned(), artifact(located))]);
    if let Some(place) = located.place(finding) {
        physical.insert("region".to_owned(), region(&place));
    } else if let Some(taken) = located.source.taken {
        physical.insert("region".to_owned(), json!({"startLine": taken.line}));
    }
    let name = located.source.taken.map_or_else(|| finding.at().to_owned(), |taken| taken.qualified(finding));
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": name}]
    })
}

fn region(region: &Region) -> Value {
    json!({
        "startLine": region.line, "startColumn": region.column, "endLine": region.end_line, "endColumn": region.end_column
    })
}

fn artifact(located: &Located<'_>) -> Value {
    json!({"uri": located.source.file.uri()})
}

/// Escapes links and placeholders (3.11.5, 3.11.6).
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
