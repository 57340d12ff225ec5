//! Unwritable output is reported as an error: no command panics or reports success.
#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const IMAGE: &[&str] = &["--image", "tests/examples/image.json", "--source-region", "cn-north-4"];
const CASE: &str = "tests/examples/whole-image.json";

/// Every command in each of its formats, with arguments for which it succeeds and prints.
fn commands() -> Vec<Vec<&'static str>> {
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["--help"],
        vec!["-h"],
        vec!["--version"],
        vec!["help"],
        vec!["help", "check"],
        vec!["schema"],
        vec!["schema", "case"],
    ];
    for command in
        ["check", "request", "capabilities", "destinations", "explain", "rules", "editions", "schema", "completions"]
    {
        commands.push(vec![command, "--help"]);
        commands.push(vec![command, "--version"]);
    }
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        commands.push(vec!["completions", shell]);
    }
    for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
        commands.push(vec!["check", CASE, "--format", format]);
    }
    for format in ["http", "json", "curl", "koocli", "terraform"] {
        commands.push(vec!["request", CASE, "--format", format]);
    }
    for format in ["human", "json"] {
        for command in ["capabilities", "destinations"] {
            commands.push([&[command, "--format", format], IMAGE].concat());
        }
        commands.push(vec!["explain", "IMG.0146", "--format", format]);
        commands.push(vec!["rules", "--format", format]);
        commands.push(vec!["rules", "ims.cross-region-copy.size-cap", "--format", format]);
    }
    commands
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_image-preflight"));
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).stdin(Stdio::null());
    command
}

fn into(stdout: impl Into<Stdio>, arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } =
        command(arguments).stdout(stdout).stderr(Stdio::piped()).output().expect("it runs");
    (status.code(), String::from_utf8(stderr).expect("UTF-8"))
}

#[test]
fn a_full_disk_is_an_error_of_every_command() {
    for arguments in commands() {
        let (status, stderr) =
            into(OpenOptions::new().write(true).open("/dev/full").expect("Linux has it"), &arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("error: cannot write to standard output: "), "{arguments:?}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{arguments:?}: {stderr}");
    }
}

#[test]
fn an_output_that_takes_nothing_is_an_error_of_every_command() {
    for arguments in commands() {
        let (status, stderr) = into(OpenOptions::new().read(true).open("/dev/null").expect("it is there"), &arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.starts_with("error: cannot write to standard output: "), "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    for arguments in commands() {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        assert_eq!(into(writer, &arguments), (Some(0), String::new()), "{arguments:?}");
    }
}

/// Rust replaces a closed standard output by the null device, which cannot be distinguished from a null device passed on purpose.
#[test]
fn a_closed_output_is_the_null_device() {
    for arguments in commands() {
        let binary = env!("CARGO_BIN_EXE_image-preflight");
        let run = Command::new("bash")
            .args(["-c", "\"$0\" \"$@\" >&-", binary])
            .args(&arguments)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .output()
            .expect("bash runs");
        assert_eq!((run.status.code(), run.stderr.len()), (Some(0), 0), "{arguments:?}");
        assert_eq!(into(Stdio::null(), &arguments), (Some(0), String::new()), "{arguments:?}");
    }
}

/// The exit status shows an error that standard error cannot.
#[test]
fn an_error_that_cannot_be_printed_is_no_panic() {
    let full = || OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    for arguments in [
        &["check", "no-such-file"][..],
        &["check", "--no-such-option"],
        &["request", "no-such-file"],
        &["rules", "no.such.rule"],
        &["schema", "no-such-schema"],
        &["capabilities", "--image", "no-such-file"],
        &["destinations", "--fact", "x"],
        &["explain", "--status", "x", "y"],
        &["completions", "no-such-shell"],
        &[],
    ] {
        let run = command(arguments).stderr(full()).output().expect("it runs");
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{arguments:?}");
        let run = command(arguments).stderr(full()).stdout(full()).status().expect("it runs");
        assert_eq!(run.code(), Some(2), "{arguments:?}");
    }
}
