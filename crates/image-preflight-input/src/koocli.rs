//! KooCLI, Huawei Cloud's command line: `hcloud IMS CopyImageCrossRegion --cli-region=… --image_id=…`, and the file that its
//! `--cli-jsonInput` reads. Its page "Passing API Parameters with JSON File" (usermanual-hcli, hcli_05_12) describes the file.

use crate::json::{Members, offset_in, tree};
use crate::operation::{inferred, is_no_text, named, reads_source_region, sendable};
use crate::shell::Word;
use crate::translation::{Draft, Note, Options, Origin, Refused, TranslatedCase, segment};
use image_preflight::{Message, Operation, nearest};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// A command; `None` is one of another service, or of another operation.
pub(crate) fn case(words: &[Word], start: usize) -> Result<Option<TranslatedCase<'static>>, Refused> {
    // Options of the tool itself may stand first.
    let own = words.iter().take_while(|word| word.text.starts_with("--")).count();
    let (before, words) = words.split_at_checked(own).unwrap_or((&[], words));
    let [service, name, arguments @ ..] = words else { return Ok(None) };
    let arguments = &[before, arguments].concat();
    // A version of the API may stand behind the name: `CreateWholeImage/v2`.
    let own = name.text.split('/').next().unwrap_or_default();
    if !service.text.eq_ignore_ascii_case("ims") {
        return Ok(None);
    }
    let Some(operation) = named(own) else {
        let known = sendable().filter(|operation| operation.id().starts_with("ims.")).map(Operation::api_name);
        return meant(&format!("hcloud {} {}", service.text, name.text), own, known);
    };
    let mut draft = Draft::new(&name_of(operation, own), Origin::at(start));
    draft.origin.name = Some(format!("hcloud {} {}", service.text, name.text));
    let mut file = None;
    for (option, value) in pairs(arguments)? {
        let own = option.strip_prefix("cli-");
        match own {
            Some("region") => source_region(&mut draft, operation, &option, &value),
            Some("jsonInput") => file = Some(value.text),
            // Those of the tool itself, among them access keys, which are not read.
            Some(_) => {}
            // The tool's older name of `--cli-region`, where the request has no field of the name.
            None if option == "region" && !has(operation.body(), "region") => {
                source_region(&mut draft, operation, &option, &value);
            }
            None if ["project_id", "dryrun", "skeleton", "help", "debug"].contains(&option.as_str()) => {}
            None => field(&mut draft, operation, &option, value)?,
        }
    }
    match file {
        Some(file) => Err(Refused::new("koocli-file", FILE, &[("file", &file), ("operation", operation.api_name())])),
        None => Ok(Some(draft.finish())),
    }
}

const FILE: Message = Message {
    en: "the command reads its parameters from the file {file}, which was not passed to image-preflight; check that file: image-preflight check \
         --input koocli --operation {operation} {file}",
    zh: "该命令从文件 {file} 读取参数，而该文件未提供；请检查该文件：image-preflight check --input koocli --operation {operation} {file}",
};

/// The name to use in a case: the one that was written, if the core knows it in that spelling.
fn name_of(operation: &Operation, written: &str) -> String {
    match image_preflight::operation(written) {
        Some(_) => written.to_owned(),
        None => operation.api_name().to_owned(),
    }
}

fn has(fields: &[image_preflight::Field], name: &str) -> bool {
    fields.iter().any(|field| field.name() == name)
}

/// A command of another operation, which is passed over, unless its name is nearly that of one of these.
pub(crate) fn meant<'k>(
    command: &str,
    name: &str,
    known: impl Iterator<Item = &'k str>,
) -> Result<Option<TranslatedCase<'static>>, Refused> {
    match nearest(name, known) {
        Some(near) => Err(Refused::new("near-command", NEAR, &[("command", command), ("near", near)])),
        None => Ok(None),
    }
}

const NEAR: Message = Message {
    en: "{command} is no command that is known; did you mean {near}?",
    zh: "没有 {command} 这一命令；是否应为 {near}？",
};

/// Options with their values: `--name=value` or `--name value`; one without a value has an empty one. Of an option that is given twice
/// it is not known which one counts.
pub(crate) fn pairs(words: &[Word]) -> Result<Vec<(String, Word)>, Refused> {
    let mut words = words.iter().peekable();
    let mut pairs: Vec<(String, Word)> = Vec::new();
    let mut seen = HashSet::new();
    while let Some(word) = words.next() {
        let Some(option) = word.text.strip_prefix("--").filter(|option| !option.is_empty()) else { continue };
        let pair = match option.split_once('=') {
            Some((name, value)) => (name.to_owned(), Word { text: value.to_owned(), expands: word.expands }),
            None => {
                let value = words.next_if(|next| !next.text.starts_with("--"));
                (option.to_owned(), value.cloned().unwrap_or_default())
            }
        };
        if !seen.insert(pair.0.clone()) {
            return Err(Refused::new("repeated-option", REPEATED, &[("option", &format!("--{}", pair.0))]));
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

const REPEATED: Message = Message {
    en: "{option} is given twice in one command: give it once",
    zh: "同一命令中重复指定了 {option}，请只保留一个",
};

fn source_region(draft: &mut Draft, operation: &Operation, option: &str, value: &Word) {
    // A fact that the operation never reads would be reported as superfluous.
    if !value.expands && !value.text.is_empty() && reads_source_region(operation.id()) {
        draft.facts.insert("sourceRegion".to_owned(), value.text.clone().into());
        draft.is_from("/facts/sourceRegion", &format!("--{option}"));
    }
}

/// A parameter of the request: `image_tags.1.key` is the member `key` of the first element of `image_tags`.
fn field(draft: &mut Draft, operation: &Operation, option: &str, value: Word) -> Result<(), Refused> {
    let (name, inner) = option.split_once('.').unwrap_or((option, ""));
    let attribute = format!("--{option}");
    let parts: Vec<&str> = inner.split('.').filter(|part| !part.is_empty()).take(MAX_PARTS).collect();
    let is_in_path = has(operation.path(), name);
    let section = if is_in_path { "path" } else { "body" };
    let pointer = format!("/{section}/{}", segment(name));
    draft.is_from(&pointer, &format!("--{name}"));
    let mut place = pointer.clone();
    for part in &parts {
        let part = index(part).map_or_else(|| segment(part), |index| index.to_string());
        place.push('/');
        place.push_str(&part);
    }
    draft.is_from(&place, &attribute);
    if value.expands {
        unknown(draft, &pointer, &attribute);
    }
    let value = match () {
        () if is_in_path || value.expands => Value::from(value.text),
        () if inner.is_empty() && is_no_text(operation, name) => json_or_text(value.text),
        () => Value::from(value.text),
    };
    let members = if is_in_path { &mut draft.path } else { &mut draft.body };
    if put(members.entry(name).or_insert(Value::Null), &parts, value) {
        Ok(())
    } else {
        Err(Refused::new("repeated-option", REPEATED, &[("option", &attribute)]))
    }
}

/// A value that only the shell knows.
pub(crate) fn unknown(draft: &mut Draft, pointer: &str, attribute: &str) {
    draft.set_unknown(pointer.to_owned());
    let parameters = [("option", attribute)];
    draft.note("shell-variable", VARIABLE, &parameters);
}

const VARIABLE: Message = Message {
    en: "{option} has a variable of the shell in it; its value is not known here",
    zh: "{option} 中有 shell 变量，其取值在此未知",
};

/// How deep the parts of a name go.
const MAX_PARTS: usize = 8;

/// The most elements that the number in a name makes.
const MAX_INDEX: usize = 1000;

/// The place in a list that a number in a name has; they begin with 1.
fn index(part: &str) -> Option<usize> {
    part.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|index| *index < MAX_INDEX)
}

/// Puts a value into a place, or into its part of these names; gives whether nothing else was there.
fn put(place: &mut Value, names: &[&str], value: Value) -> bool {
    let Some((name, rest)) = names.split_first() else {
        let is_free = place.is_null();
        *place = value;
        return is_free;
    };
    match (index(name), place) {
        (Some(index), place) => {
            if place.is_null() {
                *place = Value::Array(Vec::new());
            }
            if let Value::Array(elements) = place {
                while elements.len() <= index {
                    elements.push(Value::Null);
                }
                return elements.get_mut(index).is_some_and(|element| put(element, rest, value));
            }
            false
        }
        (None, place) => {
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            match place {
                Value::Object(members) => put(members.entry(*name).or_insert(Value::Null), rest, value),
                _ => false,
            }
        }
    }
}

/// A word as the JSON that it is, or as a text.
pub(crate) fn json_or_text(word: String) -> Value {
    serde_json::from_str(&word).unwrap_or(Value::String(word))
}

/// Whether an object is a file of `--cli-jsonInput`. The tool ignores members of other names; here such an object is a case with a mistake
/// in it, such as a misspelt `operation`, and what it states must not be lost.
pub(crate) fn is_file(members: &Members<'_>) -> bool {
    const NAMES: [&str; 6] = ["path", "query", "body", "formData", "header", "cookie"];
    members.has("body")
        && members.names().any(|name| name != "body")
        && members.names().all(|name| NAMES.contains(&name))
}

/// The file of `--cli-jsonInput`. What is in other members than `path` and `body` belongs to the call, not to the request.
pub(crate) fn file<'t>(text: &'t str, options: Options<'_>) -> Result<TranslatedCase<'t>, Refused> {
    let members = Members::of(text).map_err(|error| broken(&error))?;
    let path = tree(members.given("path"));
    let path = path.as_object().cloned().unwrap_or_default();
    let body = members.given("body").unwrap_or("{}");
    // A case is such a file, too.
    let own = members.text("operation");
    let options = Options { operation: options.operation.or(own.as_deref()), ..options };
    let draft = begun("--cli-jsonInput", path, body, options)?;
    let start = offset_in(text, body);
    let source = members.given("body").map(|body| start..start + body.len());
    Ok(draft.finish_with(body, source))
}

/// A request with a path and a body that may not name its operation.
pub(crate) fn begun(name: &str, path: Map<String, Value>, body: &str, options: Options<'_>) -> Result<Draft, Refused> {
    let given = options.operation.map(|name| (name.to_owned(), false));
    let inferred = || {
        let body = Members::of(body).ok()?;
        let path: Vec<&str> = path.keys().map(String::as_str).collect();
        let body: Vec<&str> = body.names().filter(|name| body.given(name).is_some()).collect();
        Some((inferred(&path, &body)?.id().to_owned(), true))
    };
    let (operation, is_inferred) = given
        .or_else(inferred)
        .ok_or_else(|| Refused::new("operation", NO_OPERATION, &[]).with_list("names", names()))?;
    let mut draft = Draft::new(&operation, Origin::at(0));
    draft.origin.name = Some(name.to_owned());
    draft.path = path;
    if is_inferred {
        draft.notes.push(Note::new("inferred-operation", INFERRED, &[("operation", &operation)]));
    }
    Ok(draft)
}

const NO_OPERATION: Message = Message {
    en: "the request does not name its operation, and its fields do not determine it; pass --operation NAME, one of {names}",
    zh: "请求未说明其操作，从字段也无法判断；请用 --operation 指明，可取值：{names}",
};

const INFERRED: Message = Message {
    en: "the request does not name its operation; {operation} is assumed, the only one with these fields; --operation overrides this",
    zh: "请求未说明其操作；按其字段视为 {operation}，可用 --operation 另行指明",
};

/// The names of all operations.
fn names() -> impl Iterator<Item = &'static str> {
    crate::operation::sendable().map(Operation::api_name)
}

/// The answer to what is no JSON where JSON is wanted.
pub(crate) fn broken(error: &serde_json::Error) -> Refused {
    const BROKEN: Message = Message { en: "it is no JSON: {error}", zh: "不是合法的 JSON：{error}" };
    Refused::new("json", BROKEN, &[("error", &error.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_of_a_name_are_members_and_elements() {
        let mut body = Value::Null;
        put(&mut body, &["image_tags", "2", "key"], "k".into());
        put(&mut body, &["image_tags", "1", "key"], "j".into());
        put(&mut body, &["a", "0"], 1.into());
        put(&mut body, &["b", "1001"], 1.into());
        assert_eq!(body, json!({"image_tags": [{"key": "j"}, {"key": "k"}], "a": {"0": 1}, "b": {"1001": 1}}));
    }

    #[test]
    fn options_have_their_values_behind_an_equals_sign_or_a_space() {
        let words =
            ["--a=1=2", "--b", "3", "stray", "--c", "--d", "-5"].map(|text| Word { text: text.into(), expands: false });
        let pairs: Vec<_> =
            pairs(&words).expect("each once").into_iter().map(|(name, value)| (name, value.text)).collect();
        let expected = [("a", "1=2"), ("b", "3"), ("c", ""), ("d", "-5")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
}
