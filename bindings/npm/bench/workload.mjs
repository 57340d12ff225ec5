// The workload, from the generator that the native benchmarks use.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** `[operation, allowed, text]` each, in a layout: `compact`, `python` or `shuffled`. */
export function workload(layout) {
  const lines = execFileSync('cargo', ['run', '--quiet', '--locked', '-p', 'image-preflight-bench', '--bin', 'workload', '--', layout], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  return lines.trimEnd().split('\n').map((line) => JSON.parse(line));
}
