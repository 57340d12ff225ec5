/**
 * The preflight check for cloud machine-image requests: what a form needs. This entry point embeds the WebAssembly module and
 * initializes it at the first call; no configuration and no `await` are needed.
 *
 * @packageDocumentation
 */
export * from './api.js';
export { addLocale } from './languages.js';
export type { LocalePack } from './languages.js';
