import type { ModelConverter } from '../converter.js';
import { machineOf } from './machine.js';

/** SVR and NuSVR. */
export const supportVectorRegressor: ModelConverter = (object) => {
  const machine = machineOf(object);
  return {
    inputs: machine.inputs,
    task: 'regression',
    targets: 1,
    apply: (g, x) => ({ score: machine.decision(g, x) }),
  };
};
