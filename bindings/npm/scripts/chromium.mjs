// A Chromium for tests: the one that is there, else Debian's, else a sentence that says what to do.
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
      // What matters is whether there is one afterwards.
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
