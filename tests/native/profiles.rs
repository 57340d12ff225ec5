//! The schemas of other profiles and editions against the exact ones, the core, and a table of what the portable profile cannot say.

use image_preflight::schema::{Print, Profile};
use image_preflight::{Edition, Finding, Severity, check, operation, operations};
use image_preflight_tests::bodies::{Kind, Shape, bodies, case, shape};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many bodies of each operation and kind; more with `BODIES`.
fn count() -> usize {
    std::env::var("BODIES").ok().and_then(|count| count.parse().ok()).unwrap_or(500)
}

fn validator(operation: &str, print: &Print) -> Validator {
    let schema = print.document(operation).unwrap_or_else(|| panic!("no schema of {operation}")).to_value();
    jsonschema::options().build(&schema).unwrap_or_else(|error| panic!("{operation}, {print:?}: {error}"))
}

fn of(profile: Profile) -> Print {
    Print::default().profile(profile)
}

fn all_bodies(operation: &'static str) -> impl Iterator<Item = Value> {
    Kind::ALL.into_iter().flat_map(move |kind| bodies(operation, kind, 7).take(count()))
}

/// Editors and older drafts get another form, and no other meaning.
#[test]
fn the_other_exact_profiles_accept_the_same_bodies() {
    for operation in operations() {
        let exact = validator(operation.id(), &of(Profile::Exact));
        for profile in [Profile::Editor, Profile::Draft07, Profile::Draft04] {
            let other = validator(operation.id(), &of(profile));
            for body in all_bodies(operation.id()) {
                assert_eq!(other.is_valid(&body), exact.is_valid(&body), "{}: {body}", profile.name());
            }
        }
    }
}

/// Keywords that a draft does not have, so that its validators ignore them.
const LATER: [(Profile, &[&str]); 2] = [
    (Profile::Draft07, &["$defs", "prefixItems", "dependentRequired", "dependentSchemas", "unevaluatedProperties"]),
    (
        Profile::Draft04,
        &["$id", "$defs", "const", "contains", "propertyNames", "if", "then", "else", "examples", "prefixItems"],
    ),
];

/// The keywords of a schema and of those within it.
fn keywords(schema: &Value, out: &mut BTreeSet<String>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        out.insert(keyword.clone());
        match (keyword.as_str(), value) {
            ("properties" | "$defs" | "definitions" | "patternProperties", Value::Object(schemas)) => {
                schemas.values().for_each(|schema| keywords(schema, out));
            }
            (_, Value::Array(schemas)) => schemas.iter().for_each(|schema| keywords(schema, out)),
            ("enum" | "const" | "default" | "examples", _) => {}
            (_, schema) => keywords(schema, out),
        }
    }
}

#[test]
fn every_schema_of_a_profile_is_one_of_its_draft() {
    for profile in Profile::ALL {
        let print = of(profile);
        let documents = print.documents().map(|document| (document.name, document.schema.to_value()));
        for (name, schema) in documents.chain([("all", print.all().to_value())]) {
            let error =
                jsonschema::meta::validate(&schema).err().map(|error| format!("{error} at {}", error.instance_path()));
            assert_eq!(error, None, "{name}, {}", profile.name());
            let mut used = BTreeSet::new();
            keywords(&schema, &mut used);
            let later = LATER.iter().find(|(of, _)| *of == profile).map(|(_, later)| *later).unwrap_or_default();
            let later: Vec<_> = later.iter().filter(|keyword| used.contains(**keyword)).collect();
            assert!(later.is_empty(), "{name}, {}: {later:?}", profile.name());
        }
    }
}

/// Whether a body has what a client leaves out: null, or blank text, in a field of its own.
fn leaves_nothing_out(body: &Value) -> bool {
    let is_blank = |text: &str| text.trim().is_empty();
    let members = body.as_object().into_iter().flat_map(|body| body.values());
    members.into_iter().any(|value| value.is_null() || value.as_str().is_some_and(is_blank))
}

/// What exact accepts portable accepts, but for null and blank text in optional fields.
#[test]
fn portable_accepts_what_a_client_sends() {
    for operation in operations() {
        let (exact, portable) =
            (validator(operation.id(), &of(Profile::Exact)), validator(operation.id(), &of(Profile::Portable)));
        let mut accepted = 0;
        for body in all_bodies(operation.id()).filter(|body| exact.is_valid(body) && !leaves_nothing_out(body)) {
            assert!(portable.is_valid(&body), "{}: {body}", operation.id());
            accepted += 1;
        }
        assert!(accepted > count() / 5, "{}: only {accepted}", operation.id());
    }
}

fn with(body: &Value, changes: &Value) -> Value {
    let mut body = body.clone();
    for (name, value) in changes.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    body
}

/// What the portable profile cannot say: such bodies it accepts, and exact refuses them. And what it refuses though exact accepts it.
#[test]
fn what_portable_gives_up_is_known() {
    let copy = json!({"name": "copy"});
    let across = json!({"name": "copy", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "agency"});
    let whole = json!({"name": "whole", "instance_id": "i", "vault_id": "v"});
    let jd = json!({"sourceImageIds": ["img-1"], "destinationRegion": "cn-east-2"});
    // Operation, body, what is changed, whether portable accepts it.
    let table = [
        // A character beyond the Basic Multilingual Plane that is not Chinese.
        ("ims.in-region-copy", &copy, json!({"name": "copy😀"}), true),
        ("ims.cross-region-copy", &across, json!({"name": "𝒳"}), true),
        ("jd.copy-images", &jd, json!({"name": "😀"}), true),
        // Fields that exclude one another.
        ("ims.whole-image", &whole, json!({"backup_id": "b"}), true),
        ("ims.whole-image", &whole, json!({"tags": ["a"], "image_tags": [{"key": "b", "value": ""}]}), true),
        // Tags that are given twice.
        ("ims.whole-image", &whole, json!({"tags": ["a", "a"]}), true),
        // A field that is checked only in the other variant.
        ("ims.whole-image", &whole, json!({"whole_image_type": "other"}), true),
        // What a client leaves out.
        ("ims.in-region-copy", &copy, json!({"description": null}), false),
        ("ims.in-region-copy", &copy, json!({"enterprise_project_id": " "}), false),
        ("ims.whole-image", &whole, json!({"max_ram": null}), false),
        ("ims.cross-region-copy", &across, json!({"description": null}), false),
        ("jd.copy-images", &jd, json!({"name": ""}), false),
    ];
    for (id, body, changes, portable_accepts) in table {
        let body = with(body, &changes);
        let is_valid = |profile| validator(id, &of(profile)).is_valid(&body);
        assert_eq!(is_valid(Profile::Portable), portable_accepts, "{id}: {body}");
        assert_eq!(is_valid(Profile::Exact), !portable_accepts, "{id}: {body}");
    }
    // What it refuses all the same.
    for (id, body, changes) in [
        ("ims.in-region-copy", &copy, json!({"name": " copy"})),
        ("ims.in-region-copy", &copy, json!({"name": "x".repeat(129)})),
        ("ims.in-region-copy", &copy, json!({"description": "a<b"})),
        ("ims.in-region-copy", &copy, json!({"enterprise_project_id": "mine"})),
        ("ims.whole-image", &copy, json!({"instance_id": "", "vault_id": ""})),
        ("ims.whole-image", &copy, json!({"instance_id": 5, "vault_id": "v"})),
        ("ims.whole-image", &copy, json!({"backup_id": "b"})),
        ("ims.whole-image", &whole, json!({"tags": [".a"]})),
        ("jd.copy-images", &jd, json!({"sourceImageIds": []})),
    ] {
        let body = with(body, &changes);
        assert!(!validator(id, &of(Profile::Portable)).is_valid(&body), "{id}: {body}");
    }
}

/// Under each edition the schema accepts what the core accepts.
#[test]
fn a_body_s_schema_is_that_of_its_edition() {
    let mut differing = 0;
    for name in Edition::names() {
        let edition = Edition::from_name(name).expect("it is listed");
        for operation in operations() {
            let print = Print::default().edition(edition.clone());
            let (own, default) = (validator(operation.id(), &print), validator(operation.id(), &Print::default()));
            let some = all_bodies(operation.id()).step_by(4);
            for body in some.filter(|body| shape(operation.id(), body) != Shape::Beyond) {
                let mut case = case(operation.id(), &body);
                case["edition"] = name.into();
                let text = case.to_string();
                let report = check(&text);
                let is_of_shape = |finding: &&Finding<'_>| {
                    finding.severity() == Severity::Error
                        && finding.kind().is_some()
                        && finding.at().starts_with("/body")
                };
                let accepts = report.findings().iter().filter(is_of_shape).count() == 0;
                assert_eq!(own.is_valid(&body), accepts, "{name}, {}: {body}", operation.id());
                differing += usize::from(own.is_valid(&body) != default.is_valid(&body));
            }
        }
    }
    assert!(differing > count() / 25, "the editions differ only {differing} times");
}

#[test]
fn the_fields_of_a_full_ecs_image_differ_by_edition() {
    let whole = operation("ims.whole-image").expect("an operation");
    let required = |edition: &str, variant: &str| {
        let edition = Edition::from_name(edition).expect("an edition");
        Print::default().edition(edition).body(whole).to_value()["$defs"][variant]["required"].clone()
    };
    assert_eq!(required("default", "WholeImageFromEcs"), json!(["name", "instance_id", "vault_id"]));
    assert_eq!(required("open-telekom-cloud-2026-04", "WholeImageFromEcs"), json!(["name", "instance_id"]));
    assert_eq!(required("china-2022-12", "WholeImageFromBackup"), json!(["name", "backup_id"]));
}
