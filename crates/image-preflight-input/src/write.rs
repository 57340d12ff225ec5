//! The other direction: an allowed request as what people run. What a form cannot say is refused, never left out.

use crate::form::Form;
use crate::operation::addressed;
use crate::translation::Refused;
use image_preflight::{Message, Operation, huawei, is_hidden};
use serde_json::{Map, Value};
use std::fmt::Write;

/// Writes a request as a command of curl, KooCLI or jdc, or as a resource of Terraform. `path` is the path of its address, `region` the
/// region where the image is.
///
/// ```
/// use image_preflight_input::{Form, write_request};
/// let body = r#"{"name": "web base"}"#;
/// let command = write_request(Form::KooCli, "/v1/cloudimages/465076de/copy", body, Some("cn-north-4"))?;
/// assert_eq!(command, "hcloud IMS CopyImageInRegion --cli-region=cn-north-4 --image_id=465076de --name='web base'");
/// # Ok::<(), image_preflight_input::Refused>(())
/// ```
///
/// # Errors
/// The form has no way to say the request, or it is not one to write.
pub fn write_request(form: Form, path: &str, body: &str, region: Option<&str>) -> Result<String, Refused> {
    let (operation, parameters) = addressed(path).ok_or_else(|| refused(form, "address", [path]))?;
    let parsed: Map<String, Value> = serde_json::from_str(body).map_err(|_| refused(form, "body", [path]))?;
    let is_ims = operation.id().starts_with("ims.");
    match form {
        Form::Curl if is_ims => curl(operation, path, body, region),
        Form::Curl => Err(Refused::new("signed", SIGNED, &[])),
        Form::KooCli if is_ims => koocli(operation, &parameters, &parsed, region),
        Form::Jdc if !is_ims => jdc(&parameters, parsed),
        Form::Terraform if is_ims => terraform(operation, &parameters, parsed, region),
        _ => Err(refused(form, "operation", [operation.id()])),
    }
}

const SIGNED: Message = Message {
    en: "a request to JD Cloud is signed, which curl cannot do; write it for jdc",
    zh: "京东云的请求需要签名，curl 无法完成；请改用 jdc",
};

const NOT_SAID: Message = Message { en: "{what} cannot be written as a {form}", zh: "{what} 无法写成 {form}" };

const HIDDEN: Message = Message {
    en: "{option} has a character that a command line would not show or pass on as it is; send the JSON instead",
    zh: "{option} 含有命令行无法原样显示或传递的字符；请直接发送 JSON",
};

fn refused<S: AsRef<str>>(form: Form, kind: &'static str, what: impl IntoIterator<Item = S>) -> Refused {
    Refused::new(kind, NOT_SAID, &[("form", form.title().en)]).with_list("what", what)
}

/// A word of a shell, in quotes where it needs them.
fn word(option: &str, text: &str) -> Result<String, Refused> {
    // The log of a GitHub workflow would act on the last.
    if text.contains(is_hidden) || text.contains("##[") {
        return Err(Refused::new("hidden", HIDDEN, &[("option", option)]));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return Ok(text.to_owned());
    }
    Ok(format!("'{}'", text.replace('\'', r"'\''")))
}

fn curl(operation: &Operation, path: &str, body: &str, region: Option<&str>) -> Result<String, Refused> {
    // What a terminal would not show is an escape in JSON.
    let mut shown = String::new();
    for c in body.replace("##[", "#\\u0023[").chars() {
        if is_hidden(c) {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(shown, "\\u{unit:04x}");
            });
        } else {
            shown.push(c);
        }
    }
    let host = match region {
        Some(region) if is_of_another_site(region) => "$ENDPOINT".to_owned(),
        Some(region) => operation.provider().endpoint.replace("{region}", &word("region", region)?),
        None => operation.provider().endpoint.replace("{region}", "$REGION"),
    };
    let (path, body) = (word("path", path)?, word("-d", &shown)?);
    Ok(format!(
        "curl -X {} \"https://{host}\"{path} -H \"X-Auth-Token: $TOKEN\" -H 'Content-Type: application/json' -d {body}",
        operation.provider().method
    ))
}

/// Whether a region belongs to a site whose endpoints are others: a token must not go to the wrong one.
fn is_of_another_site(region: &str) -> bool {
    huawei::region(region).is_some_and(|known| huawei::main_regions().all(|main| main.id != known.id))
}

fn koocli(
    operation: &Operation,
    parameters: &[(&'static str, String)],
    body: &Map<String, Value>,
    region: Option<&str>,
) -> Result<String, Refused> {
    let mut command = format!("hcloud IMS {}", operation.api_name());
    let mut option = |name: &str, text: &str| -> Result<(), Refused> {
        let _ = write!(command, " --{name}={}", word(name, text)?);
        Ok(())
    };
    region.map_or(Ok(()), |region| option("cli-region", region))?;
    for (name, value) in parameters {
        option(name, value)?;
    }
    for (name, value) in body {
        options(name, value, &mut option)?;
    }
    Ok(command)
}

/// An option for each text or number in a value; a list counts from 1.
fn options(
    name: &str,
    value: &Value,
    option: &mut impl FnMut(&str, &str) -> Result<(), Refused>,
) -> Result<(), Refused> {
    match value {
        Value::Null => Ok(()),
        Value::String(text) => option(name, text),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .try_for_each(|(index, element)| options(&format!("{name}.{}", index + 1), element, option)),
        Value::Object(members) => {
            members.iter().try_for_each(|(member, value)| options(&format!("{name}.{member}"), value, option))
        }
        other => option(name, &other.to_string()),
    }
}

fn jdc(parameters: &[(&'static str, String)], mut body: Map<String, Value>) -> Result<String, Refused> {
    for (name, value) in parameters {
        body.insert((*name).to_owned(), value.as_str().into());
    }
    body.retain(|_, value| !value.is_null());
    let json = Value::Object(body).to_string();
    Ok(format!("jdc vm copy-images --input-json {}", word("--input-json", &json)?))
}

/// Attributes with the fields of the body that they are sent as, by operation.
const ACROSS: [(&str, &str); 5] = [
    ("name", "name"),
    ("description", "description"),
    ("region", "target_region"),
    ("agency_name", "agency_name"),
    ("vault_id", "vault_id"),
];
const WITHIN: [(&str, &str); 4] = [
    ("name", "name"),
    ("description", "description"),
    ("cmk_id", "kms_key_id"),
    ("enterprise_project_id", "enterprise_project_id"),
];
const WHOLE: [(&str, &str); 8] = [
    ("name", "name"),
    ("description", "description"),
    ("instance_id", "instance_id"),
    ("backup_id", "backup_id"),
    ("vault_id", "vault_id"),
    ("max_ram", "max_ram"),
    ("min_ram", "min_ram"),
    ("enterprise_project_id", "enterprise_project_id"),
];

fn terraform(
    operation: &Operation,
    parameters: &[(&'static str, String)],
    mut body: Map<String, Value>,
    region: Option<&str>,
) -> Result<String, Refused> {
    body.retain(|_, value| !value.is_null());
    let mut attributes = Vec::new();
    let (kind, fields) = match operation.id() {
        "ims.cross-region-copy" => {
            // The provider sends the region as the project, too.
            if body.get("project_name") == body.get("region") {
                body.remove("project_name");
            }
            ("huaweicloud_images_image_copy", &ACROSS[..])
        }
        "ims.in-region-copy" => ("huaweicloud_images_image_copy", &WITHIN[..]),
        _ if body.contains_key("backup_id") => {
            // The provider always sends it.
            if body.get("whole_image_type").and_then(Value::as_str) == Some("CBR") {
                body.remove("whole_image_type");
            }
            ("huaweicloud_ims_cbr_whole_image", &WHOLE[..])
        }
        _ => ("huaweicloud_ims_ecs_whole_image", &WHOLE[..]),
    };
    if let Some(region) = region {
        attributes.push(("region", hcl(&region.into())));
    }
    attributes.extend(parameters.iter().map(|(_, id)| ("source_image_id", hcl(&id.as_str().into()))));
    for (field, attribute) in fields {
        if let Some(value) = body.remove(*field) {
            attributes.push((*attribute, hcl(&value)));
        }
    }
    if let Some(tags) = body.get("image_tags").and_then(tags) {
        body.remove("image_tags");
        attributes.push(("tags", tags));
    }
    if !body.is_empty() {
        return Err(refused(Form::Terraform, "field", body.keys()));
    }
    let width = attributes.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: String = attributes.iter().fold(String::new(), |mut lines, (name, value)| {
        let _ = writeln!(lines, "  {name:width$} = {value}");
        lines
    });
    Ok(format!("resource \"{kind}\" \"image\" {{\n{lines}}}"))
}

/// Tags as a map; `None` where a key is there twice, which a map cannot say.
fn tags(tags: &Value) -> Option<String> {
    let mut map = Map::new();
    for tag in tags.as_array()? {
        let (key, value) = (tag.get("key")?.as_str()?, tag.get("value")?);
        if map.insert(key.to_owned(), value.clone()).is_some() {
            return None;
        }
    }
    let lines = map.iter().map(|(key, value)| format!("    {} = {}\n", hcl(&key.as_str().into()), hcl(value)));
    Some(format!("{{\n{}  }}", lines.collect::<String>()))
}

/// A value as HCL, which is JSON but for templates in texts.
fn hcl(value: &Value) -> String {
    let json = value.to_string().replace("${", "$${").replace("%{", "%%{").replace("##[", "#\\u0023[");
    json.chars().fold(String::new(), |mut out, c| {
        let mut units = [0; 2];
        let _ = match is_hidden(c) {
            true if u32::from(c) > 0xffff => write!(out, "\\U{:08x}", u32::from(c)),
            true => c.encode_utf16(&mut units).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}")),
            false => out.write_char(c),
        };
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, translate_with};
    use serde_json::json;

    const ACROSS_PATH: &str = "/v1/cloudimages/a%2Fb/cross_region_copy";
    const WHOLE_PATH: &str = "/v1/cloudimages/wholeimages/action";

    fn across() -> Value {
        json!({"name": "it's $HOME \"x\" \\ 镜像", "description": "", "region": "cn-east-3", "project_name": "cn-east-3",
            "agency_name": "a b"})
    }

    fn whole() -> Value {
        json!({"name": "n", "instance_id": "i", "vault_id": "v", "min_ram": 2048, "tags": ["k.v", "l"]})
    }

    /// Where a site has endpoints of its own, a command with a token goes to none that is guessed.
    #[test]
    fn a_token_goes_to_no_endpoint_of_another_site() {
        for region in huawei::regions() {
            let is_main = huawei::main_regions().any(|main| main.id == region.id);
            let command = write_request(Form::Curl, ACROSS_PATH, "{}", Some(region.id)).expect("a command");
            let host = if is_main { format!("ims.{}.myhuaweicloud.com", region.id) } else { "$ENDPOINT".to_owned() };
            assert!(command.starts_with(&format!("curl -X POST \"https://{host}\"/v1/")), "{command}");
            assert_eq!(translate_with(&command, Options::default()).expect(&command).cases.len(), 1);
        }
    }

    /// What is written is read again as the same request.
    #[test]
    fn a_command_is_the_request() {
        let tagged =
            json!({"name": "n", "instance_id": "i", "vault_id": "v", "image_tags": [{"key": "k", "value": "a b"}]});
        for (path, id, body) in [
            (ACROSS_PATH, Some("a/b"), across()),
            ("/v1/cloudimages/465/copy", Some("465"), json!({"name": "n", "cmk_id": "k"})),
            (WHOLE_PATH, None, whole()),
            (WHOLE_PATH, None, tagged),
        ] {
            for form in [Form::KooCli, Form::Curl] {
                let command = write_request(form, path, &body.to_string(), Some("cn-north-4")).expect("a command");
                let translation = translate_with(&command, Options::default()).expect(&command);
                assert_eq!((translation.form, translation.cases.len()), (form, 1), "{command}");
                let case: Value = serde_json::from_str(&translation.cases[0].text).expect("JSON");
                assert_eq!((&case["body"], &case["unknown"]), (&body, &Value::Null), "{command}");
                assert_eq!(case["path"]["image_id"].as_str(), id, "{command}");
                let region = case["facts"]["sourceRegion"].as_str();
                assert_eq!(region, (path == ACROSS_PATH).then_some("cn-north-4"), "{command}");
            }
        }
        let body = json!({"sourceImageIds": ["i", "j"], "destinationRegion": "cn-east-2", "name": "it's"});
        let path = "/v1/regions/cn-north-1/images:copyImages";
        let command = write_request(Form::Jdc, path, &body.to_string(), None).expect("a command");
        let case: Value = serde_json::from_str(&crate::translate(&command).expect("one").cases[0].text).expect("JSON");
        assert_eq!(
            (&case["body"]["name"], &case["path"]["regionId"]),
            (&json!("it's"), &json!("cn-north-1")),
            "{command}"
        );
        assert_eq!(case["body"]["sourceImageIds"], body["sourceImageIds"]);
    }

    #[test]
    fn a_resource_has_every_field_or_there_is_none() {
        let write = |path: &str, body: Value, region| write_request(Form::Terraform, path, &body.to_string(), region);
        let mut body = across();
        body["name"] = "a ${b} %{c} ##[d]\u{202e}".into();
        assert_eq!(
            write(ACROSS_PATH, body.clone(), Some("cn-north-4")).expect("a resource"),
            "resource \"huaweicloud_images_image_copy\" \"image\" {\n\
             \x20 region          = \"cn-north-4\"\n\
             \x20 source_image_id = \"a/b\"\n\
             \x20 name            = \"a $${b} %%{c} #\\u0023[d]\\u202e\"\n\
             \x20 description     = \"\"\n\
             \x20 target_region   = \"cn-east-3\"\n\
             \x20 agency_name     = \"a b\"\n}"
        );
        body["project_name"] = "cn-east-3_x".into();
        let refused = write(ACROSS_PATH, body, None).expect_err("another project");
        assert!(refused.to_string().contains("project_name"), "{refused}");
        assert!(write(WHOLE_PATH, whole(), None).expect_err("tags").to_string().contains("tags"));
        let tagged = json!({"name": "n", "backup_id": "b", "whole_image_type": "CBR", "min_ram": 1,
            "image_tags": [{"key": "k", "value": "v"}]});
        let resource = write(WHOLE_PATH, tagged, None).expect("a resource");
        assert!(
            resource.contains("huaweicloud_ims_cbr_whole_image") && resource.contains("\"k\" = \"v\""),
            "{resource}"
        );
        assert!(resource.contains("min_ram   = 1\n"), "{resource}");
        let other = json!({"name": "n", "backup_id": "b", "whole_image_type": "CSBS"});
        assert!(write(WHOLE_PATH, other, None).is_err());
    }

    #[test]
    fn what_a_form_cannot_say_is_refused() {
        let jd =
            ("/v1/regions/r/images:copyImages", json!({"sourceImageIds": ["i"], "destinationRegion": "s"}).to_string());
        for form in [Form::Curl, Form::KooCli, Form::Terraform, Form::Http] {
            assert!(write_request(form, jd.0, &jd.1, None).is_err(), "{form:?}");
        }
        assert!(write_request(Form::Jdc, ACROSS_PATH, &across().to_string(), None).is_err());
        assert!(write_request(Form::Curl, "/v2/other", "{}", None).is_err());
        assert!(write_request(Form::Curl, WHOLE_PATH, "", None).is_err());
        for hostile in ["a\u{1b}[2J", "a\nb", "\u{202e}", "##[x"] {
            let body = json!({"name": hostile, "instance_id": "i", "vault_id": "v"}).to_string();
            assert_eq!(write_request(Form::KooCli, WHOLE_PATH, &body, None).expect_err("hidden").kind, "hidden");
            let command = write_request(Form::Curl, WHOLE_PATH, &body, None).expect("escapes");
            assert!(!command.contains(is_hidden) && !command.contains("##["), "{command}");
        }
    }
}
