/**
 * The WebAssembly module and its memory. Texts cross through windows of that memory: nothing is allocated for the crossing
 * but the result.
 */
import { embedded } from './embedded.js';
import { compileNow, compileSoon, refusal } from './compile.js';
import { wrong } from './options.js';
import { abandon, pack } from './pack.js';
import type { Citation } from './types.js';

/** This package's version; the build puts it in. */
declare const VERSION: string;

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

/** What a module exports. */
interface Exports {
  memory: WebAssembly.Memory;
  input(bytes: number): number;
  words(): number;
  output(): number;
  locale(length: number): number;
  run(command: number, length: number, locale: number): number;
  run_packed(command: number, words: number, length: number, locale: number): number;
  release(): void;
  __wbindgen_start(): void;
}

/** By its keys the compiler sees to it that none is forgotten. */
const EXPORTS: { [N in keyof Exports]: WebAssembly.ImportExportKind } = {
  memory: 'memory',
  input: 'function',
  words: 'function',
  output: 'function',
  locale: 'function',
  run: 'function',
  run_packed: 'function',
  release: 'function',
  __wbindgen_start: 'function',
};

/**
 * What a module imports: wasm-bindgen has a table for JavaScript's values filled at the start. Only numbers cross here, so it
 * stays empty. The build refuses a module that imports anything else.
 */
const IMPORTS = { './image_preflight_bg.js': { __wbindgen_init_externref_table(): void {} } };

/** A module that has been set up, with its memory. */
interface Engine {
  wasm: Exports;
  memory: WebAssembly.Memory;
  /** What the first tags mean that were asked for. */
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
  version: string;
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
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The window, in bytes. Texts that fit whatever they hold, at three bytes a UTF-16 unit, are written without counting. */
const WINDOW = 1 << 16;

/** As in the module: for so many words there is room. */
const WORDS = 8192;

/** So many tags are remembered, of no more than that length: nobody speaks more, and whoever sends tags cannot fill the memory. */
const MOST_LOCALES = 16;
const LONGEST_LOCALE = 35;

/** Sets up what a caller of `init` gives. What was set up before stays until the new one has shown what it is. */
export async function load(source: unknown): Promise<void> {
  if (typeof WebAssembly === 'undefined') {
    throw refusal(undefined);
  }
  const module = await moduleOf(typeof source === 'string' || isA(source, 'URL') ? fetched(String(source)) : source);
  const candidate = answering(await instance(accepted(module)));
  compiled = module;
  engine = candidate;
}

/** Whether it is an object of that kind, of this realm or another one. */
function isA(value: unknown, kind: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${kind}]`;
}

async function fetched(address: string): Promise<Response> {
  try {
    return await fetch(address);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`image-preflight: the module could not be fetched from ${address}: ${why}. Its bytes can be given too`, { cause: error });
  }
}

async function moduleOf(source: unknown): Promise<WebAssembly.Module> {
  const given = await source;
  if (isA(given, 'WebAssembly.Module')) {
    return given as WebAssembly.Module;
  }
  // `Response` is not named: Node.js loads it when it is named for the first time, which takes longer than all the rest.
  if (isResponse(given)) {
    if (given.ok === false) {
      throw new Error(`image-preflight: the module could not be fetched: ${given.status} ${given.url}`);
    }
    return compileSoon(bytesOf(await given.arrayBuffer()));
  }
  return compileSoon(bytesOf(given));
}

function isResponse(given: unknown): given is Response {
  return typeof given === 'object' && given !== null && typeof (given as { arrayBuffer?: unknown }).arrayBuffer === 'function';
}

/** The bytes of a WebAssembly file, which begins with a zero byte and `asm`. */
function bytesOf(given: unknown): BufferSource {
  if (!ArrayBuffer.isView(given) && !isA(given, 'ArrayBuffer') && !isA(given, 'SharedArrayBuffer')) {
    throw wrong('what is given to init', given, 'an address, a response, the bytes of image_preflight.wasm or a WebAssembly.Module');
  }
  const view = ArrayBuffer.isView(given) ? given : new Uint8Array(given as ArrayBuffer);
  const begin = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, 4));
  if (String.fromCharCode(...begin) !== '\0asm') {
    const found = Array.from(begin, (byte) => byte.toString(16).padStart(2, '0')).join(' ') || 'nothing';
    throw new TypeError(`image-preflight: what init got is no WebAssembly file: it begins with ${found}, and not with 00 61 73 6d. Does the address serve image_preflight.wasm, or a page?`);
  }
  // V8 takes no DataView.
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength) as BufferSource;
}

function foreign(why: string, cause?: unknown): TypeError {
  const what = 'the module given to init is none of image-preflight';
  return new TypeError(`image-preflight: ${what} ${VERSION}: ${why}. Give image_preflight.wasm, check.en.wasm or check.zh-CN.wasm of this version`, { cause });
}

/** A module that exports what ours do. */
function accepted(module: WebAssembly.Module): WebAssembly.Module {
  const found = WebAssembly.Module.exports(module);
  const lacking = Object.entries(EXPORTS).filter(([wanted, type]) => !found.some(({ name, kind }) => name === wanted && kind === type));
  if (lacking.length > 0) {
    throw foreign(`it does not export ${lacking.map(([name]) => name).join(', ')}`);
  }
  return module;
}

/** Starts a module and asks which version it is of: with the numbers of another one, answers would be wrong in silence. */
function answering(instance: WebAssembly.Instance): Engine {
  let candidate: Engine;
  let version: unknown;
  try {
    candidate = started(instance);
    ({ version } = namesOf(candidate));
  } catch (error) {
    throw foreign('it does not answer as ours do', error);
  }
  if (version !== VERSION) {
    throw foreign(`it is of version ${String(version)}`);
  }
  return candidate;
}

/** An instance at once where that is allowed. */
async function instance(module: WebAssembly.Module): Promise<WebAssembly.Instance> {
  try {
    return new WebAssembly.Instance(module, IMPORTS);
  } catch {
    try {
      return await WebAssembly.instantiate(module, IMPORTS);
    } catch (error) {
      // A TypeError: it imports from a module that is not there at all.
      const isForeign = error instanceof WebAssembly.LinkError || error instanceof TypeError;
      throw isForeign ? foreign(error.message, error) : refusal(error);
    }
  }
}

function started({ exports }: WebAssembly.Instance): Engine {
  const wasm = exports as unknown as Exports;
  wasm.__wbindgen_start();
  return {
    wasm,
    memory: wasm.memory,
    locales: new Map(),
    window: new Uint8Array(0),
    words: new Uint32Array(0),
    names: undefined,
    citations: new Map(),
  };
}

function setUp(): Engine {
  if (engine !== undefined) {
    return engine;
  }
  if (typeof WebAssembly === 'undefined') {
    throw refusal(undefined);
  }
  if (compiled === undefined) {
    const bytes = embedded();
    if (bytes === undefined) {
      throw new Error("image-preflight/slim: call `await init(url)` first, or import 'image-preflight', which needs none");
    }
    compiled = compileNow(bytes);
  }
  let instance: WebAssembly.Instance;
  try {
    instance = new WebAssembly.Instance(compiled, IMPORTS);
  } catch (error) {
    throw refusal(error);
  }
  engine = started(instance);
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

// The module's numbers are signed; an address in its upper half is not.
function room({ memory, wasm }: Engine, bytes: number): Uint8Array {
  const start = wasm.input(bytes) >>> 0;
  if (start === 0) {
    throw new RangeError(`image-preflight: there is no room for a text of ${bytes} bytes`);
  }
  return new Uint8Array(memory.buffer, start, bytes);
}

function languageOf(engine: Engine, tag: string | undefined): number {
  const wanted = tag ?? 'en';
  let language = engine.locales.get(wanted);
  if (language === undefined) {
    language = engine.wasm.locale(write(engine, wanted)) >>> 0;
    if (engine.locales.size < MOST_LOCALES && wanted.length <= LONGEST_LOCALE) {
      engine.locales.set(wanted, language);
    }
  }
  return language;
}

/** Asks the module. No function here has a default for a parameter: SWC loses those where it inlines a call. */
export function ask(command: number, text: string, locale: string | undefined): string {
  return guarded((ready) => answered(ready, asked(ready, command, text, locale)));
}

/** The report on a case as text without citations, or the short one where that is all there is to say. */
export function report(text: string, locale: string | undefined): Short | string {
  return guarded((ready) => {
    const answer = asked(ready, Command.report, text, locale);
    return answer < CODE ? answered(ready, answer) : meaning(ready, answer);
  });
}

/** The same of a case that is an object; undefined where it is to be written as JSON after all. */
export function reportOfObject(value: unknown, locale: string | undefined): Short | string | undefined {
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
  // A getter of the case may have checked another one meanwhile, at which the module failed.
  if (packed === undefined || packed.text.length * 3 > WINDOW || ready !== engine) {
    return ABSENT;
  }
  const length = writeToWindow(ready, packed.text);
  return length === undefined ? ABSENT : ready.wasm.run_packed(command, packed.count, length, language) >>> 0;
}

function wordsOf(ready: Engine): Uint32Array {
  if (ready.words.length === 0) {
    // Asked first: the memory may grow for it.
    const start = ready.wasm.words() >>> 0;
    ready.words = new Uint32Array(ready.memory.buffer, start, WORDS);
  }
  return ready.words;
}

/**
 * Of cases that stand one a line, in order: the short report where that is all there is to say, else undefined; and the reports
 * of those, without citations, as a JSON array. There are no more lines than words.
 */
export function batch(lines: string | Uint8Array, locale: string | undefined): { shorts: (Short | undefined)[]; reports: string } {
  return guarded((ready) => {
    const language = languageOf(ready, locale);
    // There must be words before they are written; a getter of a case that is being laid out may ask for them meanwhile.
    wordsOf(ready);
    abandon();
    const length = typeof lines === 'string' ? write(ready, lines) : writeBytes(ready, lines);
    const reports = answered(ready, ready.wasm.run(Command.batch, length, language));
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
      citations = JSON.parse(answered(ready, ready.wasm.run(Command.citations, write(ready, rule), 0))) as Citation[];
      ready.citations.set(rule, citations);
    }
    return citations.map(({ document, date, section, url }) =>
      url === undefined ? { document, date, section } : { document, date, section, url },
    );
  });
}

/** Whether a rule has this id or this alias. */
export function isRule(name: string): boolean {
  return guarded((ready) => answered(ready, ready.wasm.run(Command.citations, write(ready, name), 0)) !== 'null');
}

/** The verdict on a case: no text comes back. */
export function verdict(text: string): Short {
  return guarded((ready) => meaning(ready, ready.wasm.run(Command.verdict, write(ready, text), 0)));
}

function asked(ready: Engine, command: number, text: string, locale: string | undefined): number {
  const language = languageOf(ready, locale);
  const answer = ready.wasm.run(command, write(ready, text), language);
  if (answer === ABSENT) {
    throw new Error('image-preflight: the module that is loaded only checks; what else there is, image_preflight.wasm has');
  }
  return answer;
}

/** What a code means. */
function meaning(ready: Engine, code: number): Short {
  const { operations, verdicts } = namesOf(ready);
  return { operation: operations[(code >> 8) & 0xff] ?? null, verdict: verdicts[(code >> 16) & 3]! };
}

function namesOf(ready: Engine): Names {
  return (ready.names ??= JSON.parse(answered(ready, ready.wasm.run(Command.names, 0, 0))) as Names);
}

function guarded<T>(call: (engine: Engine) => T): T {
  const ready = setUp();
  try {
    return call(ready);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('image-preflight')) {
      throw error;
    }
    // A trap, or no stack left: the module was left in the middle of something. The next call begins with an instance of its own.
    if (engine === ready) {
      engine = undefined;
    }
    throw new Error('image-preflight: the module has failed; it will be set up anew', { cause: error });
  }
}

/** The answer that the module has just written. */
function answered({ memory, wasm }: Engine, length: number): string {
  const answer = decoder.decode(new Uint8Array(memory.buffer, wasm.output() >>> 0, length));
  wasm.release();
  return answer;
}

/** With the flag `u` a pair is one character, so that what is found has no other half. (Lookbehind came to Safari with 16.4.) */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

function isWellFormed(text: string): boolean {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  return isWellFormed?.call(text) ?? text.search(LONE_SURROGATE) < 0;
}

function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** A text as UTF-8 has it: half a surrogate pair becomes U+FFFD. For what is no JSON text, and so knows no escapes. */
export function readable(text: string): string {
  return decoder.decode(encoder.encode(text));
}
