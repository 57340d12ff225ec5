import { useForm } from '@tanstack/react-form';
import { type FormEvent, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
function CopyForm() {
  const form = useForm({
    defaultValues: empty,
    validators: { onChange: preflight },
    onSubmit: ({ value }) => preflight.submit(value, send),
  });
  // Facts that have come late: validate again.
  useEffect(() => preflight.subscribe(() => form.state.isTouched && void form.validate('change')), [form]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What could not be loaded may be there now.
    preflight.retry();
    void form.handleSubmit();
  };
  return (
    <form noValidate onSubmit={submit}>
      {names.map((name) => (
        <form.Field key={name} name={name}>
          {({ state, handleChange }) => (
            <label>
              {labels[name]} <input name={name} value={state.value} onChange={({ target }) => handleChange(target.value)} aria-invalid={state.meta.isTouched && !state.meta.isValid} />
              {state.meta.isTouched && state.meta.errors[0] && <span role="alert">{state.meta.errors[0].message}</span>}
            </label>
          )}
        </form.Field>
      ))}
      {/* What belongs to no field has the empty path. */}
      <form.Subscribe selector={({ errors, isTouched }) => (isTouched ? errors[0]?.['']?.[0]?.message : undefined)}>
        {(message) => message && <p role="alert">{message}</p>}
      </form.Subscribe>
      <button>复制</button>
    </form>
  );
}
// docs]

createRoot(document.getElementById('app')!).render(<CopyForm />);
