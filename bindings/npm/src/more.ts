/** What `image-preflight/full` adds to the default import, but for plans and jobs. */
import { Command, call, replaceLoneSurrogates } from './engine.js';
import { answerText, toJson } from './input.js';
import type { Options } from './api.js';
import { localeOf, optionsOf, textOf } from './options.js';
import { isRule, reportOnText, reportsOnLines, verdictOn } from './reports-full.js';
import type {
  BackupFacts,
  CaseOf,
  Destination,
  EcsFacts,
  EditionName,
  Facts,
  Finding,
  HttpRequest,
  ImageFacts,
  JdImageFacts,
  OperationId,
  Problem,
  Refusal,
  Report,
  RuleInfo,
  Verdict,
} from './types.js';

/** {@link Options} for {@link capabilities} and {@link destinations}. */
export interface ImageOptions extends Options {
  /** Edition of the provider's documents, e.g. `international-2024-04`. Default: the default edition. */
  edition?: EditionName;
  /** If true, nothing is presumed: a fact that would otherwise be in a report's `presumed` is missing instead. */
  strict?: boolean | undefined;
}

/**
 * Checks a case given as JSON text. Any text gets a report: invalid JSON is a finding.
 *
 * @example
 * checkText('{').findings[0].rule; // 'case.syntax'
 */
export function checkText(json: string, options?: Options): Report {
  const locale = localeOf(options);
  return reportOnText(jsonOf(json), locale);
}

function jsonOf(value: unknown): string {
  return textOf(value, 'the text', 'a string of JSON');
}

/**
 * The report as JSON text, byte for byte as the command line and the Rust library write it.
 *
 * @example
 * checkToText('{}').startsWith('{"operation":null,"verdict":"invalid"'); // true
 */
export function checkToText(json: string, options?: Options): string {
  return call(Command.text, jsonOf(json), localeOf(options));
}

/**
 * Only the verdict on a case or on its JSON text, for a gate that does not need the reasons. No findings are recorded, so it is
 * faster than {@link check} if the case is not allowed.
 *
 * @throws {TypeError} if the case cannot be serialized as JSON.
 * @example
 * verdictOf('{"operation": "ims.in-region-copy"}'); // 'denied'
 */
export function verdictOf(value: unknown): Verdict {
  return verdictOn(value);
}

/**
 * Checks cases in NDJSON (one JSON case per line), as text or as the bytes of a file. Returns a report for each non-blank line, in
 * order.
 *
 * @example
 * checkLines('{"operation": "ims.in-region-copy"}\n').map((report) => report.verdict); // ['denied']
 */
export function checkLines(ndjson: string | Uint8Array, options?: Options): Report[] {
  const all = isBytes(ndjson) ? ndjson : textOf(ndjson, 'the argument lines', 'a string or a Uint8Array');
  const locale = localeOf(options);
  const reports: Report[] = [];
  for (let start = 0; start < all.length; ) {
    const end = endOfPortion(all, start);
    const portion = typeof all === 'string' ? all.slice(start, end) : all.subarray(start, end);
    reports.push(...reportsOnLines(portion, locale));
    start = end;
  }
  return reports;
}

/** Whether the value is a `Uint8Array`, of this realm or another. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
}

/** The end of the portion of lines from `start` on: after the last line break within {@link PORTION}, or else after the next one. */
function endOfPortion(all: string | Uint8Array, start: number): number {
  const limit = start + PORTION;
  if (limit >= all.length) {
    return all.length;
  }
  const find = (from: number, last: boolean): number => {
    if (typeof all === 'string') {
      return last ? all.lastIndexOf('\n', from) : all.indexOf('\n', from);
    }
    return last ? all.lastIndexOf(LINE_FEED, from) : all.indexOf(LINE_FEED, from);
  };
  const near = find(limit - 1, true);
  const end = near >= start ? near : find(limit, false);
  return end < 0 ? all.length : end + 1;
}

const LINE_FEED = 10;

/**
 * The characters (or bytes) of a batch passed to the module at once. They fit the module's input window and the processor's caches,
 * and there is a result word for as many lines.
 */
const PORTION = 16_000;

/**
 * What can be done with an IMS image: a report for each kind of copy, for `image.export` and for `image.share`. Rules about the
 * request itself are left out.
 *
 * @throws {TypeError} if a fact has an unknown name or the wrong type. An undocumented region is no error; it is unknown.
 * @example
 * const disabled = capabilities({ image: { fullEcs: true } }).filter((report) => report.verdict === 'denied');
 */
export function capabilities(facts: Facts, options?: ImageOptions): Report[] {
  return aboutImage(Command.capabilities, facts, options) as Report[];
}

/**
 * Every known region, with the report on replicating (copying) an IMS image to it.
 *
 * @throws {TypeError} if a fact has an unknown name or the wrong type. An undocumented region is no error; it is unknown.
 * @example
 * destinations({ sourceRegion: 'cn-north-4' }).find(({ region }) => region === 'cn-north-4')?.report.verdict; // 'denied'
 */
export function destinations(facts: Facts, options?: ImageOptions): Destination[] {
  return aboutImage(Command.destinations, facts, options) as Destination[];
}

function aboutImage(command: number, facts: Facts, options: ImageOptions | undefined): unknown {
  const { edition, strict, locale } = optionsOf(options, ['edition', 'strict', 'locale']);
  const named = JSON.stringify(edition === undefined ? null : replaceLoneSurrogates(edition));
  const input = `{"facts":${toJson(facts, 'the facts')},"edition":${named},"strict":${strict === true}}`;
  const { answer, problems } = JSON.parse(call(command, input, locale)) as { answer: unknown; problems: string[] };
  if (problems.length > 0 || answer === null) {
    throw new TypeError(`image-preflight: ${problems.join(' ') || `unknown edition ${String(edition)}`}`);
  }
  return answer;
}

/** What an object says, and findings on what could not be interpreted. */
export interface ObjectFacts<F> {
  /** The facts that the object states. A fact that it does not state is unknown and is left out. */
  facts: F;
  /** What could not be interpreted, and why an absent member proves nothing. */
  findings: Finding[];
}

/**
 * The facts in an image of IMS, in any form that {@link Facts.imageObject} takes: a response of the IMS API (whole, or one image),
 * `openstack image show -f json`, an official SDK's `to_dict()`, Terraform, or a disk's `volume_image_metadata`.
 *
 * @throws {TypeError} if the object cannot be serialized as JSON.
 * @example
 * imageFacts({ __image_size: '42949672960', __whole_image: 'false' }).facts.sizeBytes; // 42949672960
 */
export function imageFacts(object: unknown, options?: Options): ObjectFacts<ImageFacts> {
  return objectFacts(Command.imageFacts, object, options);
}

/**
 * The facts in a server, as the ECS API returns it (whole response, or the server alone).
 *
 * @throws {TypeError} if the object cannot be serialized as JSON.
 * @example
 * ecsFacts({ server: { status: 'SHUTOFF', metadata: { os_type: 'Linux' } } }).facts.os; // 'linux'
 */
export function ecsFacts(object: unknown, options?: Options): ObjectFacts<EcsFacts> {
  return objectFacts(Command.ecsFacts, object, options);
}

/**
 * The facts in a backup, as the CBR API returns it (whole response, or the backup alone).
 *
 * @throws {TypeError} if the object cannot be serialized as JSON.
 * @example
 * backupFacts({ backup: { extend_info: { os_images_data: [{ image_id: 'i' }] } } }).facts.used; // true
 */
export function backupFacts(object: unknown, options?: Options): ObjectFacts<BackupFacts> {
  return objectFacts(Command.backupFacts, object, options);
}

/**
 * The facts in images of JD Cloud, by image id: a response of describeImage or describeImages (whole), one image, or an array of
 * them.
 *
 * @throws {TypeError} if the object cannot be serialized as JSON.
 * @example
 * jdImageFacts([{ imageId: 'img-1', status: 'ready' }]).facts['img-1']?.status; // 'ready'
 */
export function jdImageFacts(object: unknown, options?: Options): ObjectFacts<Record<string, JdImageFacts>> {
  return objectFacts(Command.jdImageFacts, object, options);
}

function objectFacts<F>(command: number, object: unknown, options: Options | undefined): ObjectFacts<F> {
  return JSON.parse(call(command, toJson(object, 'the object'), localeOf(options))) as ObjectFacts<F>;
}

/** {@link Options} for {@link explain}. */
export interface ExplainOptions extends Options {
  /** HTTP status of the response, e.g. `400`. */
  status?: number;
}

/**
 * Explains an error of the cloud: an error code such as `IMG.0146`, or the body of the response as text or as an object, with the
 * HTTP status if known.
 *
 * @example
 * explain('IMG.0149').retry; // 'later'
 */
export function explain(answer: unknown, options?: ExplainOptions): Refusal {
  const { status, locale } = optionsOf(options, ['status', 'locale']);
  const input = toJson({ status, answer: answerText(answer) }, 'the answer');
  return JSON.parse(call(Command.explain, input, locale)) as Refusal;
}

/**
 * All rules.
 *
 * @example
 * rules({ locale: 'zh-CN' }).find(({ id }) => id === 'ims.cross-region-copy.size-cap')?.holds;
 */
export function rules(options?: Options): RuleInfo[] {
  return JSON.parse(call(Command.rules, '', localeOf(options))) as RuleInfo[];
}

/** Thrown by {@link request} for a case that is denied, or undetermined without `allowUndetermined`. */
export class NotClearedError extends Error {
  // Declared here and set below: class fields are newer than ES2021, which the oldest supported browsers have.
  declare readonly name: 'NotClearedError';
  /** The report on the case, with the findings that prevent the request. */
  declare readonly report: Report;

  /** For {@link request}, and for tests of code that calls it. */
  constructor(why: string, report: Report) {
    super(why);
    this.name = 'NotClearedError';
    this.report = report;
  }
}

/** {@link Options} for {@link request}. */
export interface RequestOptions extends Options {
  /** Return the request even if the verdict is `undetermined`. Default: `false`. */
  allowUndetermined?: boolean;
  /**
   * Ids of rules to ignore, e.g. `['ims.cross-region-copy.size-cap']`: a cloud may lift a limit before its documents say so.
   * Default: none.
   */
  overrideRules?: readonly string[];
}

/**
 * The HTTP request of an allowed case: method, path and body. Host and credentials are up to you.
 *
 * @throws {NotClearedError} if the case is denied or undetermined.
 * @throws {TypeError} if the case cannot be serialized as JSON, or `overrideRules` has an unknown rule id.
 * @example
 * const { method, path, body } = request(allowedCase);
 * await fetch(endpoint + path, { method, body: JSON.stringify(body) });
 */
export function request<O extends OperationId>(value: CaseOf<O>, options?: RequestOptions): HttpRequest {
  const { allowUndetermined, overrideRules, locale } = optionsOf(options, ['allowUndetermined', 'overrideRules', 'locale']);
  const unknown = overrideRules?.filter((name) => !isRule(name)) ?? [];
  if (unknown.length > 0) {
    const names = unknown.map((name) => JSON.stringify(name)).join(', ');
    throw new TypeError(`image-preflight: the option overrideRules has unknown rule ids: ${names}; rules() lists the known ones`);
  }
  const input = toJson({ case: toJson(value, 'the case'), allowUndetermined, overrideRules }, 'the case');
  const answer = JSON.parse(call(Command.request, input, locale)) as
    | { request: HttpRequest }
    | { why: string; report: Report };
  if ('request' in answer) {
    return answer.request;
  }
  throw new NotClearedError(answer.why, answer.report);
}

/**
 * The findings on a case as problem details (RFC 9457), for the response of a gateway; `undefined` if the case is allowed. The
 * `status` is 400 if the verdict is `invalid` (the case itself cannot be judged), 422 if it is `denied`, and 424 if it is `undetermined`.
 *
 * @throws {TypeError} if the case cannot be serialized as JSON.
 * @example
 * const problem = problemDetails({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: {} });
 * problem?.status; // 422
 */
export function problemDetails(value: unknown, options?: Options): Problem | undefined {
  const answer = call(Command.problem, toJson(value, 'the case'), localeOf(options));
  return (JSON.parse(answer) as Problem | null) ?? undefined;
}

