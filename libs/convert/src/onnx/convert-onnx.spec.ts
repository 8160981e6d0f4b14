import type { Converted } from '../converted.js';
import { fixture } from '../../fixtures/fixtures.js';
import { buildModel, message, text, type Built } from '../../fixtures/build-model.js';
import { convertOnnx } from './convert-onnx.js';
import { wholeNumber } from './rewrite-fields.js';

const read = (name: string): Converted => convertOnnx(fixture(name));
const built = (model: Built): Converted => convertOnnx(buildModel(model));
const names = ({ signature }: Converted) => signature.features.map(({ name }) => name);

describe('the features of an .onnx file', () => {
  it('are made up where one tensor takes them all', () => {
    const { signature, wiring, namesFrom } = read('linear-regression');
    const double = { type: 'double', nullable: false };
    expect(signature.features).toEqual(['x0', 'x1', 'x2', 'x3'].map((name) => ({ name, ...double })));
    expect(wiring.inputs).toEqual([{ name: 'X', type: 'float32', rank: 2, features: [0, 1, 2, 3] }]);
    expect(namesFrom).toBe('made-up');
  });

  it('have the names of the inputs where each has its own, with units and descriptions from the metadata', () => {
    const { signature, wiring, namesFrom } = read('named-inputs');
    expect(signature.features).toEqual([
      { name: 'hour', type: 'integer', description: 'Hour of departure', nullable: false },
      { name: 'distance', type: 'double', unit: 'miles', nullable: false },
    ]);
    expect(signature.output).toEqual({ name: 'score', unit: 'minutes', description: 'Delay on arrival' });
    expect(wiring.inputs.map(({ features }) => features)).toEqual([[0], [1]]);
    expect(namesFrom).toBe('file');
  });

  it('are texts where the input holds strings', () => {
    expect(read('one-hot').signature.features).toEqual([{ name: 'carrier', type: 'string', nullable: false }]);
  });

  it('are numbered in each of several tables', () => {
    const converted = read('two-tables');
    expect(names(converted)).toEqual(['a_0', 'a_1', 'b_0', 'b_1', 'b_2']);
    expect(converted.wiring.inputs.map(({ features }) => features)).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    expect(converted.namesFrom).toBe('made-up');
  });

  it('come from metadata feature_names, which also tell a free width', () => {
    const converted = read('free-width-named');
    expect(names(converted)).toEqual(['a', 'b', 'c']);
    expect(converted.namesFrom).toBe('file');
    expect(names(built({ metadata: { feature_names: 'distance, hour' } }))).toEqual(['distance', 'hour']);
  });

  it.each(['["a"]', '[1, 2]', '{"a": 1}'])(
    'are made up, with a warning, where feature_names is %s',
    (feature_names) => {
      const converted = built({ metadata: { feature_names } });
      expect(names(converted)).toEqual(['x0', 'x1']);
      expect(converted.warnings.join()).toContain('feature_names is ignored');
    },
  );

  it('take an input of rank 1 as one column', () => {
    const { signature, wiring } = built({ inputs: [{ name: 'b', elementType: 9, shape: [null] }] });
    expect(signature.features).toEqual([{ name: 'b', type: 'boolean', nullable: false }]);
    expect(wiring.inputs[0]).toMatchObject({ type: 'bool', rank: 1 });
  });

  it('leave out constants that are listed among the inputs', () => {
    const inputs = [
      { name: 'x', shape: [null, 2] },
      { name: 'weights', shape: [2, 1] },
    ];
    const { wiring } = built({ inputs, graphFields: [message(5, text(8, 'weights'))] });
    expect(wiring.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('take a first dimension of -1, as some exporters write it, for a free one', () => {
    const minusOne = Uint8Array.of(8, ...Array<number>(9).fill(0xff), 1);
    const shape = message(2, message(1, minusOne), message(1, wholeNumber(1, 2)));
    const input = message(11, text(1, 'x'), message(2, message(1, wholeNumber(1, 11), shape)));
    expect(names(built({ inputs: [], graphFields: [input] }))).toEqual(['x0', 'x1']);
  });
});

describe('the answer of an .onnx file', () => {
  it('is a score for one float output', () => {
    const { signature, wiring } = read('linear-regression');
    expect(signature).toMatchObject({ task: 'regression', output: { name: 'score' } });
    expect(wiring.outputs).toEqual({ score: 'variable', labelIsIndex: false });
    expect(read('two-targets').signature.task).toBe('regression');
  });

  it.each(['logistic', 'lightgbm'])('is a class with probabilities: %s', (name) => {
    const { signature, wiring } = read(name);
    expect(signature).toMatchObject({ task: 'binary', classes: [0, 1] });
    expect(wiring.outputs).toEqual({ label: 'label', probabilities: 'probabilities', labelIsIndex: false });
  });

  it('names text classes in the order of their probabilities', () => {
    expect(read('forest').signature).toMatchObject({ task: 'multiclass', classes: ['high', 'low', 'middle'] });
  });

  it.each([
    ['logistic-zipmap', 'output_label', [0, 1]],
    ['forest-zipmap', 'output_label', ['high', 'low', 'middle']],
    ['lightgbm-zipmap', 'label', [0, 1]],
  ])('is the same where the file ends in a ZipMap: %s', (name, label, classes) => {
    const { signature, wiring, onnx } = read(name);
    expect(signature.classes).toEqual(classes);
    expect(wiring.outputs).toMatchObject({ label, probabilities: expect.any(String) });
    expect(Buffer.from(onnx).includes('ZipMap')).toBe(false);
  });

  it.each([
    ['linear-svc', [0, 1]],
    ['svc-three', ['high', 'low', 'middle']],
    ['logistic-raw-scores', [0, 1]],
  ])('holds decision values where the graph ends in them, whatever the output is called: %s', (name, classes) => {
    const { signature, wiring, warnings } = read(name);
    expect(signature.classes).toEqual(classes);
    expect(wiring.outputs).toEqual({ label: 'label', decision: 'probabilities', labelIsIndex: false });
    expect(warnings).toEqual([]);
  });

  it('is a cluster for KMeans', () => {
    const { signature, wiring } = read('kmeans');
    expect(signature.task).toBe('clustering');
    expect(wiring.outputs).toEqual({ label: 'label', labelIsIndex: false });
  });

  it('is a score and a sign for an IsolationForest, score_samples where the file has them', () => {
    const plain = read('isolation-forest');
    expect(plain.signature.task).toBe('outlier');
    expect(plain.wiring.outputs).toMatchObject({ score: 'scores', label: 'label' });
    expect(plain.warnings.join()).toContain('decision_function');
    expect(read('isolation-forest-samples').wiring.outputs.score).toBe('score_samples');
  });

  it('goes by the names of its roles in a file of our own', () => {
    const { signature, wiring } = read('own-classifier');
    expect(signature).toMatchObject({ task: 'multiclass', classes: ['a', 'b', 'c'] });
    expect(wiring.outputs).toEqual({ probabilities: 'probabilities', label: 'label', labelIsIndex: true });
  });

  it('uses the classes that the metadata give for 0, 1, 2, …', () => {
    const { signature, wiring } = read('stated-classes');
    expect(signature.classes).toEqual(['a', 'b', 'c']);
    expect(wiring.outputs.labelIsIndex).toBe(true);
  });
});

describe('classes in the metadata of an .onnx file', () => {
  const outputs = (elementType: number) => [
    { name: 'label', elementType, shape: [null] },
    { name: 'probabilities', shape: [null, 3] },
  ];

  it('name text labels that the graph does not name', () => {
    const { signature, wiring } = built({ outputs: outputs(8), metadata: { classes: '["a", "b", "c"]' } });
    expect(signature.classes).toEqual(['a', 'b', 'c']);
    expect(wiring.outputs.labelIsIndex).toBe(false);
  });

  it('are left aside, with a warning, where their number does not fit', () => {
    const { signature, warnings } = built({ outputs: outputs(7), metadata: { classes: '[5, 6]' } });
    expect(signature.classes).toEqual([0, 1, 2]);
    expect(warnings.join()).toContain('metadata classes is ignored');
  });
});

describe('what is said about an .onnx file', () => {
  it('names the operator, the exporter and its version', () => {
    const { understood } = read('forest');
    expect(understood).toMatchObject({
      format: 'onnx',
      class: 'TreeEnsembleClassifier',
      library: 'skl2onnx',
      libraryVersion: '1.20.0',
    });
    expect(understood.details).toMatchObject({ 'ai.onnx.ml': expect.any(Number) });
  });

  it('warns of trees over float32 inputs', () => {
    expect(read('forest').warnings.join()).toContain('float32 input');
    expect(read('logistic').warnings).toEqual([]);
  });

  it('leaves unknown operators to ONNX Runtime, and the bytes as they are', () => {
    const bytes = fixture('unknown-operator');
    expect(convertOnnx(bytes).onnx).toBe(bytes);
  });

  it('is plain data that crosses a border between threads', () => {
    const converted = read('forest-zipmap');
    expect(structuredClone(converted)).toEqual(converted);
  });
});
