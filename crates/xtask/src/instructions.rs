//! The instructions of a check, counted by callgrind, as a regression gate. Times are too noisy for that.

use crate::{cargo, root, steps, target};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The counts, which are checked in.
const FILE: &str = "crates/bench/instructions.json";
/// The tolerated change of a count.
const TOLERANCE: f64 = 0.02;

const KINDS: [&str; 9] = [
    "cross-region-copy",
    "in-region-copy",
    "whole-image-from-ecs",
    "whole-image-from-backup",
    "copy-images",
    "python",
    "shuffled",
    "denied-name",
    "denied-encrypted",
];

/// Counts, and writes the file of counts.
pub(crate) fn write() -> bool {
    let Some(counts) = counted() else { return false };
    match std::fs::write(root().join(FILE), format!("{counts:#}\n")) {
        Ok(()) => true,
        Err(error) => {
            eprintln!("{FILE}: {error}");
            false
        }
    }
}

/// Whether the counts agree with those checked in.
pub(crate) fn are_as_before() -> bool {
    let before =
        std::fs::read_to_string(root().join(FILE)).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let (Some(Value::Object(before)), Some(Value::Object(now))) = (before, counted()) else {
        eprintln!("there are no counts to compare");
        return false;
    };
    let mut is_as_before = true;
    for kind in KINDS {
        let count = |counts: &Map<String, Value>| counts.get(kind).and_then(Value::as_f64).unwrap_or_default();
        let (before, now) = (count(&before), count(&now));
        if (now - before).abs() > before * TOLERANCE {
            eprintln!(
                "{kind}: {now} instructions, {before} before; if this is intended, run `cargo xtask instructions`"
            );
            is_as_before = false;
        }
    }
    is_as_before
}

fn counted() -> Option<Value> {
    let program = program("counted")?;
    let run = |kind: &str, times: u64| counted_by(&program, &[], &[kind, &times.to_string()]);
    let mut counts = Map::new();
    for kind in KINDS {
        let (few, many) = steps::timed("counting instructions", || Some((run(kind, 1000)?, run(kind, 2000)?)))?;
        eprintln!("{kind}: {} instructions", (many - few) / 1000);
        counts.insert(kind.to_owned(), ((many - few) / 1000).into());
    }
    Some(counts.into())
}

/// A benchmark program, built in the release profile but without the peers, which take longest to build; `None` if it does not build or
/// valgrind is missing.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let build = ["build", "--release", "--locked", "-p", "image-preflight-bench", "--no-default-features", "--bins"];
    let is_built = has_valgrind() && cargo("what is counted", &build, &[]);
    is_built.then(|| target().join("release").join(name))
}

/// The instructions counted by callgrind.
pub(crate) fn counted_by(program: &Path, options: &[&str], arguments: &[&str]) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(options)
        .arg(program)
        .args(arguments)
        .output()
        .ok()?;
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        eprintln!("{printed}");
        return None;
    }
    printed.split("Collected : ").nth(1)?.split_whitespace().next()?.parse().ok()
}

/// The installed valgrind, or else Debian's.
fn has_valgrind() -> bool {
    let works = || Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success());
    if !works() {
        for arguments in [&["update", "-q"][..], &["install", "-y", "-q", "valgrind"]] {
            // The result is checked by looking for the program.
            let _ = Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").output();
        }
    }
    let is_there = works();
    if !is_there {
        eprintln!("valgrind is missing and could not be installed");
    }
    is_there
}
