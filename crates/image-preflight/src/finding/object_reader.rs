//! Reading what a provider returned: finding the object that a request is about, and its members, with tolerance.

use crate::finding::fact_reader::FactReader;
use crate::finding::findings::MAX_FINDINGS;
use crate::finding::subject::Subject;
use crate::json::{Array, Integer, JsonType, Number, Object, Text, Value};
use crate::message::message::Message;
use crate::message::param::{Param, Params, out_of_range, wrong_type};
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts, ObjectPlace, Within};
use crate::rule::location::At;

/// What kind of object a member of `facts` takes.
pub(crate) struct ObjectKind {
    /// The member.
    pub(crate) root: &'static str,
    /// The member of an answer that lists several.
    pub(crate) list: &'static str,
    /// The members of an answer that hold one.
    pub(crate) one: &'static [&'static str],
    /// The members that have its id.
    pub(crate) ids: &'static [&'static str],
    /// The field of a request that names it.
    pub(crate) names: &'static str,
    /// The fact that is its id.
    pub(crate) id: Option<Fact>,
    /// The forms that are taken.
    pub(crate) forms: Message,
}

/// How many answers may be around an object.
const MAX_WRAPPERS: usize = 2;

impl ObjectKind {
    fn at(&self, within: Within) -> At {
        ObjectPlace { root: self.root, within, ..ObjectPlace::default() }.at()
    }

    /// The object that the request is about: the one that is given, or that of an answer or a page which the request names. Any
    /// other is a finding, and none.
    pub(crate) fn choose<'a>(
        &self,
        value: &Value<'a>,
        subject: &Subject<'_, 'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> Option<(Object<'a>, Within)> {
        let mut within = Within::default();
        let mut object = match value {
            Value::Null => return None,
            Value::Array(list) => return self.of_list(*list, within, subject, reading),
            other => reading.object(other, &|| self.at(Within::default()))?,
        };
        for _ in 0..MAX_WRAPPERS {
            let mut inner = None;
            for (key, value) in object.iter() {
                if key.is(self.list) && !matches!(value, Value::Null) {
                    within = within.member(self.list);
                    let Value::Array(list) = value else {
                        reading.wrong_type(self.at(within), &value, JsonType::Array);
                        return None;
                    };
                    return self.of_list(list, within, subject, reading);
                }
                if let (Some(name), Value::Object(one)) = (self.one.iter().find(|one| key.is(one)), value) {
                    inner = Some((*name, one));
                }
            }
            let Some((name, one)) = inner else { break };
            (object, within) = (one, within.member(name));
        }
        self.is_meant(object, within, subject, reading).then_some((object, within))
    }

    fn id<'a>(&self, object: Object<'a>) -> Option<Text<'a>> {
        let ids = object.iter().filter(|(key, _)| self.ids.iter().any(|id| key.is(id)));
        ids.filter_map(|(_, value)| value.as_text()).find(|id| !id.is_blank())
    }

    /// Whether a single object is not that of something else.
    fn is_meant<'a>(
        &self,
        object: Object<'a>,
        within: Within,
        subject: &Subject<'_, 'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> bool {
        let (Some(wanted), Some(found)) = (subject.id(self.names), self.id(object)) else { return true };
        let is_meant = is_same(wanted, found);
        if !is_meant {
            reading.other_object(self.at(within), self.names, found.to_cow(), wanted.to_cow());
        }
        is_meant
    }

    /// Begins to take what an object says, and takes its id; not if the caller speaks of another one.
    pub(crate) fn begin<'a>(
        &self,
        object: Object<'a>,
        place: ObjectPlace,
        facts: &mut Facts<'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> bool {
        if let (Some(fact), Some(found)) = (self.id, self.id(object)) {
            let meant = facts.value(fact).text();
            if let Some(meant) = meant.filter(|meant| !is_same(Text::plain(meant), found)) {
                let meant = meant.to_owned().into();
                reading.other_object(place.at(), fact.pointer(), found.to_cow(), meant);
                return false;
            }
            facts.begin_object(place);
            facts.set_from_object(fact, 0, Some(FactValue::from_text(found)));
        } else {
            facts.begin_object(place);
        }
        true
    }

    /// The object among several that the request names, or the only one.
    fn of_list<'a>(
        &self,
        list: Array<'a>,
        within: Within,
        subject: &Subject<'_, 'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> Option<(Object<'a>, Within)> {
        let wanted = subject.id(self.names);
        let (mut only, mut named) = (None, None::<(Object<'a>, Within)>);
        let mut count = 0_usize;
        for (index, value) in list.iter().enumerate().take(MAX_FINDINGS) {
            count += 1;
            let at = || self.at(within.item(index));
            let Some(object) = reading.listed_object(&value, &at) else { continue };
            if let (Some(wanted), Some(found)) = (wanted, self.id(object))
                && is_same(wanted, found)
            {
                match named {
                    None => named = Some((object, within.item(index))),
                    Some((first, _)) if Value::Object(first).same_as(&Value::Object(object)) => {}
                    // Pages of different times: it is not told which holds.
                    Some(_) => {
                        self.ambiguous(list, within, reading);
                        return None;
                    }
                }
            }
            only = Some((object, within.item(index)));
        }
        if named.is_some() {
            return named;
        }
        match (count, only) {
            (0, _) => reading.violation(self.at(within), ViolationKind::Empty, Params::default()),
            (1, Some((object, within))) => {
                return self.is_meant(object, within, subject, reading).then_some((object, within));
            }
            // That an element is no object has been reported.
            (_, None) => {}
            _ => self.ambiguous(list, within, reading),
        }
        None
    }

    /// Several objects, of which the request names none, or more than one.
    #[cold]
    fn ambiguous(&self, list: Array<'_>, within: Within, reading: &mut FactReader<'_, '_>) {
        let count = list.iter().take(MAX_FINDINGS).count();
        let params = Params::default()
            .with("actual", Param::count(u64::try_from(count).unwrap_or(u64::MAX)))
            .with("with", Param::Identifier(self.names.into()));
        reading.violation(self.at(within), ViolationKind::Ambiguous, params);
    }

    /// An object of no form that is known.
    #[cold]
    pub(crate) fn unknown_form(&self, within: Within, reading: &mut FactReader<'_, '_>) {
        let params = Params::default().with("expected", Param::Label(self.root, self.forms));
        reading.violation(self.at(within), ViolationKind::UnknownForm, params);
    }
}

/// Whether an object has a member of any of these names.
pub(crate) fn has_any(object: Object<'_>, names: &[&str]) -> bool {
    object.iter().any(|(key, _)| names.iter().any(|name| key.is(name)))
}

/// Whether two ids are the same: hexadecimal digits may be in either case, and blanks around them do not matter.
pub(crate) fn is_same(one: Text<'_>, other: Text<'_>) -> bool {
    one.same_as(other) || one.to_cow().trim().eq_ignore_ascii_case(other.to_cow().trim())
}

/// Which of these words a text is, in any case of letters.
pub(crate) fn means(text: Text<'_>, words: &[&'static str]) -> Option<&'static str> {
    let text = text.to_cow();
    let text = text.trim();
    words.iter().copied().find(|word| text.eq_ignore_ascii_case(word))
}

/// Members that are read with tolerance: booleans and numbers may come as strings. Null is absent; what cannot be understood is a
/// finding, and unknown.
impl<'a> FactReader<'_, 'a> {
    pub(crate) fn text_member(&mut self, value: &Value<'a>, at: &dyn Fn() -> At) -> Option<Text<'a>> {
        match value {
            Value::Null => None,
            Value::Text(text) => Some(*text),
            other => {
                self.wrong_type(at(), other, JsonType::String);
                None
            }
        }
    }

    pub(crate) fn flag_member(&mut self, value: &Value<'a>, at: &dyn Fn() -> At) -> Option<bool> {
        match value {
            Value::Null => None,
            Value::Bool(flag) => Some(*flag),
            Value::Text(text) if text.is_blank() => None,
            Value::Text(text) => {
                let flag = means(*text, &["false", "true"]).map(|word| word == "true");
                if flag.is_none() {
                    self.not_one_of(at(), *text, vec!["true", "false"]);
                }
                flag
            }
            other => {
                self.wrong_type(at(), other, JsonType::Boolean);
                None
            }
        }
    }

    pub(crate) fn count_member(&mut self, value: &Value<'a>, at: &dyn Fn() -> At) -> Option<u64> {
        let text;
        let number = match value {
            Value::Null => return None,
            Value::Number(number) => *number,
            Value::Text(blank) if blank.is_blank() => return None,
            Value::Text(written) => {
                text = written.to_cow();
                let Some(number) = Number::written(&text) else {
                    self.wrong_type(at(), value, JsonType::Integer);
                    return None;
                };
                number
            }
            other => {
                self.wrong_type(at(), other, JsonType::Integer);
                return None;
            }
        };
        match number.integer() {
            Integer::Of(count) if count >= 0 => u64::try_from(count).ok(),
            Integer::Fraction => {
                let params = wrong_type(JsonType::Number, JsonType::Integer);
                self.violation(at(), ViolationKind::WrongType, params);
                None
            }
            integer => {
                let params = out_of_range(integer, number, 0);
                self.violation(at(), ViolationKind::OutOfRange, params);
                None
            }
        }
    }
}
