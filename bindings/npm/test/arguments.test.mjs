// Every function with invalid arguments: an error that names the argument and the expectation, and the next call works.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import binaryen from 'binaryen';
import * as main from 'image-preflight';
import * as full from 'image-preflight/full';
import * as schemas from 'image-preflight/schemas';
import { both } from './both.mjs';

const require = createRequire(import.meta.url);

/** The default import, and what only the full one adds. */
const api = both(main);
const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };
const denied = { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: {} };
const text = JSON.stringify(allowed);
const facts = { sourceRegion: 'cn-north-4' };
const [job] = api.beginJobs('ims.in-region-copy', { job_id: 'j' }).jobs;
const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** For each function: a valid call without its options, and the names of the options. */
const CALLS = {
  check: [(...options) => api.check(allowed, ...options), 'locale'],
  checkBatch: [(...options) => api.checkBatch([allowed], ...options), 'locale'],
  checkLines: [(...options) => api.checkLines(text, ...options), 'locale'],
  checkText: [(...options) => api.checkText(text, ...options), 'locale'],
  checkUnknown: [(...options) => api.checkUnknown(allowed, ...options), 'locale'],
  checkToText: [(...options) => api.checkToText(text, ...options), 'locale'],
  capabilities: [(...options) => api.capabilities(facts, ...options), 'locale', 'edition', 'strict'],
  destinations: [(...options) => api.destinations(facts, ...options), 'locale', 'edition', 'strict'],
  explain: [(...options) => api.explain('IMG.0149', ...options), 'locale', 'status'],
  imageFacts: [(...options) => api.imageFacts({}, ...options), 'locale'],
  ecsFacts: [(...options) => api.ecsFacts({}, ...options), 'locale'],
  backupFacts: [(...options) => api.backupFacts({}, ...options), 'locale'],
  jdImageFacts: [(...options) => api.jdImageFacts([], ...options), 'locale'],
  beginJobs: [(...options) => api.beginJobs('ims.in-region-copy', { job_id: 'j' }, ...options), 'locale', 'status', 'parameters'],
  followJob: [(...options) => api.followJob(job, {}, ...options), 'locale', 'status', 'parameters'],
  plan: [(...options) => api.plan([allowed], ...options), 'locale', 'edition', 'copiesInFlight', 'after', 'priority', 'running', 'finished', 'prepared', 'failed'],
  problemDetails: [(...options) => api.problemDetails(denied, ...options), 'locale'],
  request: [(...options) => api.request(allowed, ...options), 'locale', 'allowUndetermined', 'overrideRules'],
  rules: [(...options) => api.rules(...options), 'locale'],
  standardSchema: [(...options) => api.standardSchema('ims.whole-image', ...options)['~standard'].validate({}), 'locale', 'undetermined', 'rootPath'],
};
/** Functions without options. */
const OTHERS = ['NotClearedError', 'addLocale', 'init', 'keepFacts', 'verdictOf'];

/** For each option: invalid values. */
const WRONG = {
  locale: [5, null, true, [], {}, new String('zh'), Symbol('zh'), () => 'zh', 1n],
  edition: [5, null, {}, ['default']],
  strict: ['true', 1, null, {}],
  status: ['x', '503', null, 1.5, -1, 65_536, NaN, Infinity, 503n],
  allowUndetermined: ['yes', 1, null, {}],
  overrideRules: ['x', null, {}, [5], [null], Array(1), new Set(['ims.whole-image.name'])],
  undetermined: ['warn', true, null, ['issue']],
  rootPath: ['root', null, [null], [{}], Array(1)],
  copiesInFlight: ['1', null, -1, 1.5, 2 ** 53, NaN, 1n],
  after: [5, null, [], 'x', { x: [0] }, { '-1': [0] }, { 0: 0 }, { 0: [-1] }, { 0: Array(1) }],
  priority: [5, null, [], { 0: '1' }, { 0: 1.5 }, { 0: 2 ** 31 }, { '00': 1 }],
  running: [0, null, '0', [-1], ['0'], [0.5], Array(1), new Set([0])],
  finished: [0, null, [null], [2 ** 53]],
  prepared: [5, null, ['i'], { 0: 5 }, { 0: null }, { x: 'i' }],
  failed: [5, null, ['later'], { 0: 'soon' }, { 0: null }, { x: 'later' }],
  parameters: [5, null, ['p'], { project_id: 5 }, { project_id: null }],
};

/** The result of a call as text; also checks that a valid call works afterwards. */
function outcome(call) {
  try {
    return JSON.stringify(call());
  } finally {
    for (const { check } of [main, full]) assert.equal(check(allowed).verdict, 'allowed');
  }
}

test('every function is tried', () => assert.deepEqual([...Object.keys(CALLS), ...OTHERS].sort(), Object.keys(api).sort()));

for (const [name, [call, ...options]] of Object.entries(CALLS)) {
  test(`${name}: options that are none`, () => {
    const expected = outcome(() => call());
    for (const good of [undefined, {}, Object.create(null), { locale: undefined }, { locale: 'en' }, { other: 5 }]) {
      assert.equal(outcome(() => call(good)), expected);
    }
    for (const bad of [null, 5, 'zh-CN', true, [], ['zh'], Symbol('s'), () => ({}), 1n]) {
      assert.throws(() => outcome(() => call(bad)), { name: 'TypeError', message: /^image-preflight: the argument options is .+; it must be an object such as \{ locale: 'zh-CN' \}, or left out$/ });
    }
    assert.throws(() => outcome(() => call(revoked.proxy)), TypeError);
  });

  for (const option of options) {
    test(`${name}: the option ${option} of a wrong type`, () => {
      for (const value of WRONG[option]) {
        assert.throws(() => outcome(() => call({ [option]: value })), { name: 'TypeError', message: new RegExp(`^image-preflight: the option ${option} is .+; it must be .+`) });
      }
      assert.throws(() => outcome(() => call({ get [option]() { throw new Error('from a getter'); } })), /from a getter/);
    });
  }
}

test('an option is read once: what was looked at is what is used', () => {
  const values = ['zh-CN', 5];
  assert.match(api.checkText('{', { get locale() { return values.shift(); } }).findings[0].message, /^第 1 行/);
});

/** Values that cannot be serialized, for each argument of any type. */
const cycle = {};
cycle.cycle = cycle;
const UNWRITABLE = [undefined, () => {}, Symbol('s'), 1n, cycle, { body: 1n }, revoked.proxy, { toJSON: () => undefined }];
const OBJECTS = {
  check: api.check,
  capabilities: api.capabilities,
  destinations: api.destinations,
  explain: api.explain,
  imageFacts: api.imageFacts,
  ecsFacts: api.ecsFacts,
  backupFacts: api.backupFacts,
  jdImageFacts: api.jdImageFacts,
  beginJobs: (value) => api.beginJobs('ims.in-region-copy', value),
  problemDetails: api.problemDetails,
  request: api.request,
  verdictOf: api.verdictOf,
  keepFacts: api.keepFacts,
  validate: (value) => api.standardSchema('ims.whole-image', { facts: value })['~standard'].validate({}),
};

for (const [name, call] of Object.entries(OBJECTS)) {
  test(`${name}: what cannot be serialized as JSON`, () => {
    for (const value of ['keepFacts', 'validate'].includes(name) ? [1n, cycle, { image: 1n }, revoked.proxy] : UNWRITABLE) {
      assert.throws(() => outcome(() => call(value)), { name: 'TypeError', message: /^image-preflight: the .+ cannot be serialized as JSON: .+/ });
    }
  });
}

test('checkBatch and plan name the case that is wrong', () => {
  for (const value of UNWRITABLE) {
    assert.throws(() => outcome(() => api.plan([allowed, value])), { name: 'TypeError', message: /case 1 cannot be serialized as JSON: .+/ });
  }
  assert.throws(() => outcome(() => api.plan('x')), /the argument cases is the string "x"; it must be an array of cases/);
  assert.throws(() => outcome(() => api.checkBatch([allowed, allowed, 1n])), /case 2 cannot be serialized as JSON/);
  // A hole in an array is not a case.
  assert.throws(() => outcome(() => api.checkBatch([allowed, , allowed])), /case 1 cannot be serialized as JSON: it is undefined/);
  for (const value of [null, undefined, {}, 'text', 5, new Set([allowed]), { length: 1, 0: allowed, map: () => [] }]) {
    assert.throws(() => outcome(() => api.checkBatch(value)), { name: 'TypeError', message: /^image-preflight: the argument cases is .+; it must be an array of cases$/ });
  }
});

test('what must be text', () => {
  for (const value of [undefined, null, 5, {}, [], new String('{}'), Symbol('s'), revoked.proxy]) {
    for (const call of [api.checkText, api.checkToText]) {
      assert.throws(() => outcome(() => call(value)), TypeError);
    }
    assert.throws(() => outcome(() => api.checkLines(value)), TypeError);
  }
  for (const value of [new ArrayBuffer(4), new DataView(new ArrayBuffer(4)), new Uint16Array(2), ['{}']]) {
    assert.throws(() => outcome(() => api.checkLines(value)), /the argument lines is .+; it must be a string or a Uint8Array/);
  }
  // Bytes of another realm, such as a test runner's, are accepted.
  assert.equal(outcome(() => api.checkLines(runInNewContext('Uint8Array.of(123, 125)'))), outcome(() => api.checkLines('{}')));
  for (const operation of [undefined, null, 5, {}]) {
    assert.throws(() => outcome(() => api.standardSchema(operation)), /the operation is .+; it must be the id of one/);
  }
});

test('unknown names', () => {
  assert.throws(() => outcome(() => api.request(allowed, { overrideRules: ['ims.whole-image.name', 'nope', '\ud800'] })), /overrideRules has unknown rule ids: "nope", "\\ud800"/);
  assert.equal(api.request(allowed, { overrideRules: ['ims.whole-image.name'] }).method, 'POST');
  assert.throws(() => outcome(() => api.capabilities(facts, { edition: 'nope' })), /unknown edition nope/);
  assert.throws(() => outcome(() => api.destinations(facts, { edition: '\ud800' })), /unknown edition/);
  for (const name of ['nope', 'toString', '__proto__', undefined, null, 5]) {
    assert.throws(() => schemas.schema(name), { name: 'TypeError', message: /the name of the schema is .+; it must be one of .*ims\.whole-image/ });
  }
  assert.match(api.standardSchema('ims.teleport')['~standard'].validate({}).issues[0].message, /ims\.teleport/);
});

test('an answer of any text is explained, or given back as it came', () => {
  for (const answer of ['', '\ud800', '{"error":{"code":"\ud800"}}', '\ufeffIMG.0149', 'null', null, 5, [], {}]) {
    const refusal = api.explain(answer, { status: 503 });
    assert.equal(typeof refusal.meaning, 'string', `${answer}`);
    assert.equal(refusal.understood, refusal.rules.length > 0 || refusal.understood);
  }
  assert.equal(api.explain('IMG.\ud800').verbatim, 'IMG.\ufffd');
});

test('a region that is in no document is a warning, and no error', () => {
  const known = api.capabilities({ sourceRegion: 'cn-north-4', image: { fullEcs: true } });
  const unlisted = api.capabilities({ sourceRegion: 'mars-1', image: { fullEcs: true } });
  assert.deepEqual(unlisted.map(({ operation }) => operation), known.map(({ operation }) => operation));
  assert.equal(unlisted.find(({ operation }) => operation === 'image.export').verdict, 'denied');
  assert.ok(api.destinations({ sourceRegion: 'mars-1' }).length > 20);
  // An error next to a warning still throws.
  assert.throws(() => api.capabilities({ sourceRegion: 'mars-1', image: { colour: 'red' } }), (error) => error instanceof TypeError && /colour/.test(error.message) && !/mars-1/.test(error.message));
});

test('language tags take no memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const used = () => { collect(); return process.memoryUsage().heapUsed; };
  api.checkText('{', { locale: 'x-warm-up' });
  const before = used();
  for (let index = 0; index < 2000; index += 1) {
    assert.match(api.checkText('{', { locale: `zh-${index}-${'x'.repeat(20_000)}` }).findings[0].message, /^第 1 行/);
  }
  for (let index = 0; index < 20_000; index += 1) api.checkText('{', { locale: `x-${index}` });
  const grown = used() - before;
  assert.ok(grown < 2 << 20, `${grown} bytes more`);
  assert.match(api.checkText('{', { locale: 'zh-Hans' }).findings[0].message, /^第 1 行/);
});

test('what init is given', async () => {
  const file = (name) => readFile(require.resolve(`image-preflight/${name}`));
  const wasm = await file('image_preflight.wasm');
  // Modules with the same exports: one with other imports, one that returns nothing, ones that trap.
  const like = ({ imported = '', start = '', run = '(i32.const 0)' }) => {
    const i32s = (count) => '(param i32)'.repeat(count);
    const module = binaryen.parseText(`(module ${imported} (memory (export "memory") 2) (func (export "__wbindgen_start") ${start}) (func (export "release"))
      ${['words', 'output', 'numbers'].map((name) => `(func (export "${name}") (result i32) (i32.const 16))`).join(' ')}
      ${['input'].map((name) => `(func (export "${name}") ${i32s(1)} (result i32) (i32.const 16))`).join(' ')}
      (func (export "run") ${i32s(3)} (result i32) ${run}) (func (export "run_packed") ${i32s(4)} (result i32) ${run}))`);
    return module.emitBinary();
  };
  const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  // Our module with another version of the same length, so that it stays valid.
  const { version } = require('image-preflight/package.json');
  const other = Buffer.from(wasm);
  for (const place of versionPlaces(wasm, version)) other.write('9', place);
  const page = new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } });
  const table = [
    [undefined, /the argument of init is undefined; it must be a URL, a response, the bytes/],
    [null, /is null; it must be/],
    [5, /is the number 5; it must be/],
    [{}, /is an object; it must be/],
    [Promise.resolve([]), /is an array; it must be/],
    [new Uint8Array(0), /not a WebAssembly file: it starts with nothing/],
    [page, /not a WebAssembly file: it starts with 3c 21 64 6f.*or a page\?/],
    [new Response('', { status: 404 }), /could not be fetched: 404/],
    [wasm.subarray(0, 1000), /cannot be compiled/],
    [empty, /not one of image-preflight .*: it does not export memory, input, .*Give image_preflight\.wasm/],
    [await WebAssembly.compile(empty), /does not export memory/],
    [like({ imported: '(import "env" "f" (func))' }), /not one of image-preflight .*env/],
    [like({}), /not one of image-preflight .*: its answers are invalid/],
    [like({ run: '(i32.const 0x7fffffff)' }), /its answers are invalid/],
    [like({ run: 'unreachable' }), /its answers are invalid/],
    [like({ start: 'unreachable' }), /its answers are invalid/],
    [other, /not one of image-preflight .*: it is of version 9/],
    ['http://127.0.0.1:9/image_preflight.wasm', /could not be fetched from http:\/\/127\.0\.0\.1:9/],
    [new URL('file:///nowhere/image_preflight.wasm'), /could not be fetched from file:.*You can pass its bytes instead/],
  ];
  for (const [source, message] of table) {
    await assert.rejects(api.init(source), (error) => error.message.startsWith('image-preflight: ') && message.test(error.message));
    assert.equal(api.check(allowed).verdict, 'allowed');
    assert.throws(() => api.request(denied), api.NotClearedError);
  }
  const copy = new ArrayBuffer(wasm.length);
  new Uint8Array(copy).set(wasm);
  for (const source of [wasm, copy, new DataView(copy), new Response(wasm), Promise.resolve(new Response(wasm)), new Blob([wasm]), await WebAssembly.compile(wasm), runInNewContext('new WebAssembly.Module(bytes)', { bytes: wasm })]) {
    await api.init(source);
    assert.equal(api.check(allowed).verdict, 'allowed');
  }
  await Promise.all([api.init(wasm), api.init(copy).catch(() => {}), api.init(empty).catch(() => {})]);
  assert.equal(api.check(allowed).verdict, 'allowed');
});

/** The positions of the version in a module's data: its own, and that of the rules which it was the first to have. */
function versionPlaces(wasm, version) {
  assert.ok(!version.startsWith('9'));
  const places = [];
  for (let place = wasm.indexOf(version); place >= 0; place = wasm.indexOf(version, place + 1)) places.push(place);
  assert.ok(places.length > 0, 'the version is found');
  return places;
}
