import { addLocale, check, standardSchema } from 'image-preflight';
import { createPreflight } from 'image-preflight/forms';
import chinese from 'image-preflight/locales/zh-CN';

export const runtime = 'edge';

/** In the edge runtime, which compiles no WebAssembly while it runs. */
export function GET() {
  addLocale(chinese);
  const allowed = { operation: 'ims.whole-image', body: { name: 'n', instance_id: 'i', vault_id: 'v' } };
  return Response.json({
    verdict: check(allowed).verdict,
    message: check({ operation: 'ims.in-region-copy', path: { image_id: 'i' }, body: { name: '' } }, { locale: 'zh-CN' }).findings[0].message,
    form: createPreflight({ operation: 'ims.whole-image', locale: 'zh-CN' }).check({ ...allowed.body, name: '' }).errors.name[0].message,
    issues: standardSchema('ims.whole-image')['~standard'].validate({ ...allowed.body, name: '/' }).issues.map(({ path }) => path),
  });
}
