//!

use crate::huawei::image;
use crate::rule::named::named;

named! {
    /// The state of the server that an image is to be made of.
    ///
    /// ```
    /// assert_eq!(image_preflight::EcsState::from_name("stopped"), Some(image_preflight::EcsState::Stopped));
    /// ```
    EcsState {
        /// It runs.
        Running = "running",
        /// It is stopped.
        Stopped = "stopped",
    }
}

named! {
    /// What Windows does with a disk that it sees for the first time.
    ///
    /// ```
    /// assert_eq!(image_preflight::SanPolicy::OnlineAll.as_str(), "OnlineAll");
    /// ```
    SanPolicy {
        /// Every new disk goes online.
        OnlineAll = "OnlineAll",
        /// New disks on shared buses stay offline.
        OfflineShared = "OfflineShared",
        /// Every new disk stays offline.
        OfflineInternal = "OfflineInternal",
    }
}

/// What is known of a server (ECS) that an image is to be made of.
///
/// ```
/// use image_preflight::{EcsFacts, Os};
/// let ecs = EcsFacts { os: Some(Os::Linux), multi_disk_volume: Some(false), ..EcsFacts::default() };
/// assert_eq!(ecs.spanned_volume, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct EcsFacts {
    /// The operating system.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<crate::huawei::Os>>"))]
    pub os: Option<image::Os>,
    /// Running or stopped.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<EcsState>>"))]
    pub state: Option<EcsState>,
    /// Whether it has been configured for image making.
    pub configured: Option<bool>,
    /// Windows: whether it has a spanned volume.
    pub spanned_volume: Option<bool>,
    /// Linux: whether a disk group or logical disk spans several physical disks.
    pub multi_disk_volume: Option<bool>,
    /// Windows: its SAN policy.
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<SanPolicy>>"))]
    pub san_policy: Option<SanPolicy>,
}

/// What is known of the CBR backup that an image is to be made of.
///
/// ```
/// let backup = image_preflight::BackupFacts { used: Some(false), ..Default::default() };
/// assert_eq!(backup.shared, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct BackupFacts {
    /// Whether an image has been made of it already.
    pub used: Option<bool>,
    /// Whether another tenant shared it.
    pub shared: Option<bool>,
    /// Whether the server it was taken of had been configured for image making.
    pub configured: Option<bool>,
}
