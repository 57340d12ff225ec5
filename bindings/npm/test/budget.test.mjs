// The maximum sizes of the package's files: `budget.json`, in bytes. It is changed by hand, and only with a reason.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const budget = JSON.parse(readFileSync(join(root, 'budget.json'), 'utf8'));

for (const [name, most] of Object.entries(budget)) {
  test(`${name} keeps its budget`, () => {
    const bytes = readFileSync(join(root, 'dist', name));
    const found = { gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
    for (const kind of ['gzip', 'brotli']) {
      assert.ok(found[kind] <= most[kind], `${found[kind]} bytes of ${kind}, and the budget is ${most[kind]}`);
    }
  });
}
