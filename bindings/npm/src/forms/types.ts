/** The types of the form kit. */
import type { Bodies, Case, Facts, Fix, HttpRequest, IssueOf, OperationId, PathOf, Report, Verdict, Finding } from '../types.js';

type KeysOf<T> = T extends unknown ? keyof T & string : never;
type ValueOf<T, K extends PropertyKey> = T extends unknown ? (K extends keyof T ? Exclude<T[K], null | undefined> : never) : never;

/** The name of a field of an operation's body. */
export type FieldName<O extends OperationId> = KeysOf<Bodies[O]>;

type FormValue<T> = T extends number ? number | string : T extends readonly (infer I)[] ? readonly I[] | string : T;

/**
 * The values of a form, by field. A number may be text, as an `<input>` has it; a list may be text with commas or line breaks; what is
 * blank or null counts as absent.
 */
export type FormValues<O extends OperationId> = { [K in FieldName<O>]?: FormValue<ValueOf<Bodies[O], K>> | null | undefined };

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

/** Something to show to the person who fills in the form. A comparison of `rule` or `kind` narrows the type of `params`. */
export type FormIssue = IssueOf<Finding> & {
  /** What is wrong, in the voice and with the labels of the form. */
  message: string;
  /** The same in a sentence that names the field, for another place than beside it. */
  summary: string;
  /** The path of the value within the form's values; empty if it belongs to no field that the form shows. */
  path: (string | number)[];
  /** The label of the field or of the path parameter that it is about, if it is about one. */
  label?: string;
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
};

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
  /** Whether the form passes: the verdict is `allowed`. */
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
  /** The HTTP request, a copy of the form's values; absent unless `isAllowed`, and while values are `unknown`. */
  request?: HttpRequest;
  /** The report on the case. */
  report: Report;
}

/** The name of a member of `facts`. */
export type FactName = keyof Facts & string;

/**
 * What a loader gets: the id of what its fact is about. It is not called without. A quota is that of the region in a field; operations
 * without such a field have none to tell.
 */
type ArgumentOf<F extends FactName, O extends OperationId> = F extends 'image' | 'imageObject' | 'ecs' | 'ecsObject' | 'backup' | 'backupObject' | 'vault'
  ? string
  : F extends 'images' | 'imageObjects'
    ? readonly string[]
    : F extends 'destinationQuota' | 'quotaObject'
      ? Extract<FieldName<O>, 'region' | 'destinationRegion'> extends never
        ? undefined
        : string
      : undefined;

/** An `AbortSignal`, where the libraries in use have its type. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : { readonly aborted: boolean };

type Loaded<F extends FactName> = Facts[F] | null | undefined;

/**
 * Finds out a fact. What it throws, and `undefined`, leave the fact unknown. The signal aborts once the answer is not wanted any more, or
 * has taken too long.
 */
export type Loader<F extends FactName, O extends OperationId = OperationId> = (argument: ArgumentOf<F, O>, context: { signal: Signal }) => Loaded<F> | PromiseLike<Loaded<F>>;

/** Loaders by fact, e.g. `{ copiesInFlight: () => …, imageObject: (id) => … }`. */
export type Loaders<O extends OperationId = OperationId> = { [F in FactName]?: Loader<F, O> | undefined };

/** What a case has beside the body. */
export interface PreflightContext<O extends OperationId> {
  /** Path parameters of the request, e.g. `{ image_id: '…' }`. */
  path?: PathOf<O> | undefined;
  /** Facts that are known already, as they are now: `keepFacts`. They win over loaded ones, member by member; an object of an API as a whole. */
  facts?: Facts | undefined;
  /** Edition of the provider's documents. */
  edition?: Case['edition'] | undefined;
  /**
   * Fields of the body whose values exist but are not known yet, as JSON Pointers. Such a form may pass, but there is no `request` before
   * they are known.
   */
  unknown?: readonly string[] | null | undefined;
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
  loaders?: Loaders<O> | undefined;
  /** Milliseconds until loaders run, from the keystroke that made them necessary. Default: 300. */
  debounce?: number | undefined;
  /** Milliseconds after which a loader that has not answered has failed. Default: 30 000. */
  timeout?: number | undefined;
}

export type { Fix };
