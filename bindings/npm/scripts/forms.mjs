// The data of `image-preflight/forms`: what the core says of each field, and the schemas of the bodies with their definitions merged.
import { isDeepStrictEqual } from 'node:util';

/** Merges `bindings/schema/forms.json` and the schemas of the bodies into what `src/forms/table.ts` reads. */
export function formsTable({ operations, regions, facts }, documents) {
  const definitions = {};
  const known = Object.entries(operations).map(([id, operation]) => {
    const { $schema: _, $id: __, $defs, examples: ___, ...schema } = documents[id];
    for (const [name, definition] of Object.entries($defs)) {
      if (definitions[name] !== undefined && !isDeepStrictEqual(definitions[name], definition)) {
        throw new Error(`the definition ${name} differs between bodies`);
      }
      definitions[name] = definition;
    }
    return [id, { ...operation, schema }];
  });
  return { operations: Object.fromEntries(known), regions, facts, definitions };
}
