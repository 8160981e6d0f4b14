/** What a value of a feature is on the wire; `integer` is a whole number that a double holds exactly. */
export type FeatureType = 'double' | 'integer' | 'string' | 'boolean';

/** A class as the model's library names it. */
export type Label = string | number | boolean;

/** The values that training saw; a gate only where `enforce` is true. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly enforce?: boolean;
}

/** One input of a model, by the name its callers use. */
export interface Feature {
  readonly name: string;
  readonly type: FeatureType;
  readonly unit?: string;
  readonly description?: string;
  readonly range?: Range;
  /** By probability, as in `{"0.5": 872}`: the spread that training saw, where a baseline came with the model. */
  readonly quantiles?: Readonly<Record<string, number>>;
  /** The only values that are taken, where the model knows no others. */
  readonly categories?: readonly (string | number)[];
  /** The values that training saw, the most frequent ones first, where a baseline came with the model; never a gate. */
  readonly seenCategories?: readonly string[];
  readonly example?: string | number | boolean;
  /** True where the model itself has a rule for a missing value (NaN, null). */
  readonly nullable?: boolean;
}

/**
 * What the model answers with (DESIGN "What score is"):
 * regression: one number a target; binary, multiclass: a class, with probabilities or decision values;
 * outlier: a score and 1 or -1; clustering: a cluster's index; transform: the transformed values.
 */
export type Task = 'regression' | 'binary' | 'multiclass' | 'outlier' | 'clustering' | 'transform';

/** The score: its meaning to a reader. */
export interface Output {
  readonly name: string;
  readonly unit?: string;
  readonly description?: string;
}

/** What goes in and what comes out of a model, in its callers' words; drives validation, encoding and the API's documents. */
export interface Signature {
  readonly task: Task;
  readonly description?: string;
  /** In the order in which the model takes them. */
  readonly features: readonly Feature[];
  readonly output: Output;
  /** Names of the classes in the order of the model's probabilities; classifiers only. */
  readonly classes?: readonly Label[];
}
