// The oldest supported browsers, which limit the features that the code may use. Used by the build and by `test/browsers.test.mjs`, which
// also compares the table in the README.

/** In esbuild's notation. Each is the first version with the WebAssembly features below. */
export const TARGETS = ['chrome96', 'edge96', 'firefox79', 'safari15', 'ios15', 'node20'];

/** The newest ECMAScript edition whose syntax all of them support. */
export const ECMASCRIPT = 2021;

/** The WebAssembly features of the modules beyond the first version: the defaults of Rust's target. */
export const WASM_FEATURES = ['bulk-memory', 'mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'reference-types', 'multivalue'];
