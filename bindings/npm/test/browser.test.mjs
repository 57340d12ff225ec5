// The package in headless Chromium: on a real page under a Content-Security-Policy without `unsafe-eval`, and in a worker.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { servedPages } from '../scripts/pages.mjs';

const here = import.meta.dirname;

const pages = servedPages(async (folder) => {
  cpSync(join(here, '../dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(here, '../../../tests'), join(folder, 'tests'), { recursive: true });
  cpSync(join(here, 'vectors.mjs'), join(folder, 'vectors.mjs'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>image-preflight</title><script type="module" src="page.js"></script>');
  // A page has no names of packages.
  const both = readFileSync(join(here, 'both.mjs'), 'utf8').replace(/'image-preflight\/([\w/-]+)'/g, "'./dist/$1.js'");
  writeFileSync(join(folder, 'both.mjs'), both);
  writeFileSync(join(folder, 'page.js'), "import * as main from './dist/index.js';\nimport * as slim from './dist/slim.js';\nimport { both } from './both.mjs';\nimport { differing } from './vectors.mjs';\nObject.assign(window, { api: both(main), slim: both(slim), differing, isReady: true });\n");
  writeFileSync(join(folder, 'worker.js'), "import { check } from './dist/index.js';\npostMessage(check({ operation: 'jd.copy-images' }).verdict);\n");
});

async function page() {
  const page = await pages.browser.newPage();
  page.on('pageerror', (error) => assert.fail(error));
  await page.goto(pages.address);
  await page.waitForFunction('window.isReady');
  return page;
}

test("a real page: the vectors' reports are byte for byte those of Rust", async () => {
  const { count, wrong } = await (await page()).evaluate(() => window.differing(window.api, async (name) => (await fetch(`tests/${name}`)).text()));
  assert.ok(count > 800);
  assert.deepEqual(wrong, []);
});

test('the explicit init, from an address and from a response', async () => {
  const verdicts = await (await page()).evaluate(async () => {
    const { check, init } = window.slim;
    await init('dist/image_preflight.wasm');
    const first = check({ operation: 'jd.copy-images' }).verdict;
    await init(fetch('dist/image_preflight.wasm'));
    const second = check({ operation: 'jd.copy-images' }).verdict;
    // A type with a parameter, as some servers send it, is none that engines compile while it arrives.
    const bytes = await (await fetch('dist/image_preflight.wasm')).arrayBuffer();
    for (const type of ['application/wasm; charset=utf-8', 'application/octet-stream', 'Application/WASM']) {
      await init(new Response(bytes, { headers: { 'content-type': type } }));
    }
    return [first, second, check({ operation: 'jd.copy-images' }).verdict];
  });
  assert.deepEqual(verdicts, ['denied', 'denied', 'denied']);
  const missing = (await page()).evaluate(() => window.slim.init('nowhere.wasm'));
  await assert.rejects(missing, /could not be fetched: 404/);
});

test('a module beside the page says what Rust says', async () => {
  const { count, wrong } = await (await page()).evaluate(async () => {
    await window.slim.init('dist/image_preflight.wasm');
    return window.differing(window.slim, async (name) => (await fetch(`tests/${name}`)).text());
  });
  assert.ok(count > 800);
  assert.deepEqual(wrong, []);
});

test('a browser without synchronous compilation gets an error that says what to do, and init works', async () => {
  const results = await (await page()).evaluate(async () => {
    const refused = (what) => new Proxy(WebAssembly[what], { construct() { throw new RangeError(`WebAssembly.${what} is disallowed on the main thread`); } });
    Object.assign(WebAssembly, { Module: refused('Module'), Instance: refused('Instance') });
    const { check, init } = window.api;
    let message = '';
    try {
      check({});
    } catch (error) {
      message = error.message;
    }
    await init('dist/image_preflight.wasm');
    return [message, check({ operation: 'jd.copy-images' }).verdict];
  });
  assert.match(results[0], /Call `await init\(url\)` once before anything else/);
  assert.equal(results[1], 'denied');
});

test('a worker', async () => {
  const verdict = await (await page()).evaluate(() => new Promise((resolve, reject) => {
    const worker = new Worker('worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  }));
  assert.equal(verdict, 'denied');
});
