// What `cargo xtask bench npm` prints: times in Node and in Chromium, then sizes and first verdicts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launch } from '../scripts/chromium.mjs';
import { start } from './start.mjs';
import { root, workload } from './workload.mjs';

const schemas = Object.fromEntries(
  ['ims.cross-region-copy', 'ims.in-region-copy', 'ims.whole-image', 'jd.copy-images'].map((name) => [
    name,
    JSON.parse(readFileSync(join(root, 'bindings/schema', `${name}.json`), 'utf8')),
  ]),
);

const { outputFiles } = await build({
  entryPoints: [join(import.meta.dirname, 'bench.mjs')],
  bundle: true,
  format: 'esm',
  write: false,
  alias: { 'image-preflight': join(import.meta.dirname, '../dist/index.js') },
});
const code = outputFiles[0].text;
const { bench } = await import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
const browser = await launch();
const page = await browser.newPage();
await page.setContent('<!doctype html><title>bench</title>');
for (const layout of ['compact', 'python', 'shuffled']) {
  const cases = workload(layout);
  table(`Node ${process.version}, ${layout}`, bench(cases, schemas));
  const source = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  table(
    `Chromium ${browser.version()}, ${layout}`,
    await page.evaluate(async ([source, cases, schemas]) => (await import(source)).bench(cases, schemas), [source, cases, schemas]),
  );
}
await start(browser);
await browser.close();

function table(title, rows) {
  const [, ours] = rows[0];
  console.log(`\n${title}\n\n| | ns a case | times ours |\n| --- | ---: | ---: |`);
  for (const [name, time] of rows) {
    console.log(`| ${name} | ${time.toFixed(0)} | ${(time / ours).toFixed(2)} |`);
  }
}
