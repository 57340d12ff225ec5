//! Explanations, by texts at random: no text makes them panic, and a code is found whatever is around it.

use image_preflight::{AnswerKind, Locale, Retry, error_codes, explain};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// The forms in which an error is held: JSON, what is printed of it, a word in a sentence.
fn error(code: &str, message: &str) -> impl Strategy<Value = String> {
    let [code, message] = [code, message].map(str::to_owned);
    select(vec![
        json!({"error": {"code": code, "message": message}}).to_string(),
        json!({"error_code": code, "error_msg": message, "request_id": "r-1"}).to_string(),
        json!({"status": "FAIL", "job_id": "j", "error_code": code, "fail_reason": message}).to_string(),
        json!(json!({"error": {"code": code, "message": message}}).to_string()).to_string(),
        format!("ClientRequestException - {{status_code:400,request_id:r-1,error_code:{code},error_msg:{message}}}"),
        format!("copy failed: {code}"),
        format!("copy failed with {}.", code.to_lowercase()),
        json!({"error_code": code.to_lowercase(), "error_msg": message}).to_string(),
    ])
}

/// Text in which no code is, and which does not run on from a code: it begins and ends with what no word has.
fn noise() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "{",
            "}",
            "[",
            "\"",
            "\\",
            "{\"a\": ",
            "\u{1b}[31m",
            "IMG.",
            "MYIMG.0143X",
            "request_id",
            "status: ",
            "\n",
            "错误",
            "error"
        ])
        .prop_map(str::to_owned),
        "[a-z ]{0,12}",
        any::<char>().prop_filter("letters would join a word", |c| !c.is_alphanumeric()).prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| format!(" {} ", pieces.join(" ")))
}

fn well_formed(text: &str, status: Option<u16>) {
    let found = explain(status, text);
    for locale in Locale::all() {
        let json = serde_json::to_value(found.localized(locale)).expect("it is JSON");
        assert!(json["meaning"].as_str().is_some_and(|meaning| !meaning.is_empty()), "{json}");
        assert_eq!(
            json.get("refusal").and_then(Value::as_bool),
            (found.kind() != AnswerKind::Unknown).then(|| found.kind().is_refusal())
        );
        assert_eq!(json.get("verbatim").is_some(), !found.is_known());
    }
    assert_eq!(found.raw(), text);
    // What is no refusal is not tried again, and breaks no rule.
    assert!(found.kind().is_refusal() || found.retry().is_none() && found.rules().count() == 0, "{text}");
}

proptest! {
    #[test]
    fn any_text_is_explained(text in any::<String>(), status in proptest::option::of(100_u16..600)) {
        well_formed(&text, status);
    }

    #[test]
    fn noise_is_explained(text in noise(), status in proptest::option::of(select(vec![200_u16, 202, 400, 404, 429, 500]))) {
        well_formed(&text, status);
    }

    #[test]
    fn a_code_is_found_in_noise(
        (code, error) in select(error_codes().filter(|error| error.code.contains('.')).map(|error| error.code).collect::<Vec<_>>())
            .prop_flat_map(|code| (Just(code), error(code, "a message"))),
        before in noise(),
        after in noise(),
    ) {
        let text = format!("{before}{error}{after}");
        well_formed(&text, None);
        let found = explain(None, &text);
        prop_assert_eq!(found.code(), Some(code), "{}", text);
        prop_assert!(found.is_known() && found.kind().is_refusal());
        let alone = explain(None, &error);
        prop_assert_eq!((alone.code(), alone.is_known()), (Some(code), true));
    }
}

/// The status of an answer is found wherever it is given: it says whether to try again, also of a code that nobody knows.
#[test]
fn a_status_is_found_around_a_code_that_is_not_known() {
    let error = json!({"code": "IMG.9999", "message": "m"});
    for (status, retry) in [(503, Retry::Later), (429, Retry::Later), (403, Retry::AfterFix)] {
        for answer in [
            json!({"status": status, "error": error}),
            json!({"error": error, "status": status.to_string()}),
            json!({"statusCode": status, "errorCode": "IMG.9999"}),
            json!({"status_code": status, "error_code": "IMG.9999"}),
            json!({"httpStatusCode": status, "errorCode": "IMG.9999"}),
            json!({"http_status": status, "body": {"error": error}}),
            json!({"status": status, "answer": json!({"error": error}).to_string()}),
        ] {
            let answer = answer.to_string();
            let refusal = explain(None, &answer);
            let found = (refusal.status(), refusal.retry(), refusal.code());
            assert_eq!(found, (Some(status), Some(retry), Some("IMG.9999")), "{answer}");
        }
    }
    // A job's status is a word, and a number that no refusal has is none.
    for answer in [json!({"status": "FAIL", "error_code": "IMG.9999"}), json!({"status": 7, "error_code": "IMG.9999"})]
    {
        assert_eq!(explain(None, &answer.to_string()).status(), None, "{answer}");
    }
}
