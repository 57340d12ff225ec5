//! The image object of IMS (GET /v2/cloudimages), and the facts that it tells.

use crate::facts::{Fact, Reading, named};
use crate::field::ByteSize;
use crate::json::{Integer, JsonType, Object, Reader, Text, Value};
use crate::report::{At, Section};
use crate::words::FaultKind;
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
    pub visibility: Option<Visibility>,
    /// Its status, as IMS writes it: `queued`, `saving`, `deleted`, `killed`, `active`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Cow<'a, str>>,
    /// Its operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
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
            Fact::ImageStatus => self.status.as_deref(),
            _ => None,
        }
    }

    /// Whether it says anything of this.
    pub(crate) fn knows(&self, fact: Fact) -> bool {
        self.flag(fact).is_some() || self.text(fact).is_some() || (fact == Fact::ImageSizeBytes && self.size.is_some())
    }
}

/// Where the object tells a fact.
pub(crate) fn object_pointer(fact: Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::ImageFullEcs => "/facts/imageObject/__whole_image",
        Fact::ImageIso => "/facts/imageObject/virtual_env_type",
        Fact::ImageEncrypted => "/facts/imageObject/__system__cmkid",
        Fact::ImageSizeBytes => "/facts/imageObject/__image_size",
        Fact::ImageVisibility => "/facts/imageObject/__imagetype",
        Fact::ImageStatus => "/facts/imageObject/status",
        Fact::ImageOs => "/facts/imageObject/__os_type",
        _ => return None,
    })
}

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
/// finding, and unknown.
pub(crate) fn read_object<'a>(value: &Value<'a>, facts: &mut ImageFacts<'a>, reading: &mut Reading<'_, 'a>) {
    let at: &dyn Fn() -> At = &|| At::section(Section::Facts).below("imageObject");
    let Some(object) = reading.object(value, at) else { return };
    let object = unwrapped(object);
    let mut members: [Option<Value<'a>>; MEMBERS.len()] = [None; MEMBERS.len()];
    let mut seen = 0;
    for (key, value) in object.iter() {
        let Some((index, name)) = MEMBERS.iter().enumerate().find(|(_, name)| key.is(name)) else { continue };
        if reading.first(&mut seen, index, name, at)
            && let Some(slot) = members.get_mut(index)
        {
            *slot = crate::draft::given(value);
        }
    }
    if seen == 0 {
        // Whatever this is, it is no image object: what is absent from it says nothing.
        return;
    }
    let [whole_image, cmk_id, size, kind, image_type, visibility, os, status, backup_id] = members;
    let mut members = Members { reading };
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
    facts.visibility = image_type.or(visibility.and_then(|value| members.visibility("visibility", &value)));
    facts.os =
        os.and_then(|value| members.text("__os_type", &value)).and_then(|os| means(os, Os::NAMES)).and_then(Os::nth);
    facts.status = status.and_then(|value| members.text("status", &value)).map(Text::to_cow);
}

/// The whole answer of a query is taken too, when it holds one image.
fn unwrapped(object: Object<'_>) -> Object<'_> {
    let inner = match (object.get("images"), object.get("image")) {
        (Some(Value::Array(images)), _) => {
            let mut images = images.iter();
            match (images.next(), images.next()) {
                (Some(Value::Object(image)), None) => Some(image),
                _ => None,
            }
        }
        (_, Some(Value::Object(image))) => Some(image),
        _ => None,
    };
    inner.unwrap_or(object)
}

/// The members of an object that is read with tolerance.
struct Members<'m, 'r, 'a> {
    reading: &'m mut Reading<'r, 'a>,
}

/// Which of these words a text is, in any case of letters.
fn means(text: Text<'_>, words: &[&str]) -> Option<usize> {
    let text = text.to_cow();
    words.iter().position(|word| text.eq_ignore_ascii_case(word))
}

impl<'a> Members<'_, '_, 'a> {
    fn at(name: &str) -> At {
        let fact = Fact::ALL
            .iter()
            .copied()
            .find(|fact| object_pointer(*fact).and_then(|pointer| pointer.rsplit('/').next()) == Some(name));
        match fact.and_then(|fact| Some((fact, object_pointer(fact)?))) {
            Some((fact, pointer)) => At::fact_at(fact, pointer),
            None => At::section(Section::Facts).below("imageObject").below(name),
        }
    }

    fn text(&mut self, name: &str, value: &Value<'a>) -> Option<Text<'a>> {
        let text = value.as_text();
        if text.is_none() {
            self.reading.wrong_type(Self::at(name), value, JsonType::String);
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
                    self.reading.not_one_of(Self::at(name), *text, vec!["true", "false"]);
                }
                flag
            }
            other => {
                self.reading.wrong_type(Self::at(name), other, JsonType::Boolean);
                None
            }
        }
    }

    fn size(&mut self, name: &str, value: &Value<'a>) -> Option<ByteSize> {
        let number = match value {
            Value::Number(number) => *number,
            Value::Text(text) if text.is_blank() => return None,
            Value::Text(text) if is_digits(*text) => crate::json::Number::Json(text.raw()),
            other => {
                self.reading.wrong_type(Self::at(name), other, JsonType::Integer);
                return None;
            }
        };
        match number.integer() {
            Integer::Of(bytes) if bytes >= 0 => u64::try_from(bytes).ok().map(ByteSize::of_bytes),
            integer => {
                let params = crate::field::out_of_range(integer, number, 0);
                self.reading.fault(Self::at(name), FaultKind::OutOfRange, params);
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

fn is_digits(text: Text<'_>) -> bool {
    !text.is_escaped() && text.raw().bytes().all(|byte| byte.is_ascii_digit())
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
pub fn image_facts(json: &str) -> (ImageFacts<'_>, Vec<crate::Finding<'_>>) {
    let mut out = crate::report::Findings::default();
    let mut facts = ImageFacts::default();
    let read = Reader::object(json, |reader| {
        let mut reading = Reading { operation: &super::cross_region_copy::OPERATION, out: &mut out };
        read_object(&reader.value(), &mut facts, &mut reading);
    });
    if let Err(error) = read {
        return (ImageFacts::default(), crate::case::syntax(json, error).into_list());
    }
    (facts, out.into_list())
}
