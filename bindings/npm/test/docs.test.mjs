// The pages of `docs`: their code is that of the tested examples, each example has a page, and their links lead somewhere.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pages } from '../scripts/docs.mjs';

const root = join(import.meta.dirname, '..');

test('the code of the pages is that of the examples: `node scripts/docs.mjs` rewrites it', () => {
  for (const [name, { text, current }] of Object.entries(pages())) assert.equal(text, current, name);
});

test('every example is on a page, and every adapter in the README', () => {
  const all = Object.values(pages()).map(({ text }) => text).join('\n');
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const file of readdirSync(join(root, 'examples/src')).filter((file) => !['case.ts', 'css.d.ts'].includes(file))) {
    assert.ok(all.includes(`<!-- example: ${file} -->`), file);
  }
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const file of readdirSync(join(root, 'src/adapters'))) {
    const name = file.replace('.ts', '');
    assert.ok(exports[`./${name}`], name);
    assert.ok(readme.includes(`image-preflight/${name}`), name);
  }
});

test('links lead to files', () => {
  for (const [folder, name] of [['', 'README.md'], ...Object.keys(pages()).map((name) => ['docs', name])]) {
    for (const [, link] of readFileSync(join(root, folder, name), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(root, folder, link)), `${name}: ${link}`);
    }
  }
});

test('compilers that do not read `exports` find the types of every subpath, too', () => {
  const { exports, typesVersions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const expected = Object.entries(exports).flatMap(([path, { import: found }]) => (path === '.' || found === undefined ? [] : [[path.slice(2), [found.types]]]));
  assert.ok(expected.length > 10);
  assert.deepEqual(Object.entries(typesVersions['*']), expected);
});
