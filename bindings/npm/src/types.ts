/** The types of the input and the output, generated from the schemas of the Rust types. */
import type { Bodies, Case as AnyCase, Facts, OperationId, Paths, Request } from '../generated/types.js';

export type {
  BackupFacts,
  Bodies,
  CapabilityId,
  Citation,
  CopyImages,
  CrossRegionCopy,
  CustomEdition,
  Destination,
  EcsFacts,
  EditionName,
  Facts,
  Finding,
  Fix,
  ImageFacts,
  InRegionCopy,
  JdImageFacts,
  OperationId,
  PatchOperation,
  Paths,
  Problem,
  QuotaFacts,
  Refusal,
  Report,
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

/** The path parameters of an operation, e.g. `{ image_id: '…' }`. */
export type PathOf<O extends OperationId> = Paths[O];

/** A complete case of an operation, as a filled-in form gives it. */
export interface CaseOf<O extends OperationId> {
  /** Operation id, e.g. `ims.cross-region-copy`. Required. */
  operation: O;
  /** Path parameters of the request, e.g. `{ image_id: '…' }`. */
  path?: Paths[O];
  /** Body of the request, with the provider's field names. Required. */
  body: Bodies[O];
  /** Facts about the image, the regions and the quotas, as far as known. */
  facts?: Facts;
  /** Edition of the provider's documents: a name, e.g. `international-2024-04`, or an object with limits of your own. */
  edition?: AnyCase['edition'];
  /**
   * JSON Pointers to fields of `path` or `body` whose values exist but are not known yet, e.g. `/body/agency_name` (what Terraform
   * calls "known after apply"). Such a field counts as given; whatever depends on its value is undecided.
   */
  unknown?: AnyCase['unknown'];
  /** If true, nothing is presumed: a fact that would otherwise be in the report's `presumed` is missing instead. */
  strict?: AnyCase['strict'];
}

/** Any case, complete or not. */
export type Case = AnyCase;

/** The HTTP request of an allowed case: `method`, `path` and `body`. */
export type HttpRequest = Request;
