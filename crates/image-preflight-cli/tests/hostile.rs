//! A hostile name in a request has no effect in any output: it does not move the cursor, reverse the writing direction, create a link or
//! end a workflow command; and no more of the request is shown than the finding needs.

mod common;

use common::{is_obeyed, printed};
use serde_json::{Value, json};

/// A hostile text for every text field and fact.
const NAMES: [&str; 9] = [
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{9b}31m\u{8}\u{7f}",
    "\u{202e}gnp.exe\u{2066}",
    "a\r\n::error file=x::owned\n::set-output name=a::b",
    "[click here](https://evil.example) ![x](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "{field} {actual} {0} %s %n `rm -rf`",
    "\u{feff}\u{200b}\u{2028}\u{2029}zero",
    "' OR 1=1 -- \" \\",
];

/// Cases with the name in each place where a text is allowed, and one in which it is an unknown key.
fn cases(name: &str) -> Vec<Value> {
    let body = |field: &str| {
        let mut body = json!({"name": "n", "region": "cn-south-1", "project_name": "p", "agency_name": "a"});
        body[field] = name.into();
        json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": body})
    };
    let mut cases: Vec<_> = ["name", "description", "region", "project_name", "vault_id", name].map(body).into();
    cases.push(json!({"operation": name}));
    cases.push(json!({"operation": "ims.in-region-copy", "path": {"image_id": name}, "body": {"name": "n"}}));
    cases.push(json!({"operation": "jd.copy-images", "path": {"regionId": name}, "edition": name, "body": {
        "sourceImageIds": [name, name], "destinationRegion": name}, "facts": {"images": {name: {"status": name, name: 1}}}}));
    cases.push(json!({"operation": "ims.whole-image", "facts": {"sourceRegion": name, "image": {"visibility": name},
        "imageObject": {"__imagetype": name, "status": name, "__image_size": name}}, "body": {
        "name": "n", "instance_id": "i", "vault_id": "v", "tags": [name], "image_tags": [{"key": name, "value": name, name: 1}]}}));
    cases.push(json!({name: name}));
    cases
}

fn checked(text: &str, arguments: &[&str]) -> String {
    printed(&[&["check"], arguments].concat(), text)
}

#[test]
fn a_terminal_shows_it_and_does_not_obey_it() {
    for name in NAMES {
        for case in cases(name) {
            // As few escapes as JSON allows, so that the quoted line of the input contains it, too.
            for locale in ["en", "zh-CN"] {
                let out = checked(&case.to_string(), &["--format", "human", "--locale", locale]);
                let obeyed = out.chars().find(|c| is_obeyed(*c));
                assert_eq!(obeyed, None, "{out:?}");
            }
        }
    }
}

#[test]
fn a_workflow_gets_commands_of_ours_only() {
    for name in NAMES {
        for case in cases(name) {
            let out = checked(&case.to_string(), &["--format", "github"]);
            for line in out.lines() {
                let command = ["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command));
                assert!(command && line.contains("title=") && !line.contains('\r'), "{line:?}");
                let title = line.split("::").nth(1).expect("a command").split("title=").nth(1).expect("a title");
                let is_ours = ["ims.", "jd.", "case.", "presumed"].iter().any(|own| title.starts_with(own));
                assert!(is_ours, "{line:?}");
            }
        }
    }
}

#[test]
fn sarif_makes_no_link_of_it() {
    for name in NAMES {
        for case in cases(name) {
            let log: Value = serde_json::from_str(&checked(&case.to_string(), &["--format", "sarif"])).expect("JSON");
            for result in log["runs"][0]["results"].as_array().expect("results") {
                let texts = result["fixes"].as_array().into_iter().flatten().map(|fix| &fix["description"]["text"]);
                for text in [&result["message"]["text"]].into_iter().chain(texts) {
                    let text = text.as_str().expect("a text");
                    assert!(!text.chars().any(is_obeyed), "{text:?}");
                    // A significant bracket or brace has no backslash before it.
                    let bare = text.replace("\\\\", "").replace("\\[", "").replace("\\]", "");
                    assert!(!bare.contains("]("), "{text}");
                }
                assert!(result["message"]["markdown"].is_null(), "nothing that a user wrote is said in Markdown");
            }
        }
    }
}

#[test]
fn json_escapes_what_a_terminal_would_obey() {
    for name in NAMES {
        for case in cases(name) {
            let out = checked(&case.to_string(), &["--format", "json"]);
            assert!(!out.chars().any(is_obeyed), "{out:?}");
            let report: Value = serde_json::from_str(&out).expect("JSON");
            for finding in report["findings"].as_array().expect("findings") {
                let message = finding["message"].as_str().expect("a message");
                assert!(!message.chars().any(is_obeyed), "{message:?}");
            }
        }
    }
}

/// An invalid value is repeated, shortened; valid ones are not.
#[test]
fn no_more_of_a_request_is_told_than_the_finding_needs() {
    let secret = "s3cr3t".repeat(3);
    let long = format!("bad/{}", "x".repeat(100_000));
    let case = json!({"operation": "ims.cross-region-copy", "path": {"image_id": secret},
        "body": {"name": long, "description": secret, "region": "cn-south-1", "project_name": secret,
            "agency_name": secret, "vault_id": secret, "unknown": secret},
        "facts": {"image": {"status": secret}, "imageObject": {"id": secret, "__image_size": long}}});
    for (format, most) in [("json", 14_000), ("github", 12_000), ("sarif", 40_000)] {
        let out = checked(&case.to_string(), &["--format", format]);
        let wanted = case["facts"]["image"]["status"].as_str().expect("a status");
        // The status is invalid and so repeated; other values with the same text are not.
        let count = out.matches(wanted).count();
        assert!(count <= 3, "{format}: {count} times: {out:.2000}");
        // A fix contains the corrected name in full length.
        let fix = out.matches(&"x".repeat(1000)).count();
        assert!(out.len() < most || fix > 0, "{format}: {} bytes", out.len());
        assert!(!out.contains(&format!("\"actual\":\"bad/{}", "x".repeat(300))), "{format}");
    }
}
