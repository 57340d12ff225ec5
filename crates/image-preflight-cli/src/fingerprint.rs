//! What identifies a finding from one run to the next: not its line, which changes with every edit above it.

use crate::place::Source;
use image_preflight::Finding;

/// The identity of a finding within its file: the resource or the number of the case, the rule, the place in the case.
pub(crate) fn fingerprint(finding: &Finding<'_>, source: &Source<'_>) -> String {
    let index = source.index.to_string();
    let parts = [source.file.relative(), source.resource().map_or(index, str::to_owned)];
    let hash = parts.iter().map(String::as_str).chain([finding.rule().id, finding.at()]).fold(BASIS, |hash, part| {
        part.bytes().chain([0]).fold(hash, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
    });
    format!("{hash:032x}")
}

/// FNV-1a of 128 bits, which is the same in every version of every compiler.
const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
