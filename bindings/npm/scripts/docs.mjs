// Writes the code of the examples into the pages of `docs`: what is between the markers `[docs` and `docs]` of an example goes into the
// code block after its comment `<!-- example: … -->`. `node scripts/docs.mjs` rewrites the pages; a test compares them.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const at = (...parts) => join(root, ...parts);

/** The example's part for the docs with the imports that it needs, without indentation. */
function codeOf(file) {
  const text = readFileSync(at('examples/src', file), 'utf8');
  const [, part] = /\n[ ]*\/\/ \[docs\n([^]*?)\n[ ]*\/\/ docs\]/.exec(text);
  const indent = Math.min(...part.split('\n').filter((line) => line !== '').map((line) => line.search(/\S/)));
  const lines = part.split('\n').map((line) => line.slice(indent));
  return [...importsFor(text, part), '', ...lines].join('\n').trim();
}

/** The imports of a file, without the names that the part does not use. */
function importsFor(text, part) {
  const isUsed = (name) => new RegExp(`(?<![\\w-])${name.replace(/^type /, '')}(?![\\w-])`).test(part.replace(/ from '.*'/g, ''));
  return [...text.matchAll(/^import (type )?(?:(\w+)|\{ (.*) \}) from (.*);$/gm)].flatMap(([, type = '', whole, names, from]) => {
    const used = whole ? [whole].filter(isUsed) : names.split(', ').filter(isUsed);
    return used.length === 0 ? [] : [`import ${type}${whole ?? `{ ${used.join(', ')} }`} from ${from.replace(/\.tsx?'/, "'")};`];
  });
}

/** Every page, by name: the text that it has, and the text that it should have. */
export function pages() {
  return Object.fromEntries(
    readdirSync(at('docs')).map((name) => {
      const text = readFileSync(at('docs', name), 'utf8');
      const current = text.replace(/(<!-- example: (\S+) -->\n)```(\w+)\n[^]*?\n```/g, (_, comment, file, language) => `${comment}\`\`\`${language}\n${codeOf(file)}\n\`\`\``);
      return [name, { text, current }];
    }),
  );
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, { current }] of Object.entries(pages())) {
    writeFileSync(at('docs', name), current);
  }
}
