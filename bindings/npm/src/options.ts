/** Validation of arguments other than the case, before they are used: errors name the argument and the expected type. */

/** A short description of any value, for an error message. */
export function described(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
    case 'number':
    case 'boolean':
      return `the ${typeof value} ${String(value)}`;
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
    case 'undefined':
      return 'undefined';
    default:
      return `a ${typeof value}`;
  }
}

/** The error for an invalid value. */
export function wrong(what: string, value: unknown, wanted: string): TypeError {
  return new TypeError(`image-preflight: ${what} is ${described(value)}; it must be ${wanted}`);
}

/** The options of the functions of all entry points, validated. */
interface Members {
  locale: string;
  edition: string;
  strict: boolean;
  status: number;
  allowUndetermined: boolean;
  overrideRules: string[];
  undetermined: 'issue' | 'pass';
  rootPath: PropertyKey[];
}

export const isText = (value: unknown): boolean => typeof value === 'string';
const isKey = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'symbol';
// `every` skips holes in an array; `Array.from` makes them `undefined`.
export const isArrayOf = (value: unknown, is: (value: unknown) => boolean): boolean => Array.isArray(value) && Array.from(value).every(is);

/** The module takes an HTTP status as a `u16`. */
const MAX_STATUS = 0xffff;

/** For each option: whether a value is valid, and the expectation that an error states. */
export type Expected<M> = { readonly [N in keyof M]: readonly [is: (value: unknown) => boolean, wanted: string] };

const MEMBERS: Expected<Members> = {
  locale: [isText, "a BCP 47 tag such as 'zh-CN'"],
  edition: [isText, 'the name of an edition'],
  strict: [(value) => typeof value === 'boolean', 'true or false'],
  status: [
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_STATUS,
    `the status of an HTTP response, an integer from 0 to ${MAX_STATUS}`,
  ],
  allowUndetermined: [(value) => typeof value === 'boolean', 'true or false'],
  overrideRules: [(value) => isArrayOf(value, isText), 'an array of the ids of rules'],
  undetermined: [(value) => value === 'issue' || value === 'pass', "'issue' or 'pass'"],
  rootPath: [(value) => isArrayOf(value, isKey), "an array of keys such as ['root']"],
};

/** The named options, each read once; others are ignored. */
export function optionsOf<N extends keyof Members>(options: unknown, names: readonly N[]): { [K in N]?: Members[K] } {
  return membersOf(MEMBERS, options, names);
}

/** The same for options that only some functions have, next to those of all. */
export function optionsWith<M, N extends keyof (Members & M)>(own: Expected<M>, options: unknown, names: readonly N[]): { [K in N]?: (Members & M)[K] } {
  return membersOf({ ...MEMBERS, ...own } as Expected<Members & M>, options, names);
}

function membersOf<M, N extends keyof M>(expected: Expected<M>, options: unknown, names: readonly N[]): { [K in N]?: M[K] } {
  const read: { [K in N]?: M[K] } = {};
  if (options === undefined) {
    return read;
  }
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw wrong('the argument options', options, "an object such as { locale: 'zh-CN' }, or left out");
  }
  for (const name of names) {
    const value = (options as { [K in N]?: unknown })[name];
    if (value !== undefined) {
      const [is, wanted] = expected[name];
      if (!is(value)) {
        throw wrong(`the option ${String(name)}`, value, wanted);
      }
      read[name] = value as M[N];
    }
  }
  return read;
}

/** The language that options ask for. */
export function localeOf(options: unknown): string | undefined {
  return optionsOf(options, ['locale']).locale;
}

/** The value if it is a string; throws otherwise. */
export function textOf(value: unknown, what: string, wanted: string): string {
  if (typeof value !== 'string') {
    throw wrong(what, value, wanted);
  }
  return value;
}
