//! A missing fact, and the image that it is about.

use crate::rule::fact::Fact;
use crate::rule::location::push_token;
use std::borrow::Cow;

/// A fact that a rule still wants.
///
/// ```
/// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"},
///     "body": {"name": "n"}, "facts": {"image": {"fullEcs": false, "iso": false, "status": "active"}}}"#);
/// let missing = report.missing();
/// assert_eq!(missing[0].pointer(), "/facts/image/os");
/// assert_eq!(Some(missing[0].fact()), image_preflight::Fact::from_pointer("/facts/image/os"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing<'a> {
    /// Facts about one of the listed images are together.
    group: u16,
    index: usize,
    fact: Fact,
    image: Option<Cow<'a, str>>,
}

impl<'a> Missing<'a> {
    pub(crate) fn of(fact: Fact) -> Self {
        Missing { group: fact.group_rank(), index: 0, fact, image: None }
    }

    pub(crate) fn of_image(fact: Fact, index: usize, id: Cow<'a, str>) -> Self {
        Missing { group: fact.group_rank(), index, fact, image: Some(id) }
    }

    /// The fact.
    #[must_use]
    pub fn fact(&self) -> Fact {
        self.fact
    }

    /// The id of the image that the fact is about, where a request lists several.
    #[must_use]
    pub fn image(&self) -> Option<&str> {
        self.image.as_deref()
    }

    /// Its JSON Pointer in the case.
    #[must_use]
    pub fn pointer(&self) -> String {
        let pointer = self.fact.pointer();
        match (&self.image, pointer.split_once('*')) {
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
        let Missing { group, index, fact, image } = self;
        Missing { group, index, fact, image: image.map(|id| Cow::Owned(id.into_owned())) }
    }
}
