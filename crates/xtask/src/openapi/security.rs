//! How requests are authenticated, and which servers take them.

use super::Form;
use image_preflight::{Provider, huawei};
use serde_json::{Map, Value, json};

/// The security schemes.
pub(super) fn schemes(form: &Form) -> Value {
    let (token, signature, jd) = if form.is_chinese() {
        (
            "用户 Token。调用统一身份认证服务（IAM）的 POST /v3/auth/tokens 获取，取响应头 X-Subject-Token 的值，有效期 24 小时，作用域须为镜像所在区域的项目。",
            "访问密钥（AK/SK）签名：`SDK-HMAC-SHA256 Access=<AK>, SignedHeaders=<参与签名的请求头>, Signature=<签名>`。请求须带 X-Sdk-Date（UTC，格式 YYYYMMDDTHHMMSSZ）并参与签名；使用项目级权限时须带 X-Project-Id，使用临时密钥时须带 X-Security-Token。",
            "访问密钥签名：`JDCLOUD2-HMAC-SHA256 Credential=<AK>/<日期>/<地域>/vm/jdcloud2_request, SignedHeaders=<参与签名的请求头>, Signature=<签名>`。请求须带 x-jdcloud-date（UTC，格式 YYYYMMDDTHHMMSSZ）和每次不同的 x-jdcloud-nonce，二者均参与签名。",
        )
    } else {
        (
            "Token of a user. Obtain it from IAM (POST /v3/auth/tokens): it is the response header X-Subject-Token, and valid for 24 hours. Its scope must be the project of the region that the image is in.",
            "Signature by access keys (AK/SK): `SDK-HMAC-SHA256 Access=<AK>, SignedHeaders=<signed headers>, Signature=<signature>`. The request must have the header X-Sdk-Date (UTC, YYYYMMDDTHHMMSSZ), which is signed too; X-Project-Id for permissions of a project, and X-Security-Token for temporary keys.",
            "Signature by access keys: `JDCLOUD2-HMAC-SHA256 Credential=<AK>/<date>/<region>/vm/jdcloud2_request, SignedHeaders=<signed headers>, Signature=<signature>`. The request must have the headers x-jdcloud-date (UTC, YYYYMMDDTHHMMSSZ) and x-jdcloud-nonce, which differs each time; both are signed.",
        )
    };
    let key = |name: &str, description: &str| json!({"type": "apiKey", "in": "header", "name": name, "description": description});
    json!({
        "HuaweiToken": key("X-Auth-Token", token),
        "HuaweiSignature": key("Authorization", signature),
        "JdSignature": key("Authorization", jd)
    })
}

/// The alternatives of a provider.
pub(super) fn of(provider: &Provider) -> Value {
    match provider.auth_header {
        "X-Auth-Token" => json!([{"HuaweiToken": []}, {"HuaweiSignature": []}]),
        _ => json!([{"JdSignature": []}]),
    }
}

/// The server of a provider. Where there is one for each region, the region is a variable with its values.
pub(super) fn server(provider: &Provider, form: &Form) -> Value {
    let mut server =
        json!({"url": format!("https://{}", provider.endpoint), "description": provider.name.text(form.locale)});
    if provider.endpoint.contains("{region}") {
        let regions: Vec<_> = huawei::main_regions().map(|region| region.id).collect();
        let description =
            if form.is_chinese() { "镜像所在的区域。" } else { "The region that the image is in." };
        server["variables"] = json!({"region": {
            "default": provider.example_region, "enum": regions, "description": description
        }});
    }
    server
}

/// The headers of each response of a provider; null where none is documented.
pub(super) fn headers(provider: &Provider) -> Value {
    match provider.auth_header {
        "X-Auth-Token" => json!({"X-Request-Id": {"$ref": "#/components/headers/RequestId"}}),
        _ => Value::Null,
    }
}

/// What these refer to.
pub(super) fn header_components(form: &Form) -> Value {
    let description = if form.is_chinese() {
        "请求 ID，供技术支持查询。"
    } else {
        "ID of the request, by which technical support finds it."
    };
    Map::from_iter([(
        "RequestId".to_owned(),
        json!({"description": description, "schema": {"type": "string"}, "example": "24237da676d9e815f78a476ff8269ab0"}),
    )])
    .into()
}
