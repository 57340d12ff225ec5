// Prints the table of `cargo xtask bench npm`: sizes, cold starts and times per case, in Node.js and in Chromium. Every contender is
// bundled and run separately. All values are medians, with the ratio to ours in brackets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '../scripts/chromium.mjs';
import { contenders, foreign, speedOf, startOf } from './contenders.mjs';
import { serve } from './server.mjs';
import { pages, processes, speed } from './speed.mjs';
import { sizes, starts } from './start.mjs';
import { workload } from './workload.mjs';

const LAYOUTS = ['compact', 'python', 'shuffled'];
/** Only the time from text depends on the layout of the text. */
const ofText = (program) => program === 'text';

const folder = mkdtempSync(join(tmpdir(), 'image-preflight-bench-'));
const bundles = { start: {}, speed: {} };
for (const contender of contenders) {
  for (const [kind, made] of Object.entries({ start: await startOf(contender), speed: await speedOf(contender) })) {
    const found = foreign(contender, made.files);
    if (found.length > 0) {
      throw new Error(`${contender.name} carries what is not its own: ${found}`);
    }
    bundles[kind][contender.name] = made.code;
    writeFileSync(join(folder, `${contender.name}.${kind}.mjs`), made.code);
  }
}
const file = (kind) => (name) => join(folder, `${name}.${kind}.mjs`);
const browser = await launch();
const { address, stop } = await serve(bundles);
const began = loadavg();
try {
  const rows = { ...sizes(bundles.start) };
  Object.assign(rows, await starts(file('start'), address, browser));
  const environments = { 'Node.js': processes(file('speed')), Chromium: await pages(browser, address) };
  for (const [environment, { hosts }] of Object.entries(environments)) {
    for (const layout of LAYOUTS) {
      const times = await speed(hosts, workload(layout), layout === 'compact' ? undefined : ofText);
      for (const [program, row] of Object.entries(times)) {
        rows[`${program}${layout === 'compact' ? '' : ` (${layout})`}, ${environment}, ns`] = row;
      }
    }
  }
  for (const { stop } of Object.values(environments)) {
    await stop();
  }
  const load = (list) => list.map((value) => value.toFixed(1)).join(' ');
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, Node.js ${process.version}, Chromium ${browser.version()}, ${cpus().length} cores of ${cpus()[0].model}; load average before: ${load(began)}, after: ${load(loadavg())}\n`,
  );
  print(rows);
} finally {
  stop();
  await browser.close();
  rmSync(folder, { recursive: true });
}

function print(rows) {
  console.log(`| | ${contenders.map(({ title }) => title).join(' | ')} |\n| --- |${' ---: |'.repeat(contenders.length)}`);
  for (const [title, row] of Object.entries(rows)) {
    console.log(`| ${title} | ${contenders.map(({ name }) => cell(row, name)).join(' | ')} |`);
  }
}

function cell(row, name) {
  if (row[name] === undefined) {
    return '';
  }
  const text = row[name].toFixed(row[name] < 100 ? 1 : 0);
  return name === 'ours' || row.ours === undefined ? text : `${text} (${(row[name] / row.ours).toPrecision(2)})`;
}
