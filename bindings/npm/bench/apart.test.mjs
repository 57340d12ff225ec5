// No contender's bundle contains another's code, which would invalidate the comparison: ajv was once in every bundle.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CASE, bundled, contenders, dist, foreign, packageOf, speedOf, startOf } from './contenders.mjs';

const packagesIn = (files) => [...new Set(files.map(packageOf).filter((name) => name !== undefined))];

for (const contender of contenders) {
  test(`${contender.name} holds its own packages only, for its start and for its times`, async () => {
    for (const { files } of [await startOf(contender), await speedOf(contender)]) {
      assert.deepEqual(foreign(contender, files), []);
      const [first] = contender.packages;
      assert.ok(first === undefined || packagesIn(files).includes(first), `it holds ${packagesIn(files)}, and ${first} is not among them`);
    }
  });
}

test('what is precompiled holds no compiler', async () => {
  const { files } = await startOf(contenders.find(({ name }) => name === 'ajv-precompiled'));
  assert.deepEqual(files.filter((file) => /\/ajv\/dist\/(compile|vocabularies|core)/.test(file)), []);
});

test('a bundle of two contenders is detected', async () => {
  const [zod, valibot] = ['zod', 'valibot'].map((wanted) => contenders.find(({ name }) => name === wanted));
  const { files } = await bundled("export { isAllowed } from './contenders/zod.mjs'; export { isAllowed as other } from './contenders/valibot.mjs';");
  const found = foreign(zod, files);
  assert.ok(found.includes('contenders/valibot.mjs'));
  assert.deepEqual(packagesIn(found), ['valibot']);
  assert.deepEqual(packagesIn(foreign(valibot, files)), ['zod']);
});

for (const contender of contenders.filter(({ preload, isFloor }) => !preload && !isFloor)) {
  test(`${contender.name} allows the case of a start, and no other`, async () => {
    const { code } = await bundled(`export { isAllowed } from './contenders/${contender.name}.mjs';`);
    globalThis.wasm = contender.wasm && readFileSync(dist(contender.wasm));
    const { isAllowed } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
    assert.equal(isAllowed(CASE), true);
    assert.equal(isAllowed({ ...CASE, body: { ...CASE.body, name: 'a/b' } }), false, 'a name that is not allowed');
    assert.equal(isAllowed({ ...CASE, facts: { image: { ...CASE.facts.image, os: 'windows' } } }), false, 'a rule that is broken');
  });
}
