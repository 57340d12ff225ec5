import { ElButton, ElForm, ElFormItem, ElInput } from 'element-plus';
import 'element-plus/dist/index.css';
import { formRules } from 'image-preflight/async-validator';
import { createApp, h, reactive, ref } from 'vue';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

// [docs
const model = reactive({ ...empty });
const form = ref<InstanceType<typeof ElForm>>();
const rules = formRules(preflight, model, form);

/** The handler of the button. */
async function submit() {
  const isValid = await form.value?.validate().catch(() => false);
  if (isValid) {
    await preflight.submit(model, send);
  }
}

// <el-form ref="form" :model="model" :rules="rules">
//   <el-form-item v-for="name in names" :key="name" :prop="name" :label="labels[name]">
//     <el-input v-model="model[name]" />
//   </el-form-item>
//   <el-button type="primary" @click="submit">复制</el-button>
// </el-form>
// docs]

// The same template as a function: the page forbids `eval`, which Vue needs to compile templates in a browser.
const items = () =>
  names.map((name) =>
    h(ElFormItem, { key: name, prop: name, label: labels[name] ?? name }, () =>
      h(ElInput, { modelValue: model[name], 'onUpdate:modelValue': (value: string) => (model[name] = value) }),
    ),
  );
createApp({
  render: () =>
    h(ElForm, { ref: form, model, rules, labelPosition: 'top' }, () => [
      ...items(),
      h(ElButton, { type: 'primary', onClick: submit }, () => '复制'),
    ]),
}).mount('#app');
