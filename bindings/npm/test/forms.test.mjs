// `standardSchema`: which findings are issues, and their paths.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addLocale, check, standardSchema } from 'image-preflight';
import * as full from 'image-preflight/full';
import chinese from 'image-preflight/locales/zh-CN';
import { vectors } from './vectors.mjs';

addLocale(chinese);

const path = { image_id: 'i' };
const body = { name: 'n', region: 'cn-south-1', project_name: 'p', agency_name: 'a' };
const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
const facts = { sourceRegion: 'cn-north-4', image, copiesInFlight: 0 };
const validate = (options, value = body) => standardSchema('ims.cross-region-copy', { path, facts, ...options })['~standard'].validate(value);

test('the value of a valid body is the body', () => {
  assert.deepEqual(validate({}), { value: body });
  assert.equal(validate({}).value, body);
});

test('a missing fact is an issue once the shape is right, and its message says which', () => {
  for (const locale of ['en', 'zh-CN']) {
    const report = check({ operation: 'ims.cross-region-copy', path, body, facts: { sourceRegion: 'cn-north-4' } }, { locale });
    assert.equal(report.verdict, 'undetermined');
    const { issues } = validate({ facts: { sourceRegion: 'cn-north-4' }, locale });
    assert.ok(issues.every((issue) => !('path' in issue)));
    for (const missing of report.missing) {
      // What to find out: the part of the fix before the colon, "Find out the image's status: …".
      const { title } = report.findings.find((finding) => finding.missing.includes(missing)).fixes[0];
      const what = locale === 'en' ? title.slice('Find out '.length, title.indexOf(': `') < 0 ? title.lastIndexOf(': ') : title.indexOf(': `')) : title.slice('请确认：'.length, title.indexOf('。方法'));
      assert.ok(what.length > 3 && issues.some(({ message }) => message.includes(what)), `${missing}: ${what} in ${issues.map(({ message }) => message).join('\n')}`);
    }
  }
  // An invalid field takes precedence.
  const { issues } = validate({ facts: {} }, { ...body, name: '' });
  assert.deepEqual(issues.map((issue) => issue.path), [['name']]);
});

test('with the option, an undetermined body is valid, but never a denied one', () => {
  assert.deepEqual(validate({ facts: {}, undetermined: 'pass' }), { value: body });
  assert.ok(validate({ facts: {}, undetermined: 'issue' }).issues.length > 0);
  assert.ok(validate({ facts: { image: { encrypted: true } }, undetermined: 'pass' }).issues.length > 0);
});

test('an issue that belongs to no field has no path, or that of rootPath', () => {
  const encrypted = { ...facts, image: { ...image, encrypted: true } };
  assert.deepEqual(Object.keys(validate({ facts: encrypted }).issues[0]), ['message', 'rule', 'params', 'fixes']);
  assert.deepEqual(validate({ facts: encrypted, rootPath: ['root'] }).issues[0].path, ['root', 'not-encrypted']);
  assert.deepEqual(validate({ facts: encrypted, rootPath: [] }).issues[0].path, ['not-encrypted']);
  assert.deepEqual(validate({ facts: {}, rootPath: ['form', 0] }).issues.at(-1).path.slice(0, 2), ['form', 0]);
  // The path parameters and the body as a whole are not fields either.
  assert.equal(validate({ path: {} }).issues[0].path, undefined);
  assert.equal(validate({}, []).issues[0].path, undefined);
  assert.ok(validate({}, null).issues.every(({ path }) => path === undefined || path.length > 0));
});

test('paths are those of JavaScript, not of JSON Pointer', () => {
  const paths = (value, of = standardSchema) => of('ims.whole-image')['~standard'].validate(value).issues.map(({ path }) => path);
  const whole = { name: 'n', instance_id: 'i', vault_id: 'v' };
  assert.deepEqual(paths({ ...whole, image_tags: [{ key: 'k', value: 'v' }, { key: 'k.', value: '' }] }), [['image_tags', 1, 'key']]);
  // No present error has a pointer with an escaped name, so the report is modified, which the full import reads as JSON.
  const table = [
    ['/body/a~1b', ['a/b']], ['/body/~01', ['~1']], ['/body/~0~1', ['~/']], ['/body/image_tags/0/a~1b', ['image_tags', 0, 'a/b']],
    ['/body/0', ['0']], ['/body/', ['']], ['/body/__proto__', ['__proto__']], ['/body/tags/10', ['tags', 10]], ['/body/tags/1a', ['tags', '1a']],
    ['/body', undefined], ['', undefined], ['/path/image_id', undefined], ['/facts/images/a~1b', undefined], ['/bodyguard/name', undefined],
  ];
  const { parse } = JSON;
  for (const [at, path] of table) {
    JSON.parse = (text) => {
      const value = parse(text);
      value.findings?.forEach((finding) => { finding.at = at; });
      return value;
    };
    try {
      assert.deepEqual(paths({ ...whole, name: '' }, full.standardSchema), [path], at);
    } finally {
      JSON.parse = parse;
    }
  }
});

test('issues are the findings that decide: by every vector, in both languages', async () => {
  const read = (name) => readFile(join(import.meta.dirname, '../../../tests', name), 'utf8');
  const count = { valid: 0, denied: 0, undetermined: 0, invalid: 0, warnings: 0 };
  for (const { text, locale, report, name } of await vectors(read)) {
    let value;
    try { value = JSON.parse(text); } catch { continue; }
    const { verdict, findings, operation } = JSON.parse(report);
    // Vectors whose operation exists and whose other members can be passed as options.
    const { operation: _, path, body, facts, edition, unknown, strict, ...others } = value ?? {};
    if (operation === null || JSON.stringify(value) !== text || Object.keys(others).length > 0 || !('body' in value)) continue;
    for (const undetermined of ['issue', 'pass']) {
      const result = standardSchema(operation, { path, facts, edition, unknown, strict, locale, undetermined })['~standard'].validate(body);
      const outcome = verdict === 'undetermined' && undetermined === 'issue' ? 'unknown' : 'violated';
      const expected = findings.filter((finding) => finding.severity === 'error' && finding.outcome === outcome).map(({ message }) => message);
      assert.deepEqual(result.issues?.map(({ message }) => message) ?? [], expected, name);
      assert.equal(result.issues === undefined, verdict === 'allowed' || (verdict === 'undetermined' && undetermined === 'pass'), name);
      if (result.issues === undefined) assert.equal(result.value, body);
      count[verdict === 'allowed' ? 'valid' : verdict] += 1;
      if (findings.some(({ severity }) => severity === 'warning')) count.warnings += 1;
    }
  }
  assert.ok(Object.values(count).every((some) => some > 20), JSON.stringify(count));
});

test('an invalid case never passes a form', () => {
  for (const undetermined of ['issue', 'pass']) {
    for (const wrong of [{ facts: { image: { colour: 'red' } } }, { facts: { imageObject: { id: 'i' } } }, { edition: '2019' }, { unknown: ['/body/nmae'] }, { strict: 'yes' }]) {
      const { issues } = validate({ undetermined, ...wrong });
      assert.ok(issues.length > 0 && issues.every((issue) => !('path' in issue)), JSON.stringify(wrong));
    }
  }
  assert.throws(() => standardSchema(undefined), TypeError);
  assert.ok(standardSchema('ims.teleport')['~standard'].validate(body).issues.length > 0);
});

test('what is presumed is asked for where nothing is', () => {
  assert.deepEqual(validate({ strict: false }), { value: body });
  const { issues } = validate({ strict: true });
  assert.match(issues[0].message, /quota/i);
  assert.deepEqual(validate({ strict: true, facts: { ...facts, destinationQuota: { images: 1 } } }), { value: body });
  assert.match(validate({ unknown: ['/body/region'] }).issues[0].message, /region/);
});
