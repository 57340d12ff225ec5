// Forms of Vue whose items come and go: `results` has, for each library and change, whether the form passes and what it shows.
import { Form as VueForm, FormItem as VueFormItem } from 'ant-design-vue';
import { ElForm, ElFormItem } from 'element-plus';
import TinyForm from '@opentiny/vue-form';
import TinyFormItem from '@opentiny/vue-form-item';
import { NForm, NFormItem } from 'naive-ui';
import { formRules } from 'image-preflight/async-validator';
import { createPreflight } from 'image-preflight/forms';
import { createApp, h, nextTick, reactive, ref } from 'vue';

const LIBRARIES = {
  'Element Plus': [ElForm, ElFormItem, 'prop'],
  'Element Plus without the form': [ElForm, ElFormItem, 'prop'],
  TinyVue: [TinyForm, TinyFormItem, 'prop', { validateType: 'text' }],
  'Ant Design Vue': [VueForm, VueFormItem, 'name'],
  'Naive UI': [NForm, NFormItem, 'path'],
};
const image = { fullEcs: false, iso: false, encrypted: false, sizeBytes: 1, visibility: 'private', status: 'active', os: 'linux' };
const right = { name: 'n', description: '', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'a' };
const NAMES = Object.keys(right);

async function form(library, encrypted = false) {
  const [Form, Item, prop, props] = LIBRARIES[library];
  const preflight = createPreflight({ operation: 'ims.cross-region-copy', path: { image_id: 'i' }, facts: { sourceRegion: 'cn-north-4', copiesInFlight: 0, image: { ...image, encrypted } } });
  const model = ref({ ...right });
  const names = ref(NAMES);
  const instance = ref();
  const rules = formRules(preflight, model, library === 'Element Plus' ? instance : undefined);
  const place = document.body.appendChild(document.createElement('div'));
  createApp({ render: () => h(Form, { ...props, ref: instance, model: model.value, rules }, () => names.value.map((name) => h(Item, { key: name, [prop]: name, label: name }, () => model.value[name]))) }).mount(place);
  await nextTick();
  return {
    model,
    /** Validates with these items; returns whether the form passes, and the messages that it shows. */
    async submit(shown = NAMES) {
      names.value = shown;
      await nextTick();
      const passes = await instance.value.validate().then((answer) => answer !== false, () => false);
      await new Promise((resolve) => setTimeout(resolve, 400));
      const messages = [...place.querySelectorAll('.el-form-item__error, .tiny-form-item__error, .ant-form-item-explain-error, .n-form-item-feedback--error')].map((element) => element.textContent.trim());
      return { passes, isAllowed: preflight.check(model.value).isAllowed, messages };
    },
  };
}

const without = (...names) => NAMES.filter((name) => !names.includes(name));
const results = {};
for (const library of Object.keys(LIBRARIES)) {
  const record = (change, result) => { results[`${library}: ${change}`] = result; };
  const one = await form(library);
  record('right', await one.submit());
  one.model.value.description = 'x'.repeat(1025);
  record('an error at its item', await one.submit());
  record('its item has been taken away', await one.submit(without('description')));
  record('and is asked again', await one.submit(without('description')));
  record('and another one, too', await one.submit(without('description', 'agency_name')));
  record('one is left', await one.submit(['region']));
  one.model.value = reactive({ ...right });
  record('another model', await one.submit());
  one.model.value = reactive({ ...right, name: 'a/b' });
  record('another model that is wrong', await one.submit(without('name')));
  const two = await form(library, true);
  record('denied for the image', await two.submit());
  record('denied for the image, without the last item', await two.submit(without('agency_name')));
  record('denied for the image, without the first item', await two.submit(without('name')));
}
window.results = results;
