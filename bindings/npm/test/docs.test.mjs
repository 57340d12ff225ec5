// The pages of `docs`: their code is that of the tested examples, each example has a page, and their links lead somewhere.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pages } from '../scripts/docs.mjs';

const root = join(import.meta.dirname, '..');

test('the code of the pages is that of the examples: `node scripts/docs.mjs` rewrites it', () => {
  for (const [name, { text, current }] of Object.entries(pages())) assert.equal(text, current, name);
});

test('every example is on a page, and every adapter in the README', () => {
  const all = Object.values(pages()).map(({ text }) => text).join('\n');
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const file of readdirSync(join(root, 'examples/src')).filter((file) => !['api.ts', 'css.d.ts'].includes(file))) {
    assert.ok(all.includes(`<!-- example: ${file} -->`), file);
  }
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const file of readdirSync(join(root, 'src/adapters'))) {
    const name = file.replace('.ts', '');
    assert.ok(exports[`./${name}`], name);
    assert.ok(readme.includes(`image-preflight/${name}`), name);
  }
});

test('links lead to files', () => {
  for (const [folder, name] of [['', 'README.md'], ...Object.keys(pages()).map((name) => ['docs', name])]) {
    for (const [, link] of readFileSync(join(root, folder, name), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(existsSync(join(root, folder, link)), `${name}: ${link}`);
      // The package has only these: a link to another file is one to the repository.
      assert.match(join(folder, link), /^(docs\/|README\.md$)/, `${name}: ${link}`);
    }
  }
});

/** The first code block of a page, as a function of what it uses of the page that it is in. */
const codeOf = (page, ...names) => {
  const [, code] = /```ts\n([^]*?)```/.exec(page);
  const body = code.replace(/^import (\{.*\}) from '(.*)';$/gm, "const $1 = await import('$2');");
  return new Function('load', ...names, `return (async () => { ${body.replaceAll('await import(', 'await load(')} })();`).bind(undefined, (name) => import(name));
};

test('the page for pasted texts takes whatever is typed', async () => {
  const text = '{ "operation": "ims.in-region-copy", "path": { "image_id": "i" }, "body": { "name": "a", "name": "b/" } }';
  let listener;
  const said = [];
  const textarea = { value: '', addEventListener: (_, given) => { listener = given; } };
  await codeOf(pages()['input.md'].text, 'textarea', 'show')(textarea, (line) => said.push(line));
  for (let length = 0; length <= text.length; length += 1) {
    said.length = 0;
    textarea.value = text.slice(0, length);
    listener();
    assert.ok(said.length > 0);
  }
  assert.ok(said.some((line) => /twice|more than once|duplicate/i.test(line)), said.join('\n'));
});

test('the page for plans has every option of a plan', () => {
  const source = readFileSync(join(root, 'src/plan.ts'), 'utf8');
  const [, members] = /export interface PlanOptions [^{]*\{([^]*?)\n\}/.exec(source);
  const names = [...members.matchAll(/^  (\w+)\?: /gm)].map(([, name]) => name);
  assert.ok(names.length > 6, `${names}`);
  for (const name of names) assert.ok(pages()['plans.md'].text.includes(`| \`${name}\` |`), name);
});

test('the page of the kit gives every page what it imports from there', () => {
  const files = pages();
  const kit = files['forms.md'].text;
  for (const [name, { text }] of Object.entries(files)) {
    for (const [, names] of text.matchAll(/^import \{ (.*) \} from '\.\/preflight';$/gm)) {
      for (const one of names.split(', ')) assert.match(kit, new RegExp(`export const ${one} =`), `${name}: ${one}`);
    }
    for (const [, names] of text.matchAll(/^import \{ (.*) \} from '\.\/api';$/gm)) {
      for (const one of names.split(', ')) assert.match(kit, new RegExp('`' + one + '[`(]'), `${name}: ${one}`);
    }
    assert.doesNotMatch(text, /send\(preflight\.state/, name);
  }
});

test('compilers that do not read `exports` find the types of every subpath, too', () => {
  const { exports, typesVersions } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const expected = Object.entries(exports).flatMap(([path, { import: found }]) => (path === '.' || found === undefined ? [] : [[path.slice(2), [found.types]]]));
  assert.ok(expected.length > 10);
  assert.deepEqual(Object.entries(typesVersions['*']), expected);
});
