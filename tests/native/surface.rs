//! What the library says of itself: operations, editions, rules, refusals, words. Many of these tests were written for a mutant
//! that nothing else had minded.

use image_preflight::{
    ByteSize, Edition, Locale, Packed, Verdict, check, check_packed, explain, operation, operations, rule,
    verdict_packed,
};
use image_preflight_tests::packing::{self, packed};
use image_preflight_tests::{invariants, vectors};
use serde_json::{Value, json};
use std::collections::HashSet;

#[test]
fn an_edition_says_which_it_is_and_where_it_stands() {
    let names: Vec<_> = Edition::names().collect();
    assert_eq!(names.len(), 10);
    let sources: std::collections::BTreeSet<_> = names
        .iter()
        .map(|name| Edition::from_name(name).expect("it is named").source(Locale::ENGLISH).into_owned())
        .collect();
    assert_eq!(sources.len(), names.len(), "each stands somewhere else: {sources:?}");
    for name in names {
        let edition = Edition::from_name(name).expect("it is named");
        assert_eq!(edition.name(), name);
        assert_eq!(edition, Edition::from_name(name).expect("it is named"));
        assert_eq!(edition == Edition::default(), name == "default");
    }
    let copies = |count| std::num::NonZeroU64::new(count).expect("not 0");
    let own = Edition::default().with_in_region_cap(Some(ByteSize::gib(1))).with_concurrent_copies(copies(2));
    assert_ne!(own, Edition::default());
    assert_eq!(own.with_in_region_cap(None).with_concurrent_copies(copies(5)), Edition::default());
    // A cap is taken as it is, as far as a case can have it.
    let greatest = Edition::default().with_cap(ByteSize::from_bytes(u64::MAX)).cap("cn-north-9");
    assert_eq!(greatest, ByteSize::from_bytes((1 << 53) - 1));
}

#[test]
fn a_caller_s_own_limits_are_read_with_everything_that_is_wrong_with_them() {
    let found = |edition: &str| -> Vec<(String, &'static str)> {
        let case = format!(
            r#"{{"operation":"ims.in-region-copy","path":{{"image_id":"i"}},"body":{{"name":"n"}},"edition":{edition}}}"#
        );
        let report = check(&case);
        let of_edition = report.findings().iter().filter(|finding| finding.rule().id == "case.edition");
        of_edition.map(|finding| (finding.at().to_owned(), finding.kind().expect("a kind"))).collect()
    };
    let of = |member: &str, kind| vec![(format!("/edition/{member}"), kind)];
    assert_eq!(found(r#"{"capBytes":0,"inRegionCapBytes":0,"concurrentCopies":1,"regionCapBytes":{"a":0}}"#), []);
    assert_eq!(found(r#"{"capBytes":null,"extends":null}"#), []);
    assert_eq!(found(r#"{"capBytes":-1}"#), of("capBytes", "out-of-range"));
    assert_eq!(found(r#"{"concurrentCopies":0}"#), of("concurrentCopies", "out-of-range"));
    assert_eq!(found(r#"{"inRegionCapBytes":1.5}"#), of("inRegionCapBytes", "wrong-type"));
    assert_eq!(found(r#"{"inRegionCapBytes":"1"}"#), of("inRegionCapBytes", "wrong-type"));
    assert_eq!(found(r#"{"regionCapBytes":{"a":-1}}"#), of("regionCapBytes/a", "out-of-range"));
    assert_eq!(found(r#"{"regionCapBytes":[]}"#), of("regionCapBytes", "wrong-type"));
    assert_eq!(found(r#"{"extends":1}"#), of("extends", "wrong-type"));
    assert_eq!(found(r#"{"copies":1}"#), of("copies", "not-one-of"));
    assert_eq!(found("\" \\t\""), []);
    assert_eq!(found(r#""2019""#), [("/edition".to_owned(), "not-one-of")]);
    assert_eq!(found("17"), [("/edition".to_owned(), "wrong-type")]);
    let regions: Vec<_> = (0..1001).map(|index| format!("\"r{index}\":1")).collect();
    let case =
        format!(r#"{{"operation":"ims.in-region-copy","edition":{{"regionCapBytes":{{{}}}}}}}"#, regions.join(","));
    let report = check(&case);
    let finding = report.findings().iter().find(|finding| finding.rule().id == "case.edition").expect("it is said");
    assert_eq!(finding.message(Locale::ENGLISH), "`regionCapBytes` has 1001 regions; the maximum is 1000.");
    let case = |bytes: u64| {
        let image = json!({"fullEcs": false, "iso": false, "os": "linux", "status": "active", "visibility": "private", "sizeBytes": bytes});
        let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"},
            "edition": {"inRegionCapBytes": 10}, "facts": {"image": image}});
        check(&case.to_string()).verdict()
    };
    assert_eq!((case(10), case(11)), (Verdict::Allowed, Verdict::Denied));
}

#[test]
fn a_refusal_keeps_what_it_was_told() {
    let answer = r#"{"requestId":"r-1","error":{"code":400,"status":"FAILED_PRECONDITION","message":"image img-1 is not ready"}}"#;
    let refusal = explain(Some(400), answer);
    assert_eq!((refusal.status(), refusal.message()), (Some(400), Some("image img-1 is not ready")));
    assert_eq!((refusal.request_id(), refusal.raw()), (Some("r-1"), answer));
    let huawei = explain(None, r#"{"error":{"code":"IMG.0142","message":"m"},"request_id":"q"}"#);
    assert_eq!((huawei.code(), huawei.message()), (Some("IMG.0142"), Some("m")));
    assert_eq!(huawei.meaning(Locale::ENGLISH), "The source and destination regions are the same.");
    let unknown = explain(None, "?");
    assert_eq!((unknown.is_known(), unknown.request_id(), unknown.raw()), (false, None, "?"));
    let told = serde_json::to_value(unknown.localized(Locale::ENGLISH)).expect("JSON");
    assert_eq!((told["understood"].clone(), told["verbatim"].clone()), (json!(false), json!("?")));
}

#[test]
fn a_rule_has_a_page_in_every_language() {
    let rule = rule("ims.cross-region-copy.size-cap").expect("it is there");
    for locale in Locale::all() {
        let page = format!("/{}/ims.cross-region-copy.size-cap.html", locale.tag());
        assert!(rule.help_url(locale).starts_with("https://") && rule.help_url(locale).ends_with(&page));
    }
    // Eleven fields, two of names, eleven of facts, one of the other variant.
    assert!(operation("ims.whole-image").is_some_and(|operation| operation.rules().count() == 26));
}

/// A panic, a log or an error prints what it holds: an operation and a rule by their ids, not with all that hangs on them.
#[test]
fn what_holds_an_operation_or_a_rule_prints_its_id() {
    let (operation, rule) = (operation("ims.in-region-copy").expect("it"), rule("case.facts").expect("it"));
    assert_eq!(format!("{operation:?}"), "Operation(\"ims.in-region-copy\")");
    assert_eq!(format!("{rule:?}"), "Rule(\"case.facts\")");
    let refused = image_preflight::huawei::InRegionCopy::builder().build().expect_err("no name");
    let (verdict, field) = (image_preflight::verdict("{}"), &operation.body()[0]);
    for shown in [format!("{refused:?}"), format!("{verdict:?}"), format!("{field:?}")] {
        assert!(shown.len() < 4000, "{} bytes: {}", shown.len(), &shown[..200]);
    }
}

/// The npm package asks for citations by a rule's id.
#[test]
fn a_finding_cites_what_its_rule_cites_under_its_id() {
    let mut seen = HashSet::new();
    for vector in vectors() {
        let report = check(&vector.case);
        let brief = serde_json::from_str::<Value>(&report.to_brief_json(Locale::ENGLISH)).expect("a report is JSON");
        let mut whole = serde_json::to_value(report.localized(Locale::ENGLISH)).expect("a report is JSON");
        for finding in whole["findings"].as_array_mut().expect("a list") {
            let id = finding["rule"].as_str().expect("an id").to_owned();
            let cited = finding.as_object_mut().and_then(|finding| finding.remove("citations")).expect("citations");
            let of_rule = rule(&id).expect("a rule has an id");
            assert_eq!(cited, json!(of_rule.citations_in(Locale::ENGLISH).collect::<Vec<_>>()), "{id}");
            seen.insert(id);
        }
        assert_eq!(brief, whole, "{}", vector.name);
    }
    // Those of capabilities stand in no case, and a thousand findings in no vector.
    let is_of_case = |id: &&str| !id.starts_with("image.") && *id != "case.too-many-findings";
    let unseen: Vec<_> =
        image_preflight::rules().map(|rule| rule.id).filter(is_of_case).filter(|id| !seen.contains(*id)).collect();
    assert_eq!(unseen, [""; 0]);
}

/// Findings for which there is no room are counted, and said in the place of the last one.
#[test]
fn more_findings_than_anybody_reads_are_counted() {
    let members: Vec<_> = (0..1500).map(|index| format!("\"x{index}\":0")).collect();
    let case = format!(r#"{{"operation":"ims.whole-image","body":{{{}}}}}"#, members.join(","));
    let report = check(&case);
    assert_eq!(report.findings().len(), 1000);
    let found =
        report.findings().iter().find(|finding| finding.rule().id == "case.too-many-findings").expect("it is said");
    assert!(found.message(Locale::ENGLISH).starts_with("At least 50"), "{}", found.message(Locale::ENGLISH));
    assert!(found.message(Locale::CHINESE).contains("50"), "{}", found.message(Locale::CHINESE));
}

/// What a terminal or a page would obey is shown as its code point, in every message; what is next to it is a character like others.
#[test]
fn no_character_that_turns_or_hides_a_text_is_shown_as_itself() {
    let hidden =
        [0..=0x1f, 0x7f..=0x9f, 0x61c..=0x61c, 0x200b..=0x200f, 0x2028..=0x202e, 0x2060..=0x206f, 0xfeff..=0xfeff];
    for code in 0..=0xffff_u32 {
        let Some(character) = char::from_u32(code) else { continue };
        let is_hidden = hidden.iter().any(|range| range.contains(&code));
        assert_eq!(image_preflight::is_hidden(character), is_hidden, "U+{code:04X}");
    }
    for code in hidden.iter().flat_map(|range| [*range.start(), *range.end()]) {
        let text = format!("a{}b", char::from_u32(code).expect("it is one"));
        let shown = format!("a<U+{code:04X}>b");
        assert_eq!(image_preflight::printable(&text), shown);
        let case = json!({"operation": "ims.whole-image", "body": {"name": "n", text: 1}}).to_string();
        let report = check(&case);
        let messages: Vec<_> = report.findings().iter().map(|finding| finding.message(Locale::ENGLISH)).collect();
        assert!(messages.iter().any(|message| message.contains(&shown)), "{messages:?}");
    }
}

#[test]
fn a_code_is_understood_however_it_comes() {
    for answer in
        ["IMG.0142", " img.0142\n", "\"IMG.0142\"", r#"{"error_code":"IMG.0142"}"#, r#"{"error":{"code":"IMG.0142"}}"#]
    {
        let refusal = explain(None, answer);
        let rules: Vec<_> = refusal.rules().map(|rule| rule.id).collect();
        assert_eq!(rules, ["ims.cross-region-copy.region-differs"], "{answer}");
    }
    let code = |answer: &str| explain(None, answer).code().map(str::to_owned);
    let longest = "x".repeat(64);
    assert_eq!(code(&longest), Some(longest.clone()));
    assert_eq!(code(&format!("{longest}x")), None);
    assert_eq!(code("a.B_9-"), Some("a.B_9-".to_owned()));
    for answer in ["", " ", "a b", "a/b", "é", "[1]"] {
        assert_eq!(code(answer), None, "{answer}");
    }
    assert_eq!(explain(Some(503), "").status(), Some(503));
    // A number for `code` is a status, where none came with the answer.
    let numbered = r#"{"error":{"code":429,"status":"QUOTA_EXCEEDED","message":"m"}}"#;
    assert_eq!((explain(None, numbered).status(), explain(Some(400), numbered).status()), (Some(429), Some(400)));
    assert_eq!(code(numbered), Some("QUOTA_EXCEEDED".to_owned()));
}

#[test]
fn an_operation_lists_the_refusals_that_it_can_meet() {
    for operation in operations() {
        let refusals: Vec<_> = operation.refusals().collect();
        let own: Vec<_> = operation.rules().map(|rule| rule.id).collect();
        for refusal in &refusals {
            let belongs = refusal.operations.is_empty() || refusal.operations.contains(&operation.id());
            assert!(belongs, "{}: {refusal:?}", operation.id());
        }
        assert!(refusals.iter().any(|refusal| refusal.rules.is_empty()));
        assert!(refusals.iter().any(|refusal| refusal.rules.iter().any(|id| own.contains(id))));
        let codes: Vec<_> = refusals.iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes.contains(&"IMG.0142"), operation.id() == "ims.cross-region-copy", "{}", operation.id());
    }
}

#[test]
fn a_job_is_over_when_it_has_succeeded_or_failed() {
    use image_preflight::huawei::{JobState, regions};
    let is_final = |status| JobState::from_status(status).is_final();
    assert_eq!(
        ["INIT", "RUNNING", "SUCCESS", "FAIL", "success", "failed"].map(is_final),
        [false, false, true, true, true, true]
    );
    assert!(regions().iter().any(|region| region.id == "cn-north-4"));
}

#[test]
fn every_sentence_in_the_source_is_one_that_translators_are_given() {
    fn sources(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("it is a folder").flatten() {
            if entry.path().is_dir() {
                sources(&entry.path(), files);
            } else {
                files.push(entry.path());
            }
        }
    }
    let mut files = Vec::new();
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/image-preflight/src"), &mut files);
    let known: HashSet<_> = image_preflight::all_messages().map(|words| words.zh).collect();
    // A pair as `message` is given it, or as one of the makers of rows is: after a code, a status, or a region's id; or in a table of
    // codes, after the colon. The second text is the Chinese one.
    let literal = r#""(?:[^"\\]|\\.)*""#;
    let text = format!(r"(?:{literal}|concat!\((?:{literal}|limit!\(\w+\)|[\s,])*\))");
    let pair = format!(
        r#"(?:\b(?:message|title)\(|"[A-Z]+\.[0-9]{{4}}"(?: [0-9]+ {literal})?:|\b(?:status|named|general)\(\s*(?:{literal}|[0-9]+),(?:\s*[0-9]+,)?)\s*{text},\s*({text}),?\s*[,)]"#
    );
    let part = regex::Regex::new(&format!(r"({literal})|limit!\((\w+)\)")).expect("it is a pattern");
    let limit = regex::Regex::new(r"\((\w+)\) => \{\s*([0-9]+)").expect("it is a pattern");
    let pair = regex::Regex::new(&pair).expect("it is a pattern");
    let mut found_here = HashSet::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it is a text");
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for found in pair.captures_iter(text) {
            // The limits of a cloud are in its folder, which may have folders in it.
            let limits =
                file.ancestors().skip(1).map(|folder| folder.join("limits.rs")).find(|limits| limits.is_file());
            let limits =
                limits.map(|limits| std::fs::read_to_string(limits).expect("it is a text")).unwrap_or_default();
            let number = |name: &str| {
                let found = limit.captures_iter(&limits).find(|found| &found[1] == name);
                found.unwrap_or_else(|| panic!("{}: limit!({name})", file.display()))[2].to_owned()
            };
            let parts = part.captures_iter(&found[1]).map(|part| match part.get(1) {
                Some(literal) => literal.as_str()[1..literal.len() - 1].replace("\\\"", "\""),
                None => number(&part[2]),
            });
            let sentence: String = parts.collect();
            // Punctuation has no words to translate, and what is done without a call has no title.
            if !sentence.contains(char::is_alphanumeric) {
                continue;
            }
            assert!(known.contains(sentence.as_str()), "{}: {sentence}", file.display());
            found_here.insert(sentence);
        }
    }
    // And the other way round: each was found in the source, but for names that are the same in both languages.
    let same: HashSet<_> =
        image_preflight::all_messages().filter(|words| words.en == words.zh).map(|words| words.zh).collect();
    let unfound: Vec<_> = known.iter().filter(|zh| !found_here.contains(**zh) && !same.contains(**zh)).collect();
    assert_eq!(unfound, Vec::<&&str>::new());
}

#[test]
fn every_vector_that_can_be_laid_out_gets_its_report_packed() {
    let mut shares = std::collections::BTreeMap::<String, (usize, usize)>::new();
    for vector in vectors() {
        let (all, laid_out) = shares.entry(vector.file).or_default();
        *all += 1;
        // What is no JSON is told by the reader alone.
        let case = serde_json::from_str::<Value>(&vector.case);
        *laid_out += usize::from(case.is_ok_and(|case| invariants::the_packed_case_agrees(&case)));
    }
    println!("{shares:?}");
    assert_eq!(shares.len(), image_preflight_tests::FILES.len());
    for (file, (all, laid_out)) in shares {
        // Most of the file about cases as such is about what has no place in a packed one.
        let least = if file == "case" { 35 } else { 85 };
        assert!(laid_out * 100 >= all * least, "{file}: {laid_out} of {all}");
    }
}

#[test]
fn what_does_not_fit_together_has_no_packed_report() {
    let case = json!({
        "operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
        "body": {"sourceImageIds": ["镜像"], "destinationRegion": "😀", "regionId": null},
        "facts": {"images": {"镜": {"busy": false, "snapshots": 3}}, "destinationQuota": {"images": 1_u64 << 40}}
    });
    let packing = packed(&case).expect("it has a place for everything");
    invariants::what_does_not_fit_has_no_report(&packing.words, &packing.text);
    let is_taken = |words: &[u32], text: &str| check_packed(&Packed::new(words, text)).is_some();
    let with = |place: usize, word: u32| {
        let mut words = packing.words.clone();
        words[place] = word;
        is_taken(&words, &packing.text)
    };
    assert!(with(1, 3) && !with(1, 4) && !with(1, u32::MAX), "no such operation");
    assert!(!with(2, 2), "neither absent nor there");
    // Half of a character, and numbers that are none.
    assert!(!is_taken(&[2, 1, 1, 4 + 8, 1, 4 + 8, 0, 0, 0, 0, 0], "😀"));
    for (text, is_number) in [("-1.5e-300", true), ("1", true), ("", false), ("1x", false), ("null", false)] {
        let length = packing::units(text);
        assert_eq!(is_taken(&[length, 1, 0, 1, 5 + 8 * length, 0, 0, 0, 0, 0], text), is_number, "{text}");
    }
    // An array and an object with more words or text than there are, and with less than their parts take.
    let body = |words: [u32; 4]| is_taken(&[[2, 1, 0, 1].as_slice(), &words, &[0; 5]].concat(), "na");
    assert!(body([6 + 8 * 2, 2, 4 + 8, 4 + 8]) && body([7 + 8 * 2, 2, 1, 4 + 8]));
    for tag in [6, 7] {
        let second = if tag == 6 { 4 + 8 } else { 1 };
        assert!(!body([tag + 8 * 20, 2, second, 4 + 8]) && !body([tag + 8 * 2, 3, second, 4 + 8]), "{tag}");
        assert!(!body([tag + 8 * 2, 1, second, 4 + 8]) && !body([tag + 8, 2, second, 4 + 8]), "{tag}");
    }
    // An element that goes on behind the end of its array.
    let with_number = packed(&json!({"operation": "ims.whole-image", "body": {"tags": [1]}})).expect("it has places");
    let array = with_number.words.windows(2).position(|words| words == [6 + 8 * 3, 0]).expect("it is there");
    let mut words = with_number.words.clone();
    words[array] = 6 + 8;
    words.drain(array + 3..array + 5);
    assert!(is_taken(&with_number.words, "") && !is_taken(&words, ""));
    // As many images as are looked at, and one more.
    for (count, is_some) in [(1000, true), (1001, false)] {
        let images: serde_json::Map<_, _> =
            (0..count).map(|index| (format!("{index:04}"), json!({"busy": false}))).collect();
        let case = json!({"operation": "jd.copy-images", "facts": {"images": images}});
        assert_eq!(invariants::the_packed_case_agrees(&case), is_some);
        let mut words = vec![4 * count, 3, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, count];
        words.extend((0..count).flat_map(|_| [4, 0, 0, 0, 0, 1, 0]).chain([0; 7]));
        let ids: String = (0..count).map(|index| format!("{index:04}")).collect();
        assert_eq!(is_taken(&words, &ids), is_some, "{count}");
    }
}

/// What JavaScript's objects have and JSON does not.
#[test]
fn what_no_reader_takes_is_reported_as_of_its_text() {
    let deep = format!("{{\"名\":{}", "[".repeat(127));
    let reasons = [(0, deep.clone(), deep.len() - 1), (1, r#"{"名":"\ud800"}"#.to_owned(), r#"{"名":""#.len())];
    for (reason, text, offset) in reasons {
        let place = packing::units(&text[..offset]);
        let words = [packing::units(&text), u32::MAX - 1, reason, place];
        let packed = Packed::new(&words, &text);
        let report = check_packed(&packed).expect("it fits");
        assert_eq!(report.to_json(Locale::ENGLISH), check(&text).to_json(Locale::ENGLISH), "{text}");
        assert_eq!(verdict_packed(&packed).map(|found| found.verdict), Some(Verdict::Invalid), "{text}");
        let words = [words[0], words[1], 2, place];
        assert!(check_packed(&Packed::new(&words, &text)).is_none(), "no such reason");
    }
}
