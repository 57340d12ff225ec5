// `image-preflight/input`: what people hold becomes cases, as the Rust library makes them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { check } from 'image-preflight';
import { checkText } from 'image-preflight/full';
import { attributeOf, init, translate } from 'image-preflight/input';

const root = join(import.meta.dirname, '../../..');
const samples = join(root, 'crates/image-preflight-input/tests/samples');
const command = "hcloud IMS CopyImageInRegion --cli-region=cn-north-4 --image_id=465076de --name=''";

/** One of each form but Terraform's. */
const TEXTS = {
  case: '{"operation": "ims.in-region-copy", "path": {"image_id": "465076de"}, "body": {"name": "n"}}',
  koocli: command,
  jdc: `jdc vm copy-images --region-id cn-north-1 --input-json '{"sourceImageIds": ["img-1"], "destinationRegion": "cn-east-2"}'`,
  http: 'POST /v1/cloudimages/465076de/copy HTTP/1.1\nHost: ims.cn-north-4.myhuaweicloud.com\n\n{"name": "n"}',
  curl: `curl -X POST https://ims.cn-north-4.myhuaweicloud.com/v1/cloudimages/465076de/copy -d '{"name": "n"}'`,
  sdk: "{'image_id': '465076de', 'body': {'name': 'n'}}",
};

test('each sample of the library becomes cases that can be checked, in both languages', () => {
  const files = readdirSync(samples).map((name) => [name, readFileSync(join(samples, name), 'utf8')]);
  const forms = new Set();
  for (const [name, text] of [...files, ...Object.entries(TEXTS)]) {
    for (const locale of ['en', 'zh-CN']) {
      const { translation, problem } = translate(text, { locale });
      assert.equal(problem, undefined, `${name}: ${problem?.message}`);
      forms.add(translation.form);
      assert.ok(translation.summary.length > 5, name);
      for (const { case: of, line, attributes, notes } of translation.cases) {
        assert.deepEqual(check(JSON.parse(of), { locale: 'en' }), checkText(of), name);
        assert.ok(line >= 1 && line <= text.split('\n').length, name);
        assert.ok(Object.keys(attributes).every((pointer) => pointer.startsWith('/')), name);
        assert.ok(notes.every(({ kind, message }) => kind !== '' && message !== ''), name);
      }
    }
  }
  assert.deepEqual([...forms].sort(), ['terraform', ...Object.keys(TEXTS)].sort());
});

test('a finding is told by the attribute that its value is from', () => {
  const { translation } = translate(command);
  const [one] = translation.cases;
  const { verdict, findings } = check(JSON.parse(one.case));
  assert.equal(verdict, 'denied');
  assert.ok(findings.some(({ at }) => attributeOf(one, at) === '--name'));
  assert.equal(attributeOf(one, '/facts/copiesInFlight'), undefined);
  assert.equal(attributeOf({ ...one, attributes: { '/body/image_tags': 'tags' } }, '/body/image_tags/0/key'), 'tags');
  for (const pointer of ['', '/', 'body', '/constructor', '/__proto__/a']) assert.equal(attributeOf(one, pointer), undefined, pointer);
});

test('a text of no form, and one that is not whole yet, has a problem, in the language asked for', () => {
  for (const text of ['', 'Dear Sir or Madam', 'resource "huaweicloud_images_image_copy" "a" {}', 'POST ', '\ud800', '\0'.repeat(100)]) {
    const [english, chinese] = ['en', 'zh-CN'].map((locale) => translate(text, { locale }));
    assert.equal(english.translation, undefined, text);
    assert.equal(english.problem.kind, chinese.problem.kind, text);
    assert.doesNotMatch(english.problem.message, /[\u4e00-\u9fff]/, text);
    assert.match(chinese.problem.message, /[\u4e00-\u9fff]/, text);
  }
  // JSON that is cut off is a case, whose report says where it ends.
  const half = translate('{"format_version": "1.2", "resource_changes": [{"type": ').translation.cases[0].case;
  assert.deepEqual(checkText(half).findings.map(({ rule }) => rule), ['case.syntax']);
  for (let length = 1; length < command.length; length += 1) assert.doesNotThrow(() => translate(command.slice(0, length)));
});

test('form and operation are used; a wrong argument is a TypeError', () => {
  assert.equal(translate(command, { form: 'terraform' }).problem.kind, 'json');
  // It lacks what is mandatory in each operation, so that none can be inferred.
  const file = '{"path": {}, "body": {"description": "d"}}';
  assert.ok(translate(file, { form: 'koocli' }).problem);
  assert.equal(translate(file, { form: 'koocli', operation: 'CopyImageInRegion' }).translation.cases.length, 1);
  assert.throws(() => translate(command, { form: 'yaml' }), { name: 'TypeError', message: /"yaml"; it must be one of case, terraform/ });
  assert.throws(() => translate(command, { form: 1 }), { name: 'TypeError', message: /option form is the number 1/ });
  assert.throws(() => translate(command, { locale: 1 }), TypeError);
  for (const value of [undefined, null, 1, {}, [], Symbol('s'), new Uint8Array(2)]) {
    assert.throws(() => translate(value), { name: 'TypeError', message: /the text is .*; it must be a string/ }, typeof value);
  }
});

test('values that a plan marks as sensitive are in no answer', () => {
  const secret = 'hunter2-hunter2';
  const plan = JSON.stringify({
    format_version: '1.2',
    resource_changes: [
      {
        address: 'huaweicloud_images_image_copy.a',
        type: 'huaweicloud_images_image_copy',
        provider_name: 'registry.terraform.io/huaweicloud/huaweicloud',
        change: { actions: ['create'], after: { name: secret, source_image_id: 'a', description: secret }, after_unknown: {}, after_sensitive: { name: true, description: true } },
      },
    ],
  });
  const { translation } = translate(plan);
  assert.equal(translation.cases.length, 1);
  assert.ok(!JSON.stringify(translation).includes(secret));
});

test('a megabyte of one plan is translated, and the next call is as before', () => {
  const resource = (index) => ({ address: `a.b[${index}]`, type: 'random_id', change: { actions: ['create'], after: { x: 'y'.repeat(200) } } });
  const plan = JSON.stringify({ format_version: '1.2', resource_changes: Array.from({ length: 4000 }, (_, index) => resource(index)) });
  assert.ok(plan.length > 1_000_000);
  assert.match(translate(plan).translation.summary, /4000 other resources/);
  assert.equal(translate(command).translation.cases.length, 1);
});

test('CommonJS, and a module of one’s own', async () => {
  const require = createRequire(import.meta.url);
  assert.deepEqual(require('image-preflight/input').translate(command), translate(command));
  const bytes = readFileSync(join(import.meta.dirname, '../dist/input.wasm'));
  await init(bytes);
  await init(new WebAssembly.Module(bytes));
  assert.equal(translate(command).translation.cases.length, 1);
  const other = readFileSync(join(import.meta.dirname, '../dist/full.wasm'));
  await assert.rejects(init(new Uint8Array(8)), /image-preflight: /);
  for (const wrong of [other, new WebAssembly.Module(other)]) await assert.rejects(init(wrong), { name: 'TypeError', message: /is not input\.wasm/ });
  assert.equal(translate(command).translation.cases.length, 1);
  // A fresh process starts with the module that it is given.
  const first = "const { readFileSync } = await import('node:fs'); const { init, translate } = await import('image-preflight/input'); await init(readFileSync('dist/input.wasm')); console.log(translate('POST /').problem.kind);";
  assert.match(execFileSync(process.execPath, ['--input-type=module', '--eval', first], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' }), /^[a-z-]+\n$/);
  // In a runtime that compiles nothing: what to do is in the error.
  const code = "WebAssembly.Module = function () { throw new Error('Wasm code generation disallowed by embedder'); }; const { translate } = await import('image-preflight/input'); try { translate('x'); } catch (error) { console.log(error.message); }";
  assert.match(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' }), /image-preflight\/input\.wasm'; import \{ init \} from 'image-preflight\/input'/);
});
