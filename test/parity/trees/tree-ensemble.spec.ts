import { GraphBuilder } from '../../../libs/convert/src/onnx-writer/index.js';
import {
  seededRandom,
  SplitMode,
  thresholdRows,
  TreeEnsembleBuilder,
  type EnsembleShape,
  type TreeEnsemble,
  type TreeSource,
} from '../../../libs/convert/src/trees/index.js';
import { largestError, rowsTensor, runOnnx } from './run-onnx.js';

const MODES = [SplitMode.lessOrEqual, SplitMode.less, SplitMode.member];

/** A full tree with random splits of all modes; node i has children 2i+1 and 2i+2. */
function randomTree(random: () => number, depth: number, shape: EnsembleShape): TreeSource {
  const inner = 2 ** depth - 1;
  const randomSplit = (i: number) => ({
    feature: Math.floor(random() * shape.inputs),
    mode: MODES[Math.floor(random() * MODES.length)],
    threshold: shape.inputPrecision === 'float32' ? Math.fround(random()) : random(),
    members: Array.from({ length: Math.floor(random() * 5) }, () => Math.floor(random() * 9)),
    missingIsTrue: random() < 0.5,
    whenTrue: 2 * i + 1,
    whenFalse: 2 * i + 2,
  });
  const leaf = () => ({ weights: Array.from({ length: shape.weightsPerLeaf ?? 1 }, () => random() - 0.5) });
  return { nodeCount: 2 * inner + 1, node: (i) => (i < inner ? randomSplit(i) : leaf()) };
}

function randomEnsemble(shape: EnsembleShape, trees: number): TreeEnsemble {
  const random = seededRandom(7);
  const builder = new TreeEnsembleBuilder(shape);
  for (let i = 0; i < trees; i++) builder.addTree(randomTree(random, i % 6, shape), i % (shape.targets ?? 1));
  return builder.build();
}

async function compare(ensemble: TreeEnsemble, rows: Float64Array): Promise<number> {
  const { inputs } = ensemble.arrays;
  const g = new GraphBuilder();
  g.output('score', ensemble.toOnnx(g, g.input('x', 'double', inputs)), ensemble.width);
  const { score } = await runOnnx(g.build(), { x: rowsTensor(rows, inputs) });
  return largestError(score, ensemble.evaluate(rows, rows.length / inputs, inputs));
}

describe('TreeEnsemble in onnxruntime-node 1.30', () => {
  it.each<[string, EnsembleShape, number]>([
    ['a sum', { inputs: 4 }, 0],
    ['a sum of float32 input', { inputs: 4, inputPrecision: 'float32' }, 0],
    ['three targets', { inputs: 4, targets: 3 }, 0],
    ['a mean', { inputs: 4, aggregate: 'mean' }, 0],
    ['three weights a leaf', { inputs: 4, weightsPerLeaf: 3, aggregate: 'mean' }, 1e-15],
    ['three weights a leaf, summed', { inputs: 4, weightsPerLeaf: 3 }, 1e-14],
  ])('is equal to the evaluator: %s', async (_, shape, tolerance) => {
    const ensemble = randomEnsemble(shape, 90);
    expect(await compare(ensemble, thresholdRows(ensemble, { count: 1000 }))).toBeLessThanOrEqual(tolerance);
  });

  it('gives the same for one row as for many', async () => {
    const ensemble = randomEnsemble({ inputs: 4 }, 120);
    for (let seed = 0; seed < 20; seed++) {
      expect(await compare(ensemble, thresholdRows(ensemble, { count: 1, seed }))).toBe(0);
    }
  });

  it('takes trees of one leaf', async () => {
    const builder = new TreeEnsembleBuilder({ inputs: 1, targets: 2 });
    builder.addTree({ nodeCount: 1, node: () => ({ weights: [0.25] }) }, 1);
    const ensemble = builder.build();
    expect(await compare(ensemble, Float64Array.of(1, NaN))).toBe(0);
    expect([...ensemble.evaluate(Float64Array.of(1), 1, 1)]).toEqual([0, 0.25]);
  });

  it('takes sets of thousands of categories, and a chain as deep as is allowed', async () => {
    const split = { feature: 0, missingIsTrue: false, whenTrue: 1, whenFalse: 2 };
    const members = Array.from({ length: 5000 }, (_, i) => i * 3);
    const sets = new TreeEnsembleBuilder({ inputs: 1 });
    const leaves = (i: number) => ({ weights: [i] });
    sets.addTree({
      nodeCount: 3,
      node: (i) => (i ? leaves(i) : { ...split, mode: SplitMode.member, threshold: 0, members }),
    });
    expect(
      await compare(
        sets.build(),
        Float64Array.from({ length: 16_000 }, (_, i) => i),
      ),
    ).toBe(0);

    const chain = new TreeEnsembleBuilder({ inputs: 1 });
    const step = (i: number) => ({ ...split, mode: SplitMode.less, threshold: -i, whenTrue: i + 2, whenFalse: i + 1 });
    chain.addTree({ nodeCount: 20_001, node: (i) => (i % 2 || i === 20_000 ? leaves(i) : step(i)) });
    expect(await compare(chain.build(), Float64Array.of(0, -5000, -10_000, -30_000))).toBe(0);
  });
});
