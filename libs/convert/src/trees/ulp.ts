const bits = new DataView(new ArrayBuffer(8));

/** The double next above a finite one. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  return stepped(value, value > 0 ? 1n : -1n);
}

/** The double next below a finite one. */
export function nextDown(value: number): number {
  return -nextUp(-value);
}

/** The float32 next above a finite one, which is a float32 itself. */
export function nextFloatUp(value: number): number {
  const float = Math.fround(value);
  if (float === 0) return 2 ** -149;
  bits.setFloat32(0, float);
  bits.setUint32(0, bits.getUint32(0) + (float > 0 ? 1 : -1));
  return bits.getFloat32(0);
}

function stepped(value: number, step: bigint): number {
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + step);
  return bits.getFloat64(0);
}
