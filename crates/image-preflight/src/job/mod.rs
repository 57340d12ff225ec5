//! A job: what an accepted request has begun, followed to its end.
//!
//! A [`Job`] is made of the answer that took a request. It says which call tells how the job stands; its caller makes that call when
//! it likes, and gives the answer back. In the end the job is done, with the new image's id, or has failed, with the refusal
//! understood. An answer that nobody expects has a state too.
//!
//! ```
//! use image_preflight::job::{Job, JobState};
//!
//! let operation = image_preflight::operation("ims.cross-region-copy").unwrap();
//! let mut jobs = Job::begin(operation, 200, r#"{"job_id": "edc89b490d7d4392898e19b2deb34797"}"#)?;
//! let job = &mut jobs[0];
//! assert_eq!(job.next_query().unwrap().path(), "/v1/cloudimages/job/edc89b490d7d4392898e19b2deb34797");
//!
//! // This site has the older address only.
//! job.answered(404, r#"{"error_code": "APIGW.0101", "error_msg": "The API does not exist"}"#);
//! job.set("project_id", "9e4a7a2a");
//! assert_eq!(job.next_query().unwrap().path(), "/v1/9e4a7a2a/jobs/edc89b490d7d4392898e19b2deb34797");
//!
//! job.answered(200, r#"{"status": "RUNNING", "job_id": "edc89b490d7d4392898e19b2deb34797", "entities": {"process_percent": 0.2}}"#);
//! assert!(matches!(job.state(), JobState::Running { fraction: Some(0.2), .. }));
//! job.answered(200, r#"{"status": "SUCCESS", "entities": {"image_id": "c9f0f3ad-ecf7-48ff-8b65-5ae9a4ca4d2c"}}"#);
//! assert_eq!(job.image(), Some("c9f0f3ad-ecf7-48ff-8b65-5ae9a4ca4d2c"));
//! assert!(job.next_query().is_none());
//! # Ok::<(), image_preflight::job::NotBegun>(())
//! ```

pub(crate) mod document;
mod job;

pub use document::{JobDocument, NotAJob};
pub use job::{Job, JobState, NotBegun, Query, Unclear};
