//! Fields whose form the documents state, at the edges where a check could be too lenient.

use image_preflight::huawei::EnterpriseProjectId;
use image_preflight::{check, schema};
use serde_json::{Value, json};

/// FACTS.md: absent, blank or "0", otherwise a UUID: 8-4-4-4-12 hexadecimal digits.
#[test]
fn a_uuid_has_its_hyphens_where_they_belong() {
    let digits = "9b27efab4a174c06bfa23e0cf021d3c3";
    let with_hyphens = |places: &[usize]| -> String {
        digits.char_indices().flat_map(|(at, c)| places.contains(&at).then_some('-').into_iter().chain([c])).collect()
    };
    let is_taken = |id: &str| EnterpriseProjectId::new(id).is_ok();
    let right = with_hyphens(&[8, 12, 16, 20]);
    assert_eq!(right.len(), 36);
    assert!(is_taken(&right) && is_taken(&right.to_uppercase()));
    // Each hyphen at each other place: still 36 characters, four hyphens, 32 digits.
    let mut moved = 0;
    for left_out in [8, 12, 16, 20] {
        for place in 0..32 {
            let mut places: Vec<_> = [8, 12, 16, 20].into_iter().filter(|kept| *kept != left_out).collect();
            if places.contains(&place) || place == left_out {
                continue;
            }
            places.push(place);
            let id = with_hyphens(&places);
            assert!(!is_taken(&id), "{id}");
            let body = json!({"name": "n", "enterprise_project_id": id});
            let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": body}).to_string();
            let report = check(&case);
            let found = report.findings().iter().find(|finding| finding.at() == "/body/enterprise_project_id");
            assert_eq!(found.and_then(image_preflight::Finding::kind), Some("bad-format"), "{id}");
            moved += 1;
        }
    }
    assert_eq!(moved, 4 * 28);
    for wrong in [&right[1..], &format!("{right}0"), &right.replace('9', "g"), &right.replace('-', "_"), digits] {
        assert!(!is_taken(wrong), "{wrong}");
    }
}

/// CONTRACT.md: a fact that JD Cloud's image needs no snapshot at all is none: at least 1.
#[test]
fn the_schema_of_facts_has_the_bounds_of_the_contract() {
    let document = schema::documents().find(|document| document.name == "facts").expect("there is a schema of facts");
    let validator = jsonschema::draft202012::new(&document.schema.to_value()).expect("it is one");
    let is_taken = |facts: Value| validator.is_valid(&facts);
    for (at_least, of) in [
        (1, &(|n: i64| json!({"images": {"a": {"snapshots": n}}})) as &dyn Fn(i64) -> Value),
        (0, &|n| json!({"copiesInFlight": n})),
        (0, &|n| json!({"image": {"sizeBytes": n}})),
        (0, &|n| json!({"destinationQuota": {"images": n}})),
        (0, &|n| json!({"destinationQuota": {"snapshots": n}})),
    ] {
        assert_eq!((is_taken(of(at_least - 1)), is_taken(of(at_least))), (false, true), "{}", of(at_least));
        let case = |n| json!({"operation": "jd.copy-images", "facts": of(n)}).to_string();
        let is_fault = |n| {
            check(&case(n)).findings().iter().any(|finding| {
                // That another operation reads the fact is only an advice.
                finding.rule().id == "case.facts" && finding.severity() == image_preflight::Severity::Error
            })
        };
        assert_eq!((is_fault(at_least - 1), is_fault(at_least)), (true, false), "{}", of(at_least));
    }
}

/// 004: `max_ram` has no value that means "no limit" (only `min_ram` has: 0), so 0 is a bound like any other.
#[test]
fn a_greatest_memory_of_nothing_contradicts_a_least_memory() {
    let found = |min: i64, max: i64| {
        let body = json!({"name": "n", "instance_id": "i", "vault_id": "v", "min_ram": min, "max_ram": max});
        let case = json!({"operation": "ims.whole-image", "body": body}).to_string();
        let report = check(&case);
        report.findings().iter().filter(|finding| finding.at() == "/body/min_ram").count()
    };
    assert_eq!([found(5, 0), found(1, 0), found(0, 0), found(5, 4), found(5, 5), found(0, 5)], [1, 1, 0, 1, 0, 0]);
}

/// FACTS.md, "IMS: regions" and "JD Cloud": every id, and the names of those with the larger cap.
#[test]
fn the_regions_are_those_of_the_documents() {
    let ims = "ae-ad-1 af-north-1 af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 cn-east-2 \
        cn-east-3 cn-east-4 cn-east-5 cn-north-1 cn-north-2 cn-north-4 cn-north-9 cn-north-11 cn-north-12 cn-south-1 cn-south-2 \
        cn-south-4 cn-southwest-2 cn-southwest-3 eu-ch2 eu-de eu-nl eu-west-0 eu-west-101 la-north-2 la-south-2 me-east-1 \
        my-kualalumpur-1 na-mexico-1 ru-moscow-1 sa-brazil-1 tr-central-201 tr-west-1";
    let ids = |regions: &[image_preflight::Region]| -> Vec<&str> { regions.iter().map(|region| region.id).collect() };
    assert_eq!(ids(image_preflight::huawei::regions()), ims.split_whitespace().collect::<Vec<_>>());
    for (id, zh, en) in [
        ("cn-south-1", "华南-广州", "CN South-Guangzhou"),
        ("cn-east-3", "华东-上海一", "CN East-Shanghai1"),
        ("cn-east-2", "华东-上海二", "CN East-Shanghai2"),
        ("cn-north-4", "华北-北京四", "CN North-Beijing4"),
    ] {
        let name = image_preflight::huawei::region(id).expect("it is known").name;
        assert_eq!((name.en, name.zh), (en, zh), "{id}");
    }
    let jd = image_preflight::jdcloud::regions();
    let found: Vec<_> = jd.iter().map(|region| (region.id, region.name.zh)).collect();
    let mut wanted = [
        ("cn-north-1", "华北-北京"),
        ("cn-east-1", "华东-宿迁"),
        ("cn-east-2", "华东-上海"),
        ("cn-south-1", "华南-广州"),
    ]
    .to_vec();
    wanted.sort_by_key(|(id, _)| found.iter().position(|(known, _)| known == id));
    assert_eq!(found, wanted);
}
