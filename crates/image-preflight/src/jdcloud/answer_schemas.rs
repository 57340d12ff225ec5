//! The schemas of what JD Cloud answers.

use schemars::JsonSchema;

/// Response of JD Cloud to an accepted copyImages request.
#[derive(JsonSchema)]
#[schemars(rename = "JdAnswer", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Answer {
    /// ID of the request, by which technical support finds it.
    request_id: String,
    /// Result of the request.
    result: Copies,
}

/// Copies that JD Cloud has started.
#[derive(JsonSchema)]
#[schemars(rename = "JdResult", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct Copies {
    /// One element for each image that is copied.
    copy_images: Vec<CopiedImage>,
}

/// Image that is copied.
#[derive(JsonSchema)]
#[schemars(rename = "JdCopiedImage", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct CopiedImage {
    /// ID of the new image in the destination region.
    #[schemars(example = &"img-m5s0****30")]
    destination_image_id: String,
    /// ID of the source image.
    #[schemars(example = &"img-m5s0****29")]
    source_image_id: String,
}

/// Response of JD Cloud to a rejected request.
#[derive(JsonSchema)]
#[schemars(rename = "JdRefusal", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Refusal {
    /// ID of the request, by which technical support finds it.
    request_id: String,
    /// Error of a rejected request.
    error: Error,
}

/// Error of a rejected request.
#[derive(JsonSchema)]
#[schemars(rename = "JdError")]
#[allow(dead_code, reason = "for its schema")]
struct Error {
    /// HTTP status.
    #[schemars(example = 400)]
    code: u16,
    /// Error type, such as `FAILED_PRECONDITION`.
    #[schemars(example = &"FAILED_PRECONDITION")]
    status: String,
    /// Error message.
    message: String,
}

/// Images that match a query.
#[derive(JsonSchema)]
#[schemars(rename = "JdImages", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct Images {
    /// ID of the request, by which technical support finds it.
    request_id: String,
    /// Result of the request.
    result: ImagesResult,
}

/// Images of a page.
#[derive(JsonSchema)]
#[schemars(rename = "JdImagesResult", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct ImagesResult {
    /// Images. Each has further attributes.
    images: Vec<Image>,
    /// Number of images that match the query.
    total_count: Option<u32>,
}

/// An image, by its ID.
#[derive(JsonSchema)]
#[schemars(rename = "JdImageAnswer", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
pub(crate) struct ImageAnswer {
    /// ID of the request, by which technical support finds it.
    request_id: String,
    /// Result of the request.
    result: ImageResult,
}

/// An image that was found.
#[derive(JsonSchema)]
#[schemars(rename = "JdImageResult", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct ImageResult {
    /// Attributes of the image.
    image: Image,
}

/// Attributes of an image that decide whether it can be copied.
#[derive(JsonSchema)]
#[schemars(rename = "JdImage", rename_all = "camelCase")]
#[allow(dead_code, reason = "for its schema")]
struct Image {
    /// ID of the image.
    #[schemars(example = &"img-m5s0****30")]
    image_id: String,
    /// Name of the image.
    name: Option<String>,
    /// Status of the image: `pending`, `ready`, `deleting` or `error`. A copy is complete when it is ready.
    #[schemars(example = &"ready")]
    status: Option<String>,
    /// Source of the image: `private`, `public`, `thirdparty`, `shared` or `community`.
    #[schemars(example = &"private")]
    image_source: Option<String>,
    /// Type of the system disk: `cloudDisk` or `localDisk`.
    #[schemars(example = &"cloudDisk")]
    root_device_type: Option<String>,
}
