//! Facts that are known beside a case, filled in where it leaves them unknown.

use crate::json::{Members, offset_in, tree};
use crate::operation::{named, reads};
use serde_json::{Map, Value, json};

/// A case with facts that it leaves unknown: those that its operation reads, and of objects (`imageObject`, `ecsObject`,
/// `backupObject`) those that are about what the request names. What the case states stays as it is, and so does every other
/// character of it. `None` if there is nothing to add.
///
/// ```
/// let case = r#"{"operation": "ims.cross-region-copy", "facts": {"image": {"iso": false}, "sourceRegion": "cn-north-4"}}"#;
/// let known = serde_json::json!({"sourceRegion": "cn-east-3", "image": {"iso": true, "encrypted": false}, "ecs": {"os": "linux"}});
/// let filled = image_preflight_input::fill_in_case(case, known.as_object().unwrap()).unwrap();
/// assert_eq!(filled, case.replace("\"iso\": false", "\"iso\": false,\"encrypted\":false"));
/// ```
#[must_use]
pub fn fill_in_case(case: &str, known: &Map<String, Value>) -> Option<String> {
    let members = Members::of(case).ok()?;
    let operation = members.text("operation")?;
    let mut wanted = Map::new();
    for (name, value) in known {
        if let Some(value) = readable(&operation, name, value).filter(|value| is_of(&operation, &members, name, value))
        {
            wanted.insert(name.clone(), value);
        }
    }
    if wanted.is_empty() {
        return None;
    }
    match members.get("facts") {
        Some(facts) if facts != "null" => {
            let filled = merged(facts, &wanted)?;
            Some(replaced(case, facts, &filled))
        }
        Some(null) => Some(replaced(case, null, &Value::Object(wanted).to_string())),
        None => appended(case, members.names().next().is_some(), "facts", &Value::Object(wanted)),
    }
}

/// The part of a fact that an operation reads. Of an image, a server and the like, each member is a fact of its own.
fn readable(operation: &str, name: &str, value: &Value) -> Option<Value> {
    match value {
        Value::Object(members) if !name.ends_with("Object") => {
            let mut members = members.clone();
            members.retain(|member, value| reads(operation, name, &json!({member: value})));
            (!members.is_empty()).then_some(Value::Object(members))
        }
        value => reads(operation, name, value).then(|| value.clone()),
    }
}

/// Whether the object of a fact is about what a case names, so that [`fill_in_case`] takes it: an object that has no id may be.
///
/// ```
/// use image_preflight_input::is_about;
/// let case = r#"{"operation": "ims.whole-image", "body": {"instance_id": "i"}}"#;
/// let server = |id: &str| serde_json::json!({"server": {"id": id, "status": "ACTIVE"}});
/// assert!(is_about(case, "ecsObject", &server("i")) && !is_about(case, "ecsObject", &server("j")));
/// assert!(!is_about(case, "imageObject", &serde_json::json!({"id": "i"})), "it is not read");
/// ```
#[must_use]
pub fn is_about(case: &str, name: &str, object: &Value) -> bool {
    let Ok(members) = Members::of(case) else { return false };
    let operation = members.text("operation").filter(|operation| reads(operation, name, object));
    operation.is_some_and(|operation| is_of(&operation, &members, name, object))
}

/// The core says so, which knows where the objects of an answer and their ids are, and which ids are the same.
fn is_of(operation: &str, case: &Members<'_>, name: &str, value: &Value) -> bool {
    let field = match name {
        "imageObject" => "image_id",
        "ecsObject" => "instance_id",
        "backupObject" => "backup_id",
        _ => return true,
    };
    let is_in_path = named(operation).is_some_and(|it| it.path().iter().any(|own| own.name() == field));
    let section = if is_in_path { "path" } else { "body" };
    let wanted = tree(case.get(section)).get(field).cloned();
    // What a request does not name has the id of no object.
    let wanted = wanted.filter(|id| id.as_str().is_some_and(|id| !id.trim().is_empty())).unwrap_or("?".into());
    let asked = json!({"operation": operation, section: {field: wanted}, "facts": {name: value}}).to_string();
    let pointer = format!("/facts/{name}");
    let report = image_preflight::check(&asked);
    report.findings().iter().all(|found| !found.at().starts_with(&pointer) || found.kind() != Some("other-object"))
}

/// An object with the members that it lacks, or that are null; `None` if it lacks none.
fn merged(object: &str, wanted: &Map<String, Value>) -> Option<String> {
    let members = Members::of(object).ok()?;
    let mut out = object.to_owned();
    let mut is_empty = members.names().next().is_none();
    for (name, value) in wanted {
        let members = Members::of(&out).ok()?;
        let changed = match (members.get(name), value) {
            (None, value) => appended(&out, !is_empty, name, value),
            (Some("null"), value) => members.get(name).map(|null| replaced(&out, null, &value.to_string())),
            (Some(inner), Value::Object(value)) if !name.ends_with("Object") => {
                merged(inner, value).map(|filled| replaced(&out, inner, &filled))
            }
            _ => None,
        };
        if let Some(changed) = changed {
            out = changed;
            is_empty = false;
        }
    }
    (out != object).then_some(out)
}

/// A text with another text in place of a part of it.
fn replaced(text: &str, part: &str, with: &str) -> String {
    let start = offset_in(text, part);
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(start + part.len()..).unwrap_or_default();
    [before, with, behind].concat()
}

/// An object with one more member, behind the others.
fn appended(object: &str, has_members: bool, name: &str, value: &Value) -> Option<String> {
    let open = object.trim_end().strip_suffix('}')?;
    let comma = if has_members { "," } else { "" };
    // White space before the brace stays in front of it.
    let (members, space) = open.split_at(open.trim_end().len());
    Some(format!("{members}{comma}{}:{value}{space}}}", Value::from(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::needless_pass_by_value, reason = "for json!")]
    fn filled(case: &str, known: Value) -> Option<String> {
        fill_in_case(case, known.as_object().expect("an object"))
    }

    #[test]
    fn what_a_case_states_stays_and_what_it_lacks_is_added() {
        let case = |facts: &str| format!("{{\"operation\":\"CopyImageCrossRegion\"{facts} }}");
        let known = json!({"copiesInFlight": 0});
        assert_eq!(filled(&case(""), known.clone()), Some(case(",\"facts\":{\"copiesInFlight\":0}")));
        assert_eq!(filled(&case(",\"facts\":null"), known.clone()), Some(case(",\"facts\":{\"copiesInFlight\":0}")));
        assert_eq!(filled(&case(",\"facts\":{ }"), known.clone()), Some(case(",\"facts\":{\"copiesInFlight\":0 }")));
        let null = case(",\"facts\":{\"copiesInFlight\": null}");
        assert_eq!(filled(&null, known.clone()), Some(null.replace("null", "0")));
        assert_eq!(filled(&case(",\"facts\":{\"copiesInFlight\":1.0}"), known.clone()), None);
        assert_eq!(filled(&case(",\"facts\":[]"), known.clone()), None);
        assert_eq!(filled("{\"operation\":\"ims.whole-image\"}", known.clone()), None);
        assert_eq!(filled("{\"operation\":", known.clone()), None);
        assert_eq!(filled("[]", known), None);
    }

    /// A report of a filled case has the places of the case: nothing before the facts moves.
    #[test]
    fn repeated_keys_survive() {
        let case = r#"{"body":{"name":"a","name":"b"},"operation":"ims.cross-region-copy","facts":{"sourceRegion":"x","sourceRegion":"y"}}"#;
        let out = filled(case, json!({"sourceRegion": "z", "copiesInFlight": 1})).expect("a change");
        assert_eq!(out, case.replace("\"y\"}", "\"y\",\"copiesInFlight\":1}"));
    }

    #[test]
    fn an_object_is_that_of_the_request_it_is_about() {
        let copy = r#"{"operation":"ims.in-region-copy","path":{"image_id":"a"},"body":{}}"#;
        let image = |id: &str| json!({"imageObject": {"id": id, "status": "active"}});
        assert!(filled(copy, image("a")).is_some() && filled(copy, image("b")).is_none());
        let page = json!({"imageObject": {"images": [{"id": "b"}, {"id": "a"}]}});
        assert!(filled(copy, page.clone()).is_some() && filled(&copy.replace("\"a\"", "\"c\""), page).is_none());
        assert!(filled(copy, json!({"imageObject": {"status": "active"}})).is_some());
        let whole = r#"{"operation":"ims.whole-image","body":{"instance_id":"s"}}"#;
        assert!(filled(whole, json!({"ecsObject": {"server": {"id": "s", "status": "ACTIVE"}}})).is_some());
        assert!(filled(whole, json!({"ecsObject": {"server": {"id": "t", "status": "ACTIVE"}}})).is_none());
        assert!(filled(whole, json!({"backupObject": {"backup": {"id": "t"}}})).is_none());
        assert!(filled(copy, json!({"ecsObject": {"server": {"id": "s"}}})).is_none(), "it is not read");
        // Ids are the same in either case and with blanks around them; what holds an object is what the core knows of.
        assert!(filled(copy, image(" A ")).is_some());
        for (around, objects) in [
            ("imageObject", ["image", "values", "volume", "volume_image_metadata"]),
            ("ecsObject", ["server", "values", "", ""]),
        ] {
            let case = if around == "imageObject" { copy } else { whole };
            for object in objects.into_iter().filter(|name| !name.is_empty()) {
                let known = |id: &str| json!({around: {object: {"id": id, "status": "active"}}});
                let own = if around == "imageObject" { "a" } else { "s" };
                assert!(filled(case, known(own)).is_some() && filled(case, known("other")).is_none(), "{object}");
            }
        }
        let pages = |id: &str| json!({"imageObject": [{"images": [{"id": "b"}]}, {"images": [{"id": id}]}]});
        assert!(filled(copy, pages("a")).is_some() && filled(copy, pages("c")).is_none());
        // What the request does not name yet is not what is at hand.
        for unnamed in
            [copy.replace("\"a\"", "null"), copy.replace("\"a\"", "\" \""), copy.replace("\"image_id\":\"a\"", "")]
        {
            assert!(filled(&unnamed, image("a")).is_none(), "{unnamed}");
            assert!(filled(&unnamed, json!({"imageObject": {"status": "active"}})).is_some(), "{unnamed}");
        }
    }
}
