//! The error codes IMG.0001 to IMG.0104.

use super::operations::*;
use super::table::codes;
use crate::check::refusal::DocumentedError;
use crate::huawei::limits::limit;

pub(crate) static CODES: &[DocumentedError] = codes! {
    "IMG.0001": "The request body is not in the correct format.", "请求消息体格式不正确。",
        (ANY), ["case.syntax", "case.body"], No;
    "IMG.0002": concat!("The image name has more than ", limit!(name_chars), " characters."), concat!("镜像名称超过 ", limit!(name_chars), " 个字符。"),
        (NAMED), ["ims.cross-region-copy.name", "ims.in-region-copy.name", "ims.whole-image.name"], No;
    "IMG.0003": "The image name contains a character that is not allowed, or begins or ends with a space.", "镜像名称含有不允许的字符，或首尾有空格。",
        (NAMED), ["ims.cross-region-copy.name", "ims.in-region-copy.name", "ims.whole-image.name"], No;
    "IMG.0004": concat!("The image description has more than ", limit!(description_chars), " characters."), concat!("镜像描述超过 ", limit!(description_chars), " 个字符。"),
        (NAMED), ["ims.cross-region-copy.description", "ims.in-region-copy.description", "ims.whole-image.description"], No;
    "IMG.0005": "No ECS has this ID.", "没有此 ID 对应的云服务器。",
        (FROM_SERVER), ["ims.whole-image.instance_id"], No;
    "IMG.0006": "The system disk of this ECS cannot be used to create an image. Check the status of the disk.", "该云服务器的系统盘不能用于创建镜像，请检查系统盘状态。",
        (FROM_DISK), [], AfterFix;
    "IMG.0007": "The request has no body.", "请求没有消息体。",
        (ANY), ["case.body"], No;
    "IMG.0008": "This image can only be created from a stopped ECS. Stop the ECS first.", "只能使用关机状态的云服务器创建此镜像，请先将云服务器关机。",
        (FROM_DISK), [], AfterFix;
    "IMG.0009": "Another image already has this name.", "镜像名称与已有镜像重复。",
        (NAMED), ["ims.cross-region-copy.name", "ims.in-region-copy.name", "ims.whole-image.name"], No;
    "IMG.0010": "Other tasks of the ECS are still in progress.", "云服务器还有其他任务正在进行。",
        (FROM_SERVER), ["ims.whole-image.instance_id"], Later;
    "IMG.0011": "`forceCreate` is required and must be true.", "须将 `forceCreate` 设置为 true。",
        (FROM_DISK), [], No;
    "IMG.0012": "The ECS ID is required.", "未填写云服务器 ID。",
        (FROM_SERVER), ["ims.whole-image.instance_id"], No;
    "IMG.0013": "The image name is required.", "未填写镜像名称。",
        (NAMED), ["ims.cross-region-copy.name", "ims.in-region-copy.name", "ims.whole-image.name"], No;
    "IMG.0014": "The cloud's OpenStack layer failed to carry out the task. If this continues, contact technical support.", "底层 OpenStack 执行任务时出错。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0015": "The private image quota has been used up. Delete images that are not needed, or apply for a higher quota.", "私有镜像配额已用完，请删除不需要的镜像或申请扩大配额。",
        (MAKE), ["ims.cross-region-copy.image-quota", "ims.in-region-copy.image-quota", "ims.whole-image.image-quota"], AfterFix;
    "IMG.0016": "The body of the deletion request was not accepted. If this continues, contact technical support.", "删除请求的消息体有误。如持续出现，请联系技术支持。",
        (DELETE), [], No;
    "IMG.0017": "A query condition in the URI is not in the correct format.", "URI 中的查询条件格式不正确。",
        (LIST), [], No;
    "IMG.0018": "The job could not be submitted. If this continues, contact technical support.", "提交任务失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0019": "The backup ID is required.", "未填写备份 ID。",
        (FROM_SERVER), ["ims.whole-image.backup_id"], No;
    "IMG.0020": "No backup has this ID.", "没有此 ID 对应的备份。",
        (FROM_SERVER), ["ims.whole-image.backup_id"], No;
    "IMG.0021": "The type of the source from which the image is created is not known.", "创建镜像的源类型未知。",
        (FROM_DISK), [], No;
    "IMG.0022": "The disk cannot be used to create an image in its current state.", "磁盘的当前状态不支持创建镜像。",
        (FROM_DISK), [], AfterFix;
    "IMG.0023": "The job could not be queried. If this continues, contact technical support.", "查询任务失败。如持续出现，请联系技术支持。",
        (JOB), [], Later;
    "IMG.0024": "The image type is incorrect: it must be ECS or BMS.", "镜像类型错误，须为 ECS 或 BMS。",
        (LIST), [], No;
    "IMG.0025": "The user type is incorrect.", "用户类型错误。",
        (ANY), [], No;
    "IMG.0026": "Your role does not allow this operation. Request the permission, or complete real-name authentication.", "当前角色没有操作权限，请申请权限或完成实名认证。",
        (ANY), [], AfterFix;
    "IMG.0027": "No image has the ID in the request.", "请求中的镜像 ID 不存在。",
        (OF_IMAGE), ["ims.cross-region-copy.image_id", "ims.in-region-copy.image_id"], No;
    "IMG.0028": "The image is protected. Remove it from KooGallery first.", "该镜像受保护，须先在云商店下架。",
        (DELETE), [], AfterFix;
    "IMG.0029": "An image has already been created from this backup. Use another backup.", "该备份已创建过镜像，请使用其他备份。",
        (FROM_SERVER), ["ims.whole-image.backup-single-use"], No;
    "IMG.0030": "The project ID does not match the token. Use a token of this project.", "项目 ID 与 Token 不匹配，请使用该项目的 Token。",
        (ANY), [], AfterFix;
    "IMG.0031": "A resource ID in the request is incorrect.", "请求中的资源 ID 错误。",
        (ANY), [], No;
    "IMG.0032": "The backup is not available yet.", "备份暂不可用。",
        (FROM_SERVER), ["ims.whole-image.backup-available"], Later;
    "IMG.0033": "The backup is not a backup of a system disk.", "该备份不是系统盘备份。",
        (FROM_DISK), [], No;
    "IMG.0034": "The number of images cannot be changed.", "不支持修改镜像数量。",
        (UPDATE), [], No;
    "IMG.0035": "The attributes to be changed conflict with one another.", "要修改的属性相互冲突。",
        (UPDATE), [], No;
    "IMG.0036": "The service could not obtain the token for the delegated user. If this continues, contact technical support.", "服务获取委托 Token 失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0037": "The service could not obtain an access key (AK/SK). If this continues, contact technical support.", "服务获取访问密钥（AK/SK）失败。如持续出现，请联系技术支持。",
        (BUCKET), [], Later;
    "IMG.0038": "The OBS bucket could not be created. If this continues, contact technical support.", "创建 OBS 桶失败。如持续出现，请联系技术支持。",
        (BUCKET), [], Later;
    "IMG.0039": "The user could not be granted access to the OBS bucket. If this continues, contact technical support.", "为用户授予 OBS 桶的读写权限失败。如持续出现，请联系技术支持。",
        (BUCKET), [], Later;
    "IMG.0040": "The address of the object storage could not be obtained. If this continues, contact technical support.", "获取对象存储地址失败。如持续出现，请联系技术支持。",
        (BUCKET), [], Later;
    "IMG.0041": "The account to be authorized is required.", "未填写要授权的账号。",
        (SHARE), [], No;
    "IMG.0042": "The image is not on sale in KooGallery, so it cannot be removed from it.", "该镜像不是云商店镜像，不能下架。",
        (PUBLISH), [], No;
    "IMG.0043": "The image was created from another vendor's KooGallery image, so it cannot be published.", "该镜像源自他人的云商店镜像，不能上架。",
        (PUBLISH), [], No;
    "IMG.0044": "The image is not being published to KooGallery.", "该镜像不处于上架过程中。",
        (PUBLISH), [], No;
    "IMG.0045": "The product code of the image could not be generated. If this continues, contact technical support.", "生成镜像产品码失败。如持续出现，请联系技术支持。",
        (PUBLISH), [], Later;
    "IMG.0046": "The image is unavailable in its current state.", "镜像当前不是可用状态。",
        (OF_IMAGE), ["ims.cross-region-copy.image-active", "ims.in-region-copy.image-active", "image.export.image-active"], Later;
    "IMG.0047": "Only the owner of the image can perform this operation.", "只有镜像所有者才能执行该操作。",
        (OF_IMAGE), [], No;
    "IMG.0048": "The operation on the KooGallery image is not known.", "对云商店镜像的操作未知。",
        (PUBLISH), [], No;
    "IMG.0049": "The image has been published to KooGallery, or is being published.", "该镜像已上架或正在上架。",
        (PUBLISH), [], No;
    "IMG.0050": "The publishing of this image cannot be marked as failed.", "不能将该镜像设置为上架失败。",
        (PUBLISH), [], No;
    "IMG.0051": "An image created from a backup cannot be published to KooGallery.", "由备份创建的镜像不能发布到云商店。",
        (PUBLISH), [], No;
    "IMG.0052": "A shared image cannot be published to KooGallery.", "共享镜像不能发布到云商店。",
        (PUBLISH), [], No;
    "IMG.0053": "The domain of the shadow account could not be obtained. If this continues, contact technical support.", "获取影子账号的域信息失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0054": "The image description contains a line break, `<` or `>`.", "镜像描述含有换行、`<` 或 `>`。",
        (NAMED), ["ims.cross-region-copy.description", "ims.in-region-copy.description", "ims.whole-image.description"], No;
    "IMG.0055": "The memory (in MB) or disk size (in GB) is invalid.", "内存（单位 MB）或磁盘大小（单位 GB）不合法。",
        (NAMED), ["ims.whole-image.min_ram", "ims.whole-image.max_ram"], No;
    "IMG.0056": "The OS type is invalid: it must be Windows or Linux.", "操作系统类型不合法，须为 Windows 或 Linux。",
        (FROM_FILE), [], No;
    "IMG.0057": "The image file does not exist, is empty, or is in a format that is not supported.", "镜像文件不存在、为空，或格式不受支持。",
        (FROM_FILE), [], No;
    "IMG.0058": "The OBS bucket with the image file is in another region. Use a bucket in the region of the request.", "镜像文件所在的 OBS 桶与请求不在同一区域，请使用同一区域的桶。",
        (FROM_FILE), [], No;
    "IMG.0059": "The image file is larger than can be imported.", "镜像文件大小超过可导入的上限。",
        (FROM_FILE), [], No;
    "IMG.0060": "The number of tasks exceeds the flow control limit.", "任务数超过流控上限。",
        (ANY), [], Later;
    "IMG.0061": "Unknown error of the service. If this continues, contact technical support.", "服务出现未知错误。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0062": "The image name is incorrect.", "镜像名称错误。",
        (NAMED), ["ims.cross-region-copy.name", "ims.in-region-copy.name", "ims.whole-image.name"], No;
    "IMG.0063": "No image can be created from an ECS of this type.", "该类型的云服务器不支持创建镜像。",
        (FROM_SERVER), [], No;
    "IMG.0064": "The tenant's information could not be obtained from IAM. If this continues, contact technical support.", "从 IAM 获取租户信息失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0065": "The tenant's domain could not be obtained from IAM. If this continues, contact technical support.", "从 IAM 获取租户的 Domain 信息失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "IMG.0066": "The image ID is incorrect.", "镜像 ID 错误。",
        (OF_IMAGE), ["ims.cross-region-copy.image_id", "ims.in-region-copy.image_id"], No;
    "IMG.0067": "The project ID is incorrect.", "项目 ID 错误。",
        (ANY), [], No;
    "IMG.0068": "The bucket name is required.", "未填写桶名。",
        (BUCKET), [], No;
    "IMG.0069": "The OBS bucket cannot be accessed. Check the bucket's name and your permissions.", "无法访问指定的 OBS 桶，请检查桶名和权限。",
        (BUCKET), [], AfterFix;
    "IMG.0070": "A file with this name already exists in the OBS bucket.", "OBS 桶中已有同名文件。",
        (EXPORT), [], No;
    "IMG.0071": "This image cannot be exported.", "该镜像不支持导出。",
        (EXPORT), [], No;
    "IMG.0072": "The image file format is not supported: it must be vhd, zvhd, raw or qcow2.", "不支持该镜像格式，须为 vhd、zvhd、raw 或 qcow2。",
        (EXPORT), [], No;
    "IMG.0073": "The name of the exported file is required.", "未填写导出文件的名称。",
        (EXPORT), [], No;
    "IMG.0074": "The file name is too long.", "文件名称过长。",
        (BUCKET), [], No;
    "IMG.0075": "The file name contains a character that is not allowed.", "文件名称含有不允许的字符。",
        (BUCKET), [], No;
    "IMG.0076": "An image cannot be shared with its owner.", "不能将镜像共享给自己。",
        (SHARE), [], No;
    "IMG.0077": "A public image cannot be exported.", "公共镜像不支持导出。",
        (EXPORT), ["image.export.not-public"], No;
    "IMG.0078": "A KooGallery image, or a private image created from one, cannot be exported.", "云商店镜像及由其创建的私有镜像不支持导出。",
        (EXPORT), ["image.export.not-marketplace"], No;
    "IMG.0079": "A system disk image created from a charged image cannot be exported.", "源镜像为收费镜像的系统盘镜像不支持导出。",
        (EXPORT), [], No;
    "IMG.0080": "An image created from a backup cannot be exported.", "由备份创建的镜像不支持导出。",
        (EXPORT), ["image.export.not-full-ecs"], No;
    "IMG.0081": "The image was not created from an uploaded file, so it cannot be exported.", "该镜像不是由上传的文件创建的，不支持导出。",
        (EXPORT), [], No;
    "IMG.0082": "This image cannot be published to KooGallery.", "该镜像不能发布到云商店。",
        (PUBLISH), [], No;
    "IMG.0083": "The image is already a public image.", "该镜像已是公共镜像。",
        (PUBLISH), [], No;
    "IMG.0084": "The image is already a private image.", "该镜像已是私有镜像。",
        (PUBLISH), [], No;
    "IMG.0085": "The way of publishing is incorrect.", "发布方式错误。",
        (PUBLISH), [], No;
    "IMG.0086": "The image was not found.", "找不到该镜像。",
        (OF_IMAGE), ["ims.cross-region-copy.image_id", "ims.in-region-copy.image_id"], No;
    "IMG.0087": "The token is incorrect.", "Token 错误。",
        (ANY), [], AfterFix;
    "IMG.0088": "The quota of shared images has been used up.", "镜像共享配额已用完。",
        (SHARE), [], AfterFix;
    "IMG.0089": "A public image or a KooGallery image cannot be shared.", "公共镜像和云商店镜像不能共享。",
        (SHARE), ["image.share.private-image"], No;
    "IMG.0090": "The image is still being created, so it cannot be deleted yet.", "镜像正在创建，暂不能删除。",
        (DELETE), [], Later;
    "IMG.0091": "The image is protected, so it cannot be deleted. Remove it from KooGallery first.", "该镜像受保护，不能删除，请先在云商店下架。",
        (DELETE), [], AfterFix;
    "IMG.0092": "Only the owner of the image can delete it.", "只有镜像所有者才能删除镜像。",
        (DELETE), [], No;
    "IMG.0093": "A KooGallery image cannot be deleted.", "云商店镜像不能删除。",
        (DELETE), [], No;
    "IMG.0094": "A public image cannot be deleted.", "公共镜像不能删除。",
        (DELETE), [], No;
    "IMG.0095": "The KMS key does not exist.", "指定的 KMS 密钥不存在。",
        (ENCRYPTED), ["ims.in-region-copy.cmk_id"], No;
    "IMG.0096": "The KMS key in the request is the one that the image is already encrypted with. Use another key.", "指定的 KMS 密钥与镜像当前的密钥相同，请使用其他密钥。",
        (WITHIN), ["ims.in-region-copy.cmk_id"], No;
    "IMG.0097": "The KMS key is not enabled.", "指定的 KMS 密钥未启用。",
        (ENCRYPTED), ["ims.in-region-copy.cmk_id"], AfterFix;
    "IMG.0098": "An encrypted image cannot be shared or published. Replicate it within the region without a key, then use the copy.", "加密镜像不能共享或发布。可先在区域内复制为非加密镜像，再共享或发布该副本。",
        (SHARE_AND_PUBLISH), ["image.share.not-encrypted"], No;
    "IMG.0099": "You do not have permission to access the KMS key.", "没有访问指定 KMS 密钥的权限。",
        (ENCRYPTED), ["ims.in-region-copy.cmk_id"], AfterFix;
    "IMG.0100": "You do not have permission to use KMS.", "没有使用 KMS 的权限。",
        (ENCRYPTED), ["ims.in-region-copy.cmk_id"], AfterFix;
    "IMG.0101": "The KMS key that the source image is encrypted with does not exist.", "源镜像的 KMS 密钥不存在。",
        (WITHIN), ["ims.in-region-copy.cmk_id"], No;
    "IMG.0102": "The KMS key that the source image is encrypted with is not enabled.", "源镜像的 KMS 密钥未启用。",
        (WITHIN), ["ims.in-region-copy.cmk_id"], AfterFix;
    "IMG.0103": "You do not have permission to access the KMS key that the source image is encrypted with.", "没有访问源镜像 KMS 密钥的权限。",
        (WITHIN), ["ims.in-region-copy.cmk_id"], AfterFix;
    "IMG.0104": "The region has several projects. Specify the project name.", "该区域有多个项目，须填写项目名称。",
        (ACROSS), ["ims.cross-region-copy.project_name"], No;
};
