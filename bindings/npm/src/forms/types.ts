/** The types of the form kit. */
import type { Bodies, Case, Facts, Finding, Fix, HttpRequest, OperationId, PathOf, Report, Verdict } from '../types.js';

type KeysOf<T> = T extends unknown ? keyof T & string : never;
type ValueOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? Exclude<T[K], null | undefined> : never) : never;

/** The name of a field of an operation's body. */
export type FieldName<O extends OperationId> = KeysOf<Bodies[O]>;

type FormValue<T> = T extends number ? number | string : T extends readonly (infer I)[] ? readonly I[] | string : T;

/**
 * The values of a form, by field. A number may be text, as an `<input>` has it; a list may be text with commas or line breaks; what is
 * blank counts as absent.
 */
export type FormValues<O extends OperationId> = { [K in FieldName<O>]?: FormValue<ValueOf<Bodies[O], K>> | undefined };

/** A cleaned body: without blanks, with numbers as numbers and lists as lists. There is no `null` in it. */
export type FormBody<O extends OperationId> = { [K in FieldName<O>]?: ValueOf<Bodies[O], K> };

/** A way to remove an issue. */
export interface FormFix {
  /** What to do, with the form's labels. */
  title: string;
  /** The values that it changes, by field; `undefined` empties a field. Absent if the form cannot apply it. */
  values?: Record<string, unknown>;
  /** Another operation that avoids the problem. */
  operation?: OperationId;
}

/** Something to show to the person who fills in the form. */
export interface FormIssue {
  /** What is wrong, in the voice and with the labels of the form. */
  message: string;
  /** The path of the value within the form's values; empty if it belongs to no field that the form shows. */
  path: (string | number)[];
  /** The label of the body's field that it is about, if it is about one. */
  label?: string;
  /** The id of the rule. */
  rule: Finding['rule'];
  /** The kind of violation, e.g. `too-long`, if it is about a value's shape. */
  kind?: Finding['params']['kind'];
  params: Finding['params'];
  severity: Finding['severity'];
  /** `violated`, or `unknown` if a fact is missing. */
  outcome: Finding['outcome'];
  /** JSON Pointers of the facts that are missing. */
  missing: string[];
  /** Whether all of them are being loaded. */
  isLoading: boolean;
  fixes: FormFix[];
  /** The finding that it was made from. */
  finding: Finding;
}

/** A fact that is missing or presumed. */
export interface MissingFact {
  /** Its JSON Pointer in a case, e.g. `/facts/copiesInFlight`. */
  pointer: string;
  /** The loaders that could find it out, e.g. `['image', 'imageObject']`. */
  loadable: FactName[];
  /** `missing`: nobody loads it; `failed`: a loader failed, or did not know it. */
  state: 'missing' | 'loading' | 'failed';
  /** What the loader threw. */
  error?: unknown;
  /** What to find out and how, for a missing fact. */
  how?: string;
}

/** Everything about a form's current values. */
export interface FormState<O extends OperationId> {
  verdict: Verdict;
  /** Whether the request may be sent: the verdict is `allowed`. */
  isAllowed: boolean;
  /** Errors by field, in the order of the fields. */
  errors: { [K in FieldName<O>]?: FormIssue[] };
  /** Errors that belong to no field that the form shows. */
  formErrors: FormIssue[];
  /** All errors; never empty unless `isAllowed`. */
  issues: FormIssue[];
  /** Warnings and advice. They do not prevent the request. What is about the facts, and so for developers, is only in `report`. */
  warnings: FormIssue[];
  /** The facts that decide and are missing. */
  missing: MissingFact[];
  /** The facts that are presumed to be in order. */
  presumed: MissingFact[];
  /** Whether a loader is running or about to. */
  isLoading: boolean;
  /** The cleaned body. */
  body: FormBody<O>;
  /** The HTTP request; absent unless `isAllowed`, and while values are `unknown`. */
  request?: HttpRequest;
  /** The report on the case. */
  report: Report;
}

/** The name of a member of `facts`. */
export type FactName = keyof Facts & string;

/** What the loaders of a fact get: the id of what the fact is about, as far as the form has one. */
interface LoaderArguments {
  image: string | undefined;
  imageObject: string | undefined;
  ecs: string;
  ecsObject: string;
  backup: string;
  backupObject: string;
  vault: string;
  destinationQuota: string | undefined;
  quotaObject: string | undefined;
  images: readonly string[];
  imageObjects: readonly string[];
}

/** An `AbortSignal`, where the libraries in use have its type. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : { readonly aborted: boolean };

type Loaded<F extends FactName> = Facts[F] | null | undefined;

/** Finds out a fact. What it throws, and `undefined`, leave the fact unknown. The signal aborts once the answer is not wanted any more. */
export type Loader<F extends FactName> = (
  argument: F extends keyof LoaderArguments ? LoaderArguments[F] : undefined,
  context: { signal: Signal },
) => Loaded<F> | PromiseLike<Loaded<F>>;

/** Loaders by fact, e.g. `{ copiesInFlight: () => …, imageObject: (id) => … }`. */
export type Loaders = { [F in FactName]?: Loader<F> };

/** What a case has beside the body. */
export interface PreflightContext<O extends OperationId> {
  /** Path parameters of the request, e.g. `{ image_id: '…' }`. */
  path?: PathOf<O> | undefined;
  /** Facts that are known already, as they are now: `keepFacts`. They win over loaded ones. */
  facts?: Facts | undefined;
  /** Edition of the provider's documents. */
  edition?: Case['edition'] | undefined;
  /** Fields of the body whose values exist but are not known yet, as JSON Pointers. */
  unknown?: Case['unknown'] | undefined;
  /** If true, nothing is presumed. */
  strict?: boolean | undefined;
  /** Language of the messages: `en` (default), or `zh-CN` after `addLocale`. */
  locale?: string | undefined;
  /** The form's own labels, by field. Default: those of the provider's console. */
  labels?: Partial<Record<FieldName<O> | (keyof PathOf<O> & string), string>> | undefined;
  /** `short` (default): messages that fit under an input. `full`: messages that name the field and quote its value. */
  voice?: 'short' | 'full' | undefined;
}

/** Options for `createPreflight`. */
export interface PreflightOptions<O extends OperationId> extends PreflightContext<O> {
  operation: O;
  /** The fields that the form shows. Errors of others are form errors. Default: all of the operation. */
  shown?: readonly FieldName<O>[] | undefined;
  /** Functions that find out facts. Each is asked once for each id, when a fact is missing. */
  loaders?: Loaders | undefined;
  /** Milliseconds from the last keystroke until loaders run. Default: 300. */
  debounce?: number | undefined;
}

export type { Fix };
