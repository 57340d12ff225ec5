/** The form for a copy: live findings, a verdict for each region, fixes by one click, the request that would be sent. */
import { type FormFix, type FormIssue, createPreflight } from 'image-preflight/forms';
import { preflightResolver } from 'image-preflight/react-hook-form';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type FieldError, type UseFormRegisterReturn, useForm } from 'react-hook-form';
import { type Image, REGION, factsOf } from './images.ts';
import { useWords } from './words.ts';

export type CopyOperation = 'ims.cross-region-copy' | 'ims.in-region-copy';

interface Values {
  name: string;
  description?: string;
  region?: string;
  project_name?: string;
  agency_name?: string;
  vault_id?: string;
  cmk_id?: string;
}

interface Props {
  image: Image;
  operation: CopyOperation;
  change: (operation: CopyOperation) => void;
  close: () => void;
}

const MARKS = { allowed: '✓', denied: '✗', undetermined: '?', invalid: '!' } as const;

export function CopyDialog({ image, operation, change, close }: Props) {
  const [words, locale] = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const [copies, setCopies] = useState('');
  const [isSent, setSent] = useState(false);
  const isAcross = operation === 'ims.cross-region-copy';

  const preflight = useMemo(() => createPreflight({ operation, path: { image_id: image.id } }), [image, operation]);
  useMemo(() => {
    const facts = { ...factsOf(image), ...(copies === '' ? {} : { copiesInFlight: Number(copies) }) };
    const labels = isAcross ? { name: words.name, description: words.description, region: words.destination, project_name: words.project, agency_name: words.agency, vault_id: words.vault } : {};
    preflight.update({ facts, locale, labels });
  }, [preflight, image, copies, locale, words, isAcross]);
  const resolver = useMemo(() => preflightResolver(preflight), [preflight]);
  const { register, handleSubmit, formState, setValue, trigger, watch } = useForm<Values>({
    mode: 'onChange',
    resolver,
    defaultValues: isAcross
      ? { name: `copy_${REGION}_${image.name}`, description: '', region: '', project_name: '', agency_name: 'ims_copy_image', vault_id: '' }
      : { name: `${image.name}-copy`, description: '', cmk_id: '' },
  });
  // Validate again when the language or the facts change.
  useEffect(() => void trigger(), [trigger, preflight, copies, locale]);

  const values = watch();
  const shown = (Object.keys(values) as (keyof Values)[]).filter((name) => name !== 'vault_id');
  const state = preflight.check(values, shown);
  const { verdict, errors } = state;
  const call = state.request;
  const fields = Object.fromEntries(preflight.fields(values).map((field) => [field.name, field]));
  const isFullEcs = image.__whole_image === true || image.__whole_image === 'true';
  const summary = useId();

  const fix = ({ values: changes }: FormFix) => {
    for (const [name, fixed] of Object.entries(changes ?? {})) {
      setValue(name as keyof Values, fixed === undefined ? '' : String(fixed), { shouldValidate: true, shouldDirty: true });
    }
  };
  const isShown = (name: keyof Values) => formState.dirtyFields[name] === true || formState.isSubmitted;

  const field = (name: keyof Values, label: string, isOptional = false) => (
    <Field
      label={label}
      isOptional={isOptional}
      registered={register(name)}
      error={isShown(name) ? formState.errors[name] : undefined}
      fixes={(errors as Record<string, FormIssue[] | undefined>)[name]?.flatMap(({ fixes }) => fixes) ?? []}
      fix={fix}
    />
  );
  // The errors of a field are shown at the field, and not before it has been edited.
  const beside = verdict === 'undetermined' ? state.warnings : [...state.formErrors, ...state.warnings];

  return (
    <dialog ref={dialog} aria-labelledby={`${summary}title`} onClose={close}>
      <form
        noValidate
        onSubmit={handleSubmit(() => setSent(true))}
      >
        <h2 id={`${summary}title`}>{isAcross ? words.copyAcrossTitle : words.copyWithinTitle}</h2>
        <p className="of">{image.name}</p>
        {field('name', words.name)}
        {field('description', words.description, true)}
        {isAcross && (
          <>
            <div className="field">
              <label htmlFor={`${summary}region`}>{words.destination}</label>
              <select id={`${summary}region`} aria-required aria-invalid={isShown('region') && errors.region !== undefined} aria-describedby={`${summary}regionerror`} {...register('region', {
                onChange: ({ target }) => {
                  setValue('project_name', target.value, { shouldValidate: true, shouldDirty: true });
                },
              })}>
                <option value="">{words.choose}</option>
                {fields['region']?.options?.map(({ value, label, verdict }) => (
                  <option key={value} value={value} disabled={verdict === 'denied' || verdict === 'invalid'}>
                    {MARKS[verdict]} {label === value ? value : `${label} (${value})`}
                  </option>
                ))}
              </select>
              {isShown('region') && errors.region && (
                <p className="error" id={`${summary}regionerror`}>
                  {errors.region[0]?.message}
                </p>
              )}
            </div>
            {field('project_name', words.project)}
            {field('agency_name', words.agency)}
            {isFullEcs && field('vault_id', words.vault)}
          </>
        )}
        {!isAcross && field('cmk_id', words.cmk, true)}

        <section className={`verdict ${verdict}`} aria-live="polite" id={summary}>
          <p className="word">
            <span aria-hidden="true">{MARKS[verdict]}</span> {words[verdict]}
          </p>
          {beside.map((issue, index) => (
            <Said
              key={`${issue.rule}${index}`}
              issue={issue}
              fix={fix}
              wayOut={issue.fixes.some((fix) => fix.operation === 'ims.in-region-copy') ? () => change('ims.in-region-copy') : undefined}
            />
          ))}
          {(copies !== '' || state.missing.some(({ pointer }) => pointer === '/facts/copiesInFlight')) && (
            <div className="field">
              <label htmlFor={`${summary}copies`}>{words.copiesInFlight}</label>
              <input id={`${summary}copies`} type="number" min="0" inputMode="numeric" value={copies} onChange={({ target }) => setCopies(target.value)} />
            </div>
          )}
          {state.missing.length > 0 && (
            <ul className="missing" aria-label={words.missing}>
              {state.missing.map(({ pointer, how }) => <li key={pointer}>{how}</li>)}
            </ul>
          )}
          {state.presumed.length > 0 && <Presumed pointers={state.presumed.map(({ pointer }) => pointer)} />}
        </section>

        {call && (
          <section className="call" aria-label={words.request}>
            <h3>{words.request}</h3>
            <pre tabIndex={0}>
              {call.method} {call.path}
              {'\n\n'}
              {JSON.stringify(call.body, undefined, 2)}
            </pre>
          </section>
        )}
        {isSent && <p role="status">{words.sent}</p>}
        <div className="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" className="primary" aria-disabled={!state.isAllowed} aria-describedby={summary}>
            {words.submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** The facts that the verdict presumes to be in order, because nobody has said otherwise. */
function Presumed({ pointers }: { pointers: string[] }) {
  const [words] = useWords();
  return (
    <p className="presumed">
      {words.labelled(words.presumed, '')}
      {pointers.map((pointer, index) => (
        <span key={pointer}>
          {index > 0 && words.between}
          {words.presumedFacts[pointer] ?? <code>{pointer}</code>}
        </span>
      ))}
      {words.period}
    </p>
  );
}

interface FieldProps {
  label: string;
  isOptional: boolean;
  registered: UseFormRegisterReturn;
  error: FieldError | undefined;
  fixes: FormFix[];
  fix: (fix: FormFix) => void;
}

function Field({ label, isOptional, registered, error, fixes, fix }: FieldProps) {
  const [words] = useWords();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {isOptional && <span className="optional">{words.inBrackets(words.optional)}</span>}
      </label>
      <input id={id} autoComplete="off" aria-invalid={error !== undefined} aria-describedby={error && `${id}error`} {...registered} />
      {error && (
        <p className="error" id={`${id}error`}>
          {error.message}
        </p>
      )}
      {error && <Fixes fixes={fixes.filter(({ values }) => values !== undefined)} fix={fix} />}
    </div>
  );
}

interface SaidProps {
  issue: FormIssue;
  fix: (fix: FormFix) => void;
  wayOut: (() => void) | undefined;
}

/** A finding, with buttons for its fixes. */
function Said({ issue, fix, wayOut }: SaidProps) {
  const [words, locale] = useWords();
  // The document in the reader's language, if there is one.
  const isChinese = /\p{Script=Han}/u;
  const { citations } = issue.finding;
  const source = citations.find(({ document }) => isChinese.test(document) === (locale === 'zh-CN')) ?? citations[0];
  return (
    <div className={`said ${issue.severity}`}>
      <p>
        {issue.message}
      </p>
      <Fixes fixes={issue.fixes} fix={fix} wayOut={wayOut} />
      {source && (
        <p className="source">
          {words.labelled(words.source, '')}
          <cite>{source.url ? <a href={source.url}>{source.document}</a> : source.document}</cite> {source.date === 'undated' ? words.undated : source.date}
        </p>
      )}
    </div>
  );
}

interface FixesProps {
  fixes: FormFix[];
  fix: (fix: FormFix) => void;
  wayOut?: (() => void) | undefined;
}

/** The fixes, with a button for each that can be applied. */
function Fixes({ fixes, fix, wayOut }: FixesProps) {
  const [words] = useWords();
  return fixes.map((one) => (
    <p key={one.title} className="fix">
      <span>{one.title}</span>
      {one.values !== undefined && (
        <button type="button" onClick={() => fix(one)}>
          {words.applyFix}
        </button>
      )}
      {wayOut !== undefined && (
        <button type="button" onClick={wayOut}>
          {words.wayOut}
        </button>
      )}
    </p>
  ));
}
