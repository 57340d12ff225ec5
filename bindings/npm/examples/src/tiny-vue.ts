import TinyButton from '@opentiny/vue-button';
import TinyForm from '@opentiny/vue-form';
import TinyFormItem from '@opentiny/vue-form-item';
import TinyInput from '@opentiny/vue-input';
import { formRules } from 'image-preflight/async-validator';
import { createApp, h, reactive, ref } from 'vue';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
const model = reactive({ ...empty });
const rules = formRules(preflight, model);
const form = ref<{ validate(): Promise<boolean> }>();

/** The handler of the button. */
async function submit() {
  const isValid = await form.value?.validate().catch(() => false);
  if (isValid) {
    await preflight.submit(model, send);
  }
}

// <tiny-form ref="form" :model="model" :rules="rules" label-position="top" validate-type="text">
//   <tiny-form-item v-for="name in names" :key="name" :prop="name" :label="labels[name]">
//     <tiny-input v-model="model[name]" />
//   </tiny-form-item>
//   <tiny-button type="primary" @click="submit">复制</tiny-button>
// </tiny-form>
// docs]

const items = () =>
  names.map((name) =>
    h(TinyFormItem, { key: name, prop: name, label: labels[name] ?? name }, () =>
      h(TinyInput, { modelValue: model[name], 'onUpdate:modelValue': (value: string) => (model[name] = value) }),
    ),
  );
createApp({
  render: () =>
    h(TinyForm, { ref: form, model, rules, labelPosition: 'top', validateType: 'text' }, () => [
      ...items(),
      h(TinyButton, { type: 'primary', resetTime: 0, onClick: submit }, () => '复制'),
    ]),
}).mount('#app');
