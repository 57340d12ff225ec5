// Code that the compiler must accept, and code that it must reject.
import { backupFacts, check, ecsFacts, jdImageFacts, standardSchema, type Report, type RuleId, type Verdict } from 'image-preflight';
// @ts-expect-error Only the full import has plans.
import { plan as none } from 'image-preflight';
import { beginJobs, check as checkInFull, followJob, plan, type Job, type Plan } from 'image-preflight/full';
import { schema } from 'image-preflight/schemas';
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
check({ operation: 'jd.copy-images', facts: { colour: 'red' } });

const form = standardSchema('ims.whole-image', { facts: { backup: { used: false } }, locale: 'zh-CN' });
form['~standard'].validate({ name: 'n', backup_id: 'b', whole_image_type: 'CBR' });
check({
  operation: 'ims.whole-image',
  body: { name: 'n', instance_id: 'i', vault_id: 'v' },
  facts: { ecsObject: { server: {} }, backupObject: {}, quotaObject: {}, projectId: 'p', vault: { region: 'cn-south-1' }, image: { bareMetal: false } },
  unknown: ['/body/instance_id'],
  strict: true,
});
interface Server { status: string }
const server: Server = { status: 'ACTIVE' };
check({ operation: 'ims.whole-image', facts: { ecsObject: server, imageObjects: [{ imageId: 'i' }] as const } });
// @ts-expect-error An object is no text.
check({ operation: 'ims.whole-image', facts: { ecsObject: '{}' } });
export const backup: boolean | null | undefined = backupFacts({}).facts.used;
export const state: string | null | undefined = ecsFacts({}).facts.state;
export const images: (boolean | null | undefined)[] = Object.values(jdImageFacts([]).facts).map(({ busy }) => busy);
schema('jd.copy-images');
void init(new URL('https://example.com/image_preflight.wasm'));

// Plans and jobs.
export const same: Report = checkInFull({ operation: 'ims.in-region-copy' });
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
