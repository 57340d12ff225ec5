//! An operation, as data: its names, its fields, its rules.

use crate::check::provider::Provider;
use crate::check::refusal::DocumentedError;
#[cfg(feature = "reference")]
use crate::check::scheduling::Scheduling;
use crate::field::field::{Field, Presence};
use crate::field::violation::Violations;
use crate::finding::findings::Findings;
use crate::json::{Key, Object, Text, Value};
use crate::message::message::Message;
use crate::message::violation_kind::ViolationKind;
use crate::rule::by_id::by_id;
use crate::rule::context::{Context, ListedImages};
use crate::rule::draft::{Draft, given};
use crate::rule::edition::{Edition, Limit};
use crate::rule::fact::Fact;
use crate::rule::location::Section;
use crate::rule::missing::Missing;
use crate::rule::rule::{Check, Rule, assert_rule};
use crate::rule::stage::Stage;

/// One operation of a provider's API.
///
/// ```
/// let operation = image_preflight::operation("CopyImageCrossRegion").unwrap();
/// assert_eq!(operation.id(), "ims.cross-region-copy");
/// assert_eq!(operation.path_template(), "/v1/cloudimages/{image_id}/cross_region_copy");
/// assert!(operation.rules().any(|rule| rule.id == "ims.cross-region-copy.size-cap"));
/// ```
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) provider: &'static Provider,
    pub(crate) api_name: &'static str,
    /// Other names that the provider gives it.
    pub(crate) api_aliases: &'static [&'static str],
    pub(crate) title: Message,
    pub(crate) path_template: &'static str,
    /// Its address under an edition, where editions differ.
    pub(crate) path_template_for: Option<&'static Limit>,
    pub(crate) path: &'static [Field],
    pub(crate) body: &'static [Field],
    /// The keys of both.
    pub(crate) path_keys: &'static [Key],
    pub(crate) body_keys: &'static [Key],
    /// Fields of other operations that have no effect here, as a rule says.
    pub(crate) unsent: &'static [&'static str],
    /// Names that are not known, and keys given twice.
    pub(crate) own: [Rule; 2],
    pub(crate) rules: &'static [Rule],
    /// The rule of these with an advice on every request that is allowed: see [`when_allowed`].
    pub(crate) when_allowed: Option<&'static Rule>,
    /// Evaluates each field: see the macro `evaluate_fields!`.
    pub(crate) evaluate_fields: for<'a> fn(&'static Operation, &Draft<'a>, &Edition, &mut Findings<'a>),
    /// Evaluates each rule: see the macro `evaluate_rules!`.
    pub(crate) evaluate_rules: for<'c, 'a> fn(&Context<'c, 'a>, Stage, &mut Findings<'a>),
    /// The facts that its rules read, by the bits of their ranks.
    pub(crate) reads: u64,
    /// The facts that say which image, server or backup other facts are about, and the fields that name it.
    pub(crate) subjects: &'static [(Fact, &'static str)],
    /// The field that lists the images which a request is about, where one does.
    pub(crate) listed_images: Option<&'static ListedImages>,
    /// Where its requests are of several kinds: the field that makes each, and what it makes.
    #[cfg(feature = "text")]
    pub(crate) kinds: &'static [(&'static str, Message)],
    /// How its requests are planned.
    #[cfg(feature = "reference")]
    pub(crate) scheduling: &'static Scheduling,
    /// What fields demand of one another.
    pub(crate) across: for<'a> fn(&Draft<'a>, &Edition, &mut Findings<'a>),
    /// The JSON Schema of its body.
    #[cfg(feature = "schemars")]
    pub(crate) schema: fn(&Edition, &mut schemars::SchemaGenerator) -> schemars::Schema,
    /// Bodies that hold, as JSON.
    #[cfg(feature = "schemars")]
    pub(crate) examples: &'static [&'static str],
}

by_id!(Operation);

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

    /// Its address under the default edition, with the names of its parameters in braces. The method is its provider's.
    /// Empty for what is no API call of its own, such as `image.export`.
    #[must_use]
    pub fn path_template(&self) -> &'static str {
        self.path_template
    }

    /// Its address under an edition.
    ///
    /// ```
    /// use image_preflight::{Edition, operation};
    /// let edition = Edition::from_name("international-2026-01").unwrap();
    /// let template = operation("ims.in-region-copy").unwrap().path_template_with(&edition);
    /// assert!(template.starts_with("/v2.1/"));
    /// ```
    #[must_use]
    pub fn path_template_with(&self, edition: &Edition) -> &'static str {
        self.path_template_for.and_then(|limit| edition.path(limit)).unwrap_or(self.path_template)
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
        let mut all = Vec::new();
        self.add_rules(&mut all);
        all.into_iter()
    }

    /// The same, behind other rules: lists take less code than iterators over several of them.
    pub(crate) fn add_rules(&'static self, all: &mut Vec<&'static Rule>) {
        for field in self.path {
            all.push(&field.rule);
        }
        for field in self.body {
            // A field that is in the path and in the body has one rule.
            if self.path.iter().all(|other| other.name() != field.name()) {
                all.push(&field.rule);
            }
        }
        if !self.path_template.is_empty() {
            all.extend(&self.own);
        }
        all.extend(self.rules);
    }

    /// Every documented answer by which its provider refuses it: those of any operation, and its own. What a gateway in front of
    /// the API answers is not among them.
    pub fn refusals(&'static self) -> impl Iterator<Item = &'static DocumentedError> {
        let all = self.provider.statuses.iter().chain(self.provider.errors.iter().copied().flatten());
        all.filter(move |refusal| refusal.belongs_to(self.id))
    }

    /// One of the two rules that every operation has.
    pub(crate) fn implicit_rule(&'static self, suffix: &str) -> &'static Rule {
        let [unknown, duplicate] = &self.own;
        if suffix == "unknown-field" { unknown } else { duplicate }
    }

    /// What is given, and not known yet: fields, and parts of fields.
    pub(crate) fn unknown_fields(&self, draft: &Draft<'_>) -> Vec<Missing<'static>> {
        let mut unknown = Vec::new();
        let path = self.path.iter().filter(|_| matches!(draft.path, Some(Value::Null)));
        unknown.extend(path.map(|field| Missing::of_field(Section::Path, 0, field.name())));
        for (slot, field) in self.body.iter().enumerate() {
            if draft.is_unknown(slot) {
                unknown.push(Missing::of_field(Section::Body, slot, field.name()));
            }
            unknown.append(&mut Missing::of_parts(draft, slot, field.name()));
        }
        unknown
    }

    /// Puts the value of a body's field into its place. An optional one that is null, blank or an empty list is absent.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn set<'a>(&self, draft: &mut Draft<'a>, slot: usize, value: Value<'a>) {
        let is_absent = match &value {
            Value::Null => true,
            Value::Text(text) => text.is_blank() && self.is_left_out(slot, &value),
            Value::Array(array) => array.is_empty() && self.is_left_out(slot, &value),
            _ => false,
        };
        if let Some(place) = draft.body.get_mut(slot) {
            *place = (!is_absent).then_some(value);
        }
    }

    /// The same; null is a value that is not known yet.
    pub(crate) fn set_given<'a>(&self, draft: &mut Draft<'a>, slot: usize, value: Value<'a>) {
        match value {
            Value::Null => {
                if let Some(place) = draft.body.get_mut(slot) {
                    *place = Some(value);
                }
            }
            value => self.set(draft, slot, value),
        }
    }

    /// Puts the members of a path into a draft.
    pub(crate) fn put_path<'a>(&self, path: Object<'a>, draft: &mut Draft<'a>) {
        for (key, value) in path.iter() {
            if self.path.iter().any(|field| key.is(field.name())) {
                draft.path = given(value);
            } else {
                draft.path_extras.push((key, value));
            }
        }
    }

    /// Puts the members of a body into a draft.
    pub(crate) fn put_body<'a>(&self, body: Object<'a>, draft: &mut Draft<'a>) {
        for (key, value) in body.iter() {
            match self.body.iter().position(|field| key.is(field.name())) {
                Some(slot) => self.set(draft, slot, value),
                None => self.add_extra(draft, key, value),
            }
        }
    }

    /// A field of the body that the operation does not know. One of other operations that is left blank is absent here, too.
    #[cold]
    pub(crate) fn add_extra<'a>(&self, draft: &mut Draft<'a>, key: Text<'a>, value: Value<'a>) {
        if !(value.is_blank() && self.unsent.iter().any(|unsent| key.is(unsent))) {
            draft.extras.push((key, value));
        }
    }

    /// Whether nothing is given but these fields of the body, and the path; the body may repeat what is in the path.
    pub(crate) fn has_only(&self, draft: &Draft<'_>, slots: &[usize]) -> bool {
        let is_carried = |slot| !self.is_uncarried(draft, slot, slots);
        draft.extras.is_empty() && draft.path_extras.is_empty() && (0..self.body.len()).all(is_carried)
    }

    /// Whether a field of the body is given that is none of these, nor repeats what is in the path.
    pub(crate) fn is_uncarried(&self, draft: &Draft<'_>, slot: usize, slots: &[usize]) -> bool {
        let name = self.body.get(slot).map(Field::name);
        let is_in_path = || self.path.iter().any(|field| Some(field.name()) == name);
        draft.has(slot) && !slots.contains(&slot) && !is_in_path()
    }

    /// Every name of it: its id, then the provider's own.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.id, self.api_name].into_iter().chain(self.api_aliases.iter().copied())
    }

    /// Whether it is called so.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.id == name || self.api_name == name || self.api_aliases.contains(&name)
    }

    /// Whether an empty value leaves a field out: an optional one, of its type. An empty list is no text that is left blank.
    #[cold]
    #[inline(never)]
    fn is_left_out(&self, slot: usize, value: &Value<'_>) -> bool {
        let Some(field) = self.body.get(slot).filter(|field| field.presence == Presence::Optional) else {
            return false;
        };
        let mut violations = Violations::default();
        (field.kind.check)(value, &Edition::default(), &mut violations);
        violations.into_list().iter().all(|violation| violation.kind != ViolationKind::WrongType)
    }

    /// The slot of a body's field.
    pub(crate) fn slot(&self, name: &str) -> Option<usize> {
        self.body.iter().position(|field| field.name() == name)
    }
}

/// The facts that rules read, by the bits of their ranks.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn reads(rules: &[Rule]) -> u64 {
    let (mut bits, mut rule) = (0, 0);
    while rule < rules.len() {
        let mut fact = 0;
        while fact < rules[rule].reads.len() {
            bits |= rules[rule].reads[fact].bit();
            fact += 1;
        }
        rule += 1;
    }
    bits
}

/// The rule with an advice on every request that is allowed.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn when_allowed(rules: &'static [Rule]) -> Option<&'static Rule> {
    let (mut found, mut rule) = (None, 0);
    while rule < rules.len() {
        if matches!(rules[rule].check, Check::WhenAllowed(_)) {
            assert!(found.is_none(), "an allowed request has one advice at most");
            found = Some(&rules[rule]);
        }
        rule += 1;
    }
    found
}

/// Stops the compiler when an operation has an incomplete rule, two of the same id, or more fields than a draft holds.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn assert_operation(operation: &Operation) {
    assert!(
        operation.path.len() <= 1 && operation.body.len() <= crate::rule::draft::MAX_BODY_FIELDS,
        "a draft has no room for it"
    );
    crate::rule::rule::assert_rules(operation.rules);
    let read = reads(operation.rules);
    assert!(operation.reads & read == read, "an operation does not say which facts its rules read");
    let mut slot = 0;
    while slot < operation.body.len() {
        assert_rule(&operation.body[slot].rule);
        slot += 1;
    }
    assert_rule(&operation.own[0]);
    assert_rule(&operation.own[1]);
}
