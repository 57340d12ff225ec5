/**
 * Rules for forms that use async-validator: Element Plus, TinyVue, Ant Design Vue, Naive UI.
 *
 * @packageDocumentation
 */
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

/**
 * The rules of a form, by field. The model is that of the form; rules are made for those fields of the operation that it has, and
 * each of them needs a form item with that `prop`. An error that belongs to none of them, such as an encrypted image, is shown at the
 * last one, when the form is submitted.
 *
 * @example
 * const model = reactive({ name: '', region: '', project_name: '', agency_name: '' });
 * const rules = formRules(preflight, model);
 * // <el-form :model="model" :rules="rules">
 */
export function formRules<O extends OperationId, V extends FormValues<O>>(preflight: Preflight<O>, model: V): { [K in FieldName<O> & keyof V]: FieldRule[] } {
  const all = preflight.fields(model).filter(({ name }) => name in model);
  const shown = all.map(({ name }) => name as string);
  /** The fields whose rules have been applied. The form has an item for each of them. */
  const applied = new Set<string>();
  const rules = all.map(({ name, required }, index) => {
    const own: FieldRule = {
      required,
      trigger: ['input', 'change', 'blur'],
      async validator() {
        applied.add(name);
        const { errors } = await preflight.validate(model, shown as FieldName<O>[]);
        reject(errors[name]?.[0]?.message);
      },
    };
    const others: FieldRule = {
      trigger: 'submit',
      async validator() {
        const { issues } = await preflight.validate(model, shown as FieldName<O>[]);
        // Forms apply the rules of their items in order, so an item whose rules were never applied does not exist.
        const message = issues.find(({ path: [field] }) => field === undefined || !applied.has(String(field)))?.message;
        reject(message);
      },
    };
    return [name, index === all.length - 1 ? [own, others] : [own]];
  });
  return Object.fromEntries(rules) as { [K in FieldName<O> & keyof V]: FieldRule[] };
}

function reject(message: string | undefined): void {
  if (message !== undefined) {
    throw new Error(message);
  }
}
