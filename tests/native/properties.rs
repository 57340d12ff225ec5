//! The laws, as properties: of reading, of order, of fixes, of more facts becoming known, of both entry points.

use image_preflight::huawei::{CrossRegionCopy, InRegionCopy, WholeImageFromBackup, WholeImageFromEcs};
use image_preflight::jdcloud::CopyImages;
use image_preflight::{Locale, Outcome, Severity, Verdict, check, check_bytes, huawei, locate};
use image_preflight_tests::packing::packed;
use image_preflight_tests::{cases, invariants, vectors};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Texts that fields meet: right, at an edge, or wrong.
fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => select(vec!["n", "copy-1", "测试 镜像", "cn-south-1", "cn-east-2", "CBR", "0", "ee55ffd9-4d2b-4d31-bd2c-c0b0e0d2a7b1"])
            .prop_map(Value::from),
        2 => select(vec!["", " ", " a", "a ", "a<b", "a\nb", "..", "a/b", "𠮷", "🙂", "\u{202e}x", "\u{0}"]).prop_map(Value::from),
        1 => "\\PC{0,40}".prop_map(Value::from),
        1 => (120_usize..1030).prop_map(|count| Value::from("镜".repeat(count))),
    ]
}

/// Any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text(),
    ];
    leaf.prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Names that objects meet: every one that is known somewhere, and others.
fn name() -> impl Strategy<Value = String> {
    let fields = image_preflight::operations().flat_map(|operation| operation.body().iter().chain(operation.path()));
    let facts = image_preflight::facts().flat_map(|fact| fact.pointer().split('/'));
    let cases = [
        "operation",
        "path",
        "body",
        "facts",
        "edition",
        "unknown",
        "strict",
        "imageObject",
        "imageObjects",
        "ecsObject",
        "backupObject",
        "quotaObject",
        "key",
        "value",
        "extends",
    ];
    let known = fields.map(image_preflight::Field::name).chain(facts).chain(cases);
    let known: Vec<_> = known.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    prop_oneof![8 => select(known), 1 => "\\PC{0,8}"]
}

/// A body with some of the operation's fields, and now and then another.
fn body(operation: &'static image_preflight::Operation) -> impl Strategy<Value = Value> {
    let fields: Vec<_> = operation.body().iter().map(|field| field.name().to_owned()).collect();
    let ids = prop::collection::vec(select(vec!["img-1", "img-2", "img-3", ""]), 0..12).prop_map(|ids| json!(ids));
    let tags =
        prop::collection::vec(select(vec!["a.b", "k", "键.值", ".v", "a b"]), 0..12).prop_map(|tags| json!(tags));
    let pairs = prop::collection::vec((text(), text()), 0..3).prop_map(|tags| {
        tags.into_iter().map(|(key, value)| json!({"key": key, "value": value})).collect::<Vec<_>>().into()
    });
    let value = prop_oneof![
        8 => text(),
        2 => ids,
        2 => tags,
        1 => pairs,
        2 => select(vec![json!(0), json!(-1), json!(512), json!(1024.0), json!(0.5), json!(9_007_199_254_740_992_u64)]),
        1 => any_json(),
    ];
    let count = fields.len();
    (
        subsequence(fields, 0..=count),
        prop::collection::vec(value.clone(), count),
        prop::option::weighted(0.1, (name(), value)),
    )
        .prop_map(|(fields, values, other)| Value::Object(fields.into_iter().zip(values).chain(other).collect()))
}

/// Every fact with a value of its type.
fn all_facts() -> impl Strategy<Value = Map<String, Value>> {
    let flag = any::<bool>();
    let region = select(vec!["cn-north-4", "cn-south-1", "cn-north-9", "region-1"]);
    let size = select(vec![1, 128_u64 << 30, (128 << 30) + 1, 300 << 30, (300 << 30) + 1]);
    let more = (flag, flag, flag, select(vec!["cn-south-1", "cn-east-3"]), select(vec!["running", "ACTIVE", "BUILD"]));
    let image = (
        (flag, flag, flag, flag, more),
        size,
        select(huawei::Visibility::NAMES),
        select(vec!["active", "saving"]),
        select(image_preflight::huawei::Os::NAMES),
    );
    let ecs = (
        select(image_preflight::huawei::Os::NAMES),
        flag,
        flag,
        flag,
        select(vec!["OnlineAll", "OfflineShared", "OfflineInternal", "offlineall"]),
    );
    let jd =
        (select(vec!["private", "shared", "public"]), select(vec!["cloudDisk", "localDisk"]), flag, flag, 1_u64..4);
    (region, image, 3_u64..7, ecs, (flag, flag, flag), prop::collection::vec(jd, 3), (0_u64..4, 0_u64..8)).prop_map(
        |(region, image, copies, ecs, backup, jd, quota)| {
            let ((full_ecs, iso, encrypted, shared, more), size, visibility, status, os) = image;
            let (bare_metal, replicated, is_accepted, vault, state) = more;
            let images = jd.into_iter().zip(1..).map(|((visibility, root, encrypted, busy, snapshots), number)| {
                (format!("img-{number}"), json!({"visibility": visibility, "rootDevice": root, "status": "ready",
                    "snapshotEncrypted": encrypted, "busy": busy, "snapshots": snapshots}))
            });
            let facts = json!({
                "sourceRegion": region,
                "image": {"fullEcs": full_ecs, "iso": iso, "encrypted": encrypted, "fromSharedBackup": shared, "sizeBytes": size,
                    "visibility": visibility, "status": status, "os": os, "bareMetal": bare_metal, "replicated": replicated,
                    "shareAccepted": is_accepted, "marketplace": false},
                "copiesInFlight": copies, "vault": {"region": vault}, "projectId": "p",
                "ecs": {"os": ecs.0, "state": state, "dssDisk": replicated, "configured": ecs.1, "spannedVolume": ecs.2, "multiDiskVolume": ecs.3, "sanPolicy": ecs.4},
                "backup": {"used": backup.0, "shared": backup.1, "configured": backup.2, "status": if backup.1 { "available" } else { "error" }},
                "images": Value::Object(images.collect()),
                "destinationQuota": {"images": quota.0, "snapshots": quota.1},
            });
            facts.as_object().cloned().unwrap_or_default()
        },
    )
}

/// Some of the facts: each leaf stays with even odds.
fn some_of(facts: &Map<String, Value>, coins: &mut impl Iterator<Item = bool>) -> Map<String, Value> {
    let keep = |(name, value): (&String, &Value), coins: &mut dyn Iterator<Item = bool>| match value {
        Value::Object(inner) => Some((name.clone(), Value::Object(some_of(inner, &mut Box::new(coins))))),
        value => coins.next().unwrap_or(true).then(|| (name.clone(), value.clone())),
    };
    facts.iter().filter_map(|member| keep(member, &mut *coins)).collect()
}

fn operation() -> impl Strategy<Value = &'static image_preflight::Operation> {
    select(image_preflight::operations().collect::<Vec<_>>())
}

/// A case, all of whose facts are known.
fn known_case() -> impl Strategy<Value = Value> {
    let edition = prop::option::of(select(image_preflight_tests::editions::ROWS.map(|row| row.name).to_vec()));
    operation().prop_flat_map(move |operation| {
        (body(operation), all_facts(), edition.clone(), text()).prop_map(move |(body, facts, edition, id)| {
            let path: Map<_, _> = operation.path().iter().map(|field| (field.name().to_owned(), id.clone())).collect();
            json!({"operation": operation.id(), "path": path, "body": body, "facts": facts, "edition": edition})
        })
    })
}

/// A case from the vectors, nearly always near to right.
fn vector_case() -> impl Strategy<Value = Value> {
    let cases = vectors().into_iter().filter_map(|vector| serde_json::from_str::<Value>(&vector.case).ok());
    select(cases.filter(Value::is_object).collect::<Vec<_>>())
}

/// An object with some of these members, each with one of its values.
fn some_members(members: Vec<(&'static str, Vec<Value>)>) -> impl Strategy<Value = Value> {
    let count = members.len();
    let member = |(name, values): (&'static str, Vec<Value>)| {
        (Just(name.to_owned()), prop_oneof![9 => select(values), 1 => any_json()])
    };
    let members: Vec<_> = members.into_iter().map(member).collect();
    (members, prop::collection::vec(prop::bool::weighted(0.6), count)).prop_map(|(members, kept)| {
        members.into_iter().zip(kept).filter_map(|(member, kept)| kept.then_some(member)).collect()
    })
}

/// What IMS might return, right or wrong: an image, or an answer with one or more.
fn image_object() -> impl Strategy<Value = Value> {
    let flags =
        || vec![json!("true"), json!("False"), json!(false), json!(true), json!(""), json!("\u{3000}"), json!(5)];
    let kinds = || ["private", "gold", "public", "shared", "market", "x", "\t"].map(Value::from).to_vec();
    let sizes = ["1000", "0", "", "-1", "1.5", "137438953473", "99999999999999999999", "x"].map(Value::from);
    let numbers = [json!(1000), json!(-1), json!(1.5), json!(1e300), json!(true), json!(null)];
    let image = some_members(vec![
        ("__whole_image", flags()),
        ("__system__cmkid", vec![json!(""), json!(" \n"), json!("key"), json!(7)]),
        ("__image_size", sizes.into_iter().chain(numbers).collect()),
        ("virtual_env_type", vec![json!("FusionCompute"), json!("IsoImage"), json!("x"), json!(false)]),
        ("__imagetype", kinds()),
        ("visibility", kinds()),
        ("__os_type", vec![json!("Linux"), json!("windows"), json!(""), json!([])]),
        ("status", vec![json!("active"), json!("saving"), json!(" "), json!(3)]),
        ("__backup_id", vec![json!(""), json!("b"), json!({})]),
        ("tags", vec![json!([]), json!([{"key": "k", "value": "v"}])]),
        ("kms_key_id", vec![json!(""), json!("key"), json!(7)]),
        ("system__cmkid", vec![json!(null), json!("key")]),
        ("image_type", vec![json!("IsoImage"), json!("FusionCompute")]),
        ("size_bytes", vec![json!(1), json!("x")]),
        ("owner", vec![json!("p"), json!("q"), json!(1)]),
        ("id", vec![json!("0"), json!("n"), json!("copy-1")]),
        (
            "properties",
            vec![json!({"__system__cmkid": "key"}), json!({"__whole_image": "true", "status": "x"}), json!(7)],
        ),
    ]);
    (image, 0..10).prop_map(|(image, form)| match form {
        8 => json!([image, image]),
        9 => json!({"volume": {"id": "v", "volume_image_metadata": image}}),
        0 | 1 => json!({"images": [image]}),
        2 => json!({"image": image}),
        3 => json!({"images": [image, image], "count": 2}),
        _ => image,
    })
}

/// What JD Cloud might return, right or wrong.
fn image_objects() -> impl Strategy<Value = Value> {
    let disk = || {
        let of = |encrypted: Value| json!({"cloudDisk": {"encrypted": encrypted, "size": 40}});
        vec![
            of(json!(true)),
            of(json!(false)),
            of(json!("false")),
            of(json!(5)),
            json!({}),
            json!(true),
            json!({"cloudDisk": 1}),
        ]
    };
    let disks = vec![json!([]), json!([disk()[1]]), json!([disk()[1], disk()[0]]), json!({}), json!([null, disk()[3]])];
    let object = some_members(vec![
        ("imageId", vec![json!("img-1"), json!("img-1"), json!("img-2"), json!(""), json!(null), json!(1)]),
        ("imageSource", ["private", "shared", "x", ""].map(Value::from).to_vec()),
        ("rootDeviceType", ["cloudDisk", "localDisk", " "].map(Value::from).to_vec()),
        ("status", vec![json!("ready"), json!("Ready"), json!("error"), json!(1)]),
        ("systemDisk", disk()),
        ("dataDisks", disks),
        ("progress", vec![json!("60"), json!(100), json!(null), json!("x")]),
    ]);
    let object = prop_oneof![20 => object, 1 => select(vec![json!(null), json!(7)])];
    let list = prop::collection::vec(object.clone(), 0..4);
    prop_oneof![
        8 => list.clone().prop_map(Value::from),
        1 => list.prop_map(|list| json!({"requestId": "r", "result": {"images": list}})),
        1 => object,
        1 => any_json(),
    ]
}

/// What the ECS, CBR and IMS APIs might return of a server, a backup and a quota, right or wrong.
fn other_objects() -> impl Strategy<Value = [Value; 3]> {
    let server = some_members(vec![
        ("id", vec![json!("n"), json!("copy-1"), json!(7)]),
        ("status", ["ACTIVE", "SHUTOFF", "ERROR", ""].map(Value::from).to_vec()),
        ("metadata", vec![json!({"os_type": "Linux"}), json!({"os_type": 7}), json!([]), json!({})]),
    ]);
    let backup = some_members(vec![
        ("id", vec![json!("n"), json!("copy-1")]),
        ("status", ["available", "error"].map(Value::from).to_vec()),
        ("resource_type", vec![json!("OS::Nova::Server")]),
        (
            "extend_info",
            vec![json!({"os_images_data": []}), json!({"os_images_data": [1]}), json!({"os_images_data": 7}), json!(7)],
        ),
    ]);
    let quota = some_members(vec![
        ("type", vec![json!("image")]),
        ("used", vec![json!(50), json!("1"), json!(-1), json!(null)]),
        ("quota", vec![json!(50), json!(-1), json!("x")]),
    ])
    .prop_map(|quota| json!({"quotas": {"resources": [quota]}}));
    (
        prop_oneof![9 => server, 1 => any_json()],
        prop_oneof![9 => backup, 1 => any_json()],
        prop_oneof![9 => quota, 1 => any_json()],
    )
        .prop_map(|(server, backup, quota)| [server, backup, quota])
}

/// A case whose facts are what a provider returned, with something that is not known here.
fn object_case() -> impl Strategy<Value = Value> {
    let objects = (image_object(), image_objects(), prop::option::weighted(0.3, (name(), any_json())), other_objects());
    let unknown = (prop::option::weighted(0.2, any_json()), 0..6_usize);
    (known_case(), prop::collection::vec(any::<bool>(), 48), objects, unknown).prop_map(
        |(mut case, coins, (ims, jd, other, [server, backup, quota]), (unknown, place))| {
            let facts = case["facts"].as_object().cloned().unwrap_or_default();
            let mut facts = some_of(&facts, &mut coins.into_iter());
            facts.insert("imageObject".to_owned(), ims);
            facts.insert("imageObjects".to_owned(), jd);
            for (name, object) in [("ecsObject", server), ("backupObject", backup), ("quotaObject", quota)] {
                if place != 0 {
                    facts.insert(name.to_owned(), object);
                }
            }
            facts.extend(other);
            case["facts"] = Value::Object(facts);
            if let Some(unknown) = unknown {
                let sections = ["", "/path", "/body", "/facts", "/edition", "/facts/image"];
                match case.pointer_mut(sections[place]) {
                    Some(Value::Object(section)) => _ = section.insert("unknown".to_owned(), unknown),
                    _ => case["edition"] = unknown,
                }
            }
            case
        },
    )
}

fn any_case() -> impl Strategy<Value = Value> {
    let coins = prop::collection::vec(any::<bool>(), 48);
    let partly_known = (known_case(), coins).prop_map(|(mut case, coins)| {
        let facts = case["facts"].as_object().cloned().unwrap_or_default();
        case["facts"] = Value::Object(some_of(&facts, &mut coins.into_iter()));
        case
    });
    prop_oneof![partly_known, vector_case(), object_case()]
}

/// A name with one letter left out, doubled or in the other case, or without its joints.
fn typo(name: &str, how: usize) -> String {
    let letters: Vec<char> = name.chars().collect();
    let place = how / 4 % letters.len().max(1);
    let edit = |(index, c): (usize, &char)| match (index == place, how % 4) {
        (true, 0) => Vec::new(),
        (true, 1) => vec![*c, *c],
        (true, 2) if c.is_ascii_lowercase() => vec![c.to_ascii_uppercase()],
        (_, 3) if *c == '_' => Vec::new(),
        _ => vec![*c],
    };
    letters.iter().enumerate().flat_map(edit).collect()
}

/// A case with typos in its names, its operation or its regions, with values that do not fit their names, or with elements that are
/// repeated: what most patches are about.
fn case_with_a_typo() -> impl Strategy<Value = Value> {
    let what = prop::collection::vec((0..7_usize, 0..64_usize, text()), 1..4);
    (any_case(), what).prop_map(|(mut case, typos)| {
        for (what, how, other) in typos {
            let member = ["body", "body", "body", "path"][how % 4];
            match what {
                // A misspelt name, with or without the right one beside it.
                0..=2 => {
                    let Some(object) = case[member].as_object_mut() else { continue };
                    let Some(name) = object.keys().nth(how % object.len().max(1)).cloned() else { continue };
                    let value = match what {
                        0 => object.remove(&name).unwrap_or_default(),
                        1 => object[&name].clone(),
                        _ => {
                            object.remove(&name);
                            other
                        }
                    };
                    object.insert(typo(&name, how), value);
                }
                3 => {
                    let regions = ["cn-south-1", "cn-north-4", "cn-north-1", "cn-east-2", "ap-southeast-1"];
                    let region = typo(regions[how % regions.len()], how / 5);
                    let name =
                        ["region", "destinationRegion"].into_iter().find(|name| case["body"].get(name).is_some());
                    if let Some(name) = name {
                        case["body"][name] = json!(region);
                    } else if case["path"].get("regionId").is_some() {
                        case["path"]["regionId"] = json!(region);
                    }
                    if how % 3 == 0 && case["facts"].is_object() {
                        case["facts"]["sourceRegion"] = json!(regions[how % regions.len()]);
                    }
                }
                4 => {
                    if let Some(operation) = case["operation"].as_str() {
                        case["operation"] = json!(typo(operation, how));
                    }
                }
                5 => {
                    for name in ["tags", "image_tags", "sourceImageIds"] {
                        if let Some(list) = case["body"].get_mut(name).and_then(Value::as_array_mut) {
                            list.extend(list.first().cloned());
                            if let Some(Value::Object(tag)) = list.first_mut() {
                                tag.insert("note".to_owned(), other.clone());
                            }
                        }
                    }
                }
                _ => case[typo("facts", how)] = other,
            }
        }
        case
    })
}

/// A case as it is mostly written: the operation first, so that the others are read where they stand.
fn written(case: &Value) -> String {
    let order = ["operation", "path", "body", "facts", "edition", "unknown", "strict"];
    let members = order.iter().filter_map(|name| Some(format!("{}:{}", json!(name), case.get(name)?)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// Cases of every operation with valid bodies, so that facts decide them.
fn valid_case() -> impl Strategy<Value = cases::KnownAndPartly> {
    let of = |operation: &'static image_preflight::Operation| cases::valid_case(operation.id());
    proptest::strategy::Union::new(image_preflight::operations().map(of))
}

/// Cases for the law that a typed request is evaluated as its text is: half of them of any kind, half with valid bodies, some of these
/// under a caller's own limits.
fn typed_case() -> impl Strategy<Value = Value> {
    let edition = prop_oneof![
        2 => Just(None),
        1 => select(vec![
            json!({"capBytes": 1000}),
            json!({"regionCapBytes": {"cn-north-4": 5, "cn-south-1": 1_u64 << 40}}),
            json!({"extends": "international-2026-01", "capBytes": 7, "regionCapBytes": {"cn-north-9": 9}, "inRegionCapBytes": 11, "concurrentCopies": 3}),
            json!({"extends": "jd-2024-11", "concurrentCopies": 1}),
        ]).prop_map(Some),
    ];
    let valid = (valid_case(), edition).prop_map(|(case, edition)| {
        let mut case = case.partly;
        case["edition"] = edition.unwrap_or_else(|| case["edition"].clone());
        case
    });
    prop_oneof![any_case(), valid]
}

proptest! {
    #![proptest_config(cases::config(2000))]

    #[test]
    fn any_json_gets_an_answer(value in any_json()) {
        invariants::anything_gets_an_answer(value.to_string().as_bytes());
    }

    #[test]
    fn any_case_gets_the_same_report_packed(case in any_case(), damage in 0..10_000_usize, by in any::<u32>()) {
        if invariants::the_packed_case_agrees(&case)
            && let Some(packing) = packed(&case)
        {
            invariants::what_does_not_fit_has_no_report(&packing.words, &packing.text);
            let mut words = packing.words;
            let place = 1 + damage % (words.len() - 1);
            words[place] ^= by;
            invariants::what_does_not_fit_has_no_report(&words, &packing.text);
        }
    }

    #[test]
    fn any_case_gets_an_answer(case in any_case(), member in name(), value in any_json()) {
        let mut case = case;
        case[member] = value;
        invariants::anything_gets_an_answer(case.to_string().as_bytes());
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,200}") {
        prop_assert_eq!(check_bytes(&bytes).verdict(), Verdict::Invalid);
        invariants::anything_gets_an_answer(&bytes);
        invariants::anything_gets_an_answer(text.as_bytes());
    }

    #[test]
    fn the_reader_agrees_with_serde_json(value in any_json(), case in any_case(), place in any::<prop::sample::Index>(), change in 0..5, with in select(b"{}[]\",:\\u0123eE+-. \nntrufals\x00\xc3\xff".to_vec())) {
        for text in [value.to_string(), case.to_string(), written(&case)] {
            let mut bytes = text.into_bytes();
            let place = place.index(bytes.len());
            match change {
                0 => { bytes.remove(place); }
                1 => bytes.insert(place, with),
                2 => bytes[place] = with,
                3 => bytes.truncate(place),
                _ => {}
            }
            invariants::reads_as_serde_json_does(&bytes);
        }
    }

    #[test]
    fn the_order_of_keys_and_the_white_space_do_not_change_a_report(case in any_case()) {
        invariants::order_and_space_do_not_matter(&case);
    }

    #[test]
    fn the_spelling_does_not_change_a_report(case in any_case(), seed in any::<u64>()) {
        invariants::spelling_does_not_matter(&case, seed);
    }

    #[test]
    fn a_key_given_twice_is_an_error_wherever_it_is(case in any_case(), value in any_json(), seed in any::<u64>()) {
        invariants::a_repeated_key_is_found(&case, seed);
        invariants::a_repeated_key_is_found(&value, seed);
    }

    #[test]
    fn a_finding_about_facts_points_at_what_is_there(case in any_case()) {
        invariants::findings_about_facts_point_at_what_is_there(&case);
    }

    #[test]
    fn findings_are_in_order_and_have_a_place(case in any_case()) {
        let text = case.to_string();
        let report = check(&text);
        for finding in report.findings() {
            let span = finding.span(&text);
            prop_assert!(span.is_some_and(|span| text.get(span).is_some()), "{}", finding.at());
            prop_assert!(finding.at().is_empty() || locate(&text, finding.at()).is_some());
            for locale in Locale::all() {
                let message = finding.message(locale);
                prop_assert!(!message.contains(|c: char| c.is_control()), "{message:?}");
            }
        }
        let sections = ["", "/operation", "/path", "/body", "/facts", "/edition", "/unknown", "/strict"];
        // A member that is not known, and the case as a whole, come first.
        let section = |at: &str| {
            let first = at.split('/').nth(1).unwrap_or_default();
            sections.iter().position(|section| section.trim_start_matches('/') == first).unwrap_or(0)
        };
        let order: Vec<_> = report.findings().iter().map(|finding| section(finding.at())).collect();
        prop_assert!(order.is_sorted(), "{order:?}");
    }

    #[test]
    fn a_patch_leaves_the_case_better_than_it_was(case in case_with_a_typo()) {
        let _ = invariants::fixes_fix(&case);
    }

    #[test]
    fn the_verdict_alone_is_that_of_the_report(case in any_case()) {
        invariants::the_verdict_alone_agrees(&case.to_string());
        invariants::the_verdict_alone_agrees(&written(&case));
    }

    #[test]
    fn more_facts_never_turn_a_verdict_that_was_determined(case in valid_case()) {
        let (known, partly) = (case.known.to_string(), case.partly.to_string());
        let all = check(&known).verdict();
        prop_assert_ne!(all, Verdict::Undetermined, "{}", known);
        let report = check(&partly);
        prop_assert_eq!(report.missing().is_empty(), report.verdict() != Verdict::Undetermined);
        // What was presumed may turn out otherwise, and nothing else.
        if report.verdict() != Verdict::Undetermined && report.presumed().is_empty() {
            prop_assert_eq!(report.verdict(), all, "{}", partly);
        }
        if report.verdict() == Verdict::Denied {
            prop_assert_eq!(all, Verdict::Denied, "{}", partly);
        }
    }

    #[test]
    fn strict_turns_what_is_presumed_into_what_is_missing(case in valid_case()) {
        let mut strict = case.partly.clone();
        strict["strict"] = true.into();
        let (partly, strict) = (case.partly.to_string(), strict.to_string());
        let (report, strictly) = (check(&partly), check(&strict));
        prop_assert!(strictly.presumed().is_empty(), "{}", strict);
        match report.verdict() {
            Verdict::Denied => prop_assert_eq!(strictly.verdict(), Verdict::Denied, "{}", strict),
            verdict => {
                let missing = strictly.missing();
                prop_assert!(report.presumed().iter().all(|presumed| missing.contains(&presumed)), "{}", strict);
                prop_assert!(report.missing().iter().all(|fact| missing.contains(fact)), "{}", strict);
                let is_open = verdict == Verdict::Undetermined || !report.presumed().is_empty();
                prop_assert_eq!(strictly.verdict() == Verdict::Undetermined, is_open, "{}", strict);
            }
        }
    }

    /// A field whose value is not known yet is given: nothing is missing for its absence, and whatever the value is, the verdict is
    /// one that was left open.
    #[test]
    fn a_value_that_becomes_known_turns_no_verdict_that_was_determined(case in valid_case(), place in any::<prop::sample::Index>()) {
        // What is blank is absent, and would be given then.
        let is_given = |value: &Value| !value.is_null() && *value != json!([]) && value.as_str().is_none_or(|text| !text.trim().is_empty());
        let body = case.known["body"].as_object().expect("a body").iter();
        let names: Vec<_> = body.filter(|(_, value)| is_given(value)).map(|(name, _)| name.clone()).collect();
        let name = place.get(&names);
        let mut open = case.known.clone();
        open["body"].as_object_mut().expect("a body").remove(name);
        open["unknown"] = json!([format!("/body/{name}")]);
        let (known, open) = (case.known.to_string(), open.to_string());
        let (all, report) = (check(&known), check(&open));
        prop_assert_ne!(report.verdict(), Verdict::Invalid, "{}", open);
        if report.verdict() != Verdict::Undetermined {
            prop_assert_eq!(report.verdict(), all.verdict(), "{}", open);
        }
        prop_assert!(report.clear().is_err(), "{}", open);
    }

    /// The same of an element of a list. Whatever is broken of another element is found all the same.
    #[test]
    fn an_element_that_becomes_known_turns_no_verdict_that_was_determined(
        (case, ids, tags) in (
            valid_case(),
            prop::collection::vec(select(vec!["img-1", "img-2", "img-3", "", "  "]), 1..12),
            prop::collection::vec(select(vec!["a", "b.c", "d.e.f", "bad tag", ".v", "a"]), 1..12),
        ),
        place in any::<prop::sample::Index>(),
    ) {
        let mut known = case.known;
        let (name, list) = match known["operation"].as_str() {
            Some("jd.copy-images") => ("sourceImageIds", ids),
            Some("ims.whole-image") => ("tags", tags),
            _ => return Ok(()),
        };
        known["body"].as_object_mut().expect("a body").remove("image_tags");
        known["body"][name] = json!(list);
        let place = place.index(list.len());
        let mut open = known.clone();
        open["body"][name][place] = Value::Null;
        let pointer = format!("/body/{name}/{place}");
        open["unknown"] = json!([pointer]);
        let (known, open) = (known.to_string(), open.to_string());
        let (all, report) = (check(&known), check(&open));
        prop_assert_ne!(report.verdict(), Verdict::Invalid, "{}", open);
        if report.verdict() != Verdict::Undetermined {
            prop_assert_eq!(report.verdict(), all.verdict(), "{}", open);
        }
        let broken_elsewhere = |finding: &image_preflight::Finding<'_>| {
            finding.outcome() == Outcome::Violated
                && finding.severity() == Severity::Error
                && finding.at().starts_with("/body/")
                && finding.at() != pointer
                && finding.kind() != Some("duplicate")
        };
        if all.findings().iter().any(broken_elsewhere) {
            prop_assert_eq!(report.verdict(), Verdict::Denied, "{}", open);
        }
        prop_assert!(report.findings().iter().any(|finding| finding.missing().iter().any(|missing| missing.pointer() == pointer)), "{}", open);
        prop_assert!(report.clear().is_err(), "{}", open);
    }

    #[test]
    fn typed_requests_and_text_agree(case in typed_case()) {
        invariants::entry_points_agree(&case);
    }
}

/// How many patches the law is tried on, by the kind of patch and of finding: `cargo test … -- --nocapture` prints them.
#[test]
fn patches_of_every_kind_are_tried() {
    use proptest::test_runner::TestRunner;
    let mut kinds = BTreeMap::<String, usize>::new();
    let mut count = |case: &Value| {
        for kind in invariants::fixes_fix(case) {
            *kinds.entry(kind).or_default() += 1;
        }
    };
    vectors().iter().filter_map(|vector| serde_json::from_str(&vector.case).ok()).for_each(|case| count(&case));
    let mut runner = TestRunner::deterministic();
    let generated = case_with_a_typo();
    for _ in 0..cases::count(2000).max(2000) {
        count(&generated.new_tree(&mut runner).expect("a case").current());
    }
    println!("{} patches: {kinds:#?}", kinds.values().sum::<usize>());
    for kind in [
        "add missing",
        "move ims.cross-region-copy.unknown-field",
        "remove conflict",
        "remove duplicate",
        "remove ims.whole-image.unknown-field",
        "replace bad-character",
        "replace bad-format",
        "replace not-one-of",
    ] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 5), "{kind}: {kinds:#?}");
    }
}

/// Samples of a generator, the same ones each time.
fn samples<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>, count: usize) -> Vec<T> {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let sample = |_| strategy.new_tree(&mut runner).expect("nothing is filtered").current();
    std::iter::repeat_n((), count).map(sample).collect()
}

/// Shares in percent, printed as a row of a table.
fn shares(title: &str, counts: &[(&str, usize)], of: usize) -> BTreeMap<String, usize> {
    let shares: BTreeMap<_, _> = counts.iter().map(|(name, count)| ((*name).to_owned(), count * 100 / of)).collect();
    println!("| {title} | {of} | {shares:?} |");
    shares
}

/// Whether a report has an error of shape: one that no fact can turn.
fn has_error_of_shape(report: &image_preflight::Report<'_>) -> bool {
    let errors = report.findings().iter().filter(|finding| finding.severity() == image_preflight::Severity::Error);
    errors.clone().any(|finding| finding.kind().is_some())
        || errors.clone().any(|finding| finding.rule().id.ends_with("-field"))
}

const SAMPLES: usize = 4000;

/// The law that more facts never turn a verdict says something: of each operation, in percent of the cases of the very generator
/// that the law uses, at least so many are without errors of shape, and at least so many get each verdict with all facts and with
/// some of them. Of whole images only those of a backup can be denied or undetermined: of a server's facts only warnings speak.
#[test]
fn the_law_of_more_facts_is_tried_on_cases_that_facts_decide() {
    let mut found = BTreeMap::<String, Vec<(Verdict, Verdict, bool)>>::new();
    for case in samples(valid_case(), SAMPLES) {
        let (known, partly) = (case.known.to_string(), case.partly.to_string());
        let report = check(&known);
        let name = case.known["operation"].as_str().expect("it has one").to_owned();
        found.entry(name).or_default().push((report.verdict(), check(&partly).verdict(), has_error_of_shape(&report)));
    }
    let floors = [
        ("ims.cross-region-copy", [99, 40, 35, 10, 30, 35]),
        ("ims.in-region-copy", [99, 50, 18, 20, 12, 30]),
        ("ims.whole-image", [98, 75, 10, 65, 8, 7]),
        ("jd.copy-images", [99, 30, 45, 5, 40, 25]),
    ];
    assert_eq!(found.len(), floors.len());
    for (operation, floors) in floors {
        let cases = &found[operation];
        assert!(cases.len() * 100 > SAMPLES * 20, "{operation} is {} of {SAMPLES}", cases.len());
        let count = |of: &dyn Fn(&(Verdict, Verdict, bool)) -> bool| cases.iter().filter(|case| of(case)).count();
        let counts = [
            ("1 without errors of shape", count(&|(.., is_wrong)| !is_wrong)),
            ("2 allowed with all facts", count(&|(all, ..)| *all == Verdict::Allowed)),
            ("3 denied with all facts", count(&|(all, ..)| *all == Verdict::Denied)),
            ("4 allowed with some", count(&|(_, some, _)| *some == Verdict::Allowed)),
            ("5 denied with some", count(&|(_, some, _)| *some == Verdict::Denied)),
            ("6 undetermined with some", count(&|(_, some, _)| *some == Verdict::Undetermined)),
        ];
        let shares = shares(operation, &counts, cases.len());
        for ((name, _), floor) in counts.iter().zip(floors) {
            assert!(shares[*name] >= floor, "{operation}: {name}: {} %, at least {floor} are wanted", shares[*name]);
        }
    }
}

/// The law of typed requests compares: of each operation at least so many cases in a hundred, and under callers' own limits too.
#[test]
fn the_law_of_typed_requests_compares_them() {
    let mut found = BTreeMap::<String, (usize, usize, usize)>::new();
    for case in samples(typed_case(), SAMPLES) {
        // Vectors may be of no operation.
        let name = case["operation"]
            .as_str()
            .and_then(image_preflight::operation)
            .map_or("none", image_preflight::Operation::id);
        let (all, compared, own) = found.entry(name.to_owned()).or_default();
        *all += 1;
        if invariants::entry_points_agree(&case) {
            *compared += 1;
            *own += usize::from(case["edition"].is_object());
        }
    }
    found.remove("none");
    assert_eq!(found.len(), 4);
    for (operation, (all, compared, own)) in found {
        let shares = shares(&operation, &[("compared", compared), ("of these under own limits", own)], all);
        // Only text has values that are not known yet, and fields that the type cannot carry.
        assert!(shares["compared"] >= 35 && shares["of these under own limits"] >= 8, "{operation}: {shares:?}");
    }
}

/// What the other laws are tried on: each verdict of each operation, and each kind of request.
#[test]
fn the_generators_reach_every_verdict_and_every_request() {
    let (mut found, mut requests) = (BTreeMap::<&str, [usize; 4]>::new(), BTreeSet::new());
    for case in samples(any_case(), SAMPLES) {
        let case = case.to_string();
        let report = check(&case);
        requests.extend(invariants::typed(&report).map(|request| request.split(' ').next().map(str::to_owned)));
        let Some(operation) = report.operation() else { continue };
        found.entry(operation.id()).or_default()[report.verdict() as usize] += 1;
    }
    assert_eq!(requests.len(), 5, "{requests:?}");
    assert_eq!(found.len(), 4);
    for (operation, [first, second, third, fourth]) in found {
        let counts = [("allowed", first), ("denied", second), ("undetermined", third), ("invalid", fourth)];
        let shares = shares(operation, &counts, first + second + third + fourth);
        assert!(shares["denied"] >= 30 && shares["invalid"] >= 10, "{operation}: {shares:?}");
        assert!(first > 0 && third > 0, "{operation}: {counts:?}");
    }
}

#[test]
fn a_builder_writes_exactly_the_providers_json() {
    let copy =
        CrossRegionCopy::builder().image_id("i").name("n").region("r").project_name("p").agency_name("a").build();
    assert_eq!(
        json!(copy.expect("it is right").body()),
        json!({"name": "n", "region": "r", "project_name": "p", "agency_name": "a"})
    );
    let copy = InRegionCopy::builder().image_id("i").name("n").description("d").enterprise_project_id("0").build();
    assert_eq!(
        json!(copy.expect("it is right").body()),
        json!({"name": "n", "description": "d", "enterprise_project_id": "0"})
    );
    let ecs = WholeImageFromEcs::builder().name("n").instance_id("i").vault_id("v").min_ram(1024).tags(["a.b"]).build();
    assert_eq!(
        json!(ecs.expect("it is right").body()),
        json!({"name": "n", "tags": ["a.b"], "instance_id": "i", "vault_id": "v", "min_ram": 1024})
    );
    let backup = WholeImageFromBackup::builder()
        .name("n")
        .backup_id("b")
        .whole_image_type("CBR")
        .image_tags([("k", "v")])
        .build();
    let expected =
        json!({"name": "n", "image_tags": [{"key": "k", "value": "v"}], "backup_id": "b", "whole_image_type": "CBR"});
    assert_eq!(json!(backup.expect("it is right").body()), expected);
    let images =
        CopyImages::builder().region_id("cn-north-1").source_image_ids(["i"]).destination_region("cn-east-2").build();
    assert_eq!(
        json!(images.expect("it is right").body()),
        json!({"sourceImageIds": ["i"], "destinationRegion": "cn-east-2"})
    );
}
