const { readFileSync } = require('node:fs');
const { check, request, standardSchema } = require('image-preflight');
const { schema } = require('image-preflight/schemas');
const slim = require('image-preflight/slim');

const module_ = readFileSync(require.resolve('image-preflight/check.en.wasm'));
import('./answers.mjs').then(async ({ answers }) => {
  console.log(await answers({ check, request, standardSchema }, { schema }, slim, module_));
});
