// The maximum sizes of the package's files, and of what a page loads that imports them (bundled and minified): `budget.json`, in bytes.
// It is changed by hand, and only with a reason.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const { files, imports } = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));
const size = (bytes) => ({ gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length });

function keeps(found, most) {
  for (const kind of ['gzip', 'brotli']) {
    assert.ok(found[kind] <= most[kind], `${found[kind]} bytes of ${kind}, and the budget is ${most[kind]}`);
  }
}

for (const [name, most] of Object.entries(files)) {
  test(`${name} keeps its budget`, () => keeps(size(readFileSync(join(root, 'dist', name))), most));
}

for (const [code, most] of Object.entries(imports)) {
  test(`${code} keeps its budget`, async () => {
    const contents = `${code}; globalThis.used = used;`;
    const { outputFiles } = await build({ stdin: { contents, resolveDir: root }, bundle: true, minify: true, format: 'esm', target: 'es2022', charset: 'utf8', write: false });
    keeps(size(outputFiles[0].contents), most);
  });
}
