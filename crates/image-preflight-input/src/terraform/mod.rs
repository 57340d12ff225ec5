//! What `terraform show -json` and `tofu show -json` print of a plan or a state: <https://developer.hashicorp.com/terraform/internals/json-format>.
//!
//! A plan of many megabytes is taken apart as texts; a tree is made of the resources of ours alone, and of the configuration if there
//! are any.

mod configuration;
mod images;
mod request;
mod resource;

use crate::form::Form;
use crate::json::{Members, elements, offset_in};
use crate::koocli::broken;
use crate::translation::{Note, Refused, Translation};
use configuration::Configuration;
use image_preflight::Message;
use images::Images;
use resource::{Kind, Resource, kind_of};
use serde_json::Value;

/// Whether a text begins with a line of the log of `terraform plan -json`.
pub(crate) fn is_log(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| Members::of(line).ok());
    first.is_some_and(|first| first.has("@level") && first.has("@message"))
}

pub(crate) fn translate(text: &str) -> Result<Translation<'_>, Refused> {
    if is_log(text) {
        return Err(Refused::new("terraform-log", LOG, &[]));
    }
    let document = Members::of(text).map_err(|error| broken(&error))?;
    if document.has("lineage") && document.has("serial") {
        return Err(Refused::new("terraform-state-file", STATE_FILE, &[]));
    }
    if document.has("@level") {
        return Err(Refused::new("terraform-log", LOG, &[]));
    }
    if let Some(version) = document.text("format_version")
        && !matches!(version.split('.').next(), Some("0" | "1"))
    {
        return Err(Refused::new("terraform-version", VERSION, &[("version", &version)]));
    }
    if document.has("resource_changes") || document.has("planned_values") {
        plan(text, &document)
    } else if document.has("values") || document.has("terraform_version") || document.names().count() == 1 {
        state(text, &document)
    } else {
        Err(Refused::new("terraform", NEITHER, &[]))
    }
}

const STATE_FILE: Message = Message {
    en: "this is Terraform's own state file, whose format is internal; check what terraform show -json prints of it",
    zh: "这是 Terraform 的状态文件，其格式仅供内部使用；请检查 terraform show -json 的输出",
};

const LOG: Message = Message {
    en: "this is the log of terraform plan -json; check the plan: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json",
    zh: "这是 terraform plan -json 的日志；请检查计划：terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json",
};

const VERSION: Message = Message {
    en: "the format of this plan or state has the version {version}; the versions 0 and 1 are known",
    zh: "该计划或状态的格式版本为 {version}；已知版本为 0 和 1",
};

const NEITHER: Message = Message {
    en: "it is neither a plan nor a state: terraform show -json prints resource_changes, or values",
    zh: "既不是计划也不是状态：terraform show -json 的输出应有 resource_changes 或 values",
};

const PLAN: Message = Message { en: "Terraform plan", zh: "Terraform 计划" };
const STATE: Message = Message { en: "Terraform state", zh: "Terraform 状态" };

const ERRORED: Message = Message {
    en: "the plan ended with an error; it does not have every resource",
    zh: "该计划因错误而中止，其中的资源不完整",
};

const EXISTING: Message = Message {
    en: "a state lists what exists; each image is checked as the request that would make it again",
    zh: "状态列出的是已有资源；对其中每个镜像，按重新创建它的请求进行检查",
};

/// A resource whose values are nested too deeply to be any request's.
fn unreadable(resource: &str) -> Note {
    const UNREADABLE: Message = Message {
        en: "{address} cannot be read: its values are nested too deeply",
        zh: "无法读取 {address}：其取值嵌套过深",
    };
    let address = Members::of(resource).ok().and_then(|members| members.text("address")).unwrap_or_default();
    Note::new("unreadable", UNREADABLE, &[("address", &address)]).unread()
}

const DEFERRED: Message = Message {
    en: "{address} is deferred: Terraform plans it later, and it is not checked here; check the plan that has it",
    zh: "{address} 被推迟，Terraform 稍后才会为其生成计划，此处未检查；请检查包含该资源的计划",
};

fn new(title: Message) -> Translation<'static> {
    Translation { form: Form::Terraform, title, cases: Vec::new(), notes: Vec::new(), others: 0, idle: 0 }
}

fn plan<'t>(text: &'t str, document: &Members<'t>) -> Result<Translation<'t>, Refused> {
    let mut translation = new(PLAN);
    let mut ours = Vec::new();
    for change in elements(document.given("resource_changes").unwrap_or("[]")).map_err(|error| broken(&error))? {
        let Ok(members) = Members::of(change) else { continue };
        if members.text("mode").is_some_and(|mode| mode != "managed") {
            continue;
        }
        match kind_of(&members.text("type").unwrap_or_default()) {
            Some(kind) => ours.push((kind, change)),
            None => translation.others += 1,
        }
    }
    for deferred in elements(document.given("deferred_changes").unwrap_or("[]")).map_err(|error| broken(&error))? {
        let change = Members::of(deferred).ok().and_then(|members| Members::of(members.given("resource_change")?).ok());
        let Some(change) = change else { continue };
        if kind_of(&change.text("type").unwrap_or_default()).is_some() {
            let address = change.text("address").unwrap_or_default();
            translation.notes.push(Note::new("deferred", DEFERRED, &[("address", &address)]).unread());
        }
    }
    if document.get("errored") == Some("true") {
        translation.notes.push(Note::new("plan-errored", ERRORED, &[]).unread());
    }
    if ours.is_empty() {
        return Ok(translation);
    }
    let configuration = Configuration::of(document);
    let configuration = configuration.index();
    let mut images = Images::default();
    let before = document.given("prior_state").map(Members::of).and_then(Result::ok);
    images.read(before.as_ref().and_then(|state| state.given("values")));
    for (kind, change) in ours {
        let Ok(read) = serde_json::from_str::<Value>(change) else {
            translation.notes.push(unreadable(change));
            continue;
        };
        match Resource::of_change(kind, &read, &configuration) {
            Some(resource) if resource.makes_another_request() => translation.others += 1,
            Some(resource) => {
                let start = offset_in(text, change);
                let mut case = request::of(&resource, &images, start);
                let change = Members::of(change).ok().and_then(|members| Members::of(members.given("change")?).ok());
                case.origin.find_places(text, change.and_then(|change| change.given("after")));
                translation.cases.push(case);
            }
            None => translation.idle += 1,
        }
    }
    Ok(translation)
}

fn state<'t>(text: &'t str, document: &Members<'t>) -> Result<Translation<'t>, Refused> {
    let mut translation = new(STATE);
    let mut images = Images::default();
    images.read(document.given("values"));
    let mut ours: Vec<(Kind, &str)> = Vec::new();
    resource::each(document.given("values"), &mut |members, resource| {
        if members.text("mode").is_some_and(|mode| mode != "managed") {
            return;
        }
        match kind_of(&members.text("type").unwrap_or_default()) {
            Some(kind) => ours.push((kind, resource)),
            None => translation.others += 1,
        }
    });
    for (kind, resource) in ours {
        let start = offset_in(text, resource);
        match serde_json::from_str(resource).map(|read| Resource::of_state(kind, &read)) {
            Ok(read) if read.makes_another_request() => translation.others += 1,
            Ok(read) => {
                let mut case = request::of(&read, &images, start);
                let members = Members::of(resource).ok();
                case.origin.find_places(text, members.and_then(|members| members.given("values")));
                translation.cases.push(case);
            }
            Err(_) => translation.notes.push(unreadable(resource)),
        }
    }
    if !translation.cases.is_empty() {
        translation.notes.push(Note::new("state", EXISTING, &[]));
    }
    Ok(translation)
}
