import { check, request, standardSchema } from './node_modules/image-preflight/dist/index.js';
import { schema } from './node_modules/image-preflight/dist/schemas.js';
import * as slim from './node_modules/image-preflight/dist/slim.js';
import { answers } from './answers.js';

document.body.textContent = await answers({ check, request, standardSchema }, { schema }, slim, 'node_modules/image-preflight/dist/check.en.wasm');
