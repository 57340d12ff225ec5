//! What an edition says of each thing that editions disagree about, in words.

use crate::message::locale::Locale;
use crate::message::message::{Message, message};
use crate::rule::edition::{Edition, Limit, LimitValue};

const YES: Message = message("yes", "是");
const NO: Message = message("no", "否");
const UNLIMITED: Message = message("unlimited", "不限");
const NONE: Message = message("none", "无");

/// The words of values.
pub(crate) const MESSAGES: [Message; 4] = [YES, NO, UNLIMITED, NONE];

/// One thing that editions disagree about, and what one of them says of it.
///
/// ```
/// use image_preflight::{Edition, Locale};
/// let edition = Edition::from_name("international-2026-01").unwrap();
/// let uri = edition.statements().find(|statement| statement.title().en == "URI of in-region replication").unwrap();
/// assert_eq!(uri.value(Locale::ENGLISH), "/v2.1/cloudimages/{image_id}/copy");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    rank: u8,
    title: Message,
    value: LimitValue,
    /// By region, in order, where the value is one for each.
    by_region: Vec<(String, u64)>,
}

impl Statement {
    pub(crate) fn of(edition: &Edition, limit: &Limit) -> Self {
        let mut by_region = Vec::new();
        edition.for_each_region(limit, &mut |region, bytes| by_region.push((region.to_owned(), bytes)));
        by_region.sort();
        Statement { rank: limit.rank, title: limit.title, value: edition.value(limit), by_region }
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> Message {
        self.title
    }

    /// What the edition says of it, in a language.
    #[must_use]
    pub fn value(&self, locale: Locale) -> String {
        match self.value {
            LimitValue::Unlimited => UNLIMITED.text(locale).to_owned(),
            LimitValue::Flag(flag) => if flag { YES } else { NO }.text(locale).to_owned(),
            LimitValue::Bytes(bytes) => size(bytes),
            LimitValue::BytesByRegion(_) if self.by_region.is_empty() => NONE.text(locale).to_owned(),
            LimitValue::BytesByRegion(_) => {
                let regions = self.by_region.iter().map(|(region, bytes)| format!("{region} {}", size(*bytes)));
                regions.collect::<Vec<_>>().join(locale.comma())
            }
            LimitValue::Count(count) => count.to_string(),
            LimitValue::Path(path) => path.to_owned(),
        }
    }
}

/// A size as whole GiB, or else in bytes.
fn size(bytes: u64) -> String {
    const GIB: u64 = 1 << 30;
    if bytes.is_multiple_of(GIB) { format!("{} GiB", bytes >> 30) } else { format!("{bytes} B") }
}

/// What two editions say differently of one thing.
///
/// ```
/// use image_preflight::{Edition, Locale};
/// let partner = Edition::from_name("partner-2024-04").unwrap();
/// let turkey = Edition::from_name("tr-central-201").unwrap();
/// let differences: Vec<_> = partner.differences(&turkey).iter().map(|found| found.text(Locale::ENGLISH)).collect();
/// assert_eq!(differences, ["Cross-region replication of full-ECS images: yes → no"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub(crate) from: Statement,
    pub(crate) to: Statement,
}

impl Difference {
    /// The statements of two editions that differ. What only one of them is about is none.
    pub(crate) fn all(from: Vec<Statement>, to: &[Statement]) -> Vec<Self> {
        let other = |statement: &Statement| to.iter().find(|other| other.rank == statement.rank).cloned();
        let pairs = from.into_iter().filter_map(|from| Some(Difference { to: other(&from)?, from }));
        pairs.filter(|Difference { from, to }| from != to).collect()
    }

    /// What it is about.
    #[must_use]
    pub fn title(&self) -> Message {
        self.from.title
    }

    /// What the first edition says of it.
    #[must_use]
    pub fn from(&self) -> &Statement {
        &self.from
    }

    /// What the second one says of it.
    #[must_use]
    pub fn to(&self) -> &Statement {
        &self.to
    }

    /// The difference as a line, in a language.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        let colon = COLON.text(locale);
        format!("{}{colon}{} → {}", self.from.title.text(locale), self.from.value(locale), self.to.value(locale))
    }
}

const COLON: Message = message(": ", "：");
