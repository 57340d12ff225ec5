//! JD Cloud's command line, `jdc vm copy-images …`, and the object that its `--input-json` takes: the parameters of the SDK's request,
//! with the region of the address among them. A member of the object wins over the option beside it (jdcloud-cli, `parameter_builder.py`).

use crate::curl::has_variable;
use crate::json::Members;
use crate::koocli::{Called, broken, called, json_or_text, meant, pairs, repeated, unknown};
use crate::operation::{is_no_text, named};
use crate::shell::Word;
use crate::translation::{Draft, Origin, Refused, TranslatedCase, segment};
use image_preflight::{Message, Operation};
use serde_json::{Map, Value};

/// The operation of JD Cloud, as the core has it.
fn operation() -> Option<&'static Operation> {
    named("copyImages")
}

/// The operation's name in the tool.
const NAME: &str = "copy-images";

/// A command; `None` is another one than that for images.
pub(crate) fn case(words: &[Word], start: usize) -> Result<Option<TranslatedCase<'static>>, Refused> {
    let called = called(words, |word| word == "vm", |word| word == NAME)?;
    let Some(Called { name, arguments, .. }) = called else { return Ok(None) };
    let Some(operation) = operation().filter(|_| name.text == NAME) else {
        return meant(&format!("jdc vm {}", name.text), &name.text, std::iter::once(NAME));
    };
    let mut draft = Draft::new(operation.id(), Origin::at(start));
    draft.origin.name = Some("jdc vm copy-images".to_owned());
    let mut object = None;
    for (option, value) in pairs(&arguments)? {
        match option.as_str() {
            "input-json" => object = Some(value),
            // Of the tool itself; headers may have a token.
            "headers" | "jdcloud-header" | "output" | "debug" | "profile" => {}
            _ => put(&mut draft, operation, &camel_case(&option), &format!("--{option}"), value)?,
        }
    }
    if let Some(Word { text, expands }) = object {
        if text.starts_with("file://") {
            return Err(Refused::new("jdc-file", FILE, &[("file", &text)]));
        }
        let members: Map<String, Value> = serde_json::from_str(&text).map_err(|error| broken(&error))?;
        for (name, value) in members {
            let pointer = place(operation, &name);
            let attribute = format!("--input-json {name}");
            draft.is_from(&pointer, &attribute);
            if expands && has_variable(&value) {
                unknown(&mut draft, &pointer, &attribute);
            }
            section(&mut draft, operation, &name).insert(name, value);
        }
    }
    region_of_profile(&mut draft);
    Ok(Some(draft.finish()))
}

const FILE: Message = Message {
    en: "the command reads its parameters from {file}, which was not passed to image-preflight; check that file instead",
    zh: "该命令从 {file} 读取参数，而该文件未提供；请直接检查该文件",
};

/// The object of `--input-json`.
pub(crate) fn object(text: &str) -> Result<TranslatedCase<'_>, Refused> {
    let members = Members::of(text).map_err(|error| broken(&error))?;
    let mut draft = Draft::new(operation().map_or("", Operation::id), Origin::at(0));
    draft.origin.name = Some("--input-json".to_owned());
    if let Some(region) = members.given("regionId") {
        draft.path.insert("regionId".to_owned(), crate::json::tree(Some(region)));
    }
    region_of_profile(&mut draft);
    Ok(draft.finish_with(text, Some(0..text.len())))
}

fn place(operation: &Operation, name: &str) -> String {
    let is_in_path = operation.path().iter().any(|field| field.name() == name);
    format!("/{}/{}", if is_in_path { "path" } else { "body" }, segment(name))
}

fn section<'d>(draft: &'d mut Draft, operation: &Operation, name: &str) -> &'d mut Map<String, Value> {
    if operation.path().iter().any(|field| field.name() == name) { &mut draft.path } else { &mut draft.body }
}

fn put(draft: &mut Draft, operation: &Operation, name: &str, attribute: &str, value: Word) -> Result<(), Refused> {
    // `--source-image-ids` and `--sourceImageIds` are one parameter.
    if section(draft, operation, name).contains_key(name) {
        return Err(repeated(attribute));
    }
    let pointer = place(operation, name);
    draft.is_from(&pointer, attribute);
    if value.expands {
        unknown(draft, &pointer, attribute);
    }
    let value = match value {
        Word { text, expands: false } if is_no_text(operation, name) => json_or_text(text),
        Word { text, .. } => Value::String(text),
    };
    section(draft, operation, name).insert(name.to_owned(), value);
    Ok(())
}

/// Without a region, the tool takes that of its profile.
fn region_of_profile(draft: &mut Draft) {
    const PROFILE: Message = Message {
        en: "the request names no region; jdc takes that of its profile, which is not known here",
        zh: "请求未指明地域；jdc 使用其配置文件中的地域，在此未知",
    };
    if draft.path.get("regionId").is_none_or(Value::is_null) {
        draft.path.insert("regionId".to_owned(), Value::Null);
        draft.set_unknown("/path/regionId".to_owned());
        draft.note("region-of-profile", PROFILE, &[]);
    }
}

/// `source-image-ids` is `sourceImageIds`.
fn camel_case(option: &str) -> String {
    let mut name = String::new();
    for (index, part) in option.split('-').enumerate() {
        match part.split_at_checked(1) {
            Some((first, rest)) if index > 0 => name.extend([&first.to_ascii_uppercase(), rest]),
            _ => name.push_str(part),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::camel_case;

    #[test]
    fn an_option_is_a_parameter_in_another_spelling() {
        let names = ["source-image-ids", "name", "region-id", "é-é", "--"];
        assert_eq!(names.map(camel_case), ["sourceImageIds", "name", "regionId", "éé", ""]);
    }
}
