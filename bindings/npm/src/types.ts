/** The types of the input and the output, generated from the schemas of the Rust types. */
import type { Bodies, Case as AnyCase, Destination as AnyDestination, Facts, OperationId, Paths, Problem as AnyProblem, Report as AnyReport, Request } from '../generated/types.js';
import type { Finding } from './params.js';

export type {
  BackupFacts,
  Bodies,
  CapabilityId,
  Citation,
  CopyImages,
  CrossRegionCopy,
  CustomEdition,
  EcsFacts,
  EditionName,
  Facts,
  Fix,
  ImageFacts,
  InRegionCopy,
  JdImageFacts,
  OperationId,
  PatchOperation,
  Paths,
  QuotaFacts,
  Refusal,
  RuleId,
  RuleInfo,
  SchemaName,
  Severity,
  VaultFacts,
  Verdict,
  ViolationKindName,
  WholeImage,
  WholeImageFromBackup,
  WholeImageFromEcs,
} from '../generated/types.js';
export type { Finding, FindingParams, IssueOf, KindParams, RuleParams } from './params.js';

/** The result of a check. */
export interface Report extends Omit<AnyReport, 'findings'> {
  /** All findings, in the order of the case. */
  findings: Finding[];
}

/** A report as problem details (RFC 9457). */
export interface Problem extends Omit<AnyProblem, 'report'> {
  /** The whole report. */
  report: Report;
}

/** A region, with the report on a copy to it. */
export interface Destination extends Omit<AnyDestination, 'report'> {
  /** What the image and this region say about a copy. */
  report: Report;
}

/** The path parameters of an operation, e.g. `{ image_id: '…' }`. */
export type PathOf<O extends OperationId> = Paths[O];

type NoNull<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]: Exclude<T[K], null> } : T;

/** The body of an operation as a form has it: without `null`. */
export type BodyOf<O extends OperationId> = NoNull<Bodies[O]>;

/** The same with lists that nobody has to be able to change. */
type WithReadonlyLists<T> = T extends readonly (infer I)[] ? readonly WithReadonlyLists<I>[] : T extends object ? { [K in keyof T]: WithReadonlyLists<T[K]> } : T;

/** A complete case of an operation, as a filled-in form gives it. */
export interface CaseOf<O extends OperationId> {
  /** Operation id, e.g. `ims.cross-region-copy`. Required. */
  operation: O;
  /** Path parameters of the request, e.g. `{ image_id: '…' }`. */
  path?: Paths[O];
  /** Body of the request, with the provider's field names. Required. */
  body: WithReadonlyLists<Bodies[O]>;
  /** Facts about the image, the regions and the quotas, as far as known. */
  facts?: Facts;
  /** Edition of the provider's documents: a name, e.g. `international-2024-04`, or an object with limits of your own. */
  edition?: AnyCase['edition'];
  /**
   * JSON Pointers to fields of `path` or `body` whose values exist but are not known yet, e.g. `/body/agency_name` (what Terraform
   * calls "known after apply"). Such a field counts as given; whatever depends on its value is undecided.
   */
  unknown?: readonly string[] | null;
  /** If true, nothing is presumed: a fact that would otherwise be in the report's `presumed` is missing instead. */
  strict?: AnyCase['strict'];
}

/** Any case, complete or not. {@link CaseOf} is that of one operation, whose body the compiler checks. */
export type Case = AnyCase;

/** The HTTP request of an allowed case: `method`, `path` and `body`. */
export type HttpRequest = Request;
