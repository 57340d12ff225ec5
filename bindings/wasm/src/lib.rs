//! image-preflight for JavaScript. The caller writes text into one buffer of this module's memory and reads the answer from
//! another, so that no string is allocated for the call. This crate has no rules, limits or messages.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[cfg(feature = "more")]
mod more;
#[cfg(feature = "plan")]
mod plan;

use image_preflight::{
    CaseVerdict, Fact, Locale, Operation, Report, Verdict, check_bytes, check_packed, operations, rule, rules,
    verdict_bytes, verdict_packed,
};
use serde::Serialize;
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static INPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static OUTPUT: Cell<String> = const { Cell::new(String::new()) };
    /// The words of a packed case; the codes that a batch returns.
    static WORDS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
    /// The facts that a rule presumes, in the order of a report. Empty until it is needed.
    static PRESUMABLE: Cell<Vec<Fact>> = const { Cell::new(Vec::new()) };
}

/// Capacity of the word buffer.
const MAX_WORDS: usize = 8192;

/// A buffer that has grown beyond this is freed after the call.
const MAX_RETAINED_BYTES: usize = 1 << 20;

/// Reserves a number of bytes for a text and returns their address; 0 if the allocation fails.
#[wasm_bindgen]
#[must_use]
pub fn input(bytes: usize) -> usize {
    let mut buffer = INPUT.take();
    let missing = bytes.saturating_sub(buffer.len());
    if buffer.try_reserve_exact(missing).is_err() {
        return 0;
    }
    buffer.resize(buffer.len() + missing, 0);
    let place = buffer.as_ptr() as usize;
    INPUT.set(buffer);
    place
}

/// The address of the words: input of a packed case, output of a batch.
#[wasm_bindgen]
#[must_use]
pub fn words() -> usize {
    let mut words = WORDS.take();
    words.resize(MAX_WORDS, 0);
    let place = words.as_ptr() as usize;
    WORDS.set(words);
    place
}

/// The address of the last answer.
#[wasm_bindgen]
#[must_use]
pub fn output() -> usize {
    let text = OUTPUT.take();
    let place = text.as_ptr() as usize;
    OUTPUT.set(text);
    place
}

/// The number of the language for the tag in the input, for [`run`].
#[wasm_bindgen]
#[must_use]
pub fn locale(length: usize) -> u32 {
    let buffer = INPUT.take();
    let tag = buffer.get(..length).and_then(|tag| std::str::from_utf8(tag).ok()).unwrap_or_default();
    let wanted = Locale::from_tag(tag);
    let index = Locale::all().position(|locale| locale == wanted).unwrap_or_default();
    INPUT.set(buffer);
    u32::try_from(index).unwrap_or_default()
}

/// The verdict of a case as a number: this bit, the index of the verdict in [`VERDICTS`], the index of the operation among all
/// (their count if the case names no operation), and a bit for each fact that the verdict presumes.
const CODE: usize = 1 << 30;

/// The bits of a code for presumed facts: from this one on, so many.
const PRESUMED_SHIFT: usize = 18;
const MAX_PRESUMABLE: usize = 12;

const VERDICTS: [Verdict; 4] = [Verdict::Allowed, Verdict::Denied, Verdict::Undetermined, Verdict::Invalid];

/// Returned instead of a length: this module has no such command.
const ABSENT: usize = CODE - 1;

fn code(CaseVerdict { operation, verdict }: CaseVerdict) -> usize {
    let verdict = VERDICTS.iter().position(|known| *known == verdict).unwrap_or_default();
    let place = operation.and_then(|its| operations().position(|operation| std::ptr::eq(operation, its)));
    let operation = place.unwrap_or_else(|| operations().count());
    CODE | verdict << 16 | operation << 8
}

/// The report as JSON without citations, or the code of its verdict if there are no findings.
fn brief_report(report: &Report<'_>, locale: Locale) -> Result<String, usize> {
    let verdict = CaseVerdict { operation: report.operation(), verdict: report.verdict() };
    match presumed_bits(report).filter(|_| report.findings().is_empty()) {
        Some(presumed) => Err(code(verdict) | presumed << PRESUMED_SHIFT),
        None => Ok(report.to_brief_json(locale)),
    }
}

/// A bit for each fact that the verdict presumes; `None` if they cannot be written so.
fn presumed_bits(report: &Report<'_>) -> Option<usize> {
    if report.presumed().is_empty() {
        return Some(0);
    }
    with_presumable(|all| {
        let place = |fact| all.iter().take(MAX_PRESUMABLE).position(|known| *known == fact);
        report.presumed().iter().try_fold(0, |bits, presumed| Some(bits | 1 << place(presumed.fact()?)?))
    })
}

fn with_presumable<T>(what: impl FnOnce(&[Fact]) -> T) -> T {
    let mut all = PRESUMABLE.take();
    if all.is_empty() {
        for fact in rules().flat_map(|rule| rule.presumes) {
            if let Err(place) = all.binary_search(fact) {
                all.insert(place, *fact);
            }
        }
    }
    let given = what(&all);
    PRESUMABLE.set(all);
    given
}

/// The citations of a rule, documents in the reader's language first.
fn citations(id: &str, locale: Locale) -> String {
    json(&rule(id).map(|rule| rule.citations_in(locale).collect::<Vec<_>>()))
}

/// Only strings, numbers and lists occur, which serde_json never rejects.
fn json(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

/// Runs a command on the first `length` bytes of the input. Returns the length of the answer, or the code of the verdict if that is
/// the whole answer, or `ABSENT` if there is no such command.
#[wasm_bindgen]
#[must_use]
pub fn run(command: u32, length: usize, locale: u32) -> usize {
    with_input(length, |text| {
        let locale = nth_locale(locale);
        match command {
            0 => Err(code(verdict_bytes(text))),
            1 => Ok(with_words(|words| batch(text, words, locale))),
            9 => brief_report(&check_bytes(text), locale),
            10 => Ok(names()),
            11 => Ok(check_bytes(text).to_json(locale)),
            12 => Ok(citations(std::str::from_utf8(text).unwrap_or_default(), locale)),
            #[cfg(feature = "plan")]
            16.. => plan::answer(command, std::str::from_utf8(text).unwrap_or_default(), locale).ok_or(ABSENT),
            #[cfg(feature = "more")]
            _ => more::answer(command, std::str::from_utf8(text).unwrap_or_default(), locale).ok_or(ABSENT),
            #[cfg(not(feature = "more"))]
            _ => Err(ABSENT),
        }
    })
}

/// Checks a packed case: the first `words` words, and the first `length` bytes of the input. Returns what [`run`] returns for command
/// 0 (the verdict alone) or 9, or `ABSENT` if the case must be passed as JSON.
#[wasm_bindgen]
#[must_use]
pub fn run_packed(command: u32, words: usize, length: usize, locale: u32) -> usize {
    with_words(|all| {
        with_input(length, |text| {
            let text = std::str::from_utf8(text).unwrap_or_default();
            let words = all.get(..words).unwrap_or_default();
            if command == 0 {
                return Err(verdict_packed(words, text).map_or(ABSENT, code));
            }
            check_packed(words, text).map_or(Err(ABSENT), |report| brief_report(&report, nth_locale(locale)))
        })
    })
}

fn with_words<T>(what: impl FnOnce(&mut [u32]) -> T) -> T {
    let mut words = WORDS.take();
    let given = what(&mut words);
    WORDS.set(words);
    given
}

fn nth_locale(index: u32) -> Locale {
    Locale::all().nth(usize::try_from(index).unwrap_or_default()).unwrap_or_default()
}

/// Calls `answer` with the first `length` bytes of the input. Stores a text as output and returns its length, or returns the number.
fn with_input(length: usize, answer: impl FnOnce(&[u8]) -> Result<String, usize>) -> usize {
    let mut buffer = INPUT.take();
    let answer = answer(buffer.get(..length).unwrap_or_default());
    if buffer.capacity() > MAX_RETAINED_BYTES {
        buffer = Vec::new();
    }
    INPUT.set(buffer);
    match answer {
        Ok(answer) => {
            let length = answer.len();
            OUTPUT.set(answer);
            length
        }
        Err(code) => code,
    }
}

/// Frees the memory of the last answer.
#[wasm_bindgen]
pub fn release() {
    let text = OUTPUT.take();
    if text.capacity() <= MAX_RETAINED_BYTES {
        OUTPUT.set(text);
    }
}

/// Checks a case per line. The first word is their number; the others are their codes, or 0 for a case with findings, whose report is
/// in the returned JSON array. Lines beyond the capacity of the words are dropped.
fn batch(text: &[u8], words: &mut [u32], locale: Locale) -> String {
    let mut out = String::from("[");
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let Some((count, codes)) = words.split_first_mut() else { return out };
    *count = 0;
    for (line, code) in lines.zip(codes) {
        *count += 1;
        *code = match brief_report(&check_bytes(line), locale) {
            Ok(report) => {
                out.push_str(if out.len() > 1 { "," } else { "" });
                out.push_str(&report);
                0
            }
            Err(code) => u32::try_from(code).unwrap_or_default(),
        };
    }
    out.push(']');
    out
}

/// The names for the numbers in a code, and the version, which must be the caller's.
#[derive(Serialize)]
struct Names {
    version: &'static str,
    operations: Vec<&'static str>,
    verdicts: [&'static str; VERDICTS.len()],
    presumed: Vec<&'static str>,
}

fn names() -> String {
    let operations = operations().map(Operation::id).collect();
    let verdicts = VERDICTS.map(Verdict::as_str);
    let presumed = with_presumable(|all| all.iter().map(|fact| fact.pointer()).collect());
    json(&Names { version: env!("CARGO_PKG_VERSION"), operations, verdicts, presumed })
}

#[cfg(all(test, feature = "en", feature = "more"))]
mod tests {
    use super::*;

    fn call(command: u32, text: &str) -> String {
        let mut buffer = INPUT.take();
        buffer.clear();
        buffer.extend_from_slice(text.as_bytes());
        INPUT.set(buffer);
        let length = run(command, text.len(), 0);
        let answer = OUTPUT.take();
        assert_eq!(answer.len(), length);
        answer
    }

    #[test]
    fn an_answer_is_the_librarys() {
        let case = r#"{"operation": "ims.whole-image"}"#;
        assert!(!call(9, case).contains("citations") && call(12, "case.operation").contains("README"));
        assert_eq!(call(12, "none.such"), "null");
        assert_eq!(call(11, case), image_preflight::check(case).to_json(Locale::ENGLISH));
        assert!(call(10, "").contains("ims.whole-image"));
        let _ = words();
        let allowed = r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}, "body": {"name": "n"}, "facts":
            {"image": {"fullEcs": false, "iso": false, "status": "active", "os": "linux", "visibility": "private"},
            "destinationQuota": {"images": 1}}}"#
            .replace('\n', "");
        let reports: Vec<serde_json::Value> =
            serde_json::from_str(&call(1, &format!("{case}\n\n{allowed}\n[]\n"))).expect("a JSON array");
        assert_eq!(reports.len(), 2);
        let no_findings = u32::try_from(CODE | 1 << 8).expect("it is short");
        assert_eq!(with_words(|words| words.get(..4).map(<[u32]>::to_vec)), Some(vec![3, 0, no_findings, 0]));
        assert_eq!(batch(b"{}\n{}", &mut [0, 0], Locale::ENGLISH).matches("case.operation").count(), 1);
        assert!(call(2, r#"{"facts": {}}"#).contains("image.share"));
        assert!(call(3, r#"{"facts": {}}"#).contains("cn-north-4"));
        assert!(call(4, r#"{"__image_size": "1"}"#).contains(r#""sizeBytes":1"#));
        assert!(call(5, r#"{"answer": "IMG.0142"}"#).contains("region-differs"));
        assert!(call(6, "").contains("size-cap"));
        assert!(call(7, r#"{"case": "{}"}"#).contains("case.operation"));
        let unknown_region = call(2, r#"{"facts": {"sourceRegion": "mars-1"}}"#);
        assert!(unknown_region.contains(r#""problems":[]"#) && unknown_region.contains(r#""answer":[{"#));
        assert_eq!(run(99, 0, 0), ABSENT);
    }

    #[cfg(feature = "plan")]
    #[test]
    fn plans_and_jobs_are_the_librarys() {
        assert!(call(16, r#"{"cases": ["{}"], "options": {}}"#).contains(r#""state":"denied""#));
        assert!(call(16, r#"{"cases": [], "options": {"running": [0]}}"#).contains(r#"{"problem":"#));
        let begun = r#"{"operation": "ims.in-region-copy", "answer": "{\"job_id\": \"j\"}", "parameters": {}}"#;
        assert!(call(17, begun).contains("/v1/cloudimages/job/j"));
        assert!(call(18, "{}").contains(r#"{"problem":"#));
        assert_eq!(run(19, 0, 0), ABSENT);
    }

    #[test]
    fn an_edition_and_a_status_are_used() {
        use image_preflight::{Edition, Facts, capabilities_with, destinations_with, explain};
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("it is JSON");
        let facts = r#"{"sourceRegion": "cn-north-4", "image": {"fullEcs": true, "sizeBytes": 200000000000}}"#;
        let known = Facts::from_json(facts).0;
        let mut answers = std::collections::HashSet::new();
        for name in Edition::names() {
            let edition = Edition::from_name(name).expect("it is one of them");
            let asked = format!(r#"{{"facts": {facts}, "edition": "{name}"}}"#);
            let reports = capabilities_with(&known, &edition);
            let reports: Vec<_> = reports.iter().map(|of| value(&of.report().to_json(Locale::ENGLISH))).collect();
            let answer = call(2, &asked);
            assert_eq!(value(&answer)["answer"], serde_json::json!(reports), "{name}");
            let regions = destinations_with(&known, &edition);
            let regions: Vec<_> = regions.iter().map(|of| of.localized(Locale::ENGLISH)).collect();
            assert_eq!(value(&call(3, &asked))["answer"], serde_json::json!(regions), "{name}");
            answers.insert(answer);
        }
        assert!(answers.len() > 2, "editions differ");
        assert!(value(&call(2, r#"{"facts": {}, "edition": "none"}"#))["answer"].is_null());
        for status in [400, 403, 409, 500, 503] {
            let expected = explain(Some(status), "what no document has");
            let asked = format!(r#"{{"status": {status}, "answer": "what no document has"}}"#);
            assert_eq!(value(&call(5, &asked)), serde_json::json!(expected.localized(Locale::ENGLISH)), "{status}");
        }
        assert_ne!(call(5, r#"{"status": 403, "answer": "x"}"#), call(5, r#"{"answer": "x"}"#));
    }
}
