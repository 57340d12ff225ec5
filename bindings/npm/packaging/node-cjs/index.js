const { readFileSync } = require('node:fs');
const { addLocale, check, standardSchema } = require('image-preflight');
const { default: chinese } = require('image-preflight/locales/zh-CN');
const { schema } = require('image-preflight/schemas');
const slim = require('image-preflight/slim');

const module_ = readFileSync(require.resolve('image-preflight/image_preflight.wasm'));
import('./answers.mjs').then(async ({ answers }) => {
  console.log(await answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, module_));
});
