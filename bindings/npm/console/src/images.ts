/** The images as the API of IMS returned them, and the region that they were listed in. */
import list from './images.json';

export type Image = (typeof list.images)[number];

export const IMAGES: readonly Image[] = list.images;

/** The region of the list. Image objects have no field for it. */
export const REGION = 'cn-north-4';

/** The facts of an image: its region, and the object that the API returned. */
export function factsOf(image: Image) {
  return { sourceRegion: REGION, imageObject: image };
}
