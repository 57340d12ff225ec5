//! The findings while they are being collected.

use super::{At, Finding, Fix, Missing, Outcome, Param, Params, PatchOperation};
use crate::operation::Operation;
use crate::rule::{Rule, Severity};
use crate::words::{FaultKind, Words};
use std::borrow::Cow;

/// Findings in the order in which they were found. Empty, it has allocated nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings<'a>(Vec<Finding<'a>>);

impl<'a> Findings<'a> {
    /// The findings in the order of a report.
    pub(crate) fn in_order(mut self) -> Vec<Finding<'a>> {
        self.0.sort_by(|a, b| a.order().cmp(&b.order()));
        self.0
    }

    /// A fault in a field's shape; the finding is given back, to be made more precise.
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
        self.add(rule, severity, at, Some(kind), kind.message(), params, vec![fix]);
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
        self.add(rule, rule.severity, at, kind, rule.violated, params, vec![fix]);
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
        fixes: Vec<Fix>,
    ) {
        let params = match kind {
            Some(kind) => params.first("kind", Param::Word(kind.name())),
            None => params,
        };
        let outcome = Outcome::Violated;
        self.0.push(Finding { rule, outcome, severity, at, kind, message, params, missing: Vec::new(), fixes });
    }

    /// A rule that cannot be decided yet.
    pub(crate) fn unknown(&mut self, rule: &'static Rule, at: At, missing: Vec<Missing<'a>>) {
        self.0.push(Finding::unknown(rule, at, missing));
    }

    /// A key that an object has twice.
    pub(crate) fn duplicate_field(&mut self, operation: &'static Operation, at: At, key: Cow<'a, str>) {
        let params = Params::default().with("actual", Param::Text(key));
        self.rule_fault(operation.own_rule("duplicate-field"), at, Some(FaultKind::Duplicate), params, Vec::new());
    }
}
