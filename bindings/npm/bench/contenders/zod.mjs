// zod, imported as its documentation does.
import * as z from 'zod';
import { FILLED, KEY, NAME, PLAIN, PROJECT, TAG, VALUE, WORD } from './patterns.mjs';
import { peer } from './rules.mjs';

const text = (pattern, most) => z.string().max(most).regex(pattern);
const memory = z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullish();
const tag = z.object({ key: z.string().regex(KEY), value: z.string().regex(VALUE) });
const id = z.string().regex(FILLED);
const project = z.string().regex(PROJECT).nullish();
const any = z.string().nullish();
const description = text(PLAIN, 1024).nullish();

const bodies = {
  'ims.cross-region-copy': z.object({ name: text(NAME, 128), description, region: id, project_name: id, agency_name: id, vault_id: any }),
  'ims.in-region-copy': z.object({ name: text(NAME, 128), description, cmk_id: any, enterprise_project_id: project }),
  'ims.whole-image': z.object({
    name: text(NAME, 128),
    description,
    tags: z.array(z.string().regex(TAG)).max(10).nullish(),
    image_tags: z.array(tag).max(10).nullish(),
    instance_id: any,
    vault_id: any,
    backup_id: any,
    whole_image_type: z.literal('CBR').nullish(),
    min_ram: memory,
    max_ram: memory,
    enterprise_project_id: project,
  }),
  'jd.copy-images': z.object({
    sourceImageIds: z.array(id).min(1).max(10),
    destinationRegion: id,
    name: text(WORD, 32).nullish(),
    description: z.string().max(256).nullish(),
    regionId: any,
  }),
};

export const { isAllowed, programs } = /* @__PURE__ */ peer((operation, body) => bodies[operation].safeParse(body).success);
