//! The exactness law, by enumeration: a verdict is undetermined exactly when the missing facts could still make it either
//! allowed or denied, and `missing` names exactly the facts that could turn it.

use image_preflight::check;
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

/// A fact of the small world: its pointer, and one value of each class; unknown comes on top.
struct Dimension {
    pointer: &'static str,
    values: Vec<Value>,
}

fn dimension(pointer: &'static str, values: impl IntoIterator<Item = Value>) -> Dimension {
    Dimension { pointer, values: values.into_iter().collect() }
}

fn flag(pointer: &'static str) -> Dimension {
    dimension(pointer, [json!(false), json!(true)])
}

/// A world: for each dimension the index of a value, or none for unknown.
type World = Vec<Option<usize>>;

fn case(base: &Value, dimensions: &[Dimension], world: &World) -> String {
    let mut case = base.clone();
    for (dimension, index) in dimensions.iter().zip(world) {
        let Some(index) = index else { continue };
        let mut place = &mut case;
        for name in dimension.pointer.split('/').skip(1) {
            place = &mut place[name];
        }
        *place = dimension.values[*index].clone();
    }
    case.to_string()
}

/// Every world, with what is unknown among the choices or without.
fn worlds(dimensions: &[Dimension], with_unknown: bool) -> Vec<World> {
    dimensions.iter().fold(vec![Vec::new()], |worlds, dimension| {
        let choices: Vec<_> = (0..dimension.values.len()).map(Some).chain(with_unknown.then_some(None)).collect();
        worlds.iter().flat_map(|world| choices.iter().map(|choice| [world.as_slice(), &[*choice]].concat())).collect()
    })
}

/// Every way to fill in what a world leaves unknown.
fn completions(world: &World, dimensions: &[Dimension]) -> Vec<World> {
    world.iter().zip(dimensions).fold(vec![Vec::new()], |worlds, (choice, dimension)| {
        let choices: Vec<_> = match choice {
            Some(index) => vec![Some(*index)],
            None => (0..dimension.values.len()).map(Some).collect(),
        };
        worlds.iter().flat_map(|world| choices.iter().map(|choice| [world.as_slice(), &[*choice]].concat())).collect()
    })
}

/// Checks the law in every world, and says how many there were.
fn enumerate(base: &Value, dimensions: &[Dimension]) -> usize {
    let verdict = |world: &World| check(&case(base, dimensions, world)).verdict().as_str();
    let known: HashMap<World, &str> =
        worlds(dimensions, false).into_iter().map(|world| (world.clone(), verdict(&world))).collect();
    assert!(known.values().all(|verdict| *verdict != "undetermined"), "{base}: all is known, and yet undetermined");
    let mut worlds = worlds(dimensions, true);
    worlds.retain(|world| {
        let of = |name: &'static str| {
            dimensions.iter().zip(world).filter(move |(dimension, _)| dimension.pointer.ends_with(name))
        };
        let is_plenty = of("Quota/snapshots")
            .any(|(dimension, index)| index.is_some_and(|index| dimension.values[index] == PLENTY));
        !(is_plenty && of("snapshots").any(|(_, index)| index.is_none()))
    });
    for world in &worlds {
        let text = case(base, dimensions, world);
        let report = check(&text);
        let completions = completions(world, dimensions);
        let verdicts: BTreeSet<_> = completions.iter().map(|completion| known[completion]).collect();
        let expected = match verdicts.iter().copied().collect::<Vec<_>>()[..] {
            [one] => one,
            _ => "undetermined",
        };
        assert_eq!(report.verdict().as_str(), expected, "{text}");
        let turns = |index: &usize| {
            world[*index].is_none()
                && completions.iter().any(|completion| {
                    let mut other = completion.clone();
                    (0..dimensions[*index].values.len()).any(|value| {
                        other[*index] = Some(value);
                        known[&other] != known[completion]
                    })
                })
        };
        let expected: BTreeSet<_> =
            (0..dimensions.len()).filter(turns).map(|index| dimensions[index].pointer.to_owned()).collect();
        let missing: BTreeSet<_> = report.missing().iter().map(|missing| missing.pointer()).collect();
        assert_eq!(missing, expected, "{text}");
    }
    worlds.len()
}

const GIB: u64 = 1 << 30;

/// More quota than any image of the small world needs. Numbers have no end, the small world's have: where this quota is
/// known and a number of snapshots is not, the law cannot be seen in it.
const PLENTY: u64 = 1000;

#[test]
fn of_the_cross_region_copy() {
    let editions = [
        json!("default"),
        json!("international-2024-04"),
        json!("international-2026-01"),
        json!("eu-west-0-2024-04"),
        json!("tr-central-201-2024-04"),
        json!({"regionCapBytes": {"cn-south-1": 128 * GIB}}),
        json!({"capBytes": 128 * GIB, "regionCapBytes": {"cn-south-1": 300 * GIB}, "concurrentCopies": 4}),
    ];
    let mut count = 0;
    for edition in editions {
        for destination in ["cn-south-1", "ap-southeast-1", "region-1"] {
            for vault in [json!(null), json!("v")] {
                let base = json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "edition": edition, "body": {
                    "name": "n", "region": destination, "project_name": "p", "agency_name": "a", "vault_id": vault}});
                let mut others_known = base.clone();
                others_known["facts"]["image"] = json!({"iso": false, "visibility": "private", "status": "active"});
                let dimensions = [
                    dimension(
                        "/facts/sourceRegion",
                        [destination, "cn-north-4", "cn-north-9", "cn-south-1"].map(Value::from),
                    ),
                    flag("/facts/image/fullEcs"),
                    flag("/facts/image/encrypted"),
                    dimension(
                        "/facts/image/sizeBytes",
                        [128 * GIB, 128 * GIB + 1, 300 * GIB, 300 * GIB + 1].map(Value::from),
                    ),
                    dimension("/facts/image/os", ["linux", "windows"].map(Value::from)),
                    dimension("/facts/copiesInFlight", [3, 4, 5].map(Value::from)),
                ];
                count += enumerate(&others_known, &dimensions);
                // What no other rule reads too can be looked at by itself.
                let alone = [
                    flag("/facts/image/iso"),
                    dimension("/facts/image/visibility", ["private", "public", "shared", "market"].map(Value::from)),
                    dimension("/facts/image/status", ["active", "saving", "killed"].map(Value::from)),
                ];
                let mut known = base;
                known["facts"] = json!({"sourceRegion": "cn-north-1", "copiesInFlight": 0,
                    "image": {"fullEcs": false, "encrypted": false, "sizeBytes": 1, "os": "linux"}});
                count += enumerate(&known, &alone);
            }
        }
    }
    println!("{count} worlds");
    assert!(count > 100_000);
}

#[test]
fn of_the_in_region_copy() {
    for edition in ["default", "international-2026-01", "partner-2024-03"] {
        let base = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "edition": edition, "body": {"name": "n"}});
        enumerate(
            &base,
            &[
                flag("/facts/image/fullEcs"),
                flag("/facts/image/iso"),
                dimension("/facts/image/os", ["linux", "windows", "other"].map(Value::from)),
                dimension("/facts/image/status", ["active", "saving"].map(Value::from)),
                dimension("/facts/image/sizeBytes", [128 * GIB, 128 * GIB + 1].map(Value::from)),
            ],
        );
    }
}

#[test]
fn of_the_whole_image() {
    let sources = [
        json!({"name": "n", "instance_id": "i", "vault_id": "v"}),
        json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR"}),
    ];
    for body in sources {
        enumerate(
            &json!({"operation": "ims.whole-image", "body": body}),
            &[
                dimension("/facts/ecs/os", ["linux", "windows"].map(Value::from)),
                dimension("/facts/ecs/state", ["running", "stopped"].map(Value::from)),
                flag("/facts/ecs/configured"),
                flag("/facts/ecs/spannedVolume"),
                flag("/facts/ecs/multiDiskVolume"),
                flag("/facts/backup/used"),
                flag("/facts/backup/shared"),
            ],
        );
    }
}

#[test]
fn of_jd_clouds_copy() {
    for edition in ["default", "jd-2024-11"] {
        let base = |ids: &[&str], of_a: Value| {
            json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"}, "edition": edition,
                "body": {"sourceImageIds": ids, "destinationRegion": "cn-east-2"}, "facts": {"images": {"a": of_a}}})
        };
        let quota = || {
            [
                dimension("/facts/destinationQuota/images", [0, 1, 2].map(Value::from)),
                dimension("/facts/destinationQuota/snapshots", [0, 1, 2, 3, 4, PLENTY].map(Value::from)),
                dimension("/facts/images/a/snapshots", [1, 2, 100].map(Value::from)),
            ]
        };
        let [images, snapshots, of_a] = quota();
        enumerate(
            &base(&["a"], json!({"busy": false})),
            &[
                images,
                snapshots,
                of_a,
                dimension("/facts/images/a/visibility", ["private", "shared", "public"].map(Value::from)),
                dimension("/facts/images/a/rootDevice", ["cloudDisk", "localDisk"].map(Value::from)),
                dimension("/facts/images/a/status", ["ready", "pending"].map(Value::from)),
                flag("/facts/images/a/snapshotEncrypted"),
            ],
        );
        // Two images, the second of them twice: it counts once.
        for of_a in [1, 2] {
            let known = json!({"visibility": "private", "rootDevice": "cloudDisk", "status": "ready",
                "snapshotEncrypted": false, "busy": false, "snapshots": of_a});
            let [images, snapshots, _] = quota();
            enumerate(
                &base(&["a", "b", "b"], known),
                &[
                    images,
                    snapshots,
                    dimension("/facts/images/b/snapshots", [1, 2, 100].map(Value::from)),
                    dimension("/facts/images/b/visibility", ["private", "public"].map(Value::from)),
                    dimension("/facts/images/b/rootDevice", ["cloudDisk", "localDisk"].map(Value::from)),
                    dimension("/facts/images/b/status", ["ready", "error"].map(Value::from)),
                    flag("/facts/images/b/snapshotEncrypted"),
                    flag("/facts/images/b/busy"),
                ],
            );
        }
    }
}
