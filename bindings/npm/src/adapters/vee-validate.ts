/**
 * A typed schema for VeeValidate 4.
 *
 * @packageDocumentation
 */
import type { FieldName, FormBody, FormValues, Preflight } from '../forms/index.js';
import type { OperationId } from '../types.js';

/** A typed schema of VeeValidate. */
export interface TypedSchema<Input, Output> {
  __type: 'VVTypedSchema';
  parse(values: Input): Promise<{ value?: Output; errors: { path?: string; errors: string[] }[] }>;
  cast(values: Partial<Input>): Input;
}

/**
 * A schema for `useForm({ validationSchema: typedSchema(preflight, fields) })`. What the form submits is the cleaned body. An error that
 * belongs to none of the fields, such as an encrypted image, has the path `form`.
 *
 * @example
 * const { defineField, errors, handleSubmit } = useForm({ validationSchema: typedSchema(preflight, ['name', 'description']) });
 */
export function typedSchema<O extends OperationId>(preflight: Preflight<O>, shown?: readonly FieldName<O>[]): TypedSchema<FormValues<O>, FormBody<O>> {
  return {
    __type: 'VVTypedSchema',
    async parse(values) {
      const { isAllowed, issues, body } = await preflight.validate(values, shown ?? (Object.keys(values) as FieldName<O>[]));
      const paths = new Map<string, string[]>();
      for (const { path, message } of issues) {
        const name = path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('') || 'form';
        paths.set(name, [...(paths.get(name) ?? []), message]);
      }
      const errors = Array.from(paths, ([path, messages]) => ({ path, errors: messages }));
      return isAllowed ? { value: body, errors: [] } : { errors };
    },
    cast: (values) => values as FormValues<O>,
  };
}
