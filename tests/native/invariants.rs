//! What the library promises of every case and every text, as functions that panic where it does not hold: the properties, the
//! fuzzers and the corpora all call them.

use crate::bodies::{self, Shape};
use crate::packing::{Packing, as_one_value, packed, units};
use crate::patched;
use image_preflight::{
    ByteSize, ClearError, Edition, Facts, Finding, Fix, Locale, Operation, Outcome, Packed, Report, Request, Severity,
    Verdict, check, check_bytes, check_packed, explain, huawei, jdcloud, locate, schema, verdict, verdict_bytes,
    verdict_packed,
};
use jsonschema::Validator;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

/// The reports on a case, one a language.
#[must_use]
pub fn reports(case: &str) -> Vec<String> {
    Locale::all().map(|locale| check(case).to_json(locale)).collect()
}

/// Whatever the bytes are, there is a report that is JSON, whose findings have places in the text and printable messages; what
/// else takes text takes these too.
pub fn anything_gets_an_answer(bytes: &[u8]) {
    let report = check_bytes(bytes);
    let alone = verdict_bytes(bytes);
    assert_eq!(alone.verdict, report.verdict());
    assert_eq!(alone.operation.map(Operation::id), report.operation().map(Operation::id));
    for locale in Locale::all() {
        let written = report.to_json(locale);
        let read: Value = serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
        assert_eq!(read["verdict"], report.verdict().as_str());
        assert_eq!(read["findings"].as_array().map(Vec::len), Some(report.findings().len()));
        for finding in report.findings() {
            let message = finding.message(locale);
            assert!(!message.is_empty() && !message.contains(char::is_control), "{message:?}");
        }
    }
    for finding in report.findings() {
        let reads = finding.rule().reads;
        assert!(
            finding.missing().iter().all(|missing| missing.fact().is_none_or(|fact| reads.contains(&fact))),
            "{}",
            finding.rule().id
        );
    }
    assert_eq!(report.missing().is_empty(), report.verdict() != Verdict::Undetermined);
    what_is_presumed_is_told(&report);
    // Without the values that are not known yet there is nothing to send.
    let is_open = matches!(report.clear(), Err(ClearError::NotKnownYet { .. }));
    match report.verdict() {
        Verdict::Allowed => assert!(report.clear().is_ok() || is_open, "{:?}", report.clear()),
        _ => assert!(report.clear().is_err()),
    }
    assert!(!is_open || report.clear_undetermined().is_err());
    if let Ok(request) = report.clear_undetermined() {
        let body: Value =
            serde_json::from_str(request.body()).unwrap_or_else(|error| panic!("{error}: {}", request.body()));
        assert!(body.is_object() && request.path().is_ascii(), "{request:?}");
    }
    what_is_owned_is_the_same(&report);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    assert_eq!(check(text).to_json(Locale::ENGLISH), report.to_json(Locale::ENGLISH));
    for finding in report.findings() {
        assert!(finding.span(text).is_none_or(|span| text.get(span).is_some()), "{}", finding.at());
    }
    let _ = explain(Some(400), text).localized(Locale::ENGLISH);
    let _ = huawei::ImageFacts::from_object(text);
    let _ = huawei::EcsFacts::from_object(text);
    let _ = huawei::BackupFacts::from_object(text);
    let _ = Facts::from_json(text);
}

/// An owned report says, and clears, what the borrowed one does.
fn what_is_owned_is_the_same(report: &Report<'_>) {
    let owned = report.clone().into_owned();
    assert_eq!(owned, *report);
    assert_eq!(owned.to_json(Locale::ENGLISH), report.to_json(Locale::ENGLISH));
    assert_eq!(owned.clear_undetermined(), report.clear_undetermined());
    assert_eq!(typed(&owned), typed(report));
    assert_eq!(owned.clone().into_owned().clear(), report.clear());
}

/// What the verdict presumes is told in order, once, and is nothing that is missing; a settled verdict presumes nothing.
fn what_is_presumed_is_told(report: &Report<'_>) {
    let presumed = report.presumed();
    assert!(presumed.is_sorted() && presumed.windows(2).all(|two| two[0] != two[1]), "{presumed:?}");
    assert!(
        presumed.is_empty() || matches!(report.verdict(), Verdict::Allowed | Verdict::Undetermined),
        "{presumed:?}"
    );
    let rules: Vec<_> = report.operation().into_iter().flat_map(Operation::rules).collect();
    for presumed in presumed {
        let fact = presumed.fact().expect("only facts are presumed");
        assert!(rules.iter().any(|rule| rule.presumes.contains(&fact)), "{}", presumed.pointer());
    }
}

/// A case whose parts lie side by side gets the report of its JSON, as one value too; gives whether its parts have their places.
pub fn the_packed_case_agrees(case: &Value) -> bool {
    has_the_report_of_its_json(&as_one_value(case), case);
    packed(case).inspect(|packing| has_the_report_of_its_json(packing, case)).is_some()
}

fn has_the_report_of_its_json(packing: &Packing, case: &Value) {
    let packed = packing.packed();
    let report = check_packed(&packed).unwrap_or_else(|| panic!("{packing:?} of {case}"));
    let written: Vec<_> = Locale::all().map(|locale| report.to_json(locale)).collect();
    assert_eq!(written, reports(&case.to_string()), "{case}");
    let alone = verdict_packed(&packed).expect("it has a report");
    assert_eq!(alone.verdict, report.verdict(), "{case}");
    assert_eq!(alone.operation.map(Operation::id), report.operation().map(Operation::id), "{case}");
    assert_eq!(
        report.clear_undetermined().ok().map(|request| request.to_json()),
        check(&case.to_string()).clear_undetermined().ok().map(|request| request.to_json()),
        "{case}"
    );
}

/// Whatever the words say, there is a report or none; one that lacks a word or a piece of its text has none.
pub fn what_does_not_fit_has_no_report(words: &[u32], text: &str) {
    if check_packed(&Packed::new(words, text)).is_none() {
        return;
    }
    for length in 0..words.len() {
        assert!(check_packed(&Packed::new(&words[..length], text)).is_none(), "{length} of {words:?}");
    }
    assert!(check_packed(&Packed::new(&[words, &[0]].concat(), text)).is_none(), "{words:?}");
    // The first word tells the length of the text, and must be right.
    let fits = |text: &str| check_packed(&Packed::new(&[&[units(text)], &words[1..]].concat(), text)).is_some();
    for (length, _) in text.char_indices() {
        assert!(!fits(&text[..length]), "{length} of {text:?}");
    }
    assert!(!fits(&format!("{text}x")), "{text:?}");
}

/// The reader takes exactly the JSON that serde_json takes, and finds the same values in it.
pub fn reads_as_serde_json_does(bytes: &[u8]) {
    let report = check_bytes(bytes);
    let is_syntax = report.findings().iter().any(|finding| finding.rule().id == "case.syntax");
    // Of what is no JSON nothing else is said, however much of it had been read.
    assert!(!is_syntax || report.findings().len() == 1 && report.operation().is_none(), "{report:?}");
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => {
            assert_eq!(is_syntax, !value.is_object(), "{}", String::from_utf8_lossy(bytes));
            let text = std::str::from_utf8(bytes).expect("serde_json has read it");
            if serde_json::from_str::<Unique>(text).is_ok() {
                same_parts(text, "", &value, &mut 200);
            }
        }
        // A number too great for a double is JSON all the same.
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(_) => assert!(is_syntax, "{}", String::from_utf8_lossy(bytes)),
    }
}

/// Each part of a text, looked up by its pointer, is what serde_json has read there.
fn same_parts(text: &str, pointer: &str, value: &Value, left: &mut u32) {
    if *left == 0 {
        return;
    }
    *left -= 1;
    let place = locate(text, pointer).unwrap_or_else(|| panic!("{pointer} is nowhere in {text}"));
    let found: Value =
        serde_json::from_str(&text[place]).unwrap_or_else(|error| panic!("{pointer}: {error} in {text}"));
    assert_eq!(found, *value, "{pointer} in {text}");
    match value {
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                same_parts(text, &format!("{pointer}/{index}"), value, left);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                let token = name.replace('~', "~0").replace('/', "~1");
                same_parts(text, &format!("{pointer}/{token}"), value, left);
            }
        }
        _ => {}
    }
}

/// JSON in which no object has a key twice.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Unique)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Self;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON without a key given twice")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some((name, Unique)) = object.next_entry::<String, Unique>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a key is given twice"));
            }
        }
        Ok(Unique)
    }
}

/// The same value with the keys of every object in another order.
fn reversed(value: &Value) -> String {
    match value {
        Value::Object(object) => {
            let members = object.iter().rev().map(|(name, value)| format!("{}:{}", json!(name), reversed(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(" , "))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(reversed).collect::<Vec<_>>().join(",\n")),
        other => other.to_string(),
    }
}

/// The order of keys and the white space do not change a report.
pub fn order_and_space_do_not_matter(case: &Value) {
    let wanted = reports(&case.to_string());
    assert_eq!(wanted, reports(&reversed(case)), "{case}");
    assert_eq!(wanted, reports(&format!("{case:#}")), "{case}");
}

/// A row of choices that a seed decides, so that a failure can be had again.
#[derive(Clone, Debug)]
pub struct Choices(pub u64);

impl Choices {
    /// A number below this one.
    pub fn below(&mut self, count: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((bits ^ (bits >> 31)) % count as u64).expect("it is below a usize")
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            list.swap(place, self.below(place + 1));
        }
    }
}

/// JSON text of a value, spelled in some way: any character as an escape, numbers in any of their forms, white space and order
/// of keys as it comes. Where an object has this pointer, the key is repeated with another value.
fn spelled(value: &Value, pointer: &str, repeat: Option<(&str, &str)>, choices: &mut Choices) -> String {
    let space = [""; 8].iter().chain(&[" ", "\n", "\t\r ", "  "]).nth(choices.below(12)).expect("one of twelve");
    let inner = match value {
        Value::String(text) => spelled_text(text, choices),
        Value::Number(number) => spelled_number(&number.to_string(), choices),
        Value::Array(list) => {
            let mut parts = Vec::new();
            for (index, item) in list.iter().enumerate() {
                parts.push(spelled(item, &format!("{pointer}/{index}"), repeat, choices));
            }
            format!("[{space}{}]", parts.join(","))
        }
        Value::Object(object) => {
            let mut parts = Vec::new();
            for (name, value) in object {
                let inner = spelled(value, &member(pointer, name), repeat, choices);
                parts.push(format!("{space}{}{space}:{inner}", spelled_text(name, choices)));
            }
            choices.shuffle(&mut parts);
            if let Some((_, key)) = repeat.filter(|(at, _)| *at == pointer) {
                let other = ["null", "{}", "\"x\"", "7", "true", "[[]]"][choices.below(6)];
                let repeated = format!("{}:{other}", spelled_text(key, choices));
                parts.insert(choices.below(parts.len() + 1), repeated);
            }
            format!("{{{}{space}}}", parts.join(","))
        }
        other => other.to_string(),
    };
    format!("{space}{inner}{space}")
}

fn member(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn spelled_text(text: &str, choices: &mut Choices) -> String {
    let mut out = String::from("\"");
    let often = choices.below(8);
    for c in text.chars() {
        if choices.below(8) >= often && !matches!(c, '"' | '\\' | '\0'..='\u{1f}') {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let escape = if choices.below(2) == 0 { format!("\\u{unit:04x}") } else { format!("\\u{unit:04X}") };
            out.push_str(&escape);
        }
    }
    out.push('"');
    out
}

fn spelled_number(number: &str, choices: &mut Choices) -> String {
    let digits = number.trim_start_matches('-');
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    match choices.below(6) {
        0 => format!("{number}.0"),
        1 => format!("{number}e0"),
        2 => format!("{number}.000E+00"),
        3 if digits != "0" => format!("{number}0e-1"),
        4 if digits != "0" => format!("{}e{zeros}", &number[..number.len() - zeros]),
        _ => number.to_owned(),
    }
}

/// How a case is spelled changes no byte of its report, and not where its request goes.
pub fn spelling_does_not_matter(case: &Value, seed: u64) {
    if !case.is_object() {
        // That is reported with its place in the text.
        return;
    }
    let plain = case.to_string();
    let other = spelled(case, "", None, &mut Choices(seed));
    assert_eq!(reports(&plain), reports(&other), "{plain}\n{other}");
    let address = |case: &str| Some(check(case).clear_undetermined().ok()?.path().to_owned());
    assert_eq!(address(&plain), address(&other), "{plain}\n{other}");
}

/// Every object of a value that has members, by its pointer.
fn objects(value: &Value, pointer: &str, all: &mut Vec<(String, Vec<String>)>) {
    match value {
        Value::Array(list) => {
            for (index, item) in list.iter().enumerate() {
                objects(item, &format!("{pointer}/{index}"), all);
            }
        }
        Value::Object(object) => {
            if !object.is_empty() {
                all.push((pointer.to_owned(), object.keys().cloned().collect()));
            }
            for (name, value) in object {
                objects(value, &member(pointer, name), all);
            }
        }
        _ => {}
    }
}

/// Wherever an object of a case has a key twice, at whatever depth and however the two are spelled, that is an error at that
/// key; where none has, nothing says so.
pub fn a_repeated_key_is_found(case: &Value, seed: u64) {
    let choices = &mut Choices(seed);
    let is_about_it = |finding: &&Finding<'_>| {
        // An element of a list that is there twice has the same kind, and another place.
        let id = finding.rule().id;
        id.ends_with(".duplicate-field") || id == "case.facts" && finding.kind() == Some("duplicate")
    };
    let plain = spelled(case, "", None, choices);
    assert_eq!(check(&plain).findings().iter().find(is_about_it).map(image_preflight::Finding::at), None, "{plain}");
    let mut all = Vec::new();
    objects(case, "", &mut all);
    // Of what is no object nothing else is said.
    if !case.is_object() || all.is_empty() {
        return;
    }
    let (pointer, keys) = &all[choices.below(all.len())];
    let key = &keys[choices.below(keys.len())];
    let text = spelled(case, "", Some((pointer, key)), choices);
    let report = check(&text);
    let found: Vec<_> = report.findings().iter().filter(is_about_it).collect();
    // What the other value holds has no key twice.
    let [finding] = found.as_slice() else { panic!("{} findings at {pointer} {key:?}: {text}", found.len()) };
    assert_eq!(finding.at(), member(pointer, key), "{text}");
    // Twice in what would be sent: the cloud refuses it. Twice in the case: it cannot be judged.
    let section = pointer.split('/').nth(1).unwrap_or_default();
    let is_of_request = ["path", "body"].contains(&section) && report.operation().is_some();
    assert_eq!(finding.rule().id.starts_with("case."), !is_of_request, "{} in {text}", finding.rule().id);
    assert_eq!(finding.rule().id == "case.facts", section == "facts", "{} in {text}", finding.rule().id);
    if !is_of_request {
        assert_eq!(report.verdict(), Verdict::Invalid, "{text}");
    }
    assert!([Verdict::Denied, Verdict::Invalid].contains(&report.verdict()), "{text}");
    let span = finding.span(&text).and_then(|span| text.get(span)).expect("it has a place");
    assert_eq!(serde_json::from_str::<String>(span).ok().as_ref(), Some(key), "{span} in {text}");
    if let Some(facts) = case.get("facts").filter(|facts| facts.is_object())
        && let Some(below) = pointer.strip_prefix("/facts")
    {
        let facts = spelled(facts, "", Some((below, key)), choices);
        let (_, findings) = Facts::from_json(&facts);
        let found: Vec<_> = findings.iter().filter(is_about_it).map(image_preflight::Finding::at).collect();
        assert_eq!(found, [member(pointer, key)], "{facts}");
    }
}

/// A finding that says what is wrong with the facts points at something that is there, unless it says that this is missing.
pub fn findings_about_facts_point_at_what_is_there(case: &Value) {
    let text = case.to_string();
    for finding in check(&text).findings() {
        let is_of_what_is_given =
            finding.outcome() == image_preflight::Outcome::Violated && finding.kind() != Some("missing");
        if finding.at().starts_with("/facts") && is_of_what_is_given {
            assert!(case.pointer(finding.at()).is_some(), "{} of {}: {text}", finding.at(), finding.rule().id);
        }
    }
}

/// How often each rule is broken in each way, where that is an error or a warning.
fn broken(report: &Report<'_>) -> BTreeMap<(&'static str, Option<&'static str>), usize> {
    let mut broken = BTreeMap::new();
    for finding in report.findings() {
        if finding.outcome() == Outcome::Violated && finding.severity() != Severity::Advice {
            *broken.entry((finding.rule().id, finding.kind())).or_default() += 1;
        }
    }
    broken
}

/// A patch makes its finding go away, changes no other value that is given, brings no broken rule of error or warning severity, and
/// never worsens the verdict. Gives what kinds of patch there were.
pub fn fixes_fix(case: &Value) -> Vec<String> {
    let text = case.to_string();
    let report = check(&text);
    let before = broken(&report);
    let mut kinds = Vec::new();
    for finding in report.findings() {
        for fix in finding.fixes().iter().filter(|fix| !fix.patch_operations().is_empty()) {
            let [step] = fix.patch_operations() else { panic!("{fix:?}") };
            // A blank is as good as nothing.
            let is_blank =
                |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty()) || *value == json!([]);
            let given = |pointer| case.pointer(pointer).filter(|value| !value.is_null() && !is_blank(value));
            match step.op() {
                // Of two fields that exclude one another, either may go.
                "remove" => assert!(
                    step.path() == finding.at() || finding.kind() == Some("conflict"),
                    "{text}: {fix:?} of {}",
                    finding.at()
                ),
                "replace" => assert!(step.path() == finding.at() && given(step.path()).is_some(), "{text}: {fix:?}"),
                "move" => {
                    assert_eq!(step.from(), Some(finding.at()), "{text}");
                    assert!(given(step.path()).is_none(), "{text}: {fix:?} overwrites a value");
                }
                // An optional field that is blank or an empty list is not given.
                _ => assert!(
                    given(step.path()).is_none_or(|value| value.as_array().is_some_and(Vec::is_empty)
                        || value.as_str().is_some_and(|text| text.trim().is_empty())),
                    "{text}: {fix:?} overwrites a value"
                ),
            }
            let fixed = patched(case, fix);
            let after = check(&fixed);
            let own = (finding.rule().id, finding.kind());
            let own_after = broken(&after).remove(&own).unwrap_or_default();
            assert!(own_after < before[&own], "{own:?} at {} of {text} is still there: {fixed}", finding.at());
            let is_there = |other: &Finding<'_>| (other.rule().id, other.kind()) == own && other.at() == finding.at();
            // An element that is removed from a list moves the next one to its place.
            let is_moved = finding.kind() == Some("duplicate");
            assert!(is_moved || !after.findings().iter().any(is_there), "{} of {text}: {fixed}", finding.at());
            // Which object of those that the case holds is read depends on what the request names: what an object says that was
            // not about the request before is no work of the patch. So the law is that of the case without its objects.
            let names = ["image_id", "instance_id", "backup_id", "sourceImageIds"];
            if names.iter().any(|name| step.path().contains(name)) {
                let fixed: Value = serde_json::from_str(&fixed).expect("JSON");
                brings_nothing(&without_objects(case), &without_objects(&fixed), fix);
            } else {
                brings_nothing(&text, &fixed, fix);
            }
            kinds.push(format!("{} {}", step.op(), finding.kind().unwrap_or(own.0)));
        }
    }
    kinds
}

/// No patch brings a violation, or a worse verdict.
fn brings_nothing(text: &str, fixed: &str, fix: &Fix) {
    let (report, after) = (check(text), check(fixed));
    let before = broken(&report);
    for (violation, count) in broken(&after) {
        let had = before.get(&violation).copied().unwrap_or_default();
        assert!(count <= had, "{fix:?} brings {violation:?}: {text} {fixed}");
    }
    let worse = match report.verdict() {
        Verdict::Allowed => after.verdict() != Verdict::Allowed,
        Verdict::Undetermined => after.verdict() == Verdict::Denied,
        Verdict::Denied => after.verdict() == Verdict::Invalid,
        Verdict::Invalid => false,
    };
    assert!(!worse, "{fix:?} worsens the verdict: {text} {fixed}");
}

/// A case without what providers returned.
fn without_objects(case: &Value) -> String {
    let mut case = case.clone();
    if let Some(facts) = case.get_mut("facts").and_then(Value::as_object_mut) {
        facts.retain(|name, _| !name.ends_with("Object") && name != "imageObjects");
    }
    case.to_string()
}

/// The verdict alone is the verdict of the report.
pub fn the_verdict_alone_agrees(case: &str) {
    let (report, alone) = (check(case), verdict(case));
    assert_eq!(alone.verdict, report.verdict(), "{case}");
    assert_eq!(alone.operation.map(Operation::id), report.operation().map(Operation::id), "{case}");
}

/// What a body says, in one form: a blank is as good as nothing, JD Cloud's region stands in the address too, a number may be
/// written in many ways, and of a tag only its two members count.
fn said(body: &Value) -> BTreeMap<&str, Value> {
    let in_one_form = |value: &Value| match (value, value.as_f64()) {
        (_, Some(number)) => json!(number),
        (Value::Array(items), _) => {
            let tag = |item: &Value| item.is_object().then(|| json!([item["key"], item["value"]]));
            items.iter().map(|item| tag(item).unwrap_or_else(|| item.clone())).collect()
        }
        _ => value.clone(),
    };
    let is_said = |name: &str, value: &Value| {
        let is_blank = value.as_str().is_some_and(|text| text.trim().is_empty()) || *value == json!([]);
        name != "regionId" && !value.is_null() && !is_blank
    };
    let members = body.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value));
    members.filter(|(name, value)| is_said(name, value)).map(|(name, value)| (name, in_one_form(value))).collect()
}

/// The edition of a case, made with the builder: a name, or a caller's own limits. Nothing where it is neither.
fn edition_of(case: &Value) -> Option<Edition> {
    let limits = match case.get("edition") {
        None | Some(Value::Null) => return Some(Edition::default()),
        Some(Value::String(name)) => return Edition::from_name(name),
        Some(limits) => limits.as_object()?,
    };
    let known = ["extends", "capBytes", "regionCapBytes", "inRegionCapBytes", "concurrentCopies"];
    if limits.keys().any(|name| !known.contains(&name.as_str())) {
        return None;
    }
    let bytes = |value: &Value| value.as_u64().map(ByteSize::from_bytes);
    let given = |name: &str| limits.get(name).filter(|value| !value.is_null());
    let mut edition =
        given("extends").map_or_else(|| Some(Edition::default()), |name| Edition::from_name(name.as_str()?))?;
    if let Some(cap) = given("capBytes") {
        edition = edition.with_cap(bytes(cap)?);
    }
    if let Some(caps) = given("regionCapBytes") {
        for (region, cap) in caps.as_object()? {
            edition = edition.with_region_cap(region.as_str(), bytes(cap)?);
        }
    }
    if let Some(cap) = given("inRegionCapBytes") {
        edition = edition.with_in_region_cap(Some(bytes(cap)?));
    }
    if let Some(copies) = given("concurrentCopies") {
        edition = edition.with_concurrent_copies(copies.as_u64().filter(|copies| *copies > 0)?.try_into().ok()?);
    }
    Some(edition)
}

/// The typed request that a report is about, as Debug writes it.
#[must_use]
pub fn typed(report: &Report<'_>) -> Option<String> {
    fn of<R: Request + std::fmt::Debug>(report: &Report<'_>) -> Option<String> {
        report.request::<R>().map(|request| format!("{request:?}"))
    }
    of::<huawei::CrossRegionCopy>(report)
        .or_else(|| of::<huawei::InRegionCopy>(report))
        .or_else(|| of::<huawei::WholeImageFromEcs>(report))
        .or_else(|| of::<huawei::WholeImageFromBackup>(report))
        .or_else(|| of::<jdcloud::CopyImages>(report))
}

/// What a typed request says, its text says; what it writes, its text reads back. Gives whether there was a typed request to
/// compare: whoever generates cases holds the share.
pub fn entry_points_agree(case: &Value) -> bool {
    typed_and_text_agree::<huawei::CrossRegionCopy>(case)
        || typed_and_text_agree::<huawei::InRegionCopy>(case)
        || typed_and_text_agree::<huawei::WholeImageFromEcs>(case)
        || typed_and_text_agree::<huawei::WholeImageFromBackup>(case)
        || typed_and_text_agree::<jdcloud::CopyImages>(case)
}

fn typed_and_text_agree<R>(case: &Value) -> bool
where
    R: Request + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let text = case.to_string();
    let report = check(&text);
    let Some(request) = report.request::<R>() else { return false };
    if case["unknown"].as_array().is_some_and(|unknown| !unknown.is_empty()) {
        // Only text says what is not known yet, also of what is not sent.
        return false;
    }
    let facts = case.get("facts").map_or_else(|| "{}".to_owned(), Value::to_string);
    let (known, wrong) = Facts::from_json(&facts);
    let facts = if case["strict"] == json!(true) { known.clone().strict() } else { known.clone() };
    // Only text has names that are not known, fields of the other kind of request, and objects that nobody reads.
    let has_unknown = report.findings().iter().any(|finding| {
        finding.rule().id.ends_with("-field")
            || finding.rule().id == "ims.whole-image.other-variant"
            || finding.kind() == Some("unread") && finding.at().contains("Object")
    });
    let (Some(edition), true, false) = (edition_of(case), wrong.is_empty(), has_unknown) else { return false };
    let typed = request.check_with(&facts, edition);
    for locale in Locale::all() {
        assert_eq!(typed.to_json(locale), report.to_json(locale), "{text}");
    }
    let body = json!(request)["body"].clone();
    let given = said(&case["body"]);
    assert_eq!(said(&body), given, "what is typed holds everything that was given");
    let mut again = case.clone();
    again["body"] = body;
    assert_eq!(check(&again.to_string()).request::<R>().as_ref(), Some(&request), "{again}");
    // Both ways through serde, and through the case that it is.
    let read: R = serde_json::from_value(json!(request)).unwrap_or_else(|error| panic!("{error}: {again}"));
    assert_eq!(read, request);
    assert_eq!(R::from_case(&request.to_case()).expect("it was a request"), request);
    assert_eq!(request.to_case(), R::from_case(&text).expect("it is one").to_case());
    what_is_known_goes_both_ways(&known);
    true
}

/// Facts are read back from what they are written as, with everything that is known and no more.
fn what_is_known_goes_both_ways(facts: &Facts<'_>) {
    let json = json!(facts);
    let read: Facts<'static> = serde_json::from_value(json.clone()).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(json!(read), json);
    assert_eq!(read.clone().into_owned(), read);
    let (ims, vm) = (huawei::Facts::from(&read), jdcloud::Facts::from(&read));
    let again: huawei::Facts<'static> = serde_json::from_value(json!(ims)).expect("it was one");
    assert_eq!(again, ims);
    let again: jdcloud::Facts<'static> = serde_json::from_value(json!(vm)).expect("it was one");
    assert_eq!(again, vm);
}

/// The schema of a body takes it exactly when the core finds nothing wrong with its shape.
pub fn the_schema_agrees(case: &Value) {
    static VALIDATORS: LazyLock<Vec<(&'static str, Validator)>> = LazyLock::new(|| {
        let of = |operation: &'static image_preflight::Operation| {
            let schema = schema::body(operation).to_value();
            (operation.id(), jsonschema::draft202012::new(&schema).expect("it is a schema"))
        };
        image_preflight::operations().map(of).collect()
    });
    let (Some(name), body) = (case["operation"].as_str(), &case["body"]) else { return };
    let Some((_, validator)) = VALIDATORS.iter().find(|(operation, _)| *operation == name) else { return };
    let shape = bodies::shape(name, body);
    let accepts = validator.is_valid(body);
    assert!(
        shape == Shape::Beyond || accepts == (shape == Shape::Holds),
        "{shape:?}, the schema {accepts}: {name} {body}"
    );
}
