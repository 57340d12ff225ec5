// Each export of the package alone, in a process of its own: what it exports, by `import` and by `require`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync('node_modules/image-preflight/package.json', 'utf8'));
const node = (flag, code) => execFileSync(process.execPath, [flag, '--eval', code], { encoding: 'utf8' }).trim();
const shown = {};
for (const name of Object.keys(exports).filter((name) => typeof exports[name] === 'object')) {
  const from = `image-preflight${name.slice(1)}`;
  const names = `Object.keys(all).filter((name) => name !== '__esModule').sort().join()`;
  shown[from] = [
    node('--input-type=module', `import * as all from '${from}'; console.log(${names})`),
    node('--input-type=commonjs', `const all = require('${from}'); console.log(${names})`),
  ];
}
console.log(JSON.stringify(shown));
