//! The npm package: builds and binds the module, writes its schemas, then runs the package's own scripts; and other tasks that need
//! Node.js.

use crate::{cargo, notices, panics, root, run, steps, target, trim};
use image_preflight::{
    Citation, Field, Locale, Message, Rule, check_messages, facts, operations, rendering_messages, rules, schema,
};
use image_preflight_input::TranslationDocument;
use serde_json::{Value, json};
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

/// Builds the package and runs its tests, those of the console, and those of its consumers.
pub(crate) fn test() -> bool {
    let packaging = folder().join("packaging");
    let integrations = root().join("integrations");
    // The tests of Rust have built it. By itself, with other features, it would be built once more.
    let bodies = target().join("debug/bodies").with_extension(std::env::consts::EXE_EXTENSION);
    let bodies = bodies.to_string_lossy();
    build()
        && script("the package's tests", &folder(), "test")
        && install(&benches())
        && script("the benchmarks' tests", &benches(), "test")
        && install(&schema_tests())
        && run(
            "the schemas' tests",
            "npm",
            &["run", "--silent", "test"],
            &[("BODIES_PROGRAM", &bodies)],
            &schema_tests(),
        )
        && install(&site_tests())
        && script("the site in a browser", &site_tests(), "test")
        && script("the console", &console(), "build")
        && script("the console's tests", &console(), "test")
        && install(&packaging)
        && run("the package's consumers", "node", &["run.mjs"], &[], &packaging)
        && install(&integrations)
        && script("the integrations' tests", &integrations, "test")
}

/// Builds the package and runs its example forms, one for each adapter, in Chromium.
pub(crate) fn adapters() -> bool {
    let examples = folder().join("examples");
    build() && install(&examples) && script("the example forms", &examples, "test")
}

/// Measures size and speed of the package in Node and in Chromium, compared with its peers.
pub(crate) fn bench() -> bool {
    build() && install(&benches()) && run("benchmarks in Node and Chromium", "node", &["run.mjs"], &[], &benches())
}

/// The version of typify, which has no package of another registry.
const TYPIFY: &str = "0.8.0";

/// Runs other people's tools on the schemas and the OpenAPI documents, and writes `tests/schema/tools.md`. It installs them first: the
/// generators of Python and Java into an environment of Python, typify with cargo. Last, the tests of the integrations that need checkov
/// itself and an interpreter of conftest's language.
pub(crate) fn tools() -> bool {
    schema_tools() && integrations_with_tools()
}

/// Runs the tests of the integrations with the tools that they plug into, in an environment of Python.
pub(crate) fn integrations_with_tools() -> bool {
    let own = root().join("integrations");
    // checkov pins versions that the generators do not take.
    let environment = target().join("tools/integrations");
    let programs = environment.join("bin");
    let checkov = programs.join("checkov");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(programs.clone()).chain(std::env::split_paths(&path)));
    let path = path.unwrap_or_default().to_string_lossy().into_owned();
    let variables = [("CHECKOV", &*checkov.to_string_lossy()), ("PATH", path.as_str())];
    let install_all = ["install", "-q", "-r", "test/requirements.txt"];
    run("an environment of Python", "python3", &["-m", "venv", &environment.to_string_lossy()], &[], &root())
        && run("checkov in it", &programs.join("pip").to_string_lossy(), &install_all, &[], &own)
        && install(&own)
        && run(
            "the integrations with the tools themselves",
            "node",
            &["--test", "test/plugs.test.mjs"],
            &variables,
            &own,
        )
}

fn schema_tools() -> bool {
    let own = schema_tests().join("tools");
    let (installed, environment) = (target().join("tools"), target().join("tools/venv"));
    let (installed, environment) = (installed.to_string_lossy(), environment.to_string_lossy());
    let typify = ["install", "cargo-typify", "--version", TYPIFY, "--locked", "--root", &format!("{installed}/typify")];
    let variables = [("TOOLS_TARGET", &*target().to_string_lossy()), ("TYPIFY_VERSION", TYPIFY)]
        .map(|(name, value)| (name, value.to_owned()));
    let variables: Vec<_> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    run("an environment of Python", "python3", &["-m", "venv", &environment], &[], &root())
        && run(
            "the tools in it",
            &format!("{environment}/bin/pip"),
            &["install", "-q", "-r", "requirements.txt"],
            &[],
            &own,
        )
        && cargo("typify", &typify, &[])
        && install(&own)
        && run("other people's tools", "node", &["run.mjs"], &variables, &own)
}

fn benches() -> PathBuf {
    folder().join("bench")
}

fn schema_tests() -> PathBuf {
    root().join("tests/schema")
}

fn site_tests() -> PathBuf {
    root().join("tests/site")
}

fn console() -> PathBuf {
    folder().join("console")
}

/// A WebAssembly module, and how it is built.
struct Module {
    name: &'static str,
    package: &'static str,
    features: &'static str,
    profile: &'static str,
    /// Flags for the compiler.
    flags: &'static str,
}

/// Small functions are inlined, and those marked `#[inline]`, as nearly all of the standard library's are, no more readily than others:
/// by default they are, up to thirteen times as large, even where size comes first. At cold calls nothing is. Loops keep the form that the
/// source gives them: what another form saves in time elsewhere, it does not in WebAssembly, and it takes copies and variables.
const FEW_COPIES: &str = "-Cllvm-args=-inline-threshold=25 -Cllvm-args=-inlinehint-threshold=25 \
    -Cllvm-args=-inline-cold-callsite-threshold=0 -Cllvm-args=-disable-lsr -Cllvm-args=-rotation-max-header-size=0 \
    -Cllvm-args=-disable-licm-promotion";

/// The module of the default import, which only checks and has no sentences.
const MAIN: Module = Module {
    name: "image_preflight",
    package: "image-preflight-wasm",
    features: "",
    profile: "wasm",
    flags: FEW_COPIES,
};

/// The module with everything, for servers.
const FULL: Module = Module { name: "full", features: "full", profile: "wasm-fast", flags: "", ..MAIN };

/// The module that makes cases of what people hold.
const INPUT: Module = Module { name: "input", package: "image-preflight-input-wasm", ..MAIN };

const MODULES: [Module; 3] = [MAIN, FULL, INPUT];

/// Writes the WebAssembly modules, the sentences and the schemas to `bindings/npm/generated`.
fn modules() -> bool {
    run("the WebAssembly target", "rustup", &["target", "add", TARGET], &[], &root())
        && panics_are_found()
        && MODULES.iter().all(module)
        && report_result("the schemas", schemas())
        && report_result("the schema of a translation", translation())
        && report_result("the layout", layout())
        && report_result("the sentences", sentences())
        && report_result("the notices of licences", third_party_notices())
}

fn module(module: &Module) -> bool {
    let Module { name, package, features, profile, flags } = module;
    let build = ["build", "--locked", "--profile", profile, "-p", package, "--target", TARGET];
    let features = ["--no-default-features", "--features", features];
    // A module is the same wherever it is built.
    let flags = format!("{flags} --remap-path-prefix={}=/packages", cargo_home().display());
    let flags = [("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.trim())];
    cargo(&format!("the module {name}"), &[&build[..], &features].concat(), &flags)
        && report_result("its glue", glue(module))
        && report_result("its panics", panics(module))
        && (module.name != MAIN.name || report_result("what panics print", trimmed(module)))
}

/// Where cargo keeps the sources of packages.
fn cargo_home() -> PathBuf {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default()
}

/// The folder of a module and its glue code.
fn generated(module: &Module) -> PathBuf {
    folder().join("generated").join(module.name)
}

fn glue(module: &Module) -> Result<(), String> {
    let file = format!("{}.wasm", module.package.replace('-', "_"));
    let built = target().join(TARGET).join(module.profile).join(file);
    bound(&built, &generated(module)).map(drop)
}

/// Generates the glue code of a module in a folder, and returns the path of the bound module. Bundlers would take the default path of the
/// module for a file of the page; a module that has trapped starts anew when its state is reset.
fn bound(built: &Path, folder: &Path) -> Result<PathBuf, String> {
    let bound = Bindgen::new().input_path(built).out_name(MAIN.name).web(true).and_then(|bindgen| {
        bindgen.typescript(true).omit_default_module_path(true).reset_state_function(true).generate(folder)
    });
    bound.map(|()| folder.join(format!("{}_bg.wasm", MAIN.name))).map_err(|error| error.to_string())
}

/// Whether the search for panics finds those of the control module.
pub(crate) fn panics_are_found() -> bool {
    let sources = root().join("crates/xtask");
    let found = || panics::are_found(&sources, &target().join("panics"), TARGET, &bound);
    report_result("the search for panics", steps::timed("the search for panics", found))
}

/// Checks that no function of ours can panic; in the full module, none but those of plans and jobs.
fn panics(module: &Module) -> Result<(), String> {
    let file = generated(module).join("image_preflight_bg.wasm");
    let skipped: &[&str] = if module.name == FULL.name { &panics::WITH_TREES } else { &[] };
    let (found, count) = panics::calls(&std::fs::read(file).map_err(|error| error.to_string())?, skipped)?;
    match (found.as_slice(), count) {
        ([], 100..) => Ok(()),
        ([], _) => Err(format!("only {count} functions of ours have a name, too few for the check to mean anything")),
        (found, _) => Err(format!("functions of ours can panic:\n{}", found.join("\n"))),
    }
}

/// Leaves out what panics would print, where size matters.
fn trimmed(module: &Module) -> Result<(), String> {
    let file = generated(module).join("image_preflight_bg.wasm");
    let trimmed = trim::trimmed(&std::fs::read(&file).map_err(|error| error.to_string())?)?;
    std::fs::write(file, trimmed).map_err(|error| error.to_string())
}

fn schemas() -> Result<(), String> {
    let documents: serde_json::Map<_, _> =
        schema::documents().map(|document| (document.name.to_owned(), document.schema.into())).collect();
    let all = json!({"all": schema::all(), "documents": documents});
    write_generated("schemas.json", &all)
}

/// Writes a document that the package's own scripts read.
fn write_generated(name: &str, document: &Value) -> Result<(), String> {
    std::fs::write(folder().join("generated").join(name), format!("{document}\n")).map_err(|error| error.to_string())
}

/// Writes the schema of a translation, for its types.
fn translation() -> Result<(), String> {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<TranslationDocument>();
    write_generated("translation.json", &schema.into())
}

/// Writes the layout of a packed case: the names of its members in order. `scripts/packers.mjs` generates code from it.
fn layout() -> Result<(), String> {
    let names = |fields: &'static [Field]| fields.iter().map(Field::name).collect::<Vec<_>>();
    let operations: Vec<_> = image_preflight::operations()
        .map(
            |operation| json!({"id": operation.id(), "path": names(operation.path()), "body": names(operation.body())}),
        )
        .collect();
    let facts: Vec<_> = facts().map(image_preflight::Fact::pointer).collect();
    let members: Vec<_> = image_preflight::fact_members().collect();
    let layout = json!({"operations": operations, "facts": facts, "members": members});
    write_generated("layout.json", &layout)
}

/// Writes what the package renders reports with: the sentences of each language, all in the same order; which of them it needs by name;
/// and the citations of each rule, in the order of the rules.
fn sentences() -> Result<(), String> {
    let mut all: Vec<Message> = Vec::new();
    for message in check_messages() {
        if all.iter().all(|known| known.en != message.en) {
            all.push(message);
        }
    }
    let place = |message: Message| all.iter().position(|known| known.en == message.en);
    let named: serde_json::Map<_, _> =
        rendering_messages().into_iter().map(|(name, message)| (name.to_owned(), place(message).into())).collect();
    let mut documents: Vec<&Citation> = Vec::new();
    let is_of = |citation: &Citation, of: &Citation| {
        (citation.document, citation.date, citation.url) == (of.document, of.date, of.url)
    };
    // What else can be done with an image, which no check asks for, comes last.
    let is_checked = |rule: &&'static Rule| {
        rule.id.starts_with("case.")
            || operations().any(|operation| operation.rules().any(|of| std::ptr::eq(of, *rule)))
    };
    let citations: Vec<Vec<Value>> = rules()
        .take_while(is_checked)
        .map(|rule| {
            let cited = rule.citations.iter().map(|citation| {
                let known = documents.iter().position(|known| is_of(known, citation));
                let place = known.unwrap_or_else(|| {
                    documents.push(citation);
                    documents.len() - 1
                });
                json!([place, citation.section])
            });
            cited.collect()
        })
        .collect();
    let documents: Vec<_> = documents.iter().map(|of| json!([of.document, of.date, of.url])).collect();
    write_generated("citations.json", &json!({"documents": documents, "rules": citations, "sentences": named}))?;
    Locale::all().try_for_each(|locale| {
        let sentences: Vec<_> = all.iter().map(|message| message.text(locale)).collect();
        let pack =
            json!({"tag": locale.tag(), "comma": locale.comma(), "quotes": locale.quotes(), "sentences": sentences});
        write_generated(&format!("sentences.{}.json", locale.tag()), &pack)
    })
}

/// Writes the licences of the packages linked into the modules. Those of the full module include those of the default one.
fn third_party_notices() -> Result<(), String> {
    let text = notices::text(TARGET, &[FULL, INPUT].map(|module| (module.package, module.features)))?;
    std::fs::write(folder().join("THIRD-PARTY-NOTICES.txt"), text).map_err(|error| error.to_string())
}

/// Installs the packages of `package-lock.json`, exactly, unless installed already.
fn install(folder: &Path) -> bool {
    let stamp = folder.join("node_modules/.package-lock.stamp");
    let installed = std::fs::read(&stamp).ok();
    let wanted = std::fs::read(folder.join("package-lock.json")).ok();
    if installed.is_some() && installed == wanted {
        return true;
    }
    let quietly = ["--no-audit", "--no-fund"];
    // `npm ci` rejects a lock file without an optional package for another platform. Next.js and oxc-minify have such packages, which
    // not every registry has, so these folders are installed otherwise and compared with the lock file afterwards.
    let lacks_platforms = ["bindings/npm", "packaging"].iter().any(|of| folder.ends_with(of));
    let is_installed = if lacks_platforms {
        run("what it needs", "npm", &[&["install", "--no-save"], &quietly[..]].concat(), &[], folder)
            && report_result("package-lock.json", is_as_locked(folder))
    } else {
        run("what it needs", "npm", &[&["ci"], &quietly[..]].concat(), &[], folder)
    };
    is_installed && wanted.is_some_and(|lock| std::fs::write(stamp, lock).is_ok())
}

/// Checks that `package.json` agrees with the lock file, and the installed packages do, too.
fn is_as_locked(folder: &Path) -> Result<(), String> {
    let read = |name: &str| -> Result<Value, String> {
        let text = std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
        serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))
    };
    let differing =
        drift(&read("package.json")?, &read("package-lock.json")?, &read("node_modules/.package-lock.json")?);
    if differing.is_empty() { Ok(()) } else { Err(format!("these differ from it: {}", differing.join(", "))) }
}

/// The differences: kinds of dependencies that have changed since the lock file was written, and packages installed in another version
/// or with other contents.
fn drift(package: &Value, lock: &Value, installed: &Value) -> Vec<String> {
    let wanted = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
    let wanted = wanted.into_iter().filter(|kind| package[*kind] != lock["packages"][""][*kind]).map(str::to_owned);
    let installed = installed["packages"].as_object().into_iter().flatten();
    let other = installed.filter(|(path, found)| {
        let named = &lock["packages"][path.as_str()];
        named["version"].is_null() || ["version", "integrity"].iter().any(|member| found[member] != named[member])
    });
    wanted.chain(other.map(|(path, _)| path.clone())).collect()
}

fn script(what: &str, folder: &Path, name: &str) -> bool {
    run(what, "npm", &["run", "--silent", name], &[], folder)
}

fn report_result(what: &str, result: Result<(), String>) -> bool {
    match result {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{what}: {error}");
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_from_the_lock_file_are_reported() {
        let package = json!({"devDependencies": {"a": "1.0.0"}});
        let lock = json!({"packages": {
            "": {"devDependencies": {"a": "1.0.0"}},
            "node_modules/a": {"version": "1.0.0", "integrity": "sha512-a"},
            "node_modules/elsewhere": {"version": "2.0.0", "integrity": "sha512-e", "optional": true}
        }});
        let installed = |version: &str, integrity: &str| json!({"packages": {"node_modules/a": {"version": version, "integrity": integrity}}});
        assert!(drift(&package, &lock, &installed("1.0.0", "sha512-a")).is_empty());
        assert_eq!(drift(&package, &lock, &installed("1.0.1", "sha512-a")), ["node_modules/a"]);
        assert_eq!(drift(&package, &lock, &installed("1.0.0", "sha512-b")), ["node_modules/a"]);
        let unknown = json!({"packages": {"node_modules/b": {"version": "1.0.0"}}});
        assert_eq!(drift(&package, &lock, &unknown), ["node_modules/b"]);
        let newer = json!({"devDependencies": {"a": "1.0.1"}});
        assert_eq!(drift(&newer, &lock, &installed("1.0.0", "sha512-a")), ["devDependencies"]);
    }
}
