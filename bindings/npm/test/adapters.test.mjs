// The adapters: none lets a form pass that the check denies or finds undetermined. React Hook Form and async-validator are the real
// ones; the other libraries are tested in `examples`, in a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
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

test('React Hook Form has the errors of fields that are not registered at the root, by their labels', async () => {
  const submit = async (names, given = values) => {
    const form = createFormControl({ defaultValues: given, resolver: preflightResolver(across()) });
    for (const name of names) form.register(name);
    let errors;
    await form.handleSubmit(() => assert.fail(), (found) => { errors = found; })();
    return errors;
  };
  const errors = await submit(['region'], { ...values, description: 'x'.repeat(1025) });
  assert.equal(errors.name, undefined);
  assert.match(errors.root.name.message, /^“名称”/);
  assert.match(errors.root.description.message, /^“描述”/);
  assert.match((await submit(['name', 'region'])).name.message, /^只能包含/);
});

/** Validates items as Element Plus does, one after the other, each with a validator of its own. */
async function oneByOne(rules, names, between = () => {}) {
  const shown = {};
  for (const name of names) {
    await new Validator({ [name]: rules[name] }).validate({}, { firstFields: true, suppressWarning: true }).catch(({ errors: [{ message }] }) => { shown[name] = message; });
    await between(name);
  }
  return shown;
}

/** Validates items as Naive UI, TinyVue and Ant Design Vue do: all begin at once. */
async function atOnce(rules, names) {
  const all = await Promise.all(names.map((name) => oneByOne(rules, [name])));
  return Object.assign({}, ...all);
}

const right = { ...values, name: 'n' };
const plain = { ...facts, image: { ...facts.image, encrypted: false } };
const allowed = () => createPreflight({ operation: 'ims.cross-region-copy', path: { image_id: 'i' }, facts: plain, locale: 'zh-CN' });
const NAMES = Object.keys(values);

test('async-validator: errors at their items, and those of no item at one without an error, at a submit only', async () => {
  const rules = formRules(across(), values);
  assert.deepEqual(Object.keys(rules), fieldsOf('ims.cross-region-copy'));
  assert.deepEqual(rules.agency_name.map(({ trigger }) => trigger), ['submit', ['input', 'change', 'blur']]);
  assert.deepEqual(rules.name.map(({ required }) => required), [undefined, true]);
  const together = await atOnce(rules, NAMES);
  assert.deepEqual(Object.keys(together), ['name', 'agency_name']);
  assert.match(together.agency_name, /加密/);
  const inTurn = await oneByOne(rules, NAMES);
  assert.deepEqual(Object.keys(inTurn), ['name', 'region']);
  assert.match(inTurn.region, /加密/);
  // The event of one item shows nothing of another one.
  assert.deepEqual(await oneByOne(Object.fromEntries(NAMES.map((name) => [name, [rules[name][1]]])), ['region', 'agency_name']), {});
});

test('async-validator: without the item of a field, another one shows its error, each time', async () => {
  for (const validate of [atOnce, oneByOne]) {
    const model = { ...right, description: 'x'.repeat(1025) };
    const rules = formRules(allowed(), model);
    const withItem = ['description', ...NAMES];
    assert.ok('description' in await validate(rules, withItem));
    if (validate === atOnce) {
      for (const names of [NAMES, ['vault_id'], NAMES]) assert.equal(Object.keys(await validate(rules, names)).length, 1, 'at once after another validation');
    }
    // Removed, at once and after a while; another one removed; moved to the end; alone.
    assert.deepEqual(Object.values(await validate(rules, NAMES)).map((message) => /^“描述”/.test(message)), [true], validate.name);
    await pause(5);
    for (const names of [NAMES, NAMES.slice(1), ['agency_name'], ['vault_id']]) {
      assert.deepEqual(Object.values(await validate(rules, names)).map((message) => /^“描述”/.test(message)), [true], `${validate.name} ${names}`);
      await pause(5);
    }
    model.description = '';
    assert.deepEqual(await validate(rules, NAMES), {});
    model.name = '';
    assert.ok('region' in await validate(rules, ['region']));
  }
});

test('async-validator: with its form, Element Plus shows errors only at their items', async () => {
  const model = { ...right, region: '' };
  const form = { value: null };
  const rules = formRules(allowed(), model, () => form.value);
  // Without the form, the first item says what the second one might not be there to say.
  assert.deepEqual(Object.keys(await oneByOne(rules, NAMES)), ['name', 'region']);
  await pause(5);
  form.value = { fields: NAMES.map((prop) => ({ prop })) };
  assert.deepEqual(Object.keys(await oneByOne(rules, NAMES)), ['region']);
  await pause(5);
  // An item that is taken away while the form is validated.
  form.value = { fields: NAMES.map((prop) => ({ prop })) };
  const shown = await oneByOne(rules, ['name', 'project_name'], () => { form.value = { fields: [] }; });
  assert.match(shown.project_name, /目的区域/);
});

test('async-validator: the model may be empty, replaced, or a ref; what is none is a TypeError', async () => {
  assert.deepEqual(Object.keys(formRules(across(), {})), fieldsOf('ims.cross-region-copy'));
  const ref = (value) => ({ __v_isRef: true, value });
  for (const holder of [ref(right), { value: right }]) {
    const rules = formRules(allowed(), holder.__v_isRef ? holder : () => holder.value);
    assert.deepEqual(await atOnce(rules, NAMES), {});
    holder.value = { ...right, name: 'a/b' };
    assert.deepEqual(Object.keys(await atOnce(rules, NAMES)), ['name']);
  }
  assert.ok(Object.keys(await atOnce(formRules(allowed(), ref(undefined)), NAMES)).length > 0);
  for (const odd of [{ copy: right }, 'text', 5, ref({ copy: right }), () => ({ copy: right })]) assert.throws(() => formRules(across(), odd), { name: 'TypeError', message: /^image-preflight: the model / });
});

/** A form of Ant Design: names of items by field, and its values. */
const antd = (preflight, items, form) => {
  const rules = antdRules(preflight);
  for (const [field] of items) rules(field);
  return async (rendered = items) => {
    const shown = {};
    await Promise.all(rendered.map(async ([field, item]) => {
      const all = await Promise.allSettled(rules(field).map((rule) => rule(form).validator({ field: item })));
      const failed = all.find(({ status }) => status === 'rejected');
      if (failed) shown[item] = failed.reason.message;
    }));
    return shown;
  };
};

test('Ant Design: items of any name, and none that is missing lets a form pass', async () => {
  const copy = { getFieldsValue: () => ({ copy: right }) };
  const nested = NAMES.map((name) => [name, `copy.${name}`]);
  assert.deepEqual(await antd(allowed(), nested, copy)(), {});
  assert.deepEqual(Object.keys(await antd(allowed(), nested, { getFieldsValue: () => ({ copy: { ...right, name: 'a/b' } }) })()), ['copy.name']);
  assert.match((await antd(across(), nested, copy)())['copy.agency_name'], /加密/);
  const mine = NAMES.map((name) => [name, `my_${name}`]);
  const renamed = (of) => ({ getFieldsValue: () => Object.fromEntries(Object.entries(of).map(([name, value]) => [`my_${name}`, value])) });
  assert.deepEqual(await antd(allowed(), mine, renamed(right))(), {});
  assert.deepEqual(Object.keys(await antd(allowed(), mine, renamed({ ...right, region: '' }))()), ['my_region']);
  // Rules that no item has: in no round.
  const direct = NAMES.map((name) => [name, name]);
  const submit = antd(across(), [...direct, ['vault_id', 'vault_id']], { getFieldsValue: () => right });
  assert.match((await submit(direct)).agency_name, /加密/);
  assert.match((await submit(direct.slice(0, 1))).name, /加密/);
  // Values that no item has.
  assert.ok(Object.keys(await antd(allowed(), direct.slice(0, 2), { getFieldsValue: () => ({ name: 'n', region: 'cn-south-1' }) })()).length > 0);
  assert.ok(Object.keys(await antd(allowed(), direct, { getFieldsValue: () => ({}) })()).length > 0);
});

test('whichever items a form has, and however it is validated, it passes exactly if the check allows its values', async () => {
  const next = random(8);
  const one = (list) => list[Math.floor(next() * list.length)];
  const count = { true: 0, false: 0 };
  for (let round = 0; round < 40; round += 1) {
    const preflight = next() < 0.3 ? across() : allowed();
    const all = fieldsOf(preflight.operation);
    const model = { ...right };
    const form = { fields: [] };
    const rules = formRules(preflight, model, next() < 0.5 ? form : undefined);
    const items = all.map((name) => [name, one([name, `copy.${name}`, `my_${name}`])]);
    const values = () => items.reduce((at, [name, item]) => (item.startsWith('copy.') ? { ...at, copy: { ...at.copy, [name]: model[name] } } : { ...at, [item]: model[name] }), {});
    const submit = antd(preflight, items, { getFieldsValue: values });
    for (let step = 0; step < 6; step += 1) {
      Object.assign(model, right, next() < 0.5 && { [one(all)]: one(['', 'a/b', 'x'.repeat(2000), 'cn-north-4']) });
      const { isAllowed } = preflight.check(model);
      const names = all.filter(() => next() < 0.7);
      if (names.length === 0) continue;
      form.fields = names.map((prop) => ({ prop }));
      const shown = await one([atOnce, oneByOne])(rules, names);
      assert.equal(Object.keys(shown).length === 0, isAllowed, JSON.stringify([model, names]));
      // Ant Design's items tell where the values are, so those of a form that has them all are looked for.
      const inAntd = await submit();
      assert.equal(Object.keys(inAntd).length === 0, isAllowed, JSON.stringify([model, items]));
      const some = await submit(items.filter(([name]) => names.includes(name)));
      if (!isAllowed) assert.ok(Object.keys(some).length > 0, JSON.stringify([model, names, items]));
      count[isAllowed] += 1;
      await pause(3);
    }
  }
  assert.ok(count.true > 20 && count.false > 50, JSON.stringify(count));
});

test('Ant Design: the rows of a list', async () => {
  const whole = createPreflight({ operation: 'ims.whole-image', facts: { ecs: { os: 'linux', state: 'running', configured: true, multiDiskVolume: false } } });
  const base = { name: 'n', instance_id: 'i', vault_id: 'v' };
  const items = Object.keys(base).map((name) => [name, name]);
  for (const list of ['tags', 'my_tags']) {
    const rows = (tags) => antd(whole, [...items, ...tags.map((_, index) => ['tags', `${list}.${index}`])], { getFieldsValue: () => ({ ...base, [list]: tags }) })();
    assert.deepEqual(await rows(['a.b', 'c.d']), {});
    assert.deepEqual(Object.keys(await rows(['b d', 'c.d'])), [`${list}.0`, `${list}.1`]);
  }
  assert.ok('vault_id' in await antd(whole, items, { getFieldsValue: () => ({ ...base, tags: ['b d'] }) })());
  // Two items of one text: nobody knows which one is meant.
  assert.ok('name' in await antd(whole, [...items, ['name', 'other']], { getFieldsValue: () => ({ ...base, other: 'm' }) })());
});

test('Ant Design: values that the page sets while a submit waits are checked', async () => {
  const given = { ...right };
  const late = createPreflight({ operation: 'ims.cross-region-copy', path: { image_id: 'i' }, facts: { ...plain, copiesInFlight: undefined }, debounce: 0, loaders: { copiesInFlight: async () => { await pause(30); return 0; } } });
  const submit = antd(late, NAMES.map((name) => [name, name]), { getFieldsValue: () => ({ ...given }) });
  const shown = submit();
  await pause(15);
  given.name = 'a/b';
  assert.deepEqual(Object.keys(await shown), ['name']);
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
