//! Answers of a cloud, explained: an error, a job, or that a request was accepted.
//!
//! What is explained, in this order of precedence:
//!
//! 1. A JSON answer, or JSON in its strings: a job and how it stands, or a request that was accepted, if the HTTP status is no
//!    error. Else the outermost error whose code is in the tables; else the outermost with a code; else one with a status.
//! 2. Any other text: the first code in it that is in the tables, with the message, the JSON and the request around it.
//! 3. A word by itself, a message by itself, and the id of a job with its name.
//! 4. The HTTP status, where no code is known.
//!
//! Codes of the tables that are in the answer besides are listed, and not explained.

mod answer;
mod refusal;
mod table;
mod text;

pub use refusal::Refusal;

use answer::Answer;
use serde_json::Value;

/// The longest answer that is read as JSON: any longer one is searched as a text. No cloud answers an error at such length.
const MAX_JSON: usize = 1 << 20;

/// Understands an answer of a cloud: an error code (`IMG.0142`, `FAILED_PRECONDITION`), the body in any of its forms, a job, or
/// any text with an error in it, such as a line of a log or what Terraform or an SDK prints. With the HTTP status if it is known.
///
/// ```
/// use image_preflight::{AnswerKind, Locale, explain};
/// let jd = r#"{"requestId": "r", "error": {"code": 400, "status": "FAILED_PRECONDITION", "message": "Can't use this image"}}"#;
/// let refusal = explain(Some(400), jd);
/// assert_eq!(refusal.rules().next().unwrap().id, "jd.copy-images.private-image");
/// assert_eq!(refusal.request_id(), Some("r"));
/// assert_eq!(explain(None, "IMG.0142").meaning(Locale::CHINESE), "源区域与目的区域相同。");
///
/// let printed = "ClientRequestException - {status_code:400,request_id:0f,error_code:IMG.0143,error_msg:x}";
/// assert_eq!((explain(None, printed).code(), explain(None, printed).request_id()), (Some("IMG.0143"), Some("0f")));
///
/// let job = r#"{"status": "SUCCESS", "job_id": "j", "job_type": "imsCopyImageInRegionJob", "error_code": null}"#;
/// assert_eq!(explain(None, job).kind(), AnswerKind::Succeeded);
/// assert_eq!(
///     explain(None, job).meaning(Locale::ENGLISH),
///     "The job succeeded. Job type: replicating an image within a region."
/// );
/// ```
#[must_use]
pub fn explain(status: Option<u16>, answer: &str) -> Refusal<'_> {
    let text = answer.trim_start_matches('\u{feff}').trim();
    match json(text) {
        Some(Value::String(inner)) => explain_text(status, &inner).with_raw(answer),
        Some(value @ (Value::Object(_) | Value::Array(_))) => {
            let read = answer::read(&value);
            let is_known = read.code.as_deref().is_some_and(|code| table::known(code).is_some());
            let is_well = read.job.as_ref().is_some_and(|job| !job.answer_kind().is_refusal());
            // A code may also be where no form of an answer has one, in a message for example.
            let found = if is_known || is_well { Answer::default() } else { text::find(text).answer };
            let is_found = found.code.as_deref().is_some_and(|code| table::known(code).is_some());
            let says_nothing = read.code.is_none() && read.status.is_none() && read.job.is_none();
            let read = if is_found || says_nothing { found.or(read) } else { read };
            Refusal::new(status, read, "", answer)
        }
        _ => explain_text(status, text).with_raw(answer),
    }
}

/// An answer that is JSON, or what Python prints of it.
fn json(text: &str) -> Option<Value> {
    if text.len() > MAX_JSON || !text.starts_with(['{', '[', '"']) {
        return None;
    }
    serde_json::from_str(text).ok().or_else(|| {
        let is_python = text.starts_with("{'") || text.starts_with("[{'");
        let words = [(": None", ": null"), (": True", ": true"), (": False", ": false"), ("'", "\"")];
        let printed = || words.iter().fold(text.to_owned(), |text, (python, json)| text.replace(python, json));
        is_python.then(printed).and_then(|text| serde_json::from_str(&text).ok())
    })
}

fn explain_text<'a>(status: Option<u16>, text: &str) -> Refusal<'a> {
    let text = text.trim();
    // No value: what a program prints that has no answer.
    if ["null", "None", "true", "True", "false", "False"].contains(&text) {
        return Refusal::new(status, Answer::default(), "", "");
    }
    // A word by itself is a code, in any case of letters, and even if nobody knows it. A full stop behind it is the sentence's.
    let word = text.trim_end_matches(['.', '。']);
    if is_code(word) {
        let code = Answer { code: Some(word.to_owned()), ..Answer::default() };
        return Refusal::new(status, code, "", "").of_a_word();
    }
    let found = text::find(text);
    if found.answer.code.is_none()
        && let Some(row) = table::find_message(text, status)
    {
        let code = Some(row.error.code.to_owned());
        return Refusal::new(status, Answer { code, message: Some(text.to_owned()), ..found.answer }, "", "");
    }
    let says_nothing = found.answer.code.is_none() && found.answer.status.is_none() && found.answer.job.is_none();
    let answer = if says_nothing { answer::read_id(text).or(found.answer) } else { found.answer };
    Refusal::new(status, answer, found.around, "")
}

/// Whether a bare word could be an error code or a status.
fn is_code(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::check::refusal::{AnswerKind, HTTP_STATUSES, Retry};
    use crate::message::locale::Locale;

    fn rules(refusal: &Refusal<'_>) -> Vec<&'static str> {
        refusal.rules().map(|rule| rule.id).collect()
    }

    #[test]
    fn every_rule_that_a_refusal_names_exists_and_belongs_to_its_operations() {
        for listed in catalogue::error_codes() {
            for id in listed.rules {
                assert!(catalogue::rule(id).is_some(), "{} names {id}", listed.code);
                if let Some(operation) = catalogue::operations().find(|of| of.rules().any(|rule| rule.id == *id)) {
                    assert!(listed.belongs_to(operation.id()), "{} is not of {}", listed.code, operation.id());
                }
            }
            for operation in listed.operations {
                let is_named = catalogue::operation(operation).is_some_and(|of| of.id() == *operation);
                assert!(is_named || operation.starts_with(|first: char| first.is_ascii_uppercase()), "{operation}");
            }
        }
    }

    #[test]
    fn every_listed_code_is_understood_by_itself_or_with_its_message() {
        for listed in catalogue::error_codes() {
            let message = listed.message.replace("xx", "img-1");
            let answer = serde_json::json!({"error": {"code": listed.code, "message": message}}).to_string();
            let status = Some(listed.status).filter(|status| *status != 0);
            let refusal = explain(status, &answer);
            // The row for any other message is that of a word alone, where the code comes with one message only.
            let is_only =
                catalogue::error_codes().filter(|other| other.code == listed.code && !other.message.is_empty());
            if listed.message.is_empty() && is_only.count() == 1 {
                continue;
            }
            assert_eq!(refusal.meaning(Locale::ENGLISH), listed.meaning.en, "{answer}");
            assert_eq!((refusal.kind(), refusal.retry()), (AnswerKind::Refused, Some(listed.retry)), "{answer}");
        }
    }

    #[test]
    fn every_form_of_answer_is_understood() {
        for answer in [
            r#"{"error": {"code": "IMG.0142", "message": "m"}}"#,
            r#"{"error_code": "IMG.0142", "error_msg": "m"}"#,
            r#"{"code": "IMG.0142", "message": "m"}"#,
            r#"{"errorCode": "IMG.0142", "errorMsg": "m"}"#,
            r#"{"status": "FAIL", "job_id": "j", "error_code": "IMG.0142", "fail_reason": "m"}"#,
            r#"{"status": "FAIL", "job_id": "j", "error_code": "", "addition_error_code": "IMG.0142", "fail_reason": "m"}"#,
            r#"{"status": "FAIL", "job_id": "j", "error_code": null, "alarm_code": "IMG.0142", "fail_reason": "m"}"#,
            r#"{"status": "FAIL", "job_id": "j", "error": {"code": "IMG.0142", "message": "m"}}"#,
            r#"{"status": "FAIL", "entities": {"sub_jobs_result": [{"status": "FAIL", "error_code": "IMG.0142", "fail_reason": "m"}]}}"#,
            r#"{"status": "FAIL", "sub_jobs_list": [{"status": "SUCCESS", "error_code": "IMG.0143"}, {"status": "FAIL", "error_code": "IMG.0142", "fail_reason": "m"}], "job_id": "j"}"#,
            r#"{"body": "{\"error\": {\"code\": \"IMG.0142\", \"message\": \"m\"}}"}"#,
            r#"[{"response": {"error_code": "IMG.0142", "error_msg": "m"}}]"#,
            r#""{\"error\": {\"code\": \"IMG.0142\", \"message\": \"m\"}}""#,
            "{'error': {'code': 'IMG.0142', 'message': 'm', 'details': None}}",
        ] {
            let refusal = explain(None, answer);
            assert_eq!((refusal.code(), refusal.message()), (Some("IMG.0142"), Some("m")), "{answer}");
            assert!(refusal.is_known() && refusal.kind().is_refusal() && refusal.other_codes().is_empty(), "{answer}");
            assert_eq!(refusal.raw(), answer);
        }
        let keystone = explain(None, r#"{"error": {"code": 401, "title": "Unauthorized", "message": "m"}}"#);
        assert_eq!((keystone.status(), keystone.code(), keystone.message()), (Some(401), None, Some("m")));
        assert!(keystone.is_known());
        assert!(!explain(Some(400), r#"{"error": {"code": "IMG.9999"}}"#).is_known());
        assert!(explain(Some(503), "").is_known());
    }

    #[test]
    fn a_status_says_what_it_means_where_the_code_is_not_known() {
        for row in &HTTP_STATUSES {
            let unknown = explain(Some(row.status), r#"{"error": {"code": "IMG.9999", "message": "?"}}"#);
            assert_eq!((unknown.is_known(), unknown.code()), (false, Some("IMG.9999")));
            assert_eq!(unknown.retry(), explain(Some(row.status), "").retry(), "{}", row.status);
            let meaning = unknown.meaning(Locale::ENGLISH);
            let by_itself = explain(Some(row.status), "").meaning(Locale::ENGLISH);
            assert_eq!(meaning, format!("This answer is not in image-preflight's table. {by_itself}"));
            assert!(explain(Some(row.status), "<html>").is_known());
        }
        assert_eq!(explain(Some(429), "").retry(), Some(Retry::Later));
        assert_eq!(explain(Some(418), "").kind(), AnswerKind::Refused);
        assert_eq!(explain(Some(418), "").retry(), None);
    }

    #[test]
    fn the_gateway_says_with_one_code_what_its_status_says() {
        let of = |status, message: &str| {
            let answer = serde_json::json!({"error_code": "APIGW.0201", "error_msg": message}).to_string();
            let refusal = explain(status, &answer);
            (refusal.status(), refusal.retry())
        };
        assert_eq!(of(None, "Backend timeout."), (Some(504), Some(Retry::Later)));
        assert_eq!(of(Some(413), "?"), (Some(413), Some(Retry::No)));
        assert_eq!(of(Some(502), "?"), (Some(502), Some(Retry::Later)));
        assert_eq!(of(None, "?"), (None, Some(Retry::Later)));
    }

    #[test]
    fn what_goes_well_is_no_refusal() {
        for (answer, kind, english, chinese) in [
            (
                r#"{"job_id": "j"}"#,
                AnswerKind::Accepted,
                "The request was accepted. Its job runs asynchronously.",
                "请求已受理，任务异步执行。",
            ),
            (
                r#"{"requestId": "r", "result": {"copyImages": [{"sourceImageId": "a", "destinationImageId": "j"}]}}"#,
                AnswerKind::Accepted,
                "The request was accepted. The images are being copied.",
                "请求已受理，正在复制镜像。",
            ),
            (
                r#"{"status": "INIT", "job_id": "j", "job_type": "imsCreateWholeImageByBackupJob"}"#,
                AnswerKind::Running,
                "The job has not started yet. Job type: creating a full-ECS image from a backup.",
                "任务尚未开始。任务类型：使用备份制作整机镜像。",
            ),
            (
                r#"{"status": "RUNNING", "job_id": "j", "error_code": "IMG.0142"}"#,
                AnswerKind::Running,
                "The job is running.",
                "任务正在执行。",
            ),
            (
                r#"{"status": "success", "job_id": "j", "job_type": "?"}"#,
                AnswerKind::Succeeded,
                "The job succeeded.",
                "任务执行成功。",
            ),
            (
                r#"{"job": {"status": "SUCCESS", "job_id": "j", "job_type": "IMSCROSSREGIONCOPYIMAGEJOB"}}"#,
                AnswerKind::Succeeded,
                "The job succeeded. Job type: replicating an image across regions.",
                "任务执行成功。任务类型：跨区域复制镜像。",
            ),
            (
                r#"{"result": {"image": {"imageId": "j", "status": "pending"}}}"#,
                AnswerKind::Running,
                "The job is running.",
                "任务正在执行。",
            ),
            (
                r#"{"jobId": "j"}"#,
                AnswerKind::Accepted,
                "The request was accepted. Its job runs asynchronously.",
                "请求已受理，任务异步执行。",
            ),
            (
                r#"{"jobId": "j", "status": "SUCCESS", "jobType": "imsCopyImageInRegionJob", "errorCode": null}"#,
                AnswerKind::Succeeded,
                "The job succeeded. Job type: replicating an image within a region.",
                "任务执行成功。任务类型：区域内复制镜像。",
            ),
            (
                r#"200 OK {"job_id": "j"}"#,
                AnswerKind::Accepted,
                "The request was accepted. Its job runs asynchronously.",
                "请求已受理，任务异步执行。",
            ),
        ] {
            for status in [None, Some(200)] {
                let found = explain(status, answer);
                assert_eq!((found.kind(), found.job_id(), found.code()), (kind, Some("j"), None), "{answer}");
                assert_eq!(
                    (found.meaning(Locale::ENGLISH).as_ref(), found.meaning(Locale::CHINESE).as_ref()),
                    (english, chinese)
                );
                assert!(found.is_known() && found.retry().is_none() && rules(&found).is_empty());
            }
            assert_eq!(explain(Some(500), answer).kind(), AnswerKind::Refused, "{answer}");
        }
        for answer in [
            r#"{"job_id": ""}"#,
            r#"{"job_id": 5}"#,
            r#"{"jobId": ""}"#,
            "job_id:",
            "job_id: a b",
            "waiting for job_id: j",
            "job_id: j, it did not end",
            "image_id: j",
            "null",
            "\"null\"",
            "None",
            "true",
            r#"{"status": "SUCCESS"}"#,
            r#"{"status": "PAUSED", "job_id": "j"}"#,
            "{}",
            "[]",
            r#"{"result": {"copyImages": []}}"#,
            r#"{"result": {"copyImages": [{"destinationImageId": ""}]}}"#,
        ] {
            assert_eq!(explain(None, answer).kind(), AnswerKind::Unknown, "{answer}");
        }
    }

    #[test]
    fn a_job_that_failed_says_why_or_that_it_does_not() {
        let failed = explain(
            None,
            r#"{"status": "FAIL", "job_id": "j", "job_type": "imsCopyImageInRegionJob", "error_code": "IMG.0197"}"#,
        );
        assert_eq!(
            failed.meaning(Locale::CHINESE),
            "任务执行失败。任务类型：区域内复制镜像。复制共享镜像时不支持 KMS 加密。"
        );
        assert_eq!(
            (failed.kind(), rules(&failed)),
            (AnswerKind::Failed, vec!["ims.in-region-copy.shared-not-encrypted"])
        );
        let silent = explain(None, r#"{"status": "FAIL", "job_id": "j", "error_code": null, "fail_reason": ""}"#);
        assert_eq!(silent.meaning(Locale::ENGLISH), "The job failed. The answer does not say why.");
        let unknown =
            explain(None, r#"{"status": "FAIL", "job_id": "j", "error_code": null, "fail_reason": "a reason"}"#);
        let meaning = "The job failed. This answer is not in image-preflight's table.";
        assert_eq!(unknown.meaning(Locale::ENGLISH), meaning);
        assert_eq!(
            (unknown.is_known(), unknown.message(), unknown.kind()),
            (false, Some("a reason"), AnswerKind::Failed)
        );
    }

    #[test]
    fn a_code_is_found_in_a_text() {
        for (text, code) in [
            ("2026-03-02T10:11:12Z ERROR copy failed: IMG.0153 while creating whole image", "IMG.0153"),
            ("ServiceResponseException{httpStatusCode=400, requestId=0f, errorCode=IMG.0146, errorMsg=m}", "IMG.0146"),
            (r#"{"status_code":400,"request_id":"0f","error_code":"IMG.0146""#, "IMG.0146"),
            ("失败，错误码IMG.0146：镜像过大", "IMG.0146"),
            ("The code is IMG.0146.", "IMG.0146"),
            (r"level=error msg=failed:\nIMG.0146\n", "IMG.0146"),
            ("\u{1b}[31mIMG.0146\u{1b}[0m", "IMG.0146"),
            ("[APIGW.0301] Incorrect IAM authentication information", "APIGW.0301"),
            ("error QUOTA_EXCEEDED!", "QUOTA_EXCEEDED"),
            ("jdcloud: INTERNAL 500 Internal server error", "INTERNAL"),
            (r#"{"log": "x", "lines": ["a", "copy failed: IMG.0146"]}"#, "IMG.0146"),
            (r#"{"error": {"code": "Ecs.0001", "message": "IMS said IMG.0146"}}"#, "IMG.0146"),
        ] {
            let refusal = explain(None, text);
            assert_eq!((refusal.code(), refusal.kind()), (Some(code), AnswerKind::Refused), "{text}");
            assert!(refusal.is_known(), "{text}");
        }
        for text in [
            "MYIMG.0143X",
            "see IMG.0143X or",
            "see MYIMG.0143 or",
            "a IMG.0143.jpg b",
            "a img.0143.jpg b",
            "/tmp/img.0143",
            "C:\\img.0143",
            "my-img.0143",
            "img.0143/a",
            "myimg.0143 b",
            "the quota_exceeded case",
            "see quota_exceeded: it",
            "status: not_founded",
            "internal: 5",
            "IMG_0143 was taken",
            "IMG.143 b",
            "an UNKNOWN error",
            "INTERNAL use only",
            "state: ABORTED",
            "NOT_FOUNDED x",
            "éIMG.0143 x",
            "IMG.01430 x",
        ] {
            let found = explain(None, text);
            assert!(!found.is_known(), "{text}: {:?}", found.code());
            assert_eq!(found.meaning(Locale::CHINESE), "image-preflight 的错误码表中没有此返回。", "{text}");
        }
        let unlisted = explain(None, "failed with IMG.9999");
        assert_eq!(
            (unlisted.code(), unlisted.is_known(), unlisted.kind()),
            (Some("IMG.9999"), false, AnswerKind::Refused)
        );
    }

    #[test]
    fn a_code_is_found_in_any_case_of_letters_and_told_as_the_documents_write_it() {
        for (text, code) in [
            ("copy failed with img.0143", "IMG.0143"),
            ("Img.0143 happened", "IMG.0143"),
            ("error_code=img.0143", "IMG.0143"),
            (r#"{"error_code":"img.0143"}"#, "IMG.0143"),
            (r#"{"error":{"code":"Img.0143","message":"m"}}"#, "IMG.0143"),
            (r#"{"status": "FAIL", "job_id": "j", "error_code": "img.0143"}"#, "IMG.0143"),
            (r#"{"log": "copy failed with img.0143."}"#, "IMG.0143"),
            ("失败，错误码img.0143：镜像已加密", "IMG.0143"),
            ("[apigw.0301] Incorrect IAM authentication information", "APIGW.0301"),
            ("Apigw.0308, retry", "APIGW.0308"),
            ("img.0143", "IMG.0143"),
            ("IMG.0143.", "IMG.0143"),
            (" Img.0143。", "IMG.0143"),
            ("QUOTA_EXCEEDED.", "QUOTA_EXCEEDED"),
            ("quota_exceeded", "QUOTA_EXCEEDED"),
            ("status=quota_exceeded requestId=r-1", "QUOTA_EXCEEDED"),
            ("copyImages: quota_exceeded", "QUOTA_EXCEEDED"),
            ("(Quota_Exceeded)", "QUOTA_EXCEEDED"),
            (r#"it said "status": "quota_exceeded", and"#, "QUOTA_EXCEEDED"),
            (r#"{"error":{"code":429,"status":"quota_exceeded","message":"m"}}"#, "QUOTA_EXCEEDED"),
        ] {
            let refusal = explain(None, text);
            assert_eq!((refusal.code(), refusal.is_known()), (Some(code), true), "{text}");
            assert!(refusal.kind().is_refusal() && refusal.other_codes().is_empty(), "{text}");
        }
        let both = explain(None, "img.0146, then Img.0147 and IMG.0146");
        assert_eq!((both.code(), both.other_codes()), (Some("IMG.0146"), &["IMG.0147"][..]));
        // What nobody knows stays as it is written.
        assert_eq!(explain(None, r#"{"error_code":"abc.1"}"#).code(), Some("abc.1"));
    }

    #[test]
    fn what_belongs_to_a_code_is_found_beside_it() {
        let terraform = "Error: error creating IMS image: Bad request with: [POST https://ims.example.com/v1/cloudimages/wholeimages/action], \
            request_id: 0f-1, error message: {\"error\":{\"message\":\"Failed to create image\",\"code\":\"IMG.0029\"}}";
        let refusal = explain(None, terraform);
        assert_eq!(
            (refusal.code(), refusal.message(), refusal.request_id()),
            (Some("IMG.0029"), Some("Failed to create image"), Some("0f-1"))
        );
        let jd = explain(None, "FAILED_PRECONDITION 400 Invalid image status 'pending'");
        assert_eq!((rules(&jd), jd.retry()), (vec!["jd.copy-images.ready"], Some(Retry::Later)));
        let jd =
            explain(None, "code=429 status=QUOTA_EXCEEDED message=\"Snapshot quota limit exceeded\" requestId=r-1");
        assert_eq!((rules(&jd), jd.request_id()), (vec!["jd.copy-images.snapshot-quota"], Some("r-1")));
        let message = explain(None, "Copy encrypted snapshot 'snap-1' is not support.");
        assert_eq!(
            (message.code(), rules(&message)),
            (Some("FAILED_PRECONDITION"), vec!["jd.copy-images.no-encrypted-snapshot"])
        );
        for (text, status) in [
            ("<html><title>502 Bad Gateway</title>", 502),
            ("Expected HTTP response code [200 201] when accessing [POST https://x], but got 403 instead", 403),
            ("HTTP/1.1 429 Too Many Requests", 429),
            ("exception: status_code: 503, msg", 503),
        ] {
            assert_eq!((explain(None, text).status(), explain(None, text).is_known()), (Some(status), true), "{text}");
        }
        for text in ["I have 500 images", "port 4040", "status 4041", "status 200", "got 404"] {
            assert_eq!(explain(None, text).kind(), AnswerKind::Unknown, "{text}");
        }
    }

    #[test]
    fn a_bare_status_of_jd_cloud_has_its_rules_and_a_strange_message_has_none() {
        assert_eq!(
            rules(&explain(None, "QUOTA_EXCEEDED")),
            ["jd.copy-images.image-quota", "jd.copy-images.snapshot-quota"]
        );
        assert_eq!(rules(&explain(None, "FAILED_PRECONDITION")).len(), 5);
        assert_eq!(explain(None, "unauthenticated").retry(), Some(Retry::AfterFix));
        assert_eq!(explain(None, "PERMISSION_DENIED").status(), Some(403));
        let strange =
            explain(None, r#"{"error": {"code": 429, "status": "QUOTA_EXCEEDED", "message": "Key quota exceeded"}}"#);
        assert_eq!((rules(&strange), strange.retry(), strange.is_known()), (vec![], Some(Retry::AfterFix), true));
    }

    #[test]
    fn the_id_of_a_job_alone_is_an_accepted_answer() {
        for text in [
            "job_id: edc89b49",
            "job_id = \"edc89b49\"",
            "'job_id': 'edc89b49'",
            "jobId=edc89b49",
            "JOB_ID=edc89b49",
            "Job ID: edc89b49.",
            "class CopyImageInRegionResponse {\n    jobId: edc89b49\n}",
        ] {
            let found = explain(None, text);
            assert_eq!(
                (found.kind(), found.job_id(), found.code()),
                (AnswerKind::Accepted, Some("edc89b49"), None),
                "{text}"
            );
            assert_eq!(explain(Some(500), text).kind(), AnswerKind::Refused, "{text}");
        }
        assert_eq!(explain(None, "null").code(), None);
        assert_eq!(explain(Some(503), "null").retry(), Some(Retry::Later));
    }

    #[test]
    fn an_internal_error_of_jd_cloud_is_one_of_its_rows() {
        for (code, texts) in [
            (
                "INTERNAL",
                [
                    "Internal server error",
                    "系统内部错误,请稍后重试。如果多次尝试失败,请提交工单。",
                    "Exception: {'code': 500, 'status': 'INTERNAL', 'message': 'Internal server error'}, requestId=q",
                    "Exception: {'code': 500, 'status': 'INTERNAL', …}, requestId=q",
                    r#"it says {\"status\":\"INTERNAL\",\"code\":500 … requestId=q"#,
                ],
            ),
            (
                "UNKNOWN",
                [
                    "unknown server error.",
                    "服务暂时不可用，请稍后重试。如果多次尝试失败，请提交工单",
                    "Exception: {'code': 500, 'status': 'UNKNOWN', 'message': 'Unknown server error'}, requestId=q",
                    "Exception: {'code': 500, 'status': 'UNKNOWN', …}, requestId=q",
                    "500 UNKNOWN: requestId=q",
                ],
            ),
        ] {
            let row = catalogue::error_codes().find(|row| row.code == code).expect("a row");
            for text in texts {
                let found = explain(None, text);
                assert_eq!(
                    (found.code(), found.status(), found.retry()),
                    (Some(code), Some(500), Some(Retry::Later)),
                    "{text}"
                );
                assert_eq!(found.meaning(Locale::ENGLISH), row.meaning.en, "{text}");
                assert_eq!(found.request_id(), text.contains("requestId").then_some("q"), "{text}");
            }
        }
        // Another status is another service's.
        assert_eq!(explain(Some(502), "Internal server error").code(), None);
        for text in ["status 5000 INTERNAL", "'status': 'INTERNAL'", "UNKNOWN status", "1500 UNKNOWN things"] {
            assert_eq!(explain(None, text).kind(), AnswerKind::Unknown, "{text}");
        }
    }

    /// Each row is found by its message in either language, alone and in an answer.
    #[test]
    fn a_message_in_chinese_finds_the_row_that_the_english_one_finds() {
        let rows = || catalogue::error_codes().filter(|row| !row.message_zh.is_empty());
        assert_eq!(rows().count(), 12);
        for row in rows() {
            let found_by = |message: &str| {
                let found = |answer: String| {
                    let refusal = explain(None, &answer);
                    (refusal.code().map(str::to_owned), rules(&refusal), refusal.retry())
                };
                let error = serde_json::json!({"code": row.status, "status": row.code, "message": message});
                let in_a_text = format!("{} {} {message}, requestId=q", row.code, row.status);
                [found(serde_json::json!({ "error": error }).to_string()), found(in_a_text), found(message.to_owned())]
            };
            let [answer, text, alone] = found_by(&row.message.replace("xx", "img-1"));
            assert_eq!(answer, (Some(row.code.to_owned()), row.rules.to_vec(), Some(row.retry)));
            let narrow = row.message_zh.replace('，', ",");
            for message in [
                row.message_zh,
                row.message_zh.trim_end_matches('。'),
                &narrow,
                &narrow.replace(',', ", "),
                &row.message_zh.replace('。', "."),
                &format!(" {} ", narrow.trim_end_matches('。')),
            ] {
                assert_eq!(found_by(message), [answer.clone(), text.clone(), alone.clone()], "{message}");
            }
        }
        let alone = explain(None, "镜像正在跨区复制或转换中,请稍后再试。");
        assert_eq!((rules(&alone), alone.retry()), (vec!["jd.copy-images.not-busy"], Some(Retry::Later)));
        for other in ["镜像", "镜像配额不足吗？", "云主机镜像配额不足。"] {
            assert_eq!(explain(None, other).kind(), AnswerKind::Unknown, "{other}");
        }
    }

    #[test]
    fn a_known_code_goes_before_an_unknown_one_and_the_others_are_listed() {
        let refusal = explain(
            None,
            r#"{"error_code": "ABC.1", "inner": [{"error_code": "IMG.0142", "error_msg": "m"}, {"error_code": "IMG.0143"}]}"#,
        );
        assert_eq!((refusal.code(), refusal.other_codes()), (Some("IMG.0142"), &["IMG.0143"][..]));
        let log = explain(None, "IMG.9999 IMG.0146 IMG.0147 IMG.0146 IMG.0148");
        assert_eq!((log.code(), log.other_codes()), (Some("IMG.0146"), &["IMG.0147", "IMG.0148"][..]));
    }

    /// A long text is searched once; what is shown of it is short.
    #[test]
    fn a_long_text_is_searched_once() {
        for piece in [
            "IMG.0143X ",
            "{",
            "{\"a\":",
            "request_id",
            "QUOTA_EXCEEDED Image ",
            "Invalid image status '",
            "\\",
            "é",
            "[[[",
        ] {
            let mut text = piece.repeat((1 << 20) / piece.len() + 64);
            text.push_str(" IMG.0142");
            let refusal = explain(None, &text);
            assert!(refusal.is_known(), "{piece}");
            assert!(refusal.other_codes().len() <= 8);
            text.truncate(text.len() - " IMG.0142".len());
            let json = serde_json::to_string(&explain(None, &text).localized(Locale::ENGLISH)).expect("it is JSON");
            assert!(json.len() < 20_000, "{piece}: {}", json.len());
        }
    }
}
