//! Checks one kind of case a number of times and does nothing else, for callgrind: `counted <kind> <times>`. The instructions of a check
//! are the difference of two runs. `counted all <times>` checks the whole workload.

use image_preflight_bench::workload::{Layout, Request, Sample, samples, texts};
use std::hint::black_box;

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [kind, times] = arguments.as_slice() else { panic!("counted <kind> <times>") };
    let times: usize = times.parse().expect("a number");
    let (request, denied, layout) = match kind.as_str() {
        "cross-region-copy" => (Request::CrossRegionCopy, None, Layout::Compact),
        "in-region-copy" => (Request::InRegionCopy, None, Layout::Compact),
        "whole-image-from-ecs" => (Request::WholeImageFromEcs, None, Layout::Compact),
        "whole-image-from-backup" => (Request::WholeImageFromBackup, None, Layout::Compact),
        "copy-images" => (Request::CopyImages, None, Layout::Compact),
        "python" => (Request::CrossRegionCopy, None, Layout::Python),
        "shuffled" => (Request::CrossRegionCopy, None, Layout::Shuffled),
        "denied-name" => (Request::CrossRegionCopy, Some("name-character"), Layout::Compact),
        "denied-encrypted" => (Request::CrossRegionCopy, Some("encrypted"), Layout::Compact),
        "all" => return check_all(times),
        other => panic!("no case is called {other}"),
    };
    let is_it = |sample: &Sample| sample.request == request && sample.violation == denied;
    let chosen: Vec<_> = samples().filter(is_it).take(10).collect();
    let chosen = texts(&chosen, layout);
    for text in chosen.iter().cycle().take(times) {
        black_box(image_preflight::check(black_box(text)));
    }
}

/// Checks the whole workload a number of times, for a profile by time.
fn check_all(times: usize) {
    let texts = texts(&samples().collect::<Vec<_>>(), Layout::Compact);
    for text in texts.iter().cycle().take(times * texts.len()) {
        black_box(image_preflight::check(black_box(text)));
    }
}
