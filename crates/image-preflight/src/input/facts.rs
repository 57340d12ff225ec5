//!

use crate::finding::case_rules;
use crate::finding::fact_reader::FactReader;
use crate::finding::finding::Finding;
use crate::finding::findings::Findings;
use crate::finding::repeated::{Root, report_repeated};
use crate::huawei;
use crate::huawei::image::ObjectPlace;
use crate::input::packed::Parts;
use crate::json::Reader;
use crate::rule::facts::Facts;

/// Reads the `facts` of a case, which come next and are an object. Gives where the facts of an image object are.
pub(crate) fn read_facts<'a>(reader: &mut Reader<'a>, facts: &mut Facts<'a>, out: &mut Findings<'a>) -> ObjectPlace {
    FactReader { out }.all(reader, facts)
}

/// Reads the facts of a packed case.
pub(crate) fn read_packed_facts<'a>(
    parts: &mut Parts<'_, 'a>,
    facts: &mut Facts<'a>,
    out: &mut Findings<'a>,
) -> Option<ObjectPlace> {
    FactReader { out }.all_packed(parts, facts)
}

impl<'a> Facts<'a> {
    /// Reads facts from JSON, in the form that `facts` has in a case, with what is wrong with them.
    ///
    /// ```
    /// use image_preflight::Facts;
    /// let (facts, findings) = Facts::from_json(r#"{"sourceRegion": "cn-north-4", "image": {"encrypted": "no"}}"#);
    /// assert_eq!(facts.source_region.as_deref(), Some("cn-north-4"));
    /// assert_eq!((facts.image.encrypted, findings[0].at()), (None, "/facts/image/encrypted"));
    /// ```
    #[must_use]
    pub fn from_json(json: &'a str) -> (Self, Vec<Finding<'a>>) {
        let mut out = Findings::default();
        let mut facts = Facts::default();
        let read = |reader: &mut Reader<'a>| {
            read_facts(reader, &mut facts, &mut out);
            reader.is_suspect
        };
        match Reader::object(json, read) {
            Ok(is_suspect) => {
                if is_suspect {
                    report_repeated(json, Root::Facts, Some(&huawei::cross_region_copy::OPERATION), &mut out);
                }
                (facts, out.into_list())
            }
            Err(error) => (Facts::default(), case_rules::syntax(json, error).into_list()),
        }
    }
}
