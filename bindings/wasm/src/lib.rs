//! image-preflight for JavaScript. The caller writes text into one buffer of this module's memory and reads the answer from
//! another, so that no string is allocated for the call. This crate has no rules, limits or messages.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[cfg(not(feature = "full"))]
mod compact;
#[cfg(feature = "full")]
mod full;
#[cfg(feature = "full")]
mod more;
#[cfg(feature = "full")]
mod plan;

use image_preflight::{
    CaseVerdict, Fact, Operation, Packed, Report, Verdict, check_packed, operations, rules, verdict_packed,
};
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(not(feature = "full"))]
use compact as answers;
#[cfg(not(feature = "full"))]
pub use compact::numbers;
#[cfg(feature = "full")]
use full as answers;
#[cfg(feature = "full")]
pub use full::locale;

thread_local! {
    static INPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static OUTPUT: Cell<String> = const { Cell::new(String::new()) };
    /// The words of a packed case; the codes that a batch returns.
    static WORDS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
    /// The facts that a rule presumes, in the order of a report. Empty until it is needed.
    static PRESUMABLE: Cell<Vec<Fact>> = const { Cell::new(Vec::new()) };
}

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

/// Reserves a number of words, of a packed case or of the codes of a batch, and returns their address; 0 if the allocation fails.
#[wasm_bindgen]
#[must_use]
pub fn words(count: usize) -> usize {
    let mut words = WORDS.take();
    let missing = count.saturating_sub(words.len());
    if words.try_reserve_exact(missing).is_err() {
        return 0;
    }
    words.resize(words.len() + missing, 0);
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

fn code_of(report: &Report<'_>) -> usize {
    code(CaseVerdict { operation: report.operation(), verdict: report.verdict() })
}

/// The code of a report's verdict, if there is no more to it: no findings.
fn whole_code(report: &Report<'_>) -> Option<usize> {
    let presumed = presumed_bits(report).filter(|_| report.findings().is_empty())?;
    Some(code_of(report) | presumed << PRESUMED_SHIFT)
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

/// Runs a command on the first `length` bytes of the input. Returns the length of the answer, or the code of the verdict if that is
/// the whole answer, or `ABSENT` if there is no such command.
#[wasm_bindgen]
#[must_use]
pub fn run(command: u32, length: usize, locale: u32) -> usize {
    with_input(length, |text| match command {
        10 => Ok(names()),
        _ => answers::answer(command, text, locale),
    })
}

/// Checks a packed case: the first `words` words, and the first `length` bytes of the input. Command 0 returns the code of the verdict
/// alone, command 9 what [`run`] returns for a report; both `ABSENT` if there is no report, because the case must be passed as one value.
#[wasm_bindgen]
#[must_use]
pub fn run_packed(command: u32, words: usize, length: usize, locale: u32) -> usize {
    with_words(|all| {
        with_input(length, |text| {
            let text = std::str::from_utf8(text).unwrap_or_default();
            let case = Packed::new(all.get(..words).unwrap_or_default(), text);
            if command == 0 {
                return Err(verdict_packed(&case).map_or(ABSENT, code));
            }
            // By reference: a report is not moved.
            match &check_packed(&case) {
                Some(report) => answers::report(report, locale),
                None => Err(ABSENT),
            }
        })
    })
}

fn with_words<T>(what: impl FnOnce(&mut [u32]) -> T) -> T {
    let mut words = WORDS.take();
    let given = what(&mut words);
    if words.capacity() > MAX_RETAINED_BYTES / size_of::<u32>() {
        words = Vec::new();
    }
    WORDS.set(words);
    given
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

/// The version, which must be the caller's, and the names for the numbers in a code, a line each: operations, verdicts, facts that may
/// be presumed; then the ids of the rules.
fn names() -> String {
    let presumed = with_presumable(|all| all.iter().map(|fact| fact.pointer()).collect());
    let lists: [Vec<&str>; 4] = [
        operations().map(Operation::id).collect(),
        VERDICTS.map(Verdict::as_str).into(),
        presumed,
        rules().map(|rule| rule.id).collect(),
    ];
    let mut text = env!("CARGO_PKG_VERSION").to_owned();
    for list in lists {
        for (index, name) in list.into_iter().enumerate() {
            text.push(if index == 0 { '\n' } else { ' ' });
            text.push_str(name);
        }
    }
    text
}
