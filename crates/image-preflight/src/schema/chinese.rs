//! The texts of schemas in other languages than English.

use crate::catalogue;
use crate::check::schema_texts::of_types;
use crate::message::locale::Locale;
use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::Value;
use std::collections::HashMap;

/// Replaces titles and descriptions by those in a language.
pub(super) fn translate(schema: &mut Schema, locale: Locale) {
    if locale.tag() == Locale::default().tag() {
        return;
    }
    let texts = texts(locale);
    RecursiveTransform(|schema: &mut Schema| {
        for keyword in ["title", "description"] {
            let text = schema.get(keyword).and_then(Value::as_str).and_then(|text| texts.get(text));
            if let Some(text) = text {
                schema.insert(keyword.to_owned(), text.clone().into());
            }
        }
    })
    .transform(schema);
}

/// Each text of a schema, and the same in a language.
fn texts(locale: Locale) -> HashMap<String, String> {
    let fields = catalogue::operations().flat_map(|operation| operation.path.iter().chain(operation.body));
    let of_fields = fields.flat_map(|field| {
        [field.needed(), None]
            .map(|needed| (field.describe_as(needed, Locale::default()), field.describe_as(needed, locale)))
    });
    let of_facts = catalogue::facts().map(|fact| {
        let text = fact.description();
        (super::facts::sentence(text.text(Locale::default())), super::facts::sentence_in(text, locale))
    });
    let of_types = of_types().map(|text| (text.text(Locale::default()).to_owned(), text.text(locale).to_owned()));
    of_fields.chain(of_facts).chain(of_types).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::schema_texts::of_types;
    use crate::message::locale::Locale;
    use crate::schema::{Print, Profile};
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn texts(schema: &Value, all: &mut BTreeSet<String>) {
        match schema {
            Value::Object(members) => {
                for keyword in ["title", "description"] {
                    all.extend(members.get(keyword).and_then(Value::as_str).map(str::to_owned));
                }
                members.iter().filter(|(name, _)| *name != "examples").for_each(|(_, value)| texts(value, all));
            }
            Value::Array(list) => list.iter().for_each(|value| texts(value, all)),
            _ => {}
        }
    }

    fn is_han(c: char) -> bool {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
    }

    /// Titles that are names in the documents' sense stay: those of definitions.
    #[test]
    fn every_description_is_in_chinese_and_every_row_is_used() {
        let (mut english, mut chinese) = (BTreeSet::new(), BTreeSet::new());
        for profile in [Profile::Exact, Profile::Portable] {
            let print = Print::default().profile(profile);
            texts(&print.all().to_value(), &mut english);
            texts(&print.locale(Locale::CHINESE).all().to_value(), &mut chinese);
        }
        let is_name = |text: &&String| text.chars().all(|c| c.is_ascii_alphanumeric());
        let left: Vec<_> = chinese
            .iter()
            .filter(|text| !text.contains(is_han) && !is_name(text) && !text.starts_with("`not-json`"))
            .collect();
        assert_eq!(left, [""; 0]);
        let titles = ["Case", "Facts"];
        let unused: Vec<_> =
            of_types().map(|text| text.en).filter(|text| !english.contains(*text) && !titles.contains(text)).collect();
        assert_eq!(unused, [""; 0]);
    }
}
