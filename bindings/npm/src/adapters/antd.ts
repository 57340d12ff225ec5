/**
 * Rules for the `Form` of Ant Design (React).
 *
 * @packageDocumentation
 */
import type { FieldName, FormValues, Preflight } from '../forms/index.js';
import type { OperationId } from '../types.js';

/** What a rule uses of the form. */
export interface AntdForm {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  getFieldsValue(): any;
}

/** A rule of Ant Design, which gets the form. */
export type AntdRule = (form: AntdForm) => { validateTrigger?: string; validator: () => Promise<void> };

/**
 * A function from a field's name to the rules of its `Form.Item`. An error that belongs to no item, such as an encrypted image, is
 * shown at the last item with rules when the form is submitted.
 *
 * @example
 * const rules = antdRules(preflight);
 * // <Form.Item name="name" label="名称" rules={rules('name')}>
 */
export function antdRules<O extends OperationId>(preflight: Preflight<O>): (name: FieldName<O>) => AntdRule[] {
  /** The fields that have rules. */
  const ruled = new Set<string>();
  const all = preflight.fields().map(({ name }) => name as string);
  const stateOf = (form: AntdForm) => {
    const values = form.getFieldsValue() as FormValues<O>;
    const shown = all.filter((name) => name in values && ruled.has(name));
    return { shown, state: preflight.validate(values, shown as FieldName<O>[]) };
  };
  return (name) => {
    ruled.add(name);
    return [
      (form) => ({
        async validator() {
          reject((await stateOf(form).state).errors[name]?.[0]?.message);
        },
      }),
      (form) => ({
        // No item has this trigger: only a submit applies the rule.
        validateTrigger: 'onSubmit',
        async validator() {
          const { shown, state } = stateOf(form);
          if (shown[shown.length - 1] === name) {
            reject((await state).formErrors[0]?.message);
          }
        },
      }),
    ];
  };
}

function reject(message: string | undefined): void {
  if (message !== undefined) {
    throw new Error(message);
  }
}
