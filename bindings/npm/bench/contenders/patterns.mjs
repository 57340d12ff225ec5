// The alphabets of the documents, for contenders whose bodies are written by hand.
const HAN = '\\u4e00-\\u9fff\\u3400-\\u4dbf\\uf900-\\ufaff\\u{20000}-\\u{323af}';

export const NAME = new RegExp(`^[-.\\w${HAN}]([-. \\w${HAN}]*[-.\\w${HAN}])?$`, 'u');
export const WORD = new RegExp(`^[-.\\w${HAN}]+$`, 'u');
export const TAG = new RegExp(`^[-\\w${HAN}]{1,36}(\\.[-.\\w${HAN}]{0,43})?$`, 'u');
export const KEY = new RegExp(`^[-\\w${HAN}]{1,36}$`, 'u');
export const VALUE = new RegExp(`^[-.\\w${HAN}]{0,43}$`, 'u');
export const PLAIN = /^[^\r\n<>]*$/;
export const FILLED = /[^ ]/;
export const PROJECT = /^( *|0|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i;
