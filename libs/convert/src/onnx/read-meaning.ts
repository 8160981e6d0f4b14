import { foreignMeaning } from './foreign-meaning.js';
import type { Meaning, ZippedClasses } from './meaning.js';
import type { OnnxModel } from './model.js';
import { OWN_PRODUCER, ownMeaning } from './own-meaning.js';

/** Tells what a graph's outputs mean; refuses where that cannot be told. */
export function meaningOf(model: OnnxModel, zipped: ZippedClasses): Meaning {
  return model.producerName === OWN_PRODUCER ? ownMeaning(model) : foreignMeaning(model, zipped);
}
