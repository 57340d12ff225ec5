import { addLocale, check, standardSchema } from './node_modules/image-preflight/dist/index.js';
import chinese from './node_modules/image-preflight/dist/locales/zh-CN.js';
import { schema } from './node_modules/image-preflight/dist/schemas.js';
import * as slim from './node_modules/image-preflight/dist/slim.js';
import { answers } from './answers.js';

postMessage(await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, 'node_modules/image-preflight/dist/image_preflight.wasm'));
