import { buildModel, message, text, type Built } from '../../fixtures/build-model.js';
import { fixture } from '../../fixtures/fixtures.js';
import { ConversionRefused } from '../conversion-refused.js';
import { convertOnnx } from './convert-onnx.js';
import { wholeNumber } from './rewrite-fields.js';

function refusal(bytes: Uint8Array): ConversionRefused {
  try {
    convertOnnx(bytes);
  } catch (error) {
    if (error instanceof ConversionRefused) return error;
    throw error;
  }
  throw new Error('was not refused');
}

const built = (model: Built) => refusal(buildModel(model));
const input = (shape: readonly (number | null)[], elementType = 1) => ({ inputs: [{ name: 'x', shape, elementType }] });
const nested = (levels: number): Uint8Array => {
  let graph: Uint8Array = new Uint8Array();
  for (let i = 0; i < levels; i++) graph = message(1, message(5, message(6, graph)));
  return graph;
};

describe('an .onnx file is refused', () => {
  it.each([
    ['external-data', 'another file'],
    ['external-data-nested', 'another file'],
    ['image', '[N, 3, 224, 224]'],
    ['fixed-batch', 'fixed to 1'],
    ['free-width', 'how many features'],
    ['half', 'float16'],
    ['no-inputs', 'has no inputs'],
    ['label-only', '"label" (int64 [N])'],
    ['svc-two', 'sign is reversed'],
    ['logistic-columns', "'zipmap': False"],
  ])('as not supported: %s', (name, words) => {
    const error = refusal(fixture(name));
    expect(error).toMatchObject({ code: 'MODEL_NOT_SUPPORTED', kind: 'malformed' });
    expect(error.message).toContain(words);
  });

  it('when it is cut off anywhere', () => {
    const bytes = fixture('logistic');
    expect(refusal(bytes.subarray(0, 200))).toMatchObject({ code: 'MODEL_UNREADABLE' });
    expect(refusal(bytes.subarray(0, 2)).message).toContain('no graph');
  });

  it.each<[string, Built]>([
    ['"" is empty', { metadata: { feature_names: 'a,' } }],
    ['stands there twice', { metadata: { feature_names: 'a,a' } }],
    ['contains NUL', { metadata: { feature_names: JSON.stringify(['a', 'b\0']) } }],
    ['longer than 256', { metadata: { feature_names: `a,${'b'.repeat(257)}` } }],
  ])('for a feature name that %s', (words, model) => {
    expect(built(model).message).toContain(words);
  });

  it.each<[string, Built]>([
    ['is scalar', input([])],
    ['has no columns', input([null, 0])],
    ['is complex', input([null, 2], 14)],
    ['has no shape', { inputs: [{ name: 'x' }] }],
  ])('for an input that %s', (_, model) => {
    expect(built(model).code).toBe('MODEL_NOT_SUPPORTED');
  });

  it('for two inputs, or two outputs, of one name', () => {
    const twice = [
      { name: 'x', shape: [null, 1] },
      { name: 'x', shape: [null, 1] },
    ];
    expect(built({ inputs: twice }).message).toContain('two inputs');
    expect(built({ outputs: twice }).message).toContain('two outputs');
  });

  it('for a list of maps that no ZipMap makes', () => {
    const sequence = message(12, text(1, 'y'), message(2, message(4)));
    expect(built({ outputs: [], graphFields: [sequence] }).message).toContain('"y" (sequence)');
    expect(built({ inputs: [], graphFields: [message(11, text(1, 'x'), message(2, message(4)))] }).message).toContain(
      'is sequence',
    );
  });

  it('for more features than the limit', () => {
    expect(built(input([null, 10_001]))).toMatchObject({ code: 'MODEL_TOO_COMPLEX' });
    expect(built(input([null, Number.MAX_SAFE_INTEGER]))).toMatchObject({ code: 'MODEL_TOO_COMPLEX' });
  });

  it('for text classes that the graph does not name', () => {
    const outputs = [
      { name: 'label', elementType: 8, shape: [null] },
      { name: 'probabilities', shape: [null, 3] },
    ];
    expect(built({ outputs }).message).toContain('which classes');
  });

  it('for more classes than the limit, before a list of them is made', () => {
    const outputs = [
      { name: 'label', elementType: 7, shape: [null] },
      { name: 'probabilities', shape: [null, 2 ** 50] },
    ];
    expect(built({ outputs })).toMatchObject({ code: 'MODEL_TOO_COMPLEX' });
  });

  it('for graphs that nest without end, and not by running out of stack', () => {
    expect(built({ graphFields: [nested(300)] })).toMatchObject({ code: 'MODEL_TOO_COMPLEX' });
  });

  it('for a label that runs in a circle', () => {
    const circle = message(1, text(1, 'label'), text(2, 'label'), text(4, 'Identity'));
    const outputs = [
      { name: 'label', elementType: 8, shape: [null] },
      { name: 'probabilities', shape: [null, 3] },
    ];
    expect(built({ outputs, graphFields: [circle] }).code).toBe('MODEL_NOT_SUPPORTED');
  });

  it('for more parts than the limit', () => {
    // 500,001 nodes without a field.
    const many = new Uint8Array(1_000_002).map((_, i) => (i % 2 === 0 ? 10 : 0));
    expect(built({ graphFields: [many] })).toMatchObject({ code: 'MODEL_TOO_COMPLEX' });
  });

  it('for a second graph, which protobuf would merge into the first', () => {
    expect(built({ modelFields: [message(7)] }).message).toContain('two graphs');
  });

  it('for training information', () => {
    expect(built({ modelFields: [message(20)] }).message).toContain('training');
  });

  it('for weights in another file inside a local function', () => {
    const tensor = message(5, wholeNumber(14, 1));
    const functionField = message(25, message(7, message(5, tensor)));
    expect(built({ modelFields: [functionField] }).message).toContain('another file');
  });

  it('when it says that it is our own and is not', () => {
    expect(built({ producer: 'scorekeeper' }).message).toContain('no task');
    expect(built({ producer: 'scorekeeper', metadata: { task: 'binary' } }).message).toContain('no output label');
  });
});
