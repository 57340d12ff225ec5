/** Facts that come late: asks the loaders for what is missing, once for each id. */
import { keepFacts } from '../index.js';
import type { Facts, OperationId } from '../types.js';
import { facts, operationInfo } from './table.js';
import { tokensOf } from './values.js';
import type { FactName, MissingFact } from './types.js';

/** The members of `facts` that can state the fact at a pointer. */
export function sourcesOf(pointer: string): readonly FactName[] {
  const [section, name] = tokensOf(pointer);
  return section !== 'facts' ? [] : (Object.keys(facts) as FactName[]).filter((fact) => facts[fact].states === name);
}

/** The request that facts are about, and those that are known without loaders. */
export interface About {
  operation: OperationId;
  path: object | undefined;
  body: object;
  given: Facts | undefined;
}

/** Whether a member is an object with a member for each fact, and no object of a provider's API. */
const isRecord = (fact: FactName, value: unknown): value is Record<string, unknown> => facts[fact].states === fact && typeof value === 'object' && value !== null && !Array.isArray(value);

const isKnown = (value: unknown): boolean => value !== undefined && value !== null;

/** Whether a fact can be asked for, and with which argument. What is given as a whole is not. */
function argumentOf(fact: FactName, { operation, path, body, given }: About): { argument: unknown } | undefined {
  const own: unknown = given?.[fact];
  if (isKnown(own) && !isRecord(fact, own)) {
    return undefined;
  }
  const { fields, parameters } = operationInfo(operation);
  const field = facts[fact].about.find((name) => name in fields || name in parameters);
  if (field === undefined) {
    return { argument: undefined };
  }
  const argument = ((field in parameters ? path : body) as Record<string, unknown> | undefined)?.[field];
  return isKnown(argument) && argument !== '' ? { argument } : undefined;
}

/** The facts of the caller, and loaded ones where the caller has none, member by member. What is no object is left to the check. */
export function withLoaded(given: Facts | undefined, loaded: Facts): Facts | undefined {
  if (isKnown(given) && (typeof given !== 'object' || Array.isArray(given))) {
    return given;
  }
  const all: Record<string, unknown> = { ...loaded };
  for (const [name, value] of Object.entries(given ?? {}) as [FactName, unknown][]) {
    if (isKnown(value)) {
      const isShared = Object.prototype.hasOwnProperty.call(loaded, name) && isRecord(name, value) && isRecord(name, loaded[name]);
      all[name] = isShared ? merged(all[name] as Record<string, unknown>, value) : value;
    }
  }
  return all;
}

function merged(loaded: Record<string, unknown>, given: Record<string, unknown>): Record<string, unknown> {
  const all = { ...loaded };
  for (const [name, value] of Object.entries(given).filter(([, value]) => isKnown(value))) {
    // The facts of JD Cloud's images are by image.
    const isObject = [value, all[name]].every((one) => typeof one === 'object' && one !== null);
    all[name] = isObject ? merged(all[name] as Record<string, unknown>, value as Record<string, unknown>) : value;
  }
  return all;
}

interface Entry {
  fact: FactName;
  key: string;
  argument: unknown;
  state: 'waiting' | 'loading' | 'loaded' | 'failed';
  value?: unknown;
  error?: unknown;
  /** The time in milliseconds from which a validation may ask for it again, after it has failed. */
  againAt?: number;
  controller?: AbortController;
  done?: Promise<void>;
}

/**
 * Milliseconds after which a loader that has failed may be asked again by a validation. Each further failure doubles them: a page that
 * validates whenever something has failed must not ask for ever.
 */
const RETRY_AFTER = 1000;
const MAX_RETRY_AFTER = 60_000;

export type AnyLoader = (argument: unknown, context: { signal: AbortSignal }) => unknown;

/** The loaded facts of a form. */
export class LateFacts {
  private readonly entries = new Map<string, Entry>();
  private wanted = new Set<Entry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];
  /** How often each has failed, one time after the other. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly loaders: Readonly<Partial<Record<FactName, AnyLoader>>>,
    private readonly debounce: number,
    private readonly timeout: number,
    private readonly changed: () => void,
    /** Why the check cannot use an answer, if so. */
    private readonly refusalOf: (fact: FactName, answer: unknown) => string | undefined,
  ) {}

  /** Where the answer to a fact about this request is, or will be. */
  private slotOf(fact: FactName, about: About): { argument: unknown; key: string } | undefined {
    const found = this.loaders[fact] === undefined ? undefined : argumentOf(fact, about);
    return found && { ...found, key: `${fact} ${JSON.stringify(found.argument) ?? ''}` };
  }

  private entryOf(fact: FactName, about: About): Entry | undefined {
    const slot = this.slotOf(fact, about);
    return slot && this.entries.get(slot.key);
  }

  /** What has been loaded about this request. */
  facts(about: About): Facts {
    const loaded: Record<string, unknown> = {};
    for (const fact of Object.keys(this.loaders) as FactName[]) {
      const entry = this.entryOf(fact, about);
      if (entry?.state === 'loaded') {
        loaded[fact] = entry.value;
      }
    }
    return loaded;
  }

  /** The state of a missing fact, after {@link want}. */
  describe(pointer: string, about: About): MissingFact {
    const loadable = sourcesOf(pointer).filter((fact) => this.loaders[fact] !== undefined);
    const entries = loadable.flatMap((fact) => this.entryOf(fact, about) ?? []);
    const isLoading = entries.some(({ state }) => state === 'waiting' || state === 'loading');
    const error = entries.find((entry) => entry.error !== undefined)?.error;
    return {
      pointer,
      loadable,
      // A loader that has answered without this fact does not know it.
      state: isLoading ? 'loading' : entries.length > 0 ? 'failed' : 'missing',
      ...(error === undefined || isLoading ? {} : { error }),
    };
  }

  /** Asks for facts, after a pause, unless they have been asked for already. Those that were wanted before, and are not now, are dropped. */
  want(pointers: readonly string[], about: About): void {
    const before = this.wanted;
    this.wanted = new Set();
    let isNew = false;
    for (const fact of new Set(pointers.flatMap(sourcesOf))) {
      const slot = this.slotOf(fact, about);
      if (slot === undefined) {
        continue;
      }
      let entry = this.entries.get(slot.key);
      if (entry === undefined) {
        entry = { fact, ...slot, state: 'waiting' };
        this.entries.set(slot.key, entry);
        isNew = true;
      }
      this.wanted.add(entry);
    }
    for (const entry of before) {
      const isPending = entry.state === 'waiting' || entry.state === 'loading';
      if (isPending && !this.wanted.has(entry)) {
        if (this.entryOf(entry.fact, about) === entry) {
          this.wanted.add(entry);
        } else {
          // It is about another request than the present one. Its answer would be stale.
          this.drop(entry);
        }
      }
    }
    const isWaiting = [...this.wanted].some(({ state }) => state === 'waiting');
    // Only another question makes the pause start again: a page that checks the same values all the time still gets its answers.
    if (isNew || !isWaiting) {
      clearTimeout(this.timer);
    }
    if (isNew) {
      this.timer = setTimeout(() => this.run(), this.debounce);
    }
  }

  private drop(entry: Entry): void {
    entry.controller?.abort();
    if (this.entries.get(entry.key) === entry) {
      this.entries.delete(entry.key);
    }
    this.wake();
  }

  private run(): void {
    for (const entry of this.wanted) {
      if (entry.state === 'waiting') {
        entry.state = 'loading';
        entry.done = this.load(entry);
      }
    }
    this.wake();
  }

  private async load(entry: Entry): Promise<void> {
    const { fact, argument } = entry;
    const controller = new AbortController();
    entry.controller = controller;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error(`image-preflight: the loader of ${fact} has not answered within ${this.timeout} ms`));
          controller.abort();
        }, this.timeout);
      });
      const answer: unknown = await Promise.race([this.loaders[fact]!(argument, { signal: controller.signal }), late]);
      // A copy, which nobody changes, and which is known to be JSON.
      entry.value = keepFacts({ [fact]: answer } as Facts)[fact];
      const isCurrent = this.entries.get(entry.key) === entry;
      const refusal = isKnown(entry.value) && isCurrent ? this.refusalOf(fact, entry.value) : undefined;
      if (refusal !== undefined) {
        // Such as an API's error, which a loader has taken for its answer.
        throw new TypeError(`image-preflight: the answer of the loader of ${fact} cannot be used: ${refusal}`);
      }
      entry.state = isKnown(entry.value) ? 'loaded' : 'failed';
    } catch (error) {
      entry.state = 'failed';
      entry.error = error;
    }
    if (entry.state === 'failed') {
      const failures = (this.failures.get(entry.key) ?? 0) + 1;
      this.failures.set(entry.key, failures);
      entry.againAt = Date.now() + Math.min(RETRY_AFTER * 2 ** (failures - 1), MAX_RETRY_AFTER);
    } else {
      this.failures.delete(entry.key);
    }
    clearTimeout(timer);
    // A stale answer is no longer among the entries, so nobody reads it.
    if (this.entries.get(entry.key) === entry) {
      this.changed();
    }
  }

  /** Forgets what has failed, or all answers to these facts. */
  forget(names: readonly FactName[] | undefined): void {
    for (const { key } of this.forgetThose(({ state, fact }) => (names === undefined ? state === 'failed' : names.includes(fact)))) {
      this.failures.delete(key);
    }
  }

  /** Forgets what failed some time ago: whoever asks again wants to know whether it works now, but not at each keystroke. */
  forgetOld(): void {
    this.forgetThose(({ againAt }) => againAt !== undefined && Date.now() >= againAt);
  }

  private forgetThose(is: (entry: Entry) => boolean): Entry[] {
    const those = [...this.entries.values()].filter(is);
    for (const entry of those) {
      this.drop(entry);
      this.wanted.delete(entry);
    }
    return those;
  }

  /** Whether a wanted fact is being loaded, or will be. */
  get isLoading(): boolean {
    return [...this.wanted].some(({ state }) => state === 'waiting' || state === 'loading');
  }

  /** Resolves when something has happened to the wanted facts. */
  async next(): Promise<void> {
    if (this.isLoading) {
      const woken = new Promise<void>((resolve) => this.waiting.push(resolve));
      await Promise.race([woken, ...[...this.wanted].flatMap(({ state, done }) => (state === 'loading' ? [done] : []))]);
    }
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) {
      resolve();
    }
  }
}
