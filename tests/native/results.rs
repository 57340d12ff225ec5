//! Results: what is cut and what never is, how large a report gets, what a message says of a name that is not known, and that the
//! public types go wherever a shorter lifetime is wanted.

use image_preflight::{
    Edition, Facts, Finding, Fix, Locale, Missing, Param, Refusal, Report, Severity, Verdict, check, explain, facts,
    huawei, verdict,
};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Each compiles only while the type is covariant in its lifetime.
mod covariant {
    use super::*;

    pub(super) fn facts<'a>(of: Facts<'static>) -> Facts<'a> {
        of
    }
    pub(super) fn report<'a>(of: Report<'static>) -> Report<'a> {
        of
    }
    pub(super) fn finding<'r, 'a>(of: &'r Finding<'static>) -> &'r Finding<'a> {
        of
    }
    pub(super) fn missing<'r, 'a>(of: &'r Missing<'static>) -> &'r Missing<'a> {
        of
    }
    pub(super) fn param<'r, 'a>(of: &'r Param<'static>) -> &'r Param<'a> {
        of
    }
    pub(super) fn refusal<'a>(of: Refusal<'static>) -> Refusal<'a> {
        of
    }
}

#[test]
fn what_lives_for_ever_is_taken_for_a_while() {
    let facts = Facts::from(huawei::Facts { source_region: Some("cn-north-4".into()), ..Default::default() });
    let report = covariant::report(check("{}"));
    assert_eq!(covariant::finding(&report.findings()[0]).rule().id, "case.operation");
    assert!(covariant::facts(facts) != Facts::default());
    assert!(covariant::refusal(explain(None, "IMG.0142")).is_known());
    let undetermined = check(r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"n"}}"#);
    assert!(undetermined.missing().iter().all(|missing| !covariant::missing(missing).pointer().is_empty()));
    assert!(report.findings()[0].param("kind").map(covariant::param).is_some());
}

/// An allowed case, with more members in its body and in its facts.
fn allowed(body: &str, facts: &str) -> String {
    format!(
        r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n"{body}}},"facts":{{"image":{{"fullEcs":false,"iso":false,"status":"active","os":"linux","visibility":"private"}}{facts}}}}}"#
    )
}

fn unknown_fields(count: usize) -> String {
    (0..count).fold(String::new(), |mut fields, index| {
        let _ = write!(fields, r#","x{index}":1"#);
        fields
    })
}

fn too_many<'r, 'a>(report: &'r Report<'a>) -> Option<&'r Finding<'a>> {
    report.findings().iter().find(|finding| finding.rule().id == "case.too-many-findings")
}

/// The other field that is not known is no reason to think that the renamed one brings nothing.
#[test]
fn a_rename_that_brings_a_warning_is_not_offered() {
    let case = |tags: &str| {
        format!(
            r#"{{"operation":"ims.whole-image","body":{{"nam":"n","instance_id":"i","vault_id":"v","iage_tags":{tags}}}}}"#
        )
    };
    let moves = |text: &str| -> Vec<String> {
        let report = check(text);
        let fixes = report.findings().iter().flat_map(Finding::fixes);
        let steps = fixes.flat_map(Fix::patch_operations).filter(|step| step.op() == "move");
        steps.map(|step| step.path().to_owned()).collect()
    };
    assert_eq!(moves(&case(r#"[{"key":"k","value":"v"}]"#)), ["/body/image_tags", "/body/name"]);
    assert_eq!(moves(&case(r#"[{"key":"k","value":"v","note":"n"}]"#)), ["/body/name"]);
}

#[test]
fn warnings_however_many_do_not_deny_a_case() {
    for count in [999, 1000, 1001, 5000] {
        let case = allowed(&unknown_fields(count), "");
        let report = check(&case);
        assert_eq!((report.verdict(), verdict(&case).verdict), (Verdict::Allowed, Verdict::Allowed), "{count}");
        assert_eq!(report.findings().len(), count.min(1000), "{count}");
        assert!(report.clear().is_ok(), "{count}");
        let more = too_many(&report).map(|finding| (finding.severity(), finding.param("beyond").cloned()));
        let beyond = i64::try_from(count).unwrap_or_default() - 999;
        assert_eq!(more, (count > 1000).then_some((Severity::Warning, Some(Param::Integer(beyond)))), "{count}");
    }
}

#[test]
fn an_error_is_never_cut_while_a_warning_is_kept() {
    // Behind the warnings, between them, before them; found while reading, in a field, or by a rule.
    let many = unknown_fields(2000);
    for (body, facts, rule) in [
        (many.clone() + r#","enterprise_project_id":"mine""#, "", "ims.in-region-copy.enterprise_project_id"),
        (many.clone() + r#","x7":2"#, "", "ims.in-region-copy.duplicate-field"),
        (many.clone(), r#","sourceRegion":7"#, "case.facts"),
        (r#","description":"<""#.to_owned() + &many, "", "ims.in-region-copy.description"),
    ] {
        let case = allowed(&body, facts);
        let report = check(&case);
        let wanted = if rule == "case.facts" { Verdict::Invalid } else { Verdict::Denied };
        assert_eq!((report.verdict(), verdict(&case).verdict), (wanted, wanted), "{rule}");
        assert!(report.findings().iter().any(|finding| finding.rule().id == rule), "{rule}");
        assert_eq!(too_many(&report).map(Finding::severity), Some(Severity::Warning), "{rule}");
        assert_eq!(report.findings().len(), 1000);
    }
    // What cannot be decided is no warning either.
    let case = allowed(&many, "").replace(r#""iso":false,"#, "");
    let report = check(&case);
    assert_eq!(report.verdict(), Verdict::Undetermined);
    assert_eq!(report.missing().iter().map(|missing| missing.pointer()).collect::<Vec<_>>(), ["/facts/image/iso"]);
    // Members of a tag beyond those that are reported are read all the same.
    let members = unknown_fields(3000);
    let case = format!(
        r#"{{"operation":"ims.whole-image","body":{{"name":"n","instance_id":"i","vault_id":"v","image_tags":[{{"key":"k"{members},"value":"v"}}]}}}}"#
    );
    assert_eq!((check(&case).verdict(), verdict(&case).verdict), (Verdict::Allowed, Verdict::Allowed));
    let wrong = case.replace(r#""value":"v""#, r#""value":"<""#);
    assert!(check(&wrong).findings().iter().any(|finding| finding.at() == "/body/image_tags/0/value"));
}

/// An error that is cut counts: a case that cannot be judged is not denied, however much is wrong with its request.
#[test]
fn an_error_of_the_case_that_is_cut_makes_it_invalid() {
    let twice = |name: &str, count: usize| {
        let members: Vec<_> = (0..count).map(|index| format!("\"{name}{index}\":1,\"{name}{index}\":1")).collect();
        members.join(",")
    };
    for facts in [r#""copiesInFlight":0,"copiesInFlight":0"#.to_owned(), twice("x", 3)] {
        let case = format!(
            r#"{{"operation":"ims.whole-image","body":{{"name":"n","instance_id":"i","vault_id":"v",{}}},"facts":{{{facts}}}}}"#,
            twice("k", 1500)
        );
        let report = check(&case);
        assert_eq!((report.verdict(), verdict(&case).verdict), (Verdict::Invalid, Verdict::Invalid));
        assert_eq!(report.findings().len(), 1000);
    }
}

#[test]
fn what_is_cut_does_not_depend_on_the_order_of_keys() {
    let fields: Vec<_> = (0..3000).map(|index| format!(r#","x{index}":1"#)).collect();
    let facts: Vec<_> = (0..3000).map(|index| format!(r#","f{index}":1"#)).collect();
    let reversed = |list: &[String]| list.iter().rev().cloned().collect::<String>();
    for (facts, backwards) in [(String::new(), String::new()), (facts.concat(), reversed(&facts))] {
        let forwards = check(&allowed(&fields.concat(), &facts)).to_json(Locale::ENGLISH);
        assert_eq!(forwards, check(&allowed(&reversed(&fields), &backwards)).to_json(Locale::ENGLISH));
    }
}

/// Texts of about so many bytes whose reports are as large as they get: keys, ids, tags, findings, nesting, near names, and
/// characters that JSON, a pointer or a URI writes as several.
fn large_reports(bytes: usize) -> Vec<(&'static str, String)> {
    let long = |part: &str| part.repeat((bytes / 2 / part.len()).max(1));
    let text = |text: &str| json!(text).to_string();
    let jd = |body: String, facts: String| {
        format!(r#"{{"operation":"jd.copy-images","path":{{"regionId":"cn-north-1"}},"body":{body},"facts":{facts}}}"#)
    };
    let copies = |ids: &[String]| json!({"sourceImageIds": ids, "destinationRegion": "cn-east-2"}).to_string();
    let members =
        |count: usize, member: &dyn Fn(usize) -> String| (0..count.max(1)).map(member).collect::<Vec<_>>().join(",");
    let whole = |more: String| {
        format!(r#"{{"operation":"ims.whole-image","body":{{"name":"n","instance_id":"i","vault_id":"v"{more}}}}}"#)
    };
    let mut texts = Vec::new();
    for part in ["a", "/", "\u{1}", "镜"] {
        let key = text(&long(part));
        let unknown = members(bytes / 20, &|index| format!(r#""x{index}":1"#));
        texts.extend([
            (
                "an image's id, and facts of it that are not known",
                jd(copies(&["i".into()]), format!(r#"{{"images":{{{key}:{{{unknown}}}}}}}"#)),
            ),
            ("an id that is missing everywhere", jd(copies(&[long(part)]), "{}".into())),
            (
                "ten ids that are missing everywhere",
                jd(
                    copies(
                        &(0..10)
                            .map(|index| format!("{}{index}", part.repeat(bytes / 10 / part.len())))
                            .collect::<Vec<_>>(),
                    ),
                    "{}".into(),
                ),
            ),
            ("a key of the body", whole(format!(",{key}:1"))),
            ("a value", whole(format!(r#","description":{key}"#)).replace(r#""n""#, &key)),
            ("a key of the case", format!("{{{key}:1,{unknown}}}")),
            ("a tag's member", whole(format!(r#","image_tags":[{{"key":"k","value":"v",{key}:1,{unknown}}}]"#))),
            (
                "tags",
                whole(format!(
                    r#","tags":[{}]"#,
                    members(bytes / 20, &|index| format!("{}", json!(format!("{part}.{index}"))))
                )),
            ),
            ("the same tag", whole(format!(r#","tags":[{key},{key},{key}]"#))),
            (
                "an edition's member",
                whole(String::new()).replacen('{', &format!(r#"{{"edition":{{{key}:1,{unknown}}},"#), 1),
            ),
            (
                "a region's cap",
                whole(String::new()).replacen(
                    '{',
                    &format!(r#"{{"edition":{{"regionCapBytes":{{{key}:-1,{unknown}}}}},"#),
                    1,
                ),
            ),
            ("a status", jd(copies(&["i".into()]), format!(r#"{{"images":{{"i":{{"status":{key}}}}}}}"#))),
            ("an operation", format!(r#"{{"operation":{key}}}"#)),
            (
                "long keys of the body",
                whole(
                    members((bytes / 2000).max(1), &|index| {
                        format!(r#"{}:1"#, text(&format!("{}{index}", part.repeat(1000))))
                    })
                    .split_inclusive("},")
                    .collect::<String>(),
                )
                .replacen(r#""v""#, r#""v","#, 1),
            ),
        ]);
    }
    texts.extend([
        ("unknown fields", whole(unknown_fields(bytes / 8))),
        ("unknown facts", allowed("", &unknown_fields(bytes / 8))),
        ("fields with a typo", whole(members(bytes / 16, &|index| format!(r#""min_ran{index}":1"#))).replacen(r#""v""#, r#""v","#, 1)),
        ("facts with a typo", allowed("", &format!(",{}", members(bytes / 20, &|index| format!(r#""sourceRegio{}":1"#, index % 10))))),
        ("regions with a typo", r#"{"operation":"ims.cross-region-copy","body":{"region":"cn-south-3"},"facts":{"sourceRegion":"cn-south-3"}}"#.to_owned()),
        ("the same key again and again", whole(unknown_fields(4).repeat(bytes / 30))),
        ("nesting", whole(format!(r#","tags":{}{}"#, "[".repeat(120), "]".repeat(120)))),
        ("lists in a list", whole(format!(r#","image_tags":[{}]"#, members(bytes / 3, &|_| "[]".into())))),
        ("empty ids", jd(copies(&vec![String::new(); bytes / 3]), "{}".into())),
        ("image objects", jd(copies(&["i".into()]), format!(r#"{{"imageObjects":[{}]}}"#, members(bytes / 3, &|_| "1".into())))),
    ]);
    texts
}

/// SECURITY.md: no output has more bytes than these times the text's bytes, and so many more.
const FACTOR: usize = 32;
const CONSTANT: usize = 8 << 20;

#[test]
fn a_report_is_bounded_by_its_text() {
    // `BOUND=2000000 cargo test … --release -- --nocapture` tries longer texts.
    let bytes = std::env::var("BOUND").ok().and_then(|bytes| bytes.parse().ok()).unwrap_or(40_000);
    let (mut largest, mut steepest) = ((0, "", 0), (0.0, ""));
    for bytes in [1000, bytes] {
        for (name, text) in large_reports(bytes) {
            let report = check(&text);
            assert_eq!(verdict(&text).verdict, report.verdict(), "{name}");
            let problem = report.problem(Locale::CHINESE).and_then(|problem| serde_json::to_string(&problem).ok());
            let outputs =
                [report.to_json(Locale::ENGLISH), report.to_json(Locale::CHINESE), problem.unwrap_or_default()];
            for output in outputs {
                assert!(output.len() <= FACTOR * text.len() + CONSTANT, "{name}: {} of {}", output.len(), text.len());
                largest = largest.max((output.len(), name, text.len()));
                if text.len() > bytes / 2 && bytes > 10_000 {
                    let ratio = output.len() as f64 / text.len() as f64;
                    steepest = if ratio > steepest.0 { (ratio, name) } else { steepest };
                }
            }
        }
    }
    println!("the largest: {largest:?}; the most bytes for a byte of a long text: {steepest:?}");
    // What made 191 MiB of 106 KiB.
    let id = "i".repeat(100_000);
    let unknown: Map<String, Value> = (0..1000).map(|index| (format!("x{index}"), json!(1))).collect();
    let case = json!({"operation": "jd.copy-images", "facts": {"images": {id: unknown}}}).to_string();
    assert!(check(&case).to_json(Locale::ENGLISH).len() < 4 * case.len());
}

/// Every name that an object of a case may have, where it may stand.
fn known_names() -> Vec<(String, &'static str)> {
    let facts = facts().map(|fact| fact.pointer().replace('*', "img-1"));
    let fields = image_preflight::operations()
        .flat_map(image_preflight::Operation::body)
        .map(|field| format!("/body/{}", field.name()));
    let edition = ["capBytes", "regionCapBytes", "inRegionCapBytes", "concurrentCopies", "extends"];
    let others = edition.map(|name| format!("/edition/{name}"));
    facts
        .chain(fields)
        .chain(others)
        .chain(["/facts", "/edition"].map(str::to_owned))
        .map(|pointer| {
            let operation = if pointer.contains("sourceImageIds")
                || pointer.contains("destinationRegion")
                || pointer.contains("img-1")
                || pointer.ends_with("regionId")
            {
                "jd.copy-images"
            } else if pointer.contains("/body/")
                && ["region", "project_name", "agency_name"].iter().any(|name| pointer.ends_with(name))
            {
                "ims.cross-region-copy"
            } else if pointer.ends_with("cmk_id") {
                "ims.in-region-copy"
            } else {
                "ims.whole-image"
            };
            (pointer, operation)
        })
        .collect()
}

#[test]
fn a_misspelt_name_is_reported_as_a_name_with_the_one_that_was_meant() {
    for (pointer, operation) in known_names() {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        // The last letter left out; short names are near to too much.
        let Some(typo) = name.get(..name.len() - 1).filter(|typo| typo.len() > 4) else { continue };
        let mut case = json!({"operation": operation});
        let groups = parent.split('/').skip(1);
        let place = groups.fold(&mut case, |object, name| {
            object.as_object_mut().expect("an object").entry(name).or_insert_with(|| json!({}))
        });
        place[typo] = json!(1);
        let text = case.to_string();
        let at = format!("{parent}/{typo}");
        let report = check(&text);
        let finding =
            report.findings().iter().find(|finding| finding.at() == at).unwrap_or_else(|| panic!("{at} of {text}"));
        let span = finding.span(&text).expect("a place");
        assert_eq!(&text[span], format!("\"{typo}\""), "the key is what is wrong");
        let Some(Param::Identifiers(allowed)) = finding.param("allowed") else { panic!("{text}: {finding:?}") };
        // Of a vault one thing is asked.
        assert!(
            (allowed.len() > 1 || parent == "/facts/vault") && allowed.contains(&name),
            "{text}: {allowed:?} is not all of them"
        );
        assert_eq!(finding.param("nearest"), Some(&Param::Identifier(name.to_owned().into())), "{text}");
        let (english, chinese) = (finding.message(Locale::ENGLISH), finding.message(Locale::CHINESE));
        assert!(english.contains(&format!("Did you mean `{name}`?")), "{english}");
        assert!(chinese.contains(&format!("是否应为 `{name}`？")), "{chinese}");
        assert!(!english.contains(&format!("`{typo}` is")), "{english}");
    }
}

#[test]
fn a_near_name_is_a_suggestion_and_never_the_whole_set() {
    let region = |body: &str, facts: &str| {
        format!(
            r#"{{"operation":"ims.cross-region-copy","body":{{"region":"{body}"}},"facts":{{"sourceRegion":"{facts}"}}}}"#
        )
    };
    let message = |case: &str, at: &str| {
        let report = check(case);
        let finding =
            report.findings().iter().find(|finding| finding.at() == at && finding.kind() == Some("not-one-of"));
        let finding = finding.unwrap_or_else(|| panic!("{case}"));
        (finding.message(Locale::ENGLISH), finding.fixes().iter().any(|fix| !fix.patch_operations().is_empty()))
    };
    let count = image_preflight::huawei::regions().len();
    let unlisted = |field: &str, id: &str, suggestion: &str| {
        format!(
            r#"`{field}` is "{id}", which is not one of the {count} regions that image-preflight knows.{suggestion}"#
        )
    };
    assert_eq!(
        message(&region("cn-suth-1", "cn-north-4"), "/body/region"),
        (unlisted("region", "cn-suth-1", " Did you mean `cn-south-1`?"), true)
    );
    // The source region is what would be refused next.
    assert_eq!(
        message(&region("cn-suth-1", "cn-south-1"), "/body/region"),
        (unlisted("region", "cn-suth-1", ""), false)
    );
    assert_eq!(
        message(&region("cn-north-1", "cn-suoth-1"), "/facts/sourceRegion"),
        (unlisted("sourceRegion", "cn-suoth-1", " Did you mean `cn-south-1`?"), false)
    );
    assert_eq!(message(&region("nowhere", "cn-north-4"), "/body/region"), (unlisted("region", "nowhere", ""), false));
    let (operation, _) = message(r#"{"operation":"ims.hole-image"}"#, "/operation");
    for id in image_preflight::operations().map(image_preflight::Operation::id) {
        assert!(operation.contains(id), "{operation}");
    }
    assert!(operation.ends_with("Did you mean `ims.whole-image`?"), "{operation}");
    let (edition, _) = message(r#"{"operation":"ims.whole-image","edition":"partner-2024-4"}"#, "/edition");
    assert!(
        Edition::names().all(|name| edition.contains(name)) && edition.ends_with("`partner-2024-04`?"),
        "{edition}"
    );
    let (word, _) = message(
        r#"{"operation":"ims.whole-image","facts":{"image":{"visibility":"privat"}}}"#,
        "/facts/image/visibility",
    );
    assert!(word.contains("`public`") && word.ends_with("Did you mean `private`?"), "{word}");
}

#[test]
fn a_rename_overwrites_nothing_and_fits() {
    let fixes = |case: &Value, at: &str| {
        let text = case.to_string();
        let report = check(&text);
        let finding = report.findings().iter().find(|finding| finding.at() == at).unwrap_or_else(|| panic!("{text}"));
        let moves = finding.fixes().iter().flat_map(image_preflight::Fix::patch_operations);
        moves.filter(|step| step.op() == "move").count()
    };
    let path = |members: Value| json!({"operation": "ims.in-region-copy", "path": members, "body": {"name": "n"}});
    assert_eq!(fixes(&path(json!({"image": "i"})), "/path/image"), 1);
    assert_eq!(fixes(&path(json!({"image": "i", "image_id": "j"})), "/path/image"), 0);
    assert_eq!(fixes(&path(json!({"image": 7})), "/path/image"), 0);
    assert_eq!(fixes(&path(json!({"image": " "})), "/path/image"), 0);
    let body = |members: Value| json!({"operation": "ims.whole-image", "body": members});
    assert_eq!(fixes(&body(json!({"imageTags": []})), "/body/imageTags"), 1);
    assert_eq!(fixes(&body(json!({"imageTags": "k"})), "/body/imageTags"), 0);
    assert_eq!(fixes(&body(json!({"imageTags": [{"key": "k", "value": "v"}], "tags": ["k"]})), "/body/imageTags"), 0);
    // An empty list is absent, so it is in nobody's way.
    assert_eq!(fixes(&body(json!({"imageTags": [], "tags": []})), "/body/imageTags"), 1);
    // An operation is replaced where nothing else is wrong.
    let operation = |body: Value| {
        let case = json!({"operation": "ims.hole-image", "body": body}).to_string();
        let report = check(&case);
        report.findings()[0].fixes()[0].patch_operations().len()
    };
    assert_eq!(operation(json!({"name": "n", "instance_id": "i", "vault_id": "v"})), 1);
    assert_eq!(operation(json!({"name": "n", "instance_id": "i"})), 0);
}
