// Many checks in one module, in Node and in a page: memory stays constant, and the last are as fast as the first.
// `node soak.mjs 10000000`; the test command does fewer, in `test/api.test.mjs`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from '../scripts/chromium.mjs';
import { workload } from './workload.mjs';

const times = Number(process.argv[2] ?? 1_000_000);
const texts = workload('compact').map(([, , text]) => text);

/** Gives the milliseconds of each tenth. */
function soak({ checkText, verdictOf }, texts, times) {
  const tenth = () => {
    const began = performance.now();
    for (let index = 0; index < times / 10; index += 1) {
      const text = texts[index % texts.length];
      if (index % 10 === 0) checkText(text, { locale: 'zh-CN' });
      else verdictOf(text);
    }
    return Math.round(performance.now() - began);
  };
  return Array.from({ length: 10 }, tenth);
}

const dist = join(import.meta.dirname, '../dist/full.js');
const api = await import(dist);
soak(api, texts, 100_000);
globalThis.gc?.();
const before = process.memoryUsage().rss;
console.log(`Node: ${times} checks, milliseconds of each tenth: ${soak(api, texts, times).join(' ')}`);
globalThis.gc?.();
console.log(`${Math.round(before / 1024)} KiB before, ${Math.round(process.memoryUsage().rss / 1024)} KiB after`);

const browser = await launch();
const page = await browser.newPage();
const source = `data:text/javascript;base64,${readFileSync(dist).toString('base64')}`;
const tenths = await page.evaluate(`(async () => { const api = await import(${JSON.stringify(source)}); const soak = ${soak}; return soak(api, ${JSON.stringify(texts)}, ${times / 10}); })()`);
console.log(`Chromium: ${times / 10} checks, milliseconds of each tenth: ${tenths.join(' ')}`);
await browser.close();
