//! Panics that the search in `src/panics.rs` must find: each function of this file but the last has one, of a kind that occurs in
//! ordinary code. `cargo xtask npm` builds and searches it like the module; it is never shipped.
#![crate_type = "cdylib"]
#![allow(missing_docs)]

use std::cell::RefCell;

thread_local! {
    static CELL: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What is found of each, by the end of the function's name.
#[unsafe(no_mangle)]
pub extern "C" fn control(kind: u32, at: usize) -> usize {
    let list: Vec<usize> = (0..at).collect();
    let text = "镜像".repeat(at);
    match kind {
        0 => explicit(at),
        1 => index(&list, at),
        2 => unwrap(list.first().copied()),
        3 => expect(list.last().copied()),
        4 => result(text.parse()),
        5 => slice(&list, at),
        6 => part_of_a_text(&text, at),
        7 => borrow(at),
        8 => copy(&list, at),
        9 => division(at, text.len()),
        10 => insert(list, at),
        11 => unreachable(at),
        12 => plan::tree(at),
        _ => harmless(&list, at),
    }
}

#[inline(never)]
fn explicit(at: usize) -> usize {
    if at == 7 { panic!("a panic of our own") } else { at }
}
#[inline(never)]
fn index(list: &[usize], at: usize) -> usize {
    list[at]
}
#[inline(never)]
fn unwrap(of: Option<usize>) -> usize {
    of.unwrap()
}
#[inline(never)]
fn expect(of: Option<usize>) -> usize {
    of.expect("it is there")
}
#[inline(never)]
fn result(of: Result<usize, std::num::ParseIntError>) -> usize {
    of.unwrap()
}
#[inline(never)]
fn slice(list: &[usize], at: usize) -> usize {
    list[at..].len()
}
#[inline(never)]
fn part_of_a_text(text: &str, at: usize) -> usize {
    text[at..].len()
}
#[inline(never)]
fn borrow(at: usize) -> usize {
    CELL.with(|cell| {
        let first = cell.borrow_mut();
        if at == 3 { cell.borrow_mut().len() } else { first.len() }
    })
}
#[inline(never)]
fn copy(list: &[usize], at: usize) -> usize {
    let mut into = [0; 4];
    into[..at.min(4)].copy_from_slice(list);
    into.iter().sum()
}
#[inline(never)]
fn division(at: usize, by: usize) -> usize {
    at / by
}
#[inline(never)]
fn insert(mut list: Vec<usize>, at: usize) -> usize {
    list.insert(at, 1);
    list.len()
}
#[inline(never)]
fn unreachable(at: usize) -> usize {
    if at == 5 { unreachable!() } else { at + 1 }
}
/// Found as well, unless the Rust module is skipped.
mod plan {
    #[inline(never)]
    pub(super) fn tree(at: usize) -> usize {
        if at == 9 { panic!("a panic of another module") } else { at + 2 }
    }
}
#[inline(never)]
fn harmless(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or_default()
}
