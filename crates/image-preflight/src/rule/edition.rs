//! Editions of the documents: what they disagree about, as data of each provider's folder.

use crate::json::MAX_COUNT;
use crate::message::message::Message;
use std::num::NonZeroU64;

/// Something that editions of a provider's documents disagree about, as a row in its folder.
#[derive(Debug)]
pub(crate) struct Limit {
    /// Its place among the limits of all providers.
    pub(crate) rank: u8,
    pub(crate) kind: LimitKind,
    /// Under the default edition, and under those that are another provider's.
    pub(crate) default: LimitValue,
    /// What a caller may set, and by which name.
    pub(crate) custom: Option<CustomLimit>,
    /// What it is about.
    #[cfg(feature = "reference")]
    pub(crate) title: Message,
}

/// A limit that a caller may set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CustomLimit {
    /// Its name in an edition of a caller's own.
    pub(crate) name: &'static str,
    /// For its schema.
    #[cfg(feature = "schemars")]
    pub(crate) description: &'static str,
    /// The limit by region that is dropped where this one is set: it holds for every region then.
    pub(crate) replaces: Option<&'static Limit>,
}

/// What the value of a limit may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LimitKind {
    Flag,
    Bytes,
    BytesByRegion,
    Count,
    Path,
}

/// What an edition says of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LimitValue {
    /// There is no limit.
    Unlimited,
    Flag(bool),
    Bytes(u64),
    BytesByRegion(&'static [(&'static str, u64)]),
    Count(NonZeroU64),
    /// The path of an operation.
    Path(&'static str),
}

/// A dated edition of a provider's documents.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    /// Names by which it was known before, and shorter ones.
    pub(crate) aliases: &'static [&'static str],
    /// The documents that it represents.
    pub(crate) source: Message,
    /// The rank of the first of its provider's limits.
    pub(crate) first: u8,
    /// Every limit of its provider.
    pub(crate) limits: &'static [LimitValue],
}

/// Which edition of the documents holds: a dated one, or a caller's own limits.
///
/// ```
/// use image_preflight::{ByteSize, Edition};
/// let edition = Edition::from_name("international-2024-04").unwrap();
/// assert_eq!(edition.cap("cn-south-1"), ByteSize::gib(128));
/// assert_eq!(Edition::default().cap("cn-south-1"), ByteSize::gib(300));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// The default edition where there is none.
    document: Option<&'static Document>,
    custom: Option<Box<Custom>>,
}

/// A caller's own limits.
#[derive(Clone, Debug, Default)]
struct Custom {
    /// By rank, each once, in any order.
    limits: Vec<(u8, LimitValue)>,
    /// By rank, then by region: a caller may give many.
    by_region: Vec<((u8, String), u64)>,
}

impl PartialEq for Custom {
    fn eq(&self, other: &Self) -> bool {
        self.limits.len() == other.limits.len()
            && self.limits.iter().all(|limit| other.limits.contains(limit))
            && self.by_region == other.by_region
    }
}

impl Eq for Custom {}

impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        self.document().map(|document| document.name) == other.document().map(|document| document.name)
            && self.custom == other.custom
    }
}

impl Eq for Edition {}

impl LimitValue {
    /// A number that a case cannot have is the greatest that it can: no size or count exceeds that one.
    fn that_json_holds(self) -> Self {
        match self {
            LimitValue::Bytes(bytes) => LimitValue::Bytes(bytes.min(MAX_COUNT)),
            LimitValue::Count(count) => {
                LimitValue::Count(NonZeroU64::new(MAX_COUNT).map_or(count, |most| count.min(most)))
            }
            other => other,
        }
    }
}

impl LimitKind {
    /// Stops the compiler where a value is of another kind.
    pub(crate) const fn assert_value(self, value: LimitValue) {
        let is_right = match value {
            LimitValue::Unlimited => matches!(self, LimitKind::Bytes | LimitKind::Count),
            LimitValue::Flag(_) => matches!(self, LimitKind::Flag),
            LimitValue::Bytes(_) => matches!(self, LimitKind::Bytes),
            LimitValue::BytesByRegion(_) => matches!(self, LimitKind::BytesByRegion),
            LimitValue::Count(_) => matches!(self, LimitKind::Count),
            LimitValue::Path(_) => matches!(self, LimitKind::Path),
        };
        assert!(is_right, "a limit has a value of another kind");
    }
}

impl Edition {
    pub(crate) fn of(document: &'static Document) -> Self {
        Edition { document: Some(document), custom: None }
    }

    /// Whether the caller gives limits.
    pub(crate) fn is_custom(&self) -> bool {
        self.custom.is_some()
    }

    /// The caller's own value of a limit.
    pub(crate) fn own(&self, limit: &Limit) -> Option<LimitValue> {
        let limits = &self.custom.as_ref()?.limits;
        limits.iter().find(|(rank, _)| *rank == limit.rank).map(|(_, value)| *value)
    }

    /// The caller's own values of a limit of single regions.
    pub(crate) fn own_by_region(&self, limit: &Limit) -> impl Iterator<Item = (&str, u64)> {
        let all = self.custom.iter().flat_map(|custom| &custom.by_region);
        let rank = limit.rank;
        all.filter(move |((of, _), _)| *of == rank).map(|((_, region), bytes)| (region.as_str(), *bytes))
    }

    /// The dated edition, or that which a caller's own limits extend.
    pub(crate) fn document(&self) -> Option<&'static Document> {
        self.document
    }

    pub(crate) fn value(&self, limit: &Limit) -> LimitValue {
        if let Some(custom) = &self.custom
            && let Some((_, value)) = custom.limits.iter().find(|(rank, _)| *rank == limit.rank)
        {
            return *value;
        }
        self.documented(limit)
    }

    /// What the document says.
    #[inline]
    pub(crate) fn documented(&self, limit: &Limit) -> LimitValue {
        let Some(document) = self.document else { return limit.default };
        let place = limit.rank.checked_sub(document.first);
        place.and_then(|place| document.limits.get(usize::from(place))).copied().unwrap_or(limit.default)
    }

    pub(crate) fn flag(&self, limit: &Limit) -> bool {
        matches!(self.value(limit), LimitValue::Flag(true))
    }

    /// In bytes; none where there is no limit.
    pub(crate) fn bytes(&self, limit: &Limit) -> Option<u64> {
        if let LimitValue::Bytes(bytes) = self.value(limit) { Some(bytes) } else { None }
    }

    pub(crate) fn count(&self, limit: &Limit) -> Option<u64> {
        if let LimitValue::Count(count) = self.value(limit) { Some(count.get()) } else { None }
    }

    pub(crate) fn path(&self, limit: &Limit) -> Option<&'static str> {
        if let LimitValue::Path(path) = self.value(limit) { Some(path) } else { None }
    }

    /// Regions with a limit of their own: the caller's, then those of the document that the caller does not replace.
    pub(crate) fn for_each_region(&self, limit: &Limit, each: &mut dyn FnMut(&str, u64)) {
        if let Some(custom) = &self.custom {
            for ((rank, region), bytes) in &custom.by_region {
                if *rank == limit.rank {
                    each(region, *bytes);
                }
            }
        }
        if let LimitValue::BytesByRegion(regions) = self.value(limit) {
            for (region, bytes) in regions {
                if self.region(limit, region).is_none() {
                    each(region, *bytes);
                }
            }
        }
    }

    /// The caller's limit of a region.
    pub(crate) fn region(&self, limit: &Limit, region: &str) -> Option<u64> {
        let by_region = &self.custom.as_ref()?.by_region;
        let place =
            by_region.binary_search_by(|((rank, known), _)| rank.cmp(&limit.rank).then(known.as_str().cmp(region)));
        by_region.get(place.ok()?).map(|(_, bytes)| *bytes)
    }

    /// The caller's limit of a region that the caller may call otherwise.
    pub(crate) fn region_called(&self, limit: &Limit, is_it: impl Fn(&str) -> bool) -> Option<u64> {
        let by_region = &self.custom.as_ref()?.by_region;
        by_region.iter().find_map(|((rank, known), bytes)| (*rank == limit.rank && is_it(known)).then_some(*bytes))
    }

    /// The limit of a region: its own, or else none.
    pub(crate) fn bytes_of_region(&self, limit: &Limit, region: &str) -> Option<u64> {
        self.region(limit, region).or_else(|| {
            let LimitValue::BytesByRegion(regions) = self.value(limit) else { return None };
            regions.iter().find_map(|(known, bytes)| known.eq_ignore_ascii_case(region).then_some(*bytes))
        })
    }

    /// The same with another limit.
    pub(crate) fn with(mut self, limit: &Limit, value: LimitValue) -> Self {
        let value = value.that_json_holds();
        if let Some(replaced) = limit.custom.and_then(|custom| custom.replaces) {
            self = self.with(replaced, LimitValue::BytesByRegion(&[]));
        }
        let is_documented = self.documented(limit) == value;
        let custom = self.custom.get_or_insert_default();
        for entry in std::mem::take(&mut custom.by_region) {
            if entry.0.0 != limit.rank {
                custom.by_region.push(entry);
            }
        }
        if let Some(place) = custom.limits.iter().position(|(rank, _)| *rank == limit.rank) {
            custom.limits.remove(place);
        }
        if !is_documented {
            custom.limits.push((limit.rank, value));
        }
        // What the document says already makes no edition of the caller's own.
        if **custom == Custom::default() {
            self.custom = None;
        }
        self
    }

    /// The same with another limit of a region.
    pub(crate) fn with_region(mut self, limit: &Limit, region: String, bytes: u64) -> Self {
        let by_region = &mut self.custom.get_or_insert_default().by_region;
        let bytes = bytes.min(MAX_COUNT);
        let key = (limit.rank, region);
        match by_region.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(place) => {
                if let Some((_, known)) = by_region.get_mut(place) {
                    *known = bytes;
                }
            }
            Err(place) => by_region.insert(place, (key, bytes)),
        }
        self
    }
}

/// Declares the limits of a provider, and its dated editions. Each edition states each limit: one that it leaves out does not
/// compile.
macro_rules! editions {
    (
        first rank $first:literal;
        limits { $($(#[$doc:meta])* $limit:ident: $kind:ident = $default:expr, title $title:expr $(, custom $custom:expr)?;)+ }
        $(edition $name:literal also [$($alias:literal),*] from $source:tt $args:tt { $($stated:ident: $value:expr),+ $(,)? })*
    ) => {
        /// The places of the limits.
        #[allow(non_camel_case_types, reason = "named as the limits are")]
        #[repr(u8)]
        enum Place { $($limit),+ }

        $(
            $(#[$doc])*
            pub(crate) static $limit: $crate::rule::edition::Limit = $crate::rule::edition::Limit {
                rank: $first + Place::$limit as u8,
                kind: $crate::rule::edition::LimitKind::$kind,
                default: $default,
                custom: {
                    let custom: &[$crate::rule::edition::CustomLimit] = &[$($custom)?];
                    if let [custom] = custom { Some(*custom) } else { None }
                },
                #[cfg(feature = "reference")]
                title: $title,
            };
        )+

        /// Every limit.
        pub(crate) static LIMITS: &[&$crate::rule::edition::Limit] = &[$(&$limit),+];

        /// What an edition states.
        #[allow(non_snake_case, reason = "named as the limits are")]
        struct Stated { $($limit: $crate::rule::edition::LimitValue),+ }

        impl Stated {
            const fn list(self) -> [$crate::rule::edition::LimitValue; LIMIT_COUNT] {
                $($crate::rule::edition::LimitKind::$kind.assert_value(self.$limit);)+
                [$(self.$limit),+]
            }
        }

        $(const _: () = $crate::rule::edition::LimitKind::$kind.assert_value($default);)+

        const LIMIT_COUNT: usize = [$(stringify!($limit)),+].len();

        /// The dated editions.
        pub(crate) static EDITIONS: &[$crate::rule::edition::Document] = &[
            $($crate::rule::edition::Document {
                name: $name,
                aliases: &[$($alias),*],
                source: $source $args,
                first: $first,
                limits: const { &Stated { $($stated: $value),+ }.list() },
            }),*
        ];
    };
}
pub(crate) use editions;
