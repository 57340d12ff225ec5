//! Checks that no function of ours in the built WebAssembly module calls a panicking function: a trap would disable a page's checker.
//! The shipped file is searched call by call. In the module `control/panics.rs`, which contains such calls, they must be found: the
//! names are those of the compiler and the standard library, and may change with either.
//!
//! All functions of ours are checked, including closures and functions called through a table, because each has a name of ours and a
//! body. Not checked are functions of other crates, which may panic themselves, and failing allocations (`capacity_overflow`,
//! `handle_alloc_error`), which can occur wherever a text is created. The former are covered by fuzzing and property tests, the latter
//! by the bounds on input.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use wasmparser::{KnownCustom, Name, Operator, Parser, Payload, TypeRef};

/// Prefixes of the names of panicking functions.
pub(crate) const PANICS: [&str; 12] = [
    "core::panicking::",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::result::unwrap_failed",
    "core::slice::index::slice_",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::str::slice_error_fail",
    "core::cell::panic_",
    "core::slice::sort::shared::smallsort::panic_on_ord_violation",
    "alloc::vec::Vec<_, _>>::insert_mut::assert_failed",
    "std::panicking::",
    "std::thread::local::panic_access_error",
];

/// The crates whose functions must not call them.
const OURS: [&str; 2] = ["image_preflight::", "image_preflight_wasm::"];

/// Rust modules whose functions are not searched in the WebAssembly module that has them: they keep `BTreeMap`s, whose own invariants
/// are panics that the compiler draws into them. The lints of `lib.rs` forbid panics of their own, and `tests/native/plan.rs` and
/// `job.rs` run them at random.
pub(crate) const WITH_TREES: [&str; 2] = ["image_preflight::plan::", "image_preflight::job::"];

/// The calls of panicking functions by ours, as `caller calls callee`; and the number of our functions. Functions of the Rust modules
/// `skipped` are not searched.
pub(crate) fn calls(module: &[u8], skipped: &[&str]) -> Result<(Vec<String>, usize), String> {
    let mut names = BTreeMap::new();
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(|error| error.to_string())? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(|error| error.to_string())?;
                    imported += u32::from(matches!(import.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(sections) = section.as_known() else { continue };
                for section in sections {
                    let Name::Function(functions) = section.map_err(|error| error.to_string())? else { continue };
                    for function in functions {
                        let function = function.map_err(|error| error.to_string())?;
                        names.insert(function.index, plain(function.name));
                    }
                }
            }
            _ => {}
        }
    }
    let is_ours = |name: &str| {
        let begins = |prefix: &&str| name.trim_start_matches('<').starts_with(*prefix);
        OURS.iter().any(begins) && !skipped.iter().any(begins)
    };
    let (mut found, mut count) = (Vec::new(), 0);
    for (index, body) in (imported..).zip(bodies) {
        let Some(caller) = names.get(&index).filter(|name| is_ours(name)) else { continue };
        count += 1;
        let operators = body.get_operators_reader().map_err(|error| error.to_string())?;
        for operator in operators {
            let (Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index }) = operator.map_err(|error| error.to_string())?
            else {
                continue;
            };
            let callee = names.get(&function_index).map_or("", String::as_str);
            if PANICS.iter().any(|panics| callee.trim_start_matches('<').starts_with(panics)) {
                found.push(format!("{caller} calls {callee}"));
            }
        }
    }
    found.dedup();
    Ok((found, count))
}

/// The functions of `control/panics.rs` that must be found, and its Rust module, which must not be found where it is skipped.
const CONTROL: [&str; 13] = [
    "explicit",
    "index",
    "unwrap",
    "expect",
    "result",
    "slice",
    "part_of_a_text",
    "borrow",
    "copy",
    "division",
    "insert",
    "unreachable",
    "plan",
];

/// Builds the control module like the shipped one, and checks that exactly its panics are found.
pub(crate) fn are_found(sources: &Path, folder: &Path, target: &str, bind: Bind<'_>) -> Result<(), String> {
    let built = folder.join("image_preflight_panics.wasm");
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let output = Command::new("rustc")
        .args(["--edition", "2024", "--crate-name", "image_preflight", "--target", target])
        .args(["-C", "opt-level=s", "-C", "panic=abort", "-C", "lto=fat", "-C", "codegen-units=1"])
        // With reference types, wasm-bindgen requires functions of its own library.
        .args(["-C", "target-feature=-reference-types", "-o"])
        .arg(&built)
        .arg(sources.join("control/panics.rs"))
        .output()
        .map_err(|error| format!("rustc: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let module = std::fs::read(bind(&built, folder)?).map_err(|error| error.to_string())?;
    let (found, _) = calls(&module, &[])?;
    let (other, _) = calls(&module, &WITH_TREES)?;
    let overlooked: Vec<_> = CONTROL.into_iter().filter(|name| !is_among(&found, name)).collect();
    let skipped: Vec<_> = CONTROL.into_iter().filter(|name| !is_among(&other, name)).collect();
    match (overlooked.as_slice(), skipped.as_slice(), is_among(&found, "harmless")) {
        ([], ["plan"], false) => Ok(()),
        ([], ["plan"], true) => Err("a function that cannot panic is reported".to_owned()),
        ([], skipped, _) => Err(format!("skipped instead of the module plan: {}", skipped.join(", "))),
        (overlooked, ..) => Err(format!("not found in a module that has them: {}", overlooked.join(", "))),
    }
}

/// Whether a call is one of this function, or of this Rust module.
fn is_among(calls: &[String], name: &str) -> bool {
    // The name is followed by the compiler's hash, or by those of the module's functions.
    let caller =
        |call: &String| call.split_once(" calls ").and_then(|(caller, _)| caller.split("::").nth(1)) == Some(name);
    calls.iter().any(caller)
}

/// Binds a module (its file, and an output folder) like the shipped one, and returns the path of the result.
pub(crate) type Bind<'b> = &'b dyn Fn(&Path, &Path) -> Result<std::path::PathBuf, String>;

/// A name without the hashes of its crates.
pub(crate) fn plain(name: &str) -> String {
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, hash)) = rest.split_once('[') {
        out.push_str(before);
        match hash.split_once(']') {
            Some((digits, after)) if digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                rest = after;
            }
            _ => {
                out.push('[');
                rest = hash;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_loses_its_hashes_and_nothing_else() {
        assert_eq!(plain("core[c5930c85a12de822]::panicking::panic"), "core::panicking::panic");
        assert_eq!(plain("<[T]>::sort"), "<[T]>::sort");
    }
}
