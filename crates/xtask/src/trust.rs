//! Evidence that takes longer than a test may: fuzzing, mutants, coverage, Miri, the oldest dependencies, licences. Each installs
//! the tool that it needs, at one version, into the target folder.

use crate::{cargo, root, run, steps, target};
use image_preflight_tests::attack::TARGETS;
use std::path::{Path, PathBuf};

/// A tool from crates.io, with its version.
const FUZZ: (&str, &str) = ("cargo-fuzz", "0.13.2");
const MUTANTS: (&str, &str) = ("cargo-mutants", "27.1.0");
const COVERAGE: (&str, &str) = ("cargo-llvm-cov", "0.9.1");
const DENY: (&str, &str) = ("cargo-deny", "0.20.2");

/// The pinned compiler with what only a nightly one admits otherwise: fuzzing and the oldest dependencies want flags that are not stable,
/// and so they need no other compiler, which could be missing or another one tomorrow.
const UNSTABLE: [(&str, &str); 1] = [("RUSTC_BOOTSTRAP", "1")];

/// A nightly compiler, whatever cargo this was started by: for Miri and for branches in coverage, which the pinned one does not bring.
/// Neither is part of the test command; without it they fail.
const NIGHTLY: [(&str, &str); 2] = [("RUSTUP_TOOLCHAIN", "nightly"), ("CARGO", "cargo")];

/// Installs a tool unless it is there, and gives its program.
fn tool((name, version): (&str, &str)) -> Option<PathBuf> {
    let folder = target().join("tools");
    let program = folder.join("bin").join(name);
    let folder = folder.to_string_lossy();
    let install = ["install", "--quiet", "--locked", "--version", version, "--root", &folder, name];
    cargo(name, &install, &[]).then_some(program)
}

/// Runs each target for so many seconds, on the corpora that are checked in.
pub(crate) fn fuzz(seconds: u32) -> bool {
    if seconds == 0 {
        eprintln!("== fuzzing: for no time at all");
        return false;
    }
    let Some(program) = tool(FUZZ) else { return false };
    TARGETS.into_iter().all(|(name, _)| fuzz_one(&program, name, seconds))
}

fn fuzz_one(program: &Path, name: &str, seconds: u32) -> bool {
    // What is found on the way goes to the first folder, so that the corpus that is checked in stays as it is.
    let found = target().join("fuzz").join(name);
    if let Err(error) = std::fs::create_dir_all(&found) {
        eprintln!("{}: {error}", found.display());
        return false;
    }
    let checked_in = root().join("fuzz/corpus").join(name);
    let time = format!("-max_total_time={seconds}");
    let (found, checked_in) = (found.to_string_lossy(), checked_in.to_string_lossy());
    let arguments = ["fuzz", "run", "--sanitizer", "none", name, &found, &checked_in, "--", &time, "-timeout=20"];
    // There is no unsafe code for a sanitizer to look at.
    run(&format!("fuzzing, {name}"), &program.to_string_lossy(), &arguments, &UNSTABLE, &root().join("fuzz"))
}

/// Changes the core in every small way there is, and lists what no test minds. The first round runs the tests that are quick,
/// the second those on what is generated from the core, the third all others, the last the examples of the documentation.
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
    // What an earlier run has left must not be taken for the result of this one.
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
            eprintln!("cargo-mutants has left no list of what survives: {error}");
            false
        }
    }
}

/// How cargo-mutants ends when it has run: every mutant was caught, some survive, some took too long. Any other status means that it
/// did not run: wrong arguments, a tree that fails without any mutant.
const ENDED_WELL: [i32; 3] = [0, 2, 3];

/// Which regions and branches of the core the tests reach; the page is beneath `target/llvm-cov`.
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

/// Licences, sources and duplicates of what is linked in; needs no network once it is installed.
pub(crate) fn deny() -> bool {
    let Some(program) = tool(DENY) else { return false };
    let config = root().join("crates/xtask/deny.toml");
    let config = config.to_string_lossy();
    let arguments = ["--offline", "--workspace", "--config", &config, "check", "bans", "licenses", "sources"];
    run("licences, sources, duplicates", &program.to_string_lossy(), &arguments, &[], &root())
}

/// The core's own tests under Miri.
pub(crate) fn miri() -> bool {
    run("Miri", "cargo", &["miri", "test", "--locked", "-p", "image-preflight", "--lib"], &NIGHTLY, &root())
}

/// The core and the command line with the oldest versions of their dependencies that they admit.
pub(crate) fn minimal_versions() -> bool {
    let lock = root().join("Cargo.lock");
    let Ok(kept) = std::fs::read(&lock) else { return false };
    let oldest = ["update", "-Z", "direct-minimal-versions"];
    let check = ["check", "-p", "image-preflight", "-p", "image-preflight-cli", "--all-features"];
    let passed = cargo("the oldest dependencies", &oldest, &UNSTABLE) && cargo("what builds with them", &check, &[]);
    std::fs::write(&lock, kept).is_ok() && passed
}
