import { check } from './node_modules/image-preflight/dist/index.js';

document.body.textContent = check({ operation: 'jd.copy-images' }).verdict;
