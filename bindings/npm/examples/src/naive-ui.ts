import { formRules } from 'image-preflight/async-validator';
import { NButton, NForm, NFormItem, NInput } from 'naive-ui';
import { createApp, h, reactive, ref } from 'vue';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
const model = reactive({ ...empty });
const rules = formRules(preflight, model);
const form = ref<InstanceType<typeof NForm>>();

/** The handler of the button. */
async function submit() {
  const isValid = await form.value?.validate().then(() => true, () => false);
  if (isValid) {
    await preflight.submit(model, send);
  }
}

// <n-form ref="form" :model="model" :rules="rules">
//   <n-form-item v-for="name in names" :key="name" :path="name" :label="labels[name]">
//     <n-input v-model:value="model[name]" />
//   </n-form-item>
//   <n-button type="primary" @click="submit">复制</n-button>
// </n-form>
// docs]

const items = () =>
  names.map((name) =>
    h(NFormItem, { key: name, path: name, label: labels[name] ?? name }, () =>
      h(NInput, { value: model[name], placeholder: '', 'onUpdate:value': (value: string) => (model[name] = value) }),
    ),
  );
createApp({
  render: () =>
    h(NForm, { ref: form, model, rules }, () => [...items(), h(NButton, { type: 'primary', onClick: submit }, () => '复制')]),
}).mount('#app');
