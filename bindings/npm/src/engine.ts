/**
 * The WebAssembly module and its memory. Texts cross through windows of that memory: nothing is allocated for the crossing
 * but the result.
 */
import instantiate, { initSync, input, locale as localeOf, output, release, run } from '../generated/image_preflight.js';
import { embedded } from './embedded.js';

/** What the module can be asked. */
export const Command = {
  check: 0,
  batch: 1,
  capabilities: 2,
  destinations: 3,
  imageFacts: 4,
  explain: 5,
  rules: 6,
  request: 7,
  problem: 8,
  checkWhole: 9,
} as const;

/** A module that has been set up, with its memory. */
interface Engine {
  memory: WebAssembly.Memory;
  locales: Map<string, number>;
  /** The reports that allow a case and say nothing, by the place of their operation. */
  clean: string[];
}

/** As in the module: the answer is a report that allows the case and says nothing, of the operation at this place. */
const CLEAN = 1 << 30;

let engine: Engine | undefined;
let compiled: WebAssembly.Module | undefined;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Texts up to this many UTF-16 units are written without counting their bytes first: room for three bytes a unit. */
const SHORT = 1 << 16;

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
  } else if (typeof Response !== 'undefined' && given instanceof Response) {
    if (!given.ok) {
      throw new Error(`image-preflight: the module could not be fetched: ${given.status} ${given.url}`);
    }
    compiled = await WebAssembly.compile(await given.arrayBuffer());
  } else {
    compiled = await WebAssembly.compile(given as BufferSource);
  }
  // Neither compiled nor instantiated at once: old browsers refuse both on the main thread.
  const { memory } = await instantiate({ module_or_path: compiled });
  engine = { memory, locales: new Map(), clean: [] };
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
  const { memory } = initSync({ module: compiled });
  engine = { memory, locales: new Map(), clean: [] };
  return engine;
}

/** Writes a text into the module's memory; gives its length in bytes. */
function write({ memory }: Engine, text: string): number {
  if (text.length <= SHORT) {
    const room = text.length * 3;
    const start = place(room);
    // The window is made anew each time, and after the room: it is detached when the memory grows.
    const { read, written } = encoder.encodeInto(text, new Uint8Array(memory.buffer, start, room));
    if (read !== text.length) {
      throw new RangeError(`image-preflight: only ${read} of ${text.length} characters could be taken`);
    }
    return written;
  }
  const bytes = encoder.encode(text);
  const start = place(bytes.length);
  new Uint8Array(memory.buffer, start, bytes.length).set(bytes);
  return bytes.length;
}

function place(bytes: number): number {
  const start = input(bytes);
  if (start === 0) {
    throw new RangeError(`image-preflight: there is no room for a text of ${bytes} bytes`);
  }
  return start;
}

function languageOf(engine: Engine, tag: string): number {
  let language = engine.locales.get(tag);
  if (language === undefined) {
    language = localeOf(write(engine, tag));
    engine.locales.set(tag, language);
  }
  return language;
}

/** Asks the module. Half a surrogate pair, which UTF-8 cannot hold, goes over as the escape that JSON has for it. */
export function ask(command: number, text: string, locale = 'en'): string {
  const ready = setUp();
  try {
    const language = languageOf(ready, locale);
    const bytes = write(ready, wellFormed(text));
    const length = run(command, bytes, language);
    if (length < CLEAN) {
      return answered(ready, length);
    }
    // The text still stands in the module's memory.
    return (ready.clean[length - CLEAN] ??= answered(ready, run(Command.checkWhole, bytes, language)));
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

function wellFormed(text: string): string {
  const { isWellFormed } = text as { isWellFormed?: () => boolean };
  if (isWellFormed?.call(text) === true) {
    return text;
  }
  return text.replace(LONE_SURROGATE, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}
