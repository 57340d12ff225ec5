//! A region of a cloud: its id and its name.

use crate::message::message::Message;

/// A region.
///
/// ```
/// use image_preflight::{Locale, huawei};
/// let region = huawei::region("cn-south-1").unwrap();
/// assert_eq!(region.name.text(Locale::CHINESE), "华南-广州");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its id, as requests write it.
    pub id: &'static str,
    /// Its name; the id where the documents give none.
    pub name: Message,
}
