/** The module, as the package carries it. */
import { base64 } from '../generated/embedded.js';

/** The module's bytes. */
export function embedded(): Uint8Array<ArrayBuffer> | undefined {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = text.charCodeAt(index);
  }
  return bytes;
}
