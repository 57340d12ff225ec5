//! Prints the workload for benchmarks in other languages: `workload <layout>`, a JSON array a line, of the operation, whether the
//! case is allowed, and its text.

use image_preflight_bench::workload::{Layout, Sample, samples, texts};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let layout = match std::env::args().nth(1).as_deref() {
        Some("python") => Layout::Python,
        Some("shuffled") => Layout::Shuffled,
        _ => Layout::Compact,
    };
    let samples: Vec<Sample> = samples().collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (sample, text) in samples.iter().zip(texts(&samples, layout)) {
        let line = serde_json::json!([sample.case["operation"], sample.violation.is_none(), text]);
        writeln!(out, "{line}")?;
    }
    out.flush()
}
