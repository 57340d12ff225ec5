//! What is written is read back: words, sizes, languages, editions, requests. The invariants hold the same of every request and
//! fact that the properties generate.

use image_preflight::huawei::{CrossRegionCopy, EcsFacts, ImageFacts, InRegionCopy, Os, Visibility};
use image_preflight::{
    ByteSize, Edition, Facts, Fix, FixDocument, InvalidRequest, Locale, NotKnownYet, Operation, Outcome, ProblemKind,
    Report, ReportDocument, Request, Retry, Severity, Verdict, check, huawei, jdcloud,
};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::{Debug, Display};
use std::num::NonZeroU64;
use std::str::FromStr;

/// Each word is written and read as itself, and nothing else is read.
fn words<T>(names: &[&str])
where
    T: FromStr + Display + DeserializeOwned + serde::Serialize + Debug + PartialEq,
    T::Err: Display,
{
    for name in names {
        let value: T = name.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(value.to_string(), *name);
        assert_eq!(json!(value), json!(name));
        assert_eq!(serde_json::from_value::<T>(json!(name)).expect("it is a word"), value);
    }
    for other in ["", "Allowed ", "nothing"] {
        let error = other.parse::<T>().err().map(|error| error.to_string()).expect("it is no word");
        assert!(names.iter().all(|name| error.contains(name)), "{error}");
        assert!(serde_json::from_value::<T>(json!(other)).is_err());
    }
    assert!(serde_json::from_value::<T>(json!(1)).is_err());
}

#[test]
fn words_are_read_as_they_are_written() {
    words::<Verdict>(&["allowed", "denied", "undetermined", "invalid"]);
    words::<Severity>(&["error", "warning", "advice"]);
    words::<Outcome>(&["violated", "unknown"]);
    words::<Retry>(&["no", "later", "after-fix"]);
    words::<ProblemKind>(&["invalid", "denied", "undetermined"]);
    words::<Visibility>(&["private", "public", "shared", "market"]);
    words::<Os>(&["linux", "windows", "other"]);
}

#[test]
fn a_language_is_asked_for_by_weight() {
    let chosen = |header: &str| Locale::from_accept_language(header).tag();
    assert_eq!(chosen("zh"), "zh-CN");
    assert_eq!(chosen("fr, zh-CN;q=0.8, en;q=0.7"), "zh-CN");
    assert_eq!(chosen("fr, zh-CN;q=0.7, en;q=0.8"), "en");
    assert_eq!(chosen("en;q=0.8,zh;q=0.8"), "en", "of the same weight the first");
    assert_eq!(chosen("zh;q=0.001, fr"), "zh-CN");
    assert_eq!(chosen("zh;q=0"), "en", "what is refused is not taken");
    for refused in ["en;q=0", "en;q=0, *", "*, en;q=0.0", "fr, en-GB;q=0"] {
        assert_eq!(chosen(refused), "zh-CN", "{refused}: not even as the default");
    }
    assert_eq!(chosen("en;q=0, zh;q=0"), "en", "there is no other");
    assert_eq!(Locale::from_tag(" zh\n"), Locale::CHINESE, "as it is parsed");
    for odd in ["", ",", ";q=1", "zh;q=2", "zh;q=-1", "zh;q=0.1234", "zh;q=x", "*;q=0.5", "\u{0}"] {
        assert_eq!(chosen(odd), "en", "{odd:?}");
    }
    for locale in Locale::all() {
        assert_eq!(locale.tag().parse(), Ok(locale));
        assert_eq!(serde_json::from_value::<Locale>(json!(locale)).expect("it is one"), locale);
    }
    assert!("fr".parse::<Locale>().is_err());
}

#[test]
fn editions_are_read_as_they_are_written() {
    let cap = |gib| ByteSize::gib(gib);
    let of_caller = |edition: Edition| {
        edition
            .with_cap(cap(7))
            .with_region_cap("cn-north-9", cap(9))
            .with_in_region_cap(Some(cap(3)))
            .with_concurrent_copies(NonZeroU64::MIN)
    };
    for name in Edition::names() {
        let edition: Edition = name.parse().expect("it is one");
        assert_eq!(edition.to_string(), name);
        for edition in [edition.clone(), of_caller(edition.clone()), edition.with_in_region_cap(None)] {
            let json = json!(edition);
            let read: Edition = serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"));
            assert_eq!(read, edition, "{json}");
            assert_eq!(read.in_region_cap(), edition.in_region_cap());
            assert_eq!(read.concurrent_copies(), edition.concurrent_copies());
            // And a case takes it as it is written.
            let case = json!({"operation": "ims.whole-image", "body": {}, "edition": json}).to_string();
            assert!(check(&case).findings().iter().all(|finding| finding.rule().id != "case.edition"), "{case}");
        }
    }
    assert!(serde_json::from_value::<Edition>(json!({"capBytes": "1"})).is_err());
    assert!(serde_json::from_value::<Edition>(json!("international-2027")).is_err());
}

/// JSON holds integers up to 2^53 − 1: what is more is as much, in every type, and is read as it was written.
#[test]
fn what_json_cannot_hold_is_as_much_as_it_can() {
    for count in [(1 << 53) - 1, 1 << 53, u64::MAX] {
        let size = ByteSize::from_bytes(count);
        let copies = NonZeroU64::new(count).expect("it is not 0");
        let edition = Edition::default()
            .with_cap(size)
            .with_region_cap("cn-north-9", size)
            .with_in_region_cap(Some(size))
            .with_concurrent_copies(copies);
        assert_eq!(serde_json::from_value::<Edition>(json!(edition)).expect("it is one"), edition, "{count}");
        assert_eq!(edition.cap("cn-north-9").bytes(), (1 << 53) - 1);
        let image = ImageFacts { size: Some(size), ..ImageFacts::default() };
        let known = huawei::Facts { image, copies_in_flight: Some(count), ..huawei::Facts::default() };
        let facts = Facts::from(known);
        let json = json!(facts).to_string();
        let (read, wrong) = Facts::from_json(&json);
        assert_eq!((read, wrong.len()), (facts, 0), "{count}");
    }
}

#[test]
fn what_is_borrowed_can_be_owned() {
    fn owned() -> (ImageFacts<'static>, huawei::Facts<'static>, jdcloud::Facts<'static>) {
        let text = String::from("active");
        let image = ImageFacts { status: Some(text.as_str().into()), iso: Some(false), ..ImageFacts::default() };
        let other = jdcloud::ImageFacts { status: Some(text.as_str().into()), ..jdcloud::ImageFacts::default() };
        let all =
            huawei::Facts { image: image.clone(), project_id: Some(text.as_str().into()), ..huawei::Facts::default() };
        let others = jdcloud::Facts { images: vec![(text.as_str().into(), other)], ..jdcloud::Facts::default() };
        assert_eq!(all.clone().into_owned(), all);
        (image.into_owned(), all.into_owned(), others.into_owned())
    }
    let (image, all, others) = owned();
    assert_eq!((image.status.as_deref(), image.iso), (Some("active"), Some(false)));
    assert_eq!((all.image, all.project_id.as_deref()), (image, Some("active")));
    assert_eq!(others.image("active").and_then(|image| image.status.as_deref()), Some("active"));
}

proptest! {
    #[test]
    fn sizes_are_read_as_they_are_written(bytes: u64) {
        let size = ByteSize::from_bytes(bytes);
        prop_assert_eq!(size.to_string().parse(), Ok(size));
        prop_assert_eq!(bytes.to_string().parse(), Ok(size));
        prop_assert_eq!(u64::from(size), bytes);
        prop_assert_eq!(serde_json::from_value::<ByteSize>(json!(size)).ok(), Some(size));
        prop_assert_eq!(serde_json::from_value::<ByteSize>(json!(size.to_string())).ok(), Some(size));
    }

    #[test]
    fn sizes_of_whole_units_are_written_in_them(count in 1_u64..1 << 20, unit in 0_usize..4) {
        let (name, bytes) = [("KiB", 1_u64 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40)][unit];
        let size = ByteSize::from_bytes(bytes).checked_mul(count).expect("there is room");
        prop_assert_eq!(format!("{count}{name}").parse(), Ok(size));
        prop_assert_eq!(format!(" {count} {} ", name.to_lowercase()).parse(), Ok(size));
        prop_assert_eq!(size.checked_sub(size), Some(ByteSize::from_bytes(0)));
    }
}

#[test]
fn what_is_no_size_is_refused() {
    for text in ["", "GiB", "1.5 GiB", "-1 GiB", "40 GB", "18446744073709551616", "99999999999 TiB", "4 0 GiB"] {
        assert!(text.parse::<ByteSize>().is_err(), "{text:?}");
    }
    assert_eq!(ByteSize::from_bytes(u64::MAX).checked_add(ByteSize::from_bytes(1)), None);
    assert_eq!(ByteSize::gib(u64::MAX), ByteSize::from_bytes(u64::MAX));
}

/// A request of another operation, an unfinished one, and one with fields that are not known are none.
#[test]
fn what_cannot_be_a_request_is_not_read_as_one() {
    let right = json!({"operation": "CopyImageInRegion", "path": {"image_id": "i"}, "body": {"name": "n"}});
    let with = |pointer: &str, value: Value| {
        let mut case = right.clone();
        match pointer.rsplit_once('/').and_then(|(parent, name)| Some((case.pointer_mut(parent)?, name))) {
            Some((parent, name)) => parent[name] = value,
            None => panic!("{pointer}"),
        }
        case
    };
    let read = |case: &Value| serde_json::from_value::<InRegionCopy>(case.clone());
    assert_eq!(read(&right).expect("it is one").name().as_str(), "n");
    for (case, rule) in [
        (with("/operation", json!("ims.whole-image")), "case.operation"),
        (with("/operation", Value::Null), "case.operation"),
        (with("/path", json!({})), "ims.in-region-copy.image_id"),
        (with("/path", json!([])), "case.path"),
        (with("/body", json!("n")), "case.body"),
        (with("/body/name", json!("a<b")), "ims.in-region-copy.name"),
        (with("/unknown", json!(["/body/name"])), "case.unknown"),
    ] {
        let error = InRegionCopy::from_case(&case.to_string()).expect_err("it is none");
        assert!(error.findings().iter().any(|finding| finding.rule().id == rule), "{rule}: {case} {error}");
        let told = read(&case).expect_err("it is none").to_string();
        assert_eq!(told, error.to_string());
    }
    assert!(read(&with("/body/nmae", json!("n"))).is_err(), "the type cannot carry it");
    assert_eq!(InRegionCopy::from_case("{").expect_err("it is no JSON").report().verdict(), Verdict::Invalid);
    let twice = r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n", "name": "n"}}"#;
    assert!(InRegionCopy::from_case(twice).is_err());
}

/// An error with a report in it goes through `?`, threads and channels.
#[test]
fn errors_hold_their_report() {
    fn is_error<T: std::error::Error + Send + Sync + 'static>(_: &T) {}
    fn build() -> Result<CrossRegionCopy, Box<dyn std::error::Error + Send + Sync>> {
        Ok(CrossRegionCopy::builder().name("n").build()?)
    }
    let error = build().expect_err("much is missing");
    let error: &InvalidRequest = error.downcast_ref().expect("it is one of ours");
    is_error(error);
    assert_eq!(error.report().problem(Locale::CHINESE).map(|problem| problem.status()), Some(422));
    assert_eq!(error.clone().into_report().findings().len(), error.findings().len());
    let report: Report<'static> =
        std::thread::spawn(|| check(&String::from("{}")).into_owned()).join().expect("it ends");
    assert_eq!(report.verdict(), Verdict::Invalid);
}

/// A builder checks what is there; it builds no request of what is not known.
#[test]
fn a_value_that_is_not_known_yet_is_given_and_is_no_request() {
    let planned = InRegionCopy::builder().image_id("i").name(NotKnownYet).cmk_id(NotKnownYet);
    let facts = ImageFacts {
        full_ecs: Some(false),
        iso: Some(false),
        status: Some("ACTIVE".into()),
        os: Some(Os::Linux),
        encrypted: Some(false),
        visibility: Some(Visibility::Private),
        bare_metal: Some(true),
        ..ImageFacts::default()
    };
    let facts = image_preflight::huawei::Facts { image: facts, ..Default::default() }.into();
    let report = planned.check(&facts);
    // A key is given, whichever it is.
    assert!(report.findings().iter().any(|finding| finding.rule().id == "ims.in-region-copy.bare-metal-not-encrypted"));
    assert_eq!(report.verdict(), Verdict::Denied);
    let error = planned.build().expect_err("there is no request yet");
    let unknown: Vec<_> = error.findings().iter().map(image_preflight::Finding::at).collect();
    assert_eq!(unknown, ["/body/name", "/body/cmk_id"]);
}

#[test]
fn a_fact_that_is_not_understood_is_not_read() {
    let error = serde_json::from_value::<EcsFacts<'_>>(json!({"stat": "ACTIVE"})).expect_err("there is no such fact");
    assert!(error.to_string().contains("state"), "{error}");
    let facts: EcsFacts<'_> = serde_json::from_value(json!({"os": "LINUX", "state": "SHUTOFF"})).expect("they are");
    assert_eq!(json!(facts), json!({"os": "linux", "state": "SHUTOFF"}));
}

/// Every report of the vectors, in every language: what was written is read back and written the same again.
#[test]
fn a_report_is_read_as_it_is_written() {
    let mut count = 0;
    for vector in image_preflight_tests::vectors() {
        let report = check(&vector.case);
        for locale in Locale::all() {
            let written = report.to_json(locale);
            let read: ReportDocument = serde_json::from_str(&written).expect("a report is read");
            assert_eq!(serde_json::to_string(&read).expect("it is JSON"), written, "{}", vector.name);
            let brief = report.to_brief_json(locale);
            let read_brief: ReportDocument = serde_json::from_str(&brief).expect("a brief one is read");
            assert_eq!(serde_json::to_string(&read_brief).expect("it is JSON"), brief, "{}", vector.name);
            // A store of JSON sorts the members of objects.
            let sorted: Value = serde_json::from_str(&written).expect("it is JSON");
            assert_eq!(
                serde_json::from_value::<ReportDocument>(sorted).expect("a report is read"),
                read,
                "{}",
                vector.name
            );
            assert_eq!(read, report.to_document(locale), "{}", vector.name);
            assert_eq!(read.verdict(), report.verdict());
            assert_eq!(read.operation(), report.operation().map(Operation::id));
            for (read, finding) in read.findings().iter().zip(report.findings()) {
                assert_eq!((read.rule(), read.at()), (finding.rule().id, finding.at()));
                assert_eq!((read.outcome(), read.severity()), (finding.outcome(), finding.severity()));
                assert_eq!(read.message(), finding.message(locale));
                let patches = finding.fixes().iter().map(Fix::patch_operations);
                assert!(read.fixes().iter().map(FixDocument::patch_operations).eq(patches));
            }
            count += read.findings().len();
        }
    }
    assert!(count > 1000, "only {count} findings");
}

#[test]
fn what_is_no_report_is_not_read_as_one() {
    let report: Value = serde_json::from_str(&check("{}").to_json(Locale::ENGLISH)).expect("it is JSON");
    let with = |pointer: &str, value: Value| {
        let mut report = report.clone();
        *report.pointer_mut(pointer).expect("it is there") = value;
        serde_json::from_value::<ReportDocument>(report)
    };
    // What a further version may add is read: an operation, a rule, a member.
    let read = with("/findings/0/rule", json!("case.other")).expect("any rule is read");
    assert_eq!(read.findings()[0].rule(), "case.other");
    assert_eq!(with("/operation", json!("ims.other")).expect("any operation is read").operation(), Some("ims.other"));
    let mut more = report.clone();
    more["more"] = json!(1);
    assert!(serde_json::from_value::<ReportDocument>(more).is_ok());
    // What would be a new contract is not.
    for (pointer, value) in [
        ("/verdict", json!("perhaps")),
        ("/verdict", Value::Null),
        ("/missing", json!("all")),
        ("/findings", json!({})),
        ("/findings/0/outcome", json!("Violated")),
        ("/findings/0/severity", json!("fatal")),
        ("/findings/0/at", json!(0)),
        ("/findings/0/params", json!([])),
        ("/findings/0/citations/0/date", json!(2024)),
    ] {
        assert!(with(pointer, value.clone()).is_err(), "{pointer} {value}");
    }
    assert!(serde_json::from_str::<ReportDocument>("null").is_err());
}

/// What is blank is left out in a case; a builder that is given it, such as the empty input of a form, builds the same request.
#[test]
fn a_blank_optional_field_is_none() {
    for blank in ["", " ", "\t\n"] {
        let built = InRegionCopy::builder().image_id("i").name("n").description(blank).cmk_id(blank).build();
        let Ok(built) = built else { panic!("{blank:?}: {built:?}") };
        assert_eq!((built.description().is_some(), built.cmk_id().is_some()), (false, false), "{blank:?}");
        assert_eq!(InRegionCopy::from_case(&built.to_case()).expect("it is one"), built);
    }
}

/// Who said what does not matter: what is read from objects is the same when it has been written as facts.
#[test]
fn facts_of_objects_are_read_back_the_same() {
    let mut count = 0;
    for vector in image_preflight_tests::vectors() {
        let Ok(case) = serde_json::from_str::<Value>(&vector.case) else { continue };
        let json = case["facts"].to_string();
        let (facts, wrong) = Facts::from_json(&json);
        if !wrong.is_empty() {
            continue;
        }
        let written = json!(facts).to_string();
        let (again, wrong) = Facts::from_json(&written);
        assert!(wrong.is_empty() && again == facts, "{}: {written}", vector.name);
        count +=
            u32::from(case["facts"].as_object().is_some_and(|facts| facts.keys().any(|key| key.contains("Object"))));
    }
    assert!(count > 30, "{count}");
    let images =
        |status: &str| Facts::from_json(&format!(r#"{{"images": {{"a": {{"status": "{status}"}}}}}}"#)).0.into_owned();
    assert_ne!(images("ready"), images("error"));
    assert_ne!(images("ready"), Facts::default());
    assert_ne!(Facts::default(), images("ready"));
}
