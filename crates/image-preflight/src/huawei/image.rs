//! The image object of IMS (GET /v2/cloudimages), and the facts that it contains.

use crate::finding::fact_reader::{FactReader, first};
use crate::finding::finding::Finding;
use crate::finding::findings::Findings;
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::syntax::syntax;
use crate::huawei::facts::{
    IMAGE_ENCRYPTED, IMAGE_FROM_SHARED_BACKUP, IMAGE_FULL_ECS, IMAGE_ISO, IMAGE_OS, IMAGE_SIZE_BYTES, IMAGE_STATUS,
    IMAGE_VISIBILITY, ImageFacts, Os, Visibility,
};
use crate::json::{Integer, JsonType, Number, Object, Reader, Text, Value};
use crate::message::param::{out_of_range, wrong_type};
use crate::message::violation_kind::ViolationKind;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts, ObjectPlace, TypedFact};
use crate::rule::location::{At, Section};

const OBJECT: &str = "/facts/imageObject";

/// Less exact than `__imagetype`, and used for the visibility if that is absent.
const VISIBILITY: &str = "visibility";

/// The members of the object that contain facts.
static MEMBERS: [(&str, Fact); 9] = [
    ("__whole_image", IMAGE_FULL_ECS),
    ("__system__cmkid", IMAGE_ENCRYPTED),
    ("__image_size", IMAGE_SIZE_BYTES),
    ("virtual_env_type", IMAGE_ISO),
    ("__imagetype", IMAGE_VISIBILITY),
    (VISIBILITY, IMAGE_VISIBILITY),
    ("__os_type", IMAGE_OS),
    ("status", IMAGE_STATUS),
    ("__backup_id", IMAGE_FROM_SHARED_BACKUP),
];

/// Reads the object, whatever else it holds. Booleans and numbers may come as strings; what cannot be understood is a
/// finding, and unknown.
pub(crate) fn read_object<'a>(value: &Value<'a>, facts: &mut Facts<'a>, reading: &mut FactReader<'_, 'a>) {
    let at: &dyn Fn() -> At = &|| At::section(Section::Facts).below("imageObject");
    let Some(object) = reading.object(value, at) else { return };
    let Some((object, within)) = unwrapped(object, at, reading) else { return };
    let place = ObjectPlace { root: OBJECT, within, members: &MEMBERS };
    let mut members: [Option<Value<'a>>; MEMBERS.len()] = [None; MEMBERS.len()];
    let mut seen = 0;
    for (key, value) in object.iter() {
        let Some(index) = MEMBERS.iter().position(|(name, _)| key.is(name)) else { continue };
        if first(&mut seen, index)
            && let Some(slot) = members.get_mut(index)
        {
            *slot = crate::rule::draft::given(value);
        }
    }
    if seen == 0 {
        // Whatever this is, it is no image object: what is absent from it says nothing.
        return;
    }
    facts.begin_object(place);
    let [whole_image, cmk_id, size, kind, image_type, visibility, os, status, backup_id] = members;
    let mut members = Members { place, reading };
    let mut tell = |member: &str, value: Option<FactValue<'a>>| {
        facts.set_from_object(member, value.unwrap_or_default());
    };
    // These three are absent from the object of an image that is not so.
    let full_ecs = whole_image.map_or(Some(false), |value| members.flag("__whole_image", &value));
    tell("__whole_image", full_ecs.map(FactValue::Flag));
    let encrypted = cmk_id.map_or(Some(false), |value| Some(!members.text("__system__cmkid", &value)?.is_blank()));
    tell("__system__cmkid", encrypted.map(FactValue::Flag));
    let from_shared_backup = match backup_id {
        None => Some(false),
        // That it was made from a backup does not say whose backup it was.
        Some(value) => members.text("__backup_id", &value).and_then(|id| id.is_blank().then_some(false)),
    };
    tell("__backup_id", from_shared_backup.map(FactValue::Flag));
    let size = size.and_then(|value| members.size("__image_size", &value));
    tell("__image_size", size.map(FactValue::Count));
    let iso = kind.and_then(|value| {
        let kind = members.text("virtual_env_type", &value)?;
        let known = ["FusionCompute", "DataImage", "Ironic", "IsoImage"];
        known.iter().any(|known| kind.is(known)).then(|| kind.is("IsoImage"))
    });
    tell("virtual_env_type", iso.map(FactValue::Flag));
    let image_type = image_type.and_then(|value| members.visibility("__imagetype", &value));
    let visibility = visibility.and_then(|value| members.visibility(VISIBILITY, &value));
    match (image_type, visibility) {
        (Some(one), Some(other)) if is_open(one) != is_open(other) => members.contradiction(one, other),
        (Some(one), _) => tell("__imagetype", Some(one.into_value())),
        (None, other) => tell(VISIBILITY, other.map(TypedFact::into_value)),
    }
    let os = os.and_then(|value| members.text("__os_type", &value)).and_then(|os| means(os, Os::NAMES));
    tell("__os_type", os.map(|os| FactValue::Text(os.into())));
    tell("status", status.and_then(|value| members.text("status", &value)).map(FactValue::from_text));
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
fn means(text: Text<'_>, words: &[&'static str]) -> Option<&'static str> {
    let text = text.to_cow();
    words.iter().copied().find(|word| text.eq_ignore_ascii_case(word))
}

impl<'a> Members<'_, '_, 'a> {
    fn at(&self, name: &str) -> At {
        self.place.member(name)
    }

    #[cold]
    fn contradiction(&mut self, image_type: Visibility, visibility: Visibility) {
        let with = self.at("__imagetype").field_name().into_owned();
        let said = (visibility.as_str().to_owned(), image_type.as_str().to_owned());
        self.reading.contradiction(IMAGE_VISIBILITY, self.at(VISIBILITY), with, said);
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
                let flag = means(*text, &["false", "true"]).map(|word| word == "true");
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

    fn size(&mut self, name: &str, value: &Value<'a>) -> Option<u64> {
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
            Integer::Of(bytes) if bytes >= 0 => u64::try_from(bytes).ok(),
            Integer::Fraction => {
                let params = wrong_type(JsonType::Number, JsonType::Integer);
                self.reading.violation(self.at(name), ViolationKind::WrongType, params);
                None
            }
            integer => {
                let params = out_of_range(integer, number, 0);
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
pub fn image_facts(json: &str) -> (ImageFacts<'_>, Vec<Finding<'_>>) {
    let mut out = Findings::default();
    let mut facts = Facts::default();
    let read = Reader::object(json, |reader| {
        read_object(&reader.value(), &mut facts, &mut FactReader { out: &mut out });
        reader.is_suspect
    });
    match read {
        Err(error) => return (ImageFacts::default(), syntax(json, error).into_list()),
        Ok(true) => report_repeated(json, Root::ImageObject, Keys::OF_CASE, &mut out),
        Ok(false) => {}
    }
    (ImageFacts::of(|fact| facts.value(fact)), out.into_list())
}
