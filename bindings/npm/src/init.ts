/** Setting the module up explicitly. */
import { load } from './engine.js';

/** An HTTP response, as far as `init` looks at it: a `Response` is one. */
export interface ModuleResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Where a module comes from: an address, a response from there, the file's bytes, or a compiled `WebAssembly.Module`. These types
 * are written so that they need neither the library of browsers nor that of Node.js.
 */
export type ModuleSource =
  | string
  | { readonly href: string }
  | ModuleResponse
  | PromiseLike<ModuleResponse>
  | ArrayBuffer
  | ArrayBufferView
  // What TypeScript knows of a `WebAssembly.Module` is no more than this.
  | object;

/**
 * Sets the module up from somewhere else than the package itself: a URL that serves `image_preflight.wasm`, the response to such a
 * request, the file's bytes, or a compiled module. Only `image-preflight/slim` needs it, and browsers that refuse to compile it at
 * once on a page's main thread. What is no module of this version of the package is refused, and what was set up before stays.
 *
 * @throws {TypeError} when it is nothing of that, or no module of this package.
 * @throws {Error} when it cannot be fetched or compiled; the message says why, and what helps.
 * @example
 * import { init, check } from 'image-preflight/slim';
 * await init(new URL('image-preflight/image_preflight.wasm', import.meta.url));
 */
export async function init(source: ModuleSource): Promise<void> {
  await load(source);
}
