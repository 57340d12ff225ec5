// ajv with our schemas, compiled by the build into code that needs no compiler and no `unsafe-eval`: what ajv's documentation
// advises for browsers.
import { copyImages, crossRegion, inRegion, wholeImage } from 'ajv-precompiled-bodies';
import { peer } from './rules.mjs';

const bodies = {
  'ims.cross-region-copy': crossRegion,
  'ims.in-region-copy': inRegion,
  'ims.whole-image': wholeImage,
  'jd.copy-images': copyImages,
};

export const { isAllowed, programs } = /* @__PURE__ */ peer((operation, body) => bodies[operation](body));
