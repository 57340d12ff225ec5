//! Development tasks: `cargo xtask test` runs all checks; `cargo xtask npm` builds the npm package; `cargo xtask schemas` writes the
//! generated schemas; `cargo xtask bless` regenerates the reports of the vectors.

mod forms;
mod generated;
mod growth;
mod instructions;
mod layers;
mod meaning;
mod notices;
mod npm;
mod openapi;
mod panics;
mod reference;
mod schemas;
mod steps;
mod trim;
mod trust;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use steps::{cargo, run};

const USAGE: &str = "\
cargo xtask test        run all checks: format, lints, docs, tests, the npm package, the console
cargo xtask test rust   the same without the checks that need Node.js
cargo xtask npm         build the npm package
cargo xtask panics      check that the search for panics finds those of a module that has some
cargo xtask schemas     regenerate bindings/schema: JSON Schemas and the OpenAPI document
cargo xtask tools       run generators of clients, portals and mock servers on these; rewrites tests/schema/tools.md: minutes
cargo xtask tools integrations  run checkov and an interpreter of conftest's policies on integrations/
cargo xtask bench       compare the speed of a check with its peers: one table per layout
cargo xtask bench npm   the same for the npm package in Node and Chromium, with sizes and cold starts: one table
cargo xtask adapters    test the npm package's adapters with the form libraries themselves, in Chromium
cargo xtask instructions  update the counted instructions of a check; review the changes before you commit
cargo xtask growth      check that hostile texts and plans of twice the size take about twice the instructions
cargo xtask docs        regenerate the rule reference, and build the site of it
cargo xtask site [BASE] build the site into target/site: reference, data, schemas and OpenAPI documents, for the address BASE
cargo xtask fuzz N      fuzz each target for N minutes
cargo xtask mutants     run cargo-mutants on the core, and list the surviving mutants: hours
cargo xtask mutants meaning [FILTER...]  test the mutants of tests/mutants.toml whose id, kind or file contains a FILTER: hours
cargo xtask mutants table  regenerate tests/mutants.md from the results in it
cargo xtask coverage    measure which regions and branches of the core the tests reach
cargo xtask miri        run the unit tests of the core under Miri
cargo xtask versions    build with the oldest allowed versions of the dependencies
cargo xtask deny        check licences, sources and duplicates of the dependencies
cargo xtask bless       regenerate tests/reports; review the changes before you commit";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => tested(|| rust() && npm::test(), ""),
        ["test", "rust"] => tested(rust, "what needs Node.js (`cargo xtask test`), "),
        ["npm"] => npm::build(),
        ["panics"] => npm::panics_are_found(),
        ["bench"] => cargo("benchmarks", &["run", "--release", "--locked", "-p", "image-preflight-bench"], &[]),
        ["tools"] => npm::tools(),
        ["tools", "integrations"] => npm::integrations_with_tools(),
        ["instructions"] => instructions::write(),
        ["growth"] => growth::is_linear(),
        ["bench", "npm"] => npm::bench(),
        ["adapters"] => npm::adapters(),
        ["fuzz", minutes] => minutes.parse().is_ok_and(|minutes: u32| trust::fuzz(minutes.saturating_mul(60))),
        ["mutants"] => trust::mutants(),
        ["mutants", "table"] => meaning::write_table(),
        ["mutants", "meaning", ref filters @ ..] => meaning::run(filters),
        ["coverage"] => trust::coverage(),
        ["miri"] => trust::miri(),
        ["versions"] => trust::minimal_versions(),
        ["deny"] => trust::deny(),
        ["docs"] => reference::generated().write() && reference::build(None),
        ["site"] => reference::build(None),
        ["site", base] => reference::build(Some(base)),
        ["schemas"] => schemas::generated().write(),
        ["bless"] => cargo(
            "reports of the vectors",
            &["test", "-p", "image-preflight-tests", "--test", "vectors"],
            &[("BLESS", "1")],
        ),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Checks that are not part of the test command, because they take too long or need another compiler.
const LEFT_OUT: &str = "fuzzing (the corpora are replayed), both kinds of mutants, coverage, Miri, the oldest dependencies, licences, \
    benchmarks, adapters in Chromium, other people's tools";

/// Runs checks, and prints the time of each step and which checks were not run.
fn tested(steps: impl FnOnce() -> bool, also_left_out: &str) -> bool {
    let began = Instant::now();
    let passed = steps();
    eprintln!("\n{}", steps::table());
    let verdict = if passed { "all passed" } else { "FAILED" };
    eprintln!("{verdict} after {} s; not run: {also_left_out}{LEFT_OUT}", began.elapsed().as_secs());
    passed
}

/// All checks of the Rust code; stops at the first failure.
fn rust() -> bool {
    let all = ["--workspace", "--all-features", "--locked"];
    let alone = ["check", "-p", "image-preflight", "--no-default-features", "--features", "zh", "--locked"];
    cargo("format", &["fmt", "--all", "--check"], &[])
        && cargo("lints", &[&["clippy", "--all-targets"], &all[..], &["--", "-D", "warnings"]].concat(), &[])
        && cargo("docs", &[&["doc", "--no-deps"], &all[..]].concat(), &[("RUSTDOCFLAGS", "-D warnings")])
        && docs_are_the_library_s()
        && cargo("the core with a minimum of features", &alone, &[])
        && steps::timed("layers of the core", layers::are_kept)
        && steps::timed("generated files", is_current)
        && steps::timed("the site", || reference::build(None))
        && cargo("tests", &[&["test", "--quiet"], &all[..]].concat(), &[])
        && instructions::are_as_before()
        && growth::is_linear()
}

/// Whether the page of the name that the library and the command line share is the library's.
fn docs_are_the_library_s() -> bool {
    let page = std::fs::read_to_string(target().join("doc/image_preflight/index.html")).unwrap_or_default();
    let is_it = page.contains("fn.check.html") && !page.contains("fn.main.html");
    if !is_it {
        eprintln!(
            "the documentation of `image_preflight` is not the library's: `doc = false` in [[bin]] keeps the two apart"
        );
    }
    is_it
}

/// Whether the generated files are current.
fn is_current() -> bool {
    [schemas::generated(), reference::generated()].iter().all(generated::Generated::is_current)
}

/// The target folder of cargo.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The project's top folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[cfg(test)]
mod tests {
    /// Run as a test as well, for mutants.
    #[test]
    fn generated_files_are_current() {
        assert!(super::is_current());
    }
}
