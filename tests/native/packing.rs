//! Lays a case out for the packed entry point, from what the library says of its operations and facts: what the npm package does with
//! JavaScript's objects.

use image_preflight::{Field, Packed, operations};
use serde_json::{Map, Value};

/// A case whose parts lie side by side.
#[derive(Clone, Debug, Default)]
pub struct Packing {
    /// What the parts are.
    pub words: Vec<u32>,
    /// Their texts.
    pub text: String,
}

/// The case, laid out; nothing where it has a member that has no place.
#[must_use]
pub fn packed(case: &Value) -> Option<Packing> {
    let mut packing = Packing::default();
    packing.case(case.as_object()?)?;
    let units = units(&packing.text);
    packing.words.insert(0, units);
    Some(packing)
}

/// Any case, as one value.
#[must_use]
pub fn as_one_value(case: &Value) -> Packing {
    let mut packing = Packing { words: vec![u32::MAX], ..Packing::default() };
    packing.value(Some(case));
    let units = units(&packing.text);
    packing.words.insert(0, units);
    packing
}

/// The length of a text as the packed entry point counts it.
#[must_use]
pub fn units(text: &str) -> u32 {
    text.encode_utf16().count().try_into().expect("it is short")
}

/// What providers returned, in the order of the packed encoding.
pub const OBJECTS: [&str; 5] = ["imageObject", "ecsObject", "backupObject", "quotaObject", "imageObjects"];

/// The facts of a group; those that stand in none where it is empty.
fn names(group: &str) -> Vec<&'static str> {
    let pointers = image_preflight::facts().map(|fact| fact.pointer().trim_start_matches("/facts/"));
    pointers.filter_map(|pointer| pointer.strip_prefix(group)?.strip_prefix('/')).collect()
}

impl Packing {
    /// As the library takes it.
    #[must_use]
    pub fn packed(&self) -> Packed<'_> {
        Packed::new(&self.words, &self.text)
    }

    fn case(&mut self, case: &Map<String, Value>) -> Option<()> {
        let known = ["operation", "path", "body", "facts", "edition"];
        let operation = operations().position(|operation| case.get("operation") == Some(&operation.id().into()))?;
        self.words.push(operation.try_into().ok()?);
        let operation = operations().nth(operation)?;
        self.object(case.get("path"), &operation.path().iter().map(Field::name).collect::<Vec<_>>())?;
        self.object(case.get("body"), &operation.body().iter().map(Field::name).collect::<Vec<_>>())?;
        self.facts(case.get("facts"))?;
        self.value(case.get("edition"));
        case.keys().all(|name| known.contains(&name.as_str())).then_some(())
    }

    fn facts(&mut self, facts: Option<&Value>) -> Option<()> {
        let Some(facts) = self.begins(facts)? else { return Some(()) };
        self.value(facts.get("sourceRegion"));
        self.object(facts.get("image"), &names("image"))?;
        self.value(facts.get("copiesInFlight"));
        self.object(facts.get("ecs"), &names("ecs"))?;
        self.object(facts.get("backup"), &names("backup"))?;
        self.value(facts.get("projectId"));
        self.object(facts.get("vault"), &names("vault"))?;
        match facts.get("images").unwrap_or(&Value::Null) {
            Value::Null => self.words.push(0),
            Value::Object(images) if images.len() <= 1000 => {
                self.words.push(images.len().try_into().ok()?);
                for (id, image) in images {
                    self.words.push(units(id));
                    self.text.push_str(id);
                    self.members(image.as_object()?, &names("images/*"))?;
                }
            }
            _ => return None,
        }
        self.object(facts.get("destinationQuota"), &names("destinationQuota"))?;
        for object in OBJECTS {
            self.value(facts.get(object));
        }
        let known = |name: &str| {
            OBJECTS.contains(&name)
                || image_preflight::facts().any(|fact| fact.pointer().split('/').nth(2) == Some(name))
        };
        facts.keys().all(|name| known(name)).then_some(())
    }

    fn begins<'v>(&mut self, value: Option<&'v Value>) -> Option<Option<&'v Map<String, Value>>> {
        let object = match value {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.as_object()?),
        };
        self.words.push(object.is_some().into());
        Some(object)
    }

    fn object(&mut self, value: Option<&Value>, names: &[&str]) -> Option<()> {
        match self.begins(value)? {
            Some(object) => self.members(object, names),
            None => Some(()),
        }
    }

    fn members(&mut self, object: &Map<String, Value>, names: &[&str]) -> Option<()> {
        for name in names {
            self.value(object.get(*name));
        }
        object.keys().all(|name| names.contains(&name.as_str())).then_some(())
    }

    fn value(&mut self, value: Option<&Value>) {
        match value.unwrap_or(&Value::Null) {
            Value::Null => self.words.push(0),
            Value::Bool(flag) => self.words.push(1 + u32::from(*flag)),
            Value::String(text) => self.written(text, 4),
            Value::Number(number) => match number.as_u64().filter(|value| *value < 1 << 53) {
                Some(value) => self.words.extend([3, (value & 0xffff_ffff) as u32, (value >> 32) as u32]),
                None => self.written(&number.to_string(), 5),
            },
            Value::Array(list) => self.container(6, |packing| list.iter().for_each(|item| packing.value(Some(item)))),
            Value::Object(members) => self.container(7, |packing| {
                for (key, value) in members {
                    packing.words.push(units(key));
                    packing.text.push_str(key);
                    packing.value(Some(value));
                }
            }),
        }
    }

    fn container(&mut self, tag: u32, parts: impl FnOnce(&mut Self)) {
        let (start, byte) = (self.words.len(), self.text.len());
        self.words.extend([0, 0]);
        parts(self);
        let count = u32::try_from(self.words.len() - start - 2).expect("it is short");
        self.words[start] = count * 8 + tag;
        self.words[start + 1] = units(&self.text[byte..]);
    }

    fn written(&mut self, text: &str, tag: u32) {
        self.words.push(units(text) * 8 + tag);
        self.text.push_str(text);
    }
}
