import type { Converted } from '../converted.js';
import { libraryVersion, PyDict, PyObject, className, type PyValue } from '../pickle/index.js';
import { unsupported } from '../trees/index.js';
import { isDescribed } from './apply-to-table.js';
import { isPassthrough } from './compose/passthrough.js';
import { Conversion } from './context.js';
import type { TableModel } from './converter.js';
import { convertDictForm, dictForm, type DictForm } from './dict-form.js';
import { featureNames } from './feature-names.js';
import { checkVersion } from './library-version.js';
import { rootModel } from './root-model.js';
import { selfCheckOf } from './self-check.js';
import { signatureOf } from './signature-of.js';
import { writeModel } from './write-model.js';

/** Turns what a pickle holds into ONNX and a signature: a fitted estimator, or the dict {x_scaler, model, y_scaler}. */
export function convertEstimator(root: PyValue): Omit<Converted, 'understood'> {
  if (root instanceof PyDict) return convertDict(root);
  if (!(root instanceof PyObject)) return notAModel(root);
  const conversion = conversionFor([root]);
  return convertModel(rootModel(root, conversion), conversion.warnings, featureNames(root));
}

function convertDict(root: PyDict): Omit<Converted, 'understood'> {
  const parts = dictForm(root);
  const conversion = conversionFor(Object.values(parts));
  const model = convertDictForm(parts, conversion);
  return convertModel(model, conversion.warnings, namesOfDict(parts, conversion));
}

/** The names that the model was trained with are those of the columns before a scaler that keeps each in its place. */
function namesOfDict({ x_scaler: scaler, model }: DictForm, conversion: Conversion): readonly string[] | undefined {
  const keepsPlaces = () => isPassthrough(scaler) || conversion.transformer(scaler).onRows !== undefined;
  return featureNames(scaler) ?? (keepsPlaces() ? featureNames(model) : undefined);
}

/** Refuses library versions that are too old before anything is converted. */
function conversionFor(estimators: readonly PyValue[]): Conversion {
  const versions = estimators.map((each) => (each instanceof PyObject ? libraryVersion(each) : undefined));
  const conversion = new Conversion(versions.find((version) => version !== undefined));
  for (const warning of versions.map(checkVersion)) if (warning !== undefined) conversion.warn(warning);
  return conversion;
}

/** Turns a model that is data already into ONNX and a signature, with the names that the file stores of its columns. */
export function convertModel(
  model: TableModel,
  warnings: readonly string[] = [],
  names?: readonly string[],
): Omit<Converted, 'understood'> {
  const { signature, namesFrom } = signatureOf(model, names);
  const check = selfCheckOf(model);
  const ownWarnings = isDescribed(model) ? model.warnings : [];
  return {
    ...writeModel(model, signature.features),
    signature,
    namesFrom,
    warnings: [...new Set([...warnings, ...ownWarnings])],
    ...(check && { check }),
  };
}

function notAModel(root: PyValue): never {
  return unsupported(`the file holds ${className(root)}, which is no model`, 'Save the fitted estimator itself');
}
