//! One table: every contender over the whole workload in interleaved rounds, by medians.

use image_preflight::{Facts, check};
use image_preflight_bench::contenders::{self, JsonSchema};
use image_preflight_bench::workload::{Layout, Request, Sample, samples, texts};
use std::time::Instant;

/// The number of rounds of each contender.
const ROUNDS: usize = 15;

type Contender<'c> = (&'static str, Box<dyn FnMut(usize) -> bool + 'c>, bool);

fn main() {
    let samples: Vec<_> = samples().collect();
    let schema = JsonSchema::default();
    for layout in Layout::ALL {
        let texts = texts(&samples, layout);
        let bytes: usize = texts.iter().map(String::len).sum();
        println!("\n{layout:?}: {} cases, {} bytes each\n", texts.len(), bytes / texts.len());
        table(&samples, &texts, &schema, bytes);
    }
}

fn table(samples: &[Sample], texts: &[String], schema: &JsonSchema, bytes: usize) {
    let request = |index: usize| -> (Request, &str) { (samples[index].request, &texts[index]) };
    // What is built beforehand lives as long as the program.
    let known: &'static [String] =
        samples.iter().map(|sample| sample.case["facts"].to_string()).collect::<Vec<_>>().leak();
    let typed: Vec<_> = texts
        .iter()
        .zip(known)
        .map(|(text, known)| (contenders::Typed::of(&check(text)), Facts::from_json(known).0))
        .collect();
    let typed: &'static [_] = typed.leak();
    let mut buffer = vec![0; texts.iter().map(String::len).max().unwrap_or_default()];
    // The last member: whether it gives verdicts.
    let mut contenders: Vec<Contender<'_>> = vec![
        ("image-preflight, text to report", Box::new(|index| contenders::ours(&texts[index])), true),
        ("… and every finding looked at", Box::new(|index| contenders::ours_with_findings(&texts[index])), true),
        (
            "… from typed requests",
            Box::new(|index| {
                typed[index].0.as_ref().is_some_and(|request| contenders::typed(request, &typed[index].1))
            }),
            true,
        ),
        ("jsonschema, is_valid", Box::new(|index| schema.is_valid(&texts[index])), true),
        ("jsonschema, all errors", Box::new(|index| schema.all_errors(&texts[index])), true),
        (
            "garde + serde_json",
            Box::new(|index| {
                let (request, text) = request(index);
                contenders::with_garde(request, text)
            }),
            true,
        ),
        (
            "validator + serde_json",
            Box::new(|index| {
                let (request, text) = request(index);
                contenders::with_validator(request, text)
            }),
            true,
        ),
        (
            "floor: serde_json, typed, parse only",
            Box::new(|index| {
                let (request, text) = request(index);
                contenders::parse_only(request, text)
            }),
            false,
        ),
        ("floor: serde_json, IgnoredAny", Box::new(|index| contenders::ignored(&texts[index])), false),
        ("floor: memcpy", Box::new(move |index| contenders::copied(&texts[index], &mut buffer)), false),
    ];
    for (name, contender, gives_verdicts) in &mut contenders {
        for (index, sample) in samples.iter().enumerate().filter(|_| *gives_verdicts) {
            let allowed = contender(index);
            assert_eq!(allowed, sample.violation.is_none(), "{name}: {:?} {}", sample.violation, texts[index]);
        }
    }
    let mut times = vec![Vec::with_capacity(ROUNDS); contenders.len()];
    for _ in 0..ROUNDS {
        for (times, (_, contender, _)) in times.iter_mut().zip(&mut contenders) {
            let began = Instant::now();
            let mut allowed = 0;
            for index in 0..texts.len() {
                allowed += usize::from(contender(index));
            }
            times.push(began.elapsed().as_secs_f64());
            assert!(std::hint::black_box(allowed) > 0);
        }
    }
    let medians: Vec<_> = times.into_iter().map(median).collect();
    println!("| | ns a case | MB/s | times ours |\n| --- | ---: | ---: | ---: |");
    for ((name, ..), time) in contenders.iter().zip(&medians) {
        let each = time / texts.len() as f64 * 1e9;
        println!("| {name} | {each:.0} | {:.0} | {:.2} |", bytes as f64 / time / 1e6, time / medians[0]);
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
