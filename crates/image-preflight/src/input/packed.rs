//! The packed door: a case that another program holds as an object. Writing it as JSON would cost more than checking it, so its
//! known parts lie side by side: a few numbers each, and their texts one behind the other.

use crate::catalogue;
use crate::check::report::Report;
use crate::finding::findings::Findings;
use crate::input::edition::read_edition;
use crate::input::facts::read_packed_facts;
use crate::input::text::CaseVerdict;
use crate::json::{Number, Reader, Text, Value};
use crate::rule::draft::{Draft, given};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;

/// What the lowest bits of a value's word say; the others are the length of its text.
mod tag {
    pub(crate) const ABSENT: u32 = 0;
    pub(crate) const FALSE: u32 = 1;
    pub(crate) const TRUE: u32 = 2;
    /// An integer from 0 to 2^53 − 1, in the next two words: the low one, then the high one.
    pub(crate) const NATURAL: u32 = 3;
    pub(crate) const TEXT: u32 = 4;
    /// Any other value, as JSON.
    pub(crate) const JSON: u32 = 5;
    pub(crate) const BITS: u32 = 3;
}

/// Checks a case whose parts lie side by side, as the npm package lays JavaScript's objects out. There is no report where they do
/// not fit together, or where somebody has to be told about JSON itself; then [`check`](crate::check) has one.
///
/// `words` begins with the length of `text` in UTF-16 units, and the operation's place among [`operations`](crate::operations). The
/// parameters of its address follow, the fields of its body, the facts in the order of [`Fact::ALL`](crate::Fact::ALL), what
/// IMS and what JD Cloud returned, and the edition. Before each object stands 1, or 0 where it is absent; before the images by their
/// ids, how many there are. A value is one word: 0 where it is absent, 1 for false, 2 for true, 3 for an integer whose low and high
/// half follow, 4 for a text, 5 for anything else as JSON; with eight times the length of its text, in UTF-16 units. `text` holds
/// these texts.
///
/// ```
/// use image_preflight::{Verdict, check_packed};
/// // Five units; the second operation, an in-region copy, with an address, a body of four fields and no facts.
/// let words = [5, 1, 1, 4 + 8 * 2, 1, 4 + 8 * 3, 0, 0, 0, 0, 0];
/// let report = check_packed(&words, "idcat").unwrap();
/// assert_eq!((report.operation().unwrap().id(), report.verdict()), ("ims.in-region-copy", Verdict::Undetermined));
/// assert!(check_packed(&words, "idca").is_none());
/// ```
#[must_use]
pub fn check_packed<'a>(words: &[u32], text: &'a str) -> Option<Report<'a>> {
    evaluated(words, text, Findings::default())
}

/// The verdict of [`check_packed`] alone: no finding is put together for it.
///
/// ```
/// let words = [5, 1, 1, 4 + 8 * 2, 1, 4 + 8 * 3, 0, 0, 0, 0, 0];
/// let found = image_preflight::verdict_packed(&words, "idcat").unwrap();
/// assert_eq!(found.verdict, image_preflight::Verdict::Undetermined);
/// ```
#[must_use]
pub fn verdict_packed(words: &[u32], text: &str) -> Option<CaseVerdict> {
    evaluated(words, text, Findings::only_verdict()).map(|report| CaseVerdict::of(&report))
}

fn evaluated<'a>(words: &[u32], text: &'a str, findings: Findings<'a>) -> Option<Report<'a>> {
    let mut report = Report::begin(Draft::default(), Edition::default());
    report.findings = findings;
    let mut facts = Facts::default();
    let (units, words) = words.split_first()?;
    let is_ascii = usize::try_from(*units) == Ok(text.len());
    read(&mut Parts { words, text, is_ascii }, &mut report, &mut facts)?;
    report.evaluate(&facts);
    Some(report)
}

fn read<'a>(parts: &mut Parts<'_, 'a>, report: &mut Report<'a>, facts: &mut Facts<'a>) -> Option<()> {
    let operation = catalogue::operations().nth(parts.word()?.try_into().ok()?)?;
    report.operation = Some(operation);
    if parts.has_object()? {
        for _ in operation.path {
            report.draft.path = given(parts.value(2)?);
        }
    }
    if parts.has_object()? {
        for slot in 0..operation.body.len() {
            report.draft.set(slot, parts.value(2)?);
        }
    }
    if parts.has_object()? {
        report.draft.object = read_packed_facts(parts, facts, &mut report.findings)?;
    }
    if let Some(edition) = given(parts.value(1)?) {
        report.edition = read_edition(&edition, &mut report.findings);
    }
    (parts.words.is_empty() && parts.text.is_empty()).then_some(())
}

/// The parts that have not been read yet.
pub(crate) struct Parts<'p, 'a> {
    words: &'p [u32],
    text: &'a str,
    /// A byte is a UTF-16 unit.
    is_ascii: bool,
}

impl<'a> Parts<'_, 'a> {
    pub(crate) fn word(&mut self) -> Option<u32> {
        let (word, rest) = self.words.split_first()?;
        self.words = rest;
        Some(*word)
    }

    /// Whether an object follows.
    pub(crate) fn has_object(&mut self) -> Option<bool> {
        match self.word()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// The next value, which stands in so many objects; null where it is absent.
    pub(crate) fn value(&mut self, depth: u32) -> Option<Value<'a>> {
        let word = self.word()?;
        let length = word >> tag::BITS;
        Some(match word & ((1 << tag::BITS) - 1) {
            tag::ABSENT => Value::Null,
            tag::FALSE => Value::Bool(false),
            tag::TRUE => Value::Bool(true),
            tag::NATURAL => {
                let (low, high) = (self.word()?, self.word()?);
                Value::Number(Number::Integer((i64::from(high) << 32) | i64::from(low)))
            }
            tag::TEXT => Value::Text(Text::plain(self.text(length)?)),
            tag::JSON => Reader::parse_value(self.text(length)?, depth)?,
            _ => return None,
        })
    }

    /// The next so many UTF-16 units of the texts.
    pub(crate) fn text(&mut self, units: u32) -> Option<&'a str> {
        let units = usize::try_from(units).ok()?;
        let bytes = if self.is_ascii { units } else { bytes_of(self.text, units)? };
        let (text, rest) = self.text.split_at_checked(bytes)?;
        self.text = rest;
        Some(text)
    }
}

/// How many bytes so many UTF-16 units take; nothing where they end amid a character.
fn bytes_of(text: &str, mut units: usize) -> Option<usize> {
    let mut chars = text.chars();
    while units > 0 {
        units = units.checked_sub(chars.next()?.len_utf16())?;
    }
    Some(text.len() - chars.as_str().len())
}
