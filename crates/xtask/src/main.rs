//! The project's own chores: `cargo xtask test` runs every check there is; `cargo xtask npm` builds the npm package;
//! `cargo xtask schemas` writes what is generated from the code; `cargo xtask bless` writes the reports of the vectors anew.

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
mod trust;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use steps::{cargo, run};

const USAGE: &str = "\
cargo xtask test        every check: format, lints, docs, tests, the npm package, the console
cargo xtask test rust   the same without what needs Node.js
cargo xtask npm         build the npm package
cargo xtask panics      look whether the search for panics finds those of a module that has some
cargo xtask schemas     write bindings/schema anew: JSON Schemas and the OpenAPI document
cargo xtask bench       how fast the check is beside its peers: one table a layout
cargo xtask bench npm   the same of the npm package, in Node and in Chromium, with sizes and cold starts: one table
cargo xtask instructions  count the instructions of a check anew; look at what changed before you commit
cargo xtask growth      check hostile texts of one size and of twice that: no more than twice the instructions
cargo xtask docs        write the rule reference anew, and build its pages into target/reference
cargo xtask fuzz N      fuzz each target for N minutes
cargo xtask mutants     change the core in every small way, and list what no test minds: hours
cargo xtask mutants meaning [FILTER]  apply each mutant of tests/mutants.toml whose id, kind or file has FILTER in it: an hour
cargo xtask mutants table  write tests/mutants.md anew from the results that it holds
cargo xtask coverage    which regions and branches of the core the tests reach
cargo xtask miri        the core's own tests under Miri
cargo xtask versions    build with the oldest versions of the dependencies that are admitted
cargo xtask deny        licences, sources and duplicates of the dependencies
cargo xtask bless       write tests/reports anew; look at what changed before you commit it";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => tested(|| rust() && npm::test(), ""),
        ["test", "rust"] => tested(rust, "what needs Node.js (`cargo xtask test`), "),
        ["npm"] => npm::build(),
        ["panics"] => npm::panics_are_found(),
        ["bench"] => cargo("benchmarks", &["run", "--release", "--locked", "-p", "image-preflight-bench"], &[]),
        ["instructions"] => instructions::write(),
        ["growth"] => growth::is_linear(),
        ["bench", "npm"] => npm::bench(),
        ["fuzz", minutes] => minutes.parse().is_ok_and(|minutes: u32| trust::fuzz(minutes.saturating_mul(60))),
        ["mutants"] => trust::mutants(),
        ["mutants", "table"] => meaning::write_table(),
        ["mutants", "meaning"] => meaning::run(""),
        ["mutants", "meaning", filter] => meaning::run(filter),
        ["coverage"] => trust::coverage(),
        ["miri"] => trust::miri(),
        ["versions"] => trust::minimal_versions(),
        ["deny"] => trust::deny(),
        ["docs"] => reference::generated().write() && reference::build() && reference::links_work(),
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

/// What the test command leaves out, because it takes too long or needs another compiler. Everything else is run or fails.
const LEFT_OUT: &str =
    "long fuzzing, both kinds of mutants, coverage, Miri, the oldest dependencies, licences, benchmarks";

/// Runs tests, and says what each step took and what is no part of them.
fn tested(steps: impl FnOnce() -> bool, also_left_out: &str) -> bool {
    let began = Instant::now();
    let passed = steps();
    eprintln!("\n{}", steps::table());
    let verdict = if passed { "all passed" } else { "FAILED" };
    eprintln!("{verdict} after {} s; not run: {also_left_out}{LEFT_OUT}", began.elapsed().as_secs());
    passed
}

/// Everything that must hold of the Rust. It stops at the first thing that does not.
fn rust() -> bool {
    let all = ["--workspace", "--all-features", "--locked"];
    let alone = ["check", "-p", "image-preflight", "--no-default-features", "--features", "zh", "--locked"];
    cargo("format", &["fmt", "--all", "--check"], &[])
        && cargo("lints", &[&["clippy", "--all-targets"], &all[..], &["--", "-D", "warnings"]].concat(), &[])
        && cargo("docs", &[&["doc", "--no-deps"], &all[..]].concat(), &[("RUSTDOCFLAGS", "-D warnings")])
        && cargo("the core with as little as it can have", &alone, &[])
        && steps::timed("layers of the core", layers::are_kept)
        && steps::timed("generated files", is_current)
        && steps::timed("the rule reference", || reference::build() && reference::links_work())
        && cargo("tests", &[&["test", "--quiet"], &all[..]].concat(), &[])
        && instructions::are_as_before()
        && growth::is_linear()
        && trust::fuzz(10)
}

/// Whether what is generated is what the code says.
fn is_current() -> bool {
    [schemas::generated(), reference::generated()].iter().all(generated::Generated::is_current)
}

/// Where cargo builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The project's top folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[cfg(test)]
mod tests {
    /// For mutants: the chores do it too, before anything else is run.
    #[test]
    fn what_is_generated_is_what_the_code_says() {
        assert!(super::is_current());
    }
}
