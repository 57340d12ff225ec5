import { addLocale, check, standardSchema } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from './answers.js';

document.body.textContent = await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, new URL('image-preflight/image_preflight.wasm', import.meta.url));
