import type { Label } from '@app/core';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { attribute, className, type PyObject } from '../../pickle/index.js';
import { unreadable } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ConversionContext, ModelConverter, TableModel } from '../converter.js';
import { classFactsOf, combinedModel, objectsOf, placesOfClasses } from '../estimator/index.js';
import type { Table } from '../table.js';
import { calibrated, calibrationCurve, isTemperature } from './calibration.js';
import { checkResponses, responseOf, type Response } from './response-values.js';
import { temperatureScaling } from './temperature.js';

/** A classifier and what makes probabilities of its responses. */
interface Part {
  readonly model: TableModel;
  probabilities(g: GraphBuilder, table: Table): Value;
}

/** The mean of what calibrated classifiers say. */
export const calibratedClassifier: ModelConverter = (object, context) => {
  const facts = classFactsOf(object);
  const parts = objectsOf(object, 'calibrated_classifiers_').map((part) => {
    checkResponses(object, attribute(part, estimatorName(part)));
    return partOf(part, facts.classes, context);
  });
  const models = parts.map(({ model }) => model);
  return combinedModel(object, models, {
    ...facts,
    outputs: (g, table) => {
      const sum = parts.map((part) => part.probabilities(g, table)).reduce((total, each) => g.add(total, each));
      const probabilities = g.div(sum, parts.length);
      return { probabilities, label: g.argMax(probabilities) };
    },
  });
};

/** `base_estimator` until 1.1. */
function estimatorName(part: PyObject): string {
  return part.get('estimator') === undefined ? 'base_estimator' : 'estimator';
}

function partOf(part: PyObject, classes: readonly Label[], context: ConversionContext): Part {
  const model = context.model(attribute(part, estimatorName(part)));
  const toProbabilities = calibrationOf(part, model, classes);
  const known = model.classes?.length ?? 0;
  return {
    model,
    probabilities: (g, table) => toProbabilities(g, responseOf(g, applyToTable(g, model, table), known)),
  };
}

type Calibration = (g: GraphBuilder, response: Response) => Value;

function calibrationOf(part: PyObject, model: TableModel, classes: readonly Label[]): Calibration {
  const calibrators = objectsOf(part, 'calibrators');
  if (isTemperature(part)) return temperatureOf(calibrators, model, classes);
  const places = placesOfClasses(model, classes);
  const expected = classes.length === 2 ? 1 : places.length;
  if (calibrators.length !== expected || places.length < 2) unreadable(`${className(part)} does not fit`);
  if (classes.length > 2 && places.length === 2) unreadable(`${className(part)} of two classes among more`);
  const curves = calibrators.map(calibrationCurve);
  return (g, { values }) => calibrated(g, values, { curves, places, classes: classes.length });
}

/** One factor for all classes, of a classifier that was trained on their numbers. */
function temperatureOf(calibrators: readonly PyObject[], model: TableModel, classes: readonly Label[]): Calibration {
  if (model.classes?.length !== classes.length) unreadable('a temperature for other classes');
  const scale = temperatureScaling(calibrators[0]);
  return (g, response) => scale(g, response, classes.length);
}
