// Builds the package from the output of `cargo xtask npm`: optimizes the modules, generates types, bundles ES modules and CommonJS.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';
import { asText } from './embed.mjs';
import { formsTable } from './forms.mjs';
import { packers } from './packers.mjs';
import { ECMASCRIPT, TARGETS, WASM_FEATURES } from './targets.mjs';

const root = join(import.meta.dirname, '..');
const at = (...parts) => join(root, ...parts);
const bin = (name) => at('node_modules/.bin', name);

rmSync(at('dist'), { recursive: true, force: true });
mkdirSync(at('dist'));

// The modules, optimized: that of the default import, and the one with everything. Data that is split at each row of zeros is shorter, and
// longer once it is compressed; so are a function inlined where it is called once, and a local instead of an expression that comes twice.
const SKIPPED = ['memory-packing'];
const SKIPPED_BY = { 'image_preflight.wasm': [...SKIPPED, 'inlining', 'inlining-optimizing', 'local-cse'], 'full.wasm': SKIPPED, 'input.wasm': SKIPPED };
const modules = Object.keys(SKIPPED_BY);
for (const name of modules) {
  const built = at('generated', name.replace('.wasm', ''), 'image_preflight_bg.wasm');
  execFileSync(
    bin('wasm-opt'),
    [
      ...WASM_FEATURES.map((feature) => `--enable-${feature}`),
      ...SKIPPED_BY[name].map((pass) => `--skip-pass=${pass}`),
      ...['-Os', '--strip-debug', '--strip-producers', built, '-o', at('dist', name)],
    ],
    { stdio: 'inherit' },
  );
  if (name === 'input.wasm') {
    continue; // Its glue is the generated one.
  }
  // `engine.ts` provides this import and no others.
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(at('dist', name))));
  const expected = [{ module: './image_preflight_bg.js', name: '__wbindgen_init_externref_table', kind: 'function' }];
  if (!isDeepStrictEqual(imports, expected)) {
    throw new Error(`${name} imports ${JSON.stringify(imports)}, which src/engine.ts does not provide`);
  }
}
// A module to embed, its file, the entry point that takes the file instead, and the export that only it has.
for (const [name, file, entry, own] of [['embedded', 'image_preflight.wasm', 'slim', 'numbers'], ['embedded-full', 'full.wasm', 'full', 'locale'], ['embedded-input', 'input.wasm', 'input', 'translate']]) {
  const texts = Object.entries({ ...asText(readFileSync(at('dist', file))), file, entry, own });
  writeFileSync(at('generated', `${name}.js`), texts.map(([name, text]) => `export const ${name} = '${text}';\n`).join(''));
  writeFileSync(at('generated', `${name}.d.ts`), texts.map(([name, text]) => `export declare const ${name}: ${name === 'own' ? `'${text}'` : 'string'};\n`).join(''));
}

// Runtimes that compile no WebAssembly while they run, and how a script imports a compiled module there.
const COMPILED = { workerd: './image_preflight.wasm', 'edge-light': './image_preflight.wasm?module' };
for (const [name, path] of Object.entries(COMPILED)) {
  const texts = Object.entries({ file: 'image_preflight.wasm', entry: 'slim', own: 'numbers' }).map(([name, text]) => `export const ${name} = '${text}';\n`);
  writeFileSync(at('generated', `${name}.js`), `import module from '${path}';\n\n${texts.join('')}export const embedded = () => module;\n`);
}

// The languages, each a subpath.
const languages = readdirSync(at('generated')).flatMap((name) => name.match(/^sentences\.(.*)\.json$/)?.[1] ?? []);

// The code that packs cases, from the names of their members.
writeFileSync(at('generated/packers.ts'), packers(JSON.parse(readFileSync(at('generated/layout.json'), 'utf8'))));

// What forms show of each field.
const { all, documents } = JSON.parse(readFileSync(at('generated/schemas.json'), 'utf8'));
writeFileSync(at('generated/forms.json'), JSON.stringify(formsTable(JSON.parse(readFileSync(at('../schema/forms.json'), 'utf8')), documents)));

// The types, from the schemas.
const { $defs, $schema, title, ...translation } = JSON.parse(readFileSync(at('generated/translation.json'), 'utf8'));
const typed = { ...all, $defs: { ...all.$defs, ...$defs, [title]: translation } };
const compiled = await compile({ title: 'All', type: 'object', ...plain(typed) }, 'All', {
  bannerComment: '/** Generated from the schemas of the Rust types. */',
  additionalProperties: false,
  unreachableDefinitions: true,
  ignoreMinAndMaxItems: true,
  format: false,
});
const types = compiled
  .replace(/\n \* \n \* This interface was referenced by [^\n]*\n \* via the `definition` [^\n]*/g, '')
  .replace(/\/\*\*\n \* This interface was referenced by [^\n]*\n \* via the `definition` [^\n]*\n \*\/\n/g, '')
  .replace(/export interface All \{[^]*?\n\}\n/, '');
writeFileSync(at('generated/types.d.ts'), types);

// Removes what confuses the type generator: titles (they become names), conditions, and a description next to a reference.
function plain(schema) {
  if (Array.isArray(schema)) {
    return schema.map(plain);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  if (schema.$ref === '#/$defs/Blank') {
    // Any white space; its type would be `string`, which accepts every text.
    return { const: '' };
  }
  if (isDeepStrictEqual(schema.anyOf?.map(({ type }) => type), ['object', 'array', 'null'])) {
    // What a provider returned. `object` takes a value of any interface, which has no index signature.
    return { description: schema.description, tsType: 'object | readonly object[] | null' };
  }
  if (isDeepStrictEqual(schema.type, ['object', 'null']) && schema.properties === undefined && (schema.additionalProperties ?? true) === true) {
    // Any object. `object` takes a value of any interface, which has no index signature.
    return { description: schema.description, tsType: 'object | null' };
  }
  if (schema.anyOf?.length === 2 && schema.anyOf[0].enum && schema.anyOf[1].type === 'string') {
    // Words that a later version may add to: the types are those of this version, so that the compiler finds a mistyped one.
    return { description: schema.description, ...schema.anyOf[0] };
  }
  const word = schema.anyOf?.find((branch) => branch.$ref);
  const spelling = schema.anyOf?.find((branch) => branch.pattern);
  if (word && spelling) {
    // Words in any case of letters; the type of a pattern would be `string`, which accepts every text.
    const name = word.$ref.split('/').at(-1);
    const cased = { description: spelling.description, tsType: `Capitalize<${name}> | Uppercase<${name}>` };
    return plain({ ...schema, anyOf: schema.anyOf.map((branch) => (branch === spelling ? cased : branch)) });
  }
  const { $ref, description, allOf, if: _, then: __, ...rest } = schema;
  if (typeof rest.title === 'string') {
    delete rest.title;
  }
  const others = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, plain(value)]));
  const text = typeof description === 'string' ? { description } : {};
  if (typeof description === 'object') {
    Object.assign(others, { description: plain(description) });
  }
  return $ref === undefined ? { ...text, ...others } : { ...text, allOf: [{ $ref }] };
}

// The code: ES modules and CommonJS, with either module inside and without.
const alias = (filter, path) => ({
  name: path,
  setup: (esbuild) => esbuild.onResolve({ filter }, () => ({ path: at(path) })),
});
const external = (path) => ({
  name: 'external',
  setup: (esbuild) => esbuild.onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path, external: true })),
});
const KIT = ['forms/index', ...readdirSync(at('src/adapters')).map((name) => `adapters/${name.replace('.ts', '')}`)];
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
for (const format of ['esm', 'cjs']) {
  const shared = {
    bundle: true,
    format,
    target: [`es${ECMASCRIPT}`, ...TARGETS],
    define: { VERSION: JSON.stringify(version) },
    sourcemap: true,
    minifySyntax: true,
    outExtension: { '.js': format === 'esm' ? '.js' : '.cjs' },
    outdir: at('dist'),
    logLevel: 'warning',
  };
  await build({ ...shared, entryPoints: [at('src/index.ts'), at('src/schemas.ts')]});
  const full = [alias(/\/generated\/embedded\.js$/, 'generated/embedded-full.js'), alias(/\/reports\.js$/, 'src/reports-full.ts')];
  await build({ ...shared, entryPoints: [at('src/full.ts')], plugins: full });
  await build({ ...shared, entryPoints: { input: at('src/translate.ts') }, plugins: [alias(/\/generated\/embedded\.js$/, 'generated/embedded-input.js')] });
  for (const [name, path] of format === 'esm' ? Object.entries(COMPILED) : []) {
    const compiled = [alias(/\/embedded\.js$/, `generated/${name}.js`)];
    await build({ ...shared, entryPoints: { [name]: at('src/index.ts') }, external: [path], plugins: compiled });
    await build({ ...shared, entryPoints: { [`forms/${name}`]: at('src/forms/index.ts') }, plugins: [external(`../${name}.js`)] });
  }
  // The form kit and the adapters, which share the default import with the page.
  await build({ ...shared, entryPoints: KIT.map((name) => at(`src/${name}.ts`)), outbase: at('src'), plugins: [external(format === 'esm' ? '../index.js' : '../index.cjs')] });
  await build({ ...shared, entryPoints: { 'forms/slim': at('src/forms/index.ts') }, plugins: [external(format === 'esm' ? '../slim.js' : '../slim.cjs')] });
  await build({ ...shared, entryPoints: [at('src/slim.ts')], plugins: [alias(/\/embedded\.js$/, 'src/embedded-slim.ts')] });
}

// Source maps contain our sources, but not the generated files, which are in the code itself already.
for (const name of readdirSync(at('dist'), { recursive: true }).filter((name) => name.endsWith('.map'))) {
  const map = JSON.parse(readFileSync(at('dist', name), 'utf8'));
  map.sourcesContent = map.sources.map((source, index) => (/embedded(-full|-input)?\.js$|(schemas|forms|citations|sentences\..*)\.json$/.test(source) ? null : map.sourcesContent[index]));
  writeFileSync(at('dist', name), JSON.stringify(map));
}

// The declarations, for both.
execFileSync(bin('tsc'), ['-p', at('tsconfig.json')], { stdio: 'inherit' });
for (const name of readdirSync(at('generated/declarations/src'), { recursive: true }).map((name) => name.replaceAll('\\', '/'))) {
  if (/^((index|full|slim|api|more|plan|translate|languages|init|types|params|schemas)|forms\/(index|types|fields|preflight|values)|adapters\/[\w-]+)\.d\.ts$/.test(name)) {
    const text = readFileSync(at('generated/declarations/src', name), 'utf8');
    write(name, text.replaceAll(name.includes('/') ? '../../generated/types.js' : '../generated/types.js', name.includes('/') ? '../generated.js' : './generated.js'));
  }
}
write('generated.d.ts', types);
for (const tag of languages) {
  const pack = readFileSync(at('generated', `sentences.${tag}.json`), 'utf8').trim();
  mkdirSync(at('dist/locales'), { recursive: true });
  writeFileSync(at('dist/locales', `${tag}.js`), `export default ${pack};\n`);
  // Only a default, as the declaration says: a bundler would set `module.exports` too.
  writeFileSync(at('dist/locales', `${tag}.cjs`), `'use strict';\nObject.defineProperty(exports, '__esModule', { value: true });\nexports.default = ${pack};\n`);
  write(`locales/${tag}.d.ts`, "import type { LocalePack } from '../languages.js';\n\ndeclare const pack: LocalePack;\nexport default pack;\n");
}
function write(name, text) {
  mkdirSync(dirname(at('dist', name)), { recursive: true });
  writeFileSync(at('dist', name), text);
  writeFileSync(at('dist', name.replace('.d.ts', '.d.cts')), text.replace(/((?:from|import\() ?['"]\.{1,2}\/[\w./-]+)\.js/g, '$1.cjs'));
}
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) {
  cpSync(at('../..', licence), at(licence));
}

const size = (buffer) => `${buffer.length} bytes, ${gzipSync(buffer, { level: 9 }).length} gzip, ${brotliCompressSync(buffer).length} brotli`;
for (const name of [...modules, 'index.js', 'full.js', 'input.js', 'slim.js', ...[...languages.map((tag) => `locales/${tag}`), ...KIT].map((name) => `${name}.js`)]) {
  console.log(`${name}: ${size(readFileSync(at('dist', name)))}`);
}
