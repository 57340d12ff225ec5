//! `plan`: what starts now, what later, what waits and what never starts; for people and for programs.

mod common;

use common::{image_of_ims, is_obeyed, printed, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A copy to another region.
fn copy(image: &str, facts: &Value) -> Value {
    let mut known = json!({"fullEcs": false, "iso": false, "encrypted": false, "sizeBytes": 1, "visibility": "private",
        "status": "active", "os": "linux"});
    for (name, value) in facts.as_object().expect("facts") {
        known[name] = value.clone();
    }
    json!({"operation": "ims.cross-region-copy", "path": {"image_id": image}, "body": {"name": "copy", "region": "cn-south-1",
        "project_name": "cn-south-1", "agency_name": "a"}, "facts": {"sourceRegion": "cn-north-4", "image": known}})
}

fn lines(cases: &[Value]) -> String {
    cases.iter().map(|case| format!("{case}\n")).collect()
}

/// The plan as JSON, and the exit status.
fn planned(arguments: &[&str], input: &str) -> (Value, i32) {
    let output = run(&[&["plan", "--format", "json"], arguments].concat(), input.as_bytes());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let plan = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    (plan, output.status.code().expect("it has a status"))
}

/// The error of a run that could not be made.
fn refused(arguments: &[&str], input: &str) -> String {
    let output = run(&[&["plan"], arguments].concat(), input.as_bytes());
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
    String::from_utf8(output.stderr).expect("UTF-8")
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("it is written");
    path
}

#[test]
fn seven_copies_start_in_two_waves() {
    let cases: Vec<_> = (0..7).map(|index| copy(&format!("i{index}"), &json!({}))).collect();
    let expected: Vec<_> = (0..5).map(|case| json!([case])).collect();
    let forms = [lines(&cases), json!(cases).to_string(), format!("{:#}", json!(cases))];
    for text in &forms {
        let (plan, status) = planned(&[], text);
        let starts: Vec<_> =
            plan["start"].as_array().expect("calls").iter().map(|call| call["cases"].clone()).collect();
        assert_eq!((starts, status), (expected.clone(), 0));
        assert_eq!(plan["start"][4]["request"]["path"], "/v1/cloudimages/i4/cross_region_copy");
        assert_eq!(plan["start"][4]["request"]["body"], cases[4]["body"]);
        assert_eq!(plan["later"].as_array().map(Vec::len), Some(1));
        assert_eq!(planned(&["-"], text).0, plan);
    }
    let path = file("seven.ndjson", &lines(&cases));
    let (mut of_file, of_input) = (planned(&[path.to_str().expect("UTF-8")], "").0, planned(&[], &lines(&cases)).0);
    for (case, other) in
        of_file["cases"].as_array_mut().into_iter().flatten().zip(of_input["cases"].as_array().expect("cases"))
    {
        case["source"] = other["source"].clone();
    }
    assert_eq!(of_file, of_input);
    // Two files are one plan.
    let path = path.to_str().expect("UTF-8");
    assert_eq!(planned(&[path, path], "").0["cases"].as_array().map(Vec::len), Some(14));
    // As many as there is room for.
    for others in 0..7 {
        let (plan, _) = planned(&["--copies-in-flight", &others.to_string()], &lines(&cases));
        assert_eq!(plan["start"].as_array().map(Vec::len), Some(5_usize.saturating_sub(others)));
    }
}

#[test]
fn what_does_not_start_says_why() {
    let cases = [
        copy("a", &json!({"encrypted": true})),
        copy("b", &json!({"encrypted": null})),
        copy("c", &json!({"sizeBytes": 1_u64 << 50})),
        json!({"operation": "ims.share"}),
    ];
    let (plan, status) = planned(&[], &lines(&cases));
    // A case that cannot be judged is worse than one that is refused.
    assert_eq!(status, 2);
    assert_eq!(plan["missing"], json!({"/facts/image/encrypted": [1]}));
    assert_eq!(plan["cases"][2]["findings"][0]["rule"], "ims.cross-region-copy.size-cap");
    let text = printed(&["plan", "--format", "human"], &lines(&cases));
    // Only what keeps it from starting is said of what never starts.
    let (_, never) = text.split_once("Never starts:\n").expect("one never starts");
    let (never, _) = never.split_once("\n\n").expect("others follow");
    assert_eq!(never.lines().count(), 2, "{never}");
    for expected in [
        "Now:\n  › Replicate (copy) an image within a region  first, for <stdin>:1\n      POST /v1/cloudimages/a/copy\n",
        "Then, once all of that has ended well:\n  · Replicate (copy) an image across regions  <stdin>:1\n",
        "Waits for facts:\n  ? Replicate (copy) an image across regions  <stdin>:2\n      /facts/image/encrypted\n",
        "Never starts:\n  ✗ Replicate (copy) an image across regions  <stdin>:3\n      ",
        "Cannot be judged:\n  ✗ ?  <stdin>:4\n",
        "\n0 now, 1 later, 1 undetermined, 1 never, 1 invalid; made first: 1 now\n",
    ] {
        assert!(text.contains(expected), "no {expected:?} in\n{text}");
    }
    let chinese = printed(&["plan", "--format", "human", "--locale", "zh"], &lines(&cases));
    assert!(chinese.contains("等待确认的信息：\n  ? 跨区域复制镜像  <stdin>:2\n"), "{chinese}");
    assert!(
        chinese.ends_with("现在提交 0，稍后提交 1，无法判断 1，不会提交 1，用例有误 1；前置步骤：现在提交 1\n"),
        "{chinese}"
    );
    // The status of each kind alone.
    assert_eq!(planned(&[], &lines(&cases[..1])).1, 0);
    assert_eq!(planned(&[], &lines(&cases[..2])).1, 3);
    assert_eq!(planned(&[], &lines(&cases[2..3])).1, 1);
}

#[test]
fn progress_is_taken_up() {
    let cases =
        lines(&(0..4).map(|index| copy(&format!("i{index}"), &json!({"encrypted": index == 0}))).collect::<Vec<_>>());
    let progress = file(
        "progress.json",
        r#"{"prepared": {"0": "made"}, "running": [1], "failed": {"2": "later"}, "after": {"3": [2]}, "copiesInFlight": 3}"#,
    );
    let progress = progress.to_str().expect("UTF-8");
    let (plan, status) = planned(&["--progress", progress], &cases);
    assert_eq!(status, 0);
    assert_eq!(plan["start"].as_array().map(Vec::len), Some(1));
    assert_eq!(plan["start"][0]["request"]["path"], "/v1/cloudimages/made/cross_region_copy");
    let states: Vec<_> = plan["cases"].as_array().expect("cases").iter().map(|case| &case["state"]).collect();
    assert_eq!(states, ["ready", "running", "failed", "waiting"]);
    // The option counts more than the file.
    let (full, _) = planned(&["--progress", progress, "--copies-in-flight", "5"], &cases);
    assert_eq!(full["start"], json!([]));
    let text = printed(&["plan", "--format", "human", "--progress", progress, "--copies-in-flight", "5"], &cases);
    assert!(
        text.contains(
            "Ready, but as many copies run as may run at once:\n  · Replicate (copy) an image across regions  <stdin>:1\n"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "Waits for others:\n  · Replicate (copy) an image across regions  <stdin>:4\n      Replicate (copy) an image"
        ),
        "{text}"
    );
    assert!(
        text.contains("Failed:\n  ✗ Replicate (copy) an image across regions  <stdin>:3\n      again later\n"),
        "{text}"
    );
    assert!(
        text.starts_with("In progress:\n  · Replicate (copy) an image across regions  <stdin>:2\n\nReady"),
        "{text}"
    );
    assert!(text.ends_with("\n0 now, 0 later, 2 waiting, 1 in progress, 1 failed; made first: 1 finished\n"), "{text}");
    let chinese = printed(&["plan", "--format", "human", "--locale", "zh", "--progress", progress], &cases);
    assert!(chinese.starts_with("正在进行：\n  · 跨区域复制镜像  <stdin>:2\n\n现在可以提交：\n"), "{chinese}");
    assert!(chinese.contains("已失败：\n  ✗ 跨区域复制镜像  <stdin>:3\n      可稍后重新提交\n"), "{chinese}");
}

/// A full-ECS image of a backup.
fn of_backup(backup: &str) -> Value {
    json!({"operation": "ims.whole-image", "body": {"name": "n", "backup_id": backup, "whole_image_type": "CBR"},
        "facts": {"backup": {"used": false, "shared": false, "configured": true, "status": "available"}}})
}

#[test]
fn of_a_backup_one_image_is_made_and_the_other_case_says_so() {
    let cases = lines(&[of_backup("a"), of_backup("a"), of_backup("b"), copy("i", &json!({}))]);
    let after = file("after.json", r#"{"after": {"3": [1]}}"#);
    let after = ["--progress", after.to_str().expect("UTF-8")];
    let (plan, status) = planned(&after, &cases);
    assert_eq!(status, 1);
    let second = &plan["cases"][1];
    assert_eq!(json!([second["state"], second["wave"], second["waitsFor"]]), json!(["ready", null, [0]]));
    assert_eq!((&second["shares"], &second["findings"]), (&json!("backup_id"), &json!([])));
    assert_eq!(second["afterwards"]["state"], "denied");
    assert_eq!(second["afterwards"]["findings"][0]["rule"], "ims.whole-image.backup-single-use");
    assert_eq!(plan["cases"][3]["afterwards"], json!({"state": "never", "findings": []}));
    for place in [0, 2] {
        assert_eq!(
            (&plan["cases"][place]["shares"], &plan["cases"][place]["afterwards"]),
            (&Value::Null, &Value::Null)
        );
    }
    let text = printed(&[&["plan"], &after[..]].concat(), &cases);
    let (_, waits) = text.split_once("\nWaits for others:\n").expect("two wait");
    assert_eq!(
        waits,
        "  · Create a full-ECS image  <stdin>:2
      waits for <stdin>:1, which uses the same backup
      once that has ended well, it never starts: A full-ECS image has already been created from this backup.
  · Replicate (copy) an image across regions  <stdin>:4
      Create a full-ECS image  <stdin>:2
      once that has ended well, it never starts: it depends on <stdin>:2, which never starts

Presumed to be in order because not given: /facts/destinationQuota/images. With --strict, they are required.

2 now, 0 later, 2 waiting
"
    );
    let chinese = printed(&[&["plan", "--locale", "zh"], &after[..]].concat(), &cases);
    assert!(
        chinese.contains("      等待 <stdin>:1，两者使用同一备份\n      前者成功后，本用例不会提交：该备份"),
        "{chinese}"
    );
    assert!(chinese.contains("前者成功后，本用例不会提交：依赖于 <stdin>:2，而后者不会提交\n"), "{chinese}");
    assert_eq!(plan["presumed"], json!({"/facts/destinationQuota/images": [0, 1, 2, 3]}));
    // What has ended takes nothing from the other backup.
    assert_eq!(planned(&[], &lines(&[of_backup("a"), of_backup("b")])).1, 0);
    // Images of a server are made one after the other, whatever the number of copies that run.
    let server = json!({"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}});
    let (plan, status) = planned(&["--copies-in-flight", "5"], &lines(&[server.clone(), server]));
    assert_eq!((&plan["cases"][1]["wave"], &plan["cases"][1]["shares"], status), (&json!(1), &json!("instance_id"), 0));
}

#[test]
fn what_never_starts_for_another_one_names_it() {
    let cases = lines(&[
        copy("a", &json!({"encrypted": true})),
        copy("b", &json!({"iso": true})),
        copy("c", &json!({})),
        copy("d", &json!({})),
        copy("e", &json!({})),
    ]);
    let progress = file("never.json", r#"{"failed": {"0": "never", "3": "never"}, "after": {"2": [1], "4": [3]}}"#);
    let arguments = ["--progress", progress.to_str().expect("UTF-8")];
    for (locale, lines) in [
        (
            "en",
            [
                "what is made first for it has failed and is not sent again as it is",
                "it depends on <stdin>:2, which never starts",
                "it depends on <stdin>:4, which has failed and is not sent again as it is",
            ],
        ),
        (
            "zh",
            [
                "其前置步骤已失败，不能原样重新提交",
                "依赖于 <stdin>:2，而后者不会提交",
                "依赖于 <stdin>:4，而后者已失败，不能原样重新提交",
            ],
        ),
    ] {
        let text = printed(&[&["plan", "--locale", locale], &arguments[..]].concat(), &cases);
        for line in lines {
            assert!(text.contains(&format!("\n      {line}\n")), "{line}: {text}");
        }
    }
}

#[test]
fn a_case_of_terraform_is_named_by_its_address() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/examples/terraform-plan.json");
    let text = printed(&["plan", file], "");
    for expected in [
        "terraform-plan.json:6 huaweicloud_images_image_copy.dr\n",
        ":35 module.base.huaweicloud_images_image_copy.local[0]\n",
    ] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn folders_and_patterns_are_taken_as_check_takes_them() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("planned");
    std::fs::create_dir_all(&folder).expect("it can be made");
    for (name, text) in [("b.ndjson", lines(&[copy("b", &json!({}))])), ("a.json", copy("a", &json!({})).to_string())] {
        std::fs::write(folder.join(name), text).expect("it is written");
    }
    std::fs::write(folder.join("readme.md"), "# None\n").expect("it is written");
    let folder = folder.to_str().expect("UTF-8");
    let paths = |argument: &str| {
        let (plan, status) = planned(&[argument], "");
        let calls = plan["start"].as_array().expect("calls").iter();
        (calls.map(|call| call["request"]["path"].to_string()).collect::<Vec<_>>().join(" "), status)
    };
    let [a, b] = ["a", "b"].map(|image| format!("\"/v1/cloudimages/{image}/cross_region_copy\""));
    assert_eq!(paths(folder), (format!("{a} {b}"), 0), "in the order of the names");
    assert_eq!(paths(&format!("{folder}/*.ndjson")), (b, 0));
    assert!(refused(&[&format!("{folder}/*.none")], "").contains("no file has this name or matches it"));
    let output = run(&["plan", folder], b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("hold nothing to check, passed over: 1"));
}

#[test]
fn an_edition_and_strictness_are_those_of_the_plan() {
    let cases = lines(&(0..3).map(|index| copy(&format!("i{index}"), &json!({}))).collect::<Vec<_>>());
    assert_eq!(planned(&["--strict"], &cases).1, 3, "nothing is presumed");
    let of_case = cases.replacen('{', r#"{"edition": {"concurrentCopies": 1},"#, 1);
    assert_eq!(planned(&[], &cases).0["start"].as_array().map(Vec::len), Some(3));
    let (plan, _) = planned(&["--copies-in-flight", "1"], &of_case);
    assert_eq!(plan["start"][0]["cases"], json!([1]), "the first may not run beside another one");
    assert_ne!(planned(&["--edition", "international-2024-04"], &cases).0, json!(null));
}

/// What the configuration says for `check` it says for what is sent, too.
#[test]
fn the_configuration_of_a_file_counts() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plan-configured");
    std::fs::create_dir_all(folder.join("strict")).expect("it is made");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("it is written");
    // As much as the default allows from this region, and more than that edition does.
    let large = copy("i", &json!({"sizeBytes": 200 * (1_u64 << 30)}));
    let null = lines(std::slice::from_ref(&large)).replacen('{', r#"{"edition": null, "strict": null, "#, 1);
    write(
        "image-preflight.toml",
        "edition = 'international-2024-04'\n[[path]]\nglob = ['strict/*']\nedition = 'default'\nstrict = true\n",
    );
    for (file, expected) in [("large.json", 1), ("strict/large.json", 3)] {
        for text in [&large.to_string(), &null] {
            write(file, text);
            let file = folder.join(file);
            let file = file.to_str().expect("UTF-8");
            for arguments in [["plan", file], ["request", file]] {
                let status = |more: &[&str]| {
                    run(&[&arguments[..], &["--copies-in-flight", "0"], more].concat(), b"").status.code()
                };
                assert_eq!(status(&[]), Some(expected), "{arguments:?} {text}");
                assert_eq!(status(&["--no-config"]), Some(0), "{arguments:?} {text}");
                assert_eq!(status(&["--edition", "default"]), Some(if expected == 3 { 3 } else { 0 }), "{arguments:?}");
            }
        }
    }
    assert_eq!(run(&["check", folder.to_str().expect("UTF-8")], b"").status.code(), Some(1));
}

#[test]
fn facts_from_beside_fill_in_what_cases_leave_unknown() {
    let mut case = copy("i", &json!({}));
    case["facts"] = json!({});
    let image =
        file("plan-image.json", &json!({"images": [image_of_ims("i", &[]), image_of_ims("j", &[])]}).to_string());
    let image = image.to_str().expect("UTF-8");
    let text = lines(&[case]);
    assert_eq!(planned(&[], &text).1, 3);
    let (plan, status) = planned(&["--image", image, "--source-region", "cn-north-4"], &text);
    assert_eq!(
        (status, &plan["cases"][0]["source"], &plan["cases"][0]["state"]),
        (0, &json!("<stdin>:1"), &json!("ready"))
    );
}

#[test]
fn what_has_failed_for_good_is_no_success() {
    let text = lines(&[copy("i", &json!({})), copy("j", &json!({}))]);
    for (again, status) in [("now", 0), ("later", 0), ("after-fix", 1), ("never", 1)] {
        let progress =
            file(&format!("stuck-{again}.json"), &json!({"failed": {"0": again}, "finished": [1]}).to_string());
        assert_eq!(planned(&["--progress", progress.to_str().expect("UTF-8")], &text).1, status, "{again}");
    }
}

#[test]
fn what_cannot_be_planned_is_said() {
    let case = lines(&[copy("i", &json!({}))]);
    assert!(refused(&["none.json"], "").contains("cannot read none.json"));
    assert!(refused(&["--progress", "none.json"], &case).contains("cannot read none.json"));
    assert!(refused(&[], "").contains("<stdin> holds no JSON"));
    assert!(refused(&["--format", "sarif"], &case).contains("possible values: human, json"));
    assert!(refused(&["--copies-in-flight", "many"], &case).contains("--copies-in-flight"));
    for (text, expected) in [
        (r#"{"running": [1]}"#, "`running` names the case 1, and there is 1"),
        (r#"{"running": [0], "finished": [0]}"#, "the case 0 is in more than one"),
        (r#"{"after": {"0": [0]}}"#, "`after` makes the case 0 wait for 0"),
        (r#"{"prepared": {"0": "i"}}"#, "nothing is made first"),
        (r#"{"done": [0]}"#, "is no progress of a plan: there is no member `done`\n"),
        (r#"{"runing": [0]}"#, "there is no member `runing`; did you mean `running`?"),
        (r#"{"failed": {"0": "soon"}}"#, "`failed` must be an object with `now`, `later`, `after-fix` or `never`"),
        (r#"{"running": [], "running": []}"#, "`running` is given twice"),
        ("1", "is no progress of a plan: it is no JSON object"),
        ("{", "is no progress of a plan: it is no JSON (line 1, column 1)"),
    ] {
        let path = file(&format!("odd-{}.json", expected.len()), text);
        let error = refused(&["--progress", path.to_str().expect("UTF-8")], &case);
        assert!(error.contains(expected), "{text}: {error}");
    }
    let not_utf8 = run(&["plan"], b"{\"operation\": \"\xff\"}");
    assert_eq!(not_utf8.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&not_utf8.stderr).contains("<stdin>:1 is not UTF-8"));
    // What is no case cannot be judged, as `check` says, too.
    for (text, status) in [("[]\n", 0), ("1", 2), ("{", 2), ("[1, {}]", 2)] {
        let output = run(&["plan", "--format", "json"], text.as_bytes());
        assert_eq!(output.status.code(), Some(status), "{text}");
    }
}

#[test]
fn nothing_of_a_case_commands_a_terminal() {
    let mut hostile = copy("i\u{1b}[31m\u{202e}", &json!({}));
    hostile["body"]["name"] = "\u{1b}]0;x\u{7}".into();
    let case = lines(&[hostile, copy("::error::\n##[group]", &json!({}))]);
    for format in ["human", "json"] {
        let text = printed(&["plan", "--format", format], &case);
        assert!(!text.is_empty() && !text.contains(is_obeyed) && !text.contains("##["), "{text:?}");
    }
}
