/** For `image-preflight/slim`, which embeds no module. */
export const file = 'image_preflight.wasm';
export const entry = 'slim';
export const own = 'numbers';

export function embedded(): Uint8Array<ArrayBuffer> | undefined {
  return undefined;
}
