//! The documents of JD Cloud that rules cite.

use crate::rule::rule::Citation;

/// The page has no date.
pub(crate) const PAGE: Citation = Citation {
    document: "京东云 云主机 API：copyImages",
    date: "undated",
    section: "接口说明",
    url: Some("https://docs.jdcloud.com/cn/virtual-machines/api/copyimages"),
};

pub(crate) const ERRORS: Citation = PAGE.section("返回码");

pub(crate) const SDK: Citation = Citation {
    document: "jdcloud_sdk 1.6.354 (Python): CopyImagesRequest",
    date: "2024-11",
    section: "CopyImagesParameters",
    url: Some("https://github.com/jdcloud-api/jdcloud-sdk-python"),
};
