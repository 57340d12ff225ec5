//! Runs one contender over and over, for a profiler: `profile text`, `profile typed`.

use image_preflight::{Facts, check};
use image_preflight_bench::contenders;
use image_preflight_bench::workload::{Layout, samples, texts};

fn main() {
    let samples: Vec<_> = samples().collect();
    let which = std::env::args().nth(1).unwrap_or_default();
    let layout = match std::env::args().nth(2).as_deref() {
        Some("python") => Layout::Python,
        Some("shuffled") => Layout::Shuffled,
        _ => Layout::Compact,
    };
    let texts = texts(&samples, layout);
    let known: &'static [String] =
        samples.iter().map(|sample| sample.case["facts"].to_string()).collect::<Vec<_>>().leak();
    let typed: Vec<_> =
        texts.iter().zip(known).map(|(text, known)| (check(text).request(), Facts::from_json(known).0)).collect();
    let typed: &'static [_] = typed.leak();
    let mut allowed = 0_usize;
    for _ in 0..200 {
        for (index, text) in texts.iter().enumerate() {
            let is_allowed = match which.as_str() {
                "typed" => typed[index].0.as_ref().is_some_and(|request| contenders::typed(request, &typed[index].1)),
                "allowed" if samples[index].violation.is_some() => false,
                "denied" if samples[index].violation.is_none() => false,
                _ => contenders::ours(text),
            };
            allowed += usize::from(is_allowed);
        }
    }
    println!("{allowed}");
}
