//! An HTTP request as documents and tools print it: a method and an address, headers or none, an empty line, the body, which may also
//! follow the address at once. Of the headers only the host is read: others hold tokens.

use crate::json::{Members, offset_in};
use crate::operation::{addressed, addressed_in_any_version, reads_source_region, region_of_host, templates};
use crate::translation::{Draft, Origin, Refused, TranslatedCase};
use image_preflight::{Message, Operation};
use std::ops::Range;

/// The methods that requests have.
const METHODS: [&str; 7] = ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Whether a text begins as a request does.
pub(crate) fn begins(text: &str) -> bool {
    first_line(text).is_some()
}

/// The method, the address, and what is behind it in the line. Documents print the address on a line of its own, too.
fn first_line(text: &str) -> Option<(&str, &str, &str)> {
    let (method, rest) = text.trim_start().split_once(char::is_whitespace)?;
    let rest = rest.trim_start().lines().next()?;
    let (address, rest) = rest.split_at_checked(rest.find(char::is_whitespace).unwrap_or(rest.len()))?;
    let is_address = address.starts_with(['/', '{']) || address.contains("://");
    (METHODS.contains(&method) && is_address).then_some((method, address, rest.trim_start()))
}

/// The body that begins behind the address, as documents print a short request: `POST /v1/… {"name": …}`.
fn body_in_line<'t>(text: &'t str, rest: &'t str) -> Option<&'t str> {
    let rest = match rest.split_once(char::is_whitespace) {
        Some((version, rest)) if version.starts_with("HTTP/") => rest.trim_start(),
        _ => rest,
    };
    rest.starts_with(['{', '[']).then(|| text.get(offset_in(text, rest)..).unwrap_or_default().trim())
}

pub(crate) fn translate(text: &str) -> Result<TranslatedCase<'_>, Refused> {
    let Some((method, address, rest)) = first_line(text) else { return Err(Refused::new("http", NO_REQUEST, &[])) };
    let start = text.len() - text.trim_start().len();
    let mut host = None;
    let mut lines = text.get(offset_in(text, address)..).unwrap_or_default().split_inclusive('\n').skip(1);
    let in_line = body_in_line(text, rest);
    let mut body = in_line.unwrap_or_default();
    for line in lines.by_ref().take_while(|_| in_line.is_none()) {
        let is_begun = line.trim_start().starts_with(['{', '[']);
        if line.trim().is_empty() || is_begun {
            let from = offset_in(text, line) + if is_begun { 0 } else { line.len() };
            body = text.get(from..).unwrap_or_default().trim();
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("host")
        {
            host = Some(value.trim().to_owned());
        }
    }
    let at = offset_in(text, body);
    let draft = request(method, address, host.as_deref(), start)?;
    finished(draft, body, Some(at..at + body.len()))
}

const NO_REQUEST: Message = Message {
    en: "an HTTP request begins with its method and address, such as POST /v1/cloudimages/{id}/cross_region_copy",
    zh: "HTTP 请求以方法和地址开头，例如 POST /v1/cloudimages/{id}/cross_region_copy",
};

/// A request by its method, address and host.
pub(crate) fn request(method: &str, address: &str, host: Option<&str>, start: usize) -> Result<Draft, Refused> {
    let (host, path) = match address.split_once("://") {
        Some((_, rest)) => {
            let slash = rest.find('/').unwrap_or(rest.len());
            let (host, path) = rest.split_at_checked(slash).unwrap_or((rest, ""));
            (Some(host), path)
        }
        None => (host, address.split_once('/').map_or(address, |(_, path)| path)),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let has_method = |operation: &Operation| operation.provider().method.eq_ignore_ascii_case(method);
    let found = addressed(path).filter(|(operation, _)| has_method(operation));
    let Some((operation, parameters)) = found else {
        let near = addressed_in_any_version(path).filter(|operation| has_method(operation));
        let known = templates().filter(|(operation, _)| near.is_none_or(|near| near == *operation));
        let known = known.flat_map(|(operation, templates)| {
            templates.iter().map(|template| format!("{} {template}", operation.provider().method))
        });
        let path = &format!("/{}", path.trim_start_matches('/'));
        let (kind, sentence) = match near {
            Some(_) => ("address-version", OTHER_VERSION),
            None => ("address", OTHER_ADDRESS),
        };
        return Err(Refused::new(kind, sentence, &[("method", method), ("path", path)]).with_list("known", known));
    };
    let mut draft = Draft::new(operation.api_name(), Origin::at(start));
    draft.origin.name = Some(format!("{method} /{}", path.trim_start_matches('/')));
    for (name, value) in parameters {
        // A document's own placeholder, or a variable of a shell or a client.
        if value.starts_with(['{', '<', '$']) {
            draft.set_unknown(format!("/path/{name}"));
        }
        draft.path.insert(name.to_owned(), value.into());
    }
    if let Some(region) =
        host.and_then(|host| region_of_host(operation, host)).filter(|_| reads_source_region(operation.id()))
    {
        draft.facts.insert("sourceRegion".to_owned(), region.into());
        draft.is_from("/facts/sourceRegion", "Host");
    }
    Ok(draft)
}

const OTHER_ADDRESS: Message = Message {
    en: "{method} {path} is none of the requests that are checked: {known}",
    zh: "{method} {path} 不是可检查的请求；可检查的请求：{known}",
};

const OTHER_VERSION: Message = Message {
    en: "{method} {path} is in no version of the API; this request is {known}",
    zh: "API 的任何版本都没有 {method} {path}；该请求应为：{known}",
};

/// A request with its body.
pub(crate) fn finished(
    draft: Draft,
    body: &str,
    source: Option<Range<usize>>,
) -> Result<TranslatedCase<'static>, Refused> {
    if body.is_empty() {
        return Ok(draft.finish_with("{}", None));
    }
    match Members::of(body) {
        Ok(_) => Ok(draft.finish_with(body, source)),
        Err(error) => Err(Refused::new("body", NO_BODY, &[("error", &error.to_string())])),
    }
}

const NO_BODY: Message = Message {
    en: "the body of the request is no JSON object, or the request is cut off: {error}",
    zh: "请求体不是 JSON 对象，或请求不完整：{error}",
};

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn a_request_begins_with_a_method_and_an_address() {
        for text in ["POST /v1/x", "POST https://{Endpoint}/v1/x HTTP/1.1\nA: b", "\n GET {endpoint}/x"] {
            assert!(begins(text), "{text}");
        }
        assert!(begins("POST\n/v1/x\n{"));
        for text in ["POST", "POST\n", "POST\nthe letter", "POST the letter", "post /v1", "/v1/x", ""] {
            assert!(!begins(text), "{text}");
        }
    }
}
