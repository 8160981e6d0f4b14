import type { Label, OutputTensors, Task } from '@app/core';

/** What a graph's outputs say, in the words of a signature. */
export interface Meaning {
  readonly task: Task;
  readonly classes?: readonly Label[];
  readonly outputs: OutputTensors;
  readonly warnings: readonly string[];
}

/** The classes of outputs that were lists of maps, by the output's name. */
export type ZippedClasses = ReadonlyMap<string, readonly Label[]>;
