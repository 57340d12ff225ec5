/** Explicit initialization of the module. */
import { load } from './engine.js';

/** The members of an HTTP response that `init` uses; a `Response` has them. */
export interface ModuleResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * The source of a module: a URL, an HTTP response, the file's bytes, or a compiled `WebAssembly.Module`. The types do not depend on
 * the DOM library or on the types of Node.js.
 */
export type ModuleSource =
  | string
  | { readonly href: string }
  | ModuleResponse
  | PromiseLike<ModuleResponse>
  | ArrayBuffer
  | ArrayBufferView
  // A `WebAssembly.Module` has no more specific type without the DOM library.
  | object;

/**
 * Initializes the module from a source other than the package itself: a URL that serves `image_preflight.wasm`, the response to such
 * a request, the file's bytes, or a compiled module (for `image-preflight/full`, of `full.wasm`). Needed for `image-preflight/slim`, and in browsers that do not compile it
 * synchronously on a page's main thread. A module of another package or version is rejected, and the previous one stays in use.
 *
 * @throws {TypeError} if the source is none of these, or not a module of this version of the package.
 * @throws {Error} if it cannot be fetched or compiled; the message says why, and what to do.
 * @example
 * import { init, check } from 'image-preflight/slim';
 * await init(new URL('image-preflight/image_preflight.wasm', import.meta.url));
 */
export async function init(source: ModuleSource): Promise<void> {
  await load(source);
}
