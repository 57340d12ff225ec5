//! What a rule may look at: the request, the facts it declares, and what the edition says.

use crate::draft::Draft;
use crate::edition::Limits;
use crate::facts::{Fact, Facts};
use crate::json::{Text, Value};
use crate::report::{At, Missing, Section};
use crate::rule::Decision;

/// The world as a rule sees it.
pub(crate) struct Context<'c, 'a> {
    pub(crate) draft: &'c Draft<'a>,
    pub(crate) limits: &'c Limits,
    facts: &'c Facts<'a>,
    /// In tests, which facts have been read: a rule may read only what it declares.
    #[cfg(test)]
    pub(crate) reads: std::cell::RefCell<Vec<Fact>>,
}

impl<'c, 'a> Context<'c, 'a> {
    pub(crate) fn new(draft: &'c Draft<'a>, facts: &'c Facts<'a>, limits: &'c Limits) -> Self {
        Context {
            draft,
            limits,
            facts,
            #[cfg(test)]
            reads: std::cell::RefCell::default(),
        }
    }

    fn read(&self, fact: Fact) -> &'c Facts<'a> {
        #[cfg(test)]
        self.reads.borrow_mut().push(fact);
        let _ = fact;
        self.facts
    }

    pub(crate) fn flag(&self, fact: Fact) -> Option<bool> {
        self.read(fact).flag(fact)
    }

    pub(crate) fn count(&self, fact: Fact) -> Option<u64> {
        self.read(fact).count(fact)
    }

    pub(crate) fn fact(&self, fact: Fact) -> Option<&'c str> {
        self.read(fact).text(fact)
    }

    /// Where a fact was said.
    pub(crate) fn at(&self, fact: Fact) -> At {
        At::fact_at(fact, self.facts.pointer(fact))
    }

    /// The rule is that a fact has this value.
    pub(crate) fn must_be(&self, fact: Fact, wanted: bool) -> Decision<'a> {
        match self.flag(fact) {
            None => Decision::unknown(fact),
            Some(flag) if flag == wanted => Decision::Satisfied,
            Some(_) => Decision::violated(self.at(fact)),
        }
    }

    /// The rule is that a fact is one of these words; which, is told with what was found.
    pub(crate) fn must_be_one_of(&self, fact: Fact, wanted: &[&str]) -> Decision<'a> {
        match self.fact(fact) {
            None => Decision::unknown(fact),
            Some(found) if wanted.iter().any(|wanted| found.eq_ignore_ascii_case(wanted)) => Decision::Satisfied,
            Some(found) => Decision::violated(self.at(fact)).with("actual", said(found)),
        }
    }

    /// The images that the request names, each once, at most as many as a call takes.
    pub(crate) fn images(&self, slot: usize) -> impl Iterator<Item = (usize, Text<'a>)> + use<'a> {
        let array = match self.draft.body(slot) {
            Some(Value::Array(array)) => Some(*array),
            _ => None,
        };
        let ids = array.into_iter().flat_map(|array| array.iter().take(MOST_IMAGES).enumerate());
        let texts = ids.filter_map(|(index, id)| Some((index, id.as_text().filter(|id| !id.is_blank())?)));
        texts.filter(move |(index, id)| {
            let mut earlier = array.into_iter().flat_map(|array| array.iter().take(*index));
            !earlier.any(|earlier| earlier.as_text().is_some_and(|earlier| earlier.same_as(*id)))
        })
    }

    /// A fact about one of JD Cloud's images that must have this value.
    pub(crate) fn image_must_be(&self, fact: Fact, index: usize, id: Text<'a>, wanted: bool) -> Decision<'a> {
        match self.read(fact).jd_flag(&id.to_cow(), fact) {
            None => Decision::Unknown(vec![Missing::of_image(fact, index, id.to_cow())]),
            Some(flag) if flag == wanted => Decision::Satisfied,
            Some(_) => Decision::violated(image_at(index)).with("image", said(&id.to_cow())),
        }
    }

    /// A fact about one of JD Cloud's images that must be one of these words.
    pub(crate) fn image_must_be_one_of(&self, fact: Fact, index: usize, id: Text<'a>, wanted: &[&str]) -> Decision<'a> {
        match self.read(fact).jd_text(&id.to_cow(), fact) {
            None => Decision::Unknown(vec![Missing::of_image(fact, index, id.to_cow())]),
            Some(found) if wanted.iter().any(|wanted| found.eq_ignore_ascii_case(wanted)) => Decision::Satisfied,
            Some(found) => {
                Decision::violated(image_at(index)).with("image", said(&id.to_cow())).with("actual", said(found))
            }
        }
    }

    /// How many snapshots one of JD Cloud's images needs.
    pub(crate) fn image_snapshots(&self, id: Text<'a>) -> Option<u64> {
        self.read(Fact::ImagesSnapshots).jd_snapshots(&id.to_cow())
    }
}

/// The most images that one call takes; what is beyond is a finding of its own.
const MOST_IMAGES: usize = 10;

/// Where the list of images stands: JD Cloud's first field.
pub(crate) fn image_at(index: usize) -> At {
    At::field(Section::Body, crate::jdcloud::SOURCE_IMAGE_IDS, "sourceImageIds").item(index)
}

/// What somebody said, as a parameter.
pub(crate) fn said<'a>(text: &str) -> crate::report::Param<'a> {
    crate::report::Param::Text(std::borrow::Cow::Owned(text.to_owned()))
}
