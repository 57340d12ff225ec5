//!

/// What is left of the quotas in the destination region.
///
/// ```
/// let quota = image_preflight::QuotaFacts { images: Some(3), ..Default::default() };
/// assert_eq!(quota.snapshots, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(rename_all = "camelCase", deny_unknown_fields))]
pub struct QuotaFacts {
    /// How many more private images there may be.
    pub images: Option<u64>,
    /// How many more disk snapshots there may be.
    pub snapshots: Option<u64>,
}
