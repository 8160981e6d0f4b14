import type { OutputTensors, Task } from '@app/core';
import { checkedClasses } from './classes.js';
import type { Meaning } from './meaning.js';
import { classesOf } from './metadata.js';
import type { OnnxModel } from './model.js';
import { notSupported, quoted } from './refusals.js';
import { isTask } from './task.js';

/** The producer's name in a file that this project's own converters wrote. */
export const OWN_PRODUCER = 'scorekeeper';

type Role = 'score' | 'probabilities' | 'decision' | 'label';

const roles: readonly Role[] = ['score', 'probabilities', 'decision', 'label'];

/** Every group of outputs of which one must be there, by task. */
const needed: Readonly<Record<Task, readonly (readonly Role[])[]>> = {
  regression: [['score']],
  transform: [['score']],
  binary: [['label'], ['probabilities', 'decision']],
  multiclass: [['label'], ['probabilities', 'decision']],
  outlier: [['score'], ['label']],
  clustering: [['label']],
};

/** Our own files name their outputs by the part they play, and their task and classes in the metadata. */
export function ownMeaning(model: OnnxModel): Meaning {
  const task = model.metadata.get('task');
  if (!isTask(task)) throw inconsistent(`its metadata has ${task ? `the unknown task ${quoted(task)}` : 'no task'}`);
  const names = new Set(model.graph.outputs.map(({ name }) => name));
  const missing = needed[task].find((group) => !group.some((role) => names.has(role)));
  if (missing) throw inconsistent(`its task is ${task}, but it has no output ${missing.join(' or ')}`);
  const isClassifier = task === 'binary' || task === 'multiclass';
  const outputs = { ...presentRoles(names), labelIsIndex: isClassifier };
  return { task, outputs, warnings: [], ...(isClassifier && { classes: ownClasses(model, task) }) };
}

function presentRoles(names: ReadonlySet<string>): Omit<OutputTensors, 'labelIsIndex'> {
  return Object.fromEntries(roles.filter((role) => names.has(role)).map((role) => [role, role]));
}

function ownClasses({ metadata }: OnnxModel, task: Task) {
  const classes = classesOf(metadata);
  if (!classes) throw inconsistent('its metadata has no list of classes');
  if ((classes.length === 2) !== (task === 'binary'))
    throw inconsistent(`its task is ${task}, but it has ${classes.length} classes`);
  return checkedClasses(classes);
}

function inconsistent(why: string): Error {
  return notSupported(
    `the ONNX model says that ${OWN_PRODUCER} wrote it, but ${why}`,
    'upload the file as it was written',
  );
}
