//! The tools: what each takes and answers. Answers are bounded, so that they fit into what an agent can read.

use super::schemas;
use crate::Result;
use crate::sentences::{self, say};
use crate::{assemble, names};
use image_preflight::plan::{Plan, PlanOptions};
use image_preflight::{Edition, Facts, Finding, Locale, Outcome, Report, Severity, Verdict, explain};
use image_preflight_input::{Form, Note, Options, translate_with};
use serde_json::{Map, Value, json};

/// A tool.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) input: fn() -> Value,
    pub(super) output: fn() -> Value,
    pub(super) answer: fn(&Map<String, Value>) -> Result<Value>,
}

pub(super) static TOOLS: [Tool; 7] = [
    Tool {
        name: "check",
        description: "Will the cloud accept this request? Takes one case, or a text in any form that people hold: cases, \
             `terraform show -json`, a command of hcloud, jdc or curl, an HTTP request, a printed SDK request.",
        input: || {
            schemas::object(
                &json!({
                    "case": {"type": "object", "properties": schemas::members("case"),
                        "description": "One case; the tool `schema` has the body and the facts of each operation."},
                    "text": {"type": "string", "description": "Instead of `case`: requests as a text."},
                    "operation": operations("The operation of a request in `text` that does not name its own."),
                    "strict": {"type": "boolean", "description": "Presume nothing; for cases that do not say it themselves."},
                    "edition": editions(), "locale": locales()
                }),
                &[],
            )
        },
        output: || {
            let report = schemas::brief_report();
            let reports = json!({"type": "array", "items": {"type": "object", "properties": {
                "report": report, "source": {"type": "string"}, "notes": {"type": "array", "items": {"type": "string"}},
                "leftOut": {"type": "integer", "description": "Findings that are not shown."}}, "required": ["report", "leftOut"]}});
            let count = json!({"type": "integer"});
            let verdicts = json!({"type": "object", "properties": {
                "allowed": count, "denied": count, "undetermined": count, "invalid": count}});
            schemas::object(
                &json!({"form": {"type": "string"}, "verdicts": verdicts, "reports": reports,
                "unread": {"type": "array", "items": {"type": "string"},
                    "description": "Requests that could not be read, and so are in no report: the text has not been checked as a whole."},
                "notes": {"type": "array", "items": {"type": "string"}, "description": "What else there is to know of the text."},
                "leftOut": {"type": "integer", "description": "Reports that are not shown."}}),
                &["verdicts", "reports", "unread", "notes", "leftOut"],
            )
        },
        answer: check,
    },
    Tool {
        name: "explain",
        description: "What an error code, an error response or a failed job of the cloud means, whether to send the request again, and \
             which rules would have caught it; or what a rule demands, why, and which document says so.",
        input: || {
            schemas::object(
                &json!({
                    "answer": {"type": "string", "description": "An error code such as IMG.0146, a response's JSON, a traceback, or the id of a rule."},
                    "status": {"type": "integer", "minimum": 100, "maximum": 599, "description": "The HTTP status."},
                    "locale": locales()
                }),
                &["answer"],
            )
        },
        output: || schemas::object(&json!({"refusal": schemas::of("refusal"), "rule": schemas::of("rule")}), &[]),
        answer: explained,
    },
    Tool {
        name: "capabilities",
        description: "What can be done with an image: copies within and across regions, export, sharing.",
        input: about_an_image,
        output: || {
            schemas::object(
                &json!({"capabilities": {"type": "array", "items": schemas::brief_report()}}),
                &["capabilities"],
            )
        },
        answer: |arguments| {
            let (facts, edition, locale) = image(arguments)?;
            let facts = known(&facts, arguments);
            let all = image_preflight::capabilities_with(&facts, &edition);
            let all: Result<Vec<_>> = all.iter().map(|capability| Ok(brief(capability.report(), locale)?.0)).collect();
            Ok(json!({"capabilities": all?}))
        },
    },
    Tool {
        name: "destinations",
        description: "To which regions an image can be copied, and why not to the others.",
        input: about_an_image,
        output: || {
            let destination = json!({"type": "object", "properties": {"region": {"type": "string"}, "name": {"type": "string"},
                "verdict": {"type": "string"}, "why": {"type": "array", "items": {"type": "string"}},
                "missing": {"type": "array", "items": {"type": "string"}}}, "required": ["region", "verdict"]});
            schemas::object(&json!({"destinations": {"type": "array", "items": destination}}), &["destinations"])
        },
        answer: |arguments| {
            let (facts, edition, locale) = image(arguments)?;
            let facts = known(&facts, arguments);
            let one = |destination: &image_preflight::Destination<'_>| {
                let report = destination.report();
                let violated = report.findings().iter().filter(|finding| is_error(finding, Outcome::Violated));
                let why: Vec<_> = violated.map(|finding| finding.message(locale)).collect();
                let missing: Vec<_> = report.missing().iter().map(|missing| missing.pointer()).collect();
                json!({"region": destination.region().id, "name": destination.region().name.text(locale),
                    "verdict": report.verdict().as_str(), "why": why, "missing": missing})
            };
            let all = image_preflight::destinations_with(&facts, &edition);
            Ok(json!({"destinations": all.iter().map(one).collect::<Vec<_>>()}))
        },
    },
    Tool {
        name: "plan",
        description: "In which order many cases may be sent under the limits of the documents: what starts now, what waits for what, \
             what never starts.",
        input: || {
            schemas::object(
                &json!({
                    "cases": {"type": "array", "items": {"type": "object"}, "maxItems": MAX_CASES, "description": "Cases as of `check`."},
                    "copiesInFlight": {"type": "integer", "minimum": 0, "description": "Cross-region copies in progress that are none of these."},
                    "edition": editions(), "locale": locales()
                }),
                &["cases"],
            )
        },
        output: || schemas::object(&json!({"plan": schemas::of("plan")}), &["plan"]),
        answer: plan,
    },
    Tool {
        name: "rules",
        description: "The rules of an operation, or those whose ids begin like this: what each demands.",
        input: || {
            schemas::object(
                &json!({"prefix": {"type": "string", "description": "Such as ims.cross-region-copy."}, "locale": locales()}),
                &[],
            )
        },
        output: || {
            let rule = json!({"type": "object", "properties": {"id": {"type": "string"}, "severity": {"type": "string"},
                "holds": {"type": "string"}}, "required": ["id", "severity", "holds"]});
            schemas::object(
                &json!({"rules": {"type": "array", "items": rule}, "leftOut": {"type": "integer"}}),
                &["rules", "leftOut"],
            )
        },
        answer: rules,
    },
    Tool {
        name: "schema",
        description: "The JSON Schema of an operation's body, of the facts, or of another document, by name.",
        input: || {
            let names: Vec<_> = image_preflight::schema::documents().map(|document| document.name).collect();
            schemas::object(&json!({"name": {"type": "string", "enum": names}}), &["name"])
        },
        output: || schemas::object(&json!({"schema": {"type": "object"}}), &["schema"]),
        answer: |arguments| {
            let name = names::parse_schema(text(arguments, "name").ok_or_else(|| missing("name"))?)?;
            Ok(json!({"schema": schemas::of(&name)}))
        },
    },
];

/// The maximum number of cases of a plan.
const MAX_CASES: usize = 200;

/// The maximum number of reports in an answer, of findings in a report, of rules in a list, and of characters of all reports.
const MAX_REPORTS: usize = 20;
const MAX_FINDINGS: usize = 10;
const MAX_RULES: usize = 60;
const MAX_LENGTH: usize = 24_000;

fn operations(description: &str) -> Value {
    let ids: Vec<_> = image_preflight::operations().map(image_preflight::Operation::id).collect();
    json!({"type": "string", "enum": ids, "description": description})
}

fn editions() -> Value {
    json!({"type": "string", "enum": Edition::names().collect::<Vec<_>>(), "description": "The edition of the documents."})
}

fn locales() -> Value {
    json!({"type": "string", "description": "The language of messages, such as zh-CN."})
}

fn about_an_image() -> Value {
    schemas::object(
        &json!({
            "facts": {"type": "object", "properties": schemas::members("facts"), "description": "What is known; `imageObject` takes the provider's own."},
            "strict": {"type": "boolean", "description": "Presume nothing."},
            "edition": editions(), "locale": locales()
        }),
        &["facts"],
    )
}

fn text<'a>(arguments: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    arguments.get(name).and_then(Value::as_str)
}

fn missing(name: &str) -> String {
    say(sentences::IS_MISSING, &[("name", &name)])
}

fn locale(arguments: &Map<String, Value>) -> Result<Locale> {
    text(arguments, "locale").map_or(Ok(crate::words::locale()), names::locale)
}

fn edition(arguments: &Map<String, Value>) -> Result<Edition> {
    text(arguments, "edition").map_or_else(|| Ok(Edition::default()), names::parse_edition)
}

fn is_strict(arguments: &Map<String, Value>) -> bool {
    arguments.get("strict").and_then(Value::as_bool).unwrap_or(false)
}

fn is_error(finding: &Finding<'_>, outcome: Outcome) -> bool {
    finding.severity() == Severity::Error && finding.outcome() == outcome
}

/// A report with the findings that matter, and the number of the others.
fn brief(report: &Report<'_>, locale: Locale) -> Result<(Value, usize)> {
    let mut value: Value = serde_json::from_str(&report.to_brief_json(locale)).map_err(|error| error.to_string())?;
    let is_open = report.verdict() == Verdict::Undetermined;
    let matters = |finding: &Finding<'_>| {
        finding.outcome() == Outcome::Violated || is_open && is_error(finding, Outcome::Unknown)
    };
    let mut keep: Vec<_> = report.findings().iter().map(matters).collect();
    let mut room = MAX_FINDINGS;
    for keep in keep.iter_mut().filter(|keep| **keep) {
        *keep = room > 0;
        room = room.saturating_sub(1);
    }
    let left_out = keep.iter().filter(|keep| !**keep).count();
    let mut kept = keep.into_iter();
    if let Some(findings) = value.get_mut("findings").and_then(Value::as_array_mut) {
        findings.retain(|_| kept.next().unwrap_or(false));
    }
    Ok((value, left_out))
}

fn check(arguments: &Map<String, Value>) -> Result<Value> {
    let (edition, locale, is_strict) = (edition(arguments)?, locale(arguments)?, is_strict(arguments));
    let input = match (arguments.get("case"), text(arguments, "text")) {
        (Some(case @ Value::Object(_)), None) => case.to_string(),
        (None, Some(text)) => text.to_owned(),
        _ => return Err(say(sentences::CASE_OR_TEXT, &[])),
    };
    let form = arguments.contains_key("case").then_some(Form::Case);
    let operation = text(arguments, "operation");
    let translation = translate_with(&input, Options { form, operation }).map_err(|refused| refused.text(locale))?;
    let (mut reports, mut counts, mut length) = (Vec::new(), [0_u64; 4], 0);
    for case in &translation.cases {
        let strict = is_strict.then(|| assemble::strict(&case.text)).flatten();
        let report = image_preflight::check_with(strict.as_deref().unwrap_or(&case.text), &edition);
        let slot = match report.verdict() {
            Verdict::Allowed => 0,
            Verdict::Denied => 1,
            Verdict::Undetermined => 2,
            Verdict::Invalid => 3,
        };
        if let Some(count) = counts.get_mut(slot) {
            *count += 1;
        }
        if reports.len() == MAX_REPORTS || length > MAX_LENGTH {
            continue;
        }
        let (report, left_out) = brief(&report, locale)?;
        let mut one = json!({"report": report, "leftOut": left_out});
        if let Some(name) = &case.origin.name {
            one["source"] = name.as_str().into();
        }
        if !case.notes.is_empty() {
            one["notes"] = case.notes.iter().map(|note| note.text(locale)).collect();
        }
        length += one.to_string().len();
        reports.push(one);
    }
    let [allowed, denied, undetermined, invalid] = counts;
    let left_out = translation.cases.len() - reports.len();
    let (unread, notes): (Vec<_>, Vec<_>) = translation.notes.iter().partition(|note| note.is_unread);
    let texts = |notes: Vec<&Note>| notes.iter().take(MAX_REPORTS).map(|note| note.text(locale)).collect::<Vec<_>>();
    Ok(json!({
        "form": translation.form.name(),
        "verdicts": {"allowed": allowed, "denied": denied, "undetermined": undetermined, "invalid": invalid},
        "reports": reports, "unread": texts(unread), "notes": texts(notes), "leftOut": left_out
    }))
}

fn explained(arguments: &Map<String, Value>) -> Result<Value> {
    let locale = locale(arguments)?;
    let answer = text(arguments, "answer").ok_or_else(|| missing("answer"))?;
    if let Some(rule) = image_preflight::rule(answer.trim()) {
        return Ok(json!({"rule": serde_json::to_value(rule.localized(locale)).unwrap_or_default()}));
    }
    let status = arguments.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let refusal = serde_json::to_value(explain(status, answer).localized(locale)).unwrap_or_default();
    Ok(json!({"refusal": refusal}))
}

/// The facts about an image, as JSON.
fn image(arguments: &Map<String, Value>) -> Result<(String, Edition, Locale)> {
    let (edition, locale) = (edition(arguments)?, locale(arguments)?);
    let facts = arguments.get("facts").ok_or_else(|| missing("facts"))?.to_string();
    let (_, findings) = Facts::from_json(&facts);
    match findings.iter().find(|finding| finding.severity() == Severity::Error) {
        Some(finding) => Err(say(sentences::AT, &[("at", &finding.at()), ("sentence", &finding.message(locale))])),
        None => Ok((facts, edition, locale)),
    }
}

/// The same as facts, strict ones where they are asked for.
fn known<'f>(facts: &'f str, arguments: &Map<String, Value>) -> Facts<'f> {
    let (facts, _) = Facts::from_json(facts);
    if is_strict(arguments) { facts.strict() } else { facts }
}

fn plan(arguments: &Map<String, Value>) -> Result<Value> {
    let locale = locale(arguments)?;
    let cases = arguments.get("cases").and_then(Value::as_array);
    let cases = cases.ok_or_else(|| say(sentences::NO_CASES, &[]))?;
    if cases.len() > MAX_CASES {
        return Err(say(sentences::TOO_MANY_CASES, &[("most", &MAX_CASES)]));
    }
    let mut options = PlanOptions::default();
    options.copies_in_flight = arguments.get("copiesInFlight").and_then(Value::as_u64).unwrap_or_default();
    let plan = Plan::of(cases.iter().map(Value::to_string), &edition(arguments)?, &options)
        .map_err(|error| sentences::unplanned(&error))?;
    let plan = serde_json::to_value(plan.localized(locale)).map_err(|error| error.to_string())?;
    match plan.to_string().len() {
        length if length > 4 * MAX_LENGTH => Err(say(sentences::PLAN_TOO_LONG, &[])),
        _ => Ok(json!({"plan": plan})),
    }
}

fn rules(arguments: &Map<String, Value>) -> Result<Value> {
    let locale = locale(arguments)?;
    let prefix = match text(arguments, "prefix") {
        Some(prefix) => names::parse_rules(prefix)?,
        None => String::new(),
    };
    let all: Vec<_> = image_preflight::rules().filter(|rule| names::selects(&prefix, rule.id)).collect();
    let one = |rule: &&image_preflight::Rule| json!({"id": rule.id, "severity": rule.severity.as_str(), "holds": rule.holds.text(locale)});
    let shown: Vec<_> = all.iter().take(MAX_RULES).map(one).collect();
    Ok(json!({"leftOut": all.len() - shown.len(), "rules": shown}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(name: &str, arguments: &Value) -> Result<Value> {
        let tool = TOOLS.iter().find(|tool| tool.name == name).expect("a tool");
        let answer = super::super::answer(tool, arguments.as_object().expect("an object"))?;
        let schema = jsonschema::validator_for(&(tool.output)()).expect("a schema");
        let errors: Vec<_> = schema.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{name}: {answer}");
        Ok(answer)
    }

    #[test]
    fn every_answer_is_of_its_schema_and_short() {
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": " n"}});
        let many: String =
            (0..5000).map(|index| format!("{}\n", case.to_string().replace(" n", &format!(" n{index}")))).collect();
        let facts =
            json!({"sourceRegion": "cn-north-4", "image": {"encrypted": true, "sizeBytes": 1, "status": "active"}});
        for (name, arguments, pointer, expected) in [
            ("check", json!({"case": case}), "/reports/0/report/verdict", json!("denied")),
            ("check", json!({"text": many}), "/verdicts/denied", json!(5000)),
            (
                "check",
                json!({"text": "hcloud IMS CopyImageInRegion --image_id=a --name=b", "strict": true}),
                "/form",
                json!("koocli"),
            ),
            ("check", json!({"text": "{"}), "/verdicts/invalid", json!(1)),
            ("explain", json!({"answer": "IMG.0146"}), "/refusal/code", json!("IMG.0146")),
            ("explain", json!({"answer": "x".repeat(1 << 20)}), "/refusal/code", json!(null)),
            (
                "explain",
                json!({"answer": "ims.cross-region-copy.size-cap"}),
                "/rule/id",
                json!("ims.cross-region-copy.size-cap"),
            ),
            ("capabilities", json!({"facts": facts, "locale": "zh"}), "/capabilities/0/verdict", json!("denied")),
            ("destinations", json!({"facts": facts}), "/destinations/0/verdict", json!("denied")),
            ("plan", json!({"cases": [case]}), "/plan/cases/0/state", json!("denied")),
            ("rules", json!({"prefix": "image.export"}), "/rules/0/id", json!("image.export.not-full-ecs")),
            ("rules", json!({}), "/rules/0/severity", json!("error")),
            ("schema", json!({"name": "facts"}), "/schema/type", json!("object")),
        ] {
            let answer = answered(name, &arguments).expect(name);
            let found = answer.pointer(pointer).cloned().unwrap_or_default();
            assert_eq!(found, expected, "{name}: {answer:.600}");
            assert!(answer.to_string().len() < 64_000, "{name}: {}", answer.to_string().len());
        }
    }

    /// What could not be read is said beside what was checked.
    #[test]
    fn what_has_not_been_checked_is_said() {
        let script = "hcloud IMS CopyImageInRegion --image_id=a --name=b\nhcloud IMS CopyImageInRegion --image_id=a --name=b --name=c";
        let answer = answered("check", &json!({"text": script})).expect("a script");
        let unread = answer["unread"].as_array().expect("a list");
        assert!(unread.len() == 1 && unread[0].as_str().is_some_and(|text| text.contains("--name")), "{answer}");
        assert_eq!(answer["reports"].as_array().map(Vec::len), Some(1), "{answer}");
    }

    /// Each tool that takes `strict` presumes nothing then.
    #[test]
    fn strict_is_meant_wherever_it_is_taken() {
        let image = json!({"fullEcs": false, "iso": false, "encrypted": false, "sizeBytes": 1, "os": "linux", "visibility": "private",
            "status": "active"});
        let facts = json!({"sourceRegion": "cn-north-4", "copiesInFlight": 0, "image": image});
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"}, "facts": facts});
        for tool in TOOLS.iter().filter(|tool| (tool.input)().pointer("/properties/strict").is_some()) {
            let of = |strict: bool| {
                let given = if tool.name == "check" { ("case", &case) } else { ("facts", &facts) };
                let arguments =
                    Map::from_iter([(given.0.to_owned(), given.1.clone()), ("strict".to_owned(), strict.into())]);
                answered(tool.name, &arguments.into()).expect(tool.name).to_string().matches("\"undetermined\"").count()
            };
            // Of where an image can be copied to, nothing is presumed so far.
            assert!(of(true) > of(false) || tool.name == "destinations", "{}", tool.name);
        }
    }

    #[test]
    fn a_mistake_is_answered_with_what_is_taken() {
        for (name, arguments, word) in [
            ("check", json!({}), "`case`"),
            ("check", json!({"txt": "x"}), "did you mean `text`"),
            ("check", json!({"text": "Dear Sir"}), "terraform show -json"),
            ("check", json!({"text": "{}", "edition": "defalt"}), "did you mean `default`"),
            ("rules", json!({"prefix": "size-cap"}), "did you mean `ims.cross-region-copy.size-cap`"),
            ("capabilities", json!({"facts": {"image": {"encrypted": "x"}}}), "/facts/image/encrypted"),
            ("plan", json!({"cases": 1}), "`cases`"),
            ("schema", json!({"name": "reprot"}), "did you mean `report`"),
        ] {
            let sentence = answered(name, &arguments).expect_err(name);
            assert!(sentence.contains(word), "{name}: {sentence}");
        }
    }

    /// What an agent has to read before its first call.
    #[test]
    fn what_goes_in_is_described_shortly() {
        let all: usize = TOOLS.iter().map(|tool| (tool.input)().to_string().len() + tool.description.len()).sum();
        assert!(all < 12_000, "{all}");
        for tool in &TOOLS {
            jsonschema::meta::validate(&(tool.input)()).expect(tool.name);
            assert_eq!((tool.input)()["type"], "object", "{}", tool.name);
        }
    }
}
