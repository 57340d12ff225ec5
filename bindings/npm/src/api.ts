/** The public API of all entry points; `more.ts` and `plan.ts` have what only `image-preflight/full` adds. */
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { arrayOf, toJson } from './input.js';
import { localeOf, optionsOf, textOf } from './options.js';
import { keep, keptOf } from './pack.js';
import { checkObject, verdictOn } from './reports.js';
import type { BodyOf, Case, CaseOf, Facts, Finding, Fix, IssueOf, OperationId, PathOf, Report, Verdict } from './types.js';

export { init } from './init.js';
export type { ModuleResponse, ModuleSource } from './init.js';
export type * from './types.js';

/** Options for the output. */
export interface Options {
  /**
   * Language of the messages, a BCP 47 tag: `en` (default) or `zh-CN`, which every tag of Chinese selects: `zh`, `zh_CN`, `zh-Hans`, and
   * `zh-TW` too, since simplified Chinese is nearer to its readers than English. Other imports than `image-preflight/full` have a language
   * other than English after `addLocale`.
   */
  locale?: string;
}

/**
 * Checks a case: will the cloud accept this request, and if not, why not? The verdict is `allowed`, `denied`, `undetermined` (a missing
 * fact decides) or `invalid` (the case itself cannot be judged). `presumed` lists the facts that the verdict presumes to be in order.
 *
 * @throws {TypeError} if the case cannot be serialized as JSON: a cycle, a BigInt, a getter that throws.
 * @example
 * const report = check({
 *   operation: 'ims.cross-region-copy',
 *   path: { image_id: '465076de-dc36-4aec-80f5-ef9d8009428f' },
 *   body: { name: 'copy', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'ims_copy_image' },
 *   facts: { sourceRegion: 'cn-north-4', image: { encrypted: true } },
 * });
 * report.verdict; // 'denied'
 */
export function check<O extends OperationId>(value: CaseOf<O>, options?: Options): Report {
  return checkObject(value, 'the case', localeOf(options));
}

/**
 * The same for any value: a case whose type is not known, or that is not complete yet. {@link check} has the compiler refuse a wrong
 * body, path or fact; here, the report says what is wrong.
 *
 * @throws {TypeError} if the case cannot be serialized as JSON.
 * @example
 * checkUnknown(await request.json()).verdict; // 'invalid', unless it is a case
 */
export function checkUnknown(value: unknown, options?: Options): Report {
  return checkObject(value, 'the case', localeOf(options));
}

/**
 * Only the verdict on a case, for a gate that does not need the reasons. No findings are recorded, so it is
 * faster than {@link check} if the case is not allowed.
 *
 * @throws {TypeError} if the case cannot be serialized as JSON.
 * @example
 * verdictOf({ operation: 'ims.in-region-copy' }); // 'denied'
 */
export function verdictOf(value: unknown): Verdict {
  return verdictOn(value);
}

/**
 * Checks many cases at once.
 *
 * @throws {TypeError} if one of them cannot be serialized as JSON; the message names its index.
 * @example
 * checkBatch([first, second]).map((report) => report.verdict);
 */
export function checkBatch(cases: readonly unknown[], options?: Options): Report[] {
  const locale = localeOf(options);
  return arrayOf(cases).map((value, index) => checkObject(value, `case ${index}`, locale));
}

/**
 * A frozen copy of facts, for many cases: they are prepared once, so that each check takes less time. What changes in the original later is
 * not in the copy. {@link standardSchema} and the kit for forms keep their facts by themselves.
 *
 * @throws {TypeError} if the facts cannot be serialized as JSON.
 * @example
 * const facts = keepFacts({ sourceRegion: 'cn-north-4', imageObject: image });
 * const verdicts = bodies.map((body) => verdictOf({ operation: 'ims.in-region-copy', path, body, facts }));
 */
export function keepFacts<F extends Facts | null | undefined>(facts: F): F {
  if (facts === undefined || facts === null || keptOf(facts) !== undefined) {
    return facts;
  }
  return keep(JSON.parse(toJson(facts, 'the facts'))) as F;
}

/** An issue of {@link standardSchema}: beside message and path, what the finding has. */
export type SchemaIssue = StandardSchemaV1.Issue &
  Readonly<IssueOf<Finding>> & {
    /** What to do about it. A fix with a `patch` can be applied to the case. */
    readonly fixes: readonly Fix[];
  };

type BodyResult<O extends OperationId> = { readonly value: BodyOf<O>; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** The Standard Schema of an operation's body. */
export interface BodySchema<O extends OperationId> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: StandardSchemaV1.Types<BodyOf<O>> | undefined;
    readonly validate: (body: unknown) => BodyResult<O>;
  };
}

/** {@link Options} for {@link standardSchema}. */
export interface StandardSchemaOptions<O extends OperationId> extends Options {
  /** Facts that are known besides the form's values, e.g. `{ sourceRegion: 'cn-north-4' }`, as they are now: {@link keepFacts}. */
  facts?: Facts | undefined;
  /** Path parameters of the request, e.g. `{ image_id: '…' }`. */
  path?: PathOf<O> | undefined;
  /** Edition of the provider's documents: a name, e.g. `international-2024-04`, or an object with limits of your own. */
  edition?: Case['edition'] | undefined;
  /** Fields of the body whose values exist but are not known yet, as JSON Pointers: `['/body/agency_name']`. */
  unknown?: readonly string[] | null | undefined;
  /** If true, nothing is presumed: a fact that would otherwise be in the report's `presumed` is missing instead. */
  strict?: boolean | undefined;
  /**
   * What to do with a well-formed body whose verdict is `undetermined` because facts are missing: `issue` (default) reports an issue
   * for each undecided rule, `pass` treats the body as valid.
   */
  undetermined?: 'issue' | 'pass' | undefined;
  /**
   * Path prefix of an issue that belongs to no field, such as an encrypted image; the last segment of the rule id is appended. Without
   * it, such an issue has no path, as in Standard Schema. React Hook Form needs `['root']`.
   */
  rootPath?: readonly PropertyKey[] | undefined;
}

/**
 * A [Standard Schema](https://standardschema.dev) for an operation's body, for React Hook Form, TanStack Form, Angular's signal forms
 * and others. Its issues are the violated rules of severity `error`; if none is violated, the rules that are undecided because a fact
 * is missing, with messages that say what to find out. An issue about a field has that field's path; other issues have none.
 * If the options make the case invalid (a misspelt fact, an object of no known form), that is an issue too: no body is valid then.
 * Warnings are not issues; get them from {@link check}. It has no `jsonSchema` (Standard JSON Schema), for its size: `createPreflight` of
 * `image-preflight/forms` has, and so has `image-preflight/schemas`.
 *
 * @throws {TypeError} if an option has the wrong type, or the facts cannot be serialized as JSON.
 * @example
 * const schema = standardSchema('ims.in-region-copy', { facts, path, rootPath: ['root'] });
 * const form = useForm({ resolver: standardSchemaResolver(schema) });
 */
export function standardSchema<O extends OperationId>(
  operation: O,
  options?: StandardSchemaOptions<O>,
): BodySchema<O> {
  textOf(operation, 'the operation', 'the id of one');
  const { locale, undetermined, rootPath } = optionsOf(options, ['locale', 'undetermined', 'rootPath']);
  const { facts: given, path, edition, unknown, strict } = options ?? {};
  const facts = keepFacts(given);
  const validate = (body: unknown): BodyResult<O> => {
    const { verdict, findings } = checkObject({ operation, path, body, facts, edition, unknown, strict }, 'the body', locale);
    const counts = verdict === 'undetermined' && undetermined !== 'pass' ? 'unknown' : 'violated';
    const issues = findings
      .filter(({ severity, outcome }) => severity === 'error' && outcome === counts)
      .map((finding) => issueOf(finding, pathOf(finding.at) ?? rootPath?.concat(shortName(finding.rule))));
    return issues.length > 0 ? { issues } : { value: body as BodyOf<O> };
  };
  return { '~standard': { version: 1, vendor: 'image-preflight', validate } };
}

/** An issue; without a path, the member is absent rather than `undefined`. */
function issueOf({ message, rule, params, fixes }: Finding, path: PropertyKey[] | undefined): SchemaIssue {
  const { kind } = params;
  return { message, ...(path !== undefined && { path }), rule, ...(kind !== undefined && { kind }), params, fixes } as SchemaIssue;
}

function shortName(rule: string): string {
  return rule.slice(rule.lastIndexOf('.') + 1);
}

/** The path within the body for a JSON Pointer into the case; `undefined` if it points elsewhere. */
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
