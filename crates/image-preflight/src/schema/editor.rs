//! The form of schemas for editors: keywords of VS Code's JSON language service, which other editors know too.

use super::walk::for_each_schema;
use crate::catalogue;
use crate::check::body_schema::FIELD;
use crate::check::schema_texts::{EXCLUDED, RULE};
use crate::json::schema::not_blank;
use crate::message::locale::Locale;
use crate::rule::rule::Rule;
use serde_json::{Map, Value, json};

/// Adds texts for hovers and messages, and says by a condition which alternative is meant, so that the other one is not mentioned.
pub(super) fn explain(schema: &mut Value, locale: Locale) {
    let definitions = schema.get("$defs").cloned().unwrap_or_default();
    for_each_schema(schema, &mut |members| {
        by_condition(members, &definitions);
        enumeration(members);
        field(members, &definitions, locale);
    });
    // An editor shows the text of what is innermost: that of a list of words is less than that of the member which is one of them.
    if let Some(Value::Object(definitions)) = schema.get_mut("$defs") {
        let lists =
            definitions.values_mut().filter_map(Value::as_object_mut).filter(|schema| schema.contains_key("enum"));
        lists.for_each(|schema| _ = schema.remove("description"));
    }
}

/// `oneOf` two requests: the second one is meant if its first own field is there.
fn by_condition(members: &mut Map<String, Value>, definitions: &Value) {
    let Some([first, second]) = members.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) else { return };
    let required = |schema: &Value| resolved(schema, definitions).and_then(|schema| schema.get("required")).cloned();
    let (Some(Value::Array(of_first)), Some(Value::Array(of_second))) = (required(first), required(second)) else {
        return;
    };
    let Some(name) = of_second.iter().filter_map(Value::as_str).find(|name| !of_first.contains(&json!(name))) else {
        return;
    };
    let given = json!({"type": "string", "pattern": not_blank()});
    let condition = json!({
        "if": {"required": [name], "properties": {name: given}}, "then": second, "else": first
    });
    members.remove("oneOf");
    members.insert("allOf".to_owned(), json!([condition]));
}

/// Words with a text each: an enumeration, so that the text of the field is shown too.
fn enumeration(members: &mut Map<String, Value>) {
    let Some(alternatives) = members.get("oneOf").and_then(Value::as_array) else { return };
    let words: Option<Vec<_>> = alternatives.iter().map(|schema| schema.get("const").cloned()).collect();
    let texts: Vec<_> =
        alternatives.iter().map(|schema| schema.get("description").cloned().unwrap_or_default()).collect();
    if let Some(words) = words {
        members.remove("oneOf");
        members.insert("enum".to_owned(), words.into());
        members.insert("enumDescriptions".to_owned(), texts.into());
    }
}

/// A field: its text with a link to its rule, and the rule as the message of each pattern.
fn field(members: &mut Map<String, Value>, definitions: &Value, locale: Locale) {
    let Some(field) = members.get(FIELD) else { return };
    let Some(rule) = field.get("rule").and_then(Value::as_str).and_then(catalogue::rule) else { return };
    let is_own = field.get("isOwn") == Some(&Value::Bool(true));
    let text = members.get("description").and_then(Value::as_str).unwrap_or_default();
    let url = rule.help_url(locale);
    let markdown = format!("{text}\n\n{} [{}]({url})", RULE.text(locale), rule.id);
    members.insert("markdownDescription".to_owned(), markdown.into());
    inline(members, definitions);
    if let Some(Value::Array(alternatives)) = members.get_mut("anyOf") {
        alternatives.iter_mut().filter_map(Value::as_object_mut).for_each(|schema| inline(schema, definitions));
    }
    let mut schema = Value::Object(std::mem::take(members));
    for_each_schema(&mut schema, &mut |members| messages(members, rule, is_own, locale));
    if let Value::Object(schema) = schema {
        *members = schema;
    }
}

fn messages(members: &mut Map<String, Value>, rule: &Rule, is_own: bool, locale: Locale) {
    let text = if is_own { rule.holds } else { EXCLUDED }.text(locale);
    if members.contains_key("pattern") {
        members.insert("patternErrorMessage".to_owned(), text.into());
    }
    if ["not", "enum", "const"].iter().any(|keyword| members.contains_key(*keyword)) {
        members.insert("errorMessage".to_owned(), text.into());
    }
}

/// Replaces a reference by what it refers to; what is beside it stays.
fn inline(members: &mut Map<String, Value>, definitions: &Value) {
    let Some(target) = members.get("$ref").map(|target| json!({"$ref": target})) else { return };
    let Some(Value::Object(schema)) = resolved(&target, definitions) else { return };
    members.remove("$ref");
    if let (Some(Value::Array(own)), Some(Value::Array(more))) = (members.get_mut("examples"), schema.get("examples")) {
        let more: Vec<_> = more.iter().filter(|example| !own.contains(example)).cloned().collect();
        own.extend(more);
    }
    for (keyword, value) in schema {
        members.entry(keyword.clone()).or_insert_with(|| value.clone());
    }
}

fn resolved<'s>(schema: &'s Value, definitions: &'s Value) -> Option<&'s Value> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(target) => definitions.get(target.strip_prefix("#/$defs/")?),
        None => Some(schema),
    }
}
