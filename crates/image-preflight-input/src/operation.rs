//! Which operation a request is of: by its name, by its address, by its fields. All of it is read from the core's own rows.

use image_preflight::{Edition, Field, Operation, Verdict};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// An operation by one of its names, also that of its request in an SDK, whatever their case.
pub(crate) fn named(name: &str) -> Option<&'static Operation> {
    if let Some(operation) = image_preflight::operation(name) {
        return Some(operation);
    }
    let is_same = |operation: &&Operation| operation.api_name().eq_ignore_ascii_case(name);
    sendable().find(is_same).or_else(|| {
        // An alias in another case, as Go and Java write the first letter.
        let (first, rest) = name.split_at_checked(1)?;
        let upper = format!("{}{rest}", first.to_ascii_uppercase());
        image_preflight::operation(&upper)
    })
}

/// The operations that are calls of an API.
pub(crate) fn sendable() -> impl Iterator<Item = &'static Operation> {
    image_preflight::operations().filter(|operation| !operation.path_template().is_empty())
}

/// The addresses of the operations.
static TEMPLATES: LazyLock<Vec<(&'static Operation, Vec<&'static str>)>> = LazyLock::new(|| {
    let editions: Vec<_> = Edition::names().filter_map(Edition::from_name).collect();
    let of = |operation: &'static Operation| {
        let mut templates = vec![operation.path_template()];
        for template in editions.iter().map(|edition| operation.path_template_with(edition)) {
            if !templates.contains(&template) {
                templates.push(template);
            }
        }
        (operation, templates)
    };
    sendable().map(of).collect()
});

/// The operations with their addresses: editions differ in the version of the API.
pub(crate) fn templates() -> impl Iterator<Item = (&'static Operation, &'static [&'static str])> {
    TEMPLATES.iter().map(|(operation, templates)| (*operation, templates.as_slice()))
}

/// The operation of an address, and what is in the places of its parameters.
pub(crate) fn addressed(path: &str) -> Option<(&'static Operation, Vec<(&'static str, String)>)> {
    templates().find_map(|(operation, templates)| {
        let parameters = templates.iter().find_map(|template| parameters(template, path, |_| true))?;
        Some((operation, parameters))
    })
}

/// The operation of an address but for the version of the API, which is the first part.
pub(crate) fn addressed_in_any_version(path: &str) -> Option<&'static Operation> {
    let is_version =
        |part: &str| part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    sendable().find(|operation| parameters(operation.path_template(), path, |part| !is_version(part)).is_some())
}

fn parameters(
    template: &'static str,
    path: &str,
    counts: impl Fn(&str) -> bool,
) -> Option<Vec<(&'static str, String)>> {
    let mut parts = path.trim_matches('/').split('/').filter(|part| counts(part));
    let mut found = Vec::new();
    for wanted in template.trim_matches('/').split('/').filter(|part| counts(part)) {
        let part = percent_decode_str(parts.next()?).decode_utf8().ok()?;
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => found.push((name, part.into_owned())),
            None if part == wanted => {}
            None => return None,
        }
    }
    parts.next().is_none().then_some(found)
}

/// Whether a pointer of a case is of a field that the operation has; others than those of its path and body are not looked at.
pub(crate) fn has_place(operation: &Operation, pointer: &str) -> bool {
    let is_of = |fields: &[Field], rest: &str| {
        let name = rest.split('/').next().unwrap_or_default();
        fields.iter().any(|field| crate::translation::segment(field.name()) == name)
    };
    match (pointer.strip_prefix("/path/"), pointer.strip_prefix("/body/")) {
        (Some(rest), _) => is_of(operation.path(), rest),
        (_, Some(rest)) => is_of(operation.body(), rest),
        _ => true,
    }
}

/// The only operation that knows every field of a request and lacks none that is mandatory; `None` where there are none or several.
pub(crate) fn inferred(path: &[&str], body: &[&str]) -> Option<&'static Operation> {
    let fits = |fields: &[Field], given: &[&str]| {
        given.iter().all(|name| fields.iter().any(|field| field.name() == *name))
            && fields.iter().filter(|field| field.is_mandatory()).all(|field| given.contains(&field.name()))
    };
    let mut fitting = sendable().filter(|operation| fits(operation.path(), path) && fits(operation.body(), body));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// Whether a field of an operation is no text, so that words of a command line have to be read as JSON: the core itself decides it, by
/// its finding for a text.
pub(crate) fn is_no_text(operation: &Operation, field: &str) -> bool {
    let case = json!({"operation": operation.id(), "body": Map::from_iter([(field.to_owned(), Value::from("1"))])});
    let case = case.to_string();
    let report = image_preflight::check(&case);
    let pointer = format!("/body/{}", crate::translation::segment(field));
    report.verdict() != Verdict::Allowed
        && report.findings().iter().any(|found| found.at() == pointer && found.kind() == Some("wrong-type"))
}

/// The region in the name of a host, where the endpoint of one of the APIs has one: `ims.cn-north-4.…`.
pub(crate) fn region_of_host(operation: &Operation, host: &str) -> Option<String> {
    let (before, _) = operation.provider().endpoint.split_once("{region}")?;
    let host = host.split(['/', ':']).next()?.to_ascii_lowercase();
    let region = host.strip_prefix(before)?.split('.').next()?;
    (region.contains('-') && region.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')).then(|| region.to_owned())
}

/// Whether an operation reads a fact: one that it never reads would be reported as superfluous to people who did not write it.
pub(crate) fn reads(operation: &str, fact: &str, value: &Value) -> bool {
    let facts = Map::from_iter([(fact.to_owned(), value.clone())]);
    let case = json!({"operation": operation, "facts": facts}).to_string();
    let pointer = format!("/facts/{}", crate::translation::segment(fact));
    let report = image_preflight::check(&case);
    report.findings().iter().all(|found| !found.at().starts_with(&pointer) || found.kind() != Some("unread"))
}

/// The same of the region that an image is in.
pub(crate) fn reads_source_region(operation: &str) -> bool {
    reads(operation, "sourceRegion", &Value::from("x"))
}

/// Whether a case has a member of this name.
pub(crate) fn is_member_of_case(name: &str) -> bool {
    let case = Value::from(Map::from_iter([(name.to_owned(), Value::Null)])).to_string();
    image_preflight::check(&case).findings().iter().all(|found| found.rule().id != "case.unknown-field")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_its_address() {
        for (path, id, parameter) in [
            ("/v1/cloudimages/a%20b/cross_region_copy", "ims.cross-region-copy", "a b"),
            ("/v1/cloudimages/a/copy", "ims.in-region-copy", "a"),
            ("v2.1/cloudimages/a/copy/", "ims.in-region-copy", "a"),
            ("/v1/regions/cn-north-1/images%3AcopyImages", "jd.copy-images", "cn-north-1"),
        ] {
            let (operation, parameters) = addressed(path).expect(path);
            assert_eq!((operation.id(), parameters[0].1.as_str()), (id, parameter), "{path}");
        }
        let (operation, parameters) = addressed("/v1/cloudimages/wholeimages/action").expect("an address");
        assert_eq!((operation.id(), parameters.len()), ("ims.whole-image", 0));
        for other in ["/v2/cloudimages", "/v1/cloudimages/a/copy/b", "/", "", "/v1/cloudimages/%ff/copy"] {
            assert!(addressed(other).is_none() && addressed_in_any_version(other).is_none(), "{other}");
        }
        for other in [
            "/v2/cloudimages/a/copy",
            "/v2.1/cloudimages/a/cross_region_copy",
            "/v10/cloudimages/a/copy",
            "/cloudimages/a/copy",
        ] {
            assert!(addressed(other).is_none() && addressed_in_any_version(other).is_some(), "{other}");
        }
    }

    #[test]
    fn an_operation_is_inferred_only_if_one_fits() {
        let infer = |path: &[&str], body: &[&str]| inferred(path, body).map(Operation::id);
        let cross = ["name", "region", "project_name", "agency_name"];
        assert_eq!(infer(&["image_id"], &cross), Some("ims.cross-region-copy"));
        assert_eq!(infer(&["image_id"], &["name", "cmk_id"]), Some("ims.in-region-copy"));
        assert_eq!(infer(&[], &["name", "instance_id", "vault_id"]), Some("ims.whole-image"));
        assert_eq!(infer(&["image_id"], &["name", "region", "cmk_id"]), None);
        assert_eq!(infer(&["other"], &["name"]), None);
    }

    #[test]
    fn the_core_says_which_fields_are_no_texts() {
        let whole = image_preflight::operation("ims.whole-image").expect("it");
        assert_eq!(
            ["max_ram", "image_tags", "name", "description"].map(|name| is_no_text(whole, name)),
            [true, true, false, false]
        );
    }

    #[test]
    fn the_core_says_which_facts_an_operation_reads() {
        for (operation, fact, value, expected) in [
            ("ims.cross-region-copy", "sourceRegion", json!("x"), true),
            ("CopyImageCrossRegion", "sourceRegion", json!("x"), true),
            ("ims.in-region-copy", "sourceRegion", json!("x"), false),
            ("ims.whole-image", "sourceRegion", json!("x"), false),
            ("ims.cross-region-copy", "copiesInFlight", json!(0), true),
            ("ims.whole-image", "copiesInFlight", json!(0), false),
            ("ims.whole-image", "ecs", json!({"os": "linux"}), true),
            ("ims.in-region-copy", "ecs", json!({"os": "linux"}), false),
        ] {
            assert_eq!(reads(operation, fact, &value), expected, "{operation} {fact}");
        }
    }

    #[test]
    fn the_core_says_which_members_a_case_has() {
        for name in ["operation", "path", "body", "facts", "edition", "unknown", "strict", "ignore", "$schema"] {
            assert!(is_member_of_case(name), "{name}");
        }
        for name in ["operaton", "regionId", "sourceImageIds", "query", "", "\"", "bodies"] {
            assert!(!is_member_of_case(name), "{name}");
        }
    }

    #[test]
    fn a_host_says_its_region() {
        let copy = image_preflight::operation("ims.in-region-copy").expect("it");
        let region = |host| region_of_host(copy, host);
        assert_eq!(region("ims.cn-north-4.myhuaweicloud.com:443").as_deref(), Some("cn-north-4"));
        assert_eq!(region("IMS.eu-west-0.prod-cloud-ocb.orange-business.com").as_deref(), Some("eu-west-0"));
        assert_eq!(["ims.myhuaweicloud.com", "ecs.cn-north-4.myhuaweicloud.com", ""].map(region), [None, None, None]);
    }

    #[test]
    fn a_name_is_taken_in_any_case_of_its_first_letter() {
        for name in ["CopyImageInRegion", "copyImageInRegion", "copyimageinregion", "copyImageInRegionInSafeMode"] {
            assert_eq!(named(name).map(Operation::id), Some("ims.in-region-copy"), "{name}");
        }
        assert!(named("ListImages").is_none() && named("").is_none() && named("é").is_none());
    }
}
