import { typedSchema } from 'image-preflight/vee-validate';
import { useForm } from 'vee-validate';
import { createApp, defineComponent, h } from 'vue';
import { send } from './api.ts';
import { empty, labels, names, preflight } from './preflight.ts';

const CopyForm = defineComponent({
  setup() {
    // [docs
    const { defineField, errors, handleSubmit, validate } = useForm({
      initialValues: empty,
      validationSchema: typedSchema(preflight, names),
    });
    const fields = names.map((name) => [name, ...defineField(name)] as const);
    const submit = handleSubmit((values) => preflight.submit(values, send));
    // Facts that have come late: validate what the user has touched again.
    preflight.subscribe(() => void validate({ mode: 'validated-only' }));

    // <form novalidate @submit="submit">
    //   <label v-for="[name, value, attributes] in fields">
    //     {{ labels[name] }} <input v-model="value.value" v-bind="attributes.value" />
    //     <span v-if="errors[name]" role="alert">{{ errors[name] }}</span>
    //   </label>
    //   <p v-if="errors.form" role="alert">{{ errors.form }}</p>
    //   <button>复制</button>
    // </form>
    // docs]
    const alert = (tag: string, text: string | undefined) => (text ? [h(tag, { role: 'alert' }, text)] : []);
    return () =>
      h('form', { novalidate: true, onSubmit: submit }, [
        ...fields.map(([name, value, attributes]) =>
          h('label', { key: name }, [
            labels[name],
            h('input', { name, ...attributes.value, value: value.value, onInput: ({ target }: Event) => (value.value = (target as HTMLInputElement).value), 'aria-invalid': errors.value[name] !== undefined }),
            ...alert('span', errors.value[name]),
          ]),
        ),
        ...alert('p', (errors.value as Record<string, string | undefined>)['form']),
        h('button', '复制'),
      ]);
  },
});
createApp(CopyForm).mount('#app');
