/**
 * Cases of what people hold: `terraform show -json`, command lines, HTTP requests. This entry point has a module of its own,
 * `input.wasm`.
 *
 * @packageDocumentation
 */
import type { Options } from './api.js';
import { __wbg_reset_state, initSync, translate as translated } from '../generated/input/image_preflight.js';
import type { TranslatedCase, Translation } from '../generated/types.js';
import { compileNow, compileSoon } from './compile.js';
import { embedded, file, own } from './embedded.js';
import { isText, optionsWith, textOf } from './options.js';
import type { Expected } from './options.js';

export type { TranslatedCase, Translation, TranslationNote } from '../generated/types.js';
export type { Options } from './api.js';

/** The form of a text: cases, `terraform show -json`, a command line, an HTTP request, a printed SDK request. */
export type TextForm = 'case' | 'terraform' | 'koocli' | 'jdc' | 'http' | 'curl' | 'sdk' | 'hcl';

/** The options that only translations have, validated. */
interface Members {
  form: string;
  operation: string;
}

const MEMBERS: Expected<Members> = {
  form: [isText, "the name of a form such as 'terraform'"],
  operation: [isText, "the name of an operation such as 'CopyImageInRegion'"],
};

/** {@link Options} for {@link translate}. */
export interface TranslateOptions extends Options {
  /** The form of the text. Default: it is recognised by its content. */
  form?: TextForm | undefined;
  /** The operation of a request that does not name its own, such as a file for KooCLI. */
  operation?: string | undefined;
}

/** Why a text is not translated. */
export interface NotTranslated {
  /** What kind of reason it is, e.g. `not-recognized`; it does not depend on the language. */
  kind: string;
  /** What is wrong, and what to do. */
  message: string;
}

/** What {@link translate} returns. */
export type TranslateResult = { translation: Translation; problem?: undefined } | { translation?: undefined; problem: NotTranslated };

/**
 * Makes cases of a text that people hold: `terraform show -json` of a plan or a state, a command of KooCLI, jdc or curl, an HTTP
 * request, a request that an SDK prints, or cases. A text that is none of these, or is broken (as a half-typed one is), has a
 * `problem`.
 *
 * @throws {TypeError} if the text is not a string, or an option is wrong.
 * @example
 * const { translation } = translate("hcloud IMS CopyImageInRegion --image_id=465076de --name=''");
 * translation?.cases.map(({ case: text }) => checkText(text).verdict); // ['denied']; checkText is of image-preflight/full
 */
export function translate(text: string, options?: TranslateOptions): TranslateResult {
  const { form, operation, locale } = optionsWith(MEMBERS, options, ['form', 'operation', 'locale']);
  textOf(text, 'the text', 'a string');
  const answer = JSON.parse(run(() => translated(text, form, operation, locale ?? 'en'))) as TranslateResult | { wrong: string };
  if ('wrong' in answer) {
    throw new TypeError(`image-preflight: ${answer.wrong}`);
  }
  return answer;
}

/**
 * The attribute or option of the text that a place of the case was read from: that of the place itself, or of what contains it.
 *
 * @example
 * const text = 'hcloud IMS CopyImageInRegion --image_id=465076de --name=b';
 * attributeOf(translate(text).translation!.cases[0]!, '/body/name'); // '--name'
 */
export function attributeOf({ attributes }: TranslatedCase, pointer: string): string | undefined {
  for (let outer = pointer; outer !== ''; outer = outer.slice(0, Math.max(0, outer.lastIndexOf('/')))) {
    if (Object.prototype.hasOwnProperty.call(attributes, outer)) {
      return attributes[outer];
    }
  }
  return undefined;
}

/** Whether the glue code has a module. It takes one, once. */
let isReady = false;

/**
 * Initializes with the file `input.wasm`, compiled or as bytes, before the first {@link translate}: where that cannot compile the module
 * inside, as in edge runtimes, and in old browsers. Does nothing if there is a module already.
 *
 * @throws {TypeError} if it is not `input.wasm`.
 * @example
 * import module from 'image-preflight/input.wasm';
 * await init(module);
 */
export async function init(source: ArrayBuffer | ArrayBufferView | object): Promise<void> {
  // The type of a compiled module, like `BufferSource`, is in the DOM library, which not everybody has.
  const module = source instanceof WebAssembly.Module ? source : await compileSoon(source as BufferSource);
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === own)) {
    throw new TypeError(`image-preflight: the module given to init is not ${file}: it does not export ${own}`);
  }
  start(module);
}

function start(module: WebAssembly.Module): void {
  if (!isReady) {
    initSync({ module });
    isReady = true;
  }
}

function run<T>(action: () => T): T {
  if (!isReady) {
    start(compileNow(embedded() as BufferSource));
  }
  try {
    return action();
  } catch (error) {
    // A trap or a stack overflow: the state of the instance is undefined.
    __wbg_reset_state();
    throw new Error('image-preflight: the module has failed; it has been instantiated again', { cause: error });
  }
}
