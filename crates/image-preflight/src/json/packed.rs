//! A case that another program holds as words and one string: the data. How it is read is in `parts.rs`.

use std::sync::atomic::{AtomicBool, Ordering};

/// A case in the flat encoding that the npm package makes of JavaScript's objects: words, and one string of all texts.
///
/// The words begin with the length of the string in UTF-16 units, and the operation's place among
/// [`operations`](crate::operations). The parameters of its address follow, the fields of its body, the facts in the order of
/// [`fact_members`](crate::fact_members), then those of these members that hold what a provider returned, and the edition. Each
/// object is preceded by 1, or 0 if it is absent; the images by their ids, how many there are.
///
/// A value is one word: 0 where it is absent, 1 for false, 2 for true, 3 for an integer from 0 to 2^53 − 1, whose low and high half
/// follow, 4 for a text, 5 for another number as JSON writes it, 6 for an array, 7 for an object. A text and a number have eight times
/// their length in UTF-16 units added; an array and an object eight times the number of words that their parts take, which follow the
/// length of the texts of these parts. Before each value of an object comes the length of its key. No key comes twice.
///
/// In the place of the operation, 2^32 − 1 says that the case is one value, which follows: a case that has other members than those above.
/// One less says that the string is JSON which no reader takes: 0 and a number of UTF-16 units follow where it is nested too deep behind
/// that place, 1 and a number where half of a surrogate pair is there.
///
/// ```
/// use image_preflight::{Packed, Verdict, check_packed};
/// // Five units; the second operation, an in-region copy, with an address, a body of four fields and no facts.
/// let case = Packed::new(&[5, 1, 1, 4 + 8 * 2, 1, 4 + 8 * 3, 0, 0, 0, 0, 0], "idcat");
/// let report = check_packed(&case).unwrap();
/// assert_eq!((report.operation().unwrap().id(), report.verdict()), ("ims.in-region-copy", Verdict::Undetermined));
/// // The case is the object {"note": []}.
/// let case = Packed::new(&[4, u32::MAX, 7 + 8 * 3, 4, 4, 6, 0], "note");
/// assert_eq!(check_packed(&case).unwrap().verdict(), Verdict::Invalid);
/// ```
#[derive(Debug)]
pub struct Packed<'a> {
    pub(super) words: &'a [u32],
    pub(super) text: &'a str,
    /// Whether parts have been found that do not fit together.
    is_broken: AtomicBool,
}

impl<'a> Packed<'a> {
    /// A case of these words and texts.
    #[must_use]
    pub fn new(words: &'a [u32], text: &'a str) -> Self {
        Packed { words, text, is_broken: AtomicBool::new(false) }
    }

    /// Whether parts have been found that do not fit together: what has been read is worth nothing then.
    pub(crate) fn is_broken(&self) -> bool {
        self.is_broken.load(Ordering::Relaxed)
    }

    /// Its texts.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    #[cold]
    pub(super) fn broken<T>(&self, instead: T) -> T {
        self.is_broken.store(true, Ordering::Relaxed);
        instead
    }
}

/// An array or an object among the parts, by the place of its first word and of its texts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tree<'a> {
    pub(super) packed: &'a Packed<'a>,
    pub(super) word: u32,
    pub(super) byte: u32,
}
