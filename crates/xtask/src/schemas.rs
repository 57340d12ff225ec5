//! `bindings/schema`: the JSON Schemas and the OpenAPI documents.

use crate::generated::{Files, Generated};
use crate::{forms, openapi};
use image_preflight::schema::{self, Print, Profile};
use serde_json::Value;

/// The folders of schemas for other tools.
const PROFILES: [Profile; 4] = [Profile::Portable, Profile::Editor, Profile::Draft07, Profile::Draft04];

/// The files of `bindings/schema` itself, and of the folders of its profiles.
pub(crate) fn generated() -> Generated {
    let is_ours = |name: &str| {
        let folder = name.split_once('/').map_or("", |(folder, _)| folder);
        name.ends_with(".json") && (folder.is_empty() || Profile::from_name(folder).is_some())
    };
    Generated { folder: "bindings/schema", files: files(), is_ours, task: "schemas" }
}

fn files() -> Files {
    let documents =
        schema::documents().map(|document| (format!("{}.json", document.name), pretty(&document.schema.to_value())));
    let all = [("all.json".to_owned(), pretty(&schema::all().to_value()))];
    let forms = [("forms.json".to_owned(), pretty(&forms::document()))];
    let openapi = openapi::Form::all().map(|form| (form.file(), pretty(&openapi::document(&form))));
    // What has an address is published.
    let of_profiles = PROFILES.into_iter().flat_map(|profile| {
        let documents: Vec<_> = Print::default().profile(profile).documents().collect();
        documents.into_iter().filter_map(move |document| {
            let schema = document.schema.to_value();
            address(&schema)?;
            Some((format!("{}/{}.json", profile.name(), document.name), pretty(&schema)))
        })
    });
    documents.chain(all).chain(openapi).chain(forms).chain(of_profiles).collect()
}

/// The address of a schema, where it has one.
pub(crate) fn address(schema: &Value) -> Option<&str> {
    // Draft-04 calls it otherwise.
    ["$id", "id"].into_iter().find_map(|keyword| schema.get(keyword)?.as_str())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
