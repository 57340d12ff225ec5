/**
 * The embedded module. For `image-preflight/full`, the build replaces the import; for runtimes that compile no WebAssembly while they
 * run, it replaces this file by one that imports the compiled module.
 */
import { alphabet, bytes as encoded, order } from '../generated/embedded.js';

export { entry, file, own } from '../generated/embedded.js';

/** Characters that do not stand for a byte, but begin a pair. */
const PREFIXES = 2;

/**
 * The module's bytes. A character stands for each of the most frequent bytes, and two for any other, the first of which is one of the
 * first two of the alphabet. Such a text compresses as well as the bytes do, which base64 does not.
 */
export function embedded(): Uint8Array<ArrayBuffer> | WebAssembly.Module | undefined {
  const places = new Uint8Array(128);
  for (let place = 0; place < alphabet.length; place += 1) {
    places[alphabet.charCodeAt(place)] = place;
  }
  const singles = alphabet.length - PREFIXES;
  const byteOf = Uint8Array.from(order.match(/../g)!, (hex) => parseInt(hex, 16));
  const bytes = new Uint8Array(encoded.length);
  let length = 0;
  for (let index = 0; index < encoded.length; index += 1) {
    const place = places[encoded.charCodeAt(index)]!;
    bytes[length++] =
      byteOf[place < PREFIXES ? singles + place * alphabet.length + places[encoded.charCodeAt((index += 1))]! : place - PREFIXES]!;
  }
  return bytes.slice(0, length);
}
