//! The schemas say what the core says: of generated bodies, of every vector, of what comes out.

use image_preflight::{Locale, Verdict, check, explain, operations, rules, schema};
use image_preflight_tests::bodies::{Kind, Shape, bodies, shape};
use image_preflight_tests::{read, vectors};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::BTreeMap;

/// How many bodies of each operation and kind; more with `BODIES`.
fn count() -> usize {
    std::env::var("BODIES").ok().and_then(|count| count.parse().ok()).unwrap_or(3000)
}

fn validator(name: &str) -> Validator {
    let document = schema::documents().find(|document| document.name == name);
    let schema = document.unwrap_or_else(|| panic!("no schema is called {name}")).schema.to_value();
    jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn told(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_schema_is_one() {
    for schema::Document { name, schema, .. } in schema::documents() {
        let schema = schema.to_value();
        assert!(jsonschema::draft202012::meta::validate(&schema).is_ok(), "{name}");
        let own = validator(name);
        for example in schema["examples"].as_array().into_iter().flatten() {
            assert_eq!(told(&own, example), [""; 0], "{name}: {example}");
        }
    }
    assert!(jsonschema::draft202012::meta::validate(&schema::all().to_value()).is_ok());
}

#[test]
fn a_body_s_schema_accepts_what_the_core_accepts() {
    let mut table = BTreeMap::<_, [usize; 3]>::new();
    let mut wrong = Vec::new();
    for operation in operations() {
        let validator = validator(operation.id());
        for kind in Kind::ALL {
            for body in bodies(operation.id(), kind, 1).take(count()) {
                let (accepts, shape) = (validator.is_valid(&body), shape(operation.id(), &body));
                table.entry((operation.id(), kind)).or_default()[shape as usize] += 1;
                if shape != Shape::Beyond && accepts != (shape == Shape::Holds) {
                    wrong.push(format!("{shape:?}, the schema {accepts}: {body} {:?}", told(&validator, &body)));
                }
            }
        }
    }
    println!("| operation | bodies | accepted | refused | beyond schemas |\n| --- | --- | ---: | ---: | ---: |");
    for ((operation, kind), [holds, broken, beyond]) in &table {
        println!("| {operation} | {} | {holds} | {broken} | {beyond} |", kind.name());
    }
    assert!(wrong.is_empty(), "{} disagreements, such as\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    for ((operation, kind), [holds, broken, _]) in table {
        match kind {
            Kind::Valid => assert!(holds * 10 > count() * 7, "{operation}: only {holds} valid bodies are valid"),
            Kind::Nearly => assert!(holds > count() / 20 && broken > count() / 3, "{operation}: {holds}, {broken}"),
            Kind::Wild => assert!(broken > count() / 2, "{operation}: {broken}"),
        }
    }
}

/// The table of Chinese characters against the script Han as the crate `unicode-script` has it: every character there is. When
/// that crate knows a newer Unicode, this prints the table that `field/alphabet.rs` should have.
#[test]
fn chinese_characters_are_those_of_the_script_han() {
    use unicode_script::{Script, UNICODE_VERSION, UnicodeScript as _};
    let is_han = |c: &char| c.script() == Script::Han;
    let mut ranges = Vec::<(char, char)>::new();
    for c in ('\u{80}'..=char::MAX).filter(is_han) {
        match ranges.last_mut() {
            Some((_, last)) if u32::from(*last) + 1 == u32::from(c) => *last = c,
            _ => ranges.push((c, c)),
        }
    }
    let table: Vec<_> = ranges
        .iter()
        .map(|(first, last)| format!("('\\u{{{:x}}}', '\\u{{{:x}}}'),", u32::from(*first), u32::from(*last)))
        .collect();
    let of_crate = format!("Unicode {UNICODE_VERSION:?} has\n{}", table.join("\n"));
    for c in '\u{80}'..=char::MAX {
        let is_name = image_preflight::huawei::ImageName::new(c.to_string()).is_ok();
        assert_eq!(is_name, is_han(&c), "{c:?} (U+{:x}): {of_crate}", u32::from(c));
    }
    assert_eq!(UNICODE_VERSION, (18, 0, 0), "the table names another version of Unicode: {of_crate}");
}

/// Whether a report has an error about the form of the case: of its body, its path, its facts. The providers' own objects are
/// left open by the schema of facts: what they hold is theirs to say.
fn is_malformed(report: &Value) -> bool {
    let findings = report["findings"].as_array().expect("findings");
    findings.iter().any(|finding| {
        let is_of_form = finding["params"].get("kind").is_some()
            || finding["rule"].as_str().is_some_and(|rule| rule.starts_with("case."));
        let is_in_object = finding["at"].as_str().is_some_and(|at| {
            let is_listed = at.strip_prefix("/facts/imageObjects/").is_some_and(|rest| rest.contains('/'));
            let objects = ["imageObject", "ecsObject", "backupObject", "quotaObject"];
            objects.iter().any(|name| at.starts_with(&format!("/facts/{name}/"))) || is_listed
        });
        // Which form an object has, and whose it is, is found out when it is read.
        let of_reading = ["contradiction", "other-object", "ambiguous", "bad-format"];
        let kind = finding["params"]["kind"].as_str().unwrap_or_default();
        let is_of_fact = finding["rule"] == "case.facts";
        let is_theirs = is_in_object || is_of_fact && of_reading.contains(&kind);
        finding["severity"] == "error" && finding["outcome"] == "violated" && is_of_form && !is_theirs
    })
}

#[test]
fn every_vector_s_body_and_case_are_evaluated_alike() {
    let case_schema = validator("case");
    let bodies: BTreeMap<_, _> = operations().map(|operation| (operation.id(), validator(operation.id()))).collect();
    // By file: accepted, refused.
    let mut evaluated = BTreeMap::<String, [usize; 2]>::new();
    for vector in vectors() {
        let Ok(case) = serde_json::from_str::<Value>(&vector.case) else {
            // Nothing else is left out but a number that is too great for a double, which only serde_json minds.
            let is_no_json = vector.findings.iter().any(|finding| finding.rule == "case.syntax");
            assert!(is_no_json || vector.case.contains("1e400"), "{}", vector.name);
            continue;
        };
        let report: Value = serde_json::from_str(&check(&case.to_string()).to_json(Locale::ENGLISH)).expect("JSON");
        let is_default = case.get("edition").is_none_or(|edition| edition == "default");
        let (malformed, accepts) = (is_malformed(&report), case_schema.is_valid(&case));
        evaluated.entry(vector.file.clone()).or_default()[usize::from(!accepts)] += 1;
        let is_beyond = schema::BEYOND.iter().any(|(rule, kind, _)| {
            let findings = report["findings"].as_array().into_iter().flatten();
            findings.filter(|finding| finding["rule"] == *rule && finding["params"]["kind"] == *kind).count() > 0
        });
        // Where something of the body is not known yet, the schema leaves the body alone.
        let is_open = case["unknown"].as_array().is_some_and(|unknown| !unknown.is_empty());
        if is_default && !is_beyond && !(is_open && accepts) {
            assert_eq!(accepts, !malformed, "{}: {case}\n{:?}\n{report}", vector.name, told(&case_schema, &case));
        }
        let operation = case["operation"].as_str().and_then(image_preflight::operation);
        let (Some(operation), Some(body)) = (operation, case.get("body").filter(|body| body.is_object())) else {
            continue;
        };
        let found = shape(operation.id(), body);
        if found != Shape::Beyond {
            let validator = &bodies[operation.id()];
            assert_eq!(validator.is_valid(body), found == Shape::Holds, "{}: {body}", vector.name);
        }
    }
    println!("{evaluated:?}");
    assert_eq!(evaluated.len(), image_preflight_tests::FILES.len());
    for (file, [right, wrong]) in evaluated {
        let all = right + wrong;
        // The file about cases as such is mostly about what the schema of a case leaves to the check.
        let least = if file == "case" { 5 } else { 15 };
        assert!(right * 100 >= all * 50 && wrong * 100 >= all * least, "{file}: {right} accepted, {wrong} refused");
    }
}

#[test]
fn what_comes_out_is_as_its_schema_says() {
    let (report_schema, request_schema) = (validator("report"), validator("request"));
    for vector in vectors() {
        let report = check(&vector.case);
        for locale in Locale::all() {
            let json: Value = serde_json::from_str(&report.to_json(locale)).expect("JSON");
            assert_eq!(told(&report_schema, &json), [""; 0], "{}", vector.name);
        }
        let is_open = matches!(report.clear(), Err(image_preflight::ClearError::NotKnownYet { .. }));
        assert_eq!(report.clear().is_ok(), report.verdict() == Verdict::Allowed && !is_open);
        if let Ok(request) = report.clear() {
            let json: Value = serde_json::from_str(&request.to_json()).expect("JSON");
            assert_eq!(told(&request_schema, &json), [""; 0], "{}", vector.name);
        }
    }
    let rule_schema = validator("rule");
    for rule in rules() {
        let json = serde_json::to_value(rule.localized(Locale::ENGLISH)).expect("JSON");
        assert_eq!(told(&rule_schema, &json), [""; 0], "{}", rule.id);
    }
}

#[test]
fn what_the_clouds_answer_is_as_its_schema_says() {
    let answers: Vec<Value> = read("vectors/answers.json");
    let explained = validator("refusal");
    let of = |kind: &str| validator(kind);
    let (accepted, job, jd) = (of("ims.answer"), of("ims.job"), of("jd.answer"));
    let (ims_refusal, jd_refusal) = (of("ims.refusal"), of("jd.refusal"));
    let of_documents =
        answers.iter().filter(|vector| vector["kind"] == "refusal" && vector["answer"].is_object()).count();
    let mut seen = 0;
    for vector in answers {
        let (answer, name) = (&vector["answer"], &vector["name"]);
        match vector["kind"].as_str().expect("a kind") {
            "job-id" => assert_eq!(told(&accepted, answer), [""; 0], "{name}"),
            "job" => assert_eq!(told(&job, answer), [""; 0], "{name}"),
            "jd" => assert_eq!(told(&jd, answer), [""; 0], "{name}"),
            _ => {
                let text = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
                let refusal = explain(None, &text);
                let json = serde_json::to_value(refusal.localized(Locale::CHINESE)).expect("JSON");
                assert_eq!(told(&explained, &json), [""; 0], "{name}");
                let is_document_s = answer["error"]["code"].is_string() || answer["error"]["status"].is_string();
                if is_document_s {
                    assert!(ims_refusal.is_valid(answer) != jd_refusal.is_valid(answer), "{name}: {answer}");
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, of_documents, "every refusal that is an object has a code or a status");
}

/// What a plan is told: the schema accepts what is read, and refuses what is not, but for places of cases that are not there.
#[test]
fn the_progress_of_a_plan_is_as_its_schema_says() {
    let schema = validator("progress");
    let example = std::fs::read_to_string(image_preflight_tests::path("examples/progress.json")).expect("it");
    let texts = [
        example.as_str(),
        "{}",
        r#"{"copiesInFlight": 2, "after": {"1": [0]}, "priority": {"1": -3}, "running": [1], "finished": [0]}"#,
        r#"{"failed": {"0": "now", "1": "later", "2": "after-fix", "3": "never"}}"#,
        r#"{"failed": {"0": "soon"}}"#,
        r#"{"failed": [0]}"#,
        r#"{"runing": [0]}"#,
        r#"{"running": [-1]}"#,
        r#"{"prepared": {"a": "id"}}"#,
        r#"{"prepared": {"0": 1}}"#,
        "[]",
    ];
    let mut accepted = 0;
    for text in texts {
        let value: Value = serde_json::from_str(text).expect("JSON");
        let is_read = image_preflight::plan::PlanOptions::from_json(text).is_ok();
        assert_eq!(schema.is_valid(&value), is_read, "{text}");
        accepted += usize::from(is_read);
    }
    assert_eq!(accepted, 4);
}

/// Links of rustdoc lead nowhere in a schema.
#[test]
fn no_schema_names_an_item_of_rust() {
    let all = schema::all().to_value().to_string();
    assert!(!all.contains("super::") && !all.contains("crate::") && !all.contains("](Self"));
}
