//! Checks that the instructions of a check grow linearly with a hostile text, and those of a plan as n log n at most with its requests: for
//! each shape of the benchmark program `growth`, twice the size must not take much more than twice the instructions. Quadratic growth shows as a factor of four.

use crate::{instructions, steps};
use std::process::Command;

/// The maximum factor for twice the size. Growing tables and logarithmic terms make it more than two.
const MAX_RATIO: f64 = 2.3;

/// Counts only within this function: creating the text is not part of the check.
const COUNTED: &str = "--toggle-collect=growth::growth_of*";

/// Whether every shape grows within the limit; prints the factor of each.
pub(crate) fn is_linear() -> bool {
    let Some(program) = instructions::program("growth") else { return false };
    let Ok(listed) = Command::new(&program).output() else {
        eprintln!("{} cannot be started", program.display());
        return false;
    };
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let shapes: Vec<_> = listed.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut problems = Vec::new();
    for (size, shape) in &shapes {
        let Ok(size) = size.parse::<u64>() else { return false };
        let count = |size: u64| {
            instructions::counted_by(&program, &[COUNTED], &[shape, &size.to_string()]).filter(|count| *count > 0)
        };
        let Some((once, twice)) = steps::timed("growth of hostile texts", || count(size).zip(count(2 * size))) else {
            eprintln!("{shape}: nothing could be counted");
            return false;
        };
        let ratio = twice as f64 / once as f64;
        eprintln!("{shape}: {once} instructions at {size}, {ratio:.2} times as many at twice that");
        if ratio > MAX_RATIO {
            problems.push(format!(
                "{shape}: {ratio:.2} times as many instructions for twice the size; {MAX_RATIO} is the maximum"
            ));
        }
    }
    if shapes.is_empty() {
        problems.push("no shapes found".to_owned());
    }
    if !problems.is_empty() {
        eprintln!("{}", problems.join("\n"));
    }
    problems.is_empty()
}
