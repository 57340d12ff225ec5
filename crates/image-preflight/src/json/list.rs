//! The parts of arrays and objects, wherever they come from.

use super::parts::PartsWalk;
#[cfg(feature = "text")]
use super::walk::Walk;
use super::{Array, Object, Text, Value};
use std::array::IntoIter;
use std::slice::Iter;

impl<'a> Array<'a> {
    /// Whether it has no element: no element is read to see that.
    pub(crate) fn is_empty(self) -> bool {
        match self {
            // What follows its bracket tells it.
            #[cfg(feature = "text")]
            Array::Json(text) => text.bytes().skip(1).find(|byte| !byte.is_ascii_whitespace()) == Some(b']'),
            Array::Parts(tree) => tree.is_empty(),
            Array::Strings(list) => list.is_empty(),
            Array::Pairs(list) => list.is_empty(),
        }
    }

    /// Its elements in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = Value<'a>> {
        enum Rest<'a> {
            #[cfg(feature = "text")]
            Json(Walk<'a>),
            Parts(PartsWalk<'a>),
            Strings(Iter<'a, String>),
            Pairs(Iter<'a, (String, String)>),
        }
        let mut rest = match self {
            #[cfg(feature = "text")]
            Array::Json(text) => Rest::Json(Walk::new(text, 0)),
            Array::Parts(tree) => Rest::Parts(tree.walk()),
            Array::Strings(list) => Rest::Strings(list.iter()),
            Array::Pairs(list) => Rest::Pairs(list.iter()),
        };
        std::iter::from_fn(move || match &mut rest {
            #[cfg(feature = "text")]
            Rest::Json(walk) => walk.element().map(|(value, _)| value),
            Rest::Parts(walk) => walk.element(),
            Rest::Strings(list) => list.next().map(|text| Value::Text(Text::plain(text))),
            Rest::Pairs(list) => list.next().map(|pair| Value::Object(Object::Pair(pair))),
        })
    }
}

impl<'a> Object<'a> {
    /// Its members in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = (Text<'a>, Value<'a>)> {
        enum Rest<'a> {
            #[cfg(feature = "text")]
            Json(Walk<'a>),
            Parts(PartsWalk<'a>),
            Pair(IntoIter<(&'static str, &'a str), 2>),
        }
        let mut rest = match self {
            #[cfg(feature = "text")]
            Object::Json(text) => Rest::Json(Walk::new(text, 0)),
            Object::Parts(tree) => Rest::Parts(tree.walk()),
            Object::Pair((key, value)) => Rest::Pair([("key", &**key), ("value", &**value)].into_iter()),
        };
        std::iter::from_fn(move || match &mut rest {
            #[cfg(feature = "text")]
            Rest::Json(walk) => Some((walk.member()?.0, walk.value().0)),
            Rest::Parts(walk) => walk.member(),
            Rest::Pair(members) => {
                members.next().map(|(key, value)| (Text::plain(key), Value::Text(Text::plain(value))))
            }
        })
    }

    /// The last member of this name, for what is read as the service would. There is one at most, or a finding.
    pub(crate) fn last(self, name: &str) -> Option<Value<'a>> {
        self.iter().filter_map(|(key, value)| key.is(name).then_some(value)).last()
    }

    /// The first member of this name.
    pub(crate) fn get(self, name: &str) -> Option<Value<'a>> {
        self.iter().find_map(|(key, value)| key.is(name).then_some(value))
    }
}

#[cfg(all(test, feature = "text"))]
mod tests {
    use super::Array;

    #[test]
    fn a_list_is_empty_where_nothing_but_white_space_is_in_it() {
        for text in ["[]", "[ ]", "[\n\t\r ]"] {
            assert!(Array::Json(text).is_empty(), "{text}");
        }
        for text in ["[1]", "[ [] ]", "[\n\"\"]", "[{}]", "[null]", "[\"]\"]"] {
            assert!(!Array::Json(text).is_empty(), "{text}");
        }
        assert!(Array::Strings(&[]).is_empty() && !Array::Strings(&[String::new()]).is_empty());
        let pair = (String::new(), String::new());
        assert!(Array::Pairs(&[]).is_empty() && !Array::Pairs(std::slice::from_ref(&pair)).is_empty());
    }
}
