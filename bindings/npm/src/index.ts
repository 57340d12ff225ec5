/**
 * The preflight check for cloud machine-image requests. This door carries its WebAssembly module and sets it up at the
 * first call: nothing to configure, nothing to wait for.
 *
 * @packageDocumentation
 */
export * from './api.js';
