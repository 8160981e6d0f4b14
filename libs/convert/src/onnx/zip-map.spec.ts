import { fixture } from '../../fixtures/fixtures.js';
import { readModel } from './read-model.js';
import { withoutZipMaps } from './zip-map.js';

describe('withoutZipMaps', () => {
  it('drops the node, turns the output into its tensor, and keeps every other node', () => {
    const bytes = fixture('logistic-zipmap');
    const before = readModel(bytes);
    const { onnx, classes } = withoutZipMaps(bytes, before);
    const after = readModel(onnx);
    const zipMap = before.graph.nodes.find(({ operator }) => operator === 'ZipMap');
    expect(after.graph.nodes).toEqual(before.graph.nodes.filter((node) => node !== zipMap));
    expect(after.graph.outputs[1]).toEqual({
      name: zipMap?.inputs[0],
      type: { kind: 'tensor', elementType: 1, shape: [null, 2] },
    });
    expect([...classes]).toEqual([[zipMap?.inputs[0], [0, 1]]]);
  });

  it('gives the same bytes back where there is none', () => {
    const bytes = fixture('logistic');
    expect(withoutZipMaps(bytes, readModel(bytes)).onnx).toBe(bytes);
  });
});
