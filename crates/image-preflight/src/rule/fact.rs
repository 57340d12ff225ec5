//! The table of facts: what each is called in a case, what it may be, and how a caller gets it.

use crate::field::numbers::ByteSize;
use crate::huawei::facts::{EcsState, SanPolicy};
use crate::json::Key;
use crate::message::message::{Message, message};
use crate::rule::facts::Facts;
use crate::{huawei, jdcloud};
use std::borrow::Cow;

/// What a fact may be, and where it goes.
#[derive(Clone, Copy)]
pub(crate) enum FactKind {
    /// Yes or no.
    Flag(for<'r, 'a> fn(&'r mut FactSink<'_, 'a>) -> &'r mut Option<bool>),
    /// An integer of at least this.
    Count(i64, fn(&mut FactSink<'_, '_>, u64)),
    /// Any word, as the provider writes it.
    Text(for<'r, 'a> fn(&'r mut FactSink<'_, 'a>) -> &'r mut Option<Cow<'a, str>>),
    /// One of these words, told by its place among them.
    OneOf(&'static [Key], fn(&mut FactSink<'_, '_>, usize)),
}

/// Where facts go.
pub(crate) struct FactSink<'f, 'a> {
    pub(crate) facts: &'f mut Facts<'a>,
    /// The one of JD Cloud's images that is being read.
    pub(crate) image: jdcloud::image::ImageFacts<'a>,
}

/// Something that a rule may need to know, in the order in which reports name them.
///
/// ```
/// use image_preflight::{Fact, Locale};
/// assert_eq!(Fact::ImageSizeBytes.pointer(), "/facts/image/sizeBytes");
/// assert!(Fact::ImageSizeBytes.how_to_obtain().text(Locale::ENGLISH).contains("__image_size"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
#[allow(missing_docs, reason = "each is documented by its row in the table below")]
pub enum Fact {
    SourceRegion,
    ImageFullEcs,
    ImageIso,
    ImageEncrypted,
    ImageFromSharedBackup,
    ImageSizeBytes,
    ImageVisibility,
    ImageStatus,
    ImageOs,
    CopiesInFlight,
    EcsOs,
    EcsState,
    EcsConfigured,
    EcsSpannedVolume,
    EcsMultiDiskVolume,
    EcsSanPolicy,
    BackupUsed,
    BackupShared,
    BackupConfigured,
    ImagesVisibility,
    ImagesRootDevice,
    ImagesStatus,
    ImagesSnapshotEncrypted,
    ImagesBusy,
    ImagesSnapshots,
    QuotaImages,
    QuotaSnapshots,
}

/// A row of the table.
struct Row {
    pointer: &'static str,
    kind: FactKind,
    label: Message,
    how: Message,
}

/// A row that the compiler makes.
macro_rules! row {
    ($pointer:literal, $kind:expr, $label:expr, $how:expr $(,)?) => {
        const { &Row { pointer: $pointer, kind: $kind, label: $label, how: $how } }
    };
}

impl Fact {
    /// Every fact, in order.
    pub const ALL: [Fact; 27] = [
        Fact::SourceRegion,
        Fact::ImageFullEcs,
        Fact::ImageIso,
        Fact::ImageEncrypted,
        Fact::ImageFromSharedBackup,
        Fact::ImageSizeBytes,
        Fact::ImageVisibility,
        Fact::ImageStatus,
        Fact::ImageOs,
        Fact::CopiesInFlight,
        Fact::EcsOs,
        Fact::EcsState,
        Fact::EcsConfigured,
        Fact::EcsSpannedVolume,
        Fact::EcsMultiDiskVolume,
        Fact::EcsSanPolicy,
        Fact::BackupUsed,
        Fact::BackupShared,
        Fact::BackupConfigured,
        Fact::ImagesVisibility,
        Fact::ImagesRootDevice,
        Fact::ImagesStatus,
        Fact::ImagesSnapshotEncrypted,
        Fact::ImagesBusy,
        Fact::ImagesSnapshots,
        Fact::QuotaImages,
        Fact::QuotaSnapshots,
    ];

    /// Its JSON Pointer in a case. Facts of JD Cloud's images have `*` where the image's id stands.
    #[must_use]
    pub const fn pointer(self) -> &'static str {
        self.row().pointer
    }

    /// Its name within the object it stands in.
    pub(crate) const fn name(self) -> &'static str {
        let pointer = self.pointer();
        let mut before = pointer.as_bytes();
        while let [rest @ .., last] = before
            && *last != b'/'
        {
            before = rest;
        }
        match pointer.split_at_checked(before.len()) {
            Some((_, name)) => name,
            None => pointer,
        }
    }

    pub(crate) const fn kind(self) -> FactKind {
        self.row().kind
    }

    /// What it is, as a phrase.
    #[must_use]
    pub fn description(self) -> Message {
        self.row().label
    }

    /// How to get it: the API and the field that tell, or whom to ask.
    #[must_use]
    pub fn how_to_obtain(self) -> Message {
        self.row().how
    }

    const fn row(self) -> &'static Row {
        use FactKind::{Count, Flag, OneOf, Text};
        match self {
            Fact::SourceRegion => row!(
                "/facts/sourceRegion",
                Text(|to| &mut to.facts.source_region),
                message("the region the image is in", "镜像所在的区域"),
                message(
                    "the region in whose image list it stands (the image object does not tell)",
                    "即列出该镜像的区域（镜像对象中不含此信息）",
                ),
            ),
            Fact::ImageFullEcs => row!(
                "/facts/image/fullEcs",
                Flag(|to| &mut to.facts.image.full_ecs),
                message("whether the image is a full-ECS image", "镜像是否为整机镜像"),
                message(
                    "`__whole_image` in the answer of GET /v2/cloudimages; absent means no",
                    "GET /v2/cloudimages 返回的 `__whole_image`，缺省表示否",
                ),
            ),
            Fact::ImageIso => row!(
                "/facts/image/iso",
                Flag(|to| &mut to.facts.image.iso),
                message("whether the image was made from an ISO file", "镜像是否由 ISO 文件创建"),
                message(
                    "`virtual_env_type` in the answer of GET /v2/cloudimages: IsoImage means yes",
                    "GET /v2/cloudimages 返回的 `virtual_env_type`，取值 IsoImage 表示是",
                ),
            ),
            Fact::ImageEncrypted => row!(
                "/facts/image/encrypted",
                Flag(|to| &mut to.facts.image.encrypted),
                message("whether the image is encrypted", "镜像是否加密"),
                message(
                    "`__system__cmkid` in the answer of GET /v2/cloudimages: a key's id means yes, absent or blank means no",
                    "GET /v2/cloudimages 返回的 `__system__cmkid`，有密钥 ID 表示是，缺省或为空表示否",
                ),
            ),
            Fact::ImageFromSharedBackup => row!(
                "/facts/image/fromSharedBackup",
                Flag(|to| &mut to.facts.image.from_shared_backup),
                message("whether the image was made from a shared CBR backup", "镜像是否由共享的 CBR 备份创建"),
                message(
                    "where `__backup_id` is blank in the answer of GET /v2/cloudimages: no; else ask whose backup it is",
                    "GET /v2/cloudimages 返回的 `__backup_id` 为空表示否，否则请确认该备份的归属",
                ),
            ),
            Fact::ImageSizeBytes => row!(
                "/facts/image/sizeBytes",
                Count(0, |to, bytes| to.facts.image.size = Some(ByteSize::of_bytes(bytes))),
                message("the image's size in bytes", "镜像的大小（字节）"),
                message(
                    "`__image_size` in the answer of GET /v2/cloudimages (`min_disk` is no stand-in)",
                    "GET /v2/cloudimages 返回的 `__image_size`（不能用 `min_disk` 代替）",
                ),
            ),
            Fact::ImageVisibility => row!(
                "/facts/image/visibility",
                OneOf(huawei::image::Visibility::WORDS, |to, word| to.facts.image.visibility =
                    huawei::image::Visibility::nth(word)),
                message(
                    "whose the image is: private, public, shared or market",
                    "镜像的类型：私有、公共、共享或市场镜像",
                ),
                message(
                    "`__imagetype` in the answer of GET /v2/cloudimages (gold means public)",
                    "GET /v2/cloudimages 返回的 `__imagetype`（gold 表示公共镜像）",
                ),
            ),
            Fact::ImageStatus => row!(
                "/facts/image/status",
                Text(|to| &mut to.facts.image.status),
                message("the image's status", "镜像的状态"),
                message("`status` in the answer of GET /v2/cloudimages", "GET /v2/cloudimages 返回的 `status`"),
            ),
            Fact::ImageOs => row!(
                "/facts/image/os",
                OneOf(huawei::image::Os::WORDS, |to, word| to.facts.image.os = huawei::image::Os::nth(word)),
                message("the image's operating system", "镜像的操作系统"),
                message("`__os_type` in the answer of GET /v2/cloudimages", "GET /v2/cloudimages 返回的 `__os_type`"),
            ),
            Fact::CopiesInFlight => row!(
                "/facts/copiesInFlight",
                Count(0, |to, count| to.facts.copies_in_flight = Some(count)),
                message("how many cross-region copies of this tenant run now", "本租户当前正在进行的跨区域复制数"),
                message(
                    "count the copy jobs that GET /v1/{project_id}/jobs/{job_id} still reports as INIT or RUNNING",
                    "统计 GET /v1/{project_id}/jobs/{job_id} 中状态仍为 INIT 或 RUNNING 的复制任务",
                ),
            ),
            Fact::EcsOs => row!(
                "/facts/ecs/os",
                OneOf(huawei::image::Os::WORDS, |to, word| to.facts.ecs.os = huawei::image::Os::nth(word)),
                message("the server's operating system", "云服务器的操作系统"),
                message("the server's detail page in the ECS console", "ECS 控制台的云服务器详情页"),
            ),
            Fact::EcsState => row!(
                "/facts/ecs/state",
                OneOf(EcsState::WORDS, |to, word| to.facts.ecs.state = EcsState::nth(word)),
                message("whether the server runs or is stopped", "云服务器是运行中还是已关机"),
                message("the server's status in the ECS console", "ECS 控制台的云服务器状态"),
            ),
            Fact::EcsConfigured => row!(
                "/facts/ecs/configured",
                Flag(|to| &mut to.facts.ecs.configured),
                message(
                    "whether the server has been configured for image making",
                    "云服务器是否已完成制作镜像前的配置"
                ),
                message("ask who runs the server", "请向云服务器的管理员确认"),
            ),
            Fact::EcsSpannedVolume => row!(
                "/facts/ecs/spannedVolume",
                Flag(|to| &mut to.facts.ecs.spanned_volume),
                message("whether the Windows server has a spanned volume", "Windows 云服务器是否存在跨区卷"),
                message(
                    "`diskpart`, then `list volume`, on the server",
                    "在云服务器上运行 `diskpart`，再运行 `list volume`",
                ),
            ),
            Fact::EcsMultiDiskVolume => row!(
                "/facts/ecs/multiDiskVolume",
                Flag(|to| &mut to.facts.ecs.multi_disk_volume),
                message(
                    "whether a volume of the Linux server spans several disks",
                    "Linux 云服务器是否有跨多块物理盘的磁盘组或逻辑盘",
                ),
                message("`lsblk` or `vgs` on the server", "在云服务器上运行 `lsblk` 或 `vgs`"),
            ),
            Fact::EcsSanPolicy => row!(
                "/facts/ecs/sanPolicy",
                OneOf(SanPolicy::WORDS, |to, word| to.facts.ecs.san_policy = SanPolicy::nth(word)),
                message("the Windows server's SAN policy", "Windows 云服务器的 SAN 策略"),
                message("`diskpart`, then `san`, on the server", "在云服务器上运行 `diskpart`，再运行 `san`"),
            ),
            Fact::BackupUsed => row!(
                "/facts/backup/used",
                Flag(|to| &mut to.facts.backup.used),
                message("whether the backup has been used for an image already", "该备份是否已用于制作过镜像"),
                message(
                    "look for an image whose `__backup_id` is this backup in the answer of GET /v2/cloudimages",
                    "在 GET /v2/cloudimages 的返回中查找 `__backup_id` 为该备份的镜像",
                ),
            ),
            Fact::BackupShared => row!(
                "/facts/backup/shared",
                Flag(|to| &mut to.facts.backup.shared),
                message("whether another tenant shared the backup", "该备份是否由其他租户共享"),
                message("the backup list of the CBR console", "CBR 控制台的备份列表"),
            ),
            Fact::BackupConfigured => row!(
                "/facts/backup/configured",
                Flag(|to| &mut to.facts.backup.configured),
                message(
                    "whether the backup's server had been configured for image making",
                    "备份的源云服务器是否已完成制作镜像前的配置",
                ),
                message("ask who runs the server that the backup was taken of", "请向备份的源云服务器的管理员确认"),
            ),
            Fact::ImagesVisibility => row!(
                "/facts/images/*/visibility",
                OneOf(jdcloud::image::Visibility::WORDS, |to, word| to.image.visibility =
                    jdcloud::image::Visibility::nth(word)),
                message("whose the image is", "镜像的来源类型"),
                message("`imageSource` in the answer of describeImage", "describeImage 返回的 `imageSource`"),
            ),
            Fact::ImagesRootDevice => row!(
                "/facts/images/*/rootDevice",
                OneOf(jdcloud::image::RootDevice::WORDS, |to, word| to.image.root_device =
                    jdcloud::image::RootDevice::nth(word)),
                message("the kind of system disk the image is for", "镜像支持的系统盘类型"),
                message("`rootDeviceType` in the answer of describeImage", "describeImage 返回的 `rootDeviceType`"),
            ),
            Fact::ImagesStatus => row!(
                "/facts/images/*/status",
                Text(|to| &mut to.image.status),
                message("the image's status", "镜像的状态"),
                message("`status` in the answer of describeImage", "describeImage 返回的 `status`"),
            ),
            Fact::ImagesSnapshotEncrypted => row!(
                "/facts/images/*/snapshotEncrypted",
                Flag(|to| &mut to.image.snapshot_encrypted),
                message("whether one of the image's snapshots is encrypted", "镜像的快照是否加密"),
                message(
                    "`encrypted` of its snapshots in the answer of describeSnapshots",
                    "describeSnapshots 返回的快照 `encrypted`",
                ),
            ),
            Fact::ImagesBusy => row!(
                "/facts/images/*/busy",
                Flag(|to| &mut to.image.busy),
                message(
                    "whether the image is being copied or converted, or is held by another task",
                    "镜像是否正在复制、转换或被其他任务占用",
                ),
                message(
                    "no API tells; ask who else works with this image",
                    "没有接口可以查询，请向同时使用该镜像的人确认",
                ),
            ),
            Fact::ImagesSnapshots => row!(
                "/facts/images/*/snapshots",
                Count(1, |to, count| to.image.snapshots = Some(count)),
                message("how many disk snapshots the image needs", "镜像所需的云硬盘快照数"),
                message(
                    "one for its system disk and one for each data disk in the answer of describeImage",
                    "describeImage 返回的系统盘一个，每块数据盘各一个",
                ),
            ),
            Fact::QuotaImages => row!(
                "/facts/destinationQuota/images",
                Count(0, |to, count| to.facts.destination_quota.images = Some(count)),
                message("how many more images the destination region takes", "目标地域剩余的镜像配额"),
                message(
                    "describeQuotas of the virtual-machine API in the destination region",
                    "在目标地域调用云主机的 describeQuotas",
                ),
            ),
            Fact::QuotaSnapshots => row!(
                "/facts/destinationQuota/snapshots",
                Count(0, |to, count| to.facts.destination_quota.snapshots = Some(count)),
                message("how many more disk snapshots the destination region takes", "目标地域剩余的云硬盘快照配额"),
                message(
                    "describeQuota of the disk API in the destination region",
                    "在目标地域调用云硬盘的 describeQuota",
                ),
            ),
        }
    }
}

/// A fact with what it may be and where it goes.
#[derive(Clone, Copy)]
pub(crate) struct FactSlot {
    pub(crate) fact: Fact,
    pub(crate) kind: FactKind,
}

impl FactSlot {
    pub(crate) const fn of(fact: Fact) -> Self {
        FactSlot { fact, kind: fact.kind() }
    }
}

/// Facts that stand in one object, in the order in which they are mostly written, and their keys in it.
#[derive(Clone, Copy)]
pub(crate) struct Group {
    pub(crate) keys: &'static [Key],
    pub(crate) facts: &'static [FactSlot],
}

macro_rules! group {
    ($($fact:ident),+ $(,)?) => {
        Group { keys: &[$(Key::new(Fact::$fact.name())),+], facts: &[$(FactSlot::of(Fact::$fact)),+] }
    };
}

pub(crate) static IMAGE: Group = group![
    ImageFullEcs,
    ImageIso,
    ImageEncrypted,
    ImageFromSharedBackup,
    ImageSizeBytes,
    ImageVisibility,
    ImageStatus,
    ImageOs,
];
pub(crate) static ECS: Group =
    group![EcsOs, EcsState, EcsConfigured, EcsSpannedVolume, EcsMultiDiskVolume, EcsSanPolicy];
pub(crate) static BACKUP: Group = group![BackupUsed, BackupShared, BackupConfigured];
pub(crate) static JD_IMAGE: Group =
    group![ImagesVisibility, ImagesRootDevice, ImagesStatus, ImagesSnapshotEncrypted, ImagesBusy, ImagesSnapshots];
pub(crate) static QUOTA: Group = group![QuotaImages, QuotaSnapshots];

#[cfg(test)]
mod tests {
    use super::Fact;

    #[test]
    fn the_list_of_all_facts_is_whole_and_in_order() {
        assert!(Fact::ALL.iter().enumerate().all(|(index, fact)| *fact as usize == index));
        assert_eq!(Fact::ALL.last(), Some(&Fact::QuotaSnapshots));
    }
}

impl Fact {
    /// Whether it is told of each of JD Cloud's images by itself.
    pub(crate) fn is_of_each_image(self) -> bool {
        self.pointer().contains('*')
    }
}
