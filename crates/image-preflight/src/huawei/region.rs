//! The regions of Huawei Cloud, with their names in both languages where the documents give them.

use crate::field::region::{Region, Regions};
use crate::rule::rule::same;

const fn unnamed(id: &'static str) -> Region {
    Region::named(id, id, id)
}

/// As the official SDK lists them (huaweicloudsdkims 3.1.219), and those of partner clouds and Open Telekom Cloud.
pub(crate) static REGIONS: [Region; 37] = [
    unnamed("ae-ad-1"),
    unnamed("af-north-1"),
    Region::named("af-south-1", "AF-Johannesburg", "非洲-约翰内斯堡"),
    Region::named("ap-southeast-1", "CN-Hong Kong", "中国-香港"),
    Region::named("ap-southeast-2", "AP-Bangkok", "亚太-曼谷"),
    Region::named("ap-southeast-3", "AP-Singapore", "亚太-新加坡"),
    Region::named("ap-southeast-4", "AP-Jakarta", "亚太-雅加达"),
    Region::named("ap-southeast-5", "AP-Manila", "亚太-马尼拉"),
    Region::named("cn-east-2", "CN East-Shanghai2", "华东-上海二"),
    Region::named("cn-east-3", "CN East-Shanghai1", "华东-上海一"),
    Region::named("cn-east-4", "CN East2", "华东二"),
    Region::named("cn-east-5", "CN East-Qingdao", "华东-青岛"),
    Region::named("cn-north-1", "CN North-Beijing1", "华北-北京一"),
    Region::named("cn-north-2", "CN North-Beijing2", "华北-北京二"),
    Region::named("cn-north-4", "CN North-Beijing4", "华北-北京四"),
    Region::named("cn-north-9", "CN North-Ulanqab1", "华北-乌兰察布一"),
    unnamed("cn-north-11"),
    unnamed("cn-north-12"),
    Region::named("cn-south-1", "CN South-Guangzhou", "华南-广州"),
    Region::named("cn-south-2", "CN South-Shenzhen", "华南-深圳"),
    unnamed("cn-south-4"),
    Region::named("cn-southwest-2", "CN Southwest-Guiyang1", "西南-贵阳一"),
    unnamed("cn-southwest-3"),
    unnamed("eu-ch2"),
    unnamed("eu-de"),
    unnamed("eu-nl"),
    unnamed("eu-west-0"),
    Region::named("eu-west-101", "EU-Dublin", "欧洲-都柏林"),
    Region::named("la-north-2", "LA-Mexico City2", "拉美-墨西哥城二"),
    Region::named("la-south-2", "LA-Santiago", "拉美-圣地亚哥"),
    Region::named("me-east-1", "ME-Riyadh", "中东-利雅得"),
    unnamed("my-kualalumpur-1"),
    Region::named("na-mexico-1", "LA-Mexico City1", "拉美-墨西哥城一"),
    unnamed("ru-moscow-1"),
    Region::named("sa-brazil-1", "LA-Sao Paulo1", "拉美-圣保罗一"),
    unnamed("tr-central-201"),
    Region::named("tr-west-1", "TR-Istanbul", "土耳其-伊斯坦布尔"),
];

/// Names that the documents gave regions before, and their ids.
const FORMER_NAMES: &[(&str, &str)] = &[
    ("South China-Guangzhou", "cn-south-1"),
    ("East China-Shanghai 1", "cn-east-3"),
    ("East China-Shanghai 2", "cn-east-2"),
    ("North China-Beijing 4", "cn-north-4"),
];

/// The same, with the way to find one.
pub(crate) const KNOWN: Regions = Regions { list: &REGIONS, former_names: FORMER_NAMES, find: region };

/// Every region that is known, by id. New ones appear, and partner clouds have their own: an id that is not here may
/// exist nevertheless.
///
/// ```
/// assert!(image_preflight::huawei::regions().iter().any(|region| region.id == "cn-north-4"));
/// ```
#[must_use]
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// The regions whose endpoints are `ims.{region}.myhuaweicloud.com`: those that are of no site of its own.
///
/// ```
/// use image_preflight::huawei;
/// let ids: Vec<_> = huawei::main_regions().map(|region| region.id).collect();
/// assert!(ids.contains(&"cn-north-4") && ids.contains(&"ap-southeast-3") && !ids.contains(&"eu-de"));
/// ```
pub fn main_regions() -> impl Iterator<Item = &'static Region> {
    REGIONS.iter().filter(|region| !SITES.iter().any(|site| site.contains(&region.id)))
}

/// The region of this id, if it is known.
///
/// ```
/// use image_preflight::huawei;
/// assert!(huawei::regions().iter().all(|known| huawei::region(known.id) == Some(known)));
/// assert!(huawei::region("region-1").is_none());
/// ```
#[must_use]
pub fn region(id: &str) -> Option<&'static Region> {
    place_of_id(id).or_else(|| in_any_case(id)).and_then(|place| REGIONS.get(place))
}

/// The id of the region that a text means; the text itself if it means none that is known.
pub(crate) fn id_of(text: &str) -> &str {
    place(text).and_then(|place| REGIONS.get(place)).map_or(text, |region| region.id)
}

/// Whether two texts mean the same region.
pub(crate) fn is_same_region(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || id_of(one).eq_ignore_ascii_case(id_of(other))
}

/// The place among [`REGIONS`] of the one that a text means.
fn place(text: &str) -> Option<usize> {
    place_of_id(text).or_else(|| place_meant(text))
}

/// The same of an id, as the documents write it.
fn place_of_id(id: &str) -> Option<usize> {
    let (factor, slots) = &SLOTS;
    let place = usize::from(*slots.get(slot(id, *factor))?);
    REGIONS.get(place).filter(|region| is_same(region.id, id)).map(|_| place)
}

/// Whether two ids are the same, byte by byte. The first eight bytes and the last eight are all that most ids have.
fn is_same(one: &str, other: &str) -> bool {
    let ends = |id: &str| {
        let bytes = id.as_bytes();
        let both = (u64::from_le_bytes(*bytes.first_chunk()?), u64::from_le_bytes(*bytes.last_chunk()?));
        (bytes.len() <= 16).then_some(both)
    };
    one.len() == other.len()
        && match ends(one).zip(ends(other)) {
            Some((one, other)) => one == other,
            None => one == other,
        }
}

/// Ids mean the same in any case of letters.
#[cold]
#[inline(never)]
fn in_any_case(id: &str) -> Option<usize> {
    REGIONS.iter().position(|region| region.id.eq_ignore_ascii_case(id))
}

#[cold]
#[inline(never)]
fn place_meant(text: &str) -> Option<usize> {
    let named = KNOWN.named(text)?;
    REGIONS.iter().position(|region| region.id == named.id)
}

/// The place among [`REGIONS`] of the one whose id falls into each slot, so that one comparison finds it; and the first factor by
/// which no two fall into the same.
#[allow(long_running_const_eval, reason = "a search that ends: it compiles once for each list of regions")]
static SLOTS: (u64, [u8; SLOT_COUNT]) = {
    let mut factor = 1;
    loop {
        if let Some(slots) = slots(factor) {
            break (factor, slots);
        }
        factor += 2;
    }
};

const SLOT_COUNT: usize = 256;

const NO_REGION: u8 = u8::MAX;

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
const fn slots(factor: u64) -> Option<[u8; SLOT_COUNT]> {
    let mut slots = [NO_REGION; SLOT_COUNT];
    let mut place = 0;
    while place < REGIONS.len() {
        let slot = slot(REGIONS[place].id, factor);
        if slots[slot] != NO_REGION {
            return None;
        }
        slots[slot] = place as u8;
        place += 1;
    }
    Some(slots)
}

/// Which slot an id falls into, by the first eight bytes and the last eight; a shorter one by all of its bytes.
const fn slot(id: &str, factor: u64) -> usize {
    match (id.as_bytes().first_chunk(), id.as_bytes().last_chunk()) {
        (Some(first), Some(last)) => {
            let both = u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(8);
            (both.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(factor)) >> 56) as usize
        }
        _ => {
            let (mut rest, mut all) = (id.as_bytes(), 0_u64);
            while let [byte, others @ ..] = rest {
                all = all << 8 | *byte as u64;
                rest = others;
            }
            (all.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(factor)) >> 56) as usize
        }
    }
}

/// Some of [`REGIONS`], each by the bit of its place.
#[derive(Clone, Copy)]
pub(crate) struct RegionSet(u64);

const _: () = assert!(REGIONS.len() <= 64, "a set of regions has no bit for each");

impl RegionSet {
    /// Those of these ids.
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
    pub(crate) const fn of(ids: &[&str]) -> Self {
        let (mut bits, mut index) = (0, 0);
        while index < ids.len() {
            let mut place = 0;
            while !same(ids[index], REGIONS[place].id) {
                place += 1;
            }
            bits |= 1 << place;
            index += 1;
        }
        RegionSet(bits)
    }

    /// Whether a region is one of them.
    pub(crate) fn has(self, id: &str) -> bool {
        place(id).is_some_and(|place| self.0 >> place & 1 != 0)
    }
}

/// The regions of sites of their own, which never copy to another site, and those of each. All other regions that are known are of
/// one site.
static SITES: [&[&str]; 6] = [
    &["ae-ad-1"],
    &["eu-de", "eu-nl", "eu-ch2"],
    &["eu-west-0"],
    &["eu-west-101"],
    &["my-kualalumpur-1"],
    &["tr-central-201"],
];

/// The site of each of [`REGIONS`], as a number.
#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
static SITE_OF: [usize; REGIONS.len()] = {
    let mut sites = [SITES.len(); REGIONS.len()];
    let mut place = 0;
    while place < REGIONS.len() {
        let mut site = 0;
        while site < SITES.len() {
            let mut index = 0;
            while index < SITES[site].len() {
                if same(SITES[site][index], REGIONS[place].id) {
                    sites[place] = site;
                }
                index += 1;
            }
            site += 1;
        }
        place += 1;
    }
    sites
};

/// The cloud site of a region, where it is known: a number that regions of the same site share.
pub(crate) fn site(id: &str) -> Option<usize> {
    SITE_OF.get(place(id)?).copied()
}

#[cfg(test)]
mod tests {
    use super::{RegionSet, is_same, region};

    #[test]
    fn ids_are_the_same_byte_by_byte() {
        let long = "cn-southwest-2-of-a-partner";
        for length in 0..=long.len() {
            let id = &long[..length];
            assert!(is_same(id, id), "{id}");
            for place in 0..length {
                let mut other = id.as_bytes().to_vec();
                other[place] = b'_';
                let other = String::from_utf8(other).expect("it is ASCII");
                assert!(!is_same(id, &other) && !is_same(&other, id), "{other}");
            }
            assert!(!is_same(id, &format!("{id}2")) && !is_same(&format!("{id}2"), id), "{id}");
        }
    }

    #[test]
    fn a_set_has_its_regions_in_any_case_of_letters_and_no_others() {
        let set = RegionSet::of(&["la-north-2", "sa-brazil-1"]);
        assert!(["la-north-2", "sa-brazil-1", "SA-Brazil-1", " la-north-2 "].into_iter().all(|id| set.has(id)));
        assert!(!["la-south-2", "la-north-", "", "region-1"].into_iter().any(|id| set.has(id)));
        let last = super::REGIONS[super::REGIONS.len() - 1].id;
        assert!(RegionSet::of(&[last]).has(last) && region(last).is_some() && !set.has(last));
    }
}
