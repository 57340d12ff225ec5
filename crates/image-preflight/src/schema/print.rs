//! In which form schemas are printed: the language, the edition, and the tools that they are for.

use super::list::{BASE, CASE, Document, OTHERS, SchemaName, all_names, others};
use super::walk::for_each_schema;
use super::{chinese, draft, editor, portable, report};
use crate::catalogue;
use crate::check::body_schema::FIELD;
use crate::check::operation::Operation;
use crate::job::document::BegunDocument;
use crate::json::MAX_SAFE;
use crate::message::locale::Locale;
use crate::rule::edition::Edition;
use crate::schema::case;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// The tools that schemas are for.
///
/// ```
/// use image_preflight::schema::Profile;
/// assert_eq!(Profile::from_name("portable"), Some(Profile::Portable));
/// assert_eq!(Profile::Draft04.name(), "draft-04");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Profile {
    /// Validators: JSON Schema 2020-12 that accepts exactly what the check accepts.
    #[default]
    Exact,
    /// Generators, portals and mocks: JSON Schema 2020-12 in what they share. Alternatives are plain references, a string has one
    /// pattern, optional fields are left out and not null. It accepts some bodies that are refused; `tests/schema` has a table.
    Portable,
    /// Editors: what [`Profile::Exact`] says, with texts for hovers and messages in keywords of VS Code's language service.
    Editor,
    /// Validators of JSON Schema draft-07; they accept what [`Profile::Exact`] accepts.
    Draft07,
    /// Validators of JSON Schema draft-04; they accept what [`Profile::Exact`] accepts.
    Draft04,
}

impl Profile {
    /// Each of them.
    pub const ALL: [Profile; 5] =
        [Profile::Exact, Profile::Portable, Profile::Editor, Profile::Draft07, Profile::Draft04];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Profile::Exact => "exact",
            Profile::Portable => "portable",
            Profile::Editor => "editor",
            Profile::Draft07 => "draft-07",
            Profile::Draft04 => "draft-04",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name)
    }

    fn dialect(self) -> &'static str {
        match self {
            Profile::Exact | Profile::Portable | Profile::Editor => "https://json-schema.org/draft/2020-12/schema",
            Profile::Draft07 => "http://json-schema.org/draft-07/schema#",
            Profile::Draft04 => "http://json-schema.org/draft-04/schema#",
        }
    }
}

/// How schemas are printed.
///
/// ```
/// use image_preflight::{Edition, Locale, operation, schema::{Print, Profile}};
/// let operation = operation("ims.whole-image").unwrap();
/// let edition = Edition::from_name("china-2022-12").unwrap();
/// let schema = Print::default().edition(edition).locale(Locale::CHINESE).profile(Profile::Portable).body(operation);
/// let types = &schema.get("$defs").unwrap()["WholeImageType"]["enum"];
/// assert_eq!(types, &serde_json::json!(["CBR", "CSBS"]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Print {
    locale: Locale,
    edition: Edition,
    profile: Profile,
    is_versioned: bool,
}

impl Print {
    /// With titles and descriptions in this language.
    #[must_use]
    pub fn locale(self, locale: Locale) -> Self {
        Print { locale, ..self }
    }

    /// With bodies as an edition of the documents has them.
    #[must_use]
    pub fn edition(self, edition: Edition) -> Self {
        Print { edition, ..self }
    }

    /// For these tools.
    #[must_use]
    pub fn profile(self, profile: Profile) -> Self {
        Print { profile, ..self }
    }

    /// With addresses (`$id`) that name the version of this crate, which never change their content. Only what is published has an
    /// address: schemas in the default language, of the default edition.
    ///
    /// ```
    /// use image_preflight::schema::Print;
    /// let schema = Print::default().versioned().documents().next().unwrap().schema;
    /// assert!(schema.get("$id").unwrap().as_str().unwrap().contains("/schema/0.1/"));
    /// ```
    #[must_use]
    pub fn versioned(self) -> Self {
        Print { is_versioned: true, ..self }
    }

    /// Every published schema.
    pub fn documents(&self) -> impl Iterator<Item = Document> + use<'_> {
        all_names().filter_map(|name| Some(Document { name, schema: self.document(name)? }))
    }

    /// The schema of an operation's body.
    #[must_use]
    pub fn body(&self, operation: &'static Operation) -> Schema {
        let mut schema = self.standalone(operation.id, |generator| (operation.schema)(&self.edition, generator));
        let examples = operation.examples.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok());
        if self.profile != Profile::Draft04 {
            schema.insert("examples".to_owned(), examples.collect());
        }
        schema
    }

    /// The schema of a name: an operation's body, or another document.
    ///
    /// ```
    /// use image_preflight::schema::Print;
    /// assert!(Print::default().document("report").is_some());
    /// assert!(Print::default().document("ims.in-region-copy").is_some());
    /// assert!(Print::default().document("nothing").is_none());
    /// ```
    #[must_use]
    pub fn document(&self, name: &str) -> Option<Schema> {
        if let Some(operation) = catalogue::operations().find(|operation| operation.id == name) {
            return Some(self.body(operation));
        }
        if name == CASE {
            return Some(self.standalone(name, |generator| case::subschema(&self.edition, generator)));
        }
        let (name, make) = others().find(|(known, _)| *known == name)?;
        Some(self.standalone(name, make))
    }

    /// Everything in one schema, in `$defs`.
    #[must_use]
    pub fn all(&self) -> Schema {
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        case::subschema(&self.edition, &mut generator);
        for (_, make) in OTHERS.into_iter().chain(catalogue::answers()) {
            make(&mut generator);
        }
        let bodies = self
            .by_operation("The body of each operation.", |operation| (operation.schema)(&self.edition, &mut generator));
        let paths = self.by_operation("Path parameters of each operation.", |operation| {
            case::path(operation, &self.edition, &mut generator)
        });
        generator.definitions_mut().insert("Bodies".to_owned(), bodies);
        generator.definitions_mut().insert("Paths".to_owned(), paths);
        generator.subschema_for::<report::Destination>();
        generator.subschema_for::<report::Understood>();
        generator.subschema_for::<BegunDocument>();
        generator.subschema_for::<SchemaName>();
        let definitions = generator.take_definitions(true);
        let mut all = self.headed("all");
        all.insert("$defs".to_owned(), definitions.into());
        self.finished(all)
    }

    fn by_operation(&self, description: &str, mut schema: impl FnMut(&'static Operation) -> Schema) -> Value {
        let properties: Map<_, _> =
            catalogue::operations().map(|operation| (operation.id.to_owned(), schema(operation).into())).collect();
        let required: Vec<_> = properties.keys().collect();
        json!({"type": "object", "description": description, "required": required, "properties": properties})
    }

    /// A schema that is complete in itself: what it refers to is in its `$defs`.
    fn standalone(&self, name: &str, schema: impl FnOnce(&mut SchemaGenerator) -> Schema) -> Schema {
        let mut generator = SchemaSettings::draft2020_12().into_generator();
        let root = schema(&mut generator);
        let mut definitions = generator.take_definitions(true);
        let of = root.get("$ref").and_then(Value::as_str).and_then(|of| of.rsplit('/').next()).unwrap_or_default();
        let root = definitions.remove(of);
        let mut whole = self.headed(name);
        whole.insert("title".to_owned(), of.into());
        for (keyword, value) in root.as_ref().and_then(Value::as_object).into_iter().flatten() {
            whole.insert(keyword.clone(), value.clone());
        }
        if !definitions.is_empty() {
            whole.insert("$defs".to_owned(), definitions.into());
        }
        let mut value = self.finished(whole).to_value();
        without_unused(&mut value);
        value.try_into().unwrap_or_default()
    }

    /// A schema with nothing but its dialect, and its address if it has one.
    fn headed(&self, name: &str) -> Schema {
        let mut schema = json_schema!({"$schema": self.profile.dialect()});
        if self.publishes(name) {
            schema.insert("$id".to_owned(), self.address(name).into());
        }
        schema
    }

    /// Whether the schema of a name is published in this form. For other tools there is what goes into a check: bodies, and for editors
    /// whole cases.
    fn publishes(&self, name: &str) -> bool {
        let is_default = self.edition == Edition::default() && self.locale == Locale::default();
        let goes_in = catalogue::operations().any(|operation| operation.id == name);
        is_default
            && match self.profile {
                Profile::Exact => true,
                Profile::Editor => goes_in || name == CASE,
                Profile::Portable | Profile::Draft07 | Profile::Draft04 => goes_in,
            }
    }

    /// Where a schema is published. The plain address has the latest schema.
    fn address(&self, name: &str) -> String {
        let mut address = BASE.to_owned();
        if self.is_versioned {
            let version = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
            address.push_str(&format!("{}.{}/", version.0, version.1));
        }
        if self.profile != Profile::Exact {
            address.push_str(&format!("{}/", self.profile.name()));
        }
        format!("{address}{name}.json")
    }

    /// Takes out what is for this crate only, and makes the profile's form of it.
    fn finished(&self, mut schema: Schema) -> Schema {
        RecursiveTransform(plain).transform(&mut schema);
        chinese::translate(&mut schema, self.locale);
        let mut value = schema.to_value();
        match self.profile {
            Profile::Portable => portable::simplify(&mut value),
            Profile::Editor => editor::explain(&mut value, self.locale),
            _ => {}
        }
        without_fields(&mut value, self.locale);
        match self.profile {
            Profile::Draft07 => draft::draft_07(&mut value),
            Profile::Draft04 => draft::draft_04(&mut value),
            _ => {}
        }
        value.try_into().unwrap_or_default()
    }
}

/// Takes out what is for readers of the Rust only: examples in Rust, and formats of Rust's numbers.
fn plain(schema: &mut Schema) {
    if let Some(text) = schema.get("description").and_then(Value::as_str).and_then(|text| text.split("```").next()) {
        let text = without_links(text.trim()).replace('\n', " ");
        schema.insert("description".to_owned(), text.into());
    }
    match schema.get("format").and_then(Value::as_str) {
        Some("uint64" | "uint") => {
            schema.remove("format");
            schema.insert("maximum".to_owned(), MAX_SAFE.into());
        }
        Some("uint16" | "uint32" | "double") => _ = schema.remove("format"),
        _ => {}
    }
}

/// Takes out where links lead that only rustdoc follows: to items of Rust.
fn without_links(text: &str) -> String {
    let mut parts = text.split("](");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match (part.split_once(')'), out.rfind('[')) {
            (Some((to, rest)), Some(at)) if to.contains("::") => {
                out.remove(at);
                out.push_str(rest);
            }
            _ => out.push_str(&format!("]({part}")),
        }
    }
    out
}

/// Replaces what properties say of their fields by a comment: the field's rule and its page.
fn without_fields(value: &mut Value, locale: Locale) {
    for_each_schema(value, &mut |members| {
        let Some(field) = members.remove(FIELD) else { return };
        let rule = field.get("rule").and_then(Value::as_str).and_then(catalogue::rule);
        if let Some(rule) = rule {
            members.insert("$comment".to_owned(), format!("{} {}", rule.id, rule.help_url(locale)).into());
        }
    });
}

/// Drops definitions that nothing refers to any more.
fn without_unused(schema: &mut Value) {
    for keyword in ["$defs", "definitions"] {
        loop {
            let text = schema.to_string();
            let Some(Value::Object(definitions)) = schema.get_mut(keyword) else { break };
            let count = definitions.len();
            definitions.retain(|name, _| text.contains(&format!("\"#/{keyword}/{name}\"")));
            if definitions.len() == count {
                break;
            }
        }
        if schema.get(keyword).and_then(Value::as_object).is_some_and(Map::is_empty)
            && let Value::Object(members) = schema
        {
            members.remove(keyword);
        }
    }
}
