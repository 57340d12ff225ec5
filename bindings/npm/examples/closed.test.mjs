// Forms whose items come and go, or have other names than the fields: whatever happens, a form passes only if the check allows the request.
import '@angular/compiler';
import { FormControl, FormGroup } from '@angular/forms';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { preflightValidator } from 'image-preflight/angular';
import { createPreflight } from 'image-preflight/forms';
import { delay, of } from 'rxjs';
import { servedPages } from '../scripts/pages.mjs';

const pages = servedPages(async (folder) => {
  await build({
    entryPoints: [join(import.meta.dirname, 'closed/vue.js'), join(import.meta.dirname, 'closed/antd.jsx')],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    outdir: folder,
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
    logLevel: 'warning',
  });
  for (const name of ['vue', 'antd']) writeFileSync(join(folder, `${name}.html`), `<!doctype html><meta charset="utf-8"><title>${name}</title><script type="module" src="${name}.js"></script>`);
});

/** What a page has found out. */
async function resultsOf(name) {
  const page = await pages.browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`${pages.address}${name}.html`);
  const results = await page.waitForFunction(() => window.results, undefined, { timeout: 120_000 });
  assert.deepEqual(errors, []);
  return results.jsonValue();
}

test('Vue: a form passes exactly if the check allows its values, and says why not', async () => {
  const results = await resultsOf('vue');
  assert.equal(Object.keys(results).length, 55);
  for (const [change, { passes, isAllowed, messages }] of Object.entries(results)) {
    assert.equal(passes, isAllowed, change);
    assert.equal(isAllowed, /: (right|another model)$/.test(change), change);
    // Nothing is said in vain, and only Element Plus without the form says a thing at two places.
    assert.equal(messages.length, passes ? 0 : /without the form: an error at its item/.test(change) ? 2 : 1, `${change}: ${messages}`);
  }
});

test('Ant Design: a form sends exactly what the check allows', async () => {
  const results = await resultsOf('antd');
  assert.equal(Object.keys(results).length, 13);
  for (const [change, { sent, messages }] of Object.entries(results)) {
    assert.equal(sent, /right/.test(change) ? 1 : 0, `${change}: ${messages}`);
    assert.equal(messages.length > 0, sent === 0, change);
  }
});

test('Angular: the group keeps the errors that a control loses when its own asynchronous validators have answered', async () => {
  const preflight = createPreflight({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, facts: { image: { encrypted: false } } });
  const name = new FormControl('a/b', { asyncValidators: () => of(null).pipe(delay(5)) });
  const group = new FormGroup({ name }, { validators: preflightValidator(preflight) });
  assert.equal(name.errors.preflight.length, 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual([name.errors, group.valid], [null, false]);
  assert.deepEqual(group.errors.preflight.map(({ path, summary }) => [path, /^"Name"/.test(summary)]), [[['name'], true]]);
});
