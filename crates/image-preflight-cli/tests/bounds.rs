//! Input and memory are bounded, whatever the input is.
#![cfg(target_os = "linux")]

mod common;

use common::{printed, run};
use serde_json::Value;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Runs a line of bash in which `$0` is the command line, with limited address space, in KiB.
fn limited(space: u32, script: &str) -> Output {
    Command::new("bash")
        .args(["-c", &format!("ulimit -v {space}; {script}"), env!("CARGO_BIN_EXE_image-preflight")])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .expect("bash runs")
}

/// At most 512 MiB are held: with 640 MiB of address space, every endless input is an error.
#[test]
fn an_input_that_never_ends_is_an_error() {
    let body = "--operation ims.whole-image --body";
    for (arguments, file) in [
        ("check /dev/zero", "line 1 of /dev/zero"),
        ("check - < /dev/zero", "line 1 of <stdin>"),
        ("check < <(tr '\\0' '[' < /dev/zero)", "line 1 of <stdin>"),
        ("check --format sarif <(echo '{}'; cat /dev/zero)", "line 2 of /dev/fd/"),
        ("request /dev/zero", "/dev/zero"),
        (&format!("check {body} /dev/zero"), "/dev/zero"),
        (&format!("request {body} tests/examples/body.json --image /dev/zero"), "/dev/zero"),
        ("capabilities --image /dev/zero", "/dev/zero"),
        ("destinations --image - < /dev/zero", "<stdin>"),
        ("explain /dev/zero", "/dev/zero"),
        ("explain <(cat /dev/zero)", "/dev/fd/"),
    ] {
        let start = Instant::now();
        let ended = limited(640 << 10, &format!("timeout 60 \"$0\" {arguments}"));
        let stderr = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!(ended.status.code(), Some(2), "{arguments}: {stderr}");
        assert!(stderr.starts_with(&format!("error: cannot read {file}")), "{arguments}: {stderr}");
        assert!(stderr.contains("longer than 536870911 bytes") && stderr.contains("NDJSON"), "{arguments}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments}: {stderr}");
        // Far more than needed, which depends on the machine; far less than `timeout` would wait.
        assert!(start.elapsed() < Duration::from_secs(50), "{arguments}");
    }
}

/// A case with a number of violated findings.
fn faulty(findings: usize) -> String {
    let fields: String = (0..findings).map(|index| format!(",\"unknown{index}\":{index}")).collect();
    let body = format!(r#"{{"name":"n","instance_id":"i","vault_id":"v"{fields}}}"#);
    format!(
        r#"{{"operation":"ims.whole-image","body":{body},"facts":{{"ecs":{{"os":"linux","configured":true,"multiDiskVolume":false,"state":"running"}}}}}}"#
    )
}

/// A log of any length is written in little memory, has no more results than GitHub accepts, and reports how many were left out.
#[test]
fn sarif_is_written_as_it_comes_and_ends_at_what_github_takes() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let of_one = printed(&["check", "--format", "sarif"], &faulty(24));
    let of_one: Value = serde_json::from_str(&of_one).expect("JSON");
    let each = of_one["runs"][0]["results"].as_array().expect("results").len();
    let cases = 25_000 / each + 2;
    let denied = faulty(24).replace("\"n\"", "\" n\"");
    // The last case is the only one that is denied: it counts for the exit status, though it is not in the log.
    std::fs::write(folder.join("many.ndjson"), format!("{}\n", faulty(24)).repeat(cases) + &denied).expect("written");
    let ended = limited(80 << 10, &format!("\"$0\" check --format sarif {}/many.ndjson", folder.display()));
    let stderr = String::from_utf8(ended.stderr.clone()).expect("UTF-8");
    assert_eq!(ended.status.code(), Some(1), "{stderr}");
    let left_out = cases * each + each + 1 - 25_000;
    assert!(stderr.starts_with("warning: ") && stderr.contains(&format!("left out: {left_out}.")), "{stderr}");
    // One result per line, so that the log can be processed line by line.
    let log = String::from_utf8(ended.stdout).expect("UTF-8");
    let is_result = |line: &&str| line.trim_start_matches(',').starts_with("{\"ruleId\":");
    let results: Vec<_> = log.lines().filter(is_result).collect();
    assert_eq!(results.len(), 25_000);
    let first: Vec<_> = results.iter().take(50).copied().collect();
    let others: Vec<_> = log.lines().filter(|line| !is_result(line)).collect();
    let (before, behind) = others.split_at(2);
    let short = [before, &first, behind].concat().join("\n");
    let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&short).expect("serde-sarif reads it");
    let run = &typed.runs[0];
    assert_eq!(run.results.as_ref().map(Vec::len), Some(50));
    let invocation = &run.invocations.as_ref().expect("an invocation")[0];
    assert!(invocation.execution_successful);
    let notification = &invocation.tool_execution_notifications.as_ref().expect("a notification")[0];
    let text = notification.message.text.as_ref().expect("a text");
    assert!(text.contains(&format!("left out: {left_out}.")) && text.contains("25000"), "{text}");
    // The rules at the end are those of the results in the log.
    let rules: Vec<_> = run.tool.driver.rules.as_ref().expect("rules").iter().map(|rule| rule.id.as_str()).collect();
    let last: Value = serde_json::from_str(results[24_999].trim_start_matches(',')).expect("JSON");
    let index = usize::try_from(last["ruleIndex"].as_u64().expect("an index")).expect("small");
    assert_eq!(rules.get(index), last["ruleId"].as_str().as_ref());
}

/// The most memory that a run has used, in KiB, after so many cases, and after ten times as many.
fn peaks(arguments: &[String], cases: usize) -> [u64; 2] {
    let mut child = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .arg("check")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let (mut stdin, mut stdout) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    let reader = std::thread::spawn(move || {
        let mut part = [0; 1 << 16];
        while stdout.read(&mut part).expect("it can be read") > 0 {}
    });
    // Lines of a KiB: what the pipe and a buffer hold, and the run has not checked yet, are few cases.
    let case = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"}}"#;
    let line = format!("{case:1023}\n");
    let peaks = [cases, 9 * cases].map(|cases| {
        stdin.write_all(line.repeat(cases).as_bytes()).expect("it reads all");
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        peak.trim().trim_end_matches(" kB").parse().expect("a number")
    });
    drop(stdin);
    reader.join().expect("it ends");
    assert!(matches!(child.wait().expect("it ends").code(), Some(0 | 3)), "{arguments:?}");
    peaks
}

/// No format holds what it has printed, nor does a run with a baseline: each would by 2 MiB or more.
#[test]
fn memory_does_not_grow_with_the_number_of_cases() {
    let file = |name: &str| format!("{}/memory-{name}", env!("CARGO_TARGET_TMPDIR"));
    let on_screen =
        ["human", "concise", "json", "sarif", "github", "gitlab", "junit"].map(|format| vec!["--format", format]);
    let mut runs: Vec<Vec<String>> = on_screen.map(|run| run.into_iter().map(str::to_owned).collect()).to_vec();
    runs.push(["--format", "concise", "--output"].map(str::to_owned).to_vec());
    runs.last_mut().expect("one").push(format!("junit={}", file("junit")));
    runs.push(vec!["--write-baseline".to_owned(), file("baseline")]);
    let running: Vec<_> = runs.into_iter().map(|run| std::thread::spawn(move || (peaks(&run, 220), run))).collect();
    for ([before, after], run) in running.into_iter().map(|run| run.join().expect("it ends")) {
        assert!(after < before + 1400, "{run:?}: {before} KiB, then {after} KiB");
    }
}

#[test]
fn the_same_cases_give_the_same_log_byte_for_byte() {
    let cases = format!("{}\n{}\n{{\n{}", faulty(3), faulty(0), faulty(700));
    for locale in ["en", "zh"] {
        let log = || run(&["check", "--format", "sarif", "--locale", locale], cases.as_bytes()).stdout;
        assert_eq!(log(), log());
    }
}

/// An error that ends a run also ends the log, which has the results so far and says that it is incomplete.
#[test]
fn a_run_that_fails_leaves_a_whole_log() {
    let ended = run(&["check", "--format", "sarif", "tests/examples/copy-encrypted.json", "no-such-file"], b"");
    assert_eq!(ended.status.code(), Some(2));
    let log: serde_sarif::sarif::Sarif = serde_json::from_slice(&ended.stdout).expect("serde-sarif reads it");
    assert_eq!(log.runs[0].results.as_ref().map(Vec::len), Some(2));
    let invocation = &log.runs[0].invocations.as_ref().expect("an invocation")[0];
    assert!(!invocation.execution_successful);
    let notification = &invocation.tool_execution_notifications.as_ref().expect("a notification")[0];
    assert!(notification.message.text.as_ref().is_some_and(|text| text.starts_with("cannot read no-such-file: ")));
    // A log without results but with an error does not report success.
    let ended = run(&["check", "--format", "sarif", "no-such-file"], b"");
    let log: serde_sarif::sarif::Sarif = serde_json::from_slice(&ended.stdout).expect("serde-sarif reads it");
    assert_eq!(log.runs[0].results.as_ref().map(Vec::len), Some(0));
    assert!(!log.runs[0].invocations.as_ref().expect("an invocation")[0].execution_successful);
}

/// Texts designed to be repeated many times in the output: long keys, ids, tags, values, many findings, nesting, names similar to known
/// ones.
fn amplifiers(scale: usize) -> Vec<(&'static str, String)> {
    let long = "x".repeat(20 * scale);
    let body = |members: &str| {
        format!(r#"{{"operation":"ims.cross-region-copy","path":{{"image_id":"i"}},"body":{{{members}}}}}"#)
    };
    let many = |of: &dyn Fn(usize) -> String| (0..scale).map(of).collect::<Vec<_>>().join(",");
    let images = |facts: &str| {
        format!(
            r#"{{"operation":"jd.copy-images","path":{{"regionId":"cn-north-1"}},"body":{{"sourceImageIds":["{long}"],"destinationRegion":"cn-east-2"}},"facts":{{"images":{{"{long}":{{{facts}}}}}}}}}"#
        )
    };
    let tags = many(&|index| format!(r#"{{"key":"{long}{index}","value":"{long}","x":1}}"#));
    vec![
        ("a long key", body(&format!("\"{long}\":1"))),
        ("many keys", body(&many(&|index| format!("\"k{index}\":1")))),
        ("keys of control characters", body(&many(&|index| format!("\"\\u001b\u{9b}\u{202e}{index}\":1")))),
        ("near names", body(&many(&|index| format!("\"vault_ix{}\":1", index % 7)))),
        ("a long value", body(&format!("\"name\":\"{long}\",\"region\":\"{long}\",\"vault_id\":[\"{long}\"]"))),
        ("a long id", images("")),
        ("many facts of a long id", images(&many(&|index| format!("\"f{index}\":1")))),
        (
            "many ids",
            images("").replace(&format!("[\"{long}\"]"), &format!("[{}]", many(&|index| format!("\"i{index}\"")))),
        ),
        (
            "tags",
            format!(
                r#"{{"operation":"ims.whole-image","body":{{"name":"n","instance_id":"i","vault_id":"v","image_tags":[{tags}]}}}}"#
            ),
        ),
        ("nesting", body(&format!("\"name\":{}1{}", "[".repeat(100), "]".repeat(100)))),
        ("no JSON", "[".repeat(20 * scale)),
        ("braces", body(&format!("\"name\":\"{}\"", "{[<".repeat(scale)))),
    ]
}

/// The size of every format is at most a small multiple of the report's, plus a constant per finding, so the bounds of the report bound
/// every output.
#[test]
fn no_format_multiplies_a_report() {
    for (what, text) in amplifiers(50).into_iter().chain(amplifiers(200)) {
        let report = run(&["check", "--format", "json"], text.as_bytes()).stdout;
        let findings =
            serde_json::from_slice::<Value>(&report).expect("JSON")["findings"].as_array().expect("them").len();
        for format in ["human", "concise", "github", "sarif", "gitlab", "junit"] {
            let output = run(&["check", "--format", format], text.as_bytes()).stdout;
            let most = 4 * (report.len() + text.len()) + findings * 2_000 + 50_000;
            assert!(output.len() <= most, "{what}, {format}: {} of {} and {}", output.len(), report.len(), text.len());
        }
        let request = run(&["request", "--format", "http"], text.as_bytes());
        assert!(request.stderr.len() <= 4 * (report.len() + text.len()) + 1_000, "{what}: {}", request.stderr.len());
    }
}
