//! The command line as a user meets it: what it prints, and how it ends.

mod common;

use common::{printed, run};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn status(arguments: &[&str], input: &str) -> i32 {
    run(arguments, input.as_bytes()).status.code().expect("it has a status")
}

const ALLOWED: &str = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"}}"#;
const DENIED: &str = r#"{"operation":"ims.whole-image","body":{"name":" n","instance_id":"i","vault_id":"v"}}"#;
const UNDETERMINED: &str = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"}}"#;

#[test]
fn the_status_tells_the_worst_of_all_cases() {
    for (lines, expected) in [
        (&[ALLOWED][..], 0),
        (&[ALLOWED, UNDETERMINED], 3),
        (&[UNDETERMINED, DENIED, ALLOWED], 1),
        (&[DENIED, "{", ALLOWED], 2),
        (&["no JSON"], 2),
        (&["[1"], 2),
        (&[""], 2),
    ] {
        assert_eq!(status(&["check", "-"], &lines.join("\n")), expected, "{lines:?}");
    }
    assert_eq!(status(&["check", "no-such-file.json"], ""), 2);
    assert_eq!(status(&["check", "--no-such-option"], ""), 2);
    assert_eq!(status(&["check", "--edition", "2019"], ALLOWED), 2);
    assert_eq!(status(&["check", "--fact", "ecs.os=linux"], ALLOWED), 2);
}

#[test]
fn an_object_an_array_and_lines_give_the_same_reports() {
    let cases = [ALLOWED, DENIED, UNDETERMINED];
    let lines = printed(&["check"], &cases.join("\n"));
    assert_eq!(lines.lines().count(), 3);
    let array = printed(&["check"], &format!("\n [{}\n]\n", cases.join(" ,\n")));
    assert_eq!(array, lines);
    let pretty = ALLOWED.replace(',', ",\n");
    assert_eq!(printed(&["check"], &pretty), printed(&["check"], ALLOWED));
    let report: serde_json::Value = serde_json::from_str(lines.lines().nth(1).expect("a line")).expect("JSON");
    assert_eq!(report["findings"][0]["rule"], "ims.whole-image.name");
}

#[test]
fn a_report_is_the_librarys_byte_for_byte() {
    for (locale, tag) in [(image_preflight::Locale::ENGLISH, "en"), (image_preflight::Locale::CHINESE, "zh-Hans")] {
        let expected = image_preflight::check(DENIED).to_json(locale);
        assert_eq!(printed(&["check", "--locale", tag], DENIED), format!("{expected}\n"));
    }
}

#[test]
fn a_broken_line_does_not_stop_the_others() {
    let out = printed(&["check"], &format!("{ALLOWED}\n\n\"x\u{0}\n{DENIED}\n"));
    let verdicts: Vec<_> = out.lines().map(|line| line.contains("case.syntax")).collect();
    assert_eq!(verdicts, [false, true, false]);
}

/// Lines are read, judged and forgotten one by one: 70 MB of them must go through less memory than that.
#[test]
#[cfg(target_os = "linux")]
fn a_batch_of_any_length_takes_little_memory() {
    let long = ALLOWED.replace("\"n\"", &format!("\"n\",\"description\":\"{}\"", "d".repeat(1000)));
    let input = format!("{long}\n").repeat(1 << 14);
    let script =
        format!("ulimit -v 60000; exec {} check - | wc -l", Path::new(env!("CARGO_BIN_EXE_image-preflight")).display());
    let mut child = Command::new("bash")
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("bash starts");
    let mut stdin = child.stdin.take().expect("a standard input");
    let writer = std::thread::spawn(move || (0..4).all(|_| stdin.write_all(input.as_bytes()).is_ok()));
    let output = child.wait_with_output().expect("it ends");
    assert!(writer.join().expect("the writer ends"));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), (1 << 16).to_string());
}

#[test]
fn people_see_the_place_in_their_own_file() {
    let out = printed(&["check", "--format", "human", "tests/examples/copy-encrypted.json"], "");
    assert!(
        out.starts_with("✗ denied  Copy an image to another region  tests/examples/copy-encrypted.json:1\n"),
        "{out}"
    );
    assert!(out.contains("--> tests/examples/copy-encrypted.json:15:20"), "{out}");
    assert!(
        out.contains("15 |       \"encrypted\": true,\n   |                    ^^^^ /facts/image/encrypted"),
        "{out}"
    );
    assert!(!out.contains('\u{1b}'), "colour is for terminals");
    let coloured =
        printed(&["check", "--format", "human", "--color", "always", "tests/examples/copy-encrypted.json"], "");
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn a_bare_body_is_told_by_the_places_in_its_own_file() {
    let bare = ["check", "--format", "human", "--operation", "ims.in-region-copy", "--image-id", "i", "--body", "-"];
    let out = printed(&bare, "{\n  \"name\": \"a/b\"\n}");
    assert!(out.contains("--> <stdin>:2:11"), "{out}");
    let out = printed(&bare, "{\n  \"name\" \"a\"\n}");
    assert!(out.contains("case.syntax") && out.contains("--> <stdin>:2:10"), "{out}");
    // A body cannot smuggle in what stands beside it.
    let out = printed(&bare, r#"{"name":"n"},"facts":{"image":{"iso":false}}"#);
    assert!(out.contains("case.syntax"), "{out}");
}

#[test]
fn what_is_known_beside_a_body_is_believed() {
    let bare = |more: &[&'static str]| {
        let body =
            ["check", "--operation", "CopyImageCrossRegion", "--image-id", "i", "--body", "tests/examples/body.json"];
        let known = ["--image", "tests/examples/image.json", "--source-region", "cn-north-4"];
        status(&[&body[..], &known, more].concat(), "")
    };
    assert_eq!(bare(&[]), 3);
    assert_eq!(bare(&["--copies-in-flight", "0"]), 0);
    assert_eq!(bare(&["--copies-in-flight", "5"]), 1);
    assert_eq!(bare(&["--fact", "copiesInFlight=0", "--fact", "image.encrypted=true"]), 1);
    assert_eq!(bare(&["--fact", "image.colour=red"]), 1);
    assert_eq!(bare(&["--fact", "nothing"]), 2);
}

#[test]
fn of_several_images_the_one_that_the_request_names_counts() {
    let image = |id: &str, key: &str| {
        format!(
            r#"{{"id":"{id}","status":"active","__imagetype":"private","__image_size":"1","virtual_env_type":"FusionCompute","__os_type":"Linux","__system__cmkid":"{key}"}}"#
        )
    };
    let answer = format!(r#"{{"images":[{},{}]}}"#, image("a", ""), image("b", "key"));
    let check = |id: &str| {
        let body =
            ["check", "--operation", "ims.cross-region-copy", "--body", "tests/examples/body.json", "--image", "-"];
        status(
            &[&body[..], &["--image-id", id, "--source-region", "cn-north-4", "--copies-in-flight", "0"]].concat(),
            &answer,
        )
    };
    assert_eq!((check("a"), check("b"), check("c")), (0, 1, 2));
}

#[test]
fn only_an_allowed_case_gives_its_call() {
    let call = printed(&["request", "-"], ALLOWED);
    let call: serde_json::Value = serde_json::from_str(&call).expect("JSON");
    assert_eq!((&call["method"], &call["body"]["name"]), (&"POST".into(), &"n".into()));
    assert_eq!(status(&["request"], ALLOWED), 0);
    assert_eq!(status(&["request"], UNDETERMINED), 3);
    assert_eq!(status(&["request", "--although-undetermined"], UNDETERMINED), 0);
    assert_eq!(status(&["request"], DENIED), 1);
    assert_eq!(status(&["request", "--override", "ims.whole-image.vault_id"], DENIED), 1);
    assert_eq!(status(&["request", "--override", "ims.whole-image.name"], DENIED), 0);
}

#[test]
fn the_other_commands_answer_people_and_programs() {
    let image = ["--image", "tests/examples/image.json", "--source-region", "cn-north-4"];
    let capabilities = printed(&[&["capabilities"], &image[..]].concat(), "");
    let operations: Vec<_> = capabilities
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["operation"].clone())
        .collect();
    assert_eq!(operations, ["ims.cross-region-copy", "ims.in-region-copy", "image.export", "image.share"]);
    let destinations = printed(&[&["destinations", "--format", "human"], &image[..]].concat(), "");
    assert!(destinations.contains("✗ denied  North China-Beijing 4  cn-north-4"), "{destinations}");
    assert_eq!(status(&["capabilities", "--fact", "image.size=1"], ""), 2);

    assert!(printed(&["explain", "IMG.0146", "--format", "human"], "").contains("ims.cross-region-copy.size-cap"));
    assert!(
        printed(&["explain", "-", "--locale", "zh"], r#"{"error":{"code":"IMG.0142"}}"#)
            .contains("源区域与目的区域相同")
    );
    assert_eq!(status(&["explain", "IMG.9999"], ""), 1);

    let count = printed(&["rules"], "").lines().count();
    assert_eq!(count, image_preflight::rules().count());
    assert!(printed(&["rules", "image.export", "--format", "human"], "").contains("image.export.not-full-ecs"));
    assert_eq!(status(&["rules", "no.such.rule"], ""), 2);
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema", "copyImages"], "")).expect("JSON");
    assert_eq!(schema["required"], serde_json::json!(["sourceImageIds", "destinationRegion"]));
    assert!(printed(&["schema"], "").contains("\"Report\""));
    assert_eq!(status(&["schema", "no-such-operation"], ""), 2);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(printed(&["completions", shell], "").contains("image-preflight"), "{shell}");
    }
    for command in ["check", "request", "capabilities", "destinations", "explain", "rules", "schema", "completions"] {
        assert!(printed(&[command, "--help"], "").contains("Example"), "{command}");
    }
}

#[test]
fn a_hostile_name_cannot_move_the_cursor() {
    let case = r#"{"operation":"ims.whole-image","body":{"name":"\u001b[2Jx\u202e","\u001b]0;title\u0007":1,"instance_id":"i","vault_id":"v"},
        "facts":{"ecs":{"os":"\u001b[31m"}}}"#;
    let raw = case.replace("\\u202e", "\u{202e}");
    for format in ["human", "json"] {
        let out = printed(&["check", "--format", format], &raw);
        assert!(!out.contains('\u{1b}') && !out.contains('\u{7}'), "{out:?}");
    }
    let human = printed(&["check", "--format", "human"], &raw);
    assert!(!human.contains('\u{202e}'), "{human:?}");
}
