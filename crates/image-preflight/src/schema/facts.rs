//! The schemas of facts, made from their rows.

use crate::catalogue::FACT_MEMBERS;
use crate::finding::fact_reader::{Entry, FactMember};
use crate::json::MAX_SAFE;
use crate::json::schema::{Blank, in_any_case};
use crate::message::locale::Locale;
use crate::message::message::Message;
use crate::rule::fact::{Fact, FactKind, Group};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The `facts` of a case.
pub(super) struct Facts;

impl JsonSchema for Facts {
    fn schema_name() -> Cow<'static, str> {
        "Facts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let properties: Map<_, _> =
            FACT_MEMBERS.iter().map(|member| (member.key.name.to_owned(), of_member(member, generator))).collect();
        json_schema!({
            "type": "object", "additionalProperties": false, "properties": properties,
            "description": "Everything a caller may know beside the request. All of it is optional."
        })
    }
}

/// A member of `facts` as a program fills it in: which facts it states, and what it is about.
///
/// ```
/// let known = image_preflight::schema::fact_sources().find(|source| source.name == "imageObject").unwrap();
/// assert_eq!((known.states, known.about), ("image", &["image_id"][..]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactSource {
    /// Its name, such as `imageObject`.
    pub name: &'static str,
    /// The member whose facts it states: itself, or, for what a provider returned, the one that the same facts are written in.
    pub states: &'static str,
    /// The fields of requests that name what it is about, such as `image_id`: one for each operation that has one.
    pub about: &'static [&'static str],
}

/// Every member of `facts`, in the order of [`fact_members`](crate::fact_members).
pub fn fact_sources() -> impl Iterator<Item = FactSource> {
    FACT_MEMBERS.iter().map(|member| {
        let stated = match member.entry {
            Entry::Object(_, group) | Entry::Objects(_, group) => FACT_MEMBERS.iter().find(|other| holds(other, group)),
            _ => None,
        };
        let stated = stated.unwrap_or(member);
        FactSource { name: member.key.name, states: stated.key.name, about: stated.about }
    })
}

/// Whether the facts of a group are written in a member.
fn holds(member: &FactMember, group: &Group) -> bool {
    matches!(member.entry, Entry::Group(own) | Entry::Records(own) if std::ptr::eq(own, group))
}

/// The facts that a provider's object tells, as they are read by themselves.
pub(super) struct ObjectFacts;

impl JsonSchema for ObjectFacts {
    fn schema_name() -> Cow<'static, str> {
        "ObjectFacts".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let groups = FACT_MEMBERS.iter().filter_map(|member| match member.entry {
            Entry::Object(_, group) => Some(reference(group, generator)),
            _ => None,
        });
        match groups.collect::<Vec<_>>().as_slice() {
            [one] => one.clone(),
            several => json!({"anyOf": several}),
        }
        .try_into()
        .unwrap_or_default()
    }
}

fn of_member(member: &FactMember, generator: &mut SchemaGenerator) -> Value {
    let mut schema = match member.entry {
        Entry::Fact(fact) => of_fact(fact, generator),
        Entry::Group(group) => json!({"anyOf": [reference(group, generator), {"type": "null"}]}),
        Entry::Records(group) => {
            json!({"type": ["object", "null"], "additionalProperties": reference(group, generator)})
        }
        // One object, a list of them, or the answer around either.
        Entry::Object(..) | Entry::Objects(..) => {
            // Not one list of types: ajv's strict mode refuses such a union.
            json!({"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}, {"type": "null"}]})
        }
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), member.description.into());
    }
    schema
}

/// A reference to the schema of a group, which is defined when it is met for the first time.
fn reference(group: &'static Group, generator: &mut SchemaGenerator) -> Value {
    if !generator.definitions().contains_key(group.name) {
        // It comes before what it refers to.
        generator.definitions_mut().insert(group.name.to_owned(), Value::Null);
        let schema = of_group(group, generator);
        generator.definitions_mut().insert(group.name.to_owned(), schema);
    }
    json!({"$ref": format!("#/$defs/{}", group.name)})
}

fn of_group(group: &'static Group, generator: &mut SchemaGenerator) -> Value {
    let properties: Map<_, _> =
        group.facts.iter().map(|fact| (fact.name().to_owned(), of_fact(*fact, generator))).collect();
    json!({
        "type": "object", "additionalProperties": false, "properties": properties, "description": group.description
    })
}

fn of_fact(fact: Fact, generator: &mut SchemaGenerator) -> Value {
    let mut schema = match fact.kind() {
        FactKind::Flag => json!({"type": ["boolean", "null"]}),
        FactKind::Text => json!({"type": ["string", "null"]}),
        FactKind::Count(minimum) => json!({"type": ["integer", "null"], "minimum": minimum, "maximum": MAX_SAFE}),
        FactKind::OneOf(words) => {
            let all = words.keys.iter().map(|key| key.name).chain(words.aliases.iter().map(|(alias, _)| *alias));
            let other_spelling = json!({
                "type": "string", "pattern": in_any_case(all),
                "description": "One of the values above (case-insensitive), or the provider's own value."
            });
            let blank = generator.subschema_for::<Blank>();
            json!({"anyOf": [(words.schema)(generator), other_spelling, blank, {"type": "null"}]})
        }
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), sentence(fact.description().en).into());
    }
    schema
}

/// The same in another language.
pub(super) fn sentence_in(phrase: Message, locale: Locale) -> String {
    let end = if locale.is_chinese() { "。" } else { "." };
    format!("{}{end}", phrase.text(locale))
}

/// A phrase as a sentence.
pub(super) fn sentence(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}
