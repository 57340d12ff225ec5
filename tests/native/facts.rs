//! Facts: what a caller says, what a provider's object says, and what is still missing. Many of these tests kill
//! mutants that had survived.

use image_preflight::{Edition, Facts, Locale, Outcome, Verdict, check, huawei, jdcloud, operations};
use serde_json::{Value, json};

/// What facts about JD Cloud's images say when they have been stored and are looked at again.
fn stored<'a>(images: impl IntoIterator<Item = (String, jdcloud::ImageFacts<'a>)>) -> jdcloud::Facts<'a> {
    let images = images.into_iter().map(|(id, image)| (id.into(), image)).collect();
    (&Facts::from(jdcloud::Facts { images, ..Default::default() })).into()
}

#[test]
fn what_is_said_of_an_image_again_replaces_what_was_said() {
    let said = [("a", true), ("b", true), ("a", false)];
    let image = |busy| jdcloud::ImageFacts { busy: Some(busy), ..Default::default() };
    let facts = stored(said.map(|(id, busy)| (id.to_owned(), image(busy))));
    let busy = |id: &str| facts.image(id).and_then(|image| image.busy);
    assert_eq!((busy("a"), busy("b"), busy("c")), (Some(false), Some(true), None));
}

#[test]
fn each_of_many_images_is_found_whatever_their_order() {
    let image = |snapshots| jdcloud::ImageFacts { snapshots: Some(snapshots), ..Default::default() };
    let id = |number: u64| format!("img-{}", number * 37 % 50);
    let first = (0..50).map(|number| (id(number), image(number)));
    let again = (0..50).step_by(3).map(|number| (id(number), image(100 + number)));
    let facts = stored(first.chain(again));
    for number in 0..50 {
        let wanted = if number % 3 == 0 { 100 + number } else { number };
        assert_eq!(facts.image(&id(number)).and_then(|image| image.snapshots), Some(wanted), "{}", id(number));
    }
    assert!(facts.image("img-50").is_none());
}

#[test]
fn an_object_without_any_known_member_is_of_no_form_and_says_nothing() {
    let missing = |object: &str| {
        let case = format!(
            r#"{{"operation": "ims.in-region-copy", "path": {{"image_id": "i"}}, "body": {{"name": "n"}}, "facts": {{"imageObject": {object}}}}}"#
        );
        let report = check(&case);
        let wrong = report.findings().iter().find(|finding| finding.kind() == Some("bad-format"));
        let missing = report.findings().iter().flat_map(image_preflight::Finding::missing);
        let missing: std::collections::BTreeSet<_> = missing.map(image_preflight::Missing::pointer).collect();
        (report.verdict(), wrong.map(|finding| finding.at().to_owned()), missing)
    };
    let names = ["encrypted", "fullEcs", "iso", "os", "sizeBytes", "status", "visibility"];
    let all = std::collections::BTreeSet::from(names.map(|name| format!("/facts/image/{name}")));
    for (object, at) in [
        ("{}", ""),
        (r#"{"id": "i", "name": "n"}"#, ""),
        (r#"{"image": {"id": "i"}}"#, "/image"),
        (r#"{"images": [{"id": "i"}]}"#, "/images/0"),
        // What servers, backups and disks have too.
        (r#"{"status": "active", "metadata": {"os_type": "Linux"}, "backup_id": "b"}"#, ""),
    ] {
        let wrong = Some(format!("/facts/imageObject{at}"));
        assert_eq!(missing(object), (Verdict::Invalid, wrong, all.clone()), "{object}");
    }
    // One that only an image has shows that it is one.
    let (verdict, wrong, missing) = missing(r#"{"status": "active", "__os_type": "Linux"}"#);
    assert_eq!((verdict, wrong), (Verdict::Undetermined, None));
    let told = ["/facts/image/status", "/facts/image/os"];
    assert_eq!(missing, all.into_iter().filter(|fact| !told.contains(&fact.as_str())).collect());
}

/// Of a member that is given twice the last one counts, and the first says nothing.
#[test]
fn what_is_given_again_takes_the_place_of_what_was_given() {
    let (first, last) = (r#"{"image": {"iso": true}}"#, r#"{"image": {"fullEcs": true}}"#);
    let rules = |facts: &str| {
        let case = format!(
            r#"{{"operation": "ims.in-region-copy", "path": {{"image_id": "i"}}, "body": {{"name": "n"}}, {facts}}}"#
        );
        let report = check(&case);
        let broken = report.findings().iter().filter(|finding| finding.outcome() == Outcome::Violated);
        broken.map(|finding| finding.rule().id).collect::<Vec<_>>()
    };
    let once = ["case.duplicate-field", "ims.in-region-copy.not-full-ecs"];
    assert_eq!(rules(&format!(r#""facts": {first}, "facts": {last}"#)), once);
    assert_eq!(
        rules(&format!(r#""facts": {last}, "facts": {first}"#)),
        ["case.duplicate-field", "ims.in-region-copy.not-iso"]
    );
}

/// An image that is named twice is copied once: it needs the quota of one.
#[test]
fn a_repeated_image_takes_quota_once() {
    let image = json!({"visibility": "private", "rootDevice": "cloudDisk", "status": "ready", "snapshotEncrypted": false, "busy": false, "snapshots": 2});
    let verdict = |ids: &[&str], images: u64, snapshots: u64| {
        let case = json!({
            "operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
            "body": {"sourceImageIds": ids, "destinationRegion": "cn-east-2"},
            "facts": {"images": {"a": image, "b": image}, "destinationQuota": {"images": images, "snapshots": snapshots}}
        });
        check(&case.to_string()).verdict()
    };
    assert_eq!(verdict(&["a", "a"], 1, 2), Verdict::Allowed);
    assert_eq!(verdict(&["a", "b"], 1, 4), Verdict::Denied);
    assert_eq!(verdict(&["a", "b"], 2, 3), Verdict::Denied);
    assert_eq!(verdict(&["a", "b", "a"], 2, 4), Verdict::Allowed);
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
    assert_eq!(Facts::from_json("{}").0, Facts::default());
}

#[test]
fn every_destination_is_evaluated() {
    let facts = Facts::from(huawei::Facts { source_region: Some("cn-north-4".into()), ..Default::default() });
    let found = image_preflight::destinations(&facts);
    // Those of the same site: without the partner clouds, the European site and Open Telekom Cloud.
    assert_eq!(found.len(), image_preflight::huawei::regions().len() - 8);
    for destination in &found {
        let id = destination.region().id;
        let broken =
            destination.report().findings().iter().any(|finding| finding.rule().id.ends_with("region-differs"));
        assert_eq!(broken, id == "cn-north-4", "{id}");
    }
    let images = jdcloud::ImageIds::new(["img-1"]).expect("a list");
    let found = image_preflight::jdcloud::destinations("cn-east-2", &images, &Facts::default(), &Edition::default());
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

/// Warnings and advices that leave alone what is not known: they would be said of nearly every case.
const SILENT: [&str; 5] = [
    "ims.cross-region-copy.regions-without-copies",
    "ims.cross-region-copy.full-ecs-regions",
    "ims.cross-region-copy.backup-billed",
    "ims.in-region-copy.enterprise-project",
    "ims.in-region-copy.kms-permission",
];

/// A rule can miss only what it says that it reads, or presumes, and of each of those there is a case in which it does.
#[test]
fn a_rule_misses_what_it_reads() {
    let mut missed = std::collections::BTreeMap::<&str, std::collections::BTreeSet<_>>::new();
    for vector in image_preflight_tests::vectors() {
        for finding in check(&vector.case).findings() {
            let facts = finding.missing().iter().filter_map(image_preflight::Missing::fact);
            missed.entry(finding.rule().id).or_default().extend(facts);
        }
    }
    assert!(SILENT.iter().all(|id| missed.get(id).is_none_or(std::collections::BTreeSet::is_empty)));
    for rule in operations().flat_map(image_preflight::Operation::rules) {
        let missed = missed.remove(rule.id).unwrap_or_default();
        assert!(missed.iter().all(|fact| rule.reads.contains(fact)), "{} misses {missed:?}", rule.id);
        assert!(rule.presumes.iter().all(|fact| rule.reads.contains(fact)), "{}", rule.id);
        let is_silent = SILENT.contains(&rule.id);
        let unseen: Vec<_> = rule.reads.iter().filter(|fact| !missed.contains(fact) && !is_silent).collect();
        assert!(unseen.is_empty(), "no vector shows {} without {unseen:?}", rule.id);
    }
}

#[test]
fn a_fact_may_be_written_with_any_escape() {
    for (written, meant) in [
        (r"\ud83d\ude00", "\u{1f600}"),
        (r"\ud800\udc00", "\u{10000}"),
        (r"\udbff\udfff", "\u{10ffff}"),
        (r"\u6d4b\u8bd5", "测试"),
        (r#"\"\\\/\b\f\n\r\t\u0000"#, "\"\\/\u{8}\u{c}\n\r\t\0"),
    ] {
        let text = format!("{{\"image\":{{\"status\":\"{written}\"}}}}");
        let facts = huawei::Facts::from(&Facts::from_json(&text).0);
        assert_eq!(facts.image.status.as_deref(), Some(meant), "{written}");
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
    assert_eq!(found(r#"{"imageObjects":[null]}"#), of("imageObjects/0", "wrong-type"));
    assert_eq!(found(r#"{"imageObjects":[{"imageId":null}]}"#), of("imageObjects/0/imageId", "missing"));
    assert_eq!(found(r#"{"imageObjects":[{"imageId":"\t"}]}"#), of("imageObjects/0/imageId", "empty"));
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
        let facts = jdcloud::Facts::from(&facts);
        let is_known = |index: usize| facts.image(&format!("i{index}")).is_some();
        let told: Vec<_> = findings.iter().map(|finding| (finding.kind(), finding.message(Locale::ENGLISH))).collect();
        (is_known(0), is_known(1000), told)
    };
    assert_eq!(many(1000), (true, false, vec![]));
    let told = "`images` has 1001 images; the maximum is 1000.".to_owned();
    assert_eq!(many(1001), (false, false, vec![(Some("too-long"), told)]));
    let objects = |count: usize| {
        let facts = format!("{{\"imageObjects\":[{}]}}", vec!["{\"imageId\":\"i\"}"; count].join(","));
        Facts::from_json(&facts).1.len()
    };
    assert_eq!((objects(1000), objects(1001)), (0, 1));
}

/// IMS's own object: each member in every form that the service or a mistake may give it.
#[test]
fn an_image_object_is_read_member_by_member() {
    let read = |object: Value| {
        let text = object.to_string();
        let (facts, findings) = huawei::ImageFacts::from_object(&text);
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| (finding.at().replace("/facts/imageObject/", ""), finding.kind().expect("a kind")))
            // That it is no whole answer is said of each.
            .filter(|(_, kind)| *kind != "partial")
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
    assert_eq!((size(json!("-1")), size(json!("01000"))), ((None, vec!["out-of-range"]), (Some(1000), vec![])));
    assert_eq!((size(json!(1.5)), size(json!("1.5"))), ((None, vec!["wrong-type"]), (None, vec!["wrong-type"])));
    assert_eq!((size(json!("1000.0")), size(json!("-"))), ((Some(1000), vec![]), (None, vec!["wrong-type"])));
    assert_eq!(size(json!("1e3")), (None, vec!["wrong-type"]));
    assert_eq!(size(json!("99999999999999999999")), (None, vec!["out-of-range"]));
    assert_eq!(size(json!(true)), (None, vec!["wrong-type"]));
    // Booleans come as numbers, too.
    let flag = |value: Value| {
        let (facts, findings) = read(json!({"__whole_image": value}));
        (facts.get("fullEcs").and_then(Value::as_bool), findings.len())
    };
    assert_eq!(
        (flag(json!("true")), flag(json!("FALSE")), flag(json!(true))),
        ((Some(true), 0), (Some(false), 0), (Some(true), 0))
    );
    assert_eq!(
        (flag(json!("")), flag(json!(" ")), flag(json!("perhaps")), flag(json!(2))),
        ((None, 0), (None, 0), (None, 1), (None, 1))
    );
    for (zero, one) in [(json!(0), json!(1)), (json!("0"), json!("1")), (json!(0.0), json!(1.0))] {
        assert_eq!((flag(zero), flag(one)), ((Some(false), 0), (Some(true), 0)));
    }
    // An answer that holds one image is that image; one that holds two says of neither which is meant.
    let image = json!({"__os_type": "Linux", "status": "active"});
    let os = |object: Value| read(object).0.get("os").cloned();
    assert_eq!(os(image.clone()), Some(json!("linux")));
    assert_eq!(os(json!({"images": [image]})), Some(json!("linux")));
    assert_eq!(os(json!({"image": image})), Some(json!("linux")));
    assert_eq!(os(json!({"images": [image, image]})), None);
    assert_eq!(os(json!({"images": []})), None);
    // An answer of the wrong form is a finding, where it is wrong.
    for (object, at) in [
        (json!({"images": 7}), "images"),
        (json!({"images": [7]}), "images/0"),
        (json!({"images": [null]}), "images/0"),
        (json!({"images": [{"status": 7, "__os_type": "Linux"}]}), "images/0/status"),
        (json!({"image": {"__image_size": true}}), "image/__image_size"),
    ] {
        assert_eq!(read(object).1, [(at.to_owned(), "wrong-type")]);
    }
    // A name is no image.
    assert_eq!(read(json!({"image": "i"})).1, [("/facts/imageObject".to_owned(), "bad-format")]);
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
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"},
            "edition": "international-2026-01", "facts": {"imageObject": {"__isregistered": "true", "__productcode": "", member: value}}})
        .to_string();
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
fn a_finding_lacks_only_what_its_rule_still_needs() {
    let lacking = |edition: &str| {
        let edition = Edition::from_name(edition).expect("there is one");
        let all = image_preflight::capabilities_with(&Facts::default(), &edition);
        let copy = all.first().expect("a copy is the first").report();
        let is_it = |finding: &&image_preflight::Finding<'_>| finding.rule().id == "ims.cross-region-copy.size-cap";
        let finding = copy.findings().iter().find(is_it).expect("the size is not known");
        finding.missing().iter().map(image_preflight::Missing::pointer).collect::<Vec<_>>()
    };
    // Under the second, the cap is the same everywhere.
    assert_eq!(lacking("default"), ["/facts/sourceRegion", "/facts/image/sizeBytes"]);
    assert_eq!(lacking("international-2024-04"), ["/facts/image/sizeBytes"]);
}

/// While it is not known where the image is, it may be anywhere but at the destination.
#[test]
fn the_destination_s_own_cap_says_nothing_of_an_image_that_is_elsewhere() {
    let size_cap = |destination: &str, size: u64, source: Option<&str>| {
        let case = json!({
            "operation": "ims.cross-region-copy", "path": {"image_id": "i"},
            "body": {"name": "n", "region": destination, "project_name": "p", "agency_name": "a"},
            "facts": {"sourceRegion": source, "image": {"sizeBytes": size}},
            "edition": {"capBytes": 100, "regionCapBytes": {"cn-east-3": 50, "cn-south-1": 200}}
        })
        .to_string();
        let report = check(&case);
        let finding = report.findings().iter().find(|finding| finding.rule().id == "ims.cross-region-copy.size-cap");
        finding.map(image_preflight::Finding::outcome)
    };
    let (broken, open) = (Some(Outcome::Violated), Some(Outcome::Unknown));
    // The least cap counts, unless it is the destination's.
    assert_eq!(size_cap("cn-east-2", 80, None), open);
    assert_eq!(size_cap("cn-east-3", 80, None), None);
    // So does the greatest one.
    assert_eq!(size_cap("cn-east-2", 150, None), open);
    assert_eq!(size_cap("cn-south-1", 150, None), broken);
    // Where the image is known to be, that region's cap counts.
    assert_eq!(size_cap("cn-east-2", 80, Some("cn-east-3")), broken);
    assert_eq!(size_cap("cn-east-2", 150, Some("cn-south-1")), None);
}

#[test]
fn an_image_is_exported_only_if_it_is_somebody_s_own() {
    for (visibility, is_exported) in [("private", true), ("shared", false), ("public", false), ("market", false)] {
        let facts = json!({"image": {"visibility": visibility}}).to_string();
        let (facts, findings) = Facts::from_json(&facts);
        assert!(findings.is_empty(), "{visibility} is a word that is known");
        let all = image_preflight::capabilities(&facts);
        let export = all.iter().find(|of| of.operation().id() == "image.export").expect("it is one of them");
        let is_broken = export.report().findings().iter().any(|finding| finding.rule().id == "image.export.not-public");
        assert_eq!(is_broken, !is_exported, "{visibility}");
    }
}

/// An image of a backup is not made of the server as it is now.
#[test]
fn of_an_image_of_a_backup_nothing_is_said_about_the_server_s_volumes() {
    let said = |source: &str, ecs: Value| -> Vec<_> {
        let body = json!({"name": "n", "vault_id": "v", "whole_image_type": "CBR", source: "i"});
        let case = json!({"operation": "ims.whole-image", "body": body, "facts": {"ecs": ecs}}).to_string();
        let report = check(&case);
        let volumes =
            ["no-spanned-volume", "no-multi-disk-lvm", "san-policy"].map(|name| format!("ims.whole-image.{name}"));
        let volumes = report.findings().iter().filter(|finding| volumes.iter().any(|id| id == finding.rule().id));
        volumes.map(|finding| (finding.rule().id, finding.outcome())).collect()
    };
    let spanned = || json!({"os": "windows", "spannedVolume": true});
    let of_a_server =
        [("ims.whole-image.no-spanned-volume", Outcome::Violated), ("ims.whole-image.san-policy", Outcome::Unknown)];
    assert_eq!(said("instance_id", spanned()), of_a_server);
    assert_eq!(said("instance_id", json!({})).len(), 3);
    assert_eq!(said("backup_id", spanned()), []);
    assert_eq!(said("backup_id", json!({})), []);
}

#[test]
fn a_request_that_names_a_server_and_a_backup_or_neither_is_evaluated_as_one_of_a_server() {
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
fn a_member_of_jd_clouds_object_that_is_no_text_is_told() {
    let (facts, findings) = Facts::from_json(
        r#"{"imageObjects":[{"imageId":"i","status":1,"imageSource":null,"rootDeviceType":"cloudDisk"},{"imageSource":"private"}]}"#,
    );
    let told: Vec<_> = findings.iter().map(|finding| (finding.at(), finding.kind())).collect();
    let wrong = Some("wrong-type");
    assert_eq!(told, [("/facts/imageObjects/0/status", wrong), ("/facts/imageObjects/1/imageId", Some("missing"))]);
    let facts = jdcloud::Facts::from(&facts);
    let image = facts.image("i").expect("there is an object of it");
    assert_eq!((image.status.as_deref(), image.visibility), (None, None));
    assert!(image.root_device.is_some());
}

#[test]
fn a_backup_s_id_does_not_say_whose_backup_it_was() {
    for (id, expected) in [("\"\"", Some(false)), ("\" \"", Some(false)), ("\"b\"", None), ("1", None)] {
        let object = format!(r#"{{"__backup_id":{id},"status":"active","__os_type":"Linux"}}"#);
        assert_eq!(huawei::ImageFacts::from_object(&object).0.from_shared_backup, expected, "{id}");
    }
}

#[test]
fn jd_clouds_disks_say_whether_a_snapshot_is_encrypted() {
    let told = |object: Value| {
        let mut object = object;
        object["imageId"] = "i".into();
        let text = json!({"imageObjects": [object]}).to_string();
        let (facts, findings) = Facts::from_json(&text);
        let wrong: Vec<_> = findings.iter().map(|finding| finding.at().replace("/facts/imageObjects/0/", "")).collect();
        let facts = jdcloud::Facts::from(&facts);
        (facts.image("i").expect("there is an object of it").snapshot_encrypted, wrong)
    };
    let encrypted = "systemDisk/cloudDisk/encrypted";
    let disk = |encrypted: Value| json!({"cloudDisk": {"encrypted": encrypted}});
    let (yes, no) = (json!(true), json!(false));
    let mut rows = Vec::new();
    for (system, data, expected) in [
        (Some(disk(no.clone())), Some(json!([])), Some(false)),
        (Some(disk(no.clone())), Some(json!([disk(json!("false"))])), Some(false)),
        (Some(disk(json!("false"))), Some(json!([])), Some(false)),
        (Some(disk(json!("true"))), None, Some(true)),
        (Some(disk(yes.clone())), None, Some(true)),
        (None, Some(json!([disk(no.clone()), disk(yes.clone())])), Some(true)),
        // Whatever is not given is not known.
        (Some(json!({})), Some(json!([])), None),
        (Some(json!(null)), Some(json!([])), None),
        (Some(json!({"cloudDisk": null})), Some(json!([])), None),
        (Some(disk(json!(null))), Some(json!([])), None),
        (Some(disk(json!(" "))), Some(json!([])), None),
        (Some(disk(no.clone())), None, None),
        (Some(disk(no.clone())), Some(json!(null)), None),
        (Some(disk(no.clone())), Some(json!([{}])), None),
        (None, Some(json!([disk(no.clone())])), None),
        (None, None, None),
    ] {
        rows.push((system, data, expected, vec![]));
    }
    // Whatever is not of its type is a finding, and not known.
    for (system, data, expected, at) in [
        (disk(json!("perhaps")), json!([]), None, encrypted),
        (disk(json!(2)), json!([]), None, encrypted),
        (disk(json!([])), json!([]), None, encrypted),
        (json!(true), json!([]), None, "systemDisk"),
        (json!([]), json!([]), None, "systemDisk"),
        (json!({"cloudDisk": "no"}), json!([]), None, "systemDisk/cloudDisk"),
        (disk(no.clone()), json!({}), None, "dataDisks"),
        (disk(no.clone()), json!([null]), None, "dataDisks/0"),
        (disk(no.clone()), json!([disk(no.clone()), 7]), None, "dataDisks/1"),
        (disk(no.clone()), json!([disk(json!({}))]), None, "dataDisks/0/cloudDisk/encrypted"),
        (disk(no.clone()), json!([7, disk(json!(true))]), Some(true), "dataDisks/0"),
    ] {
        rows.push((Some(system), Some(data), expected, vec![at.to_owned()]));
    }
    for (system, data, expected, wrong) in rows {
        let mut object = json!({});
        object.as_object_mut().expect("it is one").extend(system.map(|disk| ("systemDisk".to_owned(), disk)));
        object.as_object_mut().expect("it is one").extend(data.map(|disks| ("dataDisks".to_owned(), disks)));
        assert_eq!(told(object.clone()), (expected, wrong), "{object}");
    }
}

#[test]
fn a_name_with_a_slash_or_a_tilde_is_told_and_found_as_it_is() {
    let case = r#"{"operation":"jd.copy-images","facts":{"a/b~":1,"images":{"i/1~0":{"busy":3}}}}"#;
    let report = check(case);
    for (at, name, text) in
        [("/facts/a~1b~0", "\"a/b~\"", "\"a/b~\""), ("/facts/images/i~11~00/busy", "`images.i/1~0.busy`", "3")]
    {
        let finding = report.findings().iter().find(|finding| finding.at() == at).expect("it is found");
        let message = finding.message(Locale::ENGLISH);
        assert!(message.contains(name), "{message}");
        let span = finding.span(case).expect("it stands in the text");
        assert_eq!(case.get(span), Some(text));
    }
}

/// Facts that are read back are judged as those that were written: what `facts` cannot say is not written at all.
#[test]
fn strict_facts_are_refused_rather_than_written_as_milder_ones() {
    let request =
        huawei::WholeImageFromEcs::builder().name("n").instance_id("i").vault_id("v").build().expect("it is one");
    let facts = Facts::from_json(r#"{"ecs": {"state": "running"}}"#).0;
    let back: Facts<'static> = serde_json::from_value(json!(facts)).expect("it is read back");
    assert_eq!(back, facts);
    assert_eq!(request.check(&back).verdict(), request.check(&facts).verdict());
    let strict = facts.strict();
    assert_ne!(back, strict);
    assert_ne!(request.check(&back).verdict(), request.check(&strict).verdict());
    let error = serde_json::to_string(&strict).expect_err("it is not written").to_string();
    assert!(error.contains("`strict` is a member of the case"), "{error}");
    assert_eq!(request.check(&back.strict()).verdict(), Verdict::Undetermined);
}
