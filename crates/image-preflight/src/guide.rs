//! Three ways to use the crate whole. Each page ends with a program of `examples/`, which the tests compile and run.

pub mod gateway {
    //! A gateway: requests are checked before they are forwarded.
    //!
    //! A handler has the body that somebody sent, and knows some facts of its own. The answer to a case that is not allowed is
    //! [`Report::problem`](crate::Report::problem): problem details (RFC 9457) with the status 400 for what cannot be judged, 422 for what
    //! the cloud would refuse, and 424 for what is not known yet. What is forwarded is [`Report::clear`](crate::Report::clear), and only that.
    //!
    //! Three things are the handler's to decide, because a case comes from somebody else:
    //!
    //! - **Fields that are not known** are forwarded with a warning: the cloud may know more than its documents. A gateway that forwards
    //!   only what was checked refuses them, as below; a typed request ([`Request::from_case`](crate::Request::from_case)) never has any.
    //! - **The edition** is the case's, if it names one, also with [`check_with`](crate::check_with). A gateway has its own: it makes the
    //!   case itself, as below, or compares [`Report::edition`](crate::Report::edition).
    //! - **Facts** that a caller sends are what he says. Who must be sure asks the cloud for the objects, and sends these along.
    //!
    //! ```
    //! use image_preflight::{Locale, check_value};
    //! use serde_json::{Value, json};
    //!
    //! /// The status and the body to answer with, or the path and the body to forward.
    //! fn handle(image: &str, body: Value, language: &str) -> Result<(String, String), (u16, String)> {
    //!     let case = json!({"operation": "ims.in-region-copy", "path": {"image_id": image}, "body": body});
    //!     let report = check_value(&case);
    //!     if report.findings().iter().any(|finding| finding.rule().id.ends_with(".unknown-field")) {
    //!         return Err((422, "it has a field that nobody has checked".to_owned()));
    //!     }
    //!     if let Some(problem) = report.problem(Locale::from_accept_language(language)) {
    //!         return Err((problem.status(), serde_json::to_string(&problem).unwrap_or_default()));
    //!     }
    //!     report.clear().map(|request| (request.path().to_owned(), request.body().to_owned())).map_err(|why| (422, why.to_string()))
    //! }
    //!
    //! let (status, body) = handle("i", json!({"name": ""}), "zh-CN, en;q=0.8").unwrap_err();
    //! assert_eq!(status, 422);
    //! assert!(body.contains("不能为空"));
    //! assert_eq!(handle("i", json!({"name": "copy", "encryption": true}), "en").unwrap_err().0, 422);
    //! // Of the image nothing is known: the handler has to find out.
    //! assert_eq!(handle("i", json!({"name": "copy"}), "en").unwrap_err().0, 424);
    //! ```
    //!
    //! With the feature `http`, `Report::problem_response` is the whole response. The program: `examples/gateway.rs`, with axum.
}

pub mod batch {
    //! A batch job: many copies are sent under the limits, and followed to their end.
    //!
    //! [`Plan`](crate::plan::Plan) says what may start; [`Job`](crate::job::Job) says what to ask and what an answer means. Both are pure:
    //! the loop, its clock and its client are yours.
    //!
    //! ```
    //! use image_preflight::job::{Job, JobState};
    //! use image_preflight::plan::{Plan, PlannedId};
    //! use image_preflight::{Edition, check};
    //!
    //! # fn send(_method: &str, path: &str) -> (u16, String) {
    //! #     if path.contains("/job/") {
    //! #         (200, r#"{"status": "SUCCESS", "entities": {"image_id": "new"}}"#.to_owned())
    //! #     } else {
    //! #         (200, r#"{"job_id": "j"}"#.to_owned())
    //! #     }
    //! # }
    //! let case = |server| format!(r#"{{"operation": "ims.whole-image", "body": {{"name": "n", "instance_id": "{server}", "vault_id": "v"}}}}"#);
    //! let mut plan = Plan::new(&Edition::default());
    //! for server in ["web", "database"] {
    //!     plan.add(case(server));
    //! }
    //! let mut running: Vec<(PlannedId, Job)> = Vec::new();
    //! while !plan.is_done() {
    //!     for start in plan.wave() {
    //!         let (status, answer) = send(start.request().method(), start.request().path());
    //!         match Job::begin(start.operation(), status, &answer) {
    //!             Ok(jobs) => running.extend(start.requests().iter().copied().zip(jobs)),
    //!             Err(why) => panic!("{why}: tell `plan.failed`"),
    //!         }
    //!     }
    //!     for (request, job) in &mut running {
    //!         let Some(query) = job.next_query() else { continue };
    //!         let (status, answer) = send(query.method(), query.path());
    //!         job.answered(status, &answer);
    //!         match job.state().again() {
    //!             Some(again) => plan.failed(*request, again)?,
    //!             None if job.state().is_final() => plan.finished(*request, job.image())?,
    //!             None => {} // Wait, then ask again.
    //!         }
    //!     }
    //! }
    //! assert_eq!(plan.counts().finished, 2);
    //! # assert!(running.iter().all(|(_, job)| matches!(job.state(), JobState::Done { .. })));
    //! # assert!(check(&case("web")).clear().is_ok());
    //! # Ok::<(), Box<dyn std::error::Error>>(())
    //! ```
    //!
    //! A program that may begin anew stores its cases, what has become of them ([`PlanOptions`](crate::plan::PlanOptions)) and its jobs
    //! ([`JobDocument`](crate::job::JobDocument)). The program: `examples/batch.rs`, 200 images against a simulated cloud.
}

pub mod tests {
    //! Tests: your own code never builds a request that the cloud would refuse.
    //!
    //! Check what your code builds, with the facts of your test, and compare the verdict or the ids of rules; messages may change with any
    //! version. [`Facts::strict`](crate::Facts::strict) presumes nothing, so that a test does not pass because a fact was forgotten.
    //!
    //! ```
    //! use image_preflight::huawei::{self, ImageFacts, InRegionCopy, Os, Visibility};
    //! use image_preflight::{ByteSize, Facts, InvalidRequest, Outcome, Verdict};
    //!
    //! // What is tested.
    //! fn nightly_copy(image: &str) -> Result<InRegionCopy, InvalidRequest> {
    //!     InRegionCopy::builder().image_id(image).name("nightly").build()
    //! }
    //!
    //! let plain = ImageFacts {
    //!     full_ecs: Some(false), iso: Some(false), encrypted: Some(false), os: Some(Os::Linux), status: Some("active".into()),
    //!     visibility: Some(Visibility::Private), size: Some(ByteSize::gib(40)), bare_metal: Some(false), ..ImageFacts::default()
    //! };
    //! let facts = |image| Facts::from(huawei::Facts { image, ..huawei::Facts::default() });
    //! let request = nightly_copy("i")?;
    //! assert_eq!(request.check(&facts(plain.clone())).verdict(), Verdict::Allowed);
    //!
    //! // A full-ECS image cannot be copied so: the rule says it, and the code must have another way.
    //! let facts = facts(ImageFacts { full_ecs: Some(true), ..plain });
    //! let report = request.check(&facts);
    //! let broken: Vec<_> = report.findings().iter().filter(|finding| finding.outcome() == Outcome::Violated).collect();
    //! assert_eq!(broken[0].rule().id, "ims.in-region-copy.not-full-ecs");
    //!
    //! // A request that breaks a rule of its fields is not even built.
    //! assert!(nightly_copy("").is_err());
    //! # Ok::<(), Box<dyn std::error::Error>>(())
    //! ```
    //!
    //! The program: `examples/domain.rs`, typed requests within types of its own.
}
