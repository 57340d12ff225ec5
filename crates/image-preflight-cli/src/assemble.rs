//! Assembles a case from a bare request body and facts. The contents of files are inserted verbatim, so that nothing is lost before
//! the library sees it, such as duplicate keys or numbers of any length.

use crate::file_name::FileName;
use crate::options::{Bare, Known, option_of};
use crate::parts::{self, Stopped};
use crate::sentences::{self, say};
use crate::{Result, input};
use image_preflight::{Edition, ImageObject};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::path::Path;

/// A case whose body is in a separate file.
pub(crate) struct Assembled {
    /// The whole case.
    pub(crate) text: String,
    /// The body's file.
    pub(crate) file: FileName,
    /// The text of that file.
    pub(crate) body: String,
    /// The offset of the body in the case.
    pub(crate) start: usize,
}

/// Inserts a bare body into a case. Its text is not changed, so that positions in it are positions in its file.
pub(crate) fn case(path: &Path, bare: &Bare, known: &Known, is_strict: bool) -> Result<Assembled> {
    let operation = bare.operation.as_deref().unwrap_or_default();
    let address: serde_json::Map<_, _> =
        bare.address.0.iter().map(|(name, id)| ((*name).to_owned(), json!(id))).collect();
    // The check itself reports an unknown operation; its facts are read like those of any other.
    let known_operation = image_preflight::operation(operation).or_else(|| image_preflight::operations().next());
    let image_object = known_operation.map(|operation| operation.provider().image_object);
    let image_object = image_object.ok_or_else(|| say(sentences::NO_OPERATION, &[]))?;
    let image_id = image_object.named_by.and_then(|name| bare.address.get(name));
    let facts = facts(known, image_object, image_id)?;
    let file = FileName::of(path);
    let mut text = format!("{{\"operation\":{},\"path\":{},\"body\":", json!(operation), Value::Object(address));
    let (start, body) = (text.len(), input::text(&file)?);
    text.push_str(&body);
    text.push_str(",\"facts\":");
    text.push_str(&facts);
    text.push_str(if is_strict { ",\"strict\":true}" } else { "}" });
    Ok(Assembled { text, file, body, start })
}

/// The facts from the arguments, as JSON.
pub(crate) fn facts(known: &Known, member: ImageObject, image_id: Option<&str>) -> Result<String> {
    let mut facts = Vec::new();
    if let Some(path) = &known.image {
        let file = FileName::of(path);
        let answer = input::text(&file)?;
        let object = if member.is_list {
            listed_images(&answer, member, &file)?
        } else {
            Cow::Borrowed(single_image(&answer, member, image_id, &file)?)
        };
        facts.push((member.name.to_owned(), Node::Value(object.into_owned())));
    }
    for (member, path) in known.objects() {
        if let Some(path) = path {
            facts.push((member.to_owned(), Node::Value(whole(&FileName::of(path))?)));
        }
    }
    if let Some(region) = &known.source_region {
        facts.push(("sourceRegion".to_owned(), Node::Value(json!(region).to_string())));
    }
    if let Some(copies) = known.copies_in_flight {
        facts.push(("copiesInFlight".to_owned(), Node::Value(copies.to_string())));
    }
    for fact in &known.facts {
        let wrong = |why: String| say(sentences::BAD_FACT, &[("fact", fact), ("why", &why)]);
        let (name, value) = fact.split_once('=').ok_or_else(|| wrong(say(sentences::NAME_AND_VALUE, &[])))?;
        // A value that is not JSON is a string.
        let value = if parts::is_json(value.as_bytes()) { value.to_owned() } else { json!(value).to_string() };
        insert(&mut facts, name, Node::Value(value)).map_err(wrong)?;
    }
    let mut text = String::new();
    write(&facts, &mut text);
    Ok(text)
}

/// A member's value: verbatim text, or an object of members.
enum Node {
    Value(String),
    Members(Members),
}

type Members = Vec<(String, Node)>;

/// Adds a fact with a name such as `image.encrypted`; a duplicate is an error.
fn insert(mut members: &mut Members, name: &str, value: Node) -> Result<()> {
    let mut names = name.split('.').peekable();
    while let Some(part) = names.next() {
        let index = members.iter().position(|(known, _)| known == part);
        if names.peek().is_none() {
            if index.is_some() {
                return Err(say(sentences::GIVEN_TWICE, &[("name", &name)]));
            }
            members.push((part.to_owned(), value));
            return Ok(());
        }
        let index = index.unwrap_or_else(|| {
            members.push((part.to_owned(), Node::Members(Vec::new())));
            members.len() - 1
        });
        let Some((_, inner)) = members.get_mut(index) else { break };
        if let Node::Value(text) = inner {
            let opened = opened(text).ok_or_else(|| say(sentences::HAS_VALUE, &[("name", &part)]));
            *inner = Node::Members(opened?);
        }
        let Node::Members(inner) = inner else { break };
        members = inner;
    }
    Ok(())
}

/// The members of an object; a duplicate key is an error.
fn opened(text: &str) -> Option<Members> {
    let mut members = Members::new();
    let all = parts::members(text.as_bytes(), |name, value| {
        if members.iter().any(|(known, _)| *known == name) {
            return Err(String::new());
        }
        members.push((name.into_owned(), Node::Value(value.to_owned())));
        Ok(())
    });
    all.ok().map(|()| members)
}

fn write(members: &Members, out: &mut String) {
    out.push('{');
    for (index, (name, node)) in members.iter().enumerate() {
        out.push_str(if index == 0 { "" } else { "," });
        out.push_str(&json!(name).to_string());
        out.push(':');
        match node {
            Node::Value(text) => out.push_str(text),
            Node::Members(inner) => write(inner, out),
        }
    }
    out.push('}');
}

/// The part of a response that has its images; the whole if it is not as deep as the provider's are.
fn inner<'t>(mut answer: &'t str, form: ImageObject, file: &FileName) -> Result<&'t str> {
    for name in form.within {
        let [part] = members_of(answer, [name], file)?.unwrap_or_default();
        answer = part.unwrap_or(answer);
    }
    Ok(answer)
}

/// The members of a response that list its images, and that have its only image.
fn images_of<'t>(answer: &'t str, form: ImageObject, file: &FileName) -> Result<[Option<&'t str>; 2]> {
    // Without a member for the only image, none is looked for.
    Ok(match form.image {
        Some(image) => members_of(answer, [form.images, image], file)?.unwrap_or_default(),
        None => [members_of(answer, [form.images], file)?.unwrap_or_default()[0], None],
    })
}

/// The image object in a response; if there are several, the one that the request names.
fn single_image<'t>(answer: &'t str, form: ImageObject, image_id: Option<&str>, file: &FileName) -> Result<&'t str> {
    let answer = inner(answer, form, file)?;
    let [images, image] = images_of(answer, form, file)?;
    let Some(images) = images.filter(|images| is_array(images)) else { return Ok(image.unwrap_or(answer)) };
    let named_by = form.named_by.map(|name| say(sentences::BY_OPTION, &[("option", &option_of(name))]));
    let named_by = named_by.unwrap_or_else(|| say(sentences::BY_REQUEST, &[]));
    let (mut count, mut first, mut named) = (0_usize, None, None);
    let all = parts::elements(images.as_bytes(), |image| {
        count += 1;
        first = first.or(Some(image));
        let [id] = members_of(image, [form.id], file)?.unwrap_or_default();
        let id = id.and_then(|id| serde_json::from_str::<String>(id).ok());
        if image_id.is_some() && id.as_deref() == image_id && named.replace(image).is_some() {
            return Err(say(sentences::TWO_IMAGES, &[("file", &file.shown()), ("named_by", &named_by)]));
        }
        Ok(())
    });
    gone_through(all, file)?;
    match (count, named.or(first.filter(|_| count == 1))) {
        (_, Some(image)) => Ok(image),
        (0, _) => Err(say(sentences::NO_IMAGE, &[("file", &file.shown())])),
        _ => {
            let values: &sentences::Values<'_> = &[("file", &file.shown()), ("count", &count), ("named_by", &named_by)];
            Err(say(sentences::NOT_ITS_IMAGE, values))
        }
    }
}

/// The image objects in a response, as a list: from one that lists them, from one that has a single one, or bare objects.
fn listed_images<'t>(answer: &'t str, form: ImageObject, file: &FileName) -> Result<Cow<'t, str>> {
    let [images, image] = images_of(inner(answer, form, file)?, form, file)?;
    Ok(match (images, image) {
        (Some(images), _) => images.into(),
        (None, None) if is_array(answer) => answer.into(),
        (None, image) => format!("[{}]", image.unwrap_or(answer)).into(),
    })
}

fn is_array(value: &str) -> bool {
    value.trim_start().starts_with('[')
}

/// The named members of an object in a file; `None` if it is not an object.
fn members_of<'t, const N: usize>(
    object: &'t str,
    names: [&str; N],
    file: &FileName,
) -> Result<Option<[Option<&'t str>; N]>> {
    let mut found = [None; N];
    if !object.trim_start().starts_with('{') {
        return if parts::is_json(object.as_bytes()) {
            Ok(None)
        } else {
            gone_through(no_json(object), file).map(|()| None)
        };
    }
    let all = parts::members(object.as_bytes(), |name, value| {
        let slot = names.iter().zip(&mut found).find_map(|(wanted, slot)| (*wanted == name).then_some(slot));
        match slot.and_then(|slot| slot.replace(value)) {
            Some(_) => Err(say(sentences::TWICE_IN_OBJECT, &[("file", &file.shown()), ("name", &name)])),
            None => Ok(()),
        }
    });
    gone_through(all, file)?;
    Ok(Some(found))
}

/// A file that is one JSON value, as a tree.
pub(crate) fn json(file: &FileName) -> Result<Value> {
    let text = input::text(file)?;
    serde_json::from_str(&text).map_err(|error| not_json(file, &error))
}

/// A file that is one JSON value, as it is: the library knows its forms.
fn whole(file: &FileName) -> Result<String> {
    let text = input::text(file)?;
    gone_through(no_json(&text), file)?;
    Ok(text)
}

/// A case with `"strict": true`, unless it says itself whether it is strict.
pub(crate) fn strict(case: &str) -> Option<String> {
    with_member(case, "strict", "true")
}

/// A case with the name of an edition, unless it says itself which it is.
pub(crate) fn of_edition(case: &str, edition: &Edition) -> Option<String> {
    if *edition == Edition::default() { None } else { with_member(case, "edition", &json!(edition.name()).to_string()) }
}

/// A case with this member, unless it has it. Null says nothing, and the value takes its place; what is added comes last, so that positions
/// are those of the case as it is. `None` if there is nothing to add, or no object to add it to.
fn with_member(case: &str, wanted: &str, value: &str) -> Option<String> {
    let (mut comma, mut found) = ("", None);
    let members = parts::members(case.as_bytes(), |name, given| {
        comma = ",";
        if name == wanted {
            found = Some(given);
        }
        Ok(())
    });
    members.ok()?;
    match found {
        None => Some(format!("{}{comma}\"{wanted}\":{value}}}", case.trim_end().strip_suffix('}')?)),
        Some(null @ "null") => {
            let start = (null.as_ptr() as usize).checked_sub(case.as_ptr() as usize)?;
            Some(format!("{}{value}{}", case.get(..start)?, case.get(start + null.len()..)?))
        }
        Some(_) => None,
    }
}

/// The syntax error in a text that is not JSON.
fn no_json(text: &str) -> std::result::Result<(), Stopped> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map(|_| ()).map_err(Stopped::Json)
}

fn gone_through(all: std::result::Result<(), Stopped>, file: &FileName) -> Result<()> {
    all.map_err(|stopped| match stopped {
        Stopped::Json(error) => not_json(file, &error),
        Stopped::Part(sentence) => sentence,
    })
}

fn not_json(file: &FileName, error: &serde_json::Error) -> String {
    say(sentences::NOT_JSON, &[("file", &file.shown()), ("why", error)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> FileName {
        FileName::of(Path::new("answer.json"))
    }

    /// How an operation's provider says what it knows of images.
    fn form_of(operation: &str) -> ImageObject {
        image_preflight::operation(operation).expect("an operation").provider().image_object
    }

    #[test]
    fn every_form_of_an_answer_of_jd_cloud_is_a_list_of_its_images() {
        let form = form_of("jd.copy-images");
        for (answer, images) in [
            (r#"{"requestId":"r","result":{"images":[{"imageId":"a"},{"imageId":"b"}],"totalCount":2}}"#, 2),
            (r#"{"requestId":"r","result":{"image":{"imageId":"a"}}}"#, 1),
            (r#"{"images":[{"imageId":"a"},{"imageId":"b"},{"imageId":"c"}]}"#, 3),
            (r#"{"image":{"imageId":"a"}}"#, 1),
            (r#" [{"imageId":"a"},{"imageId":"b"}]"#, 2),
            (r#"{"imageId":"a"}"#, 1),
            (r#"{"result":{"images":[]}}"#, 0),
        ] {
            let list: Value = serde_json::from_str(&listed_images(answer, form, &file()).expect(answer)).expect("JSON");
            let ids: Vec<_> = list.as_array().expect("a list").iter().map(|image| image["imageId"].clone()).collect();
            assert_eq!(ids, ["a", "b", "c"].get(..images).expect("three"), "{answer}");
        }
        assert!(
            listed_images(r#"{"result":{},"result":{}}"#, form, &file()).expect_err("twice").contains("`result` twice")
        );
        assert!(listed_images("[", form, &file()).expect_err("no JSON").contains("answer.json is no JSON"));
    }

    #[test]
    fn an_image_of_ims_is_taken_as_it_is_written() {
        let form = form_of("ims.in-region-copy");
        let twice = r#"{"id" : "a", "id":"a2", "__image_size": 1.50}"#;
        assert_eq!(single_image(twice, form, None, &file()), Ok(twice), "one object");
        assert!(
            single_image(&format!(r#"{{"images":[{twice}]}}"#), form, Some("a"), &file())
                .expect_err("twice")
                .contains("`id` twice")
        );
        let page = r#"{"images":[{"id":"a","encrypted":1,"encrypted":2}, {"id":"b"}, {"id":"c"}, {"id":"c"}]}"#;
        assert_eq!(single_image(page, form, Some("a"), &file()), Ok(r#"{"id":"a","encrypted":1,"encrypted":2}"#));
        assert!(single_image(page, form, Some("c"), &file()).expect_err("two").contains("two images"));
        assert!(single_image(page, form, Some("d"), &file()).expect_err("none").contains("holds 4 images"));
        assert!(
            single_image(r#"{"images":[],"images":[]}"#, form, None, &file())
                .expect_err("twice")
                .contains("`images` twice")
        );
        assert!(single_image(r#"{"images":[]}"#, form, None, &file()).expect_err("none").contains("no image"));
    }

    /// A cloud of another form than the two that there are.
    #[test]
    fn the_form_of_an_answer_is_the_providers() {
        let form = ImageObject {
            name: "o",
            is_list: false,
            within: &["a", "b"],
            images: "Images",
            image: Some("Image"),
            id: "Id",
            named_by: None,
        };
        let one = |answer, id| single_image(answer, form, id, &file());
        assert_eq!(one(r#"{"a":{"b":{"Images":[{"Id":"x"},{"Id":"y"}]}}}"#, Some("y")), Ok(r#"{"Id":"y"}"#));
        assert_eq!(one(r#"{"a":{"b":{"Image":{"Id":"x"}}}}"#, None), Ok(r#"{"Id":"x"}"#));
        assert_eq!(one(r#"{"Id":"x"}"#, None), Ok(r#"{"Id":"x"}"#));
        let several = one(r#"{"a":{"b":{"Images":[{"Id":"x"},{"Id":"y"}]}}}"#, None).expect_err("two");
        assert!(several.ends_with("none of them is the one that the request names"), "{several}");
        let form = ImageObject { is_list: true, ..form };
        assert_eq!(listed_images(r#"{"a":{"b":{"Image":1}}}"#, form, &file()).as_deref(), Ok("[1]"));
    }

    #[test]
    fn no_fact_is_given_twice_and_none_is_lost() {
        let facts_of = |facts: &[&str], region: Option<&str>| {
            let facts = facts.iter().map(|fact| (*fact).to_owned()).collect();
            let known = Known {
                image: None,
                ecs: None,
                backup: None,
                quota: None,
                source_region: region.map(str::to_owned),
                copies_in_flight: None,
                facts,
            };
            facts_text(&known)
        };
        let facts = facts_of(&["image={\"iso\":true}", "image.encrypted=false", "ecs.os=linux", "x=1e400"], Some("r"));
        assert_eq!(
            facts.as_deref(),
            Ok(r#"{"sourceRegion":"r","image":{"iso":true,"encrypted":false},"ecs":{"os":"linux"},"x":1e400}"#)
        );
        for twice in [&["a=1", "a=1"][..], &["a.b=1", "a.b=2"], &["a.b=1", "a=2"], &["a={\"b\":1}", "a.b=1"]] {
            assert!(facts_of(twice, None).expect_err("twice").contains("given twice"), "{twice:?}");
        }
        assert!(facts_of(&["sourceRegion=s"], Some("r")).expect_err("twice").contains("`sourceRegion` is given twice"));
        assert!(facts_of(&["a=1", "a.b=1"], None).expect_err("a value").contains("has a value already"));
        // Duplicates within one value are found by the library.
        assert_eq!(facts_of(&["a={\"b\":1,\"b\":2}"], None).as_deref(), Ok(r#"{"a":{"b":1,"b":2}}"#));
    }

    #[test]
    fn strict_is_added_where_a_case_says_nothing_of_it() {
        for (case, expected) in [
            ("{}", Some("{\"strict\":true}")),
            (" { \"a\" : 1 }\n", Some(" { \"a\" : 1 ,\"strict\":true}")),
            ("{\"a\":{\"strict\":false}}", Some("{\"a\":{\"strict\":false},\"strict\":true}")),
            ("{\"strict\":false}", None),
            ("{\"\\u0073trict\":null}", Some("{\"\\u0073trict\":true}")),
            ("{\"strict\" : null, \"a\": 1}", Some("{\"strict\" : true, \"a\": 1}")),
            ("{\"strict\":0}", None),
            ("[]", None),
            ("{", None),
            ("{} {}", None),
        ] {
            assert_eq!(strict(case).as_deref(), expected, "{case}");
        }
    }

    fn facts_text(known: &Known) -> Result<String> {
        facts(known, form_of("ims.in-region-copy"), None)
    }
}
