// Every contender over the workload in interleaved rounds, by medians: the same code in Node and in a page.
import { check, checkLines, checkText, verdictOf } from 'image-preflight';
import { ajv, valibot, zod } from './peers.mjs';
import { rules } from './rules.mjs';

const ROUNDS = 9;

/** Runs the workload: `[operation, allowed, text]` each. Gives a row a contender: name, nanoseconds a case. */
export function bench(workload, schemas) {
  const texts = workload.map(([, , text]) => text);
  const objects = texts.map((text) => JSON.parse(text));
  const ndjson = texts.join('\n');
  const bytes = new TextEncoder().encode(ndjson);
  const shapes = { ajv: ajv(schemas), zod: zod(), valibot: valibot() };
  const holds = (library, value) => {
    // Every error is wanted, so both are asked.
    const shape = shapes[library][value.operation](value.body);
    return (shape && rules(value)) === true;
  };
  const each = (of, judge) => () => of.map(judge);
  const contenders = [
    ['image-preflight, text', each(texts, (text) => checkText(text).verdict === 'allowed')],
    ['… the verdict alone', each(texts, (text) => verdictOf(text) === 'allowed')],
    ['image-preflight, objects', each(objects, (value) => check(value).verdict === 'allowed')],
    ['… the verdict alone', each(objects, (value) => verdictOf(value) === 'allowed')],
    ['image-preflight, batch: lines of text', () => checkLines(ndjson).map(({ verdict }) => verdict === 'allowed')],
    ['image-preflight, batch: lines of bytes', () => checkLines(bytes).map(({ verdict }) => verdict === 'allowed')],
    ...Object.keys(shapes).flatMap((library) => [
      [`JSON.parse + ${library}`, each(texts, (text) => holds(library, JSON.parse(text)))],
      [`${library}, objects`, each(objects, (value) => holds(library, value))],
    ]),
    ['floor: JSON.parse', each(texts, (text) => JSON.parse(text) !== undefined), true],
  ];
  for (const [name, run, isFloor] of contenders) {
    const verdicts = run();
    const wrong = workload.findIndex(([, allowed], index) => !isFloor && verdicts[index] !== allowed);
    if (wrong >= 0) {
      throw new Error(`${name} is wrong about ${workload[wrong]}`);
    }
  }
  const times = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    contenders.forEach(([, run], index) => {
      const began = performance.now();
      run();
      times[index].push(performance.now() - began);
    });
  }
  const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
  return contenders.map(([name], index) => [name, (median(times[index]) / workload.length) * 1e6]);
}
