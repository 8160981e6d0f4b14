import type { GraphBuilder, Value } from '../onnx-writer/index.js';
import { unsupported } from '../trees/index.js';

/** One column [N, 1] of a table: numbers as doubles, or texts. */
export interface Column {
  readonly value: Value;
  readonly type: 'double' | 'string';
  readonly name?: string;
}

/** What flows between the steps of a pipeline: a matrix of doubles [N, width], or columns some of which are texts. */
export class Table {
  private constructor(
    readonly width: number,
    readonly names: readonly string[] | undefined,
    private readonly whole: Value | undefined,
    private readonly parts: readonly Column[] | undefined,
    /** Whether scikit-learn holds it as a sparse matrix, in which a 0 is not there. */
    readonly isSparse = false,
  ) {}

  /** A matrix [N, width] of doubles. */
  static ofMatrix(matrix: Value, width: number, names?: readonly string[]): Table {
    return new Table(width, names, matrix, undefined);
  }

  static ofColumns(columns: readonly Column[]): Table {
    const names = columns.map(({ name }) => name ?? '');
    return new Table(columns.length, names.includes('') ? undefined : names, undefined, columns);
  }

  /** The same numbers, held as a sparse matrix or not. */
  held(isSparse: boolean): Table {
    return new Table(this.width, this.names, this.whole, this.parts, isSparse);
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

  /** Tables side by side; sparse where one of them is. */
  static join(g: GraphBuilder, tables: readonly Table[]): Table {
    if (tables.length === 1) return tables[0]!;
    if (tables.some(({ hasText }) => hasText)) return Table.ofColumns(tables.flatMap((table) => table.columns(g)));
    const matrix = g.concat(tables.map((table) => table.matrix(g)));
    const width = tables.reduce((sum, table) => sum + table.width, 0);
    return Table.ofMatrix(matrix, width).held(tables.some(({ isSparse }) => isSparse));
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
    if (this.parts) return Table.ofColumns(indices.map((index) => this.parts![index]!));
    const names = this.names && indices.map((index) => this.names![index]!);
    return Table.ofMatrix(g.gather(this.whole!, g.int64s(indices)), indices.length, names).held(this.isSparse);
  }
}
