//! Prints generated bodies with what the core says of them, a JSON object a line, for validators in other languages:
//! `cargo run -q -p image-preflight-tests --bin bodies -- 1000` prints so many of each operation and kind.

use image_preflight::operations;
use image_preflight_tests::bodies::{Kind, bodies, shape};
use serde_json::json;
use std::io::Write;

fn main() -> std::io::Result<()> {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1000);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for operation in operations() {
        for kind in Kind::ALL {
            for body in bodies(operation.id(), kind, 2).take(count) {
                let shape = shape(operation.id(), &body).name();
                let line = json!({"operation": operation.id(), "kind": kind.name(), "shape": shape, "body": body});
                writeln!(out, "{line}")?;
            }
        }
    }
    out.flush()
}
