import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, PyObject, walk, type PyValue } from '../../pickle/index.js';
import { unsupported } from '../../trees/index.js';
import { isOlderThan } from '../library-version.js';

/** What a classifier says of each class, or of the second of two: decision values where it has them. */
export interface Response {
  /** [N, classes]; of two classes [N, 1], that of the second. */
  readonly values: Value;
  readonly isDecision: boolean;
}

/** In the order in which scikit-learn asks: decision_function, then predict_proba. */
export function responseOf(g: GraphBuilder, { decision, probabilities }: ModelOutputs, classes: number): Response {
  if (decision) return { values: decision, isDecision: true };
  if (!probabilities) return unsupported('a classifier inside another that gives neither decision nor probabilities');
  return { values: classes === 2 ? g.gather(probabilities, [1]) : probabilities, isDecision: false };
}

const MAX_DEPTH = 200;

/** Refuses parts of which the file does not tell which response their library would give. */
export function checkResponses(owner: PyObject, part: PyValue): void {
  walk(part, MAX_DEPTH, (value) => {
    if (!(value instanceof PyObject)) return;
    // LightGBM 4.7 gained a decision_function; the file does not say which version will predict.
    const isLightgbm = className(value) === 'lightgbm.sklearn.LGBMClassifier';
    if (isLightgbm && !isOlderThan(owner, '1.6')) unsupported(`LGBMClassifier inside ${className(owner)}`);
    const isPairwise = value.get('decision_function_shape') === 'ovo';
    if (isPairwise) unsupported(`${className(value)} with decisions of pairs inside ${className(owner)}`);
  });
}
