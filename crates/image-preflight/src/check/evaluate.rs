//! The evaluation of a request: its fields, then its rules, then the patches that its findings offer.

use crate::check::operation::Operation;
use crate::check::report::Report;
use crate::field::field::{Field, Presence, names};
use crate::field::violation::{FieldViolation, Suggestion, Target, Violations};
use crate::finding::case_rules;
use crate::finding::fact_reader::FactReader;
use crate::finding::finding::Outcome;
use crate::finding::findings::{Findings, Trial};
use crate::finding::fix::{Fix, Fixes, PatchOperation};
use crate::finding::implicit_rules::RENAME;
use crate::finding::object_reader::is_same;
use crate::finding::subject::Subject;
use crate::finding::verdict::Verdict;
use crate::json::{Text, Value, cut};
use crate::message::param::{Param, Params};
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;
use crate::rule::context::{Context, NamedImage};
use crate::rule::decision::{Decision, Objection, Violation};
use crate::rule::draft::{Draft, NOT_KNOWN_YET};
use crate::rule::edition::Edition;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts};
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Rule, Severity};
use crate::rule::stage::Stage;

impl Operation {
    /// Evaluates a whole request. Findings from reading it may be there already.
    pub(crate) fn evaluate<'a>(
        &'static self,
        draft: &Draft<'a>,
        facts: &Facts<'a>,
        limits: &Edition,
        out: &mut Findings<'a>,
    ) {
        self.evaluate_facts(draft, facts, out);
        self.evaluate_shape(draft, limits, out);
        self.evaluate_rules(draft, facts, limits, Stage::Request, out);
        out.keep_clean_patches(|patch| self.try_patch(patch, draft, facts, limits));
        if let Some(rule) = self.when_allowed
            && out.verdict() == Verdict::Allowed
        {
            self.advise_when_allowed(rule, out);
        }
    }

    /// What there is to know about a request that nothing is wrong with.
    #[inline(never)]
    fn advise_when_allowed(&'static self, rule: &'static Rule, out: &mut Findings<'_>) {
        if out.notes_only(rule, rule.severity, Outcome::Violated) {
            return;
        }
        if let Check::WhenAllowed(slot) = rule.check
            && let Some(field) = self.body.get(slot)
        {
            violated(
                rule,
                Violation { at: At::field(Section::Body, slot, field.name()), params: Params::default() },
                out,
            );
        }
    }

    /// Says of each field whose value is not known yet that it is not, where nothing else does.
    pub(crate) fn add_unknown(&'static self, draft: &Draft<'_>, out: &mut Findings<'_>) {
        let path = self.path.iter().map(|field| (Section::Path, 0, field, draft.path.as_ref()));
        let body = self.body.iter().enumerate().map(|(slot, field)| (Section::Body, slot, field, draft.body(slot)));
        for (section, slot, field, value) in path.chain(body) {
            if field.kind.takes_any_id && matches!(value, Some(Value::Null)) {
                let missing = Missing::of_field(section, slot, field.name());
                out.unknown(&field.rule, At::field(section, slot, field.name()), vec![missing]);
            }
        }
    }

    /// What there is to say of the facts: those of its cloud that are not as they should be, those about something else than what
    /// the request names, and those that it never reads.
    #[inline]
    fn evaluate_facts<'a>(&'static self, draft: &Draft<'a>, facts: &Facts<'a>, out: &mut Findings<'a>) {
        (self.provider.check_facts)(facts, out);
        self.evaluate_subjects(draft, facts, out);
        if facts.says_beside(self.reads) {
            self.advise_of_unread(facts, out);
        }
    }

    /// Facts that an object told without its request may be about something else.
    #[inline]
    pub(crate) fn evaluate_subjects<'a>(&'static self, draft: &Draft<'a>, facts: &Facts<'a>, out: &mut Findings<'a>) {
        for (fact, field) in self.subjects {
            if facts.value(*fact).is_known() {
                self.evaluate_subject(draft, facts, (*fact, field), out);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn evaluate_subject<'a>(
        &'static self,
        draft: &Draft<'a>,
        facts: &Facts<'a>,
        (fact, field): (Fact, &'static str),
        out: &mut Findings<'a>,
    ) {
        let FactValue::Text(found) = facts.value(fact) else { return };
        let wanted = self.subject(draft).id(field).map(Text::to_cow);
        if let Some(wanted) = wanted.filter(|wanted| !is_same(Text::plain(wanted), Text::plain(found))) {
            FactReader { out }.other_object(facts.at_whole(fact), field, found.clone(), wanted);
        }
    }

    /// What a draft says about the objects that come with it.
    pub(crate) fn subject<'s, 'a>(&self, draft: &'s Draft<'a>) -> Subject<'s, 'a> {
        Subject { draft, path: self.path_keys, body: self.body_keys, reads: self.reads }
    }

    /// A fact that no rule of an operation reads was meant for another one.
    #[cold]
    #[inline(never)]
    fn advise_of_unread<'a>(&'static self, facts: &Facts<'a>, out: &mut Findings<'a>) {
        let mut of_images = None;
        for fact in facts.said_beside(self.reads) {
            // Those about listed images are told once, where these are.
            match cut(fact.pointer(), b'*') {
                Some((images, _)) => of_images = Some(At::fact_at(fact, images.trim_end_matches('/').into())),
                None => self.advise_of_unread_at(At::fact(fact), out),
            }
        }
        if let Some(at) = of_images {
            self.advise_of_unread_at(at, out);
        }
    }

    #[cold]
    pub(crate) fn advise_of_unread_at(&'static self, at: At, out: &mut Findings<'_>) {
        let params = Params::default().with("operation", Param::Identifier(self.id.into()));
        out.advise(&case_rules::FACTS, at, ViolationKind::Unread, params);
    }

    /// Evaluates the request after a patch. No rule concerns unknown members, or members deeper than a field: then there is
    /// nothing to try.
    fn try_patch<'p>(
        &'static self,
        patch: &'p [PatchOperation],
        draft: &Draft<'p>,
        facts: &Facts<'p>,
        limits: &Edition,
    ) -> Option<Trial> {
        // What is not known is evaluated as it was before, so it is no part of this: there may be much of it, and many patches.
        let mut after = Draft { path: draft.path, body: draft.body, ..Draft::default() };
        let mut is_changed = false;
        // Nor can it be told what a patch would help, where the elements of a list are not known.
        if draft.lacks_body
            || !draft.unknown_parts.is_empty()
            || patch.iter().any(|step| self.is_unknown(draft, step.path()))
        {
            return Some(Trial::INAPPLICABLE);
        }
        for step in patch {
            let value = match (step.from(), step.value()) {
                (Some(from), _) => draft.unknown_member(from),
                (None, value) => value.map(|text| Value::Text(Text::plain(text))),
            };
            is_changed |= self.put(&mut after, step.path(), value);
        }
        is_changed.then(|| {
            let mut out = Findings::default();
            self.evaluate_shape(&after, limits, &mut out);
            self.evaluate_rules(&after, facts, limits, Stage::Request, &mut out);
            out.into_trial()
        })
    }

    /// Whether a pointer leads to a field whose value is not known yet.
    fn is_unknown(&'static self, draft: &Draft<'_>, pointer: &str) -> bool {
        let slot = pointer.strip_prefix("/body/").and_then(|name| self.slot(name));
        slot.is_some_and(|slot| draft.is_unknown(slot))
    }

    /// Puts a value into a field, or takes it out; gives whether there is such a field.
    fn put<'p>(&'static self, draft: &mut Draft<'p>, pointer: &str, value: Option<Value<'p>>) -> bool {
        if let Some(name) = pointer.strip_prefix("/body/") {
            let place = self.slot(name).and_then(|slot| draft.body.get_mut(slot));
            return place.map(|place| *place = value).is_some();
        }
        if pointer.starts_with(Section::Unknown.pointer()) {
            // It names a field, which is given then.
            let named = value.as_ref().and_then(Value::as_text).map(Text::to_cow);
            return named.is_some_and(|named| self.put(draft, &named, Some(NOT_KNOWN_YET)));
        }
        let is_path =
            pointer.strip_prefix("/path/").is_some_and(|name| self.path.iter().any(|field| field.name() == name));
        if is_path {
            draft.path = value;
        }
        is_path
    }

    /// A report on a whole request.
    pub(crate) fn report<'a>(&'static self, draft: Draft<'a>, facts: &Facts<'a>, edition: Edition) -> Report<'a> {
        self.reported(draft, edition, |draft, limits, out| self.evaluate(draft, facts, limits, out))
    }

    /// A report on what is known so far: of the image alone, or with a destination too.
    pub(crate) fn report_part<'a>(
        &'static self,
        draft: Draft<'a>,
        facts: &Facts<'a>,
        edition: Edition,
        needs: Stage,
    ) -> Report<'a> {
        self.reported(draft, edition, |draft, limits, out| self.evaluate_rules(draft, facts, limits, needs, out))
    }

    #[inline]
    fn reported<'a>(
        &'static self,
        draft: Draft<'a>,
        edition: Edition,
        evaluate: impl FnOnce(&Draft<'a>, &Edition, &mut Findings<'a>),
    ) -> Report<'a> {
        let mut report = Report::begin(draft, edition);
        report.operation = Some(self);
        evaluate(&report.draft, &report.edition, &mut report.findings);
        report.conclude();
        report
    }

    /// Evaluates the shape of a request: each field, then what fields demand of one another.
    pub(crate) fn evaluate_shape<'a>(&'static self, draft: &Draft<'a>, limits: &Edition, out: &mut Findings<'a>) {
        (self.evaluate_fields)(self, draft, limits, out);
        if !draft.path_extras.is_empty() || !draft.extras.is_empty() {
            self.judge_extras(draft, out);
        }
        if !draft.unknown_parts.is_empty() {
            self.unknown_parts(draft, out);
        }
        (self.across)(draft, limits, out);
    }

    /// What is not known yet of a list leaves its field's rule open.
    #[cold]
    #[inline(never)]
    fn unknown_parts(&'static self, draft: &Draft<'_>, out: &mut Findings<'_>) {
        for (slot, field) in self.body.iter().enumerate() {
            let missing = Missing::of_parts(draft, slot, field.name());
            if let Some(at) = missing.first().and_then(Missing::at).cloned() {
                out.unknown(&field.rule, at, missing);
            }
        }
    }

    /// What was given and is not known, with the nearest known name, unless that one is given too.
    #[cold]
    #[inline(never)]
    fn judge_extras<'a>(&'static self, draft: &Draft<'a>, out: &mut Findings<'a>) {
        for (name, _) in &draft.path_extras {
            self.unknown_field(Section::Path, *name, names(self.path), &|_| draft.path.is_some(), out);
        }
        let is_told = |name: &Text<'_>| self.unsent.iter().any(|unsent| name.is(unsent));
        for (name, _) in draft.extras.iter().filter(|(name, _)| !is_told(name)) {
            let is_given = |near: &str| self.slot(near).is_some_and(|slot| draft.body(slot).is_some());
            self.unknown_field(Section::Body, *name, names(self.body), &is_given, out);
        }
    }

    /// Evaluates each field by a loop that serves all operations: where size comes first, it takes the place of the code that
    /// [`evaluate_fields`] makes.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn evaluate_each_field<'a>(&'static self, draft: &Draft<'a>, limits: &Edition, out: &mut Findings<'a>) {
        let mut violations = Violations::default();
        for field in self.path {
            self.evaluate_field(field, (Section::Path, 0), draft, limits, &mut violations, out);
        }
        for (slot, field) in self.body.iter().enumerate() {
            self.evaluate_field(field, (Section::Body, slot), draft, limits, &mut violations, out);
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn evaluate_field<'a>(
        &'static self,
        field: &'static Field,
        (section, slot): (Section, usize),
        draft: &Draft<'a>,
        limits: &Edition,
        violations: &mut Violations<'a>,
        out: &mut Findings<'a>,
    ) {
        let value = if section == Section::Path { draft.path.as_ref() } else { draft.body(slot) };
        let Some(value) = value else {
            if field.presence == Presence::Mandatory {
                missing(&field.rule, At::field(section, slot, field.name()), Vec::new(), out);
            }
            return;
        };
        if matches!(value, Value::Null) {
            return unknown_value(field, section, slot, out);
        }
        (field.kind.check)(value, limits, violations);
        // Mostly there is none, and the list serves the next field.
        if violations.len() > 0 {
            self.record_violations(field, section, slot, draft, std::mem::take(violations), out);
        }
    }

    #[cold]
    #[inline(never)]
    fn record_violations<'a>(
        &'static self,
        field: &'static Field,
        section: Section,
        slot: usize,
        draft: &Draft<'a>,
        violations: Violations<'a>,
        out: &mut Findings<'a>,
    ) {
        let [errors, warnings] = violations.cut();
        for violation in violations.into_list() {
            if section == Section::Body && violation.is_of_unknown(draft, slot) {
                continue;
            }
            let severity = if violation.is_warning() { Severity::Warning } else { field.rule.severity };
            if !out.notes_only(&field.rule, severity, Outcome::Violated) {
                self.record_violation(field, At::field(section, slot, field.name()), violation, out);
            }
        }
        for (severity, count) in [(field.rule.severity, errors), (Severity::Warning, warnings)] {
            if count > 0 {
                out.more(&field.rule, severity, count.into());
            }
        }
    }

    fn record_violation<'a>(
        &'static self,
        field: &'static Field,
        mut at: At,
        violation: FieldViolation<'a>,
        out: &mut Findings<'a>,
    ) {
        if let Some((index, member)) = violation.item {
            at = at.item(index);
            if let Some(member) = member {
                at = at.below(&member);
            }
        }
        let patch = match violation.suggestion {
            Suggestion::None => Vec::new(),
            Suggestion::Replace(value) => vec![PatchOperation::replace(at.pointer(), value)],
            Suggestion::Remove => vec![PatchOperation::remove(at.pointer())],
        };
        match violation.of {
            Target::Field => {
                out.add_violation(&field.rule, field.rule.severity, at, violation.kind, violation.params, patch);
            }
            Target::Warning => {
                out.add_violation(&field.rule, Severity::Warning, at, violation.kind, violation.params, patch);
            }
            Target::UnknownMember(known) => {
                let near = match violation.params.get("actual") {
                    Some(Param::UserText(name)) => suggest::closest(name, known, suggest::MAX_SUGGESTED),
                    _ => Vec::new(),
                };
                let params =
                    suggest::suggest(violation.params, near).with("allowed", Param::Identifiers(known.to_vec()));
                out.add_rule_violation(self.implicit_rule("unknown-field"), at, None, params, patch);
            }
        }
    }

    /// A name that the operation does not know, with the nearest one that it does, unless that one `is_given` too.
    #[inline(never)]
    fn unknown_field<'a>(
        &'static self,
        section: Section,
        name: Text<'a>,
        known: Vec<&'static str>,
        is_given: &dyn Fn(&str) -> bool,
        out: &mut Findings<'a>,
    ) {
        let rule = self.implicit_rule("unknown-field");
        if out.notes_only(rule, rule.severity, Outcome::Violated) {
            return;
        }
        let name = name.to_cow();
        let at = At::unknown(section, &name);
        if !out.wants(rule, rule.severity, &at, None) {
            return;
        }
        let mut near = Vec::new();
        for known in suggest::closest(&name, &known, suggest::MAX_SUGGESTED) {
            if !is_given(known) {
                near.push(known);
            }
        }
        let mut fixes = Fixes::new();
        if let [near] = *near {
            let to = At::unknown(section, near);
            fixes.push(Fix::patch(RENAME, vec![PatchOperation::rename(at.pointer(), to.pointer())]));
        }
        let params = suggest::suggest(Params::default().with("actual", Param::UserText(name)), near);
        fixes.push(Fix::patch(rule.fix, vec![PatchOperation::remove(at.pointer())]));
        let params = params.with("allowed", Param::Identifiers(known));
        out.add(rule, rule.severity, at, None, rule.violated, params, fixes);
    }

    fn evaluate_rules<'a>(
        &'static self,
        draft: &Draft<'a>,
        facts: &Facts<'a>,
        limits: &Edition,
        needs: Stage,
        out: &mut Findings<'a>,
    ) {
        (self.evaluate_rules)(&Context::new(draft, facts, limits, needs, self.listed_images), needs, out);
    }
}

#[cfg(target_arch = "wasm32")]
macro_rules! evaluate_fields {
    ($path:path, $body:path) => {
        $crate::check::operation::Operation::evaluate_each_field
    };
}

/// Evaluates each field of a path and of a body by a piece of code of its own, in the same way as [`evaluate_rules`] does.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! evaluate_fields {
    ($path:path, $body:path) => {
        |operation, draft, limits, out| {
            let mut violations = $crate::field::violation::Violations::default();
            let violations = &mut violations;
            for field in &$path {
                let place = ($crate::rule::location::Section::Path, 0);
                operation.evaluate_field(field, place, draft, limits, violations, out);
            }
            $crate::check::evaluate::evaluate_fields!(@ $body, operation, draft, limits, violations, out; 0 1 2 3 4 5 6 7 8 9 10);
        }
    };
    (@ $body:path, $operation:ident, $draft:ident, $limits:ident, $violations:ident, $out:ident; $($slot:literal)+) => {
        const { assert!($body.len() <= [$($slot),+].len(), "not every field would be evaluated") };
        $(if let Some(field) = const { $crate::check::evaluate::nth(&$body, $slot) } {
            let place = ($crate::rule::location::Section::Body, $slot);
            $operation.evaluate_field(field, place, $draft, $limits, $violations, $out);
        })+
    };
}

pub(crate) use evaluate_fields;

/// Asks each rule of a list by a piece of code of its own, which the compiler makes for it: no check is called through a pointer,
/// and so the processor need not guess which one comes next.
macro_rules! evaluate_rules {
    ($rules:path) => {
        |context, needs, out| {
            $crate::check::evaluate::evaluate_rules!(@ $rules, context, needs, out; 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23);
        }
    };
    (@ $rules:path, $context:ident, $needs:ident, $out:ident; $($index:literal)+) => {
        const { assert!($rules.len() <= [$($index),+].len(), "not every rule would be asked") };
        $(if let Some(rule) = const { $crate::check::evaluate::nth(&$rules, $index) } {
            $crate::check::evaluate::evaluate_rule(rule, $context, $needs, $out);
        })+
    };
}

pub(crate) use evaluate_rules;

/// An element by its place, for the compiler to find.
#[allow(clippy::indexing_slicing, reason = "guarded, and evaluated by the compiler")]
pub(crate) const fn nth<T>(list: &'static [T], place: usize) -> Option<&'static T> {
    if place < list.len() { Some(&list[place]) } else { None }
}

/// One rule.
#[inline(always)]
pub(crate) fn evaluate_rule<'a>(rule: &'static Rule, context: &Context<'_, 'a>, needs: Stage, out: &mut Findings<'a>) {
    if rule.needs > needs {
        return;
    }
    match rule.check {
        Check::Reading | Check::WhenAllowed(_) => {}
        Check::Once(check) => record(rule, check(context), None, context, out),
        Check::EachImage(check) => {
            for image in context.images() {
                record(rule, check(context, image), Some(image), context, out);
            }
            if context.has_unknown_images() {
                unknown_images(rule, context, out);
            }
        }
    }
    #[cfg(test)]
    for read in context.reads.borrow_mut().drain(..) {
        assert!(rule.reads.contains(&read), "{} reads {read:?} and does not declare it", rule.id);
    }
}

/// Turns what a check said into a finding, where there is something to say.
#[inline(always)]
fn record<'a>(
    rule: &'static Rule,
    decision: Decision<'a>,
    image: Option<&NamedImage<'_, 'a>>,
    context: &Context<'_, 'a>,
    out: &mut Findings<'a>,
) {
    if let Decision::Objection(objection) = decision {
        object(rule, objection, image, context, out);
    }
}

#[inline(never)]
#[allow(clippy::boxed_local, reason = "it comes in a box, which is opened here and not where there is none")]
fn object<'a>(
    rule: &'static Rule,
    objection: Box<Objection<'a>>,
    image: Option<&NamedImage<'_, 'a>>,
    context: &Context<'_, 'a>,
    out: &mut Findings<'a>,
) {
    // A rule that presumes facts holds while one of these is missing.
    let is_presumed = |fact: Fact| !context.is_strict() && rule.presumes.contains(&fact);
    match *objection {
        Objection::Violated(violation) => violated(rule, violation, out),
        Objection::Lacks(fact) if is_presumed(fact) => out.presume(Missing::of(fact)),
        Objection::Lacks(fact) => unknown(rule, vec![Missing::of(fact)], image, out),
        Objection::Unknown(missing) if missing.iter().filter_map(Missing::fact).any(is_presumed) => {
            for missing in missing {
                if missing.fact().is_some_and(is_presumed) {
                    out.presume(missing);
                }
            }
        }
        Objection::Unknown(missing) => unknown(rule, missing, image, out),
    }
}

/// A rule about each of the images that a request lists, where the list, or a part of it, is not known yet.
#[cold]
#[inline(never)]
fn unknown_images<'a>(rule: &'static Rule, context: &Context<'_, 'a>, out: &mut Findings<'a>) {
    unknown(rule, context.listed_missing(), None, out);
}

/// A field that is given, and whose value is not known yet. Presence is all that some fields ask for.
#[cold]
#[inline(never)]
fn unknown_value(field: &'static Field, section: Section, slot: usize, out: &mut Findings<'_>) {
    if !field.kind.takes_any_id {
        let missing = Missing::of_field(section, slot, field.name());
        out.unknown(&field.rule, At::field(section, slot, field.name()), vec![missing]);
    }
}

#[inline(never)]
pub(crate) fn unknown<'a>(
    rule: &'static Rule,
    missing: Vec<Missing<'a>>,
    image: Option<&NamedImage<'_, 'a>>,
    out: &mut Findings<'a>,
) {
    let own = missing.iter().filter_map(Missing::fact).find(|fact| !fact.is_of_each_image());
    let field = missing.iter().find_map(|missing| missing.at().cloned());
    if out.notes_only(rule, rule.severity, Outcome::Unknown) {
        return;
    }
    let fact = || own.or(rule.reads.first().copied()).map(At::fact);
    let at = image.map(NamedImage::at).or(field).or_else(fact);
    out.unknown(rule, at.unwrap_or(At::section(Section::Facts)), missing);
}

#[inline(never)]
pub(crate) fn violated<'a>(rule: &'static Rule, violation: Violation<'a>, out: &mut Findings<'a>) {
    if out.notes_only(rule, rule.severity, Outcome::Violated) {
        return;
    }
    out.add_rule_violation(rule, violation.at, None, violation.params, Vec::new());
}

/// A mandatory field that is not given.
#[cold]
#[inline(never)]
pub(crate) fn missing<'a>(rule: &'static Rule, at: At, patch: Vec<PatchOperation>, out: &mut Findings<'a>) {
    let kind = ViolationKind::Missing;
    match rule.found_at() {
        // Where the value is found helps more than that it must be given.
        Some(found) if patch.is_empty() => {
            let fixes = [Fix::message(found)].into();
            out.add(rule, rule.severity, at, Some(kind), kind.message(), Params::default(), fixes);
        }
        _ => out.add_violation(rule, rule.severity, at, kind, Params::default(), patch),
    }
}
