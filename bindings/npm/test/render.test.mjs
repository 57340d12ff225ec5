// A report is put into words twice: by the Rust library, as JSON, and by this package, from numbers. Both must give the same bytes.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import * as full from 'image-preflight/full';
import chinese from 'image-preflight/locales/zh-CN';
import { vectors } from './vectors.mjs';

const root = join(import.meta.dirname, '..');
const read = (path) => readFile(join(root, '../../tests', path), 'utf8');

/** The functions of the sources that the package does not export. */
async function internals() {
  const contents = "export { reportOnJson, checkObject } from './src/reports.ts'; export { addLocale } from './src/languages.ts';";
  const folder = await mkdtemp(join(tmpdir(), 'image-preflight-'));
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    outfile: join(folder, 'internals.mjs'),
    define: { VERSION: JSON.stringify(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version) },
  });
  const found = await import(pathToFileURL(join(folder, 'internals.mjs')).href);
  await rm(folder, { recursive: true });
  return found;
}

test('every vector has the same report in both languages, put into words by Rust and by JavaScript', async () => {
  const { addLocale, checkObject, reportOnJson } = await internals();
  addLocale(chinese);
  const all = await vectors(read);
  assert.ok(all.length > 1000, `${all.length} reports`);
  let values = 0;
  for (const { name, locale, text, report } of all) {
    assert.equal(full.checkToText(text, { locale }), report, `${name}, ${locale}`);
    const value = parsed(text);
    if (value !== undefined) {
      values += 1;
      const expected = JSON.stringify(JSON.parse(report));
      assert.equal(JSON.stringify(checkObject(value, 'the case', locale)), expected, `${name}, ${locale}, as an object`);
      assert.equal(JSON.stringify(reportOnJson(JSON.stringify(value), locale)), expected, `${name}, ${locale}, as one value`);
    }
  }
  assert.ok(values > all.length * 0.9, `${values} of ${all.length} are objects`);
});

/** The value of a text that JavaScript does not change when it parses it. */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
