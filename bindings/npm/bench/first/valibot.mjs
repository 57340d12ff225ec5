// The same with valibot.
import { valibot } from '../peers.mjs';
import { rules } from '../rules.mjs';
import { judged } from './case.mjs';

const shapes = valibot();

export const isAllowed = shapes[judged.operation](judged.body) && rules(judged) === true;
