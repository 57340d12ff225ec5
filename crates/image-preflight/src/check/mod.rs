//! Operations, their evaluation and its result.

#[cfg(feature = "schemars")]
pub(crate) mod body_schema;
pub(crate) mod case_verdict;
pub(crate) mod cleared;
pub(crate) mod cleared_request;
pub(crate) mod cloud;
pub(crate) mod compact;
pub(crate) mod destination;
pub(crate) mod destination_quota;
pub(crate) mod evaluate;
pub(crate) mod fields;
#[cfg(feature = "reference")]
pub(crate) mod job_form;
pub(crate) mod operation;
pub(crate) mod problem;
pub(crate) mod provider;
pub(crate) mod refusal;
pub(crate) mod report;
pub(crate) mod request;
#[cfg(feature = "reference")]
pub(crate) mod scheduling;
#[cfg(feature = "schemars")]
pub(crate) mod schema_texts;
#[cfg(feature = "text")]
pub(crate) mod uncarried;
