//! What people hold as requests for machine images, as cases of [`image_preflight`].
//!
//! A request is rarely a case: it is a resource in a Terraform plan, a line for a command line tool, a request copied from an API
//! explorer, or what a program printed. [`translate`] makes a case of each, records where each value is from, and adds notes,
//! such as an attribute that a provider never sends.
//!
//! | form | name | example |
//! | --- | --- | --- |
//! | cases | `case` | an object, an array, one a line, one after another, on one line too: handed on as they are |
//! | Terraform, OpenTofu | `terraform` | `terraform show -json` of a plan or a state |
//! | KooCLI | `koocli` | `hcloud IMS CopyImageCrossRegion --cli-region=…`, or the file of `--cli-jsonInput` |
//! | jdc | `jdc` | `jdc vm copy-images --input-json '…'`, or that object |
//! | HTTP | `http` | `POST /v1/cloudimages/{id}/copy`, headers or none, an empty line, the body |
//! | curl | `curl` | `curl -X POST https://ims.cn-north-4.… -d '…'` |
//! | SDK | `sdk` | `{'image_id': …, 'body': {…}}`, `CopyImageCrossRegionRequest(…)` |
//! | HCL | `hcl` | answered with the command that makes JSON of it |
//!
//! ```
//! let command = "hcloud IMS CopyImageInRegion --cli-region=cn-north-4 --image_id=465076de --name='web base'";
//! let translation = image_preflight_input::translate(command)?;
//! let case = &translation.cases[0];
//! let report = image_preflight::check(&case.text);
//! for finding in report.findings() {
//!     println!("{:?}: {}", case.origin.attribute(finding.at()), finding.rule().id);
//! }
//! # Ok::<(), image_preflight_input::Refused>(())
//! ```
//!
//! # Why it is a crate of its own
//!
//! No check needs it: the core judges a case, whoever wrote it, and what runs in a page stays small. It changes with other people's
//! tools, not with the documents of a cloud. It reads names, addresses and fields of operations from the core, and declares none.
//!
//! Like the core, it does no input or output and does not panic. A text of any length takes time and memory that grow with its length;
//! values that it looks into have a bounded depth.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented,
        clippy::get_unwrap
    )
)]

mod cases;
mod curl;
mod document;
mod fill;
mod form;
mod hcl;
mod http;
mod jdc;
mod json;
mod koocli;
mod lines;
mod operation;
mod runs;
mod sdk;
mod shell;
mod terraform;
mod translation;
mod write;

pub use cases::split_cases;
pub use document::{NoteDocument, TranslatedCaseDocument, TranslationDocument};
pub use fill::{fill_in_case, is_about};
pub use form::Form;
pub use translation::{Note, Options, Origin, Refused, TranslatedCase, Translation, Verbatim};
pub use write::write_request;

/// The example of README.md, run by rustdoc.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

use image_preflight::Message;

/// Translates a text, whose form is recognised by its content.
///
/// ```
/// let request = "POST /v1/cloudimages/465076de/copy\n\n{\"name\": \"n\"}";
/// let translation = image_preflight_input::translate(request)?;
/// assert_eq!(translation.form, image_preflight_input::Form::Http);
/// assert_eq!(image_preflight_input::translate("Dear Sir").unwrap_err().kind, "not-recognized");
/// # Ok::<(), image_preflight_input::Refused>(())
/// ```
///
/// # Errors
/// The text is of none of the forms, or it is broken; the error explains what to do.
pub fn translate(text: &str) -> Result<Translation<'_>, Refused> {
    translate_with(text, Options::default())
}

/// Translates a text of a given form, or whose requests are of a given operation.
///
/// ```
/// use image_preflight_input::{Form, Options, translate_with};
/// let options = Options { form: Some(Form::Terraform), ..Options::default() };
/// assert_eq!(translate_with("hcloud IMS CopyImageInRegion", options).unwrap_err().kind, "json");
/// ```
///
/// # Errors
/// The text is not of the form, or of none; the error explains what to do.
pub fn translate_with<'t>(text: &'t str, options: Options<'_>) -> Result<Translation<'t>, Refused> {
    let form = options.form.or_else(|| Form::of(text)).ok_or_else(not_recognized)?;
    let begins_with_brace = text.trim_start().starts_with('{');
    let one = match form {
        Form::Case => return Ok(cases::translate(text)),
        Form::Terraform => return terraform::translate(text),
        Form::Hcl => return Err(hcl::refused()),
        Form::KooCli if begins_with_brace => koocli::file(text, options),
        Form::Jdc if begins_with_brace && !sdk::looks_like_a_dictionary(text.trim_start()) => jdc::object(text),
        Form::Jdc if begins_with_brace => sdk::translate(text, options),
        Form::KooCli | Form::Jdc | Form::Curl => {
            let translation = shell::translate(text, form)?;
            let is_empty = translation.cases.is_empty() && translation.others == 0;
            return if is_empty { Err(not_recognized()) } else { Ok(translation) };
        }
        Form::Http => http::translate(text),
        Form::Sdk => sdk::translate(text, options),
    };
    Ok(Translation { form, title: form.title(), cases: vec![one?], notes: Vec::new(), others: 0, idle: 0 })
}

fn not_recognized() -> Refused {
    const FORMS: Message = Message {
        en: "it is of none of the forms that are taken: cases (JSON, NDJSON); terraform show -json of a plan or a state; a command of \
             KooCLI (hcloud IMS …), jdc (jdc vm copy-images …) or curl, or the JSON file of the first two; an HTTP request (method, \
             address, headers, empty line, body); a request that an SDK prints ({names})",
        zh: "不属于可接受的形式：用例（JSON、NDJSON）；计划或状态的 terraform show -json 输出；KooCLI（hcloud IMS …）、jdc（jdc vm \
             copy-images …）或 curl 的命令，或前两者的 JSON 文件；HTTP 请求（方法、地址、请求头、空行、请求体）；SDK 打印的请求（{names}）",
    };
    let names = operation::sendable().map(|operation| format!("{}Request", operation.api_name()));
    Refused::new("not-recognized", FORMS, &[]).with_list("names", names)
}
