//! The operations that error codes belong to: ours by id, the others by the API's own names.
//!
//! `KooGallery` is publishing an image there, which has no public API.

/// Any operation of the API.
pub(super) const ANY: &[&str] = &[];

pub(super) const ACROSS: &[&str] = &["ims.cross-region-copy"];
pub(super) const WITHIN: &[&str] = &["ims.in-region-copy"];
pub(super) const WHOLE: &[&str] = &["ims.whole-image"];
pub(super) const VAULT: &[&str] = &["ims.whole-image", "ims.cross-region-copy"];

/// What works on an image that exists.
pub(super) const OF_IMAGE: &[&str] = &[
    "ims.cross-region-copy",
    "ims.in-region-copy",
    "ExportImage",
    "UpdateImage",
    "RegisterImage",
    "GlanceDeleteImage",
    "BatchAddMembers",
];

/// What makes an image, with a name and a description.
pub(super) const MAKE: &[&str] = &[
    "ims.cross-region-copy",
    "ims.in-region-copy",
    "ims.whole-image",
    "CreateImage",
    "CreateDataImage",
    "ImportImageQuick",
];
pub(super) const NAMED: &[&str] = &[
    "ims.cross-region-copy",
    "ims.in-region-copy",
    "ims.whole-image",
    "CreateImage",
    "CreateDataImage",
    "ImportImageQuick",
    "UpdateImage",
];
pub(super) const ENTERPRISE: &[&str] =
    &["ims.in-region-copy", "ims.whole-image", "CreateImage", "CreateDataImage", "ImportImageQuick"];
pub(super) const TAGGED: &[&str] = &[
    "ims.whole-image",
    "CreateImage",
    "CreateDataImage",
    "ImportImageQuick",
    "AddImageTag",
    "CreateOrUpdateTags",
    "BatchAddOrDeleteTags",
];
pub(super) const ENCRYPTED: &[&str] = &["ims.in-region-copy", "CreateImage", "CreateDataImage"];

/// An image of a server's disk, or of the whole server.
pub(super) const FROM_SERVER: &[&str] = &["ims.whole-image", "CreateImage"];
pub(super) const FROM_DISK: &[&str] = &["CreateImage"];
pub(super) const FROM_FILE: &[&str] = &["CreateImage", "CreateDataImage", "RegisterImage", "ImportImageQuick"];
pub(super) const QUICK_IMPORT: &[&str] = &["ImportImageQuick"];
pub(super) const EXPORT: &[&str] = &["ExportImage"];
pub(super) const EXPORT_AND_COPY: &[&str] = &["ExportImage", "ims.in-region-copy", "ims.cross-region-copy"];
pub(super) const BUCKET: &[&str] =
    &["ExportImage", "CreateImage", "CreateDataImage", "RegisterImage", "ImportImageQuick"];
pub(super) const SHARE: &[&str] = &["BatchAddMembers", "GlanceAddImageMember"];
pub(super) const UNSHARE: &[&str] = &["BatchDeleteMembers", "GlanceDeleteImageMember"];
pub(super) const MEMBERS: &[&str] = &["GlanceShowImageMember", "GlanceListImageMembers"];
pub(super) const SHARE_AND_PUBLISH: &[&str] = &["BatchAddMembers", "GlanceAddImageMember", "KooGallery"];
pub(super) const PUBLISH: &[&str] = &["KooGallery"];
pub(super) const DELETE: &[&str] = &["GlanceDeleteImage"];
pub(super) const UPDATE: &[&str] = &["UpdateImage", "GlanceUpdateImage"];
pub(super) const LIST: &[&str] = &["ListImages", "GlanceListImages"];
pub(super) const JOB: &[&str] = &["ShowJob"];
