//! What the fuzzers have found worth keeping, again.

use image_preflight_tests::{fuzzing, path};

#[test]
fn every_corpus_keeps_the_promises() {
    for (name, attack) in fuzzing::TARGETS {
        let folder = path(&format!("../fuzz/corpus/{name}"));
        let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut count = 0;
        for file in files {
            let file = file.expect("a file").path();
            attack(&std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())));
            count += 1;
        }
        assert!(count >= 30, "the corpus of {name} has only {count} files");
    }
}
