// Each export alone, bundled and then minified as build tools do, returns the same as unminified. A bundle with a single export
// matters because functions called once are inlined, which minifiers have got wrong (SWC lost a default parameter).
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { minify as swc } from '@swc/core';
import { build, transform } from 'esbuild';
import * as main from 'image-preflight';
import * as full from 'image-preflight/full';
import chinese from 'image-preflight/locales/zh-CN';
import { minify as oxc } from 'oxc-minify';
import { minify as terser } from 'terser';

const dist = join(import.meta.dirname, '../dist');
globalThis.moduleFile = readFileSync(join(dist, 'image_preflight.wasm'));
const folder = mkdtempSync(join(tmpdir(), 'image-preflight-minified-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const MINIFIERS = {
  swc: async (code) => (await swc(code, { module: true, compress: { passes: 2 }, mangle: true })).code,
  terser: async (code) => (await terser(code, { module: true, compress: { passes: 2 } })).code,
  esbuild: async (code) => (await transform(code, { minify: true, format: 'esm' })).code,
  oxc: async (code) => (await oxc('bundle.mjs', code, { module: true })).code,
};

const denied = JSON.stringify({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: '/' } });
const allowed = JSON.stringify({ operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } });
const undecided = JSON.stringify({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n' } });
const facts = JSON.stringify({ sourceRegion: 'cn-north-4', image: { encrypted: true } });
const job = JSON.stringify({
  operation: 'ims.in-region-copy', id: 'j', source: null, state: 'accepted', query: null, image: null, fraction: null, task: null, refusal: null,
  again: null, made: [], unclear: null, oddAnswers: 0, parameters: {}, address: 0, hasAnswered: false,
});
const zh = "{ locale: 'zh-CN' }";

/** A call of each export, which is named `it`. */
const PROBES = {
  NotClearedError: ["new it('why', {}).name"],
  capabilities: [`it(${facts})`, `it(${facts}, ${zh})`],
  check: [`it(${denied})`, `it(${allowed}, { locale: 'fr' })`],
  checkBatch: [`it([${denied}, ${allowed}])`, `it([${denied}], { locale: 'fr' })`],
  checkLines: [`it(${JSON.stringify(`${denied}\n${allowed}`)})`, `it('{', ${zh})`],
  checkText: [`it(${JSON.stringify(denied)})`, `it('{', ${zh})`],
  checkUnknown: [`it(${denied})`, `it('{', { locale: 'fr' })`],
  checkToText: [`it(${JSON.stringify(denied)})`, `it('{', ${zh})`],
  destinations: [`it(${facts})`, `it(${facts}, ${zh})`],
  explain: ["it('IMG.0149')", `it('IMG.0149', ${zh})`],
  imageFacts: ["it({ __image_size: '5', __whole_image: 'perhaps' })", `it({ __whole_image: 'perhaps' }, ${zh})`],
  ecsFacts: ["it({ server: { status: 'SHUTOFF', metadata: { os_type: 'Linux' } } })", `it({ id: 'i' }, ${zh})`],
  backupFacts: ["it({ backup: { status: 'available', extend_info: {} } })", `it({ id: 'i' }, ${zh})`],
  jdImageFacts: ["it([{ imageId: 'i', status: 'ready' }])", `it({ id: 'i' }, ${zh})`],
  init: ["await it(globalThis.moduleFile) ?? 'set up'"],
  beginJobs: ["it('ims.in-region-copy', { job_id: 'j' }, { status: 200, parameters: { project_id: 'p' } })", `it('ims.in-region-copy', 'no', ${zh})`],
  followJob: [`it(${job}, { status: 'RUNNING' }, { status: 200 })`, `it(${job}, '', { status: 503, locale: 'zh-CN' })`],
  plan: [`it([${allowed}, ${denied}], { running: [0], after: { 1: [0] } })`, `it([${denied}], ${zh})`],
  problemDetails: [`it(${denied})`, `it(${denied}, ${zh})`],
  request: [`it(${allowed})`, `it(${undecided}, { allowUndetermined: true })`],
  rules: ['it()', `it(${zh})`],
  keepFacts: ["it({ sourceRegion: 'cn-north-4', image: { encrypted: false } })", "it(undefined) ?? 'none'"],
  standardSchema: ["it('ims.whole-image')['~standard'].validate({ name: '/' })", `it('ims.whole-image', { locale: 'fr' })['~standard'].validate({})`],
  verdictOf: [`it(${denied})`, `it(${allowed})`],
  addLocale: [`it(${JSON.stringify(chinese)}) ?? 'added'`],
};

/** Removes the module, which is most of the code and irrelevant to minifiers. */
const withoutModule = {
  name: 'without-module',
  setup: ({ onLoad }) =>
    onLoad({ filter: /dist\/(index|full)\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(/"([^"\n]{100000,})"/, (_, text) => {
        globalThis.embeddedModule = text;
        return 'globalThis.embeddedModule';
      });
      assert.ok(contents.length < 200_000, 'the module has been taken out');
      return { contents };
    }),
};

/** The bundle of one export, called in one place: of the default import, if that has it. */
async function bundled(name, probe) {
  const contents = `import { ${name} as it } from './${name in main ? 'index' : 'full'}.js';\nexport default JSON.stringify(${probe});\n`;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: dist }, bundle: true, format: 'esm', write: false, plugins: [withoutModule], logLevel: 'error' });
  return outputFiles[0].text;
}

async function answer(code, name) {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return (await import(pathToFileURL(file))).default;
}

test('every export is called', () => assert.deepEqual(Object.keys(PROBES).sort(), Object.keys({ ...full, ...main }).sort()));

for (const [name, probes] of Object.entries(PROBES)) {
  test(`${name} alone, minified`, async () => {
    for (const [index, probe] of probes.entries()) {
      const bundle = await bundled(name, probe);
      const expected = await answer(bundle, `${name}-${index}`);
      await Promise.all(
        Object.entries(MINIFIERS).map(async ([minifier, minify]) => {
          const code = await minify(bundle);
          assert.ok(code.length < bundle.length, `${minifier} makes it smaller`);
          assert.equal(await answer(code, `${name}-${index}-${minifier}`), expected, minifier);
        }),
      );
    }
  });
}
