// Bodies that every client builds, and those that it should refuse, by the name of their type.
export const good = [
  ['CrossRegionCopy', { name: 'copy', region: 'cn-south-1', project_name: 'cn-south-1', agency_name: 'ims_copy_agency', vault_id: 'v' }],
  ['InRegionCopy', { name: '测试-copy 1', enterprise_project_id: '0', cmk_id: 'k' }],
  ['WholeImage', { name: 'whole', instance_id: 'i', vault_id: 'v', tags: ['team.web'] }],
  ['WholeImage', { name: 'whole', backup_id: 'b', whole_image_type: 'CBR', min_ram: 1024 }],
  ['CopyImages', { sourceImageIds: ['img-1'], destinationRegion: 'cn-east-2' }],
];
/** Of the wrong form: any tool with types refuses them. */
export const misshapen = [
  ['CrossRegionCopy', { name: 'copy' }],
  ['InRegionCopy', { name: 5 }],
  ['WholeImage', { name: 'whole', backup_id: 'b' }],
  ['WholeImage', { name: 'whole', instance_id: 5, vault_id: 'v' }],
  ['CopyImages', { destinationRegion: 'cn-east-2' }],
];
/** Of the right form, with a wrong value: tools with patterns and limits refuse them. */
export const wrong = [
  ['InRegionCopy', { name: ' copy' }],
  ['InRegionCopy', { name: 'copy', enterprise_project_id: 'mine' }],
  ['InRegionCopy', { name: 'copy', description: 'a<b' }],
  ['WholeImage', { name: 'whole', instance_id: 'i', vault_id: ' ' }],
  ['CopyImages', { sourceImageIds: [], destinationRegion: 'cn-east-2' }],
];
/** The calls of the document, by the provider's names. */
export const calls = ['CopyImageCrossRegion', 'CopyImageInRegion', 'CreateWholeImage', 'ShowJobProgress', 'ShowJob', 'ListImages', 'ShowImageQuota', 'copyImages', 'describeImages', 'describeImage'];
