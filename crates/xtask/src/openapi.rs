//! The OpenAPI 3.1 document of the operations: paths, bodies and responses, with examples from the vectors.

use image_preflight::{Citation, DocumentedError, Field, Operation, Parameters, Provider, operations, schema};
use image_preflight_tests::{read, vectors_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The document.
pub(crate) fn document() -> Value {
    let answers: Vec<Value> = read("vectors/answers.json");
    let definitions = schema::all().to_value()["$defs"].take();
    let calls = operations().map(|operation| {
        let call = call(operation, operation.provider().parameters, &answers, &definitions);
        (split(operation.path_template()).0, method(operation), call)
    });
    let mut document = json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Machine-image requests",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The requests that image-preflight checks, as their providers document them",
            "description": "Generated from the rules of image-preflight. Bodies are as strict as the check is without facts about the image; the rule reference has the other rules.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": distinct(|operation| server(operation.provider())),
        "tags": distinct(|operation| json!({
            "name": operation.provider().name.en, "description": operation.provider().name.zh
        })),
        "paths": paths(&calls.collect::<Vec<_>>()),
        "components": {"securitySchemes": security()}
    });
    let schemas = reachable(&document, &definitions);
    document["components"]["schemas"] = schemas;
    document
}

/// The path items of calls, each with its path and its method. Calls that differ only in the query share both: a fragment, which
/// is not sent, keeps them apart.
fn paths(calls: &[(&str, String, Value)]) -> Value {
    let mut paths = Map::new();
    for (path, method, call) in calls {
        let is_shared = calls.iter().filter(|(other, by, _)| (other, by) == (path, method)).count() > 1;
        let id = call["operationId"].as_str().expect("a call has an id");
        let path = if is_shared { format!("{path}#{id}") } else { (*path).to_owned() };
        let item = paths.entry(path).or_insert_with(|| json!({}));
        assert!(item.get(method).is_none(), "two calls are {id}");
        item[method] = call.clone();
    }
    paths.into()
}

/// The path of a template, and the fixed members of its query.
fn split(template: &str) -> (&str, Vec<(&str, &str)>) {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let members = query.split('&').filter(|member| !member.is_empty());
    (path, members.map(|member| member.split_once('=').unwrap_or((member, ""))).collect())
}

/// One of each.
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

fn call(operation: &'static Operation, carried: Parameters, answers: &[Value], definitions: &Value) -> Value {
    let provider = operation.provider();
    let in_path = |field: &Field| {
        json!({
            "name": field.name(), "in": "path", "required": true, "description": field.rule().holds.en,
            "schema": moved(&definitions["Paths"]["properties"][operation.id()]["properties"][field.name()])
        })
    };
    let fixed = |(name, value)| json!({"name": name, "in": "query", "required": true, "schema": {"const": value}});
    let mut parameters: Vec<_> = operation.path().iter().map(in_path).collect();
    parameters.extend(split(operation.path_template()).1.into_iter().map(fixed));
    let mut call = json!({
        "operationId": operation.api_name(),
        "summary": operation.title().en,
        "description": description(operation, carried),
        "tags": [provider.name.en],
        "servers": [server(provider)],
        "security": [{(provider.auth_header): []}],
        "parameters": parameters
    });
    let body = &definitions["Bodies"]["properties"][operation.id()];
    match carried {
        Parameters::Body => {
            call["requestBody"] = json!({"required": true, "content": {"application/json": {
                "schema": moved(body),
                "examples": bodies(operation)
            }}});
        }
        Parameters::Query => {
            let parameters = call["parameters"].as_array_mut().expect("it was a list");
            parameters.extend(operation.body().iter().map(|field| in_query(field, body, definitions)));
        }
    }
    call["responses"] = responses(operation, answers);
    if let Some(url) = citation(operation).and_then(|citation| citation.url) {
        call["externalDocs"] = json!({"url": url});
    }
    call
}

/// A field that stands in the query: text and numbers as they are, anything else as JSON.
fn in_query(field: &Field, body: &Value, definitions: &Value) -> Value {
    let mut parameter = json!({
        "name": field.name(), "in": "query", "required": field.is_mandatory(), "description": field.rule().holds.en
    });
    let schema = property(body, field.name(), definitions).unwrap_or_else(|| panic!("no schema has {}", field.name()));
    // Null is absent, and what is absent is not in a query.
    let schema = schema["anyOf"].get(0).unwrap_or(schema);
    let kind = &resolved(schema, definitions)["type"];
    if ["string", "integer", "number", "boolean"].iter().any(|scalar| kind == scalar) {
        parameter["schema"] = moved(schema);
    } else {
        parameter["content"] = json!({"application/json": {"schema": moved(schema)}});
    }
    parameter
}

/// The schema of a member of an object, or of one of its alternatives.
fn property<'s>(object: &'s Value, name: &str, definitions: &'s Value) -> Option<&'s Value> {
    let object = resolved(object, definitions);
    let alternatives = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|list| object[list].as_array()).flatten();
    object["properties"].get(name).or_else(|| alternatives.into_iter().find_map(|it| property(it, name, definitions)))
}

/// What a schema refers to, if it does.
fn resolved<'s>(schema: &'s Value, definitions: &'s Value) -> &'s Value {
    schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")).map_or(schema, |name| &definitions[name])
}

/// The page that documents an operation: the first that its first field cites.
fn citation(operation: &Operation) -> Option<&'static Citation> {
    operation.body().first()?.rule().citations.first()
}

fn description(operation: &'static Operation, carried: Parameters) -> String {
    let rules = operation.rules().filter(|rule| !rule.reads.is_empty());
    let lines = rules.map(|rule| {
        let url = rule.help_url(image_preflight::Locale::ENGLISH);
        format!("- {} ([{}]({url}), {})", rule.holds.en, rule.id, rule.severity.as_str())
    });
    let form = match carried {
        Parameters::Body => "the body's form",
        Parameters::Query => "the parameters' form",
    };
    format!("What must hold beside {form}:\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

fn server(provider: &Provider) -> Value {
    let mut server = json!({"url": format!("https://{}", provider.endpoint)});
    if provider.endpoint.contains("{region}") {
        server["variables"] =
            json!({"region": {"default": provider.example_region, "description": "The region that the image is in"}});
    }
    server
}

/// How the name of a vector begins whose text is an example of the documents.
const OF_DOCUMENT: &str = "the document's";

/// The number of example bodies.
const SHOWN: usize = 4;

/// Example bodies from valid vectors, the first for each set of fields, after the documents' own examples.
fn bodies(operation: &Operation) -> Value {
    let mut examples = Vec::<(Vec<String>, Value)>::new();
    let mut vectors: Vec<_> =
        vectors_of(operation.id()).into_iter().filter(|vector| vector.verdict == "allowed").collect();
    vectors.sort_by_key(|vector| !vector.name.starts_with(OF_DOCUMENT));
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
    // The vectors of an operation's answers have the document's own example.
    let is_example = |vector: &&Value| {
        vector["row"] == format!("{}.answer", operation.id())
            && vector["name"].as_str().is_some_and(|name| name.starts_with(OF_DOCUMENT))
    };
    let answer = answers.iter().find(is_example);
    let answer = answer.unwrap_or_else(|| panic!("answers.json has no example of a document for {}", operation.id()));
    let content =
        |schema: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{schema}")}}});
    let mut taken = content(accepted);
    taken["application/json"]["example"] = answer["answer"].clone();
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

#[cfg(test)]
mod tests {
    use super::{call, in_query, paths, schema, split};
    use image_preflight::{Parameters, operation, operations};
    use image_preflight_tests::read;
    use serde_json::{Value, json};

    #[test]
    fn no_call_replaces_another() {
        let call = |id: &str| json!({"operationId": id});
        let (get, post) = (|| "get".to_owned(), || "post".to_owned());
        let all = vec![
            ("/a", post(), call("A")),
            ("/", post(), call("B")),
            ("/", post(), call("C")),
            ("/a", get(), call("D")),
        ];
        let expected = json!({
            "/a": {"post": call("A"), "get": call("D")}, "/#B": {"post": call("B")}, "/#C": {"post": call("C")}
        });
        assert_eq!(paths(&all), expected);
    }

    #[test]
    #[should_panic(expected = "two calls are A")]
    fn two_calls_of_one_name_are_an_error() {
        let call = json!({"operationId": "A"});
        paths(&[("/", "post".to_owned(), call.clone()), ("/", "post".to_owned(), call)]);
    }

    #[test]
    fn a_template_may_have_fixed_members_in_its_query() {
        assert_eq!(split("/v1/{id}/copy"), ("/v1/{id}/copy", vec![]));
        assert_eq!(split("/?Action=CopyImage&Version=1"), ("/", vec![("Action", "CopyImage"), ("Version", "1")]));
    }

    /// Every operation, as if its provider took fields in the query.
    #[test]
    fn fields_in_the_query_are_parameters() {
        let answers: Vec<Value> = read("vectors/answers.json");
        let definitions = schema::all().to_value()["$defs"].take();
        for operation in operations() {
            let call = call(operation, Parameters::Query, &answers, &definitions);
            assert!(call.get("requestBody").is_none());
            let parameters = call["parameters"].as_array().expect("a list");
            let in_query: Vec<_> = parameters.iter().filter(|parameter| parameter["in"] == "query").collect();
            assert_eq!(in_query.len(), operation.body().len());
            for (parameter, field) in in_query.iter().zip(operation.body()) {
                assert_eq!(
                    (&parameter["name"], &parameter["required"]),
                    (&json!(field.name()), &json!(field.is_mandatory()))
                );
                assert!(parameter.get("schema").is_some() != parameter.get("content").is_some(), "{parameter}");
            }
        }
        let copy = operation("jd.copy-images").expect("an operation");
        let body = &definitions["Bodies"]["properties"]["jd.copy-images"];
        let [ids, region, name, ..] = copy.body() else { panic!("fields") };
        let of = |field| in_query(field, body, &definitions);
        assert_eq!(of(ids)["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/ImageIds");
        assert_eq!(of(region)["schema"]["$ref"], "#/components/schemas/JdRegionId");
        assert_eq!(of(name)["schema"], json!({"$ref": "#/components/schemas/JdName"}));
    }
}
