/** One call a keystroke: everything that a form shows, and the request once it is allowed. */
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { check, keepFacts } from '../index.js';
import { wrong } from '../options.js';
import type { CaseOf, Facts, Finding, HttpRequest, IssueOf, OperationId, Report } from '../types.js';
import { fields, type FormField } from './fields.js';
import { inFormsWords, labelsOf } from './labels.js';
import { LateFacts, withLoaded, type About, type AnyLoader } from './loaders.js';
import { checkFacts, checkOptions, isObject } from './options.js';
import { bodySchema, languageOf, operationInfo, type Texts } from './table.js';
import type { FactName, FieldName, FormBody, FormFix, FormIssue, FormState, FormValues, MissingFact, PreflightContext, PreflightOptions, Signal } from './types.js';
import { changesOf, fromForm, hasLoneSurrogate, rowsOf, tokensOf } from './values.js';

/** An issue of {@link Preflight} as a Standard Schema: with the rule, the kind, the parameters and the fixes. */
export type PreflightIssue = StandardSchemaV1.Issue & Readonly<IssueOf<Finding>> & { readonly fixes: FormFix[] };

/** The Standard Schema and Standard JSON Schema of a form. */
export interface PreflightStandard<O extends OperationId> {
  readonly version: 1;
  readonly vendor: 'image-preflight';
  /** Any input: some libraries want exactly the type of their form. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly types?: StandardSchemaV1.Types<any, FormBody<O>> | undefined;
  readonly validate: (values: unknown) => { readonly value: FormBody<O>; readonly issues?: undefined } | { readonly issues: readonly PreflightIssue[] };
  /** The JSON Schema of the body; `input` takes text for numbers and lists as well, as forms have it. */
  readonly jsonSchema: StandardJSONSchemaV1.Converter;
}

/** The form's values, or a function that reads them: then those are checked that the form has once the facts are there. */
export type ValuesOrRead<O extends OperationId> = FormValues<O> | (() => FormValues<O>);

/** Options for `submit`. */
export interface SubmitOptions {
  /** Once it aborts, nothing is sent any more: for a form that is closed. */
  readonly signal?: Signal | undefined;
}

/** A form's check. It is a [Standard Schema](https://standardschema.dev), too. */
export interface Preflight<O extends OperationId> {
  readonly operation: O;
  /** The state of the last values. */
  readonly state: FormState<O> | undefined;
  /**
   * Checks the form's values, at each keystroke. Loaders start after a pause, and subscribers hear of what they find out. Errors of fields
   * that are not among those shown are form errors.
   */
  check(values: FormValues<O>, shown?: readonly FieldName<O>[]): FormState<O>;
  /** The same before a submit: waits for the facts that could turn the verdict, while they are being loaded. */
  validate(values: ValuesOrRead<O>, shown?: readonly FieldName<O>[]): Promise<FormState<O>>;
  /**
   * Validates, and calls `send` with the request only if it is allowed: the last step of a submit, whatever the form's library has let
   * through. Resolves to the state once `send` has ended.
   *
   * The same request again, while it is on its way, is the same submit: `send` is called once. Another one waits for it. After `send`, the
   * loaders are asked again. Nothing is sent if `update` has changed what the request is about meanwhile, such as the image, or if the
   * signal aborts while facts are waited for.
   *
   * @throws {TypeError} if the request is allowed, but has values that are `unknown`.
   * @example
   * const { formErrors } = await preflight.submit(values, (request) => api.send(request));
   */
  submit(values: ValuesOrRead<O>, send: (request: HttpRequest) => unknown, options?: SubmitOptions): Promise<FormState<O>>;
  /** The values after a fix. */
  apply<V extends FormValues<O>>(values: V, fix: FormFix): V;
  /** The fields of the form, for the last values. */
  fields(values?: FormValues<O>): FormField<FieldName<O>>[];
  /**
   * Replaces facts, path parameters, language, labels and so on, and checks the last values again. Facts are taken as they are now.
   *
   * @throws {TypeError} if something of it is wrong; then everything stays as it was.
   */
  update(context: PreflightContext<O>): void;
  /** Asks the loaders again that have failed, or those of the facts that are named, whatever they have answered. */
  retry(facts?: readonly FactName[]): void;
  /** Calls a function whenever the state has changed other than by a call of `check`. Returns a function that ends this. */
  subscribe(listener: (state: FormState<O>) => void): () => void;
  readonly '~standard': PreflightStandard<O>;
}

/**
 * The check of a form for one operation.
 *
 * @throws {TypeError} if there is no such operation, an option is wrong, or the facts cannot be serialized as JSON.
 * @example
 * addLocale(chinese); // from 'image-preflight' and 'image-preflight/locales/zh-CN'
 * const preflight = createPreflight({
 *   operation: 'ims.cross-region-copy',
 *   path: { image_id: image.id },
 *   facts: { sourceRegion: 'cn-north-4', imageObject: image },
 *   loaders: { copiesInFlight: () => api.countCopies() },
 *   locale: 'zh-CN',
 * });
 * const { errors, formErrors, request } = preflight.check({ name: 'copy', region: '' });
 * errors.region[0].message; // '此项为必填项。'
 */
export function createPreflight<O extends OperationId>(options: PreflightOptions<O>): Preflight<O> {
  if (typeof options !== 'object' || options === null) {
    throw wrong('the argument options', options, "an object such as { operation: 'ims.in-region-copy' }");
  }
  const { operation, loaders = {}, debounce = 300, timeout = 30_000 } = options;
  const info = operationInfo(operation);
  checkOptions(options, info.fields, info.parameters);
  let context: PreflightContext<O> = { ...options, facts: keepFacts(options.facts) };
  let last: { values: FormValues<O>; shown: readonly FieldName<O>[] | undefined; state: FormState<O> } | undefined;
  const listeners = new Set<(state: FormState<O>) => void>();
  const late = new LateFacts(loaders as Partial<Record<FactName, AnyLoader>>, debounce, timeout, () => again(), (fact, answer) => {
    const { path, edition } = context;
    const { findings } = check({ operation, path, body: last?.state.body ?? {}, facts: { [fact]: answer }, edition } as unknown as CaseOf<O>);
    return findings.find(({ rule, severity, at }) => rule === 'case.facts' && severity === 'error' && `${at}/`.startsWith(`/facts/${fact}/`))?.message;
  });
  /** The submit that is going on. */
  let sending: { key: string | undefined; done: Promise<FormState<O>> } | undefined;

  /** The facts of the last check, which are kept until others are given or loaded. */
  let known: { given: Facts | undefined; loaded: Facts; facts: Facts | undefined } | undefined;
  const factsAbout = (about: About): Facts | undefined => {
    const [given, loaded] = [about.given, late.facts(about)];
    if (known === undefined || known.given !== given || !hasSame(known.loaded, loaded)) {
      known = { given, loaded, facts: keepFacts(withLoaded(given, loaded)) };
    }
    return known.facts;
  };

  const again = (): void => {
    if (last !== undefined) {
      const state = preflight.check(last.values, last.shown);
      for (const listener of [...listeners]) {
        try {
          listener(state);
        } catch (error) {
          // It is reported as any uncaught error, and stops neither the others nor whoever waits for the state.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    }
  };

  const judge = (values: FormValues<O>): { report: Report; body: FormBody<O>; about: About } => {
    const body = fromForm(operation, values);
    const { path, edition, unknown, strict, locale } = context;
    const about: About = { operation, path, body, given: context.facts };
    const facts = factsAbout(about);
    const report = check({ operation, path, body, facts, edition, unknown, strict } as unknown as CaseOf<O>, locale === undefined ? undefined : { locale });
    return { report, body, about };
  };

  const describe = (values: FormValues<O>, shown: readonly string[], { report, body, about }: ReturnType<typeof judge>): FormState<O> => {
    const language = languageOf(context.locale);
    const labelOf = labelsOf(info, (context.labels ?? {}) as Record<string, string>, language);
    const inWords = (text: string): string => inFormsWords(text, labelOf, language);
    const { verdict, findings } = report;

    const missingFact = (pointer: string): MissingFact => {
      const how = findings.find((finding) => finding.outcome === 'unknown' && finding.missing.includes(pointer))?.fixes[0]?.title;
      return { ...late.describe(pointer, about), ...(how === undefined ? {} : { how: inWords(how) }) };
    };
    const issueOf = (finding: Finding): FormIssue => {
      const isHalf = finding.rule === 'case.syntax' && finding.params.problem === 'lone-surrogate';
      // The core has no place for half of a character: no JSON has it. The form's values tell.
      const half = isHalf ? Object.keys(body).find((name) => hasLoneSurrogate((body as Record<string, unknown>)[name])) : undefined;
      const at = half === undefined ? finding.at : `/body/${half}`;
      const path = pathOf(at, values, shown);
      const [section, name] = tokensOf(at);
      const label = section === 'body' || section === 'path' ? labelOf(name ?? '') : undefined;
      // The field instead of the line and the column of the JSON, which nobody sees.
      const whole = half === undefined ? finding.message : finding.message.replace(/^.*?(?=[:：])/, `\`${half}\``);
      // A hint says "this": that is clear only beside the field, and not where another field is meant as well.
      const isShort = context.voice !== 'full' && (path.length > 0 || label === undefined) && finding.params.kind !== 'conflict';
      const facts = finding.missing.map((pointer) => late.describe(pointer, about));
      const hasFailed = facts.some(({ state, loadable }) => state === 'failed' && loadable.length > 0);
      const end = hasFailed ? NOT_LOADED[language] : '';
      const summary = inWords(whole) + end;
      return {
        message: isShort && half === undefined && finding.hint != null ? inWords(finding.hint) + end : summary,
        summary,
        path,
        ...(label === undefined ? {} : { label }),
        rule: finding.rule,
        ...(finding.params.kind == null ? {} : { kind: finding.params.kind }),
        params: finding.params,
        severity: finding.severity,
        outcome: finding.outcome,
        missing: finding.missing,
        isLoading: facts.length > 0 && facts.every(({ state }) => state === 'loading'),
        fixes: (half === undefined ? finding.fixes : []).map(({ title, patch, operation: other }) => {
          const changes = patch && changesOf(patch, body, values);
          return { title: inWords(title), ...(changes && { values: changes }), ...(other && { operation: other }) };
        }),
        finding,
      } as FormIssue;
    };

    const isAllowed = verdict === 'allowed';
    const counts = verdict === 'undetermined' ? 'unknown' : 'violated';
    const decisive = findings.filter(({ severity, outcome }) => severity === 'error' && outcome === counts);
    const issues = (isAllowed ? [] : decisive.length > 0 ? decisive : findings).map(issueOf);
    const errors: Record<string, FormIssue[]> = {};
    for (const issue of issues.filter(({ path }) => path.length > 0)) {
      (errors[issue.path[0]!] ??= []).push(issue);
    }
    return {
      verdict,
      isAllowed,
      errors: errors as FormState<O>['errors'],
      formErrors: issues.filter(({ path }) => path.length === 0),
      issues,
      warnings: findings.filter((finding) => finding.severity !== 'error' && finding.outcome === 'violated' && !isForDevelopers(finding)).map(issueOf),
      missing: report.missing.map(missingFact),
      presumed: report.presumed.map(missingFact),
      isLoading: late.isLoading,
      body,
      // A value that is not known yet cannot be sent.
      ...(isAllowed && (context.unknown ?? []).length === 0 && { request: requestOf() }),
      report,
    };

    function requestOf(): HttpRequest {
      const { edition, path } = context;
      const name = typeof edition === 'object' && edition !== null ? edition.extends : edition;
      const template = info.pathByEdition[name ?? ''] ?? info.path;
      const filled = template.replace(/\{(\w+)\}/g, (_, parameter: string) => encoded(String((path as Record<string, unknown> | undefined)?.[parameter])));
      return { method: info.method, path: filled, body: body as HttpRequest['body'] };
    }
  };

  const allShown = (shown: readonly string[] | undefined): readonly string[] => shown ?? options.shown ?? Object.keys(info.fields);

  /** The state once the facts are there that are being loaded and could turn the verdict, or once the signal aborts. */
  async function settled(values: ValuesOrRead<O>, shown: readonly FieldName<O>[] | undefined, signal: Signal | undefined): Promise<FormState<O>> {
    const read = typeof values === 'function' ? values : () => values;
    late.forgetOld();
    let state = preflight.check(read(), shown);
    const isPending = ({ state: of }: MissingFact): boolean => of === 'loading';
    // One listener, however often there is something to wait for.
    const aborted = abortOf(signal);
    while ((state.verdict === 'undetermined' && state.missing.some(isPending)) || (state.isAllowed && state.presumed.some(isPending))) {
      await Promise.race([late.next(), aborted]);
      if (signal?.aborted === true) {
        return state;
      }
      const now = read();
      const judged = judge(now);
      // If the form has other values by now, only their facts are waited for.
      if (last !== undefined && JSON.stringify(last.state.body) !== JSON.stringify(judged.body)) {
        return describe(now, allShown(shown), judged);
      }
      state = preflight.check(now, shown);
    }
    return state;
  }

  /** What a request is made of beside the form's values. */
  const target = (): string | undefined => jsonOf([context.path, context.edition, context.unknown, context.strict]);

  async function submitted(values: ValuesOrRead<O>, send: (request: HttpRequest) => unknown, signal: Signal | undefined, before: Promise<unknown> | undefined): Promise<FormState<O>> {
    const meant = target();
    // What another one has sent may have changed what is known.
    await before?.catch(() => undefined);
    const state = await settled(values, undefined, signal);
    if (signal?.aborted === true || meant !== target()) {
      // Whoever pressed the button meant another image, or has left.
      return state;
    }
    if (state.isAllowed && state.request === undefined) {
      throw new TypeError(`image-preflight: the request has values that are not known yet: ${(context.unknown ?? []).join(', ')}`);
    }
    if (state.request !== undefined) {
      try {
        await send(state.request);
      } finally {
        // One more runs now, a quota is smaller, a backup is used.
        late.forget(Object.keys(loaders) as FactName[]);
      }
    }
    return state;
  }

  const preflight: Preflight<O> = {
    operation,
    get state() {
      return last?.state;
    },
    check(values, shown) {
      if (!isObject(values)) {
        throw wrong('the argument values', values, 'an object of the form\'s values by field');
      }
      const judged = judge(values);
      const { findings, presumed } = judged.report;
      late.want([...findings.flatMap(({ outcome, missing }) => (outcome === 'unknown' ? missing : [])), ...presumed], judged.about);
      const state = describe(values, allShown(shown), judged);
      last = { values, shown, state };
      return state;
    },
    async validate(values, shown) {
      return settled(values, shown, undefined);
    },
    async submit(values, send, given) {
      if (typeof send !== 'function') {
        throw wrong('the argument send', send, 'a function that sends the request');
      }
      const key = jsonOf([context, fromForm(operation, typeof values === 'function' ? values() : values)]);
      if (sending !== undefined && key !== undefined && sending.key === key) {
        // The button was pressed twice.
        return sending.done;
      }
      const mine = { key, done: submitted(values, send, given?.signal, sending?.done) };
      sending = mine;
      try {
        return await mine.done;
      } finally {
        if (sending === mine) {
          sending = undefined;
        }
      }
    },
    apply(values, fix) {
      if (!isObject(fix)) {
        throw wrong('the argument fix', fix, "one of an issue's fixes");
      }
      return { ...values, ...fix.values };
    },
    fields(given) {
      const values = given ?? last?.values ?? {};
      const { about } = judge(values);
      return fields(operation, { ...context, facts: factsAbout(about), values });
    },
    update(changed) {
      checkOptions(changed, info.fields, info.parameters);
      const before = context;
      const next = { ...context, ...changed };
      context = { ...next, facts: keepFacts(next.facts) };
      try {
        // What the check itself refuses, such as a language that has not been added.
        if (last !== undefined) {
          judge(last.values);
        }
      } catch (error) {
        context = before;
        throw error;
      }
      again();
    },
    retry(facts) {
      checkFacts(facts);
      late.forget(facts);
      again();
    },
    subscribe(listener) {
      if (typeof listener !== 'function') {
        throw wrong('the argument listener', listener, 'a function');
      }
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    '~standard': {
      version: 1,
      vendor: 'image-preflight',
      validate(values) {
        const isForm = isObject(values);
        late.forgetOld();
        const state = preflight.check((isForm ? values : {}) as FormValues<O>, isForm ? (Object.keys(values) as FieldName<O>[]) : []);
        return state.isAllowed && isForm ? { value: state.body } : { issues: state.issues.map(standardIssue) };
      },
      jsonSchema: { input: schemaFor(operation, true), output: schemaFor(operation, false) },
    },
  };
  return preflight;
}

/** As JSON; `undefined` for what is none. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Resolves when a signal aborts. */
function abortOf(signal: Signal | undefined): Promise<void> {
  return new Promise((resolve) => (signal as { addEventListener?: (type: 'abort', then: () => void, options: { once: true }) => void } | undefined)?.addEventListener?.('abort', () => resolve(), { once: true }));
}

/** Behind a sentence about what is not known, if a loader has failed. */
const NOT_LOADED: Texts = { en: ' It could not be loaded; try again.', 'zh-CN': '获取失败，请重试。' };

/** Advice about the facts, such as one that the operation does not read: nobody who fills in a form can follow it. */
function isForDevelopers({ severity, rule }: Finding): boolean {
  return severity === 'advice' && rule.startsWith('case.');
}

/** Whether two objects have the same members. */
function hasSame(one: Facts, other: Facts): boolean {
  const names = Object.keys(one) as (keyof Facts)[];
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function standardIssue({ message, path, rule, kind, params, fixes }: FormIssue): PreflightIssue {
  return { message, ...(path.length > 0 && { path }), rule, ...(kind != null && { kind }), params, fixes } as PreflightIssue;
}

function schemaFor(operation: OperationId, isInput: boolean): (options: StandardJSONSchemaV1.Options) => Record<string, unknown> {
  return (options) => {
    const target: unknown = (options as StandardJSONSchemaV1.Options | undefined)?.target;
    if (target !== 'draft-2020-12') {
      throw wrong('the target of the JSON Schema', target, '"draft-2020-12"');
    }
    return bodySchema(operation, isInput);
  };
}

/** The path of a finding within the form's values, as far as they have it; empty if the form does not show the field. */
function pathOf(pointer: string, values: object, shown: readonly string[]): (string | number)[] {
  const [section, name, ...rest] = tokensOf(pointer);
  if (section !== 'body' || name === undefined || !shown.includes(name)) {
    return [];
  }
  const path: (string | number)[] = [name];
  let value = (values as Record<string, unknown>)[name];
  for (const token of rest) {
    if (!isObject(value)) {
      break;
    }
    // The body has no blank rows, and the form may.
    const key = Array.isArray(value) ? (rowsOf(value)[Number(token)] ?? Number(token)) : token;
    path.push(key);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
