//! Editions: every limit, address and alphabet of every edition, as the table in `editions.rs` has it, through every way in.

use image_preflight::{
    ByteSize, Edition, Facts, Message, Outcome, Report, Request, Rule, Severity, Verdict, capabilities_with, check,
    check_bytes, check_packed, check_with, destinations_with, huawei, jdcloud, rule, verdict_bytes, verdict_packed,
};
use image_preflight_tests::editions::{ALIASES, ROWS, Row, Says, markdown, named, row};
use image_preflight_tests::packing::packed;
use image_preflight_tests::path;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const GIB: u64 = 1 << 30;

/// What one edition says of one case: whether one rule is broken. Nothing else about the case is wrong or unknown.
struct Probe {
    /// What is probed.
    what: String,
    /// The case, without its edition.
    case: Value,
    rule: &'static str,
    is_broken: bool,
    /// Whether the image (and what is known of the world) decides, so that capabilities and destinations show it too.
    is_of_image: bool,
}

/// A copy to another region with nothing wrong.
#[allow(clippy::needless_pass_by_value, reason = "callers write it as a literal")]
fn across(image: Value, more: Value) -> Value {
    let body =
        json!({"name": "n", "region": "ap-southeast-4", "project_name": "p", "agency_name": "a", "vault_id": "v"});
    let mut case = json!({"operation": "ims.cross-region-copy", "path": {"image_id": "i"}, "body": body, "facts": {
        "sourceRegion": "cn-north-9", "copiesInFlight": 0, "image": {"fullEcs": false, "iso": false, "encrypted": false,
        "fromSharedBackup": false, "sizeBytes": 1, "visibility": "private", "status": "active", "os": "linux"}}});
    image_preflight_tests::merge(&mut case["facts"]["image"], &image);
    image_preflight_tests::merge(&mut case, &more);
    case
}

/// A copy within a region with nothing wrong.
#[allow(clippy::needless_pass_by_value, reason = "callers write it as a literal")]
fn within(image: Value, more: Value) -> Value {
    let mut case = across(image, json!({}));
    case["operation"] = "ims.in-region-copy".into();
    case["body"] = json!({"name": "n"});
    image_preflight_tests::merge(&mut case, &more);
    case
}

/// A full-ECS image of a server with nothing wrong.
#[allow(clippy::needless_pass_by_value, reason = "callers write it as a literal")]
fn whole(more: Value) -> Value {
    let mut case = json!({"operation": "ims.whole-image", "body": {"name": "n", "instance_id": "i", "vault_id": "v"},
        "facts": {"ecs": {"os": "other", "state": "running", "configured": true}}});
    image_preflight_tests::merge(&mut case, &more);
    case
}

/// A copy of JD Cloud's with nothing wrong.
fn jd(visibility: &str, destination: &str) -> Value {
    json!({"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
        "body": {"sourceImageIds": ["img-1"], "destinationRegion": destination},
        "facts": {"images": {"img-1": {"visibility": visibility, "rootDevice": "cloudDisk", "status": "ready",
            "snapshotEncrypted": false, "busy": false, "snapshots": 1}}, "destinationQuota": {"images": 9, "snapshots": 9}}})
}

/// What sentences call the editions of a site by.
const SITES: [(&str, &[&str]); 5] = [
    ("international site", &["international-2024-04", "international-2026-01"]),
    ("国际站", &["international-2024-04", "international-2026-01"]),
    ("Open Telekom Cloud", &["open-telekom-cloud-2026-04"]),
    ("tr-central-201", &["tr-central-201-2024-04"]),
    ("eu-west-0", &["eu-west-0-2024-03"]),
];

/// The editions that a sentence names; where it names none, those of the sites that it names.
fn editions_in(sentence: &str) -> BTreeSet<&'static str> {
    let by_name = ROWS.iter().map(|row| row.name).filter(|name| sentence.contains(name));
    let by_name: BTreeSet<_> = by_name.filter(|name| *name != "default").collect();
    let by_site = SITES.iter().filter(|(site, _)| sentence.contains(site)).flat_map(|(_, editions)| *editions).copied();
    if by_name.is_empty() { by_site.collect() } else { by_name }
}

fn is_dated_and_of_ims(row: &Row) -> bool {
    !["default", "jd-2024-11"].contains(&row.name)
}

/// A rule, one of its sentences, and which editions it is about, as the table has them.
type OfEditions = (&'static str, fn(&Rule) -> Message, fn(&Row) -> bool);

/// Sentences that list the editions in which something is otherwise than by default.
const LISTS: [OfEditions; 12] = [
    ("ims.cross-region-copy.name", |rule| rule.holds, |row| !row.han_in_names.value()),
    ("ims.in-region-copy.name", |rule| rule.disputed.unwrap_or(rule.holds), |row| !row.han_in_names.value()),
    // The exception among the dated editions is the one whose caps are those by default.
    (
        "ims.cross-region-copy.size-cap",
        |rule| rule.holds,
        |row| is_dated_and_of_ims(row) && row.large_regions.value().len() == 4,
    ),
    (
        "ims.in-region-copy.not-windows",
        |rule| rule.disputed.unwrap_or(rule.holds),
        |row| is_dated_and_of_ims(row) && !row.windows_within.value(),
    ),
    ("ims.cross-region-copy.not-windows", |rule| rule.holds, |row| !row.windows_across.value()),
    ("ims.whole-image.not-windows", |rule| rule.holds, |row| !row.windows_whole.value()),
    ("ims.cross-region-copy.full-ecs-refused", |rule| rule.holds, |row| !row.full_ecs_across.value()),
    ("image.share.full-ecs-refused", |rule| rule.holds, |row| !row.full_ecs_shared.value()),
    ("ims.in-region-copy.private-image", |rule| rule.holds, |row| !row.others_within.value()),
    ("ims.in-region-copy.size-cap", |rule| rule.holds, |row| row.cap_within.value().is_some()),
    ("ims.whole-image.vault_id", |rule| rule.disputed.unwrap_or(rule.holds), |row| row.csbs.value()),
    ("ims.whole-image.whole_image_type", |rule| rule.disputed.unwrap_or(rule.holds), |row| row.csbs.value()),
];

#[test]
fn a_sentence_names_all_the_editions_that_it_is_about_and_no_other() {
    for (id, sentence, is_about) in LISTS {
        let Message { en, zh } = sentence(rule(id).expect(id));
        let about: BTreeSet<_> = ROWS.iter().filter(|row| is_about(row)).map(|row| row.name).collect();
        for text in [en, zh] {
            assert_eq!(editions_in(text), about, "{id}: {text}");
        }
    }
}

/// Every probe of an edition.
fn probes(row: &Row) -> Vec<Probe> {
    let mut probes = Vec::new();
    let mut add = |what: String, case, rule, is_broken, is_of_image| {
        probes.push(Probe { what, case, rule, is_broken, is_of_image });
    };
    let regions =
        ["cn-south-1", "cn-east-3", "cn-east-2", "cn-north-4", "cn-north-1", "cn-north-9", "me-east-1", "la-south-2"];
    for region in regions {
        let cap = row.cap_from(region) * GIB;
        for (bytes, is_broken) in [(cap - 1, false), (cap, false), (cap + 1, true)] {
            let case = across(json!({"sizeBytes": bytes}), json!({"facts": {"sourceRegion": region}}));
            add(format!("{bytes} bytes from {region}"), case, "ims.cross-region-copy.size-cap", is_broken, true);
        }
    }
    let copies = row.copies.value();
    for in_flight in [0, copies - 1, copies, copies + 1] {
        let case = across(json!({}), json!({"facts": {"copiesInFlight": in_flight}}));
        let is_broken = in_flight + 1 > copies;
        add(format!("{in_flight} copies run"), case, "ims.cross-region-copy.concurrent-limit", is_broken, true);
    }
    for os in ["windows", "linux", "other"] {
        let is_windows = os == "windows";
        let broken = [is_windows && !row.windows_across.value(), is_windows && !row.windows_within.value()];
        let image = json!({"os": os});
        add(
            format!("{os}, across"),
            across(image.clone(), json!({})),
            "ims.cross-region-copy.not-windows",
            broken[0],
            true,
        );
        add(format!("{os}, within"), within(image, json!({})), "ims.in-region-copy.not-windows", broken[1], true);
    }
    let is_broken = !row.across_offered.value();
    add("across at all".to_owned(), across(json!({}), json!({})), "ims.cross-region-copy.offered", is_broken, true);
    for visibility in ["private", "shared", "public"] {
        let is_broken = visibility != "private" && !row.others_within.value();
        let case = within(json!({"visibility": visibility, "shareAccepted": true}), json!({}));
        add(format!("{visibility}, within"), case, "ims.in-region-copy.private-image", is_broken, true);
    }
    for os in ["windows", "linux"] {
        let is_broken = os == "windows" && !row.windows_whole.value();
        let ecs = json!({"facts": {"ecs": {"os": os, "spannedVolume": false, "multiDiskVolume": false, "sanPolicy": "OnlineAll"}}});
        add(format!("a {os} ECS"), whole(ecs), "ims.whole-image.not-windows", is_broken, false);
    }
    let without_vault = whole(json!({"body": {"vault_id": null}}));
    add("without a vault".to_owned(), without_vault, "ims.whole-image.vault_id", !row.csbs.value(), false);
    for (kind, is_taken) in [
        (Some("CBR"), row.cbr),
        (Some("CSBS"), row.csbs),
        (None, row.csbs),
        (Some("cbr"), Says::Silent(false, "no such")),
    ] {
        let backup = json!({"used": false, "shared": false, "configured": true});
        let case =
            whole(json!({"body": {"instance_id": null, "vault_id": null, "backup_id": "b", "whole_image_type": kind},
            "facts": {"backup": backup}}));
        add(
            format!("a backup of the type {kind:?}"),
            case,
            "ims.whole-image.whole_image_type",
            !is_taken.value(),
            false,
        );
    }
    for full_ecs in [true, false] {
        let case = across(json!({"fullEcs": full_ecs}), json!({}));
        let is_broken = full_ecs && !row.full_ecs_across.value();
        add(format!("full-ECS {full_ecs}"), case, "ims.cross-region-copy.full-ecs-refused", is_broken, true);
    }
    let cap_within = row.cap_within.value();
    for bytes in [127 * GIB, 128 * GIB, 128 * GIB + 1, 300 * GIB, 1 << 52] {
        let is_broken = cap_within.is_some_and(|cap| bytes > cap * GIB);
        let case = within(json!({"sizeBytes": bytes}), json!({}));
        add(format!("{bytes} bytes, within"), case, "ims.in-region-copy.size-cap", is_broken, true);
    }
    for (name, is_han) in [("copy-1", false), ("测试", true), ("a 镜 b", true), ("𠮷", true)] {
        let is_broken = is_han && !row.han_in_names.value();
        let more = json!({"body": {"name": name}});
        for (case, rule) in [
            (across(json!({}), more.clone()), "ims.cross-region-copy.name"),
            (within(json!({}), more.clone()), "ims.in-region-copy.name"),
            (whole(more.clone()), "ims.whole-image.name"),
        ] {
            add(format!("the name {name}"), case, rule, is_broken, false);
        }
    }
    // Whatever the edition, nothing else is a character of a name.
    for name in ["a/b", "é", "あ"] {
        let case = within(json!({}), json!({"body": {"name": name}}));
        add(format!("the name {name}"), case, "ims.in-region-copy.name", true, false);
    }
    for (visibility, is_broken) in [
        ("private", false),
        ("shared", !row.jd_shared.value()),
        ("public", true),
        ("thirdparty", true),
        ("community", true),
    ] {
        let case = jd(visibility, "cn-east-2");
        add(format!("JD Cloud's {visibility} image"), case, "jd.copy-images.private-image", is_broken, true);
    }
    for (destination, is_same) in [("cn-east-2", false), ("cn-north-1", true)] {
        let is_broken = is_same && !row.jd_same_region.value();
        let case = jd("private", destination);
        add(format!("JD Cloud, to {destination}"), case, "jd.copy-images.region-differs", is_broken, false);
    }
    probes
}

fn is_broken(report: &Report<'_>, rule: &str) -> bool {
    report.findings().iter().any(|finding| finding.rule().id == rule && finding.outcome() == Outcome::Violated)
}

fn with_edition(case: &Value, edition: &Value) -> String {
    let mut case = case.clone();
    case["edition"] = edition.clone();
    case.to_string()
}

fn json(report: &Report<'_>) -> String {
    report.to_json(image_preflight::Locale::ENGLISH)
}

/// Facts with nothing wrong but a region that is in no list.
fn facts_of(json: &str) -> Facts<'_> {
    let (facts, findings) = Facts::from_json(json);
    assert!(findings.iter().all(|finding| finding.severity() == Severity::Warning), "{json}: {findings:?}");
    facts
}

/// The report of a case that is evaluated by its typed request; nothing where its shape is wrong.
fn typed(report: &Report<'_>, case: &Value, edition: &Edition) -> Option<String> {
    let facts = case["facts"].to_string();
    let facts = facts_of(&facts);
    fn of<R: Request>(report: &Report<'_>, facts: &Facts<'_>, edition: &Edition) -> Option<String> {
        report.request::<R>().map(|request| json(&request.check_with(facts, edition.clone())))
    }
    of::<huawei::CrossRegionCopy>(report, &facts, edition)
        .or_else(|| of::<huawei::InRegionCopy>(report, &facts, edition))
        .or_else(|| of::<huawei::WholeImageFromEcs>(report, &facts, edition))
        .or_else(|| of::<huawei::WholeImageFromBackup>(report, &facts, edition))
        .or_else(|| of::<jdcloud::CopyImages>(report, &facts, edition))
}

#[test]
fn the_product_has_exactly_the_editions_of_the_table() {
    assert_eq!(Edition::names().collect::<Vec<_>>(), ROWS.map(|row| row.name));
    for row in &ROWS {
        assert_eq!(named(row.name).name(), row.name);
    }
    assert_eq!(Edition::default().name(), "default");
}

/// Every way in that takes an edition gives the same report, and it is the one that the table demands.
#[test]
fn every_edition_is_what_its_documents_say_through_every_way_in() {
    let (mut compared, mut of_types, mut lines) = (0, 0, Vec::new());
    for row in &ROWS {
        let edition = named(row.name);
        for Probe { what, case, rule, is_broken: wanted, .. } in probes(row) {
            let text = with_edition(&case, &row.name.into());
            let report = check(&text);
            let told = format!("{} under {}: {text}", what, row.name);
            assert_eq!(is_broken(&report, rule), wanted, "{told}");
            // Where there is no such operation, nothing of it is allowed.
            let is_offered = case["operation"] != "ims.cross-region-copy" || row.across_offered.value();
            let verdict = if wanted || !is_offered { Verdict::Denied } else { Verdict::Allowed };
            assert_eq!(report.verdict(), verdict, "{told} {:?}", report.findings());
            let expected = json(&report);
            // Given beside the case; the case's own name wins over that.
            let bare = case.to_string();
            assert_eq!(json(&check_with(&bare, &edition)), expected, "{told}");
            for other in &ROWS {
                assert_eq!(json(&check_with(&text, &named(other.name))), expected, "{told}, and not {}", other.name);
            }
            assert_eq!(json(&check_bytes(text.as_bytes())), expected, "{told}");
            let packing =
                packed(&serde_json::from_str(&text).expect("it is JSON")).expect("it has a place for everything");
            let of_packed = json(&check_packed(&packing.packed()).expect("it fits together"));
            assert_eq!(of_packed, expected, "{told}");
            // The verdict alone, of each of these.
            let of_packed = verdict_packed(&packing.packed());
            let verdicts = [Some(image_preflight::verdict(&text)), Some(verdict_bytes(text.as_bytes())), of_packed];
            assert_eq!(verdicts.map(|of| of.map(|of| of.verdict)), [Some(verdict); 3], "{told}");
            match typed(&report, &case, &edition) {
                Some(of_typed) => {
                    assert_eq!(of_typed, expected, "{told}");
                    of_types += 1;
                }
                // The types are those of the default edition: they demand a vault, and a type that is CBR.
                None => {
                    let is_csbs = case["body"]["whole_image_type"] != "CBR" && case["body"]["vault_id"].is_null();
                    let is_backup_or_server = case["operation"] == "ims.whole-image" && is_csbs;
                    let is_refused = rule.ends_with(".whole_image_type") || rule.ends_with(".name");
                    assert!(is_refused && wanted || is_backup_or_server, "{told} has no typed request");
                }
            }
            compared += 1;
            lines.push((text, expected));
        }
    }
    // NDJSON: a case a line, each under its own edition.
    let text: String = lines.iter().map(|(case, _)| format!("{case}\n")).collect();
    for (line, (_, expected)) in text.lines().zip(&lines) {
        assert_eq!(json(&check(line)), *expected, "{line}");
    }
    // 24 of caps, 4 of copies, 6 of Windows, 2 of full-ECS images, 5 of caps within, 15 of names, 7 of JD Cloud, 11 of what
    // editions offer; without a typed request are the three names that no edition takes, the nine with Chinese under the three
    // that take none, the four without a vault or with another type than CBR, and CBR itself where it is refused.
    assert_eq!((compared, of_types), (10 * 74, 10 * 74 - 10 * 3 - 3 * 9 - 10 * 4 - 1));
}

#[test]
fn capabilities_and_destinations_are_those_of_the_edition() {
    let (mut of_image, mut of_jd) = (0, 0);
    for row in &ROWS {
        let edition = named(row.name);
        for Probe { what, case, rule, is_broken: wanted, is_of_image } in probes(row) {
            if !is_of_image {
                continue;
            }
            let images = jdcloud::ImageIds::new(["img-1"]).expect("a list");
            let facts = case["facts"].to_string();
            let facts = facts_of(&facts);
            let told = format!("{what} under {}", row.name);
            if case["operation"] == "jd.copy-images" {
                let found = jdcloud::destinations("cn-north-1", &images, &facts, &edition);
                assert_eq!(found.len(), jdcloud::regions().len());
                for destination in &found {
                    assert_eq!(is_broken(destination.report(), rule), wanted, "{told}");
                    let is_same = destination.region().id == "cn-north-1";
                    let refused = is_broken(destination.report(), "jd.copy-images.region-differs");
                    assert_eq!(refused, is_same && !row.jd_same_region.value(), "{told}");
                }
                of_jd += 1;
                continue;
            }
            let capabilities = capabilities_with(&facts, &edition);
            let capability = capabilities.iter().find(|capability| case["operation"] == capability.operation().id());
            let report = capability.unwrap_or_else(|| panic!("{told}: no such capability")).report();
            assert_eq!(is_broken(report, rule), wanted, "{told}");
            if case["operation"] == "ims.cross-region-copy" {
                let found = destinations_with(&facts, &edition);
                assert_eq!(found.len(), huawei::regions().len() - OTHER_SITES.len());
                for destination in &found {
                    assert_eq!(is_broken(destination.report(), rule), wanted, "{told} to {}", destination.region().id);
                }
            }
            of_image += 1;
        }
        for full_ecs in [true, false] {
            let image =
                json!({"fullEcs": full_ecs, "fromSharedBackup": false, "visibility": "private", "encrypted": false});
            let facts = json!({"image": image}).to_string();
            let facts = facts_of(&facts);
            let capabilities = capabilities_with(&facts, &edition);
            let share = capabilities.iter().find(|capability| capability.operation().id() == "image.share");
            let verdict = share.expect("it can be asked").report().verdict();
            let wanted = if full_ecs && !row.full_ecs_shared.value() { Verdict::Denied } else { Verdict::Allowed };
            assert_eq!(verdict, wanted, "sharing a full-ECS image ({full_ecs}) under {}", row.name);
        }
    }
    assert_eq!((of_image, of_jd), (10 * 45, 10 * 5));
}

/// The regions of sites of their own: the partner clouds and the European site never copy to another site.
const OTHER_SITES: [&str; 8] =
    ["ae-ad-1", "eu-ch2", "eu-de", "eu-nl", "eu-west-0", "eu-west-101", "my-kualalumpur-1", "tr-central-201"];

/// A full-ECS image goes nowhere under an edition that never copies one, and everywhere else of its site elsewhere.
#[test]
fn destinations_of_a_full_ecs_image_are_counted() {
    let facts = across(json!({"fullEcs": true}), json!({}))["facts"].to_string();
    let facts = facts_of(&facts);
    for row in &ROWS {
        let found = destinations_with(&facts, &named(row.name));
        let denied = found.iter().filter(|destination| destination.report().verdict() == Verdict::Denied).count();
        let is_possible = row.full_ecs_across.value() && row.across_offered.value();
        // Of another site none is offered.
        assert!(found.iter().all(|destination| !OTHER_SITES.contains(&destination.region().id)));
        let wanted = if is_possible { 1 } else { huawei::regions().len() - OTHER_SITES.len() };
        assert_eq!(denied, wanted, "{}", row.name);
    }
}

#[test]
fn every_edition_has_the_addresses_of_its_documents() {
    for row in &ROWS {
        for (case, template) in [
            (across(json!({}), json!({})), row.across_path),
            (within(json!({}), json!({})), row.within_path),
            (whole(json!({})), row.whole_path),
            (jd("private", "cn-east-2"), row.jd_path),
        ] {
            if case["operation"] == "ims.cross-region-copy" && !row.across_offered.value() {
                continue;
            }
            let text = with_edition(&case, &row.name.into());
            let cleared = check(&text).clear().unwrap_or_else(|error| panic!("{}: {error}", row.name));
            let wanted = template.value().replace("{image_id}", "i").replace("{regionId}", "cn-north-1");
            assert_eq!((cleared.method(), cleared.path()), ("POST", wanted.as_str()), "{}", row.name);
            let under = case.to_string();
            let cleared = check_with(&under, &named(row.name)).clear().expect("it is allowed");
            assert_eq!(cleared.path(), wanted, "{}", row.name);
        }
    }
}

/// No two editions of the table are the same to the probes: an edition that is taken for another is noticed.
#[test]
fn the_probes_tell_any_two_editions_apart() {
    let signature = |row: &Row| {
        let broken: Vec<_> = probes(row).iter().map(|probe| (probe.what.clone(), probe.is_broken)).collect();
        format!("{broken:?} {} {}", row.full_ecs_shared.value(), row.within_path.value())
    };
    let signatures: BTreeSet<_> = ROWS.iter().map(signature).collect();
    assert_eq!(signatures.len(), ROWS.len());
}

/// The table is written where people read it; `BLESS=1` writes it anew.
#[test]
fn the_table_is_shown() {
    let (path, page) = (path("editions.md"), markdown());
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).expect("it can be written");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(before == page, "{} differs from the table: look at what changed, then run with BLESS=1", path.display());
}

/// A caller's own limits, as README.md and CONTRACT.md define their members.
#[derive(Clone, Copy)]
enum Member {
    Extends(&'static str),
    Cap(u64),
    RegionCaps(&'static [(&'static str, u64)]),
    CapWithin(u64),
    Copies(u64),
}

impl Member {
    fn json(self) -> String {
        match self {
            Member::Extends(name) => format!("\"extends\":\"{name}\""),
            Member::Cap(bytes) => format!("\"capBytes\":{bytes}"),
            Member::RegionCaps(caps) => {
                let caps: Vec<_> = caps.iter().map(|(region, cap)| format!("\"{region}\":{cap}")).collect();
                format!("\"regionCapBytes\":{{{}}}", caps.join(","))
            }
            Member::CapWithin(bytes) => format!("\"inRegionCapBytes\":{bytes}"),
            Member::Copies(copies) => format!("\"concurrentCopies\":{copies}"),
        }
    }
}

/// Every order of every part of a list.
fn arrangements<T: Copy>(items: &[T]) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    for (index, item) in items.iter().enumerate() {
        let rest: Vec<_> =
            items.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, item)| *item).collect();
        all.extend(arrangements(&rest).into_iter().map(|mut order| {
            order.insert(0, *item);
            order
        }));
    }
    all
}

/// Whatever combines, in whatever order of keys: `extends` first, `capBytes` for every region, `regionCapBytes` over that.
#[test]
fn a_caller_s_limits_combine_in_any_order_of_keys() {
    let regions = ["cn-south-1", "my-region-1", "cn-north-4", "cn-north-9"];
    let mut compared = 0;
    for base in ROWS.iter().map(|row| row.name) {
        let members = [
            Member::Extends(base),
            Member::Cap(1000),
            Member::RegionCaps(&[("cn-south-1", 2000), ("my-region-1", 30)]),
            Member::CapWithin(500),
            Member::Copies(2),
        ];
        let orders = arrangements(&members);
        assert_eq!(orders.len(), 326);
        // Extending the default and the edition with a cap within regions: every order. Extending another: that, and one limit.
        let extends = |order: &[Member]| order.iter().any(|member| matches!(member, Member::Extends(_)));
        let is_tried = |order: &Vec<Member>| match base {
            "default" => true,
            "international-2026-01" => extends(order),
            _ => extends(order) && order.len() <= 2,
        };
        for order in orders.into_iter().filter(is_tried) {
            let of = row(if extends(&order) { base } else { "default" });
            let (mut cap, mut region_caps): (Option<u64>, &[(&str, u64)]) = (None, &[]);
            let (mut cap_within, mut copies) = (of.cap_within.value().map(|cap| cap * GIB), of.copies.value());
            let mut edition = named(of.name);
            for member in &order {
                match *member {
                    Member::Extends(_) => {}
                    Member::Cap(bytes) => cap = Some(bytes),
                    Member::RegionCaps(caps) => region_caps = caps,
                    Member::CapWithin(bytes) => cap_within = Some(bytes),
                    Member::Copies(limit) => copies = limit,
                }
            }
            let cap_of = |region: &str| {
                let own = region_caps.iter().find(|(known, _)| *known == region).map(|(_, cap)| *cap);
                own.or(cap).unwrap_or(of.cap_from(region) * GIB)
            };
            edition = cap.map_or(edition.clone(), |cap| edition.with_cap(ByteSize::from_bytes(cap)));
            for (region, cap) in region_caps {
                edition = edition.with_region_cap(*region, ByteSize::from_bytes(*cap));
            }
            edition = edition.with_in_region_cap(cap_within.map(ByteSize::from_bytes));
            edition = edition.with_concurrent_copies(copies.try_into().expect("at least one"));
            let text = format!("{{{}}}", order.iter().map(|member| member.json()).collect::<Vec<_>>().join(","));
            let mut expect = |case: Value, rule: &str, wanted: bool| {
                let written = case.to_string();
                let case = format!("{{\"edition\":{text},{}", &written[1..]);
                let report = check(&case);
                let is_offered = !rule.starts_with("ims.cross-region-copy") || of.across_offered.value();
                let verdict = if wanted || !is_offered { Verdict::Denied } else { Verdict::Allowed };
                assert_eq!((is_broken(&report, rule), report.verdict()), (wanted, verdict), "{case}");
                assert_eq!(json(&check_with(&written, &edition)), json(&report), "{case}");
                // Members of an object have no order when they are laid out, and so they have none here.
                let packing = packed(&serde_json::from_str(&case).expect("JSON")).expect("it can be laid out");
                let laid_out = packing.packed();
                let report = check_packed(&laid_out).expect("it fits together");
                assert_eq!((is_broken(&report, rule), report.verdict()), (wanted, verdict), "{case}");
                compared += 1;
            };
            for region in regions {
                for over in [0, 1] {
                    let case =
                        across(json!({"sizeBytes": cap_of(region) + over}), json!({"facts": {"sourceRegion": region}}));
                    expect(case, "ims.cross-region-copy.size-cap", over == 1);
                }
            }
            for in_flight in [copies - 1, copies] {
                let case = across(json!({}), json!({"facts": {"copiesInFlight": in_flight}}));
                expect(case, "ims.cross-region-copy.concurrent-limit", in_flight == copies);
            }
            for bytes in [0, 500, 501, 128 * GIB, 128 * GIB + 1] {
                let case = within(json!({"sizeBytes": bytes}), json!({}));
                expect(case, "ims.in-region-copy.size-cap", cap_within.is_some_and(|cap| bytes > cap));
            }
            let case = within(json!({}), json!({"body": {"name": "测试"}}));
            expect(case, "ims.in-region-copy.name", !of.han_in_names.value());
        }
    }
    // Of the 326 orders, 261 name an edition (1·1 + 4·2 + 6·6 + 4·24 + 1·120), nine of them with at most one limit.
    assert_eq!(compared, (326 + 261 + 8 * 9) * 16);
}

/// An alias is accepted wherever an edition is named, and the edition has one name in what is printed.
#[test]
fn an_alias_is_the_edition_that_it_stands_for() {
    assert_eq!(Edition::aliases().collect::<Vec<_>>(), ALIASES);
    for (alias, name) in ALIASES {
        assert_eq!(named(alias).name(), name);
        assert_eq!(alias.parse::<Edition>().expect("an edition"), named(name));
        for case in
            [across(json!({}), json!({})), within(json!({"os": "windows"}), json!({})), jd("shared", "cn-east-2")]
        {
            let expected = json(&check(&with_edition(&case, &name.into())));
            let text = with_edition(&case, &alias.into());
            assert_eq!(json(&check(&text)), expected, "{text}");
            assert_eq!(json(&check(&with_edition(&case, &json!({"extends": alias})))), expected, "{text}");
            let packing = packed(&serde_json::from_str(&text).expect("it is JSON")).expect("it has a place");
            assert_eq!(json(&check_packed(&packing.packed()).expect("it fits")), expected, "{text}");
        }
        let written = serde_json::to_value(named(alias).with_cap(ByteSize::gib(1))).expect("JSON");
        assert_eq!(written["extends"], name);
        let read: Edition = serde_json::from_value(alias.into()).expect("an edition");
        assert_eq!(serde_json::to_value(read).expect("JSON"), name);
    }
}

/// What two editions say differently is what the table says differently, thing by thing.
#[test]
fn the_differences_of_editions_are_those_of_the_table() {
    let columns = |row: &Row| {
        [
            ("Cross-region replication", row.across_offered),
            ("Chinese characters in image names", row.han_in_names),
            ("In-region replication of Windows images", row.windows_within),
            ("Cross-region replication of Windows images", row.windows_across),
            ("In-region replication of images that are not private images", row.others_within),
            ("Cross-region replication of full-ECS images", row.full_ecs_across),
            ("Sharing of full-ECS images", row.full_ecs_shared),
            ("Sharing of encrypted images", row.encrypted_shared),
            ("Full-ECS images from Windows ECSs", row.windows_whole),
            ("Full-ECS images from CBR backups", row.cbr),
        ]
        .map(|(title, says)| (title, says.value()))
    };
    let mut compared = 0;
    for (from, to) in ROWS.iter().flat_map(|from| ROWS.iter().map(move |to| (from, to))) {
        let (of, with) = (named(from.name), named(to.name));
        let found = of.differences(&with);
        let of_flags: BTreeSet<_> = columns(from)
            .into_iter()
            .zip(columns(to))
            .filter(|(one, other)| one != other)
            .map(|((title, _), _)| title)
            .collect();
        let told: BTreeSet<_> = found.iter().map(|difference| difference.title().en).collect();
        // A document of another cloud says nothing of this one.
        let is_of_other = (from.name == "jd-2024-11") != (to.name == "jd-2024-11");
        let others = is_of_other && from.name != "default" && to.name != "default";
        assert!(!others || found.is_empty(), "{} {}: {told:?}", from.name, to.name);
        if !is_of_other {
            let expected: BTreeSet<_> =
                told.iter().copied().filter(|title| columns(from).iter().any(|(known, _)| known == title)).collect();
            assert_eq!(expected, of_flags, "{} {}", from.name, to.name);
            let cap = told.contains("Maximum image size for in-region replication");
            assert_eq!(cap, from.cap_within.value() != to.cap_within.value(), "{} {}", from.name, to.name);
            let regions = told.contains("Maximum image size for cross-region replication from specific regions");
            let is_large = |row: &Row| !row.large_regions.value().is_empty();
            assert_eq!(regions, is_large(from) != is_large(to), "{} {}", from.name, to.name);
            compared += found.len();
        }
        assert_eq!(found.len(), with.differences(&of).len(), "both ways");
        assert_eq!(found.is_empty(), from.name == to.name || others, "{} {}", from.name, to.name);
    }
    assert!(compared > 200, "{compared}");
    let told = |from: &str, to: &str, locale| -> Vec<String> {
        named(from).differences(&named(to)).iter().map(|difference| difference.text(locale)).collect()
    };
    assert_eq!(
        told("default", "international-2024-04", image_preflight::Locale::ENGLISH),
        [
            "Maximum image size for cross-region replication from specific regions: cn-east-2 300 GiB, cn-east-3 300 GiB, cn-north-4 300 GiB, cn-south-1 300 GiB → none",
            "Chinese characters in image names: yes → no",
        ]
    );
    assert_eq!(
        told("partner-2024-04", "tr-central-201", image_preflight::Locale::CHINESE),
        ["跨区域复制整机镜像：是 → 否"]
    );
}

/// What is no name of an edition is told, and no other edition takes its place in silence.
#[test]
fn a_name_of_no_edition_is_told() {
    let of = |name: &str| {
        check(&with_edition(&within(json!({}), json!({})), &name.into())).to_json(image_preflight::Locale::ENGLISH)
    };
    // A blank one is not given.
    assert!(["", " ", "\u{3000}"].iter().all(|blank| !of(blank).contains("\"case.edition\"")));
    for name in ["2024", "Default", "international-2024", " default", "eu-west"] {
        assert!(Edition::from_name(name).is_none(), "{name}");
        let report = of(name);
        assert!(report.contains("\"case.edition\""), "{name}: {report}");
    }
}
