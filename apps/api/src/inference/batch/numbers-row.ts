import { type NamedFeatures, namedNumbers, type RowsInProgress } from '@app/core';
import type { BatchRow } from './batch-row.js';

/** A row of named numbers that lie in an array of many rows. */
export class NumbersRow implements BatchRow {
  constructor(
    readonly line: number,
    private readonly keys: readonly string[],
    private readonly numbers: Float64Array,
    private readonly from: number,
  ) {}

  features(): NamedFeatures {
    return namedNumbers(this.keys, this.numbers, this.from);
  }

  addTo(rows: RowsInProgress): void {
    rows.addNumbers(this.keys, this.numbers, this.from);
  }
}
