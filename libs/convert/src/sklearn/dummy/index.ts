import type { ConverterFamily } from '../converter.js';

export const dummyFamily: ConverterFamily = { models: new Map() };
