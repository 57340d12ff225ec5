/**
 * JSON Schemas (2020-12), in a door of their own so that a page which does not need them does not load them.
 *
 * @packageDocumentation
 */
import generated from '../generated/schemas.json' with { type: 'json' };
import { wrong } from './options.js';
import type { SchemaName } from './types.js';

export type { SchemaName };

/** The name of every schema: each operation's body, what goes into a check and what comes out, what the clouds answer. */
export const schemaNames: readonly SchemaName[] = /* @__PURE__ */ Object.freeze(Object.keys(generated.documents) as SchemaName[]);

/**
 * A JSON Schema: of an operation's body, or of `case`, `facts`, `report`, `problem` and the rest.
 *
 * @throws {TypeError} when there is no schema of that name.
 * @example
 * schema('ims.in-region-copy').$schema; // 'https://json-schema.org/draft/2020-12/schema'
 */
export function schema(name: SchemaName): Record<string, unknown> {
  if (!schemaNames.includes(name)) {
    throw wrong('the name of the schema', name, `one of ${schemaNames.join(', ')}`);
  }
  return copied(generated.documents[name]);
}

/** The JSON Schema of everything: a case, its facts, each body, a report, in `$defs`. */
export function allSchemas(): Record<string, unknown> {
  return copied(generated.all);
}

/** By way of JSON: the oldest supported browsers have no `structuredClone`. */
function copied(schema: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
}
