//! A resource of a plan or a state: its attributes, each absent, known, or not known yet.

use crate::json::{Members, elements};
use crate::terraform::configuration::{Declared, Index};
use serde_json::Value;

/// Which request a resource makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Copy,
    OfServer,
    OfBackup,
    /// An image of any sort: what is given says which, and some make a request that is none of ours.
    Image,
}

/// What a full-ECS image is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Server,
    Backup,
}

/// The providers that have the resources.
const PROVIDERS: [&str; 2] = ["huaweicloud_", "flexibleengine_"];

/// The name of a type without its provider; `None` is one of another provider.
pub(crate) fn without_provider(name: &str) -> Option<&str> {
    PROVIDERS.iter().find_map(|provider| name.strip_prefix(provider))
}

/// The kind of a type of resources.
pub(crate) fn kind_of(name: &str) -> Option<Kind> {
    match without_provider(name)? {
        "images_image_copy" => Some(Kind::Copy),
        "ims_ecs_whole_image" => Some(Kind::OfServer),
        "ims_cbr_whole_image" => Some(Kind::OfBackup),
        // That of the other provider makes no full-ECS images.
        "images_image" if name.starts_with("huaweicloud_") => Some(Kind::Image),
        _ => None,
    }
}

/// An attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Attribute<'r> {
    /// Absent, null, blank or zero: the provider does not send it.
    Absent,
    Known(&'r Value),
    /// Known after apply.
    Later,
    /// Known, but marked as sensitive.
    Sensitive,
}

impl Attribute<'_> {
    pub(crate) fn text(&self) -> Option<&str> {
        if let Attribute::Known(value) = self { value.as_str() } else { None }
    }
}

/// A resource that makes a request.
#[derive(Debug)]
pub(crate) struct Resource<'r> {
    pub(crate) kind: Kind,
    pub(crate) address: String,
    /// Whether it is in a state: the provider has filled in what was not given.
    pub(crate) exists: bool,
    values: Value,
    unknown: Value,
    sensitive: Value,
    pub(crate) declared: Declared<'r>,
}

impl<'r> Resource<'r> {
    /// A resource that a plan creates or replaces; `None` where no image is made.
    pub(crate) fn of_change(kind: Kind, change: &Value, configuration: &'r Index<'_>) -> Option<Self> {
        let address = text(change, "address");
        let change = change.get("change")?;
        let actions = change.get("actions").and_then(Value::as_array)?;
        if !actions.iter().any(|action| action == "create") {
            return None;
        }
        let part = |name: &str| change.get(name).cloned().unwrap_or_default();
        let declared = configuration.declared(&address);
        let (values, unknown, sensitive) = (part("after"), part("after_unknown"), part("after_sensitive"));
        Some(Resource { kind, address, exists: false, values, unknown, sensitive, declared })
    }

    /// A resource that exists.
    pub(crate) fn of_state(kind: Kind, resource: &Value) -> Self {
        let part = |name: &str| resource.get(name).cloned().unwrap_or_default();
        Resource {
            kind,
            address: text(resource, "address"),
            exists: true,
            values: part("values"),
            unknown: Value::Null,
            sensitive: part("sensitive_values"),
            declared: Declared::default(),
        }
    }

    /// An attribute by its name.
    pub(crate) fn get(&self, name: &str) -> Attribute<'_> {
        let marked = |marks: &Value| *marks == Value::Bool(true) || marks.get(name).is_some_and(has_mark);
        if marked(&self.sensitive) && self.values.get(name).is_some_and(|value| !is_left_out(value)) {
            return Attribute::Sensitive;
        }
        // An attribute that the provider computes where it is not given is known after apply even if it is never sent.
        if marked(&self.unknown) {
            return if self.declared.lacks(name) { Attribute::Absent } else { Attribute::Later };
        }
        match self.values.get(name) {
            Some(value) if !is_left_out(value) => Attribute::Known(value),
            _ => Attribute::Absent,
        }
    }

    /// The members of an attribute that is a map, each by itself: one may be known and another not. `None` if it is no map, or is marked
    /// as a whole.
    pub(crate) fn members(&self, name: &str) -> Option<Vec<(&str, Attribute<'_>)>> {
        let marks = |marks: &'_ Value| match marks {
            Value::Bool(true) => None,
            Value::Object(all) => {
                Some(all.get(name).cloned().unwrap_or_default()).filter(|mark| *mark != Value::Bool(true))
            }
            _ => Some(Value::Null),
        };
        let (unknown, sensitive) = (marks(&self.unknown)?, marks(&self.sensitive)?);
        let values = self.values.get(name).and_then(Value::as_object);
        let is_marked = |marks: &Value, key: &str| marks.get(key).is_some_and(has_mark);
        let known = values.into_iter().flatten().map(|(key, value)| {
            let attribute = match value {
                _ if is_marked(&sensitive, key) => Attribute::Sensitive,
                _ if is_marked(&unknown, key) => Attribute::Later,
                value => Attribute::Known(value),
            };
            (key.as_str(), attribute)
        });
        let mut members: Vec<_> = known.collect();
        let later = self.unknown.get(name).and_then(Value::as_object).into_iter().flatten();
        let is_new = |key: &String| values.is_none_or(|values| !values.contains_key(key));
        members.extend(
            later.filter(|(key, mark)| has_mark(mark) && is_new(key)).map(|(key, _)| (key.as_str(), Attribute::Later)),
        );
        (!members.is_empty()).then_some(members)
    }

    /// What it makes a full-ECS image from; `None` is another request. An image is made from a server's disks if there is a vault, which
    /// no other image has, and from a backup if none of its other sources is given.
    pub(crate) fn origin(&self) -> Option<Origin> {
        let is_given = |name: &str| self.get(name) != Attribute::Absent;
        match self.kind {
            Kind::Copy => None,
            Kind::OfServer => Some(Origin::Server),
            Kind::OfBackup => Some(Origin::Backup),
            Kind::Image if is_given("vault_id") => is_given("instance_id").then_some(Origin::Server),
            Kind::Image => {
                // Each source that is not given is computed: known after apply, which only the configuration tells from given.
                let is_backup = match self.get("backup_id") {
                    Attribute::Absent => false,
                    Attribute::Later => {
                        self.declared.is_known() && !["instance_id", "image_url", "volume_id"].into_iter().any(is_given)
                    }
                    Attribute::Known(_) | Attribute::Sensitive => true,
                };
                is_backup.then_some(Origin::Backup)
            }
        }
    }

    /// Whether its request is none of ours: an image from a file, a disk, or the system disk of a server.
    pub(crate) fn makes_another_request(&self) -> bool {
        self.kind == Kind::Image && self.origin().is_none()
    }

    /// A text that is sent even if it is empty.
    pub(crate) fn raw(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }
}

/// What the provider does not send: it cannot distinguish these from absent values.
fn is_left_out(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) => false,
    }
}

/// Whether a mark, of what is unknown or sensitive, is anywhere in a value.
fn has_mark(marks: &Value) -> bool {
    match marks {
        Value::Bool(marked) => *marked,
        Value::Array(elements) => elements.iter().any(has_mark),
        Value::Object(members) => members.values().any(has_mark),
        _ => false,
    }
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// How deep modules may be in one another.
const MAX_MODULES: usize = 64;

/// Calls `each` for every resource of a state's values, those of modules included. Gives the names of the modules that cannot be read
/// as a whole.
pub(crate) fn each<'t>(values: Option<&'t str>, each: &mut dyn FnMut(&Members<'t>, &'t str)) -> Vec<String> {
    let mut unread = Vec::new();
    match values.map(Members::of) {
        None => {}
        Some(Ok(values)) => each_of(values.given("root_module"), each, 0, &mut unread),
        Some(Err(_)) => unread.push("root_module".to_owned()),
    }
    unread
}

fn each_of<'t>(
    module: Option<&'t str>,
    each: &mut dyn FnMut(&Members<'t>, &'t str),
    depth: usize,
    unread: &mut Vec<String>,
) {
    let Some(module) = module else { return };
    let members = Members::of(module).ok();
    let address = members.as_ref().and_then(|module| module.text("address"));
    let mut tell = || unread.push(address.clone().unwrap_or_else(|| "root_module".to_owned()));
    let Some(members) = members.filter(|_| depth < MAX_MODULES) else { return tell() };
    let list = |name: &str| elements(members.given(name).unwrap_or("[]"));
    let (Ok(resources), Ok(children)) = (list("resources"), list("child_modules")) else { return tell() };
    for resource in resources {
        match Members::of(resource) {
            Ok(members) => each(&members, resource),
            Err(_) => tell(),
        }
    }
    for child in children {
        each_of(Some(child), each, depth + 1, unread);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terraform::configuration::Configuration;
    use serde_json::json;

    fn resource(change: &Value) -> Option<Vec<String>> {
        let configuration = Configuration::default();
        let configuration = configuration.index();
        let change = json!({"address": "a.b", "change": change});
        let resource = Resource::of_change(Kind::Copy, &change, &configuration)?;
        Some(["a", "b", "c", "d", "e"].map(|name| format!("{:?}", resource.get(name))).to_vec())
    }

    #[test]
    fn an_attribute_is_absent_known_later_or_nobodys_business() {
        let change = json!({
            "actions": ["delete", "create"],
            "after": {"a": "x", "b": "", "c": null, "e": {"k": "secret"}},
            "after_unknown": {"d": true, "a": false}, "after_sensitive": {"e": {"k": true}, "b": true}
        });
        let known = format!("{:?}", Attribute::Known(&json!("x")));
        assert_eq!(
            resource(&change),
            Some(vec![known, "Absent".into(), "Absent".into(), "Later".into(), "Sensitive".into()])
        );
        for actions in [json!(["no-op"]), json!(["update"]), json!(["delete"]), json!(["read"]), json!([]), json!(1)] {
            assert_eq!(resource(&json!({"actions": actions, "after": {}})), None, "{actions}");
        }
    }

    #[test]
    fn only_four_types_of_two_providers_make_requests() {
        assert_eq!(kind_of("huaweicloud_images_image_copy"), Some(Kind::Copy));
        assert_eq!(kind_of("flexibleengine_images_image_copy"), Some(Kind::Copy));
        assert_eq!(kind_of("huaweicloud_ims_cbr_whole_image"), Some(Kind::OfBackup));
        assert_eq!(kind_of("huaweicloud_images_image"), Some(Kind::Image));
        for other in [
            "flexibleengine_images_image",
            "huaweicloud_images_image_share",
            "aws_ami_copy",
            "images_image_copy",
            "opentelekomcloud_images_image_copy",
            "",
        ] {
            assert_eq!(kind_of(other), None, "{other}");
        }
    }
}
