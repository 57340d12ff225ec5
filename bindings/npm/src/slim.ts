/**
 * The same API without the embedded module: serve `image_preflight.wasm` yourself and call `init` first.
 *
 * @packageDocumentation
 */
export * from './api.js';
export { addLocale } from './languages.js';
export type { LocalePack } from './languages.js';
