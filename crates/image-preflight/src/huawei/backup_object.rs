//! The backup of the CBR API (GET /v3/{project_id}/backups/{backup_id}), and the facts that it tells.
//!
//! | member | says |
//! | --- | --- |
//! | `extend_info.os_images_data`, not empty | an image has been made of it |
//! | the same, empty, in a whole answer | no image has been made of it |
//! | the same, absent, or empty elsewhere | nothing |
//! | `status` | whether it is available |
//! | `resource_type`, a disk or a file system | that it is no backup of a server, from which no image can be created |

use crate::finding::fact_reader::FactReader;
use crate::finding::object_reader::{ObjectKind, has_any, means};
use crate::finding::subject::Subject;
use crate::huawei::facts::{BACKUP_ID, BACKUP_STATUS, BACKUP_USED};
use crate::json::{JsonType, Value};
use crate::message::message::{Message, message};
use crate::rule::facts::{FactValue, Facts, ObjectPlace};

const FORMS: Message = message("a backup of an ECS as the CBR API returns it", "CBR 接口返回的云服务器备份对象");

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 1] = [FORMS];

static KIND: ObjectKind = ObjectKind {
    root: "backupObject",
    list: "backups",
    // A resource of Terraform holds one too.
    one: &["backup", "values"],
    ids: &["id"],
    names: "backup_id",
    id: Some(BACKUP_ID),
    forms: FORMS,
};

static NAMES: [&str; 2] = ["status", "extend_info/os_images_data"];

const STATUS: usize = 0;

const IMAGES: usize = 1;

/// The members that CBR returns with every backup.
static ALWAYS: [&str; 11] = [
    "id",
    "status",
    "project_id",
    "checkpoint_id",
    "vault_id",
    "resource_id",
    "resource_type",
    "created_at",
    "updated_at",
    "image_type",
    "extend_info",
];

/// What else than servers CBR backs up.
static NO_SERVERS: [&str; 2] = ["OS::Cinder::Volume", "OS::Sfs::Turbo"];

/// Members that an image, a disk or a server has, and no backup.
static OTHERS_OWN: [&str; 9] = [
    "__imagetype",
    "__image_size",
    "addresses",
    "disk_format",
    "flavor",
    "imageId",
    "virtual_env_type",
    "visibility",
    "volume_image_metadata",
];

pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    subject: &Subject<'_, 'a>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let Some((object, within)) = KIND.choose(value, subject, reading) else { return };
    let has = |name: &str| object.get(name).is_some();
    let says = |name: &&str| object.get(name).is_some_and(|value| !value.is_blank());
    let of_server = object.get("resource_type").and_then(|kind| means(kind.as_text()?, &NO_SERVERS)).is_none();
    if !has("status") && !has("extend_info") || has_any(object, &OTHERS_OWN) || !of_server {
        return KIND.unknown_form(within, reading);
    }
    let place = ObjectPlace { root: KIND.root, within, members: &NAMES, nests: &[""] };
    if !KIND.begin(object, place, facts, reading) {
        return;
    }
    let status = object.get("status");
    if let Some(status) = status.and_then(|value| reading.text_member(&value, &|| place.member(BACKUP_STATUS, STATUS)))
    {
        facts.set_from_object(BACKUP_STATUS, STATUS, Some(FactValue::from_text(status)));
    }
    let info = object.get("extend_info");
    let info = info.and_then(|value| reading.object(&of_block(value), &|| place.at().below("extend_info")));
    let used = match info.and_then(|info| info.get("os_images_data")) {
        None | Some(Value::Null) => None,
        Some(Value::Array(images)) if images.iter().next().is_some() => Some(true),
        // Older answers write the list as text.
        Some(Value::Text(text)) if !text.is_blank() && !text.is("[]") => Some(true),
        Some(Value::Array(_) | Value::Text(_)) => ALWAYS.iter().all(says).then_some(false),
        Some(other) => {
            reading.wrong_type(place.member(BACKUP_USED, IMAGES), &other, JsonType::Array);
            None
        }
    };
    facts.set_from_object(BACKUP_USED, IMAGES, used.map(FactValue::Flag));
}

/// What a block of Terraform contains, which is a list of one.
fn of_block(value: Value<'_>) -> Value<'_> {
    let Value::Array(list) = value else { return value };
    let mut blocks = list.iter();
    if let (Some(block), None) = (blocks.next(), blocks.next()) { block } else { value }
}
