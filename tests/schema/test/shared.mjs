// What the tests of the schemas share.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';

export const here = join(import.meta.dirname, '..');
const root = join(here, '../..');
export const folder = join(root, 'bindings/schema');
export const openapi = join(folder, 'openapi.json');

/** Each schema by its name; `forms.json` is none. */
export const schemas = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !name.startsWith('openapi') && name !== 'forms.json')
    .map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
);

/** A validator in ajv's strict mode: unknown keywords, and unions of types, are errors. */
export function ajv() {
  return addFormats.default(new Ajv2020.default({ strict: true, strictRequired: false, allErrors: false }));
}

// As the test command has built it, else built here.
const built = process.env.BODIES_PROGRAM;
const program = built ?? 'cargo';
const arguments_ = (...args) => (built ? args : ['run', '--quiet', '--locked', '-p', 'image-preflight-tests', '--bin', 'bodies', '--', ...args]);

/** What the Rust side prints, whole. */
export function printed(...args) {
  return execFileSync(program, arguments_(...args), { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** What the Rust side prints, line by line. */
export async function* lines(...args) {
  const child = spawn(program, arguments_(...args), { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  yield* createInterface({ input: child.stdout });
  if (child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)))) {
    throw new Error('the bodies could not be printed');
  }
}

/** A new temporary folder. */
export const temporary = () => mkdtempSync(join(tmpdir(), 'image-preflight-'));
