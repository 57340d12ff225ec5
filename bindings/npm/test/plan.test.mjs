// Plans and jobs: a console or a script that remembers only plain JSON.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import * as main from 'image-preflight';
import * as full from 'image-preflight/full';
import * as slim from 'image-preflight/slim';

const { beginJobs, explain, followJob, init, plan, request } = full;
const require = createRequire(import.meta.url);

const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
const copy = (id, facts = {}) => ({
  operation: 'ims.cross-region-copy',
  path: { image_id: id },
  body: { name: 'copy', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a' },
  facts: { sourceRegion: 'cn-north-4', image: { ...image, ...facts } },
});
const seven = Array.from({ length: 7 }, (_, index) => copy(`i${index}`));
const places = (calls) => calls.flatMap(({ cases }) => cases);

test('what starts now, and what later', () => {
  const { start, later, cases, missing } = plan(seven);
  assert.deepEqual([places(start), later.map(places)], [[0, 1, 2, 3, 4], [[5, 6]]]);
  const known = { ...seven[0], facts: { ...seven[0].facts, copiesInFlight: 0 } };
  assert.deepEqual(start[0].request, request(known));
  assert.deepEqual(cases.map(({ state, wave }) => [state, wave]).at(-1), ['ready', 1]);
  assert.deepEqual(missing, {});
  assert.deepEqual(plan([]), { start: [], later: [], cases: [], missing: {}, presumed: {} });
});

test('every option changes the plan', () => {
  const starts = (options) => places(plan(seven, options).start);
  assert.deepEqual(starts({ copiesInFlight: 4 }), [0]);
  assert.deepEqual(starts({ priority: { 6: 1 }, copiesInFlight: 4 }), [6]);
  assert.deepEqual(starts({ after: { 0: [1], 1: [2] } }), [2, 3, 4, 5, 6]);
  assert.deepEqual(starts({ running: [0, 1, 2] }), [3, 4]);
  assert.deepEqual(starts({ finished: [0, 1, 2] }), [3, 4, 5, 6]);
  assert.deepEqual(starts({ failed: { 0: 'later', 1: 'now', 2: 'never' } }), [1, 3, 4, 5, 6]);
  const unclear = [copy('i', { sizeBytes: 200 * 2 ** 30 })];
  const states = ['default', 'international-2024-04'].map((edition) => plan(unclear, { edition }).cases[0].state);
  assert.equal(states.length, 2);
  const [{ findings }] = plan([copy('i', { sizeBytes: 2 ** 50 })], { locale: 'zh' }).cases;
  assert.match(findings[0].message, /[\u4e00-\u9fff]/);
});

test('an encrypted image is copied within its region first', () => {
  const cases = [copy('secret', { encrypted: true }), copy('unclear', { encrypted: null }), { operation: 'none' }];
  const first = plan(cases);
  assert.deepEqual(first.start.map(({ prepares, operation }) => [prepares, operation]), [[true, 'ims.in-region-copy']]);
  assert.deepEqual(first.cases.map(({ state }) => state), ['waiting', 'undetermined', 'invalid']);
  assert.deepEqual(first.missing, { '/facts/image/encrypted': [1] });
  assert.equal(first.cases[2].findings[0].rule, 'case.operation');
  assert.ok(first.cases[2].findings[0].citations.length > 0);
  assert.equal(plan(cases, { running: [0] }).cases[0].preparation.state, 'running');
  const then = plan(cases, { prepared: { 0: 'made' } });
  assert.equal(then.start[0].request.path, '/v1/cloudimages/made/cross_region_copy');
  const never = plan(cases, { failed: { 0: 'never' } }).cases[0];
  assert.deepEqual([never.state, never.because, never.preparation.again], ['never', 0, 'never']);
});

test('a loop over plan, beginJobs and followJob ends with every image', () => {
  const cases = [...seven, copy('secret', { encrypted: true })];
  const [running, finished, prepared] = [new Map(), new Set(), {}];
  for (let round = 0; ; round += 1) {
    assert.ok(round < 20, 'it ends');
    // Everything that is remembered survives a restart.
    const options = JSON.parse(JSON.stringify({ running: [...running.keys()], finished: [...finished], prepared }));
    const { start } = plan(cases, options);
    for (const { cases: [place], operation, prepares, request: { path } } of start) {
      const { jobs, refusal } = beginJobs(operation, { job_id: `job ${path}` }, { status: 200 });
      assert.deepEqual([jobs.length, refusal], [1, null]);
      running.set(place, { prepares, job: JSON.parse(JSON.stringify(jobs[0])) });
    }
    assert.ok([...running.values()].filter(({ prepares }) => !prepares).length <= 5);
    const [next] = running;
    if (next === undefined) {
      break;
    }
    const [place, { prepares, job }] = next;
    const done = followJob(job, { status: 'SUCCESS', entities: { image_id: `new-${place}` } }, { status: 200 });
    assert.deepEqual([done.state, done.image, done.query], ['done', `new-${place}`, null]);
    running.delete(place);
    if (prepares) {
      prepared[place] = done.image;
    } else {
      finished.add(place);
    }
  }
  assert.equal(finished.size, 8);
});

test('a job is followed through odd answers to its end', () => {
  let [job] = beginJobs('ims.cross-region-copy', '{"job_id": "edc89b49"}').jobs;
  assert.deepEqual([job.state, job.query.path], ['accepted', '/v1/cloudimages/job/edc89b49']);
  job = followJob(job, { error_code: 'APIGW.0101', error_msg: 'The API does not exist' }, { status: 404 });
  assert.deepEqual([job.query.path, job.query.unfilled], ['/v1/{project_id}/jobs/edc89b49', ['project_id']]);
  job = followJob(job, undefined, { parameters: { project_id: 'p' } });
  assert.equal(job.query.path, '/v1/p/jobs/edc89b49');
  job = followJob(job, { status: 'RUNNING', entities: { process_percent: 0.2 } }, { status: 200 });
  assert.deepEqual([job.state, job.fraction], ['running', 0.2]);
  for (const [answer, unclear] of [['<html>', { kind: 'not-json', value: null }], [{}, { kind: 'no-status', value: null }], [{ status: 'PAUSED' }, { kind: 'unknown-status', value: 'PAUSED' }]]) {
    const odd = followJob(job, answer, { status: 200 });
    assert.deepEqual([odd.state, odd.unclear, odd.oddAnswers, odd.query], ['unclear', unclear, 1, job.query]);
  }
  const refused = followJob(job, '', { status: 503 });
  assert.deepEqual([refused.state, refused.refusal.retry], ['query-refused', 'later']);
  const failed = followJob(job, { status: 'FAIL', error_code: 'IMG.0143', fail_reason: 'encrypted' }, { status: 200, locale: 'zh' });
  assert.deepEqual([failed.state, failed.again, failed.query], ['failed', 'never', null]);
  assert.ok(failed.refusal.meaning.endsWith(explain('IMG.0143', { locale: 'zh' }).meaning), failed.refusal.meaning);
  assert.deepEqual(followJob(failed, { status: 'SUCCESS' }, { locale: 'zh' }), failed, 'an end is an end');
  assert.equal(followJob(job, '', { status: 404 }).state, 'vanished');
});

test('an answer that begins nothing says why', () => {
  const { jobs, refusal } = beginJobs('ims.in-region-copy', { error: { code: 'IMG.0143', message: 'encrypted' } }, { status: 400 });
  assert.deepEqual([jobs, refusal.code, refusal.understood], [[], 'IMG.0143', true]);
  const odd = beginJobs('ims.in-region-copy', 'accepted, thank you', { status: 200 });
  assert.deepEqual([odd.jobs, odd.refusal.understood, odd.refusal.verbatim], [[], false, 'accepted, thank you']);
  const two = beginJobs('jd.copy-images', { requestId: 'r', result: { copyImages: [{ destinationImageId: 'a', sourceImageId: 's' }, { destinationImageId: 'b' }] } }, { parameters: { regionId: 'cn-east-2' } });
  assert.deepEqual(two.jobs.map(({ source, query }) => [source, query.path]), [['s', '/v1/regions/cn-east-2/images/a'], [null, '/v1/regions/cn-east-2/images/b']]);
});

test('what contradicts itself is refused', () => {
  for (const [options, message] of [
    [{ running: [7] }, /`running` names the case 7, and there are 7/],
    [{ running: [0], finished: [0] }, /the case 0 is in more than one of/],
    [{ after: { 0: [1], 1: [0] } }, /`after` makes the case 1 wait for 0/],
    [{ prepared: { 0: 'i' } }, /`prepared` names the case 0, for which nothing is made first/],
    [{ edition: '2019' }, /2019/],
  ]) {
    assert.throws(() => plan(seven, options), { name: 'TypeError', message });
  }
  const [job] = beginJobs('ims.in-region-copy', { job_id: 'j' }).jobs;
  assert.throws(() => beginJobs('ims.share', {}), { name: 'TypeError', message: /unknown operation ims\.share/ });
  assert.throws(() => followJob({ ...job, operation: 'ims.share' }), { name: 'TypeError', message: /`ims\.share` of the job is not known/ });
  assert.throws(() => followJob({ ...job, address: 9 }), { name: 'TypeError', message: /address 9/ });
  assert.throws(() => followJob({}), { name: 'TypeError', message: /missing field/ });
  for (const odd of [null, undefined, 'job', [], 5]) {
    assert.throws(() => followJob(odd), { name: 'TypeError', message: /the argument job is .+; it must be a job/ });
  }
});

test('an example of the command line has the same plan here', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../tests/examples/plan.ndjson'), 'utf8');
  const cases = text.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(plan(cases).cases.map(({ state }) => state), ['ready', 'waiting', 'undetermined', 'denied']);
});

test('what only the full import has', () => {
  const names = (api) => Object.keys(api).sort();
  const added = ['NotClearedError', 'backupFacts', 'beginJobs', 'capabilities', 'checkLines', 'checkText', 'checkToText', 'destinations', 'ecsFacts', 'explain', 'followJob', 'imageFacts', 'jdImageFacts', 'plan', 'problemDetails', 'request', 'rules'];
  assert.deepEqual(names(full), [...names(main).filter((name) => name !== 'addLocale'), ...added].sort());
  assert.deepEqual(names(slim), names(main));
  for (const [path, api] of Object.entries({ 'image-preflight': main, 'image-preflight/full': full, 'image-preflight/slim': slim })) {
    assert.deepEqual(names(require(path)), names(api), path);
  }
  assert.deepEqual(require('image-preflight/full').plan(seven), plan(seven));
});

test('each entry point takes its own module only, and says which one that is', async () => {
  const read = (name) => readFile(require.resolve(`image-preflight/${name}`));
  const [before, [whole, checking]] = [plan(seven), await Promise.all(['full.wasm', 'image_preflight.wasm'].map(read))];
  await assert.rejects(init(checking), { message: /it does not export locale\. Give full\.wasm/ });
  for (const other of [main, slim]) {
    await assert.rejects(other.init(whole), { message: /it does not export numbers\. Give image_preflight\.wasm/ });
    await other.init(checking);
    assert.deepEqual(other.checkBatch(seven), full.checkBatch(seven));
  }
  await init(whole);
  assert.deepEqual(plan(seven), before);
});
