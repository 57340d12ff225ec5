/** The form for a copy: live findings, a verdict for each region, fixes by one click, the request that would be sent. */
import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { type Facts, type Finding, type Fix, check, destinations, request, standardSchema } from 'image-preflight';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type FieldError, type Resolver, type UseFormRegisterReturn, useForm } from 'react-hook-form';
import { type Image, REGION, factsOf } from './images.ts';
import { Rich } from './rich.tsx';
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

  const facts: Facts = useMemo(
    () => ({ ...factsOf(image), ...(copies === '' ? {} : { copiesInFlight: Number(copies) }) }),
    [image, copies],
  );
  const path = useMemo(() => ({ image_id: image.id }), [image]);
  const resolver = useMemo(
    // The form has the fields of both operations; each schema knows its own.
    () => standardSchemaResolver(standardSchema(operation, { facts, path, locale, rootPath: ['root'] })) as unknown as Resolver<Values>,
    [operation, facts, path, locale],
  );
  const { register, handleSubmit, formState, setValue, trigger, watch } = useForm<Values>({
    mode: 'onChange',
    resolver,
    defaultValues: isAcross
      ? { name: `copy_${REGION}_${image.name}`, description: '', region: '', project_name: '', agency_name: 'ims_copy_image', vault_id: '' }
      : { name: `${image.name}-copy`, description: '', cmk_id: '' },
  });
  // Validate again when the language or the facts change.
  useEffect(() => void trigger(), [trigger, resolver]);

  const body = watch();
  const value = { operation, path, body: body as unknown as Record<string, unknown>, facts };
  const report = useMemo(() => check(value, { locale }), [JSON.stringify(value), locale]);
  const regions = useMemo(() => destinations(facts, { locale }), [facts, locale]);
  const call = useMemo(() => (report.verdict === 'allowed' ? request(value) : undefined), [report]);
  const isFullEcs = image.__whole_image === true || image.__whole_image === 'true';
  const summary = useId();

  const fix = (name: string, fixed: string) => setValue(name as keyof Values, fixed, { shouldValidate: true, shouldDirty: true });
  const isShown = (name: keyof Values) => formState.dirtyFields[name] === true || formState.isSubmitted;

  const field = (name: keyof Values, label: string, isOptional = false) => (
    <Field
      label={label}
      isOptional={isOptional}
      registered={register(name)}
      error={isShown(name) ? formState.errors[name] : undefined}
      fixes={report.findings.filter(({ at, outcome }) => outcome === 'violated' && at === `/body/${name}`).flatMap(({ fixes }) => fixes)}
      fix={fix}
    />
  );
  // The errors of a field are shown at the field, and not before it has been edited.
  const beside = report.findings.filter(({ at, outcome, severity }) => {
    const [, section, name] = at.split('/');
    return outcome === 'violated' && !(section === 'body' && severity === 'error' && (name ?? '') in body && name !== 'vault_id');
  });

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
              <select id={`${summary}region`} {...register('region', {
                onChange: ({ target }) => {
                  setValue('project_name', target.value, { shouldValidate: true, shouldDirty: true });
                },
              })}>
                <option value="">{words.choose}</option>
                {regions.map(({ region, name, report: { verdict } }) => (
                  <option key={region} value={region} disabled={verdict === 'denied' || verdict === 'invalid'}>
                    {MARKS[verdict]} {name === region ? region : `${name} (${region})`}
                  </option>
                ))}
              </select>
            </div>
            {field('project_name', words.project)}
            {field('agency_name', words.agency)}
            {isFullEcs && field('vault_id', words.vault)}
          </>
        )}
        {!isAcross && field('cmk_id', words.cmk, true)}

        <section className={`verdict ${report.verdict}`} aria-live="polite" id={summary}>
          <p className="word">
            <span aria-hidden="true">{MARKS[report.verdict]}</span> {words[report.verdict]}
          </p>
          {beside.map((finding, index) => (
            <Said
              key={`${finding.rule}${finding.at}${index}`}
              finding={finding}
              fix={fix}
              wayOut={finding.fixes.some((fix) => fix.operation === 'ims.in-region-copy') ? () => change('ims.in-region-copy') : undefined}
            />
          ))}
          {(copies !== '' || report.missing.includes('/facts/copiesInFlight')) && (
            <div className="field">
              <label htmlFor={`${summary}copies`}>{words.copiesInFlight}</label>
              <input id={`${summary}copies`} type="number" min="0" inputMode="numeric" value={copies} onChange={({ target }) => setCopies(target.value)} />
            </div>
          )}
          {report.verdict === 'undetermined' && (
            <ul className="missing" aria-label={words.missing}>
              {report.findings.filter(({ outcome, severity }) => outcome === 'unknown' && severity === 'error').flatMap(({ fixes, rule }) =>
                fixes.map(({ title }) => <li key={rule + title}><Rich text={title} /></li>),
              )}
            </ul>
          )}
          {report.presumed.length > 0 && <Presumed pointers={report.presumed} />}
        </section>

        {call && (
          <section className="call" aria-label={words.request}>
            <h3>{words.request}</h3>
            <pre tabIndex={0}>
              {call.method} {call.path}
              {'\n\n'}
              {JSON.stringify(call.body, (_, inner: unknown) => (inner === '' ? undefined : inner), 2)}
            </pre>
          </section>
        )}
        {isSent && <p role="status">{words.sent}</p>}
        <div className="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" className="primary" aria-disabled={report.verdict !== 'allowed'} aria-describedby={summary}>
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
  fixes: Fix[];
  fix: (name: string, value: string) => void;
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
          <Rich text={error.message ?? ''} />
        </p>
      )}
      {error && <Fixes fixes={fixes.filter(({ patch }) => patch !== undefined)} fix={fix} />}
    </div>
  );
}

interface SaidProps {
  finding: Finding;
  fix: (name: string, value: string) => void;
  wayOut: (() => void) | undefined;
}

/** A finding, with buttons for its fixes. */
function Said({ finding, fix, wayOut }: SaidProps) {
  const [words, locale] = useWords();
  // The document in the reader's language, if there is one.
  const isChinese = /\p{Script=Han}/u;
  const source = finding.citations.find(({ document }) => isChinese.test(document) === (locale === 'zh-CN')) ?? finding.citations[0];
  return (
    <div className={`said ${finding.severity}`}>
      <p>
        <Rich text={finding.message} />
      </p>
      <Fixes fixes={finding.fixes} fix={fix} wayOut={wayOut} />
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
  fixes: Fix[];
  fix: (name: string, value: string) => void;
  wayOut?: (() => void) | undefined;
}

/** The fixes, with a button for each that can be applied. */
function Fixes({ fixes, fix, wayOut }: FixesProps) {
  const [words] = useWords();
  return fixes.map(({ title, patch }) => {
    const step = patch?.find(({ op, path }) => op !== 'move' && path.startsWith('/body/'));
    const name = step?.path.slice('/body/'.length) ?? '';
    return (
      <p key={title} className="fix">
        <span>
          <Rich text={title} />
        </span>
        {step !== undefined && (
          <button type="button" onClick={() => fix(name, 'value' in step ? String(step.value) : '')}>
            {words.applyFix}
          </button>
        )}
        {wayOut !== undefined && (
          <button type="button" onClick={wayOut}>
            {words.wayOut}
          </button>
        )}
      </p>
    );
  });
}
