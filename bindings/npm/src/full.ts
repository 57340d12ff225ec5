/**
 * Everything: what the default import has, in every language, and checks of text, capabilities, explanations, requests, plans and jobs.
 * This entry point embeds the module `full.wasm`.
 *
 * @packageDocumentation
 */
export * from './api.js';
export * from './more.js';
export { verdictOf } from './more.js';
export * from './plan.js';
