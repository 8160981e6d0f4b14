import type { ConverterFamily } from '../converter.js';

export const clusterFamily: ConverterFamily = { models: new Map() };
