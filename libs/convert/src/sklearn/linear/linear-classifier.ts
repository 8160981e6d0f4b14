import type { Label } from '@app/core';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { className, objectOf, optionalTextOf, textOf, type PyObject } from '../../pickle/index.js';
import { unreadable, unsupported } from '../../trees/index.js';
import type { ModelConverter, TableModel } from '../converter.js';
import { bothClasses, classesOf, factsOf, labelOfDecision } from '../estimator/index.js';
import { linear, linearTermsOf } from './linear-terms.js';
import { logisticLink, sigmoidShares } from './logistic-link.js';
import { oneVersusRest, type ProbabilityLink } from './probability-link.js';

/** Decision values x · coef_ + intercept_, and the class with the largest. */
export function convertLinearClassifier(object: PyObject): TableModel {
  return linearClassifier(object, { classes: classesOf(object) });
}

/** Ridge keeps its classes in the object that numbered them. */
export function convertRidgeClassifier(object: PyObject): TableModel {
  const binarizer = objectOf(object, '_label_binarizer');
  const type = optionalTextOf(binarizer, 'y_type_') ?? '';
  if (type.startsWith('multilabel')) unsupported(`${className(object)} with several labels a row`);
  return linearClassifier(object, { classes: classesOf(binarizer) });
}

/** Logistic regression, with the probabilities that its settings ask for. */
export function convertLogisticRegression(object: PyObject): TableModel {
  const classes = classesOf(object);
  return linearClassifier(object, { classes, link: logisticLink(object, classes.length) });
}

/** Linear discriminant analysis: always a softmax, or a sigmoid of two classes. */
export const convertLinearDiscriminantAnalysis: ModelConverter = (object) => {
  const classes = classesOf(object);
  const link: ProbabilityLink = classes.length === 2 ? twoClasses : (g, decision) => g.softmax(decision);
  return linearClassifier(object, { classes, link });
};

const twoClasses: ProbabilityLink = (g, decision) => bothClasses(g, g.sigmoid(decision));

const SGD_LINKS: ReadonlyMap<string, (object: PyObject) => ProbabilityLink> = new Map([
  ['log', sigmoidShares],
  ['log_loss', sigmoidShares],
  ['modified_huber', () => huberShares],
]);

const huberShares: ProbabilityLink = (g, decision, width) => oneVersusRest(g, huberShare(g, decision), width);

/** Stochastic gradient descent has probabilities for some losses. */
export function convertSgdClassifier(object: PyObject): TableModel {
  const link = SGD_LINKS.get(textOf(object, 'loss'))?.(object);
  return linearClassifier(object, { classes: classesOf(object), ...(link && { link }) });
}

function huberShare(g: GraphBuilder, decision: Value): Value {
  return g.div(g.add(g.clip(decision, -1, 1), 1), 2);
}

interface Classification {
  readonly classes: readonly Label[];
  readonly link?: ProbabilityLink;
}

function linearClassifier(object: PyObject, { classes, link }: Classification): TableModel {
  const terms = linearTermsOf(object);
  const { rows, columns } = terms.coefficients;
  if (rows !== (classes.length === 2 ? 1 : classes.length)) {
    unreadable(`${className(object)} has coefficients of ${rows} decisions for ${classes.length} classes`);
  }
  return {
    inputs: columns,
    ...factsOf(classes),
    apply: (g, x) => {
      const decision = linear(g, x, terms);
      const label = labelOfDecision(g, decision, rows);
      return { decision, label, ...(link && { probabilities: link(g, decision, rows) }) };
    },
  };
}
