/** What the package offers: the same whether it carries the module or not. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import {
  Command,
  ask,
  batch,
  citationsOf,
  isRule,
  readable,
  report,
  reportOfObject,
  verdict as verdictOn,
  verdictOfObject,
} from './engine.js';
import type { Short } from './engine.js';
import { described, optionsOf, textOf, wrong } from './options.js';
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

export { init } from './init.js';
export type { ModuleResponse, ModuleSource } from './init.js';
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
export function check<O extends OperationId>(value: CaseOf<O> | Case, options?: Options): Report {
  return checkObject(value, 'the case', localeOf(options));
}

function localeOf(options: Options | undefined): string | undefined {
  return optionsOf(options, ['locale']).locale;
}

function checkObject(value: unknown, what: string, locale: string | undefined): Report {
  return told(reportOfObject(value, locale) ?? report(written(value, what), locale));
}

/**
 * Checks a case that is JSON text. Whatever the text is, there is a report: what is no JSON is a finding.
 *
 * @example
 * checkText('{').findings[0].rule; // 'case.syntax'
 */
export function checkText(json: string, options?: Options): Report {
  return told(report(jsonOf(json), localeOf(options)));
}

function jsonOf(value: unknown): string {
  return textOf(value, 'the text', 'a string of JSON');
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
export function checkToText(json: string, options?: Options): string {
  return ask(Command.text, jsonOf(json), localeOf(options));
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
 * @throws {TypeError} when one of them cannot be written as JSON; the message names its index.
 * @example
 * checkBatch([first, second]).map((report) => report.verdict);
 */
export function checkBatch(cases: readonly Case[], options?: Options): Report[] {
  if (!Array.isArray(cases)) {
    throw wrong('what is given as cases', cases, 'an array of cases');
  }
  const locale = localeOf(options);
  // `map` would pass over a hole in the array.
  return Array.from(cases as readonly unknown[], (value, index) => checkObject(value, `case ${index}`, locale));
}

/**
 * Checks many cases that are JSON, one a line (NDJSON), as text or as the bytes of a file. A report for each line that is not
 * blank, in their order.
 *
 * @example
 * checkLines('{"operation": "ims.in-region-copy"}\n').map((report) => report.verdict); // ['denied']
 */
export function checkLines(ndjson: string | Uint8Array, options?: Options): Report[] {
  const all = isBytes(ndjson) ? ndjson : textOf(ndjson, 'what is given as lines', 'a string or a Uint8Array');
  const locale = localeOf(options);
  const reports: Report[] = [];
  for (let start = 0; start < all.length; ) {
    const end = endOfPortion(all, start);
    const portion = typeof all === 'string' ? all.slice(start, end) : all.subarray(start, end);
    const { shorts, reports: written } = batch(portion, locale);
    const others = (JSON.parse(written) as Report[]).values();
    for (const short of shorts) {
      reports.push(short === undefined ? whole(others.next().value!) : quiet(short));
    }
    start = end;
  }
  return reports;
}

/** Bytes of this realm or of another one. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === '[object Uint8Array]';
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
 * @throws {TypeError} when a fact is not known or of the wrong type. A region that is in no document is only unknown.
 * @example
 * const disabled = capabilities({ image: { fullEcs: true } }).filter((report) => report.verdict === 'denied');
 */
export function capabilities(facts: Facts, options?: ImageOptions): Report[] {
  return aboutImage(Command.capabilities, facts, options) as Report[];
}

/**
 * Every known region, with what a copy of an IMS image to it would meet.
 *
 * @throws {TypeError} when a fact is not known or of the wrong type. A region that is in no document is only unknown.
 * @example
 * destinations({ sourceRegion: 'cn-north-4' }).find(({ region }) => region === 'cn-north-4')?.report.verdict; // 'denied'
 */
export function destinations(facts: Facts, options?: ImageOptions): Destination[] {
  return aboutImage(Command.destinations, facts, options) as Destination[];
}

function aboutImage(command: number, facts: Facts, options: ImageOptions | undefined): unknown {
  const { edition, locale } = optionsOf(options, ['edition', 'locale']);
  const asked = `{"facts":${written(facts, 'the facts')},"edition":${JSON.stringify(edition === undefined ? null : readable(edition))}}`;
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
export function imageFacts(object: unknown, options?: Options): { facts: ImageFacts; findings: Finding[] } {
  const answer = ask(Command.imageFacts, written(object, 'the object'), localeOf(options));
  return JSON.parse(answer) as { facts: ImageFacts; findings: Finding[] };
}

/** {@link Options} for {@link explain}. */
export interface ExplainOptions extends Options {
  /** The HTTP status that came with the answer. */
  status?: number;
}

/**
 * What a refusal means: a code such as `IMG.0146`, or the answer's body as text or as an object, with the HTTP status if it
 * is known.
 *
 * @example
 * explain('IMG.0149').retry; // 'later'
 */
export function explain(answer: unknown, options?: ExplainOptions): Refusal {
  const { status, locale } = optionsOf(options, ['status', 'locale']);
  const text = typeof answer === 'string' ? answer : written(answer, 'the answer');
  const asked = written({ status, answer: readable(text) }, 'the answer');
  return JSON.parse(ask(Command.explain, asked, locale)) as Refusal;
}

/**
 * Every rule that there is.
 *
 * @example
 * rules({ locale: 'zh-CN' }).find(({ id }) => id === 'ims.cross-region-copy.size-cap')?.holds;
 */
export function rules(options?: Options): RuleInfo[] {
  return JSON.parse(ask(Command.rules, '', localeOf(options))) as RuleInfo[];
}

/** A case whose HTTP call is not handed out: it is denied, or nobody knows. */
export class NotClearedError extends Error {
  // Declared, and set below: fields are newer than the oldest supported browsers' edition of ECMAScript.
  declare readonly name: 'NotClearedError';
  /** Why. */
  declare readonly report: Report;

  /** Made by {@link request}, and by tests of code that calls it. */
  constructor(why: string, report: Report) {
    super(why);
    this.name = 'NotClearedError';
    this.report = report;
  }
}

/** {@link Options} for {@link request}. */
export interface RequestOptions extends Options {
  /** Hand the call out even though it is not known whether it will be taken. */
  allowUndetermined?: boolean;
  /** Hand the call out against these rules: a cloud may lift a limit before its documents say so. */
  override?: readonly string[];
}

/**
 * The HTTP call of an allowed case: method, path and body. The host and the credentials are yours.
 *
 * @throws {NotClearedError} when the case is denied or undetermined.
 * @throws {TypeError} when the case cannot be written as JSON, or `override` names a rule that does not exist.
 * @example
 * const { method, path, body } = request(allowedCase);
 * await fetch(endpoint + path, { method, body: JSON.stringify(body) });
 */
export function request<O extends OperationId>(value: CaseOf<O> | Case, options?: RequestOptions): HttpRequest {
  const { allowUndetermined, override, locale } = optionsOf(options, ['allowUndetermined', 'override', 'locale']);
  const unknown = override?.filter((name) => !isRule(name)) ?? [];
  if (unknown.length > 0) {
    const names = unknown.map((name) => JSON.stringify(name)).join(', ');
    throw new TypeError(`image-preflight: the option override names ${names}, which no rule is called; rules() has the ids`);
  }
  const asked = written({ case: written(value, 'the case'), allowUndetermined, override }, 'the case');
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
export function problemDetails<O extends OperationId>(value: CaseOf<O> | Case, options?: Options): Problem | undefined {
  const answer = ask(Command.problem, written(value, 'the case'), localeOf(options));
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
  /**
   * What becomes of a body whose shape is right and of which it is not known whether the cloud takes it, since a fact is missing:
   * `issue` (the default) gives an issue for each rule that is undecided, `pass` takes the body for valid.
   */
  undetermined?: 'issue' | 'pass' | undefined;
  /**
   * The path of an issue that belongs to no field, such as an encrypted image: these keys, and the rule's own name behind them. Left
   * out, such an issue has no path, as Standard Schema has it. React Hook Form wants `['root']`.
   */
  rootPath?: readonly PropertyKey[] | undefined;
}

/**
 * A [Standard Schema](https://standardschema.dev) for an operation's body, as React Hook Form, TanStack Form, Angular's signal forms
 * and others take it. Its issues are the violated rules of error severity; where none is violated, the rules that a missing fact
 * leaves undecided, and their messages say what to find out. An issue about a field has that field's path, another one has none.
 * Warnings are no issues; take them from {@link check}.
 *
 * @throws {TypeError} when an option is of the wrong type.
 * @example
 * const schema = standardSchema('ims.in-region-copy', { facts, path, rootPath: ['root'] });
 * const form = useForm({ resolver: standardSchemaResolver(schema) });
 */
export function standardSchema<O extends OperationId>(
  operation: O,
  options?: StandardSchemaOptions<O>,
): StandardSchemaV1<CaseOf<O>['body']> {
  textOf(operation, 'the operation', 'the id of one');
  const { locale, undetermined, rootPath } = optionsOf(options, ['locale', 'undetermined', 'rootPath']);
  const { facts, path, edition } = options ?? {};
  const validate = (body: unknown): StandardSchemaV1.Result<CaseOf<O>['body']> => {
    const { verdict, findings } = checkObject({ operation, path, body, facts, edition }, 'the body', locale);
    const counts = verdict === 'undetermined' && undetermined !== 'pass' ? 'unknown' : 'violated';
    const issues = findings
      .filter(({ severity, outcome }) => severity === 'error' && outcome === counts)
      .map(({ message, at, rule }) => issueOf(message, pathOf(at) ?? rootPath?.concat(shortName(rule))));
    return issues.length > 0 ? { issues } : { value: body as CaseOf<O>['body'] };
  };
  return { '~standard': { version: 1, vendor: 'image-preflight', validate } };
}

/** A path that is there with the value `undefined` would not be what it is to have none. */
function issueOf(message: string, path: PropertyKey[] | undefined): StandardSchemaV1.Issue {
  return path === undefined ? { message } : { message, path };
}

function shortName(rule: string): string {
  return rule.slice(rule.lastIndexOf('.') + 1);
}

/** The path into a body that a JSON Pointer into its case names; none where it names something else. */
function pathOf(at: string): PropertyKey[] | undefined {
  const [section, ...tokens] = at
    .split('/')
    .slice(1)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
  if (section !== 'body' || tokens.length === 0) {
    return undefined;
  }
  return tokens.map((token, index) => (index > 0 && /^\d+$/.test(token) ? Number(token) : token));
}

/** The value as JSON, or an error that says why it has none. */
function written(value: unknown, what: string): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw notWritten(what, error instanceof Error ? error.message : String(error), error);
  }
  if (text === undefined) {
    throw notWritten(what, `it is ${described(value)}`, undefined);
  }
  return text;
}

function notWritten(what: string, why: string, cause: unknown): TypeError {
  return new TypeError(`image-preflight: ${what} cannot be written as JSON: ${why}`, { cause });
}
