import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addLocale, check, standardSchema } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import { plan } from 'image-preflight/full';
import * as slim from 'image-preflight/slim';
import { answers } from './answers.js';

const module = readFileSync(fileURLToPath(import.meta.resolve('image-preflight/image_preflight.wasm')));
const shown = JSON.parse(await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, module));
const { start } = plan([{ operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } }]);
console.log(JSON.stringify({ ...shown, planned: start.length }));
