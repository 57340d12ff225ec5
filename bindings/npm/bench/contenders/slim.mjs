// The package without the module inside: `image_preflight.wasm` is a file beside the bundle. In Node.js the host has read it.
import * as api from 'image-preflight/slim';
import { ours } from './programs.mjs';

await api.init(globalThis.wasm ?? new URL('image_preflight.wasm', import.meta.url));

export const isAllowed = (value) => api.check(value).verdict === 'allowed';
export const programs = /* @__PURE__ */ ours(api);
