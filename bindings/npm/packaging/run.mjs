// Installs the tarball that `npm pack` makes into each consumer, builds the consumer, and runs it: what is for a browser in
// Chromium, under a Content-Security-Policy without `unsafe-eval`; Deno, Bun and Cloudflare's runtime as they come from npm.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';
import { launch } from '../scripts/chromium.mjs';
import { serve } from '../scripts/serve.mjs';

const here = import.meta.dirname;
const at = (...parts) => join(here, ...parts);
const bin = (name) => at('node_modules/.bin', name);
const run = (program, args, cwd) =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });

const [{ filename, files }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', here], at('..')));
const unexpected = files.map(({ path }) => path).filter((path) => !/^(dist\/|docs\/[a-z-]+\.md$|README\.md$|LICENSE-|THIRD-PARTY-NOTICES\.txt$|package\.json$)/.test(path));
assert.deepEqual(unexpected, [], 'the tarball holds only what is needed');

const browser = await launch();
async function shown(address, selector = 'body') {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(address);
  await page.waitForFunction((selector) => document.querySelector(selector)?.textContent.trim() !== '', selector, { timeout: 20_000 }).catch(() => {});
  assert.deepEqual(errors, []);
  return (await page.textContent(selector)).trim();
}
async function served(folder) {
  const { address, stop } = await serve(folder);
  try {
    return await shown(address);
  } finally {
    stop();
  }
}

/** What `answers.mjs` must show, wherever it runs. */
function isRight(name, text) {
  const { message, planned, ...others } = JSON.parse(text);
  assert.match(message, /不能为空/, name);
  assert.equal(planned, [name, SAME[name]].includes('node-esm') ? 1 : undefined, name);
  assert.deepEqual(
    others,
    {
      verdict: 'allowed',
      issues: [['name']],
      required: ['name'],
      slim: 'allowed',
    },
    name,
  );
}

/** Consumers that are the code of another one, in another program. */
const SAME = { rspack: 'webpack', deno: 'node-esm', bun: 'node-esm' };

const consumers = {
  'node-esm': () => run(process.execPath, ['index.js'], at('node-esm')).trim(),
  'node-cjs': () => run(process.execPath, ['index.js'], at('node-cjs')).trim(),
  vite: () => {
    run(bin('vite'), ['build', '--logLevel', 'error'], at('vite'));
    return served(at('vite/dist'));
  },
  webpack: () => {
    run(bin('webpack'), ['--mode', 'production', '--entry', './main.js', '--stats', 'errors-warnings', '--no-performance'], at('webpack'));
    return served(at('webpack'));
  },
  rspack: () => {
    rmSync(at('webpack/dist'), { recursive: true });
    run(bin('rspack'), ['build', '--mode', 'production', '--entry', './main.js'], at('webpack'));
    return served(at('webpack'));
  },
  esbuild: () => {
    run(bin('esbuild'), ['main.js', '--bundle', '--format=esm', '--minify', '--loader:.wasm=file', '--outdir=dist', '--log-level=warning'], at('esbuild'));
    return served(at('esbuild'));
  },
  next: async () => {
    mkdirSync(at('next/public'), { recursive: true });
    cpSync(at('next/node_modules/image-preflight/dist/image_preflight.wasm'), at('next/public/image_preflight.wasm'));
    run(bin('next'), ['build'], at('next'));
    const server = spawn(process.execPath, [bin('next'), 'start', '--port', '0', '--hostname', '127.0.0.1'], { cwd: at('next'), env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
    try {
      const address = await new Promise((resolve, reject) => {
        let text = '';
        const read = (data) => {
          text += data;
          const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
          if (found) resolve(found[0]);
        };
        server.stdout.on('data', read);
        server.stderr.on('data', read);
        server.on('exit', () => reject(new Error(text)));
      });
      isRight('next, server', await shown(address, '#server'));
      const { message, form, ...edge } = await (await fetch(`${address}/edge`)).json();
      assert.match(message, /不能为空/, 'next, edge');
      assert.match(form, /必填/, 'next, edge');
      assert.deepEqual(edge, { verdict: 'allowed', issues: [['name']] }, 'next, edge');
      return await shown(address, '#client');
    } finally {
      server.kill();
    }
  },
  'plain-module': () => served(at('plain-module')),
  worker: () => served(at('worker')),
  deno: () => run(bin('deno'), ['run', '--no-prompt', '--allow-read', 'index.js'], at('node-esm')).trim(),
  bun: () => {
    // Scripts of packages do not run at their installation here; this one moves the program of the platform to its place, once.
    if (spawnSync(bin('bun'), ['--version']).status !== 0) run(process.execPath, ['install.js'], at('node_modules/bun'));
    return run(bin('bun'), ['index.js'], at('node-esm')).trim();
  },
  // Bundled with the conditions that Wrangler sets, and run in the runtime of Cloudflare Workers.
  workerd: async () => {
    const bundle = ['--bundle', '--format=esm', '--conditions=workerd,worker,browser', '--loader:.wasm=copy', '--outdir=dist', '--log-level=warning'];
    run(bin('esbuild'), ['main.js', ...bundle], at('workerd'));
    const modulesRules = [{ type: 'CompiledWasm', include: ['**/*.wasm'] }];
    const runtime = new Miniflare({ modules: true, scriptPath: at('workerd/dist/main.js'), modulesRules, compatibilityDate: '2026-01-01' });
    try {
      return await (await runtime.dispatchFetch('http://localhost/')).text();
    } finally {
      await runtime.dispose();
    }
  },
};

/** Every export, alone in a process, without the library that an adapter is for. */
function isEachRight(text) {
  const names = Object.entries(JSON.parse(text));
  assert.ok(names.length >= 12, text);
  for (const [from, [imported, required]] of names) {
    assert.notEqual(imported, '', from);
    assert.equal(required, imported, from);
  }
}

function install(name) {
  rmSync(at(name, 'node_modules'), { recursive: true, force: true });
  run('npm', ['install', '--no-save', '--no-package-lock', '--silent', at(filename)], at(name));
}

try {
  install('each');
  isEachRight(run(process.execPath, ['index.js'], at('each')));
  for (const [name, consume] of Object.entries(consumers)) {
    const began = Date.now();
    const folder = SAME[name] ?? name;
    cpSync(at('answers.mjs'), at(folder, name === 'node-cjs' ? 'answers.mjs' : 'answers.js'));
    if (folder === name) install(name);
    isRight(name, await consume());
    console.log(`${name}: imported, no configuration, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
} finally {
  await browser.close();
}
