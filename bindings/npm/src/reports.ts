/** Reports of the default import: written by the module as numbers, put into words here. */
import { reportOf } from './compact.js';
import { ABSENT, CODE, Command, callPacked, callWhole, decodeVerdict, decoder, emptyReport, memoryOf, namesOf, verdictOfObject, withEngine } from './engine.js';
import type { CompactVerdict, Engine } from './engine.js';
import { toJson } from './input.js';
import { packOf } from './languages.js';
import { wrong } from './options.js';
import type { Report, Verdict } from './types.js';

/** The report on a case that may be anything. */
export function checkObject(value: unknown, what: string, locale: string | undefined): Report {
  packOf(locale);
  return withEngine((ready) => {
    const answer = callPacked(ready, Command.report, value, 0);
    return answer === ABSENT ? undefined : read(ready, answer, locale);
  }) ?? reportOnJson(toJson(value, what), locale);
}

/** The report on a case that is not packed as it is. */
export function reportOnJson(json: string, locale: string | undefined): Report {
  return withEngine((ready) => read(ready, callWhole(ready, Command.report, json, 0), locale));
}

function read(ready: Engine, answer: number, locale: string | undefined): Report {
  return answer < CODE ? reading(ready, answer, locale) : emptyReport(decodeVerdict(ready, answer));
}

/** A report whose findings are decoded when they are read. Its numbers and its text are copied: the next call overwrites them. */
function reading(ready: Engine, length: number, locale: string | undefined): Report {
  const { wasm } = ready;
  const [bytesOfModule, numbersOfModule] = memoryOf(ready);
  const output = wasm.output() >>> 0;
  const text = decoder.decode(bytesOfModule.subarray(output, output + length));
  const start = (wasm.numbers() >>> 0) / 4;
  const code = numbersOfModule[start + 1]!;
  // A typed array of this length takes longer to make than an ordinary one.
  const numbers: number[] = [];
  for (let at = start + 2, end = start + numbersOfModule[start]!; at < end; at += 1) {
    numbers.push(numbersOfModule[at]!);
  }
  wasm.release();
  return reportOf(decodeVerdict(ready, code), numbers, text, locale, () => namesOf(ready).rules);
}

/** Only the verdict on a case. */
export function verdictOn(value: unknown): Verdict {
  if (typeof value === 'string') {
    throw wrong('the case', value, 'an object; image-preflight/full checks JSON text');
  }
  return (verdictOfObject(value) ?? verdictOfJson(toJson(value, 'the case'))).verdict as Verdict;
}

function verdictOfJson(json: string): CompactVerdict {
  return withEngine((ready) => decodeVerdict(ready, callWhole(ready, Command.verdict, json, 0)));
}
