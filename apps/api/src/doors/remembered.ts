const MOST_KNOWN = 256;
const LONGEST_KNOWN = 1024;

/**
 * The same function, which remembers what it made of short texts that it was given lately: for texts that mostly come
 * again and again. What it makes is shared, so nobody may change it.
 */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || text.length > LONGEST_KNOWN) return found ?? make(text);
    // All at once: which of them came last would have to be noted with each.
    if (known.size >= MOST_KNOWN) known.clear();
    const made = make(text);
    known.set(text, made);
    return made;
  };
}
