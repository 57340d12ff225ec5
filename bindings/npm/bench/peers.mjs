// The bodies as somebody would write them with zod and with valibot, and ajv with our schemas.
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';
import * as v from 'valibot';
import { z } from 'zod';

const HAN = '\\u4e00-\\u9fff\\u3400-\\u4dbf\\uf900-\\ufaff\\u{20000}-\\u{323af}';
const NAME = new RegExp(`^[-.\\w${HAN}]([-. \\w${HAN}]*[-.\\w${HAN}])?$`, 'u');
const WORD = new RegExp(`^[-.\\w${HAN}]+$`, 'u');
const TAG = new RegExp(`^[-\\w${HAN}]{1,36}(\\.[-.\\w${HAN}]{0,43})?$`, 'u');
const KEY = new RegExp(`^[-\\w${HAN}]{1,36}$`, 'u');
const VALUE = new RegExp(`^[-.\\w${HAN}]{0,43}$`, 'u');
const PLAIN = /^[^\r\n<>]*$/;
const FILLED = /[^ ]/;
const PROJECT = /^( *|0|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i;

export function ajv(schemas) {
  const compiler = (addFormats.default ?? addFormats)(new (Ajv2020.default ?? Ajv2020)({ allErrors: true }));
  return Object.fromEntries(Object.entries(schemas).map(([operation, schema]) => [operation, compiler.compile(schema)]));
}

export function zod() {
  const text = (pattern, most) => z.string().max(most).regex(pattern);
  const optional = (type) => type.nullish();
  const memory = optional(z.number().int().min(0).max(Number.MAX_SAFE_INTEGER));
  const tag = z.object({ key: z.string().regex(KEY), value: z.string().regex(VALUE) });
  const id = z.string().regex(FILLED);
  const of = {
    'ims.cross-region-copy': z.object({
      name: text(NAME, 128), description: optional(text(PLAIN, 1024)), region: id, project_name: id, agency_name: id, vault_id: optional(z.string()),
    }),
    'ims.in-region-copy': z.object({
      name: text(NAME, 128), description: optional(text(PLAIN, 1024)), cmk_id: optional(z.string()), enterprise_project_id: optional(z.string().regex(PROJECT)),
    }),
    'ims.whole-image': z.object({
      name: text(NAME, 128), description: optional(text(PLAIN, 1024)), tags: optional(z.array(z.string().regex(TAG)).max(10)),
      image_tags: optional(z.array(tag).max(10)), instance_id: optional(z.string()), vault_id: optional(z.string()), backup_id: optional(z.string()),
      whole_image_type: optional(z.literal('CBR')), min_ram: memory, max_ram: memory, enterprise_project_id: optional(z.string().regex(PROJECT)),
    }),
    'jd.copy-images': z.object({
      sourceImageIds: z.array(id).min(1).max(10), destinationRegion: id, name: optional(text(WORD, 32)),
      description: optional(z.string().max(256)), regionId: optional(z.string()),
    }),
  };
  return Object.fromEntries(Object.entries(of).map(([operation, schema]) => [operation, (body) => schema.safeParse(body).success]));
}

export function valibot() {
  const text = (pattern, most) => v.pipe(v.string(), v.maxLength(most), v.regex(pattern));
  const matching = (pattern) => v.pipe(v.string(), v.regex(pattern));
  const memory = v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)));
  const tag = v.object({ key: matching(KEY), value: matching(VALUE) });
  const id = matching(FILLED);
  const of = {
    'ims.cross-region-copy': v.object({
      name: text(NAME, 128), description: v.nullish(text(PLAIN, 1024)), region: id, project_name: id, agency_name: id, vault_id: v.nullish(v.string()),
    }),
    'ims.in-region-copy': v.object({
      name: text(NAME, 128), description: v.nullish(text(PLAIN, 1024)), cmk_id: v.nullish(v.string()), enterprise_project_id: v.nullish(matching(PROJECT)),
    }),
    'ims.whole-image': v.object({
      name: text(NAME, 128), description: v.nullish(text(PLAIN, 1024)), tags: v.nullish(v.pipe(v.array(matching(TAG)), v.maxLength(10))),
      image_tags: v.nullish(v.pipe(v.array(tag), v.maxLength(10))), instance_id: v.nullish(v.string()), vault_id: v.nullish(v.string()),
      backup_id: v.nullish(v.string()), whole_image_type: v.nullish(v.literal('CBR')), min_ram: memory, max_ram: memory,
      enterprise_project_id: v.nullish(matching(PROJECT)),
    }),
    'jd.copy-images': v.object({
      sourceImageIds: v.pipe(v.array(id), v.minLength(1), v.maxLength(10)), destinationRegion: id, name: v.nullish(text(WORD, 32)),
      description: v.nullish(v.pipe(v.string(), v.maxLength(256))), regionId: v.nullish(v.string()),
    }),
  };
  return Object.fromEntries(Object.entries(of).map(([operation, schema]) => [operation, (body) => v.safeParse(schema, body).success]));
}
