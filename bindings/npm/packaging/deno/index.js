import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addLocale, check, standardSchema } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from './answers.js';

const module = readFileSync(fileURLToPath(import.meta.resolve('image-preflight/image_preflight.wasm')));
console.log(await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, module));
