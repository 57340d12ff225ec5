//! A request of an official SDK: as `print` shows it in Python (JSON, or a dictionary), or as a program makes it,
//! `CopyImageCrossRegionRequest(image_id="…", body=…)`. The name of its class names the operation.

use crate::json::{Members, offset_in, tree};
use crate::koocli::{begun, broken};
use crate::operation::{named, sendable};
use crate::translation::{Options, Refused, TranslatedCase};
use image_preflight::Message;
use serde_json::{Map, Value};

/// The operation in the name of a class, and what is after it in the text.
pub(crate) fn class(text: &str) -> Option<(&'static str, &str)> {
    let mut rest = text;
    while let Some(at) = rest.find("Request") {
        let (before, behind) = rest.split_at_checked(at)?;
        let name = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let behind = behind.strip_prefix("Request").unwrap_or_default();
        if let Some(operation) = image_preflight::operation(name).or_else(|| named(name)).filter(|_| !name.is_empty()) {
            let is_own = operation.api_name().eq_ignore_ascii_case(name);
            return Some((if is_own { operation.api_name() } else { operation.id() }, behind));
        }
        rest = behind;
    }
    None
}

/// Whether an object is written with quotes of Python's.
pub(crate) fn looks_like_a_dictionary(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('\''))
}

/// Whether an object has what a request of an SDK has and nothing else: a body, the parameters of the address, and the project.
pub(crate) fn is_request(members: &Members<'_>) -> bool {
    let is_of_path = |name: &str| sendable().any(|operation| operation.path().iter().any(|field| field.name() == name));
    let is_of_request = |name| name == "body" || name == "project_id" || is_of_path(name);
    (members.has("image_id") && members.has("body") || members.names().eq(["body"]))
        && members.names().all(is_of_request)
}

pub(crate) fn translate<'t>(text: &'t str, options: Options<'_>) -> Result<TranslatedCase<'t>, Refused> {
    let named = class(text);
    let options = Options { operation: options.operation.or(named.map(|(name, _)| name)), ..options };
    // What is printed after the name, or all of it.
    let text_of_request = match named {
        Some((_, behind)) => behind.find(['{', '(']).and_then(|at| behind.get(at..)).unwrap_or_default(),
        None => text,
    };
    let start = offset_in(text, text_of_request);
    if let Ok(members) = Members::of(text_of_request.trim_end_matches([')', '\n', ' ']).trim_start_matches('(')) {
        return of_json(text, &members, options, start);
    }
    let mut python = Python { rest: text_of_request.trim_start(), depth: 0 };
    let value = if python.rest.starts_with('(') { python.call() } else { python.value() };
    let Some(Value::Object(mut request)) =
        value.filter(|_| python.rest.trim_end_matches([')', '\n', ' ', ';']).is_empty())
    else {
        let error = Members::of(text_of_request).err();
        return Err(match error.filter(|_| text_of_request.starts_with("{\"")) {
            Some(error) => broken(&error),
            None => Refused::new("sdk", NO_REQUEST, &[]),
        });
    };
    // `CopyImageCrossRegionRequest(request)` has the object itself as its only argument.
    if let Some(Value::Object(only)) = request.get("").filter(|_| request.len() == 1) {
        request = only.clone();
    }
    if options.operation.is_none() && request.contains_key("sourceImageIds") {
        let json = Value::Object(request).to_string();
        return crate::jdc::object(&json).map(owned);
    }
    let body = request.remove("body").filter(|body| !body.is_null()).unwrap_or_else(|| Value::Object(Map::new()));
    request.retain(|_, value| !value.is_null());
    Ok(begun("SDK", request, &body.to_string(), options)?.finish_with(&body.to_string(), None))
}

const NO_REQUEST: Message = Message {
    en: "it is no request that an SDK prints: {image_id, body} as JSON or as a Python dictionary, or CopyImageCrossRegionRequest(…)",
    zh: "不是 SDK 打印的请求：应为 JSON 或 Python 字典形式的 {image_id, body}，或 CopyImageCrossRegionRequest(…)",
};

fn owned(mut case: TranslatedCase<'_>) -> TranslatedCase<'static> {
    // The text has it in another notation.
    case.origin.verbatim = None;
    case.into_owned()
}

fn of_json<'t>(
    text: &'t str,
    members: &Members<'t>,
    options: Options<'_>,
    start: usize,
) -> Result<TranslatedCase<'t>, Refused> {
    let mut path = Map::new();
    for name in members.names().filter(|name| *name != "body") {
        if let Some(value) = members.given(name) {
            path.insert(name.to_owned(), tree(Some(value)));
        }
    }
    let body = members.given("body").unwrap_or("{}");
    let mut draft = begun("SDK", path, body, options)?;
    draft.origin.start = start;
    let at = offset_in(text, body);
    let source = members.given("body").map(|body| at..at + body.len());
    Ok(draft.finish_with(body, source))
}

/// How deep values may be.
const MAX_DEPTH: usize = 32;

/// Reads the values that Python prints.
struct Python<'t> {
    rest: &'t str,
    depth: usize,
}

impl<'t> Python<'t> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.skip();
        if self.depth >= MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let value = match self.rest.as_bytes().first()? {
            b'{' => self.dictionary(),
            b'[' => self.list(']'),
            b'(' => self.list(')'),
            b'\'' | b'"' => self.text().map(Value::String),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        };
        self.depth -= 1;
        value
    }

    fn dictionary(&mut self) -> Option<Value> {
        let mut members = Map::new();
        self.take("{");
        while !self.take("}") {
            self.skip();
            let key = self.text()?;
            if !self.take(":") {
                return None;
            }
            members.insert(key, self.value()?);
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
        Some(Value::Object(members))
    }

    fn list(&mut self, end: char) -> Option<Value> {
        let mut elements = Vec::new();
        self.rest = self.rest.get(1..)?;
        loop {
            self.skip();
            if let Some(rest) = self.rest.strip_prefix(end) {
                self.rest = rest;
                return Some(Value::Array(elements));
            }
            elements.push(self.value()?);
            if !self.take(",") && !self.rest.starts_with(end) {
                return None;
            }
        }
    }

    /// Arguments in brackets; one without a name has an empty one.
    fn call(&mut self) -> Option<Value> {
        let mut arguments = Map::new();
        self.take("(");
        while !self.take(")") {
            self.skip();
            let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
            let (name, rest) = self.rest.split_at_checked(end)?;
            match rest.trim_start().strip_prefix('=').filter(|_| !name.is_empty()) {
                Some(rest) => {
                    self.rest = rest;
                    arguments.insert(name.to_owned(), self.value()?);
                }
                None => {
                    arguments.insert(String::new(), self.value()?);
                }
            }
            if !self.take(",") && !self.rest.starts_with(')') {
                return None;
            }
        }
        Some(Value::Object(arguments))
    }

    fn word(&mut self) -> Option<Value> {
        let end =
            self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).filter(|(word, _)| !word.is_empty())?;
        self.rest = rest;
        match word {
            "None" | "null" => Some(Value::Null),
            "True" | "true" => Some(true.into()),
            "False" | "false" => Some(false.into()),
            "u" | "b" | "r" if self.rest.starts_with(['\'', '"']) => self.text().map(Value::String),
            _ if self.rest.starts_with('(') => self.call(),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<Value> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.' | 'e' | 'E'));
        let (number, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        self.rest = rest;
        serde_json::from_str(number).ok()
    }

    fn text(&mut self) -> Option<String> {
        let mut chars = self.rest.chars();
        let quote = chars.next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut text = String::new();
        loop {
            match chars.next()? {
                c if c == quote => break,
                '\\' => match chars.next()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'x' => text.push(code(&mut chars, 2)?),
                    'u' => text.push(code(&mut chars, 4)?),
                    'U' => text.push(code(&mut chars, 8)?),
                    '\n' => {}
                    c @ ('\\' | '\'' | '"') => text.push(c),
                    c => text.extend(['\\', c]),
                },
                c => text.push(c),
            }
        }
        self.rest = chars.as_str();
        Some(text)
    }
}

/// The character of some hexadecimal digits.
fn code(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let mut value = 0_u32;
    for _ in 0..digits {
        value = value.checked_mul(16)?.checked_add(chars.next()?.to_digit(16)?)?;
    }
    char::from_u32(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn python(text: &str) -> Option<Value> {
        let mut python = Python { rest: text, depth: 0 };
        python.value().filter(|_| python.rest.is_empty())
    }

    #[test]
    fn values_are_read_as_python_prints_them() {
        for (text, value) in [
            (
                r#"{'a': None, 'b': [True, False, -1.5], 'c': ()}"#,
                json!({"a": null, "b": [true, false, -1.5], "c": []}),
            ),
            (r#"'it\'s "q" \x41\u4e2d\U0001F600\n\\ \d'"#, json!("it's \"q\" A中😀\n\\ \\d")),
            (
                r#"Body(name="n", tags=[Tag(key='k', value=u'v'),],)"#,
                json!({"name": "n", "tags": [{"key": "k", "value": "v"}]}),
            ),
            (r#"{"a": 1,}"#, json!({"a": 1})),
        ] {
            assert_eq!(python(text), Some(value), "{text}");
        }
        for text in
            ["{'a' 1}", "{'a': 1", "['a' 'b']", "'a", "name", "{1: 2}", "f(", "f(a b)", "1e", "'\\ud800'", "'\\x'", ""]
        {
            assert_eq!(python(text), None, "{text}");
        }
        assert_eq!(python(&"[".repeat(MAX_DEPTH + 1)), None);
        assert!(python(&format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH))).is_some());
    }

    #[test]
    fn the_class_says_the_operation() {
        for (text, name) in [
            ("CopyImageCrossRegionRequest {}", "CopyImageCrossRegion"),
            ("<class 'x.CopyImageInRegionRequest'> {}", "CopyImageInRegion"),
            ("model.CreateWholeImageRequestBody(name='n')", "CreateWholeImage"),
            ("x Request ListImagesRequest CopyImagesRequest(", "copyImages"),
            ("中CopyImageInRegionInSafeModeRequest(", "ims.in-region-copy"),
        ] {
            assert_eq!(class(text).map(|(name, _)| name), Some(name), "{text}");
        }
        for text in ["Request", "ListImagesRequest {}", "CopyImageCrossRegion {}", ""] {
            assert_eq!(class(text), None, "{text}");
        }
    }
}
