//! Commands of curl: its options -X, -H, -d and their longer names, and the address. Of headers only the host is read.

use crate::http::{finished, request};
use crate::koocli::unknown;
use crate::shell::Word;
use crate::translation::{Draft, Refused, TranslatedCase, segment};
use image_preflight::Message;
use serde_json::Value;

/// The short options that take a value, but for those that are read.
const SHORT_WITH_VALUE: &str = "AbcCDeEFhKmoPQrtTuUwxyYzZ";

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
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let (option, attached) = option(&word.text);
        let mut value = || match attached {
            Some(value) => Some(Word { text: value.to_owned(), expands: word.expands }),
            None => words.next().cloned(),
        };
        match option {
            "-X" | "--request" => method = value().map(|word| word.text),
            "-H" | "--header" => {
                let header = value().unwrap_or_default().text;
                if let Some((_, value)) =
                    header.split_once(':').filter(|(name, _)| name.trim().eq_ignore_ascii_case("host"))
                {
                    host = Some(value.trim().to_owned());
                }
            }
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                let data = value().unwrap_or_default();
                if let Some(file) = data.text.strip_prefix('@').filter(|_| option != "--data-raw") {
                    return Err(Refused::new("curl-file", FILE, &[("file", file)]));
                }
                body.push_str(&data.text);
                expands |= data.expands;
            }
            "--url" => address = value(),
            "" => address = address.or_else(|| Some(word.clone())),
            short if !short.starts_with("--") => {
                // Of several letters in one word, only the last may take a value, which may be attached to it.
                let takes = |letter: char| SHORT_WITH_VALUE.contains(letter);
                if short.chars().skip(1).position(takes).is_some_and(|place| place + 2 == short.len()) {
                    words.next();
                }
            }
            long if attached.is_some() || LONG_WITHOUT_VALUE.contains(&long) => {}
            _ => {
                words.next();
            }
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
        mark(&mut draft, &body);
    }
    finished(draft, body.trim(), None).map(Some)
}

/// The name of an option, and the value that is attached to it. A word that is none has no name.
fn option(word: &str) -> (&str, Option<&str>) {
    if !word.starts_with('-') || word.len() < 2 {
        return ("", None);
    }
    if word.starts_with("--") {
        return word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    }
    match word.split_at_checked(2) {
        Some((short @ ("-X" | "-H" | "-d"), value)) if !value.is_empty() => (short, Some(value)),
        _ => (word, None),
    }
}

/// Names the members of a body in which the shell puts something.
fn mark(draft: &mut Draft, body: &str) {
    let Ok(Value::Object(members)) = serde_json::from_str(body) else { return };
    for (name, value) in members {
        if has_variable(&value) {
            unknown(draft, &format!("/body/{}", segment(&name)), &name);
        }
    }
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
