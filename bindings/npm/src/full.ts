/**
 * The default import, and plans and jobs. This entry point embeds the module `full.wasm`.
 *
 * @packageDocumentation
 */
export * from './api.js';
export * from './plan.js';
