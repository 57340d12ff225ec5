//! Configuration of Terraform: what a plan is made of. It has variables, functions and modules, whose values only Terraform knows.

use crate::translation::Refused;
use image_preflight::Message;

/// The blocks that may begin a file.
const BLOCKS: [&str; 12] = [
    "resource",
    "data",
    "provider",
    "terraform",
    "module",
    "variable",
    "output",
    "locals",
    "moved",
    "import",
    "check",
    "removed",
];

/// Whether a text begins as a file of configuration does.
pub(crate) fn begins(text: &str) -> bool {
    let text = without_comments(text);
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    BLOCKS.contains(&word) && rest.trim_start().starts_with(['"', '{']) || assigns(word, rest)
}

/// Whether the members of an object are those of configuration in JSON, as a file `*.tf.json` has it.
pub(crate) fn is_configuration<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let mut names = names.filter(|name| *name != "//").peekable();
    names.peek().is_some() && names.all(|name| BLOCKS.contains(&name))
}

/// A file of variables, `name = "value"`, of which several follow one another.
fn assigns(word: &str, rest: &str) -> bool {
    !word.is_empty() && rest.starts_with(' ') && rest.trim_start().starts_with("= \"")
}

pub(crate) fn refused() -> Refused {
    const ANSWER: Message = Message {
        en: "this is Terraform's configuration; the values are known to a plan. Make JSON of one, and check that: terraform plan \
             -out=plan.bin && terraform show -json plan.bin > plan.json (with OpenTofu: tofu in place of terraform)",
        zh: "这是 Terraform 配置，其取值在计划中才能确定。请先生成计划的 JSON，再检查该文件：terraform plan -out=plan.bin && terraform show \
             -json plan.bin > plan.json（使用 OpenTofu 时将 terraform 换为 tofu）",
    };
    Refused::new("hcl", ANSWER, &[])
}

/// The text behind comments and white space.
fn without_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let is_line = text.starts_with('#') || text.starts_with("//");
        text = match (is_line, text.strip_prefix("/*")) {
            (true, _) => text.split_once('\n').map_or("", |(_, rest)| rest),
            (false, Some(rest)) => rest.split_once("*/").map_or("", |(_, rest)| rest),
            (false, None) => return text,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::begins;

    #[test]
    fn configuration_is_told_from_other_texts() {
        for text in [
            "resource \"huaweicloud_images_image_copy\" \"a\" {\n}",
            "# a comment\n// another\n/* a\nthird */ terraform {\n}",
            "locals {",
            "provider\"huaweicloud\"{",
            "image_name = \"web\"\nregion = \"cn-north-4\"",
        ] {
            assert!(begins(text), "{text}");
        }
        let is_json = |names: &[&str]| super::is_configuration(names.iter().copied());
        assert!(is_json(&["terraform", "//", "resource"]) && is_json(&["provider"]));
        assert!(!is_json(&[]) && !is_json(&["//"]) && !is_json(&["resource", "body"]));
        for text in ["", "#", "/* resource", "resources \"a\"", "import os\n", "data: x", "check", "{\"resource\": {}}"]
        {
            assert!(!begins(text), "{text}");
        }
    }
}
