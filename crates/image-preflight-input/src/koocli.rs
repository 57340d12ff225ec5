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
    // A version of the API may stand behind the name: `CreateWholeImage/v2`.
    let without_version = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
    let is_service = |word: &str| word.eq_ignore_ascii_case("ims");
    let is_name = |word: &str| named(&without_version(word)).is_some();
    let Some(Called { service, name, arguments }) = called(words, is_service, is_name)? else { return Ok(None) };
    let own = without_version(&name.text);
    let own = own.as_str();
    let Some(operation) = named(own) else {
        let known = sendable().filter(|operation| operation.id().starts_with("ims.")).map(Operation::api_name);
        return meant(&format!("hcloud {} {}", service.text, name.text), own, known);
    };
    let mut draft = Draft::new(&name_of(operation, own), Origin::at(start));
    draft.origin.name = Some(format!("hcloud {} {}", service.text, name.text));
    let mut file = None;
    let mut places = Places::default();
    for (option, value) in pairs(&arguments)? {
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
            None => field(&mut draft, operation, &option, value, &mut places)?,
        }
    }
    match file {
        Some(file) => Err(Refused::new("koocli-file", FILE, &[("file", &file), ("operation", operation.api_name())])),
        None => Ok(Some(draft.finish())),
    }
}

/// The parts of a command.
pub(crate) struct Called<'w> {
    pub(crate) service: &'w Word,
    pub(crate) name: &'w Word,
    /// The other words.
    pub(crate) arguments: Vec<Word>,
}

/// The service and the name of a command, before, between and behind which options may stand. `None` is a command of another service.
pub(crate) fn called<'w>(
    words: &'w [Word],
    is_service: impl Fn(&str) -> bool,
    is_name: impl Fn(&str) -> bool,
) -> Result<Option<Called<'w>>, Refused> {
    let Some(at) = next_word(words, 0, &is_service) else { return Ok(None) };
    let Some(service) = words.get(at) else { return Ok(None) };
    // With a variable in it, a word may be any service or name.
    let open = |word: &Word| Err(Refused::new("command-variable", OPEN, &[("word", &word.text)]));
    if !is_service(&service.text) {
        return if service.expands { open(service) } else { Ok(None) };
    }
    let place = next_word(words, at + 1, &is_name);
    let Some((place, name)) = place.and_then(|place| Some((place, words.get(place)?))) else { return Ok(None) };
    if name.expands && !is_name(&name.text) {
        return open(name);
    }
    let others = words.iter().enumerate().filter(|(index, _)| *index != at && *index != place);
    Ok(Some(Called { service, name, arguments: others.map(|(_, word)| word.clone()).collect() }))
}

/// The next word that is neither an option nor its value. One that is wanted is no value: an option may have none.
fn next_word(words: &[Word], from: usize, is_wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let mut may_be_value = false;
    for (index, word) in words.iter().enumerate().skip(from) {
        if word.text.starts_with('-') {
            may_be_value = !word.text.contains('=');
        } else if !may_be_value || is_wanted(&word.text) {
            return Some(index);
        } else {
            may_be_value = false;
        }
    }
    None
}

const OPEN: Message = Message {
    en: "{word} has a variable of the shell in it, so it is not known which command this is; write it out",
    zh: "{word} 中有 shell 变量，无法判断这是哪个命令；请写出其取值",
};

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
            return Err(repeated(&format!("--{}", pair.0)));
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

/// The answer to an option whose value another option has given, too.
pub(crate) fn repeated(option: &str) -> Refused {
    Refused::new("repeated-option", REPEATED, &[("option", option)])
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

/// The places that options have filled, and those around them: of two values in one place, or of which one is in the other, one would
/// be lost.
#[derive(Default)]
struct Places {
    filled: HashSet<String>,
    around: HashSet<String>,
}

impl Places {
    /// Takes a place; false if it is taken.
    fn take(&mut self, place: &str) -> bool {
        let around = || place.match_indices('/').filter_map(|(at, _)| place.get(..at));
        let is_free = !self.around.contains(place) && !around().any(|outer| self.filled.contains(outer));
        self.around.extend(around().map(str::to_owned));
        is_free && self.filled.insert(place.to_owned())
    }
}

/// A parameter of the request: `image_tags.1.key` is the member `key` of the first element of `image_tags`.
fn field(
    draft: &mut Draft,
    operation: &Operation,
    option: &str,
    value: Word,
    places: &mut Places,
) -> Result<(), Refused> {
    let (name, inner) = option.split_once('.').unwrap_or((option, ""));
    let attribute = format!("--{option}");
    let parts: Vec<&str> = inner.split('.').filter(|part| !part.is_empty()).take(MAX_PARTS).collect();
    let is_in_path = has(operation.path(), name);
    let section = if is_in_path { "path" } else { "body" };
    let pointer = format!("/{section}/{}", segment(name));
    let mut place = pointer.clone();
    for part in &parts {
        let part = index(part).map_or_else(|| segment(part), |index| index.to_string());
        place.push('/');
        place.push_str(&part);
    }
    if !places.take(&place) {
        return Err(repeated(&attribute));
    }
    draft.is_from(&pointer, &format!("--{name}"));
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
    put(members.entry(name).or_insert(Value::Null), &parts, value).ok_or_else(|| repeated(&attribute))
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

/// Puts a value where the parts of a name say; `None` if there is a value of another kind on the way, which it would replace.
fn put(place: &mut Value, names: &[&str], value: Value) -> Option<()> {
    let Some((name, rest)) = names.split_first() else {
        *place = value;
        return Some(());
    };
    let place = match (index(name), place) {
        (Some(index), place) => {
            if place.is_null() {
                *place = Value::Array(Vec::new());
            }
            let elements = place.as_array_mut()?;
            while elements.len() <= index {
                elements.push(Value::Null);
            }
            elements.get_mut(index)?
        }
        (None, place) => {
            if place.is_null() {
                *place = Value::Object(Map::new());
            }
            place.as_object_mut()?.entry(*name).or_insert(Value::Null)
        }
    };
    put(place, rest, value)
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
        for (names, value) in [
            (&["image_tags", "2", "key"][..], Value::from("k")),
            (&["image_tags", "1", "key"], "j".into()),
            (&["a", "0"], 1.into()),
            (&["b", "1001"], 1.into()),
        ] {
            assert_eq!(put(&mut body, names, value), Some(()), "{names:?}");
        }
        let expected = json!({"image_tags": [{"key": "j"}, {"key": "k"}], "a": {"0": 1}, "b": {"1001": 1}});
        assert_eq!(body, expected);
        // What is there stays.
        for names in [&["image_tags", "key"][..], &["a", "1"], &["b", "1001", "1"], &["a", "0", "key"]] {
            assert_eq!((put(&mut body, names, 2.into()), &body), (None, &expected), "{names:?}");
        }
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
