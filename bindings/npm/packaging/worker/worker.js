import { check } from './node_modules/image-preflight/dist/index.js';

postMessage(check({ operation: 'jd.copy-images' }).verdict);
