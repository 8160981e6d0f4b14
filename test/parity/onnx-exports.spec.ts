import { type Converted, loadConvert } from '@app/convert';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const convert = await loadConvert();

const folder = join(import.meta.dirname, '../../libs/convert/fixtures/onnx');
const file = (name: string) => readFileSync(join(folder, name));

interface Expected {
  readonly rows: readonly (readonly number[])[];
  readonly models: Readonly<Record<string, Readonly<Record<Role, unknown>>>>;
}

type Role = 'score' | 'label' | 'probabilities' | 'decision';

/** Written by make_fixtures.py: scikit-learn 1.9.1 and LightGBM 4.7.0, exported by skl2onnx 1.20.0 and onnxmltools 1.16.0. */
const expected = JSON.parse(file('expected.json').toString()) as Expected;

async function run({ onnx, wiring }: Converted): Promise<InferenceSession.OnnxValueMapType> {
  // 3: errors only. onnxmltools declares label as [1], of which ONNX Runtime warns at every run.
  const session = await InferenceSession.create(onnx, { logSeverityLevel: 3 });
  const { rows } = expected;
  const feeds = {
    [wiring.inputs[0].name]: new Tensor('float32', Float32Array.from(rows.flat()), [rows.length, rows[0].length]),
  };
  return session.run(feeds, { logSeverityLevel: 3 });
}

function values(tensor: InferenceSession.OnnxValueMapType[string]): (number | string)[] {
  return Array.from((tensor as Tensor).data as ArrayLike<number | bigint | string>, (value) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
}

/** Two decision values of a binary classifier are the library's one, with either sign. */
function asLibrary(role: Role, got: (number | string)[], wanted: readonly unknown[]): (number | string)[] {
  return role === 'decision' && got.length === 2 * wanted.length ? got.filter((_, i) => i % 2 === 1) : got;
}

describe('an .onnx file made by a Python exporter', () => {
  it.each(Object.entries(expected.models))(
    'answers as the library does, read by its wiring: %s',
    async (name, answers) => {
      const converted = convert(file(`${name}.onnx`), `${name}.onnx`);
      const outputs = await run(converted);
      for (const [role, answer] of Object.entries(answers) as [Role, unknown[]][]) {
        const output = converted.wiring.outputs[role];
        const wanted = answer.flat() as (number | string)[];
        const got = asLibrary(role, values(outputs[output ?? '']), wanted);
        expect(got).toHaveLength(wanted.length);
        // float32 in the graph: 1e-5 is what is left of seven digits after a few sums.
        got.forEach((value, i) =>
          typeof value === 'string' ? expect(value).toBe(wanted[i]) : expect(value).toBeCloseTo(Number(wanted[i]), 5),
        );
      }
    },
  );

  it('still loads with its ZipMap taken off, and gives a row of probabilities for each row', async () => {
    const converted = convert(file('forest-zipmap.onnx'), 'forest.onnx');
    const outputs = await run(converted);
    const probabilities = outputs[converted.wiring.outputs.probabilities ?? ''] as Tensor;
    expect(probabilities.dims).toEqual([expected.rows.length, converted.signature.classes?.length]);
  });
});
