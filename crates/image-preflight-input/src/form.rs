//! The forms that are taken, and how each is recognised.

use crate::json::{Members, first};
use crate::operation::is_member_of_case;
use crate::{hcl, http, koocli, sdk, shell, terraform};
use image_preflight::Message;

/// A form in which people hold requests.
///
/// ```
/// use image_preflight_input::Form;
/// let plan = r#"{"format_version": "1.2", "resource_changes": []}"#;
/// assert_eq!(Form::of(plan), Some(Form::Terraform));
/// assert_eq!(Form::from_name("koocli"), Some(Form::KooCli));
/// assert_eq!(Form::of("Dear Sir or Madam"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Cases of image-preflight: an object, an array, one a line (NDJSON), or one after another.
    Case,
    /// What `terraform show -json` or `tofu show -json` prints of a plan or a state.
    Terraform,
    /// A command of KooCLI, `hcloud IMS …`, or the file that its `--cli-jsonInput` reads.
    KooCli,
    /// A command of JD Cloud's `jdc vm copy-images …`, or the object that its `--input-json` takes.
    Jdc,
    /// An HTTP request: a method and an address, headers or none, an empty line, the body.
    Http,
    /// A command of curl.
    Curl,
    /// A request of an official SDK as Python prints it, or as it is made: `CopyImageCrossRegionRequest(…)`.
    Sdk,
    /// Configuration of Terraform. It is recognised only to be answered with the command that makes JSON of it.
    Hcl,
}

impl Form {
    /// Every form, in the order of the documentation.
    pub const ALL: [Form; 8] =
        [Form::Case, Form::Terraform, Form::KooCli, Form::Jdc, Form::Http, Form::Curl, Form::Sdk, Form::Hcl];

    /// Its name, as an option takes it.
    ///
    /// ```
    /// assert_eq!(image_preflight_input::Form::Terraform.name(), "terraform");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Form::Case => "case",
            Form::Terraform => "terraform",
            Form::KooCli => "koocli",
            Form::Jdc => "jdc",
            Form::Http => "http",
            Form::Curl => "curl",
            Form::Sdk => "sdk",
            Form::Hcl => "hcl",
        }
    }

    /// The form of a name.
    ///
    /// ```
    /// assert_eq!(image_preflight_input::Form::from_name("yaml"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name() == name)
    }

    /// What it is, for people.
    ///
    /// ```
    /// use image_preflight::Locale;
    /// assert_eq!(image_preflight_input::Form::Curl.title().text(Locale::ENGLISH), "curl command");
    /// ```
    #[must_use]
    pub fn title(self) -> Message {
        match self {
            Form::Case => Message { en: "cases", zh: "用例" },
            Form::Terraform => Message { en: "Terraform JSON", zh: "Terraform JSON" },
            Form::KooCli => Message { en: "KooCLI command", zh: "KooCLI 命令" },
            Form::Jdc => Message { en: "jdc command", zh: "jdc 命令" },
            Form::Http => Message { en: "HTTP request", zh: "HTTP 请求" },
            Form::Curl => Message { en: "curl command", zh: "curl 命令" },
            Form::Sdk => Message { en: "SDK request", zh: "SDK 请求" },
            Form::Hcl => Message { en: "Terraform configuration", zh: "Terraform 配置" },
        }
    }

    /// The form of a text, by its content; `None` where it is none of them.
    ///
    /// ```
    /// use image_preflight_input::Form;
    /// assert_eq!(Form::of("$ hcloud IMS CopyImageInRegion --image_id=a --name=b"), Some(Form::KooCli));
    /// assert_eq!(Form::of(r#"{"operation": "ims.whole-image", "body": {}}"#), Some(Form::Case));
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Option<Form> {
        let text = text.trim_start_matches('\u{feff}').trim();
        match text.as_bytes().first()? {
            b'{' => Form::of_object(text),
            b'[' => Some(Form::Case),
            // A text, a number: lines of JSON that are broken, unless the line is a command.
            b'"' | b'-' | b'0'..=b'9' => {
                Form::of_words(text.lines().next()?).is_some().then(|| Form::of_words(text)).flatten()
            }
            _ => Form::of_words(text),
        }
    }

    /// Whether a text that begins with this line may be of another form than cases, so that all of it has to be seen. It looks at the
    /// line alone.
    ///
    /// ```
    /// use image_preflight_input::Form;
    /// assert!(Form::may_begin(r#"{"format_version":"1.2","resource_changes":[]}"#));
    /// assert!(Form::may_begin("{"));
    /// assert!(!Form::may_begin(r#"{"operation":"ims.whole-image","body":{}}"#));
    /// assert!(!Form::may_begin(r#""no case at all"#));
    /// ```
    #[must_use]
    pub fn may_begin(line: &str) -> bool {
        let line = line.trim_start_matches('\u{feff}').trim();
        match line.as_bytes().first() {
            None | Some(b'[') => false,
            Some(b'{') => match Members::of(line) {
                Ok(_) => Form::of_object(line).is_some_and(|form| form != Form::Case),
                Err(error) => error.is_eof() || line.contains('\''),
            },
            Some(b'"' | b'-' | b'0'..=b'9') => Form::of_words(line).is_some(),
            // A comment, a command that is none of ours: `set -e`. One of ours may follow.
            Some(_) => true,
        }
    }

    fn of_object(text: &str) -> Option<Form> {
        let Ok(members) = Members::of(text) else {
            if first(text).is_some_and(|(line, _)| Members::of(line).is_ok_and(|members| terraform::is_log(&members))) {
                return Some(Form::Terraform);
            }
            // Several objects one after another, a broken one, or the `repr` of a dictionary.
            let is_python = sdk::looks_like_a_dictionary(text);
            return Some(if is_python { Form::of_python(text) } else { Form::Case });
        };
        let has = |name: &str| members.has(name);
        let has_all = |names: &[&str]| names.iter().all(|name| members.has(name));
        if has("operation") {
            Some(Form::Case)
        } else if has("resource_changes")
            || has("planned_values")
            || has("format_version")
            || has_all(&["terraform_version", "lineage"])
            || terraform::is_log(&members)
        {
            Some(Form::Terraform)
        } else if hcl::is_configuration(members.names()) {
            Some(Form::Hcl)
        } else if (has("sourceImageIds") || has("destinationRegion")) && !members.names().any(is_member_of_case) {
            Some(Form::Jdc)
        } else if koocli::is_file(&members) {
            Some(Form::KooCli)
        } else if sdk::is_request(&members) {
            Some(Form::Sdk)
        } else {
            Some(Form::Case)
        }
    }

    fn of_python(text: &str) -> Form {
        if text.contains("'sourceImageIds'") || text.contains("'destinationRegion'") { Form::Jdc } else { Form::Sdk }
    }

    fn of_words(text: &str) -> Option<Form> {
        if hcl::begins(text) {
            return Some(Form::Hcl);
        }
        if http::begins(text) {
            return Some(Form::Http);
        }
        shell::program(text).or_else(|| sdk::class(text).map(|_| Form::Sdk))
    }
}
