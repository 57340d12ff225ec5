//! The collector of findings: sorted, bounded, with the verdict that they imply.

use crate::field::violation::MAX_VIOLATIONS;
use crate::finding::finding::{Finding, Outcome};
use crate::finding::fix::{Fix, Fixes, PatchOperation};
use crate::finding::verdict::Verdict;
use crate::json::{JsonType, Value};
use crate::message::message::Message;
use crate::message::param::{Param, Params, wrong_type};
use crate::message::violation_kind::ViolationKind;
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Rule, Severity};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The most findings that a report has, and the most elements of a list that are looked at one by one: hostile input must
/// neither exhaust the memory nor take for ever. Where there are more, a finding of its own says so.
pub(crate) const MAX_FINDINGS: usize = MAX_VIOLATIONS;

/// The most bytes of a user's text (keys and ids in pointers, values in patches) that the findings of a report hold together,
/// unless a single finding holds more. It does not depend on the text of the case, because a report must not depend on white
/// space.
const MAX_USER_BYTES: usize = 256 << 10;

/// So few are kept in order from the start: inserting one costs less than sorting later.
const FEW: usize = 32;

/// Findings in the order of a report. Empty, it has allocated nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings<'a> {
    /// The first [`FEW`] are in order, the others are sorted at the end.
    list: Vec<Finding<'a>>,
    /// How many bytes of a user's text they hold.
    bytes: usize,
    /// Once there are more than a report has. Then the list is empty.
    overflow: Option<Box<Overflow<'a>>>,
    /// What all findings amount to, kept or cut.
    verdict: Verdict,
    /// Whether only the verdict is wanted: then no finding is kept.
    only_verdict: bool,
    /// What rules that are presumed to hold still want, in order.
    presumed: Vec<Missing<'a>>,
    /// Whether a fix has a patch that must be tried before it is offered.
    has_patches: bool,
}

/// More findings than a report has: those of the worst severity are kept, among these the first in the order of a report. So
/// what is kept does not depend on the order in which they are found.
#[derive(Clone, Debug, Default)]
struct Overflow<'a> {
    /// The one that is cut next comes first.
    kept: BinaryHeap<Ranked<'a>>,
    /// The first of those that were cut: what follows it is cut too.
    first_cut: Option<Ranked<'a>>,
    cut: u64,
    worst_cut: Option<Severity>,
    found: usize,
}

/// A finding among those that compete for the bounded list.
#[derive(Clone, Debug)]
struct Ranked<'a> {
    finding: Finding<'a>,
    /// Its number in the order of discovery: it separates equal ones.
    number: usize,
}

impl Ranked<'_> {
    fn compare(
        &self,
        severity: Severity,
        finding_order: (&At, &'static str, Option<ViolationKind>),
        number: usize,
    ) -> Ordering {
        let Ranked { finding, number: own } = self;
        finding.severity.cmp(&severity).then(finding.order().cmp(&finding_order)).then(own.cmp(&number))
    }
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.compare(other.finding.severity, other.finding.order(), other.number)
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked<'_> {}

impl<'a> Overflow<'a> {
    fn push(&mut self, finding: Finding<'a>, bytes: &mut usize) {
        let new = Ranked { finding, number: self.found };
        self.found += 1;
        if self.first_cut.as_ref().is_some_and(|cut| new >= *cut) {
            return self.count(new.finding.severity, 1);
        }
        *bytes = bytes.saturating_add(new.finding.user_bytes());
        self.kept.push(new);
        // One more says that there are more.
        while self.kept.len() > 1 && (self.kept.len() >= MAX_FINDINGS || *bytes > MAX_USER_BYTES) {
            let Some(cut) = self.kept.pop() else { break };
            *bytes = bytes.saturating_sub(cut.finding.user_bytes());
            self.count(cut.finding.severity, 1);
            self.first_cut = Some(cut);
        }
    }

    fn count(&mut self, severity: Severity, more: u64) {
        self.cut = self.cut.saturating_add(more);
        self.worst_cut = Some(self.worst_cut.map_or(severity, |worst| worst.min(severity)));
    }
}

/// Sorts findings by their order in a report. A heap does it: the standard library's sort would be a tenth of the WebAssembly
/// module.
fn sorted<'a>(findings: impl Iterator<Item = Ranked<'a>>) -> Vec<Finding<'a>> {
    struct InOrder<'a>(Ranked<'a>);
    impl InOrder<'_> {
        fn key(&self) -> ((&At, &'static str, Option<ViolationKind>), usize) {
            (self.0.finding.order(), self.0.number)
        }
    }
    impl Ord for InOrder<'_> {
        fn cmp(&self, other: &Self) -> Ordering {
            self.key().cmp(&other.key())
        }
    }
    impl PartialOrd for InOrder<'_> {
        fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
            Some(self.cmp(other))
        }
    }
    impl PartialEq for InOrder<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.key() == other.key()
        }
    }
    impl Eq for InOrder<'_> {}
    let heap: BinaryHeap<_> = findings.map(InOrder).collect();
    heap.into_sorted_vec().into_iter().map(|InOrder(ranked)| ranked.finding).collect()
}

fn ranked(list: Vec<Finding<'_>>) -> impl Iterator<Item = Ranked<'_>> {
    list.into_iter().enumerate().map(|(number, finding)| Ranked { finding, number })
}

impl<'a> Findings<'a> {
    /// Says that only the verdict is wanted: then no finding is kept.
    pub(crate) fn want_only_verdict(&mut self) {
        self.only_verdict = true;
    }

    /// None yet, and collected in the same way.
    pub(crate) fn cleared(&self) -> Self {
        Findings { only_verdict: self.only_verdict, ..Self::default() }
    }

    /// The verdict: of everything that was found, whatever was cut.
    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Ends the collection: sorts the findings; if some did not fit, one finding says so.
    #[inline]
    pub(crate) fn end(&mut self) {
        if self.list.len() > FEW || self.overflow.is_some() {
            self.sort();
        }
    }

    #[cold]
    #[inline(never)]
    fn sort(&mut self) {
        let Some(overflow) = self.overflow.take() else {
            self.list = sorted(ranked(std::mem::take(&mut self.list)));
            return;
        };
        let Overflow { kept, cut, worst_cut, .. } = *overflow;
        self.list = sorted(kept.into_iter());
        if let Some(severity) = worst_cut {
            let rule = &crate::finding::case_rules::TOO_MANY_FINDINGS;
            let at = At::section(Section::Case);
            let params = Params::default().with("beyond", Param::count(cut));
            let fixes = [Fix::message(rule.fix)].into();
            let finding = Finding {
                rule,
                outcome: Outcome::Violated,
                severity,
                at,
                kind: None,
                message: rule.violated,
                params,
                missing: Vec::new(),
                fixes,
            };
            let place = self.list.partition_point(|other| other.order() <= finding.order());
            self.list.insert(place, finding);
        }
    }

    /// The same, free of what they borrowed.
    pub(crate) fn into_owned(mut self) -> Findings<'static> {
        self.end();
        Findings {
            list: self.list.into_iter().map(Finding::into_owned).collect(),
            bytes: self.bytes,
            overflow: None,
            verdict: self.verdict,
            only_verdict: self.only_verdict,
            has_patches: self.has_patches,
            presumed: self.presumed.into_iter().map(Missing::into_owned).collect(),
        }
    }

    /// What has been found, in order.
    pub(crate) fn as_slice(&self) -> &[Finding<'a>] {
        &self.list
    }

    /// The findings when all have been collected.
    pub(crate) fn into_list(mut self) -> Vec<Finding<'a>> {
        self.end();
        self.list
    }

    /// What a finding says of the verdict.
    #[inline]
    fn note(&mut self, rule: &'static Rule, severity: Severity, outcome: Outcome) {
        if severity == Severity::Error {
            self.verdict = self.verdict.or_worse(match outcome {
                Outcome::Violated if rule.is_of_case => Verdict::Invalid,
                Outcome::Violated => Verdict::Denied,
                Outcome::Unknown => Verdict::Undetermined,
            });
        }
    }

    /// Notes what a rule that is presumed to hold still wants.
    #[cold]
    #[inline(never)]
    pub(crate) fn presume(&mut self, wanted: Missing<'a>) {
        if self.only_verdict {
            return;
        }
        // Mostly rules come in the order of what they want.
        match self.presumed.last() {
            Some(last) if *last >= wanted => {
                if let Err(place) = self.presumed.binary_search(&wanted) {
                    self.presumed.insert(place, wanted);
                }
            }
            _ => self.presumed.push(wanted),
        }
    }

    /// What the verdict presumes: nothing once it is settled.
    pub(crate) fn presumed(&self) -> &[Missing<'a>] {
        match self.verdict {
            Verdict::Allowed | Verdict::Undetermined => &self.presumed,
            Verdict::Denied | Verdict::Invalid => &[],
        }
    }

    /// Whether a broken rule is still to be put into words. Where it is not, because only the verdict is wanted or because there
    /// is no room for it, it is counted here, and nothing more need be done.
    pub(crate) fn wants(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        at: &At,
        kind: Option<ViolationKind>,
    ) -> bool {
        if let Some(overflow) = &mut self.overflow
            && let Some(cut) = &overflow.first_cut
            && cut.compare(severity, (at, rule.id, kind), overflow.found) != Ordering::Greater
        {
            overflow.found += 1;
            overflow.count(severity, 1);
            self.note(rule, severity, Outcome::Violated);
            return false;
        }
        !self.notes_only(rule, severity, Outcome::Violated)
    }

    /// Whether only the verdict is wanted; then this has been noted.
    #[inline]
    pub(crate) fn notes_only(&mut self, rule: &'static Rule, severity: Severity, outcome: Outcome) -> bool {
        if self.only_verdict {
            self.note(rule, severity, outcome);
        }
        self.only_verdict
    }

    fn push(&mut self, finding: Finding<'a>) {
        self.note(finding.rule, finding.severity, finding.outcome);
        if self.only_verdict {
            return;
        }
        if let Some(overflow) = &mut self.overflow {
            return overflow.push(finding, &mut self.bytes);
        }
        self.bytes = self.bytes.saturating_add(finding.user_bytes());
        let has_room = self.list.len() < MAX_FINDINGS && self.bytes <= MAX_USER_BYTES;
        if self.list.capacity() == 0 {
            // Usually there is one, and room for four is more than an allocator has at hand.
            self.list.reserve_exact(1);
        }
        if self.list.len() < FEW {
            // They come nearly in order.
            let at = self.list.partition_point(|other| other.order() <= finding.order());
            self.list.insert(at, finding);
        } else {
            self.list.push(finding);
        }
        if !has_room && self.list.len() > 1 {
            self.overflow();
        }
    }

    #[cold]
    #[inline(never)]
    fn overflow(&mut self) {
        self.bytes = 0;
        let mut overflow = Box::<Overflow<'a>>::default();
        for finding in std::mem::take(&mut self.list) {
            overflow.push(finding, &mut self.bytes);
        }
        self.overflow = Some(overflow);
    }

    /// Counts violations that were not kept where they were found: so many of them, of this severity.
    #[cold]
    pub(crate) fn more(&mut self, rule: &'static Rule, severity: Severity, count: u64) {
        self.note(rule, severity, Outcome::Violated);
        if count == 0 || self.only_verdict {
            return;
        }
        if self.overflow.is_none() {
            self.overflow();
        }
        if let Some(overflow) = &mut self.overflow {
            overflow.count(severity, count);
        }
    }

    /// A violation in a field's shape.
    #[inline(never)]
    pub(crate) fn violation(&mut self, rule: &'static Rule, at: At, kind: ViolationKind, params: Params<'a>) {
        self.add_violation(rule, rule.severity, at, kind, params, Vec::new());
    }

    /// A part of the case that is of another JSON type.
    #[cold]
    pub(crate) fn wrong_type(&mut self, rule: &'static Rule, section: Section, found: &Value<'a>, expected: JsonType) {
        self.violation(rule, At::section(section), ViolationKind::WrongType, wrong_type(found.json_type(), expected));
    }

    /// Makes what has been found of a rule an error.
    #[cfg(feature = "text")]
    pub(crate) fn raise_to_errors(&mut self, rule: &'static Rule) {
        let overflow = self.overflow.take();
        self.bytes = 0;
        for finding in std::mem::take(&mut self.list) {
            let severity = if finding.rule.id == rule.id { Severity::Error } else { finding.severity };
            self.push(Finding { severity, ..finding });
        }
        self.overflow = overflow;
    }

    /// Whether one of what has been found is an error.
    #[cfg(feature = "text")]
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// An error that no kind of violation is, with a message of its own.
    #[cfg(feature = "text")]
    pub(crate) fn refuse(&mut self, rule: &'static Rule, at: At, message: Message, fixes: Fixes) {
        self.add(rule, Severity::Error, at, None, message, Params::default(), fixes);
    }

    /// The same, as an advice whatever the rule's severity.
    pub(crate) fn advise(&mut self, rule: &'static Rule, at: At, kind: ViolationKind, params: Params<'a>) {
        self.add_violation(rule, Severity::Advice, at, kind, params, Vec::new());
    }

    /// The same, as a warning whatever the rule's severity.
    pub(crate) fn warn(&mut self, rule: &'static Rule, at: At, kind: ViolationKind, params: Params<'a>) {
        self.add_violation(rule, Severity::Warning, at, kind, params, Vec::new());
    }

    /// A violation with the patches that fix it.
    pub(crate) fn add_violation(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        at: At,
        kind: ViolationKind,
        params: Params<'a>,
        patch: Vec<PatchOperation>,
    ) {
        let fix = Fix::patch(kind.fix(), patch);
        self.add(rule, severity, at, Some(kind), kind.message(), params, [fix].into());
    }

    /// A finding with the message of its rule.
    pub(crate) fn add_rule_violation(
        &mut self,
        rule: &'static Rule,
        at: At,
        kind: Option<ViolationKind>,
        params: Params<'a>,
        patch: Vec<PatchOperation>,
    ) {
        let fix = Fix { operation: rule.way_out, ..Fix::patch(rule.fix, patch) };
        self.add(rule, rule.severity, at, kind, rule.violated, params, [fix].into());
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of a finding, put together in this one place")]
    pub(crate) fn add(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        at: At,
        kind: Option<ViolationKind>,
        message: Message,
        params: Params<'a>,
        mut fixes: Fixes,
    ) {
        let params = match kind {
            Some(kind) => params.first("kind", Param::Code(kind.name())),
            None => params,
        };
        fixes.iter_mut().for_each(Fix::bound);
        self.has_patches |= fixes.iter().any(|fix| !fix.patch.is_empty());
        let outcome = Outcome::Violated;
        self.push(Finding { rule, outcome, severity, at, kind, message, params, missing: Vec::new(), fixes });
    }

    /// A rule that cannot be decided yet.
    pub(crate) fn unknown(&mut self, rule: &'static Rule, at: At, missing: Vec<Missing<'a>>) {
        if !self.notes_only(rule, rule.severity, Outcome::Unknown) {
            self.push(Finding::unknown(rule, at, missing));
        }
    }

    /// Keeps only the patches that improve the case. `try_patch` evaluates the case after one; it gives nothing
    /// where the patch changes nothing that a rule looks at.
    #[inline]
    pub(crate) fn keep_clean_patches(&mut self, try_patch: impl Fn(&[PatchOperation]) -> Option<Trial>) {
        if self.has_patches {
            self.end();
            self.try_patches(&try_patch);
        }
    }

    #[cold]
    #[inline(never)]
    fn try_patches(&mut self, try_patch: &dyn Fn(&[PatchOperation]) -> Option<Trial>) {
        self.has_patches = false;
        let mut left = MAX_TRIALS;
        let mut all_clean = Vec::new();
        for finding in &self.list {
            let is_clean = |fix: &Fix| self.is_clean(finding, fix, &mut left, try_patch);
            all_clean.push(finding.fixes.iter().map(is_clean).collect::<Vec<_>>());
        }
        for (finding, is_clean) in self.list.iter_mut().zip(all_clean) {
            finding.keep_fixes(&is_clean);
        }
    }

    /// Whether a fix may keep its patch: the finding goes away, no other broken rule of error or warning severity comes, and the
    /// verdict gets no worse. Places are not compared, only how often a rule is broken in a way: an element that is removed from a
    /// list moves those behind it.
    fn is_clean(
        &self,
        finding: &Finding<'a>,
        fix: &Fix,
        left: &mut usize,
        try_patch: &dyn Fn(&[PatchOperation]) -> Option<Trial>,
    ) -> bool {
        if fix.patch.is_empty() {
            return true;
        }
        if *left == 0 {
            return false;
        }
        let Some(Trial { verdict, broken, applies }) = try_patch(&fix.patch) else { return true };
        *left -= 1;
        if !applies {
            return false;
        }
        let own = finding.violation();
        // A trial leaves fields that are not known aside, so what is said of them is compared with nothing.
        let is_compared =
            |other: &&Finding<'a>| other.is_broken() && (!other.at.is_unknown() || std::ptr::eq(*other, finding));
        let before = |key| self.list.iter().filter(is_compared).filter(|other| other.violation() == key).count();
        let after = |key| broken.iter().filter(|other| **other == key).count();
        self.verdict.or_worse(verdict) == self.verdict
            && broken.iter().all(|key| after(*key) + usize::from(*key == own) <= before(*key))
    }

    /// What a trial of a patch keeps.
    pub(crate) fn into_trial(self) -> Trial {
        let verdict = self.verdict;
        let list = self.into_list();
        let mut broken = Vec::new();
        list.iter().filter(|found| found.is_broken()).for_each(|found| broken.push(found.violation()));
        Trial { verdict, broken, applies: true }
    }
}

/// What is found in a case after a patch.
pub(crate) struct Trial {
    verdict: Verdict,
    /// The rules of error or warning severity that are broken, and in which way.
    broken: Vec<(&'static str, Option<ViolationKind>)>,
    /// Whether the patch does what it is meant to do.
    applies: bool,
}

impl Trial {
    /// Of a patch that changes a value which is not known yet (`unknown` would still name the field), or a body that is not there.
    pub(crate) const INAPPLICABLE: Trial = Trial { verdict: Verdict::Allowed, broken: Vec::new(), applies: false };
}

/// How many patches are tried on a case: each takes another judgement. Beyond, fixes are in words alone.
const MAX_TRIALS: usize = 64;
