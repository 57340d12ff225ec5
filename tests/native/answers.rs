//! What the clouds answer: accepted, refused, or a job; and what can be done with an image.

use image_preflight::huawei::{Job, job_id};
use image_preflight::{Facts, Locale, capabilities_with, explain, jdcloud};
use image_preflight_tests::{ExpectedFinding, editions, read};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "row and side are for the test of completeness")]
struct Answer {
    row: String,
    side: String,
    name: String,
    kind: String,
    #[serde(default)]
    status: Option<u16>,
    answer: Value,
    expect: Value,
}

#[test]
fn every_answer_is_understood() {
    let answers: Vec<Answer> = read("vectors/answers.json");
    assert!(!answers.is_empty());
    for Answer { name, kind, status, answer, expect, .. } in answers {
        let text = answer.as_str().map_or_else(|| answer.to_string(), str::to_owned);
        let found = match kind.as_str() {
            "job-id" => json!(job_id(&text)),
            "job" => json!(format!("{:?}", Job::from_json(&text).expect("a job").state)),
            "jd" => {
                let copied = jdcloud::Answer::from_json(&text).expect("an answer").copied;
                let [only] = copied.as_slice() else { panic!("{name}: {copied:?}") };
                json!([only.source_image_id, only.destination_image_id])
            }
            "refusal" => {
                let refusal = explain(status, &text);
                assert!(refusal.is_known(), "{name}");
                for locale in Locale::all() {
                    assert!(!refusal.meaning(locale).is_empty(), "{name}");
                }
                let rules: Vec<_> = refusal.rules().map(|rule| rule.id).collect();
                json!({"code": refusal.code(), "rules": rules, "retry": refusal.retry()})
            }
            other => panic!("{name}: {other}"),
        };
        assert_eq!(found, expect, "{name}");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "row and side are for the test of completeness")]
struct Capability {
    row: String,
    side: String,
    name: String,
    facts: Value,
    operation: String,
    #[serde(default)]
    edition: Option<String>,
    verdict: String,
    missing: Vec<String>,
    findings: Vec<ExpectedFinding>,
}

#[test]
fn every_capability_is_as_its_vector_says() {
    let vectors: Vec<Capability> = read("vectors/capabilities.json");
    assert!(!vectors.is_empty());
    for vector in vectors {
        let name = &vector.name;
        let facts = vector.facts.to_string();
        let (facts, wrong) = Facts::from_json(&facts);
        assert!(wrong.is_empty(), "{name}");
        let edition = editions::named(vector.edition.as_deref().unwrap_or("default"));
        let capabilities = capabilities_with(&facts, &edition);
        let found = capabilities.iter().find(|found| found.operation().id() == vector.operation).expect("an operation");
        let report = found.report();
        let told: Value = serde_json::from_str(&report.to_json(Locale::ENGLISH)).expect("a report is JSON");
        assert_eq!(told["operation"], vector.operation.as_str(), "{name}");
        assert_eq!(told["verdict"], vector.verdict.as_str(), "{name}");
        assert_eq!(told["missing"], json!(vector.missing), "{name}");
        let findings = told["findings"].as_array().expect("a list");
        let agree = findings.iter().zip(&vector.findings).all(|(found, expected)| expected.agrees(found));
        assert!(agree && findings.len() == vector.findings.len(), "{name}: {findings:#?}, not {:#?}", vector.findings);
        // Every other capability is there too, each with a report of its own operation.
        let operations = ["ims.cross-region-copy", "ims.in-region-copy", "image.export", "image.share"];
        assert_eq!(capabilities.iter().map(|found| found.operation().id()).collect::<Vec<_>>(), operations);
        for found in &capabilities {
            assert_eq!(found.report().operation().map(image_preflight::Operation::id), Some(found.operation().id()));
        }
    }
}

/// The statuses and fields of a job that IMS documents, with everything that it may leave out or send as null.
#[test]
fn a_job_may_lack_what_it_does_not_know_yet() {
    let job = Job::from_json(
        r#"{"status": "INIT", "begin_time": "", "end_time": null, "error_code": null, "fail_reason": null,
        "entities": {"results": [{"image_id": "i", "project_id": "p", "status": "RUNNING"}], "image_id": null}}"#,
    )
    .expect("a job");
    assert_eq!((job.begin_time, job.image_id, job.results.len()), (None, None, 1));
    let failed = r#"{"status": "FAIL", "error_code": "IMG.0146", "fail_reason": "too large", "entities": {}}"#;
    assert_eq!(explain(None, failed).rules().next().map(|rule| rule.id), Some("ims.cross-region-copy.size-cap"));
}
