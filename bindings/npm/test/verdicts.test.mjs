// What a verdict rests on: invalid cases, presumed facts, values that are not known yet, and objects in every form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as main from 'image-preflight';
import { both } from './both.mjs';

const { backupFacts, check, checkBatch, checkLines, checkText, ecsFacts, imageFacts, jdImageFacts, problemDetails, request, verdictOf } = both(main);

const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };
const PRESUMED = ['/facts/ecs/state', '/facts/ecs/dssDisk', '/facts/destinationQuota/images'];

test('a report says what it presumes, through every entry point', () => {
  // One with findings, and one without, whose report is not passed as JSON.
  const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
  const clean = { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n' }, facts: { image } };
  const quota = [PRESUMED[2]];
  for (const [of, presumed] of [[allowed, PRESUMED], [clean, quota], [{ ...clean, facts: { ...clean.facts, destinationQuota: { images: 1 } } }, []]]) {
    const text = JSON.stringify(of);
    for (const report of [check(of), checkText(text), checkBatch([of])[0], checkLines(text)[0]]) {
      assert.deepEqual([report.verdict, report.presumed], ['allowed', presumed]);
      assert.deepEqual(Object.keys(report), ['operation', 'verdict', 'missing', 'presumed', 'findings']);
    }
  }
  assert.deepEqual(check(clean), { operation: 'ims.in-region-copy', verdict: 'allowed', missing: [], presumed: quota, findings: [] });
  // A report is the caller's: what one does to it changes no other.
  check(clean).presumed.length = 0;
  assert.deepEqual(check(clean).presumed, quota);
  const some = { ...allowed, facts: { ecs: { dssDisk: false } } };
  assert.deepEqual(check(some).presumed, [PRESUMED[0], PRESUMED[2]]);
  const backup = { operation: 'ims.whole-image', body: { name: 'n', backup_id: 'b', whole_image_type: 'CBR' }, facts: { backup: { used: false } } };
  for (const value of [allowed, some, backup, { ...backup, facts: { ...backup.facts, backup: { used: false, status: 'available' } } }]) {
    assert.deepEqual(check(value), checkText(JSON.stringify(value)));
  }
  assert.deepEqual(check({ ...allowed, facts: { ecs: { state: 'BUILD' } } }).presumed, [], 'a settled verdict presumes nothing');
});

test('with strict, nothing is presumed', () => {
  const strict = { ...allowed, strict: true };
  const report = check(strict);
  assert.deepEqual([report.verdict, report.missing, report.presumed], ['undetermined', PRESUMED, []]);
  assert.equal(verdictOf(strict), 'undetermined');
  assert.equal(verdictOf({ ...allowed, strict: undefined, unknown: undefined }), 'allowed');
  assert.throws(() => request(strict), /not known yet/);
});

test('a value that is not known yet counts as given, and is in no request', () => {
  const { instance_id: _, ...body } = allowed.body;
  assert.equal(verdictOf({ ...allowed, body }), 'denied');
  const unknown = { ...allowed, body, unknown: ['/body/instance_id'] };
  assert.equal(verdictOf(unknown), 'allowed');
  assert.throws(() => request(unknown), /the values of \/body\/instance_id are not known yet/);
  assert.throws(() => request(unknown, { allowUndetermined: true }), /are not known yet/);
  const name = { ...allowed, unknown: ['/body/name'], body: { instance_id: 'i', vault_id: 'v' } };
  const { verdict, missing } = check(name);
  assert.deepEqual([verdict, missing], ['undetermined', ['/body/name']]);
  assert.equal(check({ ...allowed, unknown: ['/body/nmae'] }).verdict, 'invalid');
});

test('an invalid case is told apart from a denied one', () => {
  for (const value of [null, [], {}, { ...allowed, operation: 'ims.teleport' }, { ...allowed, edition: '2019' }, { ...allowed, facts: { colour: 1 } }, { ...allowed, facts: { ecsObject: { id: 'i' } } }, { ...allowed, strict: 1 }]) {
    assert.equal(check(value).verdict, 'invalid', JSON.stringify(value));
    assert.equal(verdictOf(value), 'invalid');
    const problem = problemDetails(value);
    assert.deepEqual([problem.status, problem.type.split('#')[1]], [400, 'invalid']);
    assert.ok(problem.errors.length > 0 && problem.errors.every(({ rule }) => rule.startsWith('case.')));
  }
  assert.equal(verdictOf('{'), 'invalid');
  assert.equal(verdictOf({ operation: 'ims.whole-image', body: [] }), 'denied', 'the request would be refused');
});

const ims = {
  id: 'i', name: 'n', status: 'active', visibility: 'private', owner: 'o', protected: false, created_at: 't', updated_at: 't', min_disk: 40, min_ram: 0, size: 0,
  disk_format: 'zvhd2', container_format: 'bare', tags: [], file: 'f', self: 's', schema: 's', virtual_env_type: 'FusionCompute', __imagetype: 'private', __os_type: 'Linux',
  __isregistered: 'true', __image_source_type: 'uds', __image_size: '5',
};
const { virtual_env_type, __imagetype, __os_type, __image_size, ...others } = ims;

test('an image in every form', () => {
  for (const whole of [ims, { images: [ims] }, { image: ims }]) {
    const { facts, findings } = imageFacts(whole);
    assert.deepEqual(facts, { id: 'i', fullEcs: false, iso: false, encrypted: false, sizeBytes: 5, fromSharedBackup: false, visibility: 'private', status: 'active', os: 'linux', bareMetal: false });
    assert.deepEqual(findings, []);
  }
  const stated = { sizeBytes: 5, os: 'linux', iso: false };
  const forms = {
    openstack: { id: 'i', name: 'n', status: 'active', properties: { virtual_env_type, __imagetype, __os_type, __image_size } },
    sdk: { id: 'i', imagetype: 'private', image_size: '5', os_type: 'Linux', virtual_env_type },
    terraform: { id: 'i', image_type: 'FusionCompute', os: 'EulerOS', size_bytes: 5, visibility: 'private' },
    disk: { volume_image_metadata: { image_id: 'i', __os_type, __image_size, virtual_env_type } },
  };
  for (const [form, object] of Object.entries(forms)) {
    const { facts } = imageFacts(object);
    assert.deepEqual(Object.fromEntries(Object.keys(stated).map((name) => [name, facts[name]])), stated, form);
    assert.equal(facts.encrypted, undefined, `${form}: absence proves nothing`);
    // The same as a fact of a case.
    const value = { operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n' }, facts: { imageObject: object } };
    assert.notEqual(check(value).verdict, 'invalid', form);
    assert.deepEqual(check(value), checkText(JSON.stringify(value)), form);
  }
  assert.equal(imageFacts({ colour: 'red' }).findings[0].rule, 'case.facts');
});

test('servers, backups and images of JD Cloud', () => {
  assert.deepEqual(ecsFacts({ server: { status: 'SHUTOFF', metadata: { os_type: 'Linux' } } }).facts, { os: 'linux', state: 'SHUTOFF' });
  assert.equal(ecsFacts({ id: 'i' }, { locale: 'zh' }).findings[0].rule, 'case.facts');
  assert.deepEqual(backupFacts({ backup: { status: 'available', extend_info: { os_images_data: [{ image_id: 'i' }] } } }).facts, { used: true, status: 'available' });
  const image = { imageId: 'img-1', imageSource: 'private', rootDeviceType: 'cloudDisk', status: 'ready', systemDisk: {}, dataDisks: [{}] };
  for (const form of [[image], image, { result: { image } }, { requestId: 'r', result: { images: [image] } }]) {
    const { facts, findings } = jdImageFacts(form);
    assert.deepEqual(facts, { 'img-1': { visibility: 'private', rootDevice: 'cloudDisk', status: 'ready', snapshots: 2 } });
    assert.deepEqual(findings, []);
  }
  assert.deepEqual(jdImageFacts([{ ...image, imageId: '__proto__' }]).facts.__proto__ !== undefined, true);
  assert.equal(jdImageFacts({ colour: 'red' }).findings[0].at, '/facts/imageObjects');
  assert.throws(() => ecsFacts(undefined), TypeError);
});
