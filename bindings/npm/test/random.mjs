// Random forms: values as inputs give them, path parameters and facts, some right and some wrong.

/** A generator of numbers from 0 to 1, the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TEXTS = ['n', 'copy 1', '名称', '', ' ', ' a', 'a/b', 'x'.repeat(129), 'cn-south-1', 'cn-north-4', 'cn-east-2', 'region-1', '5', '-1', '1.5', 'team.web, env.test', 'a.b\na.c', 'CBR', 'img-1', '0', 'a\tb', '"`name`"'];
const OTHERS = [undefined, null, 5, 0, -1, 1.5, Number.NaN, true, [], ['a.b'], ['img-1', 'img-2'], [{ key: 'k', value: 'v' }, { key: '', value: '' }], {}];
const IMAGE = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux', fromSharedBackup: false };
const GOOD = {
  'ims.cross-region-copy': { name: 'n', description: '', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a', vault_id: '' },
  'ims.in-region-copy': { name: 'n', description: '', cmk_id: '', enterprise_project_id: '0' },
  'ims.whole-image': { name: 'n', instance_id: 'i', vault_id: 'v', tags: 'team.web', min_ram: '1', max_ram: '2' },
  'jd.copy-images': { sourceImageIds: 'img-1', destinationRegion: 'cn-south-1', name: '' },
};
const FACTS = {
  'ims.cross-region-copy': { sourceRegion: 'cn-north-4', image: IMAGE, copiesInFlight: 0 },
  'ims.in-region-copy': { image: IMAGE },
  'ims.whole-image': { ecs: { os: 'linux', state: 'running', configured: true, multiDiskVolume: false } },
  'jd.copy-images': { images: { 'img-1': { visibility: 'private', rootDevice: 'cloudDisk', status: 'ready', snapshotEncrypted: false, busy: false, snapshots: 1 } }, destinationQuota: { images: 5, snapshots: 5 } },
};
export const OPERATIONS = Object.keys(GOOD);

/** A form of an operation: mostly right, so that all verdicts occur. */
export function randomForm(next, fieldsOf) {
  const one = (list) => list[Math.floor(next() * list.length)];
  const operation = one(OPERATIONS);
  const values = { ...GOOD[operation] };
  for (const name of fieldsOf(operation)) {
    if (next() < 0.1) values[name] = next() < 0.8 ? one(TEXTS) : one(OTHERS);
    if (next() < 0.05) delete values[name];
  }
  if (next() < 0.05) values.other = one(TEXTS);
  const facts = structuredClone(FACTS[operation]);
  if (facts.image && next() < 0.5) {
    const fact = one(Object.keys(IMAGE));
    const wrong = { sizeBytes: 2 ** 50, visibility: 'public', status: 'saving', os: 'windows' }[fact] ?? true;
    if (next() < 0.5) delete facts.image[fact];
    else facts.image[fact] = wrong;
  }
  if (next() < 0.1) delete facts[one(Object.keys(facts))];
  if (next() < 0.05) facts.copiesInFlight = one([5, -1, 'many']);
  const path = next() < 0.9 ? { 'ims.whole-image': undefined, 'jd.copy-images': { regionId: 'cn-north-1' } }[operation] ?? (operation.startsWith('jd') || operation === 'ims.whole-image' ? undefined : { image_id: 'i' }) : { image_id: '' };
  const edition = next() < 0.2 ? one(['international-2024-04', 'international-2026-01', 'europe-2024-07', 'nowhere']) : undefined;
  return { operation, path, facts, edition, values, strict: next() < 0.1 ? true : undefined };
}
