//! What `image-preflight-input` promises of every text: laws that panic where they do not hold, for the fuzzer and its corpus.

use crate::invariants;
use image_preflight::{Locale, Verdict, check};
use image_preflight_input::{Form, Options, TranslatedCase, Translation, translate_with, write_request};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Every law, of a text as it is recognised and of the same text as each form.
pub fn of_text(text: &str) {
    let recognised = Form::of(text);
    what_is_recognised_is_so_from_its_first_line(text, recognised);
    let marked = secrets(text);
    for form in [None].into_iter().chain(Form::ALL.map(Some)) {
        for operation in [None, Some("CopyImageInRegion"), Some("jd.copy-images")] {
            let options = Options { form, operation };
            // As another form, a plan is a body as any other.
            let secrets = if form.or(recognised) == Some(Form::Terraform) { &marked[..] } else { &[] };
            match (translate_with(text, options), translate_with(text, options)) {
                (Ok(first), Ok(second)) => {
                    assert_eq!(answer(&first), answer(&second), "the same text, and another answer");
                    assert_eq!(first.form, form.or(recognised).expect("a form"));
                    cases(text, first, secrets);
                }
                (Err(first), Err(second)) => {
                    assert_eq!((first.kind, format!("{first:?}")), (second.kind, format!("{second:?}")));
                    for locale in Locale::all() {
                        let said = first.text(locale);
                        assert!(!said.is_empty(), "{first:?}");
                        keeps(secrets, &said);
                    }
                }
                _ => panic!("the same text is taken and refused"),
            }
            // Other forms do not look at it.
            if !matches!(form.or(recognised), Some(Form::KooCli | Form::Jdc | Form::Sdk)) {
                break;
            }
        }
    }
}

/// All that a translation says but for the places of attributes, which have no order.
fn answer(translation: &Translation<'_>) -> String {
    let case = |case: &TranslatedCase<'_>| {
        let origin = &case.origin;
        format!("{} {:?} {} {:?} {:?}", case.text, origin.name, origin.start, origin.verbatim, case.notes)
    };
    let Translation { form, cases, notes, others, idle, .. } = translation;
    format!("{form:?} {:?} {notes:?} {others} {idle}", cases.iter().map(case).collect::<Vec<_>>())
}

/// Who reads by lines decides by the first of them whether all of a text has to be seen.
fn what_is_recognised_is_so_from_its_first_line(text: &str, recognised: Option<Form>) {
    let first = text.lines().find(|line| !line.trim().is_empty());
    if let (Some(first), Some(form)) = (first, recognised.filter(|form| *form != Form::Case)) {
        assert!(Form::may_begin(first), "{form:?} by all, none by {first:?}");
    }
}

fn cases(text: &str, translation: Translation<'_>, secrets: &[String]) {
    for locale in Locale::all() {
        assert!(!translation.summary(locale).is_empty());
        translation.notes.iter().for_each(|note| keeps(secrets, &note.text(locale)));
    }
    let form = translation.form;
    for mut case in translation.cases {
        let origin = case.origin.clone();
        assert!(text.is_char_boundary(origin.start), "{form:?}: it begins within the text");
        if let Some(verbatim) = &origin.verbatim {
            let part = text.get(verbatim.source.clone()).expect("a part of the text");
            assert_eq!(case.text.get(verbatim.start..verbatim.start + part.len()), Some(part), "{form:?}: unchanged");
        }
        for locale in Locale::all() {
            case.notes.iter().for_each(|note| keeps(secrets, &note.text(locale)));
        }
        if form == Form::Case {
            let before = case.text.to_string();
            case.fill_in(&known());
            assert_eq!(case.text, before, "a case has its own facts");
        } else {
            keeps(secrets, &case.text);
            made(form, &case.text);
            let report = check(&case.text);
            for finding in report.findings() {
                if let Some(place) = origin.place(finding.at()) {
                    assert!(text.get(place).is_some(), "{form:?}: {} is within the text", finding.at());
                    assert!(origin.attribute(finding.at()).is_some());
                }
            }
            case.fill_in(&known());
            let once = case.text.to_string();
            case.fill_in(&known());
            assert_eq!(case.text, once, "{form:?}: what is filled in is there");
            made(form, &once);
        }
    }
}

/// A case that was made is one, and its report is as those of all cases.
fn made(form: Form, case: &str) {
    let read: Value = serde_json::from_str(case).unwrap_or_else(|error| panic!("{form:?}: {error}: {case}"));
    let names = read["operation"].as_str().and_then(image_preflight::operation);
    assert!(names.is_some(), "{form:?}: it names its operation: {case}");
    invariants::anything_gets_an_answer(case.as_bytes());
    let report = check(case);
    if report.verdict() == Verdict::Allowed
        && let Ok(request) = report.clear()
    {
        for target in [Form::Curl, Form::KooCli, Form::Jdc, Form::Terraform] {
            let Ok(written) = write_request(target, request.path(), request.body(), Some("cn-north-4")) else {
                continue;
            };
            if target != Form::Terraform {
                comes_back(target, &written, request.body());
            }
        }
    }
}

/// A request that was written is read as the same request.
fn comes_back(form: Form, written: &str, body: &str) {
    let read = translate_with(written, Options::default()).unwrap_or_else(|refused| panic!("{refused:?}: {written}"));
    assert_eq!((read.form, read.cases.len()), (form, 1), "{written}");
    let case: Value = serde_json::from_str(&read.cases[0].text).expect("a case");
    let sent: Value = serde_json::from_str(body).expect("a body");
    // A command line has no `null`, no empty list, and numbers only where a field is one.
    if form == Form::Curl {
        assert_eq!(case["body"], sent, "{written}");
    }
    assert_eq!(case["body"]["name"], sent["name"], "{written}");
}

/// Facts beside a text.
fn known() -> Map<String, Value> {
    let facts = json!({"sourceRegion": "cn-north-4", "copiesInFlight": 0, "image": {"encrypted": false}, "ecs": {"os": "linux"}});
    facts.as_object().cloned().unwrap_or_default()
}

/// Texts in a plan or a state that it marks as sensitive, and that are nowhere else in it.
fn secrets(text: &str) -> Vec<String> {
    let Ok(plan) = serde_json::from_str::<Value>(text) else { return Vec::new() };
    let mut found = Vec::new();
    let changes = plan["resource_changes"].as_array().into_iter().flatten();
    let changes = changes.map(|change| (&change["change"]["after"], &change["change"]["after_sensitive"]));
    let mut resources = Vec::new();
    modules(&plan["values"]["root_module"], &mut resources);
    let resources = resources.iter().map(|resource| (&resource["values"], &resource["sensitive_values"]));
    for (values, marks) in changes.chain(resources) {
        marked(values, marks, &mut found);
    }
    let mut counts = HashMap::new();
    found.iter().for_each(|secret: &String| *counts.entry(secret.clone()).or_insert(0) += 1);
    // What is short, or is also where it is no secret, may be in an answer for another reason.
    found.retain(|secret| secret.len() >= 8 && text.matches(secret.as_str()).count() == 1 && counts[secret] == 1);
    found
}

fn modules<'v>(module: &'v Value, resources: &mut Vec<&'v Value>) {
    resources.extend(module["resources"].as_array().into_iter().flatten());
    module["child_modules"].as_array().into_iter().flatten().for_each(|child| modules(child, resources));
}

/// The texts that marks of the same shape mark.
fn marked(values: &Value, marks: &Value, found: &mut Vec<String>) {
    match (values, marks) {
        (Value::String(text), Value::Bool(true)) => found.push(text.clone()),
        (Value::Object(members), Value::Bool(true)) => members.values().for_each(|value| marked(value, marks, found)),
        (Value::Array(elements), Value::Bool(true)) => elements.iter().for_each(|value| marked(value, marks, found)),
        (Value::Object(members), Value::Object(marks)) => {
            members
                .iter()
                .filter_map(|(name, value)| Some((value, marks.get(name)?)))
                .for_each(|(value, mark)| marked(value, mark, found));
        }
        (Value::Array(elements), Value::Array(marks)) => {
            elements.iter().zip(marks).for_each(|(value, mark)| marked(value, mark, found));
        }
        _ => {}
    }
}

fn keeps(secrets: &[String], said: &str) {
    for secret in secrets {
        assert!(!said.contains(secret.as_str()), "a sensitive value is in {said:?}");
    }
}
