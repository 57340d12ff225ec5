// Facts that come late: when loaders are asked, and what becomes of their answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { addLocale, check } from 'image-preflight';
import { createPreflight } from 'image-preflight/forms';
import chinese from 'image-preflight/locales/zh-CN';

addLocale(chinese);

const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
const values = { name: 'n', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a' };
const across = (loaders, options = {}) => createPreflight({ operation: 'ims.cross-region-copy', path: { image_id: 'i' }, facts: { sourceRegion: 'cn-north-4', image }, debounce: 10, loaders, ...options });

/** A loader that answers when it is told to, and records its calls. */
function held() {
  const calls = [];
  const loader = (argument, { signal }) => new Promise((resolve, reject) => calls.push({ argument, signal, resolve, reject }));
  return { calls, loader };
}

test('a missing fact is asked for once, after a pause, and then the form is checked again', async () => {
  const { calls, loader } = held();
  const preflight = across({ copiesInFlight: loader });
  const heard = [];
  preflight.subscribe((state) => heard.push(state));
  for (const name of ['a', 'ab', 'abc']) {
    const { verdict, isLoading, missing } = preflight.check({ ...values, name });
    assert.deepEqual([verdict, isLoading, missing[0].state, missing[0].loadable], ['undetermined', true, 'loading', ['copiesInFlight']]);
    assert.equal(calls.length, 0);
  }
  assert.equal(preflight.state.issues[0].isLoading, true);
  await pause(40);
  preflight.check({ ...values, name: 'abcd' });
  await pause(40);
  assert.equal(calls.length, 1);
  calls[0].resolve(0);
  await pause(0);
  assert.deepEqual(heard.map(({ verdict, body }) => [verdict, body.name]), [['allowed', 'abcd']]);
  assert.equal(preflight.state.verdict, 'allowed');
  preflight.check({ ...values, name: 'b' });
  await pause(40);
  assert.equal(calls.length, 1);
});

test('a loader starts while other fields are still wrong, and gets the id of what its fact is about', async () => {
  const asked = [];
  const loader = (fact, answer) => (argument) => { asked.push([fact, argument]); return answer; };
  const preflight = across({ imageObject: loader('imageObject', { ...image, id: 'i' }), quotaObject: loader('quotaObject'), copiesInFlight: loader('copiesInFlight', 0), vault: loader('vault', { region: 'cn-south-1' }) }, { facts: { sourceRegion: 'cn-north-4' } });
  preflight.check({ name: '', region: '' });
  await pause(40);
  assert.deepEqual(asked.sort(), [['copiesInFlight', undefined], ['imageObject', 'i']]);
  preflight.check({ ...values, vault_id: 'v' });
  await pause(40);
  assert.ok(asked.some(([fact, region]) => fact === 'quotaObject' && region === 'cn-south-1'), JSON.stringify(asked));
  preflight.check({ ...values, region: 'cn-east-3', project_name: 'cn-east-3' });
  await pause(40);
  assert.deepEqual(asked.filter(([fact]) => fact === 'quotaObject').map(([, region]) => region), ['cn-south-1', 'cn-east-3']);
  const jd = [];
  createPreflight({ operation: 'jd.copy-images', path: { regionId: 'cn-north-1' }, debounce: 1, loaders: { imageObjects: (ids) => { jd.push(ids); return []; } } }).check({ sourceImageIds: 'img-1', destinationRegion: 'cn-south-1' });
  const whole = [];
  createPreflight({ operation: 'ims.whole-image', debounce: 1, loaders: { backupObject: (id) => { whole.push(id); } } }).check({ name: 'n', backup_id: 'b', whole_image_type: 'CBR' });
  await pause(30);
  assert.deepEqual([jd, whole], [[['img-1']], ['b']]);
});

test('every loader states the facts that it is asked for', async () => {
  const table = {
    'ims.cross-region-copy': [{ path: { image_id: 'i' } }, values, { sourceRegion: 'cn-north-4', copiesInFlight: 0, image, imageObject: { id: 'i', __os_type: 'Linux', __image_size: '42949672960', status: 'active' }, destinationQuota: { images: 1 }, quotaObject: { quotas: { resources: [{ type: 'image', used: 0, quota: 1, min: 0, max: 1 }] } } }],
    'ims.whole-image': [{}, { name: 'n', instance_id: 'i', vault_id: 'v' }, { ecs: { os: 'linux', state: 'running' }, ecsObject: { server: { id: 'i', status: 'ACTIVE', metadata: { os_type: 'Linux' } } } }],
    'jd.copy-images': [{ path: { regionId: 'cn-north-1' } }, { sourceImageIds: ['img-1'], destinationRegion: 'cn-south-1' }, { images: { 'img-1': { status: 'ready' } }, imageObjects: [{ imageId: 'img-1', status: 'ready' }], destinationQuota: { images: 1 } }],
  };
  for (const [operation, [context, form, facts]] of Object.entries(table)) {
    const known = (of) => new Set(check({ operation, ...context, body: form, facts: of, strict: true }).findings.flatMap(({ missing }) => missing));
    for (const [fact, value] of Object.entries(facts)) {
      const [wanted, after] = [known({}), known({ [fact]: value })];
      const stated = [...wanted].filter((pointer) => !after.has(pointer));
      assert.ok(stated.length > 0, fact);
      const asked = [];
      const preflight = createPreflight({ operation, ...context, strict: true, debounce: 0, loaders: { [fact]: () => { asked.push(fact); return value; } } });
      const before = preflight.check(form);
      const state = await preflight.validate(form);
      assert.deepEqual(asked, [fact]);
      assert.ok(before.missing.filter(({ pointer }) => stated.includes(pointer)).every(({ loadable, state }) => loadable[0] === fact && state === 'loading'), fact);
      assert.deepEqual(new Set(state.report.findings.flatMap(({ missing }) => missing)), after);
    }
  }
});

test('what a loader throws leaves the fact unknown, and so does an answer of nothing', async () => {
  for (const [loader, error] of [[() => { throw new Error('a'); }, 'a'], [async () => { throw new Error('b'); }, 'b'], [() => undefined, undefined], [async () => null, undefined]]) {
    const preflight = across({ copiesInFlight: loader });
    const state = await preflight.validate(values);
    assert.deepEqual([state.verdict, state.missing[0].state, state.missing[0].error?.message, state.isLoading], ['undetermined', 'failed', error, false]);
    assert.equal('request' in state, false);
  }
  let attempts = 0;
  const preflight = across({ copiesInFlight: () => { attempts += 1; if (attempts === 1) throw new Error('once'); return 0; } });
  assert.equal((await preflight.validate(values)).verdict, 'undetermined');
  assert.equal((await preflight.validate(values)).verdict, 'undetermined');
  assert.equal(attempts, 1);
  preflight.retry();
  assert.equal((await preflight.validate(values)).verdict, 'allowed');
});

test('an answer that cannot be used is none: nothing passes, and it is asked for again', async () => {
  const { image: _, ...facts } = { sourceRegion: 'cn-north-4', image, copiesInFlight: 0 };
  const good = { id: 'i', __os_type: 'Linux', status: 'active' };
  for (const [fact, odd, right] of [
    ['copiesInFlight', 'many', 0],
    ['copiesInFlight', { data: 2 }, 0],
    ['imageObject', { error_code: 'IMG.0027', error_msg: 'x' }, good],
    ['imageObject', { images: [] }, good],
    ['imageObject', { ...good, id: 'another' }, good],
    ['image', { encrypted: 'no' }, image],
  ]) {
    const answers = [odd, right];
    const preflight = across({ [fact]: () => answers.shift() }, { facts: { ...facts, ...(fact === 'copiesInFlight' && { image }), copiesInFlight: fact === 'copiesInFlight' ? undefined : 0 }, locale: 'zh-CN' });
    const state = await preflight.validate(values);
    const [first] = state.missing;
    assert.deepEqual([state.verdict, 'request' in state, first.state, first.error.name], ['undetermined', false, 'failed', 'TypeError'], fact);
    assert.match(first.error.message, new RegExp(`^image-preflight: the answer of the loader of ${fact} cannot be used: `));
    assert.ok(state.issues.every(({ message }) => /^尚未确认：.*。获取失败，请重试。$/.test(message)), JSON.stringify(state.issues[0].message));
    preflight.retry();
    assert.ok((await preflight.validate(values)).missing.every(({ error }) => error === undefined), fact);
    assert.equal(answers.length, 0);
  }
});

test('whoever validates again after a while asks again for what has failed', async (context) => {
  let attempts = 0;
  const preflight = across({ copiesInFlight: () => { attempts += 1; if (attempts === 1) throw new Error('once'); return 0; } });
  const sent = [];
  const submit = () => preflight.submit(values, (request) => sent.push(request));
  assert.equal((await submit()).verdict, 'undetermined');
  // Not at each keystroke.
  assert.deepEqual([(await submit()).verdict, attempts], ['undetermined', 1]);
  let later = 0;
  const { now } = Date;
  context.mock.method(Date, 'now', () => now() + later);
  later = 1100;
  assert.deepEqual([(await submit()).verdict, attempts, sent.length], ['allowed', 2, 1]);
  // A page that validates whenever something has failed asks less and less often.
  const asked = [];
  const broken = across({ copiesInFlight: () => { asked.push(later); throw new Error('503'); } });
  for (later = 0; later < 600_000; later += 500) await broken.validate(values);
  assert.ok(asked.length > 8 && asked.length < 20, String(asked));
  assert.ok(asked.at(-1) - asked.at(-2) >= 60_000);
});

test('a button that is pressed twice sends once, and what has been sent counts', async () => {
  let running = 4;
  const asked = [];
  const preflight = across({ copiesInFlight: () => { asked.push(running); return running; } });
  const sent = [];
  const send = async ({ body }) => { await pause(30); sent.push(body.name); running += 1; };
  const states = await Promise.all([preflight.submit(values, send), preflight.submit({ ...values }, send), preflight.submit(() => values, send)]);
  assert.deepEqual([sent, new Set(states).size], [['n'], 1]);
  // Another request waits for the first, and for the count after it.
  running = 4;
  const [one, other] = await Promise.all([preflight.submit(values, send), preflight.submit({ ...values, name: 'm' }, send)]);
  assert.deepEqual([one.verdict, other.verdict, sent, asked], ['allowed', 'denied', ['n', 'n'], [4, 4, 5]]);
  // One after the other as well; also if it is not known what has become of the first.
  running = 4;
  preflight.retry(['copiesInFlight']);
  await assert.rejects(preflight.submit(values, () => { running = 5; throw new Error('503'); }), /503/);
  assert.equal((await preflight.submit(values, send)).verdict, 'denied');
});

test('a submit is about what the form was about when the button was pressed', async () => {
  for (const [change, isSent] of [[{ path: { image_id: 'other' } }, false], [{ edition: 'china-2022-12' }, false], [{ locale: 'zh-CN', labels: { name: 'N' } }, true]]) {
    const { calls, loader } = held();
    const preflight = across({ copiesInFlight: loader });
    const sent = [];
    const submit = preflight.submit(values, (request) => sent.push(request));
    await pause(30);
    preflight.update(change);
    calls.forEach(({ resolve }) => resolve(0));
    await submit;
    assert.equal(sent.length, isSent ? 1 : 0, JSON.stringify(change));
  }
});

test('a submit whose signal aborts sends nothing', async () => {
  for (const delay of [0, 30]) {
    const { loader } = held();
    const controller = new AbortController();
    const submit = across({ copiesInFlight: loader }).submit(values, () => assert.fail(), { signal: controller.signal });
    setTimeout(() => controller.abort(), delay);
    assert.equal((await submit).verdict, 'undetermined');
  }
  const gone = AbortSignal.abort();
  await across({ copiesInFlight: () => 0 }).submit(values, () => assert.fail(), { signal: gone });
});

test('an answer about another request is dropped', async () => {
  const { calls, loader } = held();
  const preflight = across({ quotaObject: loader, copiesInFlight: () => 0 }, { strict: true });
  const quota = (left) => ({ quotas: { resources: [{ type: 'image', used: 0, quota: left, min: 0, max: 100 }] } });
  preflight.check(values);
  await pause(40);
  preflight.check({ ...values, region: 'cn-east-3', project_name: 'cn-east-3' });
  assert.equal(calls[0].signal.aborted, true);
  await pause(40);
  assert.deepEqual(calls.map(({ argument }) => argument), ['cn-south-1', 'cn-east-3']);
  calls[0].resolve(quota(5));
  await pause(0);
  assert.equal(preflight.state.verdict, 'undetermined');
  calls[1].resolve(quota(0));
  await pause(0);
  assert.equal(preflight.state.verdict, 'denied');
  // An answer is kept for its own region.
  assert.equal(preflight.check({ ...values, region: 'cn-east-3', project_name: 'cn-east-3', name: 'other' }).verdict, 'denied');
  assert.equal(preflight.check(values).verdict, 'undetermined');
});

test('what the caller states wins over what a loader answers, member by member', async () => {
  const asked = [];
  const loader = (answer) => () => { asked.push(answer); return answer; };
  const verdict = async (facts, loaders, options) => (await across({ copiesInFlight: () => 0, ...loaders }, { facts: { sourceRegion: 'cn-north-4', ...facts }, ...options }).validate(values)).verdict;
  assert.equal(await verdict({ image: { encrypted: false, status: null } }, { image: loader({ ...image, encrypted: true }) }), 'allowed');
  assert.equal(await verdict({ image: { ...image, encrypted: undefined } }, { image: loader({ encrypted: true, sizeBytes: 2 ** 50 }) }), 'denied');
  assert.equal(await verdict({}, { image: loader({ ...image, encrypted: true }) }), 'denied');
  assert.equal(asked.splice(0).length, 3);
  // An object of an API is one answer: the caller's is taken as it is, and no other is asked for.
  const { state } = across({ imageObject: loader({}), copiesInFlight: () => 0 }, { facts: { sourceRegion: 'cn-north-4', imageObject: { id: 'i', __os_type: 'Linux' } } });
  assert.equal(await verdict({ imageObject: { id: 'i', __os_type: 'Linux' } }, { imageObject: loader({}) }), 'undetermined');
  assert.deepEqual([asked, state], [[], undefined]);
  // JD Cloud's facts are by image.
  const known = { visibility: 'private', rootDevice: 'cloudDisk', status: 'ready', busy: false, snapshots: 1 };
  const jd = createPreflight({ operation: 'jd.copy-images', path: { regionId: 'cn-north-1' }, debounce: 0, facts: { images: { 'img-1': { snapshotEncrypted: false } }, destinationQuota: { images: 5, snapshots: 5 } }, loaders: { images: () => ({ 'img-1': { ...known, snapshotEncrypted: true } }) } });
  assert.equal((await jd.validate({ sourceImageIds: 'img-1', destinationRegion: 'cn-south-1' })).verdict, 'allowed');
});

test('an answer that is no JSON leaves the fact unknown, and the form goes on', async () => {
  const cyclic = {};
  cyclic.self = cyclic;
  for (const [fact, odd] of [['imageObject', cyclic], ['copiesInFlight', 1n], ['image', { get encrypted() { throw new Error('no'); } }]]) {
    const answers = [odd, fact === 'copiesInFlight' ? 0 : fact === 'image' ? image : { id: 'i', __os_type: 'Linux' }];
    const preflight = across({ [fact]: () => answers.shift() }, { facts: { sourceRegion: 'cn-north-4', image, copiesInFlight: 0, [fact === 'imageObject' ? 'image' : fact]: undefined } });
    const { verdict, missing } = await preflight.validate(values);
    assert.deepEqual([verdict, missing[0].state, missing[0].error.name], ['undetermined', 'failed', 'TypeError'], fact);
    preflight.retry();
    assert.equal((await preflight.validate(values)).missing.every(({ error }) => error === undefined), true);
    assert.equal(answers.length, 0);
  }
  // A copy: what the answer becomes later does not count.
  const answer = { ...image };
  const preflight = across({ image: () => answer, copiesInFlight: () => 0 }, { facts: { sourceRegion: 'cn-north-4' } });
  assert.equal((await preflight.validate(values)).verdict, 'allowed');
  answer.encrypted = true;
  preflight.update({ facts: { sourceRegion: 'cn-north-4' } });
  assert.equal(preflight.check(values).verdict, 'allowed');
});

test('a submit waits for presumed facts that are being loaded, too', async () => {
  for (const [fact, answer] of [['destinationQuota', { images: 0 }], ['quotaObject', { quotas: { resources: [{ type: 'image', used: 1, quota: 1, min: 0, max: 1 }] } }]]) {
    const load = async () => { await pause(30); return answer; };
    const options = { facts: { sourceRegion: 'cn-north-4', image, copiesInFlight: 0 } };
    assert.equal((await across({ [fact]: load }, options).validate(values)).verdict, 'denied', fact);
    const sent = [];
    await across({ [fact]: load }, options).submit(values, (request) => sent.push(request));
    assert.deepEqual(sent, []);
  }
});

test('a submit is of the values that the form has when the facts are there', async () => {
  const { calls, loader } = held();
  let form = { ...values };
  const preflight = across({ copiesInFlight: loader });
  const waiting = preflight.validate(() => form);
  await pause(30);
  form = { ...values, name: 'a/b' };
  calls[0].resolve(0);
  assert.deepEqual(Object.keys((await waiting).errors), ['name']);
  form = values;
  const sent = [];
  await preflight.submit(() => form, ({ body }) => sent.push(body));
  assert.deepEqual(sent, [values]);
});

test('a loader that never answers fails after a while', async () => {
  const { calls, loader } = held();
  const preflight = across({ copiesInFlight: loader }, { debounce: 0, timeout: 20 });
  const { verdict, missing } = await preflight.validate(values);
  assert.deepEqual([verdict, missing[0].state, calls[0].signal.aborted], ['undetermined', 'failed', true]);
  assert.match(missing[0].error.message, /the loader of copiesInFlight has not answered within 20 ms/);
  preflight.retry();
  const again = preflight.validate(values);
  await pause(10);
  calls[1].resolve(0);
  assert.equal((await again).verdict, 'allowed');
});

test('the same values again and again do not keep loaders from running', async () => {
  let asked = 0;
  const preflight = across({ copiesInFlight: () => { asked += 1; return 0; } }, { debounce: 30 });
  for (let round = 0; round < 8; round += 1) {
    preflight.check({ ...values, name: `n${round % 2}` });
    await pause(10);
  }
  assert.deepEqual([asked, preflight.state.verdict], [1, 'allowed']);
});

test('a fact that was loaded can be asked for again', async () => {
  let count = 0;
  const asked = [];
  const preflight = across({ copiesInFlight: () => { count += 5; asked.push('copiesInFlight'); return count - 5; }, imageObject: () => { asked.push('imageObject'); return { id: 'i', __os_type: 'Linux' }; } });
  assert.equal((await preflight.validate(values)).verdict, 'allowed');
  preflight.retry();
  assert.equal(preflight.state.verdict, 'allowed');
  preflight.retry(['copiesInFlight']);
  // Until the answer is there, nobody knows.
  assert.equal(preflight.state.verdict, 'undetermined');
  assert.equal((await preflight.validate(values)).verdict, 'denied');
  assert.deepEqual(asked, ['copiesInFlight', 'copiesInFlight']);
  // One that is being loaded is asked for again, and the first answer dropped.
  const { calls, loader } = held();
  const other = across({ copiesInFlight: loader }, { debounce: 0 });
  const waiting = other.validate(values);
  await pause(20);
  other.retry(['copiesInFlight']);
  await pause(20);
  assert.deepEqual(calls.map(({ signal }) => signal.aborted), [true, false]);
  calls[0].resolve(5);
  calls[1].resolve(0);
  assert.equal((await waiting).verdict, 'allowed');
});

test('a subscriber that throws stops neither the others nor a submit', async (context) => {
  const uncaught = [];
  context.mock.method(globalThis, 'queueMicrotask', (task) => { try { task(); } catch (error) { uncaught.push(error.message); } });
  const preflight = across({ copiesInFlight: () => 0 });
  const heard = [];
  preflight.subscribe(() => { throw new Error('from a subscriber'); });
  preflight.subscribe(({ verdict }) => heard.push(verdict));
  assert.equal((await preflight.validate(values)).verdict, 'allowed');
  assert.deepEqual([heard, uncaught], [['allowed'], ['from a subscriber']]);
});

test('a fact that its loader does not know has failed', async () => {
  const { missing } = await across({ image: () => ({ encrypted: false }), copiesInFlight: () => 0 }, { facts: { sourceRegion: 'cn-north-4' } }).validate(values);
  assert.ok(missing.length > 0 && missing.every(({ state, loadable }) => state === 'failed' && loadable[0] === 'image'));
});

test('a submit waits for the facts that decide, and for none if the form is wrong', async () => {
  const { calls, loader } = held();
  const preflight = across({ copiesInFlight: loader });
  assert.equal((await preflight.validate({ ...values, name: '' })).verdict, 'denied');
  const waiting = preflight.validate(values);
  await pause(40);
  calls[0].resolve(0);
  assert.equal((await waiting).verdict, 'allowed');
  // The same values in other objects, as forms hand them over for each field, wait for the same fact.
  const same = across({ copiesInFlight: async () => { await pause(20); return 0; } });
  assert.deepEqual((await Promise.all([same.validate({ ...values }), same.validate({ ...values })])).map(({ verdict }) => verdict), ['allowed', 'allowed']);
  // Two at once: both end.
  const both = across({ copiesInFlight: async () => { await pause(20); return 0; } });
  const states = await Promise.all([both.validate({ ...values, name: 'a' }), both.validate({ ...values, name: 'b' })]);
  assert.ok(states.every(({ verdict }) => verdict === 'allowed' || verdict === 'undetermined'));
  assert.equal(states[1].verdict, 'allowed');
});

test('facts, language and labels can be replaced', () => {
  const preflight = across({});
  const heard = [];
  const end = preflight.subscribe(({ verdict }) => heard.push(verdict));
  preflight.update({ facts: {} });
  preflight.check(values);
  preflight.update({ facts: { sourceRegion: 'cn-north-4', image, copiesInFlight: 0 } });
  preflight.update({ locale: 'zh-CN', facts: { sourceRegion: 'cn-north-4', image: { ...image, encrypted: true }, copiesInFlight: 0 } });
  assert.match(preflight.state.formErrors[0].message, /加密/);
  end();
  preflight.update({ facts: {} });
  assert.deepEqual(heard, ['allowed', 'denied']);
});

test('facts are those of the time when they were given, until others are given or loaded', async () => {
  const facts = { sourceRegion: 'cn-north-4', image: { ...image } };
  const preflight = across({ copiesInFlight: () => 0 }, { facts, strict: true });
  facts.image.encrypted = true;
  const denied = (state) => state.report.findings.filter(({ severity, outcome }) => severity === 'error' && outcome === 'violated').map(({ rule }) => rule.split('.').at(-1));
  assert.deepEqual(denied(preflight.check(values)), []);
  assert.deepEqual(preflight.check(values).missing.map(({ pointer }) => pointer).includes('/facts/copiesInFlight'), true);
  // What has been loaded joins them.
  const state = await preflight.validate(values);
  assert.deepEqual(state.missing.map(({ pointer }) => pointer).includes('/facts/copiesInFlight'), false);
  assert.deepEqual(denied(state), []);
  preflight.update({ facts });
  assert.deepEqual(denied(preflight.state), ['not-encrypted']);
  facts.image.encrypted = false;
  assert.deepEqual(denied(preflight.check(values)), ['not-encrypted']);
  preflight.update({ locale: 'zh-CN' });
  assert.deepEqual(denied(preflight.state), ['not-encrypted']);
  preflight.update({ facts });
  assert.deepEqual(denied(preflight.state), []);
  assert.ok(preflight.fields().every(({ options = [] }) => options.every(({ message }) => message === undefined || !/encrypted/.test(message))));
  assert.throws(() => preflight.update({ facts: { image: 1n } }), { name: 'TypeError', message: /the facts cannot be serialized as JSON/ });
  assert.deepEqual(denied(preflight.check(values)), []);
});
