//! The JSON Schema of an operation's body, made from its fields.

use crate::check::operation::Operation;
use crate::field::field::Field;
use crate::field::kind::Kind;
use crate::json::schema::Blank;
use crate::rule::edition::Edition;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// The keyword under which a property says what it is of the request, for [`crate::schema`], which takes it out.
pub(crate) const FIELD: &str = "x-field";

/// A request's type, as its schema needs it.
pub(crate) trait RequestSchema {
    /// Its name, and that of its schema.
    const NAME: &'static str;

    /// Its operation.
    fn operation() -> &'static Operation;

    /// The fields that it must have, each with the kind that it then is of.
    fn mandatory() -> Vec<(&'static str, &'static Kind)>;

    /// The fields that it may have.
    fn optional() -> Vec<&'static str>;
}

/// What differs from the rows of the fields.
#[derive(Clone, Copy, Default)]
pub(crate) struct Deviations<'a> {
    /// Fields that may be left out, though a row says that they are mandatory.
    pub(crate) may_be_left_out: &'a [&'a str],
    /// The field that must not be given.
    pub(crate) excluded: Option<&'a str>,
}

/// A reference to the schema of a request, which is defined when it is met for the first time.
pub(crate) fn subschema<T: RequestSchema>(
    edition: &Edition,
    deviations: Deviations<'_>,
    generator: &mut SchemaGenerator,
) -> Schema {
    if !generator.definitions().contains_key(T::NAME) {
        // It comes before what it refers to.
        generator.definitions_mut().insert(T::NAME.to_owned(), Value::Null);
        let schema = request::<T>(edition, deviations, generator);
        generator.definitions_mut().insert(T::NAME.to_owned(), schema.into());
    }
    Schema::new_ref(format!("#/$defs/{}", T::NAME))
}

/// The schema of a request: an object whose members are an operation's fields.
pub(crate) fn request<T: RequestSchema>(
    edition: &Edition,
    deviations: Deviations<'_>,
    generator: &mut SchemaGenerator,
) -> Schema {
    let is_left_out = |name: &str| deviations.may_be_left_out.contains(&name);
    let mandatory: Vec<_> = T::mandatory().into_iter().filter(|(name, _)| !is_left_out(name)).collect();
    let optional = T::optional();
    let mut properties = Map::new();
    for field in T::operation().body {
        let name = field.name();
        let must = mandatory.iter().find(|(known, _)| *known == name);
        // A field that only one of an operation's requests requires is of the kind that this request says.
        let kind = must.filter(|_| !field.is_mandatory()).map_or(field.kind, |(_, kind)| kind);
        let mut schema = if deviations.excluded == Some(name) {
            absent(generator)
        } else {
            of_kind(kind, field, must.is_some(), edition, generator)
        };
        let needed = field.needed().filter(|_| !is_left_out(name));
        let is_own = must.is_some() || optional.contains(&name) || is_left_out(name);
        schema.insert(
            "description".to_owned(),
            field.describe_as(needed, crate::message::locale::Locale::default()).into(),
        );
        if deviations.excluded != Some(name) {
            schema.insert("examples".to_owned(), examples(field));
        }
        let of_request = json!({"rule": field.rule().id, "isOptional": must.is_none(), "isOwn": is_own});
        schema.insert(FIELD.to_owned(), of_request);
        properties.insert(name.to_owned(), schema.into());
    }
    let required: Vec<_> = mandatory.iter().map(|(name, _)| name).collect();
    json_schema!({"type": "object", "title": title(T::NAME), "properties": properties, "required": required})
}

/// The schema of a field in a request. Null in an optional one means that it is absent, and so does blank text.
fn of_kind(
    kind: &Kind,
    field: &Field,
    is_mandatory: bool,
    edition: &Edition,
    generator: &mut SchemaGenerator,
) -> Schema {
    let own = kind.subschema(edition, generator);
    let is_text = (field.kind.schema)(edition).get("type").is_some_and(|kind| kind == "string");
    match (is_mandatory, is_text) {
        (true, _) => own,
        (false, true) => json_schema!({"anyOf": [own, generator.subschema_for::<Blank>(), {"type": "null"}]}),
        (false, false) => json_schema!({"anyOf": [own, {"type": "null"}]}),
    }
}

/// A field that must not be given.
fn absent(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [generator.subschema_for::<Blank>(), {"type": "null"}]})
}

/// The examples of a field.
pub(crate) fn examples(field: &Field) -> Value {
    field.examples().iter().filter_map(|text| serde_json::from_str::<Value>(text).ok()).collect()
}

/// The name of a type in words: generators make the name of a class of a title.
pub(crate) fn title(name: &str) -> String {
    let mut title = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !title.is_empty() {
            title.push(' ');
        }
        title.push(c);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::title;
    use crate::catalogue::operations;

    #[test]
    fn a_title_is_the_name_in_words() {
        assert_eq!(title("WholeImageFromEcs"), "Whole Image From Ecs");
    }

    /// An example is a value that the field's check takes.
    #[test]
    fn an_example_is_valid() {
        use crate::field::violation::Violations;
        use crate::json::Reader;
        use crate::rule::edition::Edition;
        for field in operations().flat_map(|operation| operation.path.iter().chain(operation.body)) {
            assert!(!field.examples().is_empty(), "{}", field.rule().id);
            for example in field.examples() {
                let value = Reader::parse_value(example).expect("JSON");
                let mut violations = Violations::default();
                (field.kind.check)(&value, &Edition::default(), &mut violations);
                assert_eq!(violations.len(), 0, "{}: {example}", field.rule().id);
            }
        }
    }
}
