//! An operation: its names, its fields, its rules; and how a request is evaluated by them.

use crate::context::{Context, image_at};
use crate::draft::Draft;
use crate::edition::{Edition, Limits};
use crate::facts::{Fact, Facts};
use crate::field::{Field, FieldViolation, Presence, Suggestion, Target, Violations};
use crate::json::{Key, Text, Value};
use crate::message::{Message, ViolationKind, message};
use crate::refusal::DocumentedError;
use crate::report::{
    At, Findings, Fix, Fixes, Missing, Outcome, Param, Params, PatchOperation, Report, Section, Trial,
};
use crate::request::Request;
use crate::rule::{
    Check, Citation, Decision, Rule, Severity, Stage, Violation, WITH_REFERENCE, assert_rule, same, without_rationale,
};
use crate::suggest;

/// A provider's API.
///
/// ```
/// let provider = image_preflight::operation("jd.copy-images").unwrap().provider();
/// assert_eq!(provider.endpoint, "vm.jdcloud-api.com");
/// ```
#[derive(Debug)]
pub struct Provider {
    /// What the API is called.
    pub name: Message,
    /// The host that requests go to; `{region}` stands in for a region's id.
    pub endpoint: &'static str,
    /// The header that says who asks.
    pub auth_header: &'static str,
    /// Every documented refusal.
    pub(crate) refusals: &'static [&'static [DocumentedError]],
}

/// One operation of a provider's API.
///
/// ```
/// let operation = image_preflight::operation("CopyImageCrossRegion").unwrap();
/// assert_eq!(operation.id(), "ims.cross-region-copy");
/// assert_eq!(operation.path_template(), "/v1/cloudimages/{image_id}/cross_region_copy");
/// assert!(operation.rules().any(|rule| rule.id == "ims.cross-region-copy.size-cap"));
/// ```
#[derive(Debug)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static Provider,
    pub(crate) api_name: &'static str,
    pub(crate) title: Message,
    pub(crate) path_template: &'static str,
    /// Its address under an edition, where editions differ.
    pub(crate) path_template_for: Option<fn(&Limits) -> &'static str>,
    pub(crate) path: &'static [Field],
    pub(crate) body: &'static [Field],
    /// The keys of both.
    pub(crate) path_keys: &'static [Key],
    pub(crate) body_keys: &'static [Key],
    /// Names that are not known, and keys given twice.
    pub(crate) own: [Rule; 2],
    pub(crate) rules: &'static [Rule],
    /// Evaluates each field: see [`evaluate_fields`].
    pub(crate) evaluate_fields: for<'a> fn(&'static Operation, &Draft<'a>, &Limits, &mut Findings<'a>),
    /// Asks each rule: see [`evaluate_rules`].
    pub(crate) evaluate_rules: for<'c, 'a> fn(&Context<'c, 'a>, Stage, &mut Findings<'a>),
    /// What fields demand of one another.
    pub(crate) across: for<'a> fn(&Draft<'a>, &mut Findings<'a>),
    /// The typed request that a draft of the right shape stands for.
    pub(crate) typed: fn(&Draft<'_>) -> Option<Request>,
    /// The JSON Schema of its body.
    #[cfg(feature = "schemars")]
    pub(crate) schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    /// Bodies that hold, as JSON.
    #[cfg(feature = "schemars")]
    pub(crate) examples: &'static [&'static str],
}

impl Operation {
    /// Its id in a case, such as `ims.cross-region-copy`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The API that it belongs to.
    #[must_use]
    pub fn provider(&self) -> &'static Provider {
        self.provider
    }

    /// The provider's own name of it, such as `CopyImageCrossRegion`.
    #[must_use]
    pub fn api_name(&self) -> &'static str {
        self.api_name
    }

    /// What it does.
    #[must_use]
    pub fn title(&self) -> Message {
        self.title
    }

    /// Its address under the default edition, with the names of its parameters in braces. The method is always POST.
    /// Empty for what is no API call of its own, such as `image.export`.
    #[must_use]
    pub fn path_template(&self) -> &'static str {
        self.path_template
    }

    /// The parameters in its address.
    #[must_use]
    pub fn path(&self) -> &'static [Field] {
        self.path
    }

    /// The fields of its body, in the order of the documents.
    #[must_use]
    pub fn body(&self) -> &'static [Field] {
        self.body
    }

    /// Its rules: of its fields first, then the others, in the order of the documents.
    pub fn rules(&'static self) -> impl Iterator<Item = &'static Rule> {
        // A field that stands in the address and in the body has one rule.
        let is_new = |field: &&Field| self.path.iter().all(|other| other.name() != field.name());
        let fields = self.path.iter().chain(self.body.iter().filter(is_new)).map(|field| &field.rule);
        let own = self.own.iter().filter(|_| !self.path_template.is_empty());
        fields.chain(own).chain(self.rules)
    }

    /// One of the two rules that every operation has.
    pub(crate) fn implicit_rule(&'static self, suffix: &str) -> &'static Rule {
        let [unknown, duplicate] = &self.own;
        if suffix == "unknown-field" { unknown } else { duplicate }
    }

    /// The slot of a body's field.
    fn slot(&self, name: &str) -> Option<usize> {
        self.body.iter().position(|field| field.name() == name)
    }
}

/// How a draft becomes a typed request, in a program that makes any.
pub(crate) const fn typed(of: fn(&Draft<'_>) -> Option<Request>) -> fn(&Draft<'_>) -> Option<Request> {
    if WITH_REFERENCE { of } else { |_| None }
}

/// The slot of a field, for the compiler to find.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn slot_of(fields: &[Field], name: &str) -> usize {
    let mut slot = 0;
    while !same(fields[slot].key.name, name) {
        slot += 1;
    }
    slot
}

/// Stops the compiler when an operation has an incomplete rule, two of the same id, or more fields than a draft holds.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn assert_operation(operation: &Operation) {
    assert!(
        operation.path.len() <= 1 && operation.body.len() <= crate::draft::MAX_BODY_FIELDS,
        "a draft has no room for it"
    );
    crate::rule::assert_rules(operation.rules);
    let mut slot = 0;
    while slot < operation.body.len() {
        assert_rule(&operation.body[slot].rule);
        slot += 1;
    }
    assert_rule(&operation.own[0]);
    assert_rule(&operation.own[1]);
}

/// The two rules that every operation has, under its own ids.
macro_rules! implicit_rules {
    ($operation:literal, $citation:expr) => {
        [
            $crate::rule::Rule {
                id: concat!($operation, ".unknown-field"),
                citations: &[$citation],
                ..$crate::operation::IMPLICIT_UNKNOWN_FIELD
            },
            $crate::rule::Rule {
                id: concat!($operation, ".duplicate-field"),
                ..$crate::operation::IMPLICIT_DUPLICATE_FIELD
            },
        ]
    };
}
pub(crate) use implicit_rules;

pub(crate) const IMPLICIT_UNKNOWN_FIELD: Rule = Rule {
    severity: Severity::Warning,
    holds: message("Every field is one that the operation documents.", "所有字段均为接口文档中的参数。"),
    why: message(
        "The service ignores or refuses what it does not know: a misspelt field does nothing.",
        "服务端会忽略或拒绝未知字段，拼写错误的字段不会生效。",
    ),
    violated: message(
        "The operation has no field {actual}.{suggestion} Known fields: {allowed}.",
        "该接口没有字段 {actual}。{suggestion}可用字段：{allowed}。",
    ),
    fix: message("Take out {actual}.", "请删除 {actual}。"),
    params: &["actual", "allowed", "field", "suggestion"],
    ..Rule::DEFAULT
};

/// The fix of a name that is nearly a known one.
const RENAME: Message = message("Rename {actual} to {nearest}.", "请将 {actual} 改名为 {nearest}。");

pub(crate) const IMPLICIT_DUPLICATE_FIELD: Rule = Rule {
    holds: message("No object has the same key twice.", "同一对象中没有重复的键。"),
    why: message(
        "Which of the two values counts depends on who reads them.",
        "两个值中哪一个生效取决于解析方，结果不可预期。",
    ),
    violated: message("{actual} is given more than once.", "{actual} 重复出现。"),
    fix: message("Keep one of them.", "请只保留其中一个。"),
    params: &["actual", "field"],
    citations: &[crate::case::RFC_8259],
    ..Rule::DEFAULT
};

/// Every sentence of this file that stands in no rule.
pub(crate) const MESSAGES: [Message; 1] = [RENAME];

impl Operation {
    /// Evaluates a whole request. Findings from reading it may be there already.
    pub(crate) fn evaluate<'a>(
        &'static self,
        draft: &Draft<'a>,
        facts: &Facts<'a>,
        limits: &Limits,
        out: &mut Findings<'a>,
    ) {
        self.evaluate_shape(draft, limits, out);
        self.evaluate_rules(draft, facts, limits, Stage::Request, out);
        out.keep_clean_patches(|patch| self.try_patch(patch, draft, facts, limits));
    }

    /// Evaluates the request after a patch. What is not known, or stands deeper than a field, is no matter of a rule: then there is
    /// nothing to try.
    fn try_patch<'p>(
        &'static self,
        patch: &'p [PatchOperation],
        draft: &Draft<'p>,
        facts: &Facts<'p>,
        limits: &Limits,
    ) -> Option<Trial> {
        // What is not known is evaluated as it was before, so it is no part of this: there may be much of it, and many patches.
        let mut after = Draft { path: draft.path, body: draft.body, ..Draft::default() };
        let mut is_changed = false;
        for step in patch {
            let value = match (step.from(), step.value()) {
                (Some(from), _) => draft.unknown_member(from),
                (None, Some(value)) => value.as_str().map(|text| Value::Text(Text::plain(text))),
                (None, None) => None,
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

    /// Puts a value into a field, or takes it out; gives whether there is such a field.
    fn put<'p>(&'static self, draft: &mut Draft<'p>, pointer: &str, value: Option<Value<'p>>) -> bool {
        if let Some(name) = pointer.strip_prefix("/body/") {
            let place = self.slot(name).and_then(|slot| draft.body.get_mut(slot));
            return place.map(|place| *place = value).is_some();
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
        evaluate: impl FnOnce(&Draft<'a>, &Limits, &mut Findings<'a>),
    ) -> Report<'a> {
        let mut report = Report::begin(draft, edition);
        report.operation = Some(self);
        evaluate(&report.draft, report.edition.limits(), &mut report.findings);
        report.conclude();
        report
    }

    /// Evaluates the shape of a request: each field, then what fields demand of one another.
    pub(crate) fn evaluate_shape<'a>(&'static self, draft: &Draft<'a>, limits: &Limits, out: &mut Findings<'a>) {
        (self.evaluate_fields)(self, draft, limits, out);
        if !draft.path_extras.is_empty() || !draft.extras.is_empty() {
            self.judge_extras(draft, out);
        }
        (self.across)(draft, out);
    }

    /// What was given and is not known, with the nearest known name, unless that one is given too.
    #[cold]
    #[inline(never)]
    fn judge_extras<'a>(&'static self, draft: &Draft<'a>, out: &mut Findings<'a>) {
        for (name, _) in &draft.path_extras {
            let known = self.path.iter().map(Field::name).collect();
            self.unknown_field(Section::Path, *name, known, |_| draft.path.is_some(), out);
        }
        for (name, _) in &draft.extras {
            let known = self.body.iter().map(Field::name).collect();
            let is_given = |near: &str| self.slot(near).is_some_and(|slot| draft.body(slot).is_some());
            self.unknown_field(Section::Body, *name, known, is_given, out);
        }
    }

    #[cfg_attr(any(not(target_arch = "wasm32"), feature = "reference"), inline(always))]
    pub(crate) fn evaluate_field<'a>(
        &'static self,
        field: &'static Field,
        section: Section,
        slot: usize,
        value: Option<&Value<'a>>,
        limits: &Limits,
        out: &mut Findings<'a>,
    ) {
        let Some(value) = value else {
            if field.presence == Presence::Mandatory {
                missing(&field.rule, At::field(section, slot, field.name()), Vec::new(), out);
            }
            return;
        };
        let mut violations = Violations::default();
        (field.kind.check)(value, limits, &mut violations);
        // As it mostly is: there is nothing to go through and to give back.
        if violations.len() > 0 {
            self.record_violations(field, section, slot, violations, out);
        }
    }

    #[cold]
    #[inline(never)]
    fn record_violations<'a>(
        &'static self,
        field: &'static Field,
        section: Section,
        slot: usize,
        violations: Violations<'a>,
        out: &mut Findings<'a>,
    ) {
        let [errors, warnings] = violations.cut();
        for violation in violations.into_list() {
            let severity = if violation.is_warning() { Severity::Warning } else { field.rule.severity };
            if !out.notes_only(severity, Outcome::Violated) {
                self.record_violation(field, At::field(section, slot, field.name()), violation, out);
            }
        }
        for (severity, count) in [(field.rule.severity, errors), (Severity::Warning, warnings)] {
            if count > 0 {
                out.more(severity, count.into());
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
                out.add_violation(&field.rule, field.rule.severity, at, violation.kind, violation.params, patch)
            }
            Target::Warning => {
                out.add_violation(&field.rule, Severity::Warning, at, violation.kind, violation.params, patch)
            }
            Target::UnknownMember(known) => {
                let near = match violation.params.get("actual") {
                    Some(Param::UserText(name)) => {
                        suggest::closest(name, known.iter().copied(), suggest::MAX_SUGGESTED)
                    }
                    _ => Vec::new(),
                };
                let params =
                    suggest::suggest(violation.params, near).with("allowed", Param::Identifiers(known.to_vec()));
                out.add_rule_violation(self.implicit_rule("unknown-field"), at, None, params, patch);
            }
        }
    }

    /// A name that the operation does not know, with the nearest one that it does, unless that one `is_given` too.
    fn unknown_field<'a>(
        &'static self,
        section: Section,
        name: Text<'a>,
        known: Vec<&'static str>,
        is_given: impl Fn(&str) -> bool,
        out: &mut Findings<'a>,
    ) {
        let rule = self.implicit_rule("unknown-field");
        if out.notes_only(rule.severity, Outcome::Violated) {
            return;
        }
        let name = name.to_cow();
        let at = At::unknown(section, &name);
        if !out.wants(rule, rule.severity, &at, None) {
            return;
        }
        let mut near = suggest::closest(&name, known.iter().copied(), suggest::MAX_SUGGESTED);
        near.retain(|near| !is_given(near));
        let mut fixes = Fixes::new();
        if let [near] = *near {
            let parent = at.pointer().rsplit_once('/').map_or("", |(parent, _)| parent);
            let to = format!("{parent}/{near}");
            fixes.push(Fix::patch(RENAME, vec![PatchOperation::rename(at.pointer(), &to)]));
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
        limits: &Limits,
        needs: Stage,
        out: &mut Findings<'a>,
    ) {
        (self.evaluate_rules)(&Context::new(draft, facts, limits), needs, out);
    }
}

/// Evaluates each field of a path and of a body by a piece of code of its own, in the same way as [`evaluate_rules`] does.
macro_rules! evaluate_fields {
    ($path:path, $body:path) => {
        |operation, draft, limits, out| {
            for field in &$path {
                operation.evaluate_field(field, $crate::report::Section::Path, 0, draft.path.as_ref(), limits, out);
            }
            $crate::operation::evaluate_fields!(@ $body, operation, draft, limits, out; 0 1 2 3 4 5 6 7 8 9 10);
        }
    };
    (@ $body:path, $operation:ident, $draft:ident, $limits:ident, $out:ident; $($slot:literal)+) => {
        const { assert!($body.len() <= [$($slot),+].len(), "not every field would be evaluated") };
        $(if let Some(field) = const { $crate::operation::nth(&$body, $slot) } {
            $operation.evaluate_field(field, $crate::report::Section::Body, $slot, $draft.body($slot), $limits, $out);
        })+
    };
}
pub(crate) use evaluate_fields;

/// Asks each rule of a list by a piece of code of its own, which the compiler makes for it: no check is called through a pointer,
/// and so the processor need not guess which one comes next.
macro_rules! evaluate_rules {
    ($rules:path) => {
        |context, needs, out| {
            $crate::operation::evaluate_rules!(@ $rules, context, needs, out; 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        }
    };
    (@ $rules:path, $context:ident, $needs:ident, $out:ident; $($index:literal)+) => {
        const { assert!($rules.len() <= [$($index),+].len(), "not every rule would be asked") };
        $(if let Some(rule) = const { $crate::operation::nth(&$rules, $index) } {
            $crate::operation::evaluate_rule(rule, $context, $needs, $out);
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
        Check::Reading => {}
        Check::Once(check) => record(rule, check(context), None, out),
        Check::EachImage(check) => {
            for image in context.images() {
                record(rule, check(context, image), Some(image.index), out);
            }
        }
    }
    #[cfg(test)]
    for read in context.reads.borrow_mut().drain(..) {
        assert!(rule.reads.contains(&read), "{} reads {read:?} and does not declare it", rule.id);
    }
}

/// Turns what a check said into a finding, where there is something to say.
#[inline]
fn record<'a>(rule: &'static Rule, decision: Decision<'a>, image: Option<usize>, out: &mut Findings<'a>) {
    match decision {
        Decision::Satisfied => {}
        Decision::Unknown(missing) => unknown(rule, missing, image, out),
        Decision::Violated(violation) => violated(rule, violation, out),
    }
}

#[inline(never)]
fn unknown<'a>(rule: &'static Rule, missing: Vec<Missing<'a>>, image: Option<usize>, out: &mut Findings<'a>) {
    let own = missing.iter().map(Missing::fact).find(|fact| !fact.is_of_each_image());
    if out.notes_only(rule.severity, Outcome::Unknown) {
        return;
    }
    let at = image.map(image_at).or(own.or(rule.reads.first().copied()).map(At::fact));
    out.unknown(rule, at.unwrap_or(At::section(Section::Facts)), missing);
}

#[inline(never)]
#[allow(clippy::boxed_local, reason = "it comes in a box, which is opened here and not where there is none")]
fn violated<'a>(rule: &'static Rule, violation: Box<Violation<'a>>, out: &mut Findings<'a>) {
    if out.notes_only(rule.severity, Outcome::Violated) {
        return;
    }
    out.add_rule_violation(rule, violation.at, None, violation.params, Vec::new());
}

/// A mandatory field that is not given.
#[cold]
#[inline(never)]
pub(crate) fn missing<'a>(rule: &'static Rule, at: At, patch: Vec<PatchOperation>, out: &mut Findings<'a>) {
    out.add_violation(rule, rule.severity, at, ViolationKind::Missing, Params::default(), patch);
}

impl Fact {
    /// Whether it is told of each of JD Cloud's images by itself.
    pub(crate) fn is_of_each_image(self) -> bool {
        self.pointer().contains('*')
    }
}

/// What a field's rule has beside its fields' own: where it is documented.
pub(crate) const fn field_rule(id: &'static str, holds: Message, why: Message, citations: &'static [Citation]) -> Rule {
    let [rule] = without_rationale([Rule { id, holds, why, citations, ..Rule::DEFAULT }]);
    rule
}

impl Rule {
    /// The same, with what is done where the documents contradict each other.
    pub(crate) const fn disputed(self, disputed: Message) -> Rule {
        let [rule] = without_rationale([Rule { disputed: Some(disputed), ..self }]);
        rule
    }
}
