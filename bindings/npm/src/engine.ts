/**
 * The WebAssembly module and its memory. Texts are passed through windows of that memory; only the result is allocated for it.
 */
import { embedded, file, own } from './embedded.js';
import { compileNow, compileSoon, compileStreamed, refusal } from './compile.js';
import { wrong } from './options.js';
import { pack, packJson } from './pack.js';
import type { OperationId, Report, Verdict } from './types.js';

/** The version of this package, defined by the build. */
declare const VERSION: string;

/** The commands of the module. */
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
  ecsFacts: 13,
  backupFacts: 14,
  jdImageFacts: 15,
  plan: 16,
  beginJobs: 17,
  followJob: 18,
} as const;

/** Returned by the module instead of a length if it has no such command, or no report. The value is that of the module. */
export const ABSENT = (1 << 30) - 1;

/** From here on a returned number is the code of a verdict, below it the length of an answer. The value is that of the module. */
export const CODE = 1 << 30;

/** The exports of a module. */
interface Exports {
  memory: WebAssembly.Memory;
  input(bytes: number): number;
  words(count: number): number;
  output(): number;
  /** Only the full module has languages. */
  locale(length: number): number;
  /** Only the module of the default import writes reports as numbers. */
  numbers(): number;
  run(command: number, length: number, locale: number): number;
  run_packed(command: number, words: number, length: number, locale: number): number;
  release(): void;
  __wbindgen_start(): void;
}

/** Typed by its keys, so that the compiler finds a missing one. */
const EXPORTS: { [N in Exclude<keyof Exports, 'locale' | 'numbers'>]: WebAssembly.ImportExportKind } = {
  memory: 'memory',
  input: 'function',
  words: 'function',
  output: 'function',
  run: 'function',
  run_packed: 'function',
  release: 'function',
  __wbindgen_start: 'function',
};

/**
 * The imports of a module: wasm-bindgen initializes a table of JavaScript values at the start. Only numbers are passed here, so the
 * table stays empty. The build rejects a module with any other import.
 */
const IMPORTS = { './image_preflight_bg.js': { __wbindgen_init_externref_table(): void {} } };

/** An instantiated module with its memory. */
export interface Engine {
  wasm: Exports;
  memory: WebAssembly.Memory;
  /** Language numbers by tag, for the first tags that were requested. */
  locales: Map<string, number>;
  /** The window for texts; its length is 0 if the memory has grown since. */
  window: Uint8Array;
  /** The same for the words of packed cases. */
  words: Uint32Array;
  /** Its whole memory as bytes and as words; their length is 0 if it has grown since. */
  views: readonly [Uint8Array, Uint32Array];
  names: Names | undefined;
}

/** The names for the numbers in a code; the ids of the rules. */
interface Names {
  version: string;
  operations: string[];
  verdicts: string[];
  presumed: string[];
  rules: string[];
}

/** The verdict on a case without findings, its operation, and the facts that it presumes. */
export interface CompactVerdict {
  operation: string | null;
  verdict: string;
  presumed: string[];
}

let engine: Engine | undefined;
let compiled: WebAssembly.Module | undefined;

export const encoder = new TextEncoder();
export const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Size of the window in bytes. A text that fits at three bytes per UTF-16 code unit is written without counting its bytes. */
const WINDOW = 1 << 16;

/**
 * Texts shorter than this are written by a loop: Chromium takes 0.4 µs to begin `encodeInto`, Node.js much less. `location` tells pages and
 * workers of browsers from servers.
 */
const SHORT = typeof location === 'undefined' ? 0 : 256;

/** Capacity of the word buffer. A case of more words is packed elsewhere first. */
const WORDS = 8192;

/** The number and length of cached tags are bounded, so that hostile tags cannot exhaust memory. */
const MAX_LOCALES = 16;
const MAX_LOCALE_LENGTH = 35;

/** Initializes from the argument of `init`. The previous engine stays in use until the new module has been verified. */
export async function load(source: unknown): Promise<void> {
  if (typeof WebAssembly === 'undefined') {
    throw refusal(undefined);
  }
  const module = await moduleOf(typeof source === 'string' || isA(source, 'URL') ? fetchModule(String(source)) : source);
  const candidate = checkVersion(await instance(checkExports(module)));
  compiled = module;
  engine = candidate;
}

/** Whether the value is an object of that kind, of this realm or another. */
function isA(value: unknown, kind: string): boolean {
  return Object.prototype.toString.call(value) === `[object ${kind}]`;
}

async function fetchModule(address: string): Promise<Response> {
  try {
    return await fetch(address);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`image-preflight: the module could not be fetched from ${address}: ${why}. You can pass its bytes instead`, { cause: error });
  }
}

async function moduleOf(source: unknown): Promise<WebAssembly.Module> {
  const given = await source;
  if (isA(given, 'WebAssembly.Module')) {
    return given as WebAssembly.Module;
  }
  // Not `instanceof Response`: Node.js loads that class at its first use, which takes longer than everything else here.
  if (isResponse(given)) {
    if (given.ok === false) {
      throw new Error(`image-preflight: the module could not be fetched: ${given.status} ${given.url}`);
    }
    return isStreamed(given) ? compileStreamed(given) : compileSoon(bytesOf(await given.arrayBuffer()));
  }
  return compileSoon(bytesOf(given));
}

/** Whether it can be compiled while it arrives: engines demand a `Response` with the type of WebAssembly, and no parameter behind it. */
function isStreamed(given: Response): boolean {
  const isWasm = isA(given, 'Response') && /^\s*application\/wasm\s*$/i.test(given.headers.get('content-type') ?? '');
  return isWasm && typeof WebAssembly.compileStreaming === 'function';
}

function isResponse(given: unknown): given is Response {
  return typeof given === 'object' && given !== null && typeof (given as { arrayBuffer?: unknown }).arrayBuffer === 'function';
}

/** The bytes of a WebAssembly file, which starts with a zero byte and `asm`. */
function bytesOf(given: unknown): BufferSource {
  if (!ArrayBuffer.isView(given) && !isA(given, 'ArrayBuffer') && !isA(given, 'SharedArrayBuffer')) {
    throw wrong('the argument of init', given, `a URL, a response, the bytes of ${file} or a WebAssembly.Module`);
  }
  const view = ArrayBuffer.isView(given) ? given : new Uint8Array(given as ArrayBuffer);
  const begin = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, 4));
  if (String.fromCharCode(...begin) !== '\0asm') {
    const found = Array.from(begin, (byte) => byte.toString(16).padStart(2, '0')).join(' ') || 'nothing';
    throw new TypeError(`image-preflight: the argument of init is not a WebAssembly file: it starts with ${found}, not 00 61 73 6d. Does the URL serve ${file}, or a page?`);
  }
  // V8 does not accept a DataView.
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength) as BufferSource;
}

function foreignModule(why: string, cause?: unknown): TypeError {
  const what = 'the module given to init is not one of image-preflight';
  return new TypeError(`image-preflight: ${what} ${VERSION}: ${why}. Give ${file}, or another module of this version`, { cause });
}

/** Returns the module if it has the exports of ours; throws otherwise. */
function checkExports(module: WebAssembly.Module): WebAssembly.Module {
  const found = WebAssembly.Module.exports(module);
  const missing = Object.entries({ ...EXPORTS, [own]: 'function' }).filter(([wanted, type]) => !found.some(({ name, kind }) => name === wanted && kind === type));
  if (missing.length > 0) {
    throw foreignModule(`it does not export ${missing.map(([name]) => name).join(', ')}`);
  }
  return module;
}

/** Starts a module and checks its version: with the command numbers of another version, answers would be silently wrong. */
function checkVersion(instance: WebAssembly.Instance): Engine {
  let candidate: Engine;
  let version: unknown;
  try {
    candidate = start(instance);
    ({ version } = namesOf(candidate));
  } catch (error) {
    throw foreignModule('its answers are invalid', error);
  }
  if (version !== VERSION) {
    throw foreignModule(`it is of version ${String(version)}`);
  }
  return candidate;
}

/** Instantiates synchronously where that is allowed. */
async function instance(module: WebAssembly.Module): Promise<WebAssembly.Instance> {
  try {
    return new WebAssembly.Instance(module, IMPORTS);
  } catch {
    try {
      return await WebAssembly.instantiate(module, IMPORTS);
    } catch (error) {
      // A TypeError means an import from a module that is not provided.
      const isForeign = error instanceof WebAssembly.LinkError || error instanceof TypeError;
      throw isForeign ? foreignModule(error.message, error) : refusal(error);
    }
  }
}

function start({ exports }: WebAssembly.Instance): Engine {
  const wasm = exports as unknown as Exports;
  wasm.__wbindgen_start();
  return {
    wasm,
    memory: wasm.memory,
    locales: new Map(),
    window: new Uint8Array(0),
    words: new Uint32Array(0),
    views: [new Uint8Array(0), new Uint32Array(0)],
    names: undefined,
  };
}

function currentEngine(): Engine {
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
    compiled = isA(bytes, 'WebAssembly.Module') ? (bytes as WebAssembly.Module) : compileNow(bytes as BufferSource);
  }
  let instance: WebAssembly.Instance;
  try {
    instance = new WebAssembly.Instance(compiled, IMPORTS);
  } catch (error) {
    throw refusal(error);
  }
  engine = start(instance);
  return engine;
}

/**
 * Writes a text into the module's memory and returns its length in bytes. A lone surrogate, which UTF-8 cannot encode, is written as
 * its JSON escape.
 */
export function write(engine: Engine, text: string): number {
  if (text.length * 3 <= WINDOW) {
    const written = writeToWindow(engine, text);
    return written ?? write(engine, escapeLoneSurrogates(text));
  }
  return writeBytes(engine, encoder.encode(escapeLoneSurrogates(text)));
}

/** The same for a text that fits the window; `undefined` if it has a lone surrogate. */
function writeToWindow(engine: Engine, text: string): number | undefined {
  const window = windowOf(engine);
  if (text.length < SHORT) {
    const length = writeUnits(text, window);
    if (length !== undefined) {
      return length;
    }
  }
  const { read, written } = encoder.encodeInto(text, window);
  if (read !== text.length) {
    throw new RangeError(`image-preflight: only ${read} of ${text.length} characters could be written`);
  }
  // As many bytes as code units: the text is ASCII.
  return written === text.length || isWellFormed(text) ? written : undefined;
}

/** Writes a text as UTF-8 and returns its length in bytes; `undefined` if it has a surrogate. */
function writeUnits(text: string, bytes: Uint8Array): number | undefined {
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >> 6);
    } else if (unit >> 11 === 0xd800 >> 11) {
      return undefined;
    } else {
      bytes[at++] = 0xe0 | (unit >> 12);
      bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (unit & 0x3f);
  }
  return at;
}

export function writeBytes(engine: Engine, bytes: Uint8Array): number {
  if (bytes.length <= WINDOW) {
    windowOf(engine).set(bytes);
  } else {
    // The module reallocates its buffer.
    engine.window = new Uint8Array(0);
    reserve(engine, bytes.length).set(bytes);
  }
  return bytes.length;
}

function windowOf(engine: Engine): Uint8Array {
  if (engine.window.length === 0) {
    engine.window = reserve(engine, WINDOW);
  }
  return engine.window;
}

// WebAssembly returns signed numbers; `>>> 0` makes an address unsigned.
function reserve({ memory, wasm }: Engine, bytes: number): Uint8Array {
  const start = wasm.input(bytes) >>> 0;
  if (start === 0) {
    throw new RangeError(`image-preflight: cannot allocate ${bytes} bytes for a text`);
  }
  return new Uint8Array(memory.buffer, start, bytes);
}

export function languageOf(engine: Engine, tag: string | undefined): number {
  const wanted = tag ?? 'en';
  let language = engine.locales.get(wanted);
  if (language === undefined) {
    language = engine.wasm.locale(write(engine, wanted)) >>> 0;
    if (engine.locales.size < MAX_LOCALES && wanted.length <= MAX_LOCALE_LENGTH) {
      engine.locales.set(wanted, language);
    }
  }
  return language;
}

/** Runs a command and returns its answer. No function here has default parameters: SWC loses them when it inlines a call. */
export function call(command: number, text: string, locale: string | undefined): string {
  return withEngine((ready) => readAnswer(ready, runCommand(ready, command, text, languageOf(ready, locale))));
}

/** The verdict on a case that is an object, without a report; `undefined` if it must be packed from its JSON. */
export function verdictOfObject(value: unknown): CompactVerdict | undefined {
  return withEngine((ready) => {
    const answer = callPacked(ready, Command.verdict, value, 0);
    return answer === ABSENT ? undefined : decodeVerdict(ready, answer);
  });
}

/** The number that the module returns for a case that is an object; ABSENT if the case cannot be packed. */
export function callPacked(ready: Engine, command: number, value: unknown, language: number): number {
  const packed = pack(value, wordsOf(ready));
  // A getter of the case may have run another check that made the module fail.
  if (packed === undefined || packed.text.length * 3 > WINDOW || ready !== engine) {
    return ABSENT;
  }
  const length = writeToWindow(ready, packed.text);
  return length === undefined ? ABSENT : ready.wasm.run_packed(command, packed.count, length, language) >>> 0;
}

/** The same for a case of any form, from its JSON. */
export function callWhole(ready: Engine, command: number, json: string, language: number): number {
  const { words, text } = packJson(escapeLoneSurrogates(json));
  // The module reallocates its buffers.
  const start = ready.wasm.words(words.length) >>> 0;
  ready.words = new Uint32Array(0);
  if (start === 0) {
    throw new RangeError(`image-preflight: cannot allocate ${words.length} words for a case`);
  }
  const length = write(ready, text);
  new Uint32Array(ready.memory.buffer, start, words.length).set(words);
  const answer = ready.wasm.run_packed(command, words.length, length, language) >>> 0;
  if (answer === ABSENT) {
    throw new TypeError('it has no report');
  }
  return answer;
}

export function wordsOf(ready: Engine): Uint32Array {
  if (ready.words.length === 0) {
    // Called before `buffer` is read: the memory may grow.
    const start = ready.wasm.words(WORDS) >>> 0;
    ready.words = new Uint32Array(ready.memory.buffer, start, WORDS);
  }
  return ready.words;
}

/** The memory of the module as it is now. Its buffer is slow to get, so views of it are kept. */
export function memoryOf(ready: Engine): readonly [Uint8Array, Uint32Array] {
  if (ready.views[0].length === 0) {
    const { buffer } = ready.memory;
    ready.views = [new Uint8Array(buffer), new Uint32Array(buffer)];
  }
  return ready.views;
}

export function runCommand(ready: Engine, command: number, text: string, language: number): number {
  const answer = ready.wasm.run(command, write(ready, text), language);
  if (answer === ABSENT) {
    throw new Error(`image-preflight: the module has no command ${command}`);
  }
  return answer;
}

/** Decodes the code of a verdict. */
export function decodeVerdict(ready: Engine, code: number): CompactVerdict {
  const { operations, verdicts, presumed } = namesOf(ready);
  const bits = (code >> 18) & 0xfff;
  return {
    operation: operations[(code >> 8) & 0xff] ?? null,
    verdict: verdicts[(code >> 16) & 3]!,
    presumed: bits === 0 ? [] : presumed.filter((_, index) => (bits & (1 << index)) !== 0),
  };
}

/** The report on a case without findings. */
export function emptyReport({ operation, verdict, presumed }: CompactVerdict): Report {
  return { operation: operation as OperationId | null, verdict: verdict as Verdict, missing: [], presumed, findings: [] };
}

export function namesOf(ready: Engine): Names {
  if (ready.names === undefined) {
    const [version, ...lines] = readAnswer(ready, ready.wasm.run(Command.names, 0, 0)).split('\n');
    const [operations, verdicts, presumed, rules] = lines.map((line) => line.split(' '));
    if (rules === undefined) {
      throw new TypeError('it has no names');
    }
    ready.names = { version: version!, operations: operations!, verdicts: verdicts!, presumed: presumed!, rules };
  }
  return ready.names;
}

export function withEngine<T>(action: (engine: Engine) => T): T {
  const ready = currentEngine();
  try {
    return action(ready);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('image-preflight')) {
      throw error;
    }
    // A trap or a stack overflow: the state of the instance is undefined, so the next call starts with a new one.
    if (engine === ready) {
      engine = undefined;
    }
    throw new Error('image-preflight: the module has failed; it will be instantiated again', { cause: error });
  }
}

/** Reads the answer that the module has just written. */
export function readAnswer({ memory, wasm }: Engine, length: number): string {
  const answer = decoder.decode(new Uint8Array(memory.buffer, wasm.output() >>> 0, length));
  wasm.release();
  return answer;
}

/** With the flag `u` a surrogate pair is one character, so this finds lone ones only. (Safari has lookbehind only since 16.4.) */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

function isWellFormed(text: string): boolean {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  return isWellFormed?.call(text) ?? text.search(LONE_SURROGATE) < 0;
}

function escapeLoneSurrogates(text: string): string {
  return text.replace(LONE_SURROGATE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

/** Replaces lone surrogates by U+FFFD, for text that is not JSON and so has no escapes. */
export function replaceLoneSurrogates(text: string): string {
  return decoder.decode(encoder.encode(text));
}
