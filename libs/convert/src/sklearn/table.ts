import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { unsupported } from '../trees/index.js';

/** One column [N, 1] of a table: numbers as doubles, or texts. */
export interface Column {
  readonly value: Value;
  readonly type: 'double' | 'string';
  readonly name?: string;
}

interface Holding {
  readonly isSparse?: boolean;
  readonly isUnchecked?: boolean;
}

/** What flows between the steps of a pipeline: a matrix of doubles [N, width], or columns some of which are texts. */
export class Table {
  private constructor(
    readonly width: number,
    readonly names: readonly string[] | undefined,
    private readonly whole: Value | undefined,
    private readonly parts: readonly Column[] | undefined,
    private readonly holding: Holding = {},
  ) {}

  /** A matrix [N, width] of doubles. */
  static ofMatrix(matrix: Value, width: number, names?: readonly string[]): Table {
    return new Table(width, names, matrix, undefined);
  }

  static ofColumns(columns: readonly Column[]): Table {
    const names = columns.map(({ name }) => name ?? '');
    return new Table(columns.length, names.includes('') ? undefined : names, undefined, columns);
  }

  /** Whether scikit-learn holds it as a sparse matrix, in which a 0 is not there. */
  get isSparse(): boolean {
    return this.holding.isSparse ?? false;
  }

  /** Whether a step may have made NaN or infinity in it that no step has looked for since. */
  get isUnchecked(): boolean {
    return this.holding.isUnchecked ?? false;
  }

  /** The same numbers, held as a sparse matrix or not. */
  held(isSparse: boolean): Table {
    return this.#with({ isSparse });
  }

  /** The same numbers, which may be NaN or infinite or not. */
  unchecked(isUnchecked: boolean): Table {
    return this.#with({ isUnchecked });
  }

  /** The same numbers, held as those of another table that they were made from. */
  heldAs({ holding }: Table): Table {
    return this.#with(holding);
  }

  #with(holding: Holding): Table {
    return new Table(this.width, this.names, this.whole, this.parts, { ...this.holding, ...holding });
  }

  /** Whether it came as named columns, not as a matrix. */
  get isOfColumns(): boolean {
    return this.parts !== undefined;
  }

  get hasText(): boolean {
    return this.parts?.some(({ type }) => type === 'string') ?? false;
  }

  /** All of it as doubles [N, width]; refuses where a column is text. */
  matrix(g: GraphBuilder): Value {
    if (this.whole) return this.whole;
    if (this.hasText) unsupported('a step that computes with numbers is given a column of texts', 'Encode texts first');
    const values = this.parts!.map(({ value }) => value);
    return values.length === 1 ? values[0]! : g.concat(values);
  }

  /** All columns of numbers, together where none is text. */
  numbers(g: GraphBuilder): readonly Value[] {
    if (!this.hasText) return [this.matrix(g)];
    return this.parts!.filter(({ type }) => type === 'double').map(({ value }) => value);
  }

  /** Tables side by side; sparse where one of them is, and unchecked. */
  static join(g: GraphBuilder, tables: readonly Table[]): Table {
    if (tables.length === 1) return tables[0]!;
    const isUnchecked = tables.some((table) => table.isUnchecked);
    if (tables.some(({ hasText }) => hasText))
      return Table.ofColumns(tables.flatMap((table) => table.columns(g))).unchecked(isUnchecked);
    const matrix = g.concat(tables.map((table) => table.matrix(g)));
    const width = tables.reduce((sum, table) => sum + table.width, 0);
    const joined = Table.ofMatrix(matrix, width).unchecked(isUnchecked);
    return joined.held(tables.some(({ isSparse }) => isSparse));
  }

  /** All columns, one by one. */
  columns(g: GraphBuilder): Column[] {
    return Array.from({ length: this.width }, (_, index) => this.column(g, index));
  }

  /** One column [N, 1]. */
  column(g: GraphBuilder, index: number): Column {
    if (this.parts) return this.parts[index]!;
    const value = g.gather(this.whole!, g.int64s([index]));
    return { value, type: 'double', ...(this.names && { name: this.names[index]! }) };
  }

  /** Some of the columns, in the order of `indices`. */
  select(g: GraphBuilder, indices: readonly number[]): Table {
    if (this.parts) return Table.ofColumns(indices.map((index) => this.parts![index]!)).unchecked(this.isUnchecked);
    const names = this.names && indices.map((index) => this.names![index]!);
    return Table.ofMatrix(g.gather(this.whole!, g.int64s(indices)), indices.length, names).heldAs(this);
  }
}
