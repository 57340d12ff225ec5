//! Examples for each rule from the vectors: cases in which it holds, is violated or is undecided, with their findings.

use image_preflight::{
    Edition, Facts, Finding, Locale, Outcome, Rule, Severity, capabilities_with, check, check_with, rule,
};
use image_preflight_tests::{read, vectors};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A vector, as the reference shows it.
pub(super) struct Example {
    /// The statement that it is about.
    pub(super) row: String,
    pub(super) side: String,
    /// The case, or the facts about an image.
    pub(super) text: String,
    /// What `capabilities` is asked of the facts; none for a case.
    pub(super) of_image: Option<OfImage>,
    /// The findings, under the edition that it names.
    pub(super) said: Vec<Said>,
    /// Its verdict.
    pub(super) verdict: &'static str,
    /// By edition, the rules whose result differs from that under the default edition: what they say there, and what here.
    pub(super) otherwise: BTreeMap<&'static str, BTreeMap<&'static str, (Result, Result)>>,
}

/// A question about an image: `check` cannot answer it.
pub(super) struct OfImage {
    /// The edition that is not the default one.
    pub(super) edition: Option<String>,
    /// The same in a terminal.
    pub(super) command: String,
}

/// What a rule says of a case: nothing, or its outcome and message.
pub(super) type Result = Option<(Outcome, String)>;

/// One finding.
pub(super) struct Said {
    pub(super) rule: &'static Rule,
    pub(super) outcome: Outcome,
    pub(super) severity: Severity,
    pub(super) kind: Option<&'static str>,
    pub(super) at: String,
    pub(super) message: String,
    /// What to do: a sentence, and a JSON Patch or an operation where there is one.
    pub(super) fixes: Vec<(String, Value, Option<&'static str>)>,
}

impl Said {
    fn of(finding: &Finding<'_>, locale: Locale) -> Self {
        let fix = |fix: &image_preflight::Fix| {
            let patch = serde_json::to_value(fix.patch_operations()).expect("a patch is JSON");
            (finding.fix_title(fix, locale), patch, fix.operation())
        };
        Said {
            rule: finding.rule(),
            outcome: finding.outcome(),
            severity: finding.severity(),
            kind: finding.kind(),
            at: finding.at().to_owned(),
            message: finding.message(locale),
            fixes: finding.fixes().iter().map(fix).collect(),
        }
    }
}

impl Said {
    pub(super) fn is_violated(&self) -> bool {
        self.outcome == Outcome::Violated
    }
}

/// Every vector, in a language.
pub(super) fn all(locale: Locale) -> Vec<Example> {
    let cases = vectors().into_iter().map(|vector| {
        let report = check(&vector.case);
        let said: Vec<_> = report.findings().iter().map(|finding| Said::of(finding, locale)).collect();
        Example {
            row: vector.row,
            side: vector.side,
            verdict: report.verdict().as_str(),
            otherwise: otherwise(&vector.case, locale),
            text: vector.case,
            of_image: None,
            said,
        }
    });
    cases.chain(of_capabilities(locale)).collect()
}

/// The rules whose result for a case without an edition differs from the default edition, by edition.
fn otherwise(case: &str, locale: Locale) -> BTreeMap<&'static str, BTreeMap<&'static str, (Result, Result)>> {
    let names_one = serde_json::from_str::<Value>(case).map_or(true, |case| case.get("edition").is_some());
    if names_one {
        return BTreeMap::new();
    }
    // Of several findings of a rule, the last one counts.
    let results = |edition: &Edition| {
        let report = check_with(case, edition);
        let all = report.findings().iter();
        let all = all.map(|finding| (finding.rule().id, (finding.outcome(), finding.kind(), finding.message(locale))));
        (all.collect::<BTreeMap<_, _>>(), report.verdict())
    };
    let (default, verdict) = results(&Edition::default());
    let editions = Edition::names().filter_map(|name| Some((name, Edition::from_name(name)?)));
    let differing = editions.map(|(name, edition)| {
        let (other, other_verdict) = results(&edition);
        let rules: BTreeSet<_> = default.keys().chain(other.keys()).copied().collect();
        let differs = |rule: &&str| {
            let result = |of: &BTreeMap<&str, (Outcome, Option<&'static str>, String)>| {
                of.get(*rule).map(|(outcome, kind, _)| (*outcome, *kind))
            };
            // An advice on allowed requests is not given where another rule refuses this one: that rule differs, not the advice.
            let is_advice = image_preflight::rule(rule).is_some_and(|rule| rule.severity == Severity::Advice);
            result(&default) != result(&other) && (!is_advice || verdict == other_verdict)
        };
        let said = |of: &BTreeMap<&str, (Outcome, Option<&'static str>, String)>, rule: &str| {
            of.get(rule).map(|(outcome, _, message)| (*outcome, message.clone()))
        };
        let rules = rules.into_iter().filter(differs);
        (name, rules.map(|rule| (rule, (said(&default, rule), said(&other, rule)))).collect::<BTreeMap<_, _>>())
    });
    differing.filter(|(_, rules)| !rules.is_empty()).collect()
}

/// Capabilities other than copies, from `capabilities.json`.
fn of_capabilities(locale: Locale) -> impl Iterator<Item = Example> {
    let vectors: Vec<Value> = read("vectors/capabilities.json");
    vectors.into_iter().map(move |vector| {
        let text = |name: &str| vector[name].as_str().unwrap_or_default().to_owned();
        let facts = vector["facts"].to_string();
        let (facts, _) = Facts::from_json(&facts);
        let edition = Edition::from_name(vector["edition"].as_str().unwrap_or("default")).expect("an edition");
        let capabilities = capabilities_with(&facts, &edition);
        let of = capabilities.iter().find(|capability| capability.operation().id() == vector["operation"]);
        let findings = of.into_iter().flat_map(|capability| capability.report().findings());
        Example {
            row: text("row"),
            side: text("side"),
            text: vector["facts"].to_string(),
            of_image: Some(OfImage {
                edition: vector["edition"].as_str().map(str::to_owned),
                command: command(&vector["facts"], vector["edition"].as_str()),
            }),
            said: findings.map(|finding| Said::of(finding, locale)).collect(),
            verdict: of.map_or("", |capability| capability.report().verdict().as_str()),
            otherwise: BTreeMap::new(),
        }
    })
}

/// The command that is given these facts one by one.
fn command(facts: &Value, edition: Option<&str>) -> String {
    fn add(name: &str, value: &Value, out: &mut String) {
        match value {
            Value::Object(members) => {
                for (member, value) in members {
                    add(&format!("{name}{}{member}", if name.is_empty() { "" } else { "." }), value, out);
                }
            }
            Value::String(text) => out.push_str(&format!(" --fact {name}={text}")),
            value => out.push_str(&format!(" --fact {name}={value}")),
        }
    }
    let mut out = "image-preflight capabilities".to_owned();
    if let Some(edition) = edition {
        out.push_str(&format!(" --edition {edition}"));
    }
    add("", facts, &mut out);
    out
}

impl Example {
    /// Whether it is about a rule, by its id or an alias.
    pub(super) fn is_about(&self, of: &Rule) -> bool {
        rule(&self.row).is_some_and(|rule| rule.id == of.id)
    }

    /// The findings about a rule.
    pub(super) fn of(&self, rule: &Rule) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(move |said| said.rule.id == rule.id)
    }
}
