import { preflightResolver } from 'image-preflight/react-hook-form';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { useForm } from 'react-hook-form';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
function CopyForm() {
  const { register, handleSubmit, trigger, formState } = useForm({
    mode: 'onChange',
    defaultValues: empty,
    resolver: preflightResolver(preflight),
  });
  const { errors, isSubmitted } = formState;
  // Facts that have come late: validate again.
  useEffect(() => preflight.subscribe(() => isSubmitted && void trigger()), [trigger, isSubmitted]);
  return (
    <form noValidate onSubmit={handleSubmit((values) => preflight.submit(values, send))}>
      {names.map((name) => (
        <label key={name}>
          {labels[name]} <input {...register(name)} aria-invalid={errors[name] !== undefined} />
          {errors[name] && <span role="alert">{errors[name].message}</span>}
        </label>
      ))}
      {errors.root && <p role="alert">{errors.root.message}</p>}
      <button>复制</button>
    </form>
  );
}
// docs]

createRoot(document.getElementById('app')!).render(<CopyForm />);
