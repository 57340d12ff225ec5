//! Requests: those of a text and those that a builder makes, cleared or not. Many of these tests were written for a mutant that
//! nothing else had minded.

use image_preflight::huawei::{CrossRegionCopy, InRegionCopy, WholeImageFromBackup, WholeImageFromEcs};
use image_preflight::jdcloud::CopyImages;
use image_preflight::{ClearError, Locale, Outcome, Request, Severity, Verdict, check};
use image_preflight_tests::invariants;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;

fn in_region(id: &str, facts: &Value, edition: &str) -> String {
    json!({"operation": "ims.in-region-copy", "path": {"image_id": id}, "body": {"name": "copy 测试", "description": "a \"copy\"", "cmk_id": null},
        "edition": edition, "facts": facts})
    .to_string()
}

fn known(full_ecs: bool) -> Value {
    json!({"image": {"fullEcs": full_ecs, "iso": false, "os": "linux", "status": "active", "visibility": "private", "sizeBytes": 1}})
}

#[test]
fn a_cleared_request_is_the_call_that_would_be_sent() {
    let case = in_region("a b/ü", &known(false), "default");
    let cleared = check(&case).clear().expect("it is allowed");
    assert_eq!((cleared.method(), cleared.path()), ("POST", "/v1/cloudimages/a%20b%2F%C3%BC/copy"));
    assert_eq!(cleared.body(), r#"{"name":"copy 测试","description":"a \"copy\""}"#);
    let json = r#"{"method":"POST","path":"/v1/cloudimages/a%20b%2F%C3%BC/copy","body":{"name":"copy 测试","description":"a \"copy\""}}"#;
    assert_eq!(cleared.to_json(), json);
    let http = cleared.to_http("https://ims.example/").expect("it is a call");
    assert_eq!(http.uri(), "https://ims.example/v1/cloudimages/a%20b%2F%C3%BC/copy");
    // Without Chinese, which that edition does not take.
    let newer = in_region("i", &known(false), "international-2026-01").replace(" 测试", "");
    assert_eq!(check(&newer).clear().expect("it is allowed").path(), "/v2.1/cloudimages/i/copy");
}

/// The order of a case's fields is nothing that a call depends on.
#[test]
fn a_body_has_its_fields_in_the_order_of_the_documents_then_those_that_are_not_known() {
    for body in [
        r#"{"name":"n","description":"d","colour":"red","weight":2}"#,
        r#"{"colour":"red","description":"d","weight":2,"name":"n"}"#,
        r#"{"colour":"red","weight":2,"description":"d","name":"n"}"#,
    ] {
        let case = format!(
            r#"{{"body":{body},"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"facts":{}}}"#,
            known(false)
        );
        let cleared = check(&case).clear().expect("it is allowed");
        assert_eq!(cleared.body(), r#"{"name":"n","description":"d","colour":"red","weight":2}"#, "{body}");
    }
}

#[test]
fn a_denied_request_is_cleared_only_against_every_rule_that_it_breaks() {
    let case = in_region("i", &known(true), "default");
    let report = check(&case);
    let denied = |rules: &[&'static str]| Err(ClearError::Denied { rules: rules.to_vec(), undecided: Vec::new() });
    assert_eq!(report.clear(), denied(&["ims.in-region-copy.not-full-ecs"]));
    assert_eq!(report.clear_overriding(&["ims.in-region-copy.not-iso"]), denied(&["ims.in-region-copy.not-full-ecs"]));
    assert!(report.clear_overriding(&["ims.in-region-copy.not-full-ecs"]).is_ok());
    // By the name that it has elsewhere, too.
    assert!(report.clear_overriding(&["image.copy-in-region"]).is_ok());
    assert_eq!(report.clear_undetermined(), denied(&["ims.in-region-copy.not-full-ecs"]));
}

#[test]
fn an_undetermined_request_is_cleared_only_on_demand() {
    let case = in_region("i", &json!({"image": {"iso": false}}), "default");
    let report = check(&case);
    let missing = ["fullEcs", "encrypted", "sizeBytes", "visibility", "status", "os"];
    let missing = missing.map(|fact| format!("/facts/image/{fact}")).to_vec();
    assert_eq!(report.clear(), Err(ClearError::Undetermined { missing }));
    assert!(report.clear_undetermined().is_ok());
    let case = in_region("i", &json!({"image": {"iso": true}}), "default");
    let broken = vec!["ims.in-region-copy.not-iso"];
    let denied = Err(ClearError::Denied { rules: broken.clone(), undecided: Vec::new() });
    assert_eq!(check(&case).clear_undetermined(), denied);
    // What is only unknown is not said to be broken.
    let undecided = ["not-full-ecs", "image-active", "not-windows", "shared-size-cap", "shared-not-encrypted"]
        .map(|rule| rule_id("ims.in-region-copy", rule))
        .to_vec();
    let refused = check(&case).clear().expect_err("a rule is broken");
    let ClearError::Denied { rules, undecided: found } = &refused else { panic!("{refused:?}") };
    assert_eq!((rules, found.iter().collect::<BTreeSet<_>>()), (&broken, undecided.iter().collect()));
    assert_eq!(
        refused.to_string(),
        format!(
            "the request breaks ims.in-region-copy.not-iso; to send it all the same, name these rules. It is not known yet \
             whether it breaks {}; find out what is missing, or name these rules too",
            found.join(", ")
        )
    );
    let only_undecided = check(&case).clear_overriding(&broken).expect_err("more is unknown");
    assert!(
        matches!(&only_undecided, ClearError::Denied { rules, undecided } if rules.is_empty() && undecided == found)
    );
    assert!(
        only_undecided.to_string().starts_with("it is not known yet whether the request breaks "),
        "{only_undecided}"
    );
    let all: Vec<_> = broken.iter().chain(found).copied().collect();
    assert!(check(&case).clear_overriding(&all).is_ok());
}

fn rule_id(operation: &str, name: &str) -> &'static str {
    image_preflight::rule(&format!("{operation}.{name}")).expect("there is such a rule").id
}

#[test]
fn nothing_makes_a_call_of_an_address_that_means_another() {
    for id in ["", " ", ".", ".."] {
        let case = in_region(id, &known(false), "default");
        let report = check(&case);
        let cleared = report.clear_overriding(&["ims.in-region-copy.image_id"]);
        assert_eq!(cleared, Err(ClearError::NoRequest { rule: "ims.in-region-copy.image_id" }), "{id:?}");
    }
    assert_eq!(
        check("{}").clear_overriding(&["case.operation"]),
        Err(ClearError::NoRequest { rule: "case.operation" })
    );
    let case = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"},"facts":1}"#;
    let cleared = check(case).clear_overriding(&["case.facts"]);
    assert_eq!(cleared, Err(ClearError::NoRequest { rule: "case.facts" }));
}

#[test]
fn a_builder_keeps_what_it_is_given_and_tells_everything_that_is_wrong() {
    let copy = CrossRegionCopy::builder()
        .image_id("i")
        .name("n")
        .description("d")
        .region("nowhere-1")
        .project_name("p")
        .agency_name("a")
        .vault_id("v")
        .build()
        .expect("a region that is in no list is only warned of");
    assert_eq!((copy.image_id().as_str(), copy.name().as_str(), copy.region().as_str()), ("i", "n", "nowhere-1"));
    assert_eq!((copy.project_name().as_str(), copy.agency_name().as_str()), ("p", "a"));
    assert_eq!(copy.description().map(|text| text.as_str().to_owned()), Some("d".to_owned()));
    assert_eq!(copy.vault_id().map(|text| text.as_str().to_owned()), Some("v".to_owned()));
    let server = WholeImageFromEcs::builder().name("n").instance_id("i").vault_id("v").min_ram(7).tags(["a.b", "c"]);
    let server = server.build().expect("it is right");
    assert_eq!(server.min_ram().map(|megabytes| megabytes.get()), Some(7));
    assert_eq!(server.tags().expect("it has tags").as_slice(), ["a.b", "c"]);
    let backup =
        WholeImageFromBackup::builder().name("n").backup_id("b").whole_image_type("CBR").image_tags([("k", "v")]);
    let backup = backup.build().expect("it is right");
    assert_eq!(backup.image_tags().expect("it has tags").as_slice(), [("k".to_owned(), "v".to_owned())]);
    let images =
        CopyImages::builder().region_id("cn-north-1").source_image_ids(["a", "b"]).destination_region("cn-east-2");
    assert_eq!(images.build().expect("it is right").source_image_ids().as_slice(), ["a", "b"]);
    let error = InRegionCopy::builder().name("a<b").build().expect_err("two things are wrong");
    assert_eq!(error.findings().len(), 2);
    let messages: Vec<_> = error.findings().iter().map(|finding| finding.message(Locale::ENGLISH)).collect();
    assert_eq!(error.to_string(), messages.join(" "));
}

/// It lacks a name, and its image was made from an ISO file.
const TWICE_DENIED: &str =
    r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{},"facts":{"image":{"iso":true}}}"#;

#[test]
fn a_report_becomes_problem_details() {
    let problem =
        |case: &str| check(case).problem(Locale::ENGLISH).map(|problem| serde_json::to_value(problem).expect("JSON"));
    let denied = problem(TWICE_DENIED).expect("it is denied");
    assert_eq!(
        (denied["status"].clone(), denied["title"].clone()),
        (json!(422), json!("The cloud would reject this request."))
    );
    assert!(denied["type"].as_str().is_some_and(|kind| kind.ends_with("problems.html#denied")), "{}", denied["type"]);
    let pointers: Vec<_> =
        denied["errors"].as_array().expect("errors").iter().map(|error| error["pointer"].clone()).collect();
    assert_eq!(pointers, ["#/body/name", "#/facts/image/iso"]);
    assert_eq!(denied["report"]["verdict"], "denied");
    let unread = problem("{").expect("it is no JSON");
    assert_eq!((unread["status"].clone(), unread["errors"].as_array().map(Vec::len)), (json!(400), Some(1)));
    let unknown = problem(&in_region("i", &json!({}), "default")).expect("it is not known");
    assert!(unknown["type"].as_str().is_some_and(|kind| kind.ends_with("#undetermined")), "{}", unknown["type"]);
    assert_eq!(problem(&in_region("i", &known(false), "default")), None);
}

#[test]
fn a_problem_s_detail_is_its_messages_as_each_language_joins_sentences() {
    let report = check(TWICE_DENIED);
    for (locale, between) in [(Locale::ENGLISH, " "), (Locale::CHINESE, "")] {
        let broken = report.findings().iter().filter(|finding| finding.outcome() == Outcome::Violated);
        let messages: Vec<_> = broken.map(|finding| finding.message(locale)).collect();
        let problem = serde_json::to_value(report.problem(locale).expect("it is denied")).expect("JSON");
        assert_eq!((problem["detail"].as_str(), messages.len()), (Some(messages.join(between).as_str()), 2));
    }
}

#[test]
fn a_builder_minds_what_fields_demand_of_one_another() {
    let both = WholeImageFromEcs::builder().name("n").instance_id("i").vault_id("v");
    let both = both.tags(["a".to_owned()]).image_tags([("k".to_owned(), "v".to_owned())]).build();
    let error = both.expect_err("one excludes the other");
    assert_eq!(error.findings().iter().map(image_preflight::Finding::kind).collect::<Vec<_>>(), [Some("conflict")]);
}

#[test]
fn every_field_that_there_is_comes_through_both_doors() {
    let whole = json!({"name": "n", "description": "d", "min_ram": 1024, "max_ram": 2048,
        "image_tags": [{"key": "team", "value": "web"}, {"key": "stage", "value": ""}], "enterprise_project_id": "0"});
    let and = |more: Value| {
        let mut body = whole.clone();
        body.as_object_mut().expect("it is one").extend(more.as_object().cloned().unwrap_or_default());
        body
    };
    let cases = [
        json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": {"name": "n", "description": "d",
            "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a", "vault_id": "v"}}),
        json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n", "description": "d",
            "cmk_id": "c", "enterprise_project_id": "0"}}),
        json!({"operation": "ims.whole-image", "body": and(json!({"instance_id": "i", "vault_id": "v"}))}),
        json!({"operation": "ims.whole-image", "body": and(json!({"backup_id": "b", "whole_image_type": "CBR"}))}),
        json!({"operation": "ims.whole-image", "body": {"name": "n", "tags": ["a.b", "c"], "instance_id": "i", "vault_id": "v"}}),
        json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"}, "body": {"sourceImageIds": ["a", "b"],
            "destinationRegion": "cn-east-2", "name": "n", "description": "d"}}),
    ];
    for case in cases {
        assert!(invariants::typed(&check(&case.to_string())).is_some(), "{case}");
        assert!(invariants::entry_points_agree(&case), "{case}");
    }
}

/// What is no request of a type is an error that says why: it has a finding of severity error, and a text.
#[test]
fn what_is_no_typed_request_says_why() {
    fn why<R: Request + DeserializeOwned + Debug>(case: &Value) -> Vec<(String, &'static str)> {
        let error = R::from_case(&case.to_string()).expect_err("it is none");
        let errors = error.findings().iter().filter(|finding| finding.severity() == Severity::Error);
        let found: Vec<_> = errors.map(|finding| (finding.at().to_owned(), finding.rule().id)).collect();
        assert!(!found.is_empty() && !error.to_string().is_empty(), "{case}");
        assert_ne!(error.report().verdict(), Verdict::Allowed, "{case}");
        assert_eq!(serde_json::from_value::<R>(case.clone()).expect_err("it is none").to_string(), error.to_string());
        found
    }
    let of = |at: &str, rule: &'static str| vec![(at.to_owned(), rule)];
    let copy = |body: Value| json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": body});
    let unknown = "ims.in-region-copy.unknown-field";
    assert_eq!(why::<InRegionCopy>(&copy(json!({"name": "n", "colour": 1}))), of("/body/colour", unknown));
    let path = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i", "x": 1}, "body": {"name": "n"}});
    assert_eq!(why::<InRegionCopy>(&path), of("/path/x", unknown));
    let across = json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": {"name": "n",
        "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a", "enterprise_project_id": "0"}});
    let found = of("/body/enterprise_project_id", "ims.cross-region-copy.unknown-field");
    assert_eq!(why::<CrossRegionCopy>(&across), found);
    let whole = |body: Value| json!({"operation": "ims.whole-image", "body": body});
    let of_ecs = whole(json!({"name": "n", "instance_id": "i", "vault_id": "v"}));
    let of_backup = whole(json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR"}));
    assert_eq!(why::<WholeImageFromBackup>(&of_ecs), of("/body/instance_id", "ims.whole-image.instance_id"));
    assert_eq!(why::<WholeImageFromEcs>(&of_backup), of("/body/backup_id", "ims.whole-image.backup_id"));
    let error = WholeImageFromBackup::from_case(&of_ecs.to_string()).expect_err("it is of an ECS");
    assert_eq!(error.to_string(), "This is a request to create the image from an ECS.");
    assert_eq!(error.findings()[0].message(Locale::CHINESE), "该请求使用云服务器制作整机镜像。");
    // Under its edition a case may leave out what the type has.
    let older = with_edition(whole(json!({"name": "n", "backup_id": "b"})), "china-2022-12");
    assert_eq!(check(&older.to_string()).verdict(), Verdict::Undetermined);
    assert!(check(&older.to_string()).request::<WholeImageFromBackup>().is_none());
    assert_eq!(why::<WholeImageFromBackup>(&older), of("/body/whole_image_type", "ims.whole-image.whole_image_type"));
    // What neither makes its kind nor is a field of it.
    let both = whole(json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR", "vault_id": "v"}));
    assert_eq!(why::<WholeImageFromBackup>(&both), of("/body/vault_id", "ims.whole-image.vault_id"));
    why::<WholeImageFromEcs>(&both);
}

fn with_edition(mut case: Value, edition: &str) -> Value {
    case["edition"] = edition.into();
    case
}
