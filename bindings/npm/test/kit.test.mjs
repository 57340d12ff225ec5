// `image-preflight/forms`: what a form gets for its values, and that it never gets more than the check allows.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { addLocale, check } from 'image-preflight';
import { createPreflight, fields, fromForm } from 'image-preflight/forms';
import { destinations, request } from 'image-preflight/full';
import chinese from 'image-preflight/locales/zh-CN';
import { schema } from 'image-preflight/schemas';
import { OPERATIONS, random, randomForm } from './random.mjs';
import { vectors } from './vectors.mjs';

const read = (name) => readFile(join(import.meta.dirname, '../../../tests', name), 'utf8');
addLocale(chinese);
const LOCALES = ['en', 'zh-CN'];
const fieldsOf = (operation) => fields(operation).map(({ name }) => name);
const path = { image_id: 'i' };
const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
const facts = { sourceRegion: 'cn-north-4', image, copiesInFlight: 0 };
const values = { name: 'n', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a' };
const across = (options = {}) => createPreflight({ operation: 'ims.cross-region-copy', path, facts, debounce: 1, ...options });

test('the kit of slim requires init, and says what the other one says', async () => {
  const { init } = await import('image-preflight/slim');
  const kit = await import('image-preflight/slim/forms');
  assert.throws(() => kit.createPreflight({ operation: 'ims.cross-region-copy', path, facts }).check(values), /await init/);
  await init(await readFile(join(import.meta.dirname, '../dist/image_preflight.wasm')));
  for (const form of [values, { ...values, name: ' n' }, {}]) {
    const state = kit.createPreflight({ operation: 'ims.cross-region-copy', path, facts }).check(form);
    assert.deepEqual(JSON.stringify(state), JSON.stringify(across().check(form)));
  }
  assert.equal(JSON.stringify(kit.fields('ims.cross-region-copy', { facts })), JSON.stringify(fields('ims.cross-region-copy', { facts })));
});

test('a form gets what the check says of the cleaned body, and a request only if it is allowed: random forms', () => {
  const next = random(24);
  const count = { allowed: 0, denied: 0, undetermined: 0, invalid: 0 };
  for (let round = 0; round < 2000; round += 1) {
    const { operation, values, ...context } = randomForm(next, fieldsOf);
    const locale = LOCALES[round % 2];
    const state = createPreflight({ operation, ...context, locale }).check(values);
    const body = fromForm(operation, values);
    const value = { operation, body, ...context };
    assert.deepEqual(state.report, check(JSON.parse(JSON.stringify(value)), { locale }));
    count[state.verdict] += 1;
    assert.equal(state.isAllowed, state.verdict === 'allowed');
    assert.equal(state.issues.length === 0, state.isAllowed, JSON.stringify(value));
    assert.deepEqual([...Object.values(state.errors).flat(), ...state.formErrors].length, state.issues.length);
    assert.ok(state.issues.every(({ message }) => message.length > 0 && !message.includes('`') || JSON.stringify(values).includes('`')));
    if (state.isAllowed) assert.deepEqual(state.request, request(value));
    else assert.equal('request' in state, false);
  }
  assert.ok(Object.values(count).every((some) => some > 50), JSON.stringify(count));
});

test('the vectors get the same verdicts, requests and findings', async () => {
  let allowed = 0;
  for (const { text, locale, name } of await vectors(read)) {
    let value;
    try { value = JSON.parse(text); } catch { continue; }
    const { operation, path, body, facts, edition, unknown, strict, ...others } = value ?? {};
    if (!OPERATIONS.includes(operation) || Object.keys(others).length > 0 || typeof body !== 'object' || body === null || Array.isArray(body)) continue;
    const state = createPreflight({ operation, path, facts, edition, unknown, strict, locale }).check(body);
    const { verdict, findings } = check({ ...value, body: fromForm(operation, body) }, { locale });
    assert.equal(state.verdict, verdict, name);
    const outcome = verdict === 'undetermined' ? 'unknown' : 'violated';
    assert.deepEqual(state.issues.map(({ finding }) => finding), findings.filter((finding) => finding.severity === 'error' && finding.outcome === outcome), name);
    assert.deepEqual(state.warnings.map(({ finding }) => finding), findings.filter((finding) => finding.severity !== 'error' && finding.outcome === 'violated' && !(finding.severity === 'advice' && finding.rule === 'case.facts')), name);
    assert.deepEqual(state.missing.map(({ pointer }) => pointer), state.report.missing);
    if (verdict === 'allowed') {
      allowed += 1;
      // A request has no value that is not known yet.
      if (unknown?.length > 0) assert.equal(state.request, undefined, name);
      else assert.deepEqual(state.request, request({ ...value, body: fromForm(operation, body) }), name);
    }
  }
  assert.ok(allowed > 100);
});

test('a fix removes its finding', async () => {
  let count = 0;
  const next = random(7);
  for (let round = 0; round < 1500; round += 1) {
    const { operation, values, ...context } = randomForm(next, fieldsOf);
    const preflight = createPreflight({ operation, ...context });
    const state = preflight.check(values);
    for (const { finding, fixes } of [...state.issues, ...state.warnings]) {
      for (const fix of fixes.filter((fix) => fix.values !== undefined)) {
        const after = preflight.check(preflight.apply(values, fix));
        const same = after.report.findings.filter(({ rule, at, params }) => rule === finding.rule && at === finding.at && JSON.stringify(params) === JSON.stringify(finding.params));
        assert.deepEqual(same, [], `${fix.title} ${JSON.stringify(values)}`);
        count += 1;
      }
    }
  }
  assert.ok(count > 50, String(count));
  // A list that the form has as text stays text.
  const preflight = createPreflight({ operation: 'ims.whole-image' });
  const list = { name: 'n', instance_id: 'i', vault_id: 'v', tags: 'a.b, a.b' };
  const [fix] = preflight.check(list).issues.concat(preflight.state.warnings).flatMap(({ fixes }) => fixes).filter(({ values }) => values);
  assert.equal(fix === undefined ? 'a.b' : preflight.apply(list, fix).tags, 'a.b');
});

test('blanks are dropped, integers converted, lists split', () => {
  const body = (operation, values) => fromForm(operation, values);
  assert.deepEqual(body('ims.whole-image', { name: ' n', description: ' \t', min_ram: '1024', max_ram: ' 2048 ', tags: 'team.web，env.test;\n', instance_id: '' }), { name: ' n', tags: ['team.web', 'env.test'], min_ram: 1024, max_ram: 2048 });
  assert.deepEqual(body('ims.whole-image', { min_ram: '1.5', max_ram: '99999999999999999999', tags: [], image_tags: 'a=b=c,d' }), { image_tags: [{ key: 'a', value: 'b=c' }, { key: 'd', value: '' }], min_ram: '1.5', max_ram: 1e20 });
  assert.deepEqual(body('ims.whole-image', { max_ram: 0, image_tags: [{ key: '', value: ' ' }, { key: 'k', value: '' }] }), { image_tags: [{ key: 'k', value: '' }], max_ram: 0 });
  // What a library has made of `10GB` is not dropped; a row's own key is.
  assert.deepEqual(body('ims.whole-image', { min_ram: Number.NaN, max_ram: 10n, image_tags: [{ key: 'k', value: 'v', id: 7, _rowKey: 'x' }] }), { image_tags: [{ key: 'k', value: 'v' }], min_ram: 'NaN', max_ram: 10 });
  assert.deepEqual(body('ims.whole-image', { max_ram: Infinity }), { max_ram: 'Infinity' });
  assert.deepEqual(body('jd.copy-images', { sourceImageIds: 'img-1, img-2', other: 'x' }), { sourceImageIds: ['img-1', 'img-2'] });
  for (const odd of [undefined, null, 5, 'text', [], new Map()]) assert.deepEqual(body('ims.in-region-copy', odd), {});
  assert.deepEqual(body('ims.in-region-copy', Object.create({ name: 'inherited' })), {});
  for (const odd of [undefined, 'ims.teleport', '__proto__', 'toString']) assert.throws(() => fromForm(odd, {}), TypeError);
  assert.throws(() => createPreflight(), TypeError);
});

test('labels are in messages in place of the names of fields', () => {
  const name = (options, values) => across(options).check({ ...values }).issues.map(({ message }) => message);
  const long = { ...values, name: 'x'.repeat(129) };
  assert.deepEqual(name({ locale: 'zh-CN' }, long), ['最多允许 128 个字符。']);
  assert.deepEqual(name({ locale: 'zh-CN', voice: 'full' }, long), ['“名称”含 129 个字符，最多允许 128 个。']);
  assert.deepEqual(name({ locale: 'zh-CN', voice: 'full', labels: { name: '镜像名称' } }, long), ['“镜像名称”含 129 个字符，最多允许 128 个。']);
  assert.deepEqual(name({ voice: 'full', labels: { name: 'Image name' } }, long), ['"Image name" has 129 characters; the maximum is 128.']);
  // A short message says "this": beside a field that the form does not show, that would be unclear.
  const { formErrors } = across({ locale: 'zh-CN', shown: ['name'], labels: { agency_name: '委托' } }).check({ ...values, agency_name: '' });
  assert.deepEqual(formErrors.map(({ message, path }) => [message, path]), [['缺少必填参数“委托”。', []]]);
  // What a person wrote stays as it is.
  const [quoted] = across({ voice: 'full' }).check({ ...values, project_name: 'cn-east-3_`name`' }).issues;
  assert.match(quoted.message, /"cn-east-3_`name`"/);
  const both = createPreflight({ operation: 'ims.whole-image', labels: { tags: 'Labels' } }).check({ name: 'n', instance_id: 'i', vault_id: 'v', tags: 'a.b', image_tags: [{ key: 'k', value: 'v' }] });
  assert.match(both.errors.image_tags[0].message, /"Labels"/);
});

test('odd values have a clear error, or an issue', () => {
  const cyclic = {};
  cyclic.self = cyclic;
  for (const odd of [1n, cyclic, [cyclic], { toJSON() { throw new Error('from toJSON'); } }]) {
    assert.throws(() => across().check({ ...values, name: odd }), { name: 'TypeError', message: /^image-preflight: .* cannot be serialized as JSON/ });
  }
  for (const odd of [true, 0, {}, [], [['a']], new Date(0), 'constructor', '__proto__', '\ud800', '\0']) {
    for (const name of ['name', 'region', 'vault_id']) {
      const { isAllowed, issues } = across().check({ ...values, [name]: odd });
      assert.equal(isAllowed, issues.length === 0);
    }
  }
  for (const rest of [{ facts: { constructor: 1, toString: 2 } }, { facts: 'no' }, { facts: null }, { path: 5 }, { edition: 'nowhere' }, { unknown: ['/body/constructor'] }, { strict: 'yes' }]) {
    const { isAllowed, issues, request } = across({ voice: 'full', ...rest }).check(values);
    assert.ok(!isAllowed && issues.length > 0 && request === undefined, JSON.stringify(rest));
  }
});

test('an error is at the place of the value in the form', () => {
  const whole = createPreflight({ operation: 'ims.whole-image' });
  const base = { name: 'n', instance_id: 'i', vault_id: 'v' };
  assert.deepEqual(whole.check({ ...base, image_tags: [{ key: 'k', value: 'v' }, { key: 'k.', value: '' }] }).errors.image_tags[0].path, ['image_tags', 1, 'key']);
  assert.deepEqual(whole.check({ ...base, tags: 'a.b, a.c' }).errors.tags[0].path, ['tags']);
  const encrypted = across({ facts: { ...facts, image: { ...image, encrypted: true } } }).check(values);
  assert.deepEqual(encrypted.formErrors.map(({ rule }) => rule), ['ims.cross-region-copy.not-encrypted']);
  assert.equal(encrypted.formErrors[0].fixes[0].operation, 'ims.in-region-copy');
});

test('the fields of every operation: labels and help in both languages, limits of the schema', () => {
  for (const operation of OPERATIONS) {
    const [english, chinese] = LOCALES.map((locale) => fields(operation, { locale }));
    const { $defs: definitions, properties } = schema(operation);
    assert.deepEqual(english.map(({ name }) => name), chinese.map(({ name }) => name));
    if (properties) assert.deepEqual(english.map(({ name }) => name), Object.keys(properties));
    for (const [index, field] of english.entries()) {
      assert.match(chinese[index].label, /\p{Script=Han}/u);
      assert.doesNotMatch(field.label, /\p{Script=Han}/u);
      assert.equal(field.help === undefined, chinese[index].help === undefined);
    }
    const name = english.find((field) => field.name === 'name');
    const own = definitions.ImageName ?? definitions.JdName;
    assert.equal(name.maxLength, own.maxLength);
  }
  const labels = fields('ims.in-region-copy', { labels: { cmk_id: 'Key' } }).map(({ label }) => label);
  assert.deepEqual(labels, ['Name', 'Description', 'Key', 'Enterprise Project']);
});

test('a field is required exactly if the check misses it', () => {
  const required = (operation, options) => fields(operation, options).filter((field) => field.required).map(({ name }) => name);
  assert.deepEqual(required('ims.cross-region-copy'), ['name', 'region', 'project_name', 'agency_name']);
  assert.deepEqual(required('ims.cross-region-copy', { facts: { image: { fullEcs: true } } }), ['name', 'region', 'project_name', 'agency_name', 'vault_id']);
  assert.deepEqual(required('ims.whole-image', { values: { instance_id: 'i' } }), ['name', 'instance_id', 'vault_id']);
  assert.deepEqual(required('ims.whole-image', { values: { instance_id: 'i' }, edition: 'international-2026-01' }), ['name', 'instance_id']);
  assert.deepEqual(required('ims.whole-image', { values: { backup_id: 'b' } }), ['name', 'backup_id', 'whole_image_type']);
  assert.deepEqual(required('jd.copy-images'), ['sourceImageIds', 'destinationRegion']);
});

test('a pattern refuses exactly the texts that the check refuses, and is one for the attribute of an input', () => {
  const next = random(3);
  const LETTERS = ['a', 'Z', '0', '-', '_', '.', ' ', '中', '😀', '𠀀', '/', '<', '\n', '\r', '\t', '"', 'é', '　'];
  let refused = 0;
  for (const operation of OPERATIONS) {
    for (const { name, pattern, maxLength, minLength } of fields(operation).filter((field) => field.pattern)) {
      // Browsers use the flag `v`; it is newer than the oldest Node.js here, and stricter only in classes.
      const whole = new RegExp(`^(?:${pattern})$`, 'v');
      for (let round = 0; round < 300; round += 1) {
        const text = Array.from({ length: 1 + Math.floor(next() * 4) }, () => LETTERS[Math.floor(next() * LETTERS.length)]).join('');
        const isRefused = check({ operation, body: { [name]: text } }).findings.some(({ at, severity, params }) => at === `/body/${name}` && severity === 'error' && ['bad-character', 'bad-format', 'empty', 'not-one-of'].includes(params.kind));
        const isBlankOptional = text.trim() === '' && minLength !== undefined;
        if (!isBlankOptional && text.trim() !== '') assert.equal(!whole.test(text), isRefused, `${operation}.${name} ${JSON.stringify(text)} ${maxLength}`);
        refused += isRefused ? 1 : 0;
      }
    }
  }
  assert.ok(refused > 100);
});

test('the options of a region have the verdicts of `destinations`', () => {
  const next = random(11);
  for (let round = 0; round < 60; round += 1) {
    const { facts } = randomForm(next, fieldsOf);
    const region = (options) => fields('ims.cross-region-copy', { path, facts, ...options }).find(({ name }) => name === 'region').options;
    let expected;
    try { expected = destinations(facts); } catch { continue; }
    const found = new Map(region({}).map((option) => [option.value, option]));
    assert.deepEqual([...found.keys()], expected.map(({ region }) => region));
    for (const { region, name, report } of expected) {
      assert.equal(found.get(region).label, name);
      assert.equal(found.get(region).verdict, report.verdict, JSON.stringify([region, facts, report]));
    }
  }
  const options = fields('ims.cross-region-copy', { locale: 'zh-CN', facts: { sourceRegion: 'cn-north-4' } }).find(({ name }) => name === 'region').options;
  const here = options.find(({ value }) => value === 'cn-north-4');
  assert.deepEqual([here.label, here.verdict], ['华北-北京四', 'denied']);
  assert.match(here.message, /与源区域相同/);
});

test('the JSON Schema is the published one', () => {
  for (const operation of OPERATIONS) {
    const { jsonSchema } = createPreflight({ operation })['~standard'];
    const { $id: _, examples: __, ...published } = schema(operation);
    assert.deepEqual(jsonSchema.output({ target: 'draft-2020-12' }), published);
    for (const odd of [{ target: 'draft-07' }, {}, undefined]) assert.throws(() => jsonSchema.input(odd), { name: 'TypeError', message: /it must be "draft-2020-12"/ });
  }
});

test('the JSON Schema of the input takes text for numbers and lists', () => {
  const { jsonSchema } = createPreflight({ operation: 'ims.whole-image' })['~standard'];
  const [input, output] = [jsonSchema.input, jsonSchema.output].map((schema) => schema({ target: 'draft-2020-12' }).$defs);
  const differs = Object.keys(input).filter((name) => JSON.stringify(input[name]) !== JSON.stringify(output[name]));
  assert.deepEqual(differs.sort(), ['ImageTags', 'LeastMegabytes', 'Megabytes', 'Tags']);
  for (const name of differs) assert.deepEqual(input[name], { anyOf: [output[name], { type: 'string' }] });
});

test('it is a Standard Schema: cleaned value, issues with rule, kind, parameters and fixes', () => {
  assert.deepEqual(across()['~standard'].validate({ ...values, description: ' ' }), { value: values });
  const [issue] = across()['~standard'].validate({ ...values, name: 'a/b' }).issues;
  assert.deepEqual([issue.path, issue.rule, issue.kind, issue.params.index, issue.fixes[0].values], [['name'], 'ims.cross-region-copy.name', 'bad-character', 2, { name: 'ab' }]);
  // A form without the field cannot show the error there.
  const { agency_name: _, ...without } = values;
  const [other] = across()['~standard'].validate(without).issues;
  assert.deepEqual(['path' in other, other.rule], [false, 'ims.cross-region-copy.agency_name']);
  for (const odd of [undefined, null, 5, 'text']) assert.ok(across()['~standard'].validate(odd).issues.length > 0);
  assert.ok(across({ facts: {} })['~standard'].validate(values).issues.every((issue) => !('path' in issue)));
});

const whole = { name: 'n', instance_id: 'i', vault_id: 'v' };

test('an error is at the row of the form, which may have blank rows', () => {
  const place = (values) => createPreflight({ operation: 'ims.whole-image' }).check({ ...whole, ...values }).issues.map(({ path }) => path.join('.'));
  const rows = [{ key: '', value: '' }, { key: 'ok', value: '1' }, { key: ' ', value: null }, { key: 'b d', value: 'x' }];
  assert.deepEqual(place({ image_tags: rows }), ['image_tags.3.key']);
  assert.deepEqual(place({ tags: ['', 'good.1', null, 'b d.e'] }), ['tags.3']);
  assert.deepEqual(place({ image_tags: ['', 'b d=x'] }), ['image_tags.1']);
  const preflight = createPreflight({ operation: 'jd.copy-images', path: { regionId: 'cn-north-1' } });
  const twice = preflight.check({ sourceImageIds: ['', 'img-1', '', 'img-1'], destinationRegion: 'cn-south-1' });
  assert.deepEqual([...twice.issues, ...twice.warnings].filter(({ kind }) => kind === 'duplicate').map(({ path }) => path), [['sourceImageIds', 3]]);
});

test('a path parameter that is missing or blank is named', () => {
  const said = (options) => across({ ...options }).check(values).formErrors.map(({ message, label }) => [message, label]);
  for (const path of [undefined, {}, { image_id: '' }]) {
    const [[message, label]] = said({ path });
    assert.match(message, /^"Source Image" /);
    assert.equal(label, 'Source Image');
    assert.match(said({ path, locale: 'zh-CN' })[0][0], /“源镜像”/);
    assert.match(said({ path, labels: { image_id: 'The image' } })[0][0], /^"The image" /);
  }
});

test('every issue has a sentence that names its field', () => {
  const { errors, formErrors } = across({ locale: 'zh-CN', facts: { ...facts, image: { ...image, encrypted: true } } }).check({ ...values, name: '' });
  assert.deepEqual([errors.name[0].message, errors.name[0].summary], ['此项为必填项。', '缺少必填参数“名称”。']);
  assert.equal(formErrors[0].message.includes('加密') && formErrors[0].summary.includes('加密'), true);
});

test('a place within a field has the label of the field', () => {
  const preflight = createPreflight({ operation: 'ims.whole-image', voice: 'full', labels: { image_tags: 'Labels' } });
  const [{ message, fixes }] = preflight.check({ ...whole, image_tags: [{ key: 'k'.repeat(40), value: '' }] }).issues;
  assert.match(message, /^"Labels\[0\]\.key" has 40 characters/);
  assert.match(fixes[0].title, /"Labels\[0\]\.key"/);
});

test('half of a character is an error at its field', () => {
  for (const [name, value] of [['name', 'copy \ud83d'], ['description', '\ude00 x'], ['agency_name', 'a\ud83d']]) {
    const { verdict, issues, request } = across().check({ ...values, [name]: value });
    assert.deepEqual([verdict, request, issues.map(({ path }) => path)], ['invalid', undefined, [[name]]]);
    assert.match(issues[0].message, /^"[\w ]+": unpaired surrogate/);
    assert.deepEqual(issues[0].fixes, []);
    const chinese = across({ locale: 'zh-CN' }).check({ ...values, [name]: value }).issues[0].message;
    assert.match(chinese, /^“[^”]+”：/);
    assert.doesNotMatch(chinese, /管理员|行|列/);
    const [hidden] = across({ shown: ['region'] }).check({ ...values, [name]: value }).formErrors;
    assert.ok(hidden.message.startsWith(`"${hidden.label}"`), hidden.message);
  }
  assert.equal(across().check({ ...values, description: '😀' }).verdict, 'allowed');
  assert.deepEqual(createPreflight({ operation: 'ims.whole-image' }).check({ ...whole, tags: ['\ud83d'] }).issues[0].path, ['tags']);
});

test('ids, regions and names of projects and agencies are trimmed, a name and a description are not', () => {
  const typed = Object.fromEntries(Object.keys(values).map((name) => [name, ` ${values[name]}\t`]));
  const state = across().check({ ...typed, name: 'n', vault_id: ' v ' });
  assert.deepEqual([state.verdict, state.body], ['allowed', { ...values, vault_id: 'v' }]);
  assert.equal(across().check({ ...values, name: ' n' }).errors.name.length, 1);
  assert.equal(across().check({ ...values, description: ' d ' }).body.description, ' d ');
  assert.deepEqual(fromForm('ims.whole-image', { whole_image_type: ' CBR', tags: [' a.b '], enterprise_project_id: '0 ' }), { tags: ['a.b'], whole_image_type: 'CBR', enterprise_project_id: '0' });
  assert.deepEqual(fromForm('jd.copy-images', { sourceImageIds: [' img-1'], name: ' n' }), { sourceImageIds: ['img-1'], name: ' n' });
});

test('a number as text: what is wrong with it', () => {
  const check = (min_ram) => createPreflight({ operation: 'ims.whole-image' }).check({ ...whole, min_ram });
  for (const text of ['1024', '1024.0', ' +1024. ', '01024']) assert.deepEqual([check(text).errors.min_ram, check(text).body.min_ram], [undefined, 1024], text);
  for (const text of ['99999999999999999999', '9007199254740992', '-1']) assert.deepEqual(check(text).errors.min_ram.map(({ kind }) => kind), ['out-of-range'], text);
  for (const text of ['1.5', '1e3', '0x10', '1,024', 'many']) assert.deepEqual(check(text).errors.min_ram.map(({ kind }) => kind), ['wrong-type'], text);
});

test('the request is a copy: what the form changes later is not in it', () => {
  const preflight = createPreflight({ operation: 'ims.whole-image', facts: { ecs: { os: 'linux', state: 'stopped', configured: true, multiDiskVolume: false } } });
  const rows = [{ key: 'a', value: 'b' }];
  const { request, body } = preflight.check({ ...whole, image_tags: rows });
  rows[0].key = 'bad key!';
  rows.push({ key: 'more', value: '' });
  for (const of of [request.body, body]) assert.deepEqual(of.image_tags, [{ key: 'a', value: 'b' }]);
  let count = 0;
  const odd = preflight.check({ ...whole, name: { toJSON() { count += 1; return count > 1 ? 'bad/name' : 'ok'; } } });
  assert.equal(odd.request?.body.name, odd.isAllowed ? 'ok' : undefined);
});

test('a wrong option is a TypeError that names it, and an update that fails changes nothing', () => {
  for (const [name, odd] of Object.entries({ voice: ['loud', 5, null], labels: [5, null, { name: 5 }], shown: ['name', null, [5], ['nam']], debounce: ['a', -1, Number.NaN, null], timeout: ['a', null], loaders: [null, 5, { copiesInFlight: 5 }, { copysInFlight: () => 0 }], locale: [5] })) {
    for (const value of odd) {
      const message = new RegExp(`^image-preflight: .*the option ${name} is `);
      assert.throws(() => across({ [name]: value }), { name: 'TypeError', message }, `${name} ${JSON.stringify(value)}`);
      const preflight = across();
      preflight.check(values);
      assert.throws(() => preflight.update({ [name]: value }), { name: 'TypeError', message });
      assert.equal(preflight.check(values).verdict, 'allowed');
    }
  }
  assert.throws(() => fields('ims.in-region-copy', { labels: 5 }), { name: 'TypeError', message: /the option labels is the number 5/ });
  for (const odd of [null, undefined, 5, 'text']) assert.throws(() => across().check(odd), { name: 'TypeError', message: /the argument values is / });
  for (const odd of [null, undefined, 5]) {
    assert.throws(() => across().apply(values, odd), { name: 'TypeError', message: /the argument fix is / });
    assert.throws(() => across().subscribe(odd), { name: 'TypeError', message: /the argument listener is / });
  }
  assert.throws(() => across().update(null), { name: 'TypeError', message: /the argument options is null/ });
  const preflight = across();
  preflight.check(values);
  for (const odd of [{ edition: 10n }, { facts: { copiesInFlight: 1n } }]) {
    assert.throws(() => preflight.update(odd), TypeError);
    assert.equal(preflight.check(values).verdict, 'allowed');
  }
});

test('a misspelt label, and a fact that there is not, are TypeErrors', () => {
  for (const labels of [{ nmae: 'x' }, JSON.parse('{"__proto__":"x"}'), { toString: 'y' }]) {
    assert.throws(() => across({ labels }), { name: 'TypeError', message: /a name in the option labels is .*one of image_id, name, / });
    assert.throws(() => across().update({ labels }), TypeError);
  }
  across({ labels: { image_id: 'Source', name: 'Name' } });
  for (const odd of [['x'], 'copiesInFlight', [1]]) assert.throws(() => across().retry(odd), { name: 'TypeError', message: /the argument facts/ });
  across().retry(['copiesInFlight']);
});

test('labels are in the language of the messages, whatever the tag', () => {
  for (const locale of ['zh', 'zh-CN', 'zh_CN', 'zh-TW', 'ZH-hans', 'en', 'en_US', 'de', 'zho', 'zhx-CN', '']) {
    const [{ message, label }] = across({ locale, voice: 'full' }).check({ ...values, name: '' }).issues;
    assert.equal(/\p{Script=Han}/u.test(label), /必填/.test(message), locale);
  }
});

test('submit sends a request exactly if it is allowed', async () => {
  const next = random(5);
  const count = { true: 0, false: 0 };
  for (let round = 0; round < 300; round += 1) {
    const { operation, values, ...context } = randomForm(next, fieldsOf);
    const sent = [];
    const state = await createPreflight({ operation, ...context }).submit(values, (request) => void sent.push(request));
    assert.deepEqual(sent, state.isAllowed ? [request({ operation, body: fromForm(operation, values), ...context })] : []);
    count[state.isAllowed] += 1;
  }
  assert.ok(count.true > 50 && count.false > 50, JSON.stringify(count));
  await assert.rejects(across().submit(values, () => Promise.reject(new Error('503'))), /503/);
  await assert.rejects(across().submit(values), { name: 'TypeError', message: /the argument send is undefined/ });
  // A request with a value that nobody knows yet cannot be sent, though nothing is wrong with it.
  const { agency_name: _, ...others } = values;
  await assert.rejects(across({ unknown: ['/body/agency_name'] }).submit(others, () => assert.fail()), { name: 'TypeError', message: /not known yet: \/body\/agency_name/ });
});

test('a check makes no JSON', (context) => {
  const preflight = across();
  assert.equal(preflight.check(values).verdict, 'allowed');
  const { mock } = context.mock.method(JSON, 'stringify');
  assert.equal(preflight.check({ ...values, name: 'other' }).verdict, 'allowed');
  assert.deepEqual(mock.calls.map(({ arguments: [value] }) => value), []);
});
