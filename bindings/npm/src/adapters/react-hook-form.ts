/**
 * A resolver for React Hook Form.
 *
 * @packageDocumentation
 */
import type { FieldName, FormIssue, FormValues, Preflight } from '../forms/index.js';
import type { OperationId } from '../types.js';

/** What React Hook Form takes from a resolver. Its types depend on the form's values, and this package does not depend on it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ResolverAnswer = { values: any; errors: any };

/**
 * A resolver for `useForm({ resolver: preflightResolver(preflight) })`. What the form submits is the cleaned body. An error that
 * belongs to no registered field is in `errors.root`, in a sentence that names the field if there is one, with those of each rule in
 * `errors.root['<rule>']`.
 *
 * @example
 * const { register, handleSubmit } = useForm<Values>({ mode: 'onChange', resolver: preflightResolver(preflight) });
 */
export function preflightResolver<O extends OperationId>(
  preflight: Preflight<O>,
): (values: FormValues<O>, context?: unknown, options?: { readonly fields?: object | undefined }) => Promise<ResolverAnswer> {
  return async (values, _, options) => {
    const state = await preflight.validate(values, Object.keys(values) as FieldName<O>[]);
    if (state.isAllowed) {
      return { values: state.body, errors: {} };
    }
    // Those that are validated. The form looks only at their errors, and at those of the root if they are all of its fields.
    const registered = Object.keys(options?.fields ?? values);
    const errors: Record<string, unknown> = {};
    for (const issue of state.issues) {
      const [name] = issue.path;
      if (name !== undefined && registered.includes(String(name))) {
        put(errors, issue.path, issue, issue.message);
      } else {
        const message = name === undefined ? issue.message : issue.summary;
        errors['root'] ??= errorOf(issue, message);
        put(errors, ['root', issue.rule.slice(issue.rule.lastIndexOf('.') + 1)], issue, message);
      }
    }
    return { values: {}, errors };
  };
}

function errorOf({ rule }: FormIssue, message: string): { type: string; message: string } {
  return { type: rule, message };
}

/** Puts an error at its place; the first one of a place stays. */
function put(errors: Record<string, unknown>, path: readonly (string | number)[], issue: FormIssue, message: string): void {
  let holder = errors;
  for (const [index, key] of path.slice(0, -1).entries()) {
    holder = (holder[key] ??= typeof path[index + 1] === 'number' ? [] : {}) as Record<string, unknown>;
  }
  const last = path[path.length - 1]!;
  holder[last] = { ...errorOf(issue, message), ...(holder[last] as object | undefined) };
}
