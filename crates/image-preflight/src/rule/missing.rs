//! What a rule still wants: a fact, or the value of a field that is not known yet.

use crate::json::cut;
use crate::message::message::{Message, message};
use crate::rule::draft::Draft;
use crate::rule::fact::Fact;
use crate::rule::location::{At, Section, push_token};
use std::borrow::Cow;

/// What a rule still wants: a fact, or the value of a field that is given but not known yet.
///
/// ```
/// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"},
///     "body": {"name": "n"}, "unknown": ["/body/name"],
///     "facts": {"image": {"fullEcs": false, "iso": false, "status": "active", "sizeBytes": 1, "encrypted": false}}}"#);
/// let missing = report.missing();
/// assert_eq!((missing[0].pointer(), missing[0].fact()), ("/body/name".to_owned(), None));
/// assert_eq!(missing[1].pointer(), "/facts/image/os");
/// assert_eq!(missing[1].fact(), image_preflight::Fact::from_pointer("/facts/image/os"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing<'a>(Wanted<'a>);

/// In the order of a case: fields come before facts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted<'a> {
    Field(At),
    Fact {
        /// Facts about one of the listed images are together.
        group: u16,
        index: usize,
        fact: Fact,
        image: Option<Cow<'a, str>>,
    },
}

const A_VALUE: Message = message("the value of a field that `unknown` lists", "`unknown` 中所列字段的值");

const WHEN_KNOWN: Message = message(
    "check again once the value is known, and remove its pointer from `unknown`",
    "待该值确定后，从 `unknown` 中去掉其指针并重新检查",
);

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 2] = [A_VALUE, WHEN_KNOWN];

impl<'a> Missing<'a> {
    pub(crate) fn of(fact: Fact) -> Self {
        Missing(Wanted::Fact { group: fact.group_rank(), index: 0, fact, image: None })
    }

    pub(crate) fn of_image(fact: Fact, index: usize, id: Cow<'a, str>) -> Self {
        Missing(Wanted::Fact { group: fact.group_rank(), index, fact, image: Some(id) })
    }

    /// The value of a field.
    #[cold]
    pub(crate) fn of_field(section: Section, slot: usize, name: &str) -> Self {
        Missing(Wanted::Field(At::field(section, slot, name)))
    }

    /// What is not known yet of a field of the body that is a list.
    #[cold]
    #[inline(never)]
    pub(crate) fn of_parts(draft: &Draft<'_>, slot: usize, name: &str) -> Vec<Self> {
        let mut missing = Vec::new();
        for part in draft.unknown_parts(slot) {
            let mut at = At::field(Section::Body, slot, name).item(part.index);
            if let Some(member) = &part.member {
                at = at.below(member);
            }
            missing.push(Missing(Wanted::Field(at)));
        }
        missing
    }

    /// The fact; `None` where the value of a field is wanted.
    #[must_use]
    pub fn fact(&self) -> Option<Fact> {
        if let Wanted::Fact { fact, .. } = &self.0 { Some(*fact) } else { None }
    }

    /// The id of the image that the fact is about, where a request lists several.
    #[must_use]
    pub fn image(&self) -> Option<&str> {
        if let Wanted::Fact { image, .. } = &self.0 { image.as_deref() } else { None }
    }

    /// Where the field is whose value is wanted.
    pub(crate) fn at(&self) -> Option<&At> {
        if let Wanted::Field(at) = &self.0 { Some(at) } else { None }
    }

    /// What it is, as a phrase.
    #[must_use]
    pub fn description(&self) -> Message {
        self.fact().map_or(A_VALUE, Fact::description)
    }

    /// How to obtain it: the API and its field, or whom to ask.
    #[must_use]
    pub fn how_to_obtain(&self) -> Message {
        self.fact().map_or(WHEN_KNOWN, Fact::how_to_obtain)
    }

    /// Its JSON Pointer in the case.
    #[must_use]
    pub fn pointer(&self) -> String {
        let (fact, image) = match &self.0 {
            Wanted::Field(at) => return at.pointer().to_owned(),
            Wanted::Fact { fact, image, .. } => (fact, image),
        };
        let pointer = fact.pointer();
        match (image, cut(pointer, b'*')) {
            (Some(id), Some((before, after))) => {
                let mut pointer = before.to_owned();
                push_token(&mut pointer, id);
                pointer.push_str(after);
                pointer
            }
            _ => pointer.to_owned(),
        }
    }

    /// The same, free of what it borrowed.
    pub(crate) fn into_owned(self) -> Missing<'static> {
        Missing(match self.0 {
            Wanted::Field(at) => Wanted::Field(at),
            Wanted::Fact { group, index, fact, image } => {
                Wanted::Fact { group, index, fact, image: image.map(|id| Cow::Owned(id.into_owned())) }
            }
        })
    }
}
