// Random JavaScript values as arguments: a result or an error that says why, never a trap, and the next call works.
// `ATTACKS=1000000 node --test test/fuzzing.test.mjs` for a long run; `SEED` repeats one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as main from 'image-preflight';
import * as full from 'image-preflight/full';
import { both } from './both.mjs';

/** The default import, and what only the full one adds. */
const api = both(main);

const times = Number(process.env.ATTACKS ?? 20_000);
const seed = Number(process.env.SEED ?? 20261121);
const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };

/** mulberry32, a seeded random number generator. */
function numbers(state) {
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const NAMES = ['operation', 'path', 'body', 'facts', 'edition', 'unknown', 'strict', 'ecsObject', 'vault', 'name', 'image', 'sizeBytes', 'images', 'imageObject', 'toJSON', '__proto__', 'constructor', 'length', ''];
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

const [job] = api.beginJobs('ims.in-region-copy', { job_id: 'j' }).jobs;

const ENTRY_POINTS = [
  (of) => api.check(of),
  (of) => api.checkText(of),
  (of) => api.checkToText(of),
  (of) => api.verdictOf(of),
  (of) => api.checkBatch([allowed, of]),
  (of) => api.checkLines(of),
  (of) => api.explain(of),
  (of) => api.imageFacts(of),
  (of) => api.ecsFacts(of),
  (of) => api.backupFacts(of),
  (of) => api.jdImageFacts(of),
  (of) => api.plan([allowed, of]),
  (of) => api.beginJobs('ims.in-region-copy', of),
  (of) => api.followJob(job, of),
  (of) => api.followJob(of),
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
    const entryPoint = ENTRY_POINTS[next(ENTRY_POINTS.length)];
    const of = value(next);
    try {
      assert.notEqual(entryPoint(of), Symbol.iterator);
      answers += 1;
    } catch (error) {
      const isOurs = error instanceof TypeError || error instanceof api.NotClearedError;
      assert.ok(isOurs && error.message.length > 10 && !/module has failed/.test(error.message), `attack ${attack} at ${entryPoint}: ${error?.stack ?? String(error)}`);
    }
    if (attack % 100 === 0) {
      assert.equal(full.checkToText(JSON.stringify(allowed)), whole);
      assert.equal(JSON.stringify(main.check(allowed)), whole);
    }
  }
  assert.ok(answers > times / 4 && answers < times, `${answers} answers`);
});

const CASES = [
  allowed,
  { operation: 'ims.cross-region-copy', path: { image_id: 'i' }, body: { name: '镜像', region: 'cn-south-1', project_name: 'p', agency_name: 'a', vault_id: null }, facts: { sourceRegion: 'cn-north-4', image: { fullEcs: false, sizeBytes: 1 }, copiesInFlight: 0 }, edition: 'default' },
  { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n', enterprise_project_id: '0' }, facts: { image: { fullEcs: false, iso: false, status: 'active', os: 'linux' }, imageObject: { __os_type: 'Linux', status: 'active' } }, edition: { extends: 'default', capBytes: 5 } },
  { operation: 'ims.whole-image', body: { name: 'n', backup_id: 'b', whole_image_type: 'CBR', tags: ['a.b'], min_ram: 1, max_ram: 2 }, facts: { ecs: { os: 'windows', sanPolicy: 'OnlineAll' }, backup: { used: false } } },
  { operation: 'jd.copy-images', path: { regionId: 'cn-north-1' }, body: { sourceImageIds: ['img-1', 'img-2'], destinationRegion: 'cn-east-2' }, facts: { images: { 'img-1': { visibility: 'private', busy: false, snapshots: 1 }, 7: { status: 'ready' } }, imageObjects: [{ imageId: 'img-2', status: 'ready' }], destinationQuota: { images: 1, snapshots: 2 } } },
  { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' }, facts: { projectId: 'p', vault: { region: 'r' }, image: { bareMetal: false, marketplace: true, replicated: false, shareAccepted: true }, ecs: { state: 'ACTIVE', dssDisk: false }, backup: { status: 'available' }, ecsObject: { server: { id: 'i', status: 'ACTIVE', metadata: { os_type: 'Linux' } } }, backupObject: { extend_info: {} }, quotaObject: { quotas: { resources: [{ type: 'image', used: 1, quota: 2 }] } }, imageObjects: { images: [] } } },
];
/** Values with stable members, created for each use because they are mutated. */
const constants = () => [
  undefined, null, true, false, 0, -0, 1, -1, 1.5, NaN, Infinity, 2 ** 32, 2 ** 53 - 1, 2 ** 53, 1e300, '', 'x', ' ', 'a"b', '\n', '\ud83d', '\ude00', '\ud83d\ude00', '镜', '\u0000',
  [], [null], ['\ud800'], [1, 'a', {}], {}, { name: 'x' }, { toJSON: (key) => `for ${key}` }, new Date(0), new Date(NaN), new String('s'), new Number(5), new Boolean(false), /x/, new Map([[1, 2]]),
  10n, Symbol('s'), () => 1, Object.create({ name: 'inherited', region: 'cn-north-1' }), Object.assign(Object.create(null), { os: 'linux' }), new (class { get name() { return 'n'; } })(), new Uint8Array(2),
];

/** A case with a few members changed, added, or wrapped in another kind of object. */
function changed(next) {
  const value = structuredClone(CASES[next(CASES.length)]);
  for (let count = next(4); count > 0; count -= 1) {
    const objects = [value, value.path, value.body, value.facts, value.facts?.image, value.facts?.images, value.facts?.images?.['img-1'], value.facts?.ecs].filter((part) => typeof part === 'object' && part !== null && !Array.isArray(part) && !ArrayBuffer.isView(part));
    const object = objects[next(objects.length)];
    const names = [...Object.keys(object), ...NAMES, 'description', 'vault_id', 'os', 'ecs', '\ud800', '镜', 'img-3'];
    const name = names[next(names.length)];
    const all = constants();
    const constant = all[next(all.length)];
    switch (next(6)) {
      case 0: Reflect.deleteProperty(object, name); break;
      case 1: Reflect.defineProperty(object, name, { get: () => constant, enumerable: next(3) > 0, configurable: true }); break;
      case 2: if (object !== value) Reflect.setPrototypeOf(object, [null, [], { [name]: constant }][next(3)]); break;
      case 3: Reflect.set(object, Symbol('unseen'), constant); break;
      default: Reflect.defineProperty(object, name, { value: constant, enumerable: true, configurable: true, writable: true });
    }
  }
  return value;
}

test(`an object gets the report of its JSON (${times} times, seed ${seed})`, () => {
  const next = numbers(seed);
  let [reports, errors] = [0, 0];
  for (let attack = 0; attack < times; attack += 1) {
    const of = changed(next);
    let text;
    try {
      text = JSON.stringify(of);
    } catch {
      errors += 1;
      assert.throws(() => api.check(of), TypeError, `attack ${attack}`);
      assert.throws(() => api.verdictOf(of), TypeError, `attack ${attack}`);
      continue;
    }
    const expected = api.checkText(text);
    assert.ok(JSON.stringify(api.check(of)) === JSON.stringify(expected), `attack ${attack}: ${text}`);
    assert.equal(api.verdictOf(of), expected.verdict, `attack ${attack}: ${text}`);
    const kept = JSON.parse(text);
    if (kept?.facts !== undefined) {
      kept.facts = main.keepFacts(kept.facts);
      assert.ok(JSON.stringify(main.check(kept)) === JSON.stringify(expected), `attack ${attack}: ${text}, with kept facts`);
      assert.equal(JSON.stringify(kept), text);
    }
    reports += 1;
  }
  assert.ok(reports > times / 2 && errors > 0, `${reports} reports, ${errors} errors`);
});

test('a getter may check another case meanwhile', () => {
  for (const other of [CASES[1], CASES[4], 5, null]) {
    const of = structuredClone(CASES[2]);
    let inner;
    Object.defineProperty(of.facts.image, 'os', { get: () => { inner = JSON.stringify(api.check(other)); return 'windows'; }, enumerable: true });
    assert.equal(JSON.stringify(api.check(of)), JSON.stringify(api.checkText(JSON.stringify(of))));
    assert.equal(inner, JSON.stringify(api.checkText(JSON.stringify(other))));
  }
});

test('a getter may start another case that has the same length', () => {
  const other = { ...CASES[1], get edition() { throw new Error('half way'); } };
  const of = structuredClone(CASES[2]);
  let isFirst = true;
  Object.defineProperty(of, 'edition', {
    enumerable: true,
    get: () => {
      if (isFirst) {
        isFirst = false;
        assert.throws(() => api.check(other), /half way/);
      }
      return 'default';
    },
  });
  assert.equal(JSON.stringify(api.check(of)), JSON.stringify(api.checkText(JSON.stringify(of))));
});

test('a getter may check lines, whose codes take the place of words', () => {
  const of = {
    operation: 'ims.in-region-copy', path: { image_id: 'i' }, facts: { image: { fromSharedBackup: false } },
    body: { get name() { assert.equal(api.checkLines('{}').length, 1); return 'n'; } },
  };
  assert.equal(JSON.stringify(api.check(of)), JSON.stringify(api.checkText(JSON.stringify(of))));
});

test('members of Object.prototype do not change reports', () => {
  const broken = structuredClone(CASES[1]);
  delete broken.body.name;
  for (const name of ['name', 'toJSON']) {
    Object.defineProperty(Object.prototype, name, { value: () => 1, enumerable: name === 'name', configurable: true });
    try {
      assert.equal(JSON.stringify(api.check(broken)), JSON.stringify(api.checkText(JSON.stringify(broken))));
    } finally {
      delete Object.prototype[name];
    }
  }
});

test('members that are none in JSON', () => {
  const hide = (object, name) => Object.defineProperty(object, name, { enumerable: false });
  const changes = [
    // As many members are hidden as are unknown: their number is that of the known ones.
    ({ body }) => { hide(body, 'name'); body.colour = 'red'; },
    ({ facts }) => { hide(facts.image, 'fullEcs'); facts.image.sizeBites = 1; },
    ({ facts }) => { hide(facts, 'sourceRegion'); facts.destinationRegion = 'cn-south-1'; },
    (of) => { hide(of, 'edition'); of.editions = 'default'; },
    ({ body }) => { hide(body, 'name'); body.vault_id = undefined; },
    ({ body }) => { hide(body, 'region'); },
    ({ body }) => { body.description = undefined; body.colour = undefined; },
    (of) => { of.edition = undefined; of.facts.image = () => 1; },
    ({ facts }) => { facts.image = Object.setPrototypeOf([], Object.prototype); },
    ({ facts }) => { facts.image = Object.setPrototypeOf(() => 1, Object.prototype); },
    ({ facts }) => { facts.image = Object.create({ fullEcs: true }); },
    ({ facts }) => { facts.images = { a: null }; },
    ({ facts }) => { facts.images = { a: Object.setPrototypeOf(() => 1, Object.prototype), b: {} }; },
    ({ facts }) => { hide(Object.assign(facts.image, { toJSON: () => ({ os: 'linux' }) }), 'toJSON'); },
    ({ body }) => { body.toJSON = 5; },
  ];
  for (const change of changes) {
    const of = structuredClone(CASES[1]);
    change(of);
    assert.equal(JSON.stringify(api.check(of)), JSON.stringify(api.checkText(JSON.stringify(of))), `${change}`);
  }
  // A hidden member of all objects, and an unknown one in its place.
  Object.defineProperty(Object.prototype, 'description', { value: 'inherited', configurable: true });
  try {
    const of = structuredClone(CASES[1]);
    of.body.colour = 'red';
    assert.equal(JSON.stringify(api.check(of)), JSON.stringify(api.checkText(JSON.stringify(of))));
  } finally {
    delete Object.prototype.description;
  }
});

test('every member is read, once', () => {
  const read = [];
  const traced = (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const object = {};
    for (const [name, member] of Object.entries(value)) {
      const inner = traced(member, `${at}/${name}`);
      Object.defineProperty(object, name, { get: () => { read.push(`${at}/${name}`); return inner; }, enumerable: true });
    }
    return object;
  };
  const of = traced(CASES[1], '');
  JSON.stringify(of);
  const expected = read.splice(0);
  assert.ok(expected.length > 10);
  const { verdict } = main.check(of);
  assert.deepEqual([verdict, [...read].sort()], [main.check(CASES[1]).verdict, [...expected].sort()]);
});

test('kept facts are those of the time when they were kept', () => {
  const of = structuredClone(CASES[1]);
  const before = JSON.stringify(main.check(of));
  const facts = main.keepFacts(of.facts);
  const { validate } = main.standardSchema(of.operation, { path: of.path, facts: of.facts, undetermined: 'pass' })['~standard'];
  assert.equal(validate(of.body).issues, undefined);
  of.facts.image.fullEcs = true;
  of.facts.sourceRegion = of.body.region;
  assert.equal(JSON.stringify(main.check({ ...of, facts })), before);
  assert.equal(validate(of.body).issues, undefined);
  assert.notEqual(JSON.stringify(main.check(of)), before);
  assert.throws(() => { facts.sourceRegion = of.body.region; }, TypeError);
  assert.throws(() => { facts.image.fullEcs = true; }, TypeError);
  assert.throws(() => { facts.image.name = 'n'; }, TypeError);
  // A copy of them is judged by what it has, and may be kept in turn.
  for (const keep of [(of) => of, main.keepFacts]) {
    const copy = { ...facts, image: { ...facts.image, fullEcs: true }, sourceRegion: of.body.region };
    assert.equal(JSON.stringify(main.check({ ...of, facts: keep(copy) })), JSON.stringify(main.check(of)));
  }
  assert.equal(main.keepFacts(facts), facts, 'what is kept is not copied again');
  // The JSON of an object has nothing that it inherits.
  assert.equal(JSON.stringify(main.check({ ...of, facts: Object.create(facts) })), JSON.stringify(main.check({ ...of, facts: {} })));
  // Facts of more words than are kept, and of more than the module takes.
  for (const count of [1, 500, 900, 2000]) {
    const images = Object.fromEntries(Array.from({ length: count }, (_, index) => [`img-${index}`, { status: 'ready', snapshots: index }]));
    const many = { ...CASES[4], facts: { ...CASES[4].facts, images } };
    assert.equal(JSON.stringify(main.check({ ...many, facts: main.keepFacts(many.facts) })), JSON.stringify(api.checkText(JSON.stringify(many))));
  }
  assert.deepEqual([main.keepFacts(undefined), main.keepFacts(null), main.keepFacts('no'), main.keepFacts([])], [undefined, null, 'no', []]);
  for (const odd of [1n, { image: 1n }, () => 1, Symbol('s')]) {
    assert.throws(() => main.keepFacts(odd), { name: 'TypeError', message: /^image-preflight: the facts cannot be serialized as JSON/ });
  }
});

test('in pages, a loop writes short texts, and they are the same', async (context) => {
  globalThis.location = { href: 'http://localhost/' };
  let page;
  try {
    page = await import(`${import.meta.resolve('image-preflight')}?page`);
  } finally {
    delete globalThis.location;
  }
  const { mock } = context.mock.method(TextEncoder.prototype, 'encodeInto');
  const encoded = (of, name) => {
    const value = { ...of, body: { ...of.body, name } };
    const before = mock.callCount();
    const report = page.check(value);
    const calls = mock.callCount() - before;
    assert.equal(JSON.stringify(report), JSON.stringify(api.checkText(JSON.stringify(value))), name);
    return calls;
  };
  page.check(CASES[0]);
  // Both sides of where UTF-8 takes one more byte, and of the surrogates. A pair of them takes four bytes, and is left to `encodeInto`.
  for (const [name, calls] of [['\0\x7f', 0], ['\x80\u07ff', 0], ['a\u0800镜\ud7ff', 0], ['\ue000\uffff', 0], ['😀', 1], ['镜\ud800', 2], ['\udfff', 2]]) {
    assert.equal(encoded(CASES[1], `${name}/`), calls, name);
  }
  const { instance_id, vault_id } = CASES[0].body;
  for (const [length, calls] of [[255, 0], [256, 1]]) {
    for (const letter of ['x', '镜']) assert.equal(encoded(CASES[0], letter.repeat(length - `${instance_id}${vault_id}`.length)), calls, `${length}`);
  }
  const next = numbers(seed);
  for (let attack = 0; attack < times / 10; attack += 1) {
    const of = structuredClone(CASES[next(CASES.length)]);
    encoded(of, Array.from({ length: next(30) }, () => String.fromCharCode(next(0x10000))).join(''));
  }
});
