// Serves the contenders' bundles on this machine, compressed as a web server would, so that each can have a page of its own.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { contenders, dist } from './contenders.mjs';

const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript', wasm: 'application/wasm' };

/** `bundles`: code by name. `/start/<name>.html` runs one at once, `/speed/<name>.html` keeps it in `globalThis.contender`. */
export async function serve(bundles) {
  const files = new Map();
  const put = (path, contents) => files.set(path, gzipSync(contents, { level: 9 }));
  for (const { name, wasm, preload } of contenders) {
    const link = preload ? `<link rel="preload" href="${wasm}" as="fetch" type="application/wasm" crossorigin>` : '';
    const page = (script) => `<!doctype html><title>${name}</title><link rel="icon" href="data:,">${link}${script}`;
    put(`/start/${name}.html`, page(`<script type="module" src="${name}.js"></script>`));
    put(`/speed/${name}.html`, page(`<script type="module">globalThis.contender = await import('./${name}.js');</script>`));
    put(`/start/${name}.js`, bundles.start[name]);
    put(`/speed/${name}.js`, bundles.speed[name]);
    if (wasm) {
      put(`/start/${wasm}`, readFileSync(dist(wasm)));
      put(`/speed/${wasm}`, readFileSync(dist(wasm)));
    }
  }
  const server = createServer(({ url }, response) => {
    const contents = files.get(url);
    if (contents === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[url.split('.').pop()],
      'content-encoding': 'gzip',
      'content-length': contents.length,
      'cache-control': 'no-store',
      // Clocks are finer in pages that are isolated.
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(contents);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
