//! The rules between a request and the facts, by hand, for contenders that validate only shapes: over typed requests, and over
//! `serde_json::Value`.

use crate::typed::{Case, CopyImages, CrossRegionCopy, InRegionCopy, Os, RootDevice, Visibility, WholeImage};
use serde_json::Value;

const LARGE: [&str; 4] = ["cn-south-1", "cn-east-3", "cn-east-2", "cn-north-4"];

fn cap(region: &str) -> u64 {
    (if LARGE.contains(&region) { 300 } else { 128 }) << 30
}

/// Whether a copy to another region is accepted.
#[must_use]
pub fn cross_region_copy(case: &Case<'_, CrossRegionCopy<'_>>) -> bool {
    let (body, facts, image) = (&case.body, &case.facts, &case.facts.image);
    let source = facts.source_region.as_deref().unwrap_or_default();
    source != body.region
        && image.encrypted == Some(false)
        && image.iso == Some(false)
        && image.visibility == Some(Visibility::Private)
        && image.status.as_deref() == Some("active")
        && image.size_bytes.is_some_and(|bytes| bytes <= cap(source))
        && facts.copies_in_flight.is_some_and(|copies| copies < 5)
        && (image.full_ecs == Some(false) || body.vault_id.is_some())
}

/// Whether a copy within the region is accepted.
#[must_use]
pub fn in_region_copy(case: &Case<'_, InRegionCopy<'_>>) -> bool {
    let image = &case.facts.image;
    image.full_ecs == Some(false)
        && image.iso == Some(false)
        && image.os.is_some_and(|os| os != Os::Windows)
        && image.status.as_deref() == Some("active")
}

/// Whether the creation of a full-ECS image is accepted.
#[must_use]
pub fn whole_image(case: &Case<'_, WholeImage<'_>>) -> bool {
    let body = &case.body;
    let tags = body.tags.is_none() || body.image_tags.is_none();
    let source = match (&body.instance_id, &body.backup_id) {
        (Some(_), None) => body.vault_id.is_some(),
        (None, Some(_)) => body.whole_image_type.is_some() && case.facts.backup.used == Some(false),
        _ => false,
    };
    tags && source
}

/// Whether JD Cloud's copies are accepted.
#[must_use]
pub fn copy_images(case: &Case<'_, CopyImages<'_>>) -> bool {
    let (body, facts) = (&case.body, &case.facts);
    let quota = &facts.destination_quota;
    let mut snapshots = 0;
    let each = body.source_image_ids.iter().all(|id| {
        facts.images.get(id).is_some_and(|image| {
            snapshots += image.snapshots.unwrap_or(u64::MAX / 100);
            image.visibility == Some(Visibility::Private)
                && image.root_device == Some(RootDevice::CloudDisk)
                && image.status.as_deref() == Some("ready")
                && image.snapshot_encrypted == Some(false)
                && image.busy == Some(false)
        })
    });
    case.path.region_id.as_deref() != Some(&body.destination_region)
        && each
        && quota.images.is_some_and(|left| left >= body.source_image_ids.len() as u64)
        && quota.snapshots.is_some_and(|left| left >= snapshots)
}

/// The same for a value, by the operation that it names.
#[must_use]
pub fn over_value(case: &Value) -> bool {
    let (body, facts) = (&case["body"], &case["facts"]);
    let image = &facts["image"];
    match case["operation"].as_str() {
        Some("ims.cross-region-copy") => {
            let source = facts["sourceRegion"].as_str().unwrap_or_default();
            body["region"] != source
                && image["encrypted"] == false
                && image["iso"] == false
                && image["visibility"] == "private"
                && image["status"] == "active"
                && image["sizeBytes"].as_u64().is_some_and(|bytes| bytes <= cap(source))
                && facts["copiesInFlight"].as_u64().is_some_and(|copies| copies < 5)
                && (image["fullEcs"] == false || body["vault_id"].is_string())
        }
        Some("ims.in-region-copy") => {
            image["fullEcs"] == false
                && image["iso"] == false
                && image["os"] != "windows"
                && image["status"] == "active"
        }
        Some("ims.whole-image") => {
            let keys: Vec<_> = body["tags"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|tag| tag.as_str()?.split('.').next())
                .collect();
            let differ = keys.iter().enumerate().all(|(index, key)| !keys[..index].contains(key));
            differ && (body["backup_id"].is_null() || facts["backup"]["used"] == false)
        }
        Some("jd.copy-images") => {
            let ids = body["sourceImageIds"].as_array().map(Vec::as_slice).unwrap_or_default();
            let mut snapshots = 0;
            let each = ids.iter().all(|id| {
                let image = &facts["images"][id.as_str().unwrap_or_default()];
                snapshots += image["snapshots"].as_u64().unwrap_or(u64::MAX / 100);
                image["visibility"] == "private"
                    && image["rootDevice"] == "cloudDisk"
                    && image["status"] == "ready"
                    && image["snapshotEncrypted"] == false
                    && image["busy"] == false
            });
            let quota = &facts["destinationQuota"];
            case["path"]["regionId"] != body["destinationRegion"]
                && each
                && quota["images"].as_u64().is_some_and(|left| left >= ids.len() as u64)
                && quota["snapshots"].as_u64().is_some_and(|left| left >= snapshots)
        }
        _ => false,
    }
}
