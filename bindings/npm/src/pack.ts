/**
 * Encodes a case that is an object for the module's packed entry point. Stringifying a case takes longer than checking it, so its
 * values are passed as numbers and its texts as one concatenated string. Unusual input (a member that no operation has, a getter that
 * throws, an instance of a class) is not supported and is passed as JSON instead; the report is the same either way.
 */
import { packCase } from '../generated/packers.js';

/** Tags in the lowest bits of a word. The values are those of the module. */
const ABSENT = 0;
const FALSE = 1;
const TRUE = 2;
const NATURAL = 3;
const TEXT = 4;
const JSON_TEXT = 5;

const HIGH = 2 ** 32;

let words: Uint32Array = new Uint32Array(0);
let at = 0;
let text = '';
/** Whether the packed case so far means the same as its JSON. */
let supported = true;
/** Incremented with each use of the buffer: a getter of a case may pack another case, which overwrites the first. */
let generation = 0;

/** Marks the buffer as reused: a case that is being packed is passed as JSON. */
export function invalidate(): void {
  generation += 1;
}

/** Writes the words of a case to `buffer`; returns their number and the texts, or `undefined` if the case is not supported. */
export function pack(value: unknown, buffer: Uint32Array): { count: number; text: string } | undefined {
  const own = (generation += 1);
  words = buffer;
  // The first word is the length of the texts.
  at = 1;
  text = '';
  supported = true;
  try {
    if (isPolluted() || !packCase(value) || !supported || at > buffer.length || generation !== own) {
      return undefined;
    }
    words[0] = text.length;
    return { count: at, text };
  } catch {
    // If it was an error of the case, it occurs and is reported when the case is serialized as JSON.
    return undefined;
  }
}

const EMPTY: { toJSON?: unknown } = {};

/** Whether `Object.prototype` has enumerable members or a `toJSON`, which change the JSON of every object. */
function isPolluted(): boolean {
  for (const _ in EMPTY) {
    return true;
  }
  return EMPTY.toJSON !== undefined;
}

export function word(value: number): void {
  words[at++] = value;
}

/** Whether it is an object as created by `{}`, whose own members are those of its JSON. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && !Array.isArray(value)
  );
}

/** Starts an object; returns false if the value is absent or unsupported. */
export function beginObject(value: unknown): value is Record<string, unknown> {
  if (value === undefined || value === null) {
    words[at++] = 0;
    return false;
  }
  words[at++] = 1;
  supported &&= isPlainObject(value);
  return supported;
}

/** Records that the JSON of the case would differ from what has been packed. */
export function markUnsupported(): void {
  supported = false;
}

/** An object whose keys are not known in advance and whose values are objects. */
export function map(value: unknown, each: (value: Record<string, unknown>) => void): number {
  const start = at++;
  let count = 0;
  if (value !== undefined && value !== null) {
    supported &&= isPlainObject(value) && value.toJSON === undefined;
    for (const name in value) {
      const member = (value as Record<string, unknown>)[name];
      words[at++] = name.length;
      text += name;
      supported &&= isPlainObject(member);
      if (!supported) {
        return 1;
      }
      each(member as Record<string, unknown>);
      count += 1;
    }
  }
  words[start] = count;
  return value === undefined ? 0 : 1;
}

/** A value of any other type; returns 1 if JSON has a member for it, else 0. */
export function slot(value: unknown): number {
  // A `typeof` comparison per type is what engines optimize best.
  if (typeof value === 'string') {
    words[at++] = value.length * 8 + TEXT;
    text += value;
    return 1;
  }
  if (value === undefined) {
    words[at++] = ABSENT;
    return 0;
  }
  if (typeof value === 'boolean') {
    words[at++] = value ? TRUE : FALSE;
    return 1;
  }
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
    words[at++] = NATURAL;
    words[at++] = value;
    words[at++] = value / HIGH;
    return 1;
  }
  return value === null ? nothing() : json(value);
}

function nothing(): number {
  words[at++] = ABSENT;
  return 1;
}

function json(value: unknown): number {
  const encoded: string | undefined = JSON.stringify(value);
  // The result of a `toJSON` may depend on its key.
  if (encoded === undefined || typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    supported = false;
    return 1;
  }
  words[at++] = encoded.length * 8 + JSON_TEXT;
  text += encoded;
  return 1;
}
