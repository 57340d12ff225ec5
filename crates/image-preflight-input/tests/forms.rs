//! The forms other than Terraform's: what is taken of each, what comes of it, and what is refused.

mod common;

use common::{as_form, json, judged, kinds, only, refused, translated, with_operation};
use image_preflight::{Locale, Verdict};
use image_preflight_input::{Form, Options, translate_with};
use proptest::prelude::*;
use serde_json::{Value, json};

const CASE: &str = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"}}"#;

#[test]
fn cases_are_handed_on_as_they_are() {
    let (inner, swallowed) = (format!("[{CASE}]"), format!("{{\"a\"}}{CASE}"));
    let (followed, closed) = (format!("{CASE} x"), format!("{CASE}]"));
    let twice = r#"{ "operation":"ims.whole-image", "body":{"name":"a","name":"b", "max_ram": 1e400} }"#;
    for (text, expected) in [
        (CASE.to_owned(), vec![CASE]),
        (twice.to_owned(), vec![twice]),
        (format!(" [{CASE} ,\n{twice}]"), vec![CASE, twice]),
        (format!("{CASE}\n{twice}\n"), vec![CASE, twice]),
        (format!("{CASE}{twice}"), vec![CASE, twice]),
        (format!("{CASE}\n{{\"operation\"\n"), vec![CASE, "{\"operation\""]),
        ("{\"operation\":\n".to_owned(), vec!["{\"operation\":\n"]),
        ("[]".to_owned(), vec![]),
        (format!("{CASE}{CASE} {twice}\n{CASE}{twice}\n"), vec![CASE, CASE, twice, CASE, twice]),
        (format!("[{CASE},{twice}][] [{CASE}]\n{twice}"), vec![CASE, twice, "[]", CASE, twice]),
        (format!("[[{CASE}],1,\"a\"]{{}}"), vec![&inner, "1", "\"a\"", "{}"]),
        // What is broken is one case, and swallows nothing but the rest of its line.
        (format!("{CASE}{{\"a\"}}{CASE}\n{CASE}{twice}\n"), vec![CASE, &swallowed, CASE, twice]),
        (format!("{CASE}{CASE}{{"), vec![CASE, CASE, "{"]),
        (format!("{CASE} x"), vec![&followed]),
        (format!("[{CASE}]{CASE}]"), vec![CASE, &closed]),
    ] {
        let translation = translated(&text);
        assert_eq!(translation.form, Form::Case, "{text}");
        let cases: Vec<_> = translation.cases.iter().map(|case| case.text.as_ref()).collect();
        assert_eq!(cases, expected, "{text}");
        for case in &translation.cases {
            assert!(text[case.origin.start..].starts_with(case.text.as_ref()), "{text}");
        }
    }
}

const COPIED: &str = r#"{"name": "n", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a"}"#;

#[test]
fn a_command_of_koocli_is_a_case() {
    let case = only(
        "# copies the base\n$ hcloud IMS CopyImageCrossRegion --cli-region=\"cn-north-4\" \\\n  --image_id=7ca2 --name='web base' \\\n  \
         --region=cn-south-1 --project_name cn-south-1 --agency_name=a --cli-access-key=SECRET --dryrun",
    );
    assert_eq!(
        case,
        json!({
            "operation": "CopyImageCrossRegion", "path": {"image_id": "7ca2"},
            "body": {"name": "web base", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a"},
            "facts": {"sourceRegion": "cn-north-4"}
        })
    );
    // Numbers and lists are what the API takes; a text of digits stays a text.
    let case = only(
        "hcloud ims CreateWholeImage --cli-region=cn-north-4 --name=12 --instance_id=i --vault_id=v --max_ram=4096 \
         --image_tags.1.key=k --image_tags.1.value=1 --image_tags.2.key=l",
    );
    assert_eq!(
        case["body"],
        json!({"name": "12", "instance_id": "i", "vault_id": "v", "max_ram": 4096,
            "image_tags": [{"key": "k", "value": "1"}, {"key": "l"}]})
    );
    assert_eq!(case["facts"], Value::Null);
    let tags = translated("hcloud IMS CreateWholeImage --name=n --image_tags.1.key=k --image_tags.1.value=a,b");
    let attribute = |pointer| tags.cases[0].origin.attribute(pointer);
    assert_eq!(attribute("/body/image_tags/0/value"), Some("--image_tags.1.value"));
    assert_eq!(attribute("/body/image_tags"), Some("--image_tags"));
    let case = only("hcloud IMS CopyImageInRegionInSafeMode --region=cn-east-3 --image_id=a --name=b --project_id=p");
    assert_eq!(case["operation"], "CopyImageInRegionInSafeMode");
    // The region is the tool's own here, and the operation never reads it.
    assert_eq!((&case["facts"], &case["body"]), (&Value::Null, &json!({"name": "b"})));
    // A field that the operation does not know is the core's matter.
    let translation = translated("hcloud IMS CopyImageInRegion --image_id=a --nmae=b");
    assert_eq!(judged(&translation.cases[0]), (Verdict::Denied, vec!["name"]));
    assert_eq!(translation.cases[0].origin.attribute("/body/nmae"), Some("--nmae"));
}

#[test]
fn what_a_shell_puts_in_is_not_known_yet() {
    let translation = translated("hcloud IMS CopyImageInRegion --cli-region=$R --image_id=$ID --name=\"n-$(date)\"");
    let case = &translation.cases[0];
    assert_eq!(json(case)["unknown"], json!(["/path/image_id", "/body/name"]));
    assert_eq!((&json(case)["facts"], kinds(case)), (&Value::Null, vec!["shell-variable"; 2]));
    assert_eq!(judged(case).0, Verdict::Undetermined);
    // The variable's name is no value of the field, so that nothing is said of one.
    assert_eq!((&json(case)["path"]["image_id"], &json(case)["body"]["name"]), (&Value::Null, &Value::Null));
    let report = image_preflight::check(&case.text);
    assert!(report.findings().iter().all(|found| found.rule().id != "case.unknown"), "{}", case.text);
    let text = "curl -XPOST \"https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/$ID/copy\" -d \"{\\\"name\\\": \\\"$N\\\"}\"";
    let translation = translated(text);
    let case = &translation.cases[0];
    assert_eq!(json(case)["unknown"], json!(["/path/image_id", "/body/name"]));
    assert_eq!((&json(case)["path"]["image_id"], &json(case)["body"]["name"]), (&Value::Null, &Value::Null));
    // Nothing is said of what was put in here, and what stands beside it stays as it is, repeated keys too.
    for (body, expected) in [
        ("{\"name\": \"$N\", \"description\":  \"d\"}", "{\"name\": null, \"description\":  \"d\"}"),
        (
            "{\"name\": \"n-$N\", \"tags\": [\"a$B\"], \"name\": \"x\"}",
            "{\"name\": null, \"tags\": null, \"name\": null}",
        ),
        (
            "{\"cmk_id\": \"c\", \"x/y\": {\"z\": \"${Z}\"}, \"name\": \"$(n)\"}",
            "{\"cmk_id\": \"c\", \"x/y\": null, \"name\": null}",
        ),
    ] {
        let url = "https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy";
        let text = format!("curl {url} -d \"{}\"", body.replace('"', "\\\""));
        let translation = translated(&text);
        let case = &translation.cases[0];
        assert!(case.text.contains(expected), "{}", case.text);
        let report = image_preflight::check(&case.text);
        assert!(report.findings().iter().all(|found| found.rule().id != "case.unknown"), "{}", case.text);
    }
    // An object of jdc is no file because there is a variable in it.
    let text = "jdc vm copy-images --region-id cn-north-1 --input-json \"{\\\"sourceImageIds\\\": [\\\"$ID\\\"], \\\"destinationRegion\\\": \\\"cn-east-2\\\"}\"";
    let translation = translated(text);
    let case = &translation.cases[0];
    assert_eq!((json(case)["unknown"].clone(), kinds(case)), (json!(["/body/sourceImageIds"]), vec!["shell-variable"]));
    assert_eq!(json(case)["body"], json!({"sourceImageIds": null, "destinationRegion": "cn-east-2"}));
    assert_eq!(refused("jdc vm copy-images --input-json \"$JSON\"").kind, "json");
    // A field that the operation does not have is told, and not as a mistake in a list that nobody wrote.
    let url = "https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy";
    for text in [
        "hcloud IMS CopyImageInRegion --image_id=a --name=$N --nmae=$X".to_owned(),
        format!("curl {url} -d \"{{\\\"name\\\": \\\"$N\\\", \\\"nmae\\\": \\\"$X\\\"}}\""),
    ] {
        let translation = translated(&text);
        let report = image_preflight::check(&translation.cases[0].text);
        let kinds: Vec<_> = report.findings().iter().filter_map(|found| found.rule().id.rsplit('.').next()).collect();
        assert!(kinds.contains(&"unknown-field") && !kinds.contains(&"unknown"), "{kinds:?} {text}");
        assert_eq!(json(&translation.cases[0])["unknown"], json!(["/body/name"]));
    }
    let literal = "curl https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy -d '{\"name\": \"$N\"}'";
    assert_eq!(only(literal).get("unknown"), None);
}

/// Wherever a script runs a command, it is checked: one that is passed over in silence would be taken for right.
#[test]
fn a_command_is_found_wherever_a_script_runs_it() {
    let command = "hcloud IMS CopyImageInRegion --image_id=a --name=b";
    for script in [
        format!("JOB=$({command})"),
        format!("JOB=\"$({command} | jq -r .job_id)\""),
        format!("echo \"$(date) $(time {command})\""),
        format!("if true; then {command}; fi"),
        format!("if ! {command}; then exit 1; fi"),
        format!("for id in 1 2; do {command}; done"),
        format!("while {command}; do sleep 1; done"),
        format!("({command})"),
        format!("true; {{ {command}; }}"),
        format!("f() {{ {command}; }}"),
        format!("true && {command} || exit 1"),
        command.replace("CopyImageInRegion", "CopyImageInRegion/v1"),
    ] {
        for before in ["", "hcloud IMS CopyImageInRegion --image_id=c --name=d\n"] {
            let script = format!("{before}{script}\n");
            let translation = translated(&script);
            let found: Vec<_> = translation.cases.iter().map(|case| json(case)["path"]["image_id"].clone()).collect();
            let expected: Vec<_> = [json!("c"), json!("a")].into_iter().skip(usize::from(before.is_empty())).collect();
            assert_eq!(found, expected, "{script}");
            let last = translation.cases.last().expect("a case").origin.start;
            assert!(script[last..].trim_start().contains("IMS"), "{script}");
        }
    }
    // However deep, it ends.
    let deep = format!("{}{}", "$(".repeat(5000), ")".repeat(5000));
    assert!(translate_with(&format!("{command}\n{deep}"), Options::default()).is_ok());
}

/// What runs a program is no reason to pass its command over, and neither are options before its words.
#[test]
fn a_command_is_read_behind_what_runs_it() {
    let command = "hcloud IMS CopyImageInRegion --image_id=a --name=b";
    for script in [
        format!("env A=1 B=2 {command}"),
        format!("env -i -u HOME A=1 {command}"),
        format!("A=1 sudo -u x -E {command}"),
        format!("sudo -nu x -- {command}"),
        format!("sudo --user x B=1 {command}"),
        format!("timeout 30 {command}"),
        format!("timeout -k 5 --signal=KILL 30s {command}"),
        format!("nice -n 5 {command}"),
        format!("nice -5 ionice -c2 -n 0 {command}"),
        format!("/usr/bin/time -f %e {command}"),
        format!("time -p nohup {command} &"),
        format!("exec -a x {command}"),
        format!("command {command}"),
        format!("stdbuf -oL setsid {command}"),
        format!("flock -w 5 /tmp/lock {command}"),
        format!("sudo env A=1 timeout 5 {command}"),
        format!("function f {{ {command}; }}"),
        format!("bash -c \"{command}\""),
        format!("bash -euo pipefail -c '{command}'"),
        format!("sudo sh -xc 'set -e; {command} | jq .'"),
        format!("env A=1 bash -c 'true && bash -c \"{command}\"'"),
        format!("eval \"{command}\""),
        format!("eval {command}"),
        format!("JOB=`{command}`"),
        format!("JOB=\"`{command} | jq -r .job_id`\""),
        format!("D=`date`\n{command}"),
        format!("true; echo \"`date` `{command}`\""),
        "JOB=`hcloud IMS CopyImageInRegion \\\n  --image_id=a --name=b`".to_owned(),
        "hcloud --cli-profile=p IMS CopyImageInRegion --image_id=a --name=b".to_owned(),
        "hcloud --cli-profile p --debug ims --cli-region=x CopyImageInRegion --image_id=a --name=b".to_owned(),
        "hcloud IMS --debug CopyImageInRegion --image_id=a --name=b".to_owned(),
        "hcloud IMS --image_id a --name b CopyImageInRegion/v1".to_owned(),
    ] {
        for before in ["", "hcloud IMS CopyImageInRegion --image_id=c --name=d\n"] {
            let script = format!("{before}{script}\n");
            let translation = translated(&script);
            let case = json(translation.cases.last().expect("a case"));
            assert_eq!(translation.cases.len(), 1 + usize::from(!before.is_empty()), "{script}");
            assert_eq!((&case["path"]["image_id"], &case["body"]["name"]), (&json!("a"), &json!("b")), "{script}");
            assert_eq!((translation.others, translation.notes.len()), (0, 0), "{script}");
        }
    }
    // What the outer shell puts in is no value either.
    for script in [
        "bash -c \"hcloud IMS CopyImageInRegion --image_id=a --name=$(date)\"",
        "bash -c \"hcloud IMS CopyImageInRegion --image_id=a --name=$N\"",
        "bash -c 'hcloud IMS CopyImageInRegion --image_id=a --name=$1' x y",
        "hcloud IMS CopyImageInRegion --image_id=a --name=`date`",
    ] {
        let case = only(script);
        assert_eq!((&case["unknown"], &case["body"]["name"]), (&json!(["/body/name"]), &Value::Null), "{script}");
    }
    assert_eq!(only("jdc --profile p vm copy-images --region-id cn-north-1")["path"]["regionId"], "cn-north-1");
}

/// A command of ours that is run in a way that is not read has not been checked.
#[test]
fn a_command_that_is_not_read_is_told() {
    let right = "hcloud IMS CopyImageInRegion --image_id=c --name=d\n";
    let url = "https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy";
    for (command, kind) in [
        ("cat ids | xargs -I {} hcloud IMS CopyImageInRegion --image_id={} --name=b".to_owned(), "command-in-command"),
        ("ssh host 'hcloud IMS CopyImageInRegion --image_id=a --name=b'".to_owned(), "command-in-command"),
        ("ssh host hcloud IMS CopyImageInRegion --image_id=a --name=b".to_owned(), "command-in-command"),
        ("docker run --rm hcloud:1 hcloud IMS CopyImageInRegion --image_id=a".to_owned(), "command-in-command"),
        ("su -c 'hcloud IMS CopyImageInRegion --image_id=a' x".to_owned(), "command-in-command"),
        ("bash retry.sh hcloud IMS CopyImageInRegion --image_id=a".to_owned(), "command-in-command"),
        ("retry 3 hcloud IMS CopyImageInRegion --image_id=a --name=b".to_owned(), "command-in-command"),
        ("sudo -Z 1 hcloud IMS CopyImageInRegion --image_id=a".to_owned(), "command-in-command"),
        ("env -S 'hcloud IMS CopyImageInRegion --image_id=a'".to_owned(), "command-in-command"),
        ("trap 'hcloud IMS CopyImageInRegoin --image_id=a' EXIT".to_owned(), "command-in-command"),
        ("bash -c \"hcloud IMS CopyImageInRegion --name='a\"".to_owned(), "command-in-command"),
        ("$HC IMS CopyImageInRegion --image_id=a --name=b".to_owned(), "command-in-command"),
        (format!("parallel curl -X POST {url} -d ::: a b"), "command-in-command"),
        ("watch jdc vm copy-images --region-id x".to_owned(), "command-in-command"),
        ("hcloud \"$@\"".to_owned(), "command-variable"),
        ("hcloud IMS $NAME --image_id=a".to_owned(), "command-variable"),
        ("hcloud --cli-region=x IMS \"${NAME}\"".to_owned(), "command-variable"),
        ("hcloud IMS Copy${WHERE} --image_id=a".to_owned(), "command-variable"),
        ("jdc vm $NAME --region-id x".to_owned(), "command-variable"),
        ("bash -c 'hcloud IMS CopyImageInRegoin --image_id=a'".to_owned(), "near-command"),
    ] {
        let script = format!("{right}\n{command}\n");
        let translation = translated(&script);
        let notes: Vec<_> = translation.notes.iter().map(|note| (note.kind, note.line, note.is_unread)).collect();
        assert_eq!((translation.cases.len(), notes), (1, vec![(kind, Some(3), true)]), "{command}");
    }
    // By itself, too.
    assert_eq!(refused("xargs hcloud IMS CopyImageInRegion --image_id").kind, "command-in-command");
    for command in [
        "echo hcloud IMS CopyImageInRegion --image_id=a",
        "echo 'hcloud IMS CopyImageInRegion --image_id=a'",
        "printf '%s' \"hcloud IMS CopyImageInRegion\"",
        "which hcloud",
        "command -v hcloud IMS CopyImageInRegion",
        "sudo which curl",
        "type curl jdc hcloud",
        "# hcloud IMS CopyImageInRegion --image_id=a",
        "apt install curl",
        "sudo apt-get install -y curl jq",
        "apt-get install curl -y",
        "apk add --no-cache curl jq && rm -f hcloud",
        "docker run curlimages/curl curl https://example.com",
        "docker pull hcloud",
        "tar xf hcloud.tar.gz hcloud",
        "chmod +x ./hcloud",
        "[ -x hcloud ] || exit 1",
        "for tool in hcloud jdc curl; do true; done",
        "xargs -n1 curl -O",
        "xargs hcloud IMS ListImages",
        "$HC ECS ListServers",
        "$RUN --fast",
        "bash -c 'echo \"hcloud IMS CopyImageInRegion\"'",
    ] {
        let script = format!("{right}{command}\n");
        let translation = translated(&script);
        assert_eq!((translation.cases.len(), translation.others, &translation.notes), (1, 0, &vec![]), "{command}");
    }
    // A text for people is no script because it names a command.
    let text = "# Copies\n\nUse `hcloud IMS CopyImageInRegion --image_id=a` to copy, or retry hcloud IMS CopyImageInRegion --name=b.\n";
    assert_eq!((refused(text).kind, Form::of(text)), ("not-recognized", None));
    let script = format!("{right}echo `hcloud IMS CopyImageInRegion --image_id=a --name=b`\n");
    assert_eq!(translated(&script).cases.len(), 2);
    // However deep, it ends, and what is not looked at is told.
    let deep =
        (0..20).fold("hcloud IMS CopyImageInRegion --image_id=a".to_owned(), |inner, _| format!("eval eval {inner}"));
    assert_eq!(refused(&deep).kind, "command-in-command");
    let many = format!("{right}{}\n", "x hcloud IMS jdc vm curl a ".repeat(20_000));
    assert_eq!(translated(&many).cases.len(), 1);
}

/// What was meant to be one of ours is not passed over; what is another operation is.
#[test]
fn a_command_that_is_nearly_one_of_ours_is_told() {
    let right = "hcloud IMS CopyImageInRegion --image_id=c --name=d\n";
    for (command, kind, words) in [
        ("hcloud IMS CopyImageCrosRegion --image_id=a", "near-command", "did you mean CopyImageCrossRegion?"),
        ("hcloud ims copyimageinregoin/v1 --image_id=a", "near-command", "did you mean CopyImageInRegion?"),
        ("jdc vm copy-image --region-id cn-north-1", "near-command", "did you mean copy-images?"),
        ("hcloud IMS CopyImageInRegion --image_id=a --name=b --name=c", "repeated-option", "--name is given twice"),
        ("hcloud IMS CopyImageInRegion --image_id a --name b --name=b", "repeated-option", "--name is given twice"),
        (
            "hcloud IMS CreateWholeImage --image_tags='[\"a<b\"]' --image_tags.1=ok.x",
            "repeated-option",
            "--image_tags.1 is given twice",
        ),
        (
            "hcloud IMS CreateWholeImage --image_tags.1.key=k --image_tags=null",
            "repeated-option",
            "--image_tags is given twice",
        ),
        (
            "hcloud IMS CreateWholeImage --image_tags=null --image_tags.1=k",
            "repeated-option",
            "--image_tags.1 is given",
        ),
        (
            "hcloud IMS CreateWholeImage --image_tags.1=a --image_tags.01=b",
            "repeated-option",
            "--image_tags.01 is given",
        ),
        ("hcloud IMS CreateWholeImage --image_tags.1=a --image_tags.key=b", "repeated-option", "--image_tags.key is"),
        (
            "hcloud IMS CreateWholeImage --image_tags.1=$A --image_tags.1.key=b",
            "repeated-option",
            "--image_tags.1.key is",
        ),
        ("hcloud IMS CopyImageInRegion --name=b --name.=c", "repeated-option", "--name. is given twice"),
        ("hcloud IMS CopyImageInRegion --image_id=a --image_id.x=b", "repeated-option", "--image_id.x is given twice"),
        ("jdc vm copy-images --destination-region a --destinationRegion b", "repeated-option", "--destinationRegion"),
        ("jdc vm copy-images --destination-region a --destination-region b", "repeated-option", "--destination-region"),
    ] {
        let refused = translate_with(command, Options::default()).expect_err(command);
        assert_eq!(refused.kind, kind, "{command}");
        let text = refused.text(Locale::ENGLISH);
        assert!(text.starts_with("line 1: ") && text.contains(words), "{text}");
        assert!(refused.text(Locale::CHINESE).starts_with("第 1 行："), "{command}");
        // Beside one that is right, it is told all the same.
        let script = format!("set -e\n{right}{command}\n");
        let translation = translated(&script);
        let notes: Vec<_> = translation.notes.iter().map(|note| (note.kind, note.line, note.is_unread)).collect();
        assert_eq!((translation.cases.len(), notes), (1, vec![(kind, Some(3), true)]), "{command}");
    }
    for name in [
        "ListImages",
        "CreateImage",
        "CreateDataImage",
        "ExportImage",
        "UpdateImage",
        "BatchAddMembers",
        "ListOsVersions",
        "RegisterImage",
        "ShowJob",
        "ShowImageQuota",
        "ImportImageQuick",
        "AddImageTag",
        "GlanceCreateImageMetadata",
    ] {
        let script = format!("{right}hcloud IMS {name} --id=a --id=b\n");
        let translation = translated(&script);
        assert_eq!((translation.cases.len(), translation.others, translation.notes.len()), (1, 1, 0), "{name}");
    }
    // What goes elsewhere, and a file that is checked by itself, does not keep a script from passing.
    let script = format!("{right}curl https://example.com\nhcloud IMS CopyImageInRegion --cli-jsonInput=f.json\n");
    assert!(translated(&script).notes.iter().all(|note| !note.is_unread));
}

#[test]
fn a_script_has_several_commands() {
    let script = "#!/bin/sh\nset -e\nhcloud IMS ListImages --cli-region=x\nhcloud IMS CopyImageInRegion --image_id=a --name=b\n\
                  jdc vm copy-images --region-id cn-north-1 --destination-region cn-east-2 --source-image-ids '[\"i\"]'\n\
                  hcloud IMS CopyImageInRegion --cli-jsonInput=f.json && curl https://example.com\n";
    let translation = translated(script);
    let operations: Vec<_> = translation.cases.iter().map(|case| json(case)["operation"].clone()).collect();
    assert_eq!((operations, translation.others), (vec![json!("CopyImageInRegion"), json!("jd.copy-images")], 1));
    assert_eq!(translation.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["koocli-file", "address"]);
    assert!(script[translation.cases[1].origin.start..].starts_with("jdc"));
}

#[test]
fn the_file_of_koocli_is_a_request() {
    let file = format!(
        r#"{{"header": {{"X-Auth-Token": "SECRET"}}, "path": {{"image_id": "7ca2"}}, "query": {{}}, "body": {COPIED}}}"#
    );
    let translation = with_operation(&file, "CopyImageCrossRegion");
    let case = &translation.cases[0];
    assert_eq!((translation.form, kinds(case)), (Form::KooCli, vec![]));
    let verbatim = case.origin.verbatim.clone().expect("the body as it is");
    assert_eq!(&file[verbatim.source.clone()], COPIED);
    assert!(case.text[verbatim.start..].starts_with(COPIED) && !case.text.contains("SECRET"));
    // What the fields tell is told; what they do not has to be given.
    assert_eq!(
        (&only(&file)["operation"], kinds(&translated(&file).cases[0])),
        (&json!("ims.cross-region-copy"), vec!["inferred-operation"])
    );
    let other = refused(r#"{"path": {"image_id": "a"}, "body": {"nmae": "n"}}"#);
    assert_eq!(other.kind, "operation");
    assert!(
        other.text(Locale::ENGLISH).contains("--operation")
            && other.text(Locale::ENGLISH).contains("CopyImageInRegion")
    );
}

/// What another member states would be lost, and the verdict with it.
#[test]
fn an_object_with_any_other_member_is_a_case() {
    let image = r#""facts":{"image":{"encrypted":true}}"#;
    let file = r#""path":{"image_id":"a"},"body":{"name":"n"}"#;
    let of_sdk = r#""image_id":"a","body":{"name":"n"}"#;
    let of_jd = r#""regionId":"cn-north-1","sourceImageIds":["i"],"destinationRegion":"cn-east-2""#;
    for other in [
        image,
        r#""operaton":"ims.in-region-copy""#,
        r#""Operation":"ims.in-region-copy""#,
        r#""edition":"default""#,
        r#""unknown":["/body/name"]"#,
        r#""strict":true"#,
        r#""ignore":[]"#,
        r#""$schema":"s""#,
        r#""note":"n""#,
    ] {
        let mut texts =
            vec![format!("{{{file},{other}}}"), format!("{{{other},{file}}}"), format!("{{{of_sdk},{other}}}")];
        // An object of jdc is flat: what else it has is a field of the request, if no case has a member of the name.
        if !["operaton", "Operation", "note"].iter().any(|name| other.contains(name)) {
            texts.push(format!("{{{of_jd},{other}}}"));
        }
        for text in texts {
            for text in [text.clone(), format!("[{text}]"), format!("{text}\n{text}\n")] {
                let translation = translated(&text);
                assert_eq!(translation.form, Form::Case, "{text}");
                for case in &translation.cases {
                    let report = image_preflight::check(&case.text);
                    assert_eq!(report.verdict(), Verdict::Invalid, "{text}");
                    assert!(report.findings().iter().any(|found| found.rule().id == "case.operation"), "{text}");
                }
            }
        }
    }
    for (text, form) in [
        (format!("{{{file}}}"), Form::KooCli),
        (format!("{{{file},\"query\":{{}},\"header\":{{}},\"formData\":{{}},\"cookie\":{{}}}}"), Form::KooCli),
        (format!("{{{of_sdk},\"project_id\":null}}"), Form::Sdk),
        (format!("{{{of_jd},\"nmae\":\"n\"}}"), Form::Jdc),
    ] {
        assert_eq!(translated(&text).form, form, "{text}");
    }
    // The tool ignores it, and so does who says that it is for the tool.
    let forced = format!("{{{file},{image}}}");
    assert_eq!(json(&as_form(&forced, Form::KooCli).expect("a file").cases[0]).get("facts"), None);
}

#[test]
fn a_command_of_jdc_and_its_object_are_cases() {
    let expected = json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
        "body": {"sourceImageIds": ["i", "j"], "destinationRegion": "cn-east-2"}});
    let object = r#"{"regionId": "cn-north-1", "sourceImageIds": ["i", "j"], "destinationRegion": "cn-east-2"}"#;
    for text in [
        format!("jdc vm copy-images --input-json '{object}'"),
        "jdc vm copy-images --region-id cn-north-1 --source-image-ids '[\"i\", \"j\"]' --destination-region cn-east-2"
            .to_owned(),
        format!(
            "jdc --profile p vm copy-images --headers '{{\"x-jdcloud-security-token\":\"SECRET\"}}' --region-id=x --input-json '{object}'"
        ),
    ] {
        assert_eq!(only(&text), expected, "{text}");
    }
    // The object itself repeats the region of the address, as the SDK sends it.
    let case = only(object);
    assert_eq!((&case["path"], &case["body"]["regionId"]), (&expected["path"], &json!("cn-north-1")));
    assert_eq!(judged(&translated(object).cases[0]).0, Verdict::Undetermined);
    // As Python prints the SDK's parameters.
    let python = "{'regionId': 'cn-north-1', 'sourceImageIds': ['i'], 'destinationRegion': 'cn-east-2', 'name': None, 'description': None}";
    assert_eq!(judged(&translated(python).cases[0]).0, Verdict::Undetermined);
    // Without a region, it is that of the profile.
    let translation = translated("jdc vm copy-images --source-image-ids '[\"i\"]' --destination-region cn-east-2");
    assert_eq!(
        (json(&translation.cases[0])["unknown"].clone(), kinds(&translation.cases[0])),
        (json!(["/path/regionId"]), vec!["region-of-profile"])
    );
    assert_eq!(judged(&translation.cases[0]).0, Verdict::Undetermined);
    assert_eq!(refused("jdc vm copy-images --input-json file:///x.json").kind, "jdc-file");
    assert_eq!(refused("jdc vm copy-images --input-json '{\"a\"'").kind, "json");
    assert_eq!(translated("jdc vm describe-images").others, 1);
}

#[test]
fn an_http_request_is_a_case() {
    let full = format!(
        "POST https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/7ca2/cross_region_copy HTTP/1.1\r\nX-Auth-Token: SECRET\r\n\
         Content-Type: application/json\r\n\r\n{COPIED}\r\n"
    );
    let bare =
        format!("POST /v1/cloudimages/7ca2/cross_region_copy\nHost: ims.cn-north-4.myhuaweicloud.com\n\n{COPIED}");
    let close =
        format!("POST https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/7ca2/cross_region_copy\n{COPIED}");
    for text in [&full, &bare, &close] {
        let translation = translated(text);
        let case = &translation.cases[0];
        assert_eq!(json(case)["path"], json!({"image_id": "7ca2"}), "{text}");
        assert_eq!(
            (&json(case)["facts"], json(case)["operation"].as_str()),
            (&json!({"sourceRegion": "cn-north-4"}), Some("CopyImageCrossRegion"))
        );
        let verbatim = case.origin.verbatim.clone().expect("the body as it is");
        assert_eq!(&text[verbatim.source], COPIED);
        assert!(!case.text.contains("SECRET") && judged(case).0 == Verdict::Undetermined);
    }
    let jd = "POST /v1/regions/cn-north-1/images%3AcopyImages\n\n{\"sourceImageIds\": [\"i\"], \"destinationRegion\": \"cn-east-2\"}";
    assert_eq!((&only(jd)["operation"], &only(jd)["path"]), (&json!("copyImages"), &json!({"regionId": "cn-north-1"})));
    // A placeholder of a document is a value that is not known yet.
    let example = "POST https://{Endpoint}/v1/cloudimages/{image_id}/copy\n\n{\"name\": \"n\"}";
    assert_eq!((&only(example)["unknown"], &only(example)["facts"]), (&json!(["/path/image_id"]), &Value::Null));
    assert_eq!(only("POST /v1/cloudimages/a/copy")["body"], json!({}));
    // A repeated key is told by the core, and so must reach it.
    assert_eq!(
        judged(&translated("POST /v1/cloudimages/a/copy\n\n{\"name\": \"n\", \"name\": \"m\"}").cases[0]).1,
        ["duplicate-field"]
    );
    // As the document prints its example: the body on the line of the address.
    let document = "POST https://{Endpoint}/v1/cloudimages/465076de-dc36-4aec-80f5-ef9d8009428f/copy { \"name\": \"ims_encrypted_copy3\", \
                    \"description\": \"test copy\" }";
    let expected = json!({"operation": "CopyImageInRegion", "path": {"image_id": "465076de-dc36-4aec-80f5-ef9d8009428f"},
        "body": {"name": "ims_encrypted_copy3", "description": "test copy"}});
    for text in [
        document.to_owned(),
        document.replace("copy {", "copy HTTP/1.1 {"),
        document.replace("copy {", "copy\t{\n"),
        document.replace("copy {", "copy\n{"),
        document.replace("copy {", "copy HTTP/1.1\n{"),
        document.replace("copy {", "copy HTTP/1.1\r\nX-Auth-Token: SECRET\r\n{"),
        format!("\n{}\n\n", document.replace(", \"desc", ",\n\n  \"desc")),
    ] {
        let case = only(&text);
        assert_eq!(case, expected, "{text}");
        let verbatim = translated(&text).cases[0].origin.verbatim.clone().expect("the body as it is");
        assert!(text[verbatim.source].starts_with('{'), "{text}");
    }
    let of_jd = "POST\n/v1/regions/cn-north-1/images:copyImages\n{\n\"sourceImageIds\" : [\"img-m5s0****29\"],\n\"destinationRegion\": \"cn-east-2\"\n}";
    assert_eq!(
        only(of_jd),
        json!({"operation": "copyImages", "path": {"regionId": "cn-north-1"},
            "body": {"sourceImageIds": ["img-m5s0****29"], "destinationRegion": "cn-east-2"}})
    );
    let placeholder = "POST https://{Endpoint}/v1/cloudimages/{image_id}/copy {\"name\": \"n\"}";
    assert_eq!(
        (&only(placeholder)["unknown"], &only(placeholder)["body"]),
        (&json!(["/path/image_id"]), &json!({"name": "n"}))
    );
    for (text, kind) in [
        ("POST /v1/cloudimages/a/copy {\"name\": \"n", "body"),
        ("POST /v1/cloudimages/a/copy {\"name\": \"n\"} {}", "body"),
        ("POST /v1/cloudimages/a/copy\n\n{\"name\": \"n", "body"),
        ("POST /v1/cloudimages/a/copy\n\n[1]", "body"),
        ("GET /v1/cloudimages/a/copy", "address"),
        ("POST /v2/cloudimages/tags\n\n{}", "address"),
    ] {
        assert_eq!(refused(text).kind, kind, "{text}");
    }
    for address in ["/v2/tags?a=b", "https://ims.cn-north-4.myhuaweicloud.com/v2/tags"] {
        let sentence = refused(&format!("POST {address}\n\n{{}}")).text(Locale::ENGLISH);
        assert!(sentence.starts_with("POST /v2/tags is none of"), "{sentence}");
    }
}

#[test]
fn a_command_of_curl_is_a_case() {
    let address = "https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/7ca2/copy";
    for text in [
        format!(
            "curl -X POST {address} -H 'X-Auth-Token: SECRET' -H 'Content-Type: application/json' -d '{{\"name\": \"n\"}}'"
        ),
        format!("curl -sS -XPOST --url {address} --header 'X-Auth-Token: SECRET' --data-raw '{{\"name\": \"n\"}}'"),
        format!(
            "curl --silent --request POST \\\n  '{address}' \\\n  --json='{{\"name\": \"n\"}}' -o out.json -u user:SECRET"
        ),
        format!("curl -k -so out.json --max-time 5 -d'{{\"name\": \"n\"}}' {address} | jq ."),
    ] {
        let case = only(&text);
        assert_eq!(case["body"], json!({"name": "n"}), "{text}");
        assert_eq!((&case["path"], &case["facts"]), (&json!({"image_id": "7ca2"}), &Value::Null));
        assert!(!case.to_string().contains("SECRET"));
    }
    assert_eq!(refused(&format!("curl {address} -d @body.json")).kind, "curl-file");
    // As it is, an at sign begins no name of a file.
    assert_eq!(refused(&format!("curl {address} --data-raw @body.json")).kind, "body");
    assert_eq!(refused(&format!("curl {address}")).kind, "address");
    assert_eq!(refused("curl -X POST").kind, "curl");
    assert_eq!(refused(&format!("curl {address} -d '{{\"name\"")).kind, "shell-quote");
    assert_eq!(refused(&format!("curl {address} -d 'name=n'")).kind, "body");
}

/// Letters in one word are options each, and the first that takes a value takes the rest of the word or the next word.
#[test]
fn short_options_of_curl_may_stand_in_one_word() {
    let url = "https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/7ca2/copy";
    let body = "'{\"name\": \"n\"}'";
    let right = "hcloud IMS CopyImageInRegion --image_id=c --name=d\n";
    for command in [
        format!("curl -sX POST {url} -d {body}"),
        format!("curl -sSLXPOST {url} -d {body}"),
        format!("curl -kH 'X-Auth-Token: SECRET' {url} -d {body}"),
        format!("curl {url} -sd {body}"),
        format!("curl {url} -sd{body}"),
        format!("curl -sSLo out.json -XPOST {url} -d {body}"),
        format!("curl -Zsw '%{{http_code}}' {url} -d {body}"),
        format!("curl --tlsv1.2 -X POST --progress-bar {url} -d {body}"),
        format!("curl --retry-all-errors --no-keepalive {url} -d {body}"),
        format!("curl -X POST -d {body} -- {url}"),
        format!("curl -d '{{\"name\": \"n\"' --json '}}' {url}"),
    ] {
        let script = format!("{right}{command}\n");
        let translation = translated(&script);
        assert_eq!((translation.cases.len(), translation.others, translation.notes.len()), (2, 0, 0), "{command}");
        let case = json(&translation.cases[1]);
        assert_eq!((&case["path"]["image_id"], &case["body"]), (&json!("7ca2"), &json!({"name": "n"})), "{command}");
        assert!(!case.to_string().contains("SECRET"));
    }
    // What sends another request than ours is said to, by its method.
    for (options, method) in [
        ("-G -d name=n", "GET"),
        ("--get -sd n", "GET"),
        ("-I", "HEAD"),
        ("--head", "HEAD"),
        ("-sI", "HEAD"),
        ("", "GET"),
    ] {
        let refused = refused(&format!("curl {options} {url}"));
        let sentence = refused.text(Locale::ENGLISH);
        assert_eq!(refused.kind, "address", "{options}");
        assert!(sentence.contains(&format!("{method} /v1/cloudimages/7ca2/copy is none of")), "{sentence}");
    }
    // With -G, the body is in the address.
    assert_eq!(only(&format!("curl -G -X POST {url} -d {body}"))["body"], json!({}));
    assert_eq!(only(&format!("curl {url} -d ''"))["body"], json!({}));
    // What is not read of a request of ours is told, beside a right one too; what goes elsewhere keeps nothing from passing.
    for (command, kind) in [
        (format!("curl -X POST {url} -F name=n"), "curl-body"),
        (format!("curl -X POST {url} --data-urlencode name=n"), "curl-body"),
        (format!("curl {url} -sd@body.json"), "curl-file"),
        (format!("curl -K options.txt -X POST {url}"), "curl-config"),
        ("curl -K options.txt".to_owned(), "curl-config"),
        (format!("curl -X POST {url} {url} -d {body}"), "curl-several"),
        (format!("curl https://example.com -: {url} -d {body}"), "curl-several"),
        (format!("curl https://example.com --next -X POST {url} -d {body}"), "curl-several"),
        (format!("curl -X $METHOD {url} -d {body}"), "curl-variable"),
        (format!("curl \"$URL\" -d {body}"), "curl-variable"),
        (format!("curl \"https://$HOST/v1/cloudimages/${{ID}}/${{ACTION}}\" -d {body}"), "curl-variable"),
        (format!("curl \"$IMAGE/copy\" -d {body}"), "curl-variable"),
        (format!("curl {url} -d name=n -d description=d"), "body"),
        ("curl -sS".to_owned(), "curl"),
    ] {
        let script = format!("{right}{command}\n");
        let notes: Vec<_> =
            translated(&script).notes.iter().map(|note| (note.kind, note.line, note.is_unread)).collect();
        assert_eq!(notes, [(kind, Some(2), true)], "{command}");
    }
    let secret = refused("curl \"https://u:SECRET@$HOST/$X?t=SECRET\" -d x");
    assert!(secret.kind == "curl-variable" && !secret.text(Locale::ENGLISH).contains("SECRET"), "{secret}");
    for command in [
        "curl -sX POST https://iam.myhuaweicloud.com/v3/auth/tokens -d @token.json",
        "curl -X POST \"https://$IAM/v3/auth/tokens\" -F a=b",
        "curl -X POST \"$IAM/tokens?$QUERY\" -d a=b",
        "curl -sSL \"$URL\" -o tool.tar.gz",
        "curl --progress-bar https://a.example https://b.example",
    ] {
        let script = format!("{right}{command}\n");
        let notes: Vec<_> = translated(&script).notes.iter().map(|note| (note.kind, note.is_unread)).collect();
        assert_eq!(notes, [("address", false)], "{command}");
    }
    for command in ["curl --version", "curl -V", "curl -h all"] {
        let script = format!("{right}{command}\n");
        assert_eq!((translated(&script).notes.len(), translated(&script).others), (0, 1), "{command}");
    }
}

/// An address with a version that the API does not have was meant to be one of ours, and is none.
#[test]
fn a_version_that_the_api_does_not_have_is_told() {
    let right = "curl https://ims.cn-north-4.myhuaweicloud.com/v2.1/cloudimages/a/copy -d '{\"name\": \"n\"}'";
    assert_eq!(only(right)["operation"], "CopyImageInRegion");
    for (path, known) in [
        ("/v2/cloudimages/a/copy", "POST /v1/cloudimages/{image_id}/copy, POST /v2.1/cloudimages/{image_id}/copy"),
        ("/v2.1/cloudimages/a/cross_region_copy", "POST /v1/cloudimages/{image_id}/cross_region_copy"),
        ("/v2/cloudimages/wholeimages/action", "POST /v1/cloudimages/wholeimages/action"),
        ("/v2/regions/cn-north-1/images:copyImages", "POST /v1/regions/{regionId}/images:copyImages"),
    ] {
        let refused = refused(&format!("POST {path}\n\n{{}}"));
        let expected = format!("POST {path} is in no version of the API; this request is {known}");
        assert_eq!((refused.kind, refused.text(Locale::ENGLISH)), ("address-version", expected));
        let script = format!("{right}\ncurl https://h{path} -d '{{\"name\": \"n\"}}'");
        let translation = translated(&script);
        assert_eq!(translation.cases.len(), 1, "{path}");
        assert!(translation.notes[0].is_unread && translation.notes[0].kind == "address-version", "{path}");
    }
    assert_eq!(refused("GET /v2/cloudimages/a/copy").kind, "address");
}

/// Printed by the official Python SDK (huaweicloudsdkims 3.1.219), and as a program has it.
#[test]
fn a_printed_request_is_a_case() {
    let body = json!({"agency_name": "ims_copy_image", "name": "it's 中文 \"q\"", "project_name": "cn-south-1", "region": "cn-south-1"});
    let json_text = r#"{"image_id": "7ca2f6b1", "body": {"agency_name": "ims_copy_image", "name": "it's 中文 \"q\"", "project_name": "cn-south-1", "region": "cn-south-1"}}"#;
    let dictionary = r#"{'image_id': '7ca2f6b1', 'body': {'agency_name': 'ims_copy_image', 'description': None, 'name': 'it\'s 中文 "q"', 'project_name': 'cn-south-1', 'region': 'cn-south-1', 'vault_id': None}}"#;
    for text in [
        format!("CopyImageCrossRegionRequest {json_text}"),
        format!("<class 'huaweicloudsdkims.v2.model.CopyImageCrossRegionRequest'>\n{json_text}\n"),
        format!("CopyImageCrossRegionRequest({json_text})"),
        format!("CopyImageCrossRegionRequest: {dictionary}"),
        "request = CopyImageCrossRegionRequest(image_id=\"7ca2f6b1\", body=CopyImageCrossRegionRequestBody(\n    agency_name='ims_copy_image', \
         name='it\\'s 中文 \"q\"', project_name=\"cn-south-1\", region=\"cn-south-1\"))"
            .to_owned(),
    ] {
        let mut case = only(&text);
        for name in ["description", "vault_id"] {
            assert!(case["body"].as_object_mut().expect("a body").remove(name).is_none_or(|value| value.is_null()));
        }
        assert_eq!(case, json!({"operation": "CopyImageCrossRegion", "path": {"image_id": "7ca2f6b1"}, "body": body}), "{text}");
        assert_eq!(translated(&text).form, Form::Sdk);
    }
    // Without its class, by the option or by the fields.
    assert_eq!(json(&with_operation(json_text, "CopyImageInRegion").cases[0])["operation"], "CopyImageInRegion");
    assert_eq!(only(dictionary)["operation"], "ims.cross-region-copy");
    let with_none = "{'image_id': 'a', 'project_id': None, 'body': {'name': 'n'}}";
    assert_eq!(
        (&only(with_none)["operation"], &only(with_none)["path"]),
        (&json!("ims.in-region-copy"), &json!({"image_id": "a"}))
    );
    let whole = r#"{"body": {"image_tags": [{"key": "k", "value": "v"}], "name": "n", "backup_id": "b", "whole_image_type": "CBR", "max_ram": 4}}"#;
    assert_eq!(
        (&only(whole)["operation"], judged(&translated(whole).cases[0]).0),
        (&json!("ims.whole-image"), Verdict::Undetermined)
    );
    for text in [
        "CopyImageCrossRegionRequest",
        "CopyImageCrossRegionRequest {'image_id': ",
        "CopyImageInRegionRequest(image_id=x)",
    ] {
        assert_eq!(refused(text).kind, "sdk", "{text}");
    }
}

#[test]
fn what_is_of_no_form_is_answered_with_the_forms() {
    for text in
        ["", " \n", "Dear Sir", "\u{0}", "<html>", "name: n\nregion: x", "\"text\"", "7", "hcloud", "curl", "POST"]
    {
        let refused = refused(text);
        assert_eq!(refused.kind, "not-recognized", "{text}");
        let said = refused.text(Locale::ENGLISH);
        for form in
            ["terraform show -json", "hcloud IMS", "jdc vm", "curl", "HTTP", "CopyImageCrossRegionRequest", "NDJSON"]
        {
            assert!(said.contains(form), "{said}");
        }
    }
}

#[test]
fn a_form_can_be_forced() {
    for form in Form::ALL {
        assert_eq!(Form::from_name(form.name()), Some(form));
        assert!(!form.title().text(Locale::CHINESE).is_empty());
    }
    assert_eq!(as_form(CASE, Form::Case).expect("a case").cases.len(), 1);
    for form in [Form::Terraform, Form::Http, Form::Curl, Form::Sdk, Form::Hcl] {
        assert!(as_form(CASE, form).is_err(), "{form:?}");
    }
    // A case is a file that KooCLI takes.
    assert_eq!(
        json(&as_form(CASE, Form::KooCli).expect("a file").cases[0]),
        json!(serde_json::from_str::<Value>(CASE).expect("JSON"))
    );
    let request = r#"{"image_id": "a", "body": {"name": "n"}}"#;
    let options = Options { form: Some(Form::Sdk), operation: Some("CopyImageInRegion") };
    assert_eq!(translate_with(request, options).expect("a request").cases.len(), 1);
}

/// What a command line prints while it streams has to be told by its first line.
#[test]
fn a_first_line_says_whether_the_rest_has_to_be_seen() {
    for line in [
        "{",
        "{\"format_version\":\"1.2\",\"resource_changes\":[]}",
        "hcloud IMS X",
        "\"C:\\hcloud.exe\" IMS X",
        "set -e",
        "# comment",
        "// comment",
        "/* comment",
        "$ curl x",
        "POST /v1/x",
        "resource \"a\" \"b\" {",
        "{'image_id': 'a'}",
        "CopyImageInRegionRequest(",
        "{\"path\":{},\"body\":{}}",
    ] {
        assert!(Form::may_begin(line), "{line}");
    }
    for line in [CASE, "[", "", "  ", "\"x", "-1", "7", "{\"operation\":1}", "{\"a\":1}", "{\"operation\":}"] {
        assert!(!Form::may_begin(line), "{line}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Any text, and any text that begins as a form does, in every form: no panic, and cases that are JSON.
    #[test]
    fn no_text_is_too_odd(begin in 0..BEGINS.len(), text in ".{0,60}", cut in 0_usize..200) {
        let whole = format!("{}{text}", BEGINS[begin]);
        let mut end = cut.min(whole.len());
        while !whole.is_char_boundary(end) {
            end -= 1;
        }
        for text in [&whole[..end], &whole, &text] {
            let _ = Form::may_begin(text);
            for form in Form::ALL.into_iter().map(Some).chain([None]) {
                let options = Options { form, operation: Some("CopyImageInRegion") };
                let Ok(translation) = translate_with(text, options) else { continue };
                let _ = (translation.summary(Locale::ENGLISH), translation.summary(Locale::CHINESE));
                for case in &translation.cases {
                    prop_assert!(text.get(case.origin.start..).is_some());
                    if translation.form != Form::Case {
                        prop_assert!(serde_json::from_str::<Value>(&case.text).is_ok_and(|case| case.is_object()), "{}", case.text);
                    }
                    let _ = image_preflight::check(&case.text);
                }
            }
        }
    }

    /// A case comes out as it went in, however it is written and whatever is around it.
    #[test]
    fn a_case_comes_out_as_it_went_in(name in ".{0,20}", space in "[ \n\t]{0,4}", count in 1_usize..4) {
        let case = json!({"operation": "ims.whole-image", "body": {"name": name}}).to_string();
        let lines = format!("{space}{case}{space}\n").repeat(count);
        let array = format!("{space}[{}]{space}", vec![case.as_str(); count].join(","));
        for text in [lines, array] {
            let translation = translated(&text);
            prop_assert_eq!(translation.cases.len(), count);
            prop_assert!(translation.cases.iter().all(|it| it.text == case.as_str()));
        }
    }

    /// What KooCLI is given in quotes arrives as it was meant.
    #[test]
    fn a_quoted_value_arrives_as_it_was_meant(name in "[^\u{0}]{0,30}") {
        let quoted = shlex::try_quote(&name).expect("no NUL");
        let case = only(&format!("hcloud IMS CopyImageInRegion --image_id=a --name {quoted} --description=d"));
        // A value that looks like an option is one, as for the tool itself.
        if !name.starts_with("--") {
            prop_assert_eq!(&case["body"]["name"], &json!(name));
        }
    }
}

const BEGINS: [&str; 14] = [
    "{\"format_version\":\"1.2\",\"resource_changes\":[{\"type\":\"huaweicloud_images_image_copy\",\"change\":{\"actions\":[\"create\"],\"after\":{\"name\":",
    "hcloud IMS CopyImageInRegion --image_id=a --name=",
    "jdc vm copy-images --input-json '",
    "POST /v1/cloudimages/a/copy\n\n{\"name\":",
    "curl -d '{\"name\":\"n\"}' https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/a/copy ",
    "CopyImageInRegionRequest(image_id='a', body={'name': ",
    "{'image_id': 'a', 'body': {'name': '",
    "resource \"a\" \"b\" {",
    "{\"path\":{\"image_id\":\"a\"},\"body\":{\"name\":",
    "{\"operation\":",
    "sudo -u x env A=1 bash -c 'hcloud IMS CopyImageInRegion --image_id=a --name=",
    "JOB=`hcloud --cli-profile p IMS CopyImageInRegion --image_tags.1.key=a --image_tags=",
    "$HC IMS CopyImageInRegion --image_id=a\nxargs curl -sX POST \"$URL/copy\" -d \"{\\\"name\\\": \\\"$N",
    "{\"@level\":\"info\",\"@message\":\"m\"}\n{\"@level\":",
];
