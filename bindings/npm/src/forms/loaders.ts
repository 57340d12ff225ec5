/** Facts that come late: asks the loaders for what is missing, once for each id. */
import type { Facts, OperationId } from '../types.js';
import { facts, operationInfo } from './table.js';
import { tokensOf } from './values.js';
import type { FactName, Loaders, MissingFact } from './types.js';

/** The members of `facts` that can state the fact at a pointer. */
export function sourcesOf(pointer: string): readonly FactName[] {
  const [section, name] = tokensOf(pointer);
  return section !== 'facts' ? [] : (Object.keys(facts) as FactName[]).filter((fact) => facts[fact].states === name);
}

/** The request that facts are about. */
export interface About {
  operation: OperationId;
  path: object | undefined;
  body: object;
}

/** Whether a fact can be asked for, and with which argument. */
function argumentOf(fact: FactName, { operation, path, body }: About): { argument: unknown } | undefined {
  const { fields, parameters } = operationInfo(operation);
  const field = facts[fact].about.find((name) => name in fields || name in parameters);
  if (field === undefined) {
    return { argument: undefined };
  }
  const argument = ((field in parameters ? path : body) as Record<string, unknown> | undefined)?.[field];
  return argument === undefined || argument === null || argument === '' ? undefined : { argument };
}

interface Entry {
  fact: FactName;
  key: string;
  argument: unknown;
  state: 'waiting' | 'loading' | 'loaded' | 'failed';
  value?: unknown;
  error?: unknown;
  controller?: AbortController;
  done?: Promise<void>;
}

type AnyLoader = (argument: unknown, context: { signal: AbortSignal }) => unknown;

/** The loaded facts of a form. */
export class LateFacts {
  private readonly entries = new Map<string, Entry>();
  private wanted = new Set<Entry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly loaders: Loaders,
    private readonly debounce: number,
    private readonly changed: () => void,
  ) {}

  private entryOf(fact: FactName, about: About): Entry | undefined {
    const found = this.loaders[fact] === undefined ? undefined : argumentOf(fact, about);
    return found && this.entries.get(keyOf(fact, found.argument));
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
    const entries = loadable.map((fact) => this.entryOf(fact, about));
    const isLoading = entries.some((entry) => entry?.state === 'waiting' || entry?.state === 'loading');
    const failed = entries.find((entry) => entry?.state === 'failed');
    return {
      pointer,
      loadable,
      state: isLoading ? 'loading' : failed ? 'failed' : 'missing',
      ...(failed?.error === undefined || isLoading ? {} : { error: failed.error }),
    };
  }

  /** Asks for facts, after a pause, unless they have been asked for already. Those that were wanted before, and are not now, are dropped. */
  want(pointers: readonly string[], about: About): void {
    const before = this.wanted;
    this.wanted = new Set();
    for (const fact of new Set(pointers.flatMap(sourcesOf))) {
      const found = this.loaders[fact] === undefined ? undefined : argumentOf(fact, about);
      if (found === undefined) {
        continue;
      }
      const key = keyOf(fact, found.argument);
      let entry = this.entries.get(key);
      if (entry === undefined) {
        entry = { fact, key, argument: found.argument, state: 'waiting' };
        this.entries.set(key, entry);
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
          entry.controller?.abort();
          this.entries.delete(entry.key);
        }
      }
    }
    clearTimeout(this.timer);
    if ([...this.wanted].some(({ state }) => state === 'waiting')) {
      this.timer = setTimeout(() => this.run(), this.debounce);
    } else {
      this.wake();
    }
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
    const controller = new AbortController();
    entry.controller = controller;
    try {
      const value: unknown = await (this.loaders[entry.fact] as AnyLoader)(entry.argument, { signal: controller.signal });
      entry.state = value === undefined || value === null ? 'failed' : 'loaded';
      entry.value = value;
    } catch (error) {
      entry.state = 'failed';
      entry.error = error;
    }
    // A stale answer is no longer among the entries, so nobody reads it.
    if (this.entries.get(entry.key) === entry) {
      this.changed();
    }
  }

  /** Asks again for what has failed. */
  retry(): void {
    for (const entry of this.entries.values()) {
      if (entry.state === 'failed') {
        this.entries.delete(entry.key);
      }
    }
  }

  /** Whether a wanted fact is being loaded, or will be. */
  get isLoading(): boolean {
    return [...this.wanted].some(({ state }) => state === 'waiting' || state === 'loading');
  }

  /** Resolves when a wanted fact has been loaded, or at once if none is. */
  async next(): Promise<void> {
    if ([...this.wanted].some(({ state }) => state === 'waiting')) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    const loading = [...this.wanted].flatMap(({ state, done }) => (state === 'loading' && done !== undefined ? [done] : []));
    if (loading.length > 0) {
      await Promise.race(loading);
    }
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) {
      resolve();
    }
  }
}

function keyOf(fact: FactName, argument: unknown): string {
  return `${fact} ${JSON.stringify(argument) ?? ''}`;
}
