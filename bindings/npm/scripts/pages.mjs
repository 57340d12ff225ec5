// Pages for tests: a temporary folder, a server of it and a browser, all gone after the tests of a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { launch } from './chromium.mjs';
import { serve } from './serve.mjs';

/** Before the tests of a file, fills a folder and serves it; what is returned has `browser` and `address` while they run. */
export function servedPages(fill) {
  const pages = {};
  let folder, server;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'image-preflight-'));
    await fill(folder);
    server = await serve(folder);
    pages.address = server.address;
    pages.browser = await launch();
  });
  after(async () => {
    await pages.browser?.close();
    server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return pages;
}
