//! The documented errors of copyImages: every row of the document's table; and what a status means where its message is in no row.

use crate::check::refusal::{DocumentedError, Retry};
use crate::message::message::message;

const fn general(
    code: &'static str,
    status: u16,
    en: &'static str,
    zh: &'static str,
    rules: &'static [&'static str],
    retry: Retry,
) -> DocumentedError {
    DocumentedError {
        status,
        code,
        message: "",
        message_zh: "",
        meaning: message(en, zh),
        operations: &[],
        rules,
        retry,
    }
}

const COPY: &[&str] = &["jd.copy-images"];

/// The rows in the document's order; `xx` is a placeholder of the document. Its Chinese column is in answers, too: it is how a row is
/// found, as the message is, and not how it is explained.
pub(crate) static REFUSALS: [DocumentedError; 12] = [
    DocumentedError {
        status: 400,
        code: "INVALID_ARGUMENT",
        message: "Invalid region 'xx'",
        message_zh: "地域参数错误。",
        meaning: message("The region is invalid.", "地域参数错误。"),
        operations: COPY,
        rules: &["jd.copy-images.regionId", "jd.copy-images.destinationRegion", "jd.copy-images.region-differs"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Only support cloudDisk image",
        message_zh: "只支持云盘系统盘类型的镜像。",
        meaning: message(
            "Only images with a cloud disk as system disk can be copied.",
            "只支持云硬盘系统盘类型的镜像。",
        ),
        operations: COPY,
        rules: &["jd.copy-images.cloud-disk-system-image"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Invalid image status 'xx'",
        message_zh: "镜像状态错误。",
        meaning: message("The image is not in the `ready` state.", "镜像状态不是 `ready`。"),
        operations: COPY,
        rules: &["jd.copy-images.ready"],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Can't use this image",
        message_zh: "不能操作非私有镜像。",
        meaning: message("The image is not a private image.", "该镜像不是私有镜像。"),
        operations: COPY,
        rules: &["jd.copy-images.private-image"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Conflict with underlay image task 'xx'",
        message_zh: "镜像正在处理其它任务，请稍后再试。",
        meaning: message("The image is being processed by another task.", "镜像正在处理其他任务。"),
        operations: COPY,
        rules: &["jd.copy-images.not-busy"],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "The image 'xx' is busy",
        message_zh: "镜像正在跨区复制或转换中，请稍后再试。",
        meaning: message("The image is being copied or converted.", "镜像正在跨区复制或转换。"),
        operations: COPY,
        rules: &["jd.copy-images.not-busy"],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 400,
        code: "FAILED_PRECONDITION",
        message: "Copy encrypted snapshot 'xx' is not support.",
        message_zh: "不支持带有加密快照的镜像。",
        meaning: message("The image has an encrypted snapshot.", "镜像带有加密快照。"),
        operations: COPY,
        rules: &["jd.copy-images.no-encrypted-snapshot"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 429,
        code: "QUOTA_EXCEEDED",
        message: "Image quota limit exceeded",
        message_zh: "镜像配额不足。",
        meaning: message("The image quota of the destination region has been used up.", "目标地域的镜像配额不足。"),
        operations: COPY,
        rules: &["jd.copy-images.image-quota"],
        retry: Retry::AfterFix,
    },
    DocumentedError {
        status: 429,
        code: "QUOTA_EXCEEDED",
        message: "Snapshot quota limit exceeded",
        message_zh: "快照配额不足。",
        meaning: message("The snapshot quota of the destination region has been used up.", "目标地域的快照配额不足。"),
        operations: COPY,
        rules: &["jd.copy-images.snapshot-quota"],
        retry: Retry::AfterFix,
    },
    DocumentedError {
        status: 404,
        code: "NOT_FOUND",
        message: "Image 'xx' not found",
        message_zh: "镜像不存在。",
        meaning: message("The image does not exist.", "镜像不存在。"),
        operations: COPY,
        rules: &["jd.copy-images.sourceImageIds"],
        retry: Retry::No,
    },
    DocumentedError {
        status: 500,
        code: "INTERNAL",
        message: "Internal server error",
        message_zh: "系统内部错误，请稍后重试。如果多次尝试失败，请提交工单。",
        meaning: message(
            "Internal service error. If this continues, submit a ticket.",
            "系统内部错误，如多次重试仍失败，请提交工单。",
        ),
        operations: COPY,
        rules: &[],
        retry: Retry::Later,
    },
    DocumentedError {
        status: 500,
        code: "UNKNOWN",
        message: "Unknown server error",
        message_zh: "服务暂时不可用，请稍后重试。如果多次尝试失败，请提交工单。",
        meaning: message(
            "The service is temporarily unavailable. If this continues, submit a ticket.",
            "服务暂时不可用，如多次重试仍失败，请提交工单。",
        ),
        operations: COPY,
        rules: &[],
        retry: Retry::Later,
    },
];

/// The statuses of any of JD Cloud's APIs. The rules are those of a status that comes without a message: one of its rows applies.
#[rustfmt::skip]
pub(crate) static GENERAL: [DocumentedError; 14] = [
    general("INVALID_ARGUMENT", 400, "A parameter of the request is invalid.", "请求参数错误。",
        &["jd.copy-images.regionId", "jd.copy-images.destinationRegion", "jd.copy-images.region-differs"], Retry::No),
    general("FAILED_PRECONDITION", 400,
        "The current state of a resource does not allow the operation; the message says which.", "资源的当前状态不允许该操作，详见返回的消息。",
        &["jd.copy-images.private-image", "jd.copy-images.cloud-disk-system-image", "jd.copy-images.ready",
          "jd.copy-images.no-encrypted-snapshot", "jd.copy-images.not-busy"], Retry::No),
    general("OUT_OF_RANGE", 400, "A parameter of the request is out of range.", "请求参数超出范围。", &[], Retry::No),
    general("UNAUTHENTICATED", 401, "Authentication failed. Check the access key and the signature.", "身份认证失败，请检查 AccessKey 和签名。", &[], Retry::AfterFix),
    general("PERMISSION_DENIED", 403, "You do not have permission to perform this operation.", "没有操作权限。", &[], Retry::AfterFix),
    general("ALREADY_EXISTS", 409, "The resource already exists.", "资源已存在。", &[], Retry::No),
    general("ABORTED", 409, "The request conflicts with another request.", "请求与其他请求冲突。", &[], Retry::Later),
    general("QUOTA_EXCEEDED", 429, "A quota of the destination region has been used up: of images or of snapshots.", "目标地域的镜像或快照配额不足。",
        &["jd.copy-images.image-quota", "jd.copy-images.snapshot-quota"], Retry::AfterFix),
    general("RESOURCE_EXHAUSTED", 429, "Too many requests, or a resource is used up.", "请求过于频繁，或资源已用尽。", &[], Retry::Later),
    general("CANCELLED", 499, "The client cancelled the request.", "请求已被客户端取消。", &[], Retry::Later),
    general("DATA_LOSS", 500, "Internal service error: data was lost. Submit a ticket.", "服务内部错误：数据丢失，请提交工单。", &[], Retry::No),
    general("NOT_IMPLEMENTED", 501, "The operation is not implemented.", "不支持该操作。", &[], Retry::No),
    general("UNAVAILABLE", 503, "The service is unavailable.", "服务不可用。", &[], Retry::Later),
    general("DEADLINE_EXCEEDED", 504,
        "The service did not answer in time. Check whether the request took effect before you send it again.", "服务响应超时，重试前请确认请求是否已生效。", &[], Retry::Later),
];
