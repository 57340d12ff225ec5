//! `bindings/schema/forms.json`: what a form shows for each field, where its request goes, and which facts it can load. The kit of the npm
//! package reads it.

use image_preflight::{Edition, Field, Locale, Message, Operation, Region, huawei, jdcloud, operations, schema};
use serde_json::{Map, Value, json};

/// Regions by the kind of field that takes one.
fn regions() -> [(&'static str, &'static [Region]); 2] {
    [("RegionId", huawei::regions()), ("JdRegionId", jdcloud::regions())]
}

/// The document: operations by id, the regions that their pickers offer, and the members of `facts`.
pub(crate) fn document() -> Value {
    let operations: Map<_, _> =
        operations().map(|operation| (operation.id().to_owned(), of_operation(operation))).collect();
    let named = |region: &Region| json!({"value": region.id, "label": texts(region.name)});
    let regions: Map<_, _> =
        regions().into_iter().map(|(kind, all)| (kind.to_owned(), all.iter().map(named).collect())).collect();
    let facts: Map<_, _> = schema::fact_sources()
        .map(|source| (source.name.to_owned(), json!({"states": source.states, "about": source.about})))
        .collect();
    json!({"operations": operations, "regions": regions, "facts": facts})
}

fn of_operation(operation: &'static Operation) -> Value {
    let others: Map<_, _> = Edition::names()
        .filter_map(Edition::from_name)
        .map(|edition| (edition.name().to_owned(), operation.path_template_with(&edition).into()))
        .filter(|(_, template): &(_, Value)| template.as_str() != Some(operation.path_template()))
        .collect();
    let fields = |fields: &'static [Field]| -> Map<_, _> {
        fields.iter().map(|field| (field.name().to_owned(), of_field(field))).collect()
    };
    json!({
        "title": texts(operation.title()),
        "method": operation.provider().method,
        "path": operation.path_template(),
        "pathByEdition": others,
        "parameters": fields(operation.path()),
        "fields": fields(operation.body()),
    })
}

fn of_field(field: &Field) -> Value {
    let mut known = json!({"kind": field.kind(), "label": texts(field.label())});
    if let Some(help) = field.help() {
        known["help"] = texts(help);
    }
    known
}

/// A text in every language.
fn texts(message: Message) -> Value {
    let texts: Map<_, _> = Locale::all().map(|locale| (locale.tag().to_owned(), message.text(locale).into())).collect();
    texts.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_in_the_schema_of_its_body_and_every_region_field_has_regions() {
        for operation in operations() {
            let schema = schema::body(operation).to_value();
            for field in operation.body() {
                let definition = &schema["$defs"][field.kind()];
                assert!(definition.is_object(), "{}.{}: {}", operation.id(), field.name(), field.kind());
                let examples: Vec<_> = definition["examples"].as_array().into_iter().flatten().collect();
                let listed = regions().into_iter().find(|(kind, _)| *kind == field.kind());
                let is_region = examples.iter().any(|example| *example == "cn-south-1");
                assert_eq!(listed.map(|(_, all)| all.len()), is_region.then_some(examples.len()), "{}", field.name());
            }
        }
    }

    #[test]
    fn what_a_fact_is_about_is_a_field_and_every_object_states_the_facts_of_another_member() {
        let has =
            |name: &str| operations().any(|of| of.path().iter().chain(of.body()).any(|field| field.name() == name));
        for source in schema::fact_sources() {
            assert!(source.about.iter().all(|name| has(name)), "{source:?}");
            let is_object = source.name.ends_with("Object") || source.name.ends_with("Objects");
            assert_eq!(source.states != source.name, is_object, "{source:?}");
        }
    }

    #[test]
    fn texts_of_a_form_have_no_names_of_fields_and_no_code() {
        for field in operations().flat_map(|operation| operation.path().iter().chain(operation.body())) {
            for text in [Some(field.label()), field.help()].into_iter().flatten() {
                for locale in Locale::all() {
                    let text = text.text(locale);
                    assert!(!text.is_empty() && !text.contains(['`', '_', '/']), "{}: {text}", field.name());
                }
                let (english, chinese) = (text.text(Locale::ENGLISH), text.text(Locale::CHINESE));
                assert_eq!(english.ends_with('.'), chinese.ends_with('。'), "{english} {chinese}");
            }
        }
    }
}
