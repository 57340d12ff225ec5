//! The documented errors of copyImages: every row of the document's table.

use crate::check::refusal::{DocumentedError, Retry};
use crate::message::message::message;

/// The rows in the document's order; `xx` is a placeholder of the document.
pub(crate) static REFUSALS: [DocumentedError; 12] = [
    DocumentedError {
        status: 400,
        code: "INVALID_ARGUMENT",
        message: "Invalid region 'xx'",
        meaning: message("A region is not right.", "地域参数错误。"),
        rules: &["jd.copy-images.regionId", "jd.copy-images.destinationRegion", "jd.copy-images.region-differs"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Only support cloudDisk image",
        meaning: message(
            "Only images with a cloud disk as system disk can be copied.",
            "只支持云硬盘系统盘类型的镜像。",
        ),
        rules: &["jd.copy-images.cloud-disk-system-image"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Invalid image status 'xx'",
        meaning: message("The image is not in the state `ready`.", "镜像状态不是 `ready`。"),
        rules: &["jd.copy-images.ready"],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Can't use this image",
        meaning: message("The image is not a private one.", "该镜像不是私有镜像。"),
        rules: &["jd.copy-images.private-image"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Conflict with underlay image task 'xx'",
        meaning: message("Another task works on the image.", "镜像正在处理其他任务。"),
        rules: &["jd.copy-images.not-busy"],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "The image 'xx' is busy",
        meaning: message("The image is being copied or converted.", "镜像正在跨区复制或转换。"),
        rules: &["jd.copy-images.not-busy"],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Copy encrypted snapshot 'xx' is not support.",
        meaning: message("The image has an encrypted snapshot.", "镜像带有加密快照。"),
        rules: &["jd.copy-images.no-encrypted-snapshot"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 429,
        code: "QUOTA_EXCEEDED",
        message: "Image quota limit exceeded",
        meaning: message("The image quota of the destination region is used up.", "目标地域的镜像配额不足。"),
        rules: &["jd.copy-images.image-quota"],
        retry: Retry::AfterFix,
    },
    DocumentedError {
        status: 429,
        code: "QUOTA_EXCEEDED",
        message: "Snapshot quota limit exceeded",
        meaning: message("The snapshot quota of the destination region is used up.", "目标地域的快照配额不足。"),
        rules: &["jd.copy-images.snapshot-quota"],
        retry: Retry::AfterFix,
    },
    DocumentedError {
        status: 404,
        code: "NOT_FOUND",
        message: "Image 'xx' not found",
        meaning: message("The image does not exist.", "镜像不存在。"),
        rules: &["jd.copy-images.sourceImageIds"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 500,
        code: "INTERNAL",
        message: "Internal server error",
        meaning: message(
            "The service has failed. If it goes on failing, open a ticket.",
            "系统内部错误，如多次重试仍失败，请提交工单。",
        ),
        rules: &[],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 500,
        code: "UNKNOWN",
        message: "Unknown server error",
        meaning: message(
            "The service is not available for now. If it stays so, open a ticket.",
            "服务暂时不可用，如多次重试仍失败，请提交工单。",
        ),
        rules: &[],
        retry: Retry::Later,
    },
];
