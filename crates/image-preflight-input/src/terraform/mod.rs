//! What `terraform show -json` and `tofu show -json` print of a plan or a state: <https://developer.hashicorp.com/terraform/internals/json-format>.
//!
//! A plan of many megabytes is taken apart as texts; a tree is made of the resources of ours alone, and of the configuration if there
//! are any.

mod configuration;
mod images;
mod request;
mod resource;

use crate::form::Form;
use crate::json::{Members, elements, first, offset_in};
use crate::koocli::broken;
use crate::translation::{Note, Refused, Translation};
use configuration::Configuration;
use image_preflight::Message;
use images::Images;
use resource::{Kind, Resource, kind_of};
use serde_json::Value;

pub(crate) fn translate(text: &str) -> Result<Translation<'_>, Refused> {
    // A log has an object a line.
    if first(text).is_some_and(|(line, _)| Members::of(line).is_ok_and(|members| is_log(&members))) {
        return Err(Refused::new("terraform-log", LOG, &[]));
    }
    let document = Members::of(text).map_err(|error| broken(&error))?;
    if document.has("lineage") && document.has("serial") {
        return Err(Refused::new("terraform-state-file", STATE_FILE, &[]));
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

/// Whether an object is a line of what `terraform plan -json` prints while it runs.
pub(crate) fn is_log(members: &Members<'_>) -> bool {
    ["@level", "@message"].iter().all(|name| members.has(name))
}

const STATE_FILE: Message = Message {
    en: "this is Terraform's own state file, whose format is internal; check what terraform show -json prints of it",
    zh: "这是 Terraform 的状态文件，其格式仅供内部使用；请检查 terraform show -json 的输出",
};

const LOG: Message = Message {
    en: "this is the log that terraform plan -json or tofu plan -json prints, and it does not have the plan; check what terraform show -json prints: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json",
    zh: "这是 terraform plan -json 或 tofu plan -json 输出的日志，其中没有计划内容；请检查 terraform show -json 的输出：terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json",
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
    en: "the plan ended with an error and does not have every resource; correct the error and check the plan again",
    zh: "该计划因错误而中止，其中的资源不完整；请解决错误后重新检查计划",
};

const EXISTING: Message = Message {
    en: "a state lists what exists; each image is checked as the request that would make it again",
    zh: "状态列出的是已有资源；对其中每个镜像，按重新创建它的请求进行检查",
};

/// A resource of ours that is not checked.
fn unread(kind: &'static str, template: Message, address: &str) -> Note {
    Refused::new(kind, template, &[("address", address)]).into_note()
}

/// A resource whose values are no request's: nested too deeply, or with a number that nothing can have.
fn unreadable(resource: &str) -> Note {
    const UNREADABLE: Message = Message {
        en: "{address} cannot be read: its values are nested too deeply, or a number in them is too large",
        zh: "无法读取 {address}：其取值嵌套过深，或其中有过大的数字",
    };
    let address = Members::of(resource).ok().and_then(|members| members.text("address")).unwrap_or_default();
    unread("unreadable", UNREADABLE, &address)
}

const MODULE: Message = Message {
    en: "{address} cannot be read: its resources are no list of objects, or it is nested too deeply",
    zh: "无法读取 {address}：其资源不是对象列表，或嵌套过深",
};

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
    if document.given("resource_changes").is_none() {
        // What Terraform prints has both; here somebody has left one of them out.
        let mut addresses = Vec::new();
        let unread_modules = resource::each(document.given("planned_values"), &mut |members, _| {
            let is_managed = members.text("mode").is_none_or(|mode| mode == "managed");
            if is_managed && kind_of(&members.text("type").unwrap_or_default()).is_some() {
                addresses.push(members.text("address").unwrap_or_default());
            }
        });
        translation.notes.extend(unread_modules.iter().map(|module| unread("unreadable", MODULE, module)));
        translation.notes.extend(addresses.iter().map(|address| unread("unreadable", NO_ACTIONS, address)));
    }
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
        let is_data = change.text("mode").is_some_and(|mode| mode != "managed");
        if kind_of(&change.text("type").unwrap_or_default()).is_none() || is_data {
            continue;
        }
        // What is only updated or deleted later makes no request then either.
        match actions(&change) {
            Some(actions) if !actions.iter().any(|action| action == "create") => translation.idle += 1,
            _ => {
                let address = change.text("address").unwrap_or_default();
                translation.notes.push(unread("deferred", DEFERRED, &address));
            }
        }
    }
    if document.get("errored") == Some("true") {
        translation.notes.push(unread("plan-errored", ERRORED, ""));
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
            None if Members::of(change).ok().and_then(|members| actions(&members)).is_none() => {
                let address = read.get("address").and_then(Value::as_str).unwrap_or_default();
                translation.notes.push(unread("unreadable", NO_ACTIONS, address));
            }
            None => translation.idle += 1,
        }
    }
    Ok(translation)
}

/// What a plan does with a resource; `None` where it does not say.
fn actions(change: &Members<'_>) -> Option<Vec<String>> {
    let change = Members::of(change.given("change")?).ok()?;
    let actions: Vec<String> = serde_json::from_str(change.given("actions")?).ok()?;
    (!actions.is_empty()).then_some(actions)
}

const NO_ACTIONS: Message = Message {
    en: "{address} cannot be read: the plan does not say what is done with it",
    zh: "无法读取 {address}：计划中没有说明对其执行的操作",
};

fn state<'t>(text: &'t str, document: &Members<'t>) -> Result<Translation<'t>, Refused> {
    let mut translation = new(STATE);
    let mut images = Images::default();
    images.read(document.given("values"));
    let mut ours: Vec<(Kind, &str)> = Vec::new();
    let unread_modules = resource::each(document.given("values"), &mut |members, resource| {
        if members.text("mode").is_some_and(|mode| mode != "managed") {
            return;
        }
        match kind_of(&members.text("type").unwrap_or_default()) {
            Some(kind) => ours.push((kind, resource)),
            None => translation.others += 1,
        }
    });
    translation.notes.extend(unread_modules.iter().map(|module| unread("unreadable", MODULE, module)));
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
