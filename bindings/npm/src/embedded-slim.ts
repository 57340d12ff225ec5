/** For those who serve the module themselves: the package carries none. */
export function embedded(): Uint8Array<ArrayBuffer> | undefined {
  return undefined;
}
