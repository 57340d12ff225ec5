/**
 * Rules for the `Form` of Ant Design (React).
 *
 * @packageDocumentation
 */
import { createRounds, reject } from '../forms/rounds.js';
import type { FieldName, FormValues, Preflight } from '../forms/index.js';
import type { OperationId } from '../types.js';

/** What a rule uses of the form. */
export interface AntdForm {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  getFieldsValue(): any;
}

/** A rule of Ant Design, which gets the form. */
export type AntdRule = (form: AntdForm) => { validateTrigger?: string; validator: (rule?: object) => Promise<void> };

/**
 * A function from a field's name to the rules of its `Form.Item`, whatever name the item itself has: `name={['copy', 'region']}` has
 * `rules('region')`. When the form is submitted, an error that belongs to no item, such as an encrypted image, is shown at the last item
 * without an error of its own.
 *
 * @example
 * const rules = antdRules(preflight);
 * // <Form.Item name="name" label="名称" rules={rules('name')}>
 */
export function antdRules<O extends OperationId>(preflight: Preflight<O>): (name: FieldName<O>) => AntdRule[] {
  /** Where the form has the value of a field, or the rows of its list, told by its items when their rules run. */
  const places = new Map<string, Set<string>>();
  const foreign = createRounds();
  const issuesOf = async (form: AntdForm, name: string, rule: object | undefined) => {
    const told = places.get(name) ?? new Set();
    places.set(name, told.add(placeOf(name, rule as { field?: unknown } | undefined)));
    const read = (): FormValues<O> => {
      const all: unknown = form.getFieldsValue();
      const placed = Array.from(places, ([field, at]) => {
        const found = [...at].map((place) => valueAt(all, place)).filter((value) => value !== undefined);
        // The rows of a list with another name than the field; two values of one text are refused, since nobody knows which is meant.
        return [field, found.length > 1 ? found : found[0]];
      });
      return { ...(all as object), ...Object.fromEntries(placed) } as FormValues<O>;
    };
    // The items that are validated together tell their places first.
    await undefined;
    return (await preflight.validate(read)).issues;
  };
  return (name) => [
    (form) => ({
      // No item has this trigger: only a submit applies the rule.
      validateTrigger: 'onSubmit',
      async validator(rule) {
        reject(await foreign(name, () => issuesOf(form, name, rule)));
      },
    }),
    (form) => ({
      async validator(rule) {
        reject((await issuesOf(form, name, rule)).find(({ path }) => path[0] === name)?.message);
      },
    }),
  ];
}

/** Where the value of a field is: `copy.name` for `['copy', 'name']`, and `tags` for a row of the list, `tags.0`. */
function placeOf(name: string, rule: { field?: unknown } | undefined): string {
  const keys = String(rule?.field ?? name).split('.');
  const own = keys.lastIndexOf(name);
  return keys.slice(0, own < 0 ? undefined : own + 1).join('.');
}

function valueAt(all: unknown, place: string): unknown {
  return place.split('.').reduce((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], all);
}
