//! The parts of arrays and objects, wherever they come from.

#[cfg(feature = "text")]
use super::walk::Walk;
use super::{Array, Object, Text, Value};

impl<'a> Array<'a> {
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
