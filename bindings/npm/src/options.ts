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

/** The options of all functions, validated. */
interface Members {
  locale: string;
  edition: string;
  status: number;
  allowUndetermined: boolean;
  overrideRules: string[];
  undetermined: 'issue' | 'pass';
  rootPath: PropertyKey[];
  copiesInFlight: number;
  after: Record<number, readonly number[]>;
  priority: Record<number, number>;
  running: number[];
  finished: number[];
  prepared: Record<number, string>;
  failed: Record<number, string>;
  parameters: Record<string, string>;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isKey = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'symbol';
// `every` skips holes in an array; `Array.from` makes them `undefined`.
const isArrayOf = (value: unknown, is: (value: unknown) => boolean): boolean => Array.isArray(value) && Array.from(value).every(is);

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecordOf = (value: unknown, isKeyOf: (key: string) => boolean, is: (value: unknown) => boolean): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).every(([key, item]) => isKeyOf(key) && is(item));
const isPlace = (key: string): boolean => /^(0|[1-9]\d*)$/.test(key);

/** The module takes a priority as an `i32`. */
const MAX_PRIORITY = 0x7fff_ffff;
const CASES = 'an array of places of cases, counted from 0';
const AGAIN = ['now', 'later', 'after-fix', 'never'];

/** The module takes an HTTP status as a `u16`. */
const MAX_STATUS = 0xffff;

/** For each option: whether a value is valid, and the expectation that an error states. */
const MEMBERS: { [N in keyof Members]: readonly [is: (value: unknown) => boolean, wanted: string] } = {
  locale: [isText, "a BCP 47 tag such as 'zh-CN'"],
  edition: [isText, 'the name of an edition'],
  status: [
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_STATUS,
    `the status of an HTTP response, an integer from 0 to ${MAX_STATUS}`,
  ],
  allowUndetermined: [(value) => typeof value === 'boolean', 'true or false'],
  overrideRules: [(value) => isArrayOf(value, isText), 'an array of the ids of rules'],
  undetermined: [(value) => value === 'issue' || value === 'pass', "'issue' or 'pass'"],
  rootPath: [(value) => isArrayOf(value, isKey), "an array of keys such as ['root']"],
  copiesInFlight: [isCount, 'a number of copies, an integer from 0'],
  after: [
    (value) => isRecordOf(value, isPlace, (item) => isArrayOf(item, isCount)),
    'an object from the place of a case to those before it, such as { 2: [0, 1] }',
  ],
  priority: [
    (value) => isRecordOf(value, isPlace, (item) => Number.isInteger(item) && Math.abs(item as number) <= MAX_PRIORITY),
    'an object from the place of a case to an integer, such as { 2: 10 }',
  ],
  running: [(value) => isArrayOf(value, isCount), CASES],
  finished: [(value) => isArrayOf(value, isCount), CASES],
  prepared: [
    (value) => isRecordOf(value, isPlace, isText),
    "an object from the place of a case to the id of an image, such as { 2: 'id' }",
  ],
  failed: [
    (value) => isRecordOf(value, isPlace, (item) => AGAIN.includes(item as string)),
    `an object from the place of a case to one of ${AGAIN.join(', ')}, such as { 2: 'later' }`,
  ],
  parameters: [(value) => isRecordOf(value, () => true, isText), "an object of strings such as { project_id: 'id' }"],
};

/** The named options, each read once; others are ignored. */
export function optionsOf<N extends keyof Members>(options: unknown, names: readonly N[]): { [K in N]?: Members[K] } {
  const read: { [K in N]?: Members[K] } = {};
  if (options === undefined) {
    return read;
  }
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw wrong('the argument options', options, "an object such as { locale: 'zh-CN' }, or left out");
  }
  for (const name of names) {
    const value = (options as { [K in N]?: unknown })[name];
    if (value !== undefined) {
      const [is, wanted] = MEMBERS[name];
      if (!is(value)) {
        throw wrong(`the option ${name}`, value, wanted);
      }
      read[name] = value as Members[N];
    }
  }
  return read;
}

/** The value if it is a string; throws otherwise. */
export function textOf(value: unknown, what: string, wanted: string): string {
  if (typeof value !== 'string') {
    throw wrong(what, value, wanted);
  }
  return value;
}
