//! The third-party notices of the npm package: the texts of the licences of all packages that are linked into the WebAssembly modules.
//! They are generated from cargo's dependency tree and the fetched sources, so that the same lock file always gives the same text.

use crate::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A linked package with the texts of its licences.
struct Package {
    name: String,
    licence: String,
    source: String,
    texts: Vec<String>,
}

/// The text of the notices for modules that are built for this target: each of a package, with features.
pub(crate) fn text(target: &str, modules: &[(&str, &str)]) -> Result<String, String> {
    let mut packages = linked(target, modules)?;
    packages.push(standard_library()?);
    let mut out = String::from(
        "Third-party notices for the npm package image-preflight\n\n\
         The WebAssembly modules in this package contain code of the following projects, under the licences that are named\n\
         beside them. The text of each licence is below.\n\n",
    );
    // Many packages have the same text; it is printed once.
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Package { name, licence, source, texts } in &packages {
        let _ = writeln!(out, "- {name}: {licence} <{source}>");
        for text in texts {
            users.entry(text).or_default().push(name);
        }
    }
    // In the order of the packages, independent of the texts.
    let mut texts: Vec<_> = users.into_iter().map(|(text, names)| (names, text)).collect();
    texts.sort();
    for (names, text) in texts {
        let _ = write!(out, "\n{}\n{}:\n\n{text}\n", "=".repeat(80), names.join(", "));
    }
    Ok(out)
}

/// The packages that cargo links: no build scripts, macros, other targets or features.
fn linked(target: &str, modules: &[(&str, &str)]) -> Result<Vec<Package>, String> {
    let tree = |(package, features): &(&str, &str)| {
        cargo(&[
            &["tree", "-p", package, "--edges", "normal,no-proc-macro", "--prefix", "none"][..],
            &["--target", target, "--no-default-features", "--features", features, "--format", "{p}"],
        ])
    };
    let tree = modules.iter().map(tree).collect::<Result<String, String>>()?;
    let metadata = cargo(&[&["metadata", "--format-version", "1", "--filter-platform", target]])?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| error.to_string())?;
    let all = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let mut named: Vec<_> = tree.lines().filter_map(|line| line.split_once(" v")).collect();
    named.sort_unstable();
    let mut packages: Vec<Package> = Vec::new();
    for (name, rest) in named {
        let version = rest.split(' ').next().unwrap_or_default();
        let package = all.iter().find(|one| one["name"] == name && one["version"] == version);
        let package = package.ok_or_else(|| format!("cargo metadata does not know {name} {version}"))?;
        let full = format!("{name} {version}");
        // A package without a source is part of this project, under its own licence.
        if package["source"].is_null() || packages.last().is_some_and(|last| last.name == full) {
            continue;
        }
        let text = |member: &str| package[member].as_str().unwrap_or_default().to_owned();
        let manifest = PathBuf::from(text("manifest_path"));
        let texts = licences(manifest.parent().unwrap_or(&manifest))?;
        if texts.is_empty() || text("license").is_empty() {
            return Err(format!("{full} names no licence, or comes without its text"));
        }
        packages.push(Package { name: full, licence: text("license"), source: text("repository"), texts });
    }
    if packages.is_empty() { Err("cargo tree names no linked package".to_owned()) } else { Ok(packages) }
}

/// The licence texts of a package, in the order of their file names.
fn licences(folder: &Path) -> Result<Vec<String>, String> {
    const BEGINNINGS: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
    });
    files.sort();
    files.iter().map(|path| read(path)).collect()
}

/// Rust's standard library, whose licences come with the compiler. The names in brackets are its dependencies.
fn standard_library() -> Result<Package, String> {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let say = |argument: &[&str]| output(Command::new(&rustc).args(argument));
    let version = say(&["--version"])?;
    let version = version.split(' ').nth(1).ok_or("rustc names no version")?;
    let folder = PathBuf::from(say(&["--print", "sysroot"])?.trim()).join("share/doc/rust/licenses");
    let texts = ["Apache-2.0.txt", "MIT.txt", "Unicode-3.0.txt"].map(|name| read(&folder.join(name)));
    Ok(Package {
        name: format!("Rust standard library {version} (core, alloc, std, compiler_builtins, dlmalloc, hashbrown)"),
        licence: "MIT OR Apache-2.0; its Unicode tables: Unicode-3.0; copyright The Rust Project Contributors"
            .to_owned(),
        source: "https://github.com/rust-lang/rust".to_owned(),
        texts: texts.into_iter().collect::<Result<_, _>>()?,
    })
}

/// A text without differences between systems.
fn read(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.replace("\r\n", "\n").trim_matches('\n').to_owned())
}

fn cargo(arguments: &[&[&str]]) -> Result<String, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    output(Command::new(cargo).args(arguments.concat()).arg("--locked").current_dir(root()))
}

fn output(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}
