import type { KeptPredictions } from './prediction-request.js';

/**
 * The JSON of one row of a prediction (PredictResponseDto): what JSON.stringify would make of it, put together from its
 * parts, as that takes less time than making an object of them first.
 */
export function predictionText({ predictions, version, ids, warnings }: KeptPredictions, row: number): string {
  const { score, label, probabilities, decision } = predictions[row]!;
  // Also of a number: `${score}` would look it up among the numbers that were written last, which takes longer than writing it.
  let text = `{"score":${JSON.stringify(score)},"model_version":${version}`;
  if (ids) text += `,"id":"${ids.at(row)}"`;
  if (label !== undefined) text += `,"label":${JSON.stringify(label)}`;
  if (probabilities) text += `,"probabilities":${JSON.stringify(probabilities)}`;
  if (decision) text += `,"decision":${JSON.stringify(decision)}`;
  const warned = warnings.size > 0 && warnings.get(row);
  return warned ? `${text},"warnings":${JSON.stringify(warned)}}` : `${text}}`;
}
