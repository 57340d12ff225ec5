//! What a verdict rests on, as users see it: invalid cases, presumed facts, values that are not known yet, and objects in files.

mod common;

use common::{printed, run};
use serde_json::Value;
use std::path::{Path, PathBuf};

const ALLOWED: &str = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"}}"#;
const DENIED: &str = r#"{"operation":"ims.whole-image","body":{"name":" n","instance_id":"i","vault_id":"v"}}"#;
const INVALID: &str =
    r#"{"operation":"ims.whole-image","body":{"name":" n","instance_id":"i"},"facts":{"ecs":{"colour":1}}}"#;
const UNKNOWN: &str =
    r#"{"operation":"ims.whole-image","body":{"name":"n","vault_id":"v"},"unknown":["/body/instance_id"]}"#;

fn status(arguments: &[&str], input: &str) -> i32 {
    run(arguments, input.as_bytes()).status.code().expect("it has a status")
}

/// A file of a test, in a folder of the tests.
fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("it is written");
    path
}

#[test]
fn an_invalid_case_does_not_stop_a_batch_and_is_counted_by_itself() {
    let lines = [ALLOWED, INVALID, "{", DENIED, ALLOWED].join("\n");
    let out = run(&["check", "--format", "human"], lines.as_bytes());
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    assert_eq!(out.status.code(), Some(2));
    assert!(text.ends_with("2 allowed, 1 denied, 0 undetermined, 2 invalid\n"), "{text}");
    assert!(text.contains("! invalid  Create a full-ECS image  <stdin>:2\n"), "{text}");
    assert!(
        printed(&["check", "--format", "human", "--locale", "zh"], &lines)
            .ends_with("可以提交 2，会被拒绝 1，无法判断 0，用例有误 2\n")
    );
    let reports = printed(&["check", "--format", "json"], &lines);
    let verdicts: Vec<_> = reports
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["verdict"].as_str().unwrap_or_default().to_owned()
        })
        .collect();
    assert_eq!(verdicts, ["allowed", "invalid", "invalid", "denied", "allowed"]);
    assert_eq!(status(&["check"], &[INVALID, ALLOWED].join("\n")), 2);
    assert_eq!(status(&["request"], INVALID), 2);
}

#[test]
fn what_a_verdict_presumes_is_said_in_one_paragraph() {
    let text = printed(&["check", "--format", "human"], ALLOWED);
    let presumed = "Presumed to be in order because not given: /facts/ecs/state, /facts/ecs/dssDisk, \
                    /facts/destinationQuota/images. With --strict, they are required.\n";
    assert!(text.ends_with(presumed), "{text}");
    let text = printed(&["check", "--format", "human", "--locale", "zh-CN"], ALLOWED);
    assert!(
        text.contains("推定为正常：/facts/ecs/state、/facts/ecs/dssDisk、/facts/destinationQuota/images。"),
        "{text}"
    );
    // Nothing is presumed of a case that is settled, or by a strict one.
    for (arguments, case) in [(&["check"][..], DENIED), (&["check", "--strict"], ALLOWED)] {
        let text = printed(&[arguments, &["--format", "human"]].concat(), case);
        assert!(!text.contains("Presumed"), "{text}");
    }
}

#[test]
fn a_source_is_punctuated_as_its_language_is() {
    for (locale, label, comma) in [("en", "= source: ", ", "), ("zh", "= 依据：", "，")] {
        let text = printed(&["check", "--format", "human", "--locale", locale], DENIED);
        let source = text.lines().find_map(|line| line.trim_start().strip_prefix(label)).unwrap_or_default();
        assert_eq!((source.matches(comma).count(), source.matches([',', '，']).count()), (2, 2), "{text}");
    }
}

#[test]
fn strict_holds_for_cases_that_do_not_say() {
    assert_eq!(status(&["check", "--strict"], ALLOWED), 3);
    let itself = ALLOWED.replacen('{', "{\"strict\":false,", 1);
    assert_eq!(status(&["check", "--strict"], &itself), 0);
    assert_eq!(status(&["check"], &ALLOWED.replacen('{', "{\"strict\":true,", 1)), 3);
    assert_eq!(status(&["request", "--strict"], ALLOWED), 3);
    assert_eq!(status(&["check", "--strict"], "{"), 2);
    let body = file("strict-body.json", r#"{"name":"n","instance_id":"i","vault_id":"v"}"#);
    let body = body.to_str().expect("UTF-8");
    assert_eq!(status(&["check", "--operation", "ims.whole-image", "--body", body], ""), 0);
    assert_eq!(status(&["check", "--strict", "--operation", "ims.whole-image", "--body", body], ""), 3);
    // The positions are those of the file.
    let denied = file("strict.json", &DENIED.replace(',', ",\n"));
    let denied = denied.to_str().expect("UTF-8");
    let positions = |more: &[&str]| printed(&[&["check", "--format", "github", denied], more].concat(), "");
    assert_eq!(positions(&["--strict"]).lines().next(), positions(&[]).lines().next());
    // A case that is not UTF-8 is still refused for that.
    let bytes = [br#"{"operation":""#, &b"\xff"[..], br#""}"#].concat();
    let strict = run(&["check", "--format", "json", "--strict"], &bytes).stdout;
    assert_eq!(strict, run(&["check", "--format", "json"], &bytes).stdout);
    let capabilities = ["capabilities", "--format", "json", "--fact", "image.fullEcs=true"];
    assert!(printed(&capabilities, "").contains(r#""presumed":["/facts/image/replicated"]"#));
    assert!(!printed(&[&capabilities[..], &["--strict"]].concat(), "").contains(r#""presumed":["/facts/"#));
    assert!(
        printed(&["capabilities", "--format", "human", "--fact", "image.fullEcs=true"], "")
            .contains("      Presumed to be in order")
    );
}

#[test]
fn objects_in_files_are_facts() {
    let server = file("server.json", r#"{"server":{"id":"i","status":"BUILD","metadata":{"os_type":"Windows"}}}"#);
    let backup = file("backup.json", r#"{"backup":{"id":"b","extend_info":{"os_images_data":[{"image_id":"x"}]}}}"#);
    let quota = |used: u64| {
        let text = format!(r#"{{"quotas":{{"resources":[{{"type":"image","used":{used},"quota":100}}]}}}}"#);
        file(&format!("quota-{used}.json"), &text)
    };
    let from_server = file("from-server.json", r#"{"name":"n","instance_id":"i","vault_id":"v"}"#);
    let from_backup = file("from-backup.json", r#"{"name":"n","backup_id":"b","whole_image_type":"CBR"}"#);
    let check = |body: &Path, option: &str, object: &Path| {
        let [body, object] = [body, object].map(|path| path.to_str().expect("UTF-8"));
        let arguments = ["check", "--format", "json", "--operation", "ims.whole-image", "--body", body, option, object];
        serde_json::from_str::<Value>(&printed(&arguments, "")).expect("a report")
    };
    let report = check(&from_server, "--ecs", &server);
    assert_eq!(
        (&report["verdict"], &report["findings"][0]["rule"]),
        (&"denied".into(), &"ims.whole-image.ecs-state".into())
    );
    assert_eq!(report["findings"][0]["at"], "/facts/ecsObject/server/status");
    let report = check(&from_backup, "--backup", &backup);
    let is_single_use = |finding: &Value| finding["rule"] == "ims.whole-image.backup-single-use";
    assert!(report["findings"].as_array().expect("findings").iter().any(is_single_use), "{report}");
    assert_eq!(check(&from_server, "--quota", &quota(100))["verdict"], "denied");
    assert_eq!(check(&from_server, "--quota", &quota(99))["verdict"], "allowed");
    // What is no object of that kind is the caller's mistake, and what is no JSON ends the run.
    assert_eq!(check(&from_server, "--ecs", &backup)["verdict"], "invalid");
    let broken = file("broken.json", r#"{}, "image": {}"#);
    let [body, broken] = [&from_server, &broken].map(|path| path.to_str().expect("UTF-8"));
    let out = run(&["check", "--operation", "ims.whole-image", "--body", body, "--quota", broken], b"");
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("broken.json is no JSON"));
}

#[test]
fn a_value_that_is_not_known_yet_is_in_no_request() {
    assert_eq!(status(&["check"], UNKNOWN), 0);
    for arguments in [
        &["request"][..],
        &["request", "--allow-undetermined"],
        &["request", "--override", "ims.whole-image.ecs-state"],
    ] {
        let out = run(arguments, UNKNOWN.as_bytes());
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(error.contains("the values of /body/instance_id are not known yet"), "{error}");
    }
    let undetermined = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"},"unknown":["/path/image_id"]}"#;
    let out = run(&["request", "--format", "http"], undetermined.as_bytes());
    assert_eq!(out.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&out.stderr).contains("/path/image_id are not known yet"));
}

#[test]
fn machines_are_told_what_is_presumed() {
    let lines = [ALLOWED, DENIED, UNKNOWN, INVALID].join("\n");
    let log: Value = serde_json::from_str(&printed(&["check", "--format", "sarif"], &lines)).expect("JSON");
    let run = &log["runs"][0];
    let presumed = serde_json::json!(["/facts/ecs/state", "/facts/ecs/dssDisk", "/facts/destinationQuota/images"]);
    assert_eq!(run["properties"]["presumed"], presumed);
    assert_eq!(
        run["properties"]["verdicts"],
        serde_json::json!({"allowed": 2, "denied": 1, "undetermined": 0, "invalid": 1})
    );
    let results = run["results"].as_array().expect("results");
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).expect("a result");
    assert_eq!(of("ims.whole-image.name")["properties"]["presumed"], serde_json::json!([]));
    assert_eq!(of("case.facts")["properties"]["verdict"], "invalid");
    let github = printed(&["check", "--format", "github"], &lines);
    let last = github.lines().last().expect("a line");
    assert!(last.starts_with("::notice title=presumed::Presumed to be in order"), "{last}");
    assert_eq!(github.matches("title=presumed").count(), 1);
    assert!(!printed(&["check", "--format", "github", "--strict"], ALLOWED).contains("title=presumed"));
}
