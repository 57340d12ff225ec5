// The types of findings: the findings of all vectors compile, and a parameter that no type has does not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { vectors } from './vectors.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'generated/findings');

/** The errors of the compiler on findings. */
function errorsOf(findings) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'findings.ts');
  const lines = findings.map((finding) => `take(${JSON.stringify(finding)});`);
  writeFileSync(file, `import type { Finding } from 'image-preflight';\ndeclare function take(finding: Finding): void;\n${lines.join('\n')}\n`);
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom', file], { encoding: 'utf8' });
    return '';
  } catch ({ stdout }) {
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('every finding of the vectors has the parameters of its type', async () => {
  const all = new Map();
  for (const { report } of await vectors((name) => readFile(join(root, '../../tests', name), 'utf8'), ['en'])) {
    for (const finding of JSON.parse(report).findings) {
      all.set(JSON.stringify([finding.rule, finding.outcome, Object.entries(finding.params).map(([name, value]) => [name, typeof value, name === 'kind' && value])]), finding);
    }
  }
  assert.ok(all.size > 150, String(all.size));
  assert.equal(errorsOf([...all.values()].map((finding) => ({ ...finding, fixes: [], citations: [] }))), '');
  const [finding] = [...all.values()].filter(({ rule }) => rule === 'ims.cross-region-copy.size-cap');
  assert.match(errorsOf([{ ...finding, params: { ...finding.params, unheardOf: 1 }, fixes: [], citations: [] }]), /unheardOf/);
});
