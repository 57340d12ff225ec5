/**
 * Lays a case that is an object out for the module's packed door. To write it as JSON takes longer than to check it, so its
 * values go over as numbers and its texts as one string. What is not as it mostly is (a member that no operation knows, a getter
 * that throws, an object of a class) does not fit, and is written as JSON instead: there is one report, whichever way it went.
 */
import { packed } from '../generated/packers.js';

/** As in the module: what the lowest bits of a word say. */
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
let fits = true;
/** How often the words have been taken: a getter of a case may lay out another, and what was begun before is lost. */
let begun = 0;

/** Says that the words are used for something else: a case that is being laid out is to be written as JSON. */
export function abandon(): void {
  begun += 1;
}

/** The words of a case are written to `room`: how many there are, and the texts; undefined where it does not fit. */
export function pack(value: unknown, room: Uint32Array): { count: number; text: string } | undefined {
  const mine = (begun += 1);
  words = room;
  // The first word is for the length of the texts.
  at = 1;
  text = '';
  fits = true;
  try {
    if (isPolluted() || !packed(value) || !fits || at > room.length || begun !== mine) {
      return undefined;
    }
    words[0] = text.length;
    return { count: at, text };
  } catch {
    // Whatever it was, it comes again and is told when the case is written as JSON.
    return undefined;
  }
}

const EMPTY: { toJSON?: unknown } = {};

/** Whether every object has members that are not its own: then nothing is as it seems. */
function isPolluted(): boolean {
  for (const _ in EMPTY) {
    return true;
  }
  return EMPTY.toJSON !== undefined;
}

export function word(value: number): void {
  words[at++] = value;
}

/** Whether it is an object as `{}` makes them: its own members are what JSON would have of it. */
export function plain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype && !Array.isArray(value)
  );
}

/** Begins an object; there is none where it is absent. */
export function begins(value: unknown): value is Record<string, unknown> {
  if (value === undefined || value === null) {
    words[at++] = 0;
    return false;
  }
  words[at++] = 1;
  fits &&= plain(value);
  return fits;
}

/** Says that JSON would have something else of the case than what has been laid out. */
export function differs(): void {
  fits = false;
}

/** Objects by names that nobody knows beforehand. */
export function map(value: unknown, each: (value: Record<string, unknown>) => void): number {
  const start = at++;
  let count = 0;
  if (value !== undefined && value !== null) {
    fits &&= plain(value) && value.toJSON === undefined;
    for (const name in value) {
      const member = (value as Record<string, unknown>)[name];
      words[at++] = name.length;
      text += name;
      fits &&= plain(member);
      if (!fits) {
        return 1;
      }
      each(member as Record<string, unknown>);
      count += 1;
    }
  }
  words[start] = count;
  return value === undefined ? 0 : 1;
}

/** A value that is no object of ours; gives 1 where JSON would have a member for it. */
export function slot(value: unknown): number {
  // Each type is asked for by itself, which the engines turn into a look at the value.
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
  const written: string | undefined = JSON.stringify(value);
  // What a `toJSON` says may depend on where it is asked.
  if (written === undefined || typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    fits = false;
    return 1;
  }
  words[at++] = written.length * 8 + JSON_TEXT;
  text += written;
  return 1;
}
