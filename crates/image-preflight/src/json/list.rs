//! The parts of arrays and objects, wherever they come from.

#[cfg(feature = "text")]
use super::walk::Walk;
use super::{Array, Object, Text, Value};

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
        #[cfg(feature = "text")]
        let mut walk = match self {
            Array::Json(text) => Some(Walk::new(text, 0)),
            _ => None,
        };
        let mut parts = match self {
            Array::Parts(tree) => Some(tree.elements()),
            _ => None,
        };
        let mut given = 0;
        std::iter::from_fn(move || {
            #[cfg(feature = "text")]
            if let Some(walk) = &mut walk {
                return Some(walk.element()?.0);
            }
            if let Some(next) = &mut parts {
                return next();
            }
            given += 1;
            match self {
                #[cfg(feature = "text")]
                Array::Json(_) => None,
                Array::Parts(_) => None,
                Array::Strings(list) => list.get(given - 1).map(|text| Value::Text(Text::plain(text))),
                Array::Pairs(list) => list.get(given - 1).map(|pair| Value::Object(Object::Pair(pair))),
            }
        })
    }
}

impl<'a> Object<'a> {
    /// Its members in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = (Text<'a>, Value<'a>)> {
        #[cfg(feature = "text")]
        let mut walk = match self {
            Object::Json(text) => Some(Walk::new(text, 0)),
            _ => None,
        };
        let mut parts = match self {
            Object::Parts(tree) => Some(tree.members()),
            _ => None,
        };
        let mut given = 0;
        std::iter::from_fn(move || {
            #[cfg(feature = "text")]
            if let Some(walk) = &mut walk {
                return Some((walk.member()?.0, walk.value().0));
            }
            if let Some(next) = &mut parts {
                return next();
            }
            given += 1;
            match (self, given) {
                (Object::Pair((key, _)), 1) => Some((Text::plain("key"), Value::Text(Text::plain(key)))),
                (Object::Pair((_, value)), 2) => Some((Text::plain("value"), Value::Text(Text::plain(value)))),
                _ => None,
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
