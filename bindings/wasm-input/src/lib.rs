//! image-preflight-input for JavaScript. It is a module of its own, since a form needs none of it, and a page where one pastes a plan
//! needs little else. This crate has no rules and recognises nothing itself.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

use image_preflight::Locale;
use image_preflight_input::{Form, Options, TranslationDocument, translate_with};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Answer<'a> {
    Translation(TranslationDocument),
    /// Why the text is not translated.
    Problem {
        kind: &'a str,
        message: String,
    },
    /// What is wrong with the options.
    Wrong(String),
}

/// Translates a text. The answer is JSON: an object whose only member is `translation`, `problem` or `wrong`.
#[wasm_bindgen]
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen gives an optional text as a `String`")]
pub fn translate(text: &str, form: Option<String>, operation: Option<String>, locale: &str) -> String {
    let answer = answer(text, form.as_deref(), operation.as_deref(), Locale::from_tag(locale));
    // Only strings, numbers, lists and maps of strings occur, which serde_json never rejects.
    serde_json::to_string(&answer).unwrap_or_default()
}

fn answer(text: &str, form: Option<&str>, operation: Option<&str>, locale: Locale) -> Answer<'static> {
    let form = match form.map(|name| Form::from_name(name).ok_or(name)).transpose() {
        Ok(form) => form,
        Err(name) => {
            let known = Form::ALL.map(Form::name).join(", ");
            return Answer::Wrong(format!("the option form is {name:?}; it must be one of {known}"));
        }
    };
    match translate_with(text, Options { form, operation }) {
        Ok(translation) => Answer::Translation(translation.to_document(text, locale)),
        Err(refused) => Answer::Problem { kind: refused.kind, message: refused.text(locale) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn asked(text: &str, form: Option<&str>, operation: Option<&str>, locale: &str) -> Value {
        let answer = translate(text, form.map(str::to_owned), operation.map(str::to_owned), locale);
        serde_json::from_str(&answer).expect("it is JSON")
    }

    #[test]
    fn a_translation_is_the_librarys() {
        let command = "hcloud IMS CopyImageInRegion --image_id=a --name=$NAME";
        let expected = image_preflight_input::translate(command).expect("a command");
        for locale in Locale::all() {
            let answer = asked(command, None, None, locale.tag());
            assert_eq!(answer["translation"], serde_json::json!(expected.to_document(command, locale)));
        }
    }

    #[test]
    fn form_operation_and_language_are_used() {
        let command = "hcloud IMS CopyImageInRegion --image_id=a --name=b";
        assert_eq!(asked(command, Some("terraform"), None, "en")["problem"]["kind"], "json");
        // It lacks what is mandatory in each operation, so that none can be inferred.
        let file = r#"{"path": {}, "body": {"description": "d"}}"#;
        assert!(asked(file, Some("koocli"), None, "en")["translation"].is_null());
        let given = asked(file, Some("koocli"), Some("CopyImageInRegion"), "en");
        assert_eq!(given["translation"]["cases"].as_array().map(Vec::len), Some(1));
        let refused = [asked("Dear Sir", None, None, "en"), asked("Dear Sir", None, None, "zh-CN")];
        assert_eq!(refused[0]["problem"]["kind"], refused[1]["problem"]["kind"]);
        assert_ne!(refused[0]["problem"]["message"], refused[1]["problem"]["message"]);
        let wrong = asked("", Some("yaml"), None, "en");
        assert!(wrong["wrong"].as_str().is_some_and(|wrong| wrong.contains("\"yaml\"") && wrong.contains("koocli")));
    }
}
