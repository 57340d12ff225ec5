// The same with ajv.
import { ajv } from '../peers.mjs';
import { rules } from '../rules.mjs';
import { judged } from './case.mjs';
import schema from '../../../schema/ims.in-region-copy.json' with { type: 'json' };
const shapes = ajv({ 'ims.in-region-copy': schema });

export const isAllowed = shapes[judged.operation](judged.body) && rules(judged) === true;
