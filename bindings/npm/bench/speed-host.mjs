// The process of one contender: `speed-host.mjs <bundle> <its WebAssembly module, or nothing>`. It does what it is sent.
import { readFileSync } from 'node:fs';

const [, , bundle, wasm] = process.argv;
if (wasm) {
  globalThis.wasm = readFileSync(wasm);
}
const contender = import(bundle);
process.on('message', async ({ method, given }) => {
  try {
    process.send({ result: (await contender)[method](...given) });
  } catch (error) {
    process.send({ error: String(error) });
  }
});
