/** A tensor that flows through a graph: only the graph that made it can use it. */
export class Value {
  constructor(
    readonly graph: object,
    readonly name: string,
  ) {}
}

/** What an arithmetic operator takes: a value, a double for all elements, or doubles [K], one a column. */
export type Operand = Value | number | Float64Array;
