import type { ConverterFamily } from '../converter.js';

export const neighborsFamily: ConverterFamily = { models: new Map() };
