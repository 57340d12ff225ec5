// The contenders, each bundled separately, minified, and imported as its documentation advises.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const here = import.meta.dirname;
export const dist = (name) => join(here, '../dist', name);

/**
 * Each has its own file in `contenders/`, and may contain code of the named packages and their dependencies. `wasm` is fetched in addition
 * to the bundle; with `preload`, the page has a link for it.
 */
export const contenders = [
  { name: 'ours', title: 'image-preflight', packages: ['image-preflight'] },
  { name: 'slim', title: 'slim', packages: ['image-preflight'], wasm: 'image_preflight.wasm' },
  { name: 'slim-preload', file: 'slim', title: '… preloaded', packages: ['image-preflight'], wasm: 'image_preflight.wasm', preload: true },
  { name: 'full', title: 'full', packages: ['image-preflight'] },
  { name: 'ajv', title: 'ajv', packages: ['ajv', 'ajv-formats'] },
  { name: 'ajv-precompiled', title: 'ajv, precompiled', packages: ['ajv', 'ajv-formats'] },
  { name: 'zod', title: 'zod', packages: ['zod'] },
  { name: 'zod-mini', title: 'zod/mini', packages: ['zod'] },
  { name: 'valibot', title: 'valibot', packages: ['valibot'] },
  { name: 'floor', title: 'floor', packages: [], isFloor: true },
];

/** An allowed case: the first that a fresh process or page checks. */
export const CASE = {
  operation: 'ims.in-region-copy',
  path: { image_id: '465076de-dc36-4aec-80f5-ef9d8009428f' },
  body: { name: 'web-server-copy', description: 'Copied for the new region' },
  facts: { image: { fullEcs: false, iso: false, encrypted: false, sizeBytes: 42949672960, visibility: 'private', status: 'active', os: 'linux' } },
};

/** The program of a start: checks that case, and records the time of the verdict. */
const START = `if (isAllowed(${JSON.stringify(CASE)}) !== true) throw new Error('wrong');
globalThis.firstVerdict = performance.now();`;

/** Bundles a contender for its start. */
export function startOf({ name, file = name }) {
  return bundled(`import { isAllowed } from './contenders/${file}.mjs';\n${START}`);
}

/** Bundles a contender for its times: `load` and `round` of `rounds.mjs`. */
export function speedOf({ name, file = name }) {
  return bundled(`import { programs } from './contenders/${file}.mjs';\nimport { rounds } from './rounds.mjs';\nexport const { load, round } = rounds(programs);`);
}

/** The code and its origins: names of packages, and paths of our own files. */
export async function bundled(contents) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: here, sourcefile: 'entry.mjs' },
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    alias: { 'image-preflight': dist('index.js'), 'image-preflight/slim': dist('slim.js'), 'image-preflight/full': dist('full.js') },
    plugins: [precompiled],
    logLevel: 'error',
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  const files = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  return { code: outputFiles[0].contents, files };
}

/** The package of a file in a bundle; `undefined` for the benchmark's own files. */
export function packageOf(file) {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
  return name ?? (file.startsWith('../dist/') ? 'image-preflight' : undefined);
}

/** Foreign code in a contender's bundle: a package that is not its own, or another contender's file. */
export function foreign({ name, file = name, packages }, files) {
  const own = new Set();
  const add = (name) => {
    if (own.has(name)) return;
    own.add(name);
    if (name !== 'image-preflight') {
      const { dependencies = {} } = JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8'));
      Object.keys(dependencies).forEach(add);
    }
  };
  packages.forEach(add);
  const others = contenders.map((other) => `contenders/${other.file ?? other.name}.mjs`).filter((path) => path !== `contenders/${file}.mjs`);
  return files.filter((path) => (packageOf(path) === undefined ? others.includes(path) : !own.has(packageOf(path))));
}

/** The bodies' schemas, compiled by ajv into a module. */
const precompiled = {
  name: 'ajv-precompiled-bodies',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^ajv-precompiled-bodies$/ }, ({ path }) => ({ path, namespace: 'generated' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'generated' }, () => {
      const names = { crossRegion: 'ims.cross-region-copy', inRegion: 'ims.in-region-copy', wholeImage: 'ims.whole-image', copyImages: 'jd.copy-images' };
      const ajv = addFormats(new Ajv2020({ allErrors: true, code: { source: true, esm: true } }));
      for (const name of Object.values(names)) {
        ajv.addSchema(JSON.parse(readFileSync(join(here, '../../schema', `${name}.json`), 'utf8')), name);
      }
      return { contents: standaloneCode(ajv, names), resolveDir: here };
    });
  },
};
