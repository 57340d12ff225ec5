// Runs all tests of the package.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (program, args, options = {}) => {
  console.log(`== ${program.split('/').pop()} ${args.join(' ')}`);
  execFileSync(program, args, { cwd: root, stdio: 'inherit', ...options });
};
const bin = (name) => join(root, 'node_modules/.bin', name);

for (const [file, libraries] of [['types', 'es2022,dom'], ['types-alone', 'es2022']]) {
  run(bin('tsc'), ['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022', '--types', '', '--lib', libraries, `test/${file}.ts`]);
}
run(process.execPath, ['--test', '--test-reporter=spec', ...readdirSync(join(root, 'test')).filter((name) => name.endsWith('.test.mjs')).map((name) => join('test', name))]);
run(bin('publint'), ['--strict']);
run(bin('attw'), ['--pack', '.', '--exclude-entrypoints', 'image_preflight.wasm', 'full.wasm', 'input.wasm', '--quiet']);
