//! The OpenAPI 3.1 document of the operations: paths, bodies and responses, with examples from the vectors.

use image_preflight::{Citation, DocumentedError, Operation, operations, schema};
use image_preflight_tests::{read, vectors_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The document.
pub(crate) fn document() -> Value {
    let answers: Vec<Value> = read("vectors/answers.json");
    let definitions = schema::all().to_value()["$defs"].take();
    let paths: Map<_, _> = operations()
        .map(|operation| {
            (operation.path_template().to_owned(), json!({method(operation): call(operation, &answers, &definitions)}))
        })
        .collect();
    let mut document = json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Machine-image requests",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The requests that image-preflight checks, as their providers document them",
            "description": "Generated from the rules of image-preflight. Bodies are as strict as the check is without facts about the image; the rule reference has the other rules.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": distinct(|operation| server(operation.provider().endpoint)),
        "tags": distinct(|operation| json!({
            "name": operation.provider().name.en, "description": operation.provider().name.zh
        })),
        "paths": paths,
        "components": {"securitySchemes": security()}
    });
    let schemas = reachable(&document, &definitions);
    document["components"]["schemas"] = schemas;
    document
}

/// The path item of each operation.
fn distinct(of: impl Fn(&'static Operation) -> Value) -> Vec<Value> {
    let mut all = Vec::new();
    for value in operations().map(of) {
        if !all.contains(&value) {
            all.push(value);
        }
    }
    all
}

fn security() -> Value {
    operations()
        .map(|operation| {
            let header = operation.provider().auth_header;
            (header.to_owned(), json!({"type": "apiKey", "in": "header", "name": header}))
        })
        .collect::<Map<_, _>>()
        .into()
}

fn call(operation: &'static Operation, answers: &[Value], definitions: &Value) -> Value {
    let provider = operation.provider();
    let parameter = |field: &image_preflight::Field| {
        json!({
            "name": field.name(), "in": "path", "required": true, "description": field.rule().holds.en,
            "schema": moved(&definitions["Paths"]["properties"][operation.id()]["properties"][field.name()])
        })
    };
    let mut call = json!({
        "operationId": operation.api_name(),
        "summary": operation.title().en,
        "description": description(operation),
        "tags": [provider.name.en],
        "servers": [server(provider.endpoint)],
        "security": [{(provider.auth_header): []}],
        "parameters": operation.path().iter().map(parameter).collect::<Vec<_>>(),
        "requestBody": {"required": true, "content": {"application/json": {
            "schema": moved(&definitions["Bodies"]["properties"][operation.id()]),
            "examples": bodies(operation)
        }}},
        "responses": responses(operation, answers)
    });
    if let Some(url) = citation(operation).and_then(|citation| citation.url) {
        call["externalDocs"] = json!({"url": url});
    }
    call
}

/// The page that documents an operation: the first that its first field cites.
fn citation(operation: &Operation) -> Option<&'static Citation> {
    operation.body().first()?.rule().citations.first()
}

fn description(operation: &'static Operation) -> String {
    let rules = operation.rules().filter(|rule| !rule.reads.is_empty());
    let lines = rules.map(|rule| {
        let url = rule.help_url(image_preflight::Locale::ENGLISH);
        format!("- {} ([{}]({url}), {})", rule.holds.en, rule.id, rule.severity.as_str())
    });
    format!("What must hold beside the body's form:\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn server(endpoint: &str) -> Value {
    let mut server = json!({"url": format!("https://{endpoint}")});
    if endpoint.contains("{region}") {
        server["variables"] =
            json!({"region": {"default": "cn-north-4", "description": "The region that the image is in"}});
    }
    server
}

/// The number of example bodies.
const SHOWN: usize = 4;

/// Example bodies from valid vectors, the first for each set of fields, after the documents' own examples.
fn bodies(operation: &Operation) -> Value {
    let mut examples = Vec::<(Vec<String>, Value)>::new();
    let mut vectors: Vec<_> =
        vectors_of(operation.id()).into_iter().filter(|vector| vector.verdict == "allowed").collect();
    vectors.sort_by_key(|vector| !vector.name.starts_with("the document's"));
    for vector in vectors.into_iter().filter(|vector| vector.findings.is_empty()) {
        let Ok(case) = serde_json::from_str::<Value>(&vector.case) else { continue };
        let body = &case["body"];
        let Some(members) = body.as_object() else { continue };
        let mut names: Vec<_> = members.keys().cloned().collect();
        names.sort();
        let is_plain = members.values().all(|value| !value.is_null() && value.to_string().len() < 100);
        if is_plain && examples.iter().all(|(known, _)| *known != names) {
            examples.push((names, json!({"summary": vector.name, "value": body})));
        }
    }
    let named = (1..).zip(examples).take(SHOWN).map(|(number, (_, example))| (format!("example{number}"), example));
    named.collect::<Map<_, _>>().into()
}

fn responses(operation: &'static Operation, answers: &[Value]) -> Value {
    let provider = operation.provider();
    let [accepted, refused] = provider.answer_schemas;
    let answer = |row: &str, kinds: &[&str]| {
        let is_it = |vector: &&Value| {
            vector["row"] == format!("{}.{row}", operation.id()) && kinds.iter().any(|kind| vector["kind"] == *kind)
        };
        answers.iter().find(is_it).map_or(Value::Null, |vector| vector["answer"].clone())
    };
    let content =
        |schema: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}});
    let mut taken = content(accepted);
    taken["application/json"]["example"] = answer("answer", &["job-id", "jd"]);
    let mut responses = Map::new();
    responses.insert("200".to_owned(), json!({"description": provider.accepted.en, "content": taken}));
    let mut by_status = BTreeMap::<u16, Vec<&DocumentedError>>::new();
    for refusal in operation.refusals() {
        by_status.entry(refusal.status).or_default().push(refusal);
    }
    for (status, refusals) in by_status {
        let mut content = content(refused);
        content["application/json"]["examples"] = examples(&refusals, provider.error_example);
        responses.insert(status.to_string(), json!({"description": meanings(&refusals), "content": content}));
    }
    responses.into()
}

/// The meaning of each error code of a status.
fn meanings(refusals: &[&DocumentedError]) -> String {
    let plain = refusals.iter().filter(|refusal| refusal.code.is_empty()).map(|refusal| refusal.meaning.en.to_owned());
    let coded = refusals.iter().filter(|refusal| !refusal.code.is_empty()).map(|refusal| {
        let code = if refusal.message.is_empty() {
            refusal.code.to_owned()
        } else {
            format!("{}: {}", refusal.code, refusal.message)
        };
        format!("- `{code}`: {}", refusal.meaning.en)
    });
    plain.chain(coded).collect::<Vec<_>>().join("\n")
}

/// The method of an operation, as the document writes it.
fn method(operation: &Operation) -> String {
    operation.provider().method.to_ascii_lowercase()
}

fn examples(refusals: &[&DocumentedError], form: &str) -> Value {
    let codes = || refusals.iter().filter(|refusal| !refusal.code.is_empty());
    let example = |(index, refusal): (usize, &&DocumentedError)| {
        // The server's own message, where the documents give one.
        let message = match refusal.message {
            "" => refusal.meaning.en.to_owned(),
            message => message.replace("xx", "img-m5s0****29"),
        };
        let body = form
            .replace("{status}", &refusal.status.to_string())
            .replace("{code}", &json!(refusal.code).to_string())
            .replace("{message}", &json!(message).to_string());
        let value: Value = serde_json::from_str(&body).expect("a provider's example is JSON");
        let is_single = codes().filter(|other| other.code == refusal.code).count() == 1;
        let name = if is_single { refusal.code.to_owned() } else { format!("{}.{}", refusal.code, index + 1) };
        (name, json!({"summary": refusal.meaning.en, "value": value}))
    };
    codes().enumerate().map(example).collect::<Map<_, _>>().into()
}

/// A schema whose references point into `components`.
fn moved(schema: &Value) -> Value {
    let text = schema.to_string().replace("#/$defs/", "#/components/schemas/");
    serde_json::from_str(&text).expect("it was JSON")
}

/// The schemas that a document refers to, and those that they refer to.
fn reachable(document: &Value, definitions: &Value) -> Value {
    let mut schemas = BTreeMap::new();
    let mut wanted = references(document);
    while let Some(name) = wanted.pop() {
        schemas.entry(name).or_insert_with_key(|name| {
            let schema = moved(&definitions[name]);
            wanted.extend(references(&schema));
            schema
        });
    }
    serde_json::to_value(schemas).expect("names are strings")
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, value)| {
                match value.as_str().and_then(|text| text.strip_prefix("#/components/schemas/")) {
                    Some(path) if name == "$ref" => path.split('/').next().map(str::to_owned).into_iter().collect(),
                    _ => references(value),
                }
            })
            .collect(),
        Value::Array(list) => list.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
