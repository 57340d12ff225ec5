// Code that the compiler must accept, and code that it must reject.
import { check, checkUnknown, keepFacts, standardSchema, type Facts, type Report, type RuleId, type Verdict } from 'image-preflight';
// @ts-expect-error Only the full import has plans.
import { plan as none } from 'image-preflight';
import { backupFacts, beginJobs, check as checkInFull, ecsFacts, followJob, jdImageFacts, plan, type Job, type Plan } from 'image-preflight/full';
import type { BodySchema } from 'image-preflight';
import { preflightValidator } from 'image-preflight/angular';
import { antdRules } from 'image-preflight/antd';
import { formRules } from 'image-preflight/async-validator';
import { createPreflight, fields, fromForm, type FormState } from 'image-preflight/forms';
import { attributeOf, translate, type TranslateResult } from 'image-preflight/input';
import { schema } from 'image-preflight/schemas';
import { typedSchema } from 'image-preflight/vee-validate';
import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec';
import { init } from 'image-preflight/slim';

const report: Report = check({
  operation: 'ims.cross-region-copy',
  path: { image_id: 'i' },
  body: { name: 'n', region: 'cn-south-1', project_name: 'p', agency_name: 'a', vault_id: null },
  facts: { sourceRegion: 'cn-north-4', image: { encrypted: false, visibility: 'private', os: 'linux' }, copiesInFlight: 0 },
  edition: 'international-2024-04',
});
const verdict: Verdict = report.verdict;
export const texts: Record<Verdict, string> = { allowed: '', denied: '', undetermined: verdict, invalid: '' };
export const presumed: string[] = report.presumed;

// A switch over rule ids is checked: a mistyped one is an error.
export function short(rule: RuleId): string {
  switch (rule) {
    case 'ims.cross-region-copy.size-cap':
      return 'size';
    // @ts-expect-error There is no such rule.
    case 'ims.cross-region-copy.size-cup':
      return 'tea';
    default:
      return rule;
  }
}

// @ts-expect-error An operation that does not exist.
check({ operation: 'ims.teleport', body: {} });
// @ts-expect-error A fact that does not exist.
check({ operation: 'jd.copy-images', body: { sourceImageIds: ['i'], destinationRegion: 'r' }, facts: { colour: 'red' } });

const form = standardSchema('ims.whole-image', { facts: { backup: { used: false } }, locale: 'zh-CN' });
form['~standard'].validate({ name: 'n', backup_id: 'b', whole_image_type: 'CBR' });
check({
  operation: 'ims.whole-image',
  body: { name: 'n', instance_id: 'i', vault_id: 'v' },
  facts: { ecsObject: { server: {} }, backupObject: {}, quotaObject: {}, projectId: 'p', vault: { region: 'cn-south-1' }, image: { bareMetal: false } },
  unknown: ['/body/instance_id'],
  strict: true,
});
const kept: Facts = keepFacts({ sourceRegion: 'cn-north-4', image: { encrypted: false } });
check({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: 'n' }, facts: kept });
keepFacts(undefined) satisfies undefined;
// @ts-expect-error A fact that does not exist.
keepFacts({ colour: 'red' });
interface Server { status: string }
const server: Server = { status: 'ACTIVE' };
const whole = { name: 'n', instance_id: 'i', vault_id: 'v' };
check({ operation: 'ims.whole-image', body: whole, facts: { ecsObject: server, imageObjects: [{ imageId: 'i' }] as const } });
// @ts-expect-error An object is no text.
check({ operation: 'ims.whole-image', body: whole, facts: { ecsObject: '{}' } });
export const backup: boolean | null | undefined = backupFacts({}).facts.used;
export const status: string | null | undefined = ecsFacts({}).facts.state;
export const images: (boolean | null | undefined)[] = Object.values(jdImageFacts([]).facts).map(({ busy }) => busy);
schema('jd.copy-images');
void init(new URL('https://example.com/image_preflight.wasm'));

// A wrong body, path or fact does not compile.
// @ts-expect-error A name is text.
check({ operation: 'ims.in-region-copy', body: { name: 5 } });
// @ts-expect-error A misspelt field.
check({ operation: 'ims.in-region-copy', body: { name: 'n', nam: 'x' } });
// @ts-expect-error A mandatory field is missing.
check({ operation: 'ims.in-region-copy', body: { description: 'x' } });
// @ts-expect-error A field of another operation.
check({ operation: 'ims.in-region-copy', body: { name: 'n', region: 'cn-south-1' } });
// @ts-expect-error A misspelt path parameter.
check({ operation: 'ims.in-region-copy', path: { imageid: 'i' }, body: { name: 'n' } });
// @ts-expect-error A fact of the wrong type.
check({ operation: 'ims.in-region-copy', body: { name: 'n' }, facts: { image: { encrypted: 'no' } } });
// @ts-expect-error The body is missing.
check({ operation: 'ims.in-region-copy' });
// @ts-expect-error Neither a server nor a backup.
check({ operation: 'ims.whole-image', body: { name: 'n' } });
// A body may be of an interface; anything goes into `checkUnknown`, `verdictOf`, `problemDetails` and batches.
interface Body { name: string; cmk_id?: string }
const body: Body = { name: 'n' };
check({ operation: 'ims.in-region-copy', body });
export const unknown: Report = checkUnknown(body);

// `params` is narrowed by the kind of violation and by the rule.
for (const finding of report.findings) {
  const { params, rule } = finding;
  // @ts-expect-error Not every kind has a limit.
  void params.limit;
  if (params.kind === 'too-long') {
    void ((params.limit + params.actual).toFixed() + params.unit);
    // @ts-expect-error A text that is too long has no index.
    void params.index;
  }
  if (params.kind === 'bad-character') void params.codePoint.slice(params.index);
  // @ts-expect-error There is no such kind.
  if (params.kind === 'too-wide') void rule;
  if (finding.rule === 'ims.cross-region-copy.size-cap') {
    void finding.params.actualBytes?.toFixed();
    // @ts-expect-error The rule has no such parameter.
    void finding.params.actualByte;
  }
}

// The form kit: interfaces of forms, fields, loaders, labels.
interface Values { name: string; region: string; project_name?: string; agency_name?: string; vault_id?: string }
const preflight = createPreflight({
  operation: 'ims.cross-region-copy',
  path: { image_id: 'i' },
  labels: { name: 'Image name', image_id: 'Image' },
  loaders: { copiesInFlight: async () => 0, imageObject: (id) => ({ id: id.trim() }), vault: (id) => ({ region: id.slice(2) }), quotaObject: (region) => ({ region: region.trim() }) },
  timeout: 5000,
});
createPreflight({ operation: 'jd.copy-images', loaders: { images: (ids) => ({ [ids[0]!]: {} }), destinationQuota: (region) => ({ images: region.length }) } });
createPreflight({ operation: 'ims.in-region-copy', loaders: { quotaObject: (none: undefined) => ({ none }), image: async (id, { signal }) => ({ encrypted: id === '' && signal.aborted }) } });
// @ts-expect-error A copy within a region has no field for the destination.
createPreflight({ operation: 'ims.in-region-copy', loaders: { quotaObject: (region: string) => ({ region }) } });
const filled: Values = { name: 'n', region: 'cn-south-1' };
const state: FormState<'ims.cross-region-copy'> = preflight.check(filled);
export const message: string | undefined = state.errors.region?.[0]?.message;
export const cleaned: string | undefined = state.body.vault_id;
export const fixed: Values = preflight.apply(filled, { title: '' });
export const limit: number | undefined = fields('ims.whole-image').find(({ name }) => name === 'min_ram')?.max;
export const memory: number | undefined = fromForm('ims.whole-image', { min_ram: '5', tags: 'a.b', image_tags: [{ key: 'k', value: 'v' }] }).min_ram;
// @ts-expect-error There is no such field.
preflight.check({ nam: 'n' });
// Forms of Angular have null.
const nullable: Partial<{ name: string | null; region: string | null }> = { name: null };
preflight.check(nullable);
// @ts-expect-error A name is text.
preflight.check({ name: 5 });
// @ts-expect-error There is no such field.
preflight.check(filled, ['nam']);
// @ts-expect-error There is no such field.
createPreflight({ operation: 'ims.in-region-copy', shown: ['nam'] });
// @ts-expect-error There is no such field.
typedSchema(preflight, ['nam']);
// The request is there: it cannot be sent without.
void preflight.submit(filled, ({ method, path }) => [method.trim(), path.trim()]);
void preflight.validate(() => filled, ['name']);
preflight.retry(['copiesInFlight']);
// @ts-expect-error There is no such fact.
preflight.retry(['copies']);
for (const issue of state.issues) {
  if (issue.kind === 'too-long') {
    void issue.params.limit.toFixed();
    // @ts-expect-error A text that is too long has no index.
    void issue.params.index;
  }
  if (issue.rule === 'ims.cross-region-copy.size-cap') void issue.params.limitBytes?.toFixed();
  // @ts-expect-error There is no such kind.
  if (issue.kind === 'too-short') void issue.summary.trim();
}
// Lists that nobody can change.
const ids: readonly string[] = ['img-1'];
check({ operation: 'jd.copy-images', body: { sourceImageIds: ids, destinationRegion: 'r' }, unknown: ['/path/regionId'] as const });
check({ operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v', image_tags: [{ key: 'k', value: 'v' }] } as const });
// @ts-expect-error An id is text.
check({ operation: 'jd.copy-images', body: { sourceImageIds: [5] as const, destinationRegion: 'r' } });
// @ts-expect-error There is no such field.
void state.errors.nam;
// @ts-expect-error A loader of a number.
createPreflight({ operation: 'ims.cross-region-copy', loaders: { copiesInFlight: () => 'many' } });
// @ts-expect-error There is no such fact.
createPreflight({ operation: 'ims.cross-region-copy', loaders: { copies: () => 0 } });
// @ts-expect-error There is no such field.
createPreflight({ operation: 'ims.cross-region-copy', labels: { nam: 'Name' } });
// @ts-expect-error No such operation.
fields('ims.teleport');
// Both schemas are Standard Schemas, and what they give has no null.
const standard: StandardSchemaV1<unknown, { name: string; cmk_id?: string; description?: string }> = standardSchema('ims.in-region-copy') as StandardSchemaV1<unknown, StandardSchemaV1.InferOutput<BodySchema<'ims.in-region-copy'>>>;
const both: StandardSchemaV1 & StandardJSONSchemaV1 = preflight;
export { both, standard };
const answer = standardSchema('ims.in-region-copy')['~standard'].validate({});
for (const issue of answer.issues ?? []) {
  void [issue.rule, issue.fixes[0]?.patch, issue.path];
  if (issue.kind === 'bad-character') void issue.params.codePoint.slice(issue.params.index);
}
// The adapters take forms of interfaces.
export const rules: FormItemRule[] = formRules(preflight, filled).name;
export const group: ValidatorLike = preflightValidator(preflight);
void formRules(preflight, { value: filled }, { value: undefined }).description;
void formRules(preflight, () => filled, () => ({ fields: [{ prop: 'name' }] })).description;
// @ts-expect-error The operation has no such field.
void formRules(preflight, filled).nam;
// @ts-expect-error The model has none of the fields.
void formRules(preflight, { copy: filled });
void [antdRules(preflight)('name'), typedSchema(preflight)];
// @ts-expect-error There is no such field.
antdRules(preflight)('nam');
type FormItemRule = { required?: boolean; trigger?: string | string[]; validator?: (rule: object, value: unknown, callback: (error?: Error) => void) => Promise<void> | void };
type ValidatorLike = (control: { value: unknown; errors: Record<string, unknown> | null; setErrors(errors: Record<string, unknown> | null, options?: { emitEvent?: boolean }): void }) => Record<string, unknown> | null;

// Plans and jobs.
export const same: Report = checkInFull({ operation: 'ims.in-region-copy', body: { name: 'n' } });
export { none };
const planned: Plan = plan([{ operation: 'ims.in-region-copy' }], { running: [0], failed: { 0: 'later' }, after: { 1: [0] } });
export const sent: [number[], string][] = planned.start.map(({ cases, request }) => [cases, request.path]);
export const [waits] = planned.cases.filter(({ state }) => state === 'waiting').map(({ waitsFor }) => waitsFor);
export const begun: Job[] = beginJobs('ims.in-region-copy', { job_id: 'j' }).jobs;
export const followed: string | null = followJob(begun[0]!, { status: 'SUCCESS' }, { status: 200 }).image;
// @ts-expect-error Not a word for whether to try again.
plan([], { failed: { 0: 'soon' } });
// @ts-expect-error Not a state of a case.
export const soon = planned.cases.filter(({ state }) => state === 'soon');

// What people paste: a translation or a problem, never both.
const result: TranslateResult = translate('hcloud IMS …', { form: 'koocli', locale: 'zh-CN' });
export const told: string = result.problem === undefined ? result.translation.summary : result.problem.message;
export const attributes = result.translation?.cases.map((one): string | undefined => attributeOf(one, '/body/name'));
export const named: (string | undefined)[] | undefined = result.translation?.cases.map(({ name }) => name);
// @ts-expect-error There is no such form.
translate('', { form: 'yaml' });
// @ts-expect-error The text is mandatory.
translate();
