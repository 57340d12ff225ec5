//! Huawei Cloud's Image Management Service (IMS).

pub(crate) mod cross_region_copy;
pub(crate) mod destinations;
pub(crate) mod facts;
pub(crate) mod image;
pub(crate) mod image_capabilities;
pub(crate) mod in_region_copy;
pub(crate) mod job;
pub(crate) mod provider;
pub(crate) mod refusal;
pub(crate) mod region;
pub(crate) mod sources;
pub(crate) mod whole_image;

pub use crate::field::region::Region;
pub use cross_region_copy::{CrossRegionCopy, CrossRegionCopyBuilder};
pub use image::{ImageFacts, Os, Visibility, image_facts};
pub use in_region_copy::{InRegionCopy, InRegionCopyBuilder};
pub use job::{Job, JobState, SubJob, job_id};
pub use region::{region, regions};
pub use whole_image::{WholeImageFromBackup, WholeImageFromBackupBuilder, WholeImageFromEcs, WholeImageFromEcsBuilder};
