//! Many checks in many threads: every report equals the first, memory stays constant, and the last checks are as fast as the
//! first. `SOAK=10000000 cargo test --release -p image-preflight-bench --test soak -- --nocapture` for a long run.

use image_preflight::{Edition, Facts, Locale, Refusal, Report, check};
use image_preflight_bench::workload::{Layout, samples, texts};
use std::time::{Duration, Instant};

const THREADS: usize = 4;

/// Types that must be `Send` and `Sync`.
#[test]
fn everything_is_send_and_sync() {
    fn is<T: Send + Sync>() {}
    is::<Report<'_>>();
    is::<Facts<'_>>();
    is::<Edition>();
    is::<Refusal<'_>>();
}

/// The memory of this process in bytes, if the system provides it.
fn memory() -> Option<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(pages.split(' ').nth(1)?.parse::<usize>().ok()? * 4096)
}

#[test]
fn many_checks_change_nothing() {
    let times: usize = std::env::var("SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(40_000);
    let samples: Vec<_> = samples().take(2000).collect();
    let texts: Vec<_> = Layout::ALL.into_iter().flat_map(|layout| texts(&samples, layout)).collect();
    let expected: Vec<_> = texts.iter().map(|text| check(text).to_json(Locale::CHINESE)).collect();
    let portion = (times / THREADS / 10).max(1);
    let run = |thread: usize| -> Vec<Duration> {
        let mut index = thread;
        let tenth = |_| {
            let began = Instant::now();
            for _ in 0..portion {
                index = (index + 1) % texts.len();
                let report = check(&texts[index]);
                // Every tenth is said, too.
                if index.is_multiple_of(10) {
                    assert_eq!(report.to_json(Locale::CHINESE), expected[index]);
                }
                std::hint::black_box(report.verdict());
            }
            began.elapsed()
        };
        (0..10).map(tenth).collect()
    };
    // What the allocator keeps for each thread is there after a first round.
    std::thread::scope(|scope| (0..THREADS).for_each(|thread| _ = scope.spawn(move || run(thread))));
    let before = memory();
    let tenths: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || run(thread))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no thread panics")).collect()
    });
    let (first, last) =
        tenths.iter().fold((Duration::ZERO, Duration::ZERO), |(first, last), of| (first + of[0], last + of[9]));
    println!("{} checks in {THREADS} threads; the first tenth {first:?}, the last {last:?}", portion * 10 * THREADS);
    if let (Some(before), Some(after)) = (before, memory()) {
        println!("{} KiB before, {} KiB after", before / 1024, after / 1024);
        assert!(after < before + (4 << 20), "{before} bytes have become {after}");
    }
}
