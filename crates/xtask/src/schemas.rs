//! `bindings/schema`: the JSON Schemas and the OpenAPI document.

use crate::generated::{Files, Generated};
use crate::{forms, openapi};
use image_preflight::schema;
use serde_json::Value;

/// The files of `bindings/schema` itself.
pub(crate) fn generated() -> Generated {
    let is_ours = |name: &str| name.ends_with(".json") && !name.contains('/');
    Generated { folder: "bindings/schema", files: files(), is_ours, task: "schemas" }
}

fn files() -> Files {
    let documents =
        schema::documents().map(|document| (format!("{}.json", document.name), pretty(&document.schema.to_value())));
    let all = [("all.json".to_owned(), pretty(&schema::all().to_value()))];
    let openapi = [("openapi.json".to_owned(), pretty(&openapi::document()))];
    let forms = [("forms.json".to_owned(), pretty(&forms::document()))];
    documents.chain(all).chain(openapi).chain(forms).collect()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
