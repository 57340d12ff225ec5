//! The requests that follow an accepted call, and those that tell the facts of a check.

use super::{Form, definition, split, with_language};
use image_preflight::{Message, Provider, operation};
use serde_json::{Value, json};

/// A request without a body.
pub(super) struct Query {
    /// The operation of whose provider it is.
    of: &'static str,
    /// The provider's own name.
    id: &'static str,
    path: &'static str,
    title: Message,
    about: Message,
    parameters: &'static [Parameter],
    /// The schema of its answer, and an example.
    answer: &'static str,
    example: &'static str,
    docs: &'static str,
    is_deprecated: bool,
}

struct Parameter {
    name: &'static str,
    place: &'static str,
    about: Message,
    example: &'static str,
}

const fn text(en: &'static str, zh: &'static str) -> Message {
    Message { en, zh }
}

const JOB_ID: Parameter = Parameter {
    name: "job_id",
    place: "path",
    about: text(
        "ID of the job, from the response of the request that it carries out.",
        "任务 ID，取自发起任务的请求的响应。",
    ),
    example: "edc89b490d7d4392898e19b2deb34797",
};

const REGION_ID: Parameter = Parameter {
    name: "regionId",
    place: "path",
    about: text("ID of the region that the images are in.", "镜像所在地域的 ID。"),
    example: "cn-east-2",
};

const JOB: &str = r#"{
    "status": "SUCCESS", "job_id": "edc89b490d7d4392898e19b2deb34797", "job_type": "imsCrossRegionCopyImageJob",
    "begin_time": "2024-04-17T08:12:24.000Z", "end_time": "2024-04-17T08:31:05.000Z",
    "entities": {"image_id": "e9e91bff-14b6-4a0b-8377-4ed0813e3360", "process_percent": 1}
}"#;

const JD_IMAGES: &str = r#"{"requestId": "24237da676d9e815f78a476ff8269ab0", "result": {"images": [{
    "imageId": "img-m5s0****30", "name": "web-server_2.1", "status": "ready", "imageSource": "private", "rootDeviceType": "cloudDisk"
}], "totalCount": 1}}"#;

const JD_IMAGE: &str = r#"{"requestId": "24237da676d9e815f78a476ff8269ab0", "result": {"image": {
    "imageId": "img-m5s0****30", "name": "web-server_2.1", "status": "ready", "imageSource": "private", "rootDeviceType": "cloudDisk"
}}}"#;

/// Each of them, in the order in which they are shown.
pub(super) static QUERIES: [Query; 6] = [
    Query {
        of: "ims.cross-region-copy",
        id: "ShowJobProgress",
        path: "/v1/cloudimages/job/{job_id}",
        title: text("Query a job", "查询任务"),
        about: text(
            "Returns the status of a job that an accepted request has started. Sites that do not have this address answer APIGW.0101; use ShowJob there.",
            "查询已受理的请求所启动的任务的状态。没有此地址的站点返回 APIGW.0101，请改用 ShowJob。",
        ),
        parameters: &[JOB_ID],
        answer: "ImsJob",
        example: JOB,
        docs: "https://docs.otc.t-systems.com/en-us/api/ims/en-us_topic_0118717443.html",
        is_deprecated: false,
    },
    Query {
        of: "ims.cross-region-copy",
        id: "ShowJob",
        path: "/v1/{project_id}/jobs/{job_id}",
        title: text("Query a job of a project", "查询项目中的任务"),
        about: text(
            "The older address for the status of a job. On the Chinese site it is deprecated.",
            "查询任务状态的旧地址，中国站已不推荐使用。",
        ),
        parameters: &[
            Parameter {
                name: "project_id",
                place: "path",
                about: text(
                    "ID of the project that the request was made in. Obtain it from the My Credentials page of the console.",
                    "发起请求的项目的 ID，可在控制台的“我的凭证”页面获取。",
                ),
                example: "ac234de25c6741d2b1273da49eea1b9e",
            },
            JOB_ID,
        ],
        answer: "ImsJob",
        example: JOB,
        docs: "https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0905.html",
        is_deprecated: true,
    },
    Query {
        of: "ims.cross-region-copy",
        id: "ListImages",
        path: "/v2/cloudimages",
        title: text("List images", "查询镜像列表"),
        about: text(
            "Returns images of the region. An image in the response is the fact `imageObject` of a check.",
            "查询区域中的镜像。响应中的镜像可直接用作检查的 `imageObject`。",
        ),
        parameters: &[
            Parameter {
                name: "id",
                place: "query",
                about: text("ID of an image.", "镜像 ID。"),
                example: "465076de-dc36-4aec-80f5-ef9d8009428f",
            },
            Parameter {
                name: "__imagetype",
                place: "query",
                about: text(
                    "Type of the images: `gold`, `private`, `shared` or `market`.",
                    "镜像类型：`gold`、`private`、`shared` 或 `market`。",
                ),
                example: "private",
            },
        ],
        answer: "ImsImages",
        example: r#"{"images": [{
            "id": "465076de-dc36-4aec-80f5-ef9d8009428f", "name": "web-server_2.1", "status": "active", "__imagetype": "private",
            "virtual_env_type": "FusionCompute", "__image_size": "1073741824", "__os_type": "Linux", "min_disk": 40
        }]}"#,
        docs: "https://support.huaweicloud.com/intl/en-us/api-ims/ims_03_0602.html",
        is_deprecated: false,
    },
    Query {
        of: "ims.cross-region-copy",
        id: "ShowImageQuota",
        path: "/v1/cloudimages/quota",
        title: text("Query the image quota", "查询镜像配额"),
        about: text(
            "Returns the quota of private images of the region. The response of the destination region is the fact `quotaObject` of a check.",
            "查询区域的私有镜像配额。目的区域的响应可直接用作检查的 `quotaObject`。",
        ),
        parameters: &[],
        answer: "ImsQuota",
        example: r#"{"quotas": {"resources": [{"type": "image", "used": 12, "quota": 50}]}}"#,
        docs: "https://support.huaweicloud.com/intl/en-us/ae-ad-1-api-ims/en-us_topic_0093967372.html",
        is_deprecated: false,
    },
    Query {
        of: "jd.copy-images",
        id: "describeImages",
        path: "/v1/regions/{regionId}/images",
        title: text("List images", "查询镜像列表"),
        about: text(
            "Returns images of the region. The response is the fact `imageObjects` of a check.",
            "查询地域中的镜像。响应可直接用作检查的 `imageObjects`。",
        ),
        parameters: &[REGION_ID],
        answer: "JdImages",
        example: JD_IMAGES,
        docs: "https://docs.jdcloud.com/cn/virtual-machines/api/describeimages",
        is_deprecated: false,
    },
    Query {
        of: "jd.copy-images",
        id: "describeImage",
        path: "/v1/regions/{regionId}/images/{imageId}",
        title: text("Query an image", "查询镜像"),
        about: text(
            "Returns an image. A copy is complete when its status is `ready`.",
            "查询单个镜像。副本的状态变为 `ready` 时复制完成。",
        ),
        parameters: &[
            REGION_ID,
            Parameter {
                name: "imageId",
                place: "path",
                about: text("ID of the image.", "镜像 ID。"),
                example: "img-m5s0****30",
            },
        ],
        answer: "JdImageAnswer",
        example: JD_IMAGE,
        docs: "https://docs.jdcloud.com/cn/virtual-machines/api/describeimage",
        is_deprecated: false,
    },
];

impl Query {
    pub(super) fn provider(&self) -> &'static Provider {
        operation(self.of).expect("the operation of a query").provider()
    }

    pub(super) fn path(&self) -> &'static str {
        split(self.path).0
    }

    /// Its operation object; `refusals` are its responses that are none of success.
    pub(super) fn call(&self, form: &Form, refusals: &Value, headers: &Value) -> Value {
        let text = |message: Message| message.text(form.locale);
        let parameters = self.parameters.iter().map(|parameter| {
            json!({
                "name": parameter.name, "in": parameter.place, "required": parameter.place == "path",
                "description": text(parameter.about), "schema": {"type": "string"}, "example": parameter.example
            })
        });
        let description = if form.is_chinese() { "请求成功。" } else { "The request was successful." };
        let mut taken = json!({"description": description, "content": {"application/json": {
            "schema": definition(self.answer), "example": serde_json::from_str::<Value>(self.example).expect("an example is JSON")
        }}});
        if !headers.is_null() {
            taken["headers"] = headers.clone();
        }
        let mut responses = json!({"200": taken});
        for (status, response) in refusals.as_object().into_iter().flatten() {
            responses[status] = response.clone();
        }
        let mut call = json!({
            "operationId": self.id, "summary": text(self.title), "description": text(self.about),
            "parameters": parameters.collect::<Vec<_>>(), "responses": responses,
            "externalDocs": with_language(form, self.docs)
        });
        if self.is_deprecated {
            call["deprecated"] = true.into();
        }
        call
    }
}

/// The queries that tell how an accepted request goes on, as links of its response.
pub(super) fn links(provider: &Provider, form: &Form) -> Value {
    let description =
        if form.is_chinese() { "查询请求的执行结果。" } else { "Query how the request goes on." };
    if provider.endpoint.starts_with("ims.") {
        let job = |id: &str| json!({"operationId": id, "description": description, "parameters": {"job_id": "$response.body#/job_id"}});
        return json!({"ShowJobProgress": job("ShowJobProgress"), "ShowJob": job("ShowJob")});
    }
    json!({"describeImage": {"operationId": "describeImage", "description": description, "parameters": {
        "regionId": "$request.body#/destinationRegion",
        "imageId": "$response.body#/result/copyImages/0/destinationImageId"
    }}})
}
