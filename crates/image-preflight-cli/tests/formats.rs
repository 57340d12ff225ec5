//! The formats that continuous integration reads, and reports in files.

mod common;

use common::{printed, run};
use image_preflight_tests::vectors;
use serde_json::Value;
use std::collections::HashSet;
use std::path::PathBuf;

const PLAN: &str = "tests/examples/terraform-plan.json";
const THREE: &str = "{\"operation\":\"ims.whole-image\",\"body\":{\"name\":\" n\",\"instance_id\":\"i\",\"vault_id\":\"v\"}}\n\
    {\"operation\":\"ims.in-region-copy\",\"path\":{\"image_id\":\"i\"},\"body\":{\"name\":\"n\"}}\n{\n";

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("it can be made");
    folder
}

fn every_vector() -> String {
    let cases = vectors().into_iter().map(|vector| vector.case).filter(|case| !case.trim().is_empty());
    cases.map(|case| case.replace('\n', " ") + "\n").collect()
}

#[test]
fn a_pipe_gets_text_and_no_colour() {
    let out = printed(&["check"], THREE);
    assert!(out.starts_with("✗ denied  ") && !out.contains('\u{1b}'), "{out}");
    assert!(out.ends_with("0 allowed, 1 denied, 1 undetermined, 1 invalid\n"), "{out}");
    let chinese = printed(&["check", "--locale", "zh-CN"], THREE);
    assert!(chinese.ends_with("\n可以提交 0，会被拒绝 1，无法判断 1，用例有误 1\n"), "{chinese}");
    assert!(printed(&["check", "-"], "[]").ends_with("0 cases\n"));
    assert!(printed(&["rules"], "").contains("\nims.cross-region-copy.size-cap  error\n"));
}

/// What cannot turn the verdict is not shown: rules of warnings that are not decided, and, once a case is denied, open questions.
#[test]
fn people_see_what_can_turn_the_verdict() {
    let out = printed(&["check"], THREE);
    let (denied, rest) = out.split_once("? undetermined").expect("the second case");
    assert!(!denied.contains("Missing facts") && rest.contains("Missing facts"), "{out}");
    let report: Value =
        serde_json::from_str(printed(&["check", "--format", "json"], THREE).lines().nth(1).expect("a report"))
            .expect("JSON");
    let missing: Vec<_> = report["missing"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(missing.len() > 2);
    let shown: Vec<_> = rest.lines().map(str::trim).filter(|line| line.starts_with("/facts/")).collect();
    assert_eq!(shown.into_iter().collect::<HashSet<_>>(), missing.into_iter().collect());
}

#[test]
fn a_line_has_file_line_column_level_rule_and_sentence() {
    let out = printed(&["check", "--format", "concise"], THREE);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(
        lines[0],
        "<stdin>:1:47: error[ims.whole-image.name] `name` is \" n\"; it must be text without spaces at either end."
    );
    assert!(
        lines.iter().any(|line| line.starts_with("<stdin>:2:1: undetermined[ims.in-region-copy.not-iso] ")),
        "{out}"
    );
    assert!(lines.iter().any(|line| line.starts_with("<stdin>:3:2: error[case.syntax] ")), "{out}");
    assert!(lines.last().is_some_and(|line| line.contains("1 denied")), "{out}");
    // The words for levels are the same in every language.
    let chinese = printed(&["check", "--format", "concise", "--locale", "zh"], THREE);
    assert!(chinese.starts_with("<stdin>:1:47: error[ims.whole-image.name] "), "{chinese}");
    let plan = printed(&["check", "--format", "concise", PLAN], "");
    let address = "module.base.huaweicloud_images_image_copy.local[0]";
    assert!(plan.contains(&format!("{PLAN}:48:14: error[ims.in-region-copy.name] {address}.name: ")), "{plan}");
    assert!(
        plan.contains(&format!("{PLAN}:6:3: advice[not-sent] huaweicloud_images_image_copy.dr: kms_key_id")),
        "{plan}"
    );
}

#[test]
fn gitlab_gets_issues_with_fingerprints_that_lines_do_not_change() {
    let issues = |text: &str| {
        let out = printed(&["check", "--format", "gitlab", "--stdin-filename", "a/b.ndjson"], text);
        serde_json::from_str::<Vec<Value>>(&out).expect("a list")
    };
    let all = issues(&every_vector());
    assert!(all.len() > 400, "{}", all.len());
    let mut seen = HashSet::new();
    for issue in &all {
        assert!(["info", "minor", "major", "critical"].contains(&issue["severity"].as_str().expect("a severity")));
        assert_eq!(issue["location"]["path"], "a/b.ndjson");
        assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0));
        assert!(issue["description"].as_str().is_some_and(|text| !text.is_empty()));
        assert!(image_preflight::rule(issue["check_name"].as_str().expect("a rule")).is_some());
        seen.insert(issue["fingerprint"].as_str().expect("a fingerprint").to_owned());
    }
    // Two findings of one rule at one place of one case are one issue.
    assert!(seen.len() * 100 > all.len() * 98, "{} of {}", seen.len(), all.len());
    let of = |issues: Vec<Value>| issues.into_iter().map(|issue| issue["fingerprint"].clone()).collect::<Vec<_>>();
    assert_eq!(of(issues(THREE)), of(issues(&format!("\n\n{THREE}"))));
    assert_eq!(
        issues(
            "{\"operation\":\"ims.whole-image\",\"body\":{\"name\":\"n\",\"instance_id\":\"i\",\"vault_id\":\"v\"}}"
        ),
        [Value::Null; 0]
    );
}

/// Read by another reader of JUnit, with the counts that its attributes say.
#[test]
fn junit_has_a_test_case_for_each_case() {
    let many = every_vector().repeat(4);
    let out = printed(&["check", "--format", "junit"], &many);
    let report = quick_junit::Report::deserialize_from_str(&out).expect("JUnit");
    let count: usize = report.test_suites.iter().map(|suite| suite.test_cases.len()).sum();
    assert_eq!(count, many.lines().count());
    assert!(report.test_suites.len() > 1, "a suite is of bounded size");
    let (mut failures, mut errors) = (0, 0);
    for suite in &report.test_suites {
        assert_eq!(suite.tests, suite.test_cases.len());
        let is = |case: &&quick_junit::TestCase, wanted| matches!(&case.status, quick_junit::TestCaseStatus::NonSuccess { kind, .. } if *kind == wanted);
        let count = |kind| suite.test_cases.iter().filter(|case| is(case, kind)).count();
        assert_eq!(suite.failures, count(quick_junit::NonSuccessKind::Failure));
        assert_eq!(suite.errors, count(quick_junit::NonSuccessKind::Error));
        failures += suite.failures;
        errors += suite.errors;
    }
    let json = printed(&["check", "--format", "json"], &many);
    let verdict =
        |wanted: &str| json.lines().filter(|line| line.contains(&format!("\"verdict\":\"{wanted}\""))).count();
    assert_eq!((failures, errors), (verdict("denied") + verdict("undetermined"), verdict("invalid")));
    // What cannot be read is an error, too.
    let unread = printed(&["check", "--format", "junit", "no-such-file"], "");
    let report = quick_junit::Report::deserialize_from_str(&unread).expect("JUnit");
    assert_eq!((report.test_suites.len(), report.test_suites[0].errors), (1, 1), "{unread}");
    assert_eq!(
        quick_junit::Report::deserialize_from_str(&printed(&["check", "--format", "junit"], "[]"))
            .expect("JUnit")
            .test_suites
            .len(),
        0
    );
}

/// A reader of JUnit shows the headline alone, and fails where there is a failure: both are the run's.
#[test]
fn junit_fails_where_the_run_does_and_says_first_what_decides() {
    // In the order of the case, an advice and a warning come before the error.
    let denied = r#"{"operation":"ims.whole-image","body":{"nam":1,"name":"n","instance_id":"i","backup_id":"b","vault_id":"v"},"facts":{"ecs":{"os":"windows","state":"BUILD"}}}"#;
    let undetermined = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n","nam":1}}"#;
    let warned = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v","nam":1}}"#;
    let of = |case: &str, fail_on: &str| {
        let out = printed(&["check", "--no-config", "--format", "junit", "--fail-on", fail_on], case);
        let report = quick_junit::Report::deserialize_from_str(&out).expect("JUnit");
        match &report.test_suites[0].test_cases[0].status {
            quick_junit::TestCaseStatus::NonSuccess { message, .. } => message.clone().map(|text| text.to_string()),
            _ => None,
        }
    };
    for (case, level, fails) in [
        (denied, "error[", ["denied", "undetermined", "warning"].as_slice()),
        (undetermined, "undetermined[", &["undetermined", "warning"]),
        (warned, "warning[", &["warning"]),
        ("{", "error[", &["denied", "undetermined", "warning", "never"]),
    ] {
        for fail_on in ["denied", "undetermined", "warning", "never"] {
            let message = of(case, fail_on);
            assert_eq!(message.is_some(), fails.contains(&fail_on), "{fail_on}: {case}");
            assert!(message.is_none_or(|message| message.contains(&format!(": {level}"))), "{case}");
        }
    }
}

/// Of many lines, the position is that in the file, once.
#[test]
fn a_broken_line_is_told_at_its_place_in_the_file() {
    let lines = format!("{}\n{{\"operation\":\n", THREE.lines().next().expect("one"));
    for format in ["concise", "junit", "github", "gitlab"] {
        let out = printed(&["check", "--format", format], &lines);
        assert!(out.contains("the text ends unexpectedly") && !out.contains("Line 1"), "{out}");
    }
    assert!(printed(&["check", "--format", "concise"], &lines).contains("\n<stdin>:2:14: error[case.syntax] the text"));
    for (case, word) in [("{", "not JSON"), ("[1]", "not a case"), ("{}", "unknown operation")] {
        let out = printed(&["check", "--format", "human"], case);
        assert!(out.starts_with(&format!("! invalid  {word}  ")), "{out}");
    }
    let out = run(&["check"], b"{\"name\": \"\xc4\xe3\"}").stdout;
    let out = String::from_utf8(out).expect("UTF-8");
    assert!(out.starts_with("! invalid  not UTF-8  ") && out.contains("fix: Save the text as UTF-8"), "{out}");
}

/// Both go to one terminal, or one log: what is said of a file stands before its findings, behind those of the file before.
#[cfg(unix)]
#[test]
fn notes_come_where_they_belong() {
    let folder = folder("order");
    let case = THREE.lines().next().expect("one");
    for name in ["a.json", "b.json"] {
        std::fs::write(folder.join(name), format!("\u{feff}{case}")).expect("written");
    }
    let log = std::fs::File::create(folder.join("log")).expect("made");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_image-preflight"));
    command.args(["check", "--no-config", "--format", "concise", "a.json", "b.json"]).current_dir(&folder);
    let status = command.stdout(log.try_clone().expect("a second")).stderr(log).status().expect("it runs");
    assert_eq!(status.code(), Some(1));
    let log = std::fs::read_to_string(folder.join("log")).expect("it is there");
    let starts: Vec<_> = log.lines().map(|line| line.get(..9).unwrap_or_default()).collect();
    assert_eq!(starts, ["a.json: t", "a.json:1:", "b.json: t", "b.json:1:", "0 allowed"], "{log}");
}

/// A report that is written into a folder which is checked is no case of it, this time or the next.
#[test]
fn an_output_in_a_folder_is_passed_over() {
    let folder = folder("within");
    std::fs::write(folder.join("a.json"), THREE.lines().next().expect("one")).expect("written");
    let (report, folder) = (folder.join("report.json").display().to_string(), folder.display().to_string());
    let output = format!("json={report}");
    let runs = [(); 2].map(|()| printed(&["check", "--no-config", "--format", "json", "-o", &output, &folder], ""));
    assert_eq!(runs[0], runs[1]);
    assert_eq!((runs[0].lines().count(), std::fs::read_to_string(report).expect("written")), (1, runs[0].clone()));
}

/// Each file has what the screen would have had.
#[test]
fn reports_go_into_files_besides_the_screen() {
    let folder = folder("outputs");
    let formats = ["concise", "json", "sarif", "github", "gitlab", "junit", "human"];
    let outputs: Vec<_> = formats.iter().map(|format| format!("{format}={}", folder.join(format).display())).collect();
    let mut arguments = vec!["check"];
    outputs.iter().for_each(|output| arguments.extend(["--output", output.as_str()]));
    let ended = run(&arguments, THREE.as_bytes());
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!(String::from_utf8(ended.stdout).expect("UTF-8"), printed(&["check"], THREE));
    for format in formats {
        let written = std::fs::read_to_string(folder.join(format)).expect("it is there");
        assert_eq!(written, printed(&["check", "--format", format], THREE), "{format}");
    }
    let nowhere = format!("json={}", folder.join("none/x").display());
    let ended = run(&["check", "-o", &nowhere], THREE.as_bytes());
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("cannot write to "));
}

/// An output empties its file at once: not one that is read, by whatever name, nor that of another output.
#[test]
fn no_output_overwrites_what_is_checked_or_another_output() {
    let folder = folder("overwritten");
    let file = folder.join("cases.ndjson");
    std::fs::write(&file, THREE).expect("written");
    let (file, alias) =
        (file.display().to_string(), folder.join("./../overwritten/cases.ndjson").display().to_string());
    let other = folder.join("report").display().to_string();
    for (outputs, said) in [
        (vec![format!("sarif={file}")], "is checked, and would be overwritten"),
        (vec![format!("sarif={alias}")], "is checked, and would be overwritten"),
        (vec![format!("sarif={other}"), format!("json={other}")], "is the file of two outputs"),
        (vec!["sarif=-".to_owned()], "--format is for standard output"),
    ] {
        let options = outputs.iter().flat_map(|output| ["-o", output.as_str()]);
        let arguments: Vec<_> = ["check"].into_iter().chain(options).chain([file.as_str()]).collect();
        let ended = run(&arguments, b"");
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(told.contains(said), "{told}");
        assert_eq!(std::fs::read_to_string(&file).expect("it is there"), THREE, "{arguments:?}");
    }
}
