// Generates the code that packs a case for the module's packed entry point, from the names of its members in order. Each member is
// accessed by a static name, which is the fastest access in JavaScript.

/** `generated/packers.ts` from `generated/layout.json`. */
export function packers({ operations, facts, members: factMembers }) {
  const slots = (names) => names.map((name) => [name, `slot(value.${name})`]);
  // JSON has the object's own enumerable members that are not undefined; their number must be the number of packed ones. An object
  // with a `toJSON`, enumerable or not, is not supported.
  const members = (parts) => `
  let count = ${parts.map(([, part]) => part).join(' + ') || '0'};
  for (const name in value) {
    switch (name) {${parts.map(([name]) => `\n      case '${name}':`).join('')}${parts.length > 0 ? '\n        if (value[name] !== undefined) count -= 1;\n        break;' : ''}
      default:
        markUnsupported();
    }
  }
  if (count !== 0 || value.toJSON !== undefined) markUnsupported();`;
  const object = (name, parts) => `
function ${name}(value: unknown): number {
  if (!beginObject(value)) return value === undefined ? 0 : 1;${members(parts)}
  return 1;
}
`;
  const pointers = facts.map((pointer) => pointer.split('/').slice(2));
  // What a provider returned comes after the facts.
  const isGroup = (name) => pointers.some(([first]) => first === name);
  const objects = factMembers.filter((name) => !isGroup(name));
  const groups = factMembers.filter(isGroup).map((group) => ({
    group,
    names: pointers.filter(([first, ...rest]) => first === group && rest.length > 0).map((tokens) => tokens.at(-1)),
    isMap: pointers.some(([first, second]) => first === group && second === '*'),
  }));
  const part = ({ group, names, isMap }) => {
    if (names.length === 0) return [group, `slot(value.${group})`];
    return [group, isMap ? `map(value.${group}, ${group})` : `${group}(value.${group})`];
  };
  const known = [...groups.map(part), ...slots(objects)];
  return [
    "import { beginObject, isPlainObject, map, markUnsupported, slot, word } from '../src/pack.js';\n",
    ...groups
      .filter(({ names }) => names.length > 0)
      .map(({ group, names, isMap }) => (isMap ? `\nfunction ${group}(value: Record<string, unknown>): void {${members(slots(names))}\n}\n` : object(group, slots(names)))),
    // A function of each kind per operation, so that each call site sees objects of one shape.
    ...operations.flatMap(({ path, body }, index) => [object(`path${index}`, slots(path)), object(`body${index}`, slots(body)), object(`facts${index}`, known)]),
    `
/** Packs a case; returns whether its operation is known. */
export function packCase(value: unknown): boolean {
  if (!isPlainObject(value)) return false;
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
