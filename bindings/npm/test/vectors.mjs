// The vectors of tests/ with their reports, read as in the Rust tests.

const isDirective = (value) => Object.keys(value).some((name) => name.startsWith('$'));
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396: a JSON Merge Patch. */
function merged(target, change) {
  if (!isObject(change) || isDirective(change)) {
    return change;
  }
  const result = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(change)) {
    if (value === null) {
      delete result[name];
    } else {
      result[name] = merged(result[name], value);
    }
  }
  return result;
}

function textOf(value) {
  if (Array.isArray(value)) {
    return `[${value.map(textOf).join(',')}]`;
  }
  if (!isObject(value)) {
    return JSON.stringify(value);
  }
  if (isDirective(value)) {
    const { $repeat, $number, times } = value;
    return $repeat !== undefined ? JSON.stringify($repeat.repeat(times)) : ($number ?? 'null');
  }
  return `{${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${textOf(inner)}`).join(',')}}`;
}

export const FILES = ['case', 'ims.cross-region-copy', 'ims.in-region-copy', 'ims.whole-image', 'jd.copy-images'];
export const LOCALES = ['en', 'zh-CN'];

/** Every case with its report in a language; `read` returns the text of a file in tests/. */
export async function vectors(read, locales = LOCALES) {
  const all = [];
  for (const file of FILES) {
    const { base, vectors } = JSON.parse(await read(`vectors/${file}.json`));
    for (const locale of locales) {
      const reports = (await read(`reports/${file}.${locale}.ndjson`)).trimEnd().split('\n');
      vectors.forEach(({ name, text, change }, index) => {
        all.push({ name, locale, text: text ?? textOf(merged(base, change ?? {})), report: reports[index] });
      });
    }
  }
  return all;
}

/** The vectors whose reports differ in any byte from the expected ones, through any entry point. */
export async function differing({ check, checkBatch, checkLines, checkText, checkToText, verdictOf }, read, locales = LOCALES) {
  const all = await vectors(read, locales);
  const wrong = all.filter(({ text, locale, report }) => {
    const { verdict } = JSON.parse(report);
    const again = JSON.stringify(checkText(text, { locale }));
    return checkToText(text, { locale }) !== report || again !== JSON.stringify(JSON.parse(report)) || verdictOf(text) !== verdict;
  });
  for (const locale of new Set(all.map(({ locale }) => locale))) {
    const ours = all.filter((vector) => vector.locale === locale);
    const compare = (some, reports) =>
      wrong.push(...some.filter(({ report }, index) => JSON.stringify(reports[index]) !== JSON.stringify(JSON.parse(report))));
    // As objects: those that are JSON and do not change when JavaScript parses them.
    const faithful = ours.filter(({ text }) => isFaithful(text));
    const objects = faithful.map(({ text }) => JSON.parse(text));
    compare(faithful, objects.map((value) => check(value, { locale })));
    compare(faithful, checkBatch(objects, { locale }));
    wrong.push(...faithful.filter(({ report }, index) => verdictOf(objects[index]) !== JSON.parse(report).verdict));
    // As NDJSON: text and bytes.
    const lines = ours.filter(({ text }) => !/[\r\n]/.test(text) && text.trim() !== '');
    const ndjson = lines.map(({ text }) => text).join('\n');
    compare(lines, checkLines(ndjson, { locale }));
    compare(lines, checkLines(new TextEncoder().encode(ndjson), { locale }));
  }
  return { count: all.length, wrong: wrong.map(({ name }) => name) };
}

function isFaithful(text) {
  try {
    return JSON.stringify(JSON.parse(text)) === text;
  } catch {
    return false;
  }
}
