const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c] as const;
const [SPACE, TAB, LINE_FEED, CARRIAGE_RETURN] = [0x20, 0x09, 0x0a, 0x0d] as const;

/** By how much a byte outside a text changes the depth. */
const STEPS = new Int8Array(256);
for (const byte of '[{') STEPS[byte.charCodeAt(0)] = 1;
for (const byte of ']}') STEPS[byte.charCodeAt(0)] = -1;

/** The offset behind the white space of JSON at `at`. */
export function skipSpaces(bytes: Buffer, at: number): number {
  let offset = at;
  while (isSpace(bytes[offset])) offset++;
  return offset;
}

function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB || byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** The offset of the comma or bracket behind the item of an array that begins at `start`; -1 where the bytes end before. */
export function findItemEnd(bytes: Buffer, start: number): number {
  let depth = 0;
  let isInText = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) isInText = !isInText;
    else if (isInText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === COMMA && depth === 0) return at;
    else if ((depth += STEPS[byte]!) < 0) return at;
  }
  return -1;
}
