//! image-preflight for JavaScript. Text goes in through a window of this module's memory that the other side writes to, and
//! comes out through another that it reads: no string is allocated for the crossing. There is no rule in here, no limit and
//! no message.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[cfg(feature = "more")]
mod more;

use image_preflight::{
    CaseVerdict, Locale, Operation, Report, Verdict, check_bytes, check_packed, operations, rule, verdict_bytes,
    verdict_packed,
};
use serde::Serialize;
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static INPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static OUTPUT: Cell<String> = const { Cell::new(String::new()) };
    /// What a packed case consists of beside its texts; the codes that a batch gives.
    static WORDS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

/// There is room for so many of them.
const MAX_WORDS: usize = 8192;

/// A buffer that has grown beyond this is given back after the call.
const MAX_RETAINED_BYTES: usize = 1 << 20;

/// Makes room for a text of so many bytes, and says where; 0 when there is no such room.
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

/// Where the words of a packed case go, and those of a batch come from.
#[wasm_bindgen]
#[must_use]
pub fn words() -> usize {
    let mut words = WORDS.take();
    words.resize(MAX_WORDS, 0);
    let place = words.as_ptr() as usize;
    WORDS.set(words);
    place
}

/// Where the last answer stands.
#[wasm_bindgen]
#[must_use]
pub fn output() -> usize {
    let text = OUTPUT.take();
    let place = text.as_ptr() as usize;
    OUTPUT.set(text);
    place
}

/// Which language a tag in the input means, as a number for [`run`].
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

/// The verdict of a case as a number: this bit, the verdict's place among [`VERDICTS`], and the place of its operation among all
/// (one more than there are where it names none).
const CODE: usize = 1 << 30;
const VERDICTS: [Verdict; 3] = [Verdict::Allowed, Verdict::Denied, Verdict::Undetermined];

/// In the place of an answer: this module has no such command.
const ABSENT: usize = CODE - 1;

fn code(CaseVerdict { operation, verdict }: CaseVerdict) -> usize {
    let verdict = VERDICTS.iter().position(|known| *known == verdict).unwrap_or_default();
    let place = operation.and_then(|its| operations().position(|operation| std::ptr::eq(operation, its)));
    let operation = place.unwrap_or_else(|| operations().count());
    CODE | verdict << 16 | operation << 8
}

/// The report as text without citations, or its code where nothing is to be said of the case and the code is the whole report.
fn brief_report(report: &Report<'_>, locale: Locale) -> Result<String, usize> {
    let verdict = CaseVerdict { operation: report.operation(), verdict: report.verdict() };
    if report.findings().is_empty() { Err(code(verdict)) } else { Ok(report.to_brief_json(locale)) }
}

/// The citations of a rule.
fn citations(id: &str) -> String {
    json(&rule(id).map(|rule| rule.citations))
}

/// Strings, numbers and lists only: there is nothing in what goes over that serde_json refuses.
fn json(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

/// Runs a command on the first `length` bytes of the input; gives the length of the answer, or the verdict's code where that is
/// the whole answer, or what says that there is no such command.
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
            12 => Ok(citations(std::str::from_utf8(text).unwrap_or_default())),
            #[cfg(feature = "more")]
            _ => more::answer(command, std::str::from_utf8(text).unwrap_or_default(), locale).ok_or(ABSENT),
            #[cfg(not(feature = "more"))]
            _ => Err(ABSENT),
        }
    })
}

/// Checks a packed case: so many words, and the first `length` bytes of the input. Gives what [`run`] gives for the command 0, the
/// verdict alone, or 9; and what says that there is no such command where the case is to be written as JSON after all.
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

/// Answers about the first `length` bytes of the input: puts the text down and gives its length, or gives the number in its place.
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

/// Gives back what the last answer took.
#[wasm_bindgen]
pub fn release() {
    let text = OUTPUT.take();
    if text.capacity() <= MAX_RETAINED_BYTES {
        OUTPUT.set(text);
    }
}

/// A case a line. The first word says how many there are; the others are their codes, or 0 where a code is not the whole report:
/// those reports come as a JSON array. Lines for which there are no words are left out.
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

/// What the numbers of a code mean, and whose numbers they are: the other side must be of the same version.
#[derive(Serialize)]
struct Names {
    version: &'static str,
    operations: Vec<&'static str>,
    verdicts: [&'static str; 3],
}

fn names() -> String {
    let operations = operations().map(Operation::id).collect();
    json(&Names { version: env!("CARGO_PKG_VERSION"), operations, verdicts: VERDICTS.map(Verdict::as_str) })
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
            {"image": {"fullEcs": false, "iso": false, "status": "active", "os": "linux"}}}"#
            .replace('\n', "");
        let reports: Vec<serde_json::Value> =
            serde_json::from_str(&call(1, &format!("{case}\n\n{allowed}\n[]\n"))).expect("a JSON array");
        assert_eq!(reports.len(), 2);
        let quiet = u32::try_from(CODE | 1 << 8).expect("it is short");
        assert_eq!(with_words(|words| words.get(..4).map(<[u32]>::to_vec)), Some(vec![3, 0, quiet, 0]));
        assert_eq!(batch(b"{}\n{}", &mut [0, 0], Locale::ENGLISH).matches("case.operation").count(), 1);
        assert!(call(2, r#"{"facts": {}}"#).contains("image.share"));
        assert!(call(3, r#"{"facts": {}}"#).contains("cn-north-4"));
        assert!(call(4, r#"{"__image_size": "1"}"#).contains(r#""sizeBytes":1"#));
        assert!(call(5, r#"{"answer": "IMG.0142"}"#).contains("region-differs"));
        assert!(call(6, "").contains("size-cap"));
        assert!(call(7, r#"{"case": "{}"}"#).contains("case.operation"));
        assert!(call(2, r#"{"facts": {"sourceRegion": "mars-1"}}"#).contains(r#""problems":[]"#));
        assert_eq!(run(99, 0, 0), ABSENT);
    }
}
