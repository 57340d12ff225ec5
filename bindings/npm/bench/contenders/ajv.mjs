// ajv with our schemas, compiled in the page: each when it is first asked for, as `getSchema` does.
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';
import crossRegion from '../../../schema/ims.cross-region-copy.json' with { type: 'json' };
import inRegion from '../../../schema/ims.in-region-copy.json' with { type: 'json' };
import wholeImage from '../../../schema/ims.whole-image.json' with { type: 'json' };
import copyImages from '../../../schema/jd.copy-images.json' with { type: 'json' };
import { peer } from './rules.mjs';

const ajv = addFormats(new Ajv2020({ allErrors: true }));
ajv.addSchema(crossRegion, 'ims.cross-region-copy');
ajv.addSchema(inRegion, 'ims.in-region-copy');
ajv.addSchema(wholeImage, 'ims.whole-image');
ajv.addSchema(copyImages, 'jd.copy-images');

const bodies = {};
export const { isAllowed, programs } = /* @__PURE__ */ peer((operation, body) => (bodies[operation] ??= ajv.getSchema(operation))(body));
