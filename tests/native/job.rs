//! Jobs, by answers at random: no answer makes them panic, and an end is an end.

use image_preflight::job::{Job, JobDocument, NotAJob, NotBegun};
use image_preflight::{Locale, operation, operations};
use proptest::prelude::*;
use proptest::sample::select;

/// Answers that are right, and pieces of which wrong ones are made.
fn answer() -> impl Strategy<Value = String> {
    let word = select(vec!["SUCCESS", "fail", "INIT", "running", "ready", "error", "pending", "", "?"]);
    let inner = select(vec![
        r#"{"image_id": "i", "process_percent": 0.2}"#,
        r#"{"image_id": 5, "sub_jobs_result": [{"status": "FAIL", "error_code": "IMG.0142"}, 1, null, {}]}"#,
        r#"{"results": {"image_id": "i"}, "process_percent": "1e999"}"#,
        "null",
        "[]",
        "7",
    ]);
    let whole = (word, inner).prop_map(|(word, inner)| {
        format!(
            r#"{{"status": "{word}", "job_id": "j", "entities": {inner}, "result": {{"image": {{"status": "{word}", "imageId": "j"}}}}}}"#
        )
    });
    let error = select(vec![
        r#"{"error": {"code": 404, "status": "NOT_FOUND"}}"#,
        r#"{"error_code": "APIGW.0101", "error_msg": "m"}"#,
        r#"{"error": {"code": "IMG.0060"}}"#,
    ]);
    prop_oneof![4 => whole, 1 => error.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn an_end_is_an_end(
        answers in proptest::collection::vec((proptest::option::of(select(vec![200_u16, 202, 401, 404, 429, 503])), answer()), 0..12),
    ) {
        for operation in operations() {
            let begun = r#"{"job_id": "j", "result": {"copyImages": [{"destinationImageId": "j"}]}}"#;
            let mut job = Job::begin(operation, 200, begun).expect("it is taken").remove(0);
            for (status, answer) in &answers {
                // Stored and restored, it is the same job, here and after the next answer.
                for locale in Locale::all() {
                    let document = job.to_document(locale);
                    let stored = serde_json::to_string(&document).expect("it is JSON");
                    let read: JobDocument = serde_json::from_str(&stored).expect("it is read");
                    prop_assert_eq!(&read, &document);
                    let mut restored = Job::restored(&read).expect("it is a job");
                    prop_assert_eq!(&restored.to_document(locale), &document);
                    let mut other = job.clone();
                    other.answered(*status, answer);
                    restored.answered(*status, answer);
                    prop_assert_eq!(restored.to_document(locale), other.to_document(locale));
                }
                let before = job.state().is_final().then(|| format!("{:?}", job.state()));
                let query = job.next_query();
                prop_assert_eq!(query.is_none(), before.is_some());
                let has_id = query.is_none_or(|query| query.path().ends_with("/j"));
                prop_assert!(has_id);
                job.answered(*status, answer);
                let is_as_before = before.is_none_or(|before| before == format!("{:?}", job.state()));
                prop_assert!(is_as_before);
                prop_assert!(job.image().is_none() || job.state().is_final());
                prop_assert!(job.state().again().is_none() || job.state().is_final());
            }
        }
    }

    #[test]
    fn any_answer_to_a_request_begins_jobs_or_says_why_not(status in proptest::option::of(100_u16..600), answer in answer()) {
        for operation in operations() {
            match Job::begin(operation, status, &answer) {
                Ok(jobs) => prop_assert!(!jobs.is_empty()),
                Err(NotBegun::Refused(refusal)) => prop_assert_eq!(refusal.raw(), &answer),
                Err(other) => prop_assert!(other.to_string().contains(&answer)),
            }
        }
    }
}

#[test]
fn what_is_no_job_is_not_restored() {
    let job = Job::begin(operation("ims.in-region-copy").expect("it is listed"), 200, r#"{"job_id": "j"}"#);
    let job = serde_json::to_value(job.expect("it is taken")[0].to_document(Locale::ENGLISH)).expect("it is JSON");
    let with = |name: &str, value: serde_json::Value| {
        let mut job = job.clone();
        job[name] = value;
        serde_json::from_value::<JobDocument>(job)
    };
    let restored = |name, value| Job::restored(&with(name, value).expect("it is read"));
    assert_eq!(restored("operation", "x".into()).unwrap_err(), NotAJob::UnknownOperation("x".to_owned()));
    assert_eq!(restored("address", 2.into()).unwrap_err(), NotAJob::NoSuchAddress(2));
    assert!(restored("address", 1.into()).is_ok());
    for (name, value) in
        [("state", "asleep".into()), ("id", 1.into()), ("oddAnswers", (-1).into()), ("made", "i".into())]
    {
        assert!(with(name, value).is_err(), "{name}");
    }
    // A state without what belongs to it is one that says less.
    let mut done = restored("state", "done".into()).expect("it is a job");
    assert!(done.next_query().is_none() && done.image().is_none());
    assert!(done.answered(200, "{}").is_final());
}

#[test]
fn a_failed_job_that_is_restored_has_failed_for_the_same_reason() {
    for (id, answer) in [
        (
            "ims.in-region-copy",
            r#"{"status": "FAIL", "job_id": "j", "job_type": "imsCopyImageInRegionJob", "error_code": "IMG.0142", "fail_reason": "m"}"#,
        ),
        ("ims.in-region-copy", r#"{"status": "FAIL", "error_code": "IMG.0142"}"#),
        ("ims.in-region-copy", r#"{"status": "FAIL", "job_id": "j"}"#),
        ("jd.copy-images", r#"{"result": {"image": {"imageId": "j", "status": "error"}}}"#),
        (
            "jd.copy-images",
            r#"{"result": {"image": {"imageId": "j", "status": "error", "code": "IMG.0142", "message": "m"}}}"#,
        ),
    ] {
        let begun = r#"{"job_id": "j", "result": {"copyImages": [{"destinationImageId": "j"}]}}"#;
        let mut job = Job::begin(operation(id).expect("it is listed"), 200, begun).expect("it is taken").remove(0);
        assert!(job.answered(200, answer).is_final());
        let document = job.to_document(Locale::CHINESE);
        let json = serde_json::to_value(&document).expect("it is JSON");
        assert_eq!((&json["state"], &json["refusal"]["kind"]), (&"failed".into(), &"failed".into()), "{answer}");
        assert_eq!(Job::restored(&document).expect("it is a job").to_document(Locale::CHINESE), document, "{answer}");
    }
}
