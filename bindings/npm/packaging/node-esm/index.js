import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check, request, standardSchema } from 'image-preflight';
import { schema } from 'image-preflight/schemas';
import { plan } from 'image-preflight/full';
import * as slim from 'image-preflight/slim';
import { answers } from './answers.js';

const module = readFileSync(fileURLToPath(import.meta.resolve('image-preflight/check.en.wasm')));
const shown = JSON.parse(await answers({ check, request, standardSchema }, { schema }, slim, module));
const { start } = plan([{ operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } }]);
console.log(JSON.stringify({ ...shown, planned: start.length }));
