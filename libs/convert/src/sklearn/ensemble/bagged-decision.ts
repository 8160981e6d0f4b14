import type { ModelOutputs } from '../../fitted-model.js';
import type { GraphBuilder, Value } from '../../onnx-writer/index.js';

/** The mean of the parts' decision values, which bagging has where all parts do and know all classes. */
export function meanDecision(
  g: GraphBuilder,
  parts: readonly ModelOutputs[],
  knowAllClasses: boolean,
): Value | undefined {
  const decisions = parts.flatMap(({ decision }) => (decision ? [decision] : []));
  if (!knowAllClasses || decisions.length !== parts.length) return undefined;
  return g.div(
    decisions.reduce((sum, decision) => g.add(sum, decision)),
    decisions.length,
  );
}
