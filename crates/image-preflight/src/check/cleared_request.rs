//! The HTTP call of a request that may be sent.

use crate::json::{Object, Text, Value};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// A request that may be sent: the method, the path and the body. The host, the project and the credentials are the
/// caller's.
///
/// ```
/// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body": {
///     "description": null, "vault_id": "v", "instance_id": "i", "name": "n"}}"#);
/// let request = report.clear()?;
/// assert_eq!((request.method(), request.path()), ("POST", "/v1/cloudimages/wholeimages/action"));
/// assert_eq!(request.body(), r#"{"name":"n","instance_id":"i","vault_id":"v"}"#);
/// # Ok::<(), image_preflight::ClearError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearedRequest {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) body: String,
}

impl ClearedRequest {
    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path, with the values of its parameters percent-encoded; where the provider takes fields in the query, with the query.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The body, as JSON; empty where the provider takes fields in the query.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The method, the path and the body.
    ///
    /// ```
    /// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body": {
    ///     "name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// let (method, path, body) = report.clear()?.into_parts();
    /// assert_eq!((method, path.as_str()), ("POST", "/v1/cloudimages/wholeimages/action"));
    /// assert_eq!(body, r#"{"name":"n","instance_id":"i","vault_id":"v"}"#);
    /// # Ok::<(), image_preflight::ClearError>(())
    /// ```
    #[must_use]
    pub fn into_parts(self) -> (&'static str, String, String) {
        (self.method, self.path, self.body)
    }

    /// All three as one JSON object, in which the body is an object of its own.
    ///
    /// ```
    /// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body": {
    ///     "name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// assert!(report.clear()?.to_json().starts_with(r#"{"method":"POST","path":"/v1/cloudimages/wholeimages/action","body":{"#));
    /// # Ok::<(), image_preflight::ClearError>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = String::from("{\"method\":");
        Value::Text(Text::plain(self.method())).write(&mut json);
        json.push_str(",\"path\":");
        Value::Text(Text::plain(&self.path)).write(&mut json);
        json.push_str(",\"body\":");
        json.push_str(if self.body.is_empty() { "null" } else { &self.body });
        json.push('}');
        json
    }

    /// The same as an [`http::Request`] to an endpoint such as `https://ims.cn-north-4.myhuaweicloud.com`. It still lacks
    /// the caller's credentials.
    ///
    /// # Errors
    /// When the endpoint is no URI.
    ///
    /// ```
    /// let report = image_preflight::check(r#"{"operation": "ims.whole-image", "body": {
    ///     "name": "n", "instance_id": "i", "vault_id": "v"}}"#);
    /// let request = report.clear()?.to_http("https://ims.cn-north-4.myhuaweicloud.com")?;
    /// assert_eq!(request.uri().path(), "/v1/cloudimages/wholeimages/action");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "http")]
    pub fn to_http(&self, endpoint: &str) -> Result<http::Request<Vec<u8>>, http::Error> {
        let uri = format!("{}{}", endpoint.trim_end_matches('/'), self.path);
        let mut request = http::Request::builder().method(self.method).uri(uri);
        if !self.body.is_empty() {
            request = request.header(http::header::CONTENT_TYPE, "application/json");
        }
        request.body(self.body.clone().into_bytes())
    }
}

/// As [`to_json`](ClearedRequest::to_json) writes it. It is not read back: what was cleared once is checked anew.
#[cfg(feature = "text")]
impl Serialize for ClearedRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let body = (!self.body.is_empty()).then_some(Value::Object(Object::Json(&self.body)));
        let mut object = serializer.serialize_struct("Request", 3)?;
        object.serialize_field("method", self.method)?;
        object.serialize_field("path", &self.path)?;
        object.serialize_field("body", &body)?;
        object.end()
    }
}

#[cfg(all(test, feature = "http"))]
mod tests {
    use super::ClearedRequest;

    #[test]
    fn only_a_body_has_a_type() {
        let has_type = |body: &str| {
            let request = ClearedRequest { method: "POST", path: "/?Action=A".to_owned(), body: body.to_owned() };
            request.to_http("https://example.com").expect("it is a call").headers().contains_key("content-type")
        };
        assert!(has_type("{}"));
        assert!(!has_type(""));
    }
}
