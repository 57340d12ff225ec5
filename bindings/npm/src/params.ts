/** The parameters of findings, by kind of violation and by rule. A test compiles the findings of all vectors against them. */
import type { Finding as AnyFinding, RuleId, ViolationKindName } from '../generated/types.js';

/** The parameters of each kind of violation. */
export interface KindParams {
  ambiguous: { actual: number; with: string };
  'bad-character': { character: string; codePoint: string; index: number; allowed: string };
  'bad-format': { actual?: string; expected: string };
  conflict: { actual?: string; with: string };
  contradiction: { fact: string; actual: string; with: string; other: string };
  duplicate: { actual: string };
  empty: {};
  missing: { with?: string };
  'not-one-of': { actual: string; allowed?: string[]; nearest?: string; known?: number };
  'other-object': { actual: string; with: string; expected: string };
  'out-of-range': { actual: number | string; minimum: number; maximum: number; with?: string };
  partial: { wanted: string[]; lacking: string[]; form: string };
  'too-long': { actual: number; limit: number; unit: string };
  unread: { operation: string };
  'wrong-type': { actual: string; expected: string };
}

type Of<Rules extends string, P> = { [R in Extract<RuleId, Rules>]: P };
type UnknownField = { actual: string; nearest?: string; allowed: string[] };

/** The parameters of the rules that are about more than the shape of a value. Without some of them, if the rule is undecided. */
export interface RuleParams
  extends Of<'case.syntax', { problem: string; line: number; column: number; offset: number }>,
    Of<`${string}.unknown-field`, UnknownField>,
    Of<`${string}.size-cap` | `${string}.shared-size-cap`, { actualBytes?: number; limitBytes?: number; region?: string }>,
    Of<`${string}.concurrent-limit`, { inFlight?: number; limit?: number }>,
    Of<'jd.copy-images.image-quota' | 'jd.copy-images.snapshot-quota', { needed?: number; left?: number }>,
    Of<`${string}.region-differs` | `${string}.full-ecs-regions`, { region?: string }>,
    Of<`${string}.same-site` | `${string}.regions-without-copies`, { region?: string; source?: string }>,
    Of<`${string}.project-of-destination` | `${string}.vault-in-destination`, { actual?: string; region?: string }>,
    Of<`${string}.offered`, { edition: string }>,
    Of<`ims.${string}.${'image-active' | 'private-image' | 'backup-available' | 'ecs-state' | 'san-policy' | 'other-variant'}`, { actual?: string }>,
    Of<`jd.copy-images.${'private-image' | 'ready' | 'cloud-disk-system-image'}`, { image?: string; actual?: string }>,
    Of<`jd.copy-images.${'no-encrypted-snapshot' | 'not-busy'}`, { image?: string }> {}

type WithKind = { [K in ViolationKindName]: { kind: K } & (K extends keyof KindParams ? KindParams[K] : { [name: string]: unknown }) }[ViolationKindName];

/** The parameters of a finding: those of a kind of violation, those of a rule, or none. */
export type FindingParams = Finding['params'];

type Members = Omit<AnyFinding, 'rule' | 'params'>;

/** A problem, or an open question, about a case. A comparison of `rule` or of `params.kind` narrows the type of `params`. */
export type Finding =
  | { [R in keyof RuleParams]: Members & { rule: R; params: { kind?: undefined } & RuleParams[R] } }[keyof RuleParams]
  | (Members & { rule: Exclude<RuleId, keyof RuleParams>; params: WithKind | { kind?: undefined } });

type Told<R, P> = P extends { kind: infer K } ? { rule: R; kind: K; params: P } : { rule: R; kind?: undefined; params: P };

/** Rule, kind and parameters of a finding as members of an issue. A comparison of `rule` or of `kind` narrows the type of `params`. */
export type IssueOf<F> = F extends { rule: infer R; params: infer P } ? (P extends unknown ? Told<R, P> : never) : never;
