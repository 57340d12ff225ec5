//! What the documents of each edition say, typed from the documents (seeds 000 to 004, FACTS.md, CONSTRAINTS.md) and from nothing in
//! the product: every limit, address and alphabet of every edition, in full, with no inheritance. Where a document is silent, the
//! table says so, and says what has been decided and why. The model takes its worlds from here, and `documents/editions.rs` compares
//! the product with it through every way in.

use Says::{Silent, Stated};

/// What an edition's documents say of one thing.
#[derive(Clone, Copy, Debug)]
pub enum Says<T> {
    /// They state it: the value, and where.
    Stated(T, &'static str),
    /// They are silent: what has been decided, and why.
    Silent(T, &'static str),
}

impl<T: Copy> Says<T> {
    /// The value, stated or decided.
    pub fn value(&self) -> T {
        match self {
            Stated(value, _) | Silent(value, _) => *value,
        }
    }

    /// Where it is stated, or why it was decided so.
    pub fn note(&self) -> &'static str {
        match self {
            Stated(_, note) | Silent(_, note) => note,
        }
    }

    /// Whether the documents state it.
    pub fn is_stated(&self) -> bool {
        matches!(self, Stated(..))
    }
}

/// Source regions with a cap of their own, in GiB.
pub type Caps = &'static [(&'static str, u64)];

/// One edition. Every row writes every column.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name in a case.
    pub name: &'static str,
    /// Source regions with a cap of their own for copies to another region.
    pub large_regions: Says<Caps>,
    /// The cap of every other source region, in GiB.
    pub cap: Says<u64>,
    /// How many copies of one tenant may run at once.
    pub copies: Says<u64>,
    /// Whether a name may hold Chinese characters.
    pub han_in_names: Says<bool>,
    /// Whether a Windows image may go to another region.
    pub windows_across: Says<bool>,
    /// Whether a Windows image may be copied within its region.
    pub windows_within: Says<bool>,
    /// The cap of a copy within a region, in GiB.
    pub cap_within: Says<Option<u64>>,
    /// Whether a full-ECS image may go to another region.
    pub full_ecs_across: Says<bool>,
    /// Whether a full-ECS image may be shared.
    pub full_ecs_shared: Says<bool>,
    /// The address of the copy to another region.
    pub across_path: Says<&'static str>,
    /// The address of the copy within a region.
    pub within_path: Says<&'static str>,
    /// The address at which full-ECS images are made.
    pub whole_path: Says<&'static str>,
    /// Whether there is an operation that copies an image to another region.
    pub across_offered: Says<bool>,
    /// Whether an image that is not a private one may be copied within its region.
    pub others_within: Says<bool>,
    /// Whether an encrypted image may be shared.
    pub encrypted_shared: Says<bool>,
    /// Whether a full-ECS image may be created from a Windows ECS.
    pub windows_whole: Says<bool>,
    /// Whether a full-ECS image may be created from a CBR backup.
    pub cbr: Says<bool>,
    /// Whether a full-ECS image may be created from a CSBS backup, so that the type and the vault may be left out.
    pub csbs: Says<bool>,
    /// JD Cloud: whether the destination may be the region of the images.
    pub jd_same_region: Says<bool>,
    /// JD Cloud: whether images shared to the caller may be copied.
    pub jd_shared: Says<bool>,
    /// JD Cloud: the address.
    pub jd_path: Says<&'static str>,
}

const FOUR: Caps = &[("cn-south-1", 300), ("cn-east-3", 300), ("cn-east-2", 300), ("cn-north-4", 300)];
const NONE: Caps = &[];
const ACROSS: &str = "/v1/cloudimages/{image_id}/cross_region_copy";
const WITHIN: &str = "/v1/cloudimages/{image_id}/copy";
const WITHIN_NEW: &str = "/v2.1/cloudimages/{image_id}/copy";
const WHOLE: &str = "/v1/cloudimages/wholeimages/action";
const JD: &str = "/v1/regions/{regionId}/images:copyImages";

const NOT_IMS: &str = "a document of JD Cloud: as by default";
const NOT_JD: &str = "a document of IMS: as by default";
const UNCHANGED: &str = "the newer page states what changed since 2024-04, and not this";
const SIBLINGS: &str = "as the seed documents of the same API";
const ITS_OWN_PAGE: &str = "its own page lacks the sentence of seed 001, so nothing is refused by it";

/// Every edition, the default first.
pub const ROWS: [Row; 10] = [
    Row {
        name: "default",
        large_regions: Stated(FOUR, "002:15"),
        cap: Stated(128, "002:15, 000:207"),
        copies: Stated(5, "002:17, 000:208"),
        han_in_names: Stated(true, "FACTS fields of a request: [Z22] image attributes"),
        windows_across: Silent(true, "neither 000 nor 002 refuses them"),
        windows_within: Stated(false, "001:5"),
        cap_within: Silent(None, "001 names no cap"),
        full_ecs_across: Stated(true, "000:292, with vault_id"),
        full_ecs_shared: Stated(true, "004:249"),
        across_path: Stated(ACROSS, "000:213"),
        within_path: Stated(WITHIN, "001:10"),
        whole_path: Stated(WHOLE, "004:254"),
        across_offered: Stated(true, "000:213"),
        others_within: Silent(true, "001 names no visibility"),
        encrypted_shared: Stated(false, "[Z22] restrictions on sharing: encrypted images are not shared"),
        windows_whole: Silent(true, "004:207 says how to create one"),
        cbr: Stated(true, "004:419"),
        csbs: Silent(false, "004 knows CBR backups only"),
        jd_same_region: Stated(false, "003:6"),
        jd_shared: Stated(false, "003:6"),
        jd_path: Stated(JD, "003:15"),
    },
    Row {
        name: "china-2022-12",
        large_regions: Stated(FOUR, "002:15, a page of [Z22]"),
        cap: Stated(128, "002:15, a page of [Z22]"),
        copies: Stated(5, "002:17"),
        han_in_names: Stated(true, "[Z22] image attributes"),
        windows_across: Silent(true, "002 does not refuse them"),
        windows_within: Silent(true, "the Chinese page lacks the sentence of seed 001"),
        cap_within: Silent(None, "the Chinese page names no cap"),
        full_ecs_across: Stated(true, "[Z22]: full-ECS images are replicated across regions only"),
        full_ecs_shared: Stated(true, "[Z22]: those created from CBR backups"),
        across_path: Stated(ACROSS, "002"),
        within_path: Stated(WITHIN, "[Z22]"),
        whole_path: Stated(WHOLE, "[Z22]"),
        across_offered: Stated(true, "002"),
        others_within: Silent(true, "[Z22] guide: a shared image is replicated once accepted"),
        encrypted_shared: Stated(false, "[Z22] restrictions on sharing: encrypted images are not shared"),
        windows_whole: Stated(true, "[Z22]: with the SAN policy OnlineAll"),
        cbr: Stated(true, "[Z22]"),
        csbs: Stated(true, "[Z22]: whole_image_type absent means CSBS"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "international-2024-04",
        large_regions: Stated(NONE, "000:207: 128 GB for each image"),
        cap: Stated(128, "000:207"),
        copies: Stated(5, "000:208"),
        han_in_names: Stated(false, "FACTS fields of a request: the international page leaves Chinese out"),
        windows_across: Silent(true, "000 does not refuse them"),
        windows_within: Silent(false, "000 is about the other copy; 001 refuses them"),
        cap_within: Silent(None, "000 is about the other copy; 001 names no cap"),
        full_ecs_across: Stated(true, "000:292, with vault_id"),
        full_ecs_shared: Stated(true, "004:249, a page of the same day"),
        across_path: Stated(ACROSS, "000:213"),
        within_path: Silent(WITHIN, "000 is about the other copy; as in 001"),
        whole_path: Stated(WHOLE, "004:254, a page of the same day"),
        across_offered: Stated(true, "000:213"),
        others_within: Silent(true, SIBLINGS),
        encrypted_shared: Silent(false, SIBLINGS),
        windows_whole: Silent(true, SIBLINGS),
        cbr: Silent(true, SIBLINGS),
        csbs: Silent(false, "004, a page of the same day, knows CBR backups only"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "international-2026-01",
        large_regions: Stated(NONE, "FACTS editions: as 2024-04"),
        cap: Stated(128, "FACTS editions: as 2024-04"),
        copies: Silent(5, UNCHANGED),
        han_in_names: Stated(false, "FACTS editions: as 2024-04"),
        windows_across: Stated(false, "FACTS editions: refused across regions too"),
        windows_within: Stated(false, "FACTS editions: refused across regions *too*"),
        cap_within: Stated(Some(128), "FACTS editions: 128 GB at the newer address; the guide says it too"),
        full_ecs_across: Silent(true, UNCHANGED),
        full_ecs_shared: Silent(true, UNCHANGED),
        across_path: Silent(ACROSS, UNCHANGED),
        within_path: Stated(WITHIN_NEW, "FACTS fields of a request: newer address"),
        whole_path: Silent(WHOLE, UNCHANGED),
        across_offered: Silent(true, UNCHANGED),
        others_within: Silent(true, SIBLINGS),
        encrypted_shared: Silent(false, SIBLINGS),
        windows_whole: Stated(false, "ims_03_0607: no Windows full-ECS images"),
        cbr: Stated(true, "ims_03_0607: from an ECS, a CSBS or a CBR backup"),
        csbs: Stated(true, "ims_03_0607: from an ECS, a CSBS or a CBR backup"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "europe-2024-07",
        large_regions: Silent(NONE, SIBLINGS),
        cap: Stated(128, "its product page: an image of at most 128 GB is replicated"),
        copies: Silent(5, SIBLINGS),
        han_in_names: Silent(true, "FACTS fields of a request: refused under the international editions only"),
        windows_across: Silent(true, "FACTS editions: no Windows statement"),
        windows_within: Silent(true, ITS_OWN_PAGE),
        cap_within: Silent(None, SIBLINGS),
        full_ecs_across: Stated(true, "eu/api-ims/ims_03_0607: for certain regions"),
        full_ecs_shared: Silent(true, SIBLINGS),
        across_path: Silent(ACROSS, SIBLINGS),
        within_path: Silent(WITHIN, "the newer address is of the international site"),
        whole_path: Silent(WHOLE, SIBLINGS),
        across_offered: Silent(true, SIBLINGS),
        others_within: Stated(false, "FAQ: only private images are replicated"),
        encrypted_shared: Silent(false, SIBLINGS),
        windows_whole: Silent(true, SIBLINGS),
        cbr: Stated(true, "eu/api-ims/ims_03_0607: from an ECS, a CSBS or a CBR backup"),
        csbs: Stated(true, "eu/api-ims/ims_03_0607: from an ECS, a CSBS or a CBR backup"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "partner-2024-04",
        large_regions: Stated(NONE, "FACTS editions: the same 128 cap"),
        cap: Stated(128, "FACTS editions: the same 128 cap"),
        copies: Silent(5, SIBLINGS),
        han_in_names: Silent(true, "FACTS fields of a request: refused under the international editions only"),
        windows_across: Silent(true, "FACTS editions: no Windows statement"),
        windows_within: Silent(true, ITS_OWN_PAGE),
        cap_within: Silent(None, SIBLINGS),
        full_ecs_across: Silent(true, SIBLINGS),
        full_ecs_shared: Silent(true, SIBLINGS),
        across_path: Silent(ACROSS, SIBLINGS),
        within_path: Silent(WITHIN, "the newer address is of the international site"),
        whole_path: Silent(WHOLE, SIBLINGS),
        across_offered: Silent(true, SIBLINGS),
        others_within: Silent(true, SIBLINGS),
        encrypted_shared: Silent(false, SIBLINGS),
        windows_whole: Silent(true, SIBLINGS),
        cbr: Stated(true, "004 is a page of this site"),
        csbs: Silent(false, "004, a page of this site, knows CBR backups only"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "eu-west-0-2024-03",
        large_regions: Silent(NONE, "it has no cross-region page; as its siblings"),
        cap: Silent(128, "it has no cross-region page; as its siblings"),
        copies: Silent(5, "it has no cross-region page; as its siblings"),
        han_in_names: Silent(true, "FACTS fields of a request: refused under the international editions only"),
        windows_across: Silent(true, "FACTS editions: no Windows statement"),
        windows_within: Silent(true, ITS_OWN_PAGE),
        cap_within: Silent(None, SIBLINGS),
        full_ecs_across: Stated(false, "FACTS editions: neither exported, copied nor shared"),
        full_ecs_shared: Stated(false, "FACTS editions: neither exported, copied nor shared"),
        across_path: Silent(ACROSS, "it has no cross-region page; as its siblings"),
        within_path: Silent(WITHIN, "the newer address is of the international site"),
        whole_path: Silent(WHOLE, SIBLINGS),
        across_offered: Stated(false, "FACTS editions: no cross-region copy among its actions"),
        others_within: Silent(true, SIBLINGS),
        encrypted_shared: Silent(false, SIBLINGS),
        windows_whole: Silent(true, SIBLINGS),
        cbr: Stated(false, "FACTS editions: from an ECS or a CSBS backup only"),
        csbs: Stated(true, "FACTS editions: from an ECS or a CSBS backup only"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "tr-central-201-2024-04",
        large_regions: Stated(NONE, "FACTS editions: the same 128 cap"),
        cap: Stated(128, "FACTS editions: the same 128 cap"),
        copies: Silent(5, SIBLINGS),
        han_in_names: Silent(true, "FACTS fields of a request: refused under the international editions only"),
        windows_across: Silent(true, "FACTS editions: no Windows statement"),
        windows_within: Silent(true, ITS_OWN_PAGE),
        cap_within: Silent(None, SIBLINGS),
        full_ecs_across: Stated(false, "FACTS editions: it cannot be copied at all"),
        full_ecs_shared: Silent(true, SIBLINGS),
        across_path: Silent(ACROSS, SIBLINGS),
        within_path: Silent(WITHIN, "the newer address is of the international site"),
        whole_path: Silent(WHOLE, SIBLINGS),
        across_offered: Silent(true, SIBLINGS),
        others_within: Silent(true, SIBLINGS),
        encrypted_shared: Silent(false, SIBLINGS),
        windows_whole: Silent(true, SIBLINGS),
        cbr: Silent(true, SIBLINGS),
        csbs: Silent(false, SIBLINGS),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "open-telekom-cloud-2026-04",
        large_regions: Silent(NONE, "it has no cross-region copy"),
        cap: Silent(128, "it has no cross-region copy"),
        copies: Silent(5, "it has no cross-region copy"),
        han_in_names: Stated(false, "[OTC26] image attributes: letters, digits, hyphens, periods, underscores, spaces"),
        windows_across: Silent(true, "it has no cross-region copy"),
        windows_within: Silent(true, ITS_OWN_PAGE),
        cap_within: Silent(None, "its API page names no cap"),
        full_ecs_across: Stated(false, "[OTC26]: a full-ECS image cannot be exported or replicated"),
        full_ecs_shared: Stated(true, "[OTC26]: those created from CBR backups"),
        across_path: Silent(ACROSS, "it has no cross-region copy"),
        within_path: Stated(WITHIN, "[OTC26]"),
        whole_path: Stated(WHOLE, "[OTC26]"),
        across_offered: Stated(false, "FACTS editions: no cross-region copy API at all"),
        others_within: Silent(true, SIBLINGS),
        encrypted_shared: Stated(true, "[OTC26]: not with the default key; with a custom one they are"),
        windows_whole: Stated(true, "[OTC26]: with the SAN policy OnlineAll"),
        cbr: Stated(true, "[OTC26]"),
        csbs: Stated(true, "[OTC26]: whole_image_type absent means CSBS"),
        jd_same_region: Silent(false, NOT_JD),
        jd_shared: Silent(false, NOT_JD),
        jd_path: Silent(JD, NOT_JD),
    },
    Row {
        name: "jd-2024-11",
        large_regions: Silent(FOUR, NOT_IMS),
        cap: Silent(128, NOT_IMS),
        copies: Silent(5, NOT_IMS),
        han_in_names: Silent(true, NOT_IMS),
        windows_across: Silent(true, NOT_IMS),
        windows_within: Silent(false, NOT_IMS),
        cap_within: Silent(None, NOT_IMS),
        full_ecs_across: Silent(true, NOT_IMS),
        full_ecs_shared: Silent(true, NOT_IMS),
        across_path: Silent(ACROSS, NOT_IMS),
        within_path: Silent(WITHIN, NOT_IMS),
        whole_path: Silent(WHOLE, NOT_IMS),
        across_offered: Silent(true, NOT_IMS),
        others_within: Silent(true, NOT_IMS),
        encrypted_shared: Silent(false, NOT_IMS),
        windows_whole: Silent(true, NOT_IMS),
        cbr: Silent(true, NOT_IMS),
        csbs: Silent(false, NOT_IMS),
        jd_same_region: Stated(true, "FACTS JD Cloud: [SDK] texts since 2024-11"),
        jd_shared: Stated(true, "FACTS JD Cloud: [SDK] texts since 2024-11"),
        jd_path: Silent(JD, "the SDK's texts do not change it"),
    },
];

/// Other names of editions: former ones, and shorter ones.
pub const ALIASES: [(&str, &str); 4] = [
    ("partner-2024-03", "partner-2024-04"),
    ("eu-west-0-2024-04", "eu-west-0-2024-03"),
    ("eu-west-0", "eu-west-0-2024-03"),
    ("tr-central-201", "tr-central-201-2024-04"),
];

/// The row of this name.
///
/// # Panics
/// When there is none: no test falls back to another edition.
#[must_use]
pub fn row(name: &str) -> &'static Row {
    const ALL: &[Row] = &ROWS;
    ALL.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("the table has no edition {name}"))
}

/// The product's edition of this name.
///
/// # Panics
/// When the product has lost it: no test falls back to the default.
#[must_use]
pub fn named(name: &str) -> image_preflight::Edition {
    image_preflight::Edition::from_name(name).unwrap_or_else(|| panic!("the product has no edition {name}"))
}

impl Row {
    /// The greatest image, in GiB, that may leave a region.
    #[must_use]
    pub fn cap_from(&self, region: &str) -> u64 {
        let large = self.large_regions.value();
        large.iter().find(|(known, _)| *known == region).map_or(self.cap.value(), |(_, cap)| *cap)
    }

    /// The columns as a table shows them: title, value, whether it is stated, note.
    fn columns(&self) -> Vec<(&'static str, String, bool, &'static str)> {
        fn column<T: Copy>(
            title: &'static str,
            says: Says<T>,
            show: impl Fn(T) -> String,
        ) -> (&'static str, String, bool, &'static str) {
            (title, show(says.value()), says.is_stated(), says.note())
        }
        let yes = |flag: bool| if flag { "yes".to_owned() } else { "no".to_owned() };
        let gib = |cap: u64| format!("{cap} GiB");
        let path = |path: &'static str| format!("`{path}`");
        vec![
            column("copy to another region, caps of single regions", self.large_regions, |caps: Caps| match caps {
                [] => "none".to_owned(),
                caps => caps.iter().map(|(region, cap)| format!("{region} {cap} GiB")).collect::<Vec<_>>().join(", "),
            }),
            column("… cap of every other region", self.cap, gib),
            column("… at all", self.across_offered, yes),
            column("… copies at once", self.copies, |copies: u64| copies.to_string()),
            column("… of Windows images", self.windows_across, yes),
            column("… of full-ECS images", self.full_ecs_across, yes),
            column("… address", self.across_path, path),
            column("copy within a region, cap", self.cap_within, |cap: Option<u64>| cap.map_or("none".to_owned(), gib)),
            column("… of Windows images", self.windows_within, yes),
            column("… of others than private images", self.others_within, yes),
            column("… address", self.within_path, path),
            column("full-ECS images, address", self.whole_path, path),
            column("… may be shared", self.full_ecs_shared, yes),
            column("encrypted images may be shared", self.encrypted_shared, yes),
            column("… from a Windows ECS", self.windows_whole, yes),
            column("… from a CBR backup", self.cbr, yes),
            column("… from a CSBS backup", self.csbs, yes),
            column("names may hold Chinese", self.han_in_names, yes),
            column("JD Cloud, to the same region", self.jd_same_region, yes),
            column("… of images shared to the caller", self.jd_shared, yes),
            column("… address", self.jd_path, path),
        ]
    }
}

/// The table as Markdown: one section an edition, silent where the documents are.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Editions: what the documents say\n\nWritten by `BLESS=1 cargo test -p image-preflight-tests --test documents` from \
         `native/editions.rs`, which is typed from the documents.\nA value in italics is decided, because the edition's documents are \
         silent.\n",
    );
    for row in ROWS {
        page.push_str(&format!(
            "\n## `{}`\n\n| what | value | stated | where, or why so |\n| --- | --- | --- | --- |\n",
            row.name
        ));
        for (title, value, is_stated, note) in row.columns() {
            let (value, stated) = if is_stated { (value, "yes") } else { (format!("*{value}*"), "silent") };
            page.push_str(&format!("| {title} | {value} | {stated} | {note} |\n"));
        }
    }
    page
}
