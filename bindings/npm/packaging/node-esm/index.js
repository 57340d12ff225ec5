import { check } from 'image-preflight';

console.log(check({ operation: 'jd.copy-images' }).verdict);
