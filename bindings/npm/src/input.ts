/** Arguments as the module takes them: as text. */
import { replaceLoneSurrogates } from './engine.js';
import { described, wrong } from './options.js';

/** The elements of an array of cases; a hole is one that is undefined. */
export function arrayOf(cases: unknown): unknown[] {
  if (!Array.isArray(cases)) {
    throw wrong('the argument cases', cases, 'an array of cases');
  }
  return Array.from(cases as readonly unknown[]);
}

/** A response as text: as it is, or as JSON. */
export function answerText(answer: unknown): string {
  return replaceLoneSurrogates(typeof answer === 'string' ? answer : toJson(answer, 'the answer'));
}

/** Serializes a value as JSON; throws an error that says why it cannot be. */
export function toJson(value: unknown, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw notSerializable(what, error instanceof Error ? error.message : String(error), error);
  }
  if (text === undefined) {
    throw notSerializable(what, `it is ${described(value)}`, undefined);
  }
  return text;
}

function notSerializable(what: string, why: string, cause: unknown): TypeError {
  return new TypeError(`image-preflight: ${what} cannot be serialized as JSON: ${why}`, { cause });
}
