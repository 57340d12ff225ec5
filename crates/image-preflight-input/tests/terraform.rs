//! Plans and states of Terraform. Those in `samples` were printed by Terraform 1.11.4, with resources that it has built in; those of
//! the provider are written here, as its documents and source have them.

mod common;

use common::{json, judged, kinds, missing, refused, translated};
use image_preflight::{Locale, Verdict};
use image_preflight_input::{Form, translate};
use serde_json::{Value, json};

const ID: &str = "7ca2f6b1-04b5-4a0e-9d43-1f6c2ae0b6d1";

/// A plan of one copy, with what is to be added to it.
fn copy(after: Value, change: Value, document: Value) -> String {
    let mut values = json!({"name": "web-base", "source_image_id": ID, "region": "cn-north-4"});
    merge(&mut values, after);
    let mut whole = json!({"actions": ["create"], "before": null, "after": values, "after_unknown": {"id": true}});
    merge(&mut whole, change);
    let resource = json!({
        "address": "module.m[0].huaweicloud_images_image_copy.c[\"a.b\"]", "mode": "managed",
        "type": "huaweicloud_images_image_copy", "name": "c", "change": whole
    });
    let mut plan = json!({"format_version": "1.2", "terraform_version": "1.9.8", "resource_changes": [resource]});
    merge(&mut plan, document);
    plan.to_string()
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

fn across(after: Value) -> Value {
    let mut values = json!({"target_region": "cn-east-3", "agency_name": "a"});
    merge(&mut values, after);
    values
}

/// The first resource of a plan: its case and the kinds of its notes.
fn first(plan: &str) -> (Value, Vec<&'static str>) {
    let translation = translated(plan);
    (json(&translation.cases[0]), kinds(&translation.cases[0]))
}

#[test]
fn a_copy_is_within_its_region_or_across_by_its_target() {
    for (after, operation) in [
        (json!({}), "ims.in-region-copy"),
        (json!({"target_region": null}), "ims.in-region-copy"),
        (json!({"target_region": ""}), "ims.in-region-copy"),
        (json!({"target_region": "cn-north-4"}), "ims.in-region-copy"),
        (json!({"target_region": "cn-east-3"}), "ims.cross-region-copy"),
        (json!({"target_region": "cn-north-4", "region": null}), "ims.cross-region-copy"),
    ] {
        assert_eq!(first(&copy(after.clone(), json!({}), json!({}))).0["operation"], operation, "{after}");
    }
    let (case, notes) = first(&copy(across(json!({})), json!({}), json!({})));
    assert_eq!(case["path"], json!({"image_id": ID}));
    assert_eq!(
        case["body"],
        json!({"name": "web-base", "agency_name": "a", "region": "cn-east-3", "project_name": "cn-east-3"})
    );
    assert_eq!(case["facts"], json!({"sourceRegion": "cn-north-4"}));
    assert_eq!(notes, ["project-name"]);
}

#[test]
fn what_the_provider_leaves_out_is_an_advice_and_no_field() {
    let all =
        json!({"kms_key_id": "k", "enterprise_project_id": "e", "vault_id": "v", "tags": {"k": "v"}, "min_ram": 2});
    let (case, notes) = first(&copy(across(all.clone()), json!({}), json!({})));
    assert_eq!(notes, ["project-name", "not-sent", "not-sent", "sent-afterwards"]);
    assert_eq!((&case["body"]["vault_id"], case["body"].as_object().map(serde_json::Map::len)), (&json!("v"), Some(5)));
    let mut within = all;
    merge(&mut within, json!({"agency_name": "a"}));
    let (case, notes) = first(&copy(within, json!({}), json!({})));
    assert_eq!(notes, ["not-sent", "not-sent", "sent-afterwards"]);
    assert_eq!(case["body"], json!({"name": "web-base", "cmk_id": "k", "enterprise_project_id": "e"}));
    // An empty one is not sent either, and nobody misses it.
    let empty = json!({"kms_key_id": "", "enterprise_project_id": null, "tags": {}, "min_ram": 0});
    assert_eq!(first(&copy(across(empty), json!({}), json!({}))).1, ["project-name"]);
    let plan = copy(across(json!({"kms_key_id": "k"})), json!({}), json!({}));
    for locale in [Locale::ENGLISH, Locale::CHINESE] {
        assert!(translated(&plan).cases[0].notes[1].text(locale).contains("kms_key_id"));
    }
    // It is sent even where it is empty.
    let (case, _) = first(&copy(json!({"description": ""}), json!({}), json!({})));
    assert_eq!(case["body"]["description"], "");
}

#[test]
fn what_is_known_after_apply_is_given_and_not_known_yet() {
    let plan = copy(
        json!({"target_region": "cn-east-3", "source_image_id": null}),
        json!({"after_unknown": {"agency_name": true, "source_image_id": true}}),
        json!({}),
    );
    let translation = translated(&plan);
    let case = json(&translation.cases[0]);
    assert_eq!(case["unknown"], json!(["/path/image_id", "/body/agency_name"]));
    let (verdict, broken) = judged(&translation.cases[0]);
    assert_eq!((verdict, broken), (Verdict::Undetermined, vec![]));
    assert!(missing(&translation.cases[0]).contains(&"/facts/image/encrypted".to_owned()));
}

/// The provider computes what nobody gives, and a plan has all of that as known after apply. Only the configuration tells it from what
/// is given and not known yet.
#[test]
fn what_nobody_gives_is_absent_although_it_is_known_after_apply() {
    let unknown =
        json!({"region": true, "target_region": true, "kms_key_id": true, "agency_name": true, "vault_id": true});
    let configuration = |expressions: Value| {
        json!({"configuration": {
            "provider_config": {"huaweicloud": {"name": "huaweicloud", "expressions": {"region": {"constant_value": "cn-south-1"}}}},
            "root_module": {"module_calls": {"m": {"module": {"resources": [{
                "address": "huaweicloud_images_image_copy.c", "provider_config_key": "huaweicloud", "expressions": expressions
            }]}}}}
        }})
    };
    let plan = |expressions: Value| {
        let after = json!({"region": null, "source_image_id": ID});
        copy(after, json!({"after_unknown": unknown}), configuration(expressions))
    };
    let (case, notes) = first(&plan(json!({"name": {}, "source_image_id": {}})));
    assert_eq!(case["operation"], "ims.in-region-copy");
    assert_eq!(case["body"], json!({"name": "web-base"}));
    // The operation never reads where the image is.
    assert_eq!((&case["facts"], &case["unknown"]), (&Value::Null, &Value::Null));
    assert!(notes.is_empty(), "{notes:?}");
    // Given by variables that are null; a module's are what its call gives them.
    let nulls = json!({"name": {}, "target_region": {"references": ["var.t"]}, "kms_key_id": {"constant_value": null},
        "agency_name": {"references": ["var.t", "var.u.v", "var.u"]}, "vault_id": {}});
    let with_call = |given: Value| {
        let mut plan: Value = serde_json::from_str(&plan(nulls.clone())).expect("JSON");
        merge(
            &mut plan,
            json!({"configuration": {"root_module": {"module_calls": {"m": {"expressions": {"t": given}}}}}}),
        );
        first(&plan.to_string()).0
    };
    for known in [json!({"references": ["var.r"]}), json!({"constant_value": null})] {
        let case = with_call(known);
        assert_eq!((&case["operation"], &case["unknown"]), (&json!("ims.in-region-copy"), &Value::Null), "{case}");
    }
    let case = with_call(json!({"references": ["data.x.y", "data.x"]}));
    assert_eq!(
        (&case["operation"], case["unknown"].as_array().map(Vec::len)),
        (&json!("ims.cross-region-copy"), Some(4))
    );
    // Given: the target is not known yet, and so it is not known which request it is.
    let given = json!({"name": {}, "target_region": {"references": ["a.b"]}, "agency_name": {}, "region": {"references": ["a.c"]}});
    let (case, notes) = first(&plan(given));
    assert_eq!(case["operation"], "ims.cross-region-copy");
    assert_eq!(case["unknown"], json!(["/body/agency_name", "/body/region", "/body/project_name"]));
    assert_eq!(case["facts"], Value::Null);
    assert_eq!(notes, ["region-unknown", "project-name", "target-unknown"]);
    // It is the resource's own, which says nothing of the provider.
    let given = json!({"name": {}, "target_region": {}, "agency_name": {}, "region": {"references": ["a.c"]}});
    let text = plan(given).replace("\"target_region\":true", "\"target_region\":false");
    let text = text.replace("\"region\":null", "\"region\":null,\"target_region\":\"cn-east-3\"");
    let translation = translated(&text);
    assert_eq!(kinds(&translation.cases[0]), ["region-unknown", "project-name"]);
    for locale in Locale::all() {
        assert!(!translation.cases[0].notes[0].text(locale).contains("provider"));
    }
    // One that is marked as sensitive is not unknown to Terraform.
    let change = json!({"after_sensitive": {"region": true}});
    assert_eq!(first(&copy(across(json!({})), change, json!({}))).1, ["sensitive", "project-name"]);
}

#[test]
fn the_region_is_the_provider_s_through_aliases_modules_and_variables() {
    let region = |configuration: Value, variables: Value| {
        let plan = copy(
            across(json!({"region": null, "target_region": "cn-southwest-2"})),
            json!({}),
            json!({"configuration": configuration, "variables": variables}),
        );
        first(&plan).0["facts"]["sourceRegion"].clone()
    };
    let constant = |region: &str| json!({"expressions": {"region": {"constant_value": region}}});
    let variable = |name: &str| json!({"expressions": {"region": {"references": [name]}}});
    let resource = |key: &str| json!({"resources": [{"address": "huaweicloud_images_image_copy.c", "provider_config_key": key, "expressions": {}}]});
    let root = |module: Value| json!({"module_calls": {"m": {"module": module}}});
    let none = Value::Null;
    // The root's, an alias, one of the module's own, the root's for a module that has none.
    for (key, expected) in [
        ("huaweicloud", "cn-north-1"),
        ("huaweicloud.east", "cn-east-3"),
        ("module.m:huaweicloud", "cn-south-1"),
        ("module.m:huaweicloud.east", "cn-east-3"),
    ] {
        let mut own = constant("cn-south-1");
        merge(&mut own, json!({"module_address": "module.m"}));
        let providers = json!({
            "huaweicloud": constant("cn-north-1"), "huaweicloud.east": constant("cn-east-3"), "module.m:huaweicloud": own
        });
        let configuration = json!({"provider_config": providers, "root_module": root(resource(key))});
        assert_eq!(region(configuration, json!({})), expected, "{key}");
    }
    // A resource that the configuration lacks has the provider of its name.
    assert_eq!(region(json!({"provider_config": {"huaweicloud": constant("cn-north-1")}}), json!({})), "cn-north-1");
    // Variables of the root: given, by default, sensitive; what comes of one has to be a region.
    let of_variable = |declared: Value, variables: Value| {
        let mut module = root(resource("huaweicloud"));
        merge(&mut module, json!({"variables": {"r": declared}}));
        region(json!({"provider_config": {"huaweicloud": variable("var.r")}, "root_module": module}), variables)
    };
    assert_eq!(of_variable(json!({}), json!({"r": {"value": "cn-east-2"}})), "cn-east-2");
    assert_eq!(of_variable(json!({"default": "cn-east-3"}), json!({})), "cn-east-3");
    assert_eq!(of_variable(json!({"sensitive": true}), json!({"r": {"value": "cn-east-2"}})), none);
    assert_eq!(of_variable(json!({}), json!({"r": {"value": "north-4"}})), none);
    assert_eq!(of_variable(json!({}), json!({"r": {"value": 1}})), none);
    // A variable of a module, whose call gives it from one of the root's.
    let mut module = resource("module.m:huaweicloud");
    merge(&mut module, json!({"variables": {"region": {}}}));
    let call = json!({"module": module, "expressions": {"region": {"references": ["var.r"]}}});
    let mut own = variable("var.region");
    merge(&mut own, json!({"module_address": "module.m"}));
    let configuration = json!({"provider_config": {"module.m:huaweicloud": own}, "root_module": {"module_calls": {"m": call}, "variables": {"r": {}}}});
    assert_eq!(region(configuration, json!({"r": {"value": "cn-east-2"}})), "cn-east-2");
    // A variable that leads to itself ends.
    let call = json!({"module": {"variables": {"r": {}}}, "expressions": {"r": {"references": ["var.r"]}}});
    let configuration =
        json!({"provider_config": {"huaweicloud": variable("var.r")}, "root_module": {"module_calls": {"m": call}}});
    assert_eq!(region(configuration, json!({})), none);
}

#[test]
fn images_are_known_by_their_id_from_data_sources_and_from_what_was_made() {
    let state = |resources: Value| json!({"prior_state": {"values": {"root_module": {"child_modules": [{"resources": resources}]}}}});
    let image = json!({"id": ID, "status": "active", "visibility": "private", "image_type": "FusionCompute", "os": "EulerOS",
        "size_bytes": 3_221_225_472_u64, "min_disk_gb": 50, "backup_id": "", "region": "cn-east-2", "flavor": null, "list": [1]});
    let data =
        |name: &str, values: &Value| json!([{"address": "data.x.y", "mode": "data", "type": name, "values": values}]);
    let facts =
        |after: Value, resources: Value| first(&copy(across(after), json!({}), state(resources))).0["facts"].clone();
    for name in ["huaweicloud_images_image", "flexibleengine_images_image", "flexibleengine_images_image_v2"] {
        let facts = facts(json!({}), data(name, &image));
        assert_eq!(facts["imageObject"]["size_bytes"], 3_221_225_472_u64, "{name}");
        assert_eq!(facts["imageObject"].get("list"), None);
    }
    let listed = json!({"images": [{"id": "other", "os": "x"}, image], "region": "cn-east-2"});
    assert_eq!(facts(json!({}), data("huaweicloud_images_images", &listed))["imageObject"]["id"], ID);
    // Where the provider's region is not in the plan, the image is where it was found.
    assert_eq!(facts(json!({"region": null}), data("huaweicloud_images_image", &image))["sourceRegion"], "cn-east-2");
    // An image of another id, of another kind, or with nothing to tell says nothing.
    let mut other = image.clone();
    merge(&mut other, json!({"id": "other"}));
    for (name, values) in [
        ("huaweicloud_images_image", &other),
        ("aws_ami", &image),
        ("huaweicloud_compute_instance", &image),
        ("huaweicloud_images_image", &json!({"id": ID, "name": "n"})),
    ] {
        assert_eq!(facts(json!({}), data(name, values)), json!({"sourceRegion": "cn-north-4"}), "{name}");
    }
    // What is marked as sensitive is not read.
    let marked = json!([{"mode": "data", "type": "huaweicloud_images_image", "values": image, "sensitive_values": {"os": true}}]);
    let facts = facts(json!({}), marked);
    assert_eq!((facts["imageObject"].get("os"), &facts["imageObject"]["status"]), (None, &json!("active")));
}

/// What a data source tells decides the core's rules: both sides of the cap, and an image that is not active.
#[test]
fn the_verdict_follows_from_the_data_source() {
    let verdict = |changes: Value| {
        let mut values = json!({"id": ID, "status": "active", "visibility": "private", "image_type": "FusionCompute",
            "os": "EulerOS", "size_bytes": 1, "region": "cn-north-4"});
        merge(&mut values, changes);
        let data = json!({"address": "data.huaweicloud_images_image.b", "mode": "data", "type": "huaweicloud_images_image",
            "values": values});
        let plan = copy(
            across(json!({})),
            json!({}),
            json!({"prior_state": {"values": {"root_module": {"resources": [data]}}}}),
        );
        let translation = translated(&plan);
        let case = &translation.cases[0];
        assert_eq!(case.origin.attribute("/facts/imageObject/size_bytes"), Some("data.huaweicloud_images_image.b"));
        judged(case)
    };
    let cap = 300 * 1_073_741_824_u64;
    assert_eq!(verdict(json!({"size_bytes": cap})), (Verdict::Undetermined, vec![]));
    assert_eq!(verdict(json!({"size_bytes": cap + 1})), (Verdict::Denied, vec!["size-cap"]));
    assert_eq!(verdict(json!({"status": "queued"})), (Verdict::Denied, vec!["image-active"]));
    assert_eq!(verdict(json!({"image_type": "IsoImage"})), (Verdict::Denied, vec!["not-iso"]));
    assert_eq!(verdict(json!({"visibility": "public"})), (Verdict::Denied, vec!["private-image"]));
}

#[test]
fn whole_images_are_requests_of_a_server_or_of_a_backup() {
    let plan = |name: &str, after: Value, unknown: Value| {
        let resource = json!({"address": format!("{name}.x"), "mode": "managed", "type": name,
            "change": {"actions": ["create"], "after": after, "after_unknown": unknown}});
        json!({"format_version": "1.2", "resource_changes": [resource]}).to_string()
    };
    let server = json!({"name": "n", "instance_id": "i", "vault_id": "v", "max_ram": 4096, "min_ram": 0, "region": "cn-north-4",
        "tags": {"k": "v", "l": ""}, "enterprise_project_id": null, "is_delete_backup": true});
    let text = plan("huaweicloud_ims_ecs_whole_image", server.clone(), json!({"id": true, "backup_id": true}));
    let (case, notes) = first(&text);
    assert_eq!(
        case["body"],
        json!({"name": "n", "instance_id": "i", "vault_id": "v", "max_ram": 4096,
            "image_tags": [{"key": "k", "value": "v"}, {"key": "l", "value": ""}]})
    );
    assert_eq!((&case["facts"], notes), (&Value::Null, vec![]));
    assert_eq!(judged(&translated(&text).cases[0]), (Verdict::Allowed, vec![]));
    let text =
        plan("huaweicloud_ims_cbr_whole_image", json!({"name": "n", "backup_id": "b"}), json!({"instance_id": true}));
    assert_eq!(first(&text).0["body"], json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR"}));
    // A server that is made in the same plan, and tags of which one is not known yet.
    let mut unknown = server;
    merge(&mut unknown, json!({"instance_id": null, "tags": {"k": null}}));
    let marks = json!({"instance_id": true, "tags": {"k": true}});
    let text = plan("huaweicloud_ims_ecs_whole_image", unknown.clone(), marks.clone());
    assert_eq!(first(&text).0["unknown"], json!(["/body/instance_id", "/body/image_tags/0/value"]));
    assert_eq!(first(&text).0["body"]["image_tags"], json!([{"key": "k"}, {"key": "l", "value": ""}]));
    assert_eq!(judged(&translated(&text).cases[0]), (Verdict::Undetermined, vec![]));
    // Terraform leaves out of the values what it does not know.
    let text = plan("huaweicloud_ims_ecs_whole_image", unknown.clone(), json!({"tags": {"c": true}}));
    assert_eq!(first(&text).0["unknown"], json!(["/body/image_tags/2/value"]));
    // The tags that are known are judged; all are, if the map is not known yet.
    merge(&mut unknown, json!({"tags": {"bad key!": "v"}}));
    let text = plan("huaweicloud_ims_ecs_whole_image", unknown.clone(), marks);
    assert_eq!(judged(&translated(&text).cases[0]).0, Verdict::Denied);
    let text = plan("huaweicloud_ims_ecs_whole_image", unknown, json!({"tags": true}));
    assert_eq!(first(&text).0["unknown"], json!(["/body/image_tags"]));
    // A whole image without an enterprise project of its own takes that of its provider; a copy does not.
    let project = json!({"constant_value": "f1a2"});
    let providers = json!({"huaweicloud": {"expressions": {"enterprise_project_id": project}}});
    let with_provider = |plan: String| {
        let mut plan: Value = serde_json::from_str(&plan).expect("JSON");
        merge(&mut plan, json!({"configuration": {"provider_config": providers}}));
        first(&plan.to_string()).0["body"]["enterprise_project_id"].clone()
    };
    let of_backup = |after: Value| plan("huaweicloud_ims_cbr_whole_image", after, json!({}));
    assert_eq!(with_provider(of_backup(json!({"name": "n", "backup_id": "b"}))), "f1a2");
    assert_eq!(with_provider(of_backup(json!({"name": "n", "backup_id": "b", "enterprise_project_id": "own"}))), "own");
    assert_eq!(with_provider(copy(json!({}), json!({}), json!({}))), Value::Null);
    // A name with a slash is a name with a slash.
    let text = plan("huaweicloud_ims_cbr_whole_image", json!({"name": "a/b", "backup_id": "b"}), json!({}));
    assert_eq!(judged(&translated(&text).cases[0]), (Verdict::Denied, vec!["name"]));
}

/// `huaweicloud_images_image` makes images of every sort; two of them are full-ECS images.
#[test]
fn an_image_with_a_vault_or_a_backup_is_a_whole_image() {
    let plan = |after: Value, unknown: Value, expressions: Option<Value>| {
        let resource = json!({"address": "huaweicloud_images_image.x", "mode": "managed", "type": "huaweicloud_images_image",
            "change": {"actions": ["create"], "after": after, "after_unknown": unknown}});
        let mut plan = json!({"format_version": "1.2", "resource_changes": [resource]});
        if let Some(expressions) = expressions {
            let resource = json!({"address": "huaweicloud_images_image.x", "provider_config_key": "huaweicloud", "expressions": expressions});
            merge(&mut plan, json!({"configuration": {"root_module": {"resources": [resource]}}}));
        }
        plan.to_string()
    };
    let computed = || {
        json!({"id": true, "backup_id": true, "volume_id": true, "os_version": true, "max_ram": true, "min_ram": true,
        "enterprise_project_id": true, "region": true})
    };
    let open = || json!({"references": ["a.b"]});
    // Of a server.
    let server = json!({"name": "n", "instance_id": "i", "vault_id": "v", "description": "", "tags": {"k": "v"}});
    let body = json!({"name": "n", "instance_id": "i", "vault_id": "v", "image_tags": [{"key": "k", "value": "v"}]});
    let text =
        plan(server.clone(), computed(), Some(json!({"name": {}, "instance_id": {}, "vault_id": {}, "tags": {}})));
    let (case, notes) = first(&text);
    assert_eq!((&case["operation"], &case["body"], notes), (&json!("ims.whole-image"), &body, vec![]));
    assert_eq!(judged(&translated(&text).cases[0]), (Verdict::Allowed, vec![]));
    assert_eq!(translated(&text).cases[0].origin.attribute("/body/image_tags"), Some("tags"));
    // Made in the same plan.
    let mut unknown = computed();
    merge(&mut unknown, json!({"instance_id": true, "vault_id": true}));
    let expressions = json!({"name": {}, "instance_id": open(), "vault_id": open()});
    let text = plan(json!({"name": "n"}), unknown.clone(), Some(expressions));
    assert_eq!(first(&text).0["unknown"], json!(["/body/instance_id", "/body/vault_id"]));
    // Of a backup, known or made in the same plan; the server is computed.
    merge(&mut unknown, json!({"vault_id": false, "backup_id": false}));
    let after = json!({"name": "n", "backup_id": "b", "cmk_id": "k", "is_config": false, "max_ram": 4096});
    let text = plan(after.clone(), unknown.clone(), None);
    assert_eq!(
        first(&text),
        (
            json!({"operation": "ims.whole-image", "unknown": first(&text).0["unknown"],
                "body": {"name": "n", "backup_id": "b", "whole_image_type": "CBR", "max_ram": null, "min_ram": null, "enterprise_project_id": null}}),
            vec!["not-sent", "not-sent"]
        )
    );
    let text = plan(after, unknown.clone(), Some(json!({"name": {}, "backup_id": {}, "cmk_id": {}, "is_config": {}})));
    let (case, notes) = first(&text);
    assert_eq!(
        (&case["body"], notes),
        (&json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR"}), vec!["not-sent"])
    );
    merge(&mut unknown, json!({"backup_id": true}));
    let text = plan(json!({"name": "n"}), unknown.clone(), Some(json!({"name": {}, "backup_id": open()})));
    assert_eq!(
        (&first(&text).0["unknown"], &first(&text).0["body"]["whole_image_type"]),
        (&json!(["/body/backup_id"]), &json!("CBR"))
    );
    // From the system disk of a server, a disk, a file: other requests.
    for (after, expressions) in [
        (json!({"name": "n", "instance_id": "i"}), Some(json!({"name": {}, "instance_id": {}}))),
        (json!({"name": "n", "instance_id": "i", "vault_id": ""}), None),
        (json!({"name": "n", "volume_id": "i"}), Some(json!({"name": {}, "volume_id": {}}))),
        (json!({"name": "n", "image_url": "b:k", "min_disk": 40}), None),
        (json!({"name": "n"}), Some(json!({"name": {}, "instance_id": open()}))),
    ] {
        let text = plan(after, unknown.clone(), expressions);
        let translation = translated(&text);
        assert_eq!((translation.cases.len(), translation.others), (0, 1), "{text}");
    }
    // In a state, the server's image has its backup, and what the provider has filled in is nobody's gift.
    let state = |values: Value| {
        let resource =
            json!({"address": "a.b", "mode": "managed", "type": "huaweicloud_images_image", "values": values});
        json!({"format_version": "1.0", "values": {"root_module": {"resources": [resource]}}}).to_string()
    };
    let mut values = server;
    merge(&mut values, json!({"id": "x", "backup_id": "b", "os_version": "EulerOS", "data_origin": "server_backup,b"}));
    let (case, notes) = first(&state(values));
    assert_eq!((&case["body"], notes), (&body, vec![]));
    let text = state(json!({"name": "n", "id": "x", "instance_id": "i", "data_origin": "instance,i"}));
    assert_eq!((translated(&text).cases.len(), translated(&text).others), (0, 1));
}

#[test]
fn only_what_is_made_is_a_request() {
    let resource = |name: &str, mode: &str, actions: Value| json!({"address": "x", "mode": mode, "type": name, "change": {"actions": actions, "after": {"name": "n"}}});
    let copy = "huaweicloud_images_image_copy";
    let changes = json!([
        resource(copy, "managed", json!(["create"])),
        resource(copy, "managed", json!(["delete", "create"])),
        resource(copy, "managed", json!(["create", "delete"])),
        resource(copy, "managed", json!(["update"])),
        resource(copy, "managed", json!(["delete"])),
        resource(copy, "managed", json!(["no-op"])),
        resource("huaweicloud_vpc", "managed", json!(["create"])),
        resource("huaweicloud_images_image", "data", json!(["read"])),
        7, {"type": 1}, null
    ]);
    let plan = json!({"format_version": "1.2", "resource_changes": changes}).to_string();
    let translation = translated(&plan);
    // What has no type is a resource of another kind; what is no object is none at all.
    assert_eq!((translation.cases.len(), translation.others, translation.idle), (3, 2, 3));
    assert_eq!(
        translation.summary(Locale::ENGLISH),
        "Terraform plan: 3 requests; 2 other resources passed over; \
         3 image resources stay, are updated in place or deleted, without a request"
    );
    let starts: Vec<_> = translation.cases.iter().map(|case| plan[case.origin.start..].starts_with('{')).collect();
    assert_eq!(starts, [true; 3]);
}

/// What Terraform puts off is not in this plan, and nobody may think that it was checked.
#[test]
fn what_is_deferred_is_told() {
    let change = |kind: &str| {
        json!({"reason": "provider_config_unknown", "resource_change": {
            "address": format!("{kind}.late"), "type": kind, "change": {"actions": ["create"], "after": {}}}})
    };
    let mut data = change("huaweicloud_images_image");
    merge(&mut data, json!({"resource_change": {"mode": "data", "change": {"actions": ["read"]}}}));
    let mut deleted = change("huaweicloud_images_image_copy");
    deleted["resource_change"]["change"]["actions"] = json!(["delete"]);
    let mut unsaid = change("huaweicloud_ims_cbr_whole_image");
    unsaid["resource_change"]["change"] = json!({});
    let plan = json!({"format_version": "1.2", "resource_changes": [],
        "deferred_changes": [change("huaweicloud_images_image_copy"), change("random_id"), 1, {}, data, deleted, unsaid]});
    let text = plan.to_string();
    let translation = translate(&text).expect("a plan");
    let notes: Vec<_> = translation.notes.iter().map(|note| (note.kind, note.text(Locale::ENGLISH))).collect();
    assert!(notes.len() == 2 && translation.notes.iter().all(|note| note.is_unread), "{notes:?}");
    assert_eq!(translation.idle, 1);
    assert!(notes[1].1.starts_with("huaweicloud_ims_cbr_whole_image.late is deferred"), "{notes:?}");
    assert!(notes[0].0 == "deferred" && notes[0].1.starts_with("huaweicloud_images_image_copy.late is deferred"));
}

#[test]
fn what_is_sensitive_is_in_no_case_and_no_note() {
    let after = across(
        json!({"name": "hunter2", "agency_name": "hunter2", "source_image_id": "hunter2", "description": "hunter2",
        "kms_key_id": "hunter2", "tags": {"k": "hunter2"}}),
    );
    let marks = ["name", "agency_name", "source_image_id", "description", "kms_key_id"]
        .map(|name| (name.to_owned(), json!(true)));
    let mut marks = Value::Object(marks.into_iter().collect());
    merge(&mut marks, json!({"tags": {"k": true}}));
    let plan = copy(after, json!({"after_sensitive": marks}), json!({"variables": {"p": {"value": "hunter2"}}}));
    let translation = translated(&plan);
    let case = &translation.cases[0];
    assert_eq!(json(case)["unknown"].as_array().map(Vec::len), Some(4));
    let said = format!("{} {:?} {:?}", case.text, case.notes, case.origin);
    assert!(!said.contains("hunter2"), "{said}");
    assert_eq!(judged(case).0, Verdict::Undetermined);
    let all = copy(across(json!({"name": "hunter2"})), json!({"after_sensitive": true}), json!({}));
    assert!(!translated(&all).cases[0].text.contains("hunter2"));
}

#[test]
fn a_state_s_images_are_the_requests_that_would_make_them_again() {
    let resource = |name: &str, values: Value| json!({"address": format!("{name}.x"), "mode": "managed", "type": name, "values": values});
    let state = json!({"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {
        "resources": [
            resource("huaweicloud_vpc", json!({})),
            resource("huaweicloud_images_image_copy", json!({"id": "new", "name": "n", "source_image_id": ID, "region": "cn-north-4",
                "target_region": "cn-east-3", "agency_name": "a", "enterprise_project_id": "0", "kms_key_id": "", "max_ram": 0,
                "tags": {"k": "v"}, "description": ""})),
            {"address": "data.huaweicloud_images_image.b", "mode": "data", "type": "huaweicloud_images_image",
                "values": {"id": ID, "status": "active", "os": "CentOS", "image_type": "IsoImage"}}
        ],
        "child_modules": [{"address": "module.m", "child_modules": [{"resources": [
            resource("huaweicloud_ims_ecs_whole_image", json!({"name": "w", "instance_id": "i", "vault_id": "v", "backup_id": "b"}))
        ]}]}]
    }}})
    .to_string();
    let translation = translated(&state);
    assert_eq!((translation.cases.len(), translation.others), (2, 1));
    assert_eq!(translation.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["state"]);
    let copy = &translation.cases[0];
    assert_eq!(json(copy)["operation"], "ims.cross-region-copy");
    assert_eq!((judged(copy), kinds(copy)), ((Verdict::Denied, vec!["not-iso"]), vec!["project-name"]));
    assert_eq!(json(&translation.cases[1])["body"], json!({"name": "w", "instance_id": "i", "vault_id": "v"}));
}

/// The example of the README: four requests, of which one is refused for its name, and a resource of another kind.
#[test]
fn four_resources_are_four_cases() {
    let plan = include_str!("../../../tests/examples/terraform-plan.json");
    let translation = translated(plan);
    assert_eq!((translation.others, translation.idle, translation.notes.len()), (1, 0, 0));
    let taken = translation.cases.iter().map(|case| {
        let operation = json(case)["operation"].as_str().map(str::to_owned).unwrap_or_default();
        let (verdict, broken) = judged(case);
        (case.origin.name.clone().unwrap_or_default(), operation, kinds(case), verdict, broken)
    });
    let row = |address: &str, operation: &str, notes: &[&'static str], verdict, broken: &[&'static str]| {
        (address.to_owned(), operation.to_owned(), notes.to_vec(), verdict, broken.to_vec())
    };
    let expected = [
        row(
            "huaweicloud_images_image_copy.dr",
            "ims.cross-region-copy",
            &["project-name", "not-sent", "sent-afterwards"],
            Verdict::Undetermined,
            &[],
        ),
        row(
            "module.base.huaweicloud_images_image_copy.local[0]",
            "ims.in-region-copy",
            &[],
            Verdict::Denied,
            &["name"],
        ),
        row("huaweicloud_ims_ecs_whole_image.nightly", "ims.whole-image", &[], Verdict::Allowed, &[]),
        row("huaweicloud_ims_cbr_whole_image.from_backup", "ims.whole-image", &[], Verdict::Undetermined, &[]),
    ];
    assert_eq!(taken.collect::<Vec<_>>(), expected);
    // Any id will do, so nothing hangs on the one that is not known yet.
    assert_eq!(
        (json(&translation.cases[2])["unknown"].clone(), missing(&translation.cases[2])),
        (json!(["/body/instance_id"]), vec![])
    );
    assert_eq!(json(&translation.cases[0])["facts"]["imageObject"]["size_bytes"], 3_221_225_472_u64);
    let origin = &translation.cases[1].origin;
    assert_eq!(origin.attribute("/body/cmk_id"), Some("kms_key_id"));
    let value = |pointer| origin.place(pointer).map(|place| &plan[place]);
    assert_eq!((value("/body/name"), value("/facts/imageObject")), (Some("\"web base/local\""), None));
}

/// What the plan does not know can be given beside it; what it states stays.
#[test]
fn facts_fill_in_what_a_plan_leaves_open() {
    let plan = include_str!("../../../tests/examples/terraform-plan.json");
    let given = json!({
        "sourceRegion": "cn-south-1", "copiesInFlight": 0, "image": {"encrypted": false, "fullEcs": false, "iso": false},
        "backup": {"used": false}, "ecs": {"os": "linux"}
    });
    let mut translation = translated(plan);
    for case in &mut translation.cases {
        case.fill_in(given.as_object().expect("facts"));
    }
    let verdicts: Vec<_> = translation.cases.iter().map(|case| judged(case).0).collect();
    assert_eq!(verdicts, [Verdict::Allowed, Verdict::Denied, Verdict::Allowed, Verdict::Allowed]);
    let facts = json(&translation.cases[0])["facts"].clone();
    assert_eq!((&facts["sourceRegion"], facts.get("backup")), (&json!("cn-north-4"), None));
    // One more running copy than there may be.
    let mut busy = translated(plan);
    busy.cases[0].fill_in(json!({"copiesInFlight": 5}).as_object().expect("facts"));
    assert_eq!(judged(&busy.cases[0]), (Verdict::Denied, vec!["concurrent-limit"]));
}

/// Printed by Terraform itself.
#[test]
fn what_terraform_prints_is_taken() {
    for (text, title, others) in [
        (include_str!("samples/terraform-1.11-plan.json"), "Terraform plan", 6),
        (include_str!("samples/terraform-1.11-replace.json"), "Terraform plan", 6),
        (include_str!("samples/terraform-1.11-state.json"), "Terraform state", 6),
    ] {
        let translation = translated(text);
        let taken = (translation.title.text(Locale::ENGLISH), translation.cases.len(), translation.others);
        assert_eq!(taken, (title, 0, others));
        // With types of the provider in place of the built-in ones, every resource that is made is a request.
        let ours = text.replace("\"terraform_data\"", "\"huaweicloud_images_image_copy\"");
        let translation = translated(&ours);
        assert_eq!((translation.others, translation.cases.len() + translation.idle), (0, 6), "{title}");
        let addresses: Vec<_> = translation.cases.iter().filter_map(|case| case.origin.name.as_deref()).collect();
        assert!(addresses.contains(&"terraform_data.b"), "{addresses:?}");
        assert!(translation.cases.iter().all(|case| !case.text.contains("hunter2")));
    }
    let replaced = include_str!("samples/terraform-1.11-replace.json")
        .replace("\"terraform_data\"", "\"huaweicloud_images_image_copy\"");
    assert_eq!((translated(&replaced).cases.len(), translated(&replaced).idle), (1, 5));
}

#[test]
fn what_cannot_be_read_is_answered_with_what_to_do() {
    for (text, kind, words) in [
        (r#"{"format_version": "2.0", "resource_changes": []}"#, "terraform-version", "2.0"),
        (
            r#"{"version": 4, "terraform_version": "1.9.8", "serial": 1, "lineage": "x", "resources": []}"#,
            "terraform-state-file",
            "show -json",
        ),
        (r#"{"@level":"info","@message":"Terraform 1.9.8","type":"version"}"#, "terraform-log", "show -json"),
        (r#"{"format_version": "1.2", "resource_changes": 7}"#, "json", "sequence"),
        (r#"{"format_version": "1.0", "provider_schemas": {}}"#, "terraform", "resource_changes"),
        ("resource \"huaweicloud_images_image_copy\" \"c\" {\n  name = \"n\"\n}", "hcl", "terraform plan -out="),
        ("# a comment\n\nterraform {\n}", "hcl", "terraform plan -out="),
        (r#"{"//": "x", "resource": {"huaweicloud_images_image_copy": {"c": {}}}}"#, "hcl", "terraform plan -out="),
    ] {
        let refused = refused(text);
        assert_eq!(refused.kind, kind, "{text}");
        assert!(refused.text(Locale::ENGLISH).contains(words), "{refused}");
        assert_ne!(refused.text(Locale::CHINESE), refused.text(Locale::ENGLISH));
    }
    for version in ["0.1", "0.2", "1.0", "1.99"] {
        let plan = json!({"format_version": version, "resource_changes": []}).to_string();
        assert!(translated(&plan).cases.is_empty());
    }
    let errored = translated(r#"{"format_version": "1.2", "planned_values": {}, "errored": true}"#).notes;
    assert_eq!(errored.iter().map(|note| (note.kind, note.is_unread)).collect::<Vec<_>>(), [("plan-errored", true)]);
    let state = translated(r#"{"format_version": "1.0", "terraform_version": "1.9.8"}"#).summary(Locale::ENGLISH);
    assert_eq!(state, "Terraform state: 0 requests");
    // What is printed where there is no state yet.
    assert!(translated(r#"{"format_version": "1.0"}"#).cases.is_empty());
}

/// A plan that nests as deep as it likes, in what is looked at and in what is not.
#[test]
fn a_hostile_plan_is_read_in_bounds() {
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let plan = copy(json!({}), json!({}), json!({})).replace("\"web-base\"", &deep(50));
    assert_eq!(judged(&translated(&plan).cases[0]).0, Verdict::Denied);
    let plan = copy(json!({}), json!({}), json!({})).replace("\"web-base\"", &deep(100_000));
    let translation = translated(&plan);
    assert_eq!((translation.cases.len(), translation.idle, translation.notes.len()), (0, 0, 1));
    assert_eq!((translation.notes[0].kind, translation.notes[0].is_unread), ("unreadable", true));
    let large = copy(json!({}), json!({}), json!({})).replace("\"web-base\"", "1e400");
    assert!(
        translated(&large).notes[0].is_unread
            && translated(&large).notes[0].text(Locale::ENGLISH).contains("too large")
    );
    let state = json!({"format_version": "1.0", "values": {"root_module": {"resources": [
        {"address": "a.b", "mode": "managed", "type": "huaweicloud_images_image_copy", "values": {"name": 0}}]}}});
    let state = state.to_string().replace("\"name\":0", &format!("\"name\":{}", deep(100_000)));
    let notes: Vec<_> = translated(&state).notes.iter().map(|note| (note.kind, note.is_unread)).collect();
    assert_eq!(notes, [("unreadable", true)]);
    // Each of thirty modules gives two variables from two: a thousand million ways to their values.
    let two = json!({"references": ["var.a", "var.b"]});
    let mut module =
        json!({"resources": [{"address": "huaweicloud_images_image_copy.c", "expressions": {"target_region": two}}]});
    let mut address = "huaweicloud_images_image_copy.c".to_owned();
    for _ in 0..30 {
        module = json!({"module_calls": {"m": {"expressions": {"a": two, "b": two}, "module": module}}});
        address = format!("module.m.{address}");
    }
    let configuration = json!({"configuration": {"root_module": module}});
    let plan = copy(json!({}), json!({"after_unknown": {"target_region": true}}), configuration);
    let plan = plan.replace(r#"module.m[0].huaweicloud_images_image_copy.c[\"a.b\"]"#, &address);
    assert_eq!(first(&plan).0["operation"], "ims.cross-region-copy");
    let modules = r#"{"child_modules":["#.repeat(5000) + &"]}".repeat(5000);
    let state = format!(r#"{{"format_version":"1.0","values":{{"root_module":{modules}}}}}"#);
    let translation = translated(&state);
    let notes: Vec<_> = translation.notes.iter().map(|note| (note.kind, note.is_unread)).collect();
    assert_eq!((translation.cases.len(), notes), (0, vec![("unreadable", true)]));
}

/// What is of no form that Terraform prints is not passed over as if it had been checked.
#[test]
fn what_a_plan_or_a_state_does_not_say_is_told() {
    let copy = json!({"address": "huaweicloud_images_image_copy.c", "mode": "managed", "type": "huaweicloud_images_image_copy"});
    let with = |more: Value| {
        let mut resource = copy.clone();
        merge(&mut resource, more);
        resource
    };
    let module = |resources: Value| json!({"root_module": {"resources": resources}});
    for (document, expected) in [
        (
            json!({"resource_changes": [with(json!({"change": {"after": {"name": "n"}}}))]}),
            "huaweicloud_images_image_copy.c cannot",
        ),
        (
            json!({"resource_changes": [with(json!({"change": {"actions": [], "after": {}}}))]}),
            "huaweicloud_images_image_copy.c cannot",
        ),
        (
            json!({"resource_changes": [with(json!({"change": {"actions": 1, "after": {}}}))]}),
            "huaweicloud_images_image_copy.c cannot",
        ),
        (json!({"resource_changes": [copy]}), "huaweicloud_images_image_copy.c cannot"),
        (
            json!({"planned_values": module(json!([with(json!({"values": {"name": "n"}}))]))}),
            "huaweicloud_images_image_copy.c cannot",
        ),
        (json!({"planned_values": module(json!(7))}), "root_module cannot"),
        (json!({"values": module(json!(7))}), "root_module cannot"),
        (json!({"values": module(json!([7]))}), "root_module cannot"),
        (json!({"values": 7}), "root_module cannot"),
        (
            json!({"values": {"root_module": {"child_modules": [{"address": "module.m", "resources": {}}]}}}),
            "module.m cannot",
        ),
    ] {
        let mut text = json!({"format_version": "1.2"});
        merge(&mut text, document);
        let text = text.to_string();
        let translation = translated(&text);
        let notes: Vec<_> =
            translation.notes.iter().map(|note| (note.kind, note.is_unread, note.text(Locale::ENGLISH))).collect();
        assert!((translation.cases.len(), translation.idle) == (0, 0) && notes.len() == 1, "{notes:?} {text}");
        assert!(notes[0].0 == "unreadable" && notes[0].1 && notes[0].2.starts_with(expected), "{notes:?} {text}");
    }
    for whole in
        [json!({"planned_values": module(json!([]))}), json!({"values": module(json!(null))}), json!({"values": {}})]
    {
        let mut text = json!({"format_version": "1.2"});
        merge(&mut text, whole);
        assert!(translated(&text.to_string()).notes.is_empty());
    }
}

/// Terraform and OpenTofu print an object a line while they plan, and none of them is the plan.
#[test]
fn a_log_is_answered_with_the_command_that_prints_a_plan() {
    let line = |program: &str, more: Value| {
        let mut line =
            json!({"@level": "info", "@message": "m", "@module": format!("{program}.ui"), "type": "version"});
        merge(&mut line, more);
        line
    };
    for program in ["terraform", "tofu"] {
        let change = json!({"type": "planned_change", "change": {"action": "create", "resource": {
            "addr": "huaweicloud_images_image_copy.c", "resource_type": "huaweicloud_images_image_copy"}}});
        let [first, second] = [line(program, json!({program: "1.9.8", "ui": "1.2"})), line(program, change)];
        for text in [
            format!("{first}\n"),
            format!("{first}\n{second}\n"),
            format!("{first}\r\n{second}\r\n"),
            format!("\n{first}\n{second}\nError: no\n"),
            format!("{first}\n{second}\n{{\"@level\":\"in"),
        ] {
            assert!(Form::may_begin(text.trim_start().lines().next().expect("a line")));
            let refused = refused(&text);
            assert_eq!(refused.kind, "terraform-log", "{text}");
            assert!(refused.text(Locale::ENGLISH).contains("terraform show -json plan.bin"), "{refused}");
        }
    }
}
