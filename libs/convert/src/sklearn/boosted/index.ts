import type { ConverterFamily } from '../converter.js';

export const boostedFamily: ConverterFamily = { models: new Map() };
