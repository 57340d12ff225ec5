// ajv accepts what the core accepts: of bodies that the Rust side generates, with what the core says of each.
import assert from 'node:assert/strict';
import test from 'node:test';
import { ajv, lines, schemas } from './shared.mjs';

test('every schema is one, in ajv\'s strict mode, and accepts its own examples', () => {
  for (const [name, schema] of schemas) {
    const validate = ajv().compile(schema);
    for (const example of schema.examples ?? []) {
      assert.ok(validate(example), `${name}: ${JSON.stringify(validate.errors)}`);
    }
  }
});

test('ajv accepts a body exactly when the core finds no error of shape', async () => {
  const count = process.env.BODIES ?? '3000';
  const table = new Map();
  const wrong = [];
  const validators = new Map();
  for await (const line of lines(count)) {
    const { operation, kind, shape, body } = JSON.parse(line);
    if (!validators.has(operation)) {
      validators.set(operation, ajv().compile(schemas.get(operation)));
    }
    const row = `${operation} | ${kind}`;
    const counts = table.get(row) ?? table.set(row, { holds: 0, broken: 0, beyond: 0 }).get(row);
    counts[shape] += 1;
    if (shape !== 'beyond' && validators.get(operation)(body) !== (shape === 'holds')) {
      wrong.push(`${shape}: ${line}`);
    }
  }
  console.log('| operation | bodies | accepted | refused | beyond schemas |\n| --- | --- | ---: | ---: | ---: |');
  for (const [row, { holds, broken, beyond }] of table) {
    console.log(`| ${row} | ${holds} | ${broken} | ${beyond} |`);
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} disagreements`);
  assert.equal(table.size, 12);
});
