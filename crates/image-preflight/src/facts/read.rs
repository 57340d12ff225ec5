//! Facts from JSON: each is read into its type, and what does not fit is a finding.

use super::{EcsState, Fact, FactKind, Facts, SanPolicy};
use crate::case;
use crate::field::ByteSize;
use crate::json::{Integer, JsonType, Object, Text, Value};
use crate::operation::Operation;
use crate::report::{At, Finding, Findings, MOST, Param, Params, Section};
use crate::words::FaultKind;
use crate::{huawei, jdcloud};
use std::borrow::Cow;

/// A fact as JSON gave it, of the right type.
pub(crate) enum Given<'a> {
    Flag(bool),
    Count(u64),
    Text(Cow<'a, str>),
}

/// Reads facts into place and collects what is wrong with them.
pub(crate) struct Reading<'r, 'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) out: &'r mut Findings<'a>,
}

/// Reads the `facts` of a case.
pub(crate) fn read_facts<'a>(value: &Value<'a>, operation: &'static Operation, out: &mut Findings<'a>) -> Facts<'a> {
    let mut facts = Facts::default();
    let mut reading = Reading { operation, out };
    if let Some(object) = reading.object(value, || At::section(Section::Facts)) {
        reading.all(object, &mut facts);
    }
    facts
}

impl<'a> Facts<'a> {
    /// Reads facts from JSON, in the form that `facts` has in a case, with what is wrong with them.
    ///
    /// ```
    /// use image_preflight::Facts;
    /// let (facts, findings) = Facts::from_json(r#"{"sourceRegion": "cn-north-4", "image": {"encrypted": "no"}}"#);
    /// assert_eq!(facts.source_region.as_deref(), Some("cn-north-4"));
    /// assert_eq!((facts.image.encrypted, findings[0].at()), (None, "/facts/image/encrypted"));
    /// ```
    #[must_use]
    pub fn from_json(json: &'a str) -> (Self, Vec<Finding<'a>>) {
        let mut out = Findings::default();
        let value = case::whole_value(json, &mut out);
        let facts = value.map(|value| read_facts(&value, &huawei::CROSS_REGION_COPY, &mut out)).unwrap_or_default();
        (facts, out.in_order())
    }
}

/// The members of `facts`, with the pointer of each group that is an object.
const MEMBERS: [(&str, &str); 9] = [
    ("sourceRegion", "/facts/sourceRegion"),
    ("image", "/facts/image/"),
    ("imageObject", "/facts/imageObject"),
    ("copiesInFlight", "/facts/copiesInFlight"),
    ("ecs", "/facts/ecs/"),
    ("backup", "/facts/backup/"),
    ("images", "/facts/images/"),
    ("imageObjects", "/facts/imageObjects"),
    ("destinationQuota", "/facts/destinationQuota/"),
];

impl<'a> Reading<'_, 'a> {
    fn all(&mut self, object: Object<'a>, facts: &mut Facts<'a>) {
        let mut seen = 0_u64;
        for (key, value) in object.iter() {
            let at = || At::section(Section::Facts);
            let Some(index) = MEMBERS.iter().position(|(name, _)| key.is(name)) else {
                self.unknown_name(key, at, &MEMBERS.map(|(name, _)| name));
                continue;
            };
            if !self.first(&mut seen, index, key, at) {
                continue;
            }
            let Some((name, pointer)) = MEMBERS.get(index) else { continue };
            match *name {
                "imageObject" => huawei::read_object(&value, &mut facts.image_object, self),
                "images" => self.images(&value, facts),
                "imageObjects" => self.image_objects(&value, facts),
                "sourceRegion" | "copiesInFlight" => {
                    let fact = if *name == "sourceRegion" { Fact::SourceRegion } else { Fact::CopiesInFlight };
                    if let Some(given) = self.fact(fact, &value, at) {
                        facts.put(fact, given);
                    }
                }
                _ => {
                    let group = || At::section(Section::Facts).below(name);
                    self.group(&value, pointer, group, |fact, given| facts.put(fact, given));
                }
            }
        }
        if let Some(region) = facts.source_region.as_deref().filter(|region| huawei::region(region).is_none()) {
            // A partner cloud's region is a legal value, so this is only a warning.
            let at = At::fact(Fact::SourceRegion);
            let params = Params::default()
                .with("actual", Param::Text(Cow::Owned(region.to_owned())))
                .with("allowed", Param::Names(huawei::near_regions(region)));
            self.out.warn(&case::FACTS, at, FaultKind::Unlisted, params);
        }
    }

    /// An object whose members are facts, found in the table by their pointers.
    fn group(
        &mut self,
        value: &Value<'a>,
        prefix: &str,
        at: impl Fn() -> At + Copy,
        mut put: impl FnMut(Fact, Given<'a>),
    ) {
        let Some(object) = self.object(value, at) else { return };
        let known = |name: Text<'a>| {
            Fact::ALL.iter().copied().find(|fact| fact.pointer().strip_prefix(prefix).is_some_and(|own| name.is(own)))
        };
        let mut seen = 0;
        for (key, value) in object.iter() {
            let Some(fact) = known(key) else {
                let names: Vec<_> = Fact::ALL.iter().filter_map(|fact| fact.pointer().strip_prefix(prefix)).collect();
                self.unknown_name(key, at, &names);
                continue;
            };
            if self.first(&mut seen, fact as usize, key, at)
                && let Some(given) = self.fact(fact, &value, at)
            {
                put(fact, given);
            }
        }
    }

    fn images(&mut self, value: &Value<'a>, facts: &mut Facts<'a>) {
        let at = || At::section(Section::Facts).below("images");
        let Some(object) = self.object(value, at) else { return };
        for (index, (key, value)) in object.iter().enumerate() {
            if index >= MOST {
                return self.too_many(at(), object.iter().count());
            }
            let id = key.to_cow();
            if facts.images.get(&id).is_some() {
                self.duplicate(key, at);
                continue;
            }
            let mut image = jdcloud::ImageFacts::default();
            let place = || at().below(&id);
            self.group(&value, "/facts/images/*/", place, |fact, given| image.put(fact, given));
            facts.images.insert(id.clone(), image);
        }
    }

    fn image_objects(&mut self, value: &Value<'a>, facts: &mut Facts<'a>) {
        let at = || At::section(Section::Facts).below("imageObjects");
        let array = match value {
            Value::Null => return,
            Value::Array(array) => *array,
            other => return self.wrong_type(at(), other, JsonType::Array),
        };
        for (index, value) in array.iter().enumerate() {
            if index >= MOST {
                return self.too_many(at(), array.iter().count());
            }
            if let Some((id, image)) = jdcloud::read_object(&value, index, self) {
                facts.image_objects.insert(id, image);
            }
        }
    }

    fn too_many(&mut self, at: At, count: usize) {
        self.fault(at, FaultKind::TooLong, crate::field::too_many_images(count, MOST));
    }

    /// A fact of its kind. Null is unknown.
    fn fact(&mut self, fact: Fact, value: &Value<'a>, parent: impl Fn() -> At) -> Option<Given<'a>> {
        let at = || parent().below(fact.name());
        match (fact.kind(), value) {
            (_, Value::Null) => None,
            (FactKind::Flag, Value::Bool(flag)) => Some(Given::Flag(*flag)),
            (FactKind::Text, Value::Text(text)) => Some(Given::Text(text.to_cow())),
            (FactKind::OneOf(names), Value::Text(text)) => {
                let found = names.iter().find(|name| text.is(name)).map(|name| Given::Text(Cow::Borrowed(*name)));
                if found.is_none() {
                    self.not_one_of(at(), *text, names.to_vec());
                }
                found
            }
            (FactKind::Count(least), Value::Number(number)) => match number.integer() {
                Integer::Of(count) if count >= least => u64::try_from(count).ok().map(Given::Count),
                Integer::Fraction => {
                    self.fault(at(), FaultKind::WrongType, wrong_type(JsonType::Number, JsonType::Integer));
                    None
                }
                integer => {
                    self.fault(at(), FaultKind::OutOfRange, crate::field::out_of_range(integer, *number, least));
                    None
                }
            },
            (kind, other) => {
                let expected = match kind {
                    FactKind::Flag => JsonType::Boolean,
                    FactKind::Count(_) => JsonType::Integer,
                    FactKind::Text | FactKind::OneOf(_) => JsonType::String,
                };
                self.wrong_type(at(), other, expected);
                None
            }
        }
    }

    /// An object; null is none, anything else a finding.
    pub(crate) fn object(&mut self, value: &Value<'a>, at: impl Fn() -> At) -> Option<Object<'a>> {
        match value {
            Value::Object(object) => Some(*object),
            Value::Null => None,
            other => {
                self.wrong_type(at(), other, JsonType::Object);
                None
            }
        }
    }

    pub(crate) fn wrong_type(&mut self, at: At, found: &Value<'a>, expected: JsonType) {
        self.fault(at, FaultKind::WrongType, wrong_type(found.json_type(), expected));
    }

    pub(crate) fn not_one_of(&mut self, at: At, found: Text<'a>, allowed: Vec<&'static str>) {
        let params =
            Params::default().with("actual", Param::Text(found.to_cow())).with("allowed", Param::Names(allowed));
        self.fault(at, FaultKind::NotOneOf, params);
    }

    fn unknown_name(&mut self, key: Text<'a>, at: impl Fn() -> At, known: &[&'static str]) {
        self.not_one_of(at().below(&key.to_cow()), key, known.to_vec());
    }

    pub(crate) fn fault(&mut self, at: At, kind: FaultKind, params: Params<'a>) {
        self.out.fault(&case::FACTS, at, kind, params);
    }

    /// Whether this key comes for the first time; if not, that is a finding.
    pub(crate) fn first(&mut self, seen: &mut u64, index: usize, key: Text<'a>, at: impl Fn() -> At) -> bool {
        let bit = 1_u64 << (index & 63);
        let first = *seen & bit == 0;
        *seen |= bit;
        if !first {
            self.duplicate(key, at);
        }
        first
    }

    fn duplicate(&mut self, key: Text<'a>, at: impl Fn() -> At) {
        let key = key.to_cow();
        self.out.duplicate_field(self.operation, at().below(&key), key);
    }
}

/// The parameters of a value of the wrong type.
pub(crate) fn wrong_type<'a>(found: JsonType, expected: JsonType) -> Params<'a> {
    Params::default()
        .with("actual", Param::Name(Cow::Borrowed(found.name())))
        .with("expected", Param::Name(Cow::Borrowed(expected.name())))
}

impl<'a> Facts<'a> {
    /// Puts a fact in its place.
    fn put(&mut self, fact: Fact, given: Given<'a>) {
        match (fact, given) {
            (Fact::EcsConfigured, Given::Flag(flag)) => self.ecs.configured = Some(flag),
            (Fact::EcsSpannedVolume, Given::Flag(flag)) => self.ecs.spanned_volume = Some(flag),
            (Fact::EcsMultiDiskVolume, Given::Flag(flag)) => self.ecs.multi_disk_volume = Some(flag),
            (Fact::BackupUsed, Given::Flag(flag)) => self.backup.used = Some(flag),
            (Fact::BackupShared, Given::Flag(flag)) => self.backup.shared = Some(flag),
            (Fact::BackupConfigured, Given::Flag(flag)) => self.backup.configured = Some(flag),
            (Fact::CopiesInFlight, Given::Count(count)) => self.copies_in_flight = Some(count),
            (Fact::QuotaImages, Given::Count(count)) => self.destination_quota.images = Some(count),
            (Fact::QuotaSnapshots, Given::Count(count)) => self.destination_quota.snapshots = Some(count),
            (Fact::SourceRegion, Given::Text(text)) => self.source_region = Some(text),
            (Fact::EcsOs, Given::Text(text)) => self.ecs.os = huawei::Os::from_name(&text),
            (Fact::EcsState, Given::Text(text)) => self.ecs.state = EcsState::from_name(&text),
            (Fact::EcsSanPolicy, Given::Text(text)) => self.ecs.san_policy = SanPolicy::from_name(&text),
            (fact, given) => self.image.put(fact, given),
        }
    }
}

impl<'a> huawei::ImageFacts<'a> {
    fn put(&mut self, fact: Fact, given: Given<'a>) {
        match (fact, given) {
            (Fact::ImageFullEcs, Given::Flag(flag)) => self.full_ecs = Some(flag),
            (Fact::ImageIso, Given::Flag(flag)) => self.iso = Some(flag),
            (Fact::ImageEncrypted, Given::Flag(flag)) => self.encrypted = Some(flag),
            (Fact::ImageFromSharedBackup, Given::Flag(flag)) => self.from_shared_backup = Some(flag),
            (Fact::ImageSizeBytes, Given::Count(bytes)) => self.size = Some(ByteSize::of_bytes(bytes)),
            (Fact::ImageVisibility, Given::Text(text)) => self.visibility = huawei::Visibility::from_name(&text),
            (Fact::ImageOs, Given::Text(text)) => self.os = huawei::Os::from_name(&text),
            (Fact::ImageStatus, Given::Text(text)) => self.status = Some(text),
            _ => {}
        }
    }
}

impl<'a> jdcloud::ImageFacts<'a> {
    fn put(&mut self, fact: Fact, given: Given<'a>) {
        match (fact, given) {
            (Fact::ImagesSnapshotEncrypted, Given::Flag(flag)) => self.snapshot_encrypted = Some(flag),
            (Fact::ImagesBusy, Given::Flag(flag)) => self.busy = Some(flag),
            (Fact::ImagesSnapshots, Given::Count(count)) => self.snapshots = Some(count),
            (Fact::ImagesVisibility, Given::Text(text)) => self.visibility = jdcloud::Visibility::from_name(&text),
            (Fact::ImagesRootDevice, Given::Text(text)) => self.root_device = jdcloud::RootDevice::from_name(&text),
            (Fact::ImagesStatus, Given::Text(text)) => self.status = Some(text),
            _ => {}
        }
    }
}
