/** What the package offers: the same whether it carries the module or not. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  Command,
  ask,
  batch,
  citationsOf,
  report,
  reportOfObject,
  verdict as verdictOn,
  verdictOfObject,
} from './engine.js';
import type { Short } from './engine.js';
import type {
  Case,
  CaseOf,
  Destination,
  EditionName,
  Facts,
  Finding,
  HttpRequest,
  ImageFacts,
  OperationId,
  PathOf,
  Problem,
  Refusal,
  Report,
  RuleInfo,
  Verdict,
} from './types.js';

export { init } from './engine.js';
export type * from './types.js';

/** How an answer is to speak. */
export interface Options {
  /** The language of messages, a BCP 47 tag: `en` (the default) or `zh-CN`; `zh` and `zh-Hans` mean it too. */
  locale?: string;
}

/** {@link Options} for what is said of an image. */
export interface ImageOptions extends Options {
  /** The edition of the documents; the default one if none is named. */
  edition?: EditionName;
}

/**
 * Checks a case: will the cloud take this request, and if not, why?
 *
 * @throws {TypeError} when the case cannot be written as JSON: a cycle, a BigInt, a getter that throws.
 * @example
 * const report = check({
 *   operation: 'ims.cross-region-copy',
 *   path: { image_id: '465076de-dc36-4aec-80f5-ef9d8009428f' },
 *   body: { name: 'copy', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'ims_copy_image' },
 *   facts: { sourceRegion: 'cn-north-4', image: { encrypted: true } },
 * });
 * report.verdict; // 'denied'
 */
export function check<O extends OperationId>(value: CaseOf<O> | Case, options: Options = {}): Report {
  return checkObject(value, 'the case', options);
}

function checkObject(value: unknown, what: string, { locale }: Options): Report {
  return told(reportOfObject(value, locale) ?? report(written(value, what), locale));
}

/**
 * Checks a case that is JSON text. Whatever the text is, there is a report: what is no JSON is a finding.
 *
 * @example
 * checkText('{').findings[0].rule; // 'case.syntax'
 */
export function checkText(json: string, options: Options = {}): Report {
  return told(report(textOf(json, 'json'), options.locale));
}

function told(answer: Short | string): Report {
  return typeof answer === 'string' ? whole(JSON.parse(answer) as Report) : quiet(answer);
}

/** The report that comes over without citations. */
function whole(report: Report): Report {
  for (const finding of report.findings) {
    finding.citations = citationsOf(finding.rule);
  }
  return report;
}

/** The report on a case of which nothing is to be said. */
function quiet({ operation, verdict }: Short): Report {
  return { operation: operation as OperationId | null, verdict: verdict as Verdict, missing: [], findings: [] };
}

/**
 * The report as text: the same bytes as from the command line and from Rust.
 *
 * @example
 * checkToText('{}').startsWith('{"operation":null,"verdict":"denied"'); // true
 */
export function checkToText(json: string, options: Options = {}): string {
  return ask(Command.text, textOf(json, 'json'), options.locale);
}

/**
 * The verdict alone, of a case or of its JSON text: for a gate that has no use for the reasons. Nothing is written down for
 * it, so that it is quicker than {@link check} where a case is not allowed.
 *
 * @throws {TypeError} when the case cannot be written as JSON.
 * @example
 * verdictOf('{"operation": "ims.in-region-copy"}'); // 'denied'
 */
export function verdictOf(value: Case | string): Verdict {
  const { verdict } =
    typeof value === 'string' ? verdictOn(value) : (verdictOfObject(value) ?? verdictOn(written(value, 'the case')));
  return verdict as Verdict;
}

/**
 * Checks many cases at once.
 *
 * @throws {TypeError} when one of them cannot be written as JSON.
 * @example
 * checkBatch([first, second]).map((report) => report.verdict);
 */
export function checkBatch(cases: readonly Case[], options: Options = {}): Report[] {
  return cases.map((value, index) => checkObject(value, `case ${index}`, options));
}

/**
 * Checks many cases that are JSON, one a line (NDJSON), as text or as the bytes of a file. A report for each line that is not
 * blank, in their order.
 *
 * @example
 * checkLines('{"operation": "ims.in-region-copy"}\n').map((report) => report.verdict); // ['denied']
 */
export function checkLines(ndjson: string | Uint8Array, options: Options = {}): Report[] {
  const all = ndjson instanceof Uint8Array ? ndjson : textOf(ndjson, 'ndjson');
  const reports: Report[] = [];
  for (let start = 0; start < all.length; ) {
    const end = endOfPortion(all, start);
    const portion = typeof all === 'string' ? all.slice(start, end) : all.subarray(start, end);
    const { shorts, reports: written } = batch(portion, options.locale);
    const others = (JSON.parse(written) as Report[]).values();
    for (const short of shorts) {
      reports.push(short === undefined ? whole(others.next().value!) : quiet(short));
    }
    start = end;
  }
  return reports;
}

/** Where a portion of lines ends that begins here: behind the last line break that is near enough, or else the next one. */
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
 * So many characters of a batch go over at once: they stay in the module's window, and in the processor's caches. There are words for
 * as many lines.
 */
const PORTION = 16_000;

/**
 * What can be done with an IMS image: a report for each copy, for `image.export` and for `image.share`. What depends on the
 * rest of a request is not in it.
 *
 * @throws {TypeError} when a fact is not known or of the wrong type.
 * @example
 * const disabled = capabilities({ image: { fullEcs: true } }).filter((report) => report.verdict === 'denied');
 */
export function capabilities(facts: Facts, options: ImageOptions = {}): Report[] {
  return aboutImage(Command.capabilities, facts, options) as Report[];
}

/**
 * Every known region, with what a copy of an IMS image to it would meet.
 *
 * @throws {TypeError} when a fact is not known or of the wrong type.
 * @example
 * destinations({ sourceRegion: 'cn-north-4' }).find(({ region }) => region === 'cn-north-4')?.report.verdict; // 'denied'
 */
export function destinations(facts: Facts, options: ImageOptions = {}): Destination[] {
  return aboutImage(Command.destinations, facts, options) as Destination[];
}

function aboutImage(command: number, facts: Facts, { edition, locale }: ImageOptions): unknown {
  const asked = written({ facts, edition }, 'the facts');
  const { told, problems } = JSON.parse(ask(command, asked, locale)) as { told: unknown; problems: string[] };
  if (problems.length > 0 || told === null) {
    throw new TypeError(`image-preflight: ${problems.join(' ') || `no edition is called ${String(edition)}`}`);
  }
  return told;
}

/**
 * The facts in what IMS returned: one image object, or an answer that holds one; and what could not be understood of it.
 *
 * @example
 * imageFacts({ __image_size: '42949672960', __whole_image: 'false' }).facts.sizeBytes; // 42949672960
 */
export function imageFacts(object: unknown, options: Options = {}): { facts: ImageFacts; findings: Finding[] } {
  const answer = ask(Command.imageFacts, written(object, 'the object'), options.locale);
  return JSON.parse(answer) as { facts: ImageFacts; findings: Finding[] };
}

/**
 * What a refusal means: a code such as `IMG.0146`, or the answer's body as text or as an object, with the HTTP status if it
 * is known.
 *
 * @example
 * explain('IMG.0149').retry; // 'later'
 */
export function explain(answer: unknown, options: Options & { status?: number } = {}): Refusal {
  const text = typeof answer === 'string' ? answer : written(answer, 'the answer');
  const asked = written({ status: options.status, answer: text }, 'the answer');
  return JSON.parse(ask(Command.explain, asked, options.locale)) as Refusal;
}

/**
 * Every rule that there is.
 *
 * @example
 * rules({ locale: 'zh-CN' }).find(({ id }) => id === 'ims.cross-region-copy.size-cap')?.holds;
 */
export function rules(options: Options = {}): RuleInfo[] {
  return JSON.parse(ask(Command.rules, '', options.locale)) as RuleInfo[];
}

/** A case whose HTTP call is not handed out: it is denied, or nobody knows. */
export class NotClearedError extends Error {
  override readonly name = 'NotClearedError';
  /** Why. */
  readonly report: Report;

  /** @internal */
  constructor(why: string, report: Report) {
    super(why);
    this.report = report;
  }
}

/** {@link Options} for {@link request}. */
export interface RequestOptions extends Options {
  /** Hand the call out even though it is not known whether it will be taken. */
  althoughUndetermined?: boolean;
  /** Hand the call out against these rules: a cloud may lift a limit before its documents say so. */
  override?: readonly string[];
}

/**
 * The HTTP call of an allowed case: method, path and body. The host and the credentials are yours.
 *
 * @throws {NotClearedError} when the case is denied or undetermined.
 * @throws {TypeError} when the case cannot be written as JSON.
 * @example
 * const { method, path, body } = request(allowedCase);
 * await fetch(endpoint + path, { method, body: JSON.stringify(body) });
 */
export function request<O extends OperationId>(value: CaseOf<O> | Case, options: RequestOptions = {}): HttpRequest {
  const { althoughUndetermined, override, locale } = options;
  const asked = written({ case: written(value, 'the case'), althoughUndetermined, override }, 'the case');
  const answer = JSON.parse(ask(Command.request, asked, locale)) as
    | { request: HttpRequest }
    | { why: string; report: Report };
  if ('request' in answer) {
    return answer.request;
  }
  throw new NotClearedError(answer.why, answer.report);
}

/**
 * What is wrong with a case as problem details (RFC 9457), for a gateway that answers with them; undefined when the case is
 * allowed.
 *
 * @throws {TypeError} when the case cannot be written as JSON.
 * @example
 * const problem = problemDetails({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: {} });
 * problem?.status; // 422
 */
export function problemDetails<O extends OperationId>(value: CaseOf<O> | Case, options: Options = {}): Problem | undefined {
  const answer = ask(Command.problem, written(value, 'the case'), options.locale);
  return (JSON.parse(answer) as Problem | null) ?? undefined;
}

/** {@link Options} for {@link standardSchema}. */
export interface StandardSchemaOptions<O extends OperationId> extends Options {
  /** What is known beside the form. */
  facts?: Facts | undefined;
  /** The parameters of the address. */
  path?: PathOf<O> | undefined;
  /** The edition of the documents; the default one if none is named. */
  edition?: Case['edition'] | undefined;
}

/**
 * A [Standard Schema](https://standardschema.dev) for an operation's body, as React Hook Form, TanStack Form and others
 * take it. Its issues are the violated rules of error severity. An issue about a field has that field's path. One that lies
 * beside the body, such as an encrypted image, has the path `['root', <the rule's name>]`, so that a form shows it at its
 * top and does not submit. Warnings are no issues; take them from {@link check}.
 *
 * @example
 * const form = useForm({ resolver: standardSchemaResolver(standardSchema('ims.in-region-copy', { facts, path })) });
 */
export function standardSchema<O extends OperationId>(
  operation: O,
  options: StandardSchemaOptions<O> = {},
): StandardSchemaV1<CaseOf<O>['body']> {
  const { facts, path, edition, locale } = options;
  const validate = (body: unknown): StandardSchemaV1.Result<CaseOf<O>['body']> => {
    const report = checkObject({ operation, path, body, facts, edition }, 'the body', locale ? { locale } : {});
    const isIssue = ({ severity, outcome }: Finding): boolean => severity === 'error' && outcome === 'violated';
    const issues = report.findings.filter(isIssue).map(({ message, at, rule }) => ({ message, path: pathOf(at, rule) }));
    return issues.length > 0 ? { issues } : { value: body as CaseOf<O>['body'] };
  };
  return { '~standard': { version: 1, vendor: 'image-preflight', validate } };
}

/** The path into a body that a JSON Pointer into its case names. */
function pathOf(at: string, rule: string): PropertyKey[] {
  const [section, ...tokens] = at
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (section !== 'body' || tokens.length === 0) {
    return ['root', rule.slice(rule.lastIndexOf('.') + 1)];
  }
  return tokens.map((token, index) => (index > 0 && /^\d+$/.test(token) ? Number(token) : token));
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw new TypeError(`image-preflight: ${what} is ${value === null ? 'null' : typeof value}; it must be a string`);
  }
  return value;
}

/** The value as JSON, or an error that says why it has none. */
function written(value: unknown, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TypeError(`image-preflight: ${what} cannot be written as JSON: ${why}`, { cause: error });
  }
  if (text === undefined) {
    throw new TypeError(`image-preflight: ${what} cannot be written as JSON: it is ${typeof value}`);
  }
  return text;
}
