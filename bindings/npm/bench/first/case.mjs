// The case that every contender judges first.
export const judged = {
  operation: 'ims.in-region-copy',
  path: { image_id: '465076de-dc36-4aec-80f5-ef9d8009428f' },
  body: { name: 'web-server-copy', description: 'Copied for the new region' },
  facts: { image: { fullEcs: false, iso: false, encrypted: false, sizeBytes: 42949672960, visibility: 'private', status: 'active', os: 'linux' } },
};
