//! What the clouds answer: accepted, refused, or a job; and what can be done with an image.

use image_preflight::huawei::{Job, job_id};
use image_preflight::{Edition, Facts, Locale, Outcome, capabilities_under, explain, jdcloud};
use image_preflight_tests::read;
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
                json!([copied[0].source_image_id, copied[0].destination_image_id])
            }
            "refusal" => {
                let refusal = explain(status, &text);
                assert!(refusal.is_understood(), "{name}");
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
    findings: Vec<String>,
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
        let edition = Edition::named(vector.edition.as_deref().unwrap_or("default")).expect("an edition");
        let capabilities = capabilities_under(&facts, &edition);
        let found = capabilities.iter().find(|found| found.operation().id() == vector.operation).expect("an operation");
        let report = found.report();
        let missing: Vec<_> = report.missing().iter().map(|missing| missing.pointer()).collect();
        let violated = report.findings().iter().filter(|finding| finding.outcome() == Outcome::Violated);
        assert_eq!(report.verdict().as_str(), vector.verdict, "{name}");
        assert_eq!(missing, vector.missing, "{name}");
        assert_eq!(violated.map(|finding| finding.rule().id).collect::<Vec<_>>(), vector.findings, "{name}");
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
