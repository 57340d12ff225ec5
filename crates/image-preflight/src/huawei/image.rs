//! The image of IMS in the forms in which people hold it, and the facts that each form tells.
//!
//! | form | told by |
//! | --- | --- |
//! | IMS API, GET /v2/cloudimages: one image or the whole answer | `__` keys at the top |
//! | OpenStack, `openstack image show -f json` | the extras nested under `properties` or `metadata` |
//! | official SDKs, `to_dict()` | the same keys without leading underscores |
//! | Terraform, data sources and state | `image_type`, `os`, `size_bytes`, `kms_key_id`, `is_whole_image` |
//! | EVS, `volume_image_metadata` | `__` keys beside `image_id`, numbers as text |
//!
//! What an object states is known. What it does not state is unknown, but for three members whose absence the documents define, and
//! for these only in a whole answer of the IMS API, which has every member of [`ALWAYS`]:
//!
//! | member | absent from a whole answer | absent elsewhere | source |
//! | --- | --- | --- | --- |
//! | `__system__cmkid` | not encrypted | unknown | IMS API reference, Image Attributes |
//! | `__whole_image` | no full-ECS image | unknown | IMS API reference, Image Attributes |
//! | `__backup_id` | not made from a backup | unknown | IMS API reference, Image Attributes |
//! | any other | unknown | unknown | |

use crate::finding::fact_reader::FactReader;
use crate::finding::object_reader::{ObjectKind, has_any, is_same, means};
use crate::finding::subject::Subject;
use crate::huawei::facts::{
    IMAGE_BARE_METAL, IMAGE_ENCRYPTED, IMAGE_FROM_SHARED_BACKUP, IMAGE_FULL_ECS, IMAGE_ID, IMAGE_ISO,
    IMAGE_MARKETPLACE, IMAGE_OS, IMAGE_SIZE_BYTES, IMAGE_STATUS, IMAGE_VISIBILITY, Os, PROJECT_ID, Visibility,
};
use crate::json::{Integer, Object, Text, Value};
use crate::message::message::{Message, message};
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts, ObjectPlace, TypedFact};
use arrayvec::ArrayVec;

const FORMS: Message = message(
    "an image as returned by GET /v2/cloudimages, `openstack image show -f json`, an official SDK's `to_dict()`, Terraform, or `volume_image_metadata` of an EVS disk",
    "由 GET /v2/cloudimages、`openstack image show -f json`、官方 SDK 的 `to_dict()`、Terraform 或云硬盘的 `volume_image_metadata` 返回的镜像对象",
);

/// The phrases of this file.
pub(crate) const MESSAGES: [Message; 1] = [FORMS];

static KIND: ObjectKind = ObjectKind {
    root: "imageObject",
    list: "images",
    // A resource of Terraform, and a disk, hold one too.
    one: &["image", "values", "volume", "volume_image_metadata"],
    ids: &["id", "image_id"],
    names: "image_id",
    id: Some(IMAGE_ID),
    forms: FORMS,
};

/// What a member says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    WholeImage,
    Key,
    Size,
    Environment,
    ImageType,
    Visibility,
    OsType,
    Platform,
    Status,
    BackupId,
    ProductCode,
    Owner,
}

const WHAT_COUNT: usize = What::Owner as usize + 1;

/// Whose spelling a name is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// The API's own; it stands in nested extras too.
    Api,
    /// Of several.
    Common,
    Sdk,
    /// It writes a blank where it was told nothing.
    Terraform,
}

const SPELLING_COUNT: usize = 22;

/// The names that members have, at the top or in an object of extras.
static SPELLINGS: [(&str, What, Spelling); SPELLING_COUNT] = [
    ("__whole_image", What::WholeImage, Spelling::Api),
    ("whole_image", What::WholeImage, Spelling::Sdk),
    ("is_whole_image", What::WholeImage, Spelling::Terraform),
    ("__system__cmkid", What::Key, Spelling::Api),
    ("system__cmkid", What::Key, Spelling::Sdk),
    ("kms_key_id", What::Key, Spelling::Terraform),
    ("__image_size", What::Size, Spelling::Api),
    ("image_size", What::Size, Spelling::Sdk),
    ("size_bytes", What::Size, Spelling::Terraform),
    ("virtual_env_type", What::Environment, Spelling::Api),
    ("image_type", What::Environment, Spelling::Terraform),
    ("__imagetype", What::ImageType, Spelling::Api),
    ("imagetype", What::ImageType, Spelling::Sdk),
    ("visibility", What::Visibility, Spelling::Common),
    ("__os_type", What::OsType, Spelling::Api),
    ("os_type", What::OsType, Spelling::Sdk),
    // The name of a system, such as EulerOS or Windows.
    ("os", What::Platform, Spelling::Terraform),
    ("status", What::Status, Spelling::Common),
    ("__backup_id", What::BackupId, Spelling::Api),
    ("backup_id", What::BackupId, Spelling::Common),
    ("__productcode", What::ProductCode, Spelling::Api),
    ("productcode", What::ProductCode, Spelling::Sdk),
];

static NAMES: [&str; SPELLING_COUNT] = {
    let mut names = [""; SPELLING_COUNT];
    let mut place = 0;
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    while place < SPELLING_COUNT {
        names[place] = SPELLINGS[place].0;
        place += 1;
    }
    names
};

/// What is true or false of an image, with the member whose absence says that it is false; empty where absence says nothing.
const FLAGS: [(What, &str); 4] = [
    (What::WholeImage, "__whole_image"),
    (What::Key, "__system__cmkid"),
    (What::BackupId, "__backup_id"),
    (What::ProductCode, ""),
];

/// How many characters of values that contradict each other are told.
const MAX_SAID: usize = 200;

/// Where extras may be nested.
static NESTS: [&str; 3] = ["", "properties", "metadata"];

/// The members that IMS returns with every image.
static ALWAYS: [&str; 22] = [
    "id",
    "name",
    "status",
    "visibility",
    "owner",
    "protected",
    "created_at",
    "updated_at",
    "min_disk",
    "min_ram",
    "size",
    "disk_format",
    "container_format",
    "tags",
    "file",
    "self",
    "schema",
    "virtual_env_type",
    "__imagetype",
    "__os_type",
    "__isregistered",
    "__image_source_type",
];

/// Members that a server, a disk, a backup or another cloud's image has, and no image of IMS.
static OTHERS_OWN: [&str; 13] = [
    "addresses",
    "attachments",
    "bootable",
    "checkpoint_id",
    "extend_info",
    "flavor",
    "hostId",
    "imageId",
    "imageSource",
    "metadata",
    "OS-EXT-STS:vm_state",
    "resource_type",
    "volume_type",
];

/// How many of the members that an object lacks are named.
const NAMED: usize = 4;

/// A member of an object: its place among the names, times the nests, and its value.
type Found<'a> = Option<(usize, Value<'a>)>;

/// Reads the image that a request is about, whatever else the object holds.
pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    subject: &Subject<'_, 'a>,
    facts: &mut Facts<'a>,
    reading: &mut FactReader<'_, 'a>,
) {
    let Some((object, within)) = KIND.choose(value, subject, reading) else { return };
    let place = ObjectPlace { root: KIND.root, within, members: &NAMES, nests: &NESTS };
    let mut image = Image {
        place,
        reading,
        said: [None; SPELLING_COUNT * NESTS.len()],
        found: [None; WHAT_COUNT],
        contradicted: 0,
        is_known: false,
    };
    image.collect(object);
    // An id and a status alone are a projection of an image, unless what else is there says otherwise.
    let is_projection = image.get(What::Status).is_some() && !has_any(object, &OTHERS_OWN);
    if !image.is_known && !is_projection {
        return KIND.unknown_form(within, image.reading);
    }
    if !KIND.begin(object, place, facts, image.reading) {
        return;
    }
    let lacking = lacking(object);
    image.tell(lacking.is_empty(), owner(object), facts);
    if !lacking.is_empty() {
        image.advise_of_silence(&lacking, subject, facts);
    }
}

fn owner(object: Object<'_>) -> Option<Text<'_>> {
    object.get("owner")?.as_text().filter(|owner| !owner.is_blank())
}

/// Names of members that an object lacks, without an allocation.
type Lacking = ArrayVec<&'static str, { ALWAYS.len() }>;

/// The members that a whole answer has, and this object lacks.
fn lacking(object: Object<'_>) -> Lacking {
    let mut seen = 0_u32;
    for (key, value) in object.iter() {
        // What fills in all names writes null where it was told nothing.
        if let Some(place) = ALWAYS.iter().position(|name| key.is(name))
            && !value.is_blank()
        {
            seen |= 1 << place;
        }
    }
    let mut lacking = Lacking::new();
    for (place, name) in ALWAYS.iter().enumerate() {
        if seen & 1 << place == 0 {
            // There is room for all.
            let _ = lacking.try_push(*name);
        }
    }
    lacking
}

struct Image<'m, 'r, 'a> {
    place: ObjectPlace,
    reading: &'m mut FactReader<'r, 'a>,
    /// What its members say, by their places, so that the order of keys does not matter. Of a key given twice, which is reported
    /// elsewhere, the first.
    said: [Option<Value<'a>>; SPELLING_COUNT * NESTS.len()],
    found: [Found<'a>; WHAT_COUNT],
    /// Of what its members contradict each other, by bits.
    contradicted: u32,
    /// Whether it is of a form that is known.
    is_known: bool,
}

impl<'a> Image<'_, '_, 'a> {
    fn collect(&mut self, object: Object<'a>) {
        for (key, value) in object.iter() {
            self.member(0, key, value);
            let nest = NESTS.iter().position(|nest| !nest.is_empty() && key.is(nest));
            if let (Some(nest), Value::Object(extras)) = (nest, value) {
                for (key, value) in extras.iter() {
                    self.member(nest, key, value);
                }
            }
        }
        for (place, value) in self.said.into_iter().enumerate() {
            if let (Some(value), Some((_, what, _))) = (value, SPELLINGS.get(place % SPELLING_COUNT)) {
                self.settle(place, *what, value);
            }
        }
    }

    fn member(&mut self, nest: usize, key: Text<'a>, value: Value<'a>) {
        let Some(name) = NAMES.iter().position(|name| key.is(name)) else { return };
        let Some((_, what, spelling)) = SPELLINGS.get(name) else { return };
        if nest != 0 && *spelling != Spelling::Api {
            return;
        }
        // What other objects have too is no evidence of an image.
        self.is_known |= match what {
            What::Status | What::Platform | What::BackupId | What::Owner => false,
            What::Environment => value.as_text().is_some_and(|kind| means(kind, &ENVIRONMENTS).is_some()),
            _ => true,
        };
        let says_nothing = match value {
            Value::Null => true,
            Value::Text(text) => *spelling == Spelling::Terraform && text.is_blank(),
            _ => false,
        };
        if says_nothing {
            return;
        }
        if let Some(said) = self.said.get_mut(nest * SPELLING_COUNT + name) {
            said.get_or_insert(value);
        }
    }

    /// The first that is said holds, unless another contradicts it: then it is not known.
    fn settle(&mut self, place: usize, what: What, value: Value<'a>) {
        if self.contradicted & 1 << what as u32 != 0 {
            return;
        }
        let Some(slot) = self.found.get_mut(what as usize) else { return };
        match slot {
            Some((earlier, said)) if *earlier != place && !is_alike(said, &value) => {
                let (earlier, said) = (*earlier, *said);
                *slot = None;
                self.contradicted |= 1 << what as u32;
                self.contradiction(fact_of(what), (place, &value), (earlier, &said));
            }
            Some(_) => {}
            None => *slot = Some((place, value)),
        }
    }

    #[cold]
    fn contradiction(&mut self, fact: Fact, (here, one): (usize, &Value<'a>), (there, other): (usize, &Value<'a>)) {
        let at = self.place.member(fact, here);
        let with = self.place.member(fact, there).field_name().into_owned();
        // A report repeats no more of them than a person reads.
        let said = |value| {
            let said = written(value);
            match said.char_indices().nth(MAX_SAID) {
                Some((end, _)) => said.get(..end).unwrap_or_default().to_owned(),
                None => said,
            }
        };
        self.reading.contradiction(fact, at, with, (said(one), said(other)));
    }

    /// Whether it states this, be it with a contradiction.
    fn states(&self, what: What) -> bool {
        self.get(what).is_some() || self.contradicted & 1 << what as u32 != 0
    }

    fn get(&self, what: What) -> Found<'a> {
        self.found.get(what as usize).copied().flatten()
    }

    fn text(&mut self, what: What) -> Option<(usize, Text<'a>)> {
        let (place, value) = self.get(what)?;
        let object = self.place;
        let text = self.reading.text_member(&value, &|| object.member(fact_of(what), place))?;
        Some((place, text))
    }

    fn tell(&mut self, is_whole: bool, owner: Option<Text<'a>>, facts: &mut Facts<'a>) {
        let object = self.place;
        // Where absence tells, it is told at the place of the API's own member.
        let absent = |name: &str| NAMES.iter().position(|known| *known == name).unwrap_or_default();
        for (what, name) in FLAGS {
            let (place, flag) = match self.get(what) {
                Some((place, value)) => (place, self.flag(what, place, &value)),
                None => (absent(name), (is_whole && !name.is_empty() && !self.states(what)).then_some(false)),
            };
            facts.set_from_object(fact_of(what), place, flag.map(FactValue::Flag));
        }
        if let Some((place, value)) = self.get(What::Size) {
            let size = self.reading.count_member(&value, &|| object.member(IMAGE_SIZE_BYTES, place));
            facts.set_from_object(IMAGE_SIZE_BYTES, place, size.map(FactValue::Count));
        }
        // A word that is not known is unknown: later ones may be added.
        if let Some((place, kind)) = self.text(What::Environment)
            && let Some(kind) = means(kind, &ENVIRONMENTS)
        {
            facts.set_from_object(IMAGE_ISO, place, Some(FactValue::Flag(kind == ISO_IMAGE)));
            facts.set_from_object(IMAGE_BARE_METAL, place, Some(FactValue::Flag(kind == IRONIC)));
        }
        self.tell_visibility(owner, facts);
        self.tell_os(facts);
        if let Some((place, status)) = self.text(What::Status) {
            facts.set_from_object(IMAGE_STATUS, place, Some(FactValue::from_text(status)));
        }
    }

    /// What a member says that is a flag, or an id which is there or not.
    fn flag(&mut self, what: What, place: usize, value: &Value<'a>) -> Option<bool> {
        let object = self.place;
        if what == What::WholeImage {
            return self.reading.flag_member(value, &|| object.member(IMAGE_FULL_ECS, place));
        }
        let is_given = !self.text(what)?.1.is_blank();
        // That it was made from a backup does not say whose backup it was.
        (what != What::BackupId || !is_given).then_some(is_given)
    }

    /// `__imagetype` decides where it is stated: `visibility` knows no market, and says less. Only where it is everybody's image by
    /// `visibility` and not by `__imagetype`, neither is used. `shared` is an image that another tenant shared, or an own one that was
    /// shared out: its owner tells.
    fn tell_visibility(&mut self, owner: Option<Text<'a>>, facts: &mut Facts<'a>) {
        let image_type = self.text(What::ImageType).filter(|(_, word)| !word.is_blank());
        let own = facts.value(PROJECT_ID).text().map(Text::plain);
        let is_own = owner.zip(own).map(|(owner, project)| is_same(owner, project));
        let visible = self.text(What::Visibility).and_then(|(place, word)| Some((place, visibility(word)?)));
        let (place, said) = match (image_type, visible) {
            (Some((there, word)), visible) => {
                // A word that is not known is unknown, whatever `visibility` says.
                let Some(one) = visibility(word) else { return };
                if let Some((here, other)) = visible.filter(|(_, other)| is_open(*other) && !is_open(one)) {
                    let with = self.place.member(IMAGE_VISIBILITY, there).field_name().into_owned();
                    let said = (other.as_str().to_owned(), one.as_str().to_owned());
                    let at = self.place.member(IMAGE_VISIBILITY, here);
                    return self.reading.contradiction(IMAGE_VISIBILITY, at, with, said);
                }
                let is_shared = one == Visibility::Private && visible.is_some_and(|(_, it)| it == Visibility::Shared);
                (there, if is_shared { Visibility::Shared } else { one })
            }
            (None, Some(found)) => found,
            (None, None) => return,
        };
        let said = match (said, is_own) {
            (Visibility::Shared, Some(true)) => Some(Visibility::Private),
            (Visibility::Shared, None) => None,
            (said, _) => Some(said),
        };
        facts.set_from_object(IMAGE_VISIBILITY, place, said.map(TypedFact::into_value));
    }

    /// Where the kind of system is not stated, the system's name tells.
    fn tell_os(&mut self, facts: &mut Facts<'a>) {
        let found = match self.text(What::OsType) {
            Some((place, word)) => means(word, Os::NAMES).map(|os| (place, os)),
            None => self.text(What::Platform).and_then(|(place, name)| Some((place, os_of(name)?))),
        };
        if let Some((place, os)) = found {
            facts.set_from_object(IMAGE_OS, place, Some(FactValue::Text(os.into())));
        }
    }

    /// Says why the silence of an object proves nothing, where a rule would have wanted it to.
    #[cold]
    fn advise_of_silence(&mut self, lacking: &Lacking, subject: &Subject<'_, 'a>, facts: &Facts<'a>) {
        let mut wanted = Vec::new();
        for (what, name) in FLAGS {
            if !name.is_empty() && !self.states(what) && subject.wants(facts, fact_of(what)) {
                wanted.push(name);
            }
        }
        if !wanted.is_empty() {
            let params = Params::default()
                .with("wanted", Param::Identifiers(wanted))
                .with("lacking", Param::Identifiers(lacking.get(..NAMED).unwrap_or(lacking).to_vec()))
                .with("form", Param::Code("GET /v2/cloudimages"));
            self.reading.advise(self.place.at(), ViolationKind::Partial, params);
        }
    }
}

const ISO_IMAGE: &str = "IsoImage";
const IRONIC: &str = "Ironic";

/// For what servers an image is.
const ENVIRONMENTS: [&str; 4] = ["FusionCompute", "DataImage", IRONIC, ISO_IMAGE];

/// The systems whose names IMS documents, but for those that are neither Linux nor Windows.
const LINUX: [&str; 12] = [
    "CentOS",
    "CloudLinux",
    "CoreOS",
    "Debian",
    "EulerOS",
    "Fedora",
    "Huawei Cloud EulerOS",
    "OpenSUSE",
    "Oracle Linux",
    "RedHat",
    "SUSE",
    "Ubuntu",
];

fn os_of(name: Text<'_>) -> Option<&'static str> {
    if means(name, &["Windows"]).is_some() {
        Some(Os::Windows.as_str())
    } else {
        means(name, &LINUX).map(|_| Os::Linux.as_str())
    }
}

/// The fact that a member tells.
fn fact_of(what: What) -> Fact {
    match what {
        What::WholeImage => IMAGE_FULL_ECS,
        What::Key => IMAGE_ENCRYPTED,
        What::Size => IMAGE_SIZE_BYTES,
        What::Environment => IMAGE_ISO,
        What::ImageType | What::Visibility | What::Owner => IMAGE_VISIBILITY,
        What::OsType | What::Platform => IMAGE_OS,
        What::Status => IMAGE_STATUS,
        What::BackupId => IMAGE_FROM_SHARED_BACKUP,
        What::ProductCode => IMAGE_MARKETPLACE,
    }
}

/// `gold` means public.
fn visibility(word: Text<'_>) -> Option<Visibility> {
    match means(word, &["gold"]) {
        Some(_) => Some(Visibility::Public),
        None => means(word, Visibility::NAMES).and_then(Visibility::from_name),
    }
}

/// Whether everybody can use an image of this kind.
fn is_open(visibility: Visibility) -> bool {
    matches!(visibility, Visibility::Public | Visibility::Market)
}

/// Whether two values say the same: `"true"` and `true` do.
fn is_alike(one: &Value<'_>, other: &Value<'_>) -> bool {
    written(one).trim().eq_ignore_ascii_case(written(other).trim())
}

/// A value in one form, however JSON spells it.
fn written(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_cow().into_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => match number.integer() {
            Integer::Of(number) => number.to_string(),
            _ => value.json_type().name().to_owned(),
        },
        // That it is of no type that a member has is told where it is read.
        _ => value.json_type().name().to_owned(),
    }
}
