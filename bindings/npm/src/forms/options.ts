/** The options of the kit, validated before anything of them is used. */
import { isArrayOf, isText, optionsWith, wrong, type Expected } from '../options.js';
import { facts } from './table.js';

interface Members {
  voice: 'short' | 'full';
  labels: Readonly<Record<string, string | undefined>>;
  shown: readonly string[];
  loaders: object;
  debounce: number;
  timeout: number;
}

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isOptional = (value: unknown, type: string): boolean => value === undefined || typeof value === type;
const isDuration = (value: unknown): boolean => typeof value === 'number' && value >= 0;

const MEMBERS: Expected<Members> = {
  voice: [(value) => value === 'short' || value === 'full', "'short' or 'full'"],
  labels: [(value) => isObject(value) && Object.values(value).every((label) => isOptional(label, 'string')), "an object of texts such as { name: 'Image name' }"],
  shown: [(value) => isArrayOf(value, isText), "an array of the names of fields such as ['name']"],
  loaders: [(value) => isObject(value) && Object.values(value).every((loader) => isOptional(loader, 'function')), 'an object of functions such as { copiesInFlight: () => … }'],
  debounce: [isDuration, 'a number of milliseconds'],
  timeout: [isDuration, 'a number of milliseconds'],
};

/** Throws a `TypeError` unless these are options of the kit. */
export function checkOptions(options: unknown, names: Readonly<Record<string, unknown>>, parameters: Readonly<Record<string, unknown>>): void {
  const { loaders = {}, shown = [], labels = {} } = optionsWith(MEMBERS, options, ['locale', 'voice', 'labels', 'shown', 'loaders', 'debounce', 'timeout']);
  checkNames('the option loaders', Object.keys(loaders), facts);
  checkNames('the option shown', shown, names);
  checkNames('the option labels', Object.keys(labels), { ...parameters, ...names });
}

/** Throws a `TypeError` unless this is a list of names of facts, or left out. */
export function checkFacts(names: unknown): void {
  if (names !== undefined) {
    if (!isArrayOf(names, isText)) {
      throw wrong('the argument facts', names, "an array of the names of facts such as ['copiesInFlight'], or left out");
    }
    checkNames('the argument facts', names as readonly string[], facts);
  }
}

function checkNames(what: string, names: readonly string[], known: Readonly<Record<string, unknown>>): void {
  const other = names.find((name) => !Object.prototype.hasOwnProperty.call(known, name));
  if (other !== undefined) {
    throw wrong(`a name in ${what}`, other, `one of ${Object.keys(known).join(', ')}`);
  }
}
