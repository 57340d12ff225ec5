// How heavy each contender is, and how long a cold start takes: each in a fresh process, or a fresh page of a fresh profile.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { contenders, dist } from './contenders.mjs';
import { median } from './speed.mjs';

const STARTS = 31;

/** A connection that is slower than this machine's own. */
const LINK = { megabits: 10, latency: 40 };

/** Bytes by contender: what a page fetches. */
export function sizes(bundles) {
  const parts = ({ name, wasm }) => [bundles[name], ...(wasm ? [readFileSync(dist(wasm))] : [])];
  const row = (measure) => Object.fromEntries(contenders.map((contender) => [contender.name, parts(contender).reduce((sum, part) => sum + measure(part), 0)]));
  return {
    'bytes': row((part) => part.length),
    'bytes, gzip': row((part) => gzipSync(part, { level: 9 }).length),
    'bytes, brotli': row((part) => brotliCompressSync(part).length),
  };
}

/** Milliseconds by contender, the median of all starts: `file(name)` is a bundle for Node.js, `address` serves the pages. */
export async function starts(file, address, browser) {
  const inNode = 'start, Node.js, ms';
  const inPage = 'start, Chromium, ms';
  const overLink = `start, Chromium, ${LINK.megabits} Mbit/s and ${LINK.latency} ms, ms`;
  const times = { [inNode]: {}, [inPage]: {}, [overLink]: {} };
  const note = (row, name, time) => (times[row][name] ??= []).push(time);
  // In turns, so that what else the machine does meets all alike.
  for (let round = 0; round < STARTS; round += 1) {
    for (const { name, wasm, preload } of contenders) {
      if (!preload) {
        note(inNode, name, inProcess(file(name), wasm));
      }
      note(inPage, name, await inFreshPage(browser, `${address}/start/${name}.html`));
      note(overLink, name, await inFreshPage(browser, `${address}/start/${name}.html`, LINK));
    }
  }
  for (const row of Object.values(times)) {
    Object.keys(row).forEach((name) => (row[name] = median(row[name])));
  }
  return times;
}

/** From the import to the first verdict, in a process of its own, whose own start does not count. */
function inProcess(file, wasm) {
  const read = wasm ? `globalThis.wasm = readFileSync(${JSON.stringify(dist(wasm))});` : '';
  const code = `import { readFileSync } from 'node:fs'; const began = performance.now(); ${read} await import(${JSON.stringify(file)}); console.log(globalThis.firstVerdict - began);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' }));
}

/** From the navigation to the first verdict, in a page of a profile of its own: nothing is cached. */
async function inFreshPage(browser, address, link) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    if (link) {
      const session = await context.newCDPSession(page);
      const bytes = (link.megabits * 1e6) / 8;
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', { offline: false, latency: link.latency, downloadThroughput: bytes, uploadThroughput: bytes });
    }
    await page.goto(address);
    return await (await page.waitForFunction(() => globalThis.firstVerdict)).jsonValue();
  } finally {
    await context.close();
  }
}
