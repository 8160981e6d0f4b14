export { ConversionRefused, convertErrors, type ConvertErrorCode } from './conversion-refused.js';
export { acceptedEndings, hasAcceptedEnding } from './accepted-endings.js';
export { loadConvert } from './load-convert.js';
export type { Converted, ModelFormat, SelfCheck, Understood } from './converted.js';
