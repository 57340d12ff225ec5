//! The contents of the published packages: the texts of both licences, a README, and the metadata that a registry shows.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 3] = ["image-preflight", "image-preflight-input", "image-preflight-cli"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let run = Command::new(cargo).args(arguments).current_dir(root()).output().expect("cargo runs");
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8")
}

#[test]
fn each_package_holds_the_texts_of_its_licences() {
    for package in PACKAGES {
        let files = cargo(&["package", "--list", "--allow-dirty", "--offline", "--locked", "-p", package]);
        for (file, words) in [
            ("LICENSE-MIT", "Permission is hereby granted, free of charge"),
            ("LICENSE-APACHE", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"),
        ] {
            assert!(files.lines().any(|listed| listed == file), "{package} lacks {file}:\n{files}");
            let of_package = std::fs::read_to_string(root().join("crates").join(package).join(file)).expect(file);
            assert!(of_package.contains(words), "{package}: {file} is no licence text");
            assert_eq!(of_package, std::fs::read_to_string(root().join(file)).expect(file), "{package}: {file}");
        }
        assert!(files.lines().any(|listed| listed == "README.md"), "{package} lacks its README:\n{files}");
    }
}

#[test]
fn each_package_says_what_a_registry_shows() {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1", "--no-deps", "--offline", "--locked"]))
            .expect("JSON");
    for name in PACKAGES {
        let package = metadata["packages"].as_array().expect("packages").iter().find(|package| package["name"] == name);
        let package = package.expect(name);
        for field in ["description", "license", "readme", "repository", "homepage"] {
            assert!(package[field].as_str().is_some_and(|text| !text.is_empty()), "{name} has no {field}");
        }
        for field in ["keywords", "categories"] {
            let words = package[field].as_array().expect(field);
            // A registry accepts at most five.
            assert!((1..=5).contains(&words.len()), "{name}: {field}");
        }
        // The command has the name of the library, so its page would replace the library's.
        for target in package["targets"].as_array().expect("targets") {
            let is_library = target["kind"].as_array().expect("kinds").iter().any(|kind| kind == "lib");
            assert_eq!(target["doc"], is_library, "{name}: {target}");
        }
    }
}
