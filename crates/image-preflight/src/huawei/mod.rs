//! Huawei Cloud's Image Management Service (IMS).

#[cfg(feature = "schemars")]
pub(crate) mod answer_schemas;
pub(crate) mod backup_object;
pub(crate) mod capabilities;
pub(crate) mod cloud;
pub(crate) mod cross_region_copy;
pub(crate) mod destinations;
pub(crate) mod ecs_object;
pub(crate) mod editions;
pub(crate) mod errors;
pub(crate) mod facts;
pub(crate) mod fields;
pub(crate) mod image;
pub(crate) mod image_capabilities;
pub(crate) mod in_region_copy;
pub(crate) mod job;
pub(crate) mod limits;
#[cfg(feature = "text")]
pub(crate) mod object_facts;
pub(crate) mod provider;
pub(crate) mod quota_object;
pub(crate) mod region;
pub(crate) mod source_region;
pub(crate) mod sources;
pub(crate) mod tags;
pub(crate) mod whole_image;

pub use crate::check::destination_quota::QuotaFacts;
pub use capabilities::{capabilities, capabilities_with};
pub use cross_region_copy::{CrossRegionCopy, CrossRegionCopyBuilder};
pub use destinations::{destinations, destinations_with};
pub use facts::{BackupFacts, EcsFacts, Facts, ImageFacts, Os, Visibility};
pub use fields::{Description, EnterpriseProjectId, ImageName, RegionId, WholeImageType};
pub use in_region_copy::{InRegionCopy, InRegionCopyBuilder};
pub use job::{Job, JobState, SubJob, job_id};
pub use region::{main_regions, region, regions};
pub use tags::{ImageTags, Tags};
pub use whole_image::{WholeImageFromBackup, WholeImageFromBackupBuilder, WholeImageFromEcs, WholeImageFromEcsBuilder};
