/** Reports of `image-preflight/full`: the module writes them as JSON, in any language. */
import { ABSENT, CODE, Command, callPacked, decodeVerdict, emptyReport, languageOf, readAnswer, runCommand, verdictOfObject, withEngine, wordsOf, write, writeBytes } from './engine.js';
import type { CompactVerdict, Engine } from './engine.js';
import { toJson } from './input.js';
import { invalidate } from './pack.js';
import type { Citation, Report, Verdict } from './types.js';

/** The report on a case that may be anything. */
export function checkObject(value: unknown, what: string, locale: string | undefined): Report {
  const answer = withEngine((ready) => {
    const found = callPacked(ready, Command.report, value, languageOf(ready, locale));
    return found === ABSENT ? undefined : read(ready, found);
  });
  return answer === undefined ? reportOnText(toJson(value, what), locale) : toReport(answer, locale);
}

/** The report on a case given as JSON text. */
export function reportOnText(text: string, locale: string | undefined): Report {
  return toReport(withEngine((ready) => read(ready, runCommand(ready, Command.report, text, languageOf(ready, locale)))), locale);
}

function read(ready: Engine, answer: number): CompactVerdict | string {
  return answer < CODE ? readAnswer(ready, answer) : decodeVerdict(ready, answer);
}

function toReport(answer: CompactVerdict | string, locale: string | undefined): Report {
  return typeof answer === 'string' ? withCitations(JSON.parse(answer) as Report, locale) : emptyReport(answer);
}

/** Adds the citations, which the module leaves out of its reports: they would be half of each. */
function withCitations(report: Report, locale: string | undefined): Report {
  for (const finding of report.findings) {
    finding.citations = citationsOf(finding.rule, locale);
  }
  return report;
}

/** The verdict on a case given as JSON text, without a report. */
function verdict(text: string): CompactVerdict {
  return withEngine((ready) => decodeVerdict(ready, ready.wasm.run(Command.verdict, write(ready, text), 0)));
}

/** Only the verdict on a case or on its JSON text. */
export function verdictOn(value: unknown): Verdict {
  const found = typeof value === 'string' ? verdict(value) : (verdictOfObject(value) ?? verdict(toJson(value, 'the case')));
  return found.verdict as Verdict;
}

/** The reports on cases in NDJSON, one for each line that is not blank. There must be no more lines than words. */
export function reportsOnLines(lines: string | Uint8Array, locale: string | undefined): Report[] {
  const { verdicts, reports } = withEngine((ready) => {
    const language = languageOf(ready, locale);
    // The word buffer must exist first. If a getter of a case that is being packed got here, that packing becomes invalid.
    wordsOf(ready);
    invalidate();
    const length = typeof lines === 'string' ? write(ready, lines) : writeBytes(ready, lines);
    const reports = readAnswer(ready, ready.wasm.run(Command.batch, length, language));
    // Fetched again: the memory may have grown.
    const [count = 0] = wordsOf(ready);
    const codes = wordsOf(ready).subarray(1, 1 + count);
    return { verdicts: Array.from(codes, (code) => (code === 0 ? undefined : decodeVerdict(ready, code))), reports };
  });
  const others = (JSON.parse(reports) as Report[]).values();
  return verdicts.map((verdict) => (verdict === undefined ? withCitations(others.next().value!, locale) : emptyReport(verdict)));
}

/** Citations by language and rule, as far as they have been requested. */
const citations = new Map<string, Citation[]>();

/** A fresh copy of a rule's citations, documents in the reader's language first. */
function citationsOf(rule: string, locale: string | undefined): Citation[] {
  return withEngine((ready) => {
    const language = languageOf(ready, locale);
    const key = `${language} ${rule}`;
    let known = citations.get(key);
    if (known === undefined) {
      known = JSON.parse(readAnswer(ready, ready.wasm.run(Command.citations, write(ready, rule), language))) as Citation[];
      citations.set(key, known);
    }
    return known.map(({ document, date, section, url }) => (url === undefined ? { document, date, section } : { document, date, section, url }));
  });
}

/** Whether this is the id or an alias of a rule. */
export function isRule(name: string): boolean {
  return withEngine((ready) => readAnswer(ready, ready.wasm.run(Command.citations, write(ready, name), 0)) !== 'null');
}
