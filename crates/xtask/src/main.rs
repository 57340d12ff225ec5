//! The project's own chores: `cargo xtask test` runs every check there is, `cargo xtask bless` writes the reports of the
//! vectors anew.

use std::process::{Command, ExitCode};
use std::time::Instant;

const USAGE: &str = "\
cargo xtask test     every check: format, lints, docs, tests
cargo xtask bless    write tests/reports anew; look at what changed before you commit it";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test(),
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

/// Everything that must hold. It stops at the first thing that does not.
fn test() -> bool {
    let began = Instant::now();
    let all = ["--workspace", "--all-features", "--locked"];
    let passed = cargo("format", &["fmt", "--all", "--check"], &[])
        && cargo("lints", &[&["clippy", "--all-targets"], &all[..], &["--", "-D", "warnings"]].concat(), &[])
        && cargo("docs", &[&["doc", "--no-deps"], &all[..]].concat(), &[("RUSTDOCFLAGS", "-D warnings")])
        && cargo(
            "the core without its features",
            &["check", "-p", "image-preflight", "--no-default-features", "--locked"],
            &[],
        )
        && cargo("tests", &[&["test", "--quiet"], &all[..]].concat(), &[]);
    eprintln!("{} after {} s", if passed { "all passed" } else { "FAILED" }, began.elapsed().as_secs());
    passed
}

fn cargo(what: &str, arguments: &[&str], environment: &[(&str, &str)]) -> bool {
    eprintln!("== {what}: cargo {}", arguments.join(" "));
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(arguments).envs(environment.iter().copied()).status();
    status.is_ok_and(|status| status.success())
}
