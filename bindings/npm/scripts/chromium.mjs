// A Chromium for tests: the installed one, else Debian's, else an error that says what to do.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function find() {
  return [...PLACES, chromium.executablePath()].find((path) => path && existsSync(path));
}

function install() {
  const isRoot = process.getuid?.() === 0;
  const attempts = isRoot
    ? [['apt-get', ['update', '-q']], ['apt-get', ['install', '-y', '-q', 'chromium']]]
    : [['npx', ['playwright-core', 'install', 'chromium']]];
  for (const [program, args] of attempts) {
    try {
      execFileSync(program, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    } catch {
      // The result is checked by looking for the program.
    }
  }
}

/** Starts a headless Chromium. */
export async function launch() {
  if (!find()) {
    install();
  }
  const executablePath = find();
  if (!executablePath) {
    throw new Error('There is no Chromium, and none could be installed: install one and name it in the variable CHROMIUM.');
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
