import type { ModelConverter } from '../converter.js';
import { vectorOf } from '../fitted-numbers.js';
import { machineOf } from './machine.js';

/** Inliers are on the positive side of the decision. */
export const oneClassMachine: ModelConverter = (object) => {
  const machine = machineOf(object);
  const [offset] = vectorOf(object, 'offset_', 1);
  return {
    inputs: machine.inputs,
    task: 'outlier',
    targets: 1,
    apply: (g, x) => {
      const decision = machine.decision(g, x);
      const isInlier = g.squeeze(g.greater(decision, 0), 1);
      const label = g.where(isInlier, g.int64s([1]), g.int64s([-1]));
      return { score: g.add(decision, offset), decision, label };
    },
  };
};
