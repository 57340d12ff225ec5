// The package with the module inside.
import * as api from 'image-preflight';
import { ours } from './programs.mjs';

export const isAllowed = (value) => api.check(value).verdict === 'allowed';
export const programs = /* @__PURE__ */ ours(api);
