//! Ours against serde_json's typed parse, by request, in interleaved rounds: for a quick look while changing things.

use image_preflight_bench::contenders;
use image_preflight_bench::workload::{Layout, Request, samples, texts};
use std::hint::black_box;
use std::time::Instant;

fn main() {
    let samples: Vec<_> = samples().collect();
    let texts = texts(&samples, Layout::Compact);
    let requests = [
        Request::CrossRegionCopy,
        Request::InRegionCopy,
        Request::WholeImageFromEcs,
        Request::WholeImageFromBackup,
        Request::CopyImages,
    ];
    for request in requests {
        for allowed in [true, false] {
            let of: Vec<_> = samples
                .iter()
                .zip(&texts)
                .filter(|(sample, _)| sample.request == request && sample.violation.is_none() == allowed)
                .map(|(_, text)| text.as_str())
                .collect();
            let timed = |run: &dyn Fn(&str) -> bool| {
                let began = Instant::now();
                for text in &of {
                    black_box(run(text));
                }
                began.elapsed().as_secs_f64() / of.len() as f64 * 1e9
            };
            let (mut ours, mut floor) = (Vec::new(), Vec::new());
            for _ in 0..61 {
                ours.push(timed(&|text| contenders::ours(text)));
                floor.push(timed(&|text| contenders::parse_only(request, text)));
            }
            ours.sort_by(f64::total_cmp);
            floor.sort_by(f64::total_cmp);
            let allowed = if allowed { "allowed" } else { "denied" };
            println!(
                "{request:?} {allowed}: {:.0} ns, parse only {:.0} ns: {:.2}",
                ours[15],
                floor[15],
                floor[15] / ours[15]
            );
        }
    }
}
