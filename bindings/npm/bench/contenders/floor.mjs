// What nobody can be quicker than: an empty script; reading and writing JSON with nothing checked.
import { each } from './programs.mjs';

export const isAllowed = () => true;

export const programs = { text: each('texts', (text) => JSON.parse(text)), object: each('objects', (value) => JSON.stringify(value)) };
