//! The HTTP statuses that every operation of IMS lists.

use crate::check::refusal::{DocumentedError, Retry, status};

/// Every IMG code comes with 400.
pub(crate) static STATUSES: [DocumentedError; 6] = [
    status(400, "Request error. The error code says what is wrong.", "请求错误，具体原因见错误码。", Retry::No),
    status(
        401,
        "Authentication failed. Check the token, or the access key and the signature.",
        "鉴权失败，请检查 Token，或访问密钥和签名。",
        Retry::AfterFix,
    ),
    status(403, "You do not have permission to perform this operation.", "没有操作权限。", Retry::AfterFix),
    status(404, "The requested resource was not found.", "找不到请求的资源。", Retry::No),
    status(500, "Internal service error.", "服务内部错误。", Retry::Later),
    status(503, "The service is unavailable.", "服务不可用。", Retry::Later),
];
