//! What providers return, as facts: each form of an image, of a server, of a backup, of a quota. What an object states counts as if it
//! were told plainly; what it does not state proves nothing, but for the three members whose absence IMS documents, in a whole answer.

use image_preflight::plan::{Plan, PlanError, State};
use image_preflight::{Edition, Facts, Finding, Locale, Outcome, Report, Request, Verdict, check, huawei};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const ID: &str = "5b7e0c52-6a0d-4b6e-9d43-0f6c2ae0b6d1";
const OTHER: &str = "c0ffee00-6a0d-4b6e-9d43-0f6c2ae0b6d1";
const KEY: &str = "a7d1c3e2-5b94-4f0f-8f5a-0d2b6f3a9e11";

/// IMS API reference, Querying Images: the members that every image of its examples and its table of mandatory members has.
fn whole() -> Value {
    json!({
        "id": ID, "name": "base", "status": "active", "visibility": "private", "owner": "0f9e8d7c", "protected": false,
        "created_at": "2026-03-01T08:01:02Z", "updated_at": "2026-03-01T08:09:40Z", "min_disk": 40, "min_ram": 0, "size": 0,
        "disk_format": "zvhd2", "container_format": "bare", "tags": [], "file": "/v2/images/x/file", "self": "/v2/images/x",
        "schema": "/v2/schemas/image", "virtual_env_type": "FusionCompute", "__imagetype": "private", "__os_type": "Linux",
        "__isregistered": "true", "__image_source_type": "uds", "__image_size": "3221225472"
    })
}

fn with(mut object: Value, more: &Value) -> Value {
    object.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
    object
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().expect("an object").remove(name);
    object
}

/// A copy to another region, of an image that an object tells.
fn copy_of(object: &Value) -> Value {
    json!({"operation": "ims.cross-region-copy", "path": {"image_id": ID},
        "body": {"name": "copy", "region": "cn-east-3", "project_name": "cn-east-3", "agency_name": "agency"},
        "facts": {"sourceRegion": "cn-north-4", "copiesInFlight": 0, "imageObject": object, "destinationQuota": {"images": 1}}})
}

fn missing(report: &image_preflight::Report<'_>) -> Vec<String> {
    report.missing().iter().map(|missing| missing.pointer()).collect()
}

/// The verdict, what is missing, and the kinds of what is said of the facts.
fn told(case: &Value) -> (Verdict, Vec<String>, Vec<String>) {
    let text = case.to_string();
    let report = check(&text);
    let of_facts = report.findings().iter().filter(|finding| finding.rule().id == "case.facts");
    (report.verdict(), missing(&report), of_facts.filter_map(Finding::kind).map(str::to_owned).collect())
}

/// What is known of an image: nothing, or one of two values for each of seven facts.
#[derive(Clone, Copy, Debug)]
struct Known {
    full_ecs: Option<bool>,
    iso: Option<bool>,
    encrypted: Option<bool>,
    is_large: Option<bool>,
    is_public: Option<bool>,
    is_saving: Option<bool>,
    is_windows: Option<bool>,
}

impl Known {
    fn every() -> impl Iterator<Item = Known> {
        let of = |digit: usize| [None, Some(false), Some(true)][digit % 3];
        (0..3_usize.pow(7)).map(move |n| Known {
            full_ecs: of(n),
            iso: of(n / 3),
            encrypted: of(n / 9),
            is_large: of(n / 27),
            is_public: of(n / 81),
            is_saving: of(n / 243),
            is_windows: of(n / 729),
        })
    }

    fn size(self) -> Option<u64> {
        self.is_large.map(|is_large| if is_large { 400 << 30 } else { 1 })
    }

    fn status(self) -> Option<&'static str> {
        self.is_saving.map(|is_saving| if is_saving { "saving" } else { "active" })
    }

    fn environment(self) -> Option<&'static str> {
        self.iso.map(|iso| if iso { "IsoImage" } else { "FusionCompute" })
    }

    /// As a caller tells it.
    fn plainly(self) -> Value {
        json!({"image": {
            "fullEcs": self.full_ecs, "iso": self.iso, "encrypted": self.encrypted, "sizeBytes": self.size(),
            "visibility": self.is_public.map(|is_public| if is_public { "public" } else { "private" }),
            "status": self.status(), "os": self.is_windows.map(|is_windows| if is_windows { "windows" } else { "linux" }),
            // It says for what servers an image is, too.
            "bareMetal": self.iso.map(|_| false),
        }})
    }
}

/// A form: how it tells what is known, and what of that it cannot tell.
struct Form {
    name: &'static str,
    tell: fn(Known) -> Value,
    tells: fn(Known) -> Known,
}

/// Some members; null stands for one that is left out.
fn stated(members: Value) -> Value {
    let members = match members {
        Value::Object(members) => members,
        other => panic!("{other}"),
    };
    members.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
}

fn api(known: Known) -> Value {
    stated(json!({
        "__whole_image": known.full_ecs.map(|flag| flag.to_string()),
        "__system__cmkid": known.encrypted.map(|flag| if flag { KEY } else { "" }),
        "__image_size": known.size().map(|size| size.to_string()),
        "virtual_env_type": known.environment(),
        "__imagetype": known.is_public.map(|is_public| if is_public { "gold" } else { "private" }),
        "__os_type": known.is_windows.map(|is_windows| if is_windows { "Windows" } else { "Linux" }),
        "__productcode": "",
    }))
}

fn forms() -> [Form; 5] {
    [
        // Every member that decides is there, so what is unknown is a word that no document has; the key and the kind are absent.
        Form {
            name: "whole answer",
            tell: |known| {
                let os = known.is_windows.map_or("BSD", |is_windows| if is_windows { "Windows" } else { "Linux" });
                let kind = known.is_public.map_or("x", |is_public| if is_public { "gold" } else { "private" });
                let visibility = known.is_public.map_or("x", |is_public| if is_public { "public" } else { "private" });
                let mut object = with(
                    without(whole(), "__image_size"),
                    &json!({
                        "virtual_env_type": known.environment().unwrap_or("Other"), "__os_type": os, "__imagetype": kind,
                        "visibility": visibility, "status": known.status().unwrap_or(" "),
                    }),
                );
                if let Some(size) = known.size() {
                    object["__image_size"] = size.to_string().into();
                }
                if known.full_ecs == Some(true) {
                    object["__whole_image"] = "true".into();
                }
                if known.encrypted == Some(true) {
                    object["__system__cmkid"] = KEY.into();
                }
                object
            },
            // A blank status is none, and without one the answer is not whole: then absence says nothing.
            tells: |known| {
                let told = |flag: Option<bool>| {
                    if known.status().is_some() { Some(flag == Some(true)) } else { flag.filter(|flag| *flag) }
                };
                Known { full_ecs: told(known.full_ecs), encrypted: told(known.encrypted), ..known }
            },
        },
        Form {
            name: "openstack image show",
            tell: |known| stated(json!({"id": ID, "name": "base", "status": known.status(), "properties": api(known)})),
            tells: |known| known,
        },
        Form {
            name: "SDK",
            tell: |known| {
                let members = match api(known) {
                    Value::Object(members) => members,
                    other => panic!("{other}"),
                };
                let named = |name: String| name.trim_start_matches('_').to_owned();
                let mut object: Map<String, Value> =
                    members.into_iter().map(|(name, value)| (named(name), value)).collect();
                // An SDK writes null for what it was not told.
                for name in ["whole_image", "system__cmkid", "image_size", "imagetype", "os_type"] {
                    object.entry(name).or_insert(Value::Null);
                }
                object.insert("status".to_owned(), json!(known.status()));
                object.insert("id".to_owned(), ID.into());
                Value::Object(object)
            },
            tells: |known| known,
        },
        // A blank is what Terraform was not told, so that there is no key cannot be told.
        Form {
            name: "Terraform",
            tell: |known| {
                json!({
                    "id": ID, "name": "base", "is_whole_image": known.full_ecs, "image_type": known.environment().unwrap_or(""),
                    "kms_key_id": if known.encrypted == Some(true) { KEY } else { "" }, "size_bytes": known.size(),
                    "visibility": known.is_public.map_or("", |is_public| if is_public { "public" } else { "private" }),
                    "os": known.is_windows.map_or("", |is_windows| if is_windows { "Windows" } else { "EulerOS" }),
                    "status": known.status().unwrap_or(""), "min_disk_gb": 40,
                })
            },
            tells: |known| Known { encrypted: known.encrypted.filter(|flag| *flag), ..known },
        },
        Form {
            name: "volume_image_metadata",
            tell: |known| {
                let metadata =
                    with(api(known), &stated(json!({"image_id": ID, "min_disk": "40", "status": known.status()})));
                json!({"volume": {"id": OTHER, "volume_image_metadata": metadata}})
            },
            tells: |known| known,
        },
    ]
}

/// Everything that a report says but for where a fact was said, and that an object is no whole answer.
fn gist(report: &image_preflight::Report<'_>) -> Value {
    let findings: BTreeSet<_> = report
        .findings()
        .iter()
        .filter(|finding| !matches!(finding.kind(), Some("partial" | "unread")))
        .map(|finding| format!("{} {:?} {:?}", finding.rule().id, finding.outcome(), finding.severity()))
        .collect();
    let presumed: Vec<_> = report.presumed().iter().map(image_preflight::Missing::pointer).collect();
    json!([report.verdict().as_str(), missing(report), presumed, findings])
}

/// The same facts, told through an object of each form, give the report that they give when a caller tells them: in every world of
/// seven facts known and unknown, of both copies, presuming and not.
#[test]
fn an_object_of_each_form_tells_what_a_caller_would() {
    let mut compared = 0;
    for form in forms() {
        for known in Known::every() {
            let object = (form.tell)(known);
            let plainly = (form.tells)(known).plainly();
            for operation in ["ims.cross-region-copy", "ims.in-region-copy"] {
                for is_strict in [false, true] {
                    let case = |facts: Value| {
                        let mut case = copy_of(&Value::Null);
                        if operation == "ims.in-region-copy" {
                            case =
                                json!({"path": {"image_id": ID}, "body": {"name": "copy", "cmk_id": KEY}, "facts": {}});
                        }
                        case["operation"] = operation.into();
                        case["strict"] = is_strict.into();
                        image_preflight_tests::merge(&mut case["facts"], &facts);
                        case.to_string()
                    };
                    let (of_object, of_caller) = (case(json!({"imageObject": object})), case(plainly.clone()));
                    let (of_object, of_caller) = (check(&of_object), check(&of_caller));
                    assert_eq!(gist(&of_object), gist(&of_caller), "{}: {known:?} {object}", form.name);
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 5 * 2187 * 2 * 2);
}

/// Absence counts in a whole answer, in a list of answers, and in none that lacks any one of its members.
#[test]
fn absence_counts_in_a_whole_answer_only() {
    for object in
        [whole(), json!({"images": [whole()]}), json!({"image": whole()}), json!({"images": [whole()], "next": "/v2"})]
    {
        assert_eq!(told(&copy_of(&object)), (Verdict::Allowed, vec![], vec![]), "{object}");
    }
    let names: Vec<_> = whole().as_object().expect("an object").keys().cloned().collect();
    assert_eq!(names.len(), 23);
    let unknown = ["/facts/image/fullEcs", "/facts/image/encrypted"].map(str::to_owned);
    let lacking = |name: &String| {
        [without(whole(), name), with(whole(), &json!({name: null})), with(whole(), &json!({name: " "}))]
    };
    for (name, object) in names.iter().flat_map(|name| lacking(name).map(|object| (name, object))) {
        // A number or a flag that is a text is a finding of its own.
        let case = copy_of(&object);
        let (verdict, missing, kinds) = told(&case);
        if name == "__image_size" {
            // It is no member that every image has.
            assert_eq!(
                (verdict, missing.as_slice(), kinds.len()),
                (Verdict::Undetermined, &["/facts/image/sizeBytes".to_owned()][..], 0)
            );
            continue;
        }
        assert_eq!(verdict, Verdict::Undetermined, "without {name}");
        assert!(unknown.iter().all(|fact| missing.contains(fact)), "without {name}: {missing:?}");
        assert_eq!(kinds, ["partial"], "without {name}");
        // It says which members were wanted, and which one is lacking.
        let text = case.to_string();
        let report = check(&text);
        let advice = report.findings().iter().find(|finding| finding.kind() == Some("partial")).expect("an advice");
        let message = advice.message(Locale::ENGLISH);
        assert!(message.contains("`__system__cmkid`") && message.contains(&format!("`{name}`")), "{message}");
    }
    // Null is no absence that proves anything, and a name of another tool is another member.
    for object in [with(whole(), &json!({"__system__cmkid": null})), with(whole(), &json!({"__whole_image": ""}))] {
        let (verdict, ..) = told(&copy_of(&object));
        assert_eq!(
            verdict,
            if object.get("__whole_image").is_some() { Verdict::Undetermined } else { Verdict::Allowed },
            "{object}"
        );
    }
}

#[test]
fn the_object_of_another_image_is_not_used() {
    let of_other = with(whole(), &json!({"id": OTHER, "__imagetype": "gold", "visibility": "public"}));
    for object in [
        of_other.clone(),
        json!({"image": of_other}),
        json!({"images": [of_other]}),
        json!([of_other]),
        json!({"image_id": OTHER, "__imagetype": "gold"}),
        json!({"id": OTHER, "image_type": "IsoImage", "size_bytes": 1}),
    ] {
        let case = copy_of(&object).to_string();
        let report = check(&case);
        let wrong: Vec<_> = report.findings().iter().filter(|finding| finding.kind() == Some("other-object")).collect();
        let [wrong] = wrong.as_slice() else { panic!("{case}: {wrong:?}") };
        assert_eq!(report.verdict(), Verdict::Invalid, "{case}");
        for locale in Locale::all() {
            let message = wrong.message(locale);
            assert!(message.contains(OTHER) && message.contains(ID), "{message}");
        }
        // Nothing of it is believed.
        assert!(
            !report
                .findings()
                .iter()
                .any(|finding| finding.rule().id.ends_with("private-image") && finding.outcome() == Outcome::Violated),
            "{case}"
        );
    }
    // Hexadecimal digits may be in either case; an object without an id is that of the request.
    assert_eq!(told(&copy_of(&with(whole(), &json!({"id": ID.to_uppercase()})))).0, Verdict::Allowed);
    assert_eq!(told(&copy_of(&json!({"__imagetype": "gold"}))).0, Verdict::Denied);
    // An id that is not known yet is nobody's.
    let mut case = copy_of(&of_other);
    case["path"] = json!({});
    case["unknown"] = json!(["/path/image_id"]);
    assert_eq!(told(&case).2, [""; 0]);
}

#[test]
fn of_a_page_the_image_that_the_request_names_is_taken() {
    let of_other =
        |n: usize| with(whole(), &json!({"id": format!("{n}{OTHER}"), "__imagetype": "gold", "visibility": "public"}));
    for place in 0..4 {
        let mut images: Vec<_> = (0..3).map(of_other).collect();
        images.insert(place, with(whole(), &json!({"__system__cmkid": KEY})));
        for object in [json!({"images": images}), json!(images)] {
            let case = copy_of(&object).to_string();
            let report = check(&case);
            let broken: Vec<_> =
                report.findings().iter().map(|finding| (finding.rule().id, finding.at().to_owned())).collect();
            let list = if object.is_array() { "" } else { "/images" };
            let at = format!("/facts/imageObject{list}/{place}/__system__cmkid");
            assert_eq!(broken, [("ims.cross-region-copy.not-encrypted", at)], "{case}");
        }
    }
    // Twice the same is one; if the two differ, it is not told which holds.
    let other = with(whole(), &json!({"id": ID.to_uppercase(), "__system__cmkid": KEY}));
    for (images, kinds, expected) in [
        ([whole(), whole()], vec![], Verdict::Allowed),
        ([whole(), other.clone()], vec!["ambiguous".to_owned()], Verdict::Invalid),
        ([other, whole()], vec!["ambiguous".to_owned()], Verdict::Invalid),
        ([whole(), with(whole(), &json!({"tags": ["a"]}))], vec!["ambiguous".to_owned()], Verdict::Invalid),
        ([whole(), without(whole(), "schema")], vec!["ambiguous".to_owned()], Verdict::Invalid),
    ] {
        let (verdict, _, found) = told(&copy_of(&json!({"images": images})));
        assert_eq!((verdict, found), (expected, kinds), "{images:?}");
    }
    for (object, kind) in [
        (json!({"images": []}), "empty"),
        (json!([]), "empty"),
        (json!({"images": [of_other(0), of_other(1)]}), "other-object"),
        (json!([{"images": [of_other(0)]}, {"images": [of_other(1)]}]), "other-object"),
        (json!({"images": [of_other(0), without(of_other(1), "id")]}), "ambiguous"),
        (json!({"images": [without(of_other(0), "id"), without(of_other(1), "id")]}), "ambiguous"),
        (json!({"images": 7}), "wrong-type"),
        (json!({"images": [7]}), "wrong-type"),
        (json!({"images": [null, null]}), "wrong-type"),
        (json!("an image"), "wrong-type"),
        (json!({"id": ID, "name": "base"}), "bad-format"),
        (json!({"server": {"id": ID, "status": "ACTIVE", "metadata": {}}}), "bad-format"),
        (json!({}), "bad-format"),
    ] {
        let (verdict, _, kinds) = told(&copy_of(&object));
        assert_eq!(verdict, Verdict::Invalid, "{object}");
        assert!(kinds.iter().all(|found| found == kind) && !kinds.is_empty(), "{object}: {kinds:?}");
    }
    // What is no form names those that are taken.
    let case = copy_of(&json!({"id": ID})).to_string();
    let message = check(&case).findings()[0].message(Locale::ENGLISH);
    for form in ["GET /v2/cloudimages", "openstack image show", "to_dict()", "Terraform", "volume_image_metadata"] {
        assert!(message.contains(form), "{message}");
    }
}

/// Two spellings of one member that disagree: neither is believed, whichever comes first, and a third does not settle it.
#[test]
fn spellings_that_contradict_each_other_are_told_in_any_order() {
    let members = [("__system__cmkid", ""), ("system__cmkid", "k-1"), ("kms_key_id", "k-2")];
    let mut seen = BTreeSet::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let object: Vec<_> = order.iter().map(|n| format!("\"{}\":\"{}\"", members[*n].0, members[*n].1)).collect();
        let object = format!("{{\"__imagetype\":\"private\",{}}}", object.join(","));
        let case = copy_of(&json!("OBJECT")).to_string().replace("\"OBJECT\"", &object);
        seen.insert(check(&case).to_json(Locale::ENGLISH));
    }
    assert_eq!(seen.len(), 1, "{seen:?}");
    let report: Value = serde_json::from_str(seen.first().expect("one")).expect("JSON");
    assert_eq!(report["verdict"], "invalid");
    let kinds: Vec<_> = report["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|finding| finding["params"]["kind"].as_str())
        .collect();
    // Of the kind of the image nothing is said.
    assert_eq!(kinds, ["partial", "contradiction"]);
    // Two that agree are one; a flag and its text too.
    let agrees =
        json!({"__whole_image": "TRUE", "is_whole_image": true, "whole_image": "true", "__imagetype": "private"});
    assert_eq!(told(&copy_of(&agrees)).2, ["partial"]);
    // In a whole answer a contradiction is no absence.
    let torn = with(whole(), &json!({"__system__cmkid": KEY, "system__cmkid": ""}));
    let case = copy_of(&torn).to_string();
    let findings =
        check(&case).findings().iter().map(|finding| (finding.rule().id, finding.outcome())).collect::<Vec<_>>();
    assert!(findings.contains(&("ims.cross-region-copy.not-encrypted", Outcome::Unknown)), "{findings:?}");
}

/// Shared is an own image that was shared out, or that of another tenant.
#[test]
fn whose_a_shared_image_is_the_owner_and_the_project_tell() {
    let shared = with(whole(), &json!({"__imagetype": "shared", "visibility": "shared"}));
    let verdict = |object: &Value, project: Value| {
        let mut case = copy_of(object);
        case["facts"]["projectId"] = project;
        told(&case).0
    };
    assert_eq!(verdict(&shared, Value::Null), Verdict::Undetermined);
    assert_eq!(verdict(&shared, json!(" ")), Verdict::Undetermined);
    assert_eq!(verdict(&shared, json!("0F9E8D7C")), Verdict::Allowed);
    assert_eq!(verdict(&shared, json!("another")), Verdict::Denied);
    assert_eq!(verdict(&with(shared.clone(), &json!({"owner": ""})), json!("0f9e8d7c")), Verdict::Undetermined);
    // It settles nothing of an image that is not shared.
    assert_eq!(verdict(&whole(), json!("another")), Verdict::Allowed);
    // That it is a private image does not say whose: a tenant that it is shared with sees the same.
    let private = with(whole(), &json!({"visibility": "shared"}));
    assert_eq!(private.get("__imagetype"), Some(&json!("private")));
    for (project, expected) in [
        (Value::Null, Verdict::Undetermined),
        (json!("0f9e8d7c"), Verdict::Allowed),
        (json!("another"), Verdict::Denied),
    ] {
        assert_eq!(verdict(&private, project), expected);
    }
    // What the caller says wins.
    let mut case = copy_of(&shared);
    case["facts"]["image"] = json!({"visibility": "private"});
    assert_eq!(told(&case).0, Verdict::Allowed);
}

#[test]
fn a_server_a_backup_and_a_quota_are_read_as_their_apis_return_them() {
    let case = |body: Value, facts: Value| json!({"operation": "ims.whole-image", "body": with(body, &json!({"name": "n"})), "facts": facts});
    let of_server = || json!({"instance_id": ID, "vault_id": "v"});
    let of_backup = || json!({"backup_id": ID, "whole_image_type": "CBR"});
    let server = |status: &str| json!({"id": ID, "status": status, "metadata": {"os_type": "Linux"}});
    for (status, verdict) in [
        ("ACTIVE", Verdict::Allowed),
        ("shutoff", Verdict::Allowed),
        ("BUILD", Verdict::Denied),
        ("ERROR", Verdict::Denied),
        ("REBOOT", Verdict::Denied),
        (" ", Verdict::Allowed),
    ] {
        for object in [server(status), json!({"server": server(status)}), json!({"servers": [server(status)]})] {
            assert_eq!(told(&case(of_server(), json!({"ecsObject": object}))).0, verdict, "{object}");
        }
    }
    let backup = |status: &str, images: Value| json!({"id": ID, "status": status, "resource_type": "OS::Nova::Server", "extend_info": {"os_images_data": images}});
    let members = json!({"project_id": "p", "checkpoint_id": "c", "vault_id": "v", "resource_id": "r", "created_at": "t", "updated_at": "t", "image_type": "backup"});
    let all = with(backup("available", json!([])), &members);
    for (object, verdict) in [
        (all.clone(), Verdict::Allowed),
        (json!({"backups": [all]}), Verdict::Allowed),
        (json!({"backups": [all, all]}), Verdict::Allowed),
        (json!({"backups": [all, backup("available", json!([{"image_id": "x"}]))]}), Verdict::Invalid),
        (without(all.clone(), "checkpoint_id"), Verdict::Undetermined),
        (with(all.clone(), &json!({"checkpoint_id": null})), Verdict::Undetermined),
        (with(all.clone(), &json!({"vault_id": ""})), Verdict::Undetermined),
        (backup("available", json!([])), Verdict::Undetermined),
        (backup("available", Value::Null), Verdict::Undetermined),
        (backup("available", json!([{"image_id": "x"}])), Verdict::Denied),
        (backup("available", json!("[{\"image_id\": \"x\"}]")), Verdict::Denied),
        (with(all.clone(), &json!({"status": "deleting"})), Verdict::Denied),
        (with(all, &json!({"id": OTHER})), Verdict::Invalid),
        (backup("available", json!(7)), Verdict::Invalid),
        (json!({"id": ID, "status": "available"}), Verdict::Undetermined),
        (json!({"id": ID, "name": "b"}), Verdict::Invalid),
    ] {
        assert_eq!(told(&case(of_backup(), json!({"backupObject": object}))).0, verdict, "{object}");
    }
    let servers = |other: &str| json!({"ecsObject": {"servers": [server("ACTIVE"), server(other)]}});
    for (other, verdict) in [("ACTIVE", Verdict::Allowed), ("BUILD", Verdict::Invalid)] {
        assert_eq!(told(&case(of_server(), servers(other))).0, verdict, "{other}");
    }
    let quota = |used: Value, most: Value| json!({"quotas": {"resources": [{"type": "volume", "used": 9, "quota": 9}, {"type": "image", "used": used, "quota": most}]}});
    for (object, verdict) in [
        (quota(json!(0), json!(50)), Verdict::Allowed),
        (quota(json!("49"), json!("50")), Verdict::Allowed),
        (quota(json!(50), json!(50)), Verdict::Denied),
        (quota(json!(51), json!(50)), Verdict::Denied),
        (quota(json!(51), json!(-1)), Verdict::Allowed),
        (quota(Value::Null, json!(50)), Verdict::Undetermined),
        (quota(json!(true), json!(50)), Verdict::Invalid),
        (quota(json!(-1), json!(50)), Verdict::Invalid),
        (json!({"quotas": {"resources": []}}), Verdict::Invalid),
        (json!({"quotas": {}}), Verdict::Invalid),
    ] {
        let facts = json!({"quotaObject": object, "ecs": {"state": "running", "dssDisk": false}});
        let case = with(case(of_server(), facts), &json!({"strict": true}));
        assert_eq!(told(&case).0, verdict, "{object}");
    }
}

#[test]
fn jd_clouds_objects_are_read_as_its_api_returns_them() {
    let image = json!({"imageId": "img-1", "imageSource": "private", "rootDeviceType": "cloudDisk", "status": "ready",
        "systemDisk": {"cloudDisk": {"encrypted": false}}, "dataDisks": []});
    let case = |objects: &Value, snapshots: u64| {
        json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
            "body": {"sourceImageIds": ["img-1"], "destinationRegion": "cn-east-2"},
            "facts": {"imageObjects": objects, "images": {"img-1": {"busy": null}}, "destinationQuota": {"images": 1, "snapshots": snapshots}}})
    };
    let busy = "/facts/images/img-1/busy".to_owned();
    let disk = || json!({"cloudDisk": {"encrypted": false}});
    for (objects, snapshots, verdict) in [
        (json!([image]), 1, Verdict::Undetermined),
        (image.clone(), 1, Verdict::Undetermined),
        (json!({"images": [image]}), 1, Verdict::Undetermined),
        (json!({"requestId": "r", "result": {"images": [image], "totalCount": 1}}), 1, Verdict::Undetermined),
        (json!({"requestId": "r", "result": {"image": image}}), 1, Verdict::Undetermined),
        (json!({"image": image}), 1, Verdict::Undetermined),
        // One snapshot for the system disk, and one for each data disk.
        (json!([image]), 0, Verdict::Denied),
        (with(image.clone(), &json!({"dataDisks": [disk(), disk()]})), 3, Verdict::Undetermined),
        (with(image.clone(), &json!({"dataDisks": [disk(), disk()]})), 2, Verdict::Denied),
        // Being copied or converted.
        (with(image.clone(), &json!({"progress": "60"})), 1, Verdict::Denied),
        (with(image.clone(), &json!({"progress": 0})), 1, Verdict::Denied),
        (with(image.clone(), &json!({"progress": "100"})), 1, Verdict::Undetermined),
        (with(image.clone(), &json!({"progress": null})), 1, Verdict::Undetermined),
        (with(image.clone(), &json!({"progress": []})), 1, Verdict::Invalid),
        // Another's, or of no form.
        (json!([with(image.clone(), &json!({"imageId": "img-2"}))]), 1, Verdict::Invalid),
        (with(image.clone(), &json!({"imageId": "img-2"})), 1, Verdict::Invalid),
        (json!([with(image.clone(), &json!({"imageId": "img-2"})), image]), 1, Verdict::Undetermined),
        (json!({"result": {}}), 1, Verdict::Invalid),
        (json!({}), 1, Verdict::Invalid),
        (json!("img-1"), 1, Verdict::Invalid),
    ] {
        let case = case(&objects, snapshots);
        let (found, missing, kinds) = told(&case);
        assert_eq!(found, verdict, "{case}: {kinds:?}");
        if verdict == Verdict::Undetermined {
            // That there is no progress proves nothing.
            assert_eq!(missing, std::slice::from_ref(&busy), "{case}");
        }
    }
}

/// A key given twice in an object: which of the two holds cannot be judged.
#[test]
fn a_key_given_twice_in_an_object_makes_the_case_invalid() {
    for (object, twice) in [
        (copy_of(&whole()), "\"__image_size\":\"3221225472\""),
        (copy_of(&json!({"properties": {"__system__cmkid": ""}, "id": ID})), "\"__system__cmkid\":\"\""),
        (copy_of(&json!({"images": [whole()]})), "\"status\":\"active\""),
    ] {
        let text = object.to_string();
        assert_eq!(text.matches(twice).count(), 1);
        let text = text.replace(twice, &format!("{twice},{twice}"));
        let report = check(&text);
        let kinds: Vec<_> = report
            .findings()
            .iter()
            .filter(|finding| finding.rule().id == "case.facts")
            .filter_map(Finding::kind)
            .collect();
        assert_eq!(report.verdict(), Verdict::Invalid, "{text}");
        assert!(kinds.contains(&"duplicate"), "{text}: {kinds:?}");
    }
}

/// A size however JSON writes it, in an object and plainly.
#[test]
fn a_number_is_the_same_however_it_is_written() {
    for size in
        ["\"3221225472\"", "3221225472", "3.221225472e9", "\"\\u0033221225472\"", "\" 3221225472\"", "\"3221225472.0\""]
    {
        let text =
            copy_of(&json!({"__imagetype": "private", "__image_size": "SIZE"})).to_string().replace("\"SIZE\"", size);
        let object = format!("{{\"__imagetype\":\"private\",\"__image_size\":{size}}}");
        let (facts, findings) = huawei::ImageFacts::from_object(&object);
        let is_read = facts.size.map(image_preflight::ByteSize::bytes) == Some(3_221_225_472);
        let is_told = findings.iter().any(|finding| finding.kind() != Some("partial"));
        assert!(is_read != is_told, "{size}: {facts:?} {findings:?}");
        assert_eq!(is_told, check(&text).verdict() == Verdict::Invalid, "{text}");
    }
}

/// A fact that the operation never reads is told where it stands, and changes nothing.
#[test]
fn what_an_operation_never_reads_is_told_and_changes_nothing() {
    for (name, value) in [
        ("ecs", json!({"state": "BUILD"})),
        ("backup", json!({"used": true})),
        ("images", json!({"img-1": {"busy": true}})),
        ("imageObjects", json!([{"imageId": 7}])),
        ("ecsObject", json!(7)),
        ("backupObject", json!([])),
    ] {
        let mut case = copy_of(&whole());
        let before = told(&case);
        case["facts"][name] = value;
        let after = told(&case);
        assert_eq!((after.0, &after.1), (before.0, &before.1), "{case}");
        assert_eq!(after.2, ["unread"], "{case}");
    }
    let mut case = json!({"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"}, "facts": {}});
    let before = told(&case);
    case["facts"] = json!({"sourceRegion": "cn-north-4", "image": {"encrypted": true, "iso": true}, "projectId": "p", "imageObject": {}, "copiesInFlight": 9});
    let after = told(&case);
    assert_eq!((after.0, after.1), (before.0, before.1));
    assert_eq!(after.2, vec!["unread"; 6]);
}

/// The ways from an object to facts that do not know the request yet.
fn without_request(member: &str, group: &str, object: &Value) -> Vec<Facts<'static>> {
    let json = json!({member: object}).to_string();
    let read = Facts::from_json(&json).0.into_owned();
    let by_serde: Facts<'static> = serde_json::from_str(&json).expect("it is read");
    let again = serde_json::from_value(json!(by_serde)).expect("it is read back");
    let typed = |facts: huawei::Facts<'static>| Facts::from(facts);
    let text = object.to_string();
    let (alone, by_struct) = match group {
        "image" => {
            let image = huawei::ImageFacts::from_object(&text).0;
            let read: huawei::ImageFacts<'static> = serde_json::from_value(json!(image)).expect("it is read back");
            (json!(image), typed(huawei::Facts { image: read, ..Default::default() }))
        }
        "ecs" => {
            let ecs = huawei::EcsFacts::from_object(&text).0;
            let read: huawei::EcsFacts<'static> = serde_json::from_value(json!(ecs)).expect("it is read back");
            (json!(ecs), typed(huawei::Facts { ecs: read, ..Default::default() }))
        }
        _ => {
            let backup = huawei::BackupFacts::from_object(&text).0;
            let read: huawei::BackupFacts<'static> = serde_json::from_value(json!(backup)).expect("it is read back");
            (json!(backup), typed(huawei::Facts { backup: read, ..Default::default() }))
        }
    };
    let grouped = json!({group: alone}).to_string();
    vec![read, by_serde, again, by_struct, Facts::from_json(&grouped).0.into_owned()]
}

/// Whichever way an object of something else comes to a request, the case is invalid, as it is where both are in one case; the object
/// of what the request names is taken.
#[test]
fn an_object_of_something_else_is_used_by_no_way_in() {
    let image = |id: &str| with(whole(), &json!({"id": id}));
    let ecs = |id: &str| json!({"id": id, "status": "SHUTOFF", "metadata": {"os_type": "Linux"}});
    let backup = |id: &str| json!({"id": id, "status": "available"});
    let across = copy_of(&Value::Null);
    let within = json!({"operation": "ims.in-region-copy", "path": {"image_id": ID}, "body": {"name": "copy"}});
    let of_ecs = json!({"operation": "ims.whole-image", "body": {"name": "n", "instance_id": ID, "vault_id": "v"}});
    let of_backup =
        json!({"operation": "ims.whole-image", "body": {"name": "n", "backup_id": ID, "whole_image_type": "CBR"}});
    let make = |group: &str, id: &str| match group {
        "image" => image(id),
        "ecs" => ecs(id),
        _ => backup(id),
    };
    for (case, group) in [(&across, "image"), (&within, "image"), (&of_ecs, "ecs"), (&of_backup, "backup")] {
        let member = &format!("{group}Object");
        let request = image_preflight::operation(case["operation"].as_str().expect("a name")).expect("it is known");
        for (id, is_other) in [(OTHER, true), (ID, false), (&ID.to_uppercase(), false)] {
            let object = make(group, id);
            let in_case = with(case.clone(), &json!({"facts": {member: object}})).to_string();
            let expected = check(&in_case);
            assert_eq!(others(&expected).len(), usize::from(is_other), "{in_case}");
            let case_alone = with(case.clone(), &json!({"facts": {}})).to_string();
            for facts in without_request(member, group, &object) {
                let [typed, built] = typed(&case_alone, &facts);
                for report in [&typed, &built] {
                    assert_eq!(report.verdict() == Verdict::Invalid, is_other, "{} {in_case}", request.id());
                    assert_eq!(others(report), others(&expected), "{in_case}");
                    assert!(!is_other || report.clear_undetermined().is_err(), "{in_case}");
                }
                let mut plan = Plan::new(&Edition::default());
                let planned = plan.add(case_alone.clone());
                let told = plan.tell(planned, json!(facts).to_string());
                assert_eq!(matches!(told, Err(PlanError::Facts(_))), is_other, "{in_case}");
            }
        }
    }
}

/// What is said of an object that is another one, without the place.
fn others(report: &Report<'_>) -> Vec<Value> {
    let found = report.findings().iter().filter(|finding| finding.kind() == Some("other-object"));
    let json = |finding: &Finding<'_>| serde_json::to_value(finding.localized(Locale::ENGLISH)).expect("it is written");
    found.map(|finding| json!([finding.rule().id, json(finding)["params"]])).collect()
}

/// The reports on a case as a typed request and as its builder.
fn typed(case: &str, facts: &Facts<'_>) -> [Report<'static>; 2] {
    macro_rules! reports {
        ($name:ident, $($field:ident)+) => {
            if let Ok(request) = huawei::$name::from_case(case) {
                let built = huawei::$name::builder()$(.$field(request.$field().as_str()))+;
                return [request.check(facts).into_owned(), built.check(facts).into_owned()];
            }
        };
    }
    reports!(CrossRegionCopy, image_id name region project_name agency_name);
    reports!(InRegionCopy, image_id name);
    reports!(WholeImageFromEcs, name instance_id vault_id);
    reports!(WholeImageFromBackup, name backup_id);
    panic!("no request: {case}")
}

/// The caller's own word on whose facts they are is compared with the request, and with the objects beside it.
#[test]
fn facts_that_say_whose_they_are_are_of_what_the_request_names() {
    let case = |facts: Value| with(copy_of(&Value::Null), &json!({"facts": facts})).to_string();
    for (facts, at) in [
        (json!({"image": {"id": OTHER, "encrypted": false}}), &["/facts/image/id"][..]),
        (json!({"image": {"id": OTHER}, "imageObject": whole()}), &["/facts/imageObject", "/facts/image/id"]),
        (json!({"image": {"id": format!(" {} ", ID.to_uppercase())}, "imageObject": whole()}), &[]),
        (json!({"image": {"id": " "}}), &[]),
    ] {
        let case = case(facts);
        let report = check(&case);
        let found = report.findings().iter().filter(|finding| finding.kind() == Some("other-object"));
        assert_eq!(found.map(Finding::at).collect::<Vec<_>>(), at, "{case}");
        assert_eq!(report.verdict() == Verdict::Invalid, !at.is_empty(), "{case}");
    }
    let (facts, findings) = {
        let json = json!({"image": {"id": ID}, "imageObject": with(whole(), &json!({"id": OTHER}))}).to_string();
        let (facts, findings) = Facts::from_json(&json);
        (facts.into_owned(), findings.into_iter().map(Finding::into_owned).collect::<Vec<_>>())
    };
    assert_eq!((findings.len(), findings[0].kind(), findings[0].at()), (1, Some("other-object"), "/facts/imageObject"));
    assert_eq!(huawei::Facts::from(&facts).image.os, None, "the object is not used");
}

/// What a plan makes first has an id of its own, and what is known of the first image is true of it.
#[test]
fn a_prepared_copy_is_not_taken_for_another_image() {
    let object = with(whole(), &json!({"__system__cmkid": KEY}));
    let mut plan = Plan::new(&Edition::default());
    let request = plan.add(copy_of(&object).to_string());
    let first = plan.preparation_of(request).expect("the copy within the region");
    assert_eq!(plan.next_start().map(|start| start.requests().to_vec()), Some(vec![first]));
    plan.finished(first, Some(OTHER)).expect("it ends");
    assert!(matches!(plan.state(request), Some(State::Ready)), "{:?}", plan.state(request));
}
