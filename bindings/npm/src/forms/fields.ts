/** What an input, a counter, a red star and a picker need to know of each field. */
import { check, keepFacts } from '../index.js';
import type { CaseOf, Finding, OperationId, Report, Verdict } from '../types.js';
import { inFormsWords, labelsOf } from './labels.js';
import { checkOptions } from './options.js';
import { definitionOf, knownValues, languageOf, operationInfo, type Definition, type FieldInfo } from './table.js';
import type { FieldName, FormValues, PreflightContext } from './types.js';
import { fromForm } from './values.js';

/** A known value of a field, for a picker. */
export interface FieldOption {
  value: string;
  /** E.g. `CN South-Guangzhou`. */
  label: string;
  /** What the check says of the image and this value, as far as it is known. */
  verdict: Verdict;
  /** Why it is not allowed. */
  message?: string;
}

/** A field of a form. */
export interface FormField<N extends string = string> {
  name: N;
  /** The label, in the words of the provider's console. */
  label: string;
  /** The text beneath the input. */
  help?: string;
  /** Whether it must be filled in, given the other values. */
  required: boolean;
  type: 'text' | 'integer' | 'list';
  /** The type of a list's elements: texts, or pairs `{ key, value }`. */
  items?: 'text' | 'pair';
  minLength?: number;
  maxLength?: number;
  /** The greatest number of elements of a list. */
  maxItems?: number;
  min?: number;
  max?: number;
  /** A regular expression for the attribute `pattern` of an input, under the default edition; the check decides. */
  pattern?: string;
  /** Known values. Others may be right as well: new regions appear. */
  options?: FieldOption[];
}

/** Options for {@link fields}. */
export interface FieldsOptions<O extends OperationId> extends PreflightContext<O> {
  /** The form's present values. What is required may depend on them. */
  values?: FormValues<O> | undefined;
}

/**
 * The fields of an operation's body, in the order of the documents: label, help, whether each is required, maximum length, pattern, and
 * known values with their verdicts.
 *
 * @throws {TypeError} if there is no such operation, or the facts cannot be serialized as JSON.
 * @example
 * addLocale(chinese); // from 'image-preflight' and 'image-preflight/locales/zh-CN'
 * const [name] = fields('ims.cross-region-copy', { locale: 'zh-CN' });
 * name.label; // '名称'
 * name.maxLength; // 128
 */
export function fields<O extends OperationId>(operation: O, given?: FieldsOptions<O>): FormField<FieldName<O>>[] {
  const options = given ?? {};
  const info = operationInfo(operation);
  checkOptions(options, info.fields, info.parameters);
  const language = languageOf(options.locale);
  const labelOf = labelsOf(info, options.labels ?? {}, language);
  const body = fromForm(operation, options.values ?? {}) as Record<string, unknown>;
  const { path, edition, unknown, strict } = options;
  const facts = keepFacts(options.facts);
  const judge = (changed: Record<string, unknown>): Report =>
    check({ operation, path, body: changed, facts, edition, unknown, strict } as unknown as CaseOf<O>, options.locale === undefined ? undefined : { locale: options.locale });

  const optionsOf = (name: string, value: string, label: string): FieldOption[] => {
    const { findings } = judge({ ...body, [name]: value });
    // What other fields lack is no property of this value.
    const about = findings.filter(({ at, severity }) => severity === 'error' && (at === `/body/${name}` || !/^\/(body|path)\//.test(at)));
    // No picker offers the regions of another cloud site.
    if (about.some(({ outcome, rule }) => outcome === 'violated' && rule.endsWith('.same-site'))) {
      return [];
    }
    const decisive = about.find(({ outcome, rule }) => outcome === 'violated' && rule.startsWith('case.')) ?? about.find(({ outcome }) => outcome === 'violated') ?? about[0];
    const verdict = decisive === undefined ? 'allowed' : decisive.rule.startsWith('case.') ? 'invalid' : decisive.outcome === 'violated' ? 'denied' : 'undetermined';
    return [{ value, label, verdict, ...(decisive?.outcome === 'violated' && { message: inFormsWords(decisive.hint ?? decisive.message, labelOf, language) }) }];
  };
  const missing = ({ findings }: Report): string[] => findings.flatMap((finding) => (isError(finding) && isMissing(finding) ? [finding.at] : []));
  const already = missing(judge(body));
  // Where one of two fields is needed, the check names the first one, though the other is filled in.
  const isRequired = (name: string): boolean => {
    const { [name]: value, ...others } = body;
    const report = judge(others);
    const isNamed = report.findings.some((finding) => isError(finding) && finding.at === `/body/${name}`);
    return isNamed || (value !== undefined && missing(report).some((at) => !already.includes(at)));
  };
  return Object.entries(info.fields).map(([name, field]) => {
    const known = knownValues(field);
    return {
      name: name as FieldName<O>,
      label: labelOf(name) ?? name,
      ...(field.help && { help: field.help[language] }),
      required: isRequired(name),
      ...limitsOf(field),
      ...(known && { options: known.flatMap(({ value, label }) => optionsOf(name, value, label[language])) }),
    };
  });
}

function isError({ severity, outcome }: Finding): boolean {
  return severity === 'error' && outcome === 'violated';
}

function isMissing({ params }: Finding): boolean {
  return params.kind === 'missing';
}

function limitsOf(field: FieldInfo): Pick<FormField, 'type' | 'items' | 'minLength' | 'maxLength' | 'maxItems' | 'min' | 'max' | 'pattern'> {
  const definition = definitionOf(field);
  const { minLength, maxLength, maxItems, minimum, maximum, items } = definition;
  const pattern = patternOf(definition);
  return {
    type: definition.type === 'integer' ? 'integer' : definition.type === 'array' ? 'list' : 'text',
    ...(items && { items: items.type === 'object' ? ('pair' as const) : ('text' as const) }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(maxItems !== undefined && { maxItems }),
    ...(minimum !== undefined && { min: minimum }),
    ...(maximum !== undefined && { max: maximum }),
    ...(pattern !== undefined && { pattern }),
  };
}

/**
 * The pattern of a definition for an input: HTML anchors it at both ends and reads it with the flag `v`, in which a hyphen at the start
 * of a class is a syntax error.
 */
function patternOf({ type, pattern, not }: Definition): string | undefined {
  if (type !== 'string' || (pattern === undefined && not?.pattern === undefined)) {
    return undefined;
  }
  const isWhole = pattern?.startsWith('^') === true && pattern.endsWith('$');
  const body = pattern === undefined ? '[\\s\\S]*' : isWhole ? pattern.slice(1, -1) : `[\\s\\S]*${pattern}[\\s\\S]*`;
  const texts = not?.enum?.map((text) => `(?!${text.replace(/[^\w]/g, '\\$&')}$)`).join('') ?? '';
  const refused = (not?.pattern === undefined ? '' : `(?![\\s\\S]*${not.pattern})`) + texts;
  return (refused + body).replace(/\[(\^?)-/g, '[$1\\-');
}
