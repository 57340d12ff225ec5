//! The command line as users see it: its output and exit status.

mod common;

use common::{image_of_ims, printed, reports, run};
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
}

#[test]
fn an_object_an_array_and_lines_give_the_same_reports() {
    let cases = [ALLOWED, DENIED, UNDETERMINED];
    let checked = |text: &str| printed(&["check", "--format", "json"], text);
    let lines = checked(&cases.join("\n"));
    assert_eq!(lines.lines().count(), 3);
    let array = checked(&format!("\n [{}\n]\n", cases.join(" ,\n")));
    assert_eq!(reports(&array), reports(&lines));
    let pretty = ALLOWED.replace(',', ",\n");
    assert_eq!(reports(&checked(&pretty)), reports(&checked(ALLOWED)));
    let report: serde_json::Value = serde_json::from_str(lines.lines().nth(1).expect("a line")).expect("JSON");
    assert_eq!(report["findings"][0]["rule"], "ims.whole-image.name");
    // Where it is in the file: as a text, and as a finding.
    assert_eq!(report["source"], serde_json::json!({"file": "<stdin>", "line": 2, "column": 1, "index": 1}));
    let region = serde_json::json!({"line": 2, "column": 47, "endLine": 2, "endColumn": 51});
    assert_eq!(report["findings"][0]["region"], region);
    let report: serde_json::Value = serde_json::from_str(array.lines().nth(1).expect("a line")).expect("JSON");
    assert_eq!(report["source"], serde_json::json!({"file": "<stdin>", "line": 3, "column": 1, "index": 1}));
}

#[test]
fn a_report_is_the_library_s_with_its_place() {
    for (locale, tag) in [(image_preflight::Locale::ENGLISH, "en"), (image_preflight::Locale::CHINESE, "zh-Hans")] {
        let expected = image_preflight::check(DENIED).to_json(locale);
        let printed = printed(&["check", "--format", "json", "--locale", tag], DENIED);
        assert_eq!(reports(&printed), [serde_json::from_str::<serde_json::Value>(&expected).expect("JSON")]);
        // The same members in the same order, and the place behind them.
        let end = expected.find("\"findings\"").expect("findings");
        assert_eq!(printed.get(..end), expected.get(..end));
    }
}

#[test]
fn a_broken_line_does_not_stop_the_others() {
    let out = printed(&["check", "--format", "json"], &format!("{ALLOWED}\n\n\"x\u{0}\n{DENIED}\n"));
    let verdicts: Vec<_> = out.lines().map(|line| line.contains("case.syntax")).collect();
    assert_eq!(verdicts, [false, true, false]);
}

/// Lines are read and checked one by one: 70 MB of them must take less memory than that.
#[test]
#[cfg(target_os = "linux")]
fn a_batch_of_any_length_takes_little_memory() {
    let long = ALLOWED.replace("\"n\"", &format!("\"n\",\"description\":\"{}\"", "d".repeat(1000)));
    let input = format!("{long}\n").repeat(1 << 14);
    let script = format!(
        "ulimit -v 60000; exec {} check --format json - | wc -l",
        Path::new(env!("CARGO_BIN_EXE_image-preflight")).display()
    );
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
        out.starts_with("✗ denied  Replicate (copy) an image across regions  tests/examples/copy-encrypted.json:1\n"),
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
    // A body cannot inject members of the case.
    let out = printed(&bare, r#"{"name":"n"},"facts":{"image":{"iso":false}}"#);
    assert!(out.contains("case.syntax"), "{out}");
}

#[test]
fn what_is_known_beside_a_body_is_believed() {
    let bare = |more: &[&'static str]| {
        let id = "465076de-dc36-4aec-80f5-ef9d8009428f";
        let body =
            ["check", "--operation", "CopyImageCrossRegion", "--image-id", id, "--body", "tests/examples/body.json"];
        let known = ["--image", "tests/examples/image.json", "--source-region", "cn-north-4"];
        status(&[&body[..], &known, more].concat(), "")
    };
    assert_eq!(bare(&[]), 3);
    assert_eq!(bare(&["--copies-in-flight", "0"]), 0);
    assert_eq!(bare(&["--copies-in-flight", "5"]), 1);
    assert_eq!(bare(&["--fact", "copiesInFlight=0", "--fact", "image.encrypted=true"]), 1);
    assert_eq!(bare(&["--fact", "image.colour=red"]), 2);
    assert_eq!(bare(&["--fact", "nothing"]), 2);
}

#[test]
fn of_several_images_the_one_that_the_request_names_counts() {
    let image = |id: &str, key: &str| image_of_ims(id, &[("__system__cmkid", key)]);
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
    let call = printed(&["request", "--format", "json", "-"], ALLOWED);
    let call: serde_json::Value = serde_json::from_str(&call).expect("JSON");
    assert_eq!((&call["method"], &call["body"]["name"]), (&"POST".into(), &"n".into()));
    assert_eq!(status(&["request"], ALLOWED), 0);
    assert_eq!(status(&["request"], UNDETERMINED), 3);
    assert_eq!(status(&["request", "--allow-undetermined"], UNDETERMINED), 0);
    assert_eq!(status(&["request"], DENIED), 1);
    assert_eq!(status(&["request", "--override", "ims.whole-image.vault_id"], DENIED), 1);
    assert_eq!(status(&["request", "--override", "ims.whole-image.name"], DENIED), 0);
}

#[test]
fn the_other_commands_answer_people_and_programs() {
    let image = ["--image", "tests/examples/image.json", "--source-region", "cn-north-4"];
    let capabilities = printed(&[&["capabilities", "--format", "json"], &image[..]].concat(), "");
    let operations: Vec<_> = capabilities
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["operation"].clone())
        .collect();
    assert_eq!(operations, ["ims.cross-region-copy", "ims.in-region-copy", "image.export", "image.share"]);
    let destinations = printed(&[&["destinations", "--format", "human"], &image[..]].concat(), "");
    assert!(destinations.contains("✗ denied  CN North-Beijing4  cn-north-4"), "{destinations}");
    assert_eq!(status(&["capabilities", "--fact", "image.size=1"], ""), 2);

    assert!(printed(&["explain", "IMG.0146", "--format", "human"], "").contains("ims.cross-region-copy.size-cap"));
    assert!(printed(&["explain", "IMG.0146", "--format", "human"], "").contains("/reference/en/codes/IMG.0146.html\n"));
    let in_chinese = printed(&["explain", "IMG.0146", "--format", "human", "--locale", "zh"], "");
    assert!(in_chinese.contains("/reference/zh-CN/codes/IMG.0146.html\n"), "{in_chinese}");
    assert!(
        printed(&["explain", "-", "--locale", "zh"], r#"{"error":{"code":"IMG.0142"}}"#)
            .contains("源区域与目的区域相同")
    );
    assert_eq!(status(&["explain", "IMG.9999"], ""), 1);

    let count = printed(&["rules", "--format", "json"], "").lines().count();
    assert_eq!(count, image_preflight::rules().count());
    assert!(printed(&["rules", "image.export", "--format", "human"], "").contains("image.export.not-full-ecs"));
    assert_eq!(status(&["rules", "no.such.rule"], ""), 2);
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema", "copyImages"], "")).expect("JSON");
    assert_eq!(schema["required"], serde_json::json!(["sourceImageIds", "destinationRegion"]));
    assert!(printed(&["schema"], "").contains("\"Report\""));
    assert_eq!(status(&["schema", "no-such-operation"], ""), 2);
    let schema = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&printed(&[&["schema", "ims.whole-image"], arguments].concat(), "")).expect("JSON")
    };
    let of_china = schema(&["--edition", "china-2022-12"]);
    assert_eq!(of_china["$defs"]["WholeImageType"]["enum"], serde_json::json!(["CBR", "CSBS"]));
    assert!(
        schema(&["--versioned"])["$id"].as_str().expect("an address").ends_with("/schema/0.1/ims.whole-image.json")
    );
    // What is published nowhere has no address.
    assert_eq!(of_china.get("$id"), None);
    let in_chinese = schema(&["--locale", "zh"]);
    assert_eq!((&in_chinese["title"], in_chinese.get("$id")), (&"制作整机镜像".into(), None));
    assert!(schema(&["--profile", "portable"]).get("if").is_none());
    assert!(schema(&["--profile", "draft-04"]).get("id").is_some());
    assert_eq!(status(&["schema", "--profile", "draft-4"], ""), 2);
    assert_eq!(status(&["schema", "--edition", "nowhere"], ""), 2);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(printed(&["completions", shell], "").contains("image-preflight"), "{shell}");
    }
    for command in
        ["check", "request", "capabilities", "destinations", "explain", "rules", "editions", "schema", "completions"]
    {
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

/// A request was printed exactly if the status is 0, for every vector.
#[test]
fn request_ends_with_0_only_when_a_call_was_printed() {
    let mut count = 0;
    for vector in image_preflight_tests::vectors() {
        if vector.case.len() > 10_000 {
            continue;
        }
        for options in [&["request", "--format", "json"][..], &["request", "--format", "json", "--allow-undetermined"]]
        {
            let ended = run(options, vector.case.as_bytes());
            let call: Option<serde_json::Value> = serde_json::from_slice(&ended.stdout).ok();
            let is_call = call.is_some_and(|call| call["method"] == "POST" && call["path"].is_string());
            assert_eq!(ended.status.code() == Some(0), is_call, "{}", vector.name);
            // Standard error says why there is none.
            assert_eq!(ended.stderr.is_empty(), is_call, "{}", vector.name);
            count += usize::from(is_call);
        }
    }
    assert!(count > 100, "{count}");
    // A blank id has no path, whatever the facts.
    let blank = r#"{"operation":"ims.in-region-copy","path":{"image_id":"\t"},"body":{"name":"n"},
        "facts":{"image":{"fullEcs":false,"iso":false,"os":"linux","status":"active"}}}"#;
    assert_ne!(status(&["request"], blank), 0);
    assert_ne!(status(&["request", "--allow-undetermined"], blank), 0);
}

#[test]
fn request_prints_the_call_or_the_report_in_every_format() {
    let body = r#"{"name":"n","instance_id":"i","vault_id":"v"}"#;
    for (format, expected) in [
        ("http", format!("POST /v1/cloudimages/wholeimages/action\nContent-Type: application/json\n\n{body}\n")),
        ("json", format!("{{\"method\":\"POST\",\"path\":\"/v1/cloudimages/wholeimages/action\",\"body\":{body}}}\n")),
        ("koocli", "hcloud IMS CreateWholeImage --name=n --instance_id=i --vault_id=v\n".to_owned()),
        (
            "curl",
            format!(
                "curl -X POST \"https://ims.$REGION.myhuaweicloud.com\"/v1/cloudimages/wholeimages/action \
                 -H \"X-Auth-Token: $TOKEN\" -H 'Content-Type: application/json' -d '{body}'\n"
            ),
        ),
        (
            "terraform",
            "resource \"huaweicloud_ims_ecs_whole_image\" \"image\" {\n  name        = \"n\"\n  \
             instance_id = \"i\"\n  vault_id    = \"v\"\n}\n"
                .to_owned(),
        ),
    ] {
        assert_eq!(printed(&["request", "--format", format], ALLOWED), expected, "{format}");
        for (case, expected) in [(UNDETERMINED, 3), (DENIED, 1), ("{", 2)] {
            let ended = run(&["request", "--format", format], case.as_bytes());
            assert_eq!(ended.status.code(), Some(expected), "{format} {case}");
            let of_report = if format == "json" { "json" } else { "human" };
            let report = run(&["check", "--format", of_report], case.as_bytes());
            assert_eq!((ended.stdout, Some(expected)), (report.stdout, report.status.code()), "{format} {case}");
            assert!(String::from_utf8_lossy(&ended.stderr).starts_with("error: "), "{format} {case}");
        }
    }
    // What cannot be written in a form is an error, and nothing is printed.
    let ended = run(&["request", "--format", "jdc"], ALLOWED.as_bytes());
    assert_eq!((ended.status.code(), ended.stdout.len()), (Some(2), 0));
    // Facts that are given beside a case count here, too.
    let facts = [
        "--fact",
        "image.fullEcs=false",
        "--fact",
        "image.iso=false",
        "--fact",
        "image.os=linux",
        "--fact",
        "image.status=active",
    ];
    assert_eq!(status(&[&["request"], &facts[..]].concat(), UNDETERMINED), 3);
    let facts = [
        &facts[..],
        &["--fact", "image.sizeBytes=1", "--fact", "image.visibility=private", "--fact", "image.encrypted=false"],
    ]
    .concat();
    assert_eq!(status(&[&["request"], &facts[..]].concat(), UNDETERMINED), 0);
}

#[test]
fn an_overridden_rule_is_one_that_exists() {
    for (name, suggestion) in [
        ("nope", None),
        ("ims.whole-image.nam", Some("`ims.whole-image.name`")),
        ("san-policy", Some("`ims.whole-image.san-policy`")),
        ("", None),
    ] {
        let ended = run(&["request", "--override", name], DENIED.as_bytes());
        let stderr = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!((ended.status.code(), ended.stdout.len()), (Some(2), 0), "{name}");
        assert!(suggestion.is_none_or(|meant| stderr.contains(&format!("did you mean {meant}?"))), "{stderr}");
        assert!(stderr.contains("`image-preflight rules` lists them all"), "{stderr}");
    }
    // By a former id of a rule, too.
    let copy = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"},
        "facts":{"image":{"fullEcs":true,"iso":false,"os":"linux","status":"active","visibility":"private"}}}"#;
    assert_eq!(status(&["request"], copy), 1);
    assert_eq!(status(&["request", "--override", "image.copy-in-region"], copy), 0);
}

#[test]
fn names_that_are_not_known_are_errors_with_what_is() {
    for (arguments, expected) in [
        (&["check", "--edition", "defalt"][..], "did you mean `default`?"),
        (&["check", "--locale", "klingon"], "there are en, zh-CN"),
        (&["check", "--format", "jsn"], "'json'"),
        (&["check", "--output", "jsn=x"], "did you mean `json`?"),
        (&["check", "--ignore", "size-cap"], "did you mean `ims.cross-region-copy.size-cap`"),
        (&["check", "--override", "ims.whole-image"], "`image-preflight rules` lists them all"),
        (&["explain", "ims.cross-region-copy.sizecap"], "did you mean `ims.cross-region-copy.size-cap`?"),
        (&["explain", "ims.whole-image"], "`image-preflight rules ims.whole-image` lists its rules"),
        (&["explain", "CreateWholeImage"], "`image-preflight rules ims.whole-image` lists its rules"),
        (&["explain", "size-cap"], "did you mean `ims.cross-region-copy.size-cap`"),
        (&["check", "--operation", "ims.whole-imag", "--body", "-"], "did you mean `ims.whole-image`?"),
        (&["rules", "ims.cross-region-copy.sizecap"], "did you mean `ims.cross-region-copy.size-cap`?"),
        (&["schema", "reprot"], "did you mean `report`?"),
        (&["completions", "bsh"], "'bash'"),
        (&["chek"], "'check'"),
    ] {
        let ended = run(arguments, b"");
        let stderr = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!((ended.status.code(), ended.stdout.len()), (Some(2), 0), "{arguments:?}");
        assert!(stderr.contains(expected), "{arguments:?}: {stderr}");
    }
    // New regions are up to the provider: an unlisted region is a warning.
    for command in ["capabilities", "destinations"] {
        let ended = run(&[command, "--source-region", "cn-north-44"], b"");
        let stderr = String::from_utf8(ended.stderr).expect("UTF-8");
        assert_eq!(ended.status.code(), Some(0), "{stderr}");
        assert!(stderr.starts_with("warning: /facts/sourceRegion: "), "{stderr}");
        assert!(run(&[command, "--source-region", "cn-north-4"], b"").stderr.is_empty());
    }
}

/// A name is no answer that nobody understands.
#[test]
fn a_file_that_is_not_there_is_not_explained() {
    for name in ["missing.log", "no/such/answer.json", ".", "./IMG.0142"] {
        assert_eq!(status(&["explain", name], ""), 2, "{name}");
    }
    for (answer, expected) in [("IMG.0142", 0), ("IMG.9999", 1), ("it failed, see missing.log", 1), ("", 1)] {
        assert_eq!(status(&["explain", answer], ""), expected, "{answer}");
    }
}

/// Of a page, the image that is meant.
#[test]
fn where_an_image_of_a_page_can_go_is_told() {
    let page = serde_json::json!({"images": [image_of_ims("a", &[("__imagetype", "gold")]), image_of_ims("b", &[])]});
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("page-of-two.json");
    std::fs::write(&path, page.to_string()).expect("it is written");
    let path = path.to_str().expect("UTF-8");
    for command in ["capabilities", "destinations"] {
        let of = |id: &str| printed(&[command, "--image", path, "--source-region", "cn-north-4", "--image-id", id], "");
        assert_ne!(of("a"), of("b"), "{command}");
        assert_eq!(status(&[command, "--image", path, "--image-id", "c"], ""), 2);
        assert_eq!(status(&[command, "--image", path], ""), 2);
    }
}

#[test]
fn the_status_of_an_answer_decides_where_its_text_does_not() {
    let explained = |arguments: &[&str], input: &str| {
        let ended = run(&[&["explain", "--format", "json"], arguments].concat(), input.as_bytes());
        let refusal: serde_json::Value = serde_json::from_slice(&ended.stdout).expect("JSON");
        assert_eq!(ended.status.code() == Some(0), refusal["understood"] == true, "{refusal}");
        refusal
    };
    assert_eq!(explained(&[""], "")["understood"], false);
    assert_eq!(explained(&["--status", "503", ""], "")["retry"], "later");
    assert_eq!(explained(&["--status", "401", "-"], "")["retry"], "after-fix");
    assert_eq!(explained(&["--status", "418", ""], "")["understood"], false);
    // The given status is reported, even if the documents have another one.
    let with_status = explained(&["--status", "418", "IMG.0146"], "");
    assert_eq!((&with_status["status"], &with_status["code"]), (&418.into(), &"IMG.0146".into()));
    assert_eq!(explained(&["IMG.0146"], "")["status"], 400);
    assert!(explained(&["IMG.0146"], "")["help"].as_str().is_some_and(|page| page.ends_with("/codes/IMG.0146.html")));
    assert!(explained(&["IMG.9999"], "")["help"].is_null());
    for wrong in ["x", "-1", "70000", "4e2"] {
        assert_eq!(status(&["explain", "--status", wrong, "IMG.0146"], ""), 2, "{wrong}");
    }
    let human = printed(&["explain", "--format", "human", "--status", "503", ""], "");
    assert_eq!(human.lines().nth(1), Some("Wait, then send it again."), "{human}");
}

/// A response from a pipe of the shell (process substitution) is read like a file.
#[test]
#[cfg(target_os = "linux")]
fn an_answer_comes_by_a_pipe() {
    let script = format!(
        "{} explain --format json <(echo '{{\"error_code\": \"IMG.0142\"}}')",
        env!("CARGO_BIN_EXE_image-preflight")
    );
    let ended = Command::new("bash").args(["-c", &script]).output().expect("bash runs");
    assert!(String::from_utf8_lossy(&ended.stdout).contains("\"code\":\"IMG.0142\""), "{ended:?}");
}

/// All images of a response of JD Cloud are used, in each form of the response.
#[test]
fn an_answer_of_jd_cloud_tells_of_all_its_images() {
    let image = |id: &str, status: &str| {
        format!(
            r#"{{"imageId":"{id}","imageSource":"private","rootDeviceType":"cloudDisk","status":"{status}",
                "systemDisk":{{"cloudDisk":{{"encrypted":false}}}},"dataDisks":[]}}"#
        )
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let body = folder.join("jd-body.json");
    std::fs::write(&body, r#"{"sourceImageIds":["a","b"],"destinationRegion":"cn-east-2"}"#).expect("written");
    let check = |answer: &str, more: &[&str]| {
        let body = [
            "check",
            "--format",
            "json",
            "--operation",
            "copyImages",
            "--region-id",
            "cn-north-1",
            "--body",
            body.to_str().expect("UTF-8"),
        ];
        let known = ["--image", "-", "--fact", "destinationQuota={\"images\":9,\"snapshots\":9}"];
        let images = [
            "--fact",
            "images.a={\"busy\":false,\"snapshots\":1}",
            "--fact",
            "images.b={\"busy\":false,\"snapshots\":1}",
        ];
        let ended = run(&[&body[..], &known, &images, more].concat(), answer.as_bytes());
        let report: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap_or_default();
        let rules: Vec<_> = report["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|finding| {
                let of = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
                (of("rule"), of("outcome"), of("at"))
            })
            .collect();
        (ended.status.code(), rules, report["missing"].to_string())
    };
    let (a, b, bad) = (image("a", "ready"), image("b", "ready"), image("b", "error"));
    for both in [
        format!(r#"{{"requestId":"r","result":{{"images":[{a},{b}],"totalCount":2}}}}"#),
        format!(r#"{{"images":[{b},{a}]}}"#),
        format!("[{a}, {b}]"),
    ] {
        assert_eq!(check(&both, &[]), (Some(0), vec![], "[]".to_owned()), "{both}");
    }
    let (status, findings, _) =
        check(&format!(r#"{{"requestId":"r","result":{{"images":[{a},{bad}],"totalCount":2}}}}"#), &[]);
    assert_eq!(status, Some(1));
    assert!(
        findings.iter().any(|(rule, outcome, _)| rule == "jd.copy-images.ready" && outcome == "violated"),
        "{findings:?}"
    );
    // With one image, the facts of the other stay unknown.
    for one in [format!(r#"{{"requestId":"r","result":{{"image":{a}}}}}"#), format!(r#"{{"image":{a}}}"#), a.clone()] {
        let (status, findings, missing) = check(&one, &[]);
        assert_eq!(status, Some(3), "{one}");
        assert!(findings.iter().all(|(_, outcome, _)| outcome == "unknown"), "{findings:?}");
        assert!(missing.contains("/facts/images/b/status") && !missing.contains("/facts/images/a/"), "{missing}");
    }
    let (status, findings, _) = check(&format!(r#"{{"result":{{"image":{bad}}}}}"#), &[]);
    assert_eq!(status, Some(1), "{findings:?}");
    let twice = check(r#"{"result":{"images":[]},"result":{"images":[]}}"#, &[]);
    assert_eq!(twice.0, Some(2));
}

/// Nothing of a file is lost when it is inserted into a case: duplicate keys are found.
#[test]
fn a_key_that_an_object_has_twice_is_found_in_files_too() {
    let image = r#"{"id":"i","status":"active","status":"error","__imagetype":"private"}"#;
    let body = [
        "check",
        "--format",
        "json",
        "--operation",
        "ims.cross-region-copy",
        "--image-id",
        "i",
        "--body",
        "tests/examples/body.json",
        "--image",
        "-",
    ];
    for answer in [image.to_owned(), format!(r#"{{"images":[{image}]}}"#)] {
        let out = printed(&body, &answer);
        let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let findings = report["findings"].as_array().expect("findings");
        let is_twice = |finding: &serde_json::Value| {
            finding["at"] == "/facts/imageObject/status" && finding["outcome"] == "violated"
        };
        assert!(findings.iter().any(is_twice), "{out}");
    }
    assert_eq!(
        status(
            &[
                "check",
                "--source-region",
                "a",
                "--fact",
                "sourceRegion=b",
                "--operation",
                "ims.cross-region-copy",
                "--body",
                "-"
            ],
            "{}"
        ),
        2
    );
}

/// A person reads the cloud's own words, where a meaning is of several messages, and what each of several errors means.
#[test]
fn an_explanation_has_the_cloud_s_words_and_every_error() {
    let refused =
        r#"{"requestId":"r","error":{"code":400,"status":"FAILED_PRECONDITION","message":"Of another kind"}}"#;
    let text = printed(&["explain", refused], "");
    assert!(text.contains("message: Of another kind\nrequest_id: r\n"), "{text}");
    let text = printed(&["explain", "IMG.0146 and then IMG.0147"], "");
    assert!(text.starts_with("IMG.0146  ") && text.contains("\n+ IMG.0147  "), "{text}");
    let second = printed(&["explain", "IMG.0147"], "");
    let meaning = second.lines().next().and_then(|line| line.split_once("  ")).expect("a meaning").1;
    assert!(text.contains(&format!("+ IMG.0147  {meaning}\n")), "{text}");
}

#[test]
fn an_explanation_names_the_image_that_a_job_has_made() {
    for (answer, image) in [
        (r#"{"status": "SUCCESS", "job_id": "j", "entities": {"image_id": "i"}}"#, Some("i")),
        (r#"{"status": "RUNNING", "job_id": "j", "entities": {"image_id": "i"}}"#, None),
        (r#"{"status": "SUCCESS", "job_id": "j"}"#, None),
    ] {
        let text = printed(&["explain", answer], "");
        assert_eq!(text.contains("job_id: j\nimage_id: i\n"), image.is_some(), "{text}");
        let json: serde_json::Value =
            serde_json::from_str(&printed(&["explain", "--format", "json", answer], "")).expect("JSON");
        assert_eq!(json["imageId"].as_str(), image, "{answer}");
    }
}

#[test]
fn an_unknown_code_has_the_one_of_the_same_letters_and_digits() {
    for code in ["IMG0146", "img-0146", "IMG_0146"] {
        let text = printed(&["explain", code], "");
        assert!(text.contains("\nDid you mean IMG.0146?\n"), "{text}");
    }
    let text = printed(&["explain", "IMG0146", "--locale", "zh"], "");
    assert!(text.contains("\n是否要使用 IMG.0146？\n"), "{text}");
    for code in ["IMG.9999", "IMG0146a", "IMG.0146", "."] {
        assert!(!printed(&["explain", code], "").contains("Did you mean"), "{code}");
    }
}
