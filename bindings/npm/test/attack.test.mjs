// Whatever JavaScript can hand over, at random: an answer or an error that says why, never a trap, and the next call works.
// `ATTACKS=1000000 node --test test/attack.test.mjs` for a long run; `SEED` repeats one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as api from 'image-preflight';

const times = Number(process.env.ATTACKS ?? 20_000);
const seed = Number(process.env.SEED ?? 20261121);
const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };

/** mulberry32: the same numbers for the same seed. */
function numbers(state) {
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const NAMES = ['operation', 'path', 'body', 'facts', 'edition', 'name', 'image', 'sizeBytes', 'images', 'imageObject', 'toJSON', '__proto__', 'constructor', 'length', ''];
const TEXTS = ['', '{', '{}', '[]', 'null', '"', '{"operation":"jd.copy-images"}', 'ims.cross-region-copy', '\0', '\ud800', '\udc00x', '\ufeff', '😀', '镜像', '{"a":"\ud800"}', '1e999', 'IMG.0142', '\u2028', 'x'.repeat(70_000)];

function value(next, depth = 0) {
  switch (next(depth > 4 ? 14 : 22)) {
    case 0: return undefined;
    case 1: return null;
    case 2: return next(2) === 1;
    case 3: return [0, -0, 1.5, NaN, Infinity, -1, 2 ** 53, 1e308][next(8)];
    case 4: return BigInt(next(1000));
    case 5: return Symbol('s');
    case 6: return () => 1;
    case 7: return new Date(NaN);
    case 8: return new Uint8Array(next(10));
    case 9: return /x/;
    case 10: return Array.from({ length: next(30) }, () => String.fromCharCode(next(0x10000))).join('');
    case 11:
    case 12:
    case 13: return TEXTS[next(TEXTS.length)];
    case 14: return Array.from({ length: next(5) }, () => value(next, depth + 1));
    case 15: return new Proxy(object(next, depth), { get: (target, name) => (next(3) ? target[name] : value(next, 5)) });
    case 16: return new Proxy({}, { ownKeys: () => { throw new RangeError('a trap that throws'); } });
    case 17: {
      const cycle = object(next, depth);
      Object.defineProperty(cycle, NAMES[next(NAMES.length)], { value: cycle, enumerable: true, configurable: true });
      return cycle;
    }
    case 18: return Object.defineProperty(object(next, depth), NAMES[next(NAMES.length)], { enumerable: true, configurable: true, get() { throw 'not even an error'; } });
    case 19: return { toJSON: () => value(next, depth + 1) };
    case 20: return Object.assign(Object.create(null), object(next, depth));
    default: return object(next, depth);
  }
}

function object(next, depth) {
  const made = next(3) ? structuredClone(allowed) : {};
  for (let count = next(4); count > 0; count -= 1) {
    Object.defineProperty(made, NAMES[next(NAMES.length)], { value: value(next, depth + 1), enumerable: true, configurable: true, writable: true });
  }
  return made;
}

const DOORS = [
  (of) => api.check(of),
  (of) => api.checkText(of),
  (of) => api.checkToText(of),
  (of) => api.verdictOf(of),
  (of) => api.checkBatch([allowed, of]),
  (of) => api.explain(of),
  (of) => api.imageFacts(of),
  (of) => api.capabilities(of),
  (of) => api.destinations(of),
  (of) => api.request(of),
  (of) => api.problemDetails(of),
  (of) => api.standardSchema('ims.whole-image')['~standard'].validate(of),
  (of) => api.checkText('{}', { locale: of }),
];

test(`whatever comes (${times} times, seed ${seed})`, () => {
  const next = numbers(seed);
  const whole = api.checkToText(JSON.stringify(allowed));
  assert.match(whole, /"verdict":"allowed"/);
  let answers = 0;
  for (let attack = 0; attack < times; attack += 1) {
    const door = DOORS[next(DOORS.length)];
    const of = value(next);
    try {
      assert.notEqual(door(of), Symbol.iterator);
      answers += 1;
    } catch (error) {
      const isOurs = error instanceof TypeError || error instanceof api.NotClearedError;
      assert.ok(isOurs && error.message.length > 10 && !/module has failed/.test(error.message), `attack ${attack} at ${door}: ${error?.stack ?? String(error)}`);
    }
    if (attack % 100 === 0) {
      assert.equal(api.checkToText(JSON.stringify(allowed)), whole);
    }
  }
  assert.ok(answers > times / 4 && answers < times, `${answers} answers`);
});
