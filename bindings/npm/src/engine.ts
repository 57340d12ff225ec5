/**
 * The WebAssembly module and its memory. Texts cross through windows of that memory: nothing is allocated for the crossing
 * but the result.
 */
import instantiate, {
  initSync,
  input,
  locale as localeOf,
  output,
  release,
  run,
  run_packed as runPacked,
  words,
} from '../generated/image_preflight/image_preflight.js';
import { embedded } from './embedded.js';
import { abandon, pack } from './pack.js';
import type { Citation } from './types.js';

/** What the module can be asked. */
export const Command = {
  verdict: 0,
  batch: 1,
  capabilities: 2,
  destinations: 3,
  imageFacts: 4,
  explain: 5,
  rules: 6,
  request: 7,
  problem: 8,
  report: 9,
  names: 10,
  text: 11,
  citations: 12,
} as const;

/** As in the module: in the place of an answer, when the module has no such command. */
const ABSENT = (1 << 30) - 1;

/** As in the module: from here on a number is a verdict's code, below it the length of an answer. */
const CODE = 1 << 30;

/** A module that has been set up, with its memory. */
interface Engine {
  memory: WebAssembly.Memory;
  locales: Map<string, number>;
  /** The window for texts; without a length when the memory has grown since. */
  window: Uint8Array;
  /** The same for the words of packed cases. */
  words: Uint32Array;
  names: Names | undefined;
  /** What rules cite, as far as it has been asked. */
  citations: Map<string, Citation[]>;
}

/** What the numbers in a code mean. */
interface Names {
  operations: string[];
  verdicts: string[];
}

/** A verdict, and on which operation. */
export interface Short {
  operation: string | null;
  verdict: string;
}

let engine: Engine | undefined;
let compiled: WebAssembly.Module | undefined;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The window, in bytes. Texts that fit whatever they hold, at three bytes a UTF-16 unit, are written without counting. */
const WINDOW = 1 << 16;

/** As in the module: for so many words there is room. */
const WORDS = 8192;

/**
 * Sets the module up from somewhere else than the package itself: a URL that serves `image_preflight.wasm`, the response
 * to such a request, the file's bytes, or a compiled module. Only `image-preflight/slim` needs it, and browsers so old that
 * they refuse to compile on the main thread at once.
 *
 * @example
 * import { init, check } from 'image-preflight/slim';
 * await init(new URL('image-preflight/image_preflight.wasm', import.meta.url));
 */
export async function init(
  source: string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module,
): Promise<void> {
  if (typeof source === 'string' || source instanceof URL) {
    source = fetch(source);
  }
  const given = await source;
  if (given instanceof WebAssembly.Module) {
    compiled = given;
  } else if (!isBytes(given) && typeof Response !== 'undefined' && given instanceof Response) {
    if (!given.ok) {
      throw new Error(`image-preflight: the module could not be fetched: ${given.status} ${given.url}`);
    }
    compiled = await compiledFrom(await given.arrayBuffer());
  } else {
    compiled = await compiledFrom(given as BufferSource);
  }
  engine = started(await instance(compiled));
}

/** Compiled at once where that is allowed, which is over sooner; the other way tells what is wrong with the bytes too. */
async function compiledFrom(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return await WebAssembly.compile(bytes);
  }
}

/** An instance at once where that is allowed: the other way asks for `Response` too, and old browsers want that one. */
async function instance(module: WebAssembly.Module): Promise<{ memory: WebAssembly.Memory }> {
  try {
    return initSync({ module });
  } catch {
    return await instantiate({ module_or_path: module });
  }
}

function started({ memory }: { memory: WebAssembly.Memory }): Engine {
  return {
    memory,
    locales: new Map(),
    window: new Uint8Array(0),
    words: new Uint32Array(0),
    names: undefined,
    citations: new Map(),
  };
}

/** Asked before `Response`: Node.js loads that when it is named for the first time, which takes longer than all the rest. */
function isBytes(given: unknown): given is BufferSource {
  return given instanceof ArrayBuffer || ArrayBuffer.isView(given);
}

function setUp(): Engine {
  if (engine !== undefined) {
    return engine;
  }
  if (compiled === undefined) {
    const bytes = embedded();
    if (bytes === undefined) {
      throw new Error("image-preflight/slim: call `await init(url)` first, or import 'image-preflight', which needs none");
    }
    try {
      compiled = new WebAssembly.Module(bytes);
    } catch (error) {
      throw new Error('image-preflight: this environment does not compile WebAssembly at once; call `await init(url)` first', {
        cause: error,
      });
    }
  }
  engine = started(initSync({ module: compiled }));
  return engine;
}

/**
 * Writes a text into the module's memory; gives its length in bytes. Half a surrogate pair, which UTF-8 cannot hold, goes over
 * as the escape that JSON has for it.
 */
function write(engine: Engine, text: string): number {
  if (text.length * 3 <= WINDOW) {
    const written = writeToWindow(engine, text);
    return written ?? write(engine, wellFormed(text));
  }
  return writeBytes(engine, encoder.encode(wellFormed(text)));
}

/** The same of a text that fits; undefined where it holds half a surrogate pair. */
function writeToWindow(engine: Engine, text: string): number | undefined {
  const { read, written } = encoder.encodeInto(text, windowOf(engine));
  if (read !== text.length) {
    throw new RangeError(`image-preflight: only ${read} of ${text.length} characters could be taken`);
  }
  // A text of as many bytes as characters is ASCII.
  return written === text.length || isWellFormed(text) ? written : undefined;
}

function writeBytes(engine: Engine, bytes: Uint8Array): number {
  if (bytes.length <= WINDOW) {
    windowOf(engine).set(bytes);
  } else {
    // The module moves its buffer for this one.
    engine.window = new Uint8Array(0);
    room(engine, bytes.length).set(bytes);
  }
  return bytes.length;
}

function windowOf(engine: Engine): Uint8Array {
  if (engine.window.length === 0) {
    engine.window = room(engine, WINDOW);
  }
  return engine.window;
}

function room({ memory }: Engine, bytes: number): Uint8Array {
  const start = input(bytes);
  if (start === 0) {
    throw new RangeError(`image-preflight: there is no room for a text of ${bytes} bytes`);
  }
  return new Uint8Array(memory.buffer, start, bytes);
}

function languageOf(engine: Engine, tag: string): number {
  let language = engine.locales.get(tag);
  if (language === undefined) {
    if (typeof tag !== 'string') {
      throw new TypeError(`image-preflight: locale is to be a BCP 47 tag such as 'zh-CN', and it is ${typeof tag}`);
    }
    language = localeOf(write(engine, tag));
    engine.locales.set(tag, language);
  }
  return language;
}

/** Asks the module. */
export function ask(command: number, text: string, locale = 'en'): string {
  return guarded((ready) => answered(ready, asked(ready, command, text, locale)));
}

/** The report on a case as text without citations, or the short one where that is all there is to say. */
export function report(text: string, locale = 'en'): Short | string {
  return guarded((ready) => {
    const answer = asked(ready, Command.report, text, locale);
    return answer < CODE ? answered(ready, answer) : meaning(ready, answer);
  });
}

/** The same of a case that is an object; undefined where it is to be written as JSON after all. */
export function reportOfObject(value: unknown, locale = 'en'): Short | string | undefined {
  return guarded((ready) => {
    const answer = askedPacked(ready, Command.report, value, languageOf(ready, locale));
    return answer < CODE && answer !== ABSENT ? answered(ready, answer) : meaningOf(ready, answer);
  });
}

/** The same, the verdict alone. */
export function verdictOfObject(value: unknown): Short | undefined {
  return guarded((ready) => meaningOf(ready, askedPacked(ready, Command.verdict, value, 0)));
}

function meaningOf(ready: Engine, answer: number): Short | undefined {
  return answer === ABSENT ? undefined : meaning(ready, answer);
}

/** What the module says of a case that is an object, as a number; ABSENT where it does not fit. */
function askedPacked(ready: Engine, command: number, value: unknown, language: number): number {
  const packed = pack(value, wordsOf(ready));
  if (packed === undefined || packed.text.length * 3 > WINDOW) {
    return ABSENT;
  }
  const length = writeToWindow(ready, packed.text);
  return length === undefined ? ABSENT : runPacked(command, packed.count, length, language);
}

function wordsOf(ready: Engine): Uint32Array {
  if (ready.words.length === 0) {
    // Asked first: the memory may grow for it.
    const start = words();
    ready.words = new Uint32Array(ready.memory.buffer, start, WORDS);
  }
  return ready.words;
}

/**
 * Of cases that stand one a line, in order: the short report where that is all there is to say, else undefined; and the reports
 * of those, without citations, as a JSON array. There are no more lines than words.
 */
export function batch(lines: string | Uint8Array, locale = 'en'): { shorts: (Short | undefined)[]; reports: string } {
  return guarded((ready) => {
    const language = languageOf(ready, locale);
    // There must be words before they are written; a getter of a case that is being laid out may ask for them meanwhile.
    wordsOf(ready);
    abandon();
    const length = typeof lines === 'string' ? write(ready, lines) : writeBytes(ready, lines);
    const reports = answered(ready, run(Command.batch, length, language));
    // Looked up again: the memory may have grown.
    const [count = 0] = wordsOf(ready);
    const codes = wordsOf(ready).subarray(1, 1 + count);
    return { shorts: Array.from(codes, (code) => (code === 0 ? undefined : meaning(ready, code))), reports };
  });
}

/** What a rule cites, its own copy for whoever asks. The module is asked once a rule: half of a report would be citations. */
export function citationsOf(rule: string): Citation[] {
  return guarded((ready) => {
    let citations = ready.citations.get(rule);
    if (citations === undefined) {
      citations = JSON.parse(answered(ready, run(Command.citations, write(ready, rule), 0))) as Citation[];
      ready.citations.set(rule, citations);
    }
    return citations.map(({ document, date, section, url }) =>
      url === undefined ? { document, date, section } : { document, date, section, url },
    );
  });
}

/** The verdict on a case: no text comes back. */
export function verdict(text: string): Short {
  return guarded((ready) => meaning(ready, run(Command.verdict, write(ready, text), 0)));
}

function asked(ready: Engine, command: number, text: string, locale: string): number {
  const language = languageOf(ready, locale);
  const answer = run(command, write(ready, text), language);
  if (answer === ABSENT) {
    throw new Error('image-preflight: the module that is loaded only checks; what else there is, image_preflight.wasm has');
  }
  return answer;
}

/** What a code means. */
function meaning(ready: Engine, code: number): Short {
  const { operations, verdicts } = (ready.names ??= JSON.parse(answered(ready, run(Command.names, 0, 0))) as Names);
  return { operation: operations[(code >> 8) & 0xff] ?? null, verdict: verdicts[(code >> 16) & 3]! };
}

function guarded<T>(call: (engine: Engine) => T): T {
  const ready = setUp();
  try {
    return call(ready);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      // The next call begins with an instance of its own.
      engine = undefined;
      throw new Error('image-preflight: the module has failed; it will be set up anew', { cause: error });
    }
    throw error;
  }
}

/** The answer that the module has just written. */
function answered({ memory }: Engine, length: number): string {
  const answer = decoder.decode(new Uint8Array(memory.buffer, output(), length));
  release();
  return answer;
}

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function isWellFormed(text: string): boolean {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  return isWellFormed?.call(text) ?? text.search(LONE_SURROGATE) < 0;
}

function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}
