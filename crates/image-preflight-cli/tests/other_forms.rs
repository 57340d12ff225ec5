//! Input of other forms than cases: what is accepted, how each format reports it, and that what cannot be read keeps nothing else
//! from being checked. What comes of each form is tested in the crate image-preflight-input.

mod common;

use common::{is_obeyed, printed, reports as plain, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Output;

const PLAN: &str = "tests/examples/terraform-plan.json";
const ALLOWED: &str = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"}}"#;
const HTTP: &str = "POST /v1/cloudimages/7ca2/copy HTTP/1.1\nX-Auth-Token: SECRET\n\n{\n  \"name\": \" n\"\n}\n";

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("it can be written");
    path
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it has a status")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn reports(output: &str) -> Vec<Value> {
    output.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A script is recognised by any of its commands, not by its first line.
#[test]
fn a_script_is_taken_whatever_it_begins_with() {
    for begin in ["", "#!/bin/bash\n", "set -e\n", "export REGION=cn-north-4\n\n", "cd images && ls\n"] {
        let script = format!("{begin}hcloud IMS CopyImageInRegion --image_id=a --name=' b'\n");
        let run = run(&["check", "--format", "concise", "--fail-on", "denied"], script.as_bytes());
        assert_eq!(status(&run), 1, "{script}{}", stderr(&run));
        let line = script.lines().count();
        let out = String::from_utf8(run.stdout).expect("UTF-8");
        assert!(out.starts_with(&format!("<stdin>:{line}:1: error[ims.in-region-copy.name] ")), "{out}");
    }
    // Cases of which the first is no JSON stay cases.
    let lines = format!("broken}}\n{ALLOWED}\n{ALLOWED}\n");
    let out = printed(&["check", "--format", "concise"], &lines);
    assert!(
        out.starts_with("<stdin>:1:1: error[case.syntax]")
            && out.ends_with("2 allowed, 0 denied, 0 undetermined, 1 invalid\n"),
        "{out}"
    );
}

#[test]
fn a_plan_is_taken_and_said_to_be() {
    let run = run(&["check", "--format", "json", PLAN], b"");
    assert_eq!((status(&run), stderr(&run).lines().count()), (1, 1));
    for word in [PLAN, "Terraform", "4", "1 other"] {
        assert!(stderr(&run).contains(word), "{}", stderr(&run));
    }
    let reports = reports(&String::from_utf8(run.stdout).expect("UTF-8"));
    let of = |index: usize, pointer: &str| reports[index].pointer(pointer).cloned().unwrap_or_default();
    let resources: Vec<_> = (0..reports.len()).map(|index| of(index, "/source/resource")).collect();
    assert_eq!(
        resources,
        [
            "huaweicloud_images_image_copy.dr",
            "module.base.huaweicloud_images_image_copy.local[0]",
            "huaweicloud_ims_ecs_whole_image.nightly",
            "huaweicloud_ims_cbr_whole_image.from_backup"
        ]
    );
    assert_eq!(
        (of(0, "/source/file"), of(0, "/source/form"), of(0, "/source/line")),
        (json!(PLAN), json!("terraform"), json!(6))
    );
    let kinds: Vec<_> =
        of(0, "/source/notes").as_array().expect("notes").iter().map(|note| note["kind"].clone()).collect();
    assert_eq!(kinds, ["project-name", "not-sent", "sent-afterwards"]);
    assert_eq!((of(1, "/verdict"), of(1, "/findings/0/attribute")), (json!("denied"), json!("name")));
    assert_eq!(of(1, "/findings/0/region"), json!({"line": 48, "column": 14, "endLine": 48, "endColumn": 30}));
    // But for the source, a report is the library's.
    let report = plain(&printed(&["check", "--format", "json", PLAN], "")).remove(2);
    let case = json!({"operation": "ims.whole-image", "unknown": ["/body/instance_id"], "body": {"name": "nightly",
        "vault_id": "aa110000-0000-4000-8000-000000000004", "image_tags": [{"key": "k", "value": "v"}]}});
    let own = image_preflight::check(&case.to_string()).to_json(image_preflight::Locale::ENGLISH);
    assert_eq!(report, serde_json::from_str::<Value>(&own).expect("JSON"));
}

#[test]
fn every_format_names_the_resource_and_the_attribute() {
    let address = "module.base.huaweicloud_images_image_copy.local[0]";
    let human = printed(&["check", "--format", "human", PLAN], "");
    let finding = human.split("ims.in-region-copy.name").nth(1).expect("the finding");
    let place = finding.lines().find(|line| line.contains("at:")).expect("a place");
    assert!(place.contains(address) && place.contains("name (/body/name)"), "{place}");
    assert!(place.contains(&format!("{PLAN}:48:14 ")), "{place}");
    assert!(human.contains(&format!("{PLAN}:35  {address}")) && human.contains("kms_key_id"), "{human}");
    let github = printed(&["check", "--format", "github", PLAN], "");
    let error = github.lines().find(|line| line.starts_with("::error")).expect("an error");
    assert!(error.contains(&format!("file={PLAN},line=48,")) && error.contains(address), "{error}");
    assert!(github.lines().any(|line| line.starts_with("::notice") && line.contains("kms_key_id")));
    let run = run(&["check", "--format", "sarif", PLAN], b"");
    let log: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let result = results.iter().find(|result| result["ruleId"] == "ims.in-region-copy.name").expect("the finding");
    let location = &result["locations"][0];
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], format!("{address}.name"));
    let region = json!({"startLine": 48, "startColumn": 14, "endLine": 48, "endColumn": 30});
    assert_eq!(location["physicalLocation"]["region"], region);
}

/// A body that stands in the file as it is sent has its own places there; what else is in the file is not shown.
#[test]
fn a_finding_in_a_body_is_where_it_is_in_the_file() {
    let human = printed(&["check", "--format", "human"], HTTP);
    assert!(human.contains("--> <stdin>:5:11") && human.contains("\"name\": \" n\""), "{human}");
    assert!(human.contains("<stdin>:1  POST /v1/cloudimages/7ca2/copy"), "{human}");
    let file = "{\n \"path\": {\"image_id\": \"a\"},\n \"body\": {\"name\": \" n\"}\n}";
    let arguments = ["check", "--format", "human", "--operation", "CopyImageInRegion"];
    let human = printed(&arguments, file);
    assert!(human.contains("--> <stdin>:3:19"), "{human}");
}

/// Read as KooCLI's file, it would lose its facts, and be allowed.
#[test]
fn a_case_whose_operation_is_missing_or_misspelt_is_invalid() {
    let rest = r#""path":{"image_id":"a"},"body":{"name":"n"},"edition":"china-2022-12""#;
    for begin in ["", r#""operaton":"ims.in-region-copy","#] {
        let case = format!("{{{begin}{rest},\"strict\":true}}");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("misspelt");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("case.json"), &case).expect("it can be written");
        for input in [case.clone(), format!("[{case}]"), format!("{case}\n{case}\n"), case.replace(',', ",\n")] {
            let output = run(&["check", "--format", "json"], input.as_bytes());
            let out = String::from_utf8(output.stdout.clone()).expect("UTF-8");
            assert_eq!((status(&output), stderr(&output)), (2, String::new()), "{input}");
            assert!(reports(&out).iter().all(|report| report["verdict"] == "invalid"), "{out}");
            let asked = printed(&["check", "--format", "json", "--input", "case"], &input);
            assert_eq!(out, asked, "{input}");
        }
        // In a folder, too, it is not passed over.
        let out = printed(&["check", "--format", "json", &folder.to_string_lossy()], "");
        assert_eq!(reports(&out).len(), 1, "{out}");
    }
    let output = run(&["check"], br#"{"path":{"image_id":"a"},"body":{"name":"n"}}"#);
    assert!(stderr(&output).contains("KooCLI"), "{}", stderr(&output));
}

#[test]
fn each_form_is_recognised_and_can_be_forced() {
    for (form, text) in [
        ("koocli", "# a comment\nhcloud IMS CopyImageInRegion --image_id=a --name=' n'"),
        (
            "jdc",
            "jdc vm copy-images --region-id cn-north-1 --destination-region cn-north-1 --source-image-ids '[\"i\"]'",
        ),
        ("http", HTTP),
        ("curl", "curl https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy -d '{\"name\": \" n\"}'"),
        ("sdk", "CopyImageInRegionRequest {'image_id': 'a', 'body': {'name': ' n'}}"),
        ("sdk", "{'image_id': 'a',\n 'body': {'name': ' n'}}"),
        (
            "terraform",
            "{\"format_version\":\"1.2\",\"resource_changes\":[{\"type\":\"huaweicloud_ims_cbr_whole_image\",\"change\":\
            {\"actions\":[\"create\"],\"after\":{\"name\":\" n\",\"backup_id\":\"b\"}}}]}",
        ),
    ] {
        let plain = run(&["check", "--format", "json"], text.as_bytes());
        assert_eq!(status(&plain), 1, "{text}: {}", stderr(&plain));
        let report = &reports(std::str::from_utf8(&plain.stdout).expect("UTF-8"))[0];
        assert_eq!((&report["verdict"], &report["source"]["form"]), (&json!("denied"), &json!(form)), "{text}");
        let forced = run(&["check", "--format", "json", "--input", form], text.as_bytes());
        assert_eq!((&forced.stdout, stderr(&forced)), (&plain.stdout, stderr(&plain)), "{text}");
    }
    // As cases, they are no JSON.
    assert_eq!(status(&run(&["check", "--input", "case"], HTTP.as_bytes())), 2);
    assert_eq!(status(&run(&["check", "--input", "terraform"], ALLOWED.as_bytes())), 2);
    let unknown = run(&["check", "--input", "yaml"], b"");
    assert!(status(&unknown) == 2 && stderr(&unknown).contains("terraform"), "{}", stderr(&unknown));
}

#[test]
fn what_is_no_form_is_answered_with_the_forms_and_hcl_with_a_command() {
    let none = run(&["check", "--format", "json"], b"Dear Sir");
    assert_eq!(status(&none), 2);
    for word in ["terraform show -json", "hcloud", "jdc", "curl", "HTTP", "NDJSON"] {
        assert!(stderr(&none).contains(word), "{}", stderr(&none));
    }
    let hcl = run(&["check"], b"resource \"huaweicloud_images_image_copy\" \"c\" {\n}\n");
    assert!(status(&hcl) == 2 && stderr(&hcl).contains("terraform show -json"), "{}", stderr(&hcl));
    let binary = run(&["check"], b"PK\x03\x04\xff\xff");
    assert!(status(&binary) == 2 && stderr(&binary).contains("terraform show -json"), "{}", stderr(&binary));
    // A line that is no JSON is no reason to look further where lines of cases are meant.
    let lines = file("lines.ndjson", b"hcloud IMS CopyImageInRegion\n");
    let lines = run(&["check", "--format", "json", &lines.to_string_lossy()], b"");
    assert_eq!((status(&lines), stderr(&lines).as_str()), (2, ""));
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked() {
    let plan = file("version.json", br#"{"format_version": "2.0", "resource_changes": []}"#);
    let cut = file("cut.http", b"POST /v1/cloudimages/a/copy\n\n{\"name\": \"n");
    let shell = file("open.sh", b"hcloud IMS CopyImageInRegion --name='n");
    let good = file("good.json", ALLOWED.as_bytes());
    let [plan, cut, shell, good] = [plan, cut, shell, good].map(|path| path.to_string_lossy().into_owned());
    let run = run(&["check", "--format", "json", &good, "no-such-file", &plan, &cut, &shell, &good], b"");
    assert_eq!(status(&run), 2);
    assert_eq!(reports(std::str::from_utf8(&run.stdout).expect("UTF-8")).len(), 2);
    let said = stderr(&run);
    for name in ["no-such-file", "version.json", "cut.http", "open.sh"] {
        assert_eq!(said.lines().filter(|line| line.starts_with("error") && line.contains(name)).count(), 1, "{said}");
    }
}

/// Beside a command that is allowed, one that was not checked is no success, and one of another service is no failure.
#[test]
fn a_command_that_was_not_checked_is_no_success() {
    let right = "hcloud IMS CreateWholeImage --name=n --instance_id=i --vault_id=v\n";
    let url = "https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy";
    for (command, expected, word) in [
        ("true".to_owned(), 0, ""),
        ("echo hcloud IMS CopyImageInRegion --image_id=a".to_owned(), 0, ""),
        ("apt install curl && which hcloud".to_owned(), 0, ""),
        (
            "curl -sX POST https://iam.example/v3/auth/tokens -d @token.json".to_owned(),
            0,
            "POST /v3/auth/tokens is none",
        ),
        (format!("curl -sX POST {url} -d '{{\"name\": \" n\"}}'"), 1, "2 requests"),
        (format!("sudo -u x curl -sSLXPOST {url} -kd '{{\"name\": \" n\"}}'"), 1, "2 requests"),
        (
            "timeout 30 hcloud --cli-profile=p IMS CopyImageInRegion --image_id=a --name=' n'".to_owned(),
            1,
            "2 requests",
        ),
        ("xargs hcloud IMS CopyImageInRegion --image_id".to_owned(), 2, "line 2: xargs runs hcloud"),
        ("hcloud IMS $NAME --image_id=a".to_owned(), 2, "line 2: $NAME has a variable"),
        (format!("curl {} -d '{{}}'", url.replace("v1", "v2")), 2, "POST /v2/cloudimages/a/copy is in no version"),
        (format!("curl {url} --data-urlencode name=n"), 2, "line 2: --data-urlencode does not send"),
        (
            "hcloud IMS CreateWholeImage --image_tags='[1]' --image_tags.1=ok.x".to_owned(),
            2,
            "--image_tags.1 is given twice",
        ),
    ] {
        let run = run(&["check", "--format", "json"], format!("{right}{command}\n").as_bytes());
        assert_eq!(status(&run), expected, "{command}: {}", stderr(&run));
        assert!(stderr(&run).contains(word), "{command}: {}", stderr(&run));
    }
}

/// What a plan does not have, or what cannot be read of it, has not been checked, whatever comes of the rest.
#[test]
fn what_is_not_checked_of_a_plan_is_no_success() {
    let whole = json!({"address": "huaweicloud_ims_ecs_whole_image.w", "mode": "managed", "type": "huaweicloud_ims_ecs_whole_image",
        "change": {"actions": ["create"], "after": {"name": "n", "instance_id": "i", "vault_id": "v"}}});
    let resource = json!({"address": "huaweicloud_images_image_copy.late", "type": "huaweicloud_images_image_copy",
        "change": {"actions": ["create"], "after": {}}});
    let plan = |more: &str| format!("{{\"format_version\":\"1.2\",\"resource_changes\":[{whole}{more}");
    let deep = "[".repeat(200) + &"]".repeat(200);
    let deep = resource.to_string().replace("\"after\":{}", &format!("\"after\":{{\"name\":{deep}}}"));
    let late = json!([{"reason": "provider_config_unknown", "resource_change": resource}]);
    let right = run(&["check", "--format", "json"], plan("]}").as_bytes());
    assert_eq!(status(&right), 0, "{}", stderr(&right));
    for (text, word) in [
        (plan("],\"errored\":true}"), "ended with an error"),
        (plan(&format!("],\"deferred_changes\":{late}}}")), "huaweicloud_images_image_copy.late is deferred"),
        (plan(&format!(",{deep}]}}")), "huaweicloud_images_image_copy.late cannot be read"),
    ] {
        let run = run(&["check", "--format", "json"], text.as_bytes());
        assert_eq!(status(&run), 2, "{word}: {}", stderr(&run));
        let reports = reports(std::str::from_utf8(&run.stdout).expect("UTF-8"));
        assert!(reports.len() == 1 && reports[0]["verdict"] == "allowed", "{reports:?}");
        let said = stderr(&run);
        assert!(
            said.lines().any(|line| line.starts_with("error: cannot check <stdin>: ") && line.contains(word)),
            "{said}"
        );
    }
    let resource =
        json!({"address": "a.b", "mode": "managed", "type": "huaweicloud_images_image_copy", "values": {"name": 0}});
    let state = json!({"format_version": "1.0", "values": {"root_module": {"resources": [resource]}}});
    let state = state.to_string().replace("\"name\":0", &format!("\"name\":{}", "[".repeat(200) + &"]".repeat(200)));
    let run = run(&["check"], state.as_bytes());
    assert!(status(&run) == 2 && stderr(&run).contains("a.b cannot be read"), "{}", stderr(&run));
}

/// What `terraform plan -json` prints is no case with mistakes, whatever the file is called.
#[test]
fn the_log_of_a_plan_is_answered_with_the_command() {
    let log = "{\"@level\":\"info\",\"@message\":\"Terraform 1.9.8\",\"@module\":\"terraform.ui\",\"type\":\"version\"}\n\
               {\"@level\":\"info\",\"@message\":\"m\",\"type\":\"planned_change\"}\n";
    let files = ["log.json", "log.ndjson", "log.jsonl", "log.txt"].map(|name| file(name, log.as_bytes()));
    for path in ["-".to_owned()].into_iter().chain(files.map(|path| path.to_string_lossy().into_owned())) {
        let run = run(&["check", "--format", "json", &path], log.as_bytes());
        assert_eq!((status(&run), run.stdout.as_slice()), (2, &b""[..]), "{path}: {}", stderr(&run));
        assert!(stderr(&run).contains("terraform show -json plan.bin"), "{path}: {}", stderr(&run));
    }
}

#[test]
fn files_of_windows_are_read() {
    let case = ALLOWED.replace("\"n\"", "\" 中\"");
    let expected = printed(&["check", "--format", "json"], &case);
    let marked = [b"\xef\xbb\xbf", case.as_bytes()].concat();
    let lines = [marked.clone(), b"\r\n".to_vec(), ALLOWED.as_bytes().to_vec()].concat();
    let units =
        |order: fn(u16) -> [u8; 2]| format!("\u{feff}{case}\r\n").encode_utf16().flat_map(order).collect::<Vec<u8>>();
    for bytes in [marked, units(u16::to_le_bytes), units(u16::to_be_bytes)] {
        let run = run(&["check", "--format", "json"], &bytes);
        assert_eq!((status(&run), String::from_utf8(run.stdout.clone()).as_deref()), (1, Ok(expected.as_str())));
        assert_eq!(stderr(&run).lines().count(), 1, "{}", stderr(&run));
    }
    assert_eq!(printed(&["check", "--format", "json"], &String::from_utf8(lines).expect("UTF-8")).lines().count(), 2);
    // A plan that PowerShell has written.
    let plan =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(PLAN)).expect("the plan");
    let units: Vec<u8> = format!("\u{feff}{plan}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        reports(&String::from_utf8(run(&["check", "--format", "json"], &units).stdout).expect("UTF-8")).len(),
        4
    );
    assert_eq!(status(&run(&["check"], b"\xff\xfe\x00\xd8{\0")), 2);
}

#[test]
fn facts_beside_a_plan_fill_in_what_it_leaves_open() {
    let facts = [
        "--copies-in-flight",
        "0",
        "--fact",
        "image.encrypted=false",
        "--fact",
        "image.fullEcs=false",
        "--fact",
        "backup.used=false",
    ];
    let given = printed(&[&["check", "--format", "json", PLAN][..], &facts].concat(), "");
    let verdicts: Vec<_> = reports(&given).iter().map(|report| report["verdict"].clone()).collect();
    assert_eq!(verdicts, ["allowed", "denied", "allowed", "allowed"]);
    // Cases name their operation.
    assert_eq!(status(&run(&["check", "--operation", "ims.whole-image"], ALLOWED.as_bytes())), 2);
}

/// As `cat` of several files makes it.
#[test]
fn cases_may_stand_one_after_another() {
    let pretty = ALLOWED.replace(',', ",\n  ");
    let denied = pretty.replace("\"n\"", "\" n\"");
    let expected = printed(
        &["check", "--format", "json"],
        &format!("{ALLOWED}\n{}\n{ALLOWED}", ALLOWED.replace("\"n\"", "\" n\"")),
    );
    let concatenated = printed(&["check", "--format", "json"], &format!("{pretty}\n{denied}{pretty}\n"));
    assert_eq!(plain(&concatenated), plain(&expected));
    let human = printed(&["check", "--format", "human"], &format!("{pretty}\n\n {denied}"));
    assert!(human.contains("<stdin>:7:18"), "{human}");
    // One that does not end is one error, and what is before it is checked.
    let broken = run(&["check", "--format", "json"], format!("{pretty}\n{{").as_bytes());
    assert_eq!((status(&broken), reports(std::str::from_utf8(&broken.stdout).expect("UTF-8")).len()), (2, 2));
}

/// As `jq -cj` writes them; and arrays one after another.
#[test]
fn cases_may_stand_one_after_another_on_one_line() {
    let denied = ALLOWED.replace("\"n\"", "\" n\"");
    let verdicts = |input: &str| {
        let out = printed(&["check", "--format", "json"], input);
        let of = |report: &Value| report["verdict"].as_str().unwrap_or_default().to_owned();
        reports(&out).iter().map(of).collect::<Vec<_>>().join(" ")
    };
    for (text, expected) in [
        (format!("{ALLOWED}{denied}"), "allowed denied"),
        (format!("{ALLOWED} {denied}\t{ALLOWED}\n"), "allowed denied allowed"),
        (format!("{ALLOWED}{denied}\n{ALLOWED}\n\n{denied} {ALLOWED}"), "allowed denied allowed denied allowed"),
        (format!("[{ALLOWED},{denied}][{ALLOWED}]"), "allowed denied allowed"),
        (format!("[{ALLOWED}]\n[\n{denied}\n,{ALLOWED}]"), "allowed denied allowed"),
        (format!("[{ALLOWED}]{denied}\n"), "allowed denied"),
        (format!("{denied}[{ALLOWED}]"), "denied allowed"),
        // One error for what is broken; the next line is read.
        (format!("{ALLOWED}{{\"a\"}}{denied}\n{denied}{ALLOWED}\n"), "allowed invalid denied allowed"),
        (format!("{ALLOWED} and {denied}"), "invalid"),
        (format!("{ALLOWED}}}\n{denied}"), "invalid denied"),
    ] {
        assert_eq!(verdicts(&text), expected, "{text}");
    }
    let concise = printed(&["check", "--format", "concise"], &format!("{ALLOWED}\n{ALLOWED} {denied}{{"));
    let column = ALLOWED.len() + 2;
    let name = column + denied.find("\" n\"").expect("it is there");
    assert!(concise.starts_with(&format!("<stdin>:2:{name}: error[ims.whole-image.name] ")), "{concise}");
    let broken = format!("\n<stdin>:2:{}: error[case.syntax] ", column + denied.len() + 1);
    assert!(concise.contains(&broken) && concise.matches("case.syntax").count() == 1, "{concise}");
    // A fix is put where the case is in the line.
    let path = file("one-line.json", format!("{ALLOWED}{denied}").as_bytes());
    assert_eq!(status(&run(&["check", "--fix", &path.to_string_lossy()], b"")), 0);
    assert_eq!(std::fs::read_to_string(path).expect("it is there"), format!("{ALLOWED}{ALLOWED}"));
}

/// Cases in the forms that there have always been are read as ever.
#[test]
fn cases_are_what_they_were() {
    let denied = ALLOWED.replace("\"n\"", "\" n\"");
    for text in [
        format!("{ALLOWED}\n{denied}\n"),
        format!("\n\n[{ALLOWED},\n{denied}]"),
        format!("{ALLOWED}\n\"x\n{denied}\n"),
        "{\"body\":{}}\n{\"body\":{}}\n".to_owned(),
        "{\"image_id\":\"a\",\"body\":{}}\n{\"operation\":1}\n".to_owned(),
        "{\n\"operation\": \"ims.whole-image\"".to_owned(),
    ] {
        let plain = run(&["check", "--format", "json"], text.as_bytes());
        let forced = run(&["check", "--format", "json", "--input", "case"], text.as_bytes());
        assert_eq!(
            (plain.stdout, plain.status.code(), plain.stderr),
            (forced.stdout, forced.status.code(), forced.stderr),
            "{text}"
        );
    }
}

/// What a plan has in it is hostile text like any other, and what is sensitive is not shown.
#[test]
fn nothing_of_a_plan_is_obeyed_and_no_secret_is_shown() {
    let odd = "x\u{1b}[31m\u{202e}\n::error::y ##[group]z";
    let resource = |name: &str, after: Value, sensitive: Value| {
        json!({"address": format!("{name}.{odd}"), "mode": "managed", "type": name,
            "change": {"actions": ["create"], "after": after, "after_sensitive": sensitive}})
    };
    let copy =
        json!({"name": odd, "source_image_id": odd, "target_region": odd, "agency_name": "hunter2", "region": odd});
    let plan = json!({"format_version": "1.2", "variables": {"v": {"value": "hunter2"}}, "resource_changes": [
        resource("huaweicloud_images_image_copy", copy, json!({"agency_name": true})),
        resource("huaweicloud_ims_cbr_whole_image", json!({"name": "hunter2", "backup_id": odd}), json!({"name": true}))
    ]})
    .to_string();
    for text in [plan.clone(), plan.replace("\"1.2\"", "\"\u{202e}9\\u001b[31m\"")] {
        for format in ["human", "concise", "json", "sarif", "github", "gitlab", "junit"] {
            let run = run(&["check", "--format", format], text.as_bytes());
            let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), stderr(&run));
            assert!(!said.contains("hunter2"), "{format}: {said}");
            let obeyed = said.chars().find(|c| is_obeyed(*c));
            assert_eq!(obeyed, None, "{format}: {said}");
            assert!(!said.contains("##["), "{format}: {said}");
            let own = |line: &str| format == "github" && line.starts_with("::");
            assert!(said.lines().all(|line| own(line) || !line.trim_start().starts_with("::")), "{format}: {said}");
        }
    }
    let http = printed(&["check", "--format", "human"], HTTP);
    assert!(!http.contains("SECRET"), "{http}");
}
