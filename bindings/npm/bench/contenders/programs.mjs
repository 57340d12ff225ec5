// The timed programs. Each checks a whole workload: its `texts`, its `objects`, or all its lines as `bytes`.

export function each(of, isAllowed) {
  return (workload) => workload[of].map(isAllowed);
}

/** Those of the package, whichever of its entry points it comes from. */
export function ours({ check, checkLines, checkText, verdictOf }) {
  return {
    text: each('texts', (text) => checkText(text).verdict === 'allowed'),
    'text, verdict alone': each('texts', (text) => verdictOf(text) === 'allowed'),
    object: each('objects', (value) => check(value).verdict === 'allowed'),
    'object, verdict alone': each('objects', (value) => verdictOf(value) === 'allowed'),
    'object, by way of JSON.stringify': each('objects', (value) => checkText(JSON.stringify(value)).verdict === 'allowed'),
    'lines of bytes': ({ bytes }) => checkLines(bytes).map(({ verdict }) => verdict === 'allowed'),
  };
}
