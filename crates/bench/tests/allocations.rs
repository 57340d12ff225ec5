//! A case that nothing is found in is checked without a single heap allocation. The only test of its program, because the whole
//! process is counted.

use image_preflight::{Verdict, check};
use image_preflight_bench::workload::{Layout, samples, texts};
use image_preflight_tests::vectors;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

#[test]
fn a_case_without_findings_allocates_nothing() {
    let allowed: Vec<_> = samples().filter(|sample| sample.violation.is_none()).collect();
    let of_workload = [Layout::Compact, Layout::Shuffled].into_iter().flat_map(|layout| texts(&allowed, layout));
    // Findings (an allowed copy across regions has an advice), presumed facts, custom limits and the facts about more than four
    // images are stored on the heap; and whether a blank leaves its field out is decided by what its kind says of it. What two objects
    // of one image say in other letters is compared as text. The digits of a number with a fraction or of sixteen digits are compared on
    // the heap, and the objects of JD Cloud's images are listed there.
    let quiet = |text: &String| {
        let report = check(text);
        let keeps =
            [r#""edition":{"#, r#""img-5":{"#, r#":"""#, "READY", "1024.0", "9007199254740991", r#""imageObjects":"#];
        let keeps = keeps.iter().any(|part| text.contains(part));
        report.verdict() == Verdict::Allowed && report.findings().is_empty() && report.presumed().is_empty() && !keeps
    };
    let of_vectors = vectors().into_iter().map(|vector| vector.case).filter(|text| !text.contains("\\u"));
    let cases: Vec<_> = of_workload.chain(of_vectors).filter(quiet).collect();
    let _profiler = dhat::Profiler::builder().testing().build();
    let mut wrong = Vec::with_capacity(cases.len());
    for case in &cases {
        let before = dhat::HeapStats::get().total_blocks;
        let report = check(case);
        let blocks = dhat::HeapStats::get().total_blocks - before;
        assert_eq!(report.verdict(), Verdict::Allowed);
        if blocks > 0 {
            wrong.push((blocks, case));
        }
    }
    // As a control: a denied case allocates its findings.
    let before = dhat::HeapStats::get().total_blocks;
    assert_eq!(check("{").findings().len(), 1);
    assert!(dhat::HeapStats::get().total_blocks > before);
    assert!(cases.len() > 10_000, "{}", cases.len());
    assert!(
        wrong.is_empty(),
        "{} of {} cases allocate, such as {:#?}",
        wrong.len(),
        cases.len(),
        wrong.iter().take(8).collect::<Vec<_>>()
    );
}
