import type { Label } from '@app/core';
import { MAX_CLASSES, MAX_NAME_LENGTH } from '../limits.js';
import { notSupported, tooComplex } from './refusals.js';

/** The classes of a classifier as they are, or a refusal: there must be two or more, all different. */
export function checkedClasses(classes: readonly Label[]): readonly Label[] {
  if (classes.length > MAX_CLASSES) throw tooManyClasses();
  if (classes.length < 2)
    throw notSupported('the ONNX model is a classifier with fewer than two classes', 'train it on two or more');
  if (classes.some((name) => String(name).length > MAX_NAME_LENGTH))
    throw tooComplex(`it has a class whose name is longer than ${MAX_NAME_LENGTH} characters`);
  // Answers name probabilities by class: 1 and "1" would be one name.
  const names = new Set(classes.map(String));
  if (names.size < classes.length)
    throw notSupported("the ONNX model's classes are not all different", 'export it again');
  return classes;
}

/** A refusal for more classes than the limit. */
export function tooManyClasses(): Error {
  return tooComplex(`it has more than ${MAX_CLASSES} classes`);
}
