//! Jobs, by answers at random: no answer makes them panic, and an end is an end.

use image_preflight::job::{Job, NotBegun};
use image_preflight::operations;
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
