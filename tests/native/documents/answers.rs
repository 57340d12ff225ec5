//! What the clouds answer, read whole: every member of a job, of JD Cloud's answer, of a refusal.

use image_preflight::huawei::{Job, JobState, SubJob, job_id};
use image_preflight::jdcloud::{Answer, CopiedImage};
use image_preflight::{Locale, explain};
use serde_json::{Value, json};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Every member that FACTS.md lists, each with a value of its own.
fn job() -> Value {
    json!({
        "status": "FAIL", "job_id": "job-1", "job_type": "imsCrossRegionCopyImageJob",
        "begin_time": "2026-11-26T01:02:03.000Z", "end_time": "2026-11-26T04:05:06.000Z",
        "error_code": "IMG.0146", "fail_reason": "too large",
        "entities": {
            "image_id": "image-1", "image_name": "name-1", "process_percent": 0.25, "current_task": "task-1",
            "results": [
                {"image_id": "image-2", "project_id": "project-2", "status": "SUCCESS"},
                {"image_id": "image-3", "project_id": "project-3", "status": "FAIL"},
                {},
            ],
        },
    })
}

fn read_job() -> Job {
    Job {
        state: JobState::Failed,
        job_id: some("job-1"),
        job_type: some("imsCrossRegionCopyImageJob"),
        begin_time: some("2026-11-26T01:02:03.000Z"),
        end_time: some("2026-11-26T04:05:06.000Z"),
        error_code: some("IMG.0146"),
        fail_reason: some("too large"),
        image_id: some("image-1"),
        image_name: some("name-1"),
        process_percent: Some(0.25),
        current_task: some("task-1"),
        results: vec![
            SubJob { image_id: some("image-2"), project_id: some("project-2"), status: some("SUCCESS") },
            SubJob { image_id: some("image-3"), project_id: some("project-3"), status: some("FAIL") },
            SubJob { image_id: None, project_id: None, status: None },
        ],
    }
}

fn read(job: &Value) -> Job {
    Job::from_json(&job.to_string()).unwrap_or_else(|error| panic!("{job}: {error}"))
}

#[test]
fn a_job_is_read_whole() {
    assert_eq!(read(&job()), read_job());
    // A member more is ignored.
    let mut more = job();
    more["entities"]["sub_jobs_list"] = json!([]);
    more["trace"] = json!("t");
    assert_eq!(read(&more), read_job());
}

/// One member absent, null or blank: that one is unknown, and every other one is as it was.
#[test]
fn each_member_of_a_job_is_its_own() {
    type Forget = fn(&mut Job);
    let members: [(&str, Forget); 10] = [
        ("/job_id", |job| job.job_id = None),
        ("/job_type", |job| job.job_type = None),
        ("/begin_time", |job| job.begin_time = None),
        ("/end_time", |job| job.end_time = None),
        ("/error_code", |job| job.error_code = None),
        ("/fail_reason", |job| job.fail_reason = None),
        ("/entities/image_id", |job| job.image_id = None),
        ("/entities/image_name", |job| job.image_name = None),
        ("/entities/current_task", |job| job.current_task = None),
        ("/entities/process_percent", |job| job.process_percent = None),
    ];
    for (pointer, forget) in members {
        let mut wanted = read_job();
        forget(&mut wanted);
        let mut null = job();
        *null.pointer_mut(pointer).expect("it is there") = Value::Null;
        assert_eq!(read(&null), wanted, "{pointer}");
        if !pointer.ends_with("percent") {
            let mut blank = job();
            *blank.pointer_mut(pointer).expect("it is there") = json!("");
            assert_eq!(read(&blank), wanted, "{pointer}");
        }
        let mut absent = job();
        let (group, name) = pointer.rsplit_once('/').expect("a pointer");
        absent.pointer_mut(group).and_then(Value::as_object_mut).expect("a group").remove(name).expect("it is there");
        assert_eq!(read(&absent), wanted, "{pointer}");
    }
    let nothing = Job {
        state: JobState::Init,
        job_id: None,
        job_type: None,
        begin_time: None,
        end_time: None,
        error_code: None,
        fail_reason: None,
        image_id: None,
        image_name: None,
        process_percent: None,
        current_task: None,
        results: vec![],
    };
    for least in [
        json!({"status": "INIT"}),
        json!({"status": "INIT", "entities": null}),
        json!({"status": "INIT", "entities": {"results": null}}),
    ] {
        assert_eq!(read(&least), nothing, "{least}");
    }
}

/// FACTS.md: INIT, RUNNING, SUCCESS, FAIL; the copy documents write success and failed. Any case of letters.
#[test]
fn a_job_s_status_is_understood_in_every_spelling() {
    for (word, state) in [
        ("init", JobState::Init),
        ("running", JobState::Running),
        ("success", JobState::Succeeded),
        ("fail", JobState::Failed),
        ("failed", JobState::Failed),
    ] {
        let capital = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        for status in [word.to_owned(), word.to_uppercase(), capital] {
            let read = read(&json!({"status": status, "job_id": "j"}));
            assert_eq!((read.state.clone(), read.job_id), (state.clone(), some("j")), "{status}");
            let is_final = matches!(state, JobState::Succeeded | JobState::Failed);
            assert_eq!(read.state.is_final(), is_final, "{status}");
        }
    }
    for status in ["", " ", "PAUSED", "succeeded", "failure", "INITIAL"] {
        let state = JobState::from_status(status);
        assert_eq!((state.clone(), state.is_final()), (JobState::Unknown(status.to_owned()), false));
    }
}

#[test]
fn an_accepted_request_s_job_is_read() {
    assert_eq!(job_id(r#"{"job_id": "edc89b490d7d4392898e19b2deb34797"}"#), some("edc89b490d7d4392898e19b2deb34797"));
    for none in ["", "{}", "[]", r#"{"job_id": null}"#, r#"{"job_id": 7}"#, r#"{"jobId": "j"}"#, r#""j""#] {
        assert_eq!(job_id(none), None, "{none}");
    }
}

#[test]
fn jd_clouds_answer_is_read_whole_and_in_order() {
    let answer = json!({"requestId": "r-1", "more": 1, "result": {"more": 2, "copyImages": [
        {"destinationImageId": "img-d1", "sourceImageId": "img-s1"},
        {"destinationImageId": "img-d2", "sourceImageId": "img-s2", "more": 3},
        {"destinationImageId": "img-d3", "sourceImageId": "img-s3"},
    ]}});
    let copied = |number: u8| CopiedImage {
        destination_image_id: format!("img-d{number}"),
        source_image_id: format!("img-s{number}"),
    };
    let wanted = Answer { request_id: "r-1".to_owned(), copied: vec![copied(1), copied(2), copied(3)] };
    assert_eq!(Answer::from_json(&answer.to_string()).expect("an answer"), wanted);
    for pointer in [
        "/requestId",
        "/result",
        "/result/copyImages",
        "/result/copyImages/1/destinationImageId",
        "/result/copyImages/1/sourceImageId",
    ] {
        let mut lacking = answer.clone();
        *lacking.pointer_mut(pointer).expect("it is there") = Value::Null;
        assert!(Answer::from_json(&lacking.to_string()).is_err(), "{pointer}");
    }
}

/// A refusal as it is written out, in both languages, with every member that it can have.
#[test]
fn a_refusal_is_written_whole() {
    let told =
        |status, answer: &str, locale| serde_json::to_value(explain(status, answer).localized(locale)).expect("JSON");
    let known = r#"{"request_id":"r-1","error":{"code":"IMG.0149","message":"m-1"}}"#;
    let mut expected = json!({"kind": "refused", "refusal": true, "understood": true, "status": 400, "code": "IMG.0149", "message": "m-1", "requestId": "r-1",
        "retry": "later", "rules": ["ims.cross-region-copy.concurrent-limit"],
        "operations": ["ims.cross-region-copy"],
        "meaning": "The number of images being replicated across regions exceeds the flow control limit.",
        "help": "https://image-preflight.github.io/image-preflight/reference/en/codes/IMG.0149.html"});
    assert_eq!(told(Some(400), known, Locale::ENGLISH), expected);
    expected["meaning"] = json!("跨区域复制任务数超过流控上限。");
    expected["help"] = json!("https://image-preflight.github.io/image-preflight/reference/zh-CN/codes/IMG.0149.html");
    assert_eq!(told(Some(400), known, Locale::CHINESE), expected);
    let unknown = r#"{"error":{"code":"X.1","message":"m-2"}}"#;
    let mut found = told(Some(418), unknown, Locale::ENGLISH);
    let meaning = found.as_object_mut().and_then(|found| found.remove("meaning")).expect("it says something");
    assert!(meaning.as_str().is_some_and(|meaning| !meaning.is_empty()));
    assert_eq!(
        found,
        json!({"kind": "refused", "refusal": true, "understood": false, "status": 418, "code": "X.1", "message": "m-2",
            "operations": [], "rules": [], "verbatim": unknown})
    );
    let job = r#"{"status":"SUCCESS","job_id":"j","job_type":"imsCopyImageInRegionJob"}"#;
    assert_eq!(
        told(None, job, Locale::CHINESE),
        json!({"kind": "succeeded", "refusal": false, "understood": true, "jobId": "j", "jobType": "imsCopyImageInRegionJob",
            "operations": [], "rules": [], "meaning": "任务执行成功。任务类型：区域内复制镜像。"})
    );
    let log = told(None, "IMG.0142 IMG.0143", Locale::ENGLISH);
    assert_eq!((&log["code"], &log["otherCodes"]), (&json!("IMG.0142"), &json!(["IMG.0143"])));
    let nothing = told(None, "good morning", Locale::ENGLISH);
    assert_eq!((&nothing["kind"], nothing.get("refusal")), (&json!("unknown"), None));
    // What is long is shortened.
    let long = told(None, &"镜 ".repeat(5000), Locale::ENGLISH);
    assert_eq!(long["verbatim"].as_str().map(|text| text.chars().count()), Some(4097));
}
