//! The findings about repeated keys, anywhere in a text.

use crate::field::field::Field;
use crate::finding::case_rules;
use crate::finding::findings::{Findings, MAX_FINDINGS};
use crate::finding::members::section;
#[cfg(feature = "text")]
use crate::json::{Step, Text, repeated_keys};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::location::{At, Section};
use crate::rule::rule::{Rule, Severity};

/// What a text is.
#[derive(Clone, Copy)]
#[cfg(feature = "text")]
pub(crate) enum Root {
    Case,
    /// The `facts` of a case.
    Facts,
    /// The member of this name of a case's facts.
    Object(&'static str),
}

/// Whose keys a text has: the rule that a key given twice breaks, and the fields whose places are documented.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    pub(crate) rule: &'static Rule,
    pub(crate) path: &'static [Field],
    pub(crate) body: &'static [Field],
}

impl Keys {
    /// Those of a case that names no operation, and of facts by themselves.
    pub(crate) const OF_CASE: Keys = Keys { rule: &case_rules::DUPLICATE, path: &[], body: &[] };
}

/// Reports every key that its object has twice. The text has been read, and there was a suspicion.
#[cold]
#[inline(never)]
#[cfg(feature = "text")]
pub(crate) fn report_repeated<'a>(text: &'a str, root: Root, keys: Keys, out: &mut Findings<'a>) {
    // Each needs a pointer as long as its path: no more are made than a report may have.
    let more = repeated_keys(text, MAX_FINDINGS, &mut |way| {
        let Some(Step::Member(key)) = way.last() else { return };
        let (at, part) = place(root, way, keys);
        let rule = match part {
            Part::Case => Keys::OF_CASE.rule,
            Part::Facts => &case_rules::FACTS,
            Part::Request => keys.rule,
        };
        let params = Params::default().with("actual", Param::UserText(key.to_cow()));
        if !out.wants(rule, rule.severity, &at, Some(ViolationKind::Duplicate)) {
            return;
        }
        match part {
            Part::Facts => out.violation(rule, at, ViolationKind::Duplicate, params),
            _ => out.add_rule_violation(rule, at, Some(ViolationKind::Duplicate), params, Vec::new()),
        }
    });
    if more > 0 {
        out.more(Keys::OF_CASE.rule, Severity::Error, more);
    }
}

/// What a key belongs to.
#[derive(Clone, Copy)]
#[cfg(feature = "text")]
enum Part {
    /// The case itself.
    Case,
    Facts,
    /// The request, as it would be sent.
    Request,
}

/// The place that a way leads to, and what it belongs to.
#[cfg(feature = "text")]
fn place(root: Root, way: &[Step<'_>], keys: Keys) -> (At, Part) {
    let facts = At::section(Section::Facts);
    let (mut at, rest, part) = match root {
        Root::Facts => (facts, way, Part::Facts),
        Root::Object(name) => (facts.below(name), way, Part::Facts),
        Root::Case => of_case(way, keys),
    };
    let mut is_in_list = false;
    for step in rest {
        at = match step {
            Step::Member(key) => at.below(&key.to_cow()),
            // Findings are in the order of the outermost list.
            Step::Item(index) if is_in_list => at.below(&index.to_string()),
            Step::Item(index) => at.item(*index),
        };
        is_in_list |= matches!(step, Step::Item(_));
    }
    (at, part)
}

/// The documented place where a way through a case begins, the rest of the way, and what it belongs to.
#[cfg(feature = "text")]
fn of_case<'w, 'a>(way: &'w [Step<'a>], keys: Keys) -> (At, &'w [Step<'a>], Part) {
    let [Step::Member(first), rest @ ..] = way else { return (At::section(Section::Case), way, Part::Case) };
    let section = match section(*first) {
        Some(section) => section,
        None => return (At::unknown(Section::Case, &first.to_cow()), rest, Part::Case),
    };
    let fields = match section {
        Section::Path if !keys.body.is_empty() => keys.path,
        Section::Body if !keys.body.is_empty() => keys.body,
        Section::Facts if !rest.is_empty() => return (At::section(section), rest, Part::Facts),
        _ => return (At::section(section), rest, Part::Case),
    };
    let [Step::Member(name), rest @ ..] = rest else {
        return (At::section(section), rest, if rest.is_empty() { Part::Case } else { Part::Request });
    };
    let slot = fields.iter().position(|field| name.is(field.name()));
    let name = Text::to_cow(*name);
    (slot.map_or_else(|| At::unknown(section, &name), |slot| At::field(section, slot, &name)), rest, Part::Request)
}
