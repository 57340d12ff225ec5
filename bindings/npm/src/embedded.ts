/** The embedded module. For `image-preflight/full`, the build replaces the import. */
import { base64 } from '../generated/embedded.js';

export { entry, file } from '../generated/embedded.js';

/** Fast base64 decoders: Node.js's `Buffer`, or `Uint8Array.fromBase64` of newer browsers. */
const native = globalThis as {
  Buffer?: { from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer> };
  Uint8Array: { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
};

/** The module's bytes. */
export function embedded(): Uint8Array<ArrayBuffer> | undefined {
  if (native.Buffer !== undefined) {
    return native.Buffer.from(base64, 'base64');
  }
  if (native.Uint8Array.fromBase64 !== undefined) {
    return native.Uint8Array.fromBase64(base64);
  }
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    bytes[index] = text.charCodeAt(index);
  }
  return bytes;
}
