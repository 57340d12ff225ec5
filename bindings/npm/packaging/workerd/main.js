import { addLocale, check, standardSchema } from 'image-preflight';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import * as slim from 'image-preflight/slim';
import module from 'image-preflight/image_preflight.wasm';
import { answers } from './answers.js';

/** In the runtime of Cloudflare Workers, which compiles no WebAssembly while it runs. */
export default {
  async fetch() {
    return new Response(await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, module));
  },
};
