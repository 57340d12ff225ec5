import { readFile } from 'node:fs/promises';
import { check, request, standardSchema } from 'image-preflight';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import { answers } from '../answers.js';
import { Client } from './client';

export default async function Page() {
  return (
    <>
      <p id="server">{await answers({ check, request, standardSchema }, { schema }, slim, await readFile('public/check.en.wasm'))}</p>
      <Client />
    </>
  );
}
