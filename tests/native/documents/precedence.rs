//! Who says a fact: the caller, or a provider's object. For every fact, the caller's word against the object's in both directions;
//! every documented word of every member; and a word that no document knows, which leaves the fact unknown and never means "no".

use image_preflight::{Facts, Outcome, Verdict, capabilities_with, check, facts};
use image_preflight_tests::editions::named;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What is found of one rule.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    /// Nothing: it holds.
    Holds,
    /// It is broken, as this place says.
    Broken(String),
    /// It cannot be decided, for want of this.
    Unknown(Vec<String>),
}

/// A fact that the caller and an object can both state, the rule that reads it, and the words of both (FACTS.md).
struct Stated {
    /// The fact's pointer.
    fact: &'static str,
    operation: &'static str,
    /// The rule that reads this fact and no other.
    rule: &'static str,
    /// Members that let the rule hold, and the same said by the caller.
    good: Vec<Value>,
    caller_good: Vec<Value>,
    /// Members that break it, and the same said by the caller.
    bad: Vec<Value>,
    caller_bad: Vec<Value>,
    /// Members that say nothing: a word that no document has, and blank.
    unknown: Vec<Value>,
    /// The member that the place of a finding names; empty where it is the place in the request.
    member: &'static str,
}

fn words(member: &str, words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| json!({member: word})).collect()
}

fn said(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| json!(word)).collect()
}

/// IMS: FACTS.md, "the image object, and what decides a rule".
fn of_ims() -> Vec<Stated> {
    let across = "ims.cross-region-copy";
    let within = "ims.in-region-copy";
    let flag = |flag: bool| vec![json!(flag)];
    vec![
        Stated {
            fact: "/facts/image/fullEcs",
            operation: within,
            rule: "ims.in-region-copy.not-full-ecs",
            // Absent means no: that is a test of its own.
            good: vec![json!({"__whole_image": "false"}), json!({"__whole_image": false})],
            caller_good: flag(false),
            bad: vec![json!({"__whole_image": "true"}), json!({"__whole_image": true})],
            caller_bad: flag(true),
            unknown: words("__whole_image", &["", " "]),
            member: "__whole_image",
        },
        Stated {
            fact: "/facts/image/iso",
            operation: within,
            rule: "ims.in-region-copy.not-iso",
            good: words("virtual_env_type", &["FusionCompute", "DataImage", "Ironic"]),
            caller_good: flag(false),
            bad: words("virtual_env_type", &["IsoImage"]),
            caller_bad: flag(true),
            unknown: words("virtual_env_type", &["DockerImage", "Iso", "IsoImage2", "fusion compute", "KVM", ""]),
            member: "virtual_env_type",
        },
        Stated {
            fact: "/facts/image/encrypted",
            operation: across,
            rule: "ims.cross-region-copy.not-encrypted",
            good: words("__system__cmkid", &["", " ", "   "]),
            caller_good: flag(false),
            bad: words("__system__cmkid", &["bd66288c-9081-460a-8227-4cbd0c814cb4", "k", "0", "false"]),
            caller_bad: flag(true),
            unknown: vec![],
            member: "__system__cmkid",
        },
        Stated {
            fact: "/facts/image/sizeBytes",
            operation: across,
            rule: "ims.cross-region-copy.size-cap",
            good: vec![
                json!({"__image_size": "137438953472"}),
                json!({"__image_size": 1}),
                json!({"__image_size": "1"}),
            ],
            caller_good: vec![json!(1), json!(137_438_953_472_u64)],
            bad: vec![json!({"__image_size": "137438953473"}), json!({"__image_size": 322_122_547_201_u64})],
            caller_bad: vec![json!(137_438_953_473_u64), json!(9_007_199_254_740_991_u64)],
            unknown: words("__image_size", &["", " "]),
            member: "__image_size",
        },
        Stated {
            fact: "/facts/image/visibility",
            operation: across,
            rule: "ims.cross-region-copy.private-image",
            good: words("__imagetype", &["private"]),
            caller_good: said(&["private"]),
            bad: words("__imagetype", &["gold", "market"]),
            caller_bad: said(&["public", "shared", "market"]),
            // Own or another tenant's: that is a test of its own.
            unknown: words("__imagetype", &["silver", "golden", "priv", "", "shared"]),
            member: "__imagetype",
        },
        Stated {
            fact: "/facts/image/bareMetal",
            operation: within,
            rule: "ims.in-region-copy.bare-metal-not-encrypted",
            good: words("virtual_env_type", &["FusionCompute", "DataImage", "IsoImage", "fusioncompute"]),
            caller_good: flag(false),
            bad: words("virtual_env_type", &["Ironic", "IRONIC"]),
            caller_bad: flag(true),
            unknown: words("virtual_env_type", &["Bare", "Iron", ""]),
            member: "",
        },
        Stated {
            fact: "/facts/image/status",
            operation: within,
            rule: "ims.in-region-copy.image-active",
            good: words("status", &["active"]),
            caller_good: said(&["active", "ACTIVE"]),
            bad: words("status", &["queued", "saving", "deleted", "killed"]),
            caller_bad: said(&["queued", "saving", "deleted", "killed"]),
            unknown: vec![],
            member: "status",
        },
        Stated {
            fact: "/facts/image/os",
            operation: within,
            rule: "ims.in-region-copy.not-windows",
            good: words("__os_type", &["Linux", "Other"]),
            caller_good: said(&["linux", "other"]),
            bad: words("__os_type", &["Windows"]),
            caller_bad: said(&["windows"]),
            unknown: words("__os_type", &["Solaris", "Windows Server", "win", ""]),
            member: "__os_type",
        },
    ]
}

/// JD Cloud: FACTS.md, "JD Cloud".
fn of_jd() -> Vec<Stated> {
    let disk = |encrypted: Value| json!({"cloudDisk": {"encrypted": encrypted}});
    let of = |fact, rule, good, caller_good, bad, caller_bad, unknown| Stated {
        fact,
        operation: "jd.copy-images",
        rule,
        good,
        caller_good,
        bad,
        caller_bad,
        unknown,
        member: "",
    };
    vec![
        of(
            "/facts/images/*/visibility",
            "jd.copy-images.private-image",
            words("imageSource", &["private"]),
            said(&["private"]),
            words("imageSource", &["public", "thirdparty", "shared", "community"]),
            said(&["public", "thirdparty", "shared", "community"]),
            words("imageSource", &["own", "privat"]),
        ),
        of(
            "/facts/images/*/rootDevice",
            "jd.copy-images.cloud-disk-system-image",
            words("rootDeviceType", &["cloudDisk"]),
            said(&["cloudDisk"]),
            words("rootDeviceType", &["localDisk"]),
            said(&["localDisk"]),
            words("rootDeviceType", &["tape", "disk"]),
        ),
        of(
            "/facts/images/*/status",
            "jd.copy-images.ready",
            words("status", &["ready"]),
            said(&["ready"]),
            words("status", &["pending", "deleting", "error"]),
            said(&["pending", "deleting", "error"]),
            vec![],
        ),
        of(
            "/facts/images/*/snapshotEncrypted",
            "jd.copy-images.no-encrypted-snapshot",
            vec![
                json!({"systemDisk": disk(json!(false)), "dataDisks": []}),
                json!({"systemDisk": disk(json!(false)), "dataDisks": [disk(json!(false)), disk(json!(false))]}),
            ],
            vec![json!(false)],
            vec![
                json!({"systemDisk": disk(json!(true)), "dataDisks": []}),
                json!({"systemDisk": disk(json!(false)), "dataDisks": [disk(json!(false)), disk(json!(true))]}),
                json!({"systemDisk": disk(json!(true))}),
            ],
            vec![json!(true)],
            // What is absent is unknown: a data disk or the list of them may hide an encrypted one.
            vec![
                json!({"systemDisk": disk(json!(false))}),
                json!({"dataDisks": [disk(json!(false))]}),
                json!({"systemDisk": {"cloudDisk": {}}, "dataDisks": []}),
                json!({}),
            ],
        ),
    ]
}

/// Facts that only the caller states, and those whose objects have tests of their own. With the two tables above these are all facts.
const CALLER_S: &[&str] = &[
    "/facts/sourceRegion",
    "/facts/copiesInFlight",
    "/facts/projectId",
    "/facts/vault/region",
    "/facts/image/replicated",
    "/facts/image/shareAccepted",
    "/facts/ecs/dssDisk",
    "/facts/backup/status",
    "/facts/ecs/os",
    "/facts/ecs/state",
    "/facts/ecs/configured",
    "/facts/ecs/spannedVolume",
    "/facts/ecs/multiDiskVolume",
    "/facts/ecs/sanPolicy",
    "/facts/backup/used",
    "/facts/backup/shared",
    "/facts/backup/configured",
    "/facts/images/*/busy",
    "/facts/images/*/snapshots",
    "/facts/destinationQuota/images",
    "/facts/destinationQuota/snapshots",
];
const DENIED_ONLY: &str = "/facts/image/fromSharedBackup";
/// No rule reads it yet.
const READ_BY_NONE: &str = "/facts/image/marketplace";
/// Compared with what the request names: tests/native/objects.rs.
const IDS: &[&str] = &["/facts/image/id", "/facts/ecs/id", "/facts/backup/id"];

#[test]
fn every_fact_has_its_place_in_these_tables() {
    let stated = of_ims().into_iter().chain(of_jd()).map(|stated| stated.fact);
    let here: Vec<_> =
        stated.chain(CALLER_S.iter().copied()).chain([DENIED_ONLY, READ_BY_NONE]).chain(IDS.iter().copied()).collect();
    let known: BTreeSet<_> = facts().map(image_preflight::Fact::pointer).collect();
    assert_eq!(here.iter().copied().collect::<BTreeSet<_>>(), known, "decide of each new fact who can state it");
    assert_eq!(here.len(), known.len());
}

/// What is found of a rule in a case, at most once.
fn found(case: &str, rule: &str) -> Found {
    let report = check(case);
    let mut found = report.findings().iter().filter(|finding| finding.rule().id == rule);
    let Some(finding) = found.next() else { return Found::Holds };
    assert!(found.next().is_none(), "{rule} twice: {case}");
    match finding.outcome() {
        Outcome::Violated => Found::Broken(finding.at().to_owned()),
        Outcome::Unknown => Found::Unknown(finding.missing().iter().map(image_preflight::Missing::pointer).collect()),
    }
}

/// A case about IMS's image: facts in one order and in the other.
fn ims_cases(stated: &Stated, caller: Option<&Value>, object: Option<&Value>) -> [String; 2] {
    let name = stated.fact.rsplit('/').next().expect("a name");
    let caller = caller.map(|value| format!("\"image\":{}", json!({name: value})));
    // Enough of the object that it is one, and nothing of it that the rule reads.
    let object = object.map(|members| {
        let mut object = json!({"id": "i", "name": "n", "__productcode": "c"});
        image_preflight_tests::merge(&mut object, members);
        format!("\"imageObject\":{object}")
    });
    let body = if stated.operation == "ims.cross-region-copy" {
        json!({"name": "n", "region": "ap-southeast-4", "project_name": "p", "agency_name": "a"})
    } else if stated.fact == "/facts/image/bareMetal" {
        json!({"name": "n", "cmk_id": "k"})
    } else {
        json!({"name": "n"})
    };
    let mut members: Vec<_> =
        caller.into_iter().chain(object).chain(["\"sourceRegion\":\"cn-north-9\"".to_owned()]).collect();
    let of = |members: &[String]| {
        format!(
            r#"{{"operation":"{}","path":{{"image_id":"i"}},"body":{body},"facts":{{{}}}}}"#,
            stated.operation,
            members.join(",")
        )
    };
    let first = of(&members);
    members.reverse();
    [first, of(&members)]
}

#[test]
fn the_caller_s_word_about_an_ims_image_wins_over_the_object_s() {
    let mut compared = 0;
    for stated in of_ims() {
        let mut expect = |caller: Option<&Value>, object: Option<&Value>, wanted: &Found| {
            for case in ims_cases(&stated, caller, object) {
                assert_eq!(found(&case, stated.rule), *wanted, "{}: {case}", stated.fact);
                compared += 1;
            }
        };
        let by_caller = Found::Broken(if stated.member.is_empty() { "/body/cmk_id" } else { stated.fact }.to_owned());
        let by_object = match stated.member {
            "" => by_caller.clone(),
            member => Found::Broken(format!("/facts/imageObject/{member}")),
        };
        let unknown = Found::Unknown(vec![stated.fact.to_owned()]);
        let null = Value::Null;
        let objects = || stated.good.iter().chain(&stated.bad).chain(&stated.unknown);
        expect(None, None, &unknown);
        expect(Some(&null), None, &unknown);
        // Each by itself.
        for (words, wanted) in [(&stated.good, &Found::Holds), (&stated.bad, &by_object), (&stated.unknown, &unknown)] {
            for object in words {
                expect(None, Some(object), wanted);
                expect(Some(&null), Some(object), wanted);
            }
        }
        // Whatever the object says, the caller's word counts.
        for (callers, wanted) in [(&stated.caller_good, &Found::Holds), (&stated.caller_bad, &by_caller)] {
            for caller in callers {
                expect(Some(caller), None, wanted);
                for object in objects() {
                    expect(Some(caller), Some(object), wanted);
                }
            }
        }
    }
    let of = |stated: &Stated| {
        let objects = stated.good.len() + stated.bad.len() + stated.unknown.len();
        let callers = stated.caller_good.len() + stated.caller_bad.len();
        2 * (2 + 2 * objects + callers * (1 + objects))
    };
    assert_eq!(compared, of_ims().iter().map(of).sum::<usize>());
}

/// FACTS.md: only a blank `__backup_id` settles it; an id does not say whose backup it was.
#[test]
fn the_caller_s_word_about_a_shared_backup_wins_over_the_object_s() {
    let verdict = |facts: Value| {
        let text = facts.to_string();
        let (facts, wrong) = Facts::from_json(&text);
        assert!(wrong.iter().all(|finding| finding.kind() == Some("partial")), "{text}");
        let capabilities = capabilities_with(&facts, &named("default"));
        let share = capabilities.iter().find(|capability| capability.operation().id() == "image.share");
        share.expect("it can be asked").report().verdict()
    };
    let object = |id: &str| json!({"status": "active", "__os_type": "Linux", "__backup_id": id});
    let by = |caller: Option<bool>, id: Option<&str>| {
        let facts =
            // Of an image that is no full-ECS image the backup is no matter.
            json!({"image": {"fromSharedBackup": caller, "fullEcs": true, "visibility": "private", "encrypted": false},
                "imageObject": id.map(object)});
        verdict(facts)
    };
    assert_eq!(
        [by(None, None), by(None, Some("b")), by(None, Some(" "))],
        [Verdict::Undetermined, Verdict::Undetermined, Verdict::Allowed]
    );
    for id in [None, Some("b"), Some(""), Some(" ")] {
        assert_eq!((by(Some(true), id), by(Some(false), id)), (Verdict::Denied, Verdict::Allowed), "{id:?}");
    }
}

/// FACTS.md: `__imagetype` gold, private, shared, market; `visibility` private, public, shared. The first is the finer one, and
/// where it cannot be understood the second is asked. Shared is an own image that was shared out, or another tenant's: the owner and
/// the project tell, and without both it is unknown.
#[test]
fn an_image_s_two_words_for_its_visibility_are_read_in_either_order() {
    let rule = "ims.cross-region-copy.private-image";
    let meant = |word: &str| {
        match word {
            "gold" => Some("public"),
            "private" | "public" | "shared" | "market" => Some(word),
            _ => None,
        }
        .map(str::to_owned)
    };
    let mut compared = 0;
    for image_type in [None, Some("private"), Some("gold"), Some("shared"), Some("market"), Some("silver"), Some("")] {
        for visibility in [None, Some("private"), Some("public"), Some("shared"), Some("hidden"), Some("")] {
            // `__imagetype` decides, but is not believed where it says less than `visibility`: that the image is not everybody's.
            let is_open = |word: &str| ["public", "market"].contains(&word);
            let (one, other) = (image_type.and_then(meant), visibility.and_then(meant));
            let contradicts =
                one.as_deref().zip(other.as_deref()).is_some_and(|(one, other)| is_open(other) && !is_open(one));
            let is_typed = image_type.is_some_and(|word| !word.is_empty());
            let said = if is_typed { one.clone().filter(|_| !contradicts) } else { other.clone() };
            for (owner, project, is_own) in [
                (Some("o-1"), Some("O-1"), Some(true)),
                (Some("o-1"), Some("o-2"), Some(false)),
                (Some("o-1"), None, None),
                (None, Some("o-1"), None),
                (Some(" "), Some(" "), None),
            ] {
                let expected = match (said.as_deref(), is_own) {
                    (Some("shared"), Some(true)) => Some("private".to_owned()),
                    (Some("shared"), None) => None,
                    // Another tenant's is not an own one that was shared out.
                    (Some("private"), Some(false)) if other.as_deref() == Some("shared") => Some("shared".to_owned()),
                    (Some("private"), None) if other.as_deref() == Some("shared") => None,
                    _ => said.clone(),
                };
                let of = |name: &str, word: Option<&str>| word.map(|word| format!("\"{name}\":\"{word}\""));
                let members: Vec<_> = of("__imagetype", image_type)
                    .into_iter()
                    .chain(of("visibility", visibility))
                    .chain(of("owner", owner))
                    .collect();
                let project = of("projectId", project).map_or_else(String::new, |project| project + ",");
                let reversed: Vec<_> = members.iter().rev().cloned().collect();
                for members in [members, reversed] {
                    let object =
                        format!("{{{}}}", [vec!["\"status\":\"active\"".to_owned()], members].concat().join(","));
                    let case = format!(
                        r#"{{"operation":"ims.cross-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n","region":"r","project_name":"p","agency_name":"a"}},"facts":{{{project}"imageObject":{object}}}}}"#
                    );
                    let report = check(&case);
                    let is_contradiction = |finding: &&image_preflight::Finding<'_>| {
                        (finding.rule().id, finding.at()) == ("case.facts", "/facts/imageObject/visibility")
                    };
                    assert_eq!(
                        report.findings().iter().any(|finding| is_contradiction(&finding)),
                        contradicts,
                        "{case}"
                    );
                    let finding = report.findings().iter().find(|finding| finding.rule().id == rule);
                    match expected.as_deref() {
                        Some("private") => assert!(finding.is_none(), "{case}"),
                        Some(word) => {
                            let finding = finding.unwrap_or_else(|| panic!("{case}"));
                            assert_eq!(finding.outcome(), Outcome::Violated, "{case}");
                            let actual = finding.param("actual").map(|actual| format!("{actual:?}"));
                            assert!(actual.is_some_and(|actual| actual.contains(word)), "{case}: {finding:?}");
                        }
                        None => {
                            assert_eq!(
                                finding.map(image_preflight::Finding::outcome),
                                Some(Outcome::Unknown),
                                "{case}"
                            );
                        }
                    }
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 7 * 6 * 5 * 2);
}

/// FACTS.md: `virtual_env_type` has four words. Each alone, and one that is none of them: unknown, and never "not ISO".
#[test]
fn every_word_of_every_member_means_what_its_document_says() {
    let read = |object: Value| {
        let text = object.to_string();
        let (facts, findings) = image_preflight::huawei::ImageFacts::from_object(&text);
        assert!(findings.iter().all(|finding| finding.kind() == Some("partial")), "{text}: {findings:?}");
        serde_json::to_value(&facts).expect("JSON")
    };
    for (member, fact, words) in [
        (
            "virtual_env_type",
            "iso",
            vec![
                ("FusionCompute", json!(false)),
                ("DataImage", json!(false)),
                ("Ironic", json!(false)),
                ("IsoImage", json!(true)),
                ("Iso", Value::Null),
                ("VHD", Value::Null),
            ],
        ),
        (
            "virtual_env_type",
            "bareMetal",
            vec![
                ("FusionCompute", json!(false)),
                ("DataImage", json!(false)),
                ("Ironic", json!(true)),
                ("IsoImage", json!(false)),
                ("Iso", Value::Null),
            ],
        ),
        ("__productcode", "marketplace", vec![("", json!(false)), (" ", json!(false)), ("OFFI1", json!(true))]),
        (
            "__imagetype",
            "visibility",
            vec![
                ("gold", json!("public")),
                ("private", json!("private")),
                ("shared", Value::Null),
                ("market", json!("market")),
                ("silver", Value::Null),
            ],
        ),
        (
            "visibility",
            "visibility",
            vec![
                ("private", json!("private")),
                ("public", json!("public")),
                ("shared", Value::Null),
                ("community", Value::Null),
            ],
        ),
        (
            "__os_type",
            "os",
            vec![
                ("Linux", json!("linux")),
                ("Windows", json!("windows")),
                ("Other", json!("other")),
                ("BSD", Value::Null),
            ],
        ),
        (
            "status",
            "status",
            vec![
                ("queued", json!("queued")),
                ("saving", json!("saving")),
                ("deleted", json!("deleted")),
                ("killed", json!("killed")),
                ("active", json!("active")),
            ],
        ),
    ] {
        for (word, meaning) in words {
            // In any case of letters; but for a status, which is text.
            for word in [word.to_owned(), word.to_uppercase(), word.to_lowercase()] {
                let facts = read(
                    json!({"id": "i", "min_disk": 40, "__isregistered": "true", "__image_size": "1", member: word}),
                );
                let found = facts.get(fact).cloned().unwrap_or_default();
                let is_same = match (found.as_str(), meaning.as_str()) {
                    (Some(found), Some(meaning)) => found.eq_ignore_ascii_case(meaning),
                    _ => found == meaning,
                };
                assert!(is_same, "{member} {word}: {found}, not {meaning}");
            }
        }
    }
}

/// What each source says of JD Cloud's images, for one to three of them.
#[test]
fn the_caller_s_word_about_jd_clouds_images_wins_over_the_objects() {
    let mut compared = 0;
    for stated in of_jd() {
        let name = stated.fact.rsplit('/').next().expect("a name");
        for count in 1..=3_usize {
            for chosen in 0..count {
                let case = |caller: Option<&Value>, object: Option<&Value>, is_object_first: bool| {
                    let ids: Vec<_> = (0..count).map(|index| format!("img-{index}")).collect();
                    // Of every other image the caller says what is good, and nothing else.
                    let mut images: Map<String, Value> =
                        ids.iter().map(|id| (id.clone(), json!({name: stated.caller_good[0]}))).collect();
                    images.insert(ids[chosen].clone(), json!({name: caller}));
                    let objects: Vec<_> = object
                        .into_iter()
                        .map(|members| {
                            let mut object = members.clone();
                            object["imageId"] = ids[chosen].clone().into();
                            object
                        })
                        .collect();
                    let mut facts = vec![format!("\"images\":{}", Value::Object(images))];
                    facts.insert(usize::from(!is_object_first), format!("\"imageObjects\":{}", json!(objects)));
                    format!(
                        r#"{{"operation":"jd.copy-images","path":{{"regionId":"cn-north-1"}},"body":{{"sourceImageIds":{},"destinationRegion":"cn-east-2"}},"facts":{{{}}}}}"#,
                        json!(ids),
                        facts.join(",")
                    )
                };
                let mut expect = |caller: Option<&Value>, object: Option<&Value>, wanted: &Found| {
                    for is_object_first in [true, false] {
                        let case = case(caller, object, is_object_first);
                        assert_eq!(found(&case, stated.rule), *wanted, "{case}");
                        compared += 1;
                    }
                };
                let broken = Found::Broken(format!("/body/sourceImageIds/{chosen}"));
                let unknown = Found::Unknown(vec![stated.fact.replace('*', &format!("img-{chosen}"))]);
                expect(None, None, &unknown);
                for (words, wanted) in
                    [(&stated.good, &Found::Holds), (&stated.bad, &broken), (&stated.unknown, &unknown)]
                {
                    for object in words {
                        expect(None, Some(object), wanted);
                    }
                }
                for (callers, wanted) in [(&stated.caller_good, &Found::Holds), (&stated.caller_bad, &broken)] {
                    for caller in callers {
                        expect(Some(caller), None, wanted);
                        for object in stated.good.iter().chain(&stated.bad).chain(&stated.unknown) {
                            expect(Some(caller), Some(object), wanted);
                        }
                    }
                }
            }
        }
    }
    let of = |stated: &Stated| {
        let objects = stated.good.len() + stated.bad.len() + stated.unknown.len();
        2 * (1 + objects + (stated.caller_good.len() + stated.caller_bad.len()) * (1 + objects))
    };
    // One image, two, three: six places in all.
    assert_eq!(compared, 6 * of_jd().iter().map(of).sum::<usize>());
}

/// Each image is its own: what is said of one says nothing of another, whoever says it, and each fact is looked up by itself.
#[test]
fn what_is_said_of_one_image_says_nothing_of_another() {
    let found = |images: Value, objects: Value| -> Vec<(String, &'static str)> {
        let case = json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
            "body": {"sourceImageIds": ["a", "b"], "destinationRegion": "cn-east-2"},
            "facts": {"images": images, "imageObjects": objects}})
        .to_string();
        let report = check(&case);
        let of = report
            .findings()
            .iter()
            .filter(|finding| ["jd.copy-images.ready", "jd.copy-images.private-image"].contains(&finding.rule().id));
        let mut of: Vec<_> =
            of.map(|finding| (finding.at().to_owned(), finding.rule().id, finding.outcome())).collect();
        of.retain(|(_, _, outcome)| *outcome == Outcome::Violated);
        of.into_iter().map(|(at, rule, _)| (at, rule)).collect()
    };
    let (a, b) = ("/body/sourceImageIds/0".to_owned(), "/body/sourceImageIds/1".to_owned());
    let (ready, private) = ("jd.copy-images.ready", "jd.copy-images.private-image");
    // The caller speaks of one, the objects of the other.
    assert_eq!(
        found(json!({"a": {"status": "error"}}), json!([{"imageId": "b", "status": "pending"}])),
        [(a.clone(), ready), (b.clone(), ready)]
    );
    // The caller's word about the first does not hide the object of the second.
    assert_eq!(
        found(
            json!({"a": {"status": "ready"}}),
            json!([{"imageId": "a", "status": "error"}, {"imageId": "b", "status": "error"}])
        ),
        [(b.clone(), ready)]
    );
    // The caller states one fact of an image, its object another.
    assert_eq!(
        found(json!({"a": {"status": "ready"}}), json!([{"imageId": "a", "status": "error", "imageSource": "public"}])),
        [(a, private)]
    );
    // An object about an image that the request does not name says nothing.
    assert_eq!(found(json!({}), json!([{"imageId": "c", "status": "error"}])), []);
}

/// What the objects of a server, a backup and a quota say, and the caller's word over each.
#[test]
fn the_caller_s_word_about_a_server_a_backup_or_a_quota_wins_over_the_object_s() {
    let server = |status: Value| json!({"id": "i", "status": status, "metadata": {"os_type": "Linux"}});
    let backup = |status: Value, images: Value| {
        json!({"backup": {"id": "b", "status": status, "resource_type": "OS::Nova::Server",
        "extend_info": {"os_images_data": images}}})
    };
    let quota = |used: Value| json!({"quotas": {"resources": [{"type": "image", "used": used, "quota": 50}]}});
    let (of_server, of_backup) =
        (json!({"instance_id": "i", "vault_id": "v"}), json!({"backup_id": "b", "whole_image_type": "CBR"}));
    let at = "/facts/quotaObject/quotas/resources/0/used";
    let mut compared = 0;
    for (body, rule, fact, root, bad, good, silent, place) in [
        (
            &of_server,
            "ecs-state",
            "ecs/state",
            "ecsObject",
            server(json!("BUILD")),
            server(json!("ACTIVE")),
            server(Value::Null),
            "/facts/ecsObject/status",
        ),
        (
            &of_backup,
            "backup-available",
            "backup/status",
            "backupObject",
            backup(json!("error"), json!([])),
            backup(json!("available"), json!([])),
            backup(json!(" "), json!([])),
            "/facts/backupObject/backup/status",
        ),
        (
            &of_backup,
            "backup-single-use",
            "backup/used",
            "backupObject",
            backup(Value::Null, json!([{"image_id": "x"}])),
            Value::Null,
            backup(Value::Null, json!([])),
            "/facts/backupObject/backup/extend_info/os_images_data",
        ),
        (
            &of_server,
            "image-quota",
            "destinationQuota/images",
            "quotaObject",
            quota(json!(50)),
            quota(json!("49")),
            quota(Value::Null),
            at,
        ),
    ] {
        let rule = format!("ims.whole-image.{rule}");
        let (caller_bad, caller_good) = match fact {
            "ecs/state" => (json!("BUILD"), json!("running")),
            "backup/status" => (json!("error"), json!("available")),
            "backup/used" => (json!(true), json!(false)),
            _ => (json!(0), json!(1)),
        };
        let (group, name) = fact.split_once('/').expect("a group and a name");
        let pointer = format!("/facts/{fact}");
        for (caller, of_caller) in [(None, None), (Some(caller_bad), Some(true)), (Some(caller_good), Some(false))] {
            for (object, of_object) in
                [(None, None), (Some(&bad), Some(true)), (Some(&good), Some(false)), (Some(&silent), None)]
            {
                // No good word of an object: nothing to compare.
                if object.is_some_and(Value::is_null) {
                    continue;
                }
                let mut facts = json!({root: object});
                if let Some(caller) = &caller {
                    facts[group] = json!({name: caller});
                }
                let mut body = body.clone();
                body["name"] = "n".into();
                let case =
                    json!({"operation": "ims.whole-image", "body": body, "facts": facts, "strict": true}).to_string();
                let wanted = match of_caller.or(of_object) {
                    None => Found::Unknown(vec![pointer.clone()]),
                    Some(false) => Found::Holds,
                    Some(true) if of_caller.is_some() => Found::Broken(pointer.clone()),
                    Some(true) => Found::Broken(place.to_owned()),
                };
                assert_eq!(found(&case, &rule), wanted, "{case}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 3 * (4 + 4 + 3 + 4));
}
