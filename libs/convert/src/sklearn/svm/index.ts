import type { ConverterFamily } from '../converter.js';

export const svmFamily: ConverterFamily = { models: new Map() };
