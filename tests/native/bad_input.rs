//! Bad input of any kind gets a finding or a clear error; nothing panics, hangs, or is dropped in silence.

use image_preflight::{Verdict, check, check_bytes, explain, huawei};
use image_preflight_tests::invariants;

fn syntax_problem(text: &str) -> (String, usize) {
    let report = check(text);
    assert_eq!(report.verdict(), Verdict::Invalid);
    let [finding] = report.findings() else { panic!("{text:.100}: {:?}", report.findings()) };
    assert_eq!(finding.rule().id, "case.syntax", "{text:.100}");
    let json = serde_json::to_value(report.localized(image_preflight::Locale::ENGLISH)).expect("a report is JSON");
    let params = &json["findings"][0]["params"];
    let offset = params["offset"].as_u64().and_then(|offset| usize::try_from(offset).ok()).expect("an offset");
    (params["problem"].as_str().expect("a problem").to_owned(), offset)
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (text, problem, offset) in [
        ("", "end-of-text", 0),
        ("   ", "end-of-text", 3),
        ("{", "end-of-text", 1),
        ("{\"a\"", "end-of-text", 4),
        ("{\"a\":1", "end-of-text", 6),
        ("{\"a\":", "end-of-text", 5),
        ("{a:1}", "no-key", 1),
        ("{'a':1}", "no-key", 1),
        ("{\"a\" 1}", "no-colon", 5),
        ("{\"a\":1 \"b\":2}", "no-comma", 7),
        ("{\"a\":1,}", "trailing-comma", 7),
        ("{\"a\":[1,]}", "trailing-comma", 8),
        ("{\"a\":}", "no-value", 5),
        ("{\"a\":nul}", "no-value", 5),
        ("{\"a\":NaN}", "no-value", 5),
        ("{\"a\":01}", "bad-number", 5),
        ("{\"a\":1.}", "bad-number", 7),
        ("{\"a\":1e}", "bad-number", 7),
        ("{\"a\":-}", "bad-number", 6),
        ("{\"a\":+1}", "no-value", 5),
        ("{\"a\":\"\\x\"}", "bad-escape", 6),
        ("{\"a\":\"\\u12g4\"}", "bad-escape", 6),
        ("{\"a\":\"\\ud800\"}", "lone-surrogate", 6),
        ("{\"a\":\"\\udc00\"}", "lone-surrogate", 6),
        ("{\"a\":\"\\ud800\\u0041\"}", "lone-surrogate", 6),
        ("{\"a\":\"\u{0}\"}", "control-character", 6),
        ("{\"a\":\"\n\"}", "control-character", 6),
        ("{} {}", "trailing-text", 3),
        ("{} // a comment", "trailing-text", 3),
        ("[]", "not-an-object", 0),
        (" 17", "not-an-object", 1),
        ("null", "not-an-object", 0),
        ("\"text\"", "not-an-object", 0),
        ("\u{feff}{}", "byte-order-mark", 0),
        (&deep, "too-deep", 127),
        (&format!("{{\"operation\":\"jd.copy-images\",\"body\":{deep}}}"), "too-deep", 163),
    ] {
        assert_eq!(syntax_problem(text), (problem.to_owned(), offset), "{text:.60}");
    }
}

/// The parts of a case are read where they stand: each notices each fault, at its place.
#[test]
fn what_is_no_json_is_told_in_every_part_of_a_case() {
    let operation = r#"{"operation":"ims.cross-region-copy","#;
    let jd = r#"{"operation":"jd.copy-images","facts":{"images":{"img-1":{"#;
    for (before, key, value, after) in [
        (operation.to_owned(), "edition", "\"default\"", "}"),
        (format!("{operation}\"path\":{{"), "image_id", "\"i\"", "}}"),
        (format!("{operation}\"body\":{{"), "name", "\"n\"", "}}"),
        (format!("{operation}\"body\":{{"), "agency_name", "null", "}}"),
        (format!("{operation}\"facts\":{{"), "sourceRegion", "\"cn-north-4\"", "}}"),
        (format!("{operation}\"facts\":{{"), "copiesInFlight", "3", "}}"),
        (format!("{operation}\"facts\":{{"), "imageObject", "{}", "}}"),
        (format!("{operation}\"facts\":{{\"image\":{{"), "iso", "true", "}}}"),
        (format!("{operation}\"facts\":{{\"image\":{{"), "encrypted", "false", "}}}"),
        (format!("{operation}\"facts\":{{\"image\":{{"), "visibility", "\"private\"", "}}}"),
        (format!("{operation}\"facts\":{{\"image\":{{"), "sizeBytes", "42949672960", "}}}"),
        (format!("{operation}\"facts\":{{\"image\":{{"), "status", "\"active\"", "}}}"),
        (jd.to_owned(), "snapshots", "2", "}}}}"),
        (jd.to_owned(), "unknown", "[1]", "}}}}"),
    ] {
        let right = format!("\"{key}\":{value}");
        let report = check(&format!("{before}{right}{after}")).to_json(image_preflight::Locale::ENGLISH);
        assert!(!report.contains("case.syntax"), "{report}");
        let colon = key.len() + 2;
        for (fault, problem, offset) in [
            (format!("\"{key}\" {value}"), "no-colon", colon + 1),
            (format!("\"{key}\":"), "no-value", colon + 1),
            (format!("\"{key}\":x{}", value.get(1..).unwrap_or_default()), "no-value", colon + 1),
            (format!("{key}:{value}"), "no-key", 0),
            (format!("{right},"), "trailing-comma", right.len() + 1),
            (format!("{right} \"x\":1"), "no-comma", right.len() + 1),
            (format!("{right}{{\"x\":1"), "no-comma", right.len()),
            (format!("{right}]"), "no-comma", right.len()),
            (format!("{right}x"), "no-comma", right.len()),
        ] {
            let found = syntax_problem(&format!("{before}{fault}{after}"));
            assert_eq!(found, (problem.to_owned(), before.len() + offset), "{before}{fault}{after}");
        }
        let unended = format!("{before}{right}");
        for end in before.len()..unended.len() {
            let (problem, offset) = syntax_problem(&unended[..end]);
            assert_eq!((problem.as_str(), offset), ("end-of-text", end), "{}", &unended[..end]);
        }
    }
}

/// A case is read by short cuts where it stands as it mostly does. None of them takes a byte for another one.
#[test]
fn a_case_with_any_byte_changed_is_json_where_serde_json_says_so() {
    let cross_region = r#"{"operation":"ims.cross-region-copy","path":{"image_id":"i"},"body":{"name":"n","description":"d","region":"cn-south-1","project_name":"p","agency_name":"a","vault_id":"v"},"facts":{"sourceRegion":"cn-north-4","image":{"fullEcs":false,"iso":true,"encrypted":false,"sizeBytes":42949672960,"visibility":"private","status":"active"},"copiesInFlight":3}}"#;
    let jd = r#"{"operation":"jd.copy-images","path":{"regionId":"cn-north-1"},"body":{"sourceImageIds":["img-1"],"destinationRegion":"cn-south-1"},"facts":{"images":{"img-1":{"visibility":"private","snapshots":2,"busy":false}},"destinationQuota":{"images":1}},"edition":"default"}"#;
    for text in [cross_region.to_owned(), jd.replace(",\"", ", \"").replace("\":", "\": ")] {
        for place in 0..text.len() {
            for with in [";", ":", ",", "{", "}", "[", "]", "\"", "x", "0", "9", ".", " "] {
                let mut text = text.clone();
                text.replace_range(place..=place, with);
                invariants::reads_as_serde_json_does(text.as_bytes());
            }
        }
    }
}

#[test]
fn line_and_column_are_told_by_characters() {
    let report = check("{\n  \"operation\": \"镜像\", x\n}");
    let finding = &report.findings()[0];
    assert_eq!(
        finding.message(image_preflight::Locale::ENGLISH),
        "Line 2, column 22: a key in double quotes is expected here."
    );
}

#[test]
fn bytes_that_are_not_utf_8_are_told_with_their_place() {
    let report = check_bytes(b"{\"operation\": \"\xff\xfe\"}");
    let finding = &report.findings()[0];
    assert_eq!(
        (finding.rule().id, finding.param("offset")),
        ("case.syntax", Some(&image_preflight::Param::Integer(15)))
    );
}

#[test]
fn a_string_of_ten_megabytes_is_evaluated_and_not_repeated() {
    let name = "镜".repeat(10 << 20);
    let case = format!(
        r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":" {name}","{name}":1}}}}"#
    );
    let report = check(&case);
    assert_eq!(report.verdict(), Verdict::Denied);
    // The pointer names the unknown field whole; nothing else repeats more than a few characters.
    let messages: usize =
        report.findings().iter().map(|finding| finding.message(image_preflight::Locale::CHINESE).len()).sum();
    assert!(messages < 10_000, "{messages}");
}

#[test]
fn a_long_list_takes_no_longer_than_it_must() {
    let ids = vec!["\"img\""; 1_000_000].join(",");
    let case = format!(
        r#"{{"operation":"jd.copy-images","path":{{"regionId":"cn-north-1"}},"body":{{"sourceImageIds":[{ids}],"destinationRegion":"cn-east-2"}}}}"#
    );
    let report = check(&case);
    assert!(report.findings().iter().any(|finding| finding.kind() == Some("too-long")));
    let tags = vec!["\"k.v\""; 1_000_000].join(",");
    let case = format!(
        r#"{{"operation":"ims.whole-image","body":{{"name":"n","instance_id":"i","vault_id":"v","tags":[{tags}]}}}}"#
    );
    assert_eq!(check(&case).verdict(), Verdict::Denied);
}

/// However many members an object has, checking it takes no longer than reading it, and a report stays a report.
#[test]
fn a_million_members_anywhere_are_told_and_not_repeated() {
    let members =
        |value: &str| (0..1_000_000).map(|index| format!("\"k{index}\":{value}")).collect::<Vec<_>>().join(",");
    let objects = vec!["{\"imageId\":\"i\"}"; 1_000_000].join(",");
    let jd = |facts: String| {
        format!(
            r#"{{"operation":"jd.copy-images","path":{{"regionId":"cn-north-1"}},"body":{{"sourceImageIds":["k1"],"destinationRegion":"cn-east-2"}},"facts":{facts}}}"#
        )
    };
    let whole = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v""#;
    // Fields that are not known, of a body or of a tag, are warnings, however many there are.
    for (verdict, case) in [
        (Verdict::Allowed, format!("{whole},{}}}}}", members("1"))),
        (Verdict::Allowed, format!("{whole},\"image_tags\":[{{\"key\":\"k\",\"value\":\"v\",{}}}]}}}}", members("1"))),
        (Verdict::Invalid, format!("{whole}}},{}}}", members("1"))),
        (Verdict::Invalid, format!("{whole}}},\"facts\":{{{}}}}}", members("1"))),
        (Verdict::Invalid, format!("{whole}}},\"edition\":{{{}}}}}", members("1"))),
        (Verdict::Invalid, format!("{whole}}},\"edition\":{{\"regionCapBytes\":{{{}}}}}}}", members("1"))),
        (Verdict::Invalid, jd(format!("{{\"images\":{{{}}}}}", members("{}")))),
        (Verdict::Invalid, jd(format!("{{\"imageObjects\":[{objects}]}}"))),
    ] {
        let report = check(&case);
        assert_eq!(report.verdict(), verdict, "{case:.120}");
        assert!(report.findings().len() <= 1000, "{case:.120}");
        let told = report
            .findings()
            .iter()
            .any(|finding| finding.rule().id == "case.too-many-findings" || finding.kind() == Some("too-long"));
        assert!(told, "{case:.120}");
        assert_eq!(report.clear_undetermined().is_err(), verdict != Verdict::Allowed);
    }
}

#[test]
fn keys_are_the_same_however_they_are_written() {
    let case = r#"{"op\u0065ration":"ims.\u0069n-region-copy","path":{"image\u005fid":"i"},"body":{"n\u0061me":"\u955c\u50cf"},
        "facts":{"im\u0061ge":{"fullEcs":false,"iso":false,"status":"\u0061ctive","os":"linux","visibility":"priv\u0061te"}}}"#;
    assert_eq!(check(case).verdict(), Verdict::Allowed, "{:?}", check(case).findings());
}

#[test]
fn answers_of_any_kind_are_taken() {
    for answer in ["", "{", "[]", "null", "\u{0}", "{\"error\": 7}", "{\"error\": {\"code\": {}}}", "IMG.0000", "😀"]
    {
        assert!(!explain(None, answer).is_known(), "{answer}");
        assert_eq!(explain(None, answer).raw(), answer);
        let (facts, _) = huawei::ImageFacts::from_object(answer);
        assert_eq!(facts, huawei::ImageFacts::default(), "{answer}");
    }
}

/// A copy with an object of IMS in its facts.
fn with_object(object: &str) -> String {
    format!(
        r#"{{"operation":"ims.cross-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n","region":"cn-east-3","project_name":"cn-east-3","agency_name":"a"}},"facts":{{"sourceRegion":"cn-north-4","copiesInFlight":0,"imageObject":{object}}}}}"#
    )
}

/// What is told of an object that cannot be used: that the case is invalid, where, and why; in bounded time and size.
fn unusable(object: &str, kind: &str, at: &str) {
    let case = with_object(object);
    let start = std::time::Instant::now();
    let report = check(&case);
    let json = report.to_json(image_preflight::Locale::ENGLISH);
    // A report is made in the time that its text takes to read, on a slow machine too.
    assert!(start.elapsed() < std::time::Duration::from_secs(30), "{:?} for {object:.60}", start.elapsed());
    assert!(json.len() < 3 << 20, "{} bytes for {object:.60}", json.len());
    assert_eq!(report.verdict(), Verdict::Invalid, "{object:.60}");
    let is_told = |finding: &&image_preflight::Finding<'_>| {
        finding.kind() == Some(kind) && finding.at().starts_with(&format!("/facts/imageObject{at}"))
    };
    let finding = report.findings().iter().find(is_told);
    let finding = finding.unwrap_or_else(|| panic!("{kind} at {at}: {json:.600}"));
    assert!(!finding.message(image_preflight::Locale::CHINESE).is_empty());
}

#[test]
fn an_object_of_ten_megabytes_gets_an_answer() {
    let members = |name: &str| {
        let members: Vec<_> = (0..600_000).map(|n| format!("\"{name}{n}\":\"x\"")).collect();
        members.join(",")
    };
    let many = members("member");
    assert!(many.len() > 10 << 20);
    // Nothing of it is known: no form. One member that is: it is read, and the others are no matter.
    unusable(&format!("{{{many}}}"), "bad-format", "");
    assert_eq!(check(&with_object(&format!("{{{many},\"__imagetype\":\"gold\"}}"))).verdict(), Verdict::Denied);
    let images = vec!["{\"id\":\"x\",\"__imagetype\":\"gold\"}"; 300_000].join(",");
    unusable(&format!("{{\"images\":[{images}]}}"), "other-object", "/images");
    let long = "x".repeat(10 << 20);
    unusable(&format!("{{\"id\":\"{long}\",\"__imagetype\":\"gold\"}}"), "other-object", "");
    unusable(&format!("{{\"__imagetype\":\"gold\",\"__image_size\":\"{long}\"}}"), "wrong-type", "/__image_size");
    unusable(
        &format!("{{\"__imagetype\":\"gold\",\"__system__cmkid\":\"{long}\",\"kms_key_id\":\"k\"}}"),
        "contradiction",
        "/kms_key_id",
    );
    let spellings = vec!["\"kms_key_id\":\"k\",\"system__cmkid\":\"j\""; 200_000].join(",");
    unusable(&format!("{{{spellings}}}"), "contradiction", "/kms_key_id");
}

#[test]
fn a_deep_object_gets_an_answer() {
    // A case, its facts and the object are three levels; there are 127 at most.
    for (depth, kind) in [(100, "bad-format"), (124, "bad-format")] {
        let deep = format!("{}1{}", "{\"properties\":".repeat(depth), "}".repeat(depth));
        unusable(&deep, kind, "");
    }
    let too_deep = format!("{}1{}", "{\"image\":".repeat(126), "}".repeat(126));
    assert_eq!(syntax_problem(&with_object(&too_deep)).0, "too-deep");
    // Answers around answers are opened twice, and no further.
    unusable("{\"image\":{\"image\":{\"image\":{\"__imagetype\":\"gold\"}}}}", "bad-format", "/image/image");
}

#[test]
fn every_member_twice_and_of_the_wrong_type_is_told() {
    let names = [
        "__whole_image",
        "__system__cmkid",
        "__image_size",
        "virtual_env_type",
        "__imagetype",
        "visibility",
        "__os_type",
        "status",
        "__backup_id",
        "__productcode",
    ];
    let twice: Vec<_> = names.iter().map(|name| format!("\"{name}\":\"true\",\"{name}\":\"false\"")).collect();
    for name in names {
        unusable(&format!("{{{}}}", twice.join(",")), "duplicate", &format!("/{name}"));
        // Of its own type are text, and for two of them a boolean or a number.
        for value in ["[]", "{}", "[[1]]", "{\"a\":1}"] {
            let object = format!("{{\"id\":\"i\",\"__isregistered\":\"true\",\"os_type\":null,\"{name}\":{value}}}");
            if name != "os_type" {
                unusable(&object, "wrong-type", &format!("/{name}"));
            }
        }
    }
    for value in ["true", "7", "\"a\"", "[7]", "[null]", "[[]]"] {
        unusable(value, "wrong-type", "");
    }
    for object in ["{\"images\":{}}", "{\"images\":\"\"}", "{\"images\":[[]]}"] {
        unusable(object, "wrong-type", "/images");
    }
}

/// `unknown` may speak of a body that is no object, or is not there: no patch can add a field to it.
#[test]
fn no_patch_goes_into_a_body_that_is_not_there() {
    let patches = |body: &str| {
        let case = format!(r#"{{"operation": "ims.whole-image"{body}, "unknown": ["/body/backup_id"]}}"#);
        let report = check(&case);
        assert_eq!(report.verdict(), Verdict::Denied, "{case}");
        let patches = |finding: &image_preflight::Finding<'_>| {
            finding.fixes().iter().map(|fix| fix.patch_operations().len()).sum::<usize>()
        };
        report.findings().iter().map(patches).sum::<usize>()
    };
    for body in ["", r#", "body": null"#, r#", "body": []"#, r#", "body": "x""#, r#", "body": 1"#] {
        assert_eq!(patches(body), 0, "{body}");
    }
    assert_eq!(patches(r#", "body": {}"#), 1);
}
