//! Panics in the built WebAssembly module: no function of ours may call what panics. A trap takes a page's checker down, so this
//! is looked for in the file that is shipped, call by call.

use std::collections::BTreeMap;
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
            let Operator::Call { function_index } = operator.map_err(|error| error.to_string())? else { continue };
            let callee = names.get(&function_index).map_or("", String::as_str);
            if PANICS.iter().any(|panics| callee.trim_start_matches('<').starts_with(panics)) {
                found.push(format!("{caller} calls {callee}"));
            }
        }
    }
    found.dedup();
    Ok((found, count))
}

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
