/**
 * JSON Schemas (2020-12), in a door of their own so that a page which does not need them does not load them.
 *
 * @packageDocumentation
 */
import generated from '../generated/schemas.json' with { type: 'json' };
import type { OperationId } from './types.js';

/**
 * The JSON Schema of an operation's body.
 *
 * @example
 * import { schema } from 'image-preflight/schemas';
 * schema('ims.in-region-copy').$schema; // 'https://json-schema.org/draft/2020-12/schema'
 */
export function schema(operation: OperationId): Record<string, unknown> {
  return structuredClone(generated.bodies[operation]) as Record<string, unknown>;
}

/** The JSON Schema of everything: a case, its facts, each body, a report, in `$defs`. */
export function allSchemas(): Record<string, unknown> {
  return structuredClone(generated.all) as Record<string, unknown>;
}
