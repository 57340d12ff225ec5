//! A plan: many requests, and the order in which they may be sent.
//!
//! A [`Plan`] takes cases, as [`check_with`](crate::check_with) does, and gives what may start now: never more at once than the
//! edition allows, nothing before what it depends on, one request at a time for each backup, and the ids of one destination in as few
//! calls as the cloud takes. What has ended is told to it; then it gives what may start next. It does not know the time, sends
//! nothing, and tries nothing again by itself: [`Again`] says what its caller may do.
//!
//! ```
//! use image_preflight::plan::{Plan, State};
//! use image_preflight::{Edition, explain};
//!
//! let copy = |image: usize, facts: &str| format!(r#"{{"operation": "ims.cross-region-copy", "path": {{"image_id": "image-{image}"}},
//!     "body": {{"name": "copy", "region": "cn-south-1", "project_name": "cn-south-1", "agency_name": "ims_copy"}},
//!     "facts": {{"sourceRegion": "cn-north-4", "image": {{"fullEcs": false, "iso": false, "sizeBytes": 1, "visibility": "private",
//!         "status": "active" {facts}}}}}}}"#);
//!
//! let mut plan = Plan::new(&Edition::default());
//! let copies: Vec<_> = (0..7).map(|image| plan.add(copy(image, r#", "encrypted": false"#))).collect();
//! let unclear = plan.add(copy(7, ""));
//!
//! // Five at once; the eighth waits for a fact.
//! let started = plan.wave();
//! assert_eq!(started.len(), 5);
//! assert_eq!(started[0].request().path(), "/v1/cloudimages/image-0/cross_region_copy");
//! assert_eq!(plan.missing()["/facts/image/encrypted"], [unclear]);
//!
//! // One ends, one is refused for now: two more start.
//! plan.finished(copies[0], Some("copy-0"))?;
//! plan.failed(copies[1], &explain(Some(400), r#"{"error": {"code": "IMG.0060", "message": "busy"}}"#))?;
//! assert_eq!(plan.wave().len(), 2);
//!
//! // The caller waits as long as it likes, and says so.
//! plan.retry(copies[1])?;
//! assert!(matches!(plan.state(copies[1]), Some(State::Ready)));
//!
//! // The fact is known now: the image is encrypted. It is copied within its region first.
//! plan.tell(unclear, r#"{"image": {"encrypted": true, "os": "linux"}}"#)?;
//! let first = plan.preparation_of(unclear).expect("a copy within the region");
//! assert_eq!(plan.wave()[0].requests(), [first]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub(crate) mod document;
mod judge;
mod options;
mod plan;
mod queue;
mod state;

pub use options::{PlanOptions, PlanOptionsError};
pub use plan::Plan;
pub use state::{Again, Counts, PlanError, PlannedId, Start, State, StateName, Turn};
