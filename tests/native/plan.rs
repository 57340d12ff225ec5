//! Plans at random: larger than those whose orders are all walked through in the unit tests of the plan.

use image_preflight::Edition;
use image_preflight::plan::{Again, Plan, PlannedId, State};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;

const KINDS: usize = 6;

/// A case of one of several kinds: copies, of an encrypted image, of a full-ECS one, of one that is not known, of listed ones, none.
fn case(kind: usize, index: usize) -> String {
    let copy = |image: &str, facts: &str, vault: &str| {
        format!(
            r#"{{"operation": "ims.cross-region-copy", "path": {{"image_id": "{image}"}}, "body": {{"name": "copy",
            "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "a"{vault}}}, "facts": {{
            "sourceRegion": "cn-north-4", "image": {{{facts} "iso": false, "os": "linux", "replicated": false,
            "sizeBytes": 1, "visibility": "private", "status": "active"}}}}}}"#
        )
    };
    match kind {
        0 => copy(&format!("i{index}"), r#""encrypted": false, "fullEcs": false,"#, ""),
        1 => copy(&format!("i{index}"), r#""encrypted": true, "fullEcs": false,"#, ""),
        2 => copy("full", r#""encrypted": false, "fullEcs": true,"#, r#", "vault_id": "v""#),
        3 => copy(&format!("i{index}"), r#""fullEcs": false,"#, ""),
        4 => format!(
            r#"{{"operation": "jd.copy-images", "path": {{"regionId": "cn-north-1"}}, "body": {{
            "sourceImageIds": ["img-{index}"], "destinationRegion": "cn-east-2"}}, "facts": {{"images": {{"img-{index}": {{
            "visibility": "private", "rootDevice": "cloudDisk", "status": "ready", "snapshotEncrypted": false, "busy": false,
            "snapshots": 1}}}}, "destinationQuota": {{"images": 99, "snapshots": 99}}}}}}"#
        ),
        _ => "{}".to_owned(),
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_or_started_twice_and_no_limit_is_exceeded(
        kinds in proptest::collection::vec((0..KINDS, -2..3), 1..40),
        needs in proptest::collection::vec((any::<Index>(), any::<Index>()), 0..40),
        answers in proptest::collection::vec((any::<Index>(), 0..8), 0..200),
        limit in 1_u64..6,
        others in 0_u64..3,
    ) {
        let limit_set = NonZeroU64::new(limit).expect("it is not 0");
        let mut plan = Plan::new(&Edition::default().with_concurrent_copies(limit_set));
        plan.set_copies_in_flight(others);
        let ids: Vec<_> = kinds.iter().enumerate().map(|(index, (kind, priority))| plan.add_with(case(*kind, index), *priority)).collect();
        let mut wanted: BTreeMap<PlannedId, BTreeSet<PlannedId>> = BTreeMap::new();
        for (request, on) in &needs {
            let (request, on) = (*request.get(&ids), *on.get(&ids));
            if plan.depends(request, on).is_ok() {
                wanted.entry(request).or_default().insert(on);
            }
        }
        let mut running: BTreeMap<PlannedId, bool> = BTreeMap::new();
        let mut finished = BTreeSet::new();
        let mut answers = answers.into_iter();
        loop {
            for start in plan.wave() {
                prop_assert!((1..=10).contains(&start.requests().len()));
                for id in start.requests() {
                    let is_limited = start.operation().id() == "ims.cross-region-copy";
                    prop_assert!(!finished.contains(id) && running.insert(*id, is_limited).is_none());
                    prop_assert!(wanted.get(id).is_none_or(|on| on.is_subset(&finished)));
                    if let Some(first) = plan.preparation_of(*id) {
                        prop_assert!(finished.contains(&first));
                    }
                }
            }
            let limited = running.values().filter(|is_limited| **is_limited).count() as u64;
            prop_assert!(limited <= limit.saturating_sub(others));
            prop_assert_eq!(plan.counts().running, running.len());
            let Some(id) = (match answers.next() {
                Some((at, what)) if !running.is_empty() => {
                    let all: Vec<_> = running.keys().copied().collect();
                    let id = *at.get(&all);
                    match what {
                        0 => plan.failed(id, Again::Now),
                        1 => plan.failed(id, Again::Later),
                        2 => plan.failed(id, Again::Never),
                        _ => plan.finished(id, Some("new")),
                    }
                    .expect("it runs");
                    if what > 2 {
                        finished.insert(id);
                    }
                    Some(id)
                }
                _ => running.keys().next().copied().inspect(|id| {
                    plan.finished(*id, Some("new")).expect("it runs");
                    finished.insert(*id);
                }),
            }) else {
                break;
            };
            running.remove(&id);
            let later: Vec<_> = plan
                .states()
                .filter_map(|(id, state)| matches!(state, State::Failed(Again::Later)).then_some(id))
                .collect();
            for id in later {
                plan.retry(id).expect("it may be tried again");
            }
            let unclear: Vec<_> = plan.missing().into_values().flatten().take(1).collect();
            for id in unclear {
                plan.tell(id, r#"{"image": {"encrypted": true}}"#).expect("it has not started");
            }
        }
        let counts = plan.counts();
        prop_assert_eq!(counts.total(), plan.states().count());
        // What is left waits for the slots of others, for facts, or never starts.
        prop_assert_eq!(counts.finished, finished.len());
        if others < limit {
            prop_assert_eq!(counts.ready, 0);
            prop_assert!(plan.is_done());
        }
    }
}
