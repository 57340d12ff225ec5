//! Problem details (RFC 9457), and the tags by which a language is asked for (BCP 47).

use image_preflight::{Locale, Outcome, Report, Severity, check};
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

fn problem(report: &Report<'_>) -> Value {
    serde_json::to_value(report.problem(Locale::ENGLISH).expect("it is not allowed")).expect("JSON")
}

/// The pointers of a problem, each the fragment of a URI: read as WHATWG's parser reads it, and decoded.
fn pointers(problem: &Value) -> Vec<String> {
    let errors = problem["errors"].as_array().expect("a list");
    let fragment = |error: &Value| {
        let pointer = error["pointer"].as_str().expect("a text");
        let url = Url::parse(&format!("https://example.com/{pointer}")).expect("a URI");
        let fragment = url.fragment().expect("it has one");
        assert_eq!(format!("#{fragment}"), pointer, "the parser changed it, so it was not encoded");
        let mut bytes = fragment.bytes();
        let mut decoded = Vec::new();
        while let Some(byte) = bytes.next() {
            let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16)).expect("a digit");
            decoded.push(if byte == b'%' { (digit() * 16 + digit()) as u8 } else { byte });
        }
        String::from_utf8(decoded).expect("UTF-8")
    };
    errors.iter().map(fragment).collect()
}

/// A case with one fault, at a fact of an image of this id.
fn about(id: &str) -> String {
    json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
        "body": {"sourceImageIds": ["x"], "destinationRegion": "cn-east-2"}, "facts": {"images": {id: {"busy": 3}}}})
    .to_string()
}

fn holds(id: &str) {
    let case = about(id);
    let report = check(&case);
    let violated = report.findings().iter().filter(|finding| finding.outcome() == Outcome::Violated);
    let places: Vec<_> = violated.map(|finding| finding.at().to_owned()).collect();
    let token = id.replace('~', "~0").replace('/', "~1");
    assert_eq!(places, [format!("/facts/images/{token}/busy")], "{case}");
    assert_eq!(pointers(&problem(&report)), places, "{case}");
}

#[test]
fn a_pointer_with_any_character_is_a_fragment() {
    for id in [
        "%", "%41", "100%", "~1", "~01", "a/b", "\"", "汉字", "😀", "#", "a#b", "[x]", "\\", "^", "`", "{}", "|", "<>",
        " ", "?&=",
    ] {
        holds(id);
    }
    for c in (0..128_u8).map(char::from) {
        holds(&format!("a{c}b"));
    }
}

proptest! {
    #![proptest_config(image_preflight_tests::cases::config(500))]

    #[test]
    fn a_pointer_of_any_text_is_a_fragment(id in any::<String>()) {
        holds(&id);
    }
}

/// Only what decided is an error: neither warnings nor advice, and of a denied case nothing that is merely unknown.
#[test]
fn a_problem_lists_what_decided_and_nothing_else() {
    let unlisted = json!({"name": "n", "region": "nowhere-1", "project_name": "p", "agency_name": "a", "more": 1});
    let case = |facts: Value| {
        json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": unlisted, "facts": facts})
            .to_string()
    };
    let mut seen = Vec::new();
    for facts in [json!({}), json!({"image": {"iso": true}}), json!({"image": {"iso": true, "encrypted": true}})] {
        let text = case(facts);
        let report = check(&text);
        let outcome = if report.verdict().as_str() == "denied" { Outcome::Violated } else { Outcome::Unknown };
        let decided: Vec<_> = report
            .findings()
            .iter()
            .filter(|finding| finding.severity() == Severity::Error && finding.outcome() == outcome)
            .map(|finding| (finding.rule().id.to_owned(), finding.message(Locale::ENGLISH)))
            .collect();
        let warnings = report.findings().iter().filter(|finding| finding.severity() == Severity::Warning).count();
        let problem = problem(&report);
        let errors: Vec<_> = problem["errors"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|error| {
                (
                    error["rule"].as_str().expect("a rule").to_owned(),
                    error["detail"].as_str().expect("a text").to_owned(),
                )
            })
            .collect();
        assert_eq!(errors, decided, "{text}");
        seen.push((report.verdict().as_str(), errors.len(), warnings));
    }
    // Eight rules of the default edition read facts. An unlisted region and an unknown field are warnings in each.
    assert_eq!(seen, [("undetermined", 8, 2), ("denied", 1, 2), ("denied", 2, 2)]);
}

/// A warning that cannot be decided decides nothing.
#[test]
fn a_problem_of_an_undetermined_case_lists_no_undecided_warning() {
    let body = json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR"});
    let text = json!({"operation": "ims.whole-image", "body": body}).to_string();
    let report = check(&text);
    let open = |severity| {
        let findings = report.findings().iter().filter(|finding| finding.outcome() == Outcome::Unknown);
        findings.filter(|finding| finding.severity() == severity).count()
    };
    assert_eq!((report.verdict().as_str(), open(Severity::Error)), ("undetermined", 1));
    assert!(open(Severity::Warning) > 0 && open(Severity::Advice) > 0);
    let problem = problem(&report);
    let rules: Vec<_> = problem["errors"].as_array().into_iter().flatten().map(|error| &error["rule"]).collect();
    assert_eq!(rules, ["ims.whole-image.backup-single-use"]);
}

#[test]
fn a_language_is_asked_for_in_every_spelling_of_its_tag() {
    for tag in
        ["zh", "zh-CN", "zh_CN", "zh-Hans", "zh_Hans_CN", "zh-hans-cn", "ZH", "Zh-cn", "ZH_cn", "zh_CN.UTF-8", "zh-TW"]
    {
        assert_eq!(Locale::from_tag(tag), Locale::CHINESE, "{tag}");
    }
    for tag in ["", "en", "en-US", "en_GB", "EN", "fr", "fr_CN", "zhx", "xzh", "-zh", "_CN", "und", "i-zh"] {
        assert_eq!(Locale::from_tag(tag), Locale::ENGLISH, "{tag}");
    }
}
