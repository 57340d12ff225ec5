/** The languages of messages: a pack has every sentence of a report, in one order for all of them. */
import english from '../generated/sentences.en.json' with { type: 'json' };
import { encoder } from './engine.js';
import { described, wrong } from './options.js';

/** The sentences of a language, for {@link addLocale}: `image-preflight/locales/zh-CN` is one. */
export interface LocalePack {
  /** Its BCP 47 tag. */
  readonly tag: string;
  /** What separates the parts of a list. */
  readonly comma: string;
  /** The marks around a user's text. */
  readonly quotes: readonly string[];
  /** Templates. */
  readonly sentences: readonly string[];
}

const packs: LocalePack[] = [english];

/** Languages that exist, by the first part of their tags; the pack of each is a subpath. */
const KNOWN = ['en', 'zh-CN'];

/**
 * Adds a language, for the option `locale`. English is there already.
 *
 * @throws {TypeError} if it is no pack of this version.
 * @example
 * import { addLocale, checkUnknown } from 'image-preflight';
 * import chinese from 'image-preflight/locales/zh-CN';
 * addLocale(chinese);
 * checkUnknown(value, { locale: 'zh-CN' });
 */
export function addLocale(pack: LocalePack): void {
  const { tag, comma, quotes, sentences } = (pack ?? {}) as Partial<LocalePack>;
  if (typeof tag !== 'string' || typeof comma !== 'string' || !Array.isArray(quotes) || !Array.isArray(sentences)) {
    throw wrong('the argument pack', pack, "the default export of a subpath such as 'image-preflight/locales/zh-CN'");
  }
  if (sentences.length !== english.sentences.length) {
    throw new TypeError(`image-preflight: the language ${described(tag)} is of another version of the package`);
  }
  if (!packs.some((known) => known.tag === tag)) {
    packs.push(pack);
  }
}

/** The pack for a BCP 47 tag: of the language that it asks for, or English if there are no messages in that language. */
export function packOf(tag: string | undefined): LocalePack {
  if (tag === undefined || tag === 'en') {
    return english;
  }
  const primary = (of: string): string => of.split(/[-_]/, 1)[0]!.toLowerCase();
  const wanted = primary(tag);
  const pack = packs.find((known) => primary(known.tag) === wanted);
  const missing = pack === undefined ? KNOWN.find((known) => primary(known) === wanted) : undefined;
  if (missing !== undefined) {
    throw new TypeError(
      `image-preflight: the messages in ${missing} are not loaded: import pack from 'image-preflight/locales/${missing}'; addLocale(pack)`,
    );
  }
  return pack ?? english;
}

let places: Map<number, number> | undefined;

/** The place of a sentence, by the number that the module has for it: a hash (FNV-1a) of the English one, folded to 24 bits. */
export function placeOf(number: number): number {
  places ??= new Map(english.sentences.map((sentence, place) => [numberOf(sentence), place]));
  return places.get(number)!;
}

function numberOf(sentence: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(sentence)) {
    hash = Math.imul(hash ^ byte, 0x1000193);
  }
  return ((hash >>> 24) ^ hash) & 0xffffff;
}
