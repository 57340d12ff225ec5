import { readFile } from 'node:fs/promises';
import { addLocale, check, standardSchema } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from '../answers.js';
import { Client } from './client';

export default async function Page() {
  return (
    <>
      <p id="server">{await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, await readFile('public/image_preflight.wasm'))}</p>
      <Client />
    </>
  );
}
