//! Long-running checks: fuzzing, mutants, coverage, Miri, the oldest dependencies, licences. Each installs the tool that it needs, in a
//! fixed version, into the target folder.

use crate::{cargo, root, run, steps, target};
use image_preflight_tests::fuzzing::TARGETS;
use std::path::{Path, PathBuf};

/// A tool from crates.io, with its version.
const FUZZ: (&str, &str) = ("cargo-fuzz", "0.13.2");
const MUTANTS: (&str, &str) = ("cargo-mutants", "27.1.0");
const COVERAGE: (&str, &str) = ("cargo-llvm-cov", "0.9.1");
const DENY: (&str, &str) = ("cargo-deny", "0.20.2");

/// Allows unstable flags on the pinned compiler: fuzzing and the oldest dependencies need them, and a nightly compiler could be missing
/// or change.
const UNSTABLE: [(&str, &str); 1] = [("RUSTC_BOOTSTRAP", "1")];

/// A nightly compiler, for Miri and for branch coverage, which the pinned one does not have. Neither is part of the test command.
const NIGHTLY: [(&str, &str); 2] = [("RUSTUP_TOOLCHAIN", "nightly"), ("CARGO", "cargo")];

/// Installs a tool unless it is installed, and returns its program.
fn tool((name, version): (&str, &str)) -> Option<PathBuf> {
    let folder = target().join("tools");
    let program = folder.join("bin").join(name);
    let folder = folder.to_string_lossy();
    let install = ["install", "--quiet", "--locked", "--version", version, "--root", &folder, name];
    cargo(name, &install, &[]).then_some(program)
}

/// Runs each fuzz target for the given number of seconds, on the checked-in corpora.
pub(crate) fn fuzz(seconds: u32) -> bool {
    if seconds == 0 {
        eprintln!("== fuzzing: 0 seconds requested");
        return false;
    }
    let Some(program) = tool(FUZZ) else { return false };
    TARGETS.into_iter().all(|(name, _)| fuzz_one(&program, name, seconds))
}

fn fuzz_one(program: &Path, name: &str, seconds: u32) -> bool {
    // New inputs go to the first folder, so that the checked-in corpus does not change.
    let found = target().join("fuzz").join(name);
    if let Err(error) = std::fs::create_dir_all(&found) {
        eprintln!("{}: {error}", found.display());
        return false;
    }
    let checked_in = root().join("fuzz/corpus").join(name);
    let time = format!("-max_total_time={seconds}");
    let (found, checked_in) = (found.to_string_lossy(), checked_in.to_string_lossy());
    let arguments = ["fuzz", "run", "--sanitizer", "none", name, &found, &checked_in, "--", &time, "-timeout=20"];
    // There is no unsafe code that a sanitizer could check.
    run(&format!("fuzzing, {name}"), &program.to_string_lossy(), &arguments, &UNSTABLE, &root().join("fuzz"))
}

/// Runs cargo-mutants on the core, and lists the surviving mutants. The first round runs the fast tests, the second those of generated
/// files, the third all others, the last the examples of the documentation.
pub(crate) fn mutants() -> bool {
    let Some(program) = tool(MUTANTS) else { return false };
    let program = program.to_string_lossy();
    let common = ["mutants", "-p", "image-preflight", "-C=-pimage-preflight-tests", "--build-timeout", "60"];
    let rounds: [&[&str]; 4] = [
        &[
            "-C=--lib",
            "-C=--test=vectors",
            "-C=--test=answers",
            "-C=--test=surface",
            "-C=--test=requests",
            "-C=--test=facts",
            "-C=--test=fields",
        ],
        &["--iterate", "-C=-pxtask", "-C=--bins"],
        &["--iterate", "-C=-pimage-preflight-cli", "-C=--tests"],
        &["--iterate", "-C=--doc"],
    ];
    // Results of an earlier run must not be mistaken for those of this one.
    let results = root().join("mutants.out");
    if let Err(error) = std::fs::remove_dir_all(&results)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        eprintln!("{}: {error}", results.display());
        return false;
    }
    for round in rounds {
        let arguments = [&common[..], round].concat();
        let status = steps::status("mutants", &program, &arguments, &[("PROPTEST_CASES", "300")], &root());
        let code = status.and_then(|status| status.code());
        if !code.is_some_and(|code| ENDED_WELL.contains(&code)) {
            eprintln!("cargo-mutants did not run to its end: {code:?}");
            return false;
        }
    }
    match std::fs::read_to_string(results.join("missed.txt")) {
        Ok(missed) => {
            eprintln!("{} mutants survive:\n{missed}", missed.lines().count());
            true
        }
        Err(error) => {
            eprintln!("cargo-mutants has left no list of surviving mutants: {error}");
            false
        }
    }
}

/// The exit statuses of cargo-mutants after a complete run: all mutants caught, some survive, some timed out. Any other status means that
/// it did not run: wrong arguments, or a tree that fails without any mutant.
const ENDED_WELL: [i32; 3] = [0, 2, 3];

/// Measures which regions and branches of the core the tests reach; the page is in `target/llvm-cov`.
pub(crate) fn coverage() -> bool {
    let Some(program) = tool(COVERAGE) else { return false };
    let program = program.to_string_lossy();
    let only = ["--ignore-filename-regex", "(tests|xtask|bench|cli)/"];
    let test = ["llvm-cov", "--branch", "--no-report", "-p", "image-preflight", "-p", "image-preflight-tests"];
    let report = ["llvm-cov", "report", "--html"];
    run("coverage", &program, &test, &NIGHTLY, &root())
        && run("coverage", &program, &[&report[..], &only].concat(), &NIGHTLY, &root())
        && run("coverage", &program, &[&["llvm-cov", "report"], &only[..]].concat(), &NIGHTLY, &root())
}

/// Checks licences, sources and duplicates of the dependencies; needs no network once the tool is installed.
pub(crate) fn deny() -> bool {
    let Some(program) = tool(DENY) else { return false };
    let config = root().join("crates/xtask/deny.toml");
    let config = config.to_string_lossy();
    let arguments = ["--offline", "--workspace", "--config", &config, "check", "bans", "licenses", "sources"];
    run("licences, sources, duplicates", &program.to_string_lossy(), &arguments, &[], &root())
}

/// Runs the unit tests of the core under Miri.
pub(crate) fn miri() -> bool {
    run("Miri", "cargo", &["miri", "test", "--locked", "-p", "image-preflight", "--lib"], &NIGHTLY, &root())
}

/// Builds the core and the command line with the oldest allowed versions of their dependencies.
pub(crate) fn minimal_versions() -> bool {
    let lock = root().join("Cargo.lock");
    let Ok(kept) = std::fs::read(&lock) else { return false };
    let oldest = ["update", "-Z", "direct-minimal-versions"];
    let check = [
        "check",
        "-p",
        "image-preflight",
        "-p",
        "image-preflight-input",
        "-p",
        "image-preflight-cli",
        "--all-features",
    ];
    let passed = cargo("the oldest dependencies", &oldest, &UNSTABLE) && cargo("what builds with them", &check, &[]);
    std::fs::write(&lock, kept).is_ok() && passed
}
