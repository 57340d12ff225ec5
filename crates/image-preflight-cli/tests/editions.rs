//! `--edition` applies in every command and every form of input, if a case names no edition. The two editions used differ: images copied
//! from cn-north-4 may be at most 300 GiB under the default one, 128 GiB under the international one of 2024.

mod common;

use common::{image_of_ims, printed, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const INTERNATIONAL: &str = "international-2024-04";
const RULE: &str = "ims.cross-region-copy.size-cap";

/// An image of 200 GiB with all facts known.
fn image() -> Value {
    image_of_ims("i", &[("__image_size", &(200_u64 << 30).to_string())])
}

fn body() -> Value {
    json!({"name": "n", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a"})
}

fn case() -> Value {
    json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": body(),
        "facts": {"sourceRegion": "cn-north-4", "imageObject": image(), "copiesInFlight": 0}})
}

fn file(name: &str, text: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("editions-{name}"));
    std::fs::write(&path, text).expect("it can be written");
    path.into_os_string().into_string().expect("UTF-8")
}

/// The arguments and standard input of every form of input. Each test has its own files.
fn forms(test: &str, case: &Value) -> Vec<(&'static str, Vec<String>, String)> {
    let text = case.to_string();
    let lines = format!("{text}\n{text}\n");
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let bare = |body: &str, image: &str| {
        words(&[
            "--operation",
            "ims.cross-region-copy",
            "--image-id",
            "i",
            "--body",
            body,
            "--image",
            image,
            "--source-region",
            "cn-north-4",
            "--copies-in-flight",
            "0",
        ])
    };
    let (body_file, image_file) = (
        file(&format!("{test}-body.json"), &body().to_string()),
        file(&format!("{test}-image.json"), &image().to_string()),
    );
    vec![
        ("a file", words(&[&file(&format!("{test}-case.json"), &text)]), String::new()),
        (
            "a file over several lines",
            words(&[&file(&format!("{test}-pretty.json"), &format!("{case:#}"))]),
            String::new(),
        ),
        ("standard input", words(&[]), text.clone()),
        ("standard input by name", words(&["-"]), text.clone()),
        ("an array", words(&[&file(&format!("{test}-array.json"), &format!("[{text},\n{text}]"))]), String::new()),
        ("an array on standard input", words(&[]), format!("[{text}]")),
        ("NDJSON", words(&[&file(&format!("{test}-lines.ndjson"), &lines)]), String::new()),
        ("NDJSON on standard input", words(&[]), lines),
        ("a body", bare(&body_file, &image_file), String::new()),
        ("a body on standard input", bare("-", &image_file), body().to_string()),
        ("an image on standard input", bare(&body_file, "-"), image().to_string()),
    ]
}

fn with<'a>(command: &'a str, arguments: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    [&[command], arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), more].concat()
}

#[test]
fn check_evaluates_every_form_of_input_by_the_edition() {
    const TEST: &str = "check";
    for (form, arguments, input) in forms(TEST, &case()) {
        for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
            let ended = |more: &[&str]| {
                let arguments = with("check", &arguments, &[&["--format", format], more].concat());
                let run = run(&arguments, input.as_bytes());
                (run.status.code(), String::from_utf8(run.stdout).expect("UTF-8").contains(RULE))
            };
            assert_eq!(ended(&[]), (Some(0), false), "{form}, {format}");
            assert_eq!(ended(&["--edition", "default"]), (Some(0), false), "{form}, {format}");
            assert_eq!(ended(&["--edition", INTERNATIONAL]), (Some(1), true), "{form}, {format}");
        }
    }
}

#[test]
fn request_evaluates_every_form_of_input_by_the_edition() {
    const TEST: &str = "request";
    for (form, arguments, input) in forms(TEST, &case()) {
        if form.contains("array") || form.contains("NDJSON") {
            continue;
        }
        for format in ["http", "json"] {
            let ended = |edition: &str| {
                let run =
                    run(&with("request", &arguments, &["--format", format, "--edition", edition]), input.as_bytes());
                let stdout = String::from_utf8(run.stdout).expect("UTF-8");
                (run.status.code(), stdout.contains(RULE), stdout.contains("/v1/cloudimages/i/cross_region_copy"))
            };
            assert_eq!(ended("default"), (Some(0), false, true), "{form}, {format}");
            assert_eq!(ended(INTERNATIONAL), (Some(1), true, false), "{form}, {format}");
        }
    }
    // The request itself depends on the edition, too.
    let copy = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"}}).to_string();
    let path = |edition: &str| {
        let call = printed(&["request", "--format", "json", "--allow-undetermined", "--edition", edition], &copy);
        serde_json::from_str::<Value>(&call).expect("JSON")["path"].clone()
    };
    assert_eq!(path("default"), "/v1/cloudimages/i/copy");
    assert_eq!(path("international-2026-01"), "/v2.1/cloudimages/i/copy");
}

/// The edition of a case takes precedence, in both directions.
#[test]
fn the_case_s_own_edition_comes_first() {
    const TEST: &str = "own";
    for (of_case, of_argument, expected) in
        [("default", INTERNATIONAL, 0), (INTERNATIONAL, "default", 1), (INTERNATIONAL, INTERNATIONAL, 1)]
    {
        let mut case = case();
        case["edition"] = of_case.into();
        for (form, arguments, input) in forms(TEST, &case) {
            if form.contains("body") || form.contains("image") {
                continue;
            }
            for command in ["check", "request"] {
                if command == "request" && (form.contains("array") || form.contains("NDJSON")) {
                    continue;
                }
                let status =
                    run(&with(command, &arguments, &["--edition", of_argument]), input.as_bytes()).status.code();
                assert_eq!(status, Some(expected), "{command}, {form}, {of_case} in the case");
            }
        }
    }
}

#[test]
fn what_can_be_done_with_an_image_is_the_edition_s() {
    let image = file("known.json", &image().to_string());
    let known = ["--image", &image, "--source-region", "cn-north-4", "--copies-in-flight", "0"];
    let verdicts = |command: &str, edition: &str, of: &str, name: &str| -> Vec<(String, String)> {
        let lines = printed(&[&[command, "--format", "json", "--edition", edition], &known[..]].concat(), "");
        let reports = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        reports.map(|report| (text(&report[name]), text(report.pointer(of).expect("a verdict")))).collect()
    };
    let copy = |edition: &str| {
        let all = verdicts("capabilities", edition, "/verdict", "operation");
        all.into_iter().find(|(operation, _)| operation == "ims.cross-region-copy").expect("it is there").1
    };
    assert_eq!((copy("default").as_str(), copy(INTERNATIONAL).as_str()), ("allowed", "denied"));
    let south = |edition: &str| {
        let all = verdicts("destinations", edition, "/report/verdict", "region");
        all.into_iter().find(|(region, _)| region == "cn-south-1").expect("it is there").1
    };
    assert_eq!((south("default").as_str(), south(INTERNATIONAL).as_str()), ("allowed", "denied"));
    for (command, word) in [
        ("capabilities", "Replicate (copy) an image across regions  ims.cross-region-copy"),
        ("destinations", "  cn-south-1\n"),
    ] {
        for (edition, mark) in [("default", "✓"), (INTERNATIONAL, "✗")] {
            let human = printed(&[&[command, "--format", "human", "--edition", edition], &known[..]].concat(), "");
            let line = human.split_inclusive('\n').find(|line| format!("{line}\n").contains(word)).expect("a line");
            assert!(line.starts_with(mark), "{command}, {edition}: {line}");
        }
    }
}

/// Commands for which the edition is irrelevant have no such option.
#[test]
fn the_other_commands_take_no_edition() {
    for arguments in [&["explain", "IMG.0146"][..], &["rules"], &["editions"], &["completions", "bash"]] {
        assert_eq!(
            run(&[arguments, &["--edition", INTERNATIONAL]].concat(), b"").status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
    for command in ["check", "request", "capabilities", "destinations"] {
        let ended = run(&[command, "--edition", "international-2024-40"], b"");
        let stderr = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!(ended.status.code(), Some(2), "{command}");
        assert!(stderr.contains("did you mean `international-2024-04`?"), "{command}: {stderr}");
    }
}

/// Every edition with its own differences from the default one, and none in an edition compared with itself.
#[test]
fn editions_are_listed_and_compared() {
    let lines = printed(&["editions", "--format", "json"], "");
    let listed: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let names: Vec<_> = listed.iter().map(|edition| edition["name"].as_str().expect("a name")).collect();
    assert_eq!(names, image_preflight::Edition::names().collect::<Vec<_>>());
    for edition in &listed {
        let (name, statements) = (edition["name"].as_str().expect("a name"), edition["statements"].as_array());
        assert!(edition["source"].as_str().is_some_and(|source| source.len() > 20), "{name}");
        assert!(statements.is_some_and(|all| all.iter().all(|one| one["title"].is_string())), "{name}");
        let differs = edition["differences"].as_array().is_some_and(|all| !all.is_empty());
        assert_eq!(differs, name != "default", "{name}");
    }
    let diff = |from: &str, to: &str, more: &[&str]| printed(&[&["editions", "--diff", from, to], more].concat(), "");
    // By an alias, which is printed as the name that it stands for.
    let printed_diff = diff("partner-2024-03", "tr-central-201", &["--format", "human"]);
    assert!(printed_diff.contains("partner-2024-04 → tr-central-201-2024-04"), "{printed_diff}");
    assert!(printed_diff.contains("- Cross-region replication of full-ECS images: yes → no"), "{printed_diff}");
    let chinese = diff("default", "international-2026-01", &["--format", "human", "--locale", "zh-CN"]);
    assert!(chinese.contains("- 区域内复制的镜像大小上限：不限 → 128 GiB"), "{chinese}");
    let nothing: Value =
        serde_json::from_str(&diff("eu-west-0", "eu-west-0-2024-03", &["--format", "json"])).expect("JSON");
    assert_eq!(nothing, json!({"from": "eu-west-0-2024-03", "to": "eu-west-0-2024-03", "differences": []}));
    assert_eq!(run(&["editions", "--diff", "default"], b"").status.code(), Some(2));
    assert_eq!(run(&["editions", "--diff", "default", "nonsense"], b"").status.code(), Some(2));
}
