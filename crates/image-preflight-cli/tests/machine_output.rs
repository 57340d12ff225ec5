//! SARIF and GitHub annotations, as code scanning and workflows read them.

use image_preflight_tests::vectors;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Checks a file of this text.
fn checked(name: &str, text: &str, arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join(name), text).expect("it can be written");
    let run = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .arg("check")
        .args(arguments)
        .arg(name)
        .current_dir(folder)
        .output()
        .expect("it runs");
    assert!(run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("it prints UTF-8")
}

fn sarif(name: &str, text: &str, arguments: &[&str]) -> Value {
    let log = checked(name, text, &[&["--format", "sarif"], arguments].concat());
    serde_json::from_str(&log).unwrap_or_else(|error| panic!("{error}: {log}"))
}

/// The schema of SARIF 2.1.0, from the sources of the crate serde-sarif.
fn sarif_schema() -> jsonschema::Validator {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let run = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&run.stdout).expect("metadata are JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("it is a dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("it has the schema");
    let mut schema: Value = serde_json::from_str(&text).expect("JSON");
    // The published pattern has a superfluous bracket, which makes it invalid; the language is checked below.
    for of in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{of}/properties/language"));
        let language = language.and_then(Value::as_object_mut).expect("it has a language");
        assert!(language.remove("pattern").is_some());
    }
    jsonschema::validator_for(&schema).expect("a schema")
}

/// Every vector that is one line, as a file of cases.
fn every_vector() -> String {
    let cases = vectors().into_iter().map(|vector| vector.case).filter(|case| !case.trim().is_empty());
    cases.map(|case| case.replace('\n', " ") + "\n").collect()
}

#[test]
fn every_vector_s_log_is_sarif() {
    let schema = sarif_schema();
    for locale in ["en", "zh-CN"] {
        let log = sarif("all.ndjson", &every_vector(), &["--locale", locale]);
        let errors: Vec<_> = schema.iter_errors(&log).map(|error| error.to_string()).take(3).collect();
        assert_eq!(errors, [""; 0]);
        let typed: serde_sarif::sarif::Sarif = serde_json::from_value(log.clone()).expect("serde-sarif reads it");
        let run = &typed.runs[0];
        assert_eq!(run.language.as_deref(), Some(locale));
        let rules = run.tool.driver.rules.as_ref().expect("rules");
        let results = run.results.as_ref().expect("results");
        assert!(rules.len() > 60 && results.len() > 300, "{} {}", rules.len(), results.len());
        for result in results {
            let index = usize::try_from(result.rule_index.expect("an index")).expect("it is small");
            assert_eq!(Some(&rules[index].id), result.rule_id.as_ref());
            assert!(rules[index].help_uri.as_ref().is_some_and(|uri| uri.contains(&rules[index].id)));
        }
        assert!(results.iter().filter(|result| result.fixes.is_some()).count() > 40);
    }
}

const THREE_FAULTS: &str = r#"{
  "operation": "ims.in-region-copy",
  "path": {"image_id": "i"},
  "body": {
    "name": " 镜像",
    "enterprise_project_id": "mine", "nam": 1
  }
}
"#;

#[test]
fn places_are_those_of_the_file() {
    let log = sarif("three faults.json", THREE_FAULTS, &[]);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let place = |result: &Value| {
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "three%20faults.json");
        let number = |name: &str| physical["region"][name].as_u64().expect("a number");
        (number("startLine"), number("startColumn"), number("endLine"), number("endColumn"))
    };
    let found: Vec<_> =
        results.iter().map(|result| (result["ruleId"].as_str().expect("an id"), place(result))).collect();
    assert!(found.contains(&("ims.in-region-copy.name", (5, 13, 5, 18))), "{found:?}");
    assert!(found.contains(&("ims.in-region-copy.enterprise_project_id", (6, 30, 6, 36))), "{found:?}");
    assert!(found.contains(&("ims.in-region-copy.unknown-field", (6, 38, 6, 43))), "{found:?}");
    let open = results.iter().find(|result| result["ruleId"] == "ims.in-region-copy.not-iso").expect("it is open");
    assert_eq!((&open["kind"], &open["level"]), (&"open".into(), &"none".into()));
}

#[test]
fn the_changes_of_a_fix_mend_the_file() {
    let log = sarif("fix.json", THREE_FAULTS, &[]);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let name = results.iter().find(|result| result["ruleId"] == "ims.in-region-copy.name").expect("a result");
    let change = &name["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "\"镜像\"");
    assert_eq!(change["deletedRegion"]["startLine"], 5);
}

#[test]
fn cases_on_one_line_keep_their_columns() {
    let text = format!("[{{\"operation\":\"ims.in-region-copy\"}}, {}]", THREE_FAULTS.replace('\n', ""));
    let log = sarif("array.json", &text, &[]);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let name = results.iter().rfind(|result| result["ruleId"] == "ims.in-region-copy.name").expect("a result");
    let column = name["locations"][0]["physicalLocation"]["region"]["startColumn"].as_u64().expect("a column");
    let chars: Vec<_> = text.chars().collect();
    assert_eq!(chars[usize::try_from(column).expect("small") - 1..][..5].iter().collect::<String>(), "\" 镜像\"");
}

#[test]
fn a_hostile_name_is_neither_a_link_nor_a_placeholder_nor_a_command() {
    let name = "[x](http://e.example) {0} %0A::error::y\n::warning file=a,line=1::z";
    let case =
        serde_json::json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": name}});
    let log = sarif("hostile.json", &case.to_string(), &[]);
    let messages: Vec<_> = log["runs"][0]["results"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|result| result["message"]["text"].to_string())
        .collect();
    assert!(messages.iter().all(|message| !message.contains("](") || message.contains("\\\\](")), "{messages:?}");
    let region = serde_json::json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"},
        "body": {"name": "n", "region": name, "project_name": "p", "agency_name": "a"}});
    let log = sarif("hostile-region.json", &region.to_string(), &[]);
    let text = log["runs"][0]["results"][0]["message"]["text"].as_str().expect("a message");
    assert!(text.contains(r"\[x\](http") && text.contains("{{0}}"), "{text}");
    let lines = checked("hostile-region.json", &region.to_string(), &["--format", "github"]);
    assert!(lines.lines().all(|line| line.starts_with("::")), "{lines}");
    assert!(!lines.contains("%0A::error::y") && lines.contains("%250A::error::y"), "{lines}");
}

#[test]
fn a_workflow_gets_an_annotation_for_each_finding() {
    let lines = checked("annotated.json", THREE_FAULTS, &["--format", "github"]);
    let lines: Vec<_> = lines.lines().collect();
    assert!(
        lines[0].starts_with(
            "::error file=annotated.json,line=5,endLine=5,col=13,endColumn=18,title=ims.in-region-copy.name::"
        ),
        "{}",
        lines[0]
    );
    assert!(lines.iter().any(|line| line.starts_with("::warning ") && line.contains("unknown-field")));
    assert!(lines.iter().any(|line| line.contains("title=ims.in-region-copy.not-iso::Not known yet")));
}

#[test]
fn formats_of_cases_are_for_cases() {
    for arguments in [&["rules", "--format", "sarif"][..], &["explain", "IMG.0142", "--format", "github"]] {
        let run = Command::new(env!("CARGO_BIN_EXE_image-preflight")).args(arguments).output().expect("it runs");
        assert_eq!(run.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&run.stderr).contains("possible values: human, json"));
    }
}

/// The mapping of outcome and severity: to kind and level in SARIF, to a command in a workflow.
const LEVELS: [(&str, &str, &str, &str, &str); 6] = [
    ("violated", "error", "fail", "error", "error"),
    ("violated", "warning", "fail", "warning", "warning"),
    ("violated", "advice", "fail", "note", "notice"),
    ("unknown", "error", "open", "none", "warning"),
    ("unknown", "warning", "open", "none", "notice"),
    ("unknown", "advice", "open", "none", "notice"),
];

#[test]
fn levels_are_those_of_outcome_and_severity() {
    let cases = every_vector();
    let reports = checked("levels.ndjson", &cases, &["--format", "json"]);
    let reports = reports.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let findings: Vec<_> =
        reports.flat_map(|report| report["findings"].as_array().expect("findings").clone()).collect();
    let log = sarif("levels.ndjson", &cases, &[]);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let annotations = checked("levels.ndjson", &cases, &["--format", "github"]);
    // The last line is about what the cases presume, if they do.
    let annotations: Vec<_> = annotations.lines().filter(|line| !line.contains("title=presumed::")).collect();
    assert_eq!((results.len(), annotations.len()), (findings.len(), findings.len()));
    let mut seen = std::collections::BTreeSet::new();
    for ((finding, result), annotation) in findings.iter().zip(results).zip(annotations) {
        assert_eq!(finding["rule"], result["ruleId"]);
        let row = LEVELS.iter().find(|row| finding["outcome"] == row.0 && finding["severity"] == row.1).expect("a row");
        assert_eq!((&result["kind"], &result["level"]), (&row.2.into(), &row.3.into()), "{finding}");
        assert!(annotation.starts_with(&format!("::{} ", row.4)), "{annotation}");
        assert!(annotation.contains(&format!("title={}::", finding["rule"].as_str().expect("an id"))), "{annotation}");
        seen.insert((row.0, row.1));
    }
    assert_eq!(seen.len(), LEVELS.len(), "{seen:?}");
}
