//! What the library says of itself and hands out: requests that are cleared, editions, fields, refusals, typed requests. Many of
//! these tests were written for a mutant that nothing else had minded.

use image_preflight::huawei::{CrossRegionCopy, InRegionCopy, WholeImageFromBackup, WholeImageFromEcs};
use image_preflight::jdcloud::CopyImages;
use image_preflight::{
    ByteSize, Edition, Facts, Images, Locale, NotCleared, Verdict, check, explain, jdcloud, operation, operations, rule,
};
use image_preflight_tests::promises;
use serde_json::{Value, json};
use std::collections::HashSet;

fn in_region(id: &str, facts: &Value, edition: &str) -> String {
    json!({"operation": "ims.in-region-copy", "path": {"image_id": id}, "body": {"name": "copy 测试", "description": "a \"copy\"", "cmk_id": null},
        "edition": edition, "facts": facts})
    .to_string()
}

fn known(full_ecs: bool) -> Value {
    json!({"image": {"fullEcs": full_ecs, "iso": false, "os": "linux", "status": "active", "sizeBytes": 1}})
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

#[test]
fn a_denied_request_is_cleared_only_against_every_rule_that_it_breaks() {
    let case = in_region("i", &known(true), "default");
    let report = check(&case);
    let denied = |rules: &[&'static str]| Err(NotCleared::Denied { rules: rules.to_vec() });
    assert_eq!(report.clear(), denied(&["ims.in-region-copy.not-full-ecs"]));
    assert_eq!(report.clear_overriding(&["ims.in-region-copy.not-iso"]), denied(&["ims.in-region-copy.not-full-ecs"]));
    assert!(report.clear_overriding(&["ims.in-region-copy.not-full-ecs"]).is_ok());
    // By the name that it has elsewhere, too.
    assert!(report.clear_overriding(&["image.copy-in-region"]).is_ok());
    assert_eq!(report.clear_although_undetermined(), denied(&["ims.in-region-copy.not-full-ecs"]));
}

#[test]
fn an_undetermined_request_is_cleared_only_on_demand() {
    let case = in_region("i", &json!({"image": {"iso": false}}), "default");
    let report = check(&case);
    let missing = ["/facts/image/fullEcs", "/facts/image/status", "/facts/image/os"].map(str::to_owned).to_vec();
    assert_eq!(report.clear(), Err(NotCleared::Undetermined { missing }));
    assert!(report.clear_although_undetermined().is_ok());
    let case = in_region("i", &json!({"image": {"iso": true}}), "default");
    let denied = Err(NotCleared::Denied { rules: vec!["ims.in-region-copy.not-iso"] });
    assert_eq!(check(&case).clear_although_undetermined(), denied);
}

#[test]
fn nothing_makes_a_call_of_an_address_that_means_another() {
    for id in ["", " ", ".", ".."] {
        let case = in_region(id, &known(false), "default");
        let report = check(&case);
        let cleared = report.clear_overriding(&["ims.in-region-copy.image_id"]);
        assert_eq!(cleared, Err(NotCleared::NoRequest { rule: "ims.in-region-copy.image_id" }), "{id:?}");
    }
    assert_eq!(
        check("{}").clear_overriding(&["case.operation"]),
        Err(NotCleared::NoRequest { rule: "case.operation" })
    );
    let case = r#"{"operation":"ims.whole-image","body":{"name":"n","instance_id":"i","vault_id":"v"},"facts":1}"#;
    let cleared = check(case).clear_overriding(&["case.facts"]);
    assert_eq!(cleared, Err(NotCleared::NoRequest { rule: "case.facts" }));
}

#[test]
fn an_edition_says_which_it_is_and_where_it_stands() {
    let names: Vec<_> = Edition::names().collect();
    assert_eq!(names.len(), 7);
    let sources: std::collections::BTreeSet<_> =
        names.iter().map(|name| Edition::named(name).expect("it is named").source().to_owned()).collect();
    assert_eq!(sources.len(), names.len(), "each stands somewhere else: {sources:?}");
    for name in names {
        let edition = Edition::named(name).expect("it is named");
        assert_eq!(edition.name(), name);
        assert_eq!(edition, Edition::named(name).expect("it is named"));
        assert_eq!(edition == Edition::default(), name == "default");
    }
    let own = Edition::default().with_in_region_cap(Some(ByteSize::gib(1))).with_concurrent_copies(2);
    assert_ne!(own, Edition::default());
    assert_eq!(own.with_in_region_cap(None).with_concurrent_copies(5), Edition::default());
    // A cap that some size can still exceed.
    let greatest = Edition::default().with_cap(ByteSize::of_bytes(u64::MAX)).cap("cn-north-9");
    assert_eq!(greatest, ByteSize::of_bytes((1 << 53) - 2));
}

#[test]
fn a_caller_s_own_limits_are_read_with_everything_that_is_wrong_with_them() {
    let found = |edition: &str| -> Vec<(String, &'static str)> {
        let case = format!(
            r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n"}},"edition":{edition}}}"#
        );
        let report = check(&case);
        let of_edition = report.findings().iter().filter(|finding| finding.rule().id == "case.edition");
        of_edition.map(|finding| (finding.at().to_owned(), finding.kind().expect("a kind"))).collect()
    };
    let of = |member: &str, kind| vec![(format!("/edition/{member}"), kind)];
    assert_eq!(found(r#"{"capBytes":0,"inRegionCapBytes":0,"concurrentCopies":1,"regionCapBytes":{"a":0}}"#), []);
    assert_eq!(found(r#"{"capBytes":null,"extends":null}"#), []);
    assert_eq!(found(r#"{"capBytes":-1}"#), of("capBytes", "out-of-range"));
    assert_eq!(found(r#"{"concurrentCopies":0}"#), of("concurrentCopies", "out-of-range"));
    assert_eq!(found(r#"{"inRegionCapBytes":1.5}"#), of("inRegionCapBytes", "wrong-type"));
    assert_eq!(found(r#"{"inRegionCapBytes":"1"}"#), of("inRegionCapBytes", "wrong-type"));
    assert_eq!(found(r#"{"regionCapBytes":{"a":-1}}"#), of("regionCapBytes/a", "out-of-range"));
    assert_eq!(found(r#"{"regionCapBytes":[]}"#), of("regionCapBytes", "wrong-type"));
    assert_eq!(found(r#"{"extends":1}"#), of("extends", "wrong-type"));
    assert_eq!(found(r#"{"copies":1}"#), of("copies", "not-one-of"));
    assert_eq!(found(r#"{"concurrentCopies":1,"concurrentCopies":2}"#), of("concurrentCopies", "duplicate"));
    assert_eq!(found(r#"{"regionCapBytes":{},"capBytes":1,"regionCapBytes":{}}"#), of("regionCapBytes", "duplicate"));
    assert_eq!(found(r#""2019""#), [("/edition".to_owned(), "not-one-of")]);
    assert_eq!(found("17"), [("/edition".to_owned(), "wrong-type")]);
    let case = |bytes: u64| {
        let mut case: Value = serde_json::from_str(&in_region("i", &known(false), "default")).expect("JSON");
        case["edition"] = json!({"inRegionCapBytes": 10});
        case["facts"]["image"]["sizeBytes"] = bytes.into();
        check(&case.to_string()).verdict()
    };
    assert_eq!((case(10), case(11)), (Verdict::Allowed, Verdict::Denied));
}

#[test]
fn an_operation_lists_its_fields() {
    for operation in operations() {
        assert!(operation.address().starts_with("/v1/") && !operation.provider_name().is_empty());
        assert_eq!(operation.path().len(), operation.address().matches('{').count(), "{}", operation.id());
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
    assert_eq!(operations().map(image_preflight::Operation::provider_name).collect::<Vec<_>>(), names);
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
    assert_eq!(fixes(json!({"nam": "n"})), ["Rename \"nam\" to `name`.", "Take out \"nam\"."]);
    assert_eq!(fixes(json!({"nam": "n", "name": "n"})), ["Take out \"nam\"."]);
}

#[test]
fn a_refusal_keeps_what_it_was_told() {
    let answer = r#"{"requestId":"r-1","error":{"code":400,"status":"FAILED_PRECONDITION","message":"image img-1 is not ready"}}"#;
    let refusal = explain(Some(400), answer);
    assert_eq!((refusal.status(), refusal.message()), (Some(400), Some("image img-1 is not ready")));
    assert_eq!((refusal.request_id(), refusal.verbatim()), (Some("r-1"), answer));
    let huawei = explain(None, r#"{"error":{"code":"IMG.0142","message":"m"},"request_id":"q"}"#);
    assert_eq!((huawei.code(), huawei.message()), (Some("IMG.0142"), Some("m")));
    assert_eq!(huawei.meaning(Locale::ENGLISH), "The source and the destination region are the same.");
    let unknown = explain(None, "?");
    assert_eq!((unknown.is_understood(), unknown.request_id(), unknown.verbatim()), (false, None, "?"));
    let told = serde_json::to_value(unknown.localized(Locale::ENGLISH)).expect("JSON");
    assert_eq!((told["understood"].clone(), told["verbatim"].clone()), (json!(false), json!("?")));
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

#[test]
fn what_is_said_of_an_image_again_replaces_what_was_said() {
    let mut images = Images::default();
    for (id, busy) in [("a", true), ("b", true), ("a", false)] {
        images.insert(id, jdcloud::ImageFacts { busy: Some(busy), ..jdcloud::ImageFacts::default() });
    }
    let busy = |id: &str| images.get(id).and_then(|image| image.busy);
    assert_eq!((busy("a"), busy("b"), busy("c")), (Some(false), Some(true), None));
}

/// Where a fact was said is where the finding stands: by the caller, or in the provider's object.
#[test]
fn a_finding_about_a_fact_stands_where_the_fact_was_said() {
    let at = |facts: &str| {
        let case = format!(
            r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n"}},"facts":{facts}}}"#
        );
        let report = check(&case);
        let found = report.findings().iter().find(|finding| finding.rule().id == "ims.in-region-copy.not-full-ecs");
        found.map(|finding| finding.at().to_owned())
    };
    let of = |pointer: &str| Some(pointer.to_owned());
    assert_eq!(at(r#"{"image":{"fullEcs":true}}"#), of("/facts/image/fullEcs"));
    assert_eq!(at(r#"{"imageObject":{"__whole_image":"true"}}"#), of("/facts/imageObject/__whole_image"));
    assert_eq!(at(r#"{"imageObject":{"__whole_image":"false"},"image":{"fullEcs":true}}"#), of("/facts/image/fullEcs"));
    assert_eq!(at("{}"), of("/facts/image/fullEcs"));
    assert_eq!(Facts::from_json("{}").0.image.full_ecs, None);
}

#[test]
fn a_rule_has_a_page_in_every_language() {
    let rule = rule("ims.cross-region-copy.size-cap").expect("it is there");
    for locale in Locale::all() {
        let page = format!("/{}/ims.cross-region-copy.size-cap.html", locale.tag());
        assert!(rule.help_url(locale).starts_with("https://") && rule.help_url(locale).ends_with(&page));
    }
    assert!(operation("ims.whole-image").is_some_and(|operation| operation.rules().count() > 15));
}

/// Findings for which there is no room are counted, and said in the place of the last one.
#[test]
fn more_findings_than_anybody_reads_are_counted() {
    let members: Vec<_> = (0..1500).map(|index| format!("\"x{index}\":0")).collect();
    let case = format!(r#"{{"operation":"ims.whole-image","body":{{{}}}}}"#, members.join(","));
    let report = check(&case);
    assert_eq!(report.findings().len(), 1000);
    let found =
        report.findings().iter().find(|finding| finding.rule().id == "case.too-many-findings").expect("it is said");
    assert!(found.message(Locale::ENGLISH).starts_with("There are at least 50"), "{}", found.message(Locale::ENGLISH));
    assert!(found.message(Locale::CHINESE).contains("50"), "{}", found.message(Locale::CHINESE));
}

#[test]
fn a_code_is_understood_however_it_comes() {
    for answer in
        ["IMG.0142", " img.0142\n", "\"IMG.0142\"", r#"{"error_code":"IMG.0142"}"#, r#"{"error":{"code":"IMG.0142"}}"#]
    {
        let refusal = explain(None, answer);
        let rules: Vec<_> = refusal.rules().map(|rule| rule.id).collect();
        assert_eq!(rules, ["ims.cross-region-copy.region-differs"], "{answer}");
    }
    let code = |answer: &str| explain(None, answer).code().map(str::to_owned);
    let longest = "x".repeat(64);
    assert_eq!(code(&longest), Some(longest.clone()));
    assert_eq!(code(&format!("{longest}x")), None);
    assert_eq!(code("a.B_9-"), Some("a.B_9-".to_owned()));
    for answer in ["", " ", "a b", "a/b", "é", "[1]"] {
        assert_eq!(code(answer), None, "{answer}");
    }
    assert_eq!(explain(Some(503), "").status(), Some(503));
    // A number for `code` is a status, where none came with the answer.
    let numbered = r#"{"error":{"code":429,"status":"QUOTA_EXCEEDED","message":"m"}}"#;
    assert_eq!((explain(None, numbered).status(), explain(Some(400), numbered).status()), (Some(429), Some(400)));
    assert_eq!(code(numbered), Some("QUOTA_EXCEEDED".to_owned()));
}

#[test]
fn an_operation_lists_the_refusals_that_it_can_meet() {
    for operation in operations() {
        let refusals: Vec<_> = operation.refusals().collect();
        assert!(refusals.len() > 5, "{}", operation.id());
        let own: Vec<_> = operation.rules().map(|rule| rule.id).collect();
        for refusal in &refusals {
            let is_own = |id: &&str| id.starts_with("case.") || own.contains(id);
            assert!(refusal.rules.is_empty() || refusal.rules.iter().any(is_own), "{}: {refusal:?}", operation.id());
        }
        assert!(refusals.iter().any(|refusal| refusal.rules.is_empty()));
        assert!(refusals.iter().any(|refusal| refusal.rules.iter().any(|id| own.contains(id))));
        let codes: Vec<_> = refusals.iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes.contains(&"IMG.0142"), operation.id() == "ims.cross-region-copy", "{}", operation.id());
    }
}

#[test]
fn every_destination_is_judged() {
    let facts = Facts { source_region: Some("cn-north-4".into()), ..Facts::default() };
    let found = image_preflight::destinations(&facts);
    assert_eq!(found.len(), image_preflight::huawei::regions().len());
    for destination in &found {
        let id = destination.region().id;
        let broken =
            destination.report().findings().iter().any(|finding| finding.rule().id.ends_with("region-differs"));
        assert_eq!(broken, id == "cn-north-4", "{id}");
    }
    let images = image_preflight::ImageIds::new(["img-1"]).expect("a list");
    let found = image_preflight::jd_destinations("cn-east-2", &images, &Facts::default(), &Edition::default());
    assert_eq!(found.len(), jdcloud::regions().len());
    for destination in &found {
        assert_eq!(destination.report().verdict() == Verdict::Denied, destination.region().id == "cn-east-2");
        let image = destination.report().missing().iter().any(|missing| missing.pointer().contains("img-1"));
        assert_eq!(image, destination.region().id != "cn-east-2");
    }
    // What depends on the rest of a request is not asked yet.
    let facts = r#"{"sourceRegion":"cn-north-4","copiesInFlight":0,"image":{"fullEcs":true,"iso":false,"encrypted":false,
        "fromSharedBackup":false,"sizeBytes":1,"visibility":"private","status":"active","os":"linux"}}"#;
    let broken: Vec<_> = image_preflight::capabilities(&Facts::from_json(facts).0)
        .iter()
        .map(|of| of.report().findings().iter().map(|finding| finding.rule().id).collect::<Vec<_>>())
        .collect();
    let expected: [&[&str]; 4] = [&[], &["ims.in-region-copy.not-full-ecs"], &["image.export.not-full-ecs"], &[]];
    assert_eq!(broken, expected);
}

/// A rule can miss only what it says that it reads, and of each of those there is a case in which it does.
#[test]
fn a_rule_misses_what_it_reads() {
    let mut missed = std::collections::BTreeMap::<&str, std::collections::BTreeSet<_>>::new();
    for vector in image_preflight_tests::vectors() {
        for finding in check(&vector.case).findings() {
            let facts = finding.missing().iter().map(image_preflight::Missing::fact);
            missed.entry(finding.rule().id).or_default().extend(facts);
        }
    }
    for rule in operations().flat_map(image_preflight::Operation::rules) {
        let missed = missed.remove(rule.id).unwrap_or_default();
        assert!(missed.iter().all(|fact| rule.reads.contains(fact)), "{} misses {missed:?}", rule.id);
        let unseen: Vec<_> = rule.reads.iter().filter(|fact| !missed.contains(fact)).collect();
        assert!(unseen.is_empty(), "no vector shows {} without {unseen:?}", rule.id);
    }
}

/// Groups of facts, and what stands in their place.
#[test]
fn facts_of_the_wrong_form_are_told_one_by_one() {
    let found = |facts: &str| -> Vec<(String, &'static str)> {
        let (_, findings) = Facts::from_json(facts);
        findings.iter().map(|finding| (finding.at().to_owned(), finding.kind().expect("a kind"))).collect()
    };
    let of = |at: &str, kind| vec![(format!("/facts/{at}"), kind)];
    for group in ["image", "ecs", "backup", "images", "destinationQuota", "imageObject", "imageObjects"] {
        assert_eq!(found(&format!("{{\"{group}\":null}}")), [], "{group}");
        assert_eq!(found(&format!("{{\"{group}\":7}}")), of(group, "wrong-type"), "{group}");
    }
    assert_eq!(found(r#"{"images":{"a":7}}"#), of("images/a", "wrong-type"));
    assert_eq!(found(r#"{"images":{"a":{},"a":{}}}"#), of("images/a", "duplicate"));
    assert_eq!(found(r#"{"image":{"iso":true,"iso":true}}"#), of("image/iso", "duplicate"));
    assert_eq!(found(r#"{"image":{"os":"linux","iso":true,"status":"active"}}"#), []);
    assert_eq!(found(r#"{"copiesInFlight":1,"copiesInFlight":1}"#), of("copiesInFlight", "duplicate"));
    assert_eq!(found(r#"{"copiesInFlight":-1}"#), of("copiesInFlight", "out-of-range"));
    assert_eq!(found(r#"{"images":{"a":{"snapshots":0}}}"#), of("images/a/snapshots", "out-of-range"));
    let many = |count: usize| {
        let images: Vec<_> = (0..count).map(|index| format!("\"i{index}\":{{\"busy\":true}}")).collect();
        let facts = format!("{{\"images\":{{{}}}}}", images.join(","));
        let (facts, findings) = Facts::from_json(&facts);
        let is_known = |index: usize| facts.images.get(&format!("i{index}")).is_some();
        let told: Vec<_> = findings.iter().map(|finding| (finding.kind(), finding.message(Locale::ENGLISH))).collect();
        (is_known(999), is_known(1000), told)
    };
    assert_eq!(many(1000), (true, false, vec![]));
    let told = "`images` has 1001 images; at most 1000 are allowed.".to_owned();
    assert_eq!(many(1001), (true, false, vec![(Some("too-long"), told)]));
    let regions: Vec<_> = (0..1001).map(|index| format!("\"r{index}\":1")).collect();
    let case =
        format!(r#"{{"operation":"ims.in-region-copy","edition":{{"regionCapBytes":{{{}}}}}}}"#, regions.join(","));
    let report = check(&case);
    let finding = report.findings().iter().find(|finding| finding.rule().id == "case.edition").expect("it is said");
    assert_eq!(finding.message(Locale::ENGLISH), "`regionCapBytes` has 1001 regions; at most 1000 are allowed.");
    let objects = |count: usize| {
        let facts = format!("{{\"imageObjects\":[{}]}}", vec!["{\"imageId\":\"i\"}"; count].join(","));
        Facts::from_json(&facts).1.len()
    };
    assert_eq!((objects(1000), objects(1001)), (0, 1));
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
    // A thousand findings in all, of which some are about other things.
    assert!(tags(&many).len() > 995);
}

#[test]
fn a_field_s_error_says_what_is_wrong_in_every_language() {
    let error = image_preflight::ImageName::new(" a/b").expect_err("it is wrong");
    assert_eq!(error.kinds().collect::<Vec<_>>(), ["bad-character", "bad-format"]);
    assert!(error.to_string().starts_with("ImageName holds"), "{error}");
    assert_eq!(error.to_string(), error.message(Locale::ENGLISH));
    assert!(error.message(Locale::CHINESE).contains("不允许"), "{}", error.message(Locale::CHINESE));
    assert_eq!(ByteSize::gib(3).bytes(), 3 << 30);
}

#[test]
fn a_report_becomes_problem_details() {
    let problem =
        |case: &str| check(case).problem(Locale::ENGLISH).map(|problem| serde_json::to_value(problem).expect("JSON"));
    let denied = problem(
        r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{},"facts":{"image":{"iso":true}}}"#,
    );
    let denied = denied.expect("it is denied");
    assert_eq!(
        (denied["status"].clone(), denied["title"].clone()),
        (json!(422), json!("The cloud would refuse this request."))
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

/// IMS's own object: each member in every form that the service or a mistake may give it.
#[test]
fn an_image_object_is_read_member_by_member() {
    let read = |object: Value| {
        let text = object.to_string();
        let (facts, findings) = image_preflight::huawei::image_facts(&text);
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| (finding.at().replace("/facts/imageObject/", ""), finding.kind().expect("a kind")))
            .collect();
        (serde_json::to_value(&facts).expect("JSON"), findings)
    };
    let size = |value: Value| {
        let (facts, findings) = read(json!({"__image_size": value}));
        (facts.get("sizeBytes").and_then(Value::as_u64), findings.into_iter().map(|(_, kind)| kind).collect::<Vec<_>>())
    };
    assert_eq!(size(json!("42949672960")), (Some(42_949_672_960), vec![]));
    assert_eq!(size(json!(5)), (Some(5), vec![]));
    assert_eq!((size(json!(0)), size(json!(""))), ((Some(0), vec![]), (None, vec![])));
    assert_eq!(size(json!(-1)), (None, vec!["out-of-range"]));
    assert_eq!(size(json!("-1")), (None, vec!["wrong-type"]));
    assert_eq!(size(json!("1e3")), (None, vec!["wrong-type"]));
    assert_eq!(size(json!("99999999999999999999")), (None, vec!["out-of-range"]));
    assert_eq!(size(json!(true)), (None, vec!["wrong-type"]));
    let flag = |value: Value| {
        let (facts, findings) = read(json!({"__whole_image": value}));
        (facts.get("fullEcs").and_then(Value::as_bool), findings.len())
    };
    assert_eq!(
        (flag(json!("true")), flag(json!("FALSE")), flag(json!(true))),
        ((Some(true), 0), (Some(false), 0), (Some(true), 0))
    );
    assert_eq!(
        (flag(json!("")), flag(json!(" ")), flag(json!("perhaps")), flag(json!(1))),
        ((None, 0), (None, 0), (None, 1), (None, 1))
    );
    // An answer that holds one image is that image; one that holds two says of neither which is meant.
    let image = json!({"__os_type": "Linux", "status": "active"});
    let os = |object: Value| read(object).0.get("os").cloned();
    assert_eq!(os(image.clone()), Some(json!("linux")));
    assert_eq!(os(json!({"images": [image]})), Some(json!("linux")));
    assert_eq!(os(json!({"image": image})), Some(json!("linux")));
    assert_eq!(os(json!({"images": [image, image]})), None);
    assert_eq!(os(json!({"images": [], "image": 7})), None);
}

/// A finding about a fact of the provider's object stands at the member that said it.
#[test]
fn what_an_object_says_is_shown_where_it_says_it() {
    for (member, value, rule, at) in [
        ("__whole_image", "true", "ims.in-region-copy.not-full-ecs", "__whole_image"),
        ("virtual_env_type", "IsoImage", "ims.in-region-copy.not-iso", "virtual_env_type"),
        ("__os_type", "Windows", "ims.in-region-copy.not-windows", "__os_type"),
        ("status", "killed", "ims.in-region-copy.image-active", "status"),
        ("__image_size", "137438953473", "ims.in-region-copy.size-cap", "__image_size"),
    ] {
        let case =
            in_region("i", &json!({"imageObject": {member: value}}), "international-2026-01").replace(" 测试", "");
        let report = check(&case);
        let found = report.findings().iter().find(|finding| finding.rule().id == rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {case}"));
        assert_eq!(
            (found.at(), found.outcome()),
            (format!("/facts/imageObject/{at}").as_str(), image_preflight::Outcome::Violated)
        );
    }
}

#[test]
fn a_job_is_over_when_it_has_succeeded_or_failed() {
    use image_preflight::huawei::{JobState, regions};
    let is_final = |status| JobState::from_status(status).is_final();
    assert_eq!(
        ["INIT", "RUNNING", "SUCCESS", "FAIL", "success", "failed"].map(is_final),
        [false, false, true, true, true, true]
    );
    assert!(regions().len() > 20 && regions().iter().any(|region| region.id == "cn-north-4"));
}

#[test]
fn every_sentence_in_the_source_is_one_that_translators_are_given() {
    fn sources(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("it is a folder").flatten() {
            if entry.path().is_dir() {
                sources(&entry.path(), files);
            } else {
                files.push(entry.path());
            }
        }
    }
    let mut files = Vec::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/image-preflight/src"), &mut files);
    let known: HashSet<_> = image_preflight::all_words().map(|words| words.zh).collect();
    // A pair as `words` is given it: the second text is the Chinese one.
    let pair =
        regex::Regex::new(r#"\bwords\(\s*"(?:[^"\\]|\\.)*",\s*"((?:[^"\\]|\\.)*)",?\s*\)"#).expect("it is a pattern");
    let mut count = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it is a text");
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for found in pair.captures_iter(text) {
            let sentence = found[1].replace("\\\"", "\"");
            assert!(known.contains(sentence.as_str()), "{}: {sentence}", file.display());
            count += 1;
        }
    }
    assert!(count > 350, "{count}");
}

#[test]
fn every_field_that_there_is_comes_through_both_doors() {
    let whole = json!({"name": "n", "description": "d", "tags": ["a.b", "c"], "min_ram": 1024, "max_ram": 2048,
        "image_tags": [{"key": "team", "value": "web"}, {"key": "stage", "value": ""}], "enterprise_project_id": "0"});
    let and = |more: Value| {
        let mut body = whole.clone();
        body.as_object_mut().expect("it is one").extend(more.as_object().cloned().unwrap_or_default());
        body.as_object_mut().expect("it is one").remove("tags");
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
        assert!(check(&case.to_string()).request().is_some(), "{case}");
        promises::the_doors_agree(&case);
    }
}

#[test]
fn a_finding_lacks_only_what_its_rule_still_needs() {
    let lacking = |edition: &str| {
        let edition = Edition::named(edition).expect("there is one");
        let all = image_preflight::capabilities_under(&Facts::default(), &edition);
        let copy = all.first().expect("a copy is the first").report();
        let is_it = |finding: &&image_preflight::Finding<'_>| finding.rule().id == "ims.cross-region-copy.size-cap";
        let finding = copy.findings().iter().find(is_it).expect("the size is not known");
        finding.missing().iter().map(image_preflight::Missing::pointer).collect::<Vec<_>>()
    };
    // Under the second, the cap is the same everywhere.
    assert_eq!(lacking("default"), ["/facts/sourceRegion", "/facts/image/sizeBytes"]);
    assert_eq!(lacking("international-2024-04"), ["/facts/image/sizeBytes"]);
}

#[test]
fn a_request_that_names_a_server_and_a_backup_or_neither_is_judged_as_one_of_a_server() {
    for ids in [json!({"instance_id": "i", "backup_id": "b"}), json!({})] {
        let mut body = json!({"name": "n", "vault_id": "v"});
        body.as_object_mut().expect("it is one").extend(ids.as_object().cloned().unwrap_or_default());
        let facts = json!({"ecs": {"configured": false}, "backup": {"configured": true, "used": true}});
        let case = json!({"operation": "ims.whole-image", "body": body, "facts": facts}).to_string();
        let report = check(&case);
        let broken: Vec<_> = report.findings().iter().filter(|finding| finding.kind().is_none()).collect();
        let broken: Vec<_> = broken.iter().map(|finding| (finding.rule().id, finding.at())).collect();
        assert!(broken.contains(&("ims.whole-image.source-configured", "/facts/ecs/configured")), "{case}: {broken:?}");
        assert!(!broken.iter().any(|(_, at)| at.starts_with("/facts/backup")), "{case}: {broken:?}");
    }
}

#[test]
fn jd_clouds_disks_say_whether_a_snapshot_is_encrypted() {
    let told = |object: Value| {
        let mut object = object;
        object["imageId"] = "i".into();
        let text = json!({"imageObjects": [object]}).to_string();
        let (facts, findings) = Facts::from_json(&text);
        assert!(findings.is_empty(), "{text}");
        facts.image_objects.get("i").expect("it is told of").snapshot_encrypted
    };
    let disk = |encrypted: Value| json!({"cloudDisk": {"encrypted": encrypted}});
    let (yes, no) = (json!(true), json!(false));
    for (system, data, expected) in [
        (Some(disk(no.clone())), Some(json!([])), Some(false)),
        (Some(disk(no.clone())), Some(json!([disk(json!("false"))])), Some(false)),
        (Some(disk(json!("false"))), Some(json!([])), Some(false)),
        (Some(disk(json!("true"))), None, Some(true)),
        (Some(disk(yes.clone())), None, Some(true)),
        (None, Some(json!([disk(no.clone()), disk(yes)])), Some(true)),
        // Whatever is not said is not known.
        (Some(disk(json!("perhaps"))), Some(json!([])), None),
        (Some(disk(json!(1))), Some(json!([])), None),
        (Some(json!({})), Some(json!([])), None),
        (Some(disk(no.clone())), None, None),
        (Some(disk(no.clone())), Some(json!({})), None),
        (None, Some(json!([disk(no)])), None),
        (None, None, None),
    ] {
        let mut object = json!({});
        object.as_object_mut().expect("it is one").extend(system.map(|disk| ("systemDisk".to_owned(), disk)));
        object.as_object_mut().expect("it is one").extend(data.map(|disks| ("dataDisks".to_owned(), disks)));
        assert_eq!(told(object.clone()), expected, "{object}");
    }
}
