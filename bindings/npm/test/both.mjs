// The default import with what only the full one adds, as one object; the default import has Chinese too.
import * as full from 'image-preflight/full';
import chinese from 'image-preflight/locales/zh-CN';

/** All functions: those of an entry point, and for the others those of the full one. */
export function both(own) {
  own.addLocale?.(chinese);
  return { ...full, ...own, verdictOf: (value) => (typeof value === 'string' ? full : own).verdictOf(value) };
}
