//! The facts of Huawei Cloud's images, servers and backups: one row each.

use crate::check::destination_quota::QuotaFacts;
use crate::finding::fact_rows::facts;
use crate::json::Key;
use crate::message::message::message;
use crate::rule::byte_size::ByteSize;
use crate::rule::fact::FactKind::{Count, Flag, OneOf, Text};
use crate::rule::fact::{Fact, Group, Row};
use crate::rule::facts;
use crate::rule::named::named;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

named! {
    /// Visibility of the image.
    ///
    /// ```
    /// assert_eq!(image_preflight::huawei::Visibility::from_name("market").unwrap().as_str(), "market");
    /// ```
    Visibility {
        /// The tenant's own.
        Private = "private",
        /// Everybody's; IMS writes `gold` too.
        Public = "public" | "gold",
        /// Another tenant's, shared.
        Shared = "shared",
        /// A KooGallery image.
        Market = "market",
    }
}

named! {
    /// An operating system.
    ///
    /// ```
    /// assert_eq!(image_preflight::huawei::Os::from_name("linux"), Some(image_preflight::huawei::Os::Linux));
    /// ```
    Os {
        /// Any Linux.
        Linux = "linux",
        /// Any Windows.
        Windows = "windows",
        /// Any other.
        Other = "other",
    }
}

/// The region that the image is in.
pub(crate) const SOURCE_REGION: Fact = Fact(&Row {
    rank: 0,
    pointer: "/facts/sourceRegion",
    kind: Text,
    description: message("the region where the image is", "镜像所在的区域"),
    how_to_obtain: message(
        "the region where the image is listed (the image object does not contain it)",
        "查询到该镜像的区域（镜像信息中没有区域字段）",
    ),
    record: None,
});

facts! {
    /// What is known of an IMS image. `None` is not known.
    ///
    /// ```
    /// use image_preflight::huawei::ImageFacts;
    /// let facts = ImageFacts { encrypted: Some(false), ..ImageFacts::default() };
    /// assert_eq!(facts.full_ecs, None);
    /// ```
    pub struct ImageFacts<'a>;
    /// The members of `facts.image`.
    static IMAGE = "ImageFacts", "What is known of an IMS image.";
    /// Whether it is a full-ECS image.
    1 IMAGE_FULL_ECS, full_ecs: bool = "/facts/image/fullEcs" is Flag,
        message("whether the image is a full-ECS image", "镜像是否为整机镜像"),
        message("`__whole_image` in the response of GET /v2/cloudimages; absent means no", "GET /v2/cloudimages 返回的 `__whole_image`，无此字段表示否");
    /// Whether it was created from an ISO file.
    2 IMAGE_ISO, iso: bool = "/facts/image/iso" is Flag,
        message("whether the image was created from an ISO file", "镜像是否由 ISO 文件创建"),
        message("`virtual_env_type` in the response of GET /v2/cloudimages: IsoImage means yes", "GET /v2/cloudimages 返回的 `virtual_env_type`，取值 IsoImage 表示是");
    /// Whether it is encrypted.
    3 IMAGE_ENCRYPTED, encrypted: bool = "/facts/image/encrypted" is Flag,
        message("whether the image is encrypted", "镜像是否加密"),
        message("`__system__cmkid` in the response of GET /v2/cloudimages: a key ID means yes, absent or blank means no", "GET /v2/cloudimages 返回的 `__system__cmkid`，有密钥 ID 表示是，无此字段或为空表示否");
    /// Whether it was created from a backup that another tenant shared.
    4 IMAGE_FROM_SHARED_BACKUP, from_shared_backup: bool = "/facts/image/fromSharedBackup" is Flag,
        message("whether the image was created from a shared CBR backup", "镜像是否由共享的 CBR 备份创建"),
        message("no if `__backup_id` is blank in the response of GET /v2/cloudimages; otherwise find out who owns that backup", "GET /v2/cloudimages 返回的 `__backup_id` 为空表示否，否则请确认该备份的归属");
    /// Its size.
    5 IMAGE_SIZE_BYTES, size: ByteSize = "/facts/image/sizeBytes" is Count(0),
        message("the image's size in bytes", "镜像的大小（字节）"),
        message("`__image_size` in the response of GET /v2/cloudimages (not `min_disk`)", "GET /v2/cloudimages 返回的 `__image_size`（不能用 `min_disk` 代替）");
    /// Whose it is.
    6 IMAGE_VISIBILITY, visibility: Visibility = "/facts/image/visibility" is OneOf(Visibility::WORDS),
        message("the image's type: private, public, shared, or KooGallery (market)", "镜像的类型：私有镜像、公共镜像、共享镜像或云商店镜像"),
        message("`__imagetype` in the response of GET /v2/cloudimages: gold means public; `shared` means shared by another tenant, unless `owner` is your own project (`projectId`)", "GET /v2/cloudimages 返回的 `__imagetype`：gold 表示公共镜像；`shared` 表示其他租户共享的镜像，但 `owner` 为本项目（`projectId`）时除外");
    /// Its status, as IMS writes it: `queued`, `saving`, `deleted`, `killed`, `active`.
    7 IMAGE_STATUS, status: Cow<'a, str> = "/facts/image/status" is Text,
        message("the image's status", "镜像的状态"),
        message("`status` in the response of GET /v2/cloudimages", "GET /v2/cloudimages 返回的 `status`");
    /// Its operating system.
    8 IMAGE_OS, os: Os = "/facts/image/os" is OneOf(Os::WORDS),
        message("the image's operating system", "镜像的操作系统"),
        message("`__os_type` in the response of GET /v2/cloudimages", "GET /v2/cloudimages 返回的 `__os_type`");
    /// Whether it is an image for bare-metal servers.
    9 IMAGE_BARE_METAL, bare_metal: bool = "/facts/image/bareMetal" is Flag,
        message("whether the image is for bare metal servers", "镜像是否为裸金属服务器镜像"),
        message("`virtual_env_type` in the response of GET /v2/cloudimages: Ironic means yes", "GET /v2/cloudimages 返回的 `virtual_env_type`，取值 Ironic 表示是");
    /// Whether it was made from a KooGallery image.
    10 IMAGE_MARKETPLACE, marketplace: bool = "/facts/image/marketplace" is Flag,
        message("whether the image was created from a KooGallery image", "镜像是否由云商店镜像制作"),
        message("`__productcode` in the response of GET /v2/cloudimages: a code means yes", "GET /v2/cloudimages 返回的 `__productcode`，有值表示是");
    /// Whether it was itself copied from another region.
    11 IMAGE_REPLICATED, replicated: bool = "/facts/image/replicated" is Flag,
        message("whether the image itself was replicated from another region", "镜像本身是否由其他区域复制而来"),
        message("no API returns it; ask whoever created the image", "没有接口可以查询，请向镜像的创建者确认");
    /// Whether it was shared with the caller and has been accepted.
    12 IMAGE_SHARE_ACCEPTED, share_accepted: bool = "/facts/image/shareAccepted" is Flag,
        message("whether the shared image has been accepted", "共享镜像是否已被接受"),
        message("`status` is accepted in the response of GET /v2/images/{image_id}/members/{member_id}", "GET /v2/images/{image_id}/members/{member_id} 返回的 `status` 为 accepted");
    /// Its id: facts about another image than the request's are refused. [`from_object`](Self::from_object) gives it.
    35 IMAGE_ID, id: Cow<'a, str> = "/facts/image/id" is Text,
        message("the ID of the image that these facts are about", "这些已知信息所述镜像的 ID"),
        message("`id` in the response of GET /v2/cloudimages", "GET /v2/cloudimages 返回的 `id`");
}

/// The project that the request is made in.
pub(crate) const PROJECT_ID: Fact = Fact(&Row {
    rank: 13,
    pointer: "/facts/projectId",
    kind: Text,
    description: message("the project in which the request is sent", "发起请求的项目"),
    how_to_obtain: message(
        "My Credentials in the console, or GET /v3/projects of IAM",
        "控制台的“我的凭证”，或 IAM 的 GET /v3/projects",
    ),
    record: None,
});

/// The region of the vault that `vault_id` names.
pub(crate) const VAULT_REGION: Fact = Fact(&Row {
    rank: 26,
    pointer: "/facts/vault/region",
    kind: Text,
    description: message("the region of the vault specified by `vault_id`", "`vault_id` 所指存储库所在的区域"),
    how_to_obtain: message(
        "the region where the vault is listed (GET /v3/{project_id}/vaults of CBR)",
        "查询到该存储库的区域（CBR 的 GET /v3/{project_id}/vaults）",
    ),
    record: None,
});

/// The members of `facts.vault`.
pub(crate) static VAULT: Group = Group {
    #[cfg(feature = "schemars")]
    name: "VaultFacts",
    #[cfg(feature = "schemars")]
    description: "What is known of the vault that the request names.",
    keys: &[Key::new("region")],
    facts: &[VAULT_REGION],
};

/// How many cross-region copies of this tenant run now.
pub(crate) const COPIES_IN_FLIGHT: Fact = Fact(&Row {
    rank: 14,
    pointer: "/facts/copiesInFlight",
    kind: Count(0),
    description: message(
        "how many cross-region replications of this tenant are running",
        "本租户当前正在进行的跨区域复制任务数",
    ),
    how_to_obtain: message(
        "query each of the job IDs that your earlier copy requests returned (GET /v1/cloudimages/job/{job_id}), and count the jobs that are still INIT or RUNNING",
        "对此前各复制请求返回的任务 ID 逐一调用 GET /v1/cloudimages/job/{job_id}，统计状态仍为 INIT 或 RUNNING 的任务数",
    ),
    record: None,
});

facts! {
    /// What is known of a server (ECS) that an image is created from.
    ///
    /// ```
    /// use image_preflight::huawei::{EcsFacts, Os};
    /// let ecs = EcsFacts { os: Some(Os::Linux), multi_disk_volume: Some(false), ..EcsFacts::default() };
    /// assert_eq!(ecs.spanned_volume, None);
    /// ```
    pub struct EcsFacts<'a>;
    /// The members of `facts.ecs`.
    static ECS = "EcsFacts", "What is known about the server (ECS) that the image is created from.";
    /// Its operating system.
    15 ECS_OS, os: Os = "/facts/ecs/os" is OneOf(Os::WORDS),
        message("the ECS's operating system", "云服务器的操作系统"),
        message("the details page of the ECS in the ECS console", "ECS 控制台的云服务器详情页");
    /// Its state: running or stopped, or as the ECS API writes it (`ACTIVE`, `SHUTOFF`, `BUILD`, …).
    16 ECS_STATE, state: Cow<'a, str> = "/facts/ecs/state" is Text,
        message("the ECS's status", "云服务器的状态"),
        message("`status` in the response of GET /v1/{project_id}/cloudservers/{server_id} (ECS)", "ECS 的 GET /v1/{project_id}/cloudservers/{server_id} 返回的 `status`");
    /// Whether it has been configured for image creation.
    17 ECS_CONFIGURED, configured: bool = "/facts/ecs/configured" is Flag,
        message("whether the ECS has been configured for image creation", "云服务器是否已完成初始化配置" ),
        message("ask the ECS's administrator", "请向云服务器的管理员确认");
    /// Windows: whether it has a spanned volume.
    18 ECS_SPANNED_VOLUME, spanned_volume: bool = "/facts/ecs/spannedVolume" is Flag,
        message("whether the Windows ECS has a spanned volume", "Windows 云服务器是否存在跨区卷"),
        message("run `diskpart`, then `list volume`, on the ECS", "在云服务器上运行 `diskpart`，再运行 `list volume`");
    /// Linux: whether a volume group or logical volume spans several disks.
    19 ECS_MULTI_DISK_VOLUME, multi_disk_volume: bool = "/facts/ecs/multiDiskVolume" is Flag,
        message("whether the Linux ECS has a volume group or logical volume that spans several physical volumes", "Linux 云服务器是否有由多个物理卷组成的卷组或逻辑卷"),
        message("run `lsblk` or `vgs` on the ECS", "在云服务器上运行 `lsblk` 或 `vgs`");
    /// Windows: its SAN policy, as `diskpart` writes it: `OnlineAll`, `OfflineShared`, `OfflineInternal`, `OfflineAll`.
    20 ECS_SAN_POLICY, san_policy: Cow<'a, str> = "/facts/ecs/sanPolicy" is Text,
        message("the SAN policy of the Windows ECS", "Windows 云服务器的 SAN 策略"),
        message("run `diskpart`, then `san`, on the ECS", "在云服务器上运行 `diskpart`，再运行 `san`");
    /// Whether it has a disk of dedicated distributed storage (DSS).
    21 ECS_DSS_DISK, dss_disk: bool = "/facts/ecs/dssDisk" is Flag,
        message("whether the ECS has a Dedicated Distributed Storage Service (DSS) disk", "云服务器是否挂载了专属分布式存储（DSS）的磁盘"),
        message("`dedicated_storage_id` of its disks in the response of GET /v2/{project_id}/cloudvolumes/detail (EVS): an ID means yes", "EVS 的 GET /v2/{project_id}/cloudvolumes/detail 返回中磁盘的 `dedicated_storage_id`，有值表示是");
    /// Its id: facts about another server than the request's are refused. [`from_object`](Self::from_object) gives it.
    36 ECS_ID, id: Cow<'a, str> = "/facts/ecs/id" is Text,
        message("the ID of the ECS that these facts are about", "这些已知信息所述云服务器的 ID"),
        message("`id` in the response of GET /v1/{project_id}/cloudservers/{server_id} (ECS)", "ECS 的 GET /v1/{project_id}/cloudservers/{server_id} 返回的 `id`");
}

facts! {
    /// What is known of the CBR backup that an image is created from.
    ///
    /// ```
    /// let backup = image_preflight::huawei::BackupFacts { used: Some(false), ..Default::default() };
    /// assert_eq!(backup.shared, None);
    /// ```
    pub struct BackupFacts<'a>;
    /// The members of `facts.backup`.
    static BACKUP = "BackupFacts", "What is known about the CBR backup that the image is created from.";
    /// Whether an image has been created from it already.
    22 BACKUP_USED, used: bool = "/facts/backup/used" is Flag,
        message("whether the backup has already been used to create an image", "该备份是否已创建过镜像"),
        message("look in the response of GET /v2/cloudimages for an image whose `__backup_id` is this backup", "在 GET /v2/cloudimages 的返回中查找 `__backup_id` 为该备份的镜像");
    /// Whether another tenant shared it.
    23 BACKUP_SHARED, shared: bool = "/facts/backup/shared" is Flag,
        message("whether the backup was shared by another tenant", "该备份是否为其他租户共享的备份"),
        message("the Backups tab of the CBR console", "在 CBR 控制台的“备份副本”页签查看");
    /// Whether the server it was taken of had been configured for image creation.
    24 BACKUP_CONFIGURED, configured: bool = "/facts/backup/configured" is Flag,
        message("whether the backup's source ECS had been configured for image creation", "备份的源云服务器是否已完成初始化配置"),
        message("ask the administrator of the ECS that the backup was taken from", "请向备份的源云服务器的管理员确认");
    /// Its status, as CBR writes it: `available`, `protecting`, `deleting`, `restoring`, `error`, …
    25 BACKUP_STATUS, status: Cow<'a, str> = "/facts/backup/status" is Text,
        message("the backup's status", "备份的状态"),
        message("`status` in the response of GET /v3/{project_id}/backups/{backup_id} (CBR)", "CBR 的 GET /v3/{project_id}/backups/{backup_id} 返回的 `status`");
    /// Its id: facts about another backup than the request's are refused. [`from_object`](Self::from_object) gives it.
    37 BACKUP_ID, id: Cow<'a, str> = "/facts/backup/id" is Text,
        message("the ID of the backup that these facts are about", "这些已知信息所述备份的 ID"),
        message("`id` in the response of GET /v3/{project_id}/backups/{backup_id} (CBR)", "CBR 的 GET /v3/{project_id}/backups/{backup_id} 返回的 `id`");
}

/// What a caller may know in addition to a request to IMS. All of it is optional.
///
/// ```
/// use image_preflight::{Facts, Verdict, huawei};
/// let request = huawei::InRegionCopy::builder().image_id("465076de").name("copy").build()?;
/// let image = huawei::ImageFacts { iso: Some(true), ..Default::default() };
/// let facts = Facts::from(huawei::Facts { image, ..Default::default() });
/// assert_eq!(request.check(&facts).verdict(), Verdict::Denied);
/// # Ok::<(), image_preflight::InvalidRequest>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The region that the image is in.
    pub source_region: Option<Cow<'a, str>>,
    /// The source image.
    pub image: ImageFacts<'a>,
    /// How many cross-region copies of this tenant run now.
    pub copies_in_flight: Option<u64>,
    /// The project that the request is made in.
    pub project_id: Option<Cow<'a, str>>,
    /// The server that an image is created from.
    pub ecs: EcsFacts<'a>,
    /// The backup that an image is created from.
    pub backup: BackupFacts<'a>,
    /// The region of the vault that the request names.
    pub vault_region: Option<Cow<'a, str>>,
    /// What is left of the quotas in the region that receives the image.
    pub destination_quota: QuotaFacts,
}

impl Facts<'_> {
    /// The same, free of what it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Facts<'static> {
        Facts::from(&facts::Facts::from(self).into_owned())
    }
}

impl<'a> From<Facts<'a>> for facts::Facts<'a> {
    fn from(facts: Facts<'a>) -> Self {
        let Facts { source_region, image, copies_in_flight, project_id, ecs, backup, vault_region, destination_quota } =
            facts;
        let lone = [
            (SOURCE_REGION, source_region.map_or(facts::FactValue::Unknown, facts::TypedFact::into_value)),
            (COPIES_IN_FLIGHT, copies_in_flight.map_or(facts::FactValue::Unknown, facts::TypedFact::into_value)),
            (PROJECT_ID, project_id.map_or(facts::FactValue::Unknown, facts::TypedFact::into_value)),
            (VAULT_REGION, vault_region.map_or(facts::FactValue::Unknown, facts::TypedFact::into_value)),
        ];
        let all = lone.into_iter().chain(image.into_values()).chain(ecs.into_values()).chain(backup.into_values());
        let all = all.chain(destination_quota.into_values());
        let mut store = Self::default();
        all.for_each(|(fact, value)| store.set(fact, value));
        store
    }
}

/// In the form that `facts` has in a case.
impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        facts::Facts::from(self.clone()).serialize(serializer)
    }
}

/// From the form that `facts` has in a case; what cannot be used is an error that says everything that is wrong.
#[cfg(feature = "text")]
impl<'de> Deserialize<'de> for Facts<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Facts::from(&facts::Facts::deserialize(deserializer)?))
    }
}

/// What a store knows of these, from the caller or from an object; not whether it is [strict](facts::Facts::strict).
impl<'a> From<&facts::Facts<'a>> for Facts<'a> {
    fn from(known: &facts::Facts<'a>) -> Self {
        Facts {
            source_region: facts::TypedFact::of_value(known.value(SOURCE_REGION)),
            image: ImageFacts::of(|fact| known.value(fact)),
            copies_in_flight: facts::TypedFact::of_value(known.value(COPIES_IN_FLIGHT)),
            project_id: facts::TypedFact::of_value(known.value(PROJECT_ID)),
            ecs: EcsFacts::of(|fact| known.value(fact)),
            backup: BackupFacts::of(|fact| known.value(fact)),
            vault_region: facts::TypedFact::of_value(known.value(VAULT_REGION)),
            destination_quota: QuotaFacts::of(|fact| known.value(fact)),
        }
    }
}
