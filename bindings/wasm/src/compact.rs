//! Reports as numbers and one text. The module has no sentences.

use crate::{ABSENT, MAX_RETAINED_BYTES, OUTPUT, code_of, whole_code};
use image_preflight::{Compact, Report};
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

/// A third of the size of the standard library's.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    static NUMBERS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

/// The address of the numbers of the last report: how many there are, and the code of its verdict, come first.
#[wasm_bindgen]
#[must_use]
pub fn numbers() -> usize {
    let numbers = NUMBERS.take();
    let place = numbers.as_ptr() as usize;
    NUMBERS.set(numbers);
    place
}

/// The text of a report, whose numbers are kept; or the code of its verdict if there are no findings.
pub(crate) fn report(report: &Report<'_>, _: u32) -> Result<String, usize> {
    if let Some(code) = whole_code(report) {
        return Err(code);
    }
    let mut text = OUTPUT.take();
    text.clear();
    let mut numbers = NUMBERS.take();
    if numbers.capacity() > MAX_RETAINED_BYTES / size_of::<u32>() {
        numbers = Vec::new();
    }
    numbers.clear();
    numbers.extend([0, u32::try_from(code_of(report)).unwrap_or_default()]);
    let mut compact = Compact { numbers, text };
    report.write_compact(&mut compact);
    let Compact { mut numbers, text } = compact;
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    if let Some(first) = numbers.first_mut() {
        *first = count;
    }
    NUMBERS.set(numbers);
    Ok(text)
}

/// There are no other commands.
pub(crate) fn answer(_: u32, _: &[u8], _: u32) -> Result<String, usize> {
    Err(ABSENT)
}
