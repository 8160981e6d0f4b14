import { unreadable, unsupported } from '../../trees/index.js';
import { applyToTable } from '../apply-to-table.js';
import type { ModelConverter } from '../converter.js';
import { aboveBound, classFactsOf, combinedModel, labelOf, modelsOf, objectsOf } from '../estimator/index.js';
import { isOlderThan } from '../library-version.js';
import { decisionOfPairs, pairsOf, votesOf } from '../svm/index.js';
import { checkResponses, responseOf } from './response-values.js';

/** One classifier for each pair of classes, which vote. */
export const oneVsOne: ModelConverter = (object, context) => {
  const facts = classFactsOf(object);
  const count = facts.classes.length;
  objectsOf(object, 'estimators_').forEach((part) => checkResponses(object, part));
  const models = modelsOf(object, 'estimators_', context);
  if (models.length !== pairsOf(count).length) unreadable('one-vs-one of other classes');
  if ((object.get('pairwise_indices_') ?? null) !== null) unsupported('one-vs-one of a precomputed kernel');
  if (models.some(({ classes }) => classes?.length !== 2)) unsupported('one-vs-one of anything but classifiers');
  // Until 1.0 the bound between two classes was 0 also for probabilities.
  const isOld = isOlderThan(object, '1.1');
  return combinedModel(object, models, {
    ...facts,
    outputs: (g, table) => {
      const outputs = models.map((model) => applyToTable(g, model, table));
      const responses = outputs.map((each) => responseOf(g, each, 2));
      const isSecond = g.concat(outputs.map((each) => g.unsqueeze(g.cast(labelOf(each), 'double'), 1)));
      const confidence = g.concat(responses.map(({ values }) => values));
      const decision = decisionOfPairs(g, votesOf(g, isSecond, count), confidence, count);
      if (count > 2) return { decision, label: g.argMax(decision) };
      const second = g.gather(decision, [1]);
      return { decision: second, label: aboveBound(g, second, responses[0].isDecision || isOld ? 0 : 0.5) };
    },
  });
};
