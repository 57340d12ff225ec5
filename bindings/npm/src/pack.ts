/**
 * Encodes a case that is an object for the module's packed entry point. Stringifying a case takes longer than checking it, so its
 * values are passed as numbers and its texts as one concatenated string. Unusual input (a member that no operation has, a getter that
 * throws, an instance of a class) is not supported and is passed as JSON instead; the report is the same either way.
 *
 * The members of a case are packed by `generated/packers.ts`, made by `scripts/packers.mjs`. Here is what does not depend on their names.
 */
import { packCase } from '../generated/packers.js';

/** Tags in the lowest bits of a word. The values are those of the module. Texts (4) and `false` (1) have been packed before. */
const ABSENT = 0;
const TRUE = 2;
const NATURAL = 3;
const JSON_TEXT = 5;

const HIGH = 2 ** 32;

/** A place behind the end of every buffer. */
const UNSUPPORTED = 1 << 20;

const EMPTY = {};

/** Incremented with each use of the buffer: a getter of a case may pack another case, which overwrites the first. */
let generation = 0;

/** Marks the buffer as reused: a case that is being packed is passed as JSON. */
export function invalidate(): void {
  generation += 1;
}

/** Writes the words of a case to `buffer`; returns their number and the texts, or `undefined` if the case is not supported. */
export function pack(value: unknown, buffer: Uint32Array): { count: number; text: string } | undefined {
  const own = (generation += 1);
  try {
    // Enumerable members of `Object.prototype` would look like members of the case.
    for (const _ in EMPTY) {
      return undefined;
    }
    const packed = packCase(value, buffer);
    if (packed !== undefined && packed.count <= buffer.length && generation === own) {
      return packed;
    }
  } catch {
    // If it was an error of the case, it occurs and is reported when the case is serialized as JSON.
  }
  return undefined;
}

/** The text of the value that {@link other} has packed. */
export let otherText = '';

/** Packs a value of another kind than most, at a place among the words; returns the place after it. */
export function other(value: unknown, words: Uint32Array, at: number): number {
  otherText = '';
  if (value === true || value === null) {
    words[at++] = value ? TRUE : ABSENT;
    return at;
  }
  const number = value as number;
  if (Number.isSafeInteger(number) && number >= 0) {
    words[at++] = NATURAL;
    words[at++] = number;
    words[at++] = number / HIGH;
    return at;
  }
  return json(value, words, at);
}

/** Packs any other value as its JSON. */
function json(value: unknown, words: Uint32Array, at: number): number {
  const encoded: string | undefined = JSON.stringify(value);
  // The result of a `toJSON` may depend on its key.
  if (encoded === undefined || typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    return UNSUPPORTED;
  }
  words[at++] = encoded.length * 8 + JSON_TEXT;
  otherText = encoded;
  return at;
}
