/**
 * Rules for forms that use async-validator: Element Plus, TinyVue, Ant Design Vue, Naive UI.
 *
 * @packageDocumentation
 */
import { createRounds, reject } from '../forms/rounds.js';
import type { FieldName, FormValues, Preflight } from '../forms/index.js';
import type { OperationId } from '../types.js';

/** A rule of async-validator. */
export interface FieldRule {
  /** Whether the form shows a red star. */
  required?: boolean;
  /** The events after which the rule is applied; a submit applies all. */
  trigger: string | string[];
  /** Resolves if the value is right, and rejects with the message otherwise. */
  validator: () => Promise<void>;
}

/** A value, a ref of Vue with it, or a function that returns it: the latter two for one that is replaced later. */
export type Source<T> = T | { readonly value: T } | (() => T);

/** What is used of an Element Plus form: its items. */
export interface FormItems {
  readonly fields?: readonly { readonly prop?: unknown }[] | undefined;
}

/**
 * The rules of a form, by field, for all fields of the operation; those of fields that the form has no item for do nothing. The model is
 * that of the form. When the form is submitted, an error that belongs to no item, such as an encrypted image, is shown at the last item
 * without an error of its own.
 *
 * Element Plus validates one item after the other, so the first one shows it, and also an error of a field after it, which might have no
 * item. With the form as a third argument it does so only for fields without one.
 *
 * @throws {TypeError} if the model is no object of the fields' values.
 * @example
 * const model = reactive({ name: '', region: '', project_name: '', agency_name: '' });
 * const form = ref<FormInstance>();
 * const rules = formRules(preflight, model, form);
 * // <el-form ref="form" :model="model" :rules="rules">
 */
export function formRules<O extends OperationId, V extends FormValues<O>>(preflight: Preflight<O>, model: Source<V>, form?: Source<FormItems | null | undefined>): Record<FieldName<O>, FieldRule[]> {
  const current = read(model);
  if (current !== undefined && current !== null && typeof current !== 'object') {
    throw new TypeError(`image-preflight: the model is a ${typeof current}; it must be an object of the form's values by field, a ref with it, or a function that returns it`);
  }
  const values = (): FormValues<O> => read(model) ?? {};
  const fields = preflight.fields(values());
  const names = Object.keys(values());
  if (names.length > 0 && !fields.some(({ name }) => names.includes(name))) {
    throw new TypeError(`image-preflight: the model has none of the fields ${fields.map(({ name }) => name).join(', ')}, but ${names.join(', ')}; pass the object whose members they are, such as () => model.copy`);
  }
  const foreign = createRounds();
  const issues = async () => (await preflight.validate(values)).issues;
  const rendered = (): string[] => (read(form)?.fields ?? []).flatMap(({ prop }) => (typeof prop === 'string' ? [prop] : []));
  const rules = fields.map(({ name, required }): [string, FieldRule[]] => [
    name,
    [
      {
        trigger: 'submit',
        async validator() {
          reject(await foreign(name, issues, rendered));
        },
      },
      {
        required,
        trigger: ['input', 'change', 'blur'],
        async validator() {
          reject((await issues()).find(({ path }) => path[0] === name)?.message);
        },
      },
    ],
  ]);
  return Object.fromEntries(rules) as Record<FieldName<O>, FieldRule[]>;
}

/** The value of a source, as it is now. */
function read<T>(source: Source<T>): T {
  if (typeof source === 'function') {
    return (source as () => T)();
  }
  const isRef = typeof source === 'object' && source !== null && (source as { __v_isRef?: unknown }).__v_isRef === true;
  return isRef ? (source as { value: T }).value : (source as T);
}
