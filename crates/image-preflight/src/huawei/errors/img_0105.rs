//! The error codes from IMG.0105 on.

use super::operations::*;
use super::table::codes;
use crate::check::refusal::DocumentedError;

pub(crate) static CODES: &[DocumentedError] = codes! {
    "IMG.0105": "The operation is not supported.", "暂不支持该操作。",
        (ANY), [], No;
    "IMG.0106": "The image belongs to another tenant.", "该镜像属于其他租户。",
        (OF_IMAGE), [], No;
    "IMG.0107": "A KooGallery image cannot be shared.", "云商店镜像不能共享。",
        (SHARE), ["image.share.private-image"], No;
    "IMG.0108": "The member was not found in this region.", "在当前区域找不到该镜像成员。",
        (SHARE), [], No;
    "IMG.0109": "The bucket name contains a character that is not allowed.", "桶名含有不允许的字符。",
        (BUCKET), [], No;
    "IMG.0110": "The system disk is unavailable, so no image can be created from it yet.", "系统盘不是可用状态，暂不能创建镜像。",
        (FROM_DISK), [], Later;
    "IMG.0111": "The system disk size is out of range.", "系统盘大小超出允许范围。",
        (FROM_FILE), [], No;
    "IMG.0112": "The image member could not be added. If this continues, contact technical support.", "添加镜像成员失败。如持续出现，请联系技术支持。",
        (SHARE), [], Later;
    "IMG.0113": "The image member could not be deleted. If this continues, contact technical support.", "删除镜像成员失败。如持续出现，请联系技术支持。",
        (UNSHARE), [], Later;
    "IMG.0114": "The image members could not be queried. If this continues, contact technical support.", "查询镜像成员失败。如持续出现，请联系技术支持。",
        (MEMBERS), [], Later;
    "IMG.0115": "An image tag is invalid.", "镜像标签无效。",
        (TAGGED), ["ims.whole-image.tags", "ims.whole-image.image_tags"], No;
    "IMG.0116": "The image has more tags than the quota allows.", "镜像标签数量超过配额。",
        (TAGGED), ["ims.whole-image.tags", "ims.whole-image.image_tags"], No;
    "IMG.0117": "The image type must be ECS or BMS.", "镜像类型须为 ECS 或 BMS。",
        (FROM_FILE), [], No;
    "IMG.0118": "A BMS image cannot be encrypted with KMS.", "BMS 镜像不支持 KMS 加密。",
        (ENCRYPTED), ["ims.in-region-copy.bare-metal-not-encrypted"], No;
    "IMG.0119": "The ECS has no system disk.", "云服务器没有系统盘。",
        (FROM_SERVER), [], AfterFix;
    "IMG.0120": "The data disk ID cannot be used.", "指定的数据盘 ID 不可用。",
        (FROM_DISK), [], No;
    "IMG.0121": "The object was not found.", "找不到指定的对象。",
        (ANY), [], No;
    "IMG.0122": "The OS type is invalid. Use one that IMS supports.", "操作系统类型不合法，请使用镜像服务支持的类型。",
        (FROM_FILE), [], No;
    "IMG.0123": "The request gives the same image file address more than once.", "请求中的镜像文件地址重复。",
        (FROM_FILE), [], No;
    "IMG.0124": "A data disk image cannot be published to KooGallery.", "数据盘镜像不能发布到云商店。",
        (PUBLISH), [], No;
    "IMG.0125": "A data disk image cannot be made a public image.", "数据盘镜像不能发布为公共镜像。",
        (PUBLISH), [], No;
    "IMG.0126": "No full-ECS image can be created from the ECS in its current state. It must be running or stopped.", "云服务器的当前状态不支持制作整机镜像，须为“运行中”或“关机”。",
        (WHOLE), ["ims.whole-image.ecs-state"], AfterFix;
    "IMG.0127": "The server backup does not exist.", "云服务器备份不存在。",
        (WHOLE), ["ims.whole-image.backup_id"], No;
    "IMG.0128": "A full-ECS image cannot be exported.", "整机镜像不支持导出。",
        (EXPORT), ["image.export.not-full-ecs"], No;
    "IMG.0129": "A full-ECS image cannot be published to KooGallery.", "整机镜像不能发布到云商店。",
        (PUBLISH), [], No;
    "IMG.0130": "A full-ECS image can be neither exported nor replicated within a region.", "整机镜像不支持导出，也不支持区域内复制。",
        (EXPORT_AND_COPY), ["ims.in-region-copy.not-full-ecs", "image.export.not-full-ecs", "ims.cross-region-copy.full-ecs-refused"], No;
    "IMG.0131": "A full-ECS image cannot be published.", "整机镜像不支持发布。",
        (PUBLISH), [], No;
    "IMG.0132": "No full-ECS image can be created from the backup in its current state. Wait until it is available.", "备份的当前状态不支持制作整机镜像，请等待备份变为可用状态。",
        (WHOLE), ["ims.whole-image.backup-available"], Later;
    "IMG.0133": "You do not have permission to access the server backup.", "没有访问该云服务器备份的权限。",
        (WHOLE), [], AfterFix;
    "IMG.0134": "The backup has already been used for a full-ECS image. Use another backup.", "该云服务器备份已制作过整机镜像，请使用其他备份。",
        (WHOLE), ["ims.whole-image.backup-single-use"], No;
    "IMG.0135": "This full-ECS image cannot be shared.", "该整机镜像不能共享。",
        (SHARE), ["image.share.not-from-shared-backup", "image.share.full-ecs-refused"], No;
    "IMG.0136": "The ECS is being backed up, so no full-ECS image can be created yet.", "云服务器正在备份，暂不能制作整机镜像。",
        (WHOLE), ["ims.whole-image.backup-available", "ims.whole-image.instance_id"], Later;
    "IMG.0137": "The ECS could not be read. Check its ID and your permissions for it.", "获取云服务器信息失败，请检查云服务器 ID 和对该云服务器的权限。",
        (FROM_SERVER), ["ims.whole-image.instance_id"], AfterFix;
    "IMG.0138": "The OS type could not be obtained. If this continues, contact technical support.", "获取操作系统类型失败。如持续出现，请联系技术支持。",
        (FROM_SERVER), [], Later;
    "IMG.0139": "Another disk of the ECS is being used to create a server. If this continues, contact technical support.", "云服务器的其他磁盘正用于创建云服务器。如持续出现，请联系技术支持。",
        (FROM_SERVER), [], Later;
    "IMG.0140": "The disks in the request belong to different ECSs.", "请求中的磁盘属于不同的云服务器。",
        (FROM_DISK), [], No;
    "IMG.0141": "`hw_firmware_type` must be uefi or bios.", "`hw_firmware_type` 须为 uefi 或 bios。",
        (UPDATE), [], No;
    "IMG.0142": "The source and destination regions are the same.", "源区域与目的区域相同。",
        (ACROSS), ["ims.cross-region-copy.region-differs"], No;
    "IMG.0143": "An encrypted image cannot be replicated across regions.", "加密镜像不支持跨区域复制。",
        (ACROSS), ["ims.cross-region-copy.not-encrypted"], No;
    "IMG.0144": "The image does not exist.", "镜像不存在。",
        (OF_IMAGE), ["ims.cross-region-copy.image_id", "ims.in-region-copy.image_id"], No;
    "IMG.0145": "The project name is incorrect.", "项目名称错误。",
        (ACROSS), ["ims.cross-region-copy.project_name", "ims.cross-region-copy.project-of-destination"], No;
    "IMG.0146": "The image is too large to be replicated across regions.", "镜像大小超过跨区域复制的上限。",
        (ACROSS), ["ims.cross-region-copy.size-cap"], No;
    "IMG.0147": "The region is invalid.", "区域信息错误。",
        (ACROSS), ["ims.cross-region-copy.region"], No;
    "IMG.0148": "The image is being exported.", "镜像正在导出。",
        (EXPORT_AND_COPY), ["ims.cross-region-copy.image-active", "ims.in-region-copy.image-active"], Later;
    "IMG.0149": "The number of images being replicated across regions exceeds the flow control limit.", "跨区域复制任务数超过流控上限。",
        (ACROSS), ["ims.cross-region-copy.concurrent-limit"], Later;
    "IMG.0150": "The backup of this full-ECS image is already in the destination region, so it cannot be replicated there again.", "该整机镜像对应的备份已在目的区域，不能再次复制。",
        (ACROSS), [], No;
    "IMG.0151": "The agency does not have the required permission in the destination project.", "委托没有目的项目的操作权限。",
        (ACROSS), ["ims.cross-region-copy.agency_name"], AfterFix;
    "IMG.0152": "The full-ECS image can only be used in one AZ for now, so it cannot be replicated yet. If this continues, contact technical support.", "整机镜像暂时只在指定可用区内可用，暂不支持跨区域复制。如持续出现，请联系技术支持。",
        (ACROSS), [], Later;
    "IMG.0153": "The ECS has a DSS or DESS disk, from which no image can be created.", "云服务器挂载了 DSS 或 DESS 磁盘，不支持创建镜像。",
        (FROM_SERVER), ["ims.whole-image.no-dss-disk"], No;
    "IMG.0154": "Enterprise Project Management Service (EPS) could not be reached. If this continues, contact technical support.", "与企业项目管理服务（EPS）通信失败。如持续出现，请联系技术支持。",
        (ENTERPRISE), [], Later;
    "IMG.0155": "The enterprise project ID could not be verified. If the ID is correct, contact technical support.", "企业项目 ID 校验失败。如 ID 无误，请联系技术支持。",
        (ENTERPRISE), ["ims.in-region-copy.enterprise_project_id", "ims.whole-image.enterprise_project_id"], No;
    "IMG.0156": "The image could not be added to the enterprise project. If this continues, contact technical support.", "绑定企业项目失败。如持续出现，请联系技术支持。",
        (ENTERPRISE), [], Later;
    "IMG.0157": "The type of the image to be created is incorrect.", "要创建的镜像类型错误。",
        (FROM_FILE), [], No;
    "IMG.0158": "Only a zvhd2 file, or a raw file with its bitmap file, can be imported quickly.", "快速导入仅支持 zvhd2 格式，以及带位表文件的 raw 格式。",
        (QUICK_IMPORT), [], No;
    "IMG.0159": "`os_version` is required when a private image is imported quickly.", "快速导入创建私有镜像时须填写 `os_version`。",
        (QUICK_IMPORT), [], No;
    "IMG.0160": "An image larger than 128 GB cannot be exported.", "大于 128 GB 的镜像不支持导出。",
        (EXPORT), ["image.export.size-cap"], No;
    "IMG.0161": "You do not have permission to give images a vendor title.", "没有厂商冠名的权限。",
        (UPDATE), [], AfterFix;
    "IMG.0162": "The vendor title is invalid: at most 12 letters and spaces, with no space at either end.", "厂商冠名不合法：只能包含字母和空格，首尾不能为空格，最多 12 个字符。",
        (UPDATE), [], No;
    "IMG.0163": "This image cannot have a vendor title.", "该镜像不支持厂商冠名。",
        (UPDATE), [], No;
    "IMG.0164": "The spot ECS is being reclaimed, so no image can be created from it.", "竞价实例正在回收，不能创建镜像。",
        (FROM_SERVER), [], No;
    "IMG.0165": "You do not have permission to use server backups.", "没有云服务器备份的权限。",
        (WHOLE), [], AfterFix;
    "IMG.0166": "`os_version` is required when an image is created from an ISO file.", "使用 ISO 文件创建镜像时须填写 `os_version`。",
        (FROM_FILE), [], No;
    "IMG.0167": "This operation is not supported for ISO images.", "ISO 镜像不支持该操作。",
        (EXPORT_AND_COPY), ["ims.cross-region-copy.not-iso", "ims.in-region-copy.not-iso", "image.export.not-iso"], No;
    "IMG.0168": "A data disk image cannot be updated.", "数据盘镜像不支持更新。",
        (UPDATE), [], No;
    "IMG.0169": "The image cannot be updated because the OS versions differ.", "操作系统版本不同，不能更新镜像。",
        (UPDATE), [], No;
    "IMG.0170": "The image cannot be updated because the image formats differ.", "镜像格式不同，不能更新镜像。",
        (UPDATE), [], No;
    "IMG.0171": "The image cannot be updated because its minimum disk is smaller than that of the source image.", "最小磁盘小于源镜像，不能更新镜像。",
        (UPDATE), [], No;
    "IMG.0172": "The image cannot be updated because its minimum memory is less than that of the source image.", "最小内存小于源镜像，不能更新镜像。",
        (UPDATE), [], No;
    "IMG.0173": "The image cannot be updated because the environment types differ.", "镜像环境类型不同，不能更新镜像。",
        (UPDATE), [], No;
    "IMG.0174": "The image cannot be updated because the name in the request is not that of the destination image.", "请求中的名称与目的镜像名称不同，不能更新镜像。",
        (UPDATE), [], No;
    "IMG.0175": "Names of folders and image files cannot contain spaces.", "目录和镜像文件的名称不能包含空格。",
        (BUCKET), [], No;
    "IMG.0176": "The backup of the full-ECS image could not be deleted. If this continues, contact technical support.", "删除整机备份失败。如持续出现，请联系技术支持。",
        (DELETE), [], Later;
    "IMG.0177": "The source and destination tenants are in different regions.", "目的租户与源租户不在同一区域。",
        (SHARE), [], No;
    "IMG.0178": "The source and destination tenants are the same.", "目的租户与源租户相同。",
        (SHARE), [], No;
    "IMG.0179": "The token of the agency for the source image is invalid.", "源镜像委托的 Token 无效。",
        (ACROSS), ["ims.cross-region-copy.agency_name"], AfterFix;
    "IMG.0180": "No full-ECS image can be created through CBR.", "不支持通过云备份（CBR）制作整机镜像。",
        (WHOLE), ["ims.whole-image.whole_image_type", "ims.whole-image.backup_id"], No;
    "IMG.0181": "The ECSs that can be protected could not be obtained. If this continues, contact technical support.", "获取可保护的云服务器失败。如持续出现，请联系技术支持。",
        (WHOLE), [], Later;
    "IMG.0182": "The vault does not have enough capacity. Expand it, or use another vault.", "存储库容量不足，请扩容或使用其他存储库。",
        (VAULT), ["ims.whole-image.vault_id", "ims.cross-region-copy.vault_id"], AfterFix;
    "IMG.0183": "The ECS is already associated with another vault.", "云服务器已绑定其他存储库。",
        (WHOLE), ["ims.whole-image.vault_id"], AfterFix;
    "IMG.0184": "The vault does not exist.", "存储库不存在。",
        (VAULT), ["ims.whole-image.vault_id", "ims.cross-region-copy.vault_id", "ims.cross-region-copy.vault-in-destination"], AfterFix;
    "IMG.0185": "The number of ECSs associated with the vault has reached the limit.", "存储库绑定的云服务器数量已达上限。",
        (WHOLE), ["ims.whole-image.vault_id"], AfterFix;
    "IMG.0186": "The ECS is associated with CSBS. Disassociate it first, or contact technical support.", "该云服务器已绑定云服务器备份（CSBS），请先解绑或联系技术支持。",
        (WHOLE), [], AfterFix;
    "IMG.0187": "The requests to KMS exceed the flow control limit.", "访问 KMS 的请求超过流控上限。",
        (ENCRYPTED), ["ims.in-region-copy.cmk_id"], Later;
    "IMG.0188": "The vault is unavailable.", "存储库不是可用状态。",
        (VAULT), ["ims.whole-image.vault_id", "ims.cross-region-copy.vault_id"], AfterFix;
    "IMG.0189": "The vault in the destination region does not support replication.", "目的区域的存储库不支持跨区域复制。",
        (ACROSS), ["ims.cross-region-copy.vault_id"], AfterFix;
    "IMG.0190": "Full-ECS images can only be created through CBR.", "只能通过云备份（CBR）制作整机镜像。",
        (WHOLE), ["ims.whole-image.whole_image_type", "ims.whole-image.backup_id"], No;
    "IMG.0191": "The ECS flavors could not be queried. If this continues, contact technical support.", "查询云服务器规格失败。如持续出现，请联系技术支持。",
        (LIST), [], Later;
    "IMG.0192": "The flavor in the image query is invalid.", "查询镜像时使用的规格不合法。",
        (LIST), [], No;
    "IMG.0193": "The vault is not a server backup vault.", "存储库不是云服务器备份存储库。",
        (VAULT), ["ims.whole-image.vault_id", "ims.cross-region-copy.vault_id"], AfterFix;
    "IMG.0194": "The request imports more data disk images than are allowed at a time.", "单次批量导入的数据盘镜像数量超过上限。",
        (FROM_FILE), [], No;
    "IMG.0195": "`os_version` is required when a full-ECS image is created from a data disk backup.", "使用数据盘备份制作整机镜像时须填写 `os_version`。",
        (WHOLE), [], No;
    "IMG.0196": "The shared image has not been accepted yet. Accept it, then replicate it.", "尚未接受该共享镜像，请先接受再复制。",
        (WITHIN), ["ims.in-region-copy.shared-accepted"], AfterFix;
    "IMG.0197": "The replication of a shared image does not support KMS encryption.", "复制共享镜像时不支持 KMS 加密。",
        (WITHIN), ["ims.in-region-copy.shared-not-encrypted"], No;
    "IMG.0198": "The backup ID does not match the backup type, or the backup does not exist.", "备份 ID 与备份类型不匹配，或备份不存在。",
        (WHOLE), ["ims.whole-image.whole_image_type", "ims.whole-image.backup_id"], No;
    "IMG.0212": "`architecture` must be x86 or arm.", "`architecture` 须为 x86 或 arm。",
        (FROM_FILE), [], No;
    "IMG.0238": "The account has not completed real-name authentication.", "账号尚未完成实名认证。",
        (MAKE), [], AfterFix;
    "IMG.0239": "The account balance is insufficient.", "账户余额不足。",
        (MAKE), [], AfterFix;
    "IMG.0241": "The payment information of the account is incomplete.", "账号的支付信息不完整。",
        (MAKE), [], AfterFix;
    "IMG.0242": "The budget of the enterprise department is insufficient.", "企业部门的预算不足。",
        (MAKE), [], AfterFix;
    "IMG.1075": "The image file could not be registered. If this continues, contact technical support.", "注册镜像文件失败。如持续出现，请联系技术支持。",
        (FROM_FILE), [], Later;
};
