import type { Label, Task } from '@app/core';
import { attribute, className, itemsOf, labelsOf, NdArray, type PyObject } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';

/** What a classifier tells of its classes. */
export interface ClassFacts {
  readonly task: Task;
  readonly classes: readonly Label[];
}

/** The classes of a fitted classifier; refuses several targets at once, and one class alone. */
export function classesOf(object: PyObject, name = 'classes_'): readonly Label[] {
  const value = attribute(object, name);
  const isNested = itemsOf(value).some((item) => item instanceof NdArray);
  if (isNested) unsupported(`${className(object)} with several targets`, 'Train one classifier for each target');
  const classes = labelsOf(value);
  return classes.length > 1 ? classes : unsupported(`${className(object)} that knows one class only`);
}

/** The classes and the task that follows from their number. */
export function classFactsOf(object: PyObject): ClassFacts {
  return factsOf(classesOf(object));
}

/** The task that follows from the number of classes. */
export function factsOf(classes: readonly Label[]): ClassFacts {
  return { task: classes.length === 2 ? 'binary' : 'multiclass', classes };
}
