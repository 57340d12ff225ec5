// A client made of the OpenAPI document: it compiles only while the types are right, and talks to the mock server.
import createClient from 'openapi-fetch';
import type { paths } from './generated/openapi.js';

const { copied, made, refused } = await calls(process.argv[2] ?? '');
console.log(JSON.stringify({ copied, made, refused }));

async function calls(baseUrl: string) {
  const headers = { 'X-Auth-Token': 'token', Authorization: 'signature' };
  const client = createClient<paths>({ baseUrl, headers });
  const across = await client.POST('/v1/cloudimages/{image_id}/cross_region_copy', {
    params: { path: { image_id: '465076de-dc36-4aec-80f5-ef9d8009428f' } },
    body: { name: 'copy', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'ims_copy_agency' },
  });
  const whole = await client.POST('/v1/cloudimages/wholeimages/action', {
    body: { name: 'whole', backup_id: '9b27efab-4a17-4c06-bfa2-3e0cf021d3c3', whole_image_type: 'CBR', tags: ['team.web'] },
  });
  const images = await client.POST('/v1/regions/{regionId}/images:copyImages', {
    params: { path: { regionId: 'cn-north-1' } },
    body: { sourceImageIds: ['img-1'], destinationRegion: 'cn-east-2' },
  });
  // The name has a space in front.
  const wrong = await client.POST('/v1/cloudimages/{image_id}/copy', {
    params: { path: { image_id: 'i' } },
    body: { name: ' copy' },
  });
  const job: string | undefined = across.data?.job_id;
  return {
    made: [job, whole.data?.job_id],
    copied: images.data?.result.copyImages.map((image) => image.destinationImageId),
    refused: wrong.response.status,
  };
}

export async function misused(client: ReturnType<typeof createClient<paths>>) {
  // @ts-expect-error: a request from a backup says of which type it is.
  await client.POST('/v1/cloudimages/wholeimages/action', { body: { name: 'n', backup_id: 'b', whole_image_type: 'CSBS' } });
  // @ts-expect-error: the region is missing.
  await client.POST('/v1/cloudimages/{image_id}/cross_region_copy', { params: { path: { image_id: 'i' } }, body: { name: 'n' } });
}
