/** The types of what goes in and what comes out: generated from the Rust types' schemas, and put together here. */
import type {
  Case as AnyCase,
  CopyImages,
  CrossRegionCopy,
  Facts,
  InRegionCopy,
  OperationId,
  Request,
  WholeImageFromBackup,
  WholeImageFromEcs,
} from '../generated/types.js';

export type {
  BackupFacts,
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
  QuotaFacts,
  Refusal,
  Report,
  RuleId,
  RuleInfo,
  Severity,
  Verdict,
  WholeImageFromBackup,
  WholeImageFromEcs,
} from '../generated/types.js';

/** The body of each operation. */
export interface Bodies {
  'ims.cross-region-copy': CrossRegionCopy;
  'ims.in-region-copy': InRegionCopy;
  'ims.whole-image': WholeImageFromEcs | WholeImageFromBackup;
  'jd.copy-images': CopyImages;
}

/** The parameters in the address of each operation. */
export interface Paths {
  'ims.cross-region-copy': { image_id: string };
  'ims.in-region-copy': { image_id: string };
  'ims.whole-image': Record<string, never>;
  'jd.copy-images': { regionId: string };
}

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
