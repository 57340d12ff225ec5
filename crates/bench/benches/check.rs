//! `cargo bench -p image-preflight-bench`: our own times, one by one; the table beside the peers is `cargo xtask bench`.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use image_preflight::{Locale, check};
use image_preflight_bench::workload::{Layout, samples, texts};

fn main() {
    divan::main();
}

fn workload(layout: Layout) -> Vec<String> {
    texts(&samples().collect::<Vec<_>>(), layout)
}

/// From text to report, each case by itself.
#[divan::bench(args = Layout::ALL)]
fn text(bencher: Bencher<'_, '_>, layout: Layout) {
    let texts = workload(layout);
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(ItemsCount::new(texts.len())).counter(BytesCount::new(bytes)).bench_local(|| {
        for text in &texts {
            black_box(check(black_box(text)));
        }
    });
}

/// From one NDJSON text, a case a line.
#[divan::bench]
fn ndjson(bencher: Bencher<'_, '_>) {
    let lines = workload(Layout::Compact).join("\n");
    bencher.counter(ItemsCount::new(lines.lines().count())).counter(BytesCount::of_str(&lines)).bench_local(|| {
        for line in black_box(&lines).lines() {
            black_box(check(line));
        }
    });
}

/// From text to the report's own JSON, every message said.
#[divan::bench]
fn to_json(bencher: Bencher<'_, '_>) {
    let texts = workload(Layout::Compact);
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        for text in &texts {
            black_box(check(black_box(text)).to_json(Locale::ENGLISH));
        }
    });
}
