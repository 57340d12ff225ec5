/** What the core declares of each operation and field, generated from it. */
import generated from '../../generated/forms.json' with { type: 'json' };
import { wrong } from '../options.js';
import type { OperationId } from '../types.js';
import type { FactName } from './types.js';

/** A text in each language. */
export type Texts = Readonly<Record<Language, string>>;

/** A language that texts of forms have. */
export type Language = 'en' | 'zh-CN';

/** A field: its definition in the schema, its label, and the text beneath it. */
export interface FieldInfo {
  readonly kind: string;
  readonly label: Texts;
  readonly help?: Texts;
}

/** An operation: its call, its path parameters and its fields in the order of the documents. */
export interface OperationInfo {
  readonly title: Texts;
  readonly method: string;
  readonly path: string;
  readonly pathByEdition: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, FieldInfo>>;
  readonly fields: Readonly<Record<string, FieldInfo>>;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A JSON Schema, as far as it is read here. */
export interface Definition {
  readonly type?: string;
  readonly const?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly not?: { readonly pattern?: string; readonly enum?: readonly string[] };
  readonly items?: Definition;
  readonly properties?: Readonly<Record<string, Definition>>;
}

/** A known value of a field. */
export interface KnownValue {
  readonly value: string;
  readonly label: Texts;
}

/** A member of `facts`: the member whose facts it states, and the fields that name what it is about. */
export interface FactInfo {
  readonly states: string;
  readonly about: readonly string[];
}

const operations = generated.operations as unknown as Readonly<Record<string, OperationInfo>>;
const definitions = generated.definitions as unknown as Readonly<Record<string, Definition>>;
const regions = generated.regions as unknown as Readonly<Record<string, readonly KnownValue[]>>;

/** What is known of the members of `facts`. */
export const facts = generated.facts as Readonly<Record<FactName, FactInfo>>;

/** What is known of an operation. */
export function operationInfo(operation: OperationId): OperationInfo {
  const info = Object.prototype.hasOwnProperty.call(operations, operation) ? operations[operation] : undefined;
  if (info === undefined) {
    throw wrong('the operation', operation, `one of ${Object.keys(operations).join(', ')}`);
  }
  return info;
}

/** The definition of a field's kind. */
export function definitionOf({ kind }: FieldInfo): Definition {
  return definitions[kind] ?? {};
}

/** The known values of a field: the regions of its cloud, or the only value that there is. */
export function knownValues(field: FieldInfo): readonly KnownValue[] | undefined {
  const only = definitionOf(field).const;
  return regions[field.kind] ?? (only === undefined ? undefined : [{ value: only, label: { en: only, 'zh-CN': only } }]);
}

/** The language of texts for a BCP 47 tag: that of the messages, also for `zh_CN`, as some frameworks write it. */
export function languageOf(locale: string | undefined): Language {
  return /^zh(?:[-_]|$)/i.test(locale ?? '') ? 'zh-CN' : 'en';
}

/** The JSON Schema of an operation's body, complete in itself; with text for numbers and lists if it is that of a form's input. */
export function bodySchema(operation: OperationId, isInput: boolean): Record<string, unknown> {
  const { schema } = operationInfo(operation);
  const needed: Record<string, unknown> = {};
  const visit = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/\$defs\/(\w+)"/g)) {
      if (needed[name!] === undefined) {
        const definition = definitions[name!]!;
        const isText = isInput && (definition.type === 'integer' || definition.type === 'array');
        needed[name!] = isText ? { anyOf: [definition, { type: 'string' }] } : definition;
        visit(definitions[name!]);
      }
    }
  };
  visit(schema);
  return JSON.parse(JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, $defs: needed })) as Record<string, unknown>;
}
