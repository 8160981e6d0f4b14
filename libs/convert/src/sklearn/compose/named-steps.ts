import { itemsOf, className, listOf, type PyObject, type PyValue } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';

/** The members of a list of tuples (name, estimator, …), each with `length` items. */
export function tuplesOf(object: PyObject, attribute: string, length: number): readonly (readonly PyValue[])[] {
  return listOf(object, attribute).map((tuple) => {
    const items = itemsOf(tuple);
    return items.length === length ? items : unreadable(`${attribute} of ${className(object)} has a broken entry`);
  });
}

/** The steps of a pipeline. */
export function stepsOf(pipeline: PyObject): readonly PyValue[] {
  const steps = tuplesOf(pipeline, 'steps', 2).map(([, step]) => step);
  return steps.length > 0 ? steps : unreadable('a Pipeline without steps');
}
