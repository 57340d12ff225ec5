//! Typed requests: made by a builder that reports all violations at once, evaluated by the same rules as text.

use crate::check::cleared::ClearError;
use crate::check::cleared_request::ClearedRequest;
use crate::check::operation::Operation;
use crate::check::report::{Kept, Report};
use crate::field::typed::{FieldType, Given};
use crate::finding::case_rules;
use crate::finding::finding::Finding;
use crate::finding::findings::Findings;
use crate::finding::members::section;
#[cfg(feature = "text")]
use crate::finding::repeated::{Keys, Root, report_repeated};
use crate::finding::syntax::syntax;
#[cfg(feature = "text")]
use crate::json::Reader;
use crate::json::{JsonType, Key, Object};
use crate::json::{Source, Text, Value};
use crate::message::locale::Locale;
use crate::message::param::{Param, Params};
use crate::message::violation_kind::ViolationKind;
use crate::rule::draft::{Draft, NOT_KNOWN_YET};
use crate::rule::edition::Edition;
use crate::rule::facts::Facts;
use crate::rule::location::{At, Section};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// A request that could not be built: every violation of its fields.
///
/// ```
/// use image_preflight::huawei::InRegionCopy;
/// let error = InRegionCopy::builder().name("a<b").enterprise_project_id("mine").build().unwrap_err();
/// let violations: Vec<_> = error.findings().iter().map(|finding| (finding.at(), finding.kind())).collect();
/// assert_eq!(violations, [
///     ("/path/image_id", Some("missing")),
///     ("/body/name", Some("bad-character")),
///     ("/body/enterprise_project_id", Some("bad-format")),
/// ]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct InvalidRequest {
    /// In a box, so that what a builder gives is small when it is right.
    report: Box<Report<'static>>,
}

impl InvalidRequest {
    /// `built`, unless something is wrong with it.
    pub(crate) fn unless<'a, T>(
        operation: &'static Operation,
        draft: Draft<'a>,
        findings: Findings<'a>,
        built: Option<T>,
    ) -> Result<T, Self> {
        let mut report = Report::begin(draft, Edition::default());
        report.operation = Some(operation);
        report.findings = findings;
        report.conclude();
        match built {
            Some(built) if report.errors().next().is_none() => Ok(built),
            _ => Err(InvalidRequest { report: Box::new(report.into_owned()) }),
        }
    }

    /// The report on it, which answers with [problem details](Report::problem).
    ///
    /// ```
    /// use image_preflight::{Locale, huawei::InRegionCopy};
    /// let error = InRegionCopy::builder().image_id("i").name("a<b").build().unwrap_err();
    /// assert_eq!(error.report().problem(Locale::ENGLISH).unwrap().status(), 422);
    /// ```
    #[must_use]
    pub fn report(&self) -> &Report<'static> {
        &self.report
    }

    /// The same, by itself.
    #[must_use]
    pub fn into_report(self) -> Report<'static> {
        *self.report
    }

    /// What is wrong, in the order of the documents.
    #[must_use]
    pub fn findings(&self) -> &[Finding<'static>] {
        self.report.findings()
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings().iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " " })?;
            f.write_str(&finding.message(Locale::default()))?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidRequest {}

/// A typed request of an operation.
///
/// ```
/// use image_preflight::{Request, jdcloud::CopyImages};
/// let report = image_preflight::check(r#"{"operation": "jd.copy-images", "path": {"regionId": "cn-north-1"},
///     "body": {"sourceImageIds": ["img-1"], "destinationRegion": "cn-east-2"}}"#);
/// let request: CopyImages = report.request().expect("its shape is right");
/// assert_eq!(request.destination_region().as_str(), "cn-east-2");
/// assert_eq!(CopyImages::operation().id(), "jd.copy-images");
/// ```
pub trait Request: Sized + Serialize {
    /// The operation that it is a request of.
    fn operation() -> &'static Operation;

    /// The request that a report is about; `None` where that is one of another operation or type, or its shape is not right.
    #[doc(hidden)]
    fn of(report: &Report<'_>) -> Option<Self>;

    /// The slots of the body's fields that it has.
    #[doc(hidden)]
    fn own_slots() -> Vec<usize>;

    /// Evaluates it by every rule of its operation, under the default edition.
    fn check<'r>(&'r self, facts: &Facts<'r>) -> Report<'r> {
        self.check_with(facts, Edition::default())
    }

    /// The same under an edition.
    fn check_with<'r>(&'r self, facts: &Facts<'r>, edition: Edition) -> Report<'r>;

    /// The call to make, if it is allowed under the default edition.
    ///
    /// # Errors
    /// When it is denied or undetermined.
    fn clear(&self, facts: &Facts<'_>) -> Result<ClearedRequest, ClearError> {
        Request::check(self, facts).clear()
    }

    /// The case that it is, as JSON: its operation, its path and its body.
    fn to_case(&self) -> String {
        // Strings, numbers and lists only: there is nothing here that serde_json refuses.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The request of a case. `facts`, `edition` and `strict` are no part of a request, and are left alone: a type has the fields that
    /// the default edition demands.
    ///
    /// # Errors
    /// The report on what is wrong with it, under the default edition; it has an error at least. Fields that are not known are errors
    /// here, as the type cannot carry them, and so is a request of another kind.
    ///
    /// ```
    /// use image_preflight::{Request, huawei::InRegionCopy};
    /// let case = r#"{"operation":"ims.in-region-copy","path":{"image_id":"i"},"body":{"name":"copy"}}"#;
    /// let request = InRegionCopy::from_case(case)?;
    /// assert_eq!(request.to_case(), case);
    /// let error = InRegionCopy::from_case(r#"{"operation": "ims.in-region-copy", "path": {"image_id": "i"}}"#).unwrap_err();
    /// assert_eq!(error.report().findings()[0].at(), "/body/name");
    /// # Ok::<(), image_preflight::InvalidRequest>(())
    /// ```
    #[cfg(feature = "text")]
    fn from_case(json: &str) -> Result<Self, InvalidRequest> {
        let mut report = read_request(json, Self::operation());
        let is_right = report.errors().next().is_none();
        match Self::of(&report) {
            Some(request) if is_right => return Ok(request),
            None if is_right => {
                let (draft, out) = (&report.draft, &mut report.findings);
                Self::operation().refuse_uncarried(draft, &Self::own_slots(), out);
                report.conclude();
            }
            _ => {}
        }
        Err(InvalidRequest { report: Box::new(report.into_owned()) })
    }
}

/// A report on the shape of the request in a case that should be one of an operation.
#[cfg(feature = "text")]
fn read_request<'a>(json: &'a str, operation: &'static Operation) -> Report<'a> {
    let mut report = Report::begin(Draft::default(), Edition::default());
    report.operation = Some(operation);
    match Reader::object(json, |reader| (reader.value(), reader.is_suspect)) {
        Err(error) => {
            report.operation = None;
            report.findings = syntax(json, error);
        }
        Ok((value, is_suspect)) => {
            let (draft, out) = (&mut report.draft, &mut report.findings);
            if let Some(case) = value.as_object() {
                read_members(case, operation, draft, out);
            }
            if is_suspect {
                let rule = operation.implicit_rule("duplicate-field");
                report_repeated(json, Root::Case, Keys { rule, path: operation.path, body: operation.body }, out);
            }
            operation.evaluate_shape(draft, &Edition::default(), out);
            operation.add_unknown(draft, out);
        }
    }
    report.conclude();
    report
}

/// Reads the members of a case that are its request.
#[cfg(feature = "text")]
fn read_members<'a>(case: Object<'a>, operation: &'static Operation, draft: &mut Draft<'a>, out: &mut Findings<'a>) {
    let mut name = None;
    for (key, value) in case.iter().filter(|(_, value)| !matches!(value, Value::Null)) {
        match (section(key), value) {
            (Some(Section::Operation), value) => name = Some(value),
            (Some(Section::Path), Value::Object(path)) => operation.put_path(path, draft),
            (Some(Section::Body), Value::Object(body)) => operation.put_body(body, draft),
            (Some(Section::Path), other) => out.wrong_type(&case_rules::PATH, Section::Path, &other, JsonType::Object),
            (Some(Section::Body), other) => out.wrong_type(&case_rules::BODY, Section::Body, &other, JsonType::Object),
            (Some(Section::Unknown), Value::Array(list)) if list.iter().next().is_none() => {}
            (Some(Section::Unknown), _) => {
                // A request has every value.
                let params = Params::default();
                out.violation(&case_rules::UNKNOWN, At::section(Section::Unknown), ViolationKind::TooLong, params);
            }
            _ => {}
        }
    }
    let found = name.and_then(|name| name.as_text());
    if !found.is_some_and(|found| operation.names().any(|name| found.is(name))) {
        let at = At::section(Section::Operation);
        let params = Params::default().with("allowed", Param::Identifiers(operation.names().collect()));
        match found {
            Some(found) => {
                let params = params.with("actual", Param::UserText(found.to_cow()));
                out.violation(&case_rules::OPERATION, at, ViolationKind::NotOneOf, params);
            }
            None => out.violation(&case_rules::OPERATION, at, ViolationKind::Missing, Params::default()),
        }
    }
}

impl Report<'_> {
    /// The typed request; `None` where it is one of another type, where its shape is not right, where it has a field that the
    /// type cannot carry, or where it lacks one that only the edition of its case leaves out.
    #[must_use]
    #[cfg(feature = "text")]
    pub fn request<R: Request>(&self) -> Option<R> {
        let is_right = self.errors().all(|finding| finding.kind().is_none()) && self.unknown_fields().is_empty();
        if !is_right {
            return None;
        }
        match &self.kept {
            Some(kept) if kept.has_more_path => None,
            Some(kept) => R::of(&self.with_draft(kept)),
            None => R::of(self),
        }
    }

    /// A report on what an owned one keeps of its request, without findings.
    #[cfg(feature = "text")]
    fn with_draft<'k>(&self, kept: &'k Kept) -> Report<'k> {
        let mut report = Report::begin(Draft::default(), self.edition.clone());
        report.operation = self.operation;
        let value = |json| Reader::parse_value(json);
        report.draft.path = kept.path.as_deref().and_then(value);
        if let (Some(operation), Some(Value::Object(body))) = (self.operation, value(&kept.body)) {
            operation.put_body(body, &mut report.draft);
        }
        report
    }
}

/// A typed request with its builder: what `fields!` makes of the rows of one.
macro_rules! request {
    (
        $operation:ident { $(#[$doc:meta])+ $name:ident $builder:ident }
        path { $({ $(#[$path_doc:meta])+ $path:ident: $path_type:ident = $path_name:literal })? }
        mandatory { $({ $(#[$must_doc:meta])+ $must:ident: $must_type:ident = $must_name:literal })+ }
        optional { $({ $(#[$may_doc:meta])+ $may:ident: $may_type:ident = $may_name:literal })* }
    ) => {
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name {
            $($path: $path_type,)?
            $($must: $must_type,)+
            $($may: Option<$may_type>,)*
        }

        #[doc = concat!("Builds a [`", stringify!($name), "`].")]
        #[derive(Clone, Debug, Default)]
        #[must_use]
        pub struct $builder {
            $($path: Option<$crate::field::typed::Given<<$path_type as $crate::field::typed::MadeOf>::Raw>>,)?
            $($must: Option<$crate::field::typed::Given<<$must_type as $crate::field::typed::MadeOf>::Raw>>,)+
            $($may: Option<$crate::field::typed::Given<<$may_type as $crate::field::typed::MadeOf>::Raw>>,)*
        }

        impl $builder {
            $(
                $(#[$path_doc])+
                #[doc = concat!("\n`", $path_name, "` in the address; mandatory.")]
                pub fn $path(mut self, value: impl $crate::field::typed::IntoField<$path_type>) -> Self {
                    self.$path = Some(value.into_field());
                    self
                }
            )?
            $(
                $(#[$must_doc])+
                #[doc = concat!("\n`", $must_name, "`; mandatory.")]
                pub fn $must(mut self, value: impl $crate::field::typed::IntoField<$must_type>) -> Self {
                    self.$must = Some(value.into_field());
                    self
                }
            )+
            $(
                $(#[$may_doc])+
                #[doc = concat!("\n`", $may_name, "`; optional.")]
                pub fn $may(mut self, value: impl $crate::field::typed::IntoField<$may_type>) -> Self {
                    self.$may = Some(value.into_field());
                    self
                }
            )*

            /// Builds the request.
            ///
            /// # Errors
            /// Everything that is wrong with its fields, under the default edition.
            pub fn build(self) -> Result<$name, $crate::check::request::InvalidRequest> {
                use $crate::field::typed::FieldType as _;
                let mut out = $crate::finding::findings::Findings::default();
                let draft = self.draft();
                $operation.evaluate_shape(&draft, &$crate::rule::edition::Edition::default(), &mut out);
                $operation.add_unknown(&draft, &mut out);
                let given = (|| Some($name {
                    $($path: $path_type::checked(self.$path.as_ref()?.value()?.clone()),)?
                    $($must: $must_type::checked(self.$must.as_ref()?.value()?.clone()),)+
                    $($may: match &self.$may {
                        // A blank one is none, as in a case.
                        Some(given) if draft.has(const { $crate::field::field::slot_of($operation.body, $may_name) }) => {
                            Some($may_type::checked(given.value()?.clone()))
                        }
                        _ => None,
                    },)*
                }))();
                $crate::check::request::InvalidRequest::unless(&$operation, draft, out, given)
            }

            /// Evaluates what is given so far by every rule of the operation, under the default edition. The values of fields may
            /// be [not known yet](crate::NotKnownYet).
            #[must_use]
            pub fn check<'r>(&'r self, facts: &$crate::rule::facts::Facts<'r>) -> $crate::check::report::Report<'r> {
                self.check_with(facts, $crate::rule::edition::Edition::default())
            }

            /// The same under another edition.
            #[must_use]
            pub fn check_with<'r>(
                &'r self,
                facts: &$crate::rule::facts::Facts<'r>,
                edition: $crate::rule::edition::Edition,
            ) -> $crate::check::report::Report<'r> {
                $operation.report(self.draft(), facts, edition)
            }

            #[allow(unused_mut, reason = "not every request has a field of each kind")]
            fn draft(&self) -> $crate::rule::draft::Draft<'_> {
                use $crate::check::request::value;
                let mut draft = $crate::rule::draft::Draft::default();
                $(draft.path = self.$path.as_ref().map(value::<$path_type>);)?
                $(
                    if let Some(given) = &self.$must {
                        let slot = const { $crate::field::field::slot_of($operation.body, $must_name) };
                        $operation.set_given(&mut draft, slot, value::<$must_type>(given));
                    }
                )+
                $(
                    if let Some(given) = &self.$may {
                        let slot = const { $crate::field::field::slot_of($operation.body, $may_name) };
                        $operation.set_given(&mut draft, slot, value::<$may_type>(given));
                    }
                )*
                draft
            }
        }

        impl $name {
            /// Begins a request.
            pub fn builder() -> $builder {
                $builder::default()
            }

            $(
                $(#[$path_doc])+
                #[doc = concat!("\n`", $path_name, "` in the address.")]
                #[must_use]
                pub fn $path(&self) -> &$path_type {
                    &self.$path
                }
            )?
            $(
                $(#[$must_doc])+
                #[doc = concat!("\n`", $must_name, "`.")]
                #[must_use]
                pub fn $must(&self) -> &$must_type {
                    &self.$must
                }
            )+
            $(
                $(#[$may_doc])+
                #[doc = concat!("\n`", $may_name, "`, if it is given.")]
                #[must_use]
                pub fn $may(&self) -> Option<&$may_type> {
                    self.$may.as_ref()
                }
            )*

            /// The body, as the provider takes it.
            pub fn body(&self) -> impl serde::Serialize + '_ {
                $crate::check::request::Body(self.draft(), $operation.body_keys)
            }

            /// Evaluates it by every rule of its operation, under the default edition.
            #[must_use]
            pub fn check<'r>(&'r self, facts: &$crate::rule::facts::Facts<'r>) -> $crate::check::report::Report<'r> {
                self.check_with(facts, $crate::rule::edition::Edition::default())
            }

            /// The same under another edition.
            #[must_use]
            pub fn check_with<'r>(
                &'r self,
                facts: &$crate::rule::facts::Facts<'r>,
                edition: $crate::rule::edition::Edition,
            ) -> $crate::check::report::Report<'r> {
                $operation.report(self.draft(), facts, edition)
            }

            fn draft(&self) -> $crate::rule::draft::Draft<'_> {
                use $crate::field::typed::FieldType as _;
                let mut draft = $crate::rule::draft::Draft::default();
                $(draft.path = Some($path_type::value(self.$path.as_raw()));)?
                $(
                    let slot = const { $crate::field::field::slot_of($operation.body, $must_name) };
                    $operation.set(&mut draft, slot, $must_type::value(self.$must.as_raw()));
                )+
                $(
                    if let Some(value) = &self.$may {
                        let slot = const { $crate::field::field::slot_of($operation.body, $may_name) };
                        $operation.set(&mut draft, slot, $may_type::value(value.as_raw()));
                    }
                )*
                draft
            }

        }

        impl $crate::check::request::Request for $name {
            fn operation() -> &'static $crate::check::operation::Operation {
                &$operation
            }

            fn check_with<'r>(
                &'r self,
                facts: &$crate::rule::facts::Facts<'r>,
                edition: $crate::rule::edition::Edition,
            ) -> $crate::check::report::Report<'r> {
                self.check_with(facts, edition)
            }

            fn own_slots() -> Vec<usize> {
                vec![
                    $(const { $crate::field::field::slot_of($operation.body, $must_name) },)+
                    $(const { $crate::field::field::slot_of($operation.body, $may_name) },)*
                ]
            }

            fn of(report: &$crate::check::report::Report<'_>) -> Option<Self> {
                use $crate::field::typed::FieldType as _;
                if report.operation.is_none_or(|operation| operation.id != $operation.id) {
                    return None;
                }
                let draft = &report.draft;
                if !$operation.has_only(draft, &<Self as $crate::check::request::Request>::own_slots()) {
                    return None;
                }
                let body = |slot| draft.body(slot);
                Some($name {
                    $($path: $path_type::parse(draft.path.as_ref()?)?,)?
                    $($must: $must_type::parse(body(const { $crate::field::field::slot_of($operation.body, $must_name) })?)?,)+
                    $($may: $crate::check::request::optional(body(const { $crate::field::field::slot_of($operation.body, $may_name) }))?,)*
                })
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                use $crate::check::body_schema::{Deviations, request};
                request::<Self>(&$crate::rule::edition::Edition::default(), Deviations::default(), generator)
            }
        }

        #[cfg(feature = "schemars")]
        impl $crate::check::body_schema::RequestSchema for $name {
            const NAME: &'static str = stringify!($name);

            fn operation() -> &'static $crate::check::operation::Operation {
                &$operation
            }

            fn mandatory() -> Vec<(&'static str, &'static $crate::field::kind::Kind)> {
                use $crate::field::typed::FieldType as _;
                vec![$(($must_name, $must_type::KIND)),+]
            }

            fn optional() -> Vec<&'static str> {
                vec![$($may_name),*]
            }
        }

        /// The case that it is: its operation, its path and its body; what is not given stays absent.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::check::request::serialize(&$operation, &self.draft(), serializer)
            }
        }

        /// From a case; what cannot be a request is an error that says everything that is wrong with it.
        #[cfg(feature = "text")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let case = serde_json::Value::deserialize(deserializer)?;
                let request = <Self as $crate::check::request::Request>::from_case(&case.to_string());
                request.map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use request;

/// The body of a request.
pub(crate) struct Body<'a>(pub(crate) Draft<'a>, pub(crate) &'static [Key]);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.members(self.1).map(|(name, value)| (name.raw(), value)))
    }
}

/// Writes a request as the case that it is.
pub(crate) fn serialize<S: Serializer>(
    operation: &'static Operation,
    draft: &Draft<'_>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let path = operation.path.first().zip(draft.path);
    let mut case = serializer.serialize_struct("Case", 2 + usize::from(path.is_some()))?;
    case.serialize_field("operation", operation.id)?;
    if let Some((field, value)) = path {
        case.serialize_field("path", &BTreeMap::from([(field.name(), value)]))?;
    }
    case.serialize_field("body", &Body(draft.clone(), operation.body_keys))?;
    case.end()
}

/// What a builder was given, as the rules see it.
pub(crate) fn value<T: FieldType>(given: &Given<T::Raw>) -> Value<'_> {
    given.value().map_or(NOT_KNOWN_YET, T::value)
}

/// An optional field of a draft. One that is blank, where its type refuses that, is as good as absent; any other value that the
/// type refuses makes no request.
pub(crate) fn optional<T: FieldType>(value: Option<&Value<'_>>) -> Option<Option<T>> {
    let Some(value) = value else { return Some(None) };
    match T::parse(value) {
        None if !value.as_text().is_some_and(Text::is_blank) => None,
        parsed => Some(parsed),
    }
}
