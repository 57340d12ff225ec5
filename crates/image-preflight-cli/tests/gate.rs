//! What counts and what makes a run fail: options, configuration, a baseline, what a case ignores itself; folders and patterns.

mod common;

use common::run;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ALLOWED: &str = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"}}"#;
const DENIED: &str = r#"{"operation":"ims.whole-image","body":{"name":" n","instance_id":"i","vault_id":"v"}}"#;
const UNDETERMINED: &str = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"}}"#;
/// A warning: a field that is not known.
const WARNED: &str = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v","nam":1}}"#;

fn status(arguments: &[&str], input: &str) -> i32 {
    run(&[&["check", "--no-config"], arguments].concat(), input.as_bytes()).status.code().expect("a status")
}

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    folder
}

fn inside(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_image-preflight"));
    let Output { status, stdout, stderr } =
        command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("a status"), text(stdout), text(stderr))
}

#[test]
fn what_makes_a_run_fail_is_chosen() {
    for (case, by_default, denied, warning, never) in [
        (ALLOWED, 0, 0, 0, 0),
        (WARNED, 0, 0, 1, 0),
        (UNDETERMINED, 3, 0, 3, 0),
        (DENIED, 1, 1, 1, 0),
        ("{", 2, 2, 2, 2),
    ] {
        let of = |level: &str| status(&["--fail-on", level], case);
        assert_eq!(status(&[], case), by_default, "{case}");
        let all = [of("undetermined"), of("denied"), of("warning"), of("never")];
        assert_eq!(all, [by_default, denied, warning, never], "{case}");
    }
    assert_eq!(status(&["--fail-on", "never", "no-such-file"], ""), 2);
}

#[test]
fn rules_are_selected_ignored_and_overridden() {
    let name = "ims.whole-image.name";
    assert_eq!(status(&["--ignore", name], DENIED), 0);
    assert_eq!(status(&["--ignore", "ims.whole-image"], DENIED), 0);
    assert_eq!(status(&["--select", "image."], DENIED), 0);
    assert_eq!(status(&["--select", name], DENIED), 1);
    assert_eq!(status(&["--override", name], DENIED), 0);
    assert_eq!(status(&["--override", name, "--fail-on", "warning"], DENIED), 1, "it is a warning");
    assert_eq!(status(&["--ignore", "case.syntax"], "{"), 2, "what is invalid counts");
    let report = |options: &[&str]| {
        let out = run(&[&["check", "--no-config", "--format", "json"], options].concat(), DENIED.as_bytes()).stdout;
        serde_json::from_slice::<Value>(&out).expect("JSON")
    };
    let ignored = report(&["--ignore", name]);
    assert_eq!((&ignored["verdict"], &ignored["ignored"][0]["rule"]), (&"allowed".into(), &name.into()));
    assert_eq!(ignored["ignored"][0]["by"], "option");
    let overridden = report(&["--override", name]);
    assert_eq!((&overridden["verdict"], &overridden["findings"][0]["overridden"]), (&"allowed".into(), &true.into()));
    let human = run(&["check", "--no-config", "--ignore", name], DENIED.as_bytes()).stdout;
    let human = String::from_utf8(human).expect("UTF-8");
    assert!(human.starts_with("✓ allowed") && human.contains("Findings ignored: 1"), "{human}");
}

#[test]
fn a_case_ignores_a_rule_with_a_reason() {
    let ignoring = |rule: &str| {
        DENIED.replacen('{', &format!("{{\"ignore\":[{{\"rule\":\"{rule}\",\"reason\":\"an old name\"}}],"), 1)
    };
    let ended = run(&["check", "--no-config", "--format", "json"], ignoring("ims.whole-image.name").as_bytes());
    let report: Value = serde_json::from_slice(&ended.stdout).expect("JSON");
    assert_eq!((ended.status.code(), &report["verdict"]), (Some(0), &"allowed".into()));
    assert_eq!((&report["ignored"][0]["by"], &report["ignored"][0]["reason"]), (&"case".into(), &"an old name".into()));
    // The library says what the cloud says: the same case is denied there.
    assert_eq!(image_preflight::check(&ignoring("ims.whole-image.name")).verdict(), image_preflight::Verdict::Denied);
    for (rule, word) in [("ims.whole-image.nam", "did you mean `ims.whole-image.name`"), ("size-cap", "size-cap`")] {
        let ended = run(&["check", "--no-config"], ignoring(rule).as_bytes());
        let stderr = String::from_utf8(ended.stderr).expect("UTF-8");
        assert!(
            ended.status.code() == Some(2) && stderr.contains(word) && stderr.contains("<stdin>:1: `ignore`"),
            "{stderr}"
        );
    }
    let unused = run(&["check", "--no-config"], ignoring("ims.whole-image.description").as_bytes());
    assert_eq!(unused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&unused.stderr).contains("ims.whole-image.description finds nothing here"));
}

/// With a baseline only what is new counts, wherever the lines are now.
#[test]
fn a_baseline_takes_what_is_known_and_nothing_else() {
    let folder = folder("baseline", &[("a.ndjson", &format!("{DENIED}\n{UNDETERMINED}\n"))]);
    let (status, _, stderr) = inside(&folder, &["check", "--write-baseline", "base.json", "a.ndjson"]);
    assert_eq!(status, 0, "{stderr}");
    let check = || inside(&folder, &["check", "--baseline", "base.json", "--format", "concise", "a.ndjson"]);
    assert_eq!(
        check(),
        (0, "2 allowed, 0 denied, 0 undetermined, 0 invalid  Findings ignored: 7\n".to_owned(), String::new())
    );
    std::fs::write(folder.join("a.ndjson"), format!("\n\n{ALLOWED}\n{DENIED}\n{DENIED}\n")).expect("it can be written");
    let (status, stdout, _) = check();
    assert_eq!(status, 1);
    assert_eq!(
        stdout.lines().filter(|line| line.starts_with("a.ndjson:5:47: error[ims.whole-image.name]")).count(),
        1,
        "{stdout}"
    );
    assert_eq!(stdout.lines().count(), 2, "{stdout}");
    // What is invalid is in no baseline, and a run with it does not pass.
    std::fs::write(folder.join("b.json"), "{").expect("it can be written");
    let (status, ..) = inside(&folder, &["check", "--write-baseline", "other.json", "b.json", "a.ndjson"]);
    assert_eq!(status, 2);
    let (status, _, stderr) = inside(&folder, &["check", "--baseline", "a.ndjson", "a.ndjson"]);
    assert!(status == 2 && stderr.contains("is no baseline"), "{stderr}");
}

#[test]
fn a_configuration_is_found_upwards_and_options_win() {
    let config = "locale = 'zh-CN'\nformat = 'concise'\nfail-on = 'never'\noutput = ['json=out.json']\n\
        [[path]]\nglob = ['old/**']\nignore = ['ims.whole-image.name']\n";
    let folder = folder(
        "config",
        &[
            ("image-preflight.toml", config),
            ("new/a.json", DENIED),
            ("old/deep/a.json", DENIED),
            ("bad/image-preflight.toml", "editon = 1"),
        ],
    );
    let (status, stdout, _) = inside(&folder.join("new"), &["check", "a.json", "../old/deep/a.json"]);
    assert_eq!(status, 0);
    assert!(
        stdout.starts_with("a.json:1:47: error[ims.whole-image.name] `name`") && stdout.contains("应为"),
        "{stdout}"
    );
    assert!(!stdout.contains("old/deep"), "{stdout}");
    let written = std::fs::read_to_string(folder.join("out.json")).expect("it is beside the configuration");
    assert_eq!(written.lines().count(), 2);
    let (status, stdout, _) =
        inside(&folder.join("new"), &["check", "--format", "json", "--locale", "en", "--fail-on", "denied", "a.json"]);
    assert!(status == 1 && stdout.contains("it must be text"), "{stdout}");
    assert_eq!(inside(&folder.join("new"), &["check", "--no-config", "a.json"]).0, 1);
    let named = folder.join("image-preflight.toml");
    let elsewhere = inside(&folder.join("bad"), &["check", "--config", &named.to_string_lossy(), "../new/a.json"]);
    assert_eq!(elsewhere.0, 0);
    let (status, _, stderr) = inside(&folder.join("bad"), &["check", "../new/a.json"]);
    assert!(status == 2 && stderr.contains("bad/image-preflight.toml") && stderr.contains("editon"), "{stderr}");
}

/// Each file has the configuration that is nearest to it; the run has that of the working directory.
#[test]
fn each_file_has_the_nearest_configuration() {
    let name = "ims.whole-image.name";
    let folder = folder(
        "nested",
        &[
            (
                "image-preflight.toml",
                "format = 'concise'\nignore = ['image.']\n[[path]]\nglob = ['b/*']\noverride = ['ims.whole-image.name']\n",
            ),
            ("top.json", DENIED),
            (
                "a/image-preflight.toml",
                &format!("format = 'json'\nfail-on = 'never'\nlocale = 'zh-CN'\nignore = ['{name}']\n"),
            ),
            ("a/one.json", DENIED),
            ("a/deep/er/two.json", DENIED),
            ("a/deep/image-preflight.toml", ""),
            ("a/deep/three.json", DENIED),
            ("a/old/image-preflight.toml", "[[path]]\nglob = ['*.json']\nselect = ['image.']\n"),
            ("a/old/four.json", DENIED),
            ("b/five.json", DENIED),
        ],
    );
    let denied = |cwd: &str, arguments: &[&str]| {
        let (status, stdout, stderr) =
            inside(&folder.join(cwd), &[&["check", "--format", "concise", "--locale", "en"], arguments].concat());
        let is_error = |line: &&str| line.contains(": error[ims.whole-image.name]");
        let files = stdout.lines().filter(is_error).filter_map(|line| line.split(':').next()).map(str::to_owned);
        let mut files: Vec<_> = files.collect();
        files.sort();
        (status, files, stderr)
    };
    let owned = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect::<Vec<_>>();
    // What is above a file counts only if nothing is nearer; what is empty counts.
    let nearest = ["./a/deep/er/two.json", "./a/deep/three.json", "./top.json"];
    assert_eq!(denied("", &["."]), (1, owned(&nearest), String::new()));
    assert_eq!(denied("a/deep", &["../../a/one.json", "er/../three.json"]).1, ["er/../three.json"]);
    // A path of the folder that is checked, of its own name.
    assert_eq!(denied("a", &["../b/five.json", "old/four.json"]), (0, vec![], String::new()));
    // The run has the language, the format and the status of the working directory.
    let (status, stdout, _) = inside(&folder, &["check", "a/deep/three.json"]);
    assert!(
        status == 1 && stdout.starts_with("a/deep/three.json:1:47: error[ims.whole-image.name] `name` is"),
        "{stdout}"
    );
    let (status, stdout, _) = inside(&folder.join("a"), &["check", "deep/three.json"]);
    assert!(status == 0 && stdout.starts_with("{\"operation\"") && stdout.contains("应为"), "{stdout}");
    // One that is named is that of all files, and its folder that of its paths.
    assert_eq!(
        denied("a", &["--config", "image-preflight.toml", "../top.json", "deep/three.json"]).1,
        Vec::<String>::new()
    );
    assert_eq!(denied("", &["--config", "image-preflight.toml", "a/one.json", "b/five.json"]).1, ["a/one.json"]);
    assert_eq!(denied("a", &["--no-config", "one.json"]).1, ["one.json"]);
    // Standard input has that of the working directory, or that of the file that it is.
    let piped = |arguments: &[&str]| {
        let script =
            format!("cat top.json | \"$0\" check --format concise {}; exit ${{PIPESTATUS[1]}}", arguments.join(" "));
        let binary = env!("CARGO_BIN_EXE_image-preflight");
        Command::new("bash")
            .args(["-c", &script, binary])
            .current_dir(&folder)
            .output()
            .expect("bash runs")
            .status
            .code()
    };
    if cfg!(unix) {
        assert_eq!(piped(&[]), Some(1));
        assert_eq!(piped(&["--stdin-filename", "a/none.json"]), Some(0));
        assert_eq!(piped(&["--stdin-filename", "no/such/none.json"]), Some(1));
    }
    // One that cannot be read is one error, and the other files are checked; so it is for fixes.
    std::fs::write(folder.join("a/deep/image-preflight.toml"), "selekt = 1").expect("it can be written");
    let (status, files, stderr) = denied("", &["."]);
    assert_eq!((status, files), (2, owned(&["./top.json"])));
    assert!(stderr.matches("a/deep/image-preflight.toml: ").count() == 1 && stderr.contains("selekt"), "{stderr}");
    let (status, diff, stderr) = inside(&folder, &["check", "--diff", "."]);
    assert!(status == 2 && diff.contains("+++ top.json") && !diff.contains("three.json"), "{diff}");
    assert_eq!(stderr.matches("a/deep/image-preflight.toml: ").count(), 1, "{stderr}");
}

#[test]
fn folders_and_patterns_are_read_and_what_holds_no_case_is_passed_over() {
    let plan =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/examples/terraform-plan.json"));
    let folder = folder(
        "folder",
        &[
            (".gitignore", "generated/\n"),
            ("generated/x.json", DENIED),
            (".hidden/x.json", DENIED),
            ("package.json", "{\"name\": \"p\", \"version\": \"1\"}"),
            ("README.md", "# Words\n"),
            ("nothing/notes.txt", "words"),
            ("main.tf", "resource \"a\" \"b\" {\n}\n"),
            ("run.sh", "#!/bin/sh\ncurl https://example.com\n"),
            ("binary", "PK\u{3}\u{4}\0\0\"operation\""),
            ("b/two.ndjson", &format!("{ALLOWED}\n{DENIED}\n")),
            ("a/plan.json", &plan.expect("the plan")),
            ("a/copy.sh", "hcloud IMS CopyImageInRegion --image_id=a --name=' n'\n"),
            ("broken.json", "{\"operation\": \"ims.whole-image\","),
        ],
    );
    let files = |arguments: &[&str]| {
        let (status, stdout, stderr) = inside(&folder, &[&["check", "--format", "json"], arguments].concat());
        let of = |line: &str| {
            serde_json::from_str::<Value>(line).expect("JSON")["source"]["file"].as_str().expect("a file").to_owned()
        };
        let mut files: Vec<_> = stdout.lines().map(of).collect();
        files.dedup();
        (status, files, stderr)
    };
    let (status, all, stderr) = files(&["."]);
    assert_eq!(
        (status, all),
        (2, ["./a/copy.sh", "./a/plan.json", "./b/two.ndjson", "./broken.json"].map(str::to_owned).to_vec()),
        "{stderr}"
    );
    assert!(stderr.contains("passed over: 6"), "{stderr}");
    assert_eq!(files(&["a/*.json", "b/**/*.ndjson"]).1, ["a/plan.json", "b/two.ndjson"]);
    assert_eq!(files(&["*/*.{sh,ndjson}"]).1, ["a/copy.sh", "b/two.ndjson"]);
    // Who names files means them; and a run of nothing says so, whatever its format.
    assert_eq!(files(&["generated/*.json"]).1, ["generated/x.json"]);
    for format in ["human", "concise", "json", "github", "sarif", "gitlab", "junit"] {
        let (status, stdout, stderr) = inside(&folder, &["check", "--format", format, "nothing"]);
        assert!(status == 0 && (stdout + &stderr).contains("0 cases\n"), "{format}: {stderr}");
    }
    let (status, all, stderr) = files(&["b", "*.nothing", "no-such-file", "a/copy.sh"]);
    assert_eq!((status, all.len()), (2, 2));
    for name in ["*.nothing", "no-such-file"] {
        assert_eq!(
            stderr.lines().filter(|line| line.starts_with("error") && line.contains(name)).count(),
            1,
            "{stderr}"
        );
    }
    // A file that is named is checked, whatever it holds.
    assert_eq!(files(&["package.json"]).0, 2);
    assert_eq!(files(&["main.tf"]).0, 2);
}

#[test]
fn standard_input_has_a_name_if_it_is_given_one() {
    let ended = run(&["check", "--no-config", "--format", "github", "--stdin-filename", "a/b.json"], DENIED.as_bytes());
    assert!(ended.stdout.starts_with(b"::error file=a/b.json,line=1,"));
}

/// Facts beside cases fill in what they leave unknown, and their own stay.
#[test]
fn facts_beside_cases_fill_in_what_they_leave_unknown() {
    let copy = |id: &str, facts: &str| {
        format!(
            "{{\"operation\":\"ims.in-region-copy\",\"path\":{{\"image_id\":\"{id}\"}},\"body\":{{\"name\":\"n\"}}{facts}}}"
        )
    };
    let mut image = common::image_of_ims("a", &[]);
    image["virtual_env_type"] = "FusionCompute".into();
    let folder = folder("facts", &[("image.json", &image.to_string())]);
    let own = copy("a", ",\"facts\":{\"image\":{\"iso\":true}}");
    let input = [copy("a", ""), copy("b", ""), own, ALLOWED.to_owned()].join("\n");
    std::fs::write(folder.join("cases.ndjson"), input).expect("it can be written");
    let (status, stdout, stderr) =
        inside(&folder, &["check", "--format", "json", "--image", "image.json", "cases.ndjson"]);
    let verdicts: Vec<_> = common::reports(&stdout).iter().map(|report| report["verdict"].clone()).collect();
    assert_eq!(
        (status, verdicts),
        (1, ["allowed", "undetermined", "denied", "allowed"].map(Value::from).to_vec()),
        "{stderr}"
    );
    assert_eq!(inside(&folder, &["check", "--fact", "image.colour=red", "cases.ndjson"]).0, 2);
}
