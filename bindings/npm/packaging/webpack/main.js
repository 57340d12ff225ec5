import { check } from 'image-preflight';

document.body.textContent = check({ operation: 'jd.copy-images' }).verdict;
