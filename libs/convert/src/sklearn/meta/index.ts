import type { ConverterFamily } from '../converter.js';

export const metaFamily: ConverterFamily = { models: new Map() };
