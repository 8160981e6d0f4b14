import { Tensor } from 'onnxruntime-node';
import { GraphBuilder, type Value } from '../../../libs/convert/src/onnx-writer/index.js';
import { rowsTensor, runOnnx } from './run-onnx.js';

const ROWS = Float64Array.from([1, -2.5, 3, 0.5, NaN, -0.25]);

/** What an operator makes of X = [[1, -2.5, 3], [0.5, NaN, -0.25]], read as doubles. */
async function resultOf(build: (g: GraphBuilder, x: Value) => Value): Promise<number[]> {
  const g = new GraphBuilder();
  const x = g.input('x', 'double', 3);
  g.output('score', g.cast(build(g, x), 'double'));
  const { score } = await runOnnx(g.build(), { x: rowsTensor(ROWS, 3) });
  return [...score];
}

const filled = (g: GraphBuilder, x: Value) => g.where(g.isNaN(x), 2, x);

type Operator = readonly [name: string, build: (g: GraphBuilder, x: Value) => Value, expected: readonly number[]];

const OPERATORS: readonly Operator[] = [
  ['add a row', (g, x) => g.add(x, Float64Array.of(1, 2, 3)), [2, -0.5, 6, 1.5, NaN, 2.75]],
  ['sub', (g, x) => g.sub(1, x), [0, 3.5, -2, 0.5, NaN, 1.25]],
  ['mul, div', (g, x) => g.div(g.mul(x, 2), 4), [0.5, -1.25, 1.5, 0.25, NaN, -0.125]],
  ['pow', (g, x) => g.pow(x, 2), [1, 6.25, 9, 0.25, NaN, 0.0625]],
  ['fmod', (g, x) => g.fmod(filled(g, x), 2), [1, -0.5, 1, 0.5, 0, -0.25]],
  ['matMul', (g, x) => g.matMul(filled(g, x), g.doubles([1, 10, 100], [3, 1])), [276, -4.5]],
  ['max, min', (g, x) => g.min(g.max(filled(g, x), 0), 1), [1, 0, 1, 0.5, 1, 0]],
  ['clip', (g, x) => g.clip(filled(g, x), -1, 1), [1, -1, 1, 0.5, 1, -0.25]],
  ['neg, abs', (g, x) => g.neg(g.abs(x)), [-1, -2.5, -3, -0.5, NaN, -0.25]],
  ['sign', (g, x) => g.sign(filled(g, x)), [1, -1, 1, 1, 1, -1]],
  ['floor', (g, x) => g.floor(x), [1, -3, 3, 0, NaN, -1]],
  ['ceil', (g, x) => g.ceil(x), [1, -2, 3, 1, NaN, -0]],
  ['trunc', (g, x) => g.trunc(x), [1, -2, 3, 0, NaN, -0]],
  ['exp, log', (g, x) => g.log(g.exp(g.mul(x, 0))), [0, 0, 0, 0, NaN, 0]],
  ['sqrt', (g, x) => g.sqrt(g.mul(x, x)), [1, 2.5, 3, 0.5, NaN, 0.25]],
  ['sigmoid, tanh', (g, x) => g.add(g.sigmoid(g.mul(x, 0)), g.tanh(g.mul(x, 0))), [0.5, 0.5, 0.5, 0.5, NaN, 0.5]],
  ['relu', (g, x) => g.relu(filled(g, x)), [1, 0, 3, 0.5, 2, 0]],
  ['softmax', (g, x) => g.softmax(g.mul(filled(g, x), 0)), Array.from({ length: 6 }, () => 1 / 3)],
  ['greater', (g, x) => g.greater(x, 0.5), [1, 0, 1, 0, 0, 0]],
  ['greaterOrEqual', (g, x) => g.greaterOrEqual(x, 0.5), [1, 0, 1, 1, 0, 0]],
  ['less', (g, x) => g.less(x, 0.5), [0, 1, 0, 0, 0, 1]],
  ['lessOrEqual', (g, x) => g.lessOrEqual(x, 0.5), [0, 1, 0, 1, 0, 1]],
  ['equal', (g, x) => g.equal(x, 3), [0, 0, 1, 0, 0, 0]],
  ['not, and, or', (g, x) => g.or(g.not(g.and(g.less(x, 9), g.greater(x, 0))), g.isNaN(x)), [0, 1, 0, 0, 1, 1]],
  ['bools', (g, x) => g.where(g.bools([true, false, true]), x, 0), [1, 0, 3, 0.5, 0, -0.25]],
  ['roundToFloat32', (g, x) => g.roundToFloat32(g.mul(x, 0.1)), [0.1, -0.25, 0.3, 0.05, NaN, -0.025].map(Math.fround)],
  ['concat, gather', (g, x) => g.concat([g.gather(x, [2]), g.gather(x, [0])]), [3, 1, -0.25, 0.5]],
  ['slice', (g, x) => g.slice(x, 1, 3), [-2.5, 3, NaN, -0.25]],
  ['reshape, transpose', (g, x) => g.reshape(g.transpose(x, [1, 0]), [-1, 2]), [1, 0.5, -2.5, NaN, 3, -0.25]],
  ['unsqueeze, squeeze', (g, x) => g.squeeze(g.unsqueeze(x, 0, 3), 0, 3), [...ROWS]],
  ['reduceSum', (g, x) => g.reduceSum(filled(g, x)), [1.5, 2.25]],
  ['reduceMean', (g, x) => g.reduceMean(filled(g, x), { keepDims: false }), [0.5, 0.75]],
  ['reduceMax', (g, x) => g.reduceMax(filled(g, x)), [3, 2]],
  ['reduceMin', (g, x) => g.reduceMin(filled(g, x), { axes: [0] }), [0.5, -2.5, -0.25]],
  ['argMax', (g, x) => g.argMax(filled(g, x)), [2, 1]],
  ['argMin', (g, x) => g.argMin(filled(g, x), { keepDims: true }), [1, 2]],
  ['topK values', (g, x) => g.topK(filled(g, x), 2).values, [3, 1, 2, 0.5]],
  ['topK indices', (g, x) => g.topK(filled(g, x), 2, { largest: false }).indices, [1, 0, 2, 0]],
];

describe('operators of GraphBuilder in onnxruntime-node 1.30', () => {
  it.each(OPERATORS)('%s', async (_, build, expected) => {
    expect((await resultOf(build)).map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
  });

  it('takes named columns of numbers and texts, and puts out labels', async () => {
    const g = new GraphBuilder();
    const [age, city] = [g.input('age'), g.input('city', 'string')];
    const isKnown = g.cast(g.equal(city, g.strings(['Rio', 'São Paulo'], [1, 2])), 'double');
    g.output('score', g.concat([age, isKnown]), 3);
    g.output('label', g.argMax(isKnown));
    g.metadata('task', 'multiclass');
    const texts = new Tensor('string', ['São Paulo', 'Oslo'], [2, 1]);
    const { score, label } = await runOnnx(g.build(), { age: rowsTensor(Float64Array.of(3, 4), 1), city: texts });
    expect([...score]).toEqual([3, 0, 1, 4, 0, 0]);
    expect([...label]).toEqual([1, 0]);
  });
});
