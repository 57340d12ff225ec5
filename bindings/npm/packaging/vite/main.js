import { check, request, standardSchema } from 'image-preflight';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from './answers.js';

document.body.textContent = await answers({ check, request, standardSchema }, { schema }, slim, new URL('image-preflight/check.en.wasm', import.meta.url));
