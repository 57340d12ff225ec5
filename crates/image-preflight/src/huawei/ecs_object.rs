//! The server of the ECS API (GET /v1/{project_id}/cloudservers/{server_id}), and the facts that it tells: `status` and
//! `metadata.os_type`. Absence proves nothing.

use crate::finding::fact_reader::FactReader;
use crate::finding::object_reader::{ObjectKind, has_any, means};
use crate::finding::subject::Subject;
use crate::huawei::facts::{ECS_ID, ECS_OS, ECS_STATE, Os};
use crate::json::Value;
use crate::message::message::{Message, message};
use crate::rule::facts::{FactValue, Facts, ObjectPlace};

const FORMS: Message = message("an ECS as the ECS API returns it", "ECS 接口返回的弹性云服务器对象");

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 1] = [FORMS];

static KIND: ObjectKind = ObjectKind {
    root: "ecsObject",
    list: "servers",
    // A resource of Terraform holds one too.
    one: &["server", "values"],
    ids: &["id"],
    names: "instance_id",
    id: Some(ECS_ID),
    forms: FORMS,
};

static NAMES: [&str; 2] = ["status", "metadata/os_type"];

const STATUS: usize = 0;

const OS_TYPE: usize = 1;

pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    subject: &Subject<'_, 'a>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let Some((object, within)) = KIND.choose(value, subject, reading) else { return };
    let place = ObjectPlace { root: KIND.root, within, members: &NAMES, nests: &[""] };
    let (status, metadata) = (object.get("status"), object.get("metadata"));
    if status.is_none() && metadata.is_none() || has_any(object, &OTHERS_OWN) {
        return KIND.unknown_form(within, reading);
    }
    if !KIND.begin(object, place, facts, reading) {
        return;
    }
    if let Some(status) = status.and_then(|value| reading.text_member(&value, &|| place.member(ECS_STATE, STATUS))) {
        facts.set_from_object(ECS_STATE, STATUS, Some(FactValue::from_text(status)));
    }
    let metadata = metadata.and_then(|value| reading.object(&value, &|| place.at().below("metadata")));
    let os = metadata.and_then(|metadata| metadata.get("os_type"));
    if let Some(os) = os.and_then(|value| reading.text_member(&value, &|| place.member(ECS_OS, OS_TYPE))) {
        let os = means(os, Os::NAMES).map(|os| FactValue::Text(os.into()));
        facts.set_from_object(ECS_OS, OS_TYPE, os);
    }
}

/// Members that an image, a disk or a backup has, and no server.
static OTHERS_OWN: [&str; 11] = [
    "__imagetype",
    "__image_size",
    "checkpoint_id",
    "container_format",
    "disk_format",
    "extend_info",
    "imageId",
    "virtual_env_type",
    "visibility",
    "volume_image_metadata",
    "volume_type",
];
