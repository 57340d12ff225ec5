// Every function × language × edition × kind of input, in one loop; the expected results come from the JSON text of the same case.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import * as main from 'image-preflight';
import * as full from 'image-preflight/full';
import { both } from './both.mjs';
import { schema } from 'image-preflight/schemas';

const require = createRequire(import.meta.url);

/** The default import, and what only the full one adds. */
const api = both(main);
const EDITIONS = schema('case').$defs?.EditionName?.enum ?? names(schema('case'));
const CASES = {
  allowed: { operation: 'ims.whole-image', path: {}, body: { name: 'n', instance_id: 'i', vault_id: 'v' } },
  denied: { operation: 'ims.cross-region-copy', path: { image_id: 'i' }, body: { name: '/', region: 'cn-south-1', project_name: 'p', agency_name: 'a' }, facts: { sourceRegion: 'cn-north-4', image: { encrypted: true, sizeBytes: 200 * 2 ** 30 } } },
  undetermined: { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n' }, facts: {} },
  warned: { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n' }, facts: { sourceRegion: 'mars-1', image: { fullEcs: false, iso: false, status: 'active', os: 'linux', sizeBytes: 1 } } },
  jd: { operation: 'jd.copy-images', path: { regionId: 'cn-north-1' }, body: { sourceImageIds: ['img-1'], destinationRegion: 'cn-east-2' }, facts: { images: { 'img-1': { visibility: 'public' } } } },
};

/** The names of editions in the schema of a case: the strings allowed for `edition`. */
function names(document) {
  const found = [];
  const look = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value.enum) && value.enum.includes('default')) found.push(...value.enum);
    if (value.const !== undefined) found.push(value.const);
    Object.values(value).forEach(look);
  };
  look(document.properties.edition);
  const ref = JSON.stringify(document.properties.edition).match(/\$defs\/(\w+)/g) ?? [];
  ref.forEach((name) => look(document.$defs[name.slice('$defs/'.length)]));
  return [...new Set(found.filter((name) => typeof name === 'string'))];
}

test('every function × language × edition × kind of input', () => {
  assert.ok(EDITIONS.includes('default') && EDITIONS.length >= 3, `editions: ${EDITIONS}`);
  const seen = { allowed: 0, denied: 0, undetermined: 0 };
  for (const locale of ['en', 'zh-CN']) {
    const options = { locale };
    for (const edition of [undefined, ...EDITIONS]) {
      for (const [kind, value] of Object.entries(CASES)) {
        const of = edition === undefined ? value : { ...value, edition };
        const what = `${kind}, ${locale}, ${edition}`;
        const text = JSON.stringify(of);
        const report = JSON.parse(api.checkToText(text, options));
        seen[report.verdict] += 1;
        assert.deepEqual(api.check(of, options), report, what);
        assert.deepEqual(api.check(structuredClone(of), options), report, what);
        assert.deepEqual(api.checkText(text, options), report, what);
        assert.deepEqual(api.checkBatch([of, of], options), [report, report], what);
        assert.deepEqual(api.checkLines(`${text}\n${text}`, options), [report, report], what);
        assert.deepEqual(api.checkLines(Buffer.from(text), options), [report], what);
        assert.equal(api.verdictOf(of), report.verdict, what);
        assert.equal(api.verdictOf(text), report.verdict, what);
        const problem = api.problemDetails(of, options);
        assert.equal(problem === undefined, report.verdict === 'allowed', what);
        if (problem !== undefined) assert.deepEqual(problem.report, report, what);
        const { operation, path, body, facts } = value;
        const result = api.standardSchema(operation, { path, facts, edition, locale })['~standard'].validate(body);
        assert.equal(result.issues === undefined, report.verdict === 'allowed', what);
        const issues = report.findings.filter(({ severity, outcome }) => severity === 'error' && outcome === (report.verdict === 'denied' ? 'violated' : 'unknown'));
        assert.deepEqual((result.issues ?? []).map(({ message }) => message), issues.map(({ message }) => message), what);
        if (report.verdict === 'allowed') {
          assert.deepEqual(api.request(of, options).body, body, what);
        } else {
          assert.throws(() => api.request(of, options), (error) => {
            assert.ok(error instanceof api.NotClearedError && error instanceof Error && error.name === 'NotClearedError' && error.message.length > 10);
            assert.deepEqual(error.report, report, what);
            return true;
          });
        }
      }
      const facts = { sourceRegion: 'cn-north-4', image: { fullEcs: false, encrypted: false, sizeBytes: 200 * 2 ** 30 } };
      const of = edition === undefined ? options : { ...options, edition };
      for (const { operation, report } of api.capabilities(facts, of).map((report) => ({ operation: report.operation, report }))) {
        const single = api.check({ operation, facts, ...(edition === undefined ? {} : { edition }) }, options);
        for (const finding of report.findings.filter(({ at }) => at.startsWith('/facts/image'))) {
          if (!operation.startsWith('image.')) assert.deepEqual(single.findings.find(({ rule, at }) => rule === finding.rule && at === finding.at), finding, `${operation}, ${edition}`);
        }
      }
      for (const { region, report } of api.destinations(facts, of)) {
        const value = { operation: 'ims.cross-region-copy', body: { region }, facts, ...(edition === undefined ? {} : { edition }) };
        const cap = (findings) => findings.find(({ rule, outcome }) => rule.endsWith('.size-cap') && outcome === 'violated')?.message;
        assert.equal(cap(report.findings), cap(api.check(value, options).findings), `${region}, ${edition}`);
      }
    }
    // Functions without an edition use the requested language.
    const other = locale === 'en' ? 'zh-CN' : 'en';
    const speaks = (call) => assert.notDeepEqual(call({ locale }), call({ locale: other }));
    speaks((options) => api.rules(options));
    speaks((options) => api.explain('IMG.0149', options));
    speaks((options) => api.imageFacts({ __whole_image: 'perhaps' }, options));
    speaks((options) => api.plan([{}], options));
    speaks((options) => api.beginJobs('ims.in-region-copy', 'no', options));
    const [job] = api.beginJobs('ims.in-region-copy', { job_id: 'j' }).jobs;
    speaks((options) => api.followJob(job, '', { status: 503, ...options }));
    for (const factsOf of [api.ecsFacts, api.backupFacts, api.jdImageFacts]) speaks((options) => factsOf({ id: 'i' }, options));
    assert.deepEqual(api.explain('{"error":{"code":"IMG.0149"}}', options).meaning, api.explain({ error: { code: 'IMG.0149' } }, options).meaning);
  }
  assert.ok(Object.values(seen).every((count) => count > 5), JSON.stringify(seen));
});

test('results share no objects with later results', () => {
  const { allowed, denied, undetermined } = CASES;
  const calls = {
    check: () => api.check(denied),
    quiet: () => api.check(allowed),
    checkText: () => api.checkText(JSON.stringify(denied)),
    checkBatch: () => api.checkBatch([denied, denied, allowed, allowed]),
    checkLines: () => api.checkLines(`${JSON.stringify(denied)}\n${JSON.stringify(allowed)}\n${JSON.stringify(allowed)}`),
    capabilities: () => api.capabilities({ image: { fullEcs: true } }),
    destinations: () => api.destinations({ sourceRegion: 'cn-north-4' }),
    explain: () => api.explain('IMG.0149'),
    imageFacts: () => api.imageFacts({ __whole_image: 'perhaps' }),
    problemDetails: () => api.problemDetails(denied),
    request: () => api.request(allowed),
    refused: () => { try { return api.request(undetermined); } catch (error) { return error.report; } },
    rules: () => api.rules(),
    standardSchema: () => api.standardSchema('ims.cross-region-copy', { rootPath: ['root'] })['~standard'].validate({}),
    schema: () => schema('case'),
  };
  for (const [name, call] of Object.entries(calls)) {
    const before = JSON.stringify(call());
    const handed = call();
    const objects = new Set();
    spoil(handed, objects, name);
    assert.equal(JSON.stringify(call()), before, name);
  }
});

/** Mutates every object in a value, and checks that each occurs once, so that findings share nothing either. */
function spoil(value, objects, name) {
  if (typeof value !== 'object' || value === null) return;
  assert.ok(!objects.has(value), `${name} hands one object out twice: ${JSON.stringify(value)}`);
  objects.add(value);
  Object.values(value).forEach((member) => spoil(member, objects, name));
  for (const key of Object.keys(value)) value[key] = 'spoilt';
  if (Array.isArray(value)) value.push('spoilt');
}

test('after a trap or a stack overflow, the module is instantiated again', async () => {
  const good = JSON.stringify(api.check(CASES.denied));
  const file = (name) => readFile(require.resolve(`image-preflight/${name}`));
  const modules = [[main, await file('image_preflight.wasm')], [full, await file('full.wasm')]];
  // An instance whose `run` and `run_packed` trap on request, and whenever they are called after that: like a module that is out of
  // memory, or that was interrupted halfway.
  let isBroken = false;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class {
    constructor(...all) {
      const { exports } = new Instance(...all);
      let isDead = false;
      const breaking = (call) => (...numbers) => {
        isDead ||= isBroken;
        if (isDead) throw new WebAssembly.RuntimeError('unreachable');
        return call(...numbers);
      };
      this.exports = { ...exports, run: breaking(exports.run), run_packed: breaking(exports.run_packed) };
    }
  };
  try {
    for (const [of, bytes] of modules) {
      await of.init(bytes);
      const calls = [() => of.check(CASES.denied), () => of.check(new Date()), () => of.verdictOf({}), () => of.checkBatch([{}]), () => of.standardSchema('ims.whole-image')['~standard'].validate({})];
      const others = [() => of.checkText('{'), () => of.checkToText('{'), () => of.verdictOf('{'), () => of.checkLines('{'), () => of.rules(), () => of.request(CASES.denied)];
      for (const call of of === full ? [...calls, ...others] : calls) {
        isBroken = true;
        assert.throws(call, (error) => /the module has failed; it will be instantiated again/.test(error.message) && error.cause instanceof WebAssembly.RuntimeError);
        isBroken = false;
        assert.equal(JSON.stringify(of.check(CASES.denied)), good);
      }
      // While a case is being packed, another one makes the module fail.
      const value = { ...structuredClone(CASES.denied), get edition() { isBroken = true; try { of.check({}); } catch {} isBroken = false; return 'default'; } };
      assert.deepEqual(of.check(value), of.check({ ...CASES.denied, edition: 'default' }));
    }
  } finally {
    WebAssembly.Instance = Instance;
    for (const [of, bytes] of modules) await of.init(bytes);
  }
  // A stack overflow during a call, at various depths.
  let [failed, worked] = [0, 0];
  const deep = (call) => { try { deep(call); } catch {} try { call(); worked += 1; } catch { failed += 1; } };
  deep(() => api.check(CASES.denied));
  assert.ok(failed > 0 && worked > 0, `${failed} failed, ${worked} worked`);
  assert.equal(JSON.stringify(api.check(CASES.denied)), good);
});
