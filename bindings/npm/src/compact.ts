/** Reports as the module writes them: numbers and one text. `check/compact.rs` describes them. */
import { packOf, placeOf } from './languages.js';
import type { LocalePack } from './languages.js';
import { citationsAt, fieldName, fill, label, literal, names, render, userText, valueOf, wide } from './render.js';
import type { Param, Params } from './render.js';
import type { Finding, Fix, OperationId, PatchOperation, Report, RuleId, Severity, Verdict } from './types.js';

/** Takes numbers one by one, and from the text as many units as a number says. */
class Reader {
  private readonly numbers: readonly number[];
  private readonly all: string;
  private at: number;
  private from: number;

  // Fields with initial values are defined one by one in what the build makes of them, which takes longer.
  constructor(numbers: readonly number[], all: string) {
    this.numbers = numbers;
    this.all = all;
    this.at = 0;
    this.from = 0;
  }

  number(): number {
    return this.numbers[this.at++]!;
  }

  text(): string {
    const start = this.from;
    this.from += this.number();
    return this.all.slice(start, this.from);
  }

  list<T>(item: () => T): T[] {
    const list: T[] = [];
    for (let left = this.number(); left > 0; left -= 1) {
      list.push(item());
    }
    return list;
  }
}

/** Makes the lazy members of an object, by their names. It is not enumerable, so copies and comparisons of the object are without it. */
const MAKE = Symbol();

interface Lazy {
  [MAKE](name: string): unknown;
}

/** By name. Objects whose accessors are the same functions share a shape; others would have one each, which is slow to make and to collect. */
const accessors: Record<string, PropertyDescriptor & ThisType<Lazy>> = {};

function accessorOf(name: string): PropertyDescriptor {
  return (accessors[name] ??= {
    get() {
      const value = this[MAKE](name);
      settle(this, name, value);
      return value;
    },
    set(value: unknown) {
      settle(this, name, value);
    },
    enumerable: true,
    configurable: true,
  });
}

/** Makes a member an ordinary one, with this value. A frozen object keeps its accessor. */
function settle(object: object, name: string, value: unknown): void {
  Reflect.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function setMaker(object: object, make: (name: string) => unknown): void {
  Object.defineProperty(object, MAKE, { value: make });
}

/** Gives an object a member that is made when it is first read; to whoever reads or writes it, it is like any other. */
function lazily<T extends object>(object: T, name: keyof T & string): void {
  Object.defineProperty(object, name, accessorOf(name));
}

/** What a report has beside its findings, decoded already. */
interface Head {
  operation: string | null;
  verdict: string;
}

/** The report that the module wrote; its findings are decoded when they are read. `ruleIds` are in the order of the citations. */
export function reportOf(
  { operation, verdict }: Head,
  numbers: readonly number[],
  text: string,
  locale: string | undefined,
  ruleIds: () => readonly string[],
): Report {
  const language = packOf(locale);
  const reader = new Reader(numbers, text);
  const word = (): string => reader.text();
  const [missing, presumed] = [reader.list(word), reader.list(word)];
  let findings: Finding[] | undefined;
  const report = { operation: operation as OperationId | null, verdict: verdict as Verdict, missing, presumed } as Report;
  setMaker(report, () => (findings ??= reader.list(() => finding(reader, language, ruleIds))));
  lazily(report, 'findings');
  return report;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'advice'];

function finding(reader: Reader, language: LocalePack, ruleIds: () => readonly string[]): Finding {
  const { sentences } = language;
  const rule = reader.text();
  const at = reader.text();
  const flags = reader.number();
  const isUnknown = (flags & 1) === 1;
  const [message, hint, holds] = [reader.number(), reader.number(), reader.number()];
  const params: Params = new Map();
  const values: Record<string, unknown> = {};
  for (let left = reader.number(); left > 0; left -= 1) {
    const name = reader.text();
    const its = param(reader);
    params.set(name, its);
    values[name] = its.value;
  }
  const missing = reader.list(() => missingFact(reader));
  const say = (number: number, isPlain: boolean): string =>
    render(sentences[placeOf(number)]!, (name) => {
      const filled = fill(params, name, language, isPlain);
      if (filled !== undefined) {
        return filled;
      }
      if (name === 'field') {
        return fieldName(at, isPlain);
      }
      if (isUnknown && name === 'holds') {
        return sentences[placeOf(holds)];
      }
      return isUnknown && name === 'facts' ? factList(missing, language) : undefined;
    });
  const fixes = reader.list(() => fix(reader, missing, language, say));
  const found = {
    rule: rule as RuleId,
    outcome: isUnknown ? 'unknown' : 'violated',
    severity: SEVERITIES[flags >> 3]!,
    at,
    params: values as Finding['params'],
  } as Finding;
  setMaker(found, (name) => {
    switch (name) {
      case 'message':
        return say(message, false);
      case 'hint':
        return say(hint, true);
      default:
        return citationsAt(ruleIds().indexOf(rule), language);
    }
  });
  lazily(found, 'message');
  if (hint !== 0) {
    lazily(found, 'hint');
  }
  found.missing = missing.map(({ pointer }) => pointer);
  found.fixes = fixes;
  lazily(found, 'citations');
  return found;
}

function param(reader: Reader): Param {
  const tag = reader.number();
  switch (tag) {
    case 0:
    case 1:
      return wide(reader.number(), reader.number(), tag === 1);
    case 2:
      return userText(reader.text());
    case 3: {
      const name = reader.text();
      return names([name], name);
    }
    case 4: {
      const list = reader.list(() => reader.text());
      return names(list, list);
    }
    case 5:
      return label(reader.text(), placeOf(reader.number()));
    default:
      return literal(reader.text());
  }
}

/** A fact, or the value of a field, that a rule still wants. */
interface Missing {
  pointer: string;
  what: number;
  how: number;
  isField: boolean;
  image: string | undefined;
}

function missingFact(reader: Reader): Missing {
  const pointer = reader.text();
  const [what, how, kind] = [placeOf(reader.number()), placeOf(reader.number()), reader.number()];
  return { pointer, what, how, isField: kind === 1, image: kind === 3 ? reader.text() : undefined };
}

function factList(missing: readonly Missing[], language: LocalePack): string {
  const phrases = missing.map(({ isField, pointer, what }) => (isField ? valueOf(pointer, language) : language.sentences[what]!));
  return phrases.filter((phrase, index) => phrase !== phrases[index - 1]).join(language.comma);
}

function fix(reader: Reader, missing: readonly Missing[], language: LocalePack, say: (number: number, isPlain: boolean) => string): Fix {
  const number = reader.number();
  const about = missing[reader.number() - 1];
  const operation = reader.text();
  const patch = reader.list((): PatchOperation => {
    const op = reader.number();
    const path = reader.text();
    const other = reader.text();
    switch (op) {
      case 0:
        return { op: 'add', path, value: other };
      case 1:
        return { op: 'replace', path, value: other };
      case 2:
        return { op: 'remove', path };
      default:
        return { op: 'move', from: other, path };
    }
  });
  const found = {} as Fix;
  setMaker(found, () => (about === undefined ? say(number, false) : findOut(number, about, language)));
  lazily(found, 'title');
  if (patch.length > 0) {
    found.patch = patch;
  }
  if (operation !== '') {
    found.operation = operation as NonNullable<Fix['operation']>;
  }
  return found;
}

function findOut(number: number, { what, how, image }: Missing, language: LocalePack): string {
  const { sentences } = language;
  return render(sentences[placeOf(number)]!, (name) => {
    switch (name) {
      case 'fact':
        return sentences[what];
      case 'how':
        return sentences[how];
      case 'image':
        return userText(image ?? '').write(language, false);
      default:
        return undefined;
    }
  });
}
