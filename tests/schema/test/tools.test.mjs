// What other people's tools say of the OpenAPI documents and make of the schemas: those that take a few seconds.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';
import { compile } from 'json-schema-to-typescript';
import { folder, here, schemas } from './shared.mjs';

const bin = (name) => join(here, 'node_modules/.bin', name);
const run = promisify(execFile);
const documents = readdirSync(folder).filter((name) => name.startsWith('openapi'));

test('there is a document for each profile and language', () => {
  const kinds = ['openapi', 'openapi.portable', 'openapi-3.0'];
  assert.deepEqual(documents.toSorted(), kinds.flatMap((kind) => [`${kind}.json`, `${kind}.zh-CN.json`]).toSorted());
});

test('Redocly, with its strictest rules, has nothing against any of them', async () => {
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const lint = async (name) => {
    const args = ['lint', join(folder, name), '--config', join(here, 'redocly.yaml'), '--format', 'json', '--max-problems', '20'];
    const { stdout } = await run(bin('redocly'), args, { env, maxBuffer: 1 << 26 }).catch((error) => error);
    return JSON.parse(stdout).problems.map(({ ruleId, message }) => `${name}, ${ruleId}: ${message}`);
  };
  assert.deepEqual((await Promise.all(documents.map(lint))).flat(), []);
});

// It compiles patterns without the flag u, so it takes no exact document: those name characters beyond the Basic Multilingual Plane.
test('Spectral has nothing against the portable ones, and of the exact ones minds the patterns alone', async () => {
  const lint = async (name) => {
    const args = ['lint', '--ruleset', join(here, '.spectral.yaml'), '--format', 'json', '--quiet', '--fail-severity', 'hint', join(folder, name)];
    const { stdout } = await run(bin('spectral'), args, { maxBuffer: 1 << 26 }).catch((error) => error);
    return stdout.trim() === '' ? [] : JSON.parse(stdout.slice(stdout.indexOf('[')));
  };
  for (const name of ['openapi.portable.json', 'openapi-3.0.json', 'openapi-3.0.zh-CN.json']) {
    assert.deepEqual((await lint(name)).map(({ message }) => message), [], name);
  }
  const others = (await lint('openapi.json')).filter(({ message }) => !/regular expression|format "regex"/.test(message));
  assert.deepEqual(others, []);
});

test('json-schema-to-typescript makes the types of every schema, with every field of both variants', async () => {
  const generated = join(here, 'generated/types');
  mkdirSync(generated, { recursive: true });
  const options = { bannerComment: '', format: false, maxItems: -1 };
  for (const [name, schema] of schemas) {
    const code = await compile(structuredClone(schema), name, options);
    assert.ok(code.includes('export '), name);
    writeFileSync(join(generated, `${name.replaceAll('.', '-')}.ts`), code);
  }
  const portable = JSON.parse(readFileSync(join(folder, 'portable/ims.whole-image.json'), 'utf8'));
  writeFileSync(join(generated, 'portable.ts'), await compile(portable, 'body', options));
  const use = `
import type { WholeImage } from './ims-whole-image.js';
import type { WholeImage as Portable } from './portable.js';
const fromEcs: WholeImage & Portable = { name: 'a', instance_id: 'i', vault_id: 'v', tags: ['t'], enterprise_project_id: '0' };
const fromBackup: WholeImage & Portable = { name: 'a', backup_id: 'b', whole_image_type: 'CBR', min_ram: 1 };
// @ts-expect-error: an ECS has a vault.
const open: Portable = { name: 'a', instance_id: 'i' };
// @ts-expect-error: a backup is of CBR.
const other: WholeImage = { name: 'a', backup_id: 'b', whole_image_type: 'CSBS' };
console.log(fromEcs, fromBackup, open, other);
`;
  writeFileSync(join(generated, 'use.ts'), use);
  execFileSync(bin('tsc'), ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', 'use.ts'], { cwd: generated, stdio: 'inherit' });
});

test('openapi-typescript makes the types of the portable documents', () => {
  for (const name of ['openapi.portable', 'openapi-3.0']) {
    const output = join(here, `generated/${name}.d.ts`);
    execFileSync(bin('openapi-typescript'), [join(folder, `${name}.json`), '--output', output], { stdio: 'ignore' });
    const types = readFileSync(output, 'utf8');
    assert.match(types, /WholeImage: components\["schemas"\]\["WholeImageFromEcs"\] \| components\["schemas"\]\["WholeImageFromBackup"\];/);
    assert.match(types, /ShowJobProgress: \{/);
  }
});

// Where SchemaStore lists the schema of a case; a case is a file of this name.
test('the entry for SchemaStore is one, and its schema is here', () => {
  const entry = JSON.parse(readFileSync(join(here, 'schemastore.json'), 'utf8'));
  assert.deepEqual(Object.keys(entry), ['name', 'description', 'fileMatch', 'url']);
  const schema = JSON.parse(readFileSync(join(folder, 'editor/case.json'), 'utf8'));
  assert.equal(entry.url, schema.$id);
  assert.ok(entry.description.length < 120 && entry.fileMatch.every((glob) => /^\*\*?[./]/.test(glob)));
});
