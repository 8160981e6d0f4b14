import { checkFeature } from './check-feature.js';
import { type AlsoKnown, type EncodedRows, type NamedFeatures, NO_WARNINGS } from './encoded-rows.js';
import { type ErrorCodes, type FeatureProblem, ServingError } from './serving-error.js';
import type { Feature, FeatureType, Signature } from './signature.js';
import type { Rows } from './tensor.js';

/** Error codes of this room. */
export const coreErrors = {
  FEATURES_INVALID: { kind: 'invalid-input', meaning: 'The features do not fit the signature of the model.' },
} as const satisfies ErrorCodes;

const MOST_PROBLEMS = 50;
const MOST_NAMES = 50;

/** A feature and which of its values are plain: numbers that need no further look. */
interface Column {
  readonly feature: Feature;
  readonly name: string;
  readonly isWhole: boolean;
  /** The least and the greatest plain number; none lies between them where every value needs a look. */
  readonly min: number;
  readonly max: number;
}

/** Turns values into rows of one signature. What can be found out once is found out when it is made. */
export class RowEncoder {
  readonly columns: readonly Column[];
  readonly hasText: boolean;
  private readonly columnOf: ReadonlyMap<string, number>;
  private lastKeys: readonly string[] = [];
  private lastPlaces: readonly number[] | undefined;

  constructor(readonly signature: Signature) {
    this.columns = signature.features.map(columnOf);
    this.hasText = signature.features.some(({ type }) => type === 'string');
    this.columnOf = new Map(signature.features.map(({ name }, column) => [name, column]));
  }

  /** Begins rows, of which at most `capacity` will be added; names in `alsoKnown` are passed over and not refused. */
  start(capacity: number, alsoKnown?: AlsoKnown): RowsInProgress {
    return new RowsInProgress(this, capacity, alsoKnown);
  }

  isKnown(name: string): boolean {
    return this.columnOf.has(name);
  }

  /** The type of a feature; undefined for a name that is none's. */
  typeOf(name: string): FeatureType | undefined {
    const column = this.columnOf.get(name);
    return column === undefined ? undefined : this.columns[column]!.feature.type;
  }

  /**
   * The column of each key of a row, where they are the names of all features and no others, in whatever order: mostly
   * the order of the row before, which takes no look-up to see.
   */
  placesOf(keys: readonly string[]): readonly number[] | undefined {
    if (this.lastPlaces && isSame(keys, this.lastKeys)) {
      this.lastKeys = keys;
      return this.lastPlaces;
    }
    const places = keys.map((key) => this.columnOf.get(key) ?? -1);
    if (places.length !== this.columns.length || places.includes(-1)) return undefined;
    this.lastKeys = keys;
    return (this.lastPlaces = places);
  }
}

/** Numbers from `from` on under their names. */
export function namedNumbers(names: readonly string[], numbers: Float64Array, from: number): NamedFeatures {
  return Object.fromEntries(names.map((name, at) => [name, numbers[from + at]]));
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  if (some === others) return true;
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

/** Rows that are being encoded, one after the other; a value that does not fit is remembered, and refused at the end. */
export class RowsInProgress {
  private readonly numbers: Float64Array;
  private readonly texts: string[];
  private readonly problems: FeatureProblem[] = [];
  private problemCount = 0;
  private warnings: Map<number, string[]> | undefined;
  // Made once, whatever comes: a request may have very many unknown names.
  private allNames: string | undefined;
  private count = 0;

  constructor(
    private readonly encoder: RowEncoder,
    capacity: number,
    private readonly alsoKnown?: AlsoKnown,
  ) {
    this.numbers = new Float64Array(capacity * encoder.columns.length);
    this.texts = encoder.hasText ? Array<string>(this.numbers.length).fill('') : [];
  }

  /** Adds a row of named features; missing and unknown ones are problems. */
  addNamed(given: NamedFeatures): void {
    const keys = Object.keys(given);
    const places = this.encoder.placesOf(keys);
    if (!places || !this.putPlain(Object.values(given), 0, places)) this.putNamed(given, keys);
    this.count++;
  }

  /** Adds a row of numbers by the names of its features; they are the ones from `from` on. */
  addNumbers(names: readonly string[], numbers: Float64Array, from: number): void {
    const places = this.encoder.placesOf(names);
    if (!places || !this.putPlain(numbers, from, places)) this.putNamed(namedNumbers(names, numbers, from), names);
    this.count++;
  }

  // The commonest row: all that the model takes, and each a number that needs no further look. False where it is another one.
  private putPlain(values: ArrayLike<unknown>, from: number, places: readonly number[]): boolean {
    const { columns } = this.encoder;
    const to = this.count * columns.length;
    for (let i = 0; i < places.length; i++) {
      const column = places[i]!;
      const value = values[from + i];
      if (!isPlain(columns[column]!, value)) return false;
      this.numbers[to + column] = value as number;
    }
    return true;
  }

  private putNamed(given: NamedFeatures, keys: readonly string[]): void {
    const { columns } = this.encoder;
    let found = 0;
    for (let column = 0; column < columns.length; column++) {
      const { name } = columns[column]!;
      // Only own keys count: a feature called `constructor` must not find Object's.
      const isGiven = Object.hasOwn(given, name);
      if (isGiven) found++;
      this.put(column, isGiven ? given[name] : undefined);
    }
    if (keys.length !== found) this.refuseUnknown(keys);
  }

  /** Adds a row of values in signature order; `undefined` is a missing one. */
  addOrdered(values: ArrayLike<unknown>): void {
    for (let column = 0; column < this.encoder.columns.length; column++) this.put(column, values[column]);
    this.count++;
  }

  /** The rows; throws FEATURES_INVALID with every value that does not fit. */
  finish(): EncodedRows {
    if (this.problemCount > 0) throw this.refusal();
    return { rows: this.rows(), warnings: this.warnings ?? NO_WARNINGS };
  }

  // A short typed array lives on the heap until something asks for its buffer, as `subarray` does: that costs more than all of the encoding.
  private rows(): Rows {
    const { count, encoder, numbers, texts } = this;
    const width = encoder.columns.length;
    const length = count * width;
    if (numbers.length === length) return { count, width, numbers, texts };
    return { count, width, numbers: numbers.subarray(0, length), texts: texts.slice(0, length) };
  }

  private put(column: number, value: unknown): void {
    const at = this.count * this.encoder.columns.length + column;
    if (isPlain(this.encoder.columns[column]!, value)) this.numbers[at] = value as number;
    else this.putChecked(column, at, value);
  }

  private putChecked(column: number, at: number, value: unknown): void {
    const checked = checkFeature(this.encoder.columns[column]!.feature, value);
    if ('problem' in checked) return this.refuse(checked.problem);
    if (checked.warning !== undefined) this.warn(checked.warning);
    this.numbers[at] = typeof checked.value === 'string' ? NaN : checked.value;
    if (typeof checked.value === 'string') this.texts[at] = checked.value;
  }

  private warn(warning: string): void {
    this.warnings ??= new Map();
    const row = this.warnings.get(this.count);
    if (row) row.push(warning);
    else this.warnings.set(this.count, [warning]);
  }

  private refuseUnknown(names: readonly string[]): void {
    for (const name of names) if (!this.isKnown(name)) this.refuse(this.unknown(name));
  }

  private isKnown(name: string): boolean {
    return this.encoder.isKnown(name) || this.alsoKnown?.has(name) === true;
  }

  private unknown(name: string): FeatureProblem {
    this.allNames ??= `only: ${listed([...new Set([...this.encoder.columns.map(({ name: own }) => own), ...(this.alsoKnown ?? [])])])}`;
    return { feature: name.slice(0, 256), problem: 'is not a feature of the model', expected: this.allNames };
  }

  private refuse(problem: FeatureProblem): void {
    this.problemCount++;
    if (this.problems.length < MOST_PROBLEMS) this.problems.push(this.inItsRow(problem));
  }

  // Where there is one row only, its number would say nothing.
  private inItsRow(problem: FeatureProblem): FeatureProblem {
    if (this.numbers.length <= this.encoder.columns.length) return problem;
    return { ...problem, problem: `${problem.problem} (row ${this.count})` };
  }

  private refusal(): ServingError {
    const [first] = this.problems;
    const more = this.problemCount > 1 ? `; and ${this.problemCount - 1} more` : '';
    const { signature } = this.encoder;
    const expects = `the model expects ${signature.features.length} features: ${namesOf(signature)}`;
    const message = `feature ${JSON.stringify(first!.feature)} ${first!.problem}, expected ${first!.expected}${more}; ${expects}`;
    return new ServingError('invalid-input', 'FEATURES_INVALID', message, { problems: this.problems });
  }
}

// Data, and not a function for each column: of one function for all of them V8 makes one without calls.
function columnOf(feature: Feature): Column {
  const { name, type, categories, range } = feature;
  const hasPlain = !categories && (type === 'double' || type === 'integer');
  const { min, max } = range ?? { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
  return {
    feature,
    name,
    isWhole: type === 'integer',
    min: hasPlain ? min : Infinity,
    max: hasPlain ? max : -Infinity,
  };
}

// Every other value, a missing one and one outside the range among them, goes the long way through checkFeature.
function isPlain({ isWhole, min, max }: Column, value: unknown): boolean {
  return typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isSafeInteger(value));
}

function namesOf({ features }: Signature): string {
  return listed(features.map(({ name }) => name));
}

function listed(all: readonly string[]): string {
  return all.length <= MOST_NAMES ? all.join(', ') : `${all.slice(0, MOST_NAMES).join(', ')}, …`;
}
