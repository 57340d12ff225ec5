// The adapters: none lets a form pass that the check denies or finds undetermined. React Hook Form and async-validator are the real
// ones; the other libraries are tested in `examples`, in a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import AsyncValidator from 'async-validator';
import { addLocale, check } from 'image-preflight';
import { preflightValidator } from 'image-preflight/angular';
import { antdRules } from 'image-preflight/antd';
import { formRules } from 'image-preflight/async-validator';
import { createPreflight, fields, fromForm } from 'image-preflight/forms';
import chinese from 'image-preflight/locales/zh-CN';
import { preflightResolver } from 'image-preflight/react-hook-form';
import { typedSchema } from 'image-preflight/vee-validate';
import { createFormControl } from 'react-hook-form';
import { random, randomForm } from './random.mjs';

const Validator = AsyncValidator.default ?? AsyncValidator;
Validator.warning = () => {};
addLocale(chinese);
const fieldsOf = (operation) => fields(operation).map(({ name }) => name);

/** Whether a form of each library passes, and what it would send. */
const LIBRARIES = {
  async 'React Hook Form'(preflight, values) {
    const form = createFormControl({ defaultValues: structuredClone(values), resolver: preflightResolver(preflight) });
    let sent;
    await form.handleSubmit((body) => { sent = body; })();
    return sent;
  },
  async 'async-validator'(preflight, model) {
    const rules = formRules(preflight, model);
    if (Object.keys(rules).length === 0) return undefined;
    try {
      await new Validator(rules).validate(model, { suppressWarning: true });
      return (await preflight.validate(model)).body;
    } catch {
      return undefined;
    }
  },
  async 'Ant Design'(preflight, values) {
    const rules = antdRules(preflight);
    const form = { getFieldsValue: () => values };
    const all = Object.keys(values).filter((name) => fieldsOf(preflight.operation).includes(name)).flatMap((name) => rules(name));
    if (all.length === 0) return undefined;
    const results = await Promise.allSettled(all.map((rule) => rule(form).validator()));
    return results.every(({ status }) => status === 'fulfilled') ? preflight.state.body : undefined;
  },
  async Angular(preflight, values) {
    const controls = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, errors: null, setErrors(errors) { this.errors = errors; } }]));
    const errors = preflightValidator(preflight)({ controls, errors: null, setErrors() {} });
    const isShown = Object.values(controls).some((control) => control.errors !== null) || errors?.preflight.some(({ path }) => path.length === 0);
    assert.equal(errors !== null, Boolean(isShown));
    return errors === null ? preflight.state.body : undefined;
  },
  async VeeValidate(preflight, values) {
    const { value, errors } = await typedSchema(preflight).parse(values);
    assert.equal(value === undefined, errors.length > 0);
    return value;
  },
  async 'Standard Schema'(preflight, values) {
    const { value, issues } = preflight['~standard'].validate(values);
    assert.equal(value === undefined, issues?.length > 0);
    return value;
  },
};

for (const [library, submit] of Object.entries(LIBRARIES)) {
  test(`${library}: a form passes exactly if the check allows its cleaned body`, async () => {
    const next = random(41);
    const count = { allowed: 0, denied: 0, undetermined: 0, invalid: 0 };
    for (let round = 0; round < 300; round += 1) {
      const { operation, values, ...context } = randomForm(next, fieldsOf);
      const body = fromForm(operation, values);
      const { verdict } = check(JSON.parse(JSON.stringify({ operation, body, ...context })));
      const sent = await submit(createPreflight({ operation, ...context }), values);
      assert.deepEqual(sent, verdict === 'allowed' ? body : undefined, JSON.stringify({ operation, values, ...context }));
      count[verdict] += 1;
    }
    assert.ok(Object.values(count).every((some) => some > 6), JSON.stringify(count));
  });
}

const facts = { sourceRegion: 'cn-north-4', copiesInFlight: 0, image: { fullEcs: false, iso: false, encrypted: true, sizeBytes: 1, visibility: 'private', status: 'active' } };
const values = { name: 'a/b', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a' };
const across = () => createPreflight({ operation: 'ims.cross-region-copy', path: { image_id: 'i' }, facts, locale: 'zh-CN' });

test('React Hook Form has form errors at the root, and those of lists at their elements', async () => {
  const { errors } = await preflightResolver(across())(values);
  assert.deepEqual(Object.keys(errors), ['name', 'root']);
  assert.deepEqual(errors.name, { type: 'ims.cross-region-copy.name', message: '只能包含字母、数字、空格、中文、连字符（-）、点（.）和下划线（_）。' });
  assert.match(errors.root.message, /加密/);
  assert.equal(errors.root['not-encrypted'].message, errors.root.message);
  const whole = preflightResolver(createPreflight({ operation: 'ims.whole-image' }));
  const list = (await whole({ name: 'n', instance_id: 'i', vault_id: 'v', image_tags: [{ key: 'k', value: 'v' }, { key: 'k.', value: '' }] })).errors;
  assert.equal(list.image_tags[1].key.type, 'ims.whole-image.image_tags');
});

test('async-validator has form errors at the last field, at a submit only', async () => {
  const rules = formRules(across(), values);
  assert.deepEqual(Object.keys(rules), ['name', 'region', 'project_name', 'agency_name']);
  assert.deepEqual(rules.agency_name.map(({ trigger }) => trigger), [['input', 'change', 'blur'], 'submit']);
  assert.deepEqual(rules.name.map(({ required }) => required), [true]);
  const failed = await new Validator(rules).validate(values, { suppressWarning: true }).catch(({ fields }) => fields);
  assert.deepEqual(Object.keys(failed), ['name', 'agency_name']);
  assert.match(failed.agency_name[0].message, /加密/);
  // An item that the form lacks: its rules are never applied, and the last field shows its error.
  const { region: _, ...others } = formRules(across(), { ...values, region: '' });
  const hidden = await new Validator(others).validate(values, { suppressWarning: true }).catch(({ fields }) => fields);
  assert.ok('agency_name' in hidden);
});

test('VeeValidate has form errors at the path `form`', async () => {
  const { errors } = await typedSchema(across()).parse(values);
  assert.deepEqual(errors.map(({ path }) => path), ['name', 'form']);
});

test('an Angular control keeps the errors of its other validators', () => {
  const control = (value, errors = null) => ({ value, errors, setErrors(next) { this.errors = next; } });
  const controls = { name: control('a/b', { mine: true }), region: control('cn-south-1', { preflight: ['old'], mine: true }), project_name: control('cn-south-1', { preflight: ['old'] }), agency_name: control('a') };
  const errors = preflightValidator(across())({ controls });
  assert.deepEqual(errors.preflight.map(({ path }) => path), [['name'], []]);
  assert.deepEqual([controls.name.errors.mine, controls.name.errors.preflight.length, controls.region.errors, controls.project_name.errors, controls.agency_name.errors], [true, 1, { mine: true }, null, null]);
});
