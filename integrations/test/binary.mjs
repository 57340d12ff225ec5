// The command line as cargo has built it for the tests of Rust.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
export const binary = join(target, 'debug', process.platform === 'win32' ? 'image-preflight.exe' : 'image-preflight');

if (!existsSync(binary)) {
  execFileSync('cargo', ['build', '--locked', '-p', 'image-preflight-cli'], { cwd: root, stdio: 'inherit' });
}
