/** The longest that converting one input may take. */
export const MAX_INPUT_MS = 2000;

/** The most memory that one input, or the whole run, may need above the level after warm-up. */
export const MAX_GROWTH_BYTES = 256 * 2 ** 20;

/** What the heartbeat says between two inputs. */
export const NO_INPUT = -1;
