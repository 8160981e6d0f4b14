import { RowEncoder } from './row-encoder.js';
import type { Signature } from './signature.js';
import type { AlsoKnown, EncodedRows, NamedFeatures } from './encoded-rows.js';

// A signature never changes after it was made, so its encoder is compiled once.
const encoders = new WeakMap<Signature, RowEncoder>();

/** The encoder of a signature, compiled at its first use. */
export function encoderOf(signature: Signature): RowEncoder {
  let encoder = encoders.get(signature);
  if (!encoder) encoders.set(signature, (encoder = new RowEncoder(signature)));
  return encoder;
}

/** Encodes one row of named features by a signature; throws FEATURES_INVALID with every feature that does not fit. */
export function encodeFeatures(signature: Signature, given: NamedFeatures, alsoKnown?: AlsoKnown): EncodedRows {
  const rows = encoderOf(signature).start(1, alsoKnown);
  rows.addNamed(given);
  return rows.finish();
}
