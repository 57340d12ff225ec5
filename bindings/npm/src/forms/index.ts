/**
 * The kit for forms: the fields of an operation, and one call a keystroke that says everything a form shows.
 *
 * @packageDocumentation
 */
export { fields } from './fields.js';
export type { FieldOption, FieldsOptions, FormField } from './fields.js';
export { createPreflight } from './preflight.js';
export type { Preflight, PreflightIssue, PreflightStandard, SubmitOptions, ValuesOrRead } from './preflight.js';
export { fromForm } from './values.js';
export type {
  FactName,
  FieldName,
  FormBody,
  FormFix,
  FormIssue,
  FormState,
  FormValues,
  Loader,
  Loaders,
  MissingFact,
  PreflightContext,
  PreflightOptions,
  Signal,
} from './types.js';
