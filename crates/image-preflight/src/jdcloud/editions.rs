//! Editions of JD Cloud's documents, and what they disagree about.

use crate::rule::edition::LimitValue::Flag;
use crate::rule::edition::editions;

editions! {
    first rank 16;
    limits {
        /// Whether an image may be copied to the region it is in.
        SAME_REGION: Flag = Flag(false);
        /// Whether shared images may be copied.
        SHARED_IMAGES: Flag = Flag(false);
    }

    edition "jd-2024-11" from "jdcloud_sdk, texts since VM API 1.6.1, 2024-11" {
        SAME_REGION: Flag(true),
        SHARED_IMAGES: Flag(true),
    }
}
