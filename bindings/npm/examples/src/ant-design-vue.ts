import { Button, Form, FormItem, Input } from 'ant-design-vue';
import { formRules } from 'image-preflight/async-validator';
import { createApp, h, reactive, type Component } from 'vue';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
const model = reactive({ ...empty });
const rules = formRules(preflight, model);

// <a-form :model="model" :rules="rules" layout="vertical" @finish="preflight.submit(model, send)">
//   <a-form-item v-for="name in names" :key="name" :name="name" :label="labels[name]">
//     <a-input v-model:value="model[name]" />
//   </a-form-item>
//   <a-button type="primary" html-type="submit">复制</a-button>
// </a-form>
// docs]

const items = () =>
  names.map((name) =>
    h(FormItem, { key: name, name, label: labels[name] ?? name }, () =>
      h(Input, { value: model[name], 'onUpdate:value': (value: string) => (model[name] = value) }),
    ),
  );
createApp({
  render: () =>
    h(Form as Component, { model, rules, layout: 'vertical', onFinish: () => preflight.submit(model, send) }, () => [
      ...items(),
      h(Button, { type: 'primary', htmlType: 'submit' }, () => '复制'),
    ]),
}).mount('#app');
