//! The image object of IMS (GET /v2/cloudimages), and the facts that it tells.

use crate::field::numbers::ByteSize;
use crate::finding::fact_reader::{FactReader, first, said};
use crate::finding::repeated::{Root, report_repeated};
use crate::json::{Integer, JsonType, Number, Object, Reader, Text, Value};
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::Fact;
use crate::rule::facts::is_filled;
use crate::rule::location::{At, Section};
use crate::rule::named::named;
use serde::Serialize;
use std::borrow::Cow;

named! {
    /// Whose an image is.
    ///
    /// ```
    /// assert_eq!(image_preflight::huawei::Visibility::from_name("market").unwrap().as_str(), "market");
    /// ```
    Visibility {
        /// The tenant's own.
        Private = "private",
        /// Everybody's; IMS writes `gold` too.
        Public = "public",
        /// Another tenant's, shared.
        Shared = "shared",
        /// From the market.
        Market = "market",
    }
}

named! {
    /// An operating system.
    ///
    /// ```
    /// assert_eq!(image_preflight::Os::from_name("linux"), Some(image_preflight::Os::Linux));
    /// ```
    Os {
        /// Any Linux.
        Linux = "linux",
        /// Any Windows.
        Windows = "windows",
        /// Any other.
        Other = "other",
    }
}

/// What is known of an IMS image. `None` is not known.
///
/// ```
/// use image_preflight::huawei::ImageFacts;
/// let facts = ImageFacts { encrypted: Some(false), ..ImageFacts::default() };
/// assert_eq!(facts.full_ecs, None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(rename_all = "camelCase")]
pub struct ImageFacts<'a> {
    /// Whether it is a full-ECS image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_ecs: Option<bool>,
    /// Whether it was made from an ISO file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso: Option<bool>,
    /// Whether it is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted: Option<bool>,
    /// Whether it was made from a backup that another tenant shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_shared_backup: Option<bool>,
    /// Its size.
    #[serde(rename = "sizeBytes", skip_serializing_if = "Option::is_none", serialize_with = "bytes")]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<u64>"))]
    pub size: Option<ByteSize>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<Visibility>>"))]
    pub visibility: Option<Visibility>,
    /// Its status, as IMS writes it: `queued`, `saving`, `deleted`, `killed`, `active`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Cow<'a, str>>,
    /// Its operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<crate::json::schema::OrBlank<Os>>"))]
    pub os: Option<Os>,
}

#[allow(clippy::ref_option, reason = "serde's signature")]
fn bytes<S: serde::Serializer>(size: &Option<ByteSize>, serializer: S) -> Result<S::Ok, S::Error> {
    size.map(ByteSize::bytes).serialize(serializer)
}

impl ImageFacts<'_> {
    pub(crate) fn flag(&self, fact: Fact) -> Option<bool> {
        match fact {
            Fact::ImageFullEcs => self.full_ecs,
            Fact::ImageIso => self.iso,
            Fact::ImageEncrypted => self.encrypted,
            Fact::ImageFromSharedBackup => self.from_shared_backup,
            _ => None,
        }
    }

    pub(crate) fn text(&self, fact: Fact) -> Option<&str> {
        match fact {
            Fact::ImageVisibility => self.visibility.map(Visibility::as_str),
            Fact::ImageOs => self.os.map(Os::as_str),
            Fact::ImageStatus => self.status.as_deref().filter(is_filled),
            _ => None,
        }
    }

    /// Whether it says anything of this.
    pub(crate) fn knows(&self, fact: Fact) -> bool {
        self.flag(fact).is_some() || self.text(fact).is_some() || (fact == Fact::ImageSizeBytes && self.size.is_some())
    }
}

/// The facts that a member of the object tells, and that member.
static TELLS: [(Fact, &str); 8] = [
    (Fact::ImageFullEcs, "__whole_image"),
    (Fact::ImageIso, "virtual_env_type"),
    (Fact::ImageEncrypted, "__system__cmkid"),
    (Fact::ImageFromSharedBackup, "__backup_id"),
    (Fact::ImageSizeBytes, "__image_size"),
    (Fact::ImageVisibility, "__imagetype"),
    (Fact::ImageStatus, "status"),
    (Fact::ImageOs, "__os_type"),
];

/// The other member that tells the visibility, where the first does not.
const VISIBILITY: &str = "visibility";

/// Where the object is: by itself, or within an answer. A finding must point at a member that is there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ObjectPlace {
    /// Where it begins below `imageObject`.
    within: &'static str,
    /// Whether the visibility is that of the member [`VISIBILITY`].
    is_in_visibility: bool,
}

impl ObjectPlace {
    /// The member that tells a fact.
    #[cold]
    pub(crate) fn at(self, fact: Fact) -> At {
        match TELLS.iter().find(|(told, _)| *told == fact) {
            Some((Fact::ImageVisibility, _)) if self.is_in_visibility => self.member(VISIBILITY),
            Some((_, name)) => self.member(name),
            None => At::fact(fact),
        }
    }

    /// A member of the object, among the facts where it tells one.
    #[cold]
    fn member(self, name: &str) -> At {
        let pointer = format!("{OBJECT}{}/{name}", self.within);
        let told = if name == VISIBILITY { "__imagetype" } else { name };
        let fact = TELLS.iter().find_map(|(fact, member)| (*member == told).then_some(*fact));
        At::fact_at(fact.unwrap_or(Fact::ImageVisibility), pointer.into())
    }
}

const OBJECT: &str = "/facts/imageObject";

/// Every field of the object that tells something.
const MEMBERS: [&str; 9] = [
    "__whole_image",
    "__system__cmkid",
    "__image_size",
    "virtual_env_type",
    "__imagetype",
    "visibility",
    "__os_type",
    "status",
    "__backup_id",
];

/// Reads the object, whatever else it holds. Booleans and numbers may come as strings; what cannot be understood is a
/// finding, and unknown. Gives where the facts are.
pub(crate) fn read_object<'a>(
    value: &Value<'a>,
    facts: &mut ImageFacts<'a>,
    reading: &mut FactReader<'_, 'a>,
) -> ObjectPlace {
    let at: &dyn Fn() -> At = &|| At::section(Section::Facts).below("imageObject");
    let Some(object) = reading.object(value, at) else { return ObjectPlace::default() };
    let Some((object, within)) = unwrapped(object, at, reading) else { return ObjectPlace::default() };
    let mut place = ObjectPlace { within, is_in_visibility: false };
    let mut members: [Option<Value<'a>>; MEMBERS.len()] = [None; MEMBERS.len()];
    let mut seen = 0;
    for (key, value) in object.iter() {
        let Some(index) = MEMBERS.iter().position(|name| key.is(name)) else { continue };
        if first(&mut seen, index)
            && let Some(slot) = members.get_mut(index)
        {
            *slot = crate::rule::draft::given(value);
        }
    }
    if seen == 0 {
        // Whatever this is, it is no image object: what is absent from it says nothing.
        return place;
    }
    let [whole_image, cmk_id, size, kind, image_type, visibility, os, status, backup_id] = members;
    let mut members = Members { place, reading };
    // These three are absent from the object of an image that is not so.
    facts.full_ecs = whole_image.map_or(Some(false), |value| members.flag("__whole_image", &value));
    facts.encrypted = cmk_id.map_or(Some(false), |value| Some(!members.text("__system__cmkid", &value)?.is_blank()));
    facts.from_shared_backup = match backup_id {
        None => Some(false),
        // That it was made from a backup does not say whose backup it was.
        Some(value) => members.text("__backup_id", &value).and_then(|id| id.is_blank().then_some(false)),
    };
    facts.size = size.and_then(|value| members.size("__image_size", &value));
    facts.iso = kind.and_then(|value| {
        let kind = members.text("virtual_env_type", &value)?;
        let known = ["FusionCompute", "DataImage", "Ironic", "IsoImage"];
        known.iter().any(|known| kind.is(known)).then(|| kind.is("IsoImage"))
    });
    let image_type = image_type.and_then(|value| members.visibility("__imagetype", &value));
    let visibility = visibility.and_then(|value| members.visibility(VISIBILITY, &value));
    facts.visibility = image_type.or(visibility);
    place.is_in_visibility = image_type.is_none() && visibility.is_some();
    if let (Some(one), Some(other)) = (image_type, visibility)
        && is_open(one) != is_open(other)
    {
        members.contradiction(one, other);
        facts.visibility = None;
    }
    facts.os =
        os.and_then(|value| members.text("__os_type", &value)).and_then(|os| means(os, Os::NAMES)).and_then(Os::nth);
    facts.status = status.and_then(|value| members.text("status", &value)).and_then(said);
    place
}

/// Whether everybody can use an image of this kind. `visibility` knows no market and says less than `__imagetype`, so the two
/// contradict each other only where one says that an image is everybody's and the other that it is not.
fn is_open(visibility: Visibility) -> bool {
    matches!(visibility, Visibility::Public | Visibility::Market)
}

/// The whole answer of a query is taken too, when it holds one image: that image, and where it is. An answer of the wrong form
/// is a finding, and no object.
fn unwrapped<'a>(
    object: Object<'a>,
    at: &dyn Fn() -> At,
    reading: &mut FactReader<'_, 'a>,
) -> Option<(Object<'a>, &'static str)> {
    let (mut images, mut image) = (Value::Null, Value::Null);
    for (key, value) in object.iter() {
        if key.is("images") {
            images = value;
        } else if key.is("image") {
            image = value;
        }
    }
    match (images, image) {
        (Value::Null, Value::Null) => Some((object, "")),
        (Value::Array(images), _) => {
            let mut all = images.iter();
            match (all.next(), all.next()) {
                (Some(one), None) => {
                    let one = reading.listed_object(&one, &|| at().below("images").item(0))?;
                    Some((one, "/images/0"))
                }
                // Of none or several it does not say which is meant.
                _ => Some((object, "")),
            }
        }
        (Value::Null, image) => Some((reading.listed_object(&image, &|| at().below("image"))?, "/image")),
        (images, _) => {
            reading.wrong_type(at().below("images"), &images, JsonType::Array);
            None
        }
    }
}

/// The members of an object that is read with tolerance.
struct Members<'m, 'r, 'a> {
    place: ObjectPlace,
    reading: &'m mut FactReader<'r, 'a>,
}

/// Which of these words a text is, in any case of letters.
fn means(text: Text<'_>, words: &[&str]) -> Option<usize> {
    let text = text.to_cow();
    words.iter().position(|word| text.eq_ignore_ascii_case(word))
}

impl<'a> Members<'_, '_, 'a> {
    fn at(&self, name: &str) -> At {
        self.place.member(name)
    }

    #[cold]
    fn contradiction(&mut self, image_type: Visibility, visibility: Visibility) {
        let with = self.at("__imagetype").field_name().into_owned();
        let said = (visibility.as_str().to_owned(), image_type.as_str().to_owned());
        self.reading.contradiction(Fact::ImageVisibility, self.at(VISIBILITY), with, said);
    }

    fn text(&mut self, name: &str, value: &Value<'a>) -> Option<Text<'a>> {
        let text = value.as_text();
        if text.is_none() {
            self.reading.wrong_type(self.at(name), value, JsonType::String);
        }
        text
    }

    fn flag(&mut self, name: &str, value: &Value<'a>) -> Option<bool> {
        match value {
            Value::Bool(flag) => Some(*flag),
            Value::Text(text) if text.is_blank() => None,
            Value::Text(text) => {
                let flag = means(*text, &["false", "true"]).map(|index| index == 1);
                if flag.is_none() {
                    self.reading.not_one_of(self.at(name), *text, vec!["true", "false"]);
                }
                flag
            }
            other => {
                self.reading.wrong_type(self.at(name), other, JsonType::Boolean);
                None
            }
        }
    }

    fn size(&mut self, name: &str, value: &Value<'a>) -> Option<ByteSize> {
        let text;
        let number = match value {
            Value::Number(number) => *number,
            Value::Text(blank) if blank.is_blank() => return None,
            Value::Text(written) => {
                text = written.to_cow();
                let Some(number) = Number::written(&text) else {
                    self.reading.wrong_type(self.at(name), value, JsonType::Integer);
                    return None;
                };
                number
            }
            other => {
                self.reading.wrong_type(self.at(name), other, JsonType::Integer);
                return None;
            }
        };
        match number.integer() {
            Integer::Of(bytes) if bytes >= 0 => u64::try_from(bytes).ok().map(ByteSize::of_bytes),
            Integer::Fraction => {
                let params = crate::message::param::wrong_type(JsonType::Number, JsonType::Integer);
                self.reading.violation(self.at(name), ViolationKind::WrongType, params);
                None
            }
            integer => {
                let params = crate::message::param::out_of_range(integer, number, 0);
                self.reading.violation(self.at(name), ViolationKind::OutOfRange, params);
                None
            }
        }
    }

    /// `gold` means public. A word that is not known is unknown: later ones may be added.
    fn visibility(&mut self, name: &str, value: &Value<'a>) -> Option<Visibility> {
        let text = self.text(name, value)?;
        if text.is("gold") { Some(Visibility::Public) } else { Visibility::from_name(&text.to_cow()) }
    }
}

/// The facts in what IMS returned (one image object, or a whole answer that holds one image), and what could not be
/// understood of it: text that is no JSON object, a member of the wrong type.
///
/// ```
/// let (facts, findings) = image_preflight::huawei::image_facts(
///     r#"{"images": [{"__image_size": "42949672960", "__whole_image": "false", "__imagetype": "private"}]}"#);
/// assert_eq!(facts.size, Some(image_preflight::ByteSize::gib(40)));
/// assert_eq!(facts.full_ecs, Some(false));
/// assert!(findings.is_empty());
/// ```
#[must_use]
pub fn image_facts(json: &str) -> (ImageFacts<'_>, Vec<crate::finding::finding::Finding<'_>>) {
    let mut out = crate::finding::findings::Findings::default();
    let mut facts = ImageFacts::default();
    let read = Reader::object(json, |reader| {
        read_object(&reader.value(), &mut facts, &mut FactReader { out: &mut out });
        reader.is_suspect
    });
    match read {
        Err(error) => return (ImageFacts::default(), crate::finding::case_rules::syntax(json, error).into_list()),
        Ok(true) => {
            report_repeated(json, Root::ImageObject, Some(&crate::huawei::cross_region_copy::OPERATION), &mut out)
        }
        Ok(false) => {}
    }
    (facts, out.into_list())
}
