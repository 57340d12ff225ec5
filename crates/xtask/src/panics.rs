//! Panics in the built WebAssembly module: no function of ours may call what panics. A trap takes a page's checker down, so this
//! is looked for in the file that is shipped, call by call. `control/panics.rs` is a module in which such calls are known to be, and
//! in which they must be found: the names are the compiler's and the standard library's, and may change with either.
//!
//! What is looked at: every function of ours, closures and what is called through a table included, because each has a name of ours and
//! a body. What is not: functions of other crates that ours call, where they panic by themselves; and an allocation that fails
//! (`capacity_overflow`, `handle_alloc_error`), which every function may meet that makes a text, and nothing can answer. Against
//! the first there are the fuzzers and the laws, against the second the bounds on what is read.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use wasmparser::{KnownCustom, Name, Operator, Parser, Payload, TypeRef};

/// What panics, by the beginning of its name behind its crate.
const PANICS: [&str; 12] = [
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

/// Whose functions must not.
const OURS: [&str; 2] = ["image_preflight::", "image_preflight_wasm::"];

/// What is called by ours and panics, as `caller calls callee`; and how many functions of ours there are.
pub(crate) fn calls(module: &[u8]) -> Result<(Vec<String>, usize), String> {
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
    let is_ours = |name: &str| OURS.iter().any(|ours| name.trim_start_matches('<').starts_with(ours));
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

/// The functions of `control/panics.rs` that must be found, by what they do.
const CONTROL: [&str; 12] = [
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
];

/// Builds the control like the module, in this folder, and looks whether each of its panics is found, and no other.
pub(crate) fn are_found(sources: &Path, folder: &Path, target: &str, bind: Bind<'_>) -> Result<(), String> {
    let built = folder.join("image_preflight_panics.wasm");
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let output = Command::new("rustc")
        .args(["--edition", "2024", "--crate-name", "image_preflight", "--target", target])
        .args(["-C", "opt-level=s", "-C", "panic=abort", "-C", "lto=fat", "-C", "codegen-units=1"])
        // With them, wasm-bindgen asks for functions that only its own library has.
        .args(["-C", "target-feature=-reference-types", "-o"])
        .arg(&built)
        .arg(sources.join("control/panics.rs"))
        .output()
        .map_err(|error| format!("rustc: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let (found, _) = calls(&std::fs::read(bind(&built, folder)?).map_err(|error| error.to_string())?)?;
    let callers: Vec<_> =
        found.iter().filter_map(|call| call.split_once(" calls ")).map(|(caller, _)| caller).collect();
    // Behind its name stands the compiler's hash.
    let is_found = |name: &str| callers.iter().any(|caller| caller.split("::").nth(1) == Some(name));
    let overlooked: Vec<_> = CONTROL.into_iter().filter(|name| !is_found(name)).collect();
    match (overlooked.as_slice(), is_found("harmless")) {
        ([], false) => Ok(()),
        ([], true) => Err("a function that cannot panic is said to".to_owned()),
        (overlooked, _) => Err(format!("not found in a module that has them: {}", overlooked.join(", "))),
    }
}

/// Does to a module (its file, and a folder for what comes of it) what is done to the one that is shipped, and says where it is then.
pub(crate) type Bind<'b> = &'b dyn Fn(&Path, &Path) -> Result<std::path::PathBuf, String>;

/// A name without the hashes of its crates.
fn plain(name: &str) -> String {
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
