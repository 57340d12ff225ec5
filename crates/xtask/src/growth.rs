//! How the instructions of a check grow with a hostile text: for each shape that the program `growth` of the benchmarks knows, twice
//! the text must not take much more than twice the instructions. What takes the square of a size shows as four times.

use crate::{instructions, steps};
use std::process::Command;

/// What twice the size may take. Tables that grow, and sums that are logarithmic, keep it from being exactly two.
const MOST: f64 = 2.3;

/// Counts within this function alone: making the text is no part of the check.
const COUNTED: &str = "--toggle-collect=growth::growth_of*";

/// Whether every shape grows no faster than it may; says how fast each grows.
pub(crate) fn is_linear() -> bool {
    let Some(program) = instructions::program("growth") else { return false };
    let Ok(listed) = Command::new(&program).output() else {
        eprintln!("{} cannot be started", program.display());
        return false;
    };
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let shapes: Vec<_> = listed.lines().filter_map(|line| line.split_once(' ')).collect();
    let mut faults = Vec::new();
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
        if ratio > MOST {
            faults.push(format!(
                "{shape}: {ratio:.2} times as many instructions for twice the size; {MOST} are the most"
            ));
        }
    }
    if shapes.is_empty() {
        faults.push("no shape is listed".to_owned());
    }
    if !faults.is_empty() {
        eprintln!("{}", faults.join("\n"));
    }
    faults.is_empty()
}
