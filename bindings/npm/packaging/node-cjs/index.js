const { check } = require('image-preflight');

console.log(check({ operation: 'jd.copy-images' }).verdict);
