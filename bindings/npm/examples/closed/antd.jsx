// Forms of Ant Design whose items have other names, are not there, or get other values: `results` has what each sends.
import { Form, Input } from 'antd';
import { antdRules } from 'image-preflight/antd';
import { createPreflight } from 'image-preflight/forms';
import { createRoot } from 'react-dom/client';

const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
const right = { name: 'n', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a' };
const NAMES = Object.keys(right);
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const results = {};

async function submit(change, initialValues, items, { encrypted = false, loaders, during, form: props } = {}) {
  const facts = { sourceRegion: 'cn-north-4', image: { ...image, encrypted }, ...(!loaders && { copiesInFlight: 0 }) };
  const preflight = createPreflight({ operation: 'ims.cross-region-copy', path: { image_id: 'i' }, facts, loaders, debounce: 0 });
  const sent = [];
  let form;
  function Page() {
    [form] = Form.useForm();
    return (
      <Form form={form} initialValues={initialValues} onFinish={(values) => sent.push(values)} {...props}>
        {items(antdRules(preflight)).map((item) => <Form.Item key={String(item.name)} {...item}><Input /></Form.Item>)}
      </Form>
    );
  }
  const place = document.body.appendChild(document.createElement('div'));
  createRoot(place).render(<Page />);
  await pause(100);
  form.submit();
  await pause(20);
  during?.(form);
  await pause(400);
  results[change] = { sent: sent.length, messages: [...place.querySelectorAll('.ant-form-item-explain-error')].map((element) => element.textContent) };
}

const direct = (rules) => NAMES.map((name) => ({ name, rules: rules(name) }));
const nested = (rules) => NAMES.map((name) => ({ name: ['copy', name], rules: rules(name) }));
const renamed = (rules) => NAMES.map((name) => ({ name: `my_${name}`, rules: rules(name) }));
const mine = (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [`my_${name}`, value]));
const slow = { copiesInFlight: async () => { await pause(100); return 0; } };
await submit('right', right, direct);
await submit('right, nested', { copy: right }, nested);
await submit('right, renamed', mine(right), renamed);
await submit('wrong, nested', { copy: { ...right, name: 'a/b' } }, nested);
await submit('wrong, renamed', mine({ ...right, name: 'a/b' }), renamed);
await submit('denied for the image', right, direct, { encrypted: true });
await submit('denied for the image, nested', { copy: right }, nested, { encrypted: true });
await submit('denied for the image, rules without an item', right, (rules) => [...direct(rules), { rules: rules('vault_id') }].slice(0, -1), { encrypted: true });
await submit('denied for the image, one item has rules', right, (rules) => direct(rules).map((item, index) => (index === 1 ? item : { name: item.name })), { encrypted: true });
await submit('denied for the image, validated one rule at a time', right, (rules) => direct(rules).map((item) => ({ ...item, validateFirst: true })), { encrypted: true });
await submit('values without an item', {}, direct);
await submit('the page sets a wrong value while the submit waits', right, direct, { loaders: slow, during: (form) => form.setFieldValue('name', 'a/b') });
await submit('the page sets a right value while the submit waits', right, direct, { loaders: slow, during: (form) => form.setFieldValue('name', 'other') });
window.results = results;
