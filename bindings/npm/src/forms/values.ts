/** From a form's values to a body, and back. */
import type { OperationId, PatchOperation } from '../types.js';
import { definitionOf, operationInfo, type Definition } from './table.js';
import type { FormBody, FormValues } from './types.js';

/** An integer as people write it, `1.0` included. */
const INTEGER = /^\s*[+-]?\d+(?:\.0*)?\s*$/;

/** Kinds of text that are sent as they were typed. All others are ids and names of things that exist, which nobody begins with a space. */
const AS_TYPED = /^(?:ImageName|Description|JdName|JdDescription)$/;

/** Separators between elements of a list in one text: commas, semicolons, line breaks. Tags may contain spaces. */
const SEPARATOR = /[,，;；\n]/;

/**
 * The body that a form's values mean: blanks are dropped, integers and lists converted from text, ids, regions and names of projects and
 * agencies trimmed; a name and a description stay as they were typed. Values that are not convertible stay as they are, so that the check
 * can say what is wrong; values of no field of the operation, and members of rows that tags do not have, are left out. Lists and objects are
 * copies.
 *
 * @throws {TypeError} if there is no such operation.
 * @example
 * fromForm('ims.whole-image', { name: 'n', description: ' ', min_ram: '1024', tags: 'team.web, env.test' });
 * // { name: 'n', tags: ['team.web', 'env.test'], min_ram: 1024 }
 */
export function fromForm<O extends OperationId>(operation: O, values: FormValues<O>): FormBody<O> {
  const body: Record<string, unknown> = {};
  const given = (typeof values === 'object' && values !== null ? values : {}) as Record<string, unknown>;
  for (const [name, field] of Object.entries(operationInfo(operation).fields)) {
    const value = Object.prototype.hasOwnProperty.call(given, name) ? cleaned(given[name], definitionOf(field), AS_TYPED.test(field.kind)) : undefined;
    if (value !== undefined) {
      body[name] = value;
    }
  }
  return body as FormBody<O>;
}

function cleaned(value: unknown, definition: Definition, isAsTyped: boolean): unknown {
  if (isBlank(value)) {
    return undefined;
  }
  // A number that is too large for JavaScript is too large for the field as well, and the check says so.
  if (definition.type === 'integer' && isIntegerText(value)) {
    return Number(value);
  }
  // JSON has no NaN and no infinity, which would become null. What a library has made NaN may be what somebody typed, so it is no blank.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return String(value);
  }
  if (definition.type === 'array') {
    const elements = typeof value === 'string' ? value.split(SEPARATOR) : value;
    if (!Array.isArray(elements)) {
      return copyOf(value);
    }
    const members = definition.items?.properties;
    const list = rowsOf(elements).map((row) => {
      const element: unknown = typeof elements[row] === 'string' ? elements[row].trim() : copyOf(elements[row]);
      return members === undefined ? element : typeof element === 'string' ? pairOf(element) : withOnly(members, element);
    });
    return list.length === 0 ? undefined : list;
  }
  return typeof value === 'string' && !isAsTyped ? value.trim() : copyOf(value);
}

function isIntegerText(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'string' && INTEGER.test(value) && Number.isFinite(Number(value)));
}

/** A row without what the form has beside its members, such as a key for rendering. */
function withOnly(members: object, row: unknown): unknown {
  const isRow = typeof row === 'object' && row !== null && !Array.isArray(row);
  return isRow ? Object.fromEntries(Object.entries(row).filter(([name]) => Object.prototype.hasOwnProperty.call(members, name))) : row;
}

/** The places of the rows of a form's list that somebody has filled in: those that the body's list has. */
export function rowsOf(list: readonly unknown[]): number[] {
  return Array.from(list).flatMap((row, at) => (isBlank(row) || isBlankPair(row) ? [] : [at]));
}

/** A copy of a list or an object, as JSON has it: the form's own may change while the request is on its way. */
function copyOf(value: unknown): unknown {
  try {
    return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
  } catch {
    return value; // The check says why it cannot be sent.
  }
}

/** A tag in one text, `key=value`. */
function pairOf(text: string): unknown {
  const at = text.indexOf('=');
  return at < 0 ? { key: text, value: '' } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Whether this is a row of tags that nobody has filled in. */
function isBlankPair(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'key' in value && isBlank(value.key) && 'value' in value && isBlank(value.value);
}

/** Whether a text within a value has half of a character, as a text that was cut off may. */
export function hasLoneSurrogate(value: unknown): boolean {
  return typeof value === 'string' ? /\p{Cs}/u.test(value) : typeof value === 'object' && value !== null && Object.values(value).some(hasLoneSurrogate);
}

/** The tokens of a JSON Pointer. */
export function tokensOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/**
 * The values that a patch on the case changes, by field; `undefined` if it changes anything beside the body, or cannot be applied. A
 * list that the form has as text becomes text again.
 */
export function changesOf(patch: readonly PatchOperation[], body: object, values: object): Record<string, unknown> | undefined {
  const next = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
  const changed: Record<string, unknown> = {};
  for (const step of patch) {
    const steps = step.op === 'move' ? [{ ...step, op: 'remove', path: step.from ?? '' }, { ...step, op: 'add', value: at(next, step.from ?? '') }] : [step];
    for (const { op, path, value } of steps as { op: string; path: string; value?: unknown }[]) {
      const [section, name, ...rest] = tokensOf(path);
      if (section !== 'body' || name === undefined || !change(next, [name, ...rest], op, value)) {
        return undefined;
      }
      changed[name] = undefined;
    }
  }
  for (const name of Object.keys(changed)) {
    const value = next[name];
    const isText = typeof (values as Record<string, unknown>)[name] === 'string' && Array.isArray(value);
    changed[name] = isText ? value.map((element: unknown) => (typeof element === 'string' ? element : textOfPair(element))).join(', ') : value;
  }
  return changed;
}

function textOfPair(element: unknown): string {
  const { key, value } = element as { key?: unknown; value?: unknown };
  return `${String(key)}=${String(value)}`;
}

function at(value: unknown, pointer: string): unknown {
  return tokensOf(pointer)
    .slice(1)
    .reduce<unknown>((inner, token) => (inner as Record<string, unknown> | undefined)?.[token], value);
}

/** Applies a step of a JSON Patch within a body; returns whether it could be. */
function change(body: Record<string, unknown>, tokens: readonly string[], op: string, value: unknown): boolean {
  let holder: unknown = body;
  for (const token of tokens.slice(0, -1)) {
    holder = (holder as Record<string, unknown>)[token];
    if (typeof holder !== 'object' || holder === null) {
      return false;
    }
  }
  const last = tokens[tokens.length - 1]!;
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : Number(last);
    holder.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (op === 'remove') {
    delete (holder as Record<string, unknown>)[last];
  } else {
    (holder as Record<string, unknown>)[last] = value;
  }
  return true;
}
