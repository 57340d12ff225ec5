/** The form's words in messages. */
import type { Language, OperationInfo } from './table.js';

/** The label of a field, if the name is that of a field. */
export type LabelOf = (name: string) => string | undefined;

/** The labels of an operation's fields and parameters: the form's own, or those of the provider's console. */
export function labelsOf(info: OperationInfo, own: Readonly<Record<string, string | undefined>>, language: Language): LabelOf {
  return (name) => memberOf(own, name) ?? (memberOf(info.fields, name) ?? memberOf(info.parameters, name))?.label[language];
}

/** A member of its own, not one that every object has. */
function memberOf<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.prototype.hasOwnProperty.call(of, name) ? of[name] : undefined;
}

/** A quoted value, which stays as it is, or a name in backticks with the spaces around it. */
const QUOTED = /"[^"]*"|“[^”]*”|( ?)`([^`]*)`( ?)/g;

/** A message with labels in quotes instead of the names of fields, and other names without backticks. */
export function inFormsWords(text: string, labelOf: LabelOf, language: Language): string {
  return text.replace(QUOTED, (all, before?: string, name?: string, after?: string) => {
    if (name === undefined) {
      return all;
    }
    // `tags[0].key` is within a field.
    const [, field = name, rest = ''] = /^(\w+)([.[].*)$/.exec(name) ?? [];
    const found = labelOf(field);
    if (found === undefined) {
      return `${before}${name}${after}`;
    }
    const label = found + rest;
    // Chinese has no spaces beside its quotation marks.
    return language === 'zh-CN' ? `“${label}”` : `${before}"${label}"${after}`;
  });
}
