/**
 * The same API without the embedded module: serve `image_preflight.wasm` yourself and call `init` first.
 *
 * @packageDocumentation
 */
export * from './api.js';
