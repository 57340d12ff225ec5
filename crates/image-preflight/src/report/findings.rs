//! The findings while they are being collected.

use super::{At, Finding, Fix, Fixes, Missing, Outcome, Param, Params, PatchOperation, Section};
use crate::operation::Operation;
use crate::rule::{Rule, Severity};
use crate::words::{FaultKind, Words};
use std::borrow::Cow;

/// The most findings that a report has, and the most elements of a list that are looked at one by one: hostile input must
/// neither fill the memory nor take for ever. Where there are more, a finding of its own says so.
pub(crate) const MOST: usize = 1000;

/// Findings in the order of a report. Empty, it has allocated nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings<'a> {
    list: Vec<Finding<'a>>,
    /// How many came when the list was full.
    beyond: u64,
}

impl<'a> Findings<'a> {
    /// Ends the collecting: where there was no room for all of them, one says so.
    #[inline]
    pub(crate) fn end(&mut self) {
        if self.beyond > 0 {
            self.tell_of_more();
        }
    }

    #[cold]
    fn tell_of_more(&mut self) {
        // In the place of the last one.
        self.list.pop();
        let params = Params::default().with("beyond", Param::count(self.beyond.saturating_add(1)));
        self.rule_fault(&crate::case::TOO_MANY_FINDINGS, At::section(Section::Case), None, params, Vec::new());
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

    fn push(&mut self, finding: Finding<'a>) {
        if self.list.len() < MOST {
            // They are few and come nearly in order, and the standard library's sort would be a tenth of the WebAssembly module.
            let at = self.list.partition_point(|other| other.order() <= finding.order());
            if self.list.capacity() == 0 {
                // Mostly there is one, and room for four is more than an allocator has at hand.
                self.list.reserve_exact(1);
            }
            self.list.insert(at, finding);
        } else {
            self.beyond = self.beyond.saturating_add(1);
        }
    }

    /// Whether further findings would only be counted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MOST
    }

    /// Counts what need not be looked at, because there is no room for a finding about it.
    pub(crate) fn more(&mut self, count: usize) {
        self.beyond = self.beyond.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }

    /// A fault in a field's shape.
    #[inline(never)]
    pub(crate) fn fault(&mut self, rule: &'static Rule, at: At, kind: FaultKind, params: Params<'a>) {
        self.add_fault(rule, rule.severity, at, kind, params, Vec::new());
    }

    /// The same, as a warning whatever the rule's severity.
    pub(crate) fn warn(&mut self, rule: &'static Rule, at: At, kind: FaultKind, params: Params<'a>) {
        self.add_fault(rule, Severity::Warning, at, kind, params, Vec::new());
    }

    /// A fault with the patches that mend it.
    pub(crate) fn add_fault(
        &mut self,
        rule: &'static Rule,
        severity: Severity,
        at: At,
        kind: FaultKind,
        params: Params<'a>,
        patch: Vec<PatchOperation>,
    ) {
        let fix = Fix::patch(kind.fix(), patch);
        self.add(rule, severity, at, Some(kind), kind.message(), params, [fix].into());
    }

    /// A finding whose words stand in its rule.
    pub(crate) fn rule_fault(
        &mut self,
        rule: &'static Rule,
        at: At,
        kind: Option<FaultKind>,
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
        kind: Option<FaultKind>,
        message: Words,
        params: Params<'a>,
        fixes: Fixes,
    ) {
        let params = match kind {
            Some(kind) => params.first("kind", Param::Word(kind.name())),
            None => params,
        };
        let outcome = Outcome::Violated;
        self.push(Finding { rule, outcome, severity, at, kind, message, params, missing: Vec::new(), fixes });
    }

    /// A rule that cannot be decided yet.
    pub(crate) fn unknown(&mut self, rule: &'static Rule, at: At, missing: Vec<Missing<'a>>) {
        self.push(Finding::unknown(rule, at, missing));
    }

    /// A key that an object has twice.
    #[cold]
    #[inline(never)]
    pub(crate) fn duplicate_field(&mut self, operation: &'static Operation, at: At, key: Cow<'a, str>) {
        let params = Params::default().with("actual", Param::Text(key));
        self.rule_fault(operation.own_rule("duplicate-field"), at, Some(FaultKind::Duplicate), params, Vec::new());
    }
}
