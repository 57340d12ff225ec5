//! A case from parts: a bare request body, and what is known beside it.

use crate::args::{Bare, Known};
use crate::{Result, input};
use serde_json::{Map, Value, json};
use std::path::Path;

/// A case whose body stands in a file of its own.
pub(crate) struct Assembled {
    /// The whole case.
    pub(crate) text: String,
    /// The body's file.
    pub(crate) file: String,
    /// The body as that file has it.
    pub(crate) body: String,
    /// Where the body begins in the case.
    pub(crate) start: usize,
}

/// Puts a bare body into a case. The body's text is taken as it is, so that places in it stay places in its file.
pub(crate) fn case(path: &Path, bare: &Bare, known: &Known) -> Result<Assembled> {
    let operation = bare.operation.as_deref().unwrap_or_default();
    let mut address = Map::new();
    for (name, id) in [("image_id", &bare.image_id), ("regionId", &bare.region_id)] {
        if let Some(id) = id {
            address.insert(name.to_owned(), json!(id));
        }
    }
    let is_jd = image_preflight::operation(operation).is_some_and(|operation| operation.id().starts_with("jd."));
    let facts = facts(known, is_jd, bare.image_id.as_deref())?;
    let mut text = format!("{{\"operation\":{},\"path\":{},\"body\":", json!(operation), Value::Object(address));
    let (start, body) = (text.len(), input::text(path)?);
    text.push_str(&body);
    text.push_str(&format!(",\"facts\":{facts}}}"));
    Ok(Assembled { text, file: input::name(path).into_owned(), body, start })
}

/// The facts that the arguments tell, as a case writes them.
pub(crate) fn facts(known: &Known, is_jd: bool, image_id: Option<&str>) -> Result<Value> {
    let mut facts = Map::new();
    if let Some(path) = &known.image {
        let name = input::name(path);
        let answer: Value =
            serde_json::from_str(&input::text(path)?).map_err(|error| format!("{name} is no JSON: {error}"))?;
        if is_jd {
            facts.insert("imageObjects".to_owned(), jd_images(answer));
        } else {
            facts.insert("imageObject".to_owned(), ims_image(answer, image_id, &name)?);
        }
    }
    if let Some(region) = &known.source_region {
        facts.insert("sourceRegion".to_owned(), json!(region));
    }
    if let Some(copies) = known.copies_in_flight {
        facts.insert("copiesInFlight".to_owned(), json!(copies));
    }
    for fact in &known.facts {
        let (name, value) = fact.split_once('=').ok_or_else(|| format!("--fact {fact}: NAME=VALUE is expected"))?;
        // A value that is no JSON is a word.
        let value = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
        let mut place = &mut facts;
        let mut names = name.split('.').peekable();
        while let Some(part) = names.next() {
            if names.peek().is_none() {
                place.insert(part.to_owned(), value);
                break;
            }
            let inner = place.entry(part).or_insert_with(|| json!({}));
            place = inner.as_object_mut().ok_or_else(|| format!("--fact {fact}: {part} has a value already"))?;
        }
    }
    Ok(Value::Object(facts))
}

/// The one image object in an answer of IMS; of several, the one that the request names.
fn ims_image(answer: Value, image_id: Option<&str>, file: &str) -> Result<Value> {
    let Some(images) = answer.get("images").and_then(Value::as_array) else { return Ok(answer) };
    let is_named = |image: &&Value| image_id.is_some() && image.get("id").and_then(Value::as_str) == image_id;
    match (images.as_slice(), images.iter().find(is_named)) {
        ([image], _) | (_, Some(image)) => Ok(image.clone()),
        ([], _) => Err(format!("{file} holds no image")),
        _ => Err(format!("{file} holds {} images, and none of them is the one that --image-id names", images.len())),
    }
}

/// The image objects in an answer of JD Cloud.
fn jd_images(answer: Value) -> Value {
    let result = answer.get("result").unwrap_or(&answer);
    match (result.get("images"), result.get("image")) {
        (Some(images), _) => images.clone(),
        (_, Some(image)) => json!([image]),
        _ if answer.is_array() => answer,
        _ => json!([answer]),
    }
}
