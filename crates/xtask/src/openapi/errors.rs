//! The responses that refuse a request: their codes as data, and an example of each.

use super::{Form, definition};
use image_preflight::{DocumentedError, Locale, Operation, Provider};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The form of what a gateway answers.
const GATEWAY: (&str, &str) = (
    "GatewayRefusal",
    r#"{"error_code": {code}, "error_msg": {message}, "request_id": "24237da676d9e815f78a476ff8269ab0"}"#,
);

/// How the codes of a gateway begin.
const OF_GATEWAY: &str = "APIGW.";

/// The responses to an operation, by status.
pub(super) fn of_operation(operation: &'static Operation, form: &Form, headers: &Value) -> Value {
    responses(operation.provider(), &operation.refusals().collect::<Vec<_>>(), form, headers)
}

/// The responses to any request of a provider.
pub(super) fn of_provider(operation: &'static Operation, form: &Form, headers: &Value) -> Value {
    let any: Vec<_> = operation.refusals().filter(|refusal| refusal.operations.is_empty()).collect();
    responses(operation.provider(), &any, form, headers)
}

fn responses(provider: &Provider, refusals: &[&'static DocumentedError], form: &Form, headers: &Value) -> Value {
    let is_listed = |error: &&DocumentedError| {
        refusals.iter().any(|refusal| (refusal.status, refusal.code) == (error.status, error.code))
    };
    let general = provider.gateway_errors().iter().filter(|error| !is_listed(error));
    let mut by_status = BTreeMap::<u16, Vec<&DocumentedError>>::new();
    for refusal in refusals.iter().copied().chain(general) {
        // A code that comes with several statuses is listed with each of them.
        if refusal.status != 0 {
            by_status.entry(refusal.status).or_default().push(refusal);
        }
    }
    let response = |(status, refusals): (u16, Vec<&DocumentedError>)| {
        // Where the service has codes of its own the body is the service's; otherwise the gateway has answered.
        let is_of_gateway = |refusal: &&DocumentedError| refusal.code.starts_with(OF_GATEWAY);
        let has_own = refusals.iter().any(|refusal| !refusal.code.is_empty() && !is_of_gateway(refusal));
        let has_gateway = refusals.iter().any(is_of_gateway);
        let (schema, body) = match has_gateway && !has_own {
            true => GATEWAY,
            false => (provider.answer_schemas[1], provider.error_example),
        };
        let shown: Vec<_> = refusals.iter().copied().filter(|refusal| !has_own || !is_of_gateway(refusal)).collect();
        let mut content = json!({"schema": definition(schema)});
        let examples = examples(status, &shown, body, form.locale);
        if examples.as_object().is_some_and(|examples| !examples.is_empty()) {
            content["examples"] = examples;
        } else {
            content["example"] = example(status, "", "", body, form.locale);
        }
        let codes: Vec<_> =
            refusals.iter().filter(|refusal| !refusal.code.is_empty()).map(|refusal| data(refusal, form)).collect();
        let mut response = json!({
            "description": meanings(&refusals, form.locale), "content": {"application/json": content}, "x-error-codes": codes
        });
        if !headers.is_null() {
            response["headers"] = headers.clone();
        }
        (status.to_string(), response)
    };
    by_status.into_iter().map(response).collect::<Map<_, _>>().into()
}

/// An error code, for programs.
fn data(refusal: &DocumentedError, form: &Form) -> Value {
    let mut data = json!({
        "code": refusal.code, "meaning": refusal.meaning.text(form.locale), "retry": refusal.retry.as_str(),
        "rules": refusal.rules
    });
    if !refusal.message.is_empty() {
        data["message"] = refusal.message.into();
    }
    data
}

/// The meaning of each error code of a status.
fn meanings(refusals: &[&DocumentedError], locale: Locale) -> String {
    let plain = refusals.iter().filter(|refusal| refusal.code.is_empty());
    let plain = plain.map(|refusal| refusal.meaning.text(locale).to_owned());
    let coded = refusals.iter().filter(|refusal| !refusal.code.is_empty()).map(|refusal| {
        let code = match refusal.message {
            "" => refusal.code.to_owned(),
            message => format!("{}: {message}", refusal.code),
        };
        format!("- `{code}`{}{}", if locale == Locale::CHINESE { "：" } else { ": " }, refusal.meaning.text(locale))
    });
    plain.chain(coded).collect::<Vec<_>>().join("\n")
}

fn examples(status: u16, refusals: &[&DocumentedError], body: &str, locale: Locale) -> Value {
    let codes = || refusals.iter().filter(|refusal| !refusal.code.is_empty());
    let one = |(index, refusal): (usize, &&DocumentedError)| {
        let is_single = codes().filter(|other| other.code == refusal.code).count() == 1;
        let name = if is_single { refusal.code.to_owned() } else { format!("{}.{}", refusal.code, index + 1) };
        let value = example(status, refusal.code, refusal.message, body, locale);
        (name, json!({"summary": refusal.meaning.text(locale), "value": value}))
    };
    codes().enumerate().map(one).collect::<Map<_, _>>().into()
}

/// A body that refuses a request. The message is the server's own, where the documents give it; nobody should compare another.
fn example(status: u16, code: &str, message: &str, body: &str, locale: Locale) -> Value {
    let message = match message {
        "" if locale == Locale::CHINESE => "（服务端返回的消息）".to_owned(),
        "" => "(message of the server)".to_owned(),
        message => message.replace("xx", "img-m5s0****29"),
    };
    let code = if code.is_empty() { status.to_string() } else { code.to_owned() };
    let body = body
        .replace("{status}", &status.to_string())
        .replace("{code}", &json!(code).to_string())
        .replace("{message}", &json!(message).to_string());
    serde_json::from_str(&body).expect("a provider's example is JSON")
}
