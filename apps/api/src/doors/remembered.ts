const MOST_KNOWN = 256;
const LONGEST_KNOWN = 1024;

/**
 * The same function, which remembers what it made of short texts that it was given lately: for texts that mostly come
 * again and again. What it makes is shared, so nobody may change it.
 */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  const makeAndKeep = (text: string): T => {
    const made = make(text);
    // All at once: which of them came last would have to be noted with each.
    if (known.size >= MOST_KNOWN) known.clear();
    if (made !== undefined) known.set(text, made);
    return made;
  };
  return (text) => (text.length > LONGEST_KNOWN ? make(text) : (known.get(text) ?? makeAndKeep(text)));
}
