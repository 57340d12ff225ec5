//! The packed entry point: a case that another program holds as an object. Writing it as JSON would cost more than checking it, so its
//! known parts have a flat encoding: a few numbers each, and one string of all their texts.

use crate::catalogue;
use crate::check::case_verdict::CaseVerdict;
use crate::check::report::Report;
use crate::finding::findings::Findings;
use crate::finding::repeated::Keys;
use crate::finding::syntax::syntax;
use crate::input::case::{Form, fill};
use crate::input::edition::read_edition;
use crate::input::facts::{Objects, read_objects, read_packed_facts};
use crate::json::{Packed, Parts, Source, SyntaxError, Value};
use crate::rule::draft::{Draft, given};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;

impl<'a> Form<'a> for &'a Packed<'a> {
    type Source = Parts<'a>;

    fn object<T>(self, read: impl FnOnce(&mut Parts<'a>) -> T) -> Result<T, SyntaxError> {
        Packed::object(self, read)
    }

    fn syntax(self, error: SyntaxError) -> Findings<'a> {
        syntax(self.text(), error)
    }

    fn report_repeated(self, _: Keys, _: &mut Findings<'a>) {
        // No key comes twice.
    }
}

/// Checks a case in the flat encoding of [`Packed`]. There is no report if its parts do not fit together, or if too many images are
/// listed among those that have their places; as one value, such a case has one.
///
/// ```
/// use image_preflight::{Packed, check_packed};
/// let words = [5, 1, 1, 4 + 8 * 2, 1, 4 + 8 * 3, 0, 0, 0, 0, 0];
/// assert!(check_packed(&Packed::new(&words, "idcat")).is_some());
/// assert!(check_packed(&Packed::new(&words, "idca")).is_none());
/// ```
#[must_use]
pub fn check_packed<'a>(case: &'a Packed<'a>) -> Option<Report<'a>> {
    let mut report = Report::begin(Draft::default(), Edition::default());
    evaluate(&mut report, case)?;
    Some(report)
}

/// The verdict of [`check_packed`] alone: no finding is put together for it.
///
/// ```
/// use image_preflight::{Packed, Verdict, verdict_packed};
/// let words = [5, 1, 1, 4 + 8 * 2, 1, 4 + 8 * 3, 0, 0, 0, 0, 0];
/// let found = verdict_packed(&Packed::new(&words, "idcat")).unwrap();
/// assert_eq!(found.verdict, Verdict::Undetermined);
/// ```
#[must_use]
pub fn verdict_packed(case: &Packed<'_>) -> Option<CaseVerdict> {
    let mut report = Report::begin(Draft::default(), Edition::default());
    report.findings.want_only_verdict();
    evaluate(&mut report, case)?;
    Some(CaseVerdict::of(&report))
}

/// Reads and judges a case; nothing if its parts do not fit together.
fn evaluate<'a>(report: &mut Report<'a>, case: &'a Packed<'a>) -> Option<()> {
    if case.is_any_case() {
        any_case(report, case);
    } else {
        let mut facts = Facts::default();
        read(&mut case.parts()?, report, &mut facts)?;
        report.evaluate(&facts);
    }
    (!case.is_broken()).then_some(())
}

#[cold]
#[inline(never)]
fn any_case<'a>(report: &mut Report<'a>, case: &'a Packed<'a>) {
    fill(report, case, &Edition::default());
}

fn read<'a>(parts: &mut Parts<'a>, report: &mut Report<'a>, facts: &mut Facts<'a>) -> Option<()> {
    let operation = catalogue::operations().nth(parts.word()?.try_into().ok()?)?;
    report.operation = Some(operation);
    if parts.has_object()? {
        for _ in operation.path {
            report.draft.path = given(parts.member_value());
        }
    }
    if parts.has_object()? {
        for slot in 0..operation.body.len() {
            if parts.is_absent() {
                continue;
            }
            // A text goes to its place without being put together before.
            match parts.text() {
                Some(text) => operation.set(&mut report.draft, slot, Value::Text(text)),
                None => operation.set(&mut report.draft, slot, parts.value()),
            }
        }
    }
    if parts.has_object()? {
        let mut objects = Objects::default();
        read_packed_facts(parts, facts, &mut objects, &mut report.findings)?;
        let subject = operation.subject(&report.draft);
        read_objects(&objects, Some(operation), &subject, facts, &mut report.findings);
    }
    if !parts.is_absent() {
        report.edition = read_edition(&parts.value(), &mut report.findings);
    }
    parts.is_empty().then_some(())
}
