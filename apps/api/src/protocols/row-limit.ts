import { ServingError } from '@app/core';

/** Refuses more rows than a request may have. */
export function checkRowCount(count: number, maxRows: number): void {
  if (count <= maxRows) return;
  throw new ServingError('too-large', 'TOO_MANY_ROWS', `${count} rows are more than ${maxRows} (MAX_ROWS); send fewer`);
}
