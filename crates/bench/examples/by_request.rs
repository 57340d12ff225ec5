//! How long each of the five requests takes, allowed and denied.

use image_preflight_bench::contenders;
use image_preflight_bench::workload::{Layout, Request, samples, texts};
use std::time::Instant;

fn main() {
    let samples = samples();
    let texts = texts(&samples, Layout::Compact);
    for request in [
        Request::CrossRegionCopy,
        Request::InRegionCopy,
        Request::WholeImageFromEcs,
        Request::WholeImageFromBackup,
        Request::CopyImages,
    ] {
        for allowed in [true, false] {
            let of: Vec<_> = samples
                .iter()
                .zip(&texts)
                .filter(|(sample, _)| sample.request == request && sample.violation.is_none() == allowed)
                .map(|(_, text)| text.as_str())
                .collect();
            let mut times: Vec<f64> = (0..41)
                .map(|_| {
                    let began = Instant::now();
                    for text in &of {
                        contenders::ours(text);
                    }
                    began.elapsed().as_secs_f64() / of.len() as f64 * 1e9
                })
                .collect();
            times.sort_by(f64::total_cmp);
            let bytes: usize = of.iter().map(|text| text.len()).sum::<usize>() / of.len();
            println!("{request:?} allowed {allowed}: {:.0} ns, {bytes} bytes", times[20]);
        }
    }
}
