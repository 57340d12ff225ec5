//! The configuration in a plan: which attributes each resource is given, and the region of its provider, through aliases, modules and
//! variables.

use crate::json::{Members, tree};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// The configuration of a plan.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    providers: Map<String, Value>,
    root: Value,
    /// The values of the root's variables.
    variables: Value,
}

/// A configuration with its resources by their addresses, so that each is found at once.
#[derive(Debug)]
pub(crate) struct Index<'c> {
    configuration: &'c Configuration,
    resources: HashMap<String, &'c Value>,
}

/// What the configuration states about one resource.
#[derive(Debug, Default)]
pub(crate) struct Declared<'c> {
    /// The attributes that it is given by expressions whose values may not be known yet; `None` where the configuration does not have
    /// the resource.
    open: Option<HashSet<&'c str>>,
    /// The region of its provider.
    pub(crate) region: Option<String>,
    /// The enterprise project of its provider, which it takes where it has none of its own.
    pub(crate) enterprise_project: Option<String>,
}

impl Declared<'_> {
    /// Whether an attribute that is known after apply is certainly not given: it has no expression, or one whose value is known to
    /// the plan, and then that is null.
    pub(crate) fn lacks(&self, attribute: &str) -> bool {
        self.open.as_ref().is_some_and(|open| !open.contains(attribute))
    }

    /// Whether the configuration has the resource.
    pub(crate) fn is_known(&self) -> bool {
        self.open.is_some()
    }
}

/// How far a variable is followed through modules.
const MAX_STEPS: usize = 32;

/// How many expressions of modules around it are looked at for one attribute: each may name many variables, and each of these leads
/// to another expression.
const MAX_EXPRESSIONS: u32 = 256;

impl Configuration {
    pub(crate) fn of(document: &Members<'_>) -> Self {
        let configuration = tree(document.given("configuration"));
        let part = |name: &str| configuration.get(name).cloned().unwrap_or_default();
        let providers = part("provider_config").as_object().cloned().unwrap_or_default();
        Configuration { providers, root: part("root_module"), variables: tree(document.given("variables")) }
    }

    /// Its resources, by their addresses.
    pub(crate) fn index(&self) -> Index<'_> {
        let mut resources = HashMap::new();
        add(&self.root, "", &mut resources);
        Index { configuration: self, resources }
    }

    fn module(&self, modules: &[&str]) -> Option<&Value> {
        modules.iter().try_fold(&self.root, |module, name| module.get("module_calls")?.get(name)?.get("module"))
    }

    /// A provider by the key that a resource names, and the modules in which it is configured: those of its own or any around it.
    fn provider<'m>(&self, key: &str, modules: &[&'m str]) -> Option<(&Value, Vec<&'m str>)> {
        let name = key.rsplit(':').next().unwrap_or(key);
        let own = self.providers.get(key).map(|provider| {
            let depth =
                provider.get("module_address").and_then(Value::as_str).map_or(0, |address| steps(address).len() / 2);
            (provider, modules.get(..depth).unwrap_or_default().to_vec())
        });
        own.or_else(|| {
            (0..=modules.len()).rev().find_map(|depth| {
                let around = modules.get(..depth)?;
                let prefix = around.iter().map(|name| format!("module.{name}")).collect::<Vec<_>>().join(".");
                let key = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") };
                Some((self.providers.get(&key)?, around.to_vec()))
            })
        })
    }

    /// Whether the value of an expression in a module is known to any plan: a constant, or made of nothing but variables that are. The
    /// root's variables always are.
    fn is_settled(&self, expression: &Value, modules: &[&str], budget: &Cell<u32>) -> bool {
        if expression.get("constant_value").is_some() {
            return true;
        }
        let references = expression.get("references").and_then(Value::as_array);
        let is_settled = |reference: &Value| {
            let Some(name) = reference.as_str().and_then(|name| name.strip_prefix("var.")) else { return false };
            let name = name.split(['.', '[']).next().unwrap_or_default();
            let Some((own, around)) = modules.split_last() else { return true };
            let call = self.module(around).and_then(|module| module.get("module_calls")?.get(own));
            match call.and_then(|call| call.get("expressions")?.get(name)) {
                Some(expression) => {
                    let left = budget.get();
                    budget.set(left.saturating_sub(1));
                    left > 0 && self.is_settled(expression, around, budget)
                }
                None => true,
            }
        };
        references.is_some_and(|references| !references.is_empty() && references.iter().all(is_settled))
    }

    /// The text of an expression in a module: a constant, or a variable that has one.
    fn resolved(&self, expression: &Value, modules: &[&str], step: usize) -> Option<String> {
        if let Some(constant) = expression.get("constant_value") {
            return constant.as_str().map(str::to_owned);
        }
        let [reference] = expression.get("references")?.as_array()?.as_slice() else { return None };
        let name =
            reference.as_str()?.strip_prefix("var.").filter(|name| !name.contains(['.', '[']) && step < MAX_STEPS)?;
        let declared = self.module(modules).and_then(|module| module.get("variables")?.get(name));
        if declared.and_then(|variable| variable.get("sensitive")) == Some(&Value::Bool(true)) {
            return None;
        }
        let default = || declared.and_then(|variable| variable.get("default")?.as_str()).map(str::to_owned);
        match modules.split_last() {
            None => {
                let value = self.variables.get(name).and_then(|variable| variable.get("value")?.as_str());
                value.map(str::to_owned).or_else(default)
            }
            Some((own, around)) => {
                let call = self.module(around).and_then(|module| module.get("module_calls")?.get(own));
                match call.and_then(|call| call.get("expressions")?.get(name)) {
                    Some(expression) => self.resolved(expression, around, step + 1),
                    None => default(),
                }
            }
        }
    }
}

impl Index<'_> {
    /// What the configuration states about the resource at an address.
    pub(crate) fn declared(&self, address: &str) -> Declared<'_> {
        let steps = steps(address);
        let calls = steps.chunks_exact(2).take_while(|pair| pair.first() == Some(&"module"));
        let modules: Vec<&str> = calls.filter_map(|pair| pair.get(1).copied()).collect();
        let own = steps.get(modules.len() * 2..).unwrap_or_default();
        let resource = self.resources.get(&steps.join(".")).copied();
        let expressions = resource.and_then(|resource| resource.get("expressions")?.as_object());
        let key = resource.and_then(|resource| resource.get("provider_config_key")?.as_str());
        let default = own.first().and_then(|name| name.split('_').next()).unwrap_or_default();
        let provider = self.configuration.provider(key.unwrap_or(default), &modules);
        let setting = |name: &str| {
            let (provider, modules) = provider.as_ref()?;
            let expression = provider.get("expressions")?.get(name)?;
            self.configuration.resolved(expression, modules, 0)
        };
        // A variable may be only a part of what is written, so what comes of one has to be a region.
        let is_region = |region: &String| image_preflight::huawei::region(region).is_some();
        let is_constant = provider.as_ref().is_some_and(|(provider, _)| {
            provider.get("expressions").and_then(|all| all.get("region")?.get("constant_value")).is_some()
        });
        let region = setting("region").filter(|region| is_constant || is_region(region));
        let is_open =
            |expression: &Value| !self.configuration.is_settled(expression, &modules, &Cell::new(MAX_EXPRESSIONS));
        let open = expressions.map(|expressions| {
            expressions.iter().filter(|(_, expression)| is_open(expression)).map(|(name, _)| name.as_str()).collect()
        });
        Declared { open, region, enterprise_project: setting("enterprise_project_id") }
    }
}

/// Adds the resources of a module and of those in it.
fn add<'c>(module: &'c Value, prefix: &str, resources: &mut HashMap<String, &'c Value>) {
    for resource in module.get("resources").and_then(Value::as_array).into_iter().flatten() {
        if let Some(address) = resource.get("address").and_then(Value::as_str) {
            resources.insert(format!("{prefix}{address}"), resource);
        }
    }
    for (name, call) in module.get("module_calls").and_then(Value::as_object).into_iter().flatten() {
        if let Some(module) = call.get("module") {
            add(module, &format!("{prefix}module.{name}."), resources);
        }
    }
}

/// The steps of an address, without the indexes of instances: `module.a["x.y"].t.n[0]` has the steps module, a, t, n.
fn steps(address: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (step, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !step.is_empty() {
            steps.push(step);
        }
        rest = match behind.strip_prefix('[') {
            Some(index) => after_index(index),
            None => behind.get(1..).unwrap_or_default(),
        };
    }
    steps
}

/// What follows an index, whose text may have a bracket or an escaped quote in it.
fn after_index(index: &str) -> &str {
    let mut chars = index.chars();
    let mut is_text = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => is_text = !is_text,
            '\\' if is_text => {
                chars.next();
            }
            ']' if !is_text => return chars.as_str(),
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_steps() {
        for (address, expected) in [
            ("a.b", "a b"),
            ("module.m[0].a.b[\"x.y\"]", "module m a b"),
            ("module.m[\"q\\\"].z\"].module.n.a.b", "module m module n a b"),
            ("a.b[", "a b"),
            ("", ""),
        ] {
            assert_eq!(steps(address).join(" "), expected, "{address}");
        }
    }
}
