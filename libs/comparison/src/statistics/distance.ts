/**
 * How far two samples are apart (Kolmogorov and Smirnov): the largest difference between their shares of values up to any
 * value; 0 where they are alike, 1 where they do not overlap.
 */
export function distance(ones: readonly number[], others: readonly number[]): number {
  const [a, b] = [Float64Array.from(ones).sort(), Float64Array.from(others).sort()];
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}
