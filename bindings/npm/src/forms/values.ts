/** From a form's values to a body, and back. */
import type { OperationId, PatchOperation } from '../types.js';
import { definitionOf, operationInfo, type Definition } from './table.js';
import type { FormBody, FormValues } from './types.js';

const INTEGER = /^\s*[+-]?\d+\s*$/;

/** Separators between elements of a list in one text: commas, semicolons, line breaks. Tags may contain spaces. */
const SEPARATOR = /[,，;；\n]/;

/**
 * The body that a form's values mean: blanks are dropped, integers and lists converted from text. Values that are neither of the
 * operation nor convertible stay as they are, so that the check can say what is wrong; values of no field of the operation are left
 * out.
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
    const value = Object.prototype.hasOwnProperty.call(given, name) ? cleaned(given[name], definitionOf(field)) : undefined;
    if (value !== undefined) {
      body[name] = value;
    }
  }
  return body as FormBody<O>;
}

function cleaned(value: unknown, definition: Definition): unknown {
  if (isBlank(value)) {
    return undefined;
  }
  if (definition.type === 'integer' && typeof value === 'string' && INTEGER.test(value) && Number.isSafeInteger(Number(value))) {
    return Number(value);
  }
  // An empty `<input type="number">` is NaN for some libraries. JSON has neither this nor infinity, which would become null.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? undefined : String(value);
  }
  if (definition.type === 'array') {
    const elements = typeof value === 'string' ? value.split(SEPARATOR).map((part) => part.trim()) : value;
    if (!Array.isArray(elements)) {
      return value;
    }
    const isPair = definition.items?.type === 'object';
    const list = Array.from(elements as unknown[])
      .filter((element) => !isBlank(element) && !isBlankPair(element))
      .map((element) => (isPair && typeof element === 'string' ? pairOf(element) : element));
    return list.length === 0 ? undefined : list;
  }
  return value;
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
