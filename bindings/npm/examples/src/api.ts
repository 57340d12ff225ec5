/** What a page has of its own: the image, as the API of IMS returned it, where the facts come from, and where the request goes. */

/** What the page was opened with: `?encrypted`, `?slow`, `?unknown`, `?once`. */
const query = new URLSearchParams(location.search);

/** The image, as `GET /v2/cloudimages` returns it. */
export const image = {
  id: '465076de-dc36-4aec-80f5-ef9d8009428f',
  name: 'web-server',
  __image_size: '42949672960',
  __imagetype: 'private',
  __os_type: 'Linux',
  __whole_image: 'false',
  __system__cmkid: query.has('encrypted') ? '2d84e4a8-6c3c-4e25-8f2d-5a0b2c9d1e7f' : '',
  virtual_env_type: 'FusionCompute',
  status: 'active',
};

/** Counts the running copies of the tenant, as the console's own back end does. */
export async function countCopies(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, query.has('slow') ? 1000 : 30));
  const isBroken = query.has('unknown') || query.has('once');
  query.delete('once');
  if (isBroken) {
    throw new Error('503');
  }
  return 0;
}

/** Sends the request; here, shows it. */
export async function send(request: { method: string; path: string; body: object }): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  const shown = document.createElement('pre');
  shown.id = 'sent';
  shown.textContent = JSON.stringify(request);
  document.body.append(shown);
}
