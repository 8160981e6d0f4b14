import type { GraphBuilder, Value } from '../../onnx-writer/index.js';
import { optionalBooleanOf, type PyObject } from '../../pickle/index.js';
import type { Transformer } from '../converter.js';
import { matrixOf, vectorOf } from '../fitted-numbers.js';
import { project } from '../linear/linear-terms.js';
import { matrixTransformer } from '../preprocessing/matrix-transformer.js';

/** The coordinates of (x - mean_) along the components, of equal variance where `whiten` is set. */
export function convertPca(object: PyObject): Transformer {
  const components = matrixOf(object, 'components_');
  const mean = vectorOf(object, 'mean_', components.columns);
  const scale = optionalBooleanOf(object, 'whiten') ? scaleOf(object, components.rows) : undefined;
  const apply = (g: GraphBuilder, x: Value) => {
    const projected = project(g, g.sub(x, mean), components);
    return scale ? g.div(projected, scale) : projected;
  };
  return matrixTransformer({
    inputs: components.columns,
    outputs: components.rows,
    missing: 'refused',
    isSparse: false,
    apply,
  });
}

// 1.5 bounds the scale so that components without variance do not divide by 0.
function scaleOf(object: PyObject, count: number): Float64Array {
  return vectorOf(object, 'explained_variance_', count).map((variance) =>
    Math.max(Math.sqrt(variance), Number.EPSILON),
  );
}

/** The coordinates of x along the components. */
export function convertTruncatedSvd(object: PyObject): Transformer {
  const components = matrixOf(object, 'components_');
  return matrixTransformer({
    inputs: components.columns,
    outputs: components.rows,
    missing: 'refused',
    isSparse: false,
    apply: (g, x) => project(g, x, components),
  });
}
