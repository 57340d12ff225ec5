//! The regions of a cloud: their ids and names, and the check of a field that names one.

use crate::field::violation::{Suggestion, Target, Violations, actual};
use crate::json::Text;
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::suggest;
use crate::message::violation_kind::ViolationKind;

/// A region.
///
/// ```
/// use image_preflight::{Locale, huawei};
/// let region = huawei::region("cn-south-1").unwrap();
/// assert_eq!(region.name.text(Locale::CHINESE), "华南-广州");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Region {
    /// Its id, as requests write it.
    pub id: &'static str,
    /// Its name; the id where the documents give none.
    pub name: Message,
    /// The same in either language: a user may write it in either, whatever languages messages have.
    pub(crate) names: [&'static str; 2],
}

impl Region {
    pub(crate) const fn named(id: &'static str, en: &'static str, zh: &'static str) -> Self {
        Region { id, name: message(en, zh), names: [en, zh] }
    }
}

/// The regions that are known of a cloud. The lists are not closed: new regions appear, and partner clouds have their own.
pub(crate) struct Regions {
    pub(crate) list: &'static [Region],
    /// Names that the documents gave regions before, and their ids.
    pub(crate) former_names: &'static [(&'static str, &'static str)],
    /// Finds the one of an id.
    pub(crate) find: fn(&str) -> Option<&'static Region>,
}

impl Regions {
    /// Their ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.list.iter().map(|region| region.id)
    }

    /// Warns of an id that is not listed.
    #[inline]
    pub(crate) fn check<'a>(&self, text: Text<'a>, violations: &mut Violations<'a>) {
        let id = text.to_cow();
        if (self.find)(&id).is_none() {
            self.unlisted(text, &id, violations);
        }
    }

    #[cold]
    #[inline(never)]
    fn unlisted<'a>(&self, text: Text<'a>, id: &str, violations: &mut Violations<'a>) {
        // Ids mean the same in any case of letters.
        if self.ids().any(|known| known.eq_ignore_ascii_case(id)) {
            return;
        }
        let near = self.near(id);
        // The nearest one fixes it, if it was a typo.
        let suggestion = match near.as_slice() {
            [one] => Suggestion::Replace((*one).into()),
            _ => Suggestion::None,
        };
        let params = self.unlisted_params(actual(text), near);
        violations.add(ViolationKind::Unlisted, params, Target::Warning, suggestion);
    }

    /// The region that a text means: by its id, or by its name in either language, or by a former name. Blanks, hyphens and the case of
    /// letters do not matter.
    pub(crate) fn named(&self, name: &str) -> Option<&'static Region> {
        let is_it = |known: &str| suggest::is_same_name(name, known);
        let former = self.former_names.iter().find(|(known, _)| is_it(known)).map(|(_, id)| *id);
        let is_meant = |region: &Region| region.names.iter().any(|name| is_it(name)) || is_it(region.id);
        self.list.iter().find(|region| former.map_or_else(|| is_meant(region), |former| region.id == former))
    }

    /// The same, where most texts are ids as the documents write them.
    #[inline]
    pub(crate) fn meant(&self, text: &str) -> Option<&'static Region> {
        (self.find)(text).or_else(|| self.named(text))
    }

    /// Whether two texts mean the same region.
    pub(crate) fn is_same(&self, one: Text<'_>, other: Text<'_>) -> bool {
        if one.same_as(other) {
            return true;
        }
        let id = |text: &str| self.meant(text).map(|region| region.id);
        let (one, other) = (one.to_cow(), other.to_cow());
        id(&one).unwrap_or(one.trim()).eq_ignore_ascii_case(id(&other).unwrap_or(other.trim()))
    }

    /// The ids that are near to one that is not listed; that of a region whose name it is.
    pub(crate) fn near(&self, id: &str) -> Vec<&'static str> {
        if let Some(region) = self.named(id) {
            return vec![region.id];
        }
        suggest::closest(id, &self.ids().collect::<Vec<_>>(), suggest::MAX_SUGGESTED)
    }

    /// The parameters of a region that is none of those. They are too many to be listed.
    pub(crate) fn unlisted_params<'a>(&self, params: Params<'a>, near: Vec<&'static str>) -> Params<'a> {
        let known = u64::try_from(self.list.len()).unwrap_or(u64::MAX);
        suggest::suggest(params.with("known", Param::count(known)), near)
    }
}
