/**
 * JSON Schemas (2020-12), in an entry point of their own so that a page that does not need them does not load them.
 *
 * @packageDocumentation
 */
import generated from '../generated/schemas.json' with { type: 'json' };
import { wrong } from './options.js';
import type { SchemaName } from './types.js';

export type { SchemaName };

/** The names of all schemas: each operation's body, the input and output of a check, the responses of the clouds. */
export const schemaNames: readonly SchemaName[] = /* @__PURE__ */ Object.freeze(Object.keys(generated.documents) as SchemaName[]);

/**
 * The JSON Schema of an operation's body, or of `case`, `facts`, `report`, `problem` and so on.
 *
 * @throws {TypeError} if there is no schema of that name.
 * @example
 * schema('ims.in-region-copy').$schema; // 'https://json-schema.org/draft/2020-12/schema'
 */
export function schema(name: SchemaName): Record<string, unknown> {
  if (!schemaNames.includes(name)) {
    throw wrong('the name of the schema', name, `one of ${schemaNames.join(', ')}`);
  }
  return deepCopy(generated.documents[name]);
}

/** One JSON Schema with everything (a case, its facts, each body, a report) in `$defs`. */
export function allSchemas(): Record<string, unknown> {
  return deepCopy(generated.all);
}

/** Copies via JSON: the oldest supported browsers have no `structuredClone`. */
function deepCopy(schema: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
}
