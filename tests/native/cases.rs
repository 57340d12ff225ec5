//! Generated cases whose body is valid, so that facts decide them; and how properties are run: how often, from which seed, and where
//! failures are kept.

use crate::bodies;
use crate::editions::{ROWS, Row};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use serde_json::{Map, Value, json};
use std::hash::{BuildHasher, Hasher};

/// Where the seeds of cases that failed are kept. They run again before any new case; commit them with the fix.
const REGRESSIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/seeds.txt");

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How many cases a property is tried on: as many as `PROPTEST_CASES` says, or `usual`.
#[must_use]
pub fn count(usual: u32) -> u32 {
    number("PROPTEST_CASES").and_then(|cases| cases.try_into().ok()).unwrap_or(usual)
}

/// How a property is run: `usual` cases, or as many as `PROPTEST_CASES` says; from the seed in `PROPTEST_RNG_SEED`, or from a new
/// one, which is printed (the test harness shows it when the test fails).
#[must_use]
pub fn config(usual: u32) -> ProptestConfig {
    let seed = number("PROPTEST_RNG_SEED")
        .unwrap_or_else(|| std::collections::hash_map::RandomState::new().build_hasher().finish());
    println!("the same cases again: PROPTEST_RNG_SEED={seed}");
    ProptestConfig {
        cases: count(usual),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(REGRESSIONS))),
        ..ProptestConfig::default()
    }
}

/// A case with a valid body: with every fact that its operation reads, and with some of them.
#[derive(Clone, Debug)]
pub struct KnownAndPartly {
    /// Every fact is known.
    pub known: Value,
    /// The same without some of them.
    pub partly: Value,
}

/// Facts with which nothing is wrong; those about JD Cloud's images are of the images that the body names.
fn good_facts(operation: &str, body: &Value) -> Value {
    match operation {
        "ims.cross-region-copy" | "ims.in-region-copy" => json!({
            "sourceRegion": "cn-north-4", "copiesInFlight": 0,
            "image": {"fullEcs": false, "iso": false, "encrypted": false, "fromSharedBackup": false, "sizeBytes": 1,
                "visibility": "private", "status": "active", "os": "linux", "bareMetal": false, "replicated": false,
                "shareAccepted": true},
            "vault": {"region": body["region"].as_str().unwrap_or("cn-south-1")}, "destinationQuota": {"images": 5},
        }),
        "ims.whole-image" => json!({
            "ecs": {"os": "other", "state": "running", "configured": true, "spannedVolume": false, "multiDiskVolume": false,
                "sanPolicy": "OnlineAll", "dssDisk": false},
            "backup": {"used": false, "shared": false, "configured": true, "status": "available"},
            "destinationQuota": {"images": 5},
        }),
        "jd.copy-images" => {
            let ids = body["sourceImageIds"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let image = json!({"visibility": "private", "rootDevice": "cloudDisk", "status": "ready",
                "snapshotEncrypted": false, "busy": false, "snapshots": 1});
            let images: Map<_, _> = ids.map(|id| (id.to_owned(), image.clone())).collect();
            json!({"images": images, "destinationQuota": {"images": 10, "snapshots": 10}})
        }
        other => panic!("{other} has no facts here"),
    }
}

/// The other values of a fact, by its name.
fn other_values(name: &str) -> Vec<Value> {
    const GIB: u64 = 1 << 30;
    match name {
        "fullEcs" | "iso" | "encrypted" | "fromSharedBackup" | "spannedVolume" | "multiDiskVolume" | "used"
        | "shared" | "snapshotEncrypted" | "busy" | "bareMetal" | "replicated" | "dssDisk" => vec![json!(true)],
        "configured" | "shareAccepted" => vec![json!(false)],
        "region" => ["cn-south-1", "cn-east-2", "region-1"].map(Value::from).into(),
        "sourceRegion" => ["cn-south-1", "cn-east-2", "cn-north-9", "region-1"].map(Value::from).into(),
        "copiesInFlight" => [4, 5, 9].map(Value::from).into(),
        "sizeBytes" => [128 * GIB, 128 * GIB + 1, 300 * GIB, 300 * GIB + 1].map(Value::from).into(),
        "visibility" => ["public", "shared"].map(Value::from).into(),
        "status" => ["saving", "pending", "deleted"].map(Value::from).into(),
        "os" => ["windows", "linux", "other"].map(Value::from).into(),
        "state" => ["stopped", "ACTIVE", "BUILD"].map(Value::from).into(),
        "sanPolicy" => ["OfflineShared", "OfflineInternal", "OfflineAll"].map(Value::from).into(),
        "rootDevice" => vec![json!("localDisk")],
        "snapshots" => [0, 1, 2, 20].map(Value::from).into(),
        "images" => [0, 1, 5].map(Value::from).into(),
        other => panic!("the fact {other} has no other values here"),
    }
}

/// The pointers of every fact that stands in an object of facts.
fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                leaves(value, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// Takes a fact out.
fn forget(facts: &mut Value, pointer: &str) {
    let (group, name) = pointer.rsplit_once('/').expect("a pointer");
    let name = name.replace("~1", "/").replace("~0", "~");
    facts.pointer_mut(group).and_then(Value::as_object_mut).expect("a group").remove(&name);
}

/// The regions of sites of their own.
const OTHER_SITES: [&str; 8] =
    ["ae-ad-1", "eu-ch2", "eu-de", "eu-nl", "eu-west-0", "eu-west-101", "my-kualalumpur-1", "tr-central-201"];

/// The edition, or the default one where that refuses whatever the facts are.
fn deciding(edition: Row, operation: &str) -> Row {
    let is_refused = match operation {
        "ims.cross-region-copy" => !edition.across_offered.value(),
        "ims.whole-image" => !edition.cbr.value(),
        _ => false,
    };
    if is_refused { *crate::editions::row("default") } else { edition }
}

/// The destination is a region that copies from others, and the project one of it.
fn sited(operation: &str, body: &mut Value) {
    if operation == "ims.cross-region-copy" {
        let name = body["region"].as_str().unwrap_or_default().to_owned();
        let is_there = image_preflight::huawei::regions().iter().any(|region| region.id == name);
        let is_main = is_there && !OTHER_SITES.contains(&name.as_str());
        if is_there && !is_main {
            body["region"] = "cn-east-3".into();
        }
        body["project_name"] = body["region"].clone();
    }
}

/// Takes Chinese out of a name where the edition takes none.
fn named_for(edition: &Row, operation: &str, body: &mut Value) {
    if operation != "jd.copy-images" && !edition.han_in_names.value() {
        let name = body["name"].as_str().expect("it has a name");
        body["name"] = name.chars().map(|c| if c.is_ascii() { c } else { 'x' }).collect::<String>().into();
    }
}

/// Cases of one operation with valid bodies, under every edition.
pub fn valid_case(operation: &'static str) -> BoxedStrategy<KnownAndPartly> {
    let change = (any::<Index>(), any::<Index>());
    let changes = prop_oneof![
        2 => Just(Vec::new()),
        4 => prop::collection::vec(change.clone(), 1),
        2 => prop::collection::vec(change, 2..4),
    ];
    // How much is forgotten: a few facts, or about half of them.
    let forgotten = prop_oneof![
        1 => Just(Vec::new()),
        3 => prop::collection::vec(any::<Index>(), 1..3),
        1 => prop::collection::vec(any::<Index>(), 3..12),
    ];
    let edition = select(ROWS.to_vec());
    (bodies::valid_body(operation), edition, changes, forgotten)
        .prop_map(move |(mut body, edition, changes, forgotten)| {
            let edition = deciding(edition, operation);
            named_for(&edition, operation, &mut body);
            sited(operation, &mut body);
            let mut facts = good_facts(operation, &body);
            let mut places = Vec::new();
            leaves(&facts, "", &mut places);
            for (place, value) in changes {
                let place = place.get(&places);
                let values = other_values(place.rsplit('/').next().unwrap_or_default());
                // A number of snapshots that an image needs is at least 1; a quota may be 0.
                let values: Vec<_> =
                    values.into_iter().filter(|value| !place.starts_with("/images/") || *value != json!(0)).collect();
                *facts.pointer_mut(place).expect("it is there") = value.get(&values).clone();
            }
            let mut known = bodies::case(operation, &body);
            known["edition"] = edition.name.into();
            let mut partly = known.clone();
            known["facts"] = facts.clone();
            // The same fact may be chosen twice.
            let forgotten: std::collections::BTreeSet<_> = forgotten.iter().map(|place| place.get(&places)).collect();
            for place in forgotten {
                forget(&mut facts, place);
            }
            partly["facts"] = facts;
            KnownAndPartly { known, partly }
        })
        .boxed()
}
