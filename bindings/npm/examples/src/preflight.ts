/** The check of the form, the same for every library. */
import { addLocale } from 'image-preflight';
import { createPreflight } from 'image-preflight/forms';
import chinese from 'image-preflight/locales/zh-CN';
import { countCopies, image } from './api.ts';

// [docs
addLocale(chinese);

export const preflight = createPreflight({
  operation: 'ims.cross-region-copy',
  path: { image_id: image.id },
  facts: { sourceRegion: 'cn-north-4', imageObject: image },
  loaders: { copiesInFlight: countCopies },
  locale: 'zh-CN',
});

/** The fields of the form, before anything is typed, and their labels in the words of the provider's console. */
export const empty = { name: '', region: '', project_name: '', agency_name: '' };
export const labels = Object.fromEntries(preflight.fields().map(({ name, label }) => [name, label]));
export const names = Object.keys(empty) as (keyof typeof empty)[];
// docs]
