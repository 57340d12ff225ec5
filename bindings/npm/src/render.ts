/** Templates, filled in as the Rust library fills them in: tests compare both, byte by byte. */
import generated from '../generated/citations.json' with { type: 'json' };
import type { LocalePack } from './languages.js';

const NAMED = generated.sentences;

/** A parameter of a finding: its value in `params`, and how a sentence writes it. */
export interface Param {
  value: unknown;
  write(language: LocalePack, isPlain: boolean): string;
}

export type Params = Map<string, Param>;

const isWide = (unit: number): boolean => unit > 0x7f;

/** Fills a template; a placeholder that `fill` does not know stays as it is. */
export function render(template: string, fill: (name: string) => string | undefined): string {
  let text = '';
  let rest = template;
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    text += rest.slice(0, open);
    rest = rest.slice(open + 1);
    const close = rest.indexOf('}');
    if (close < 0) {
      text += '{';
      continue;
    }
    const [name, nouns] = halves(rest.slice(0, close), ':');
    rest = rest.slice(close + 1);
    let filled = fill(name) ?? `{${name}}`;
    const [one, many] = halves(nouns ?? '', '|');
    if (many !== undefined) {
      filled += ` ${filled === '1' ? one : many}`;
    }
    // In Chinese a space separates code and numbers from characters, but not characters, nor what is in full-width quotes.
    if (filled !== '') {
      const last = filled.charCodeAt(filled.length - 1);
      if (rest[0] === ' ' && (last === 0x201d || (isWide(last) && isWide(rest.charCodeAt(1))))) {
        rest = rest.slice(1);
      }
      const first = filled.charCodeAt(0);
      if (text.endsWith(' ') && (first === 0x201c || (isWide(first) && isWide(text.charCodeAt(text.length - 2))))) {
        text = text.slice(0, -1);
      }
    }
    text += filled;
  }
  return text + rest;
}

function halves(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** The parameter of this name in a sentence, or what follows from several; `undefined` if there is none. */
export function fill(params: Params, name: string, language: LocalePack, isPlain: boolean): string | undefined {
  const param = params.get(name);
  if (param !== undefined) {
    return param.write(language, isPlain);
  }
  if (name === 'range') {
    const [minimum, maximum] = [params.get('minimum')?.value, params.get('maximum')?.value];
    // The greatest of all is named only where that is what was passed.
    const actual = params.get('actual')?.value;
    const isOpen = maximum === Number.MAX_SAFE_INTEGER && typeof actual === 'number' && actual < maximum;
    const words = isOpen && minimum === 0 ? NAMED.nonNegative : isOpen && minimum === 1 ? NAMED.positive : NAMED.fromTo;
    return render(language.sentences[words]!, (inner) => fill(params, inner, language, isPlain));
  }
  if (name === 'suggestion') {
    const near = params.get('nearest') ?? params.get('near');
    return near === undefined ? '' : render(language.sentences[NAMED.suggestion]!, () => near.write(language, isPlain));
  }
  return undefined;
}

/** An integer that a double may not hold exactly, from its two halves. */
export function wide(low: number, high: number, isBytes: boolean): Param {
  const value = (isBytes ? high : high | 0) * 2 ** 32 + low;
  const exact = (): bigint => ((isBytes ? BigInt(high) : BigInt(high | 0)) << 32n) + BigInt(low);
  return { value, write: (language) => (isBytes ? size(exact(), language) : String(Number.isSafeInteger(value) ? value : exact())) };
}

const GIB = 1n << 30n;

/** A size: whole GiB as such, any other in bytes with about how many GiB that is. */
function size(bytes: bigint, { sentences }: LocalePack): string {
  if (bytes % GIB === 0n) {
    return `${bytes / GIB} GiB`;
  }
  const hundredths = String(((bytes % GIB) * 100n) / GIB).padStart(2, '0');
  return `${bytes} ${sentences[NAMED.bytesAbout]} ${bytes / GIB}.${hundredths} GiB`;
}

/** A user's text, shortened already. */
export function userText(value: string): Param {
  return { value, write: ({ quotes }) => quotes[0] + printable(value) + quotes[1] };
}

/** Names that an API or the package defines: as code, or plainly for people who do not know the API. */
export function names(list: readonly string[], value: unknown): Param {
  return {
    value,
    write: ({ comma, sentences }, isPlain) => (list.length === 0 ? sentences[NAMED.none]! : list.map((name) => named(name, isPlain)).join(comma)),
  };
}

function named(name: string, isPlain: boolean): string {
  const mark = isPlain ? '' : '`';
  return mark + printable(name) + mark;
}

/** A text that is shown as it is. */
export function literal(value: string): Param {
  return { value, write: () => value };
}

/** A phrase with a name for programs. */
export function label(value: string, place: number): Param {
  return { value, write: ({ sentences }) => sentences[place]! };
}

/** Control characters, and those that change the direction of writing. */
const HIDDEN = /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

function printable(text: string): string {
  return text.replace(HIDDEN, (hidden) => `<U+${hidden.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}

/** The field at a JSON Pointer as a person would write it: `image_tags[0].key`. */
export function fieldName(pointer: string, isPlain: boolean): string {
  let name = '';
  for (const token of pointer.split('/').slice(pointer.startsWith('/unknown/') ? 1 : 2)) {
    const short = shortened(token.replace(/~1/g, '/').replace(/~0/g, '~'));
    name += name === '' ? short : /^\d*$/.test(short) ? `[${short}]` : `.${short}`;
  }
  return named(name === '' ? pointer.replace(/^\/+/, '') : name, isPlain);
}

/** How many characters of a user's value a report repeats. */
const MAX_ECHOED = 64;

function shortened(text: string): string {
  if (text.length <= MAX_ECHOED) {
    return text;
  }
  // A character has at most two units.
  const chars = Array.from(text.slice(0, 2 * MAX_ECHOED + 2));
  return chars.length > MAX_ECHOED ? `${chars.slice(0, MAX_ECHOED).join('')}…` : text;
}

/** The phrase for a field whose value is missing. */
export function valueOf(pointer: string, { sentences }: LocalePack): string {
  return render(sentences[NAMED.value]!, () => fieldName(pointer, false));
}

const HAN = /[\u4e00-\u9fff]/;

/** The citations of the rule at a place among all, documents in the reader's language first. */
export function citationsAt(rule: number, { tag }: LocalePack): { document: string; date: string; section: string; url?: string }[] {
  const all = (generated.rules[rule] ?? []).map(([place, section]) => {
    const [document, date, url] = generated.documents[place as number]!;
    const cited = { document: document!, date: date!, section: section as string };
    return url === null ? cited : { ...cited, url: url! };
  });
  const isOwn = ({ document }: { document: string }): boolean => HAN.test(document) === tag.startsWith('zh');
  return [...all.filter(isOwn), ...all.filter((cited) => !isOwn(cited))];
}
