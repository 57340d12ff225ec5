//! The request that a resource makes, as the provider's source does it (huaweicloud/terraform-provider-huaweicloud, 2026-08): which
//! operation, which attributes are sent under which names, and which are not sent at all.

use crate::operation::reads_source_region;
use crate::terraform::images::Images;
use crate::terraform::resource::{self, Attribute, Kind, Resource};
use crate::translation::{Draft, Note, Origin, TranslatedCase, segment};
use image_preflight::Message;
use serde_json::{Value, json};

const CROSS_REGION: &str = "ims.cross-region-copy";
const IN_REGION: &str = "ims.in-region-copy";
const WHOLE_IMAGE: &str = "ims.whole-image";

/// The attributes of a copy that have a place in its request, by operation.
const SENT_ACROSS: [(&str, &str); 3] = [("name", "name"), ("agency_name", "agency_name"), ("vault_id", "vault_id")];
const SENT_WITHIN: [(&str, &str); 3] =
    [("name", "name"), ("kms_key_id", "cmk_id"), ("enterprise_project_id", "enterprise_project_id")];

/// Those that the provider silently omits.
const DROPPED_ACROSS: [&str; 2] = ["kms_key_id", "enterprise_project_id"];
const DROPPED_WITHIN: [&str; 2] = ["agency_name", "vault_id"];

/// Those of a copy that further calls set once the image is there.
const AFTERWARDS: [&str; 3] = ["tags", "max_ram", "min_ram"];

const OF_WHOLE_IMAGE: [&str; 7] =
    ["name", "instance_id", "backup_id", "vault_id", "max_ram", "min_ram", "enterprise_project_id"];

/// The case of a resource.
pub(crate) fn of(resource: &Resource<'_>, images: &Images, start: usize) -> TranslatedCase<'static> {
    let mut draft = Draft::new(WHOLE_IMAGE, Origin::at(start));
    draft.origin.name = Some(resource.address.clone());
    match resource.origin() {
        None => copy(resource, images, &mut draft),
        Some(origin) => whole_image(resource, origin, &mut draft),
    }
    // The provider sends it even where it is empty, but for an image of any sort.
    match (resource.get("description"), resource.raw("description")) {
        (Attribute::Absent, Some(empty)) if resource.kind != Kind::Image => {
            draft.body.insert("description".to_owned(), empty.clone());
            draft.is_from("/body/description", "description");
        }
        (attribute, _) => put(&mut draft, "body", "description", "description", &attribute),
    }
    draft.finish()
}

/// Puts an attribute into its place.
fn put(draft: &mut Draft, section: &str, field: &str, name: &str, attribute: &Attribute<'_>) {
    let pointer = format!("/{section}/{}", segment(field));
    let value = match attribute {
        Attribute::Absent => return,
        Attribute::Known(value) => (*value).clone(),
        Attribute::Later => Value::Null,
        Attribute::Sensitive => {
            draft.note("sensitive", SENSITIVE, &[("attribute", name)]);
            Value::Null
        }
    };
    if value.is_null() {
        draft.set_unknown(pointer.clone());
    }
    draft.is_from(&pointer, name);
    let members = if section == "path" { &mut draft.path } else { &mut draft.body };
    members.insert(field.to_owned(), value);
}

const SENSITIVE: Message = Message {
    en: "{attribute} is marked as sensitive; its value is not read, and counts as not known yet",
    zh: "{attribute} 标记为敏感，不读取其取值，按尚未确定处理",
};

fn copy(resource: &Resource<'_>, images: &Images, draft: &mut Draft) {
    let id = resource.get("source_image_id");
    put(draft, "path", "image_id", "source_image_id", &id);
    let image = id.text().and_then(|id| images.get(id));
    let source = source_region(resource, image.and_then(|image| image.region.clone()));
    let target = resource.get("target_region");
    let is_within = match (&target, &source) {
        (Attribute::Absent, _) => true,
        (Attribute::Known(target), Some((source, _))) => target.as_str() == Some(source.as_str()),
        _ => false,
    };
    if let Some(image) = image {
        draft.is_from("/facts/imageObject", &image.address);
        draft.is_from("/facts/image", &image.address);
        draft.facts.insert("imageObject".to_owned(), Value::Object(image.object.clone()));
    }
    let (operation, sent, dropped) = match is_within {
        true => (IN_REGION, SENT_WITHIN, DROPPED_WITHIN),
        false => (CROSS_REGION, SENT_ACROSS, DROPPED_ACROSS),
    };
    operation.clone_into(&mut draft.operation);
    if let Some((region, attribute)) = source.filter(|_| reads_source_region(operation)) {
        draft.facts.insert("sourceRegion".to_owned(), region.into());
        draft.is_from("/facts/sourceRegion", &attribute);
    } else if !is_within {
        match resource.get("region") {
            Attribute::Sensitive => draft.note("sensitive", SENSITIVE, &[("attribute", "region")]),
            Attribute::Later if resource.declared.is_known() => draft.note("region-unknown", REGION_UNKNOWN, &[]),
            _ => draft.note("region-of-provider", NO_REGION, &[]),
        }
    }
    for (name, field) in sent {
        put(draft, "body", field, name, &resource.get(name));
    }
    if is_within {
        if target != Attribute::Absent {
            draft.note("target-is-source", WITHIN, &[]);
        }
    } else {
        for field in ["region", "project_name"] {
            put(draft, "body", field, "target_region", &target);
        }
        draft.note("project-name", PROJECT_NAME, &[]);
        if matches!(target, Attribute::Later | Attribute::Sensitive) {
            draft.note("target-unknown", TARGET_UNKNOWN, &[]);
        }
    }
    // In a state, the enterprise project is what the image has, whoever gave it.
    for name in dropped.into_iter().filter(|name| !(resource.exists && *name == "enterprise_project_id")) {
        if resource.get(name) != Attribute::Absent {
            let template = if is_within { DROPPED_HERE } else { DROPPED_THERE };
            draft.note("not-sent", template, &[("attribute", name)]);
        }
    }
    let afterwards: Vec<&str> = AFTERWARDS.into_iter().filter(|name| resource.get(name) != Attribute::Absent).collect();
    if !afterwards.is_empty() && !resource.exists {
        draft.notes.push(Note::new("sent-afterwards", SENT_AFTERWARDS, &[]).with_list("attributes", afterwards));
    }
}

const NO_REGION: Message = Message {
    en: "the region of the provider is not in the plan: it comes from the environment, or is known after apply",
    zh: "计划中没有 provider 的区域：它来自环境变量，或在执行后才能确定",
};

const REGION_UNKNOWN: Message = Message {
    en: "region, where the image is copied from, is known after apply",
    zh: "镜像所在区域 region 在执行后才能确定",
};

const WITHIN: Message = Message {
    en: "target_region is the region of the image, so the provider makes a copy within the region",
    zh: "target_region 即镜像所在区域，provider 会执行区域内复制",
};

const PROJECT_NAME: Message = Message {
    en: "the provider sends target_region as project_name too: a project other than the region's own cannot be reached",
    zh: "provider 将 target_region 同时作为 project_name 发送，因此无法复制到区域默认项目以外的项目",
};

const TARGET_UNKNOWN: Message = Message {
    en: "target_region is not known yet; the findings are those of a copy to another region, and do not hold if it turns out to be the \
         region of the image",
    zh: "target_region 尚未确定；以下按跨区域复制检查，若其取值为镜像所在区域则不适用",
};

const DROPPED_THERE: Message = Message {
    en: "{attribute} is not sent with a copy to another region: the provider silently omits it",
    zh: "跨区域复制时 provider 不发送 {attribute}，且不作任何提示",
};

const DROPPED_HERE: Message = Message {
    en: "{attribute} is not sent with a copy within the region: the provider silently omits it",
    zh: "区域内复制时 provider 不发送 {attribute}，且不作任何提示",
};

const SENT_AFTERWARDS: Message = Message {
    en: "{attributes}: set by further calls after the copy, which are not checked",
    zh: "{attributes}：复制完成后由其他请求设置，未作检查",
};

/// The region that the image is copied from, with the attribute that gives it.
fn source_region(resource: &Resource<'_>, of_image: Option<String>) -> Option<(String, String)> {
    let provider = || resource.declared.region.clone().map(|region| (region, "provider region".to_owned()));
    match resource.get("region") {
        Attribute::Known(region) => region.as_str().map(|region| (region.to_owned(), "region".to_owned())),
        // The plan has it as known after apply where the provider fills it in; only a value of the resource's own is really unknown.
        Attribute::Later if resource.declared.is_known() => None,
        Attribute::Sensitive => None,
        Attribute::Absent | Attribute::Later => {
            provider().or_else(|| of_image.map(|region| (region, "region of the image".to_owned())))
        }
    }
}

/// Attributes of an image of any sort that are for the other sorts. The provider fills in the version of the system.
const OF_OTHER_IMAGES: [&str; 5] = ["cmk_id", "type", "min_disk", "is_config", "os_version"];

const DROPPED_WHOLE: Message = Message {
    en: "{attribute} is not sent for a full-ECS image: the provider silently omits it",
    zh: "制作整机镜像时 provider 不发送 {attribute}，且不作任何提示",
};

fn whole_image(resource: &Resource<'_>, origin: resource::Origin, draft: &mut Draft) {
    for name in OF_WHOLE_IMAGE {
        // A server's image has the backup that it was made with as an attribute of its own.
        let is_of_origin = match origin {
            resource::Origin::Server => name != "backup_id",
            resource::Origin::Backup => name != "instance_id" && name != "vault_id",
        };
        if is_of_origin {
            put(draft, "body", name, name, &resource.get(name));
        }
    }
    if origin == resource::Origin::Backup {
        draft.body.insert("whole_image_type".to_owned(), "CBR".into());
        draft.is_from("/body/whole_image_type", "(always sent)");
    }
    if let (Attribute::Absent, Some(project)) =
        (resource.get("enterprise_project_id"), &resource.declared.enterprise_project)
    {
        draft.body.insert("enterprise_project_id".to_owned(), project.clone().into());
        draft.is_from("/body/enterprise_project_id", "provider enterprise_project_id");
    }
    match resource.members("tags") {
        Some(tags) => {
            for (index, (key, value)) in tags.iter().enumerate() {
                let pointer = format!("/body/image_tags/{index}/value");
                match value {
                    Attribute::Known(_) | Attribute::Absent => {}
                    Attribute::Later => draft.set_unknown(pointer),
                    Attribute::Sensitive => {
                        draft.note("sensitive", SENSITIVE, &[("attribute", &format!("tags.{key}"))]);
                        draft.set_unknown(pointer);
                    }
                }
            }
            let tag = |(key, value): (&str, Attribute<'_>)| match value {
                Attribute::Known(value) => json!({"key": key, "value": value}),
                _ => json!({"key": key}),
            };
            draft.body.insert("image_tags".to_owned(), tags.into_iter().map(tag).collect());
            draft.is_from("/body/image_tags", "tags");
        }
        None => put(draft, "body", "image_tags", "tags", &resource.get("tags")),
    }
    if resource.kind == Kind::Image {
        for name in OF_OTHER_IMAGES.into_iter().filter(|name| !(resource.exists && *name == "os_version")) {
            if !matches!(resource.get(name), Attribute::Absent | Attribute::Known(Value::Bool(false))) {
                draft.note("not-sent", DROPPED_WHOLE, &[("attribute", name)]);
            }
        }
    }
}
