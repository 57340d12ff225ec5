//! Editions of JD Cloud's documents, and what they disagree about.

use crate::message::message::message;
use crate::rule::edition::LimitValue::Flag;
use crate::rule::edition::editions;

editions! {
    first rank 16;
    limits {
        /// Whether an image may be copied to the region it is in.
        SAME_REGION: Flag = Flag(false), title message("Copies to the region that the images are in", "复制到镜像所在地域");
        /// Whether shared images may be copied.
        SHARED_IMAGES: Flag = Flag(false), title message("Copies of images that are shared with the caller", "复制他人共享的镜像");
    }

    edition "jd-2024-11" also [] from message(
        "JD Cloud: jdcloud_sdk, its texts since VM API 1.6.1 of November 2024",
        "京东云：jdcloud_sdk 自云主机 API 1.6.1（2024 年 11 月）起的说明",
    ) {
        SAME_REGION: Flag(true),
        SHARED_IMAGES: Flag(true),
    }
}
