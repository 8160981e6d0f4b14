export { ConversionRefused, convertErrors, type ConvertErrorCode } from './conversion-refused.js';
export { acceptedEndings, convert, hasAcceptedEnding } from './convert.js';
export type { Converted, ModelFormat, SelfCheck, Understood } from './converted.js';
