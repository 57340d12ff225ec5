// The OpenAPI document, as validators, a client generator and a mock server take it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { here, openapi } from './shared.mjs';

const bin = (name) => join(here, 'node_modules/.bin', name);

test('it is valid, says openapi-schema-validator', async () => {
  const { valid, errors } = await new Validator().validate(openapi);
  assert.ok(valid, JSON.stringify(errors));
});

test('a generated client talks to a mock server', async () => {
  mkdirSync(join(here, 'generated'), { recursive: true });
  execFileSync(bin('openapi-typescript'), [openapi, '--output', join(here, 'generated/openapi.d.ts')], { stdio: 'ignore' });
  execFileSync(bin('tsc'), ['--outDir', 'generated', '--rootDir', '.', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', 'client.ts'], { cwd: here, stdio: 'inherit' });
  const { url, stop } = await mock();
  try {
    const said = JSON.parse(execFileSync(process.execPath, [join(here, 'generated/client.js'), url], { encoding: 'utf8' }));
    const { paths } = JSON.parse(readFileSync(openapi, 'utf8'));
    const answer = (path) => paths[path].post.responses['200'].content['application/json'].example;
    assert.deepEqual(said.made, ['/v1/cloudimages/{image_id}/cross_region_copy', '/v1/cloudimages/wholeimages/action'].map((path) => answer(path).job_id));
    assert.deepEqual(said.copied, answer('/v1/regions/{regionId}/images:copyImages').result.copyImages.map((image) => image.destinationImageId));
    assert.ok(said.refused >= 400 && said.refused < 500, `a name with a space in front got ${said.refused}`);
  } finally {
    stop();
  }
});

// Prism, on a port that is free.
async function mock() {
  const probe = createServer();
  const port = await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(probe.address().port)));
  await new Promise((resolve) => probe.close(resolve));
  const child = spawn(process.execPath, [join(here, 'node_modules/@stoplight/prism-cli/dist/index.js'), 'mock', openapi, '--port', String(port), '--host', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    const collect = (chunk) => {
      said += chunk;
      if (said.includes('listening')) {
        resolve();
      }
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('exit', () => reject(new Error(`the mock server ended: ${said}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}
