/** The types of what goes in and what comes out: generated from the Rust types' schemas, and put together here. */
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
  FaultKindName,
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
  Verdict,
  WholeImage,
  WholeImageFromBackup,
  WholeImageFromEcs,
} from '../generated/types.js';

/** The parameters in the address of an operation. */
export type PathOf<O extends OperationId> = Paths[O];

/** A case of an operation, complete: what a form that is filled in gives. */
export interface CaseOf<O extends OperationId> {
  operation: O;
  path?: Paths[O];
  body: Bodies[O];
  facts?: Facts;
  edition?: AnyCase['edition'];
}

/** Any case, complete or not. */
export type Case = AnyCase;

/** The HTTP call of an allowed case. */
export type HttpRequest = Request;
