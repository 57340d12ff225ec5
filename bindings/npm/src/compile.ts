/** Compiles the WebAssembly module; errors say what prevented it and what to do. */
import { entry, file } from './embedded.js';

/** Compiles synchronously. */
export function compileNow(bytes: BufferSource): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw refusal(error);
  }
}

/** Compiles synchronously where that is allowed, which is faster, and asynchronously elsewhere. */
export async function compileSoon(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    try {
      return await WebAssembly.compile(bytes);
    } catch (error) {
      throw refusal(error);
    }
  }
}

/** Compiles a response while it arrives. */
export async function compileStreamed(response: Response): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (error) {
    throw refusal(error);
  }
}

/** Error messages of engines when a Content-Security-Policy forbids WebAssembly. */
const POLICY = /content.security.policy|\bCSP\b|unsafe-eval/i;

/** V8's message when its embedder forbids it: edge runtimes, and older Chromium under a Content-Security-Policy. */
const EMBEDDER = /disallowed by embedder/i;

const MEMORY = /memory/i;

/** The error for a module that could not be compiled or instantiated: the cause, and what to do about it. */
export function refusal(error: unknown): Error {
  return new Error(`image-preflight: ${reason(error)}`, { cause: error });
}

function reason(error: unknown): string {
  if (typeof WebAssembly === 'undefined') {
    return "this environment has no WebAssembly: the browser is older than those that the README names, or has it turned off (Apple's Lockdown Mode does). Check on a server instead";
  }
  const text = error instanceof Error ? error.message : String(error);
  if (POLICY.test(text) || (EMBEDDER.test(text) && typeof document !== 'undefined')) {
    return "the Content-Security-Policy forbids WebAssembly, and `init` cannot change that. Add 'wasm-unsafe-eval' to its script-src (a browser extension has it in its manifest, under content_security_policy), or check on a server";
  }
  if (EMBEDDER.test(text)) {
    return `this runtime compiles no WebAssembly while it runs, as edge runtimes do not. Import the file as a module, which its bundler compiles beforehand, and hand that over: import module from 'image-preflight/${file}'; import { init } from 'image-preflight/${entry}'; await init(module)`;
  }
  if (error instanceof RangeError && MEMORY.test(text)) {
    return `there is not enough memory for the WebAssembly module: ${text}`;
  }
  if (error instanceof RangeError) {
    return `this browser compiles WebAssembly of this size only in the background while it shows a page. Call \`await init(url)\` once before anything else, with the address of ${file}, or check in a worker`;
  }
  return `the WebAssembly module cannot be compiled: ${text}. The README names the oldest browsers that can`;
}
