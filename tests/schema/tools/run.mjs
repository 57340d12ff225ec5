// Runs every tool on the documents, and writes the table of what it makes of them: `cargo xtask tools`.
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { calls, good, misshapen, wrong } from './bodies.mjs';
import { portals } from './portals.mjs';

const here = import.meta.dirname;
const schemas = join(here, '../../../bindings/schema');
const target = join(process.env.TOOLS_TARGET ?? join(here, '../../../target'), 'tools');
const venv = (name) => join(target, 'venv/bin', name);
const npm = (name) => join(here, 'node_modules/.bin', name);
const portable = join(schemas, 'openapi.portable.json');
const older = join(schemas, 'openapi-3.0.json');
const exec = promisify(execFile);

async function run(program, args, { input, ...options } = {}) {
  const running = exec(program, args, { cwd: target, maxBuffer: 1 << 27, ...options });
  running.child.stdin.end(input);
  const { stdout, stderr } = await running;
  return stdout + stderr;
}

function folder(name) {
  const path = join(target, name);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

function must(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

/** Which bodies Python types take: all good ones, no misshapen one, and, if patterns count, no wrong one. */
async function python(module, parse, path, refuses) {
  const all = [good, misshapen, wrong];
  const text = await run(venv('python'), [join(here, 'build.py'), module, parse], {
    input: JSON.stringify(all.flat()), env: { ...process.env, PYTHONPATH: path },
  });
  const taken = JSON.parse(text.trim().split('\n').at(-1));
  const [ofGood, ofMisshapen, ofWrong] = all.map((bodies, index) => {
    const before = all.slice(0, index).flat().length;
    return taken.slice(before, before + bodies.length).filter(Boolean).length;
  });
  must(ofGood === good.length, `builds ${ofGood} of ${good.length} valid bodies`);
  must(ofMisshapen === 0 && (!refuses || ofWrong === 0), `takes ${ofMisshapen} misshapen and ${ofWrong} wrong bodies`);
  return `${ofGood} valid bodies built, ${misshapen.length - ofMisshapen} of ${misshapen.length} misshapen and ${wrong.length - ofWrong} of ${wrong.length} wrong ones refused`;
}

async function generated(generator) {
  const path = folder(`generator-${generator}`);
  await run(venv('openapi-generator-cli'), ['generate', '-g', generator, '-i', older, '-o', path]);
  return path;
}


const tools = [
  ['openapi-spec-validator', 'openapi.portable.json, openapi-3.0.json', async () => {
    await run(venv('openapi-spec-validator'), [portable, older]);
    return 'valid';
  }],
  ['openapi-generator-cli', 'validate', async () => {
    for (const file of [portable, older, join(schemas, 'openapi.json')]) {
      must((await run(venv('openapi-generator-cli'), ['validate', '-i', file])).includes('No validation issues'), file);
    }
    return 'no issues in three documents';
  }],
  ['openapi-generator-cli', 'python', async () => {
    const path = await generated('python');
    return python('openapi_client.models', 'from_json', path, true);
  }],
  ['openapi-generator-cli', 'typescript-fetch', async () => {
    const path = await generated('typescript-fetch');
    const api = readFileSync(join(path, 'apis/IMSApi.ts'), 'utf8') + readFileSync(join(path, 'apis/VMApi.ts'), 'utf8');
    must(calls.every((call) => api.toLowerCase().includes(`async ${call.toLowerCase()}(`)), 'a call is missing');
    writeFileSync(join(path, 'use.ts'), `
import type { WholeImage } from './models/WholeImage';
export const fromEcs: WholeImage = { name: 'a', instanceId: 'i', vaultId: 'v', enterpriseProjectId: '0' };
export const fromBackup: WholeImage = { name: 'a', backupId: 'b', wholeImageType: 'CBR', minRam: 1 };
// @ts-expect-error: a backup has its type.
export const open: WholeImage = { name: 'a', backupId: 'b' };
`);
    await run(npm('tsc'), ['--noEmit', '--strict', '--skipLibCheck', '--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022', '--lib', 'es2022,dom', 'index.ts', 'use.ts'], { cwd: path });
    return `compiles; ${calls.length} calls, both variants built, one without its type refused`;
  }],
  ['openapi-generator-cli', 'rust', async () => {
    const path = await generated('rust');
    const text = (name) => readFileSync(join(path, 'src/models', name), 'utf8');
    must(/pub enterprise_project_id: Option<String>/.test(text('in_region_copy.rs')), 'enterprise_project_id is no string');
    must(/WholeImageFromEcs\(.*\)[\s\S]*WholeImageFromBackup\(/.test(text('whole_image.rs')), 'no variants');
    const api = readFileSync(join(path, 'src/apis/ims_api.rs'), 'utf8') + readFileSync(join(path, 'src/apis/vm_api.rs'), 'utf8');
    must(calls.every((call) => api.includes(`fn ${call.replace(/[A-Z]/g, (c, at) => (at ? '_' : '') + c.toLowerCase())}(`)), 'a call is missing');
    return `read, not compiled: \`String\`, \`enum WholeImage\` of two variants, ${calls.length} calls`;
  }],
  ['openapi-python-client', 'openapi.portable.json', async () => {
    const path = folder('python-client');
    const out = await run(venv('openapi-python-client'), ['generate', '--path', portable, '--output-path', join(path, 'client'), '--meta', 'none'], { env: { ...process.env, PATH: `${join(target, 'venv/bin')}:${process.env.PATH}` } });
    must(!out.includes('will not be generated'), out);
    for (const call of calls) {
      const file = `${call.replace(/[A-Z]/g, (c, at) => (at ? '_' : '') + c.toLowerCase())}.py`;
      must(['ims', 'vm'].some((tag) => existsSync(join(path, 'client/api', tag, file))), `${call} is missing`);
    }
    await python('client.models', 'from_dict', path, false).catch((error) => must(error.message.includes('misshapen'), error.message));
    return `${calls.length} of ${calls.length} calls; ${good.length} valid bodies built; it checks no values`;
  }],
  ['datamodel-code-generator', 'pydantic, of the body schemas', async () => {
    const path = folder('datamodel');
    const names = { 'ims.cross-region-copy': 'CrossRegionCopy', 'ims.in-region-copy': 'InRegionCopy', 'ims.whole-image': 'WholeImage', 'jd.copy-images': 'CopyImages' };
    mkdirSync(join(path, 'models'));
    const lines = [];
    for (const [id, name] of Object.entries(names)) {
      const module = id.replaceAll(/[.-]/g, '_');
      await run(venv('datamodel-codegen'), ['--input', join(schemas, 'portable', `${id}.json`), '--input-file-type', 'jsonschema', '--output', join(path, 'models', `${module}.py`), '--output-model-type', 'pydantic_v2.BaseModel', '--disable-timestamp']);
      lines.push(`from .${module} import ${name}`);
    }
    writeFileSync(join(path, 'models/__init__.py'), lines.join('\n'));
    return python('models', 'model_validate', path, true);
  }],
  ['quicktype', 'TypeScript, of a body schema', async () => {
    const code = await run(npm('quicktype'), ['--lang', 'typescript', '--src-lang', 'schema', '--just-types', join(schemas, 'portable/ims.whole-image.json')]);
    must(['instance_id', 'vault_id', 'backup_id', 'whole_image_type', 'tags'].every((field) => code.includes(`${field}?:`)), code);
    must(/enterprise_project_id\?: +string/.test(code), code);
    return 'all fields; it makes one interface of both variants';
  }],
  ['typify', 'Rust, of each schema', async () => {
    const names = ['ims.cross-region-copy', 'ims.in-region-copy', 'ims.whole-image', 'jd.copy-images'].map((id) => `portable/${id}`);
    names.push('ims.cross-region-copy', 'ims.in-region-copy', 'jd.copy-images', 'report', 'facts', 'plan', 'job', 'refusal', 'rule', 'ims.job');
    const output = join(folder('typified'), 'types.rs');
    for (const name of names) {
      await run(join(target, 'typify/bin/cargo-typify'), ['typify', join(schemas, `${name}.json`), '--output', output]);
      must(name !== 'portable/ims.whole-image' || /pub enum WholeImage \{[\s\S]*?Ecs\([\s\S]*?Backup\(/.test(readFileSync(output, 'utf8')), 'no enum of two variants');
    }
    return `${names.length} schemas; \`enum WholeImage\` of two variants; not the exact one, whose \`if\` it does not know`;
  }],
  ['@stoplight/prism-cli', 'with Schemathesis', async () => {
    const { url, stop } = await mock();
    try {
      const post = async (path, body) => (await fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', 'x-auth-token': 't', authorization: 's' } })).status;
      const paths = { CrossRegionCopy: '/v1/cloudimages/i/cross_region_copy', InRegionCopy: '/v1/cloudimages/i/copy', WholeImage: '/v1/cloudimages/wholeimages/action', CopyImages: '/v1/regions/cn-north-1/images:copyImages' };
      for (const [name, body] of good) {
        must((await post(paths[name], body)) === 200, `${name} is refused: ${JSON.stringify(body)}`);
      }
      for (const [name, body] of [...misshapen, ...wrong]) {
        const status = await post(paths[name], body);
        must(status >= 400 && status < 500, `${name} is taken: ${JSON.stringify(body)}`);
      }
      // A mock server takes any token, and answers TRACE as it likes.
      await run(venv('st'), ['run', portable, '--url', url, '-H', 'X-Auth-Token: t', '-H', 'Authorization: s', '--max-examples', '20', '--phases', 'examples,coverage,fuzzing', '--seed', '1', '--suppress-health-check', 'all', '--exclude-checks', 'ignored_auth,unsupported_method']);
      return `${good.length} valid bodies taken, ${misshapen.length + wrong.length} bad ones refused; Schemathesis finds nothing`;
    } finally {
      stop();
    }
  }],
  ['redoc', 'and swagger-ui-dist, in Chromium', async () => {
    const { ecs, backup, swagger, errors } = await portals(portable);
    must(errors.length === 0, errors.join());
    const required = (text, name) => new RegExp(`^${name}\\s+required`, 'm').test(text);
    must(['Whole Image From Ecs', 'Whole Image From Backup'].every((title) => ecs.includes(title) && swagger.includes(title)), 'no named variants');
    must(required(ecs, 'instance_id') && required(ecs, 'vault_id') && required(backup, 'backup_id') && required(backup, 'whole_image_type'), 'a field is not required');
    must(!['tags', 'image_tags', 'description', 'min_ram'].some((name) => required(ecs, name) || required(backup, name)), 'a field is wrongly required');
    return 'CreateWholeImage has two named variants, and nothing wrongly required';
  }],
];

async function mock() {
  const probe = createServer();
  const port = await new Promise((resolve) => probe.listen(0, '127.0.0.1', () => resolve(probe.address().port)));
  await new Promise((resolve) => probe.close(resolve));
  const child = spawn(process.execPath, [npm('prism'), 'mock', portable, '--port', String(port), '--host', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise((resolve, reject) => {
    const collect = (chunk) => String(chunk).includes('listening') && resolve();
    child.stdout.on('data', collect);
    child.stderr.on('data', () => {});
    child.once('exit', () => reject(new Error('the mock server ended')));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

const pinned = Object.fromEntries(readFileSync(join(here, 'requirements.txt'), 'utf8').split('\n').map((line) => line.split('==')));
const { devDependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const version = (tool) => devDependencies[tool] ?? pinned[tool] ?? process.env.TYPIFY_VERSION;

// With arguments, only the tools whose names contain one of them are run; the others keep their rows.
const filters = process.argv.slice(2);
const table = join(here, '../tools.md');
const before = existsSync(table) ? readFileSync(table, 'utf8').split('\n') : [];

const rows = [];
let failed = 0;
for (const [tool, what, check] of tools) {
  const start = `| ${tool} ${version(tool)} | ${what} |`;
  const known = before.find((line) => line.startsWith(start));
  if (known && filters.length > 0 && !filters.some((filter) => tool.includes(filter))) {
    rows.push(known);
    continue;
  }
  let result;
  try {
    result = await check();
  } catch (error) {
    failed += 1;
    result = `FAILED: ${String(error.message).split('\n')[0].slice(0, 200)}`;
    console.error(error.stdout?.slice(-2000) ?? '', error.stderr?.slice(-2000) ?? '');
  }
  console.log(`${tool}, ${what}: ${result}`);
  rows.push(`${start} ${result} |`);
}
writeFileSync(table, `# Other people's tools

What each makes of the portable documents and schemas; \`cargo xtask tools\` runs them and writes this table. Those that take a few
seconds (Spectral, Redocly, openapi-typescript, json-schema-to-typescript, VS Code's language service, ajv) are in the test command. The Go
generators were not run.

| tool | of what | result |
| --- | --- | --- |
${rows.join('\n')}
`);
process.exit(failed === 0 ? 0 : 1);
