// Writes the code that lays a case out for the module's packed door, from the names of its parts in order: each is asked for by
// its name, which is the quickest way that JavaScript has.

/** `generated/packers.ts` from `generated/layout.json`. */
export function packers({ operations, facts }) {
  const slots = (names) => names.map((name) => [name, `slot(value.${name})`]);
  // JSON has a member for what is the object's own, enumerable and not undefined: as many as have been laid out, and no others. But
  // an object may have its own word on what JSON has of it, enumerable or not.
  const members = (parts) => `
  let count = ${parts.map(([, part]) => part).join(' + ') || '0'};
  for (const name in value) {
    switch (name) {${parts.map(([name]) => `\n      case '${name}':`).join('')}${parts.length > 0 ? '\n        if (value[name] !== undefined) count -= 1;\n        break;' : ''}
      default:
        differs();
    }
  }
  if (count !== 0 || value.toJSON !== undefined) differs();`;
  const object = (name, parts) => `
function ${name}(value: unknown): number {
  if (!begins(value)) return value === undefined ? 0 : 1;${members(parts)}
  return 1;
}
`;
  const pointers = facts.map((pointer) => pointer.split('/').slice(2));
  const groups = [...new Set(pointers.map(([group]) => group))].map((group) => ({
    group,
    names: pointers.filter(([first, ...rest]) => first === group && rest.length > 0).map((tokens) => tokens.at(-1)),
    isMap: pointers.some(([first, second]) => first === group && second === '*'),
  }));
  const part = ({ group, names, isMap }) => {
    if (names.length === 0) return [group, `slot(value.${group})`];
    return [group, isMap ? `map(value.${group}, ${group})` : `${group}(value.${group})`];
  };
  const known = [...groups.map(part), ...slots(['imageObject', 'imageObjects'])];
  return [
    "import { begins, differs, map, plain, slot, word } from '../src/pack.js';\n",
    ...groups
      .filter(({ names }) => names.length > 0)
      .map(({ group, names, isMap }) => (isMap ? `\nfunction ${group}(value: Record<string, unknown>): void {${members(slots(names))}\n}\n` : object(group, slots(names)))),
    // One of each for every operation: their members differ, and each has its own look at them then.
    ...operations.flatMap(({ path, body }, index) => [object(`path${index}`, slots(path)), object(`body${index}`, slots(body)), object(`facts${index}`, known)]),
    `
/** Lays a case out; whether it could be. */
export function packed(value: unknown): boolean {
  if (!plain(value)) return false;
  switch (value.operation) {${operations.map(({ id }, index) => `\n    case '${id}':\n      case${index}(value);\n      return true;`).join('')}
    default:
      return false;
  }
}
`,
    ...operations.map(
      (_, index) => `
function case${index}(value: Record<string, unknown>): void {
  word(${index});${members([['operation', '1'], ['path', `path${index}(value.path)`], ['body', `body${index}(value.body)`], ['facts', `facts${index}(value.facts)`], ['edition', 'slot(value.edition)']])}
}
`,
    ),
  ].join('');
}
