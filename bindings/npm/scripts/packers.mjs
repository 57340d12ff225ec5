// Generates the code that packs a case for the module's packed entry point, from the names of its members in order: one function whose
// counters are local variables. Where the same is done with another name, the code is the same text, which compresses well.

/** `generated/packers.ts` from `generated/layout.json`. */
export function packers({ operations, facts, members: factMembers }) {
  const pointers = facts.map((pointer) => pointer.split('/').slice(2));
  const groups = new Map(
    factMembers.map((group) => {
      const inside = pointers.filter(([first, ...rest]) => first === group && rest.length > 0);
      return [group, { names: inside.map((tokens) => tokens.at(-1)), isMap: inside.some(([, second]) => second === '*') }];
    }),
  );
  const fact = (name) => {
    const { names, isMap } = groups.get(name);
    return names.length === 0 ? put(name) : isMap ? map(name, names) : object(name, declared(names), names.map(put));
  };
  // What a provider returned comes after the facts.
  const isFact = (name) => pointers.some(([first]) => first === name);
  const factNames = [...factMembers.filter(isFact), ...factMembers.filter((name) => !isFact(name))];
  const caseNames = ['operation', 'path', 'body', 'facts', 'edition'];
  const part = (name, names) => object(name, declared(names), names.map(put));
  const cases = operations.map(
    ({ id, path, body }, index) => `
    case '${id}':
      words[at++] = ${index};${part('path', path)}${part('body', body)}
      break;`,
  );
  return `import { keptOf, other, otherText } from '../src/pack.js';

type Members = Record<string, unknown>;

/** Packs a case; \`undefined\` if its operation is not known, or if it is not supported. */
export function packCase(given: unknown, words: Uint32Array): { count: number; text: string } | undefined {
  let key, value, ${variables([...caseNames, ...factNames])};
  // The first word is the length of the texts.
  let at = 1;
  let text = '';
  {
    const of = given as Members;${members(caseNames)}
  }
  switch (_operation) {${cases.join('')}
    default:
      return;
  }
  const kept = keptOf(_facts);
  if (kept !== undefined) {
    words.set(kept.words, at);
    at += kept.words.length;
    text += kept.text;
  } else ${object('facts', members(factNames), factNames.map(fact)).trimStart()}${put('edition')}
  words[0] = text.length;
  return { count: at, text };
}
`;
}

const variables = (names) => names.map((name) => `_${name}`).join(', ');

const declared = (names) => `${names.length > 0 ? `
      let ${variables(names)};` : ''}${members(names)}`;

/**
 * Whether it is an object as made by `{}`, with which `JSON.stringify` does nothing special. This is no function: where the same code has
 * looked up a member of such an object before, engines know its prototype without a call.
 */
const isPlain = (name) =>
  `typeof ${name} === 'object' && ${name}.toJSON === undefined && Object.getPrototypeOf(${name}) === Object.prototype && !Array.isArray(${name})`;

/**
 * Reads the members of an object into variables. A loop over the names of such an object has those that its JSON has, its own enumerable
 * ones, unless they are undefined. Each is read once.
 */
const members = (names) => `
      if (!(${isPlain('of')})) return;
      for (key in of) {${names.map((name) => `
        if (key === '${name}') _${name} = of[key]; else`).join('')} if (of[key] !== undefined) return;
      }`;

/** Packs the value of a variable that is an object. */
const object = (name, members, parts) => `
  {
    const of = _${name} as Members | null | undefined;
    if (of === undefined || of === null) words[at++] = 0;
    else {
      words[at++] = 1;${members}${parts.join('')}
    }
  }`;

/** The same where the names of its members are not known in advance, and their values are objects. */
const map = (name, names) => `
  {
    const all = _${name} as Record<string, Members> | null | undefined;
    const start = at;
    words[at++] = 0;
    if (all !== undefined && all !== null) {
      if (!(${isPlain('all')})) return;
      for (const id in all) {
        const of = all[id]!;
        words[at++] = id.length;
        text += id;
        words[start]! += 1;${declared(names)}${names.map(put).join('')}
      }
    }
  }`;

/** Packs the value of a variable. */
const put = (name) => `
  value = _${name};
  if (typeof value === 'string') { words[at++] = value.length * 8 + 4; text += value; }
  else if (value === undefined) words[at++] = 0;
  else if (value === false) words[at++] = 1;
  else { at = other(value, words, at); text += otherText; }`;
