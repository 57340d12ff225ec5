//! Fields: what a request is made of. Each has a type of its own whose values have passed that type's rules, and one check
//! that all entry points share.

use crate::field::kind::Kind;
use crate::json::Key;
#[cfg(feature = "schemars")]
use crate::message::locale::Locale;
use crate::message::message::Message;
use crate::rule::rule::{Citation, Rule, same, without_rationale};

/// When a field must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Mandatory,
    Optional,
}

impl Presence {
    /// That of a field which is `mandatory`, `optional` or `absent` in each of an operation's typed requests.
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    pub(crate) const fn of(requests: &[&str]) -> Presence {
        let mut index = 0;
        while index < requests.len() {
            if !same(requests[index], "mandatory") {
                return Presence::Optional;
            }
            index += 1;
        }
        Presence::Mandatory
    }
}

/// A field of a request, with the rule that says what it may be.
///
/// ```
/// let operation = image_preflight::operation("ims.cross-region-copy").unwrap();
/// let name = &operation.body()[0];
/// assert_eq!((name.name(), name.is_mandatory()), ("name", true));
/// assert_eq!(name.rule().id, "ims.cross-region-copy.name");
/// ```
#[derive(Debug)]
pub struct Field {
    pub(crate) key: Key,
    /// Where it is in a case: a JSON Pointer. No name of a field needs escapes in it.
    pub(crate) pointer: &'static str,
    pub(crate) presence: Presence,
    pub(crate) kind: &'static Kind,
    pub(crate) rule: Rule,
    #[cfg_attr(not(feature = "schemars"), allow(dead_code, reason = "it is empty then"))]
    pub(crate) words: Words,
}

/// What schemas and forms say of a field. A program without them has none of it.
#[derive(Debug)]
pub(crate) struct Words {
    #[cfg(feature = "schemars")]
    about: Message,
    #[cfg(feature = "schemars")]
    needed: Option<Message>,
    #[cfg(feature = "schemars")]
    examples: &'static [&'static str],
    #[cfg(feature = "schemars")]
    label: Message,
    #[cfg(feature = "schemars")]
    help: Option<Message>,
}

#[cfg_attr(
    not(feature = "schemars"),
    allow(unused_variables, clippy::needless_update, reason = "only schemas and forms say so")
)]
impl Words {
    /// What the field is; values, in JSON; its label in a form.
    pub(crate) const fn new(about: Message, examples: &'static [&'static str], label: Message) -> Self {
        Words {
            #[cfg(feature = "schemars")]
            about,
            #[cfg(feature = "schemars")]
            needed: None,
            #[cfg(feature = "schemars")]
            examples,
            #[cfg(feature = "schemars")]
            label,
            #[cfg(feature = "schemars")]
            help: None,
        }
    }

    /// When the field is required, where that depends on other fields.
    pub(crate) const fn needed(self, needed: Message) -> Self {
        Words {
            #[cfg(feature = "schemars")]
            needed: Some(needed),
            ..self
        }
    }

    /// The text beneath it in a form.
    pub(crate) const fn help(self, help: Message) -> Self {
        Words {
            #[cfg(feature = "schemars")]
            help: Some(help),
            ..self
        }
    }
}

impl Field {
    /// Its name, the provider's own.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.key.name
    }

    /// Whether every request must give it. Where it depends on other fields, it is not mandatory by itself.
    #[must_use]
    pub fn is_mandatory(&self) -> bool {
        self.presence == Presence::Mandatory
    }

    /// Its label in a form, in the words of the provider's console.
    ///
    /// ```
    /// use image_preflight::{Locale, operation};
    /// let name = &operation("ims.cross-region-copy").unwrap().body()[0];
    /// assert_eq!((name.label().text(Locale::ENGLISH), name.label().text(Locale::CHINESE)), ("Name", "名称"));
    /// ```
    #[cfg(feature = "schemars")]
    #[cfg_attr(docsrs, doc(cfg(feature = "schemars")))]
    #[must_use]
    pub fn label(&self) -> Message {
        self.words.label
    }

    /// The text that a form shows beneath it, if there is one: without names of fields or code.
    ///
    /// ```
    /// use image_preflight::{Locale, operation};
    /// let name = &operation("ims.cross-region-copy").unwrap().body()[0];
    /// assert!(name.help().unwrap().text(Locale::ENGLISH).starts_with("The name has 1 to 128 characters"));
    /// ```
    #[cfg(feature = "schemars")]
    #[cfg_attr(docsrs, doc(cfg(feature = "schemars")))]
    #[must_use]
    pub fn help(&self) -> Option<Message> {
        self.words.help
    }

    /// The name of its kind: its definition in the schema of the body.
    ///
    /// ```
    /// let name = &image_preflight::operation("ims.cross-region-copy").unwrap().body()[0];
    /// assert_eq!(name.kind(), "ImageName");
    /// ```
    #[cfg(feature = "schemars")]
    #[cfg_attr(docsrs, doc(cfg(feature = "schemars")))]
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind.name
    }

    /// The rule that says what it may be.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// What it is, in a sentence or two, with its unit. What its value may be is up to its [rule](Field::rule).
    ///
    /// ```
    /// let region = &image_preflight::operation("ims.cross-region-copy").unwrap().body()[2];
    /// assert_eq!(region.about().en, "ID of the region that the image is replicated to.");
    /// ```
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn about(&self) -> Message {
        self.words.about
    }

    /// When it is required, if that depends on other fields.
    ///
    /// ```
    /// let operation = image_preflight::operation("ims.whole-image").unwrap();
    /// let backup = operation.body().iter().find(|field| field.name() == "backup_id").unwrap();
    /// assert_eq!(backup.needed().unwrap().en, "Required when the image is created from a backup.");
    /// ```
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn needed(&self) -> Option<Message> {
        self.words.needed
    }

    /// Where its value is found, if the documents say so.
    ///
    /// ```
    /// let operation = image_preflight::operation("ims.whole-image").unwrap();
    /// let server = operation.body().iter().find(|field| field.name() == "instance_id").unwrap();
    /// assert!(server.found().unwrap().en.starts_with("The ID of the ECS is on the ECS console"));
    /// ```
    #[must_use]
    pub fn found(&self) -> Option<Message> {
        self.rule.found_at()
    }

    /// Values as they might be, in JSON.
    ///
    /// ```
    /// let name = &image_preflight::operation("ims.in-region-copy").unwrap().body()[0];
    /// assert_eq!(name.examples(), [r#""ims_copy_image""#, r#""测试-copy 1""#]);
    /// ```
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn examples(&self) -> &'static [&'static str] {
        self.words.examples
    }

    /// What a person reads of it in a schema: what it is, when it is required, where its value is found.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// let backup = &image_preflight::operation("ims.whole-image").unwrap().body()[6];
    /// assert!(backup.describe(Locale::ENGLISH).contains("CBR console"));
    /// assert!(backup.describe(Locale::CHINESE).contains("云备份控制台"));
    /// ```
    #[cfg(feature = "schemars")]
    #[must_use]
    pub fn describe(&self, locale: Locale) -> String {
        self.describe_as(self.words.needed, locale)
    }

    /// The same with other words on when it is required.
    #[cfg(feature = "schemars")]
    pub(crate) fn describe_as(&self, needed: Option<Message>, locale: Locale) -> String {
        let parts = [Some(self.words.about), needed, self.found()];
        let parts: Vec<_> = parts.into_iter().flatten().map(|part| part.text(locale)).collect();
        parts.join(locale.between_sentences())
    }
}

/// The names of fields.
#[cold]
#[inline(never)]
pub(crate) fn names(fields: &'static [Field]) -> Vec<&'static str> {
    fields.iter().map(Field::name).collect()
}

/// The keys of fields in one array, for the look-up of a member.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn keys<const N: usize>(fields: &[Field; N]) -> [Key; N] {
    let mut keys = [Key::new(""); N];
    let mut slot = 0;
    while slot < N {
        keys[slot] = fields[slot].key;
        slot += 1;
    }
    keys
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

/// The rule of a field, with its citations.
pub(crate) const fn field_rule(id: &'static str, holds: Message, why: Message, citations: &'static [Citation]) -> Rule {
    let [rule] = without_rationale([Rule { id, holds, why, citations, ..Rule::DEFAULT }]);
    rule
}
