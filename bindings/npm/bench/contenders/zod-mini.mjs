// zod/mini, the smaller face of zod, imported as its documentation does.
import * as z from 'zod/mini';
import { FILLED, KEY, NAME, PLAIN, PROJECT, TAG, VALUE, WORD } from './patterns.mjs';
import { peer } from './rules.mjs';

const matching = (pattern) => z.string().check(z.regex(pattern));
const text = (pattern, most) => z.string().check(z.maxLength(most), z.regex(pattern));
const memory = z.nullish(z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER)));
const tag = z.object({ key: matching(KEY), value: matching(VALUE) });
const id = matching(FILLED);
const project = z.nullish(matching(PROJECT));
const any = z.nullish(z.string());
const description = z.nullish(text(PLAIN, 1024));

const bodies = {
  'ims.cross-region-copy': z.object({ name: text(NAME, 128), description, region: id, project_name: id, agency_name: id, vault_id: any }),
  'ims.in-region-copy': z.object({ name: text(NAME, 128), description, cmk_id: any, enterprise_project_id: project }),
  'ims.whole-image': z.object({
    name: text(NAME, 128),
    description,
    tags: z.nullish(z.array(matching(TAG)).check(z.maxLength(10))),
    image_tags: z.nullish(z.array(tag).check(z.maxLength(10))),
    instance_id: any,
    vault_id: any,
    backup_id: any,
    whole_image_type: z.nullish(z.literal('CBR')),
    min_ram: memory,
    max_ram: memory,
    enterprise_project_id: project,
  }),
  'jd.copy-images': z.object({
    sourceImageIds: z.array(id).check(z.minLength(1), z.maxLength(10)),
    destinationRegion: id,
    name: z.nullish(text(WORD, 32)),
    description: z.nullish(z.string().check(z.maxLength(256))),
    regionId: any,
  }),
};

export const { isAllowed, programs } = /* @__PURE__ */ peer((operation, body) => bodies[operation].safeParse(body).success);
