import { DeferredDecorators } from './deferred-decorators.js';

const validator = new DeferredDecorators(() => import('class-validator'));
const transformer = new DeferredDecorators(() => import('class-transformer'));

/** Reads the libraries that check query parameters, some 350 files that no start waits for: a tenth of a second and 20 MB, for the first query. */
export async function loadValidators(): Promise<void> {
  await Promise.all([validator.load(), transformer.load()]);
}

export const IsBoolean = validator.later('IsBoolean');
export const IsDate = validator.later('IsDate');
export const IsIn = validator.later('IsIn');
export const IsInt = validator.later('IsInt');
export const IsOptional = validator.later('IsOptional');
export const IsString = validator.later('IsString');
export const Matches = validator.later('Matches');
export const Max = validator.later('Max');
export const MaxLength = validator.later('MaxLength');
export const Min = validator.later('Min');
export const Transform = transformer.later('Transform');
