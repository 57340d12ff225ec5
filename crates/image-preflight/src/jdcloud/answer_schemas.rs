//! The schemas of what JD Cloud answers.

use schemars::JsonSchema;

/// What JD Cloud answers when it takes copyImages.
#[derive(JsonSchema)]
#[schemars(rename = "JdAnswer", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Answer {
    /// The id by which the provider's support finds the request.
    request_id: String,
    /// The copies.
    result: Copies,
}

/// The copies that JD Cloud has begun.
#[derive(JsonSchema)]
#[schemars(rename = "JdResult", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct Copies {
    /// One for each image that is being copied.
    copy_images: Vec<CopiedImage>,
}

/// An image that is being copied.
#[derive(JsonSchema)]
#[schemars(rename = "JdCopiedImage", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct CopiedImage {
    /// The copy's id, in the destination.
    #[schemars(example = &"img-m5s0****30")]
    destination_image_id: String,
    /// The id of the image that it is a copy of.
    #[schemars(example = &"img-m5s0****29")]
    source_image_id: String,
}

/// What JD Cloud answers when it refuses a request.
#[derive(JsonSchema)]
#[schemars(rename = "JdRefusal", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Refusal {
    /// The id by which the provider's support finds the request.
    request_id: String,
    /// What it refuses it for.
    error: Error,
}

/// Why JD Cloud refuses a request.
#[derive(JsonSchema)]
#[schemars(rename = "JdError")]
#[allow(dead_code, reason = "for its schema")]
struct Error {
    /// The HTTP status.
    #[schemars(example = 400)]
    code: u16,
    /// The kind of error.
    #[schemars(example = &"FAILED_PRECONDITION")]
    status: String,
    /// The same in words.
    message: String,
}
