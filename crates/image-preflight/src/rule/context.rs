//! What a rule may look at: the request, the facts it declares, and what the edition says.

use crate::json::{Text, Value};
use crate::message::param::Param;
use crate::rule::decision::{Decision, Objection};
use crate::rule::draft::Draft;
use crate::rule::edition::Edition;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts, Record};
use crate::rule::location::{At, Section};
use crate::rule::missing::Missing;
use crate::rule::stage::Stage;
use arrayvec::ArrayVec;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The world as a rule sees it.
pub(crate) struct Context<'c, 'a> {
    pub(crate) draft: &'c Draft<'a>,
    pub(crate) edition: &'c Edition,
    /// How much of the request is known.
    stage: Stage,
    facts: &'c Facts<'a>,
    listed: Option<&'static ListedImages>,
    /// Found out when a rule asks for the first time.
    images: OnceCell<NamedImages<'c, 'a>>,
    /// In tests, which facts have been read: a rule may read only what it declares.
    #[cfg(test)]
    pub(crate) reads: std::cell::RefCell<Vec<Fact>>,
}

impl<'c, 'a> Context<'c, 'a> {
    pub(crate) fn new(
        draft: &'c Draft<'a>,
        facts: &'c Facts<'a>,
        edition: &'c Edition,
        stage: Stage,
        listed: Option<&'static ListedImages>,
    ) -> Self {
        Context {
            draft,
            edition,
            stage,
            facts,
            listed,
            images: OnceCell::new(),
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

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn flag(&self, fact: Fact) -> Option<bool> {
        self.read(fact).value(fact).flag()
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn count(&self, fact: Fact) -> Option<u64> {
        self.read(fact).value(fact).count()
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn fact(&self, fact: Fact) -> Option<&'c str> {
        self.read(fact).value(fact).text()
    }

    /// A fact that decides another rule, where this one asks whether it matters yet.
    pub(crate) fn aside(&self, fact: Fact) -> &'c FactValue<'a> {
        self.facts.value(fact)
    }

    /// Whether the whole request is known, and every rule is asked.
    pub(crate) fn is_of_request(&self) -> bool {
        self.stage == Stage::Request
    }

    /// Whether nothing is presumed.
    pub(crate) fn is_strict(&self) -> bool {
        self.facts.is_strict
    }

    /// Whether the list of images is given, and it, or a part of it, not known yet.
    pub(crate) fn has_unknown_images(&self) -> bool {
        let is_open = |slot| self.draft.is_unknown(slot) || self.draft.unknown_parts(slot).next().is_some();
        self.listed.is_some_and(|listed| is_open(listed.slot))
    }

    /// What is not known yet of the list of images.
    pub(crate) fn listed_missing(&self) -> Vec<Missing<'a>> {
        let Some(listed) = self.listed else { return Vec::new() };
        if self.draft.is_unknown(listed.slot) {
            return vec![self.missing_field(listed.slot, listed.name)];
        }
        Missing::of_parts(self.draft, listed.slot, listed.name)
    }

    /// The value of a field of the body that is not known yet.
    #[cold]
    pub(crate) fn missing_field(&self, slot: usize, name: &str) -> Missing<'a> {
        Missing::of_field(Section::Body, slot, name)
    }

    /// Where a fact was said.
    #[cold]
    #[inline(never)]
    pub(crate) fn at(&self, fact: Fact) -> At {
        self.facts.at(fact)
    }

    /// The rule is that a fact has this value.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn must_be(&self, fact: Fact, wanted: bool) -> Decision<'a> {
        match self.flag(fact) {
            None => Decision::unknown(fact),
            Some(flag) if flag == wanted => Decision::Satisfied,
            Some(_) => Decision::violated(self.at(fact)),
        }
    }

    /// The rule is that not both facts have these values. The finding is at the second.
    pub(crate) fn not_both(&self, (one, bad): (Fact, bool), (other, worse): (Fact, bool)) -> Decision<'a> {
        match (self.flag(one), self.flag(other)) {
            (Some(flag), _) if flag != bad => Decision::Satisfied,
            (_, Some(flag)) if flag != worse => Decision::Satisfied,
            (Some(_), Some(_)) => Decision::violated(self.at(other)),
            (first, second) => Decision::wants([
                first.is_none().then(|| Missing::of(one)),
                second.is_none().then(|| Missing::of(other)),
            ]),
        }
    }

    /// The rule is that a fact is one of these words; the finding has the actual one.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn must_be_one_of(&self, fact: Fact, wanted: &[&str]) -> Decision<'a> {
        match self.fact(fact) {
            None => Decision::unknown(fact),
            Some(found) if is_one_of(found, wanted) => Decision::Satisfied,
            Some(found) => Decision::violated(self.at(fact)).with("actual", user_text(found)),
        }
    }

    /// The images that the request lists, each once, at most as many as a call takes, with what is known of them.
    pub(crate) fn images(&self) -> &[NamedImage<'c, 'a>] {
        self.images.get_or_init(|| {
            let mut images = NamedImages::new();
            let Some(listed) = self.listed else { return images };
            let Some(Value::Array(array)) = self.draft.body(listed.slot) else { return images };
            for (index, id) in array.iter().take(listed.max).enumerate() {
                let Some(id) = id.as_text().filter(|id| !id.is_blank()) else { continue };
                if self.draft.is_unknown_part(listed.slot, index, None) {
                    continue;
                }
                if images.iter().all(|earlier| !earlier.id.same_as(id)) {
                    // There is room for all: an operation's limit is no higher.
                    let _ =
                        images.try_push(NamedImage { listed, index, id, records: self.facts.records_of(&id.to_cow()) });
                }
            }
            images
        })
    }

    /// A fact about one of the listed images that must have this value.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn image_must_be(&self, fact: Fact, image: &NamedImage<'c, 'a>, wanted: bool) -> Decision<'a> {
        let _ = self.read(fact);
        match image.value(fact).flag() {
            None => image.unknown(fact),
            Some(flag) if flag == wanted => Decision::Satisfied,
            Some(_) => Decision::violated(image.at()).with("image", user_text(&image.id.to_cow())),
        }
    }

    /// A fact about one of the listed images that must be one of these words.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(crate) fn image_must_be_one_of(&self, fact: Fact, image: &NamedImage<'c, 'a>, wanted: &[&str]) -> Decision<'a> {
        let _ = self.read(fact);
        match image.value(fact).text() {
            None => image.unknown(fact),
            Some(found) if is_one_of(found, wanted) => Decision::Satisfied,
            Some(found) => Decision::violated(image.at())
                .with("image", user_text(&image.id.to_cow()))
                .with("actual", user_text(found)),
        }
    }

    /// A fact about one of the listed images that is a number.
    pub(crate) fn image_count(&self, fact: Fact, image: &NamedImage<'c, 'a>) -> Option<u64> {
        let _ = self.read(fact);
        image.value(fact).count()
    }
}

/// What a field of the body says, where it is text.
#[derive(Clone, Copy)]
pub(crate) enum FieldText<'a> {
    Absent,
    /// It is given, and not known yet.
    NotKnownYet,
    Text(Text<'a>),
}

impl<'c, 'a> Context<'c, 'a> {
    /// A field of the body that is text; blank text and any other value are as good as absent here.
    pub(crate) fn field(&self, slot: usize) -> FieldText<'a> {
        match self.draft.body(slot) {
            Some(Value::Text(text)) if !text.is_blank() => FieldText::Text(*text),
            Some(Value::Null) => FieldText::NotKnownYet,
            _ => FieldText::Absent,
        }
    }
}

/// The field that lists the images which a request is about.
#[derive(Debug)]
pub(crate) struct ListedImages {
    pub(crate) slot: usize,
    pub(crate) name: &'static str,
    /// The most that one call takes; what is beyond is a finding of its own.
    pub(crate) max: usize,
}

impl ListedImages {
    /// Where one of them is.
    pub(crate) fn at(&self, index: usize) -> At {
        At::field(Section::Body, self.slot, self.name).item(index)
    }
}

type NamedImages<'c, 'a> = ArrayVec<NamedImage<'c, 'a>, MAX_LISTED>;

/// The most images that a request of any operation names.
pub(crate) const MAX_LISTED: usize = 10;

/// An image that a request names.
#[derive(Debug)]
pub(crate) struct NamedImage<'c, 'a> {
    listed: &'static ListedImages,
    /// Its place in the list.
    pub(crate) index: usize,
    pub(crate) id: Text<'a>,
    /// What the caller says of it, then what the provider's object says.
    records: [Option<&'c Record<'a>>; 2],
}

impl<'c, 'a> NamedImage<'c, 'a> {
    /// A fact about it: the caller's word before the provider's object's.
    fn value(&self, fact: Fact) -> &'c FactValue<'a> {
        Record::first_known(self.records, fact)
    }

    /// Where it is.
    pub(crate) fn at(&self) -> At {
        self.listed.at(self.index)
    }

    /// That a fact about it is not known.
    pub(crate) fn unknown(&self, fact: Fact) -> Decision<'a> {
        Objection::Unknown(vec![self.missing(fact)]).into()
    }

    pub(crate) fn missing(&self, fact: Fact) -> Missing<'a> {
        Missing::of_image(fact, self.index, self.id.to_cow())
    }
}

/// Whether a word is one of these, in any case of letters.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(crate) fn is_one_of(found: &str, wanted: &[&str]) -> bool {
    // Mostly it is written as the documents have it, which is quicker to see.
    wanted.contains(&found) || is_nearly_one_of(found, wanted)
}

#[cold]
#[inline(never)]
fn is_nearly_one_of(found: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|wanted| found.eq_ignore_ascii_case(wanted))
}

/// A text of the user, as a parameter.
pub(crate) fn user_text<'a>(text: &str) -> Param<'a> {
    Param::UserText(Cow::Owned(text.to_owned()))
}
