//! The OpenAPI documents of the operations: paths, bodies and responses, with examples from the vectors. One function makes them all;
//! they differ in the profile of their schemas, in the language, and in the version of OpenAPI.

mod errors;
mod queries;
mod security;
mod thirty;

use crate::reference::severity;
use image_preflight::schema::{Print, Profile};
use image_preflight::{Citation, Field, Locale, Operation, Parameters, operations};
use image_preflight_tests::{read, vectors_of};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// In which form a document is.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) profile: Profile,
    pub(crate) locale: Locale,
    /// Whether it is OpenAPI 3.0 and not 3.1.
    pub(crate) is_3_0: bool,
}

impl Form {
    /// The name of its file.
    pub(crate) fn file(&self) -> String {
        let kind = match (self.is_3_0, self.profile) {
            (true, _) => "openapi-3.0",
            (false, Profile::Portable) => "openapi.portable",
            (false, _) => "openapi",
        };
        let language = if self.is_chinese() { ".zh-CN" } else { "" };
        format!("{kind}{language}.json")
    }

    /// Those that are checked in.
    pub(crate) fn all() -> impl Iterator<Item = Form> {
        let forms = [(Profile::Exact, false), (Profile::Portable, false), (Profile::Portable, true)];
        Locale::all().flat_map(move |locale| forms.map(|(profile, is_3_0)| Form { profile, locale, is_3_0 }))
    }

    fn is_chinese(&self) -> bool {
        self.locale == Locale::CHINESE
    }
}

/// The document.
pub(crate) fn document(form: &Form) -> Value {
    let answers: Vec<Value> = read("vectors/answers.json");
    let print = Print::default().profile(form.profile).locale(form.locale);
    let mut definitions = print.all().to_value()["$defs"].take();
    with_rules(&mut definitions, form.locale);
    let calls = operations().map(|operation| {
        let call = call(operation, operation.provider().parameters, &answers, &definitions, form);
        (split(operation.path_template()).0, method(operation), call)
    });
    let queries = queries::QUERIES.iter().map(|query| {
        let provider = query.provider();
        let of_provider = operations().find(|operation| std::ptr::eq(operation.provider(), provider));
        let headers = security::headers(provider);
        let refusals = of_provider.map(|operation| errors::of_provider(operation, form, &headers)).unwrap_or_default();
        let mut call = query.call(form, &refusals, &headers);
        call["tags"] = json!([tag(provider)]);
        call["servers"] = json!([security::server(provider, form)]);
        call["security"] = security::of(provider);
        (query.path(), "get".to_owned(), call)
    });
    let (title, summary, description) = if form.is_chinese() {
        (
            "云服务器镜像请求",
            "image-preflight 所检查的请求，依据云服务商的文档",
            "由 image-preflight 的规则生成。请求体的校验与未提供镜像信息时的检查一致，其他规则见规则参考。",
        )
    } else {
        (
            "Machine-image requests",
            "The requests that image-preflight checks, as their providers document them",
            "Generated from the rules of image-preflight. Bodies are as strict as the check is without facts about the image; the rule reference has the other rules.",
        )
    };
    let mut document = json!({
        "openapi": "3.1.1",
        "info": {
            "title": title, "version": env!("CARGO_PKG_VERSION"), "summary": summary, "description": description,
            "contact": {"name": "image-preflight", "url": env!("CARGO_PKG_REPOSITORY")},
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": distinct(|operation| security::server(operation.provider(), form)),
        "tags": distinct(|operation| json!({
            "name": tag(operation.provider()), "description": operation.provider().name.text(form.locale)
        })),
        "paths": paths(&calls.chain(queries).collect::<Vec<_>>()),
        "components": {"securitySchemes": security::schemes(form), "headers": security::header_components(form)}
    });
    let schemas = reachable(&document, &definitions);
    document["components"]["schemas"] = schemas;
    if form.is_3_0 {
        thirty::downgrade(&mut document);
    }
    document
}

/// The short name of an API: the first part of its host.
fn tag(provider: &image_preflight::Provider) -> String {
    provider.endpoint.split('.').next().unwrap_or_default().to_ascii_uppercase()
}

/// A reference to a schema.
fn definition(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

/// Where an operation is documented.
fn with_language(form: &Form, url: &str) -> Value {
    let description = if form.is_chinese() { "云服务商的文档" } else { "Documentation of the provider" };
    json!({"url": url, "description": description})
}

/// The comment of a field names its rule: here that is data.
fn with_rules(schemas: &mut Value, locale: Locale) {
    match schemas {
        Value::Object(members) => {
            let comment = members.remove("$comment");
            if let Some(id) = comment.as_ref().and_then(Value::as_str).and_then(|text| text.split(' ').next())
                && let Some(rule) = image_preflight::rule(id)
            {
                let rule = json!({"id": rule.id, "holds": rule.holds.text(locale), "help": rule.help_url(locale)});
                members.insert("x-rule".to_owned(), rule);
            }
            members.values_mut().for_each(|schema| with_rules(schema, locale));
        }
        Value::Array(list) => list.iter_mut().for_each(|schema| with_rules(schema, locale)),
        _ => {}
    }
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

fn call(
    operation: &'static Operation,
    carried: Parameters,
    answers: &[Value],
    definitions: &Value,
    form: &Form,
) -> Value {
    let provider = operation.provider();
    let in_path = |field: &Field| {
        let mut schema = moved(&definitions["Paths"]["properties"][operation.id()]["properties"][field.name()]);
        let description = schema["description"].take();
        let example = schema["examples"][0].take();
        for keyword in ["description", "examples"] {
            schema.as_object_mut().expect("a schema is an object").remove(keyword);
        }
        json!({
            "name": field.name(), "in": "path", "required": true, "description": description, "schema": schema,
            "example": example
        })
    };
    let fixed = |(name, value)| json!({"name": name, "in": "query", "required": true, "schema": {"const": value}});
    let mut parameters: Vec<_> = operation.path().iter().map(in_path).collect();
    parameters.extend(split(operation.path_template()).1.into_iter().map(fixed));
    let mut call = json!({
        "operationId": operation.api_name(),
        "summary": operation.title().text(form.locale),
        "description": description(operation, carried, form.locale),
        "tags": [tag(provider)],
        "servers": [security::server(provider, form)],
        "security": security::of(provider),
        "parameters": parameters
    });
    let body = &definitions["Bodies"]["properties"][operation.id()];
    match carried {
        Parameters::Body => {
            call["requestBody"] = json!({"required": true, "content": {"application/json": {
                "schema": moved(body),
                "examples": bodies(operation, body, definitions, form.locale)
            }}});
        }
        Parameters::Query => {
            let parameters = call["parameters"].as_array_mut().expect("it was a list");
            parameters.extend(operation.body().iter().map(|field| in_query(field, body, definitions, form.locale)));
        }
    }
    call["responses"] = responses(operation, answers, form);
    let citation = operation.body().first().and_then(|field| citation(field.rule().citations_in(form.locale)));
    let citation = citation.unwrap_or_else(|| panic!("no page of {} has an address", operation.id()));
    call["externalDocs"] = with_language(form, citation.url.unwrap_or_default());
    call
}

/// A field that stands in the query: text and numbers as they are, anything else as JSON.
fn in_query(field: &Field, body: &Value, definitions: &Value, locale: Locale) -> Value {
    let mut parameter = json!({
        "name": field.name(), "in": "query", "required": field.is_mandatory(), "description": field.describe(locale)
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

/// The page that documents an operation: the first that its first field cites and that has an address.
fn citation(citations: impl IntoIterator<Item = &'static Citation>) -> Option<&'static Citation> {
    citations.into_iter().find(|citation| citation.url.is_some())
}

fn description(operation: &'static Operation, carried: Parameters, locale: Locale) -> String {
    // Those of fields are in the schemas, and what is said of any body's keys is in none of the documents.
    let is_of_keys = |id: &str| id.ends_with(".unknown-field") || id.ends_with(".duplicate-field");
    let rules = operation.rules().filter(|rule| rule.title.is_some() && !is_of_keys(rule.id));
    let is_chinese = locale == Locale::CHINESE;
    let lines = rules.map(|rule| {
        let (url, holds) = (rule.help_url(locale), rule.holds.text(locale));
        let severity = severity(rule.severity, locale);
        if is_chinese {
            format!("- {holds}（[{}]({url})，{severity}）", rule.id)
        } else {
            format!("- {holds} ([{}]({url}), {severity})", rule.id)
        }
    });
    let heading = match (is_chinese, carried) {
        (true, Parameters::Body) => "除请求体的 Schema 外，还须满足：",
        (true, Parameters::Query) => "除参数的 Schema 外，还须满足：",
        (false, Parameters::Body) => "In addition to the body schema:",
        (false, Parameters::Query) => "In addition to the schemas of the parameters:",
    };
    format!("{heading}\n\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// How the name of a vector begins whose text is an example of the documents.
const OF_DOCUMENT: &str = "the document's";

/// The number of example bodies.
const SHOWN: usize = 4;

/// Example bodies from valid vectors, the first for each set of fields, after the documents' own examples. Each is named after the
/// variant of the request and the fields that it has beyond what that requires.
fn bodies(operation: &Operation, schema: &Value, definitions: &Value, locale: Locale) -> Value {
    let mut examples = Map::new();
    let mut vectors: Vec<_> =
        vectors_of(operation.id()).into_iter().filter(|vector| vector.verdict == "allowed").collect();
    vectors.sort_by_key(|vector| !vector.name.starts_with(OF_DOCUMENT));
    for vector in vectors.into_iter().filter(|vector| vector.findings.is_empty()) {
        let Ok(case) = serde_json::from_str::<Value>(&vector.case) else { continue };
        let Some(members) = case["body"].as_object() else { continue };
        let is_plain = members.values().all(|value| !value.is_null() && value.to_string().len() < 100);
        let Some((variant, required)) = variant(schema, members, definitions).filter(|_| is_plain) else { continue };
        let mut more: Vec<_> =
            members.keys().map(String::as_str).filter(|name| !required.contains(&json!(name))).collect();
        more.sort_unstable();
        let name = [vec![variant], more.clone()].concat().join("-");
        let title = definitions[variant]["title"].as_str().unwrap_or(variant);
        let summary = match (locale == Locale::CHINESE, more.is_empty()) {
            (true, true) => format!("{title}：仅必填参数"),
            (true, false) => format!("{title}：包含 {}", more.join("、")),
            (false, true) => format!("{title}: required fields only"),
            (false, false) => format!("{title}: with {}", more.join(", ")),
        };
        if examples.len() < SHOWN && !examples.contains_key(&name) {
            examples.insert(name, json!({"summary": summary, "value": case["body"]}));
        }
    }
    examples.into()
}

/// The variant of a request that a body is, and its required fields.
fn variant<'s>(schema: &'s Value, body: &Map<String, Value>, definitions: &'s Value) -> Option<(&'s str, &'s [Value])> {
    let target = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next())?;
    let schema = resolved(schema, definitions);
    if let Some(alternatives) = schema["oneOf"].as_array() {
        return alternatives.iter().find_map(|schema| variant(schema, body, definitions));
    }
    let required = schema["required"].as_array()?;
    let has_all = required.iter().filter_map(Value::as_str).all(|name| body.contains_key(name));
    has_all.then_some((target, required.as_slice()))
}

fn responses(operation: &'static Operation, answers: &[Value], form: &Form) -> Value {
    let provider = operation.provider();
    // The vectors of an operation's answers have the document's own example.
    let is_example = |vector: &&Value| {
        vector["row"] == format!("{}.answer", operation.id())
            && vector["name"].as_str().is_some_and(|name| name.starts_with(OF_DOCUMENT))
    };
    let answer = answers.iter().find(is_example);
    let answer = answer.unwrap_or_else(|| panic!("answers.json has no example of a document for {}", operation.id()));
    let headers = security::headers(provider);
    let mut taken = json!({
        "description": provider.accepted.text(form.locale),
        "content": {"application/json": {
            "schema": definition(provider.answer_schemas[0]), "example": answer["answer"]
        }},
        "links": queries::links(provider, form)
    });
    if !headers.is_null() {
        taken["headers"] = headers.clone();
    }
    let mut responses = json!({"200": taken});
    for (status, response) in errors::of_operation(operation, form, &headers).as_object().into_iter().flatten() {
        responses[status] = response.clone();
    }
    responses
}

/// The method of an operation, as the document writes it.
fn method(operation: &Operation) -> String {
    operation.provider().method.to_ascii_lowercase()
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
    use super::{Form, call, document, in_query, paths, split};
    use image_preflight::schema::{self, Profile};
    use image_preflight::{Locale, Parameters, operation, operations};
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
            let form = Form { profile: Profile::Exact, locale: Locale::ENGLISH, is_3_0: false };
            let call = call(operation, Parameters::Query, &answers, &definitions, &form);
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
        let of = |field| in_query(field, body, &definitions, Locale::ENGLISH);
        assert_eq!(of(ids)["content"]["application/json"]["schema"]["$ref"], "#/components/schemas/ImageIds");
        assert_eq!(of(region)["schema"]["$ref"], "#/components/schemas/JdRegionId");
        assert_eq!(of(name)["schema"], json!({"$ref": "#/components/schemas/JdName"}));
    }

    /// Everything that a portal shows is there, in each form.
    #[test]
    fn each_document_has_what_a_portal_needs() {
        for form in Form::all() {
            let document = document(&form);
            let mut ids = Vec::new();
            for call in document["paths"].as_object().expect("paths").values().flat_map(|item| item.as_object()) {
                for call in call.values() {
                    let id = call["operationId"].as_str().expect("an id");
                    ids.push(id.to_owned());
                    assert!(
                        call["externalDocs"]["url"].as_str().is_some_and(|url| url.starts_with("https://")),
                        "{id}"
                    );
                    assert!(!call["security"].as_array().expect("security").is_empty());
                    for (status, response) in call["responses"].as_object().expect("responses") {
                        let content = &response["content"]["application/json"];
                        assert!(
                            content.get("example").is_some() || content.get("examples").is_some(),
                            "{id}, {status}"
                        );
                        if status != "200" {
                            assert!(response["x-error-codes"].is_array(), "{id}, {status}");
                        }
                    }
                }
            }
            for id in
                ["CreateWholeImage", "ShowJobProgress", "ShowJob", "ListImages", "ShowImageQuota", "describeImages"]
            {
                assert!(ids.iter().any(|known| known == id), "{id}");
            }
            let text = document.to_string();
            assert!(!text.contains("(001)") && !text.contains("#/$defs/"));
            let regions = &document["paths"]["/v2/cloudimages"]["get"]["servers"][0]["variables"]["region"]["enum"];
            assert!(regions.as_array().is_some_and(|regions| regions.len() > 20));
        }
    }

    /// Its description has every rule that no schema has, whether facts decide it or the request alone.
    #[test]
    fn a_call_lists_the_rules_that_are_in_no_schema() {
        for form in Form::all() {
            let text = document(&form).to_string();
            for rule in operations().flat_map(image_preflight::Operation::rules).filter(|rule| rule.title.is_some()) {
                let is_listed = text.contains(&format!("[{}](", rule.id));
                assert_eq!(is_listed, !rule.id.ends_with("-field"), "{}: {}", form.file(), rule.id);
            }
        }
    }

    /// No message of an example is a sentence of this product.
    #[test]
    fn an_example_has_the_server_s_words_or_none() {
        let form = Form { profile: Profile::Exact, locale: Locale::ENGLISH, is_3_0: false };
        let document = document(&form);
        let refused = &document["paths"]["/v1/cloudimages/{image_id}/cross_region_copy"]["post"]["responses"];
        let message =
            &refused["400"]["content"]["application/json"]["examples"]["IMG.0146"]["value"]["error"]["message"];
        assert_eq!(message, "(message of the server)");
        let gateway = &refused["401"]["content"]["application/json"]["examples"]["APIGW.0301"]["value"];
        assert_eq!(gateway["error_code"], "APIGW.0301");
    }
}
