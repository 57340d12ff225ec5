//! Fields: what is said of each, in which place. Many of these tests were written for a mutant that nothing else had minded.

use image_preflight::{ByteSize, Locale, check, operations};
use serde_json::{Value, json};

#[test]
fn an_operation_lists_its_fields() {
    for operation in operations() {
        assert!(operation.path_template().starts_with("/v1/") && !operation.api_name().is_empty());
        assert_eq!(operation.path().len(), operation.path_template().matches('{').count(), "{}", operation.id());
        assert!(operation.body().len() >= 4);
        let mandatory: Vec<_> =
            operation.body().iter().filter(|field| field.is_mandatory()).map(image_preflight::Field::name).collect();
        let expected: &[&str] = match operation.id() {
            "ims.cross-region-copy" => &["name", "region", "project_name", "agency_name"],
            "jd.copy-images" => &["sourceImageIds", "destinationRegion"],
            _ => &["name"],
        };
        assert_eq!(mandatory, expected, "{}", operation.id());
    }
    let names = ["CopyImageCrossRegion", "CopyImageInRegion", "CreateWholeImage", "copyImages"];
    assert_eq!(operations().map(image_preflight::Operation::api_name).collect::<Vec<_>>(), names);
}

#[test]
fn a_misspelt_field_is_renamed_unless_the_right_one_is_given_too() {
    let fixes = |body: Value| -> Vec<String> {
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": body}).to_string();
        let report = check(&case);
        let found = report.findings().iter().find(|finding| finding.rule().id.ends_with("unknown-field"));
        found
            .map(|finding| finding.fixes().iter().map(|fix| finding.fix_title(fix, Locale::ENGLISH)).collect())
            .unwrap_or_default()
    };
    assert_eq!(fixes(json!({"nam": "n"})), ["Rename \"nam\" to `name`.", "Remove \"nam\"."]);
    assert_eq!(fixes(json!({"nam": "n", "name": "n"})), ["Remove \"nam\"."]);
}

/// The findings about a body: place and kind.
fn of_body(operation: &str, body: &str) -> Vec<(String, String)> {
    let path = if operation == "jd.copy-images" { r#"{"regionId":"cn-north-1"}"# } else { r#"{"image_id":"i"}"# };
    let case = format!(r#"{{"operation":"{operation}","path":{path},"body":{body}}}"#);
    let report = check(&case);
    let shape = report.findings().iter().filter(|finding| finding.at().starts_with("/body"));
    shape
        .filter(|finding| finding.kind().is_some() || finding.rule().id.ends_with("unknown-field"))
        .map(|finding| (finding.at().to_owned(), finding.kind().unwrap_or("unknown").to_owned()))
        .collect()
}

#[test]
fn spaces_and_breaks_count_when_they_are_escapes_too() {
    let name = |name: &str| of_body("ims.in-region-copy", &format!("{{\"name\":\"{name}\"}}"));
    let wrong = |kind: &str| vec![("/body/name".to_owned(), kind.to_owned())];
    assert_eq!(name(r"a\u0020b"), []);
    assert_eq!(name(r"\u0020a"), wrong("bad-format"));
    assert_eq!(name(r"a\u0020"), wrong("bad-format"));
    assert_eq!(name(r"\u0061 "), wrong("bad-format"));
    assert_eq!(name(r" \u0061"), wrong("bad-format"));
    assert_eq!(name(r"\u0020"), wrong("empty"));
    assert_eq!(name(r"\u6d4b\u8bd5"), []);
    assert_eq!(name(r"\u002f"), wrong("bad-character"));
    let description =
        |text: &str| of_body("ims.in-region-copy", &format!("{{\"name\":\"n\",\"description\":\"{text}\"}}"));
    for (text, is_wrong) in [
        ("a\\u003cb", true),
        ("a\\nb", true),
        ("a\\rb", true),
        ("<", true),
        (">", true),
        ("a\\tb", false),
        ("\\u00e9 \\\"é\\\"", false),
    ] {
        assert_eq!(!description(text).is_empty(), is_wrong, "{text}");
    }
}

#[test]
fn a_repetition_is_looked_for_where_a_list_may_go() {
    let ids = |ids: &[String]| {
        let body = json!({"sourceImageIds": ids, "destinationRegion": "cn-east-2"}).to_string();
        of_body("jd.copy-images", &body)
    };
    let numbered = |count: usize| -> Vec<String> { (0..count).map(|index| format!("img-{index}")).collect() };
    assert_eq!(ids(&numbered(10)), []);
    let kinds = |found: Vec<(String, String)>| found.into_iter().map(|(_, kind)| kind).collect::<Vec<_>>();
    let mut last = numbered(10);
    last[9] = "img-0".to_owned();
    assert_eq!(ids(&last), [("/body/sourceImageIds/9".to_owned(), "duplicate".to_owned())]);
    let mut beyond = numbered(11);
    beyond[10] = "img-0".to_owned();
    assert_eq!(kinds(ids(&beyond)), ["too-long"]);
    let tags = |tags: &[&str]| {
        let tags = json!(tags);
        kinds(of_body("ims.whole-image", &format!(r#"{{"name":"n","instance_id":"i","vault_id":"v","tags":{tags}}}"#)))
    };
    assert_eq!(tags(&["a.1", "b.1", "c", "d", "e", "f", "g", "h", "i", "j"]), [""; 0]);
    assert_eq!(tags(&["a.1", "b.1", "a.2"]), ["duplicate"]);
    assert_eq!(tags(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "i"]), ["duplicate"]);
    // A tag that is wrong by itself is no tag that another one could repeat.
    assert_eq!(tags(&["a b.1", "a b.2"]), ["bad-character", "bad-character"]);
    assert_eq!(tags(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]), ["too-long"]);
}

/// Where several names are as near, which one was meant is not known.
#[test]
fn of_several_names_that_are_as_near_all_are_suggested() {
    let suggested = |name: &str| {
        let text = json!({"operation": "ims.whole-image", "body": {"name": "n", name: 1}}).to_string();
        let report = serde_json::from_str::<Value>(&check(&text).to_json(Locale::ENGLISH));
        let report = report.expect("a report is JSON");
        let finding = report["findings"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|finding| finding["rule"] == "ims.whole-image.unknown-field");
        let params = &finding.expect("it is not known")["params"];
        (params["nearest"].clone(), params["near"].clone())
    };
    let null = Value::Null;
    assert_eq!(suggested("mix_ram"), (null.clone(), json!(["min_ram", "max_ram"])));
    assert_eq!(suggested("min_rem"), (json!("min_ram"), null.clone()));
    assert_eq!(suggested("colour"), (null.clone(), null));
}

/// A click replaces a region only where one alone can have been meant.
#[test]
fn a_region_is_replaced_where_one_alone_is_near() {
    let patches = |case: Value, at: &str| -> Vec<Value> {
        let report = serde_json::from_str::<Value>(&check(&case.to_string()).to_json(Locale::ENGLISH));
        let report = report.expect("a report is JSON");
        let found = report["findings"].as_array().into_iter().flatten().find(|finding| finding["at"] == at);
        let fixes = found.expect("the region is in no list")["fixes"].as_array().expect("a list");
        fixes.iter().flat_map(|fix| fix["patch"].as_array().cloned().unwrap_or_default()).collect()
    };
    let replaced = |at: &str, by: &str| [json!({"op": "replace", "path": at, "value": by})];
    let ims = |region: &str| {
        let body = json!({"name": "n", "region": region, "project_name": "p", "agency_name": "a"});
        let case = json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": body});
        patches(case, "/body/region")
    };
    assert_eq!(ims("cn-suoth-1"), replaced("/body/region", "cn-south-1"));
    assert_eq!(ims("cn-south-3"), [json!(null); 0]);
    let jd = |region: &str| {
        let body = json!({"sourceImageIds": ["i"], "destinationRegion": region});
        let case = json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"}, "body": body});
        patches(case, "/body/destinationRegion")
    };
    assert_eq!(jd("cn-suoth-1"), replaced("/body/destinationRegion", "cn-south-1"));
    assert_eq!(jd("cn-east-3"), [json!(null); 0]);
}

#[test]
fn a_name_is_near_to_another_within_bounds() {
    let fixes = |name: &str| {
        let body = json!({ name: "0" }).to_string();
        let case = format!(r#"{{"operation":"ims.whole-image","body":{body}}}"#);
        let report = check(&case);
        let unknown = report.findings().iter().find(|finding| finding.rule().id == "ims.whole-image.unknown-field");
        unknown.expect("there is no such field").fixes().len()
    };
    // What joins words does not count, so that only the length tells these apart.
    assert_eq!(fixes(&format!("vault{}id", "_".repeat(57))), 2);
    assert_eq!(fixes(&format!("vault{}id", "_".repeat(58))), 1);
    // A third of the letters may differ, so one of four.
    assert_eq!((fixes("nome"), fixes("nope")), (2, 1));
    // Of many letters no more than three.
    assert_eq!((fixes("anterprisa_prajectid"), fixes("anterprisa_prajactid")), (2, 1));
}

#[test]
fn a_repetition_is_one_whatever_escapes_it_is_written_with() {
    let told = |body: &str| of_body("jd.copy-images", body).iter().any(|(_, kind)| kind == "duplicate");
    assert!(told(r#"{"sourceImageIds":["img-1","img\u002d1"],"destinationRegion":"cn-east-2"}"#));
    assert!(!told(r#"{"sourceImageIds":["img-1","img\u002e1"],"destinationRegion":"cn-east-2"}"#));
    let case = r#"{"operation":"ims.whole-image","body":{"colour":1,"\u0063olour":2}}"#;
    assert!(check(case).findings().iter().any(|finding| finding.rule().id == "ims.whole-image.duplicate-field"));
}

#[test]
fn a_tag_is_the_same_whatever_escapes_it_is_written_with() {
    let tags = |tags: &str| {
        let body = format!("{{\"name\":\"n\",\"instance_id\":\"i\",\"vault_id\":\"v\",\"tags\":[{tags}]}}");
        of_body("ims.whole-image", &body)
    };
    let first = |kind: &str| vec![("/body/tags/0".to_owned(), kind.to_owned())];
    for (plain, escaped, expected) in [
        ("team.web", r"t\u0065am\u002ew\u0065b", vec![]),
        ("te am.web", r"te\u0020am.web", first("bad-character")),
        ("team.w b", r"team\u002ew\u0020b", first("bad-character")),
        (".web", r"\u002eweb", first("empty")),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", r"\u0061aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.b", first("too-long")),
    ] {
        assert_eq!(tags(&format!("\"{plain}\"")), expected, "{plain}");
        assert_eq!(tags(&format!("\"{escaped}\"")), expected, "{escaped}");
    }
    let duplicate = ("/body/tags/1".to_owned(), "duplicate".to_owned());
    assert_eq!(tags(r#""team.web","t\u0065am.db""#), [duplicate]);
}

#[test]
fn a_long_value_is_shown_in_part() {
    for (length, shown) in [(63, 63), (64, 64), (65, 64), (300, 64)] {
        let id = "区".repeat(length);
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body":
            {"name": "n", "enterprise_project_id": id}});
        let report = serde_json::to_value(check(&case.to_string()).localized(Locale::ENGLISH)).expect("JSON");
        let value = format!("{}{}", "区".repeat(shown), if length > shown { "…" } else { "" });
        assert_eq!(report["findings"][0]["params"]["actual"], value, "{length}");
        let message = report["findings"][0]["message"].as_str().expect("a text");
        assert!(message.contains(&format!("\"{value}\"")), "{message}");
    }
}

#[test]
fn every_member_of_a_tag_is_told() {
    let members: Vec<_> = (0..1005).map(|index| format!("\"m{index}\":1")).collect();
    let tags = |members: &str| {
        of_body(
            "ims.whole-image",
            &format!(
                r#"{{"name":"n","instance_id":"i","vault_id":"v","image_tags":[{{"key":"k","value":"v"{members}}}]}}"#
            ),
        )
    };
    assert_eq!(tags(r#","other":1"#), [("/body/image_tags/0/other".to_owned(), "unknown".to_owned())]);
    assert_eq!(tags(r#","key":"k""#), [("/body/image_tags/0/key".to_owned(), "duplicate".to_owned())]);
    let many = format!(",{}", members.join(","));
    // A thousand findings in all: one of them says that there are more, and one is about the path, which has no `image_id` here.
    assert_eq!(tags(&many).len(), 998);
}

#[test]
fn a_field_s_error_says_what_is_wrong_in_every_language() {
    let error = image_preflight::huawei::ImageName::new(" a/b").expect_err("it is wrong");
    assert_eq!(error.kinds().collect::<Vec<_>>(), ["bad-character", "bad-format"]);
    assert!(error.to_string().starts_with("ImageName contains"), "{error}");
    assert_eq!(error.to_string(), error.message(Locale::ENGLISH));
    assert!(error.message(Locale::CHINESE).contains("不允许"), "{}", error.message(Locale::CHINESE));
    assert_eq!(ByteSize::gib(3).bytes(), 3 << 30);
}
