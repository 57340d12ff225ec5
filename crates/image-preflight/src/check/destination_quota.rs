//! What is left of the quotas where images are made: facts that the operations of several clouds read.

use crate::finding::fact_rows::facts;
use crate::message::message::message;
use crate::rule::fact::FactKind::Count;

facts! {
    /// What is left of the quotas in the region that receives the image.
    ///
    /// ```
    /// let quota = image_preflight::QuotaFacts { images: Some(3), ..Default::default() };
    /// assert_eq!(quota.snapshots, None);
    /// ```
    pub struct QuotaFacts;
    /// The members of `facts.destinationQuota`.
    static QUOTA = "QuotaFacts", "What is left of the quotas in the region that receives the image.";
    /// How many more private images there may be.
    33 QUOTA_IMAGES, images: u64 = "/facts/destinationQuota/images" is Count(0),
        message("the remaining image quota of the region that receives the image", "接收镜像的区域剩余的镜像配额"),
        message("in that region, `quota` minus `used` in the response of GET /v1/cloudimages/quota (IMS), or describeQuotas of the virtual machine API (JD Cloud)", "在该区域查询：IMS 为 GET /v1/cloudimages/quota 返回的 `quota` 减去 `used`，京东云为云主机的 describeQuotas");
    /// How many more disk snapshots there may be.
    34 QUOTA_SNAPSHOTS, snapshots: u64 = "/facts/destinationQuota/snapshots" is Count(0),
        message("the remaining disk snapshot quota of the destination region", "目标地域剩余的云硬盘快照配额"),
        message("describeQuota of the disk API, called in the destination region", "在目标地域调用云硬盘的 describeQuota");
}
