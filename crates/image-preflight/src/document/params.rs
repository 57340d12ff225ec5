//! The parameters of a finding that was read back, in their order.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// Names and values; each name as often as it came.
#[derive(Clone, Debug, Default)]
pub(super) struct Params(Vec<(String, Value)>);

/// In whatever order: what stores JSON may change that.
impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        let has = |one: &Self, (name, value): (&str, &Value)| one.get(name) == Some(value);
        self.iter().all(|param| has(other, param)) && other.iter().all(|param| has(self, param))
    }
}

impl Params {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.iter().find_map(|(known, value)| (known == name).then_some(value))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl FromIterator<(String, Value)> for Params {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(all: I) -> Self {
        Params(all.into_iter().collect())
    }
}

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Params {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Params;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the parameters of a finding")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Params, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(Params(all))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
