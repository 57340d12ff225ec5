//! Leaves out of a WebAssembly module what a panic would print. In a page there is nowhere to print it: the panic is a trap either way.
//! The compiler cannot know that, so that the module would have the standard library's whole formatting.

use crate::panics::{PANICS, plain};
use regex::bytes::Regex;
use std::collections::HashSet;
use walrus::ir::{Call, ReturnCall, dfs_in_order};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module};

/// Parts of the names of functions that format text.
const FORMATS: [&str; 2] = ["core::fmt::", "alloc::fmt::"];

/// Parts of the names of functions that a panic runs, beside [`PANICS`].
const REPORTS: [&str; 3] = ["core::panic::", "std::alloc::rust_oom", "std::sys::backtrace"];

/// The paths of the sources of the standard library, and of packages.
const SOURCES: &str = r"(?-u)/(rustc/[0-9a-f]{40}/library|packages/registry/src)/[0-9A-Za-z_./-]+?\.rs";

/// Replaces the functions that panic, and those that format text, by a trap. It is an error if others than those which panic format
/// text: such a module would trap where it should answer.
pub(crate) fn trimmed(module: &[u8]) -> Result<Vec<u8>, String> {
    let mut module = Module::from_buffer(module).map_err(|error| error.to_string())?;
    let functions = module.funcs.iter_local().map(|(id, _)| id);
    let named = |id: &FunctionId| plain(module.funcs.get(*id).name.as_deref().unwrap_or_default());
    let (mut panics, mut formats) = (HashSet::new(), HashSet::new());
    for id in functions {
        let name = named(&id);
        if PANICS.iter().any(|of| name.trim_start_matches('<').starts_with(of))
            || REPORTS.iter().any(|of| name.contains(of))
        {
            panics.insert(id);
        } else if FORMATS.iter().any(|of| name.contains(of)) {
            formats.insert(id);
        }
    }
    let (mut printing, mut left) = (Vec::new(), 0);
    for (id, function) in module.funcs.iter_local().filter(|(id, _)| !panics.contains(id) && !formats.contains(id)) {
        left += 1;
        let called = calls(function).into_iter().filter(|callee| formats.contains(callee));
        printing.extend(called.map(|callee| format!("{} calls {}", named(&id), named(&callee))));
    }
    if !printing.is_empty() {
        return Err(format!(
            "functions format text, for which the module is to have no code:\n{}",
            printing.join("\n")
        ));
    }
    if panics.len() < 3 || formats.len() < 3 || left < 100 {
        return Err("too few functions have the names that are known: they may have changed".to_owned());
    }
    for id in panics.into_iter().chain(formats) {
        let of = module.types.get(module.funcs.get(id).ty());
        let (params, results) = (of.params().to_vec(), of.results().to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &params, &results);
        trap.func_body().unreachable();
        let params = params.into_iter().map(|of| module.locals.add(of)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(params));
    }
    // Where in the sources a panic is, which only its message says.
    let files = Regex::new(SOURCES).map_err(|error| error.to_string())?;
    let all: Vec<_> = module.data.iter().map(walrus::Data::id).collect();
    for data in all {
        let data = module.data.get_mut(data);
        let places: Vec<_> = files.find_iter(&data.value).map(|found| found.range()).collect();
        places.into_iter().flatten().for_each(|place| data.value[place] = 0);
    }
    walrus::passes::gc::run(&mut module);
    Ok(module.emit_wasm())
}

/// The functions that a function calls by name.
fn calls(function: &LocalFunction) -> Vec<FunctionId> {
    struct Calls(Vec<FunctionId>);
    impl<'i> walrus::ir::Visitor<'i> for Calls {
        fn visit_call(&mut self, call: &Call) {
            self.0.push(call.func);
        }

        fn visit_return_call(&mut self, call: &ReturnCall) {
            self.0.push(call.func);
        }
    }
    let mut found = Calls(Vec::new());
    dfs_in_order(&mut found, function, function.entry_block());
    found.0
}
