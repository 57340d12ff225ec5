/** Plans and jobs, which only `image-preflight/full` has. */
import type { Options } from './api.js';
import type { ImageOptions } from './more.js';
import { Command, call } from './engine.js';
import { answerText, arrayOf, toJson } from './input.js';
import { isArrayOf, isText, optionsWith, textOf, wrong } from './options.js';
import type { Expected } from './options.js';
import type { Again, Job, Jobs, Plan } from '../generated/types.js';
import type { Case, OperationId } from './types.js';

export type {
  Again,
  Job,
  JobQuery,
  JobState,
  Jobs,
  LaterCall,
  Plan,
  PlannedCall,
  PlannedCase,
  PlannedPreparation,
  PlannedState,
} from '../generated/types.js';

/** The options that only plans and jobs have, validated. */
interface Members {
  copiesInFlight: number;
  after: Record<number, readonly number[]>;
  priority: Record<number, number>;
  running: number[];
  finished: number[];
  prepared: Record<number, string>;
  failed: Record<number, string>;
  parameters: Record<string, string>;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecordOf = (value: unknown, isKeyOf: (key: string) => boolean, is: (value: unknown) => boolean): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).every(([key, item]) => isKeyOf(key) && is(item));
const isPlace = (key: string): boolean => /^(0|[1-9]\d*)$/.test(key);

/** The module takes a priority as an `i32`. */
const MAX_PRIORITY = 0x7fff_ffff;
const CASES = 'an array of places of cases, counted from 0';
const AGAIN = ['now', 'later', 'after-fix', 'never'];

const MEMBERS: Expected<Members> = {
  copiesInFlight: [isCount, 'a number of copies, an integer from 0'],
  after: [
    (value) => isRecordOf(value, isPlace, (item) => isArrayOf(item, isCount)),
    'an object from the place of a case to those before it, such as { 2: [0, 1] }',
  ],
  priority: [
    (value) => isRecordOf(value, isPlace, (item) => Number.isInteger(item) && Math.abs(item as number) <= MAX_PRIORITY),
    'an object from the place of a case to an integer, such as { 2: 10 }',
  ],
  running: [(value) => isArrayOf(value, isCount), CASES],
  finished: [(value) => isArrayOf(value, isCount), CASES],
  prepared: [
    (value) => isRecordOf(value, isPlace, isText),
    "an object from the place of a case to the id of an image, such as { 2: 'id' }",
  ],
  failed: [
    (value) => isRecordOf(value, isPlace, (item) => AGAIN.includes(item as string)),
    `an object from the place of a case to one of ${AGAIN.join(', ')}, such as { 2: 'later' }`,
  ],
  parameters: [(value) => isRecordOf(value, () => true, isText), "an object of strings such as { project_id: 'id' }"],
};

/** {@link Options} for {@link plan}. A case is named by its place among the cases, counted from 0. */
export interface PlanOptions extends Omit<ImageOptions, 'strict'> {
  /** How many cross-region copies of the tenant run that are none of these cases. Default: 0. */
  copiesInFlight?: number | undefined;
  /** What must have finished before a case starts: `{ 2: [0, 1] }`. */
  after?: Readonly<Record<number, readonly number[]>> | undefined;
  /** Higher ones start first: `{ 2: 10 }`. Default: 0. */
  priority?: Readonly<Record<number, number>> | undefined;
  /** Cases of which a call has been sent and has not ended. */
  running?: readonly number[] | undefined;
  /** Cases that have ended well. */
  finished?: readonly number[] | undefined;
  /** Ids of images that have been made first for cases (a call whose `prepares` is true has ended well): `{ 2: '…' }`. */
  prepared?: Readonly<Record<number, string>> | undefined;
  /** Cases of which a call has failed and is not to be sent again yet, with `again` of its job: `{ 2: 'later' }`. */
  failed?: Readonly<Record<number, Again>> | undefined;
}

/**
 * In which order many cases may be sent, under the limits of the documents: `start` has the calls that may be sent now, `later` those
 * after them in waves, `cases` how each case stands and why, `missing` the facts that cases wait for. It remembers nothing: when
 * something has started or ended, ask again with what has become of the cases.
 *
 * @throws {TypeError} if a case cannot be serialized as JSON, or the options name a case that is not there or contradict each other.
 * @example
 * const { start } = plan(cases, { running: [1], finished: [0] });
 * for (const { cases: [place], request } of start) send(place, request);
 */
export function plan(cases: readonly Case[], options?: PlanOptions): Plan {
  const { edition, locale, ...known } = optionsWith(MEMBERS, options, [
    'edition',
    'locale',
    'copiesInFlight',
    'after',
    'priority',
    'running',
    'finished',
    'prepared',
    'failed',
  ]);
  const texts = arrayOf(cases).map((value, index) => toJson(value, `case ${index}`));
  return answerOf(Command.plan, { cases: texts, edition, options: known }, locale) as Plan;
}

/** {@link Options} for {@link beginJobs} and {@link followJob}. */
export interface JobOptions extends Options {
  /** HTTP status of the response, e.g. `200`. */
  status?: number | undefined;
  /** Parameters of the addresses to ask, as `query.unfilled` names them: `{ project_id: '…' }`. */
  parameters?: Readonly<Record<string, string>> | undefined;
}

/**
 * What the cloud's answer to a request has begun: `jobs` with one job, or one for each image that is copied; or `refusal`, if the
 * request was refused or the answer names nothing to follow. A job is plain JSON: store it, and go on with {@link followJob}.
 *
 * @throws {TypeError} if the answer cannot be serialized as JSON, or the operation is unknown.
 * @example
 * const { jobs: [job], refusal } = beginJobs('ims.in-region-copy', { job_id: 'edc89b49' }, { status: 200 });
 * job?.query?.path; // '/v1/cloudimages/job/edc89b49'
 */
export function beginJobs(operation: OperationId, answer: unknown, options?: JobOptions): Jobs {
  const { status, parameters, locale } = optionsWith(MEMBERS, options, ['status', 'parameters', 'locale']);
  const input = { operation: textOf(operation, 'the operation', 'the id of one'), status, answer: answerText(answer), parameters: parameters ?? {} };
  return answerOf(Command.beginJobs, input, locale) as Jobs;
}

/**
 * The job after the answer to its `query`: with the next query, done with the new image's id, or failed with the refusal explained. An
 * odd answer has a state too. Without an answer, only the parameters and the language change.
 *
 * @throws {TypeError} if the job is none, or the answer cannot be serialized as JSON.
 * @example
 * job = followJob(job, await response.text(), { status: response.status });
 * if (job.state === 'done') use(job.image);
 */
export function followJob(job: Job, answer?: unknown, options?: JobOptions): Job {
  const { status, parameters, locale } = optionsWith(MEMBERS, options, ['status', 'parameters', 'locale']);
  if (typeof job !== 'object' || job === null || Array.isArray(job)) {
    throw wrong('the argument job', job, 'a job that beginJobs or followJob returned');
  }
  const input = { job, status, answer: answer === undefined ? undefined : answerText(answer), parameters: parameters ?? {} };
  return answerOf(Command.followJob, input, locale) as Job;
}

/** The answer of a command that says what is wrong with its input. */
function answerOf(command: number, input: object, locale: string | undefined): unknown {
  const { answer, problem } = JSON.parse(call(command, toJson(input, 'the argument'), locale)) as { answer?: unknown; problem?: string };
  if (problem !== undefined) {
    throw new TypeError(`image-preflight: ${problem}`);
  }
  return answer;
}
