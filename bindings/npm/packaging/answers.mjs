// What each consumer asks of the package; `run.mjs` copies this file into each. What it shows is the answers as JSON.

/** A case that is allowed; a message in Chinese; a form; a JSON Schema; and the module served apart from the code. */
export async function answers({ addLocale, check, standardSchema, chinese }, { schema }, slim, source) {
  const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };
  addLocale(chinese);
  await slim.init(source);
  return JSON.stringify({
    verdict: check(allowed).verdict,
    message: check({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: '' } }, { locale: 'zh-CN' }).findings[0].message,
    issues: standardSchema('ims.whole-image')['~standard'].validate({ ...allowed.body, name: '/' }).issues.map(({ path }) => path),
    required: schema('ims.in-region-copy').required,
    slim: slim.check(allowed).verdict,
  });
}
