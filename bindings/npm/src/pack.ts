/**
 * Encodes a case that is an object for the module's packed entry point. Stringifying a case takes longer than checking it, so its
 * values are passed as numbers and its texts as one concatenated string. Unusual input (a member that no operation has, a getter that
 * throws, an instance of a class) is not supported: of its JSON, all values are packed; the report is the same either way.
 *
 * The members of a case are packed by `generated/packers.ts`, made by `scripts/packers.mjs`. Here is what does not depend on their names.
 */
import { packCase } from '../generated/packers.js';
import type { OperationId } from './types.js';

/** Tags in the lowest bits of a word. The values are those of the module; the generated code has those of texts, `false` and what is absent, too. */
const ABSENT = 0;
const FALSE = 1;
const TRUE = 2;
const NATURAL = 3;
const TEXT = 4;
const NUMBER = 5;
const ARRAY = 6;
const OBJECT = 7;

const HIGH = 2 ** 32;

/** A place behind the end of every buffer. */
const UNSUPPORTED = 1 << 20;

/** A value that is nested deeper may be too deep for the case that has it. */
const MAX_STRICT_DEPTH = 100;

/** Facts of more words than these are packed with each case. */
const KEPT_WORDS = 1 << 12;

const EMPTY = {};

/** Incremented with each use of the buffer: a getter of a case may pack another case, which overwrites the first. */
let generation = 0;

/** Marks the buffer as reused: a case that is being packed is packed anew, from its JSON. */
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

/** Words of a packed case. */
type Words = { [place: number]: number };

/** In the place of an operation: one value follows, or what is wrong with it. The values are those of the module. */
const ANY_CASE = 2 ** 32 - 1;
const REFUSED = ANY_CASE - 1;

/** Packs a case of any form from its JSON, as one value. */
export function packJson(json: string): { words: number[]; text: string } {
  const refusal = refusalOf(json);
  if (refusal !== undefined) {
    return { words: [json.length, REFUSED, ...refusal], text: json };
  }
  const words = [0, ANY_CASE];
  otherText = '';
  // A key of a parsed object may have any name, and its prototype any member.
  append(JSON.parse(json), words, 2, 0, false);
  words[0] = otherText.length;
  return { words, text: otherText };
}

/** The depth of arrays and objects that readers of JSON take. The value is that of the module. */
const MAX_DEPTH = 127;

/** What no reader of JSON takes, and its place: arrays and objects that are nested too deep, or half of a surrogate pair. */
function refusalOf(json: string): readonly [reason: number, place: number] | undefined {
  let depth = 0;
  let isInText = false;
  for (const { 0: token, index } of json.matchAll(/\\(?:ud...|.)|["[\]{}]/g)) {
    // Of all escapes, only this one is written so.
    if (token.length > 2) {
      return [1, index];
    }
    if (token === '"') {
      isInText = !isInText;
    } else if (!isInText) {
      depth += token === '[' || token === '{' ? 1 : -1;
      if (depth > MAX_DEPTH) {
        return [0, index];
      }
    }
  }
  return undefined;
}

/** What has been packed of facts that cannot change. A property would be inherited, and a proxy may have any. */
const KEPT = new WeakMap<object, { readonly words: Uint32Array; readonly text: string }>();

/** What has been packed of these facts before. */
export function keptOf(facts: unknown): { readonly words: Uint32Array; readonly text: string } | undefined {
  return KEPT.get(facts as object);
}

/** Packs facts, which are values of JSON, and freezes them: the cases that have them are packed with these words. */
export function keep(facts: unknown): unknown {
  const buffer = new Uint32Array(KEPT_WORDS);
  const packed = pack({ operation: 'ims.whole-image' satisfies OperationId, facts }, buffer);
  if (packed !== undefined) {
    // Before the facts: the length of the texts, the operation, no path and no body; after them: no edition.
    KEPT.set(facts as object, { words: buffer.slice(4, packed.count - 1), text: packed.text });
  }
  // Every object inside as well.
  JSON.stringify(facts, (_, value: unknown) => Object.freeze(value));
  return facts;
}

/** The text of the value that {@link other} has packed. */
export let otherText = '';

/** Packs a value of another kind than most, at a place among the words; returns the place after it. */
export function other(value: unknown, words: Words, at: number): number {
  otherText = '';
  return append(value, words, at, 0, true);
}

/**
 * Packs any value, and appends its texts. If it is `strict`, a value is not supported with which `JSON.stringify` does something special,
 * or one that may be nested too deep.
 */
function append(value: unknown, words: Words, at: number, depth: number, strict: boolean): number {
  if (typeof value === 'string') {
    words[at++] = value.length * 8 + TEXT;
    otherText += value;
  } else if (value === undefined || value === null || value === false) {
    words[at++] = value === false ? FALSE : ABSENT;
  } else if (value === true) {
    words[at++] = TRUE;
  } else if (typeof value === 'object') {
    return appendParts(value, words, at, depth, strict);
  } else if (typeof value !== 'number') {
    return UNSUPPORTED;
  } else if (Number.isSafeInteger(value) && value >= 0) {
    words[at++] = NATURAL;
    words[at++] = value % HIGH;
    words[at++] = Math.floor(value / HIGH);
  } else if (Number.isFinite(value)) {
    const written = String(value);
    words[at++] = written.length * 8 + NUMBER;
    otherText += written;
  } else {
    words[at++] = ABSENT;
  }
  return at;
}

/** The same for an array or an object. */
function appendParts(value: object, words: Words, start: number, depth: number, strict: boolean): number {
  const isArray = Array.isArray(value);
  if (strict && ((value as { toJSON?: unknown }).toJSON !== undefined || depth > MAX_STRICT_DEPTH || (!isArray && Object.getPrototypeOf(value) !== Object.prototype))) {
    return UNSUPPORTED;
  }
  // Before the parts: how many words they take, and the length of their texts.
  let at = start + 2;
  const before = otherText.length;
  if (isArray) {
    for (const item of value) {
      at = append(item, words, at, depth + 1, strict);
      if (at >= UNSUPPORTED && strict) {
        // Of a cycle, there would be no end.
        return at;
      }
    }
  } else {
    for (const key of Object.keys(value)) {
      const member = (value as Record<string, unknown>)[key];
      if (member !== undefined) {
        words[at++] = key.length;
        otherText += key;
        at = append(member, words, at, depth + 1, strict);
        if (at >= UNSUPPORTED && strict) {
          return at;
        }
      }
    }
  }
  words[start] = (at - start - 2) * 8 + (isArray ? ARRAY : OBJECT);
  words[start + 1] = otherText.length - before;
  return at;
}
