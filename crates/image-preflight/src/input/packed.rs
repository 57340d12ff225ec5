//! The packed entry point: a case that another program holds as an object. Writing it as JSON would cost more than checking it, so its
//! known parts have a flat encoding: a few numbers each, and one string of all their texts.

use crate::catalogue;
use crate::check::case_verdict::CaseVerdict;
use crate::check::report::Report;
use crate::finding::findings::Findings;
use crate::input::edition::read_edition;
use crate::input::facts::{Objects, read_objects, read_packed_facts, subject};
use crate::input::parts::Parts;
use crate::rule::draft::{Draft, given};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;

/// Checks a case in the flat encoding that the npm package makes of JavaScript's objects. There is no report if its parts do
/// not fit together, or if a finding concerns the JSON itself; then [`check`](fn@crate::check) has one.
///
/// `words` begins with the length of `text` in UTF-16 units, and the operation's place among [`operations`](crate::operations). The
/// parameters of its address follow, the fields of its body, the facts in the order of [`fact_members`](crate::fact_members), then
/// those of these members that hold what a provider returned, and the edition. Each object is preceded by 1, or 0 if it is absent; the images by their
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
    read(&mut Parts::new(words, text, is_ascii), &mut report, &mut facts)?;
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
            operation.set(&mut report.draft, slot, parts.value(2)?);
        }
    }
    if parts.has_object()? {
        let mut objects = Objects::default();
        read_packed_facts(parts, facts, &mut objects, &mut report.findings)?;
        let subject = subject(operation, &report.draft);
        read_objects(&objects, Some(operation), &subject, facts, &mut report.findings);
    }
    if let Some(edition) = given(parts.value(1)?) {
        report.edition = read_edition(&edition, &mut report.findings);
    }
    parts.is_empty().then_some(())
}
