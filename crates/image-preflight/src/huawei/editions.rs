//! Editions of the IMS documents, and what they disagree about.

use crate::huawei::limits::limit;
use crate::huawei::region::{id_of, is_same_region, site};
use crate::json::MAX_COUNT;
use crate::message::message::message;
use crate::rule::byte_size::ByteSize;
use crate::rule::edition::LimitValue::{Bytes, BytesByRegion, Count, Flag, Path, Unlimited};
use crate::rule::edition::{CustomLimit, Edition, editions};
use std::num::NonZeroU64;

const GIB: u64 = 1 << 30;
const LARGE_GIB: u64 = limit!(large_region_gib);

/// The copies at once that every document allows.
const CONCURRENT: NonZeroU64 = NonZeroU64::MIN.saturating_add(limit!(concurrent_copies) - 1);

/// The same as of December 2022. It does not change when the default edition does.
const LARGE_2022: &[(&str, u64)] =
    &[("cn-east-2", 300 * GIB), ("cn-east-3", 300 * GIB), ("cn-north-4", 300 * GIB), ("cn-south-1", 300 * GIB)];

/// The regions from which larger images may be copied.
const LARGE: &[(&str, u64)] = &[
    ("cn-east-2", LARGE_GIB * GIB),
    ("cn-east-3", LARGE_GIB * GIB),
    ("cn-north-4", LARGE_GIB * GIB),
    ("cn-south-1", LARGE_GIB * GIB),
];

const IN_REGION_V1: &str = "/v1/cloudimages/{image_id}/copy";
const IN_REGION_V2_1: &str = "/v2.1/cloudimages/{image_id}/copy";

editions! {
    first rank 0;
    limits {
        /// Whether there is an operation that copies an image to another region.
        CROSS_REGION_OFFERED: Flag = Flag(true), title message("Cross-region replication", "跨区域复制镜像");
        /// The largest image that may leave a region, in bytes.
        CROSS_REGION_CAP: Bytes = Bytes(limit!(cross_region_gib) * GIB), title message(
            "Maximum image size for cross-region replication",
            "跨区域复制的镜像大小上限",
        ), custom CustomLimit {
            name: "capBytes",
            #[cfg(feature = "schemars")]
            description: "Maximum image size for cross-region replication, in bytes.",
            replaces: Some(&REGION_CAPS),
        };
        /// The same of regions that have a limit of their own.
        REGION_CAPS: BytesByRegion = BytesByRegion(LARGE), title message(
            "Maximum image size for cross-region replication from specific regions",
            "特定区域的跨区域复制镜像大小上限",
        ), custom CustomLimit {
            name: "regionCapBytes",
            #[cfg(feature = "schemars")]
            description: "Maximum image size for cross-region replication from a region, in bytes, by region.",
            replaces: None,
        };
        /// The largest image that may be copied within its region, in bytes.
        IN_REGION_CAP: Bytes = Unlimited, title message(
            "Maximum image size for in-region replication",
            "区域内复制的镜像大小上限",
        ), custom CustomLimit {
            name: "inRegionCapBytes",
            #[cfg(feature = "schemars")]
            description: "Maximum image size for in-region replication, in bytes.",
            replaces: None,
        };
        /// How many cross-region copies of one tenant may run at once.
        CONCURRENT_COPIES: Count = Count(CONCURRENT), title message(
            "Maximum number of concurrent cross-region replications of a tenant",
            "单租户并发跨区域复制的镜像数上限",
        ), custom CustomLimit {
            name: "concurrentCopies",
            #[cfg(feature = "schemars")]
            description: "Maximum number of concurrent cross-region replications, at least 1.",
            replaces: None,
        };
        /// Whether names may have Chinese characters.
        HAN_IN_NAMES: Flag = Flag(true), title message("Chinese characters in image names", "镜像名称可含中文");
        /// Whether a Windows image may be copied within its region.
        WINDOWS_IN_REGION: Flag = Flag(false), title message(
            "In-region replication of Windows images",
            "区域内复制 Windows 镜像",
        );
        /// Whether a Windows image may be copied to another region.
        WINDOWS_ACROSS_REGIONS: Flag = Flag(true), title message(
            "Cross-region replication of Windows images",
            "跨区域复制 Windows 镜像",
        );
        /// Whether an image that is not a private one may be copied within its region.
        OTHERS_IN_REGION: Flag = Flag(true), title message(
            "In-region replication of images that are not private images",
            "区域内复制非私有镜像",
        );
        /// Whether a full-ECS image may be copied to another region.
        FULL_ECS_ACROSS_REGIONS: Flag = Flag(true), title message(
            "Cross-region replication of full-ECS images",
            "跨区域复制整机镜像",
        );
        /// Whether a full-ECS image may be shared.
        FULL_ECS_SHARED: Flag = Flag(true), title message("Sharing of full-ECS images", "共享整机镜像");
        /// Whether an encrypted image may be shared.
        ENCRYPTED_SHARED: Flag = Flag(false), title message(
            "Sharing of encrypted images",
            "共享加密镜像",
        );
        /// Whether a full-ECS image may be created from a Windows ECS.
        WINDOWS_FULL_ECS: Flag = Flag(true), title message(
            "Full-ECS images from Windows ECSs",
            "使用 Windows 云服务器制作整机镜像",
        );
        /// Whether a full-ECS image may be created from a CBR backup.
        CBR_BACKUPS: Flag = Flag(true), title message(
            "Full-ECS images from CBR backups",
            "使用云备份（CBR）制作整机镜像",
        );
        /// Whether a full-ECS image may be created from a CSBS backup. Then `whole_image_type` may be left out, which means CSBS, and
        /// so may `vault_id`, which only CBR needs.
        CSBS_BACKUPS: Flag = Flag(false), title message(
            "Full-ECS images from CSBS backups (`whole_image_type` and `vault_id` are optional then)",
            "使用云服务器备份（CSBS）制作整机镜像（此时 `whole_image_type`、`vault_id` 可不填）",
        );
        /// The path of the in-region copy.
        IN_REGION_PATH: Path = Path(IN_REGION_V1), title message("URI of in-region replication", "区域内复制的 URI");
    }

    edition "china-2022-12" also [] from message(
        "Chinese site: IMS API reference and user guide as published in December 2022",
        "中国站：2022 年 12 月发布的镜像服务 API 参考和用户指南",
    ) {
        CROSS_REGION_OFFERED: Flag(true),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(LARGE_2022),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "international-2024-04" also [] from message(
        "International site: IMS API reference of 2024-04-17",
        "国际站：2024-04-17 的镜像服务 API 参考",
    ) {
        CROSS_REGION_OFFERED: Flag(true),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(false),
        WINDOWS_IN_REGION: Flag(false),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(false),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "international-2026-01" also [] from message(
        "International site: IMS API reference of 2026-01-19 (the sentence on Windows: since 2025-02-26), user guide of 2026-06-30",
        "国际站：2026-01-19 的镜像服务 API 参考（Windows 相关说明自 2025-02-26 起），2026-06-30 的用户指南",
    ) {
        CROSS_REGION_OFFERED: Flag(true),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Bytes(limit!(in_region_gib) * GIB),
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(false),
        WINDOWS_IN_REGION: Flag(false),
        WINDOWS_ACROSS_REGIONS: Flag(false),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(false),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V2_1),
    }
    edition "europe-2024-07" also [] from message(
        "European site (eu-west-101): IMS API reference and FAQ of 2024-07-12",
        "欧洲站（eu-west-101）：2024-07-12 的镜像服务 API 参考和常见问题",
    ) {
        CROSS_REGION_OFFERED: Flag(true),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(false),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "partner-2024-04" also ["partner-2024-03"] from message(
        "Partner clouds ae-ad-1 and my-kualalumpur-1: IMS API reference of 2024-04-17 (the page on full-ECS images that the default edition takes is of this site, and very probably that on cross-region replication too)",
        "合作伙伴云 ae-ad-1、my-kualalumpur-1：2024-04-17 的镜像服务 API 参考（默认版本采用的整机镜像页面出自该站点，跨区域复制页面很可能也是）",
    ) {
        CROSS_REGION_OFFERED: Flag(true),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(true),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(false),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "eu-west-0-2024-03" also ["eu-west-0-2024-04", "eu-west-0"] from message(
        "Partner cloud eu-west-0 (Flexible Engine): IMS API reference of 2024-03-01; it lists no cross-region replication, although a public acceptance run of its Terraform provider passed one",
        "合作伙伴云 eu-west-0（Flexible Engine）：2024-03-01 的镜像服务 API 参考；其中没有跨区域复制接口，但其 Terraform provider 的公开验收测试曾成功执行跨区域复制",
    ) {
        CROSS_REGION_OFFERED: Flag(false),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(false),
        FULL_ECS_SHARED: Flag(false),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(false),
        CSBS_BACKUPS: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "tr-central-201-2024-04" also ["tr-central-201"] from message(
        "Partner cloud tr-central-201: IMS API reference of 2024-04-16",
        "合作伙伴云 tr-central-201：2024-04-16 的镜像服务 API 参考",
    ) {
        CROSS_REGION_OFFERED: Flag(true),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(true),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(false),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(false),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(false),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
    edition "open-telekom-cloud-2026-04" also [] from message(
        "Open Telekom Cloud (eu-de, eu-nl, eu-ch2): IMS API reference as published in April 2026",
        "Open Telekom Cloud（eu-de、eu-nl、eu-ch2）：2026 年 4 月发布的镜像服务 API 参考",
    ) {
        CROSS_REGION_OFFERED: Flag(false),
        CROSS_REGION_CAP: Bytes(128 * GIB),
        REGION_CAPS: BytesByRegion(&[]),
        IN_REGION_CAP: Unlimited,
        CONCURRENT_COPIES: Count(CONCURRENT),
        HAN_IN_NAMES: Flag(false),
        WINDOWS_IN_REGION: Flag(true),
        WINDOWS_ACROSS_REGIONS: Flag(true),
        OTHERS_IN_REGION: Flag(true),
        FULL_ECS_ACROSS_REGIONS: Flag(false),
        FULL_ECS_SHARED: Flag(true),
        ENCRYPTED_SHARED: Flag(true),
        WINDOWS_FULL_ECS: Flag(true),
        CBR_BACKUPS: Flag(true),
        CSBS_BACKUPS: Flag(true),
        IN_REGION_PATH: Path(IN_REGION_V1),
    }
}

/// No cap: more than any size that a case can give.
const NO_CAP: u64 = MAX_COUNT;

/// Whether a cap is one that no size exceeds which a case can give: those end at 2^53 − 1. Then nothing needs to be known to
/// decide that the cap is kept.
pub(crate) fn is_no_limit(cap: u64) -> bool {
    cap >= NO_CAP
}

impl Edition {
    /// The largest image that may leave a region.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// assert_eq!(Edition::default().cap("eu-west-101"), ByteSize::gib(128));
    /// ```
    #[must_use]
    pub fn cap(&self, source_region: &str) -> ByteSize {
        ByteSize::from_bytes(self.cap_from(source_region))
    }

    /// The same with another cap for every region; caps of single regions are dropped. A cap of more than 2^53 − 1 bytes, which a case
    /// cannot have, is one of as many; so are the others here.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// let edition = Edition::default().with_cap(ByteSize::gib(500)).with_region_cap("cn-north-9", ByteSize::gib(40));
    /// assert_eq!((edition.cap("cn-south-1"), edition.cap("cn-north-9")), (ByteSize::gib(500), ByteSize::gib(40)));
    /// ```
    #[must_use]
    pub fn with_cap(self, cap: ByteSize) -> Self {
        self.with(&CROSS_REGION_CAP, Bytes(cap.bytes()))
    }

    /// The same with another cap for images that leave this region.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// let edition = Edition::default().with_region_cap("my-region", ByteSize::gib(1000));
    /// assert_eq!(edition.cap("my-region"), ByteSize::gib(1000));
    /// ```
    #[must_use]
    pub fn with_region_cap(self, source_region: impl Into<String>, cap: ByteSize) -> Self {
        self.with_region(&REGION_CAPS, source_region.into(), cap.bytes())
    }

    /// The same with a cap for copies within a region, or with none.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// let edition = Edition::default().with_in_region_cap(Some(ByteSize::gib(128)));
    /// assert_ne!(edition, Edition::default());
    /// ```
    #[must_use]
    pub fn with_in_region_cap(self, cap: Option<ByteSize>) -> Self {
        let none = if self.documented(&IN_REGION_CAP) == Unlimited { Unlimited } else { Bytes(NO_CAP) };
        self.with(&IN_REGION_CAP, cap.map_or(none, |cap| Bytes(cap.bytes())))
    }

    /// The same with another number of copies that may run at once. With none nothing could ever be copied, so that 0 can
    /// only be a mistake: no case takes it, and its type does not have it.
    ///
    /// ```
    /// use std::num::NonZeroU64;
    /// let edition = image_preflight::Edition::default().with_concurrent_copies(NonZeroU64::new(10).unwrap());
    /// assert_ne!(edition, image_preflight::Edition::default());
    /// ```
    #[must_use]
    pub fn with_concurrent_copies(self, copies: NonZeroU64) -> Self {
        self.with(&CONCURRENT_COPIES, Count(copies))
    }

    /// The largest image that may be copied within its region; `None` where there is no cap.
    ///
    /// ```
    /// use image_preflight::{ByteSize, Edition};
    /// assert_eq!(Edition::default().in_region_cap(), None);
    /// assert_eq!(Edition::from_name("international-2026-01").unwrap().in_region_cap(), Some(ByteSize::gib(128)));
    /// ```
    #[must_use]
    pub fn in_region_cap(&self) -> Option<ByteSize> {
        self.bytes(&IN_REGION_CAP).map(ByteSize::from_bytes)
    }

    /// How many cross-region copies of one tenant may run at once.
    ///
    /// ```
    /// assert_eq!(image_preflight::Edition::default().concurrent_copies().get(), 5);
    /// ```
    #[must_use]
    pub fn concurrent_copies(&self) -> NonZeroU64 {
        self.count(&CONCURRENT_COPIES).and_then(NonZeroU64::new).unwrap_or(CONCURRENT)
    }

    /// The cap of images that leave a region.
    pub(crate) fn cap_from(&self, region: &str) -> u64 {
        // A caller's own names of regions come first, as they are written.
        let own = self.region(&REGION_CAPS, region);
        let own = own.or_else(|| self.region_called(&REGION_CAPS, |known| is_same_region(known, region)));
        let own = own.or_else(|| self.bytes_of_region(&REGION_CAPS, id_of(region)));
        own.or_else(|| self.bytes(&CROSS_REGION_CAP)).unwrap_or(NO_CAP)
    }

    /// The least and the greatest cap among the source regions other than the destination.
    pub(crate) fn caps_without(&self, destination: Option<&str>) -> (u64, u64) {
        let of_destination = destination.and_then(site);
        let is_source = |region: &str| {
            let is_there = destination.is_some_and(|destination| is_same_region(region, destination));
            // From another site nothing is copied there, whatever its size.
            let is_apart = of_destination.is_some() && site(region).is_some_and(|of| Some(of) != of_destination);
            !is_there && !is_apart
        };
        let cap = self.bytes(&CROSS_REGION_CAP).unwrap_or(NO_CAP);
        let (mut least, mut most) = (cap, cap);
        self.for_each_region(&REGION_CAPS, &mut |region, cap| {
            if is_source(region) {
                (least, most) = (least.min(cap), most.max(cap));
            }
        });
        (least, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caps_of_regions_replace_one_another() {
        let regions = ["cn-north-4", "z", "a", "m", "z", "cn-east-2"];
        let edition = regions
            .into_iter()
            .zip(1..)
            .fold(Edition::default(), |edition, (region, cap)| edition.with_region_cap(region, ByteSize::gib(cap)));
        let caps = ["a", "cn-east-2", "cn-east-3", "cn-north-4", "cn-south-1", "m", "z", "other"]
            .map(|region| edition.cap(region));
        assert_eq!(caps, [3, 6, 300, 1, 300, 4, 5, 128].map(ByteSize::gib));
        assert_eq!(edition.caps_without(Some("cn-north-4")), (3 * GIB, LARGE_GIB * GIB));
        assert_eq!(edition.with_cap(ByteSize::gib(7)).caps_without(None), (7 * GIB, 7 * GIB));
    }

    #[test]
    fn caps_are_found_by_what_a_region_is_called_here_or_by_its_id() {
        let edition = Edition::default()
            .with_region_cap("CN-NORTH-9", ByteSize::gib(1))
            .with_region_cap("Our Own", ByteSize::gib(2))
            .with_region_cap("cn-north-4", ByteSize::gib(3));
        let caps = [
            "CN-NORTH-9",
            "cn-north-9",
            "华北-乌兰察布一",
            "Our Own",
            "OUR OWN",
            "CN-North-4",
            "华北-北京四",
            "CN-EAST-3",
        ]
        .map(|region| edition.cap(region));
        assert_eq!(caps, [1, 1, 1, 2, 2, 3, 3, 300].map(ByteSize::gib));
        // What is called like the destination is no source.
        assert_eq!(edition.caps_without(Some("乌兰察布")).0, GIB);
        assert_eq!(edition.caps_without(Some("华北-乌兰察布一")).0, 2 * GIB);
        assert_eq!(edition.caps_without(Some("cn-north-9")).0, 2 * GIB);
    }
}
