// Each example in Chromium, filled in by keyboard: a submit is blocked while the check does not allow the request, and sends it then.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { servedPages } from '../scripts/pages.mjs';

const here = import.meta.dirname;
const EXAMPLES = readdirSync(join(here, 'src')).map((file) => parse(file)).filter(({ name }) => !['api', 'css.d', 'preflight'].includes(name));
/** Angular compiles templates in the page, which a build of its own would do before. */
const needsEval = (name) => name.startsWith('angular');
/** Libraries that validate asynchronously at a submit, and forms whose submit is the preflight's alone. */
const WAITING = ['angular-reactive', 'angular-signals', 'ant-design-vue', 'antd', 'element-plus', 'naive-ui', 'react-hook-form', 'tiny-vue', 'vee-validate'];

const pages = servedPages(async (folder) => {
  await build({
    entryPoints: [...EXAMPLES.map(({ base }) => join(here, 'src', base)), join(here, 'style.css')],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    outdir: folder,
    outbase: join(here, 'src'),
    entryNames: '[name]',
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    minify: true,
    logLevel: 'warning',
  });
  for (const { name } of EXAMPLES) {
    const style = existsSync(join(folder, `${name}.css`)) ? `<link rel="stylesheet" href="${name}.css">` : '';
    writeFileSync(join(folder, `${name}.html`), `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${name}</title><link rel="stylesheet" href="style.css">${style}<div id="app"></div><script type="module" src="${name}.js"></script>`);
  }
});

/** Opens an example; what the page throws fails the test. */
async function open(name, query, run) {
  const context = await pages.browser.newContext({ viewport: { width: 640, height: 640 }, bypassCSP: needsEval(name) });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  page.on('console', (message) => { if (message.type() === 'error' && !/favicon|404/.test(message.text())) errors.push(message.text()); });
  await page.goto(`${pages.address}${name}.html${query}`);
  await page.waitForSelector('input');
  try {
    return await run(page);
  } finally {
    await context.close();
    assert.deepEqual(errors, []);
  }
}

const VALUES = ['copy', 'cn-south-1', 'cn-south-1', 'ims_copy_image'];

/** Fills in the form with the keyboard alone. */
async function type(page, values) {
  await page.focus('input');
  for (const [index, value] of values.entries()) {
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(value);
    if (index < values.length - 1) await page.keyboard.press('Tab');
  }
}

/** Submits with the keyboard; returns the request that was sent, or `undefined` after a while. */
async function submit(page, timeout) {
  await page.focus('button');
  await page.keyboard.press('Enter');
  const sent = await page.waitForSelector('#sent', { timeout }).catch(() => undefined);
  return sent && JSON.parse(await sent.textContent());
}

const text = (page) => page.innerText('#app');
const REQUEST = { method: 'POST', path: '/v1/cloudimages/465076de-dc36-4aec-80f5-ef9d8009428f/cross_region_copy', body: { name: 'copy', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'ims_copy_image' } };

for (const { name } of EXAMPLES) {
  test(`${name}: an empty form is not sent, and says what is missing`, () => open(name, '', async (page) => {
    assert.equal(await submit(page, 600), undefined);
    assert.match(await text(page), /此项为必填项/);
  }));

  test(`${name}: a wrong value shows its error, and its correction sends the request`, () => open(name, '', async (page) => {
    await type(page, ['a/b', ...VALUES.slice(1)]);
    await page.waitForFunction(() => /只能包含字母、数字、空格、中文/.test(document.querySelector('#app').innerText), undefined, { timeout: 3000 });
    assert.equal(await submit(page, 600), undefined);
    await shot(page, name);
    await type(page, VALUES);
    assert.deepEqual(await submit(page, 4000) ?? await submit(page, 2000), REQUEST);
    // It may fade out.
    await page.waitForFunction(() => !/只能包含/.test(document.querySelector('#app').innerText), undefined, { timeout: 3000 });
  }));

  test(`${name}: a request that is denied for the image is not sent`, () => open(name, '?encrypted', async (page) => {
    await type(page, VALUES);
    await page.waitForTimeout(500);
    assert.equal(await submit(page, 800), undefined);
    assert.match(await text(page), /已加密/);
    assert.equal(await submit(page, 300), undefined);
  }));

  test(`${name}: a request is not sent while a fact is unknown`, () => open(name, '?unknown', async (page) => {
    await type(page, VALUES);
    await page.waitForTimeout(500);
    assert.equal(await submit(page, 800), undefined);
    assert.match(await text(page), /尚未确认：.*获取失败，请重试。/);
    assert.equal(await submit(page, 300), undefined);
  }));

  test(`${name}: a button that is pressed again and again sends one request`, () => open(name, '', async (page) => {
    await type(page, VALUES);
    await page.waitForTimeout(600);
    await page.focus('button');
    for (let press = 0; press < 3; press += 1) {
      await page.keyboard.press('Enter');
      await page.waitForTimeout(20);
    }
    await page.waitForSelector('#sent', { timeout: 3000 });
    await page.waitForTimeout(500);
    assert.equal(await page.locator('#sent').count(), 1);
  }));

  test(`${name}: what could not be loaded is asked for again by a later submit`, () => open(name, '?once', async (page) => {
    await type(page, VALUES);
    await page.waitForTimeout(500);
    assert.equal(await submit(page, 600), undefined);
    await page.waitForTimeout(700);
    assert.deepEqual(await submit(page, 2000) ?? await submit(page, 2000), REQUEST);
  }));

  test(`${name}: a fact that comes late is waited for`, () => open(name, '?slow', async (page) => {
    await type(page, VALUES);
    // Nothing is sent before the fact is there. Where the library waits for a resolver, the first submit sends it then.
    const first = await submit(page, 4000);
    assert.deepEqual(first, WAITING.includes(name) ? REQUEST : undefined);
    assert.deepEqual(first ?? await submit(page, 3000), REQUEST);
  }));
}

/** Takes a screenshot if asked to. */
async function shot(page, name) {
  if (process.env.SCREENSHOTS) {
    mkdirSync(process.env.SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`) });
  }
}
