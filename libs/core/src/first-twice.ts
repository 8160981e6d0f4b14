/** The first of these names or numbers that has stood before; undefined where all are different. */
export function firstTwice<T extends string | number>(items: readonly T[]): T | undefined {
  const seen = new Set<T>();
  return items.find((item) => seen.size === seen.add(item).size);
}
