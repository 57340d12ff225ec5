//! Reading what a provider returned: finding the object that a request is about, and its members, with tolerance.

use crate::finding::fact_reader::FactReader;
use crate::finding::subject::Subject;
use crate::json::{Integer, JsonType, Number, Object, Text, Value};
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

/// The objects that are there to choose from.
#[derive(Default)]
struct Choice<'a> {
    /// The id that the request names.
    wanted: Option<Text<'a>>,
    /// How many there are, with what is no object.
    count: u64,
    last: Option<(Object<'a>, Within)>,
    /// One that has the id.
    named: Option<(Object<'a>, Within)>,
    /// Another one has it and says something else, as pages of different times do: it is not told which holds.
    contradicts: bool,
    /// The id of the last one that has another id.
    other: Option<Text<'a>>,
    /// Whether one has no id.
    is_nameless: bool,
}

impl<'a> Choice<'a> {
    fn offer(&mut self, object: Object<'a>, within: Within, kind: &ObjectKind) {
        self.count += 1;
        self.last = Some((object, within));
        let Some(wanted) = self.wanted else { return };
        match (kind.id(object, self.wanted), self.named) {
            (None, _) => self.is_nameless = true,
            (Some(found), _) if !is_same(wanted, found) => self.other = Some(found),
            (_, None) => self.named = self.last,
            (_, Some((first, _))) => self.contradicts |= !Value::Object(first).same_as(&Value::Object(object)),
        }
    }
}

/// How many answers may be around an object.
const MAX_WRAPPERS: usize = 2;

impl ObjectKind {
    fn at(&self, within: Within) -> At {
        ObjectPlace { root: self.root, within, ..ObjectPlace::default() }.at()
    }

    /// The object that the request is about: the one that is given, or that of an answer, or of several, which the request names.
    /// Any other is a finding, and none.
    pub(crate) fn choose<'a>(
        &self,
        value: &Value<'a>,
        subject: &Subject<'_, 'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> Option<(Object<'a>, Within)> {
        let mut choice = Choice { wanted: subject.id(self.names), ..Choice::default() };
        let list = match value {
            Value::Null => return None,
            Value::Array(pages) => {
                for (index, page) in pages.iter().enumerate() {
                    let within = Within::page(index);
                    match reading.listed_object(&page, &|| self.at(within)) {
                        Some(object) => drop(self.offer(object, within, &mut choice, reading)?),
                        None => choice.count += 1,
                    }
                }
                Within::default()
            }
            other => {
                let object = reading.object(other, &|| self.at(Within::default()))?;
                self.offer(object, Within::default(), &mut choice, reading)?
            }
        };
        let at = || self.at(list);
        match choice {
            Choice { named: Some(named), contradicts: false, .. } => return Some(named),
            Choice { count: 0, .. } => reading.violation(at(), ViolationKind::Empty, Params::default()),
            // That an element is no object has been reported.
            Choice { last: None, .. } => {}
            Choice {
                named: None, is_nameless: false, other: Some(other), wanted: Some(wanted), count, last, ..
            } => {
                let at = if count == 1 { last.map_or_else(at, |(_, within)| self.at(within)) } else { at() };
                reading.other_object(at, self.names, other.to_cow(), wanted.to_cow());
            }
            Choice { count: 1, last, .. } => return last,
            _ => self.ambiguous(choice.count, list, subject, reading),
        }
        None
    }

    /// Offers the objects of an answer; gives where they are.
    fn offer<'a>(
        &self,
        mut object: Object<'a>,
        mut within: Within,
        choice: &mut Choice<'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> Option<Within> {
        for _ in 0..MAX_WRAPPERS {
            let mut inner = None;
            for (key, value) in object.iter() {
                if key.is(self.list) && !matches!(value, Value::Null) {
                    within = within.member(self.list);
                    let Value::Array(list) = value else {
                        reading.wrong_type(self.at(within), &value, JsonType::Array);
                        return None;
                    };
                    for (index, value) in list.iter().enumerate() {
                        match reading.listed_object(&value, &|| self.at(within.item(index))) {
                            Some(object) => choice.offer(object, within.item(index), self),
                            None => choice.count += 1,
                        }
                    }
                    return Some(within);
                }
                if let (Some(name), Value::Object(one)) = (self.one.iter().find(|one| key.is(one)), value) {
                    inner = Some((*name, one));
                }
            }
            let Some((name, one)) = inner else { break };
            (object, within) = (one, within.member(name));
        }
        choice.offer(object, within, self);
        Some(within)
    }

    /// The id of an object. Where it has several, another one than what is wanted counts: it is not told which holds.
    fn id<'a>(&self, object: Object<'a>, wanted: Option<Text<'a>>) -> Option<Text<'a>> {
        let ids = self.ids.iter().filter_map(|name| object.get(name)?.as_text()).filter(|id| !id.is_blank());
        let other = |id: &Text<'a>| wanted.is_some_and(|wanted| !is_same(wanted, *id));
        ids.clone().find(other).or_else(|| ids.clone().next())
    }

    /// Begins to take what an object says, and takes its id; not if the caller speaks of another one.
    pub(crate) fn begin<'a>(
        &self,
        object: Object<'a>,
        place: ObjectPlace,
        facts: &mut Facts<'a>,
        reading: &mut FactReader<'_, 'a>,
    ) -> bool {
        for (name, value) in self.ids.iter().filter_map(|name| Some((name, object.get(name)?))) {
            reading.text_member(&value, &|| place.at().below(name));
        }
        if let (Some(fact), Some(found)) = (self.id, self.id(object, None)) {
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

    /// Several objects, of which the request names none, or more than one. Where it is not known yet what the request names,
    /// nothing is wrong.
    #[cold]
    fn ambiguous(&self, count: u64, within: Within, subject: &Subject<'_, '_>, reading: &mut FactReader<'_, '_>) {
        let params =
            Params::default().with("actual", Param::count(count)).with("with", Param::Identifier(self.names.into()));
        if subject.is_unknown(self.names) {
            reading.advise(self.at(within), ViolationKind::Ambiguous, params);
        } else {
            reading.violation(self.at(within), ViolationKind::Ambiguous, params);
        }
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

fn is_flag(number: Number<'_>) -> bool {
    matches!(number.integer(), Integer::Of(0 | 1))
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
            Value::Number(number) if is_flag(*number) => Some(matches!(number.integer(), Integer::Of(1))),
            Value::Text(text) if text.is_blank() => None,
            Value::Text(text) => {
                let flag = means(*text, &["false", "true", "0", "1"]).map(|word| matches!(word, "true" | "1"));
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
