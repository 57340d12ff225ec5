// From nothing to the first verdict.
import { verdictOf } from 'image-preflight';
import { judged } from './case.mjs';

export const isAllowed = verdictOf(judged) === 'allowed';
