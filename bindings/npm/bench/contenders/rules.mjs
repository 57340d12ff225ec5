// The rules between a request and the facts, by hand, for contenders that validate only shapes.
import { each } from './programs.mjs';

const LARGE = ['cn-south-1', 'cn-east-3', 'cn-east-2', 'cn-north-4'];
const GIB = 2 ** 30;

export function rules({ operation, path, body, facts }) {
  const image = facts.image ?? {};
  switch (operation) {
    case 'ims.cross-region-copy':
      return (
        body.region !== facts.sourceRegion &&
        image.encrypted === false &&
        image.iso === false &&
        image.visibility === 'private' &&
        image.status === 'active' &&
        image.sizeBytes <= (LARGE.includes(facts.sourceRegion) ? 300 : 128) * GIB &&
        facts.copiesInFlight < 5 &&
        (image.fullEcs === false || typeof body.vault_id === 'string')
      );
    case 'ims.in-region-copy':
      return image.fullEcs === false && image.iso === false && image.os !== 'windows' && image.status === 'active';
    case 'ims.whole-image': {
      const keys = (body.tags ?? []).map((tag) => tag.split('.', 1)[0]);
      const source = body.instance_id
        ? body.vault_id && !body.backup_id
        : body.backup_id && body.whole_image_type === 'CBR' && facts.backup?.used === false;
      return (
        Boolean(source) &&
        !(body.tags && body.image_tags) &&
        new Set(keys).size === keys.length
      );
    }
    default: {
      let snapshots = 0;
      const each = body.sourceImageIds.every((id) => {
        const known = facts.images[id] ?? {};
        snapshots += known.snapshots;
        return (
          known.visibility === 'private' &&
          known.rootDevice === 'cloudDisk' &&
          known.status === 'ready' &&
          known.snapshotEncrypted === false &&
          known.busy === false
        );
      });
      const quota = facts.destinationQuota;
      return path.regionId !== body.destinationRegion && each && quota.images >= body.sourceImageIds.length && quota.snapshots >= snapshots;
    }
  }
}

/** A contender that knows only shapes, completed by the rules. `accepts(operation, body)` collects every error of shape. */
export function peer(accepts) {
  // The rules read a body of the right shape, so they run only then: less work than ours does, which reports both.
  const isAllowed = (value) => accepts(value.operation, value.body) && rules(value) === true;
  return { isAllowed, programs: { text: each('texts', (text) => isAllowed(JSON.parse(text))), object: each('objects', isAllowed) } };
}
