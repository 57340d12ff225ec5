//! The requests as one would write them for serde, with the checks of fields for `garde` and `validator`, and the rules between a
//! request and the facts by hand.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Any case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case<'a, B> {
    /// The operation.
    #[serde(borrow)]
    pub operation: Cow<'a, str>,
    /// The path parameters.
    #[serde(default, borrow)]
    pub path: Path<'a>,
    /// The body.
    pub body: B,
    /// The facts.
    #[serde(default, borrow)]
    pub facts: Facts<'a>,
}

/// The path parameters.
#[derive(Debug, Default, Deserialize)]
#[allow(missing_docs, reason = "named as in the documents")]
#[serde(deny_unknown_fields)]
pub struct Path<'a> {
    #[serde(borrow)]
    pub image_id: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "regionId")]
    pub region_id: Option<Cow<'a, str>>,
}

/// The facts.
#[derive(Debug, Default, Deserialize)]
#[allow(missing_docs, reason = "named as in a case")]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Facts<'a> {
    #[serde(borrow)]
    pub source_region: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    pub image: Image<'a>,
    pub copies_in_flight: Option<u64>,
    #[serde(default)]
    pub ecs: Ecs,
    #[serde(default)]
    pub backup: Backup,
    #[serde(default, borrow)]
    pub images: BTreeMap<Cow<'a, str>, JdImage<'a>>,
    #[serde(default)]
    pub destination_quota: Quota,
}

macro_rules! known {
    ($($name:ident $(<$life:lifetime>)? { $($field:ident: $type:ty),+ $(,)? })+) => {
        $(
            #[doc = "What is known."]
            #[derive(Debug, Default, Deserialize)]
            #[allow(missing_docs, reason = "named as in a case")]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            pub struct $name $(<$life>)? { $(pub $field: Option<$type>),+ }
        )+
    };
}

known! {
    Image<'a> {
        full_ecs: bool, iso: bool, encrypted: bool, from_shared_backup: bool, size_bytes: u64, visibility: Visibility,
        status: Cow<'a, str>, os: Os,
    }
    Ecs {
        os: Os, state: State, configured: bool, spanned_volume: bool, multi_disk_volume: bool, san_policy: SanPolicy,
    }
    Backup { used: bool, shared: bool, configured: bool }
    JdImage<'a> {
        visibility: Visibility, root_device: RootDevice, status: Cow<'a, str>, snapshot_encrypted: bool, busy: bool, snapshots: u64,
    }
    Quota { images: u64, snapshots: u64 }
}

macro_rules! words {
    ($($(#[$rename:meta])* $name:ident { $($word:ident),+ })+) => {
        $(
            #[doc = "One of the words that a fact may be."]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
            #[allow(missing_docs, reason = "named as in a case")]
            $(#[$rename])*
            pub enum $name { $($word),+ }
        )+
    };
}

words! {
    #[serde(rename_all = "lowercase")]
    Visibility { Private, Public, Shared, Market, Thirdparty, Community }
    #[serde(rename_all = "lowercase")]
    Os { Linux, Windows, Other }
    #[serde(rename_all = "lowercase")]
    State { Running, Stopped }
    SanPolicy { OnlineAll, OfflineShared, OfflineInternal }
    #[serde(rename_all = "camelCase")]
    RootDevice { CloudDisk, LocalDisk }
}

/// A tag as an object.
#[derive(Debug, Deserialize, Serialize)]
#[allow(missing_docs, reason = "named as in the documents")]
pub struct Tag<'a> {
    #[serde(borrow)]
    pub key: Cow<'a, str>,
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

/// A body.
#[derive(Debug, Deserialize, garde::Validate, validator::Validate)]
#[allow(missing_docs, reason = "named as in the documents")]
#[serde(deny_unknown_fields)]
pub struct CrossRegionCopy<'a> {
    #[serde(borrow)]
    #[garde(length(chars, min = 1, max = 128), custom(with_garde::ims_name))]
    #[validate(length(min = 1, max = 128), custom(function = "with_validator::ims_name"))]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(length(chars, max = 1024), inner(custom(with_garde::plain)))]
    #[validate(length(max = 1024), custom(function = "with_validator::plain"))]
    pub description: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(custom(with_garde::filled))]
    #[validate(custom(function = "with_validator::filled"))]
    pub region: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(custom(with_garde::filled))]
    #[validate(custom(function = "with_validator::filled"))]
    pub project_name: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(custom(with_garde::filled))]
    #[validate(custom(function = "with_validator::filled"))]
    pub agency_name: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(skip)]
    pub vault_id: Option<Cow<'a, str>>,
}

/// A body.
#[derive(Debug, Deserialize, garde::Validate, validator::Validate)]
#[allow(missing_docs, reason = "named as in the documents")]
#[serde(deny_unknown_fields)]
pub struct InRegionCopy<'a> {
    #[serde(borrow)]
    #[garde(length(chars, min = 1, max = 128), custom(with_garde::ims_name))]
    #[validate(length(min = 1, max = 128), custom(function = "with_validator::ims_name"))]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(length(chars, max = 1024), inner(custom(with_garde::plain)))]
    #[validate(length(max = 1024), custom(function = "with_validator::plain"))]
    pub description: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(skip)]
    pub cmk_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(inner(custom(with_garde::project)))]
    #[validate(custom(function = "with_validator::project"))]
    pub enterprise_project_id: Option<Cow<'a, str>>,
}

/// A body.
#[derive(Debug, Deserialize, garde::Validate, validator::Validate)]
#[allow(missing_docs, reason = "named as in the documents")]
#[validate(schema(function = "with_validator::lists"))]
#[serde(deny_unknown_fields)]
pub struct WholeImage<'a> {
    #[serde(borrow)]
    #[garde(length(chars, min = 1, max = 128), custom(with_garde::ims_name))]
    #[validate(length(min = 1, max = 128), custom(function = "with_validator::ims_name"))]
    pub name: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(length(chars, max = 1024), inner(custom(with_garde::plain)))]
    #[validate(length(max = 1024), custom(function = "with_validator::plain"))]
    pub description: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(custom(with_garde::some_tags))]
    pub tags: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow)]
    #[garde(custom(with_garde::some_image_tags))]
    pub image_tags: Option<Vec<Tag<'a>>>,
    #[serde(borrow)]
    #[garde(skip)]
    pub instance_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(skip)]
    pub vault_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(skip)]
    pub backup_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(inner(custom(with_garde::cbr)))]
    #[validate(custom(function = "with_validator::cbr"))]
    pub whole_image_type: Option<Cow<'a, str>>,
    #[garde(skip)]
    pub min_ram: Option<u64>,
    #[garde(skip)]
    pub max_ram: Option<u64>,
    #[serde(borrow)]
    #[garde(inner(custom(with_garde::project)))]
    #[validate(custom(function = "with_validator::project"))]
    pub enterprise_project_id: Option<Cow<'a, str>>,
}

/// A body.
#[derive(Debug, Deserialize, garde::Validate, validator::Validate)]
#[allow(missing_docs, reason = "named as in the documents")]
#[validate(schema(function = "with_validator::images"))]
#[serde(deny_unknown_fields)]
pub struct CopyImages<'a> {
    #[serde(borrow, rename = "sourceImageIds")]
    #[garde(custom(with_garde::ids))]
    pub source_image_ids: Vec<Cow<'a, str>>,
    #[serde(borrow, rename = "destinationRegion")]
    #[garde(custom(with_garde::filled))]
    #[validate(custom(function = "with_validator::filled"))]
    pub destination_region: Cow<'a, str>,
    #[serde(borrow)]
    #[garde(length(chars, max = 32), inner(custom(with_garde::jd_name)))]
    #[validate(length(max = 32), custom(function = "with_validator::jd_name"))]
    pub name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    #[garde(length(chars, max = 256))]
    #[validate(length(max = 256))]
    pub description: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "regionId")]
    #[garde(skip)]
    pub region_id: Option<Cow<'a, str>>,
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_' || is_han(c)
}

fn ims_name(text: &str) -> bool {
    text.chars().all(|c| is_word(c) || c == '.' || c == ' ') && !text.starts_with(' ') && !text.ends_with(' ')
}

fn jd_name(text: &str) -> bool {
    text.chars().all(|c| is_word(c) || c == '.')
}

fn plain(text: &str) -> bool {
    !text.contains(['\r', '\n', '<', '>'])
}

fn filled(text: &str) -> bool {
    text.bytes().any(|byte| byte != b' ')
}

fn project(text: &str) -> bool {
    let is_uuid = text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    is_uuid || text == "0" || !filled(text)
}

fn cbr(text: &str) -> bool {
    text == "CBR"
}

fn key(text: &str) -> bool {
    (1..=36).contains(&text.chars().count()) && text.chars().all(is_word)
}

fn value(text: &str) -> bool {
    text.chars().count() <= 43 && jd_name(text)
}

fn tags(list: &[Cow<'_, str>]) -> bool {
    let parts = |tag: &'_ str| {
        tag.split_once('.')
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .unwrap_or((tag.to_owned(), String::new()))
    };
    let mut keys: Vec<_> = list.iter().map(|tag| tag.split('.').next().unwrap_or_default()).collect();
    keys.sort_unstable();
    list.len() <= 10
        && list.iter().map(|tag| parts(tag)).all(|(k, v)| key(&k) && value(&v))
        && keys.windows(2).all(|pair| pair[0] != pair[1])
}

fn image_tags(list: &[Tag<'_>]) -> bool {
    let mut keys: Vec<_> = list.iter().map(|tag| &tag.key).collect();
    keys.sort_unstable();
    list.len() <= 10
        && list.iter().all(|tag| key(&tag.key) && value(&tag.value))
        && keys.windows(2).all(|pair| pair[0] != pair[1])
}

fn ids(list: &[Cow<'_, str>]) -> bool {
    (1..=10).contains(&list.len()) && list.iter().all(|id| filled(id))
}

fn some_tags(list: &Option<Vec<Cow<'_, str>>>) -> bool {
    list.as_deref().is_none_or(tags)
}

fn some_image_tags(list: &Option<Vec<Tag<'_>>>) -> bool {
    list.as_deref().is_none_or(image_tags)
}

/// The checks in the form of `garde`.
#[allow(clippy::ptr_arg, clippy::ref_option, reason = "what garde hands over")]
mod with_garde {
    use super::Tag;
    use std::borrow::Cow;

    macro_rules! of {
        ($($check:ident: $type:ty),+ $(,)?) => {
            $(
                pub(super) fn $check(value: &$type, (): &()) -> garde::Result {
                    if super::$check(value) { Ok(()) } else { Err(garde::Error::new("not allowed")) }
                }
            )+
        };
    }

    of! {
        ims_name: Cow<'_, str>, jd_name: Cow<'_, str>, plain: Cow<'_, str>, filled: Cow<'_, str>, project: Cow<'_, str>,
        cbr: Cow<'_, str>, ids: Vec<Cow<'_, str>>, some_tags: Option<Vec<Cow<'_, str>>>,
        some_image_tags: Option<Vec<Tag<'_>>>,
    }
}

/// The checks in the form of `validator`.
mod with_validator {
    use super::{CopyImages, WholeImage};
    use validator::ValidationError;

    fn result(holds: bool) -> Result<(), ValidationError> {
        if holds { Ok(()) } else { Err(ValidationError::new("not allowed")) }
    }

    macro_rules! of {
        ($($check:ident: $type:ty),+ $(,)?) => {
            $(pub(super) fn $check(value: &$type) -> Result<(), ValidationError> { result(super::$check(value)) })+
        };
    }

    of! { ims_name: str, jd_name: str, plain: str, filled: str, project: str, cbr: str }

    pub(super) fn lists(body: &WholeImage<'_>) -> Result<(), ValidationError> {
        result(super::some_tags(&body.tags) && super::some_image_tags(&body.image_tags))
    }

    pub(super) fn images(body: &CopyImages<'_>) -> Result<(), ValidationError> {
        result(super::ids(&body.source_image_ids))
    }
}
