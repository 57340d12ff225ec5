import { Button, Form, Input } from 'antd';
import { antdRules } from 'image-preflight/antd';
import { useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { send } from './api.ts';
import { names, preflight } from './preflight.ts';

// [docs
const fields = preflight.fields().filter(({ name }) => names.includes(name as never));
const rules = antdRules(preflight);

function CopyForm() {
  const [form] = Form.useForm();
  const isSubmitted = useRef(false);
  // Facts that have come late: validate again what was submitted, unless a submit is doing that.
  useEffect(() => preflight.subscribe(() => {
    if (isSubmitted.current && !form.isFieldsValidating(names)) {
      form.validateFields().catch(() => {});
    }
  }), [form]);
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={(values) => preflight.submit(values, send)}
      onFinishFailed={() => (isSubmitted.current = true)}
    >
      {fields.map(({ name, label, required }) => (
        <Form.Item key={name} name={name} label={label} required={required} rules={rules(name)}>
          <Input />
        </Form.Item>
      ))}
      <Button type="primary" htmlType="submit" autoInsertSpace={false}>
        复制
      </Button>
    </Form>
  );
}
// docs]

createRoot(document.getElementById('app')!).render(<CopyForm />);
