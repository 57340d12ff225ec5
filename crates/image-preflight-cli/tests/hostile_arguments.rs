//! A hostile file name, or any other hostile argument, has no effect in any output or error of any command: no character that a
//! terminal interprets, no command in the log of a GitHub workflow but our own.
#![cfg(unix)]

mod common;

use common::is_obeyed;
use serde_json::Value;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A hostile name for a file or other argument, ending in invalid UTF-8 where that is allowed.
const HOSTILE: &str = "x\n::stop-commands::t\n \t::error file=y::z\r##[add-mask]m\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}31m\u{202e}\u{2066}\u{feff}";

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A file with a hostile name and this ending; without a text, a folder, which can be opened but not read.
fn file(end: &[u8], text: Option<&str>) -> OsString {
    let name = OsStr::from_bytes(&[HOSTILE.as_bytes(), b"\xff\xfe", end].concat()).to_owned();
    let path = folder().join(&name);
    match text {
        Some(text) => std::fs::write(path, text).expect("it can be written"),
        None => std::fs::create_dir_all(path).expect("it can be made"),
    }
    name
}

/// Runs it and checks its output. Returns the status and both outputs.
fn harmless(arguments: &[&OsStr]) -> (i32, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_image-preflight"))
        .args(arguments)
        .current_dir(folder())
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    let status = run.status.code().expect("it ends by itself");
    let [stdout, stderr] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).expect("UTF-8"));
    assert!(matches!(status, 0..=3), "{arguments:?} ends with {status}: {stderr}");
    for text in [&stdout, &stderr] {
        let obeyed = text.chars().find(|c| is_obeyed(*c));
        assert_eq!(obeyed, None, "{arguments:?}: {text:?}");
        for line in text.lines() {
            // A command for the runner: `::` at the start, after optional white space, or `##[` anywhere.
            let is_ours = ["::error ", "::warning ", "::notice "].iter().any(|ours| line.starts_with(ours));
            let is_command = line.trim_start().starts_with("::");
            assert!(!is_command || is_ours && line.contains(",title=") && text == &stdout, "{arguments:?}: {line:?}");
            assert!(!line.contains("##["), "{arguments:?}: {line:?}");
        }
    }
    (status, stdout, stderr)
}

fn os<'a>(arguments: &[&'a str]) -> Vec<&'a OsStr> {
    arguments.iter().copied().map(OsStr::new).collect()
}

/// Every way to name a file: the arguments before and after it.
fn forms() -> Vec<(&'static str, Vec<&'static str>, Vec<&'static str>)> {
    let body = vec!["--image-id", "i"];
    let mut forms = vec![
        ("check", vec!["check"], vec![]),
        ("check twice", vec!["check", "-"], vec![]),
        ("request", vec!["request"], vec![]),
        ("check --body", vec!["check", "--operation", "ims.cross-region-copy", "--body"], body.clone()),
        ("request --body", vec!["request", "--operation", "ims.cross-region-copy", "--body"], body),
        ("capabilities", vec!["capabilities", "--image"], vec![]),
        ("destinations", vec!["destinations", "--image"], vec![]),
        ("explain", vec!["explain"], vec![]),
    ];
    for command in ["check", "request"] {
        for operation in ["ims.cross-region-copy", "jd.copy-images"] {
            let before = [command, "--operation", operation, "--body", "/dev/null", "--image"];
            forms.push(("--image", before.to_vec(), vec![]));
        }
    }
    forms
}

#[test]
fn a_file_s_name_does_nothing_in_any_output_of_any_command() {
    // The contents of the file are hostile, too, and have findings: violated, unknown, with fixes.
    let text = format!(
        r#"{{"operation": "ims.in-region-copy", "path": {{"image_id": "i"}}, "body": {{"name": " n", {0}: {0}}}, "status": {0}, "error": {{"code": {0}, "message": {0}}}}}"#,
        Value::from(HOSTILE)
    );
    let found = file(b".json", Some(&text));
    let broken = file(b"broken", Some("{\n \"a\" ::stop-commands::t"));
    let unreadable = file(b"folder", None);
    let missing = OsStr::from_bytes(&[HOSTILE.as_bytes(), b"\xff missing"].concat()).to_owned();
    let mut named = 0;
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        for (form, before, behind) in forms() {
            let format = if form.starts_with("request") && format != "json" { "http" } else { format };
            for (is_readable, name) in [(true, &found), (true, &broken), (false, &unreadable), (false, &missing)] {
                let arguments = [os(&before), vec![name.as_os_str()], os(&behind), os(&["--format", format])].concat();
                let (status, stdout, stderr) = harmless(&arguments);
                // An argument that is not a file is a response to explain.
                // A folder is read by `check`, and this one is empty.
                let is_empty_folder = form.starts_with("check") && name == &unreadable;
                assert!(
                    is_readable || form == "explain" || is_empty_folder || status == 2,
                    "{form} {format} {name:?}: {status}"
                );
                if format == "sarif" && !stdout.is_empty() {
                    let log: Value = serde_json::from_str(&stdout).expect("a whole log, error or not");
                    let successful = log["runs"][0]["invocations"][0]["executionSuccessful"].as_bool();
                    // The report was printed, so the error only says why there is no request.
                    let is_read =
                        !["cannot read", "holds no JSON", "is no JSON"].iter().any(|why| stderr.contains(why));
                    assert_eq!(successful, Some(is_read), "{stderr}");
                }
                named += usize::from(
                    stderr.contains("x<U+000A>::stop-commands::t<U+000A>") || stdout.contains("x<U+000A>::stop"),
                );
            }
        }
    }
    // The name occurs in the checked outputs in this form.
    assert!(named > 80, "{named}");
}

#[test]
fn places_and_names_survive_the_escaping() {
    let name = file(
        b"found",
        Some(r#"{"operation": "ims.whole-image", "body": {"name": " n", "instance_id": "i", "vault_id": "v"}}"#),
    );
    let check =
        |format: &'static str| harmless(&[OsStr::new("check"), &name, OsStr::new("--format"), OsStr::new(format)]).1;
    let log: Value = serde_json::from_str(&check("sarif")).expect("JSON");
    let uri = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    let uri = uri.as_str().expect("a URI");
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(uri).collect();
    assert_eq!(bytes, name.as_bytes(), "a program gets the name, byte for byte");
    assert!(check("github").starts_with("::error file=x<U+000A>%3A%3Astop-commands"));
    assert!(check("human").contains("--> x<U+000A>::stop-commands::t<U+000A>"));
}

#[test]
fn no_argument_does_anything_in_an_error() {
    let not_utf8 = OsStr::from_bytes(b"::x\n\xff\x1b");
    let option = format!("--{HOSTILE}");
    let value = format!("{HOSTILE}=1");
    let nested = format!("a.{HOSTILE}.b");
    for hostile in [OsStr::new(HOSTILE), OsStr::new("::stop-commands::t"), OsStr::new("##[group]g"), not_utf8] {
        let mut refused = Vec::new();
        for before in [
            &[][..],
            &["--color"],
            &["rules"],
            &["rules", "--locale"],
            &["rules", "--format"],
            &["rules", "ims", "more"],
            &["schema"],
            &["completions"],
            &["check", "--edition"],
            &["check", "--fact", "x=1", "--fact"],
            &["check", "--copies-in-flight"],
            &["check", "--operation"],
            &["check", "--body", "/dev/null", "--operation"],
            &["check", "--image-id"],
            &["request", "/dev/null", "--override"],
            &["request", "--allow-undetermined", "--override"],
            &["request", "/dev/null"],
            &["capabilities", "--fact"],
            &["capabilities", "--fact", "image=1", "--fact"],
            &["destinations", "--edition"],
            &["explain", "IMG.0146", "--status"],
        ] {
            refused.push([os(before), vec![hostile]].concat());
        }
        for arguments in refused {
            let (status, stdout, stderr) = harmless(&arguments);
            assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?}");
            assert!(stderr.starts_with("error: "), "{arguments:?}: {stderr}");
        }
        for command in ["capabilities", "destinations"] {
            harmless(&[OsStr::new(command), OsStr::new("--source-region"), hostile]);
            harmless(&[
                OsStr::new(command),
                OsStr::new("--source-region"),
                hostile,
                OsStr::new("--format"),
                OsStr::new("human"),
            ]);
        }
    }
    for arguments in [
        &["check", &option][..],
        &["capabilities", "--fact", &value],
        &["capabilities", "--fact", &nested],
        &["capabilities", "--fact", &nested, "--fact", &format!("{nested}=1")],
    ] {
        assert_eq!(harmless(&os(arguments)).0, 2, "{arguments:?}");
    }
    // Facts are repeated in findings; path parameters in the request itself.
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        for hostile in ["--image-id", "--source-region"] {
            for command in ["check", "request"] {
                let format = if command == "request" { "http" } else { format };
                let body = ["--operation", "ims.cross-region-copy", "--body", "/dev/null", "--format", format];
                harmless(&[os(&[command]), os(&body), os(&[hostile, HOSTILE])].concat());
            }
        }
        if matches!(format, "human" | "json") {
            assert_eq!(harmless(&os(&["explain", HOSTILE, "--format", format])).0, 1);
            assert_eq!(harmless(&os(&["explain", "::stop-commands::t", "--format", format])).0, 1);
        }
    }
}

/// The HTTP request of an allowed case contains the texts of the case, escaped as JSON.
#[test]
fn a_call_is_the_same_call_and_does_nothing() {
    let name = HOSTILE.replace(['\n', '\r', '\u{1b}', '\u{7}', '<', '>'], "");
    let case = serde_json::json!({"operation": "ims.whole-image", "body": {"name": "n", "description": name, "instance_id": name, "vault_id": "v"}});
    let path = file(b"call", Some(&case.to_string()));
    let call =
        |format: &'static str| harmless(&[OsStr::new("request"), &path, OsStr::new("--format"), OsStr::new(format)]);
    let (status, json, _) = call("json");
    let call_of: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((status, &call_of["body"]), (0, &case["body"]));
    let (status, human, _) = call("http");
    let body = human.lines().last().expect("a body");
    assert_eq!((status, &serde_json::from_str::<Value>(body).expect("JSON")), (0, &case["body"]));
}
