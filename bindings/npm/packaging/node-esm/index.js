import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { check, request, standardSchema } from 'image-preflight';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from './answers.js';

const module = readFileSync(fileURLToPath(import.meta.resolve('image-preflight/check.en.wasm')));
console.log(await answers({ check, request, standardSchema }, { schema }, slim, module));
