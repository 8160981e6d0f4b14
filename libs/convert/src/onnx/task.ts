import type { Task } from '@app/core';

const tasks: ReadonlySet<string> = new Set<Task>([
  'regression',
  'binary',
  'multiclass',
  'outlier',
  'clustering',
  'transform',
]);

/** Whether a text from a file is one of the tasks. */
export function isTask(text: string | undefined): text is Task {
  return text !== undefined && tasks.has(text);
}
