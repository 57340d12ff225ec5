/** For `image-preflight/slim`, which embeds no module. */
export function embedded(): Uint8Array<ArrayBuffer> | undefined {
  return undefined;
}
