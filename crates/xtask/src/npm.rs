//! The npm package: the module built and bound, its schemas written, then the package's own scripts; and what else needs
//! Node.js.

use crate::{cargo, notices, panics, root, run, target};
use image_preflight::{Fact, Field, schema};
use serde_json::json;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

fn folder() -> PathBuf {
    root().join("bindings/npm")
}

/// Builds the package into `bindings/npm/dist`, and makes the console ready to run.
pub(crate) fn build() -> bool {
    modules() && install(&folder()) && script("the package", &folder(), "build") && install(&console())
}

/// Builds the package and runs everything that is said of it: its own tests, the console's, and those of its consumers.
pub(crate) fn test() -> bool {
    let packaging = folder().join("packaging");
    build()
        && script("the package's tests", &folder(), "test")
        && install(&schema_tests())
        && script("the schemas' tests", &schema_tests(), "test")
        && script("the console", &console(), "build")
        && script("the console's tests", &console(), "test")
        && install(&packaging)
        && run("the package's consumers", "node", &["run.mjs"], &[], &packaging)
}

/// How fast the package is in Node and in Chromium, beside its peers.
pub(crate) fn bench() -> bool {
    let bench = folder().join("bench");
    build() && install(&bench) && run("benchmarks in Node and Chromium", "node", &["run.mjs"], &[], &bench)
}

fn schema_tests() -> PathBuf {
    root().join("tests/schema")
}

fn console() -> PathBuf {
    folder().join("console")
}

/// A WebAssembly module: its name, the features that it is built with, and the profile.
type Module = (&'static str, &'static str, &'static str);

/// The module that can do everything, and those that only check, in one language.
const WHOLE: Module = ("image_preflight", "en,zh,more", "wasm-fast");
const CHECKING: [Module; 2] = [("check.en", "en", "wasm"), ("check.zh-CN", "zh", "wasm")];

/// The WebAssembly modules, the glue that they share and the schemas, in `bindings/npm/generated`.
fn modules() -> bool {
    run("the WebAssembly target", "rustup", &["target", "add", TARGET], &[], &root())
        && [WHOLE].iter().chain(&CHECKING).all(module)
        && told("the glue", CHECKING.iter().try_for_each(has_the_same_glue))
        && told("the schemas", schemas())
        && told("the layout", layout())
        && told("the notices of licences", third_party_notices())
}

fn module(module: &Module) -> bool {
    let (name, features, profile) = module;
    let build = ["build", "--locked", "--profile", profile, "-p", "image-preflight-wasm", "--target", TARGET];
    let features = ["--no-default-features", "--features", features];
    cargo(&format!("the module {name}"), &[&build[..], &features].concat(), &[])
        && told("its glue", glue(module))
        && told("its panics", panics(module))
}

/// Where a module is put with its glue.
fn generated(&(name, ..): &Module) -> PathBuf {
    folder().join("generated").join(name)
}

fn glue(module: &Module) -> Result<(), String> {
    let built = target().join(TARGET).join(module.2).join("image_preflight_wasm.wasm");
    let bound = Bindgen::new()
        .input_path(built)
        .out_name(WHOLE.0)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(true).generate(generated(module)));
    bound.map_err(|error| error.to_string())
}

/// Whoever loads one module instead of another goes on with the glue that the package has.
fn has_the_same_glue(module: &Module) -> Result<(), String> {
    let glue = |module| std::fs::read(generated(module).join("image_preflight.js"));
    match (glue(module), glue(&WHOLE)) {
        (Ok(glue), Ok(wanted)) if glue == wanted => Ok(()),
        _ => Err(format!("{} wants another one than the whole module", module.0)),
    }
}

/// No function of ours may panic.
fn panics(module: &Module) -> Result<(), String> {
    let file = generated(module).join("image_preflight_bg.wasm");
    let (found, count) = panics::calls(&std::fs::read(file).map_err(|error| error.to_string())?)?;
    match (found.as_slice(), count) {
        ([], 100..) => Ok(()),
        ([], _) => Err(format!("only {count} functions of ours have a name, so that nothing is shown")),
        (found, _) => Err(format!("functions of ours can panic:\n{}", found.join("\n"))),
    }
}

fn schemas() -> Result<(), String> {
    let documents: serde_json::Map<_, _> =
        schema::documents().map(|document| (document.name.to_owned(), document.schema.into())).collect();
    let all = json!({"all": schema::all(), "documents": documents});
    std::fs::write(folder().join("generated/schemas.json"), format!("{all:#}\n")).map_err(|error| error.to_string())
}

/// How a packed case is laid out: the names of its parts in order. `scripts/packers.mjs` makes code of it.
fn layout() -> Result<(), String> {
    let names = |fields: &'static [Field]| fields.iter().map(Field::name).collect::<Vec<_>>();
    let operations: Vec<_> = image_preflight::operations()
        .map(
            |operation| json!({"id": operation.id(), "path": names(operation.path()), "body": names(operation.body())}),
        )
        .collect();
    let facts: Vec<_> = Fact::ALL.iter().map(|fact| fact.pointer()).collect();
    let layout = json!({"operations": operations, "facts": facts});
    std::fs::write(folder().join("generated/layout.json"), format!("{layout:#}\n")).map_err(|error| error.to_string())
}

/// The licences of what is linked into the whole module, which has all that the others have.
fn third_party_notices() -> Result<(), String> {
    let text = notices::text(TARGET, WHOLE.1)?;
    std::fs::write(folder().join("THIRD-PARTY-NOTICES.txt"), text).map_err(|error| error.to_string())
}

/// What `package-lock.json` names, unless it is there already.
fn install(folder: &Path) -> bool {
    let installed = std::fs::read(folder.join("node_modules/.package-lock.stamp")).ok();
    let wanted = std::fs::read(folder.join("package-lock.json")).ok();
    if installed.is_some() && installed == wanted {
        return true;
    }
    // `npm ci` refuses a lock file that lacks a package for another platform, and not every registry has each of them.
    run("what it needs", "npm", &["install", "--no-save", "--no-audit", "--no-fund"], &[], folder)
        && wanted.is_some_and(|lock| std::fs::write(folder.join("node_modules/.package-lock.stamp"), lock).is_ok())
}

fn script(what: &str, folder: &Path, name: &str) -> bool {
    run(what, "npm", &["run", "--silent", name], &[], folder)
}

fn told(what: &str, result: Result<(), String>) -> bool {
    match result {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{what}: {error}");
            false
        }
    }
}
