// The full import, with the module inside.
import * as api from 'image-preflight/full';
import { ours } from './programs.mjs';

export const isAllowed = (value) => api.check(value).verdict === 'allowed';
export const programs = /* @__PURE__ */ ours(api);
