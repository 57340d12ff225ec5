//! The response of JD Cloud to an accepted request.

use serde::{Deserialize, Serialize};

/// The answer of copyImages.
///
/// ```
/// use image_preflight::jdcloud::Answer;
/// let answer = Answer::from_json(r#"{"requestId": "24237da676d9e815f78a476ff8269ab0", "result": {"copyImages": [
///     {"destinationImageId": "img-m5s0****30", "sourceImageId": "img-m5s0****29"}]}}"#)?;
/// assert_eq!(answer.copied[0].destination_image_id, "img-m5s0****30");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The id by which the provider's support finds the request.
    pub request_id: String,
    /// One for each image that is being copied.
    pub copied: Vec<CopiedImage>,
}

/// An image that is being copied.
///
/// ```
/// let json = r#"{"destinationImageId": "img-2", "sourceImageId": "img-1"}"#;
/// let copied: image_preflight::jdcloud::CopiedImage = serde_json::from_str(json).unwrap();
/// assert_eq!(copied.source_image_id, "img-1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CopiedImage {
    /// The copy's id, in the destination.
    pub destination_image_id: String,
    /// The id of the image that it is a copy of.
    pub source_image_id: String,
}

impl Answer {
    /// Reads an answer; fields that are not known are ignored.
    ///
    /// # Errors
    /// When it is no JSON, or not of this form: a refusal is for [`fn@crate::explain`].
    ///
    /// ```
    /// assert!(image_preflight::jdcloud::Answer::from_json(r#"{"requestId": "r", "error": {}}"#).is_err());
    /// ```
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            request_id: String,
            result: Outcome,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Outcome {
            copy_images: Vec<CopiedImage>,
        }
        let wire: Wire = serde_json::from_str(json)?;
        Ok(Answer { request_id: wire.request_id, copied: wire.result.copy_images })
    }
}
