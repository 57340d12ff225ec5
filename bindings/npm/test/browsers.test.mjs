// The built files run in the oldest browsers named in the README: they use nothing newer.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';
import { parse } from 'acorn';
import { ECMASCRIPT, TARGETS, WASM_FEATURES } from '../scripts/targets.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const bin = (name) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'image-preflight-browsers-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Every node of a syntax tree. */
function* nodes(node) {
  if (Array.isArray(node)) {
    for (const one of node) yield* nodes(one);
  } else if (typeof node?.type === 'string') {
    yield node;
    for (const child of Object.values(node)) yield* nodes(child);
  }
}

/** Syntax in some code that the oldest browsers do not support; throws if they cannot parse it. */
function tooNew(code, sourceType) {
  const found = [];
  for (const node of nodes(parse(code, { ecmaVersion: ECMASCRIPT, sourceType }))) {
    if (node.regex !== undefined) {
      const { pattern, flags } = node.regex;
      // Safari supports lookbehind since 16.4, though it is in ES2018; the flags d and v are newer than the edition.
      const literal = new RegExpParser({ ecmaVersion: ECMASCRIPT }).parsePattern(pattern, 0, pattern.length, { unicode: flags.includes('u') });
      visitRegExpAST(literal, { onAssertionEnter: ({ kind }) => { if (kind === 'lookbehind') found.push(pattern); } });
    }
    // A minifier that inlines a call may lose a default parameter (SWC does), so there must be none.
    if (/Function/.test(node.type) && node.params.some(({ type }) => type === 'AssignmentPattern')) found.push(`a default of a parameter at ${node.start}`);
  }
  return found;
}

test('what is too new is found', () => {
  assert.deepEqual(tooNew('const a = /a(?<!b)c/u;', 'module'), ['a(?<!b)c']);
  assert.deepEqual(tooNew('const f = (a, b = 1) => a;', 'module'), ['a default of a parameter at 10']);
  for (const code of ['class A { static { this.x = 1; } }', 'const a = /a/v;', 'const a = /a/d;', 'await 1;', 'class A { #b; static c(d) { return #b in d; } }', "import a from 'b' with { type: 'json' };"]) {
    assert.throws(() => tooNew(code, 'module'), SyntaxError, code);
  }
  assert.deepEqual(tooNew('a ??= /(?<name>b)(?=c)/u; a?.b.replaceAll("c", 1_000);', 'module'), []);
});

const adapters = readdirSync(join(dist, 'adapters')).filter((name) => name.endsWith('.cjs')).map((name) => `adapters/${name.replace('.cjs', '')}`);
assert.equal(adapters.length, 5);

for (const name of ['index', 'full', 'slim', 'schemas', 'forms/index', ...adapters]) {
  for (const [ending, sourceType] of [['js', 'module'], ['cjs', 'script']]) {
    test(`${name}.${ending} has no syntax that is too new`, () => {
      assert.deepEqual(tooNew(readFileSync(join(dist, `${name}.${ending}`), 'utf8'), sourceType), []);
    });
  }
}

test('nothing is called that the oldest browsers lack', () => {
  // Methods newer than Chrome 96, Firefox 79 or Safari 15, except those that are tested for before use.
  const newer = /\b(structuredClone|hasOwn|toSorted|toReversed|toSpliced|findLast|findLastIndex|groupBy|withResolvers|fromAsync|toWellFormed|replaceAll|AggregateError|WeakRef|FinalizationRegistry)\b|\.at\(/g;
  for (const name of readdirSync(dist, { recursive: true }).filter((name) => /\.c?js$/.test(name))) {
    assert.deepEqual(readFileSync(join(dist, name), 'utf8').replace(/"[^"\n]*"/g, '""').match(newer) ?? [], [], name);
  }
});

for (const name of ['image_preflight.wasm', 'full.wasm']) {
  test(`${name} has no WebAssembly that is too new`, () => {
    // In a separate process, because binaryen prints every error.
    const script = `
      import binaryen from 'binaryen';
      import { readFileSync } from 'node:fs';
      const module = binaryen.readBinary(readFileSync(${JSON.stringify(join(dist, name))}));
      const { MVP, BulkMemory, BulkMemoryOpt, MutableGlobals, SignExt, NontrappingFPToInt, ReferenceTypes, Multivalue } = binaryen.Features;
      const FEATURES = { 'bulk-memory': BulkMemory | BulkMemoryOpt, 'mutable-globals': MutableGlobals, 'sign-ext': SignExt, 'nontrapping-float-to-int': NontrappingFPToInt, 'reference-types': ReferenceTypes, multivalue: Multivalue };
      const features = ${JSON.stringify(WASM_FEATURES)};
      const isValid = (features) => {
        module.setFeatures(features.reduce((all, feature) => all | FEATURES[feature], MVP));
        return module.validate() === 1;
      };
      console.log(JSON.stringify([isValid(features), features.filter((feature) => !isValid(features.filter((one) => one !== feature)))]));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
    const [isValid, needed] = JSON.parse(output.trimEnd().split('\n').at(-1));
    assert.ok(isValid);
    // As a control: with fewer features it is rejected.
    console.log(`${name} needs ${needed.join(', ')}`);
    assert.ok(needed.includes('bulk-memory'));
  });
}

test('the README names the browsers that are built for', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const names = { chrome: 'Chrome', edge: 'Edge', firefox: 'Firefox', safari: 'Safari', ios: 'iOS', node: 'Node.js' };
  for (const target of TARGETS) {
    const [, name, version] = /^([a-z]+)(\d+)$/.exec(target);
    assert.match(readme, new RegExp(`\\| ${names[name]} \\| ${version} \\|`), target);
  }
});

test('the declarations hold what is public and nothing else', () => {
  const published = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.d.ts'));
  const kit = ['fields', 'index', 'preflight', 'types', 'values'].map((name) => `forms/${name}.d.ts`);
  assert.deepEqual(published.sort(), [...adapters.map((name) => `${name}.d.ts`), 'api.d.ts', ...kit, 'full.d.ts', 'generated.d.ts', 'index.d.ts', 'init.d.ts', 'languages.d.ts', 'locales/en.d.ts', 'locales/zh-CN.d.ts', 'more.d.ts', 'params.d.ts', 'plan.d.ts', 'schemas.d.ts', 'slim.d.ts', 'translate.d.ts', 'types.d.ts'].sort());
  for (const name of published) {
    const text = readFileSync(join(dist, name), 'utf8');
    for (const [, from] of text.matchAll(/^(?:import|export) .* from ['"]([^'"]+)['"]/gm)) {
      assert.ok(from === '@standard-schema/spec' || published.includes(`${join(dirname(name), from).replace(/\.js$/, '')}.d.ts`), `${name} imports ${from}`);
    }
    assert.doesNotMatch(text, /@internal|Engine\b|citationsOf|withEngine|optionsOf/, name);
  }
});

const CONSUMER = `
import { addLocale, check, init, standardSchema, type ModuleSource, type Report, type StandardSchemaOptions } from 'image-preflight';
import { preflightValidator } from 'image-preflight/angular';
import { antdRules } from 'image-preflight/antd';
import { formRules } from 'image-preflight/async-validator';
import { createPreflight, type Preflight } from 'image-preflight/forms';
import { preflightResolver } from 'image-preflight/react-hook-form';
import { schema } from 'image-preflight/schemas';
import { typedSchema } from 'image-preflight/vee-validate';
import { init as initSlim } from 'image-preflight/slim';
import { NotClearedError, plan, type Plan, type PlanOptions } from 'image-preflight/full';
import chinese from 'image-preflight/locales/zh-CN';
addLocale(chinese);
const progress: PlanOptions = { failed: { 0: 'later' } };
export const planned: Plan = plan([{ operation: 'ims.whole-image' }], progress);
const options: StandardSchemaOptions<'ims.whole-image'> = { undetermined: 'pass', rootPath: ['root'] };
const report: Report = check({ operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } });
const preflight: Preflight<'ims.whole-image'> = createPreflight({ operation: 'ims.whole-image', loaders: { ecsObject: (id, { signal }) => (signal.aborted ? undefined : { id }) } });
export const kit = [preflightResolver(preflight), formRules(preflight, { name: '' }), antdRules(preflight), preflightValidator(preflight), typedSchema(preflight)];
export const issues = standardSchema('ims.whole-image', options)['~standard'].validate({});
export const error: Error = new NotClearedError('why', report);
const source: ModuleSource = new Uint8Array(0);
export const all: Promise<void>[] = [init(source), init('url'), initSlim({ href: 'url' })];
export const document: Record<string, unknown> = schema('case');
// @ts-expect-error There is no such source.
void init(5);
// @ts-expect-error It is one of two words.
standardSchema('ims.whole-image', { undetermined: 'warn' });
`;

for (const [module, moduleResolution, type] of [['nodenext', 'nodenext', 'module'], ['nodenext', 'nodenext', 'commonjs'], ['node16', 'node16', 'module'], ['node16', 'node16', 'commonjs'], ['esnext', 'bundler', 'module']]) {
  test(`the declarations compile without any library but ECMAScript's: ${moduleResolution}, ${type}`, () => {
    const project = join(folder, `${moduleResolution}-${type}`);
    mkdirSync(join(project, 'node_modules/@standard-schema'), { recursive: true });
    symlinkSync(root, join(project, 'node_modules/image-preflight'));
    symlinkSync(join(root, 'node_modules/@standard-schema/spec'), join(project, 'node_modules/@standard-schema/spec'));
    writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
    writeFileSync(join(project, 'main.ts'), CONSUMER);
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { module, moduleResolution, target: 'es2022', lib: ['es2022'], types: [], strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true }, files: ['main.ts'] }),
    );
    try {
      execFileSync(bin('tsc'), ['-p', project], { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      assert.fail(error.stdout);
    }
  });
}
