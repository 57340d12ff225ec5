//! The facts in what Huawei Cloud's APIs returned, for a program that keeps facts and no objects.

use crate::finding::fact_reader::{FactReader, ReadObject};
use crate::finding::finding::Finding;
use crate::finding::findings::Findings;
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::subject::of_nothing;
use crate::finding::syntax::syntax;
use crate::huawei::facts::{BackupFacts, EcsFacts, ImageFacts};
use crate::huawei::{backup_object, ecs_object, image};
use crate::json::{Reader, Source};
use crate::rule::draft::Draft;
use crate::rule::fact::Fact;
use crate::rule::facts::{FactValue, Facts};

/// Reads one object.
fn read<'a>(json: &'a str, root: &'static str, read: ReadObject) -> (Facts<'a>, Vec<Finding<'a>>) {
    let mut out = Findings::default();
    let mut facts = Facts::default();
    let draft = Draft::default();
    let is_suspect = Reader::object(json, |reader| {
        read(&reader.value(), &of_nothing(&draft), &mut facts, &mut FactReader { out: &mut out });
        reader.is_suspect
    });
    match is_suspect {
        Err(error) => return (Facts::default(), syntax(json, error).into_list()),
        Ok(true) => report_repeated(json, Root::Object(root), Keys::OF_CASE, &mut out),
        Ok(false) => {}
    }
    (facts, out.into_list())
}

/// The known ones among the facts of a structure.
fn known<'k, 'a>(facts: &'k Facts<'a>) -> impl Fn(Fact) -> &'k FactValue<'a> {
    |fact| facts.value(fact)
}

impl<'a> ImageFacts<'a> {
    /// The facts that an image tells, as the IMS API, OpenStack, an official SDK, Terraform or a disk shows it (one image, or a
    /// whole answer that holds one), and what could not be understood of it. What it does not state is unknown, but for the few
    /// members whose absence IMS defines, in a whole answer of its API. Its id comes along: a request about another image is invalid
    /// with these facts.
    ///
    /// ```
    /// use image_preflight::{ByteSize, huawei::ImageFacts};
    /// let (facts, findings) = ImageFacts::from_object(
    ///     r#"{"images": [{"__image_size": "42949672960", "__whole_image": "false", "__imagetype": "private"}]}"#);
    /// assert_eq!((facts.size, facts.full_ecs), (Some(ByteSize::gib(40)), Some(false)));
    /// // It lacks much of what IMS returns with every image: so it is not known whether it is encrypted, and an advice says so.
    /// assert_eq!(facts.encrypted, None);
    /// assert_eq!((findings[0].at(), findings[0].kind()), ("/facts/imageObject/images/0", Some("partial")));
    /// ```
    #[must_use]
    pub fn from_object(json: &'a str) -> (Self, Vec<Finding<'a>>) {
        let (facts, findings) = read(json, "imageObject", image::read_object);
        (ImageFacts::of(known(&facts)), findings)
    }
}

impl<'a> EcsFacts<'a> {
    /// The facts that a server tells, as the ECS API returns it, its id among them, and what could not be understood of it.
    ///
    /// ```
    /// use image_preflight::huawei::EcsFacts;
    /// let (facts, findings) = EcsFacts::from_object(r#"{"server": {"status": "SHUTOFF", "metadata": {"os_type": "Linux"}}}"#);
    /// assert_eq!(facts.state.as_deref(), Some("SHUTOFF"));
    /// assert!(findings.is_empty());
    /// ```
    #[must_use]
    pub fn from_object(json: &'a str) -> (Self, Vec<Finding<'a>>) {
        let (facts, findings) = read(json, "ecsObject", ecs_object::read_object);
        (EcsFacts::of(known(&facts)), findings)
    }
}

impl<'a> BackupFacts<'a> {
    /// The facts that a backup tells, as the CBR API returns it, its id among them, and what could not be understood of it.
    ///
    /// ```
    /// use image_preflight::huawei::BackupFacts;
    /// let backup = r#"{"backup": {"status": "available", "extend_info": {"os_images_data": [{"image_id": "i"}]}}}"#;
    /// assert_eq!(BackupFacts::from_object(backup).0.used, Some(true));
    /// ```
    #[must_use]
    pub fn from_object(json: &'a str) -> (Self, Vec<Finding<'a>>) {
        let (facts, findings) = read(json, "backupObject", backup_object::read_object);
        (BackupFacts::of(known(&facts)), findings)
    }
}
