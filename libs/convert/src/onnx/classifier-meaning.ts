import type { Label } from '@app/core';
import { MAX_CLASSES } from '../limits.js';
import { checkedClasses, tooManyClasses } from './classes.js';
import type { Meaning } from './meaning.js';
import { classesOf } from './metadata.js';
import type { OnnxModel } from './model.js';
import type { Labelled, TensorOutput } from './output-roles.js';
import { notSupported, quoted } from './refusals.js';
import { scoreKind, type ScoreKind } from './score-kind.js';

interface Classes {
  readonly classes: readonly Label[];
  readonly labelIsIndex: boolean;
  readonly warnings: readonly string[];
}

/** A classifier's classes, and whether its numbers are probabilities or decision values. */
export function classifierMeaning(model: OnnxModel, outputs: Labelled): Meaning {
  const { classes, labelIsIndex, warnings } = classesFor(model, outputs);
  checkedClasses(classes);
  const known = scoreKind(model.graph, outputs.score.name);
  if (known === 'svm decision' && classes.length === 2) throw reversed(outputs.score);
  const kind = known === 'svm decision' ? 'decision' : (known ?? kindByName(outputs.score));
  if (kind === 'probabilities') checkWidth(outputs.score, classes.length);
  return {
    task: classes.length === 2 ? 'binary' : 'multiclass',
    classes,
    outputs: { [kind]: outputs.score.name, label: outputs.label.name, labelIsIndex },
    warnings: [...warnings, ...(known ? [] : [guessed(outputs.score, kind)])],
  };
}

function classesFor(model: OnnxModel, outputs: Labelled): Classes {
  const own = ownClasses(outputs);
  const stated = classesOf(model.metadata);
  if (!stated) {
    if (!own) throw noClasses(outputs.label);
    return own;
  }
  if (!own) return statedClasses(stated, outputs.label);
  if (stated.join('\0') === own.classes.join('\0')) return { ...own, warnings: [] };
  if (isCount(own.classes) && own.classes.length === stated.length) return renamed(own, stated, outputs.label);
  return { ...own, warnings: [...own.warnings, 'metadata classes is ignored: it does not fit those in the graph'] };
}

/** The classes that the graph names, or counts; undefined where it does neither. */
function ownClasses({ origin, label, score }: Labelled): Classes | undefined {
  if (origin.kind === 'classes') return { classes: origin.classes, labelIsIndex: false, warnings: [] };
  if (label.isText || score.width === undefined) return undefined;
  const count = score.width === 1 ? 2 : score.width;
  if (count > MAX_CLASSES) throw tooManyClasses();
  const warning = `the graph does not name its classes: they are taken to be 0 to ${count - 1}`;
  const warnings = origin.kind === 'largest' ? [] : [warning];
  return { classes: Array.from({ length: count }, (_, i) => i), labelIsIndex: false, warnings };
}

/** Where the graph is known to answer 0, 1, …, the file says what these are called. */
function renamed(own: Classes, stated: readonly Label[], label: TensorOutput): Classes {
  const isKnown = own.warnings.length === 0;
  return isKnown ? { classes: stated, labelIsIndex: true, warnings: [] } : statedClasses(stated, label);
}

/** Where the graph tells nothing, a label that can be one of the stated classes is one. */
function statedClasses(classes: readonly Label[], label: TensorOutput): Classes {
  const canBeClass = label.isText || classes.every((value) => typeof value === 'number');
  return { classes, labelIsIndex: !canBeClass, warnings: [] };
}

function noClasses({ name }: TensorOutput): Error {
  const found = `the ONNX model's output ${quoted(name)} is a class, but the graph does not say which classes there are`;
  return notSupported(
    found,
    'add `classes` (a JSON array) to its metadata_props, or export it with ML operators that name them',
  );
}

function isCount(classes: readonly Label[]): boolean {
  return classes.every((value, i) => value === i);
}

function checkWidth({ name, width }: TensorOutput, classes: number): void {
  if (width === undefined || width === classes) return;
  const found = `the ONNX model's output ${quoted(name)} has ${width} columns for ${classes} classes`;
  throw notSupported(found, 'export one probability for each class');
}

// Measured with skl2onnx 1.20 and onnxruntime 1.30: column 0 is scikit-learn's value, where LinearClassifier has it in
// column 1 (onnx/sklearn-onnx#990). A score of the wrong sign must not be served.
function reversed({ name }: TensorOutput): Error {
  const found = `the ONNX model's output ${quoted(name)} holds the decision values of a two-class SVM, whose sign is reversed in ONNX`;
  return notSupported(found, 'train it with probabilities (scikit-learn: SVC(probability=True)) and export it again');
}

function kindByName({ name, width }: TensorOutput): Exclude<ScoreKind, 'svm decision'> {
  return /score|decision|margin|logit/i.test(name) || width === 1 ? 'decision' : 'probabilities';
}

function guessed({ name }: TensorOutput, kind: ScoreKind): string {
  return `output ${quoted(name)} is taken to hold ${kind === 'decision' ? 'decision values' : 'probabilities'}: the graph does not tell`;
}
