// The timed programs. Each checks a whole workload: its `texts`, its `objects`, or all its lines as `bytes`.

export function each(of, isAllowed) {
  return (workload) => workload[of].map(isAllowed);
}

/** Reads every message of a report: a report is put into words when it is read. */
const isRead = ({ verdict, findings }) => findings.every(({ message }) => message !== '') && verdict === 'allowed';

/** Those of the package, whichever of its entry points it comes from. The default import has no function for text. */
export function ours({ check, checkLines, checkText = (text) => check(JSON.parse(text)), verdictOf }) {
  return {
    text: each('texts', (text) => checkText(text).verdict === 'allowed'),
    object: each('objects', (value) => check(value).verdict === 'allowed'),
    'object, every message read': each('objects', (value) => isRead(check(value))),
    'object, verdict alone': each('objects', (value) => verdictOf(value) === 'allowed'),
    ...(checkLines && { 'lines of bytes': ({ bytes }) => checkLines(bytes).map(({ verdict }) => verdict === 'allowed') }),
  };
}
