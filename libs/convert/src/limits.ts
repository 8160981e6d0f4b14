/** The most features a model may take. */
export const MAX_FEATURES = 10_000;

/** The longest name of a feature, in characters. */
export const MAX_NAME_LENGTH = 256;

/** The most classes a classifier may have. */
export const MAX_CLASSES = 10_000;
