// How heavy each contender is, and how long it takes from nothing to its first verdict, in Node and in a page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const STARTS = 21;
const CONTENDERS = ['ours', 'checking', 'ajv', 'zod', 'valibot'];
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const dist = (name) => join(import.meta.dirname, '../dist', name);

/** The programs: each judges one case, and says whether it is allowed. */
const CASE = JSON.stringify({
  operation: 'ims.in-region-copy',
  path: { image_id: '465076de-dc36-4aec-80f5-ef9d8009428f' },
  body: { name: 'web-server-copy', description: 'Copied for the new region' },
  facts: { image: { fullEcs: false, iso: false, encrypted: false, sizeBytes: 42949672960, visibility: 'private', status: 'active', os: 'linux' } },
});
const OURS = `import { verdictOf } from 'image-preflight';
export const isAllowed = verdictOf(${CASE}) === 'allowed';`;
/** Without the module inside: the file of the one that only checks, in English, stands in `globalThis.file`. */
const CHECKING = `import { init, verdictOf } from 'image-preflight/slim';
await init(globalThis.file);
export const isAllowed = verdictOf(${CASE}) === 'allowed';`;
const MODULE = dist('check.en.wasm');
const peer = (library) => `import { ${library} } from './peers.mjs';
import { rules } from './rules.mjs';
${library === 'ajv' ? "import schema from '../../schema/ims.in-region-copy.json' with { type: 'json' };" : 'const schema = undefined;'}
const value = ${CASE};
export const isAllowed = ${library}({ [value.operation]: schema })[value.operation](value.body) && rules(value) === true;`;

/** Prints the two tables. */
export async function start(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'image-preflight-start-'));
  try {
    const file = (name) => join(folder, `${name}.mjs`);
    for (const name of CONTENDERS) {
      await build({
        stdin: { contents: { ours: OURS, checking: CHECKING }[name] ?? peer(name), resolveDir: import.meta.dirname },
        bundle: true,
        minify: true,
        format: 'esm',
        target: 'es2022',
        outfile: file(name),
        alias: { 'image-preflight': dist('index.js'), 'image-preflight/slim': dist('slim.js') },
        logLevel: 'error',
      });
    }
    const node = CONTENDERS.map((name) => inNode(file(name)));
    const page = await inPages(browser, CONTENDERS.map(file));
    console.log('\nFrom nothing to the first verdict\n\n| | Node, ms | Chromium, ms | bundle, gzip | bundle, brotli |\n| --- | ---: | ---: | ---: | ---: |');
    CONTENDERS.forEach((name, index) => {
      const bytes = readFileSync(file(name));
      console.log(`| ${name} | ${node[index].toFixed(1)} | ${page[index].toFixed(1)} | ${gzipSync(bytes, { level: 9 }).length} | ${brotliCompressSync(bytes).length} |`);
    });
    for (const name of ['image_preflight.wasm', 'check.en.wasm', 'check.zh-CN.wasm']) {
      const parts = [readFileSync(dist(name)), readFileSync(file('checking'))];
      const sum = (packed) => parts.reduce((all, part) => all + packed(part).length, 0);
      console.log(`| ${name} and glue | | | ${sum((part) => gzipSync(part, { level: 9 }))} | ${sum((part) => brotliCompressSync(part))} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each start is a process of its own; its own start does not count. */
function inNode(file) {
  // Reading the module's file does not count, as fetching it does not in a page.
  const code = `globalThis.file = (await import('node:fs')).readFileSync(${JSON.stringify(MODULE)}); const began = performance.now(); const { isAllowed } = await import(${JSON.stringify(file)}); const took = performance.now() - began; if (!isAllowed) throw new Error('wrong'); console.log(took);`;
  const once = () => Number(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }));
  return median(Array.from({ length: STARTS }, once));
}

/** Each start is a page of its own; the bundles come from a server on this machine, and nothing is cached. */
async function inPages(browser, files) {
  const server = createServer((request, response) => {
    const file = request.url === '/module' ? MODULE : files[request.url.match(/^\/(\d)\.js$/)?.[1]];
    const isPage = request.url === '/';
    if (!isPage && file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': isPage ? 'text/html' : 'text/javascript', 'cache-control': 'no-store' });
    response.end(isPage ? '<!doctype html><title>start</title>' : readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const times = files.map(() => []);
  for (let round = 0; round < STARTS; round += 1) {
    for (const index of files.keys()) {
      const page = await browser.newPage();
      await page.goto(address);
      times[index].push(
        await page.evaluate(async (url) => {
          // The way over the wire does not count: it is fetched before.
          const code = await (await fetch(url)).text();
          globalThis.file = await (await fetch('module')).arrayBuffer();
          const source = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
          const began = performance.now();
          const { isAllowed } = await import(source);
          const took = performance.now() - began;
          if (!isAllowed) throw new Error('wrong');
          return took;
        }, `${address}${index}.js`),
      );
      await page.close();
    }
  }
  server.close();
  return times.map(median);
}
