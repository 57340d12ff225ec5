//! Commands of curl: its options -X, -H, -d and their longer names, and the address. Of headers only the host is read.

use crate::http::{finished, request};
use crate::koocli::unknown;
use crate::shell::Word;
use crate::translation::{Draft, Refused, TranslatedCase, segment};
use image_preflight::Message;
use serde_json::Value;

/// The short options that take a value.
const SHORT_WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrtTuUwxXyYzZ";

/// The long options that take none; any other does.
const LONG_WITHOUT_VALUE: [&str; 18] = [
    "--silent",
    "--show-error",
    "--insecure",
    "--location",
    "--verbose",
    "--include",
    "--fail",
    "--compressed",
    "--http1.1",
    "--http2",
    "--no-buffer",
    "--fail-with-body",
    "--globoff",
    "--head",
    "--get",
    "--ipv4",
    "--ipv6",
    "--no-progress-meter",
];

/// A command; `None` is one that sends none of the requests that are checked.
pub(crate) fn case(words: &[Word], start: usize) -> Result<Option<TranslatedCase<'static>>, Refused> {
    let (mut method, mut address, mut host) = (None, None, None);
    let (mut body, mut expands) = (String::new(), false);
    for (option, value) in options(words) {
        match option.as_str() {
            "-X" | "--request" => method = value.map(|word| word.text),
            // What is sent along is put into the address.
            "-G" | "--get" => method = method.or_else(|| Some("GET".to_owned())),
            "-I" | "--head" => method = method.or_else(|| Some("HEAD".to_owned())),
            "-H" | "--header" => {
                let header = value.unwrap_or_default().text;
                if let Some((_, value)) =
                    header.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("host"))
                {
                    host = Some(value.trim().to_owned());
                }
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                let data = value.unwrap_or_default();
                if let Some(file) = data.text.strip_prefix('@').filter(|_| option != "--data-raw") {
                    return Err(Refused::new("curl-file", FILE, &[("file", file)]));
                }
                body.push_str(&data.text);
                expands |= data.expands;
            }
            "--url" => address = value,
            "" => address = address.or(value),
            _ => {}
        }
    }
    let Some(address) = address else { return Err(Refused::new("curl", NO_ADDRESS, &[])) };
    let method = method.unwrap_or_else(|| if body.is_empty() { "GET" } else { "POST" }.to_owned());
    let mut draft = request(&method, &address.text, host.as_deref(), start)?;
    let path: Vec<String> =
        draft.path.iter().filter(|(_, value)| has_variable(value)).map(|(name, _)| name.clone()).collect();
    for name in path.iter().filter(|_| address.expands) {
        unknown(&mut draft, &format!("/path/{}", segment(name)), name);
    }
    if expands {
        body = mark(&mut draft, body);
    }
    finished(draft, body.trim(), None).map(Some)
}

/// The options with their values; a word that is none has no name. Of several letters in one word, each is an option, and the first that
/// takes a value has the rest of the word, or the next one.
fn options(words: &[Word]) -> Vec<(String, Option<Word>)> {
    let mut options = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let attached = |text: &str| Some(Word { text: text.to_owned(), expands: word.expands });
        if word.text.starts_with("--") {
            let option = match word.text.split_once('=') {
                Some((name, value)) => (name.to_owned(), attached(value)),
                None if LONG_WITHOUT_VALUE.contains(&word.text.as_str()) => (word.text.clone(), None),
                None => (word.text.clone(), words.next().cloned()),
            };
            options.push(option);
            continue;
        }
        let Some(letters) = word.text.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            options.push((String::new(), Some(word.clone())));
            continue;
        };
        let mut letters = letters.chars();
        while let Some(letter) = letters.next() {
            let takes = SHORT_WITH_VALUE.contains(letter);
            let value = match letters.as_str() {
                _ if !takes => None,
                "" => words.next().cloned(),
                rest => attached(rest),
            };
            options.push((format!("-{letter}"), value));
            if takes {
                break;
            }
        }
    }
    options
}

/// Names the members of a body in which the shell puts something, and takes them out of it.
fn mark(draft: &mut Draft, body: String) -> String {
    let Ok(Value::Object(mut members)) = serde_json::from_str(&body) else { return body };
    members.retain(|name, value| {
        let is_known = !has_variable(value);
        if !is_known {
            unknown(draft, &format!("/body/{}", segment(name)), name);
        }
        is_known
    });
    Value::Object(members).to_string()
}

/// Whether a dollar that begins a name is in a value. It is looked at only where the shell has put something in.
fn has_variable(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('$'),
        Value::Array(elements) => elements.iter().any(has_variable),
        Value::Object(members) => members.values().any(has_variable),
        _ => false,
    }
}

const FILE: Message = Message {
    en: "the command sends the file {file}, which was not passed to image-preflight; check it as a body: image-preflight check --operation NAME --body {file}",
    zh: "该命令发送文件 {file}，而该文件未提供；请将其作为请求体检查：image-preflight check --operation NAME --body {file}",
};

const NO_ADDRESS: Message = Message { en: "the curl command has no address", zh: "curl 命令中没有地址" };
