// The few numbers that the tables show.

/** The middle of some numbers; NaN of none. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that a share of some numbers does not exceed (nearest rank). */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)];
}

/** The median of one / other, each pair measured in the same round, so that what slows both cancels out. */
export function pairedRatio(ones, others) {
  return median(ones.map((one, round) => one / others[round]));
}
