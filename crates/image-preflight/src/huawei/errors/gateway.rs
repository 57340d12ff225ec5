//! The error codes of the API gateway, which answers before IMS does.
//!
//! Source: the gateway's own table, in its guide to signing requests.

use super::operations::ANY;
use super::table::codes;
use crate::check::refusal::DocumentedError;

pub(crate) static CODES: &[DocumentedError] = codes! {
    "APIGW.0101" 404 "": "The gateway has no such API in this region. Check the region's endpoint, the HTTP method and the path.", "网关在该区域没有此 API，请检查区域终端节点、请求方法和路径。",
        (ANY), [], No;
    "APIGW.0103" 404 "": "The gateway found no backend service for the API. Contact technical support.", "网关找不到该 API 的后端服务，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0104" 400 "": "The gateway found no plug-in configuration for the API. Contact technical support.", "网关找不到该 API 的插件配置，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0105" 400 "": "The gateway found no backend configuration for the API. Contact technical support.", "网关找不到该 API 的后端配置，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0106" 400 "": "The gateway did not accept a parameter of the request. Check headers, query parameters and body.", "网关校验请求参数失败，请检查请求头、查询参数和消息体。",
        (ANY), [], No;
    "APIGW.0201" 400 "API request error": "The gateway did not accept the request: a parameter is invalid.", "网关不接受该请求：请求参数无效。",
        (ANY), [], No;
    "APIGW.0201" 413 "Request entity too large": "The request body is too large for the gateway.", "请求消息体超过网关的大小上限。",
        (ANY), [], No;
    "APIGW.0201" 414 "Request URI too large": "The URI is too long for the gateway.", "请求 URI 超过网关的长度上限。",
        (ANY), [], No;
    "APIGW.0201" 494 "Request headers too large": "The request headers are too large for the gateway.", "请求头超过网关的大小上限。",
        (ANY), [], No;
    "APIGW.0201" 502 "Backend unavailable": "The service behind the gateway is unavailable.", "网关后端的服务暂时不可用。",
        (ANY), [], Later;
    "APIGW.0201" 504 "Backend timeout": "The service behind the gateway did not answer in time. Check whether the request took effect before you send it again.", "网关后端的服务响应超时，重试前请确认请求是否已生效。",
        (ANY), [], Later;
    "APIGW.0201" 0 "": "The gateway could not pass the request on: the request is malformed or too large, or the service is unavailable. The HTTP status says which.", "网关无法转发请求：请求有误或过大，或后端服务不可用，具体以 HTTP 状态码为准。",
        (ANY), [], Later;
    "APIGW.0301" 401 "": "The IAM authentication information is incorrect: the token, the access key or the signature. Check also the clock and the project ID.", "IAM 认证信息错误：Token、访问密钥或签名不正确，并请检查客户端时间和项目 ID。",
        (ANY), [], AfterFix;
    "APIGW.0302" 403 "": "The IAM user is not allowed to call this API.", "该 IAM 用户不允许访问此 API。",
        (ANY), [], AfterFix;
    "APIGW.0303" 401 "": "The app authentication information is incorrect: the app key, the signature or the time in the request.", "App 认证信息错误：AppKey、签名或请求时间不正确。",
        (ANY), [], AfterFix;
    "APIGW.0304" 403 "": "The app is not authorized to call this API.", "该 App 未获得此 API 的访问授权。",
        (ANY), [], AfterFix;
    "APIGW.0305" 401 "": "The authentication information is incorrect.", "认证信息错误。",
        (ANY), [], AfterFix;
    "APIGW.0306" 403 "": "Access to the API is denied.", "没有访问该 API 的权限。",
        (ANY), [], AfterFix;
    "APIGW.0307" 401 "": "The token has expired, or belongs to another region. Obtain a new token.", "Token 已过期或属于其他区域，请重新获取 Token。",
        (ANY), [], AfterFix;
    "APIGW.0308" 429 "": "The request rate exceeds the flow control limit of the gateway.", "请求频率超过网关的流控上限。",
        (ANY), [], Later;
    "APIGW.0310" 403 "": "The project is unavailable. Use another project.", "该项目暂不可用，请使用其他项目。",
        (ANY), [], AfterFix;
    "APIGW.0311" 401 "": "The authentication information for debugging is incorrect. Contact technical support.", "调试认证信息错误，请联系技术支持。",
        (ANY), [], AfterFix;
    "APIGW.0401" 403 "": "The gateway cannot identify the client's IP address. Contact technical support.", "网关无法识别客户端 IP 地址，请联系技术支持。",
        (ANY), [], AfterFix;
    "APIGW.0402" 403 "": "The client's IP address is not allowed to call this API.", "该 IP 地址不允许访问此 API。",
        (ANY), [], AfterFix;
    "APIGW.0404" 403 "": "The gateway is not allowed to access the backend's IP address.", "网关不允许访问后端 IP 地址。",
        (ANY), [], AfterFix;
    "APIGW.0501" 405 "": "The call quota of the app has been used up.", "App 的调用配额已用完。",
        (ANY), [], AfterFix;
    "APIGW.0502" 405 "": "The app has been frozen, because the account balance is insufficient.", "账户余额不足，App 已被冻结。",
        (ANY), [], AfterFix;
    "APIGW.0601" 500 "": "Internal error of the gateway. If this continues, contact technical support.", "网关内部错误。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0602" 400 "": "The gateway did not accept the request as valid.", "网关判定请求不合法。",
        (ANY), [], No;
    "APIGW.0605" 500 "": "The gateway could not resolve the domain name.", "网关解析域名失败。",
        (ANY), [], Later;
    "APIGW.0606" 500 "": "The gateway could not load the configuration of the API. If this continues, contact technical support.", "网关未加载该 API 的配置。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0607" 400 "": "The gateway does not support this protocol. Use HTTPS.", "网关不支持该协议，请使用 HTTPS。",
        (ANY), [], No;
    "APIGW.0608" 500 "": "The gateway could not obtain the tenant's information. If this continues, contact technical support.", "网关获取租户信息失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0609" 500 "": "The gateway found no VPC backend. Contact technical support.", "网关找不到 VPC 后端服务，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0610" 502 "": "No backend service is available.", "没有可用的后端服务。",
        (ANY), [], Later;
    "APIGW.0611" 500 "": "The gateway found no backend port. Contact technical support.", "网关找不到后端端口，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0612" 500 "": "The API calls itself too many times.", "API 自身递归调用过多。",
        (ANY), [], No;
    "APIGW.0613" 503 "": "IAM is unavailable for now, so the gateway cannot authenticate the request.", "IAM 服务暂时不可用，网关无法完成认证。",
        (ANY), [], Later;
    "APIGW.0705" 500 "": "The gateway could not calculate the signature for the backend. If this continues, contact technical support.", "网关计算后端签名失败。如持续出现，请联系技术支持。",
        (ANY), [], Later;
    "APIGW.0801" 403 "": "The service is not available in the selected region.", "所选区域不提供该服务。",
        (ANY), [], No;
    "APIGW.0802" 403 "": "The IAM user is not allowed to access the selected region.", "该 IAM 用户不允许访问所选区域。",
        (ANY), [], AfterFix;
};
