import type { Task } from '@app/core';
import { classifierMeaning } from './classifier-meaning.js';
import { labelOrigin, type LabelOrigin } from './label-origin.js';
import type { Meaning, ZippedClasses } from './meaning.js';
import type { OnnxModel } from './model.js';
import { outputRoles, unclear, type Labelled, type OutputRoles, type TensorOutput } from './output-roles.js';
import { quoted } from './refusals.js';

const MAX_WARNINGS = 20;

/** Reads the outputs of other projects' exporters, mainly skl2onnx and onnxmltools, by type, name and origin. */
export function foreignMeaning(model: OnnxModel, zipped: ZippedClasses): Meaning {
  const { score, label, left } = outputRoles(model);
  const meaning = label
    ? labelled(model, { score, label, origin: originOf(model, zipped, { score, label }) })
    : scoreOnly(model, score);
  const leftOut = left.slice(0, MAX_WARNINGS);
  const warnings = leftOut.map((name) => `output ${quoted(name)} is not part of the answer`);
  return { ...meaning, warnings: [...meaning.warnings, ...warnings] };
}

function scoreOnly({ metadata }: OnnxModel, score: TensorOutput): Meaning {
  const stated = metadata.get('task');
  const task: Task = stated === 'transform' ? stated : 'regression';
  const warnings =
    stated === undefined || stated === task
      ? []
      : [`metadata task ${quoted(stated)} is ignored: the model has no label output`];
  return { task, outputs: { score: score.name, labelIsIndex: false }, warnings };
}

function labelled(model: OnnxModel, outputs: Labelled): Meaning {
  const task = taskOf(model, outputs);
  if (task === 'outlier') return outlier(outputs);
  if (task === 'clustering') return { task, outputs: { label: outputs.label.name, labelIsIndex: false }, warnings: [] };
  return classifierMeaning(model, outputs);
}

function originOf(
  { graph }: OnnxModel,
  zipped: ZippedClasses,
  { score, label }: Required<Omit<OutputRoles, 'left'>>,
): LabelOrigin {
  const classes = zipped.get(score.name);
  return classes ? { kind: 'classes', classes } : labelOrigin(graph, label.name);
}

type LabelledTask = 'classifier' | 'outlier' | 'clustering';

function taskOf(model: OnnxModel, outputs: Labelled): LabelledTask {
  const stated = model.metadata.get('task');
  if (stated === 'outlier' || stated === 'clustering') return stated;
  const isStatedClassifier = stated === 'binary' || stated === 'multiclass' || model.metadata.has('classes');
  if (isStatedClassifier || outputs.origin.kind === 'classes' || outputs.label.isText) return 'classifier';
  return unstatedTask(model, outputs);
}

function unstatedTask(model: OnnxModel, { score, origin }: Labelled): LabelledTask {
  if (origin.kind === 'smallest') return 'clustering';
  const isNamedScore = /^(scores?|score_samples|anomaly_scores?)$/i.test(score.name);
  if (isNamedScore && score.width !== undefined && score.width > 1) return 'clustering';
  if (isNamedScore) return 'outlier';
  if (origin.kind === 'largest' || /prob/i.test(score.name)) return 'classifier';
  throw unclear(model);
}

function outlier({ score, label }: Labelled): Meaning {
  const outputs = { score: score.name, label: label.name, labelIsIndex: false };
  const isSamples = /^score_samples$/i.test(score.name);
  const shifted = `score is the model's output ${quoted(score.name)}: skl2onnx puts decision_function there, which is score_samples less the model's offset`;
  return { task: 'outlier', outputs, warnings: isSamples ? [] : [shifted] };
}
