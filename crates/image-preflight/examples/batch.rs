//! A batch of 200 images that goes to another region: planned, sent, and followed to the end, against a cloud in memory.
//!
//! `cargo run --example batch`

use image_preflight::job::{Job, JobState};
use image_preflight::plan::{Again, Plan, PlannedId, State};
use image_preflight::{Edition, Locale};
use std::collections::BTreeMap;
use std::error::Error;

const IMAGES: usize = 200;

/// A cloud that takes five copies across regions at once. A job ends at its third query.
#[derive(Default)]
struct Cloud {
    /// The path of each request, and how often its job has been asked for.
    jobs: Vec<(String, u32)>,
}

impl Cloud {
    fn post(&mut self, path: &str) -> (u16, String) {
        let is_limited = |path: &str| path.ends_with("cross_region_copy");
        if is_limited(path) && self.jobs.iter().filter(|(path, asked)| is_limited(path) && *asked < 3).count() == 5 {
            return (400, r#"{"error": {"code": "IMG.0149", "message": "too many"}}"#.to_owned());
        }
        self.jobs.push((path.to_owned(), 0));
        (200, format!(r#"{{"job_id": "{}"}}"#, self.jobs.len() - 1))
    }

    fn get(&mut self, path: &str) -> (u16, String) {
        let job = path.rsplit('/').next().and_then(|id| id.parse::<usize>().ok()).unwrap_or(usize::MAX);
        let Some((path, asked)) = self.jobs.get(job).cloned() else { return (404, String::new()) };
        self.jobs[job].1 += 1;
        let is_first_try = self.jobs.iter().filter(|(other, _)| *other == path).count() == 1;
        match asked {
            0 if job % 10 == 3 => (503, String::new()),
            0 | 1 => (200, r#"{"status": "RUNNING", "entities": {"process_percent": 0.5}}"#.to_owned()),
            _ if path.contains("image-13/") && is_first_try => {
                (200, r#"{"status": "FAIL", "error_code": "IMG.0010", "fail_reason": "busy"}"#.to_owned())
            }
            _ => (200, format!(r#"{{"status": "SUCCESS", "entities": {{"image_id": "new-{job}"}}}}"#)),
        }
    }
}

/// Each 20th image is encrypted, of each 50th nobody knows it, each 66th is too large.
fn case(index: usize) -> String {
    let encrypted = match index {
        _ if index % 50 == 49 => "null",
        _ if index % 20 == 7 => "true",
        _ => "false",
    };
    let size: u64 = if index % 66 == 65 { 400 << 30 } else { 40 << 30 };
    format!(
        r#"{{"operation": "ims.cross-region-copy", "path": {{"image_id": "image-{index}"}}, "body": {{"name": "copy-{index}",
        "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy"}},
        "facts": {{"sourceRegion": "cn-north-4", "image": {{"encrypted": {encrypted}, "fullEcs": false, "iso": false,
        "os": "linux", "sizeBytes": {size}, "visibility": "private", "status": "active"}}}}}}"#
    )
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut cloud = Cloud::default();
    let mut plan = Plan::new(&Edition::default());
    for index in 0..IMAGES {
        plan.add(case(index));
    }
    println!("{:?}, {} waves", plan.counts(), plan.waves().len());
    // What is not known is looked up, and told.
    for (fact, requests) in plan.missing() {
        println!("{fact} is not known of {} images", requests.len());
        for request in requests {
            plan.tell(request, r#"{"image": {"encrypted": false}}"#)?;
        }
    }

    let mut running: BTreeMap<PlannedId, Job> = BTreeMap::new();
    while !plan.is_done() {
        for start in plan.wave() {
            let request = start.requests()[0];
            let (status, answer) = cloud.post(start.request().path());
            let job = Job::begin(start.operation(), status, &answer)?.remove(0);
            running.insert(request, job);
        }
        // A real one waits here. Then it asks for every job.
        for (request, job) in &mut running {
            let Some(query) = job.next_query() else { continue };
            let (status, answer) = cloud.get(query.path());
            match job.answered(status, &answer) {
                JobState::Done { image } => plan.finished(*request, Some(image))?,
                JobState::DoneUnnamed => plan.finished(*request, None)?,
                state => {
                    if let Some(again) = state.again() {
                        println!("{request} has failed, to be tried again: {again}");
                        plan.failed(*request, again)?;
                    }
                }
            }
        }
        running.retain(|_, job| !job.state().is_final());
        // What may be tried again later is, twice; a real one waits longer each time.
        let later: Vec<_> = plan.states().filter(|(_, state)| matches!(state, State::Failed(Again::Later))).collect();
        let later: Vec<_> = later.into_iter().map(|(request, _)| request).collect();
        for request in later.into_iter().filter(|request| plan.starts(*request) < 3).collect::<Vec<_>>() {
            plan.retry(request)?;
        }
    }

    let counts = plan.counts();
    println!("{counts:?}");
    for (request, state) in plan.never() {
        let (State::Denied(findings) | State::Invalid(findings)) = state else { continue };
        println!("{request}: {}", findings[0].message(Locale::ENGLISH));
    }
    // Ten copies within the region were made first, of the encrypted images. All have ended: the three that are too large at once.
    assert_eq!((counts.total(), counts.finished, counts.denied), (IMAGES + 10, IMAGES + 10 - 3, 3));
    assert!(running.is_empty());
    Ok(())
}

#[test]
fn it_runs() {
    main().expect("every assertion holds");
}
