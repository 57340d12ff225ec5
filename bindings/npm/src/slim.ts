/**
 * The same without the module: for those who serve `image_preflight.wasm` themselves and call `init` first.
 *
 * @packageDocumentation
 */
export * from './api.js';
