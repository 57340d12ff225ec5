//! Plans at random: larger than those whose orders are all walked through in the unit tests of the plan.

use image_preflight::plan::{Again, Plan, PlanOptions, PlanOptionsError, PlannedId, State};
use image_preflight::{Edition, Locale};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
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

fn json_of(cases: &[String], edition: &Edition, options: Value) -> Value {
    let options: PlanOptions = serde_json::from_value(options).expect("options");
    let plan = Plan::of(cases.iter().cloned(), edition, &options).expect("a plan");
    let json = serde_json::to_value(plan.localized(Locale::ENGLISH)).expect("it is JSON");
    assert!(plan.counts().total() >= cases.len());
    json
}

/// The cases of calls.
fn cases_of(calls: &Value) -> Vec<usize> {
    let calls = calls.as_array().expect("calls").iter();
    let cases = calls.flat_map(|call| call["cases"].as_array().expect("cases"));
    cases.map(|case| usize::try_from(case.as_u64().expect("a number")).expect("it is small")).collect()
}

proptest! {
    /// A plan that is made anew after each answer, from the cases and what has become of them, does what one that is kept does.
    #[test]
    fn a_plan_without_memory_keeps_the_laws(
        kinds in proptest::collection::vec(0..KINDS, 1..20),
        after in proptest::collection::vec((any::<Index>(), any::<Index>()), 0..10),
        answers in proptest::collection::vec((any::<Index>(), 0..6), 0..60),
        limit in 1_u64..4,
    ) {
        let edition = Edition::default().with_concurrent_copies(NonZeroU64::new(limit).expect("it is not 0"));
        let cases: Vec<_> = kinds.iter().enumerate().map(|(index, kind)| case(*kind, index)).collect();
        let mut needs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (one, other) in &after {
            let (one, other) = (one.index(cases.len()), other.index(cases.len()));
            // Only earlier ones: no circle.
            if other < one {
                needs.entry(one).or_default().insert(other);
            }
        }
        // By case: whether what runs prepares it.
        let mut running: BTreeMap<usize, bool> = BTreeMap::new();
        let mut finished: BTreeSet<usize> = BTreeSet::new();
        let (mut prepared, mut failed): (BTreeMap<usize, String>, BTreeMap<usize, &str>) = (BTreeMap::new(), BTreeMap::new());
        let mut answers = answers.into_iter();
        loop {
            let options = json!({"after": needs, "running": running.keys().collect::<Vec<_>>(), "finished": finished,
                "prepared": prepared, "failed": failed});
            let plan = json_of(&cases, &edition, options);
            let all = plan["cases"].as_array().expect("cases");
            prop_assert_eq!(all.len(), cases.len());
            for case in running.keys() {
                let state = |case: &Value| case["state"].as_str().map(str::to_owned);
                prop_assert!(state(&all[*case]).as_deref() == Some("running") || state(&all[*case]["preparation"]).as_deref() == Some("running"));
            }
            for call in plan["start"].as_array().expect("calls") {
                let is_preparation = call["prepares"] == true;
                for case in cases_of(&json!([call])) {
                    prop_assert!(!finished.contains(&case) && !failed.contains_key(&case));
                    prop_assert!(needs.get(&case).is_none_or(|on| on.is_subset(&finished)));
                    prop_assert!(running.insert(case, is_preparation).is_none());
                    prop_assert!(kinds[case] < 5 && kinds[case] != 3);
                    if let Some(image) = prepared.get(&case) {
                        prop_assert_eq!(call["request"]["path"].as_str().map(|path| path.contains(image.as_str())), Some(true));
                    } else {
                        prop_assert_eq!(is_preparation, kinds[case] == 1);
                    }
                }
            }
            let limited = running.iter().filter(|(case, prepares)| kinds[**case] < 4 && !**prepares).count() as u64;
            prop_assert!(limited <= limit);
            if running.is_empty() {
                prop_assert_eq!(&plan["later"], &json!([]));
                break;
            }
            let next = answers.next();
            let what = next.map_or(5, |(_, what)| what);
            let place = next.map_or(0, |(at, _)| at.index(running.len()));
            let ended = *running.keys().nth(place).expect("it runs");
            match (running.remove(&ended), what) {
                (_, 0) => _ = failed.insert(ended, "never"),
                (_, 1) => _ = failed.insert(ended, "later"),
                (Some(true), _) => _ = prepared.insert(ended, format!("made-{ended}")),
                _ => _ = finished.insert(ended),
            }
            if what == 2 {
                failed.retain(|_, again| *again == "never");
            }
        }
    }
}

#[test]
fn a_plan_says_what_starts_now_what_later_and_what_waits_for_what() {
    let cases: Vec<_> = [1, 0, 0, 3, 5, 0].iter().enumerate().map(|(index, kind)| case(*kind, index)).collect();
    let edition = Edition::default().with_concurrent_copies(NonZeroU64::new(1).expect("it is not 0"));
    let options = json!({"after": {"2": [1], "5": [4]}, "priority": {"2": 1}});
    let plan = json_of(&cases, &edition, options.clone());
    let starts: Vec<_> =
        plan["start"].as_array().expect("calls").iter().map(|call| (&call["cases"], &call["prepares"])).collect();
    assert_eq!(starts, [(&json!([0]), &json!(true)), (&json!([1]), &json!(false))]);
    assert_eq!(plan["start"][0]["request"]["path"], "/v1/cloudimages/i0/copy");
    let later: Vec<_> = plan["later"].as_array().expect("waves").iter().map(cases_of).collect();
    assert_eq!(later, [[2], [0]], "the limit is one; the higher priority first");
    let states: Vec<_> =
        plan["cases"].as_array().expect("cases").iter().map(|case| (&case["state"], &case["wave"])).collect();
    assert_eq!(
        json!(states),
        json!([
            ["waiting", 2],
            ["ready", 0],
            ["waiting", 1],
            ["undetermined", null],
            ["invalid", null],
            ["never", null]
        ])
    );
    assert_eq!(plan["cases"][2]["waitsFor"], json!([1]));
    assert_eq!(plan["cases"][0]["waitsFor"], json!([]), "its own preparation is no other case");
    assert_eq!(plan["cases"][0]["preparation"]["wave"], 0);
    assert_eq!(plan["cases"][5]["because"], 4);
    assert_eq!(plan["cases"][4]["findings"][0]["rule"], "case.operation");
    assert_eq!(plan["missing"], json!({"/facts/image/encrypted": [3]}));
    // Of what may start, and of what is made first for it; nothing is presumed of the others.
    assert_eq!(plan["presumed"]["/facts/destinationQuota/images"], json!([0, 1, 2]));

    // What others run leaves no room; what it leaves is not changed.
    let mut full = options;
    full["copiesInFlight"] = json!(1);
    let plan = json_of(&cases, &edition, full);
    assert_eq!((cases_of(&plan["start"]), plan["later"].as_array().map(Vec::len)), (vec![0], Some(0)));
    assert_eq!((&plan["cases"][1]["state"], &plan["cases"][1]["wave"]), (&json!("ready"), &Value::Null));

    // What prepares a case has failed for good.
    let plan = json_of(&cases, &edition, json!({"failed": {"0": "never"}}));
    assert_eq!(plan["cases"][0]["preparation"]["again"], "never");
    assert_eq!((&plan["cases"][0]["state"], &plan["cases"][0]["because"]), (&json!("never"), &json!(0)));

    // What runs is counted although its facts are not known.
    let plan = json_of(&cases, &edition, json!({"running": [3]}));
    assert_eq!((cases_of(&plan["start"]), cases_of(&plan["later"][0])), (vec![0], vec![0]));
}

#[test]
fn options_that_cannot_be_are_refused() {
    let wrong = |options: Value| {
        let options: PlanOptions = serde_json::from_value(options).expect("options");
        let cases = [case(0, 0), case(1, 1), case(0, 2)];
        Plan::of(cases, &Edition::default(), &options).err()
    };
    assert_eq!(wrong(json!({})), None);
    assert_eq!(
        wrong(json!({"after": {"1": [0], "2": [0, 1]}, "prepared": {"1": "i"}, "failed": {"1": "later"}})),
        None
    );
    let none = |member| Some(PlanOptionsError::NoSuchCase { member, case: 3, count: 3 });
    assert_eq!(wrong(json!({"running": [3]})), none("running"));
    assert_eq!(wrong(json!({"finished": [0, 3]})), none("finished"));
    assert_eq!(wrong(json!({"failed": {"3": "later"}})), none("failed"));
    assert_eq!(wrong(json!({"prepared": {"3": "i"}})), none("prepared"));
    assert_eq!(wrong(json!({"priority": {"3": 1}})), none("priority"));
    assert_eq!(wrong(json!({"after": {"0": [3]}})), none("after"));
    assert_eq!(wrong(json!({"after": {"3": [0]}})), none("after"));
    assert_eq!(wrong(json!({"prepared": {"0": "i"}})), Some(PlanOptionsError::NotPrepared(0)));
    assert_eq!(wrong(json!({"running": [1, 1]})), Some(PlanOptionsError::Twice(1)));
    assert_eq!(wrong(json!({"running": [1], "failed": {"1": "later"}})), Some(PlanOptionsError::Twice(1)));
    assert_eq!(wrong(json!({"after": {"0": [0]}})), Some(PlanOptionsError::Circle { case: 0, on: 0 }));
    assert_eq!(
        wrong(json!({"after": {"0": [1], "1": [2], "2": [0]}})),
        Some(PlanOptionsError::Circle { case: 2, on: 0 })
    );
    for odd in
        [json!({"running": 1}), json!({"failed": {"0": "soon"}}), json!({"copiesInFlight": -1}), json!({"run": []})]
    {
        assert!(serde_json::from_value::<PlanOptions>(odd.clone()).is_err(), "{odd}");
    }
}

/// A case that names an edition starts only while fewer run than that one allows.
#[test]
fn the_edition_of_each_case_limits_it() {
    let with = |limit: u64, index: usize| {
        case(0, index).replacen('{', &format!(r#"{{"edition": {{"concurrentCopies": {limit}}},"#), 1)
    };
    let cases = [with(1, 0), with(3, 1), with(1, 2), with(3, 3), with(3, 4), case(0, 5)];
    let plan = json_of(&cases, &Edition::default(), json!({}));
    // The first; those that may run with two others; the default edition allows five.
    assert_eq!(cases_of(&plan["start"]), [0, 1, 3, 5]);
    assert_eq!(plan["later"].as_array().expect("waves").iter().map(cases_of).collect::<Vec<_>>(), [[2, 4]]);
    let only = json_of(&cases[1..], &Edition::default(), json!({"copiesInFlight": 1}));
    assert_eq!(cases_of(&only["start"]), [0, 2, 4], "none of those that may run alone");
}
