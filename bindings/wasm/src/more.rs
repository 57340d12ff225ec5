//! The commands other than checks, plans and jobs. A module built without them is little more than half as large.

use crate::full::json;
use image_preflight::{ClearError, Edition, Facts, Finding, Locale, Report, Severity, check, explain, huawei, jdcloud};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Write;

/// The answer to a command; `None` if there is no such command.
pub(crate) fn answer(command: u32, text: &str, locale: Locale) -> Option<String> {
    Some(match command {
        2 => json(&about_image(text, locale, capabilities)),
        3 => json(&about_image(text, locale, destinations)),
        4 => json(&object_facts(huawei::ImageFacts::from_object(text), locale)),
        5 => json(&explained(text, locale)),
        6 => json(&rules(locale)),
        7 => request(text, locale),
        8 => json(&check(text).problem(locale)),
        13 => json(&object_facts(huawei::EcsFacts::from_object(text), locale)),
        14 => json(&object_facts(huawei::BackupFacts::from_object(text), locale)),
        15 => json(&images_facts(text, locale)),
        _ => return None,
    })
}

/// A value as text. `to_string` would panic if a `Display` failed, which none of ours does.
pub(crate) fn text_of(of: impl std::fmt::Display) -> String {
    let mut out = String::new();
    let _ = write!(out, "{of}");
    out
}

/// A value as JSON. Only strings, numbers and lists occur, which serde_json never rejects. The macro `json!` could panic.
pub(crate) fn value(of: impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}

pub(crate) fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The facts about an image, the edition to check by, and whether nothing is presumed.
#[derive(Deserialize)]
struct AboutImage {
    facts: Value,
    edition: Option<String>,
    #[serde(default)]
    strict: bool,
}

fn about_image(text: &str, locale: Locale, answer: fn(&Facts<'_>, &Edition, Locale) -> Value) -> Value {
    let Ok(AboutImage { facts, edition, strict }) = serde_json::from_str(text) else { return Value::Null };
    let facts = text_of(facts);
    let (facts, findings) = Facts::from_json(&facts);
    let facts = if strict { facts.strict() } else { facts };
    let edition = edition.map_or_else(|| Some(Edition::default()), |name| Edition::from_name(&name));
    // A warning does not prevent an answer.
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error);
    let problems: Vec<_> = errors.map(|finding| finding.message(locale)).collect();
    let answer = edition.as_ref().map(|edition| answer(&facts, edition, locale));
    object([("answer", value(answer)), ("problems", value(problems))])
}

fn capabilities(facts: &Facts<'_>, edition: &Edition, locale: Locale) -> Value {
    let all = image_preflight::capabilities_with(facts, edition);
    all.iter().map(|capability| value(capability.report().localized(locale))).collect()
}

fn destinations(facts: &Facts<'_>, edition: &Edition, locale: Locale) -> Value {
    let all = image_preflight::destinations_with(facts, edition);
    all.iter().map(|destination| value(destination.localized(locale))).collect()
}

/// What an object tells, and what could not be understood of it.
fn object_facts<'a>((facts, findings): (impl Serialize, Vec<Finding<'a>>), locale: Locale) -> Value {
    let findings: Value = findings.iter().map(|finding| value(finding.localized(locale))).collect();
    object([("facts", value(facts)), ("findings", findings)])
}

/// The same for JD Cloud's images, by their ids. The text is one JSON value.
fn images_facts(text: &str, locale: Locale) -> Value {
    let case = ["{\"imageObjects\":", text, "}"].concat();
    let (known, findings) = Facts::from_json(&case);
    let images = jdcloud::Facts::from(&known).images;
    let images: Value = images.into_iter().map(|(id, facts)| (id.into_owned(), value(facts))).collect();
    object_facts((images, findings), locale)
}

/// A response of the cloud with its HTTP status.
#[derive(Deserialize)]
struct Answer {
    status: Option<u16>,
    answer: String,
}

fn explained(text: &str, locale: Locale) -> Value {
    let Ok(Answer { status, answer }) = serde_json::from_str(text) else { return Value::Null };
    value(explain(status, &answer).localized(locale))
}

fn rules(locale: Locale) -> Value {
    image_preflight::rules().map(|rule| value(rule.localized(locale))).collect()
}

/// A case, and what to ignore.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    case: String,
    #[serde(default)]
    allow_undetermined: bool,
    #[serde(default)]
    override_rules: Vec<String>,
}

fn request(text: &str, locale: Locale) -> String {
    let Ok(Wanted { case, allow_undetermined, override_rules }) = serde_json::from_str(text) else {
        return String::new();
    };
    let report = check(&case);
    let cleared = if allow_undetermined {
        report.clear_undetermined()
    } else if override_rules.is_empty() {
        report.clear()
    } else {
        report.clear_overriding(&override_rules.iter().map(String::as_str).collect::<Vec<_>>())
    };
    match cleared {
        Ok(request) => format!("{{\"request\":{}}}", request.to_json()),
        Err(why) => refused(&report, &why, locale),
    }
}

#[derive(Serialize)]
struct Refused<R: Serialize> {
    why: String,
    report: R,
}

fn refused(report: &Report<'_>, why: &ClearError, locale: Locale) -> String {
    json(&Refused { why: text_of(why), report: report.localized(locale) })
}
