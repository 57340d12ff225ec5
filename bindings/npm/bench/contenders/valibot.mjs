// valibot, imported as its documentation does.
import * as v from 'valibot';
import { FILLED, KEY, NAME, PLAIN, PROJECT, TAG, VALUE, WORD } from './patterns.mjs';
import { peer } from './rules.mjs';

const matching = (pattern) => v.pipe(v.string(), v.regex(pattern));
const text = (pattern, most) => v.pipe(v.string(), v.maxLength(most), v.regex(pattern));
const memory = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)));
const tag = v.object({ key: matching(KEY), value: matching(VALUE) });
const id = matching(FILLED);
const project = v.nullish(matching(PROJECT));
const any = v.nullish(v.string());
const description = v.nullish(text(PLAIN, 1024));

const bodies = {
  'ims.cross-region-copy': v.object({ name: text(NAME, 128), description, region: id, project_name: id, agency_name: id, vault_id: any }),
  'ims.in-region-copy': v.object({ name: text(NAME, 128), description, cmk_id: any, enterprise_project_id: project }),
  'ims.whole-image': v.object({
    name: text(NAME, 128),
    description,
    tags: v.nullish(v.pipe(v.array(matching(TAG)), v.maxLength(10))),
    image_tags: v.nullish(v.pipe(v.array(tag), v.maxLength(10))),
    instance_id: any,
    vault_id: any,
    backup_id: any,
    whole_image_type: v.nullish(v.literal('CBR')),
    min_ram: memory,
    max_ram: memory,
    enterprise_project_id: project,
  }),
  'jd.copy-images': v.object({
    sourceImageIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(10)),
    destinationRegion: id,
    name: v.nullish(text(WORD, 32)),
    description: v.nullish(v.pipe(v.string(), v.maxLength(256))),
    regionId: any,
  }),
};

export const { isAllowed, programs } = /* @__PURE__ */ peer((operation, body) => v.safeParse(bodies[operation], body).success);
