// The same with zod.
import { zod } from '../peers.mjs';
import { rules } from '../rules.mjs';
import { judged } from './case.mjs';

const shapes = zod();

export const isAllowed = shapes[judged.operation](judged.body) && rules(judged) === true;
