/**
 * A validator for the reactive forms of Angular. Its signal forms take a preflight as it is: `validateStandardSchema(path, preflight)`.
 *
 * @packageDocumentation
 */
import type { FieldName, FormIssue, FormValues, Preflight } from '../forms/index.js';
import type { OperationId } from '../types.js';

/** What the validator uses of a control. */
export interface Control {
  readonly value: unknown;
  readonly errors: Record<string, unknown> | null;
  setErrors(errors: Record<string, unknown> | null, options?: { emitEvent?: boolean }): void;
}

/** The errors of a control or of the group, under the key `preflight`. */
export interface PreflightErrors {
  preflight: FormIssue[];
  [key: string]: unknown;
}

/**
 * A validator for a `FormGroup` whose controls have the names of the fields. Each control gets its errors, under the key `preflight`;
 * the group gets all, so it is valid only if the request is allowed. Show those of the group: Angular itself takes away the errors of a
 * control when its own asynchronous validators have answered, but never those of the group.
 *
 * @example
 * const form = new FormGroup({ name: new FormControl(''), … }, { validators: preflightValidator(preflight) });
 * form.controls.name.errors?.['preflight'][0].message;
 */
export function preflightValidator<O extends OperationId>(preflight: Preflight<O>): (group: Control) => PreflightErrors | null {
  return (group) => {
    const controls = (group as Control & { readonly controls?: Record<string, Control> }).controls ?? {};
    const values = Object.fromEntries(Object.entries(controls).map(([name, { value }]) => [name, value])) as FormValues<O>;
    const { isAllowed, issues, errors } = preflight.check(values, Object.keys(controls) as FieldName<O>[]);
    for (const [name, control] of Object.entries(controls)) {
      const own = (errors as Record<string, FormIssue[] | undefined>)[name];
      const { preflight: before, ...others } = control.errors ?? {};
      if (own !== undefined || before !== undefined) {
        const after = own === undefined ? others : { ...others, preflight: own };
        control.setErrors(Object.keys(after).length > 0 ? after : null, { emitEvent: false });
      }
    }
    return isAllowed ? null : { preflight: issues };
  };
}
