//! What comes out as JSON, as values that own what they hold: a report that was kept or sent is read back into one of these.

#[cfg(feature = "schemars")]
pub(crate) mod names;
mod params;
#[cfg(feature = "reference")]
pub(crate) mod refusal;
pub(crate) mod report;
