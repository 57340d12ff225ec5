// The oldest browsers that the package runs in. What they have decides how new the code may be, and what holds it to that reads
// this: the build, `test/browsers.test.mjs`, and the table in the README.

/** As esbuild names them. Each is the first one with the WebAssembly features below. */
export const TARGETS = ['chrome96', 'edge96', 'firefox79', 'safari15', 'ios15', 'node20'];

/** The ECMAScript edition whose syntax all of them read. */
export const ECMASCRIPT = 2021;

/** What the modules use of WebAssembly beyond its first version: what Rust's target has on by default. */
export const WASM_FEATURES = ['bulk-memory', 'mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'reference-types', 'multivalue'];
