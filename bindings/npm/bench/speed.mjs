// How long a case takes each contender: every one is alone in a process, or in a page, and they take turns.
import { fork } from 'node:child_process';
import { contenders, dist } from './contenders.mjs';

const ROUNDS = 15;

/** Nanoseconds a case by program and contender: of each chunk the median of its rounds, then their mean. `hosts`: `call(method, ...arguments)` by contender. */
export async function speed(hosts, cases, only = () => true) {
  const times = {};
  const programs = {};
  for (const { name, isFloor, preload } of contenders) {
    if (!preload) {
      programs[name] = (await hosts[name]('load', cases, isFloor)).filter(only);
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, its] of Object.entries(programs)) {
      for (const program of its) {
        times[program] ??= {};
        (times[program][name] ??= []).push(await hosts[name]('round', program));
      }
    }
  }
  for (const row of Object.values(times)) {
    for (const [name, rounds] of Object.entries(row)) {
      const chunks = rounds[0].map((_, chunk) => median(rounds.map((round) => round[chunk])));
      row[name] = chunks.reduce((sum, time) => sum + time, 0) / chunks.length;
    }
  }
  return times;
}

export function median(list) {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
}

/** A process for each contender: `file(name)` is its bundle. */
export function processes(file) {
  const children = [];
  const hosts = Object.fromEntries(
    contenders.map(({ name, wasm }) => {
      const child = fork(`${import.meta.dirname}/speed-host.mjs`, [file(name), wasm ? dist(wasm) : ''], { serialization: 'advanced' });
      children.push(child);
      const call = (method, ...given) =>
        new Promise((resolve, reject) => {
          const answer = ({ result, error }) => {
            child.off('exit', gone);
            if (error === undefined) resolve(result);
            else reject(new Error(`${name}: ${error}`));
          };
          const gone = (code) => reject(new Error(`${name}: its process ended with ${code}`));
          child.once('message', answer).once('exit', gone);
          child.send({ method, given });
        });
      return [name, call];
    }),
  );
  return { hosts, stop: () => children.forEach((child) => child.disconnect()) };
}

/** A page for each contender, of a profile of its own and so in a process of its own. */
export async function pages(browser, address) {
  const contexts = [];
  const hosts = {};
  for (const { name } of contenders) {
    const context = await browser.newContext();
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(`${address}/speed/${name}.html`);
    await page.waitForFunction(() => globalThis.contender);
    hosts[name] = (method, ...given) => page.evaluate(([method, given]) => globalThis.contender[method](...given), [method, given]);
  }
  return { hosts, stop: () => Promise.all(contexts.map((context) => context.close())) };
}
