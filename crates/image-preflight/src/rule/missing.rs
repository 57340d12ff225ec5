//!

use crate::rule::fact::Fact;
use std::borrow::Cow;

/// A fact that a rule still wants.
///
/// ```
/// let report = image_preflight::check(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"},
///     "body": {"name": "n"}, "facts": {"image": {"fullEcs": false, "iso": false, "status": "active"}}}"#);
/// let missing = report.missing();
/// assert_eq!(missing[0].pointer(), "/facts/image/os");
/// assert_eq!(missing[0].fact(), image_preflight::Fact::ImageOs);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing<'a> {
    /// The table row where its group begins: facts of one of JD Cloud's images stand together.
    pub(crate) group: Fact,
    pub(crate) index: usize,
    pub(crate) fact: Fact,
    pub(crate) image: Option<Cow<'a, str>>,
}

impl<'a> Missing<'a> {
    pub(crate) fn of(fact: Fact) -> Self {
        Missing { group: fact, index: 0, fact, image: None }
    }

    pub(crate) fn of_image(fact: Fact, index: usize, id: Cow<'a, str>) -> Self {
        Missing { group: Fact::ImagesVisibility, index, fact, image: Some(id) }
    }

    /// The fact.
    #[must_use]
    pub fn fact(&self) -> Fact {
        self.fact
    }

    /// Its JSON Pointer in the case.
    #[must_use]
    pub fn pointer(&self) -> String {
        let pointer = self.fact.pointer();
        match (&self.image, pointer.split_once('*')) {
            (Some(id), Some((before, after))) => {
                let mut pointer = before.to_owned();
                crate::rule::location::push_token(&mut pointer, id);
                pointer.push_str(after);
                pointer
            }
            _ => pointer.to_owned(),
        }
    }
}
