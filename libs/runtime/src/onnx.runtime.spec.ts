import { readFileSync } from 'node:fs';
import { encodeFeatures, type Signature, type Wiring } from '@app/core';
import { OnnxRuntime } from '@app/runtime';

const folder = new URL('../../../models/flight-delay/1/', import.meta.url);
const onnx = readFileSync(new URL('../../../test/fixtures/flight-delay.onnx', import.meta.url));
const signature = JSON.parse(readFileSync(new URL('model.json', folder), 'utf8')) as Signature;
const wiring: Wiring = {
  inputs: [{ name: 'features', type: 'float64', rank: 2, features: [0, 1, 2, 3, 4, 5, 6, 7] }],
  outputs: { score: 'score', labelIsIndex: false },
};
const flight = {
  sched_dep_time: 1059,
  sched_arr_time: 1209,
  distance: 284,
  clouds: 93,
  pres: 1011,
  wind_spd: 5.8,
  precip: 0,
  snow: 0,
};

describe('OnnxRuntime', () => {
  it('scores the same row in the same way alone and in a batch', async () => {
    const runtime = await OnnxRuntime.load({ onnx, signature, wiring });
    const { rows } = encodeFeatures(signature, flight);
    const numbers = Float64Array.from([...rows.numbers, ...rows.numbers.map((v) => v / 2), ...rows.numbers]);
    const [alone] = await runtime.predict(rows);
    const batch = await runtime.predict({ ...rows, count: 3, numbers });
    expect([batch[0]!.score, batch[2]!.score]).toEqual([alone!.score, alone!.score]);
    expect(batch[1]!.score).not.toBe(alone!.score);
    await runtime.release();
  });

  it('refuses bytes that are no model', async () => {
    const loading = OnnxRuntime.load({ onnx: onnx.subarray(0, 2000), signature, wiring });
    await expect(loading).rejects.toMatchObject({ code: 'MODEL_NOT_LOADABLE' });
  });
});
