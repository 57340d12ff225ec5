// The package in Node.js, as an ES module and as CommonJS.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import * as esm from 'image-preflight';
import * as full from 'image-preflight/full';
import * as slim from 'image-preflight/slim';
import chinese from 'image-preflight/locales/zh-CN';
import { schema, schemaNames } from 'image-preflight/schemas';
import { both } from './both.mjs';
import { differing, vectors } from './vectors.mjs';

const require = createRequire(import.meta.url);
const tests = join(import.meta.dirname, '../../../tests');
const read = (name) => readFile(join(tests, name), 'utf8');

const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };
const formats = [['ES module', both(esm)], ['CommonJS', both(require('image-preflight'))], ['full', full]];

for (const [format, api] of formats) {
  const { NotClearedError, capabilities, check, checkBatch, checkLines, checkText, checkToText, destinations, explain, imageFacts, request, rules, standardSchema } = api;

  test(`${format}: the vectors' reports are byte for byte those of Rust`, async () => {
    const { count, wrong } = await differing(api, read);
    assert.ok(count > 800);
    assert.deepEqual(wrong, []);
  });

  test(`${format}: an object and its text give the same report`, async () => {
    assert.deepEqual(check(allowed), checkText(JSON.stringify(allowed)));
    assert.equal(check(allowed).verdict, 'allowed');
    assert.deepEqual(checkBatch([allowed, { operation: 'jd.copy-images' }]).map(({ verdict }) => verdict), ['allowed', 'denied']);
    assert.deepEqual(checkBatch([]), []);
  });

  test(`${format}: lines, however they are cut into portions`, () => {
    const ordinary = JSON.stringify(allowed);
    const long = JSON.stringify({ ...allowed, body: { ...allowed.body, name: '镜'.repeat(30_000) } });
    const lines = [ordinary, '{}', long, '{"operation": "jd.copy-images"}', `{"a": "${'x'.repeat(15_990)}"}`, '[', 'null'];
    for (const some of [lines, lines.toReversed?.() ?? [...lines].reverse(), [long, long], Array(20_000).fill('{}'), Array(300).fill(ordinary)]) {
      const expected = JSON.stringify(some.map((line) => checkText(line)));
      for (const text of [some.join('\n'), `${some.join('\n \r\n\n')}\n`]) {
        assert.ok(JSON.stringify(checkLines(text)) === expected, `${some.length} lines of text`);
        assert.ok(JSON.stringify(checkLines(Buffer.from(text))) === expected, `${some.length} lines of bytes`);
      }
    }
    assert.deepEqual([checkLines(''), checkLines('\n\n'), checkLines(new Uint8Array(0))], [[], [], []]);
    assert.equal(checkLines(Uint8Array.of(0x7b, 0x22, 0xff))[0].findings[0].rule, 'case.syntax');
    assert.match(checkLines('{"a": "\ud800"}', { locale: 'zh' })[0].findings[0].message, /代理项/);
    assert.throws(() => checkLines(['{}']), /the argument lines is an array/);
  });

  test(`${format}: a plain object is not stringified`, async () => {
    const cases = (await vectors(read, ['en'])).filter(({ text }) => text.startsWith('{"operation"'));
    const objects = cases.flatMap(({ text }) => { try { return [JSON.parse(text)]; } catch { return []; } });
    const { stringify } = JSON;
    // Lists within a case are still stringified; stringifying the case itself is an error here.
    JSON.stringify = (value) => { if (value?.operation !== undefined) throw new Error('written'); return stringify(value); };
    let count = 0;
    try {
      for (const value of objects) {
        try { check(value); count += 1; } catch (error) { assert.match(error.message, /written/); }
      }
      // Letters of one to four bytes in UTF-8, and of one or two units in UTF-16.
      for (const name of ['e', 'é', '测试', '🙂', 'e🙂é𠮷测']) {
        assert.doesNotThrow(() => check({ ...allowed, body: { ...allowed.body, name, description: name } }), name);
      }
    } finally {
      JSON.stringify = stringify;
    }
    assert.ok(count > objects.length * 0.8, `${count} of ${objects.length}`);
  });

  test(`${format}: messages are in the requested language`, () => {
    assert.match(checkText('{').findings[0].message, /^Line 1, column 2/);
    for (const locale of ['zh-CN', 'zh', 'zh-Hans']) {
      assert.match(checkText('{', { locale }).findings[0].message, /^第 1 行/);
    }
    assert.equal(checkToText('{', { locale: 'fr' }), checkToText('{'));
  });

  test(`${format}: what can be done with an image, and where it can go`, () => {
    const reports = capabilities({ image: { fullEcs: true } });
    assert.deepEqual(reports.map(({ operation }) => operation), ['ims.cross-region-copy', 'ims.in-region-copy', 'image.export', 'image.share']);
    assert.equal(reports[2].verdict, 'denied');
    const beijing = destinations({ sourceRegion: 'cn-north-4' }, { locale: 'zh' }).find(({ region }) => region === 'cn-north-4');
    assert.deepEqual([beijing.name, beijing.report.verdict], ['华北-北京四', 'denied']);
    assert.throws(() => capabilities({ image: { colour: 'red' } }), TypeError);
    assert.throws(() => destinations({}, { edition: '2019' }), /unknown edition 2019/);
    // What is presumed otherwise is missing.
    const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, os: 'linux', visibility: 'private', status: 'active' };
    const exported = (options) => capabilities({ image }, options)[2];
    assert.deepEqual([exported().verdict, exported({ strict: false }).verdict, exported({ strict: true }).verdict], ['allowed', 'allowed', 'undetermined']);
    assert.deepEqual(exported({ strict: true }).missing, exported().presumed);
  });

  test(`${format}: provider objects, refusals, rules, requests`, () => {
    assert.equal(imageFacts({ images: [{ __image_size: '5', status: 'active' }] }).facts.sizeBytes, 5);
    assert.equal(imageFacts({ __whole_image: 'perhaps' }).findings[0].rule, 'case.facts');
    assert.deepEqual(explain('IMG.0149').rules, ['ims.cross-region-copy.concurrent-limit']);
    assert.equal(explain({ error: { code: 'IMG.0142' } }, { locale: 'zh' }).meaning, '源区域与目的区域相同。');
    assert.equal(explain('', { status: 503 }).retry, 'later');
    assert.equal(explain('?').understood, false);
    assert.ok(rules().some(({ id }) => id === 'ims.cross-region-copy.size-cap'));
    assert.deepEqual(request(allowed), { method: 'POST', path: '/v1/cloudimages/wholeimages/action', body: allowed.body });
    const broken = { ...allowed, body: { ...allowed.body, name: ' n' } };
    assert.throws(() => request(broken), (error) => error instanceof NotClearedError && error.report.verdict === 'denied');
    assert.equal(request(broken, { overrideRules: ['ims.whole-image.name'] }).body.name, ' n');
    const unknown = { operation: 'ims.in-region-copy', path: { image_id: 'a/b' }, body: { name: 'n' } };
    assert.throws(() => request(unknown), /not known yet/);
    assert.equal(request(unknown, { allowUndetermined: true }).path, '/v1/cloudimages/a%2Fb/copy');
  });

  test(`${format}: a standard schema has issues with paths into the body`, () => {
    const { validate, version, vendor } = standardSchema('ims.whole-image', { locale: 'zh' })['~standard'];
    assert.deepEqual([version, vendor], [1, 'image-preflight']);
    assert.deepEqual(validate(allowed.body), { value: allowed.body });
    const { issues } = validate({ ...allowed.body, name: '', image_tags: [{ key: 'k.', value: '' }] });
    assert.deepEqual(issues.map(({ path }) => path), [['name'], ['image_tags', 0, 'key']]);
    assert.match(issues[0].message, /不能为空/);
    const facts = { image: { encrypted: true } };
    const beside = standardSchema('ims.cross-region-copy', { facts, path: { image_id: 'i' } })['~standard'];
    const body = { name: 'n', region: 'cn-south-1', project_name: 'p', agency_name: 'a' };
    assert.deepEqual(beside.validate(body).issues.map((issue) => 'path' in issue), [false]);
  });

  test(`${format}: whatever comes, there is a report or an error that says why, and the next call works`, () => {
    const cycle = {};
    cycle.cycle = cycle;
    const thrower = { get operation() { throw new Error('from a getter'); } };
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    for (const value of [cycle, thrower, revoked.proxy, { body: 1n }, undefined, () => {}, Symbol('s')]) {
      assert.throws(() => check(value), { name: 'TypeError', message: /cannot be serialized as JSON/ });
    }
    for (const value of [null, 1, 'text', [], new Date(0), new Proxy({}, {})]) {
      assert.equal(check(value).verdict, 'invalid');
    }
    for (const value of [undefined, null, 7, {}, new String('{}')]) {
      assert.throws(() => checkText(value), TypeError);
    }
    for (const text of ['', '\0', '\ud800', '{"a":"\udc00"}', '\ufeff{}', '['.repeat(10_000), '😀'.repeat(70_000)]) {
      assert.equal(checkText(text).findings[0].rule, 'case.syntax');
    }
    const long = JSON.stringify({ ...allowed, body: { ...allowed.body, name: '镜'.repeat(22 << 20) } });
    assert.equal(checkText(long).findings[0].params.kind, 'too-long');
    assert.equal(check(allowed).verdict, 'allowed');
  });

  test(`${format}: memory stays constant over many checks`, () => {
    const text = JSON.stringify({ ...allowed, body: { ...allowed.body, description: 'd'.repeat(1000) } });
    for (let index = 0; index < 1000; index += 1) checkToText(text);
    const before = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < 20_000; index += 1) checkToText(text);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1 << 20);
  });
}

test('a case that is passed as one value has the report of its JSON, whatever its texts and its depth', () => {
  const nested = (depth) => (depth === 0 ? 1 : [nested(depth - 1)]);
  const texts = ['['.repeat(200), ']}'.repeat(200), '"'.repeat(3) + '{'.repeat(200), '\\\\ud800', '\\"'.repeat(150) + '[', '\ud83d\ude00', '\ud800', 'a\udc00['];
  for (const odd of [...texts, ...texts.map((text) => ({ [text]: text })), nested(125), nested(126), nested(127), { '[': nested(126) }, -1.5e300, [null, -0, 2 ** 53, true]]) {
    const value = { operation: 'ims.in-region-copy', body: { name: odd }, odd };
    assert.deepEqual(JSON.parse(JSON.stringify(esm.check(value))), JSON.parse(JSON.stringify(full.checkText(JSON.stringify(value)))), JSON.stringify(odd).slice(0, 80));
  }
});

test('slim requires init, and works after it', async () => {
  assert.throws(() => slim.check(allowed), /await init/);
  await slim.init(await readFile(require.resolve('image-preflight/image_preflight.wasm')));
  assert.equal(slim.check(allowed).verdict, 'allowed');
  await slim.init(await WebAssembly.compile(await readFile(require.resolve('image-preflight/image_preflight.wasm'))));
  assert.equal(slim.check(allowed).verdict, 'allowed');
});

test('slim has the same reports as the others, in two languages at once', async () => {
  await slim.init(await readFile(require.resolve('image-preflight/image_preflight.wasm')));
  const denied = { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: {} };
  assert.throws(() => slim.check(denied, { locale: 'zh-Hans' }), { name: 'TypeError', message: /messages in zh-CN are not loaded: import pack from 'image-preflight\/locales\/zh-CN'/ });
  assert.throws(() => slim.addLocale({ ...chinese, sentences: [] }), { name: 'TypeError', message: /of another version/ });
  for (const odd of [undefined, null, 5, 'zh-CN', {}, []]) {
    assert.throws(() => slim.addLocale(odd), { name: 'TypeError', message: /the argument pack is .+; it must be the default export/ });
  }
  const { count, wrong } = await differing(both(slim), read);
  assert.ok(count > 800);
  assert.deepEqual(wrong, []);
  assert.equal(slim.check(denied, { locale: 'fr' }).findings[0].message, slim.check(denied).findings[0].message);
  assert.deepEqual(slim.standardSchema('ims.whole-image')['~standard'].validate(allowed.body), { value: allowed.body });
});

test('a report is kept when others follow, and is like any other object', () => {
  const cases = Array.from({ length: 40 }, (_, index) => ({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: `a<${index}`, description: '镜'.repeat(index) } }));
  const kept = cases.map((value) => esm.check(value));
  const read = cases.map((value) => JSON.stringify(full.check(value)));
  assert.deepEqual(kept.map((report) => JSON.stringify(report)), read);
  const [report] = cases.slice(1).map((value) => esm.check(value));
  assert.equal(JSON.stringify({ ...report, findings: structuredClone(report.findings) }), read[1]);
  report.findings[0].message = 'mine';
  assert.equal(report.findings[0].message, 'mine');
});

test('a report that is frozen, copied or written to before it is read has its members', () => {
  const checked = () => esm.check({ operation: 'ims.in-region-copy' });
  const text = JSON.stringify(checked());
  const frozen = Object.freeze(checked());
  frozen.findings.forEach(Object.freeze);
  frozen.findings.flatMap(({ fixes }) => fixes).forEach(Object.freeze);
  assert.equal(JSON.stringify(frozen), text);
  assert.equal(frozen.findings, frozen.findings);
  assert.equal(JSON.stringify({ ...checked() }), text);
  assert.deepEqual(structuredClone(checked()), JSON.parse(text));
  assert.equal(JSON.stringify(new Proxy(checked(), {})), text);
  const changed = checked();
  const [{ rule, message }] = checked().findings;
  changed.findings = [changed.findings[0]];
  changed.findings[0].message = 'mine';
  assert.deepEqual(changed.findings.map((finding) => [finding.rule, finding.message]), [[rule, 'mine']]);
  assert.notEqual(message, 'mine');
  assert.deepEqual(Object.keys(changed), Object.keys(JSON.parse(text)));
});

test('importing does nothing until something is asked', async () => {
  const { readFileSync } = await import('node:fs');
  const code = readFileSync(require.resolve('image-preflight'), 'utf8');
  assert.ok(code.includes('WebAssembly.Module'));
  const { execFileSync } = await import('node:child_process');
  const script = 'WebAssembly.Module = class { constructor() { throw new Error("compiled at import"); } }; import("image-preflight").then(() => console.log("ok"));';
  assert.equal(execFileSync(process.execPath, ['-e', script], { cwd: import.meta.dirname, encoding: 'utf8' }).trim(), 'ok');
});

test('an operation has a JSON Schema', () => {
  assert.deepEqual(schema('ims.in-region-copy').required, ['name']);
  for (const name of schemaNames) {
    assert.match(schema(name).$id, new RegExp(`/schema/${name}\\.json$`));
  }
});

test('a report becomes problem details', () => {
  const problem = full.problemDetails({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: {} }, { locale: 'zh' });
  assert.equal(problem.status, 422);
  assert.equal(problem.title, '该请求会被云服务拒绝。');
  assert.deepEqual(problem.errors.map(({ pointer, rule }) => [pointer, rule]), [['#/body/name', 'ims.in-region-copy.name']]);
  assert.equal(problem.report.verdict, 'denied');
  assert.equal(full.problemDetails(allowed), undefined);
});
