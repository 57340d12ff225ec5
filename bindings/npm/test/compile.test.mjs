// If WebAssembly cannot be compiled, the error names the cause and what to do. Each cause is simulated in a separate process, with the
// message of the engine in question.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

/** Makes `new WebAssembly.Module` and `WebAssembly.compile` throw this before the package is loaded. */
const refuse = (error) => `
  const refuse = () => { throw ${error}; };
  const { Module } = WebAssembly;
  WebAssembly.Module = class extends Module { constructor(...all) { refuse(); super(...all); } };
  WebAssembly.compile = async () => refuse();`;
const inPage = 'globalThis.document = {};';

const CAUSES = {
  'no WebAssembly at all': ['delete globalThis.WebAssembly;', /has no WebAssembly.*Check on a server/, 'init too'],
  'the main thread of a page': [refuse("new RangeError('WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB. Use WebAssembly.compile, or compile on a worker thread.')"), /only in the background.*await init\(url\).*or check in a worker/],
  'the policy of a page, Chromium': [inPage + refuse(`new WebAssembly.CompileError("WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script")`), /Content-Security-Policy forbids WebAssembly.*'wasm-unsafe-eval'/, 'init too'],
  'the policy of a page, older Chromium': [inPage + refuse("new WebAssembly.CompileError('WebAssembly.Module(): Wasm code generation disallowed by embedder')"), /Content-Security-Policy forbids WebAssembly/, 'init too'],
  'the policy of a page, Firefox': [inPage + refuse("new WebAssembly.CompileError('call to WebAssembly.Module() blocked by CSP')"), /Content-Security-Policy forbids WebAssembly/, 'init too'],
  'the policy of a page, Safari': [inPage + refuse(`new EvalError("Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script")`), /Content-Security-Policy forbids WebAssembly/, 'init too'],
  'an edge runtime': [refuse("new WebAssembly.CompileError('WebAssembly.Module(): Wasm code generation disallowed by embedder')"), /edge runtimes.*Import the file as a module.*await init\(module\)/, 'init too'],
  'too little memory': [refuse("new RangeError('WebAssembly.Module(): Out of memory')"), /not enough memory/, 'init too'],
  'an old engine': [refuse("new WebAssembly.CompileError('WebAssembly.Module(): invalid value type 0x6f')"), /cannot be compiled: .*invalid value type.*oldest browsers/, 'init too'],
};

/** The errors of a check, and of `init` with the module's bytes, in a process that starts with this code. */
function said(stub, entry = 'image-preflight') {
  const script = `
    ${stub}
    const { check, init } = await import('${entry}');
    const { readFileSync } = await import('node:fs');
    const messages = [];
    const record = async (call) => { try { await call(); messages.push('nothing'); } catch (error) { messages.push(error.message, error.cause?.message ?? ''); } };
    await record(() => check({}));
    await record(() => init(readFileSync('dist/image_preflight.wasm')));
    console.log(JSON.stringify(messages));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: `${import.meta.dirname}/..`, encoding: 'utf8' }));
}

test('the full import names its own file', () => {
  for (const [cause, main, full] of [
    ['the main thread of a page', /the address of image_preflight\.wasm/, /the address of full\.wasm/],
    ['an edge runtime', /preflight\/image_preflight\.wasm'; import .* 'image-preflight\/slim'/, /preflight\/full\.wasm'; import .* 'image-preflight\/full'/],
  ]) {
    const [stub] = CAUSES[cause];
    assert.match(said(stub)[0], main);
    assert.match(said(stub, 'image-preflight/full')[0], full);
  }
});

for (const [cause, [stub, message, initToo]] of Object.entries(CAUSES)) {
  test(cause, () => {
    const [atOnce, because, byInit] = said(stub);
    assert.match(atOnce, message);
    assert.match(atOnce, /^image-preflight: /);
    for (const [other, [, othersMessage]] of Object.entries(CAUSES)) {
      // Same message for the policy of a page, whatever the engine.
      const isSame = other === cause || [other, cause].every((name) => name.startsWith('the policy'));
      assert.equal(othersMessage.test(atOnce), isSame, `that of ${other}`);
    }
    if (!/no WebAssembly/.test(cause)) assert.ok(because.length > 10, 'the cause is kept');
    if (initToo !== undefined) assert.match(byInit, message);
  });
}

test('what compiles only in the background is set up by init', () => {
  const script = `
    const { Module } = WebAssembly;
    WebAssembly.Module = new Proxy(Module, { construct() { throw new RangeError('WebAssembly.Compile is disallowed on the main thread'); } });
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct() { throw new RangeError('WebAssembly.Instance is disallowed on the main thread'); } });
    const { check, init } = await import('image-preflight');
    const { readFileSync } = await import('node:fs');
    await init(readFileSync('dist/image_preflight.wasm'));
    console.log(check({ operation: 'jd.copy-images' }).verdict);`;
  assert.equal(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: `${import.meta.dirname}/..`, encoding: 'utf8' }).trim(), 'denied');
});
