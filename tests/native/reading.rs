//! What a case says does not depend on who reads it: blanks, limits, spellings.

use image_preflight::huawei::{CrossRegionCopy, EnterpriseProjectId, InRegionCopy};
use image_preflight::{
    Edition, Facts, Finding, Identifier, Locale, Param, Verdict, check, check_packed, check_with, facts, huawei,
    operations,
};
use image_preflight_tests::packing::packed;
use image_preflight_tests::{invariants, vectors, vectors_of};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Blanks of every kind: what Unicode calls white space, and nothing at all.
const BLANKS: [&str; 9] = ["", " ", "\t", "\n", "\r\n", "\u{85}", "\u{a0}", "\u{2003}", "\u{3000} \t"];

/// The case of an operation's base vector.
fn base(operation: &str) -> Value {
    let vectors = vectors_of(operation);
    // An allowed copy across regions has an advice.
    let allowed = vectors.iter().find(|vector| vector.verdict == "allowed" && vector.findings.len() <= 1);
    serde_json::from_str(&allowed.expect("some vector is allowed").case).expect("it is JSON")
}

/// The reports on a case, as text and laid out.
fn reports(case: &Value) -> Vec<String> {
    let text = invariants::reports(&case.to_string());
    if let Some(packing) = packed(case) {
        let packed = packing.packed();
        let report = check_packed(&packed).expect("it fits");
        assert_eq!(text, Locale::all().map(|locale| report.to_json(locale)).collect::<Vec<_>>(), "{case}");
    }
    text
}

#[test]
fn a_blank_fact_is_not_known() {
    let texts = [
        "sourceRegion",
        "image/status",
        "image/visibility",
        "image/os",
        "ecs/os",
        "ecs/state",
        "ecs/sanPolicy",
        "images/img-1/status",
        "images/img-1/visibility",
        "images/img-1/rootDevice",
    ];
    let known: Vec<_> = facts().map(|fact| fact.pointer().replace("/facts/", "").replace('*', "img-1")).collect();
    assert!(texts.iter().all(|text| known.iter().any(|known| known == text)));
    let objects = [
        "imageObject/__os_type",
        "imageObject/status",
        "imageObject/__imagetype",
        "imageObject/visibility",
        "imageObject/virtual_env_type",
        "imageObject/__image_size",
        "imageObjects/0/status",
        "imageObjects/0/imageSource",
        "imageObjects/0/rootDeviceType",
        "imageObjects/0/systemDisk/cloudDisk/encrypted",
    ];
    for operation in operations() {
        for pointer in texts.iter().chain(&objects) {
            let with = |value: Value| {
                let mut case = base(operation.id());
                case["facts"]["image"] = json!({});
                case["facts"]["images"] = json!({"img-1": {}});
                case["facts"]["imageObject"] = json!({"__whole_image": "true"});
                case["facts"]["imageObjects"] =
                    json!([{"imageId": "img-1", "systemDisk": {"cloudDisk": {}}, "dataDisks": []}]);
                let (parent, name) = format!("/facts/{pointer}")
                    .rsplit_once('/')
                    .map(|(a, b)| (a.to_owned(), b.to_owned()))
                    .expect("it has a slash");
                match case.pointer_mut(&parent) {
                    Some(parent) => parent[name] = value,
                    None => case["facts"]["ecs"] = json!({name: value}),
                }
                reports(&case)
            };
            let unknown = with(Value::Null);
            for blank in BLANKS {
                assert_eq!(with(json!(blank)), unknown, "{} {pointer} {blank:?}", operation.id());
            }
        }
    }
}

/// By hand too: facts are a structure that anybody can fill.
#[test]
fn a_blank_fact_of_a_structure_is_not_known() {
    let request =
        CrossRegionCopy::builder().image_id("i").name("n").region("cn-south-1").project_name("p").agency_name("a");
    let request = request.build().expect("it is right");
    let unknown = request.check(&Facts::default()).to_json(Locale::ENGLISH);
    for blank in BLANKS {
        let image = huawei::ImageFacts { status: Some(blank.into()), ..Default::default() };
        let facts = Facts::from(huawei::Facts { source_region: Some(blank.into()), image, ..Default::default() });
        assert_eq!(request.check(&facts).to_json(Locale::ENGLISH), unknown, "{blank:?}");
        let json = json!({"sourceRegion": blank, "image": {"status": blank}}).to_string();
        assert_eq!(Facts::from_json(&json).0, Facts::default());
        let json =
            json!({"imageObject": {"status": "active", "__os_type": "Linux"}, "image": {"status": blank}}).to_string();
        let (facts, _) = Facts::from_json(&json);
        let known = request.check(&facts);
        assert!(!known.findings().iter().any(|finding| finding.rule().id.ends_with("image-active")), "{blank:?}");
    }
}

/// Every field and parameter that is a text: what is said of an empty one is said of every blank, by whoever reads it.
#[test]
fn a_blank_field_is_an_empty_one() {
    for operation in operations() {
        let fields = operation
            .path()
            .iter()
            .map(|field| ("path", field))
            .chain(operation.body().iter().map(|field| ("body", field)));
        for (section, field) in fields {
            let with = |value: &str| {
                let mut case = base(operation.id());
                case[section][field.name()] = json!(value);
                let text = case.to_string();
                let _ = reports(&case);
                let report = check(&text);
                let kinds: Vec<_> =
                    report.findings().iter().map(|finding| (finding.at().to_owned(), finding.kind())).collect();
                let cleared = report.clear().map(|request| request.path().to_owned());
                (kinds, report.verdict(), cleared, invariants::typed(&report).is_some())
            };
            let empty = with("");
            if field.is_mandatory() {
                let at = format!("/{section}/{}", field.name());
                assert!(
                    empty.0.contains(&(at, Some("empty")))
                        || empty.0.iter().any(|(_, kind)| *kind == Some("wrong-type")),
                    "{empty:?}"
                );
                assert!(empty.2.is_err());
            }
            // A description is free text, in which a line break is refused whatever stands beside it.
            let blanks =
                BLANKS.iter().filter(|blank| !field.name().contains("description") || !blank.contains(['\r', '\n']));
            for blank in blanks {
                assert_eq!(with(blank), empty, "{} {} {blank:?}", operation.id(), field.name());
            }
        }
    }
    for blank in BLANKS {
        assert!(Identifier::new(blank).is_err() && EnterpriseProjectId::new(blank).is_ok(), "{blank:?}");
        let error = InRegionCopy::builder().image_id(blank).name("n").build().expect_err("it has no id");
        assert_eq!(error.findings()[0].kind(), Some("empty"));
    }
}

#[test]
fn every_vector_may_be_spelled_in_any_way() {
    for vector in vectors() {
        let Ok(case) = serde_json::from_str::<Value>(&vector.case) else { continue };
        for seed in 0..8 {
            invariants::spelling_does_not_matter(&case, seed);
            invariants::a_repeated_key_is_found(&case, seed);
        }
        invariants::findings_about_facts_point_at_what_is_there(&case);
    }
    let size = |written: &str| {
        let text = format!(r#"{{"__image_size":"{written}"}}"#);
        image_preflight::huawei::ImageFacts::from_object(&text).0.size.map(image_preflight::ByteSize::bytes)
    };
    assert_eq!((size(r"\u0031000"), size("1000"), size(r"1\u0030\u0030\u0030")), (Some(1000), Some(1000), Some(1000)));
}

/// Objects with very many keys take a moment, and what is found is told once a key and no more often than a report has room.
#[test]
fn very_many_keys_are_compared_in_a_moment() {
    let members = |count: usize| (0..count).map(|key| format!("\"k{key}\":0")).collect::<Vec<_>>().join(",");
    let many = members(100_000);
    let start = std::time::Instant::now();
    for case in [
        format!(
            r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n","x":{{{many}}}}}}}"#
        ),
        format!(
            r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n"}},"facts":{{"imageObject":{{{many}}}}}}}"#
        ),
        format!(r#"{{"operation":"jd.copy-images","facts":{{"imageObjects":[{{"imageId":"i",{many}}}]}}}}"#),
    ] {
        let is_repeated = |case: &str| {
            let report = check(case);
            let is_of_key = |finding: &&image_preflight::Finding<'_>| finding.kind() == Some("duplicate");
            report.findings().iter().filter(is_of_key).count()
        };
        assert_eq!(is_repeated(&case), 0);
        assert_eq!(is_repeated(&case.replacen("\"k7\":0", "\"k99999\":0", 1)), 1);
        let found = is_repeated(&case.replace("\"k7", "\"k"));
        assert!((900..=1000).contains(&found), "{found}");
    }
    // Hundredfold of what it takes, and far less than comparing each with each would.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn a_limit_is_taken_as_it_is_or_refused() {
    const GREATEST: u64 = (1 << 53) - 1;
    let verdict = |edition: Value, size: Value| {
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"}, "edition": edition,
            "facts": {"image": {"fullEcs": false, "iso": false, "os": "linux", "status": "active", "visibility": "private", "sizeBytes": size}}});
        check(&case.to_string()).verdict()
    };
    let cap = |bytes: u64| json!({"inRegionCapBytes": bytes});
    assert_eq!(verdict(cap(GREATEST), Value::Null), Verdict::Allowed);
    assert_eq!(verdict(cap(GREATEST), json!(GREATEST)), Verdict::Allowed);
    assert_eq!(verdict(cap(GREATEST - 1), Value::Null), Verdict::Undetermined);
    assert_eq!(verdict(cap(GREATEST - 1), json!(GREATEST)), Verdict::Denied);
    let edition = Edition::default().with_cap(image_preflight::ByteSize::from_bytes(GREATEST));
    assert_eq!(edition.cap("cn-south-1").bytes(), GREATEST);
}

/// A member that is null is one that is left out: also where the caller has an edition of his own.
#[test]
fn an_edition_that_is_not_named_is_the_caller_s() {
    let theirs = Edition::from_name("international-2024-04").expect("there is one");
    let case = |edition: Value| {
        json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "测试"}, "edition": edition}).to_string()
    };
    for edition in [Value::Null, json!(""), json!(" ")] {
        let case = case(edition.clone());
        let report = check_with(&case, &theirs);
        assert_eq!((report.edition(), report.verdict()), (&theirs, Verdict::Denied), "{edition}");
        assert_eq!(check(&case).edition(), &Edition::default());
    }
    let twice = case(json!("default")).replacen('{', r#"{"edition": "international-2026-01", "#, 1);
    assert_eq!(check_with(&twice, &theirs).edition(), &Edition::default(), "the last one counts");
    let own = case(json!({"capBytes": 1}));
    assert_ne!(check_with(&own, &theirs).edition(), &theirs, "a case may have limits of its own");
}

/// Numbers end where JSON's readers differ: who passes that is told the end, others only that it is no negative number.
#[test]
fn a_number_out_of_range_is_told_the_end_that_it_passed() {
    let words = |size: &str| {
        let case = format!(r#"{{"operation": "ims.in-region-copy", "facts": {{"image": {{"sizeBytes": {size}}}}}}}"#);
        let report = check(&case);
        let told =
            report.findings().iter().find(|finding| finding.at() == "/facts/image/sizeBytes").expect("it is told");
        told.message(Locale::ENGLISH)
    };
    assert_eq!(words("-1"), "`image.sizeBytes` is -1; it must be a non-negative integer.");
    for size in ["9007199254740992", "18446744073709551616", "1e300"] {
        let told = words(size);
        assert!(told.ends_with("it must be an integer from 0 to 9007199254740991."), "{told}");
    }
}

#[test]
fn a_pointer_to_no_field_is_told_the_one_that_may_be_meant() {
    for (pointer, body, nearest, patch) in [
        ("instance_id", json!({"name": "n", "instance_id": "i", "vault_id": "v"}), Some("/body/instance_id"), None),
        ("/body/vaultid", json!({"name": "n", "instance_id": "i"}), Some("/body/vault_id"), Some("/body/vault_id")),
        // A server that is given without a vault would be refused: the pointer is told, and nothing is changed.
        ("/body/instanceid", json!({"name": "n", "vaultId": "v"}), Some("/body/instance_id"), None),
        ("/facts/ecs/os", json!({"name": "n", "instance_id": "i", "vault_id": "v"}), None, None),
    ] {
        let case = json!({"operation": "ims.whole-image", "body": body, "unknown": [pointer]}).to_string();
        let report = check(&case);
        let report: Value = serde_json::from_str(&report.to_json(Locale::ENGLISH)).expect("JSON");
        let mut findings = report["findings"].as_array().into_iter().flatten();
        let told = findings.find(|finding| finding["rule"] == "case.unknown").expect("one of it");
        assert_eq!(told["params"]["nearest"].as_str(), nearest, "{told}");
        assert_eq!(told["fixes"][0]["patch"][0]["value"].as_str(), patch, "{told}");
    }
}

/// A list of allowed values that is followed ends the finding: none of them is refused in the same way.
#[test]
fn every_value_that_a_finding_allows_is_taken() {
    let mut rules = BTreeSet::new();
    for vector in vectors() {
        let Ok(case) = serde_json::from_str::<Value>(&vector.case) else { continue };
        for finding in check(&vector.case).findings() {
            let (Some(Param::Identifiers(allowed)), Some("not-one-of")) = (finding.param("allowed"), finding.kind())
            else {
                continue;
            };
            // What is said of a key has no value to put there.
            let is_of_value = case.pointer(finding.at()).is_some_and(|value| match finding.param("actual") {
                Some(Param::UserText(actual)) => value.as_str() == Some(actual),
                _ => false,
            });
            for value in allowed.iter().filter(|_| is_of_value) {
                let mut followed = case.clone();
                *followed.pointer_mut(finding.at()).expect("it is there") = json!(value);
                let followed = followed.to_string();
                let report = check(&followed);
                let is_same = |other: &&Finding<'_>| (other.at(), other.kind()) == (finding.at(), finding.kind());
                let again = report.findings().iter().find(is_same).map(|other| other.message(Locale::ENGLISH));
                assert_eq!(again, None, "{value} in {}", vector.case);
                rules.insert(finding.rule().id);
            }
        }
    }
    let all = ["case.edition", "case.operation", "case.unknown", "ims.whole-image.whole_image_type"];
    assert!(all.iter().all(|id| rules.contains(id)), "{rules:?}");
}
