import type { Converted, Understood } from './converted.js';
import {
  className,
  libraryVersion,
  PyDict,
  PyObject,
  readPickle,
  type PickledFile,
  type PyValue,
} from './pickle/index.js';
import { convertEstimator, dictForm } from './sklearn/index.js';

/** Converts a pickle or joblib file; nothing in it is executed. */
export function convertPickle(bytes: Uint8Array): Converted {
  const file = readPickle(bytes);
  return { ...convertEstimator(file.root), understood: understoodOf(file) };
}

function understoodOf({ root, container }: PickledFile): Understood {
  if (!(root instanceof PyDict)) return { format: container, ...facts(root) };
  const parts = dictForm(root);
  const details = { x_scaler: className(parts.x_scaler), y_scaler: className(parts.y_scaler) };
  return { format: container, ...facts(parts.model), details };
}

function facts(estimator: PyValue): Pick<Understood, 'class' | 'library' | 'libraryVersion'> {
  const name = className(estimator);
  const version = estimator instanceof PyObject ? libraryVersion(estimator) : undefined;
  return { class: name, library: libraryOf(name), ...(version !== undefined && { libraryVersion: version }) };
}

function libraryOf(name: string): string {
  const [module] = name.split('.');
  return module === 'sklearn' ? 'scikit-learn' : module;
}
