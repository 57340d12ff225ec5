// Each pattern means the same in ECMA-262 with the flag u, in Rust's regex and in Python's re.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { printed } from './shared.mjs';

const { patterns, texts } = JSON.parse(printed('patterns'));

const differing = (accepts) =>
  patterns.flatMap(({ pattern, not, accepts: rust }, index) =>
    texts.filter((text, at) => accepts(index, at, text) !== rust[at]).map((text) => `${pattern} beside ${not}: ${JSON.stringify(text)}`),
  );

test('in ECMA-262', () => {
  assert.ok(patterns.length > 8 && texts.length > 1000);
  const compiled = patterns.map(({ pattern, not }) => [new RegExp(pattern, 'u'), not === null ? undefined : new RegExp(not, 'u')]);
  assert.deepEqual(differing((index, _, text) => compiled[index][0].test(text) && !compiled[index][1]?.test(text)), []);
});

test('in Python', () => {
  const script = `
import json, re, sys
given = json.load(sys.stdin)
def accepts(pattern, text):
    return bool(re.search(pattern['pattern'], text)) and not (pattern['not'] and re.search(pattern['not'], text))
print(json.dumps([[accepts(pattern, text) for text in given['texts']] for pattern in given['patterns']]))`;
  const found = JSON.parse(execFileSync(python(), ['-c', script], { input: JSON.stringify({ patterns, texts }), encoding: 'utf8' }));
  assert.deepEqual(differing((index, at) => found[index][at]), []);
});

// The Python that is there, else Debian's.
function python() {
  const works = () => {
    try {
      execFileSync('python3', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  if (!works()) {
    execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', '-q', 'python3'], { stdio: 'ignore' });
  }
  assert.ok(works(), 'there is no python3, and none could be installed');
  return 'python3';
}
