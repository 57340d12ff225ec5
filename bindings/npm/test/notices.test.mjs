// Every crate that is linked into a module is in the notices. The linked crates are read from the function names of the modules before
// stripping, independently of how the notices are generated.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
const [list, ...texts] = notices.split(`\n${'='.repeat(80)}\n`);
const packages = [...list.matchAll(/^- (.+?): (.+) <(.+)>$/gm)].map(([, name, licence, source]) => ({ name, licence, source }));

/** Rust's standard library, our crates, and the compiler's symbols for the allocator. */
const COMPILER = ['__rustc'];
const STANDARD = ['alloc', 'compiler_builtins', 'core', 'dlmalloc', 'hashbrown', 'std'];
const OURS = ['image_preflight', 'image_preflight_wasm', 'image_preflight_input', 'image_preflight_input_wasm'];

/** The names of a module's functions, from its section `name`. */
function functionNames(bytes) {
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'name');
  const data = Buffer.from(section);
  let place = 0;
  const number = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = data[place++];
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  };
  const names = [];
  while (place < data.length) {
    const [kind, size] = [data[place++], number()];
    const end = place + size;
    if (kind === 1) {
      for (let count = number(); count > 0; count -= 1) {
        number();
        const length = number();
        names.push(data.toString('utf8', place, place + length));
        place += length;
      }
    }
    place = end;
  }
  return names;
}

for (const name of ['image_preflight', 'full', 'input']) {
  test(`every crate in ${name} is in the notices`, () => {
    const names = functionNames(readFileSync(join(root, 'generated', name, 'image_preflight_bg.wasm')));
    // A path begins where no other one goes on: `<&mut serde_json::de::Deserializer<R> as serde_core::…>`.
    const crates = new Set(names.flatMap((name) => [...name.matchAll(/(?<![\w:\]}>]|::)([a-z_]\w*)(?:\[[0-9a-f]+\])?::/g)].map(([, crate]) => crate)));
    assert.ok(crates.has('core') && names.length > 300, `${[...crates]}`);
    // A report crosses as numbers: the module that only checks has no JSON writer.
    assert.equal(crates.has('serde_json') || crates.has('serde'), name !== 'image_preflight');
    const named = packages.map(({ name }) => name.split(' ')[0].replaceAll('-', '_'));
    assert.deepEqual([...crates].filter((crate) => ![...STANDARD, ...COMPILER, ...OURS, ...named].includes(crate)), []);
  });
}

test('each package has its licence and its text', () => {
  assert.ok(packages.length > 8 && packages.some(({ name }) => name.startsWith('Rust standard library')));
  for (const { name, licence } of packages) {
    assert.match(licence, /MIT|Apache-2\.0|Unicode-3\.0|Unlicense|^Zlib$/);
    const its = texts.filter((text) => text.slice(0, text.indexOf(':\n')).includes(name));
    assert.ok(its.some((text) => text.length > 500) && its.every((text) => text.length > 50), name);
  }
  for (const crate of STANDARD) assert.ok(packages.at(-1).name.includes(crate), crate);
  assert.ok(texts.some((text) => /Permission is hereby granted/.test(text)) && texts.some((text) => /TERMS AND CONDITIONS/.test(text)));
  // No paths of the build machine.
  assert.doesNotMatch(notices, /\/(home|root|tmp)\/|\r/);
});

test('the notices are in the package', () => {
  assert.ok(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files.includes('THIRD-PARTY-NOTICES.txt'));
});
